// @ts-check
// What a device still remembers of a visit, said plainly: what this page cannot take back is not passed over.

import { list } from "./dom.js";
import { backRow, heading } from "./parts.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export const traces = (app) => [
  heading(app, app.say("tracesTitle")),
  list(["tracesNot", "tracesHistory", "remains", "tracesKept", "tracesNet", "proof"].map((key) => app.say(key))),
  backRow(app),
];
