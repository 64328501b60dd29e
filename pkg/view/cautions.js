// @ts-check
// What to be careful about: the stop card, which comes before everything else, and the cautions by tier. Which of them hold
// the engine has said.

import { folded, h, list } from "./dom.js";
import { subheading } from "./parts.js";
import { age, distinct, sourceList } from "./sources.js";
import { fill } from "./text.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Caution} Caution */
/** @typedef {import("./types.d.ts").Step} Step */

/** The title and the text of a caution. @param {App} app @param {Caution} caution */
export function cautionWords(app, { id, clause, certainty, values }) {
  const words = app.law.caution?.[id]?.[clause] ?? {};
  const say = (/** @type {string | undefined} */ text) => fill(app.language, text ?? "", { asOf: app.asOf, ...values });
  const maybe = certainty === "maybe";
  const body = maybe && words.maybe ? say(words.maybe) : say(words.body);
  const doubt = maybe && !words.maybe ? app.say("maybeText") : "";
  // What only may be is not told for a fact: its title asks.
  const title = (maybe && words["maybe-title"]) || words.title;
  return { title: say(title ?? id), text: [body, doubt].filter(Boolean).join(" ") };
}

/** @param {App} app @param {Caution} caution */
export const cautionTitle = (app, caution) => cautionWords(app, caution).title;

/** @param {App} app @param {Caution} caution */
export const cautionText = (app, caution) => h("p", null, cautionWords(app, caution).text);

/** A caution under its title, or under more than that: its text, and what that rests on.
 * @param {App} app @param {Caution} caution @param {import("./dom.js").Children} [title] */
export const cautionFold = (app, caution, title = cautionTitle(app, caution)) =>
  folded(title, cautionText(app, caution), age(app, caution), sourceList(app, caution.cites));

/** Two cautions with the same name say the same. @param {Caution} caution */
export const nameOf = ({ id, clause }) => `${id} ${clause}`;

/** One line above every question, once something says stop: it opens to why, and says how many reasons there are.
 * @param {App} app @param {Step} report */
export function stopLine(app, report) {
  if (!report.stop) return null;
  const stops = stopsOf(report);
  const summary = h("summary", null, h("span", null, app.say("stopTitle")));
  const inside = h("div", { class: "inside" }, tells(app, stops), reasons(app, stops));
  return h("details", { class: "stop short" }, summary, inside);
}

/** What a stop tells beyond its title, and why, for the screen that says it first. @param {App} app @param {Step} report */
export function stopReasons(app, report) {
  const stops = stopsOf(report);
  for (const name of stops.map(nameOf)) app.stopsSeen.add(name);
  const items = stops.map((stop) => cautionFold(app, stop));
  return [tells(app, stops, ["lawyer-first"]), h("p", { class: "small-title" }, app.say("stopWhy")), h("div", { class: "stack" }, items)];
}

/** @param {Step} report */
const stopsOf = (report) => report.cautions.filter(({ tier }) => tier === "stop");

/** @param {App} app @param {Caution[]} stops */
function reasons(app, stops) {
  const items = stops.map((stop) => [h("strong", null, cautionTitle(app, stop)), cautionText(app, stop)]);
  const sources = sourceList(app, distinct(...stops.map(({ cites }) => cites)));
  return [list(items, "reasons"), folded(app.say("sources"), age(app, ...stops), sources)];
}

/** What stops tell to leave, and to do. @param {App} app @param {Caution[]} cautions @param {string[]} said what stands right above
 * @param {number} [most] where somebody has to take it in at once; what to leave is never left out */
export function tells(app, cautions, said = [], most = Number.POSITIVE_INFINITY) {
  const all = distinct(...cautions.map((caution) => caution.tells)).filter((tell) => !said.includes(tell));
  const leave = all.filter((tell) => tell.startsWith("do-not"));
  const other = all.filter((tell) => !leave.includes(tell)).slice(0, Math.max(0, most - leave.length));
  const texts = [...leave, ...other].map((tell) => app.lawText("tells", tell));
  return texts.length > 0 && list(texts, "tells");
}

/** Cautions by tier. @param {App} app @param {Caution[]} cautions */
export function cautionList(app, cautions) {
  return ["before-you-send", "know"].map((tier) => {
    const items = cautions.filter((caution) => caution.tier === tier).map((caution) => cautionFold(app, caution));
    return items.length > 0 && h("section", { class: `tier ${tier}` }, subheading(app, 1, "section-title", app.say(`tier.${tier}`)), items);
  });
}
