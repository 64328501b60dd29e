// @ts-check
// The answer: what is urgent, what to do this week, and the few paths that are worth an hour with a lawyer. What belongs here, and in
// which order, the engine has said; each line opens a page of its own, and everything else stands one press away.

import { answering } from "./app.js";
import { cautionFold, cautionList, cautionTitle, cautionWords, tells } from "./cautions.js";
import { button, folded, h, list, outside } from "./dom.js";
import { heading, helpBox, problemBox, reviewNote, rulesNote, subheading } from "./parts.js";
import { doorText, fitKey, nameOfRoute } from "./path.js";
import { call } from "./question.js";
import { goOn } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Card} Card */
/** @typedef {import("./types.d.ts").Caution} Caution */
/** @typedef {import("./types.d.ts").Report} Report */

/** More than this nobody takes in who is afraid. */
const PATHS = 5;
const PATHS_UNDER_STOP = 3;
const TELLS = 4;
/** What is urgent says so with its first sentence; what comes after it has its title. */
const URGENT = 1;

/** @param {App} app */
export function answer(app) {
  const { report } = app.place;
  if (!report) return [];
  const cards = cardsOf(app, report);
  const change = app.report?.nextScreen
    ? button(app.say("goOn"), () => goOn(app), "primary")
    : button(app.say("changeAnswers"), () => app.go({ name: "review" }));
  const everything = button(app.say("everything", { n: cards.length }), () => app.go({ name: "everything", report }));
  return [
    heading(app, app.say("resultsTitle")),
    rulesNote(app),
    urgentPart(app, report),
    problemBox(app),
    weekPart(app, report),
    ...pathsPart(app, report, cards),
    ...askedPart(app, report, cards),
    helpBox(app),
    moreHelp(app),
    moreCautions(app, report),
    h("p", { class: "row actions" }, everything, change),
    h(
      "p",
      { class: "row" },
      button(app.say("sheetTitle"), () => app.go({ name: "points", report }), "link"),
      button(app.say("another"), () => app.go({ name: "same", report }), "link"),
    ),
    h("p", { class: "fine" }, app.say("notDecision")),
    reviewNote(app),
  ];
}

/** The cards that the page wants shown. @param {App} app @param {Report} report */
export function cardsOf(app, report) {
  const { routes } = app.config;
  return report.cards.filter((card) => !routes || routes.includes(card.route));
}

/** What cannot wait, with a number to press. @param {App} app @param {Report} report */
function urgentPart(app, report) {
  const all = report.urgent.flatMap((id) => report.cautions.find((caution) => caution.id === id) ?? []);
  if (!all.length) return null;
  // A page is only told where it answers just this; a number wherever it may help.
  const places = answering(app.screener?.help ?? [], report).filter(
    ({ answers, phone }) => phone || answers.some((name) => name.includes("/")),
  );
  const calls = places.map(({ id, phone, url }) => {
    const name = app.lawText("help", id);
    return h("p", null, phone ? [name, " ", call(app, phone)] : outside(url, name, app.say("newTab")));
  });
  const { helpPhone, helpName } = app.config;
  const group = report.stop && helpPhone && h("p", null, helpName, " ", call(app, helpPhone));
  const fold = (/** @type {Caution} */ one) => cautionFold(app, one);
  const stops = all.filter(({ tier }) => tier === "stop");
  const sure = stops.filter(({ certainty }) => certainty === "yes").slice(0, URGENT);
  const about = sure.map((one) => h("p", { class: "small-title" }, cautionTitle(app, one)));
  // Who is hurt finds the number before everything else.
  const stopsFirst = all[0]?.tier === "stop";
  // Under a stop what it is about and what to leave come first. Where nothing stops, what is urgent says so itself.
  const inside = report.stop
    ? [
        !stopsFirst && calls,
        about,
        tells(app, stops, ["lawyer-first"], TELLS),
        stopsFirst && calls,
        group,
        folded(app.say("stopWhy"), all.map(fold)),
      ]
    : [
        calls,
        h(
          "div",
          { class: "stack" },
          all.slice(0, URGENT).map((one) => told(app, one)),
          all.slice(URGENT).map(fold),
        ),
      ];
  return h(
    "section",
    { class: report.stop ? "stop" : "urgent-now" },
    subheading(app, 1, report.stop ? "stop-title" : "section-title", app.say(report.stop ? "stopTitle" : "first")),
    inside,
  );
}

/** A caution that says with its title what it is about. @param {App} app @param {Caution} one */
function told(app, one) {
  const { title, text } = cautionWords(app, one);
  return cautionFold(app, one, [h("strong", null, title), h("br", null), h("span", { class: "calm" }, firstSentence(text))]);
}

/** @param {string} text */
const firstSentence = (text) => text.match(/^.*?[.?!](?=\s|$)/)?.[0] ?? text;

/** The few steps of this week. @param {App} app @param {Report} report */
function weekPart(app, report) {
  const steps = report.plan.map(({ step, by }) => app.lawText("step", step, { date: by, asOf: app.asOf }));
  if (!steps.length) return null;
  const items = steps.map((step) => h("li", null, step));
  return h("section", { class: "week" }, subheading(app, 1, "section-title", app.say("week")), h("ol", null, items));
}

/** @param {App} app @param {Report} report @param {Card[]} cards */
function pathsPart(app, report, cards) {
  // Under a stop only what answers it is a path today.
  const worth = cards
    .filter(({ place }) => place === "urgent" || (place === "worth-asking" && !report.stop))
    .slice(0, report.stop ? PATHS_UNDER_STOP : PATHS);
  if (worth.length) {
    const title = app.say(report.stop ? "lawyerLooks" : "paths");
    return pathList(
      app,
      title,
      worth.map((card) => pathLine(app, report, card)),
    );
  }
  if (report.stop) return [];
  const days = cards.flatMap(({ comeBack }) => comeBack);
  const first = (/** @type {typeof days} */ some) => some.map(({ date }) => date).sort()[0];
  // Where no path opens with time, what to be careful about can change with it.
  const day = first(days.filter(({ what }) => what.includes("fit"))) ?? first(days);
  return [h("section", { class: "notice" }, h("p", null, app.say("nothing")), day && h("p", null, app.say("comeBackOn", { date: day })))];
}

/** Paths under a title; nothing where there are none. @param {App} app @param {string} title @param {Node[]} items */
export const pathList = (app, title, items) =>
  items.length ? [subheading(app, 1, "section-title", title), h("ul", { class: "paths" }, items)] : [];

/** A path by its name, which opens its page, with a line about it. @param {App} app @param {Report} report @param {Card} card
 * @param {string} text */
export function pathItem(app, report, card, text) {
  const open = button(nameOfRoute(app, card), () => app.go({ name: "path", report, route: card.route }), "link path");
  return h("li", null, open, h("p", { class: "line" }, text));
}

/** Its door and its fit in one line. @param {App} app @param {Report} report @param {Card} card */
export function pathLine(app, report, card) {
  const { notBefore } = card.fit ?? {};
  const line = `${app.say(`door.${card.door.state}`)}. ${app.say(`fit.${fitKey(report, card)}`)}.`;
  return pathItem(app, report, card, notBefore ? `${line} ${app.say("notBefore", { date: notBefore })}` : line);
}

/** The programs that a person came for by name and that nobody can use now. @param {App} app @param {Report} report @param {Card[]} cards */
function askedPart(app, report, cards) {
  const all = cards.filter(({ named, place }) => named && place === "shut");
  // A program has a path for each kind of relative: the one that is nearest to these answers speaks for it.
  const near = all.filter(({ fit }) => fit?.state !== "does-not-fit");
  const items = (near.length ? near : all.slice(0, 1)).map((card) => {
    const past = card.fit && !report.stop && app.say(`fitPast.${card.fit.state}`);
    return pathItem(app, report, card, [doorText(app, card), past].filter(Boolean).join(" "));
  });
  return pathList(app, app.say("asked"), items);
}

/** More places of help; the group's own contact stands above. @param {App} app */
function moreHelp(app) {
  const places = (app.screener?.help ?? []).map(({ id, url, phone }) => [
    outside(url, app.lawText("help", id), app.say("newTab")),
    phone && [" ", outside(`tel:${phone}`, phone)],
  ]);
  return folded(app.say("helpMore"), list(places));
}

/** The cautions that can wait. @param {App} app @param {Report} report */
function moreCautions(app, report) {
  const rest = report.cautions.filter(({ id }) => !report.urgent.includes(id));
  return rest.length > 0 && folded(app.say("moreToKnow", { n: rest.length }), cautionList(app, rest));
}
