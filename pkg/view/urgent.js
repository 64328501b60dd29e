// @ts-check
// What cannot wait: what to do now, with a number to press, before anything else is asked. Then one may go on.

import { stopReasons } from "./cautions.js";
import { button, h, list } from "./dom.js";
import { heading, helpBox } from "./parts.js";
import { call } from "./question.js";
import { wordsOfScreen } from "./screen.js";
import { lookAhead, proceed } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function urgent(app) {
  const { report, place } = app;
  if (!report) return [];
  const lines = place.lines ?? [];
  const screens = app.screener?.screens ?? [];
  const words = Object.assign({}, ...screens.map((screen) => wordsOfScreen(app, screen).now ?? {}));
  const items = lines.map((line) => {
    const phone = phoneOf(app, line);
    return [h("span", null, words[line] ?? ""), phone && call(app, phone)];
  });
  return [
    h(
      "section",
      { class: report.stop ? "stop" : "urgent-now" },
      heading(app, app.say(report.stop ? "stopTitle" : "soon")),
      items.length > 0 && list(items, "now"),
      report.stop && stopReasons(app, report),
    ),
    helpBox(app),
    h(
      "p",
      { class: "row actions apart" },
      button(app.say("goOn"), () => proceed(app), "primary"),
      report.firstPassDone && button(app.say("soFarKnown"), () => lookAhead(app)),
    ),
  ];
}

/** Who answers: a line of the harm that the rules name, else the group's own. @param {App} app @param {string} line */
function phoneOf(app, line) {
  const boxes = app.screener?.screens.flatMap(({ boxes: all = [] }) => all) ?? [];
  const facts = Object.keys(boxes.find(({ id }) => id === line)?.sets ?? {});
  const findOut = facts.map((fact) => app.question(fact)?.findOut);
  const place = app.screener?.help.find(({ id }) => findOut.includes(id));
  return place?.phone ?? app.config.helpPhone;
}
