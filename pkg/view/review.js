// @ts-check
// Where no question stands: a slip, and all answers before the results, part by part, what is not sure first.

import { countOf, turnedRound, UNSURE } from "./answers.js";
import { stopLine } from "./cautions.js";
import { button, h, list } from "./dom.js";
import { valueText } from "./kinds.js";
import { anySaid, linesOf, tickedBefore } from "./lines.js";
import { entryText, noneText } from "./list.js";
import { actions, heading, problemBox, problemText, subheading } from "./parts.js";
import { wordsOfScreen } from "./screen.js";
import { goTo, onward, openOn, reopen, toResults } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Screen} Screen */

/** Two answers that cannot both be so, at once: what a finger slipped on is easily put right now. @param {App} app */
export function slip(app) {
  const { report, place } = app;
  if (!report || !place.problem) return [];
  const { code, facts } = place.problem;
  return [
    stopLine(app, report),
    heading(app, app.say("slipTitle")),
    h("p", { class: "lead" }, problemText(app, code)),
    h(
      "dl",
      { class: "rows" },
      facts.map((fact) => factRow(app, fact)),
    ),
    actions(app, app.say(facts.length === 2 ? "slipBoth" : "slipRight"), () => onward(app, place.lines)),
  ];
}

/** @param {App} app */
export function review(app) {
  const { report } = app;
  if (!report) return [];
  const notSure = report.questions.filter(({ fact, state }) => state === "unsure" && app.kept(fact)[0] === UNSURE);
  return [
    stopLine(app, report),
    heading(app, app.say("reviewTitle")),
    problemBox(app),
    notSure.length > 0 &&
      h(
        "section",
        { class: "part not-sure" },
        subheading(app, 1, "small-title", app.say("notSureTitle")),
        h(
          "dl",
          { class: "rows" },
          notSure.map(({ fact }) => row(app, app.lawOf({ fact }).question ?? fact, "", () => goTo(app, fact))),
        ),
      ),
    toldParts(app),
    actions(app, app.say("showResults"), () => toResults(app)),
  ];
}

/** Everything that was answered, part by part. @param {App} app */
export function toldParts(app) {
  const screens = app.screener?.screens ?? [];
  // Rules that ask each question by itself have no parts.
  return [...new Set(screens.map(({ part }) => part))].map((part) => {
    const rows = screens.filter((screen) => screen.part === part).flatMap((screen) => screenRow(app, screen) ?? []);
    if (!rows.length) return null;
    const name = part && subheading(app, 1, "small-title", app.lawText("part", part));
    return h("section", { class: "part" }, name, h("dl", { class: "rows" }, rows));
  });
}

/** What was answered on a screen, with the way to it. @param {App} app @param {Screen} screen */
function screenRow(app, screen) {
  const { boxes = [], ask = [], entries } = screen;
  const told = (/** @type {string} */ fact) => app.kept(fact)[0] !== 0;
  const open = openOn(app, screen).filter(told);
  const asks = ask.filter((fact) => open.includes(fact));
  const lines = linesOf(screen, open);
  const [single] = asks;
  if (entries) {
    const question = app.question(entries.list);
    if (!question || !told(entries.list) || !countOf(app.answers.kept(question))) return null;
    const title = wordsOfScreen(app, screen).title ?? app.lawOf(question).question ?? screen.id;
    return row(app, title, toldText(app, question), () => reopen(app, screen.id));
  }
  if (!asks.length && !lines.length) return null;
  if (single && asks.length === 1 && !lines.length) return factRow(app, single);
  const ticked = tickedBefore(app, lines);
  const words = wordsOfScreen(app, screen).boxes ?? {};
  const said = [
    ...asks.map((fact) => shortly(app, fact)),
    ...lines.flatMap(({ id, choose }, i) => {
      if (!ticked[i]) return [];
      const chosen = choose && app.question(choose[0]);
      const more = chosen ? `: ${valueText(app, { ...chosen, slots: app.answers.kept(chosen), texts: app.lawOf(chosen) })}` : "";
      return [`${words[id] ?? id}${more}`];
    }),
  ];
  const some = !said.length && anySaid(app, boxes);
  const text = said.length ? list(said, "plain-list") : app.say(some ? "saidYes" : "none");
  return row(app, wordsOfScreen(app, screen).title ?? screen.id, text, () => reopen(app, screen.id));
}

/** A question and its answer in one line. @param {App} app @param {string} fact */
function shortly(app, fact) {
  const question = app.question(fact);
  if (!question) return "";
  return `${app.lawOf(question).question ?? fact} ${String(valueText(app, { ...question, slots: app.kept(fact), texts: app.lawOf(question) }))}`;
}

/** @param {App} app @param {string} fact */
function factRow(app, fact) {
  const question = app.question(fact);
  if (!question) return null;
  return row(app, app.lawOf(question).question ?? fact, toldText(app, question), () => goTo(app, fact));
}

/** @param {App} app @param {string} asked @param {import("./dom.js").Children} told @param {() => void} go */
function row(app, asked, told, go) {
  const change = button(app.say("change"), go, "link", asked);
  return h("div", null, h("dt", null, asked), h("dd", null, told), h("dd", { class: "act" }, change));
}

/** What was answered, in words. @param {App} app @param {Question} question */
export function toldText(app, question) {
  const kept = app.answers.kept(question);
  if (question.kind !== "list") return valueText(app, { ...question, slots: kept, texts: app.lawOf(question) });
  if (kept[0] === UNSURE) return app.say("unsure");
  if (!countOf(kept)) return noneText(app, question);
  const block = app.entriesOf(question.fact)?.latestFirst ? turnedRound(question, kept) : kept;
  const entries = Array.from({ length: countOf(kept) }, (_, i) => entryText(app, question, block, i));
  return list(entries, "plain-list");
}
