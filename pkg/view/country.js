// @ts-check
// One country, or several: by the names that the browser knows, sorted for the reader.

import { UNSURE } from "./answers.js";
import { missing, option, select, tick, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { countryCode, countryNames, countryNumber } from "./text.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Answered} Answered */
/** @typedef {import("./controls.js").Asked} Asked */
/** @typedef {import("./controls.js").Control} Control */

/** @param {App} app @param {Asked} asked @returns {Control} */
export function countryControl(app, { options, slots, changed }) {
  const names = namesOf(app, options);
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
      return select(label, names, slot > 0 ? countryCode(slot) : "", (code) => {
        chosen[i] = code ? countryNumber(code) : 0;
        take(chosen, i);
      });
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
    nodes: [h("div", { class: "dated" }, box, h("div", { class: "options" }, option(notSure, unsure(app).text)))],
    missing: () => (slots[0] ? null : missing(app, "errCountry", inputs)),
  };
}

/** @param {App} app @param {string[]} codes @returns {[string, string][]} */
function namesOf(app, codes) {
  const name = countryNames(app.lang);
  const named = codes.map((code) => /** @type {[string, string]} */ ([code, name(code)]));
  return [["", app.say("choose")], ...named.sort(([, a], [, b]) => a.localeCompare(b, app.lang))];
}

/** @param {App} app @param {Answered} answered */
export const countryWords = (app, { slots }) => Array.from(slots).filter(Boolean).map(countryCode).map(countryNames(app.lang)).join(", ");
