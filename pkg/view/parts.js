// @ts-check
// Pieces that several screens show: headings, notes, help, the row of buttons. No screen is put together here.

import { button, dialed, h, list, outside } from "./dom.js";
import { today } from "./text.js";
import { back, goTo, problemsOf } from "./way.js";

/** @typedef {import("./app.js").App} App */

const HELP_LIST = "https://www.immigrationlawhelp.org/";

/** A heading so many steps below the heading of the screen.
 * @param {{ config: { headingLevel: number } }} app @param {number} below @param {string} style @param {import("./dom.js").Children} text */
export function subheading(app, below, style, text) {
  const level = /** @type {"h3"} */ (`h${Math.min(6, app.config.headingLevel + below)}`);
  return h(level, { class: style }, text);
}

/** The heading of a screen: focus goes here. @param {{ config: { headingLevel: number } }} app @param {string} text */
export function heading(app, text) {
  const node = subheading(app, 0, "title", text);
  node.tabIndex = -1;
  return node;
}

/** On, and back. @param {App} app @param {string} text @param {() => void} go */
export function actions(app, text, go) {
  const before = button(app.say("back"), () => back(app));
  return h("p", { class: "row actions" }, button(text, go, "primary"), before);
}

/** From a page that asks nothing back to where it was opened. @param {App} app */
export const backRow = (app) =>
  h(
    "p",
    { class: "row actions" },
    button(app.say("toAnswer"), () => back(app), "primary"),
  );

/** That an earlier day is looked at. @param {App} app */
export const preview = (app) => app.config.asOf && app.say("preview", { date: app.config.asOf });

/** That the rules are too old, or not those that the page names. @param {App} app */
export function rulesNote(app) {
  const { rules } = app.screener ?? {};
  const old = rules && rules.expires <= today();
  const say = (/** @type {string} */ key) => h("p", { class: "notice" }, app.say(key, { date: rules?.version.replaceAll(".", "-") }));
  return [old && say("rulesExpired"), app.note && say(app.note)];
}

/** Who checked the rules, or that nobody has. @param {App} app */
export function reviewNote(app) {
  const { reviewedBy } = app.config;
  if (reviewedBy) return h("p", { class: "notice" }, app.say("reviewedBy", { name: reviewedBy }));
  return app.screener?.rules.review.state === "draft" && h("p", { class: "notice" }, app.say("unreviewed"));
}

/** Whom to ask: the group that shows this page, else a list of groups. @param {App} app */
export function contacts(app) {
  const { helpName, helpUrl, helpPhone } = app.config;
  const tab = app.say("newTab");
  const links = [
    helpUrl ? outside(helpUrl, helpName ?? helpUrl, tab) : helpName && h("span", null, helpName),
    helpPhone && outside(`tel:${dialed(helpPhone)}`, helpPhone),
    !helpUrl && !helpPhone && outside(HELP_LIST, app.say("helpList"), tab),
  ];
  return links.map((link) => link && [link, " "]);
}

/** @param {App} app */
export function helpBox(app) {
  return h(
    "section",
    { class: "help" },
    subheading(app, 1, "small-title", app.say("helpTitle")),
    h("p", null, app.say("help")),
    h("p", { class: "contact" }, contacts(app)),
  );
}

/** What cannot be so among the answers, with the way to each of them. @param {App} app */
export function problemBox(app) {
  const items = problemsOf(app).map(({ code, facts }) => [
    problemText(app, code),
    facts.map((fact) => {
      const text = `${app.say("change")}: ${app.lawOf({ fact }).question ?? fact}`;
      const change = button(text, () => goTo(app, fact), "link");
      return h("div", null, change);
    }),
  ]);
  return items.length > 0 && h("section", { class: "notice" }, subheading(app, 1, "small-title", app.say("problemTitle")), list(items));
}

/** @param {App} app @param {string} code */
export const problemText = (app, code) => app.law.problem?.[code] ?? app.say("problem");
