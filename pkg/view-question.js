// @ts-check
// The controls of one question: radios, checkboxes and selects. Nothing is typed and nothing is chosen beforehand.
// Each control writes its numbers straight into the array of answers.

import { h, id } from "./view-dom.js";
import { GIVEN, OPEN, STILL, UNSURE } from "./view-answers.js";
import { countries, countryCode, dateText, daysIn, isoOf, monthNames, pack, packCountry, unpack } from "./view-text.js";

/** @typedef {import("./view.js").App} App */
/**
 * What is asked: a question, or one field of a list entry.
 * @typedef {object} Asked
 * @property {string} kind
 * @property {string[]} options
 * @property {string[]} [words] words that may stand in the place of a date
 * @property {boolean} [ahead] a date that may lie ahead
 * @property {string | null} [absent]
 * @property {string | null} [exclusive] the option that goes with no other
 * @property {Int32Array} slots
 * @property {Record<string, any>} words_ its words in the rules
 * @property {() => void} changed
 */
/** @typedef {{ text: string, first: HTMLElement }} Missing */
/** @typedef {{ nodes: Node[], missing: () => Missing | null }} Control */

/** How far back the years go, and how far ahead where a date may lie there. */
const YEARS_BACK = 110;
const YEARS_AHEAD = 10;

/**
 * @param {App} app
 * @param {Asked} asked
 * @returns {Control}
 */
export function control(app, asked) {
  if (asked.kind === "date") return date(app, asked);
  if (asked.kind === "set") return set(app, asked);
  if (asked.kind === "country" || asked.kind === "countries") return country(app, asked);
  const options = asked.kind === "yes-no" ? ["yes", "no"] : asked.options;
  const items = options.map((option, i) => ({
    value: asked.kind === "yes-no" ? 2 - i : i + 1,
    text: asked.words_.options?.[option] ?? (asked.kind === "yes-no" ? app.say(option) : option),
  }));
  return radios(app, asked.slots, [...items, unsure(app)], asked.changed);
}

/** @param {App} app */
const unsure = (app) => ({ value: UNSURE, text: app.say("unsure") });

/**
 * @param {App} app
 * @param {Int32Array} slots the first one takes the value
 * @param {{ value: number, text: string }[]} items
 * @param {() => void} changed
 * @returns {Control}
 */
export function radios(app, slots, items, changed) {
  const name = id();
  const inputs = items.map(({ value }) => {
    const input = tick("radio", name, slots[0] === value, () => {
      slots.fill(0);
      slots[0] = value;
      changed();
    });
    return input;
  });
  return {
    nodes: [h("div", { class: "options" }, items.map(({ text }, i) => option(inputs[i], text)))],
    missing: () => (inputs.some((input) => input.checked) ? null : missing(app, "errChoose", inputs)),
  };
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {string | null} name
 * @param {boolean} checked
 * @param {(on: boolean) => void} changed
 */
function tick(type, name, checked, changed) {
  const input = h("input", { type, name, id: id(), autocomplete: "off" });
  input.checked = checked;
  input.addEventListener("change", () => changed(input.checked));
  return input;
}

/** @param {HTMLInputElement | undefined} input @param {string} text */
const option = (input, text) => h("label", { class: "option" }, input, h("span", null, text));

/** @param {App} app @param {keyof import("./words.js").Words} key @param {HTMLElement[]} inputs @returns {Missing} */
function missing(app, key, inputs) {
  const [first = document.body] = inputs;
  return { text: app.say(key), first };
}

/** @param {App} app @param {Asked} asked @returns {Control} */
function set(app, { options, exclusive, slots, words_, changed }) {
  const bits = options.map((_, i) => 1 << i);
  const alone = exclusive == null ? 0 : (bits[options.indexOf(exclusive)] ?? 0);
  const inputs = bits.map((bit) =>
    tick("checkbox", null, false, (on) => {
      const before = Math.max(0, slots[0] ?? 0);
      if (!on) slots[0] = before & ~bit;
      else slots[0] = bit === alone ? bit : (before & ~alone) | bit;
      show();
    }),
  );
  const notSure = tick("checkbox", null, false, (on) => {
    slots[0] = on ? UNSURE : 0;
    show();
  });
  const draw = () => {
    const value = slots[0] ?? 0;
    inputs.forEach((input, i) => (input.checked = value > 0 && (value & (bits[i] ?? 0)) !== 0));
    notSure.checked = value === UNSURE;
  };
  const show = () => {
    draw();
    changed();
  };
  draw();
  return {
    nodes: [
      h("p", { class: "hint" }, app.say("several")),
      h(
        "div",
        { class: "options" },
        options.map((name, i) => option(inputs[i], words_.options?.[name] ?? name)),
        option(notSure, app.say("unsure")),
      ),
    ],
    missing: () => (slots[0] ? null : missing(app, "errChoose", inputs)),
  };
}

/**
 * @param {string} label
 * @param {[string | number, string][]} options
 * @param {string | number} value
 * @param {(value: string) => void} changed
 */
function select(label, options, value, changed) {
  const input = h(
    "select",
    { id: id(), autocomplete: "off" },
    options.map(([value, text]) => h("option", { value }, text)),
  );
  input.value = String(value);
  input.addEventListener("change", () => changed(input.value));
  const box = h("div", { class: "select" }, h("label", { for: input.id }, label), input);
  return { input, box };
}

/** @param {App} app @param {Asked} asked @returns {Control} */
function country(app, { options, slots, changed }) {
  const all = countries(app.lang, options);
  const box = h("div", { class: "selects" });
  const notSure = tick("checkbox", null, slots[0] === UNSURE, (on) => {
    slots.fill(0);
    if (on) slots[0] = UNSURE;
    draw();
    changed();
  });
  /** @type {HTMLElement[]} */
  let inputs = [];
  /** @param {boolean} [more] */
  const draw = (more) => {
    const chosen = Array.from(slots).filter((slot) => slot > 0);
    if (more || !chosen.length) chosen.push(0);
    const parts = chosen.map((slot, i) =>
      select(
        app.say("country") + (slots.length > 1 ? ` ${i + 1}` : ""),
        [["", app.say("choose")], ...all.map(({ code, name }) => /** @type {[string, string]} */ ([code, name]))],
        slot > 0 ? countryCode(slot) : "",
        (code) => {
          chosen[i] = code ? packCountry(code) : 0;
          const given = [...new Set(chosen)].filter(Boolean);
          slots.forEach((_, j) => (slots[j] = given[j] ?? 0));
          notSure.checked = false;
          draw();
          inputs[Math.min(i, inputs.length - 1)]?.focus();
          changed();
        },
      ),
    );
    inputs = parts.map((part) => part.input);
    const add = () => {
      draw(true);
      inputs.at(-1)?.focus();
    };
    const room = chosen.length < slots.length && !chosen.includes(0);
    box.replaceChildren(
      ...parts.map((part) => part.box),
      ...(room ? [h("button", { type: "button", class: "button plain", onclick: add }, app.say("addCountry"))] : []),
    );
  };
  draw();
  return {
    nodes: [box, h("div", { class: "options" }, option(notSure, app.say("unsure")))],
    missing: () => (slots[0] ? null : missing(app, "errCountry", inputs)),
  };
}

/** A date: perhaps a word in its place, then year, month and day, as far as the person knows them.
 * @param {App} app @param {Asked} asked @returns {Control} */
function date(app, { slots, ahead, words: instead = [], absent, words_, changed }) {
  const parts = h("div", { class: "selects" });
  /** @type {{ value: number, text: string }[]} */
  const items = [];
  if (absent) items.push({ value: STILL, text: words_[absent] ?? absent });
  instead.forEach((word, i) => items.push({ value: -2 - i, text: words_[word] ?? word }));
  const branches = items.length > 0;
  if (branches) items.push({ value: GIVEN, text: words_.given ?? app.say("given") });
  items.push(unsure(app));

  // What has happened is not after today, so no later year, month or day is offered.
  const last = unpack(pack(app.lastDay));
  const newest = last.year + (ahead ? YEARS_AHEAD : 0);
  const years = Array.from({ length: newest - last.year + YEARS_BACK + 1 }, (_, i) => newest - i);
  const monthsOf = (/** @type {number} */ year) => (!ahead && year === last.year ? last.month : 12);
  const daysOf = (/** @type {number} */ year, /** @type {number} */ month) =>
    !ahead && year === last.year && month === last.month ? last.day : daysIn(year, month);
  /** @type {HTMLElement[]} */
  let shown = [];
  const isDate = () => (slots[0] ?? 0) > GIVEN;

  /** A month or day that the year does not have, or not yet, is open again. @param {number} year @param {number} month @param {number} day */
  const write = (year, month, day) => {
    const theMonth = month > monthsOf(year) ? OPEN : month;
    const days = theMonth && theMonth !== OPEN ? daysOf(year, theMonth) : 0;
    slots.fill(0);
    slots[0] = year * 10000 + theMonth * 100 + (day > days ? days && OPEN : day);
  };

  /** @param {number} [focus] */
  const draw = (focus) => {
    const { year, month, day } = chosen(slots);
    /** @type {[string | number, string][]} */
    const top = [["", app.say("choose")], [0, app.say("unknown")]];
    const yearPart = select(app.say("year"), [...top, ...years.map(pair)], year || (slots[0] === UNSURE ? 0 : ""), (value) => {
      if (Number(value)) write(Number(value), month || OPEN, day || 0);
      else {
        slots.fill(0);
        slots[0] = value === "0" ? UNSURE : branches ? GIVEN : 0;
      }
      show(0);
    });
    const monthPart = select(app.say("month"), [...top, ...monthNames(app.lang).slice(0, monthsOf(year)).map((name, i) => /** @type {[number, string]} */ ([i + 1, name]))], month === OPEN ? "" : month, (value) => {
      write(year, value === "" ? OPEN : Number(value), day || OPEN);
      show(1);
    });
    const days = Array.from({ length: month && month !== OPEN ? daysOf(year, month) : 0 }, (_, i) => i + 1);
    const dayPart = select(app.say("day"), [...top, ...days.map(pair)], day === OPEN ? "" : day, (value) => {
      write(year, month, value === "" ? OPEN : Number(value));
      show(2);
    });
    const visible = [yearPart, ...(year ? [monthPart] : []), ...(days.length ? [dayPart] : [])];
    shown = visible.map((part) => part.input);
    const hidden = branches && slots[0] !== GIVEN && !isDate();
    parts.replaceChildren(...(hidden ? [] : visible.map((part) => part.box)));
    if (focus != null) (hidden ? ticks.at(-1) : shown[focus])?.focus();
  };
  /** @param {number} [focus] */
  const show = (focus) => {
    draw(focus);
    sync();
    changed();
  };

  const name = id();
  /** @type {HTMLInputElement[]} */
  const ticks = items.map(({ value }) =>
    tick(branches ? "radio" : "checkbox", branches ? name : null, false, (on) => {
      slots.fill(0);
      slots[0] = on ? value : 0;
      show();
    }),
  );
  const sync = () =>
    ticks.forEach((input, i) => {
      const value = items[i]?.value;
      input.checked = value === GIVEN ? slots[0] === GIVEN || isDate() : slots[0] === value;
    });
  draw();
  sync();

  const boxes = items.map(({ text }, i) => option(ticks[i], text));
  const asking = boxes.slice(-1);
  return {
    nodes: branches
      ? [h("div", { class: "options" }, boxes.slice(0, -1), parts, asking)]
      : [parts, h("div", { class: "options" }, asking)],
    missing: () => {
      const { month, day } = chosen(slots);
      if (!slots[0]) return branches ? missing(app, "errChoose", ticks) : missing(app, "errYear", shown);
      if (slots[0] === GIVEN) return missing(app, "errYear", shown);
      if (isDate() && month === OPEN) return missing(app, "errMonth", shown.slice(1));
      if (isDate() && day === OPEN) return missing(app, "errDay", shown.slice(2));
      return null;
    },
  };
}

/** @param {number} n @returns {[number, string]} */
const pair = (n) => [n, String(n)];

/** What the selects show. Of a range: the part that both of its ends share.
 * @param {Int32Array} slots */
function chosen(slots) {
  const [from = 0, to = 0] = slots;
  if (from <= GIVEN) return { year: 0, month: 0, day: 0 };
  const [a, b] = [unpack(from), unpack(to || from)];
  if (a.year !== b.year) return { year: 0, month: 0, day: 0 };
  if (a.month !== b.month) return { year: a.year, month: 0, day: 0 };
  return a.day === b.day ? a : { ...a, day: 0 };
}

/** What was answered, in words.
 * @param {App} app @param {Omit<Asked, "changed">} asked */
export function valueText(app, { kind, options, words: instead = [], absent, slots, words_ }) {
  const value = slots[0] ?? 0;
  const name = (/** @type {string} */ option) => words_.options?.[option] ?? option;
  if (value === UNSURE) return app.say("unsure");
  if (kind === "yes-no") {
    const option = value === 2 ? "yes" : "no";
    return words_.options?.[option] ?? app.say(option);
  }
  if (kind === "choice") return name(options[value - 1] ?? "");
  if (kind === "set") return options.filter((_, i) => value & (1 << i)).map(name).join(" · ");
  if (kind === "date") {
    if (value < UNSURE) return words_[instead[-2 - value] ?? ""] ?? "";
    if (value <= GIVEN) return words_[absent ?? ""] ?? "";
    const from = dateText(app.lang, isoOf(value));
    const to = slots[1] ? dateText(app.lang, isoOf(slots[1])) : from;
    return from === to ? from : app.say("range", { from, to });
  }
  const names = new Intl.DisplayNames(app.lang, { type: "region" });
  return Array.from(slots).filter(Boolean).map((slot) => names.of(countryCode(slot))).join(", ");
}
