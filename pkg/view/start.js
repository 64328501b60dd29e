// @ts-check
// The first screen, and the one after a fault. Neither asks anything.

import { button, folded, h } from "./dom.js";
import { heading, preview, reviewNote, rulesNote } from "./parts.js";
import { begin } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function start(app) {
  const looking = preview(app);
  const told = (/** @type {string} */ key) => h("p", null, h("strong", null, app.say(`${key}Title`)), h("br", null), app.say(key));
  return [
    heading(app, app.say("startTitle")),
    h("p", { class: "lead" }, app.say("startLead")),
    h("p", null, app.say("startMinutes")),
    h("p", null, h("strong", null, app.say("privateTitle")), " ", app.say("private")),
    rulesNote(app),
    reviewNote(app),
    looking && h("p", { class: "notice" }, looking),
    app.screener
      ? button(app.say("start"), () => begin(app), "primary big")
      : h("p", { role: "status", class: "hint" }, app.say("loading")),
    folded(app.say("leaveTitle"), ["leave", "shared"].map(told)),
    folded(
      app.say("limitsTitle"),
      ["limits", "advice"].map((key) => h("p", null, app.say(key))),
    ),
  ];
}

/** @param {App} app */
export function failed(app) {
  const again = button(app.say("again"), () => app.show({ name: "start" }), "primary");
  return [heading(app, app.say("failTitle")), h("p", null, app.say("fail")), again];
}
