// @ts-check
// Where no question stands: a slip, the end of the first part, and all answers before the results.

import { countOf, UNSURE } from "./answers.js";
import { stopCard } from "./cautions.js";
import { button, h, list } from "./dom.js";
import { valueText } from "./kinds.js";
import { entryName, entryText, noneText } from "./list.js";
import { actions, heading, problemBox, problemText } from "./parts.js";
import { answeredSteps, goTo, proceed, toResults } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */

/** Two answers that cannot both be so, at once: what a finger slipped on is easily put right now. @param {App} app */
export function slip(app) {
  const { report, place } = app;
  if (!report || !place.problem) return [];
  const { code, facts } = place.problem;
  return [
    stopCard(app, report),
    heading(app, app.say("slipTitle")),
    h("p", { class: "lead" }, problemText(app, code)),
    rows(app, facts),
    actions(app, app.say(facts.length === 2 ? "slipBoth" : "slipRight"), () => proceed(app)),
  ];
}

/** After the few questions that come first: whether something stops the family, before anything else is asked.
 * That nothing does is said only where none of them is open, or was answered with "not sure". @param {App} app */
export function pause(app) {
  const { report } = app;
  if (!report) return [];
  const first = report.questions.filter(({ fact }) => app.question(fact)?.first);
  const told = report.firstPassDone && first.every(({ state }) => state === "answered" || state === "not-relevant");
  return [
    stopCard(app, report),
    heading(app, app.say("pauseTitle")),
    h("p", { class: "lead" }, app.say(report.stop ? "pauseStop" : told ? "pauseClear" : "pauseUnsure")),
    actions(app, app.say("go"), () => proceed(app)),
  ];
}

/** @param {App} app */
export function review(app) {
  const { report } = app;
  if (!report) return [];
  const facts = answeredSteps(app).map(({ fact }) => fact);
  return [
    stopCard(app, report),
    heading(app, app.say("reviewTitle")),
    h("p", { class: "lead" }, app.say("reviewLead")),
    problemBox(app),
    rows(app, facts),
    actions(app, app.say("showResults"), () => toResults(app)),
  ];
}

/** Answers, each with the way to change it. @param {App} app @param {string[]} facts */
function rows(app, facts) {
  const all = facts.map((fact) => row(app, fact));
  return h("dl", { class: "rows" }, all);
}

/** @param {App} app @param {string} fact */
function row(app, fact) {
  const question = app.question(fact);
  if (!question) return null;
  const asked = app.lawOf(question).question ?? fact;
  const change = button(app.say("change"), () => goTo(app, fact), "link", asked);
  return h("div", null, h("dt", null, asked), h("dd", null, answer(app, question)), h("dd", { class: "act" }, change));
}

/** @param {App} app @param {Question} question */
function answer(app, question) {
  const kept = app.answers.kept(question);
  if (question.kind !== "list") return valueText(app, { ...question, slots: kept, texts: app.lawOf(question) });
  if (kept[0] === UNSURE) return app.say("unsure");
  if (!countOf(kept)) return noneText(app, question);
  const entries = Array.from({ length: countOf(kept) }, (_, i) => [
    h("strong", null, entryName(app, question, i)),
    entryText(app, question, kept, i).map((line) => h("span", null, line)),
  ]);
  return list(entries, "plain-list");
}
