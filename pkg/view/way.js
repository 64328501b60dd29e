// @ts-check
// The way between the screens: on, back, and through the entries of a list. What comes next the engine has said; here it is only
// looked up. Nothing here draws.

import { BEGUN, countOf, entryOf, fieldSlots, isAsked, NO, NO_MORE, YES } from "./answers.js";
import { factsOn, linesOf } from "./lines.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Entries} Entries */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Sharper} Sharper */

/** @param {App} app */
export function begin(app) {
  app.outer.begun();
  app.outer.enlarge();
  app.refresh();
  proceed(app);
}

/** Takes in what was answered, and goes on. An answer that cannot be so beside another is asked about at once.
 * @param {App} app @param {string[]} [facts] those that were answered @param {string[]} [lines] what was ticked and is urgent */
export function advance(app, facts = [], lines = []) {
  const before = problemsOf(app).map((one) => JSON.stringify(one));
  app.refresh();
  const isNew = (/** @type {object} */ one) => !before.includes(JSON.stringify(one));
  const problem = problemsOf(app).find((one) => one.facts.some((fact) => facts.includes(fact)) && isNew(one));
  if (problem) app.go({ name: "slip", problem, lines });
  else onward(app, lines);
}

/** What is urgent comes before the next question: what was ticked so, and the first time that something says stop.
 * @param {App} app @param {string[]} [lines] */
export function onward(app, lines = []) {
  if (lines.length || (app.report?.stop && !app.stopsSeen.size)) app.go({ name: "urgent", lines });
  else proceed(app);
}

/** To whatever the engine wants to know next; when that is nothing, to the list of answers. @param {App} app */
export function proceed(app) {
  if (app.errand) return endErrand(app);
  const next = app.report?.nextScreen;
  if (next) return openScreen(app, next.screen, next.open);
  const sharper = nextSharper(app);
  if (sharper) app.go({ name: "sharper", fact: sharper.fact, sharper });
  else app.go({ name: "review" });
}

/** @param {App} app @param {string} id @param {string[]} open @returns {void} */
function openScreen(app, id, open) {
  const screen = app.screenOf(id);
  if (!screen) return app.go({ name: "review" });
  if (screen.entries && open.includes(screen.entries.list)) return openList(app, screen.entries);
  const asks = (screen.ask ?? []).filter((fact) => open.includes(fact));
  const lines = linesOf(screen, open);
  const [single] = [...asks, ...open];
  // What stands alone is asked as the question that it is.
  if (asks.length + lines.length === 1 && !screen.one && single) return goTo(app, single);
  app.go({ name: "screen", screen: id, open });
}

/** All of a screen that has a part in something, whether it was answered or not. @param {App} app @param {string} id */
export function reopen(app, id) {
  const screen = app.screenOf(id);
  if (!screen) return;
  if (screen.entries) return goTo(app, screen.entries.list);
  openScreen(app, id, openOn(app, screen));
}

/** What nothing turns on. @param {App} app */
const idleFacts = (app) => new Set((app.report?.questions ?? []).filter(({ state }) => state === "not-relevant").map(({ fact }) => fact));

/** The facts of a screen that are not idle. @param {App} app @param {import("./types.d.ts").Screen} screen */
export function openOn(app, screen) {
  const idle = idleFacts(app);
  const facts = [...new Set(factsOn(screen))];
  return facts.filter((fact) => !idle.has(fact) || (screen.one && app.kept(fact)[0]));
}

/** An open question still comes before the results. @param {App} app */
export function toResults(app) {
  if (app.report?.nextScreen || nextSharper(app)) proceed(app);
  else app.go({ name: "results", report: app.wholeReport() });
}

/** What is known so far, in the middle of the questions. @param {App} app */
export const lookAhead = (app) => app.go({ name: "results", report: app.wholeReport() });

/** From there back to where one was: what is chosen on that screen is not confirmed yet, and stays. @param {App} app */
export function goOn(app) {
  const place = app.trail.pop();
  if (!place || BETWEEN.includes(place.name)) proceed(app);
  else app.show(place);
}

/** What the engine still wants to know of a date, without what the person has already said that nobody knows. @param {App} app */
function nextSharper(app) {
  const all = (app.report?.questions ?? []).flatMap((question) => question.sharper);
  return all.find((one) => !dateOf(app, one).slots[NO_MORE]) ?? null;
}

/** What cannot be so, as far as the answers in it are asked for. @param {App} app */
export function problemsOf(app) {
  const idle = idleFacts(app);
  return (app.report?.problems ?? []).filter(({ facts }) => !facts.some((fact) => idle.has(fact)));
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

/** One question by itself; a list with entries is shown as these. @param {App} app @param {string} fact @returns {void} */
export function goTo(app, fact) {
  const question = app.question(fact);
  if (!question) return app.go({ name: "review" });
  const entries = app.entriesOf(fact);
  app.answers.recall(question, entries?.latestFirst);
  const isEmpty = question.kind === "list" && !countOf(app.answers.draft(question));
  if (entries && (!isEmpty || asksItself(app, fact))) return openList(app, entries);
  app.go({ name: "ask", fact });
}

/** From a path to a question of its own, and straight back. @param {App} app @param {string} fact */
export function answerNow(app, fact) {
  app.errand = { place: app.place, depth: app.trail.length };
  goTo(app, fact);
}

/** @param {App} app */
function endErrand(app) {
  const { errand } = app;
  if (!errand) return;
  app.errand = null;
  app.trail.length = errand.depth;
  app.show({ ...errand.place, report: app.wholeReport() });
}

/** @param {App} app @param {Question} question */
export function confirm(app, question) {
  app.answers.confirm(question);
  advance(app, [question.fact]);
}

/** What is said between two questions, and is not said twice. */
const BETWEEN = ["urgent", "slip"];

/** One step back, to where the person was. @param {App} app */
export function back(app) {
  let place = app.trail.pop();
  while (place && BETWEEN.includes(place.name)) place = app.trail.pop();
  // What was found is found anew: an answer can be another one now.
  if (place?.report) place = { ...place, report: app.wholeReport() };
  if (app.trail.length <= (app.errand?.depth ?? -1)) app.errand = null;
  app.show(place ?? { name: "start" });
}

// ---- through a list ----

/** Whether nothing but the entries of a list asks if there are any. @param {App} app @param {string} fact */
export const asksItself = (app, fact) => app.screenWith(fact) === app.screenTelling(fact);

/** The last time of somebody who is here goes on. @param {App} app @param {Question} question @param {number} entry */
export const goesOn = (app, question, entry) =>
  entry === 0 && app.entriesOf(question.fact)?.latestFirst === true && app.kept("person.in-us")[0] === YES;

/** The entries, or where there are none yet, the first one. @param {App} app @param {Entries} entries @returns {void} */
export function openList(app, entries) {
  const question = app.question(entries.list);
  if (!question) return;
  app.answers.recall(question, entries.latestFirst);
  const count = countOf(app.answers.draft(question));
  if (entries.of) app.go({ name: "entry", fact: question.fact, entry: 0, step: 0 });
  else if (count) app.go({ name: "list", fact: question.fact });
  else edit(app, question, 0);
}

/** Opens an entry. A new one starts empty. @param {App} app @param {Question} question @param {number} entry */
export const edit = (app, question, entry) => app.go({ name: "entry", fact: question.fact, entry, step: 0 });

/** @param {App} app @param {Question} question @param {number} entry */
export function remove(app, question, entry) {
  app.answers.removeEntry(question, entry);
  if (countOf(app.answers.draft(question))) return app.show({ name: "list", fact: question.fact });
  app.show({ name: "ask", fact: question.fact });
}

/** The fields of an entry, screen by screen. Only the first one is told in steps: whoever has more to tell knows by then what is asked.
 * @param {App} app @param {Question} question @param {number} entry */
function stepsOf(app, question, entry) {
  const { steps = [] } = app.entriesOf(question.fact) ?? {};
  return entry ? [steps.flat()] : steps;
}

/** The fields of one step of an entry. The last time of somebody who is here goes on, and any other has ended.
 * @param {App} app @param {Question} question @param {number} entry @param {number} step */
export function fieldsOf(app, question, entry, step) {
  const entries = app.entriesOf(question.fact);
  const ids = stepsOf(app, question, entry)[step] ?? [];
  const fields = question.fields.filter(({ id }) => ids.includes(id));
  if (!entries?.latestFirst) return fields;
  const ended = fields.map((field) => (field.absent ? { ...field, absent: null } : field));
  const dates = new Set(fields.filter(({ absent }) => absent).map(({ id }) => id));
  const ofTheEnd = (/** @type {import("./types.d.ts").Field} */ { id, showWhen }) => dates.has(id) || dates.has(showWhen?.field ?? "");
  return goesOn(app, question, entry) ? ended.filter((field) => !ofTheEnd(field)) : ended;
}

/** The next step of an entry that asks something; nothing after the last. @param {App} app @param {Question} question
 * @param {number} entry @param {number} step */
export function stepAfter(app, question, entry, step) {
  const edited = app.answers.edited(question);
  const asks = (/** @type {number} */ at) => fieldsOf(app, question, entry, at).some((field) => isAsked(question, field, edited));
  return stepsOf(app, question, entry).findIndex((_, at) => at > step && asks(at));
}

/** On from a step: the next one, the next entry where there has to be one, or the end of the list.
 * @param {App} app @param {Question} question @param {number} entry @param {number} step @param {boolean} [more] one more was asked for */
export function nextStep(app, question, entry, step, more) {
  app.answers.putEntry(question, entry);
  const next = stepAfter(app, question, entry, step);
  if (next > 0) return app.go({ name: "entry", fact: question.fact, entry, step: next });
  const once = app.question(app.entriesOf(question.fact)?.once);
  const another = once && entry === 0 && app.answers.kept(once)[0] === NO;
  const count = countOf(app.answers.draft(question));
  if (more || (another && count === 1)) return edit(app, question, count);
  if (count > 1 && entry < count - 1) return app.go({ name: "list", fact: question.fact });
  confirmList(app, question);
}

/** @param {App} app @param {Question} question */
export function confirmList(app, question) {
  app.answers.confirm(question, app.entriesOf(question.fact)?.latestFirst);
  advance(app, [question.fact]);
}

/** There is something to tell, and it comes next. @param {App} app @param {Question} question */
export function beginList(app, question) {
  app.answers.kept(question)[0] = BEGUN;
  const entries = app.entriesOf(question.fact);
  if (entries) openList(app, entries);
}
