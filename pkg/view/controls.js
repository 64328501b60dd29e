// @ts-check
// What every control is made of: radios, checkboxes, selects. Nothing is typed and nothing is chosen beforehand.
// A control writes its numbers straight into the array of answers.

import { UNSURE } from "./answers.js";
import { h, id } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/**
 * What is asked: a question, or one field of a list entry.
 * @typedef {object} Asked
 * @property {import("./types.d.ts").Kind} kind
 * @property {string[]} options
 * @property {string[]} [common] countries that are offered first
 * @property {string[]} [words] words that may stand in the place of a date
 * @property {boolean} [ofBirth] the date of birth, from which ages are counted
 * @property {boolean} [ahead] a date that may lie ahead
 * @property {string | null} [absent]
 * @property {string | null} [exclusive] the option that goes with no other
 * @property {Int32Array} slots
 * @property {Record<string, any>} texts its words in the rules
 * @property {() => void} changed
 * @property {boolean} [ratherNot] not to say is offered with "not sure"
 * @property {() => boolean} [finer] for a date: something turns on how exact it is, as it stands
 */
/** @typedef {Omit<Asked, "changed" | "finer">} Answered */
/** @typedef {{ text: string, first: HTMLElement }} Missing */
/** @typedef {{ nodes: Node[], missing: () => Missing | null }} Control */
/** @typedef {{ value: number, text: string }} Item */
/** @typedef {[value: string | number, text: string]} Choice */

/** An answer with fewer letters shares its line with others. */
const SHORT = 20;

/** Where status, arrest or harm is asked, not to say is an answer too, and counts as not sure. @param {App} app @param {boolean} [ratherNot]
 * @returns {Item} */
export const unsure = (app, ratherNot) => ({ value: UNSURE, text: app.say(ratherNot ? "unsureOrNot" : "unsure") });

/** @param {App} app @param {string} key @param {HTMLElement[]} inputs @returns {Missing} */
export function missing(app, key, inputs) {
  const [first = document.body] = inputs;
  return { text: app.say(key), first };
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {string | null} name
 * @param {boolean} checked
 * @param {(on: boolean) => void} changed
 */
export function tick(type, name, checked, changed) {
  const input = h("input", { type, name, id: id(), autocomplete: "off" });
  input.checked = checked;
  input.addEventListener("change", () => changed(input.checked));
  return input;
}

/** What is missing first in several controls. @param {(Control | null | undefined)[]} controls */
export function firstMissing(controls) {
  for (const one of controls) {
    const lacking = one?.missing();
    if (lacking) return lacking;
  }
  return null;
}

/** Options of a set, each a bit of the first slot. @param {Int32Array} slots @param {Item[]} items @param {() => void} [changed] */
export function bitTicks(slots, items, changed) {
  const chosen = () => Math.max(0, slots[0] ?? 0);
  return items.map(({ value }) =>
    tick("checkbox", null, (chosen() & value) !== 0, (on) => {
      slots[0] = on ? chosen() | value : chosen() & ~value;
      changed?.();
    }),
  );
}

/** @param {HTMLInputElement | undefined} input @param {string} text */
export const option = (input, text) => h("label", { class: "option" }, input, h("span", null, text));

/**
 * @param {App} app
 * @param {Int32Array} slots the first one takes the value
 * @param {Item[]} items
 * @param {() => void} changed
 * @returns {Control}
 */
export function radios(app, slots, items, changed) {
  const name = id();
  const inputs = items.map(({ value }) =>
    tick("radio", name, slots[0] === value, () => {
      slots.fill(0);
      slots[0] = value;
      changed();
    }),
  );
  const boxes = items.map(({ text }, i) => option(inputs[i], text));
  // Yes, no and not sure stand in one line.
  const short = items.length === 3 && items.every(({ text }) => text.length < SHORT);
  return {
    nodes: [h("div", { class: short ? "options short" : "options" }, boxes)],
    missing: () => (inputs.some((input) => input.checked) ? null : missing(app, "errChoose", inputs)),
  };
}

/**
 * @param {string} label
 * @param {Choice[]} options
 * @param {string | number} chosen
 * @param {(value: string) => void} changed
 * @param {{ label: string, options: Choice[] }[]} [groups] more of them, each group with a name
 */
export function select(label, options, chosen, changed, groups = []) {
  const item = (/** @type {Choice} */ [value, text]) => h("option", { value }, text);
  const items = [...options.map(item), ...groups.map((group) => h("optgroup", { label: group.label }, group.options.map(item)))];
  const input = h("select", { id: id(), autocomplete: "off" }, items);
  input.value = String(chosen);
  input.addEventListener("change", () => changed(input.value));
  return { input, box: h("div", { class: "select" }, h("label", { for: input.id }, label), input) };
}
