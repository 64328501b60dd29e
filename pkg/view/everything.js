// @ts-check
// Everything that was looked at, one line each, grouped by why it is not on the answer. Nothing is judged here.

import { cardsOf, pathItem, pathLine, pathList } from "./answer.js";
import { h } from "./dom.js";
import { backRow, heading, subheading } from "./parts.js";
import { lawOf, reasonText } from "./path.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Card} Card */
/** @typedef {import("./types.d.ts").Report} Report */

/** @param {App} app */
export function everything(app) {
  const { report } = app.place;
  if (!report) return [];
  const cards = cardsOf(app, report);
  const groups = /** @type {const} */ (["urgent", "worth-asking", "also-possible", "later", "shut"]).map((place) => {
    const items = cards.filter((card) => card.place === place).map((card) => pathLine(app, report, card));
    return pathList(app, app.say(`place.${place}`), items);
  });
  return [
    heading(app, app.say("everythingTitle")),
    groups,
    notForNow(
      app,
      report,
      cards.filter(({ place }) => place === "not-this-family"),
    ),
    backRow(app),
  ];
}

/** Grouped by what decides: a part of the questions, or what the law holds against it. @param {App} app @param {Report} report @param {Card[]} cards */
function notForNow(app, report, cards) {
  /** @type {Map<string, Node[]>} */
  const groups = new Map();
  for (const card of cards) {
    const ground = card.grounds.find(({ certainty }) => certainty === "yes");
    const reason = card.reasons.find(({ truth }) => truth === "no");
    const part = reason && app.screenWith(reason.facts[0])?.part;
    const group = ground && !reason ? app.say("byGround") : part ? app.lawText("part", part) : app.say("byOther");
    const why = reason ? reasonText(app, card, reason) : ground ? app.lawText("ground", ground.id) : (lawOf(app, card).about ?? "");
    groups.set(group, [...(groups.get(group) ?? []), pathItem(app, report, card, why)]);
  }
  if (!groups.size) return null;
  const title = subheading(app, 1, "section-title", app.say("place.not-this-family"));
  const inside = Array.from(groups, ([name, lines]) => [subheading(app, 2, "small-title", name), h("ul", { class: "paths" }, lines)]);
  return h("section", null, title, inside);
}
