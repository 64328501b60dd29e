// @ts-check
// What a statement rests on: sources as a list, or as numbers of a list that stands elsewhere.

import { h, outside } from "./dom.js";

/** Who has the words and knows the citations. @typedef {Pick<import("./app.js").App, "say"> & {
 *   screener: { citations: Record<string, import("./types.d.ts").Citation> } | null }} App */

/** Each once. @param {...string[]} lists */
export const distinct = (...lists) => [...new Set(lists.flat())];

/** @param {App} app @param {string[]} cites */
export function sourceList(app, cites) {
  const readOn = (/** @type {string} */ id) => app.screener?.citations[id]?.read;
  const read = (/** @type {string} */ id) => readOn(id) && h("span", { class: "fine" }, ` ${app.say("readOn", { date: readOn(id) })}`);
  const items = cites.map((id) => h("li", null, source(app, id), read(id)));
  return h("ol", { class: "sources" }, items);
}

/** @param {App} app @param {string[]} cites @param {string[]} all the list */
export function sourceMarks(app, cites, all) {
  const marks = cites.map((id) => [source(app, id, String(all.indexOf(id) + 1)), " "]);
  return marks.length > 0 && h("p", { class: "sources" }, `${app.say("sources")}: `, marks);
}

/**
 * That nobody read what statements rest on, or that somebody did too long ago.
 * @param {App} app @param {{ verified?: boolean, stale?: boolean, confirmedThrough?: string | null }[]} statements
 */
export function age(app, ...statements) {
  const [date] = statements.flatMap(({ stale, confirmedThrough }) => (stale && confirmedThrough) || []).sort();
  const lines = [statements.some(({ verified }) => verified === false) && app.say("unverified"), date && app.say("stale", { date })];
  return lines.map((line) => line && h("p", { class: "fine" }, line));
}

/** @param {App} app @param {string} id @param {string} [text] in the place of its title, which is then read aloud after it */
function source(app, id, text) {
  const { title, url } = app.screener?.citations[id] ?? { title: id };
  if (!url) return h("span", { title: text && title }, text ?? title);
  const tab = app.say("newTab");
  return text ? outside(url, text, `${title}, ${tab}`) : outside(url, title, tab);
}
