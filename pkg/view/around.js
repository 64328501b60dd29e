// @ts-check
// What stands above and below every screen: the way out, the language, help, and the way to delete everything.
// No landmarks: these belong to the page around, and the frame has a name of its own.

import { words } from "../words.js";
import { button, find, folded, h } from "./dom.js";
import { helpBox, preview, subheading } from "./parts.js";

/** @typedef {import("./app.js").App} App */

/** The same on every screen, and first in the order of the keys. @param {App} app */
export function top(app) {
  const others = Object.entries(words).filter(([lang]) => lang !== app.lang);
  const switches = others.map(([lang, { name }]) => {
    const change = () => {
      app.speak(lang);
      find(".language")?.focus();
    };
    return h("button", { type: "button", class: "button plain language", lang, onclick: change }, name);
  });
  const shrink = () => app.outer.shrink();
  const close = h("button", { type: "button", class: "button plain close", "aria-label": app.say("close"), onclick: shrink }, "✕");
  const exit = button(app.say("exit"), () => app.outer.exit(), "exit");
  return h("div", { class: "top" }, exit, h("span", { class: "gap" }), switches, app.full && close);
}

/** @param {App} app */
export function foot(app) {
  const { name } = app.place;
  const version = app.screener && app.say("version", { version: app.screener.rules.version });
  const parts = [preview(app), `${app.say("adviceTitle")}. `, version].filter(Boolean);
  const lines = parts.map((part) => h("span", null, part, " "));
  return h(
    "div",
    { class: "foot" },
    !["results", "urgent"].includes(name) && folded(app.say("helpTitle"), helpBox(app)),
    name !== "start" && name !== "failed" && wipePart(app),
    ["start", "failed", "results"].includes(name) && h("p", { class: "fine" }, lines),
  );
}

/** Deleting asks once, in the place of its button. Leaving never asks. @param {App} app */
function wipePart(app) {
  const ask = button(app.say("wipe"), () => askWipe(app, true), "danger");
  if (!app.wiping) return h("p", null, ask);
  const question = subheading(app, 1, "small-title", app.say("wipeTitle"));
  question.tabIndex = -1;
  question.id = "wiping";
  const yes = button(app.say("wipeYes"), () => app.wipe(), "danger");
  const no = button(app.say("wipeNo"), () => askWipe(app, false));
  return h(
    "div",
    { class: "wiping", role: "group", "aria-labelledby": "wiping" },
    question,
    h("p", null, app.say("wipeText")),
    h("p", { class: "row actions" }, yes, no),
  );
}

/** @param {App} app @param {boolean} on the question is asked, or the answers are kept */
export function askWipe(app, on) {
  app.wiping = on;
  // Only this part is drawn anew: what is open or chosen above stays as it is.
  find(".foot")?.replaceWith(foot(app));
  find(".wiping")?.scrollIntoView({ block: "nearest" });
  find(on ? "#wiping" : ".foot .danger")?.focus({ preventScroll: on });
}
