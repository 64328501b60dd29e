// @ts-check
// For every kind of question its control, and its answer in words. A kind that is not in the table has neither: none of the
// others stands in for it. Lists have an editor of their own.

import { NO, UNSURE, YES } from "./answers.js";
import { missing, option, radios, tick, unsure } from "./controls.js";
import { countryControl, countryWords } from "./country.js";
import { dateControl, dateWords } from "./date.js";
import { h } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Answered} Answered */
/** @typedef {import("./controls.js").Asked} Asked */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {{ control: (app: App, asked: Asked) => Control, words: (app: App, answered: Answered) => string }} Drawn */

const country = { control: countryControl, words: countryWords };

/** @type {Record<Exclude<import("./types.d.ts").Kind, "list">, Drawn>} */
const KINDS = {
  "yes-no": { control: yesNo, words: yesNoWords },
  choice: { control: choice, words: choiceWords },
  set: { control: set, words: setWords },
  date: { control: dateControl, words: dateWords },
  country,
  countries: country,
};

/** @param {import("./types.d.ts").Kind} kind */
function drawn(kind) {
  if (kind === "list") throw new TypeError("a list is drawn by its editor");
  return KINDS[kind];
}

/** @param {App} app @param {Asked} asked */
export const control = (app, asked) => drawn(asked.kind).control(app, asked);

/** What was answered, in words. @param {App} app @param {Answered} answered */
export const valueText = (app, answered) => (answered.slots[0] === UNSURE ? unsure(app).text : drawn(answered.kind).words(app, answered));

/** @param {App} app @param {Asked} asked @returns {Control} */
function yesNo(app, { slots, texts, ratherNot, changed }) {
  const items = [YES, NO].map((value) => ({ value, text: yesNoText(app, value, texts) }));
  return radios(app, slots, [...items, unsure(app, ratherNot)], changed);
}

/** @param {App} app @param {Answered} answered */
function yesNoWords(app, { slots, texts }) {
  return yesNoText(app, slots[0], texts);
}

/** @param {App} app @param {number | undefined} value @param {Record<string, any>} texts @returns {string} */
function yesNoText(app, value, texts) {
  const key = value === YES ? "yes" : "no";
  return texts.options?.[key] ?? app.say(key);
}

/** @param {App} app @param {Asked} asked @returns {Control} */
function choice(app, { options, slots, texts, ratherNot, changed }) {
  const items = options.map((name, i) => ({ value: i + 1, text: optionText(texts, name) }));
  return radios(app, slots, [...items, unsure(app, ratherNot)], changed);
}

/** @param {App} _ @param {Answered} answered */
function choiceWords(_, { options, slots, texts }) {
  return optionText(texts, options[(slots[0] ?? 0) - 1] ?? "");
}

/** @param {Record<string, any>} texts @param {string} name @returns {string} */
const optionText = (texts, name) => texts.options?.[name] ?? name;

/** @param {App} app @param {Asked} asked @returns {Control} */
function set(app, { options, exclusive, slots, texts, changed }) {
  const bits = options.map((_, i) => bit(i));
  const alone = exclusive == null ? 0 : bit(options.indexOf(exclusive));
  const inputs = bits.map((mine) =>
    tick("checkbox", null, false, (on) => {
      const before = Math.max(0, slots[0] ?? 0);
      if (!on) take(before & ~mine);
      else take(mine === alone ? mine : (before & ~alone) | mine);
    }),
  );
  const notSure = tick("checkbox", null, false, (on) => take(on ? UNSURE : 0));

  function draw() {
    const value = slots[0] ?? 0;
    for (const [i, input] of inputs.entries()) input.checked = isIn(value, i);
    notSure.checked = value === UNSURE;
  }

  /** @param {number} value */
  function take(value) {
    slots[0] = value;
    draw();
    changed();
  }

  draw();
  const boxes = options.map((name, i) => option(inputs[i], optionText(texts, name)));
  return {
    nodes: [h("p", { class: "hint" }, app.say("several")), h("div", { class: "options" }, boxes, option(notSure, unsure(app).text))],
    missing: () => (slots[0] ? null : missing(app, "errChoose", inputs)),
  };
}

/** @param {App} _ @param {Answered} answered */
function setWords(_, { options, slots, texts }) {
  const chosen = options.filter((_option, i) => isIn(slots[0] ?? 0, i));
  return chosen.map((name) => optionText(texts, name)).join(" · ");
}

/** A set is one number, a bit for each option. @param {number} i */
const bit = (i) => 1 << i;
/** @param {number} value @param {number} i */
const isIn = (value, i) => value > 0 && (value & bit(i)) !== 0;
