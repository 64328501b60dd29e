// @ts-check
// One editor for every list of the rules, such as stays: entries one after the other, each field a screen of its own.

import { h, button } from "./view-dom.js";
import { GIVEN, STILL, UNSURE } from "./view-answers.js";
import { radios, valueText } from "./view-question.js";

/** @typedef {import("./view.js").App} App */
/** @typedef {import("./view-types.d.ts").Question} Question */
/** @typedef {import("./view-types.d.ts").Field} Field */

/** Chosen in the empty list: go on to the first entry. */
const ADD = 1;
const NONE = 2;

/** @param {Field} field @param {Int32Array} entry */
export const fieldSlots = (field, entry) => entry.subarray(field.offset, field.offset + field.size);

/** Whether a field is asked, given the fields before it. @param {Question} question @param {Field} field @param {Int32Array} entry */
export function visible(question, { showWhen }, entry) {
  const other = showWhen && question.fields.find((field) => field.id === showWhen.field);
  if (!other) return true;
  const value = entry[other.offset] ?? 0;
  if (showWhen.oneOf) return showWhen.oneOf.includes(other.options[value - 1] ?? "");
  return (value >= GIVEN) === (showWhen.given ?? true);
}

/** The fields of one entry that are asked. @param {Question} question @param {Int32Array} entry */
const asked = (question, entry) => question.fields.filter((field) => visible(question, field, entry));

/** @param {App} app @param {Question} question @param {number} index */
export const entryName = (app, question, index) => {
  const name = app.lawOf(question).entry ?? app.say("item");
  return name.replace("{n}", String(index + 1));
};

/** One entry in words. @param {App} app @param {Question} question @param {Int32Array} block @param {number} index */
export function entryText(app, question, block, index) {
  const entry = app.answers.entry(question, block, index);
  const lines = asked(question, entry).map((field) => {
    const words_ = app.lawOf(question).fields?.[field.id] ?? {};
    return valueText(app, { ...field, words_, slots: fieldSlots(field, entry) });
  });
  return lines.filter(Boolean);
}

/** How many entries there are. @param {Int32Array} block */
export const countOf = (block) => Math.max(0, (block[0] ?? 0) - 1);

/**
 * The list as a question: its entries, and what to do next.
 * @param {App} app
 * @param {Question} question
 * @param {() => void} changed
 */
export function listControl(app, question, changed) {
  const block = app.answers.draft(question);
  const law = app.lawOf(question);
  const count = countOf(block);
  if (!count) {
    // An empty list is answered like any other question.
    const slot = app.answers.extra;
    if (app.fresh) slot[0] = block[0] === UNSURE ? UNSURE : block[0] === 1 ? NONE : 0;
    const items = [
      { value: ADD, text: app.say("addFirst") },
      { value: NONE, text: law.none ?? app.say("noneYet") },
      { value: UNSURE, text: app.say("unsure") },
    ];
    const control = radios(app, slot, items, changed);
    const go = () => {
      if (slot[0] === ADD) return edit(app, question, 0);
      block[0] = slot[0] === NONE ? 1 : UNSURE;
      app.confirm(question);
    };
    return { ...control, go };
  }

  const room = count < question.capacity;
  const add = () => {
    const once = app.question(question.shortWhen);
    if (once) app.answers.kept(once)[0] = 1; // There is more than one after all.
    edit(app, question, count);
  };
  const entries = Array.from({ length: count }, (_, i) => {
    const name = entryName(app, question, i);
    const change = button(app.say("edit"), () => edit(app, question, i), "link", name);
    const remove = button(app.say("remove"), () => removeEntry(app, question, i), "link", name);
    const [first, ...rest] = entryText(app, question, block, i);
    return h(
      "li",
      null,
      h("p", { class: "entry-name" }, name),
      h("p", null, h("strong", null, first ?? ""), rest.map((line) => [h("br", null), line])),
      h("p", { class: "row" }, change, remove),
    );
  });
  const unsureAll = () => {
    app.answers.kept(question).set(block);
    app.answers.kept(question)[0] = UNSURE;
    app.advance(question.fact);
  };
  return {
    nodes: [
      app.sub(1, "small-title", app.say("soFar")),
      h("ol", { class: "entries" }, entries),
      h(
        "div",
        { class: "stack" },
        room && button(law.add ?? app.say("addItem"), add),
        button(app.say("unsureAll"), unsureAll, "link"),
      ),
    ],
    missing: () => null,
    go: () => app.confirm(question),
    goText: app.say("allDone"),
  };
}

/** The short way: another question has said that there is only one entry. @param {App} app @param {Question} question */
export function isShort(app, question) {
  const other = question.shortWhen && app.question(question.shortWhen);
  return Boolean(other && app.answers.kept(other)[0] === 2);
}

/** Opens an entry. A new one starts empty. @param {App} app @param {Question} question @param {number} index */
export function edit(app, question, index) {
  const block = app.answers.draft(question);
  const entry = app.answers.entry(question);
  entry.fill(0);
  if (index < countOf(block)) {
    entry.set(app.answers.entry(question, block, index));
    for (const field of question.fields) {
      const slots = fieldSlots(field, entry);
      if (field.absent && !slots[0]) slots[0] = STILL;
    }
  }
  app.show({ name: "ask", fact: question.fact, entry: index, field: 0 });
}

/** @param {App} app @param {Question} question @param {number} index */
function removeEntry(app, question, index) {
  const block = app.answers.draft(question);
  block.copyWithin(1 + index * question.entrySize, 1 + (index + 1) * question.entrySize);
  block.fill(0, block.length - question.entrySize);
  const count = countOf(block) - 1;
  block[0] = count ? count + 1 : 0;
  app.show({ name: "ask", fact: question.fact });
}

/**
 * The next field, or back in the list with the entry written down.
 * @param {App} app
 * @param {Question} question
 * @param {number} index
 * @param {number} at
 */
export function nextField(app, question, index, at) {
  const entry = app.answers.entry(question);
  const next = question.fields.findIndex((field, i) => i > at && visible(question, field, entry));
  if (next > 0) return app.show({ name: "ask", fact: question.fact, entry: index, field: next });
  for (const field of question.fields) {
    const slots = fieldSlots(field, entry);
    if (!visible(question, field, entry) || slots[0] === STILL && field.absent) slots.fill(0);
  }
  const block = app.answers.draft(question);
  app.answers.entry(question, block, index).set(entry);
  block[0] = Math.max(countOf(block), index + 1) + 1;
  if (isShort(app, question) && index === 0) return app.confirm(question);
  app.show({ name: "ask", fact: question.fact });
}

/** @param {App} app @param {Question} question @param {number} at */
export function fieldBefore(app, question, at) {
  const entry = app.answers.entry(question);
  const before = question.fields.map((field, i) => i < at && visible(question, field, entry));
  return before.lastIndexOf(true);
}
