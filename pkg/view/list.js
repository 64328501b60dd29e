// @ts-check
// One editor for every list of the rules, such as stays: the entries so far, and what to do next. The fields of an entry are
// screens of their own.

import { countOf, entryOf, fieldSlots, isAsked, isNone, NO, setCount, UNSURE } from "./answers.js";
import { radios, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { valueText } from "./kinds.js";
import { subheading } from "./parts.js";
import { advance, confirm, edit, remove } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */

/** Chosen in the empty list: go on to the first entry, or there is none. */
const ADD = 1;
const NONE = 2;

/** @param {App} app @param {Question} question @param {number} index */
export function entryName(app, question, index) {
  const name = app.lawOf(question).entry ?? app.say("item");
  return name.replace("{n}", String(index + 1));
}

/** One entry in words, a line for each field that was asked.
 * @param {App} app @param {Question} question @param {Int32Array} block @param {number} index */
export function entryText(app, question, block, index) {
  const entry = entryOf(question, block, index);
  const fields = question.fields.filter((field) => isAsked(question, field, entry));
  const lines = fields.map((field) => {
    const texts = app.lawOf(question).fields?.[field.id] ?? {};
    return valueText(app, { ...field, texts, slots: fieldSlots(field, entry) });
  });
  return lines.filter(Boolean);
}

/** What a list without entries says. @param {App} app @param {Question} question @returns {string} */
export const noneText = (app, question) => app.lawOf(question).none ?? app.say("noneYet");

/** @param {App} app @param {Question} question @param {() => void} changed @returns {import("./question.js").Going} */
export const listControl = (app, question, changed) =>
  countOf(app.answers.draft(question)) ? entriesControl(app, question) : emptyControl(app, question, changed);

/** An empty list is answered like any other question.
 * @param {App} app @param {Question} question @param {() => void} changed @returns {import("./question.js").Going} */
function emptyControl(app, question, changed) {
  const block = app.answers.draft(question);
  const slot = app.answers.extra;
  if (app.fresh) slot[0] = block[0] === UNSURE ? UNSURE : isNone(block) ? NONE : 0;
  const items = [{ value: ADD, text: app.say("addFirst") }, { value: NONE, text: noneText(app, question) }, unsure(app)];
  const go = () => {
    if (slot[0] === ADD) return edit(app, question, 0);
    if (slot[0] === NONE) setCount(block, 0);
    else block[0] = UNSURE;
    confirm(app, question);
  };
  return { ...radios(app, slot, items, changed), go };
}

/** @param {App} app @param {Question} question @returns {import("./question.js").Going} */
function entriesControl(app, question) {
  const block = app.answers.draft(question);
  const count = countOf(block);
  const add = () => {
    const once = app.question(question.shortWhen);
    if (once) app.answers.kept(once)[0] = NO; // There is more than one after all.
    edit(app, question, count);
  };
  const unsureAll = () => {
    const kept = app.answers.kept(question);
    kept.set(block);
    kept[0] = UNSURE;
    advance(app, question.fact);
  };
  const buttons = [
    count < question.capacity && button(app.lawOf(question).add ?? app.say("addItem"), add),
    button(app.say("unsureAll"), unsureAll, "link"),
  ];
  const entries = Array.from({ length: count }, (_, i) => entryNode(app, question, block, i));
  return {
    nodes: [
      subheading(app, 1, "small-title", app.say("soFar")),
      h("ol", { class: "entries" }, entries),
      h("div", { class: "stack" }, buttons),
    ],
    missing: () => null,
    go: () => confirm(app, question),
    goText: app.say("allDone"),
  };
}

/** @param {App} app @param {Question} question @param {Int32Array} block @param {number} index */
function entryNode(app, question, block, index) {
  const name = entryName(app, question, index);
  const [first, ...rest] = entryText(app, question, block, index);
  const more = rest.map((line) => [h("br", null), line]);
  const change = button(app.say("edit"), () => edit(app, question, index), "link", name);
  const removal = button(app.say("remove"), () => remove(app, question, index), "link", name);
  return h(
    "li",
    null,
    h("p", { class: "entry-name" }, name),
    h("p", null, h("strong", null, first ?? ""), more),
    h("p", { class: "row" }, change, removal),
  );
}
