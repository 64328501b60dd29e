// @ts-check
// What a device still remembers of a visit, said plainly: what this page cannot take back is not passed over.

import { button, h, list } from "./dom.js";
import { heading } from "./parts.js";
import { back } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export const traces = (app) => [
  heading(app, app.say("tracesTitle")),
  list(["tracesNot", "tracesHistory", "remains", "tracesKept", "tracesNet", "proof"].map((key) => app.say(key))),
  h(
    "p",
    { class: "row actions" },
    button(app.say("toAnswer"), () => back(app), "primary"),
  ),
];
