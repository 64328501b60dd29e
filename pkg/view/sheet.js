// @ts-check
// Paper: what a person takes to a lawyer. The page of points is the same for everybody, so it confesses nothing to whoever finds it: two
// languages on one sheet, large enough to be photographed. The page of facts says everything, after a warning. Nothing leaves by itself.

import { cautionTitle } from "./cautions.js";
import { button, h, list } from "./dom.js";
import { keepContact } from "./keep.js";
import { actions, contacts, heading, reviewNote, subheading } from "./parts.js";
import { doorText, fitKey, nameOfRoute } from "./path.js";
import { toldParts } from "./review.js";
import { fill } from "./text.js";

/** @typedef {import("./app.js").App} App */

/** The places on a sheet of facts. */
const PATHS = ["urgent", "worth-asking", "also-possible"];

/** What to talk about, to bring and not to do. @param {App} app */
export function points(app) {
  const other = secondLanguage(app);
  const twice = (/** @type {string} */ text, /** @type {string | undefined} */ second) => [
    h("span", null, text),
    second && h("span", { class: "second", lang: other?.lang, dir: other?.dir }, second),
  ];
  const both = (/** @type {string} */ key) => twice(app.say(key), other && fill(other, other.words[key] ?? ""));
  const parts = (app.screener?.parts ?? []).map((part) => twice(app.lawText("part", part), other?.law?.part?.[part]));
  const items = parts.map((part) => h("li", null, part));
  const donts = ["dontSign", "dontPay", "dontLeave"].map(both);
  return [
    heading(app, app.say("sheetTitle")),
    h("p", null, both("sheetText")),
    h("ol", null, items),
    h("p", null, both("sheetBring")),
    h("p", { class: "small-title" }, both("donts")),
    list(donts),
    h("p", { class: "contact" }, contacts(app)),
    keepContact(app),
    h("p", { class: "fine" }, app.say("asOf", { date: app.asOf }), " ", app.say("advice")),
    reviewNote(app),
    printRow(app),
    h("p", { class: "fine on-screen" }, app.say("photo")),
    button(app.say("factsTitle"), () => app.go({ ...app.place, name: "facts" }), "link"),
  ];
}

/** Everything that was told, and what the engine says of it. @param {App} app */
export function facts(app) {
  const { report } = app.place;
  if (!report) return [];
  const cards = report.cards.filter(({ place }) => PATHS.includes(place));
  const line = (/** @type {import("./types.d.ts").Card} */ card) =>
    `${nameOfRoute(app, card)}: ${doorText(app, card)} ${app.say(`fit.${fitKey(report, card)}`)}.`;
  return [
    heading(app, app.say("factsTitle")),
    h("p", { class: "notice" }, app.say("factsWarning")),
    printRow(app),
    toldParts(app),
    subheading(app, 1, "section-title", app.say("factsCare")),
    list(report.cautions.map((one) => cautionTitle(app, one))),
    subheading(app, 1, "section-title", app.say("paths")),
    list(cards.map(line)),
    h("p", { class: "fine" }, app.say("asOf", { date: app.asOf }), " ", app.say("notDecision")),
    reviewNote(app),
  ];
}

/** @param {App} app */
const printRow = (app) => actions(app, app.say("print"), () => print());

/** English beside another one, since the sheet goes to a lawyer here; beside English whichever has come. @param {App} app */
function secondLanguage(app) {
  const all = [...app.languages.values()].filter(({ lang }) => lang !== app.language.lang);
  return all.find(({ lang }) => lang.split("-")[0] === "en") ?? all[0];
}
