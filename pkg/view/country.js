// @ts-check
// One country, or several: by the names that the browser knows, those that most people name first, then all by their letter.

import { UNSURE } from "./answers.js";
import { missing, option, select, tick, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { countryCode, countryNames, countryNumber } from "./text.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Answered} Answered */
/** @typedef {import("./controls.js").Asked} Asked */
/** @typedef {import("./controls.js").Control} Control */

/** @param {App} app @param {Asked} asked @returns {Control} */
export function countryControl(app, { options, common = [], slots, changed }) {
  const groups = groupsOf(app, options, common);
  const box = h("div", { class: "selects" });
  const notSure = tick("checkbox", null, slots[0] === UNSURE, (on) => {
    slots.fill(0);
    if (on) slots[0] = UNSURE;
    draw();
    changed();
  });
  /** @type {HTMLElement[]} */
  let inputs = [];

  /** @param {boolean} [more] one more select, for the next country */
  function draw(more) {
    const chosen = Array.from(slots).filter((slot) => slot > 0);
    if (more || !chosen.length) chosen.push(0);
    const parts = chosen.map((slot, i) => {
      const label = app.say("country") + (slots.length > 1 ? ` ${i + 1}` : "");
      const change = (/** @type {string} */ code) => {
        chosen[i] = code ? countryNumber(code) : 0;
        take(chosen, i);
      };
      return select(label, [["", app.say("choose")]], slot > 0 ? countryCode(slot) : "", change, groups);
    });
    inputs = parts.map((part) => part.input);
    const add = () => {
      draw(true);
      inputs.at(-1)?.focus();
    };
    const room = chosen.length < slots.length && !chosen.includes(0);
    box.replaceChildren(...parts.map((part) => part.box), ...(room ? [button(app.say("addCountry"), add)] : []));
  }

  /** @param {number[]} chosen @param {number} at the select that was changed */
  function take(chosen, at) {
    const given = [...new Set(chosen)].filter(Boolean);
    slots.fill(0);
    slots.set(given);
    notSure.checked = false;
    draw();
    inputs[Math.min(at, inputs.length - 1)]?.focus();
    changed();
  }

  draw();
  return {
    nodes: [h("div", { class: "dated country" }, box, h("div", { class: "options" }, option(notSure, unsure(app).text)))],
    missing: () => (slots[0] ? null : missing(app, "errCountry", inputs)),
  };
}

/** A country stands once: a browser cannot choose between two that are the same. @param {App} app @param {string[]} codes
 * @param {string[]} common */
function groupsOf(app, codes, common) {
  const name = countryNames(app.language);
  const named = (/** @type {string[]} */ list) => list.map((code) => /** @type {[string, string]} */ ([code, name(code)]));
  const others = named(codes.filter((code) => !common.includes(code))).sort(([, x], [, y]) => x.localeCompare(y, app.language.lang));
  /** @type {Map<string, [string, string][]>} */
  const letters = new Map();
  for (const one of others) {
    // Without its accent: Á stands with A.
    const letter = one[1].charAt(0).normalize("NFD").charAt(0).toLocaleUpperCase(app.language.lang);
    letters.set(letter, [...(letters.get(letter) ?? []), one]);
  }
  const first = common.length ? [{ label: app.say("oftenChosen"), options: named(common) }] : [];
  return [...first, ...[...letters].map(([label, options]) => ({ label, options }))];
}

/** @param {App} app @param {Answered} answered */
export const countryWords = (app, { slots }) =>
  Array.from(slots).filter(Boolean).map(countryCode).map(countryNames(app.language)).join(", ");
