// @ts-check
// One question by itself.

import { countOf, GIVEN } from "./answers.js";
import { control, valueText } from "./kinds.js";
import { emptyControl } from "./list.js";
import { paperFold } from "./papers.js";
import { hotline, questionScreen } from "./question.js";
import { confirm } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */

/** @param {App} app */
export function ask(app) {
  const question = app.question(app.place.fact);
  if (!question) return [];
  const screen = app.screenWith(question.fact);
  return question.kind === "list" ? askList(app, question, screen?.part) : askValue(app, question, screen);
}

/** @param {App} app @param {Question} question @param {import("./types.d.ts").Screen | null} screen */
function askValue(app, question, screen) {
  const law = app.lawOf(question);
  const slots = app.answers.draft(question);
  // A range, which the answer to a sharper question leaves, is more than the selects can show.
  const isRange = question.kind === "date" && (slots[1] ?? 0) > GIVEN;
  const answered = { ...question, slots, texts: law };
  return questionScreen(app, {
    part: screen?.part,
    title: law.question ?? question.fact,
    hints: [law.hint, isRange && app.say("sharperTold", { value: valueText(app, answered) })],
    beside: hotline(app, [question]),
    control: (changed) => {
      const finer = () => app.canBeFiner(question, slots);
      const { nodes, missing } = control(app, {
        ...answered,
        ratherNot: screen?.ratherNot,
        ofBirth: question.fact === "person.birth-date",
        changed,
        finer,
      });
      const papers = paperFold(app, question, nodes);
      return { nodes: papers ? [...nodes, papers] : nodes, missing, go: () => confirm(app, question) };
    },
    value: () => slots[0],
    about: question,
  });
}

/** Whether a list has any entry. @param {App} app @param {Question} question @param {string | undefined} part */
function askList(app, question, part) {
  const law = app.lawOf(question);
  const [block, slot] = [app.answers.draft(question), app.answers.extra];
  return questionScreen(app, {
    part,
    title: law.question ?? question.fact,
    hints: [law.hint],
    beside: hotline(app, [question]),
    control: (changed) => emptyControl(app, question, changed),
    value: () => (countOf(block) ? undefined : slot[0]),
    about: question,
  });
}
