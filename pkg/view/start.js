// @ts-check
// The first screen, the one after a fault, and the one while something is on its way. None asks anything.

import { bitTicks, option } from "./controls.js";
import { button, folded, h } from "./dom.js";
import { numberOf } from "./lines.js";
import { heading, preview, reviewNote, rulesNote, subheading } from "./parts.js";
import { begin } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function start(app) {
  const looking = preview(app);
  const told = (/** @type {string} */ key) => h("p", null, h("strong", null, app.say(`${key}Title`)), h("br", null), app.say(key));
  return [
    heading(app, app.say("startTitle")),
    h("p", { class: "lead" }, app.say("startMinutes")),
    h("p", null, h("strong", null, app.say("privateTitle")), " ", app.say("private")),
    app.report && h("p", { class: "notice" }, app.say("stillHere")),
    rulesNote(app),
    cameFor(app),
    reviewNote(app),
    looking && h("p", { class: "notice" }, looking),
    app.screener
      ? h(
          "p",
          { class: "begin" },
          button(app.say(app.report ? "goOn" : "start"), () => begin(app), "primary big"),
        )
      : h("p", { role: "status", class: "begin hint" }, app.say("loading")),
    folded(app.say("leaveTitle"), ["leave", "shared", "proof"].map(told), h("p", null, app.say("remains"))),
    folded(
      app.say("limitsTitle"),
      ["limits", "advice"].map((key) => h("p", null, app.say(key))),
    ),
  ];
}

/** The programs in the news by their names: who came for one is asked about it though it is shut. Nobody has to say. @param {App} app */
function cameFor(app) {
  const question = app.question("asked-for");
  if (!question) return null;
  const { question: title, options: texts = {} } = app.lawOf(question);
  const named = question.options.filter((id) => texts[id]);
  const items = named.map((id) => ({ value: numberOf(question, id), text: texts[id] }));
  const inputs = bitTicks(app.answers.kept(question), items, () => app.outer.begun());
  const chips = items.map(({ text }, i) => option(inputs[i], text));
  const legend = h("legend", null, subheading(app, 1, "small-title", title ?? ""));
  return h("fieldset", { class: "chips" }, legend, h("p", { class: "hint" }, app.say("mayLeave")), h("div", { class: "options" }, chips));
}

/** Somebody was faster than the line. @param {App} app */
export const wait = (app) => [heading(app, app.say("loadingNext"))];

/** @param {App} app */
export function failed(app) {
  const again = button(app.say("again"), () => app.show({ name: "start" }), "primary");
  return [heading(app, app.say("failTitle")), h("p", null, app.say("fail")), again];
}
