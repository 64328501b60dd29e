// @ts-check
// The entries of a list as a person told them: calm sentences, each one tap away from being changed. How an entry is told is another
// module's.

import { BEGUN, countOf, entryOf, fieldSlots, isAsked, isNone, setCount, UNSURE } from "./answers.js";
import { radios, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { valueText } from "./kinds.js";
import { subheading } from "./parts.js";
import { questionScreen } from "./question.js";
import { advance, beginList, confirm, confirmList, edit, goesOn, remove } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */

/** Chosen in the empty list: there is something to tell, or there is nothing. */
const ADD = 1;
const NONE = 2;

/** @param {App} app @param {Question} question @param {number} index */
export function entryName(app, question, index) {
  const name = app.lawOf(question).entry ?? app.say("item");
  return name.replace("{n}", String(index + 1));
}

/** One entry as a sentence: its fields that were asked, one after the other.
 * @param {App} app @param {Question} question @param {Int32Array} block @param {number} index */
export function entryText(app, question, block, index) {
  const entry = entryOf(question, block, index);
  const { steps = [], latestFirst } = app.entriesOf(question.fact) ?? {};
  const fields = steps.flatMap((step) => step.flatMap((id) => question.fields.find((field) => field.id === id) ?? []));
  const texts = fields.map((field) => {
    if (!isAsked(question, field, entry) || (field.absent && !goesOn(app, question, index) && latestFirst && !entry[field.offset]))
      return "";
    const words = app.lawOf(question).fields?.[field.id] ?? {};
    return valueText(app, { ...field, texts: words, slots: fieldSlots(field, entry) });
  });
  return texts.filter(Boolean).join(" · ");
}

/** What a list without entries says. @param {App} app @param {Question} question @returns {string} */
export const noneText = (app, question) => app.lawOf(question).none ?? app.say("noneYet");

/** An empty list is answered like any other question.
 * @param {App} app @param {Question} question @param {() => void} changed @returns {import("./question.js").Going} */
export function emptyControl(app, question, changed) {
  const block = app.answers.draft(question);
  const slot = app.answers.extra.subarray(0, 1);
  const kept = app.answers.kept(question);
  if (app.fresh) slot[0] = kept[0] === UNSURE ? UNSURE : isNone(kept) ? NONE : kept[0] === BEGUN ? ADD : 0;
  const items = [{ value: ADD, text: app.say("addFirst") }, { value: NONE, text: noneText(app, question) }, unsure(app)];
  const go = () => {
    if (slot[0] === ADD) return beginList(app, question);
    if (slot[0] === NONE) setCount(block, 0);
    else block[0] = UNSURE;
    confirm(app, question);
  };
  return { ...radios(app, slot, items, changed), go };
}

/** @param {App} app */
export function entryList(app) {
  const question = app.question(app.place.fact);
  if (!question) return [];
  const block = app.answers.draft(question);
  const count = countOf(block);
  const unsureAll = () => {
    const kept = app.answers.kept(question);
    kept.set(block);
    kept[0] = UNSURE;
    advance(app, [question.fact]);
  };
  const buttons = [
    count < question.capacity && button(app.lawOf(question).add ?? app.say("addItem"), () => edit(app, question, count)),
    button(app.say("unsureAll"), unsureAll, "link"),
  ];
  const entries = Array.from({ length: count }, (_, i) => entryNode(app, question, block, i));
  return questionScreen(app, {
    part: app.screenWith(question.fact)?.part,
    title: app.lawOf(question).question ?? question.fact,
    hints: [],
    several: true,
    control: () => ({
      nodes: [
        subheading(app, 1, "small-title", app.say("soFar")),
        h("ol", { class: "entries" }, entries),
        h("div", { class: "stack" }, buttons),
      ],
      missing: () => null,
      go: () => confirmList(app, question),
      goText: app.say("allDone"),
    }),
  });
}

/** @param {App} app @param {Question} question @param {Int32Array} block @param {number} index */
function entryNode(app, question, block, index) {
  const whole = entryText(app, question, block, index);
  const change = button(app.say("edit"), () => edit(app, question, index), "link", whole);
  const removal = button(app.say("remove"), () => remove(app, question, index), "link", whole);
  return h("li", null, h("p", null, whole), h("p", { class: "row" }, change, removal));
}
