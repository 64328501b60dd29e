// @ts-check
// All that the engine found: stop and help before the cautions, cautions before the cards.

import { cardList } from "./cards.js";
import { cautionList, lastStopCard } from "./cautions.js";
import { button, h, list, outside } from "./dom.js";
import { heading, helpBox, problemBox, reviewNote, rulesNote, subheading } from "./parts.js";
import { goOn } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function results(app) {
  const { report } = app.place;
  if (!report) return [];
  const { nextScreen } = app.report ?? {};
  const change = nextScreen
    ? button(app.say("goOn"), () => goOn(app), "primary")
    : button(app.say("changeAnswers"), () => app.go({ name: "review" }));
  return [
    heading(app, app.say("resultsTitle")),
    lastStopCard(app, report),
    helpBox(app),
    h("p", { class: "lead" }, app.say("resultsLead")),
    rulesNote(app),
    reviewNote(app),
    problemBox(app),
    ...cautionList(app, report),
    ...cardList(app, report),
    helpPlaces(app),
    h("p", { class: "notice" }, h("strong", null, app.say("adviceTitle"), ". "), app.say("advice")),
    h("p", { class: "row actions" }, change),
  ];
}

/** More places of help; the group's own contact stands above. @param {App} app */
function helpPlaces(app) {
  const places = (app.screener?.help ?? []).map(({ id, url, phone }) => [
    outside(url, app.lawText("help", id), app.say("newTab")),
    phone && [" ", outside(`tel:${phone}`, phone)],
  ]);
  return h("section", { class: "help" }, subheading(app, 1, "small-title", app.say("helpMore")), list(places));
}
