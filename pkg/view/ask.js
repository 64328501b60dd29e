// @ts-check
// A question, a list, or one field of a list entry.

import { countOf, fieldSlots, GIVEN } from "./answers.js";
import { folded, h, outside } from "./dom.js";
import { control, valueText } from "./kinds.js";
import { entryName, listControl } from "./list.js";
import { progress, questionScreen } from "./question.js";
import { confirm, nextField } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */

/** @param {App} app */
export function ask(app) {
  const { fact, entry, field } = app.place;
  const question = app.question(fact);
  if (!question) return [];
  if (entry != null && field != null) return askField(app, question, entry, field);
  return question.kind === "list" ? askList(app, question) : askValue(app, question);
}

/** @param {App} app @param {Question} question */
function askValue(app, question) {
  const law = app.lawOf(question);
  const answered = { ...question, slots: app.answers.draft(question), texts: law };
  const go = () => confirm(app, question);
  return controlScreen(app, question, answered, { over: progress(app), title: law.question ?? question.fact, go });
}

/** @param {App} app @param {Question} question @param {number} entry @param {number} at */
function askField(app, question, entry, at) {
  const field = question.fields[at];
  if (!field) return [];
  const texts = app.lawOf(question).fields?.[field.id] ?? {};
  const answered = { ...field, slots: fieldSlots(field, app.answers.edited(question)), texts };
  const go = () => nextField(app, question, entry, at);
  return controlScreen(app, question, answered, { over: entryName(app, question, entry), title: texts.label ?? field.id, go });
}

/**
 * One control for one value.
 * @param {App} app
 * @param {Question} question
 * @param {import("./controls.js").Answered} answered
 * @param {{ over: string, title: string, go: () => void }} screen
 */
function controlScreen(app, question, answered, { over, title, go }) {
  const { kind, slots, texts } = answered;
  // A range, which the answer to a sharper question leaves, is more than the selects can show.
  const isRange = kind === "date" && (slots[1] ?? 0) > GIVEN;
  return questionScreen(app, question, {
    over,
    title,
    hints: [texts.hint, isRange && app.say("sharperTold", { value: valueText(app, answered) })],
    beside: hotline(app, question),
    control: (changed) => ({ ...control(app, { ...answered, changed }), go }),
    value: () => slots[0],
    after: why(app, question),
  });
}

/** @param {App} app @param {Question} question */
function askList(app, question) {
  const law = app.lawOf(question);
  const [block, slot] = [app.answers.draft(question), app.answers.extra];
  return questionScreen(app, question, {
    over: progress(app),
    title: law.question ?? question.fact,
    hints: [law.hint],
    beside: hotline(app, question),
    control: (changed) => listControl(app, question, changed),
    value: () => (countOf(block) ? undefined : slot[0]),
    after: why(app, question),
    several: true,
  });
}

/** @param {App} app @param {Question} question */
function why(app, question) {
  const { why: text } = app.lawOf(question);
  return text ? folded(app.say("why"), h("p", null, text)) : null;
}

/** Where the way to find an answer is a person on a line: the number, with nothing to open. @param {App} app @param {Question} question */
function hotline(app, { findOut }) {
  const place = app.screener?.help.find(({ id }) => id === findOut);
  if (!place?.phone) return null;
  const call = outside(`tel:${place.phone}`, [app.say("call"), " ", h("span", { class: "number" }, place.phone)]);
  call.className = "button call";
  return h("section", { class: "hotline" }, h("p", null, app.lawText("find-out", findOut)), call);
}
