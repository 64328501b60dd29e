// @ts-check
// The first screen, and the one after a fault. Neither asks anything.

import { button, folded, h } from "./dom.js";
import { heading, preview, reviewNote, rulesNote } from "./parts.js";
import { begin } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function start(app) {
  const looking = preview(app);
  const point = (/** @type {string} */ key) => h("li", null, h("strong", null, app.say(`${key}Title`)), h("span", null, app.say(key)));
  return [
    heading(app, app.say("startTitle")),
    h("p", { class: "lead" }, app.say("startLead")),
    h("ul", { class: "points" }, ["private", "advice", "leave", "shared"].map(point)),
    rulesNote(app),
    reviewNote(app),
    looking && h("p", { class: "notice" }, looking),
    app.screener
      ? button(app.say("start"), () => begin(app), "primary big")
      : h("p", { role: "status", class: "hint" }, app.say("loading")),
    folded(app.say("limitsTitle"), h("p", null, app.say("limits"))),
  ];
}

/** @param {App} app */
export function failed(app) {
  const again = button(app.say("again"), () => app.show({ name: "start" }), "primary");
  return [heading(app, app.say("failTitle")), h("p", null, app.say("fail")), again];
}
