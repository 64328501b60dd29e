// @ts-check
// A date: perhaps a word in its place, then year, month and day, as far as the person knows them. What has happened is not
// after today, so no later year, month or day is offered; whether a date makes sense is not judged here.

import { FIRST_WORD, GIVEN, NOT_CHOSEN, STILL, UNSURE } from "./answers.js";
import { missing, option, select, tick, unsure } from "./controls.js";
import { button, h, id } from "./dom.js";
import { dateNumber, dateParts, dateText, daysIn, isoOf, monthNames } from "./text.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Answered} Answered */
/** @typedef {import("./controls.js").Asked} Asked */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {import("./controls.js").Item} Item */
/** @typedef {{ year: number, month: number, day: number }} Parts */

/** How far back the years go, and how far ahead where a date may lie there. */
const YEARS_BACK = 110;
const YEARS_AHEAD = 10;

/** @param {App} app @param {Asked} asked @returns {Control} */
export function dateControl(app, asked) {
  const { slots, changed } = asked;
  const words = wordItems(app, asked);
  const items = [...words, unsure(app)];
  const name = words.length ? id() : null;
  const ticks = items.map(({ value }) => tick(name ? "radio" : "checkbox", name, false, (on) => take(on ? value : 0)));
  const box = h("div", { class: "selects" });
  /** @type {HTMLElement[]} */
  let selects = [];

  function draw() {
    const [value = 0] = slots;
    // Among words, the date comes only after its own word.
    const parts = name && value < GIVEN ? [] : dateSelects(app, asked, name ? GIVEN : 0, take);
    selects = parts.map(({ input }) => input);
    box.replaceChildren(...parts.map((part) => part.box));
    // A year alone needs no name that is seen: the question says what it is.
    if (parts.length === 1) box.querySelector("label")?.classList.add("unseen");
    for (const [i, input] of ticks.entries()) input.checked = items[i]?.value === Math.min(value, GIVEN);
  }

  /** @param {number} value @param {number} [at] the select that it comes from */
  function take(value, at) {
    slots.fill(0);
    slots[0] = value;
    draw();
    if (at != null) (selects[at] ?? ticks.at(-1))?.focus();
    changed();
  }

  draw();
  const takeAge = (/** @type {[number, number]} */ range) => {
    slots.fill(0);
    slots.set(range);
    for (const input of ticks) input.checked = false;
    changed();
  };
  const boxes = items.map(({ text }, i) => option(ticks[i], text));
  const last = boxes.splice(-1);
  return {
    nodes: name
      ? [h("div", { class: "options" }, boxes, box, last)]
      : [h("div", { class: "dated" }, box, h("div", { class: "options" }, last), ageControl(app, asked, box, takeAge))],
    missing: () => {
      const { month, day } = partsOf(slots);
      if (name && !slots[0]) return missing(app, "errChoose", ticks);
      if (!slots[0] || slots[0] === GIVEN) return missing(app, "errYear", selects);
      if (month === NOT_CHOSEN) return missing(app, "errMonth", selects.slice(1));
      if (day === NOT_CHOSEN) return missing(app, "errDay", selects.slice(2));
      return null;
    },
  };
}

/**
 * People remember how old they were. Where the day of birth was told, an age says as much as a year: two at the most.
 * @param {App} app
 * @param {Asked} asked
 * @param {HTMLElement} box where the years stand
 * @param {(range: [number, number]) => void} take
 */
function ageControl(app, { slots, ahead, ofBirth }, box, take) {
  const [born = 0, until = 0] = app.kept("person.birth-date");
  const { year } = dateParts(born);
  // A birth that was told as a range of its own is too vague to count from.
  if (ahead || ofBirth || born <= GIVEN || until > GIVEN) return null;
  const last = dateParts(dateNumber(app.lastDay)).year;
  const rangeOf = (/** @type {number} */ age) => /** @type {[number, number]} */ ([(year + age) * 10000, (year + age + 1) * 10000]);
  const ages = Array.from({ length: Math.max(0, last - year + 1) }, (_, age) => age);
  const chosen = ages.findIndex((age) => rangeOf(age)[0] === slots[0] && rangeOf(age)[1] === slots[1]);
  const show = () => {
    const age = select(app.say("age"), [["", app.say("choose")], ...ages.map(named)], chosen < 0 ? "" : chosen, (value) => {
      if (value) take(rangeOf(Number(value)));
    });
    box.replaceChildren(age.box);
    return age.input;
  };
  if (chosen >= 0) show();
  return button(app.say("byAge"), () => show().focus(), "link");
}

/** What may stand in the place of a date, and that a date comes; nothing where a date is the only answer.
 * @param {App} app @param {Asked} asked @returns {Item[]} */
function wordItems(app, { words = [], absent, texts }) {
  const items = words.map((word, i) => ({ value: FIRST_WORD - i, text: texts[word] ?? word }));
  if (absent) items.unshift({ value: STILL, text: texts[absent] ?? absent });
  return items.length ? [...items, { value: GIVEN, text: texts.given ?? app.say("given") }] : [];
}

/** What is offered. @param {App} app @param {Asked} asked */
function calendarOf(app, { ahead }) {
  const last = dateParts(dateNumber(app.lastDay));
  const newest = last.year + (ahead ? YEARS_AHEAD : 0);
  const isLast = (/** @type {number} */ year) => !ahead && year === last.year;
  return {
    years: Array.from({ length: newest - last.year + YEARS_BACK + 1 }, (_, i) => newest - i),
    months: (/** @type {number} */ year) => (isLast(year) ? last.month : 12),
    days: (/** @type {number} */ year, /** @type {number} */ month) =>
      isLast(year) && month === last.month ? last.day : daysIn(year, month),
  };
}

/**
 * The select of the year, then of the month and the day, as soon as the one before is chosen.
 * @param {App} app
 * @param {Asked} asked
 * @param {number} none the value while no year is chosen
 * @param {(value: number, at: number) => void} take the new value, and the select that it comes from
 */
function dateSelects(app, asked, none, take) {
  const { year, month, day } = partsOf(asked.slots);
  const calendar = calendarOf(app, asked);
  // A date is asked as fine as it can matter: the year, and the month and the day only where something turns on them.
  const takeYear = (/** @type {number} */ value) => {
    if (!isChosen(value)) return take(value === NOT_CHOSEN ? none : UNSURE, 0);
    take(month ? numberOf(calendar, value, month, day) : further(value * 10000, 100), 0);
  };
  const takeMonth = (/** @type {number} */ value) => {
    const whole = numberOf(calendar, year, value, day);
    take(day || !isChosen(value) ? whole : further(whole, 1), 1);
  };
  const takeDay = (/** @type {number} */ value) => take(numberOf(calendar, year, month, value), 2);

  /** The next part is to be chosen where it can matter. @param {number} date @param {number} part */
  const further = (date, part) => {
    asked.slots.fill(0);
    asked.slots[0] = date;
    return date + (asked.finer?.() ? NOT_CHOSEN * part : 0);
  };

  const unchosen = asked.slots[0] === UNSURE ? 0 : NOT_CHOSEN;
  const selects = [partSelect(app, "year", [], year || unchosen, takeYear, decades(calendar.years))];
  if (!year || !(month || asked.finer?.())) return selects;
  const names = monthNames(app.language).slice(0, calendar.months(year));
  const months = names.map((name, i) => /** @type {[number, string]} */ ([i + 1, name]));
  selects.push(partSelect(app, "month", months, month, takeMonth));
  if (!isChosen(month) || !(day || asked.finer?.())) return selects;
  const days = Array.from({ length: calendar.days(year, month) }, (_, i) => i + 1);
  return [...selects, partSelect(app, "day", days.map(named), day, takeDay)];
}

/**
 * @param {App} app
 * @param {"year" | "month" | "day"} key
 * @param {[number, string][]} options
 * @param {number} chosen
 * @param {(value: number) => void} take
 * @param {{ label: string, options: [number, string][] }[]} [groups]
 */
function partSelect(app, key, options, chosen, take, groups) {
  /** @type {[string | number, string][]} */
  const all = [["", app.say("choose")], [0, app.say("unknown")], ...options];
  const changed = (/** @type {string} */ value) => take(value ? Number(value) : NOT_CHOSEN);
  return select(app.say(key), all, chosen === NOT_CHOSEN ? "" : chosen, changed, groups);
}

/** Years by tens, so that a far one is found fast. @param {number[]} years */
function decades(years) {
  const firsts = [...new Set(years.map((year) => year - (year % 10)))];
  const of = (/** @type {number} */ first) => years.filter((year) => year - (year % 10) === first).map(named);
  return firsts.map((first) => ({ label: `${first}–${first + 9}`, options: of(first) }));
}

/** @param {number} n @returns {[number, string]} */
const named = (n) => [n, String(n)];

/** A part that is known: neither "I do not know" nor still to be chosen. @param {number} part */
const isChosen = (part) => part > 0 && part !== NOT_CHOSEN;

/** A month or day that the year does not have, or not yet, is to be chosen again.
 * @param {ReturnType<typeof calendarOf>} calendar @param {number} year @param {number} month @param {number} day */
function numberOf(calendar, year, month, day) {
  if (month > calendar.months(year)) month = NOT_CHOSEN;
  const days = isChosen(month) ? calendar.days(year, month) : 0;
  if (day > days) day = days && NOT_CHOSEN;
  return year * 10000 + month * 100 + day;
}

/** What the selects show. Of a range: the part that both of its ends share. @param {Int32Array} slots @returns {Parts} */
function partsOf([from = 0, to = 0]) {
  if (from <= GIVEN) return { year: 0, month: 0, day: 0 };
  const [a, b] = [dateParts(from), dateParts(to || from)];
  if (a.year !== b.year) return { year: 0, month: 0, day: 0 };
  if (a.month !== b.month) return { year: a.year, month: 0, day: 0 };
  return a.day === b.day ? a : { ...a, day: 0 };
}

/** @param {App} app @param {Answered} answered */
export function dateWords(app, { words = [], absent, slots, texts }) {
  const [from = 0, to = 0] = slots;
  if (from < 0) return texts[words[FIRST_WORD - from] ?? ""] ?? "";
  if (from <= GIVEN) return texts[absent ?? ""] ?? "";
  const [first, last] = [from, to || from].map((date) => dateText(app.language, isoOf(date)));
  return first === last ? first : app.say("range", { from: first, to: last });
}
