// @ts-check
// What stands above and below every screen: the way out, the language, help, and the way to delete everything.
// No landmarks: these belong to the page around, and the frame has a name of its own.

import { button, draw, find, folded, h } from "./dom.js";
import { helpBox, preview, subheading } from "./parts.js";
import { lookAhead } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Language} Language */

/** The places that ask: once what is urgent was asked, what is known so far is one press away from each of them. */
const QUESTIONS = ["screen", "singly", "ask", "list", "entry", "sharper"];

/** The same on every screen, and first in the order of the keys. @param {App} app */
export function top(app) {
  const shrink = () => app.outer.shrink();
  const close = h("button", { type: "button", class: "button plain close", "aria-label": app.say("close"), onclick: shrink }, "✕");
  const exit = button(app.say("exit"), () => app.outer.exit(), "exit");
  return h("div", { class: "top" }, exit, h("span", { class: "gap" }), menu(app), app.full && close);
}

/** Who speaks one of several languages.
 * @typedef {Pick<App, "say" | "speak" | "offer" | "language" | "languages">} Speaker */

/** The languages that have arrived. Where there is one, nothing can be chosen. @param {Speaker} app */
export function menu(app) {
  const change = (/** @type {Event} */ { target }) => {
    app.speak(/** @type {HTMLSelectElement} */ (target).value);
    find(".language select")?.focus();
  };
  const select = h("select", { "aria-label": app.say("language"), onchange: change });
  const box = h("div", { class: "language" }, globe(), select);
  for (const language of app.languages.values()) choice(app, box, select, language);
  return box;
}

/** One more language arrives while the start page is read: it joins the menu, and nothing else is drawn anew.
 * @param {Speaker} app @param {Language} language */
export function offer(app, language) {
  app.offer(language);
  const box = find(".language");
  const select = box?.querySelector("select");
  if (box && select) choice(app, box, select, language);
}

/** @param {Speaker} app @param {HTMLElement} box @param {HTMLSelectElement} select @param {Language} language */
function choice(app, box, select, { lang, dir, name }) {
  select.append(h("option", { value: lang, lang, dir, selected: lang === app.language.lang }, name));
  box.hidden = select.options.length < 2;
}

/** A sign for people who cannot read the language that is shown. */
function globe() {
  const sign = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  sign.append(draw("path", { d: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2 12h20M12 2c-7 6-7 14 0 20 7-6 7-14 0-20" }));
  return sign;
}

/** @param {App} app */
export function foot(app) {
  const { name } = app.place;
  const version = app.screener && app.say("version", { version: app.screener.rules.version });
  const { helpName } = app.config;
  const parts = [helpName && `${helpName}.`, preview(app), `${app.say("adviceTitle")}. `, version].filter(Boolean);
  const lines = parts.map((part) => h("span", null, part, " "));
  return h(
    "div",
    { class: "foot" },
    !["results", "urgent"].includes(name) && folded(app.say("helpTitle"), helpBox(app)),
    QUESTIONS.includes(name) && app.report?.firstPassDone && link(app.say("soFarKnown"), () => lookAhead(app)),
    (app.report || (name !== "start" && name !== "failed")) && wipePart(app),
    (name === "start" || name === "results") && link(app.say("tracesTitle"), () => app.go({ ...app.place, name: "traces" })),
    (name === "start" || name === "failed" || app.place.report) && h("p", { class: "fine" }, lines),
  );
}

/** @param {string} text @param {() => void} go */
const link = (text, go) => h("p", null, button(text, go, "link"));

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
