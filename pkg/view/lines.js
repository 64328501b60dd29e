// @ts-check
// What lines to tick say: which of them stand for something that is open, what a tick writes down, and what it writes down that
// a line was shown and left alone. What that means to the law the engine says; nothing here draws.

import { BEGUN, countOf, NO, NO_ENTRIES, UNSURE, YES } from "./answers.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Line} Line */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Screen} Screen */

/** How a line stands. */
export const TICKED = 1;
export const LEFT = 2;

/** The facts that a line speaks of. @param {Line} line */
export const factsOf = ({ sets = {}, choose }) => [...Object.keys(sets), ...(choose ? [choose[0]] : [])];

/** Every fact that a screen settles; a list only as far as a line says that there is something to tell. @param {Screen} screen */
export const factsOn = ({ ask = [], boxes = [], entries }) => [...ask, ...boxes.flatMap(factsOf), ...(entries?.once ? [entries.once] : [])];

/** The lines that stand for something open. @param {Screen} screen @param {string[]} open */
export const linesOf = ({ boxes = [] }, open) => boxes.filter((line) => factsOf(line).some((fact) => open.includes(fact)));

/** The open facts that lines stand for, each once. @param {Line[]} lines @param {string[]} open */
export const factsBehind = (lines, open) => [...new Set(lines.flatMap(factsOf))].filter((fact) => open.includes(fact));

/** An option as a number: of a set its bit. @param {Question} question @param {string} option */
export function numberOf({ kind, options }, option) {
  const place = options.indexOf(option);
  if (place < 0) return 0;
  return kind === "set" ? 1 << place : place + 1;
}

/** What a tick says, as a number. @param {Question} question @param {boolean | string} says */
function numberSaid(question, says) {
  if (typeof says === "boolean") return says ? YES : NO;
  return question.kind === "list" ? BEGUN : numberOf(question, says);
}

/** The options that are offered under a line, as numbers. @param {Question} question @param {string[]} options */
export const offered = (question, options) => options.map((option) => numberOf(question, option));

/** Whether the confirmed answer says what a tick would. @param {App} app @param {string} fact @param {boolean | string} says */
function isSaid(app, fact, says) {
  const question = app.question(fact);
  if (!question) return false;
  const [value = 0] = app.answers.kept(question);
  const wanted = numberSaid(question, says);
  if (question.kind === "list") return value === BEGUN || countOf(app.answers.kept(question)) > 0;
  return question.kind === "set" ? value > 0 && (value & wanted) !== 0 : value === wanted;
}

/**
 * Which lines the confirmed answers have ticked. Of lines that say the same nobody knows any more which it was.
 * @param {App} app
 * @param {Line[]} lines
 */
export function tickedBefore(app, lines) {
  const key = (/** @type {Line} */ { sets = {} }) => JSON.stringify(sets);
  const alike = (/** @type {Line} */ line) => !line.choose && lines.filter((other) => !other.choose && key(other) === key(line)).length > 1;
  const covered = new Set();
  return lines.map((line) => {
    const { sets = {}, choose } = line;
    const says = Object.entries(sets);
    const chosen = !choose || choose[1].some((option) => isSaid(app, choose[0], option));
    const isNew = choose != null || says.some((one) => !covered.has(String(one)));
    if (alike(line) || !chosen || !isNew || !says.every(([fact, value]) => isSaid(app, fact, value))) return false;
    for (const one of says) covered.add(String(one));
    return true;
  });
}

/** Whether any of these lines was said, by itself. Of lines that say the same it is not kept which was ticked.
 * @param {App} app @param {Line[]} lines */
export const anySaid = (app, lines) => lines.some((line) => tickedBefore(app, [line])[0]);

/**
 * Writes down what the lines say. What a person left alone gets its plain answer, if it was shown; what nobody is sure of is not sure.
 * @param {App} app
 * @param {Line[]} lines those that were shown
 * @param {string[]} open
 * @param {number[]} states of each: ticked, left alone, or not sure
 */
export function settle(app, lines, open, states) {
  const { answers } = app;
  const told = new Set();
  const write = (/** @type {string} */ fact, /** @type {number} */ value) => {
    const question = app.question(fact);
    if (!question || !value) return;
    const kept = answers.kept(question);
    const more = question.kind === "set" && told.has(fact) ? Math.max(0, kept[0] ?? 0) : 0;
    told.add(fact);
    if (value === BEGUN && question.kind === "list" && countOf(kept)) return;
    kept.fill(0);
    kept[0] = more | value;
  };
  for (const [i, { sets = {}, choose }] of lines.entries()) {
    if (states[i] !== TICKED) continue;
    for (const [fact, says] of Object.entries(sets)) {
      const question = app.question(fact);
      if (question) write(fact, numberSaid(question, says));
    }
    const question = choose && app.question(choose[0]);
    if (!choose || !question) continue;
    const [chosen = 0] = answers.draft(question);
    const mask = offered(question, choose[1]).reduce((all, one) => all | one, 0);
    write(choose[0], question.kind === "set" && chosen > 0 ? chosen & mask : chosen);
  }
  for (const fact of factsBehind(lines, open)) {
    const question = app.question(fact);
    if (told.has(fact) || !question) continue;
    const unsure = lines.some((line, i) => factsOf(line).includes(fact) && states[i] === UNSURE);
    const value = unsure ? UNSURE : leftAlone(question, lines);
    if (value === null) continue;
    const kept = answers.kept(question);
    kept.fill(0);
    kept[0] = value;
  }
}

/** What it says when all the lines about a question were shown and left alone: its plain answer, 0 where it has none, and nothing
 * where it stays open. @param {Question} question @param {Line[]} lines */
export function leftAlone(question, lines) {
  const mine = lines.filter((line) => factsOf(line).includes(question.fact));
  if (mine.every(({ staysOpen }) => staysOpen)) return null;
  if (question.kind === "list") return NO_ENTRIES;
  if (question.kind === "yes-no") return mine[0]?.sets?.[question.fact] === false ? YES : NO;
  const none = question.options.find((option) => option === "none" || option === "no");
  return none ? numberOf(question, none) : 0;
}
