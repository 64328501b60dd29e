// @ts-check
// The way between the screens: on, back, and through the fields of a list. What is asked next the engine has said; here it is
// only looked up. Nothing here draws.

import { countOf, entryOf, fieldSlots, isAsked, NO_MORE, YES } from "./answers.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Sharper} Sharper */

/** @param {App} app */
export function begin(app) {
  app.outer.enlarge();
  advance(app);
}

/** Takes in what was answered, and goes on. An answer that cannot be so beside another is asked about at once.
 * @param {App} app @param {string} [fact] the one that was answered */
export function advance(app, fact) {
  const before = problemsOf(app).map((one) => JSON.stringify(one));
  app.refresh();
  const isNew = (/** @type {object} */ one) => !before.includes(JSON.stringify(one));
  const problem = problemsOf(app).find((one) => fact && one.facts.includes(fact) && isNew(one));
  if (problem) app.show({ name: "slip", fact, problem });
  else proceed(app);
}

/** To whatever the engine wants to know next; when that is nothing, to the list of answers. @param {App} app */
export function proceed(app) {
  const next = nextOf(app);
  if (app.report?.firstPassDone && !app.paused) {
    app.paused = true;
    app.show({ name: "pause" });
  } else if (!next) app.show({ name: "review" });
  else if (next.sharper) app.show({ name: "sharper", ...next });
  else goTo(app, next.fact);
}

/** An open question still comes before the results. @param {App} app */
export function toResults(app) {
  if (nextOf(app)) proceed(app);
  else app.show({ name: "results", report: app.wholeReport() });
}

/** What the engine still wants to know, without what the person has already said that nobody knows.
 * @param {App} app @returns {{ fact: string, sharper?: Sharper } | null} */
function nextOf(app) {
  const questions = app.report?.questions ?? [];
  const next = questions.find(({ fact }) => fact === app.report?.next);
  if (next && (next.state === "open" || next.state === "invalid")) return { fact: next.fact };
  const sharper = questions.flatMap((question) => question.sharper).find((one) => !dateOf(app, one).slots[NO_MORE]);
  return sharper ? { fact: sharper.fact, sharper } : null;
}

/** What cannot be so, as far as the answers in it are asked for. @param {App} app */
export function problemsOf(app) {
  const { problems = [], questions = [] } = app.report ?? {};
  const idle = new Set(questions.filter(({ state }) => state === "not-relevant").map(({ fact }) => fact));
  return problems.filter(({ facts }) => !facts.some((fact) => idle.has(fact)));
}

/** The date that a sharper question is about, its words, and its field in a list. @param {App} app @param {Sharper} sharper */
export function dateOf(app, sharper) {
  const question = app.question(sharper.fact);
  const kept = app.kept(sharper.fact);
  const texts = app.lawOf(sharper);
  const field = question?.fields.find(({ id }) => id === sharper.field);
  if (!question || !field) return { slots: kept, texts, field: null };
  return { slots: fieldSlots(field, entryOf(question, kept, sharper.entry ?? 0)), texts: texts.fields?.[field.id] ?? {}, field };
}

/** The questions that were asked and answered. What another answer has settled was never asked. @param {App} app */
export function answeredSteps(app) {
  const steps = app.report?.questions ?? [];
  return steps.filter(({ fact, state }) => state !== "open" && state !== "not-relevant" && app.kept(fact)[0]);
}

/** @param {App} app @param {string} fact @returns {void} */
export function goTo(app, fact) {
  const question = app.question(fact);
  if (!question) return app.show({ name: "review" });
  // Whether one entry is all there is makes the list shorter for the person; no rule reads it.
  const once = app.question(question.shortWhen);
  if (once && !app.answers.kept(once)[0]) return goTo(app, once.fact);
  app.answers.recall(question);
  const fresh = question.kind === "list" && !app.answers.draft(question)[0];
  if (fresh && isShort(app, question)) return edit(app, question, 0);
  app.show({ name: "ask", fact });
}

/** @param {App} app @param {Question} question */
export function confirm(app, question) {
  app.answers.confirm(question);
  advance(app, question.fact);
}

/** @param {App} app */
export function back(app) {
  const { name, fact, entry, field = 0 } = app.place;
  if (name === "results") return app.show({ name: "review" });
  if (name === "slip" && fact) return goTo(app, fact);
  const question = app.question(fact);
  if (question && entry != null) {
    const before = fieldBefore(app, question, field);
    if (before >= 0) return app.show({ name: "ask", fact, entry, field: before });
    if (!isShort(app, question) || countOf(app.answers.draft(question))) return app.show({ name: "ask", fact });
  }
  if (name === "ask" && question?.shortWhen) return goTo(app, question.shortWhen);
  const order = app.report?.questions.map((step) => step.fact) ?? [];
  const isBefore = (/** @type {string} */ other) => name !== "ask" || order.indexOf(other) < order.indexOf(fact ?? "");
  const before = answeredSteps(app)
    .filter((step) => isBefore(step.fact))
    .at(-1);
  if (before) goTo(app, before.fact);
  else app.show({ name: "start" });
}

// ---- through a list ----

/** The short way: another question has said that there is only one entry. @param {App} app @param {Question} question */
function isShort(app, question) {
  const once = app.question(question.shortWhen);
  return once != null && app.answers.kept(once)[0] === YES;
}

/** Opens an entry. A new one starts empty. @param {App} app @param {Question} question @param {number} entry @param {number} [field] */
export function edit(app, question, entry, field = 0) {
  app.answers.takeEntry(question, entry);
  app.show({ name: "ask", fact: question.fact, entry, field });
}

/** @param {App} app @param {Question} question @param {number} entry */
export function remove(app, question, entry) {
  app.answers.removeEntry(question, entry);
  app.show({ name: "ask", fact: question.fact });
}

/** The next field, or back in the list with the entry written down.
 * @param {App} app @param {Question} question @param {number} entry @param {number} field */
export function nextField(app, question, entry, field) {
  const edited = app.answers.edited(question);
  const next = question.fields.findIndex((other, at) => at > field && isAsked(question, other, edited));
  if (next > 0) return app.show({ name: "ask", fact: question.fact, entry, field: next });
  app.answers.putEntry(question, entry);
  if (isShort(app, question) && entry === 0) return confirm(app, question);
  app.show({ name: "ask", fact: question.fact });
}

/** @param {App} app @param {Question} question @param {number} field */
function fieldBefore(app, question, field) {
  const edited = app.answers.edited(question);
  return question.fields.map((other, at) => at < field && isAsked(question, other, edited)).lastIndexOf(true);
}
