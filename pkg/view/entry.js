// @ts-check
// One entry of a list, step by step: what belongs together stands on one screen. A field that another one makes needless is not shown.

import { countOf, entryOf, fieldSlots, isAsked, setCount, turnedRound, UNSURE } from "./answers.js";
import { firstMissing, missing, option, radios, tick, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { control } from "./kinds.js";
import { entryName, noneText } from "./list.js";
import { paperFold } from "./papers.js";
import { subheading } from "./parts.js";
import { askGroup, questionScreen } from "./question.js";
import { wordsOfScreen } from "./screen.js";
import { asksItself, confirm, confirmList, fieldsOf, goesOn, nextStep, stepAfter } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {import("./types.d.ts").Entries} Entries */
/** @typedef {import("./types.d.ts").Field} Field */
/** @typedef {import("./types.d.ts").Question} Question */

/** @param {App} app */
export function entry(app) {
  const { fact, entry: index = 0, step = 0 } = app.place;
  const question = app.question(fact);
  const entries = app.entriesOf(fact);
  const screen = app.screenTelling(fact);
  if (!question || !entries || !screen) return [];
  if (entries.of) return ofEach(app, question, entries, screen);
  if (app.fresh) app.answers.takeEntry(question, index);
  const words = wordsOfScreen(app, screen);
  const once = index === 0 && step === 0 ? app.question(entries.once) : null;
  if (once && app.fresh) app.answers.recall(once);
  const [first] = fieldsOf(app, question, index, step);
  const label = app.lawOf(question).fields?.[first?.id ?? ""]?.label;
  const name = index ? ` · ${entryName(app, question, index)}` : "";
  // The first step says what is told; a later one is named by what it asks.
  const asked = app.lawOf(question).question ?? screen.id;
  const title = `${(step ? label : words.title) ?? asked}${name}`;
  const never = index === 0 && step === 0 && asksItself(app, question.fact) && !goesOn(app, question, 0);
  const isLast = () => stepAfter(app, question, index, step) < 0;
  return questionScreen(app, {
    part: screen.part,
    title,
    hints: [step === 0 && index === 0 ? words.hint : ""],
    several: true,
    control: (changed) => {
      const fields = fieldControls(app, question, entries, screen, index, step, changed);
      const also = once && askGroup(app, once, changed);
      const none = never ? neverControl(app, question, changed) : null;
      return {
        nodes: [...fields.nodes, ...(also?.nodes ?? []), ...(none?.nodes ?? [])],
        missing: () => (none?.chosen() ? null : firstMissing([fields, also])),
        go: () => {
          if (none?.chosen()) return none.go();
          if (once) app.answers.confirm(once);
          nextStep(app, question, index, step);
        },
      };
    },
    // Where the entry ends here, there can have been one more.
    more: (submit) => {
      const room = countOf(app.answers.draft(question)) < question.capacity;
      if (once || !room || !isLast()) return null;
      const text = app.lawOf(question).add ?? app.say("addItem");
      const on = () => submit(() => nextStep(app, question, index, step, true));
      return h("p", { class: "row" }, button(text, on, "link"));
    },
  });
}

/** That there is no entry at all, where no other screen asks it. @param {App} app @param {Question} question @param {() => void} changed */
function neverControl(app, question, changed) {
  const slot = app.answers.extra;
  if (app.fresh) slot[0] = app.answers.kept(question)[0] === 1 ? 1 : 0;
  const box = tick("checkbox", null, slot[0] === 1, (on) => {
    slot[0] = on ? 1 : 0;
    changed();
  });
  const go = () => {
    const block = app.answers.draft(question);
    block.fill(0);
    setCount(block, 0);
    slot.fill(0);
    confirm(app, question);
  };
  return { nodes: [h("div", { class: "options" }, option(box, noneText(app, question)))], chosen: () => slot[0] === 1, go };
}

/**
 * The fields of one step. What a choice opens or shuts is drawn anew with it.
 * @param {App} app @param {Question} question @param {Entries} entries @param {import("./types.d.ts").Screen} screen
 * @param {number} index @param {number} step @param {() => void} changed
 * @returns {Control}
 */
function fieldControls(app, question, entries, screen, index, step, changed) {
  const edited = app.answers.edited(question);
  const fields = fieldsOf(app, question, index, step);
  const places = fields.map(() => h("div", { class: "field" }));
  /** @type {(Control | null)[]} */
  const controls = fields.map(() => null);
  function draw() {
    for (const [i, field] of fields.entries()) {
      const on = isAsked(question, field, edited);
      if (on === (controls[i] != null)) continue;
      const named = i === 0 && (step > 0 || fields.length === 1);
      controls[i] = on ? fieldControl(app, question, entries, screen, field, index, named, again) : null;
      places[i]?.replaceChildren(...(controls[i]?.nodes ?? []));
    }
  }
  const again = () => {
    draw();
    changed();
  };
  draw();
  return {
    nodes: places,
    missing: () => firstMissing(controls),
  };
}

/** @param {App} app @param {Question} question @param {Entries} entries @param {import("./types.d.ts").Screen} screen @param {Field} field
 * @param {number} index @param {boolean} named the title of the screen says what it asks @param {() => void} changed @returns {Control} */
function fieldControl(app, question, entries, screen, field, index, named, changed) {
  const texts = app.lawOf(question).fields?.[field.id] ?? {};
  const slots = fieldSlots(field, app.answers.edited(question));
  const finer = () => app.canBeFiner(question, withEdited(app, question, index, entries.latestFirst));
  const ways = (entries.ways ?? []).filter(([, of]) => of === field.id);
  const asked = { ...field, slots, texts, changed, finer };
  const inner = ways.length ? wayControl(app, screen, ways, asked) : control(app, asked);
  const legend = h("legend", null, subheading(app, 1, named ? "unseen" : "small-title", texts.label ?? field.id));
  const hint = texts.hint && h("p", { class: "hint" }, texts.hint);
  const papers = paperFold(app, field, ways.length ? [] : inner.nodes);
  return { nodes: [h("fieldset", { class: "one-of" }, legend, hint, inner.nodes, papers)], missing: inner.missing };
}

/** The list as it will be with the entry that is being told. @param {App} app @param {Question} question @param {number} index
 * @param {boolean} [turned] */
function withEdited(app, question, index, turned) {
  const block = app.answers.draft(question).slice();
  entryOf(question, block, index).set(app.answers.edited(question));
  setCount(block, Math.max(countOf(block), index + 1));
  return turned ? turnedRound(question, block) : block;
}

/**
 * A choice in two small steps: which way, and then which of its options. A way with one option is that option.
 * @param {App} app @param {import("./types.d.ts").Screen} screen @param {[string, string, string[]][]} ways
 * @param {import("./controls.js").Asked} asked
 * @returns {Control}
 */
function wayControl(app, screen, ways, { options, slots, texts, changed }) {
  const words = wordsOfScreen(app, screen).ways ?? {};
  const numbers = ways.map(([, , ids]) => ids.map((id) => options.indexOf(id) + 1));
  const [value = 0] = slots;
  const way = new Int32Array([value === UNSURE ? UNSURE : numbers.findIndex((mine) => mine.includes(value)) + 1]);
  const opened = h("div", { class: "under" });
  /** @type {Control | null} */
  let under = null;
  const draw = () => {
    const mine = numbers[(way[0] ?? 0) - 1] ?? [];
    const items = mine.map((number) => ({ value: number, text: texts.options?.[options[number - 1] ?? ""] ?? "" }));
    under = mine.length > 1 ? radios(app, slots, [...items, unsure(app)], changed) : null;
    opened.replaceChildren(...(under ? [h("div", { class: "choose" }, under.nodes)] : []));
  };
  const outer = radios(app, way, [...ways.map(([id], i) => ({ value: i + 1, text: words[id] ?? id })), unsure(app)], () => {
    const mine = numbers[(way[0] ?? 0) - 1] ?? [];
    slots[0] = way[0] === UNSURE ? UNSURE : mine.length === 1 ? (mine[0] ?? 0) : 0;
    draw();
    // The second step stands right under its way.
    place();
    changed();
  });
  const place = () => {
    const input = outer.nodes.flatMap((node) => [.../** @type {Element} */ (node).querySelectorAll("label")])[(way[0] ?? 0) - 1];
    input?.after(opened);
  };
  draw();
  place();
  return {
    nodes: outer.nodes,
    missing: () => outer.missing() ?? (slots[0] ? null : (under?.missing() ?? missing(app, "errChoose", []))),
  };
}

/** For each option that was chosen of a set one entry: all of them on one screen.
 * @param {App} app @param {Question} question @param {Entries} entries @param {import("./types.d.ts").Screen} screen */
function ofEach(app, question, entries, screen) {
  const of = app.question(entries.of);
  const [kind, outcome] = question.fields;
  if (!of || !kind || !outcome) return [];
  const chosen = Math.max(0, app.answers.kept(of)[0] ?? 0);
  const kinds = of.options.flatMap((id, i) => (chosen & (1 << i) && kind.options.includes(id) ? [kind.options.indexOf(id) + 1] : []));
  const block = app.answers.draft(question);
  if (app.fresh) {
    const before = Array.from({ length: countOf(block) }, (_, i) => Array.from(entryOf(question, block, i)));
    block.fill(0);
    setCount(block, kinds.length);
    for (const [i, number] of kinds.entries()) {
      const old = before.find((one) => one[kind.offset] === number);
      const slots = entryOf(question, block, i);
      if (old) slots.set(old);
      slots[kind.offset] = number;
    }
  }
  const words = wordsOfScreen(app, screen);
  const texts = app.lawOf(question).fields ?? {};
  return questionScreen(app, {
    part: screen.part,
    title: words.title ?? screen.id,
    hints: [words.hint],
    several: true,
    control: (changed) => {
      const groups = kinds.map((number, i) => {
        const slots = fieldSlots(outcome, entryOf(question, block, i));
        const inner = control(app, { ...outcome, slots, texts: texts[outcome.id] ?? {}, changed });
        const name = texts[kind.id]?.options?.[kind.options[number - 1] ?? ""] ?? "";
        const legend = h("legend", null, subheading(app, 1, "small-title", name));
        return { nodes: [h("fieldset", { class: "one-of" }, legend, inner.nodes)], missing: inner.missing };
      });
      return {
        nodes: groups.flatMap(({ nodes }) => nodes),
        missing: () => firstMissing(groups),
        go: () => confirmList(app, question),
      };
    },
  });
}
