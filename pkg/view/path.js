// @ts-check
// The page of one path: what speaks against it first, then its door, its fit, and what goes with them. All that it says comes from the
// engine; only the order of its parts is decided here.

import { NO, YES } from "./answers.js";
import { cautionText, cautionTitle, nameOf } from "./cautions.js";
import { button, folded, h, list } from "./dom.js";
import { keepDay } from "./keep.js";
import { valueText } from "./kinds.js";
import { backRow, heading, subheading } from "./parts.js";
import { toldText } from "./review.js";
import { age, distinct, sourceList, sourceMarks } from "./sources.js";
import { fill, today } from "./text.js";
import { bar, story } from "./timeline.js";
import { answerNow } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Card} Card */
/** @typedef {import("./types.d.ts").Report} Report */
/** @typedef {import("./types.d.ts").Values} Values */
/** @typedef {import("./dom.js").Children} Children */

const FIND_OUT_SHOWN = 3;
/** More than these nobody compares. */
const ANSWERS_COMPARED = 4;

/** @param {App} app */
export function path(app) {
  const { report, route } = app.place;
  const card = report?.cards.find((one) => one.route === route);
  if (!report || !card) return [];
  const advice = h("p", { class: "fine" }, app.say("advice"));
  return [pathNode(app, card, report), advice, backRow(app)];
}

/** What a path is called in the state that its door is in. @param {App} app @param {Card} card */
export function nameOfRoute(app, card) {
  const law = lawOf(app, card);
  return law.named?.[card.door.state] ?? law.name ?? card.route;
}

/** The key of the words for a fit. Under a stop nothing looks like a way to go: where the answers fit, the lawyer comes first.
 * @param {Report} report @param {Card} card */
export const fitKey = (report, { fit }) => (report.stop && fit?.state === "fits" ? "stop" : (fit?.state ?? "null"));

/** @param {App} app @param {Card} card @param {Report} report */
function pathNode(app, card, report) {
  const law = lawOf(app, card);
  const { door, reasons, fees, grounds } = card;
  // The day of a step is its own last day, and not one of the door's.
  const steps = card.nextSteps.map(({ id, by }) => app.lawText("step", id, { ...valuesOf(app, card), date: by }));
  const sources = distinct(door.cites, ...[...grounds, ...reasons, ...fees, ...door.history].map(({ cites }) => cites), card.cites);
  return h(
    "article",
    { class: report.stop ? "card stopped" : "card" },
    heading(app, nameOfRoute(app, card)),
    law.about && h("p", { class: "about" }, fill(app.language, law.about, valuesOf(app, card))),
    ["stop", "before-you-send", "know"].map((tier) => cautionsOf(app, card, report, tier)),
    h("dl", { class: "two" }, doorPart(app, card), fitPart(app, card, report)),
    findOutPart(app, card),
    comeBackPart(app, card),
    reasonPart(app, card),
    foldedParts(app, [
      ["gives", textsOf(app, card, "gives", card.gives)],
      ["exposes", textsOf(app, card, "exposes", card.exposes)],
    ]),
    foldedParts(app, [
      ["steps", steps],
      ["documents", textsOf(app, card, "document", card.documents)],
      ["fees", feeItems(app, card, sources)],
    ]),
    historyPart(app, card, sources),
    sources.length > 0 && folded(app.say("sources"), sourceList(app, sources)),
    checkedLine(app, card),
  );
}

/** The words of a card. @param {App} app @param {Card} card @returns {Record<string, any>} */
export const lawOf = (app, { route }) => app.law.route?.[route] ?? {};

/** What the words of a card may name. @param {App} app @param {Card} card @returns {Values} */
const valuesOf = (app, { door }) => ({ asOf: app.asOf, since: door.since, date: door.since, until: door.nextChange });

/** @param {App} app @param {Card} card @param {string} group @param {string[]} ids */
const textsOf = (app, card, group, ids) => ids.map((id) => app.lawText(group, id, valuesOf(app, card)));

/** What is said of the state that a door is in. @param {App} app @param {Card} card */
export const doorText = (app, card) => fill(app.language, lawOf(app, card).door?.[card.door.state] ?? "", valuesOf(app, card));

/** @param {App} app @param {Card} card */
function doorPart(app, card) {
  const { state, nextChange, history } = card.door;
  return labeled(app.say("doorLabel"), [
    h("span", { class: `badge door ${state}` }, app.say(`door.${state}`)),
    h("p", null, doorText(app, card)),
    nextChange && h("p", null, app.say("nextChange", { date: nextChange })),
    history.length > 1 && bar(app, history, app.asOf),
  ]);
}

/** How the door came to stand so, and what a court had to do with it. @param {App} app @param {Card} card @param {string[]} sources */
function historyPart(app, { door: { history } }, sources) {
  if (history.length < 2) return null;
  const at = history.filter(({ from }) => from <= app.asOf).length - 1;
  const items = history.map(({ from, state, cites }, i) => {
    const byCourt = cites.some((id) => app.screener?.citations[id]?.kind === "court");
    const what = app.say(state === "open" && i < at ? "wasOpen" : `door.${state}`);
    return { from, what: [what, byCourt && `. ${app.say("byCourt")}`, sourceMarks(app, cites, sources)] };
  });
  return folded(app.say("newsStory"), story(app, items, at));
}

/** @param {App} app @param {Card} card @param {Report} report */
function fitPart(app, card, report) {
  const { door, fit } = card;
  const key = fitKey(report, card);
  const text = door.state === "closed" && fit ? `fitPast.${fit.state}` : `fitText.${key}`;
  const missing = (fit?.missing ?? []).map((fact) => app.lawOf({ fact }).missing ?? app.lawOf({ fact }).question ?? fact);
  return labeled(app.say("fitLabel"), [
    h("span", { class: `badge fit ${fit?.state ?? "none"}` }, app.say(`fit.${key}`)),
    h("p", null, app.say(text)),
    fit?.notBefore && h("p", null, app.say("notBefore", { date: fit.notBefore })),
    missing.length > 0 && h("p", null, `${app.say("missing")}: ${missing.join("; ")}.`),
  ]);
}

/** @param {string} label @param {Children} inside */
const labeled = (label, inside) => h("div", null, h("dt", null, label), h("dd", null, inside));

/** The cautions of one tier. @param {App} app @param {Card} card @param {Report} report @param {string} tier */
function cautionsOf(app, card, report, tier) {
  const explained = new Set(report.cautions.map(nameOf));
  const items = card.cautions
    .filter((caution) => caution.tier === tier)
    // One that is about this card alone was not explained above.
    .map((caution) => [cautionTitle(app, caution), !explained.has(nameOf(caution)) && cautionText(app, caution)]);
  return items.length > 0 && h("div", { class: `says for-${tier}` }, part(app, `tier.${tier}`, items));
}

/** What would settle a card, the deciding answers first. @param {App} app @param {Card} card */
function findOutPart(app, card) {
  const items = card.findOut.flatMap(({ fact, how, alone }) => {
    const question = app.question(fact);
    if (!question) return [];
    const law = app.lawOf(question);
    const asked = law.question ?? fact;
    const text = h("p", null, law["find-out"] ?? app.lawText("find-out", how), alone && ` ${app.say("alone")}`);
    const now = button(app.say("answerNow"), () => answerNow(app, fact), "link", asked);
    return [[h("strong", null, asked), text, now, eachAnswer(app, card, question)]];
  });
  const rest = items.slice(FIND_OUT_SHOWN);
  const more = rest.length > 0 && folded(`+ ${rest.length}`, list(rest));
  return items.length > 0 && h("div", { class: "to-find" }, part(app, "findOut", items.slice(0, FIND_OUT_SHOWN)), more);
}

/** What the card would say under each answer that can be given, worked out when somebody wants to know.
 * @param {App} app @param {Card} card @param {import("./types.d.ts").Question} question */
function eachAnswer(app, { route }, question) {
  const { kind, options, slot } = question;
  const values = kind === "yes-no" ? [YES, NO] : kind === "choice" ? options.map((_, i) => i + 1) : [];
  if (!values.length || values.length > ANSWERS_COMPARED) return null;
  const fold = folded(app.say("eachAnswer"));
  const compare = () => {
    const slots = app.answers.confirmed.slice();
    const items = values.map((value) => {
      slots[slot] = value;
      const text = valueText(app, { ...question, slots: slots.subarray(slot), texts: app.lawOf(question) });
      const report = app.screener?.screen(app.asOf, slots, today());
      const card = report?.cards.find((one) => one.route === route);
      return report && card && [h("strong", null, text, ": "), fitWords(app, card, report)];
    });
    slots.fill(0);
    fold.lastElementChild?.replaceChildren(list(items));
  };
  fold.addEventListener("toggle", compare, { once: true });
  return h("div", { class: "on-screen" }, fold);
}

/** How the answers fit, in short. @param {App} app @param {Card} card @param {Report} report */
function fitWords(app, card, report) {
  const { door, fit } = card;
  const words = door.state === "closed" && fit ? app.say(`fitPast.${fit.state}`) : `${app.say(`fit.${fitKey(report, card)}`)}.`;
  return [words, fit?.notBefore && ` ${app.say("notBefore", { date: fit.notBefore })}`];
}

/** @param {App} app @param {Card} card */
function comeBackPart(app, { comeBack }) {
  const items = comeBack.map(({ date, what }) => [
    fill(app.language, "{date}:", { date }),
    what.map((key) => ` ${app.say(`comeBack.${key}`)}`),
    h("br", null),
    keepDay(app, date),
  ]);
  return items.length > 0 && h("div", null, part(app, "comeBack", items), h("p", { class: "fine on-screen" }, app.say("keepNote")));
}

/** Under which word a text stands. */
const WORDS = { yes: "met", no: "not-met", unknown: "unknown" };

/** One reason in a sentence. @param {App} app @param {Card} card @param {Card["reasons"][number]} reason */
export function reasonText(app, card, { criterion, truth, values, since }) {
  const text = lawOf(app, card).criterion?.[criterion]?.[WORDS[truth]] ?? criterion;
  return fill(app.language, text, { ...valuesOf(app, card), since, ...values });
}

/** Why, rule by rule: what it comes to, then the rule and the answers that it looks at, then where it stands.
 * @param {App} app @param {Card} card */
function reasonPart(app, card) {
  const items = card.reasons.map((reason) => {
    const mark = h("span", { class: `truth ${WORDS[reason.truth]}` }, app.say(`truth.${reason.truth}`));
    return [h("p", null, mark, " ", reasonText(app, card, reason)), ruleFold(app, reason, [ruleAge(app, reason), lookedAt(app, reason)])];
  });
  const said = (/** @type {string} */ key, /** @type {string[]} */ ids) =>
    ids.length > 0 && folded(app.say(key), list(ids.map((id) => app.lawText("ground", id))));
  const beside = [said("clear", card.clear), said("notScreened", card.notScreened)];
  return items.length > 0 && folded(app.say("reasons"), list([...groundItems(app, card), ...items], "reasons"), beside);
}

/** What stands behind a statement. @param {App} app @param {{ cites: string[], verified?: boolean, stale?: boolean,
 *   confirmedThrough?: string | null }} statement @param {Children} [inside] */
const ruleFold = (app, statement, inside) => folded(app.say("rule"), inside, sourceList(app, statement.cites), age(app, statement));

/** Since when the rule is what it is. @param {App} app @param {Card["reasons"][number]} reason */
const ruleAge = (app, { since }) =>
  h("p", null, since ? app.say("ruleSince", { date: since }) : app.say("ruleAlways", { date: app.screener?.rules.knownFrom }));

/** The answers that a rule looks at, as they were given. @param {App} app @param {Card["reasons"][number]} reason */
function lookedAt(app, { facts }) {
  const told = facts.flatMap((fact) => (app.kept(fact)[0] ? (app.question(fact) ?? []) : []));
  const items = told.map((question) => [h("strong", null, app.lawOf(question).question ?? question.fact, " "), toldText(app, question)]);
  return items.length > 0 && [h("p", null, app.say("lookedAt")), list(items)];
}

/** What the law holds, or may hold, against the person here. @param {App} app @param {Card} card */
function groundItems(app, card) {
  return card.grounds.map((ground) => {
    const { id, effect, certainty, until, waiver } = ground;
    const maybe = certainty === "maybe";
    // Without a day on which it ends only a lawyer can say when it does.
    const does = effect === "until" && !until ? "lawyer" : effect;
    const values = { ground: app.lawText("ground", id), until, waiver: waiver && (app.law.route?.[waiver]?.name ?? waiver) };
    const mark = h("span", { class: `truth ${maybe ? "unknown" : "not-met"}` }, app.say(maybe ? "truth.unknown" : "truth.no"));
    return [h("p", null, mark, " ", app.lawText("effect", maybe ? "maybe" : does, values)), ruleFold(app, ground)];
  });
}

/** @param {App} app @param {Card} card @param {string[]} sources */
function feeItems(app, card, sources) {
  return card.fees.map((fee) => {
    const { id, amount, since, cites } = fee;
    const text = app.lawText("fee", id, { ...valuesOf(app, card), amount, since });
    const price = fill(app.language, "{amount}", { amount });
    return [text.includes(price) ? text : `${text}: ${price}`, sourceMarks(app, cites, sources), age(app, fee)];
  });
}

/** Who checked the card, and until when. @param {App} app @param {Card} card */
function checkedLine(app, { door, review }) {
  const date = door.confirmedThrough;
  const { reviewedBy: name } = app.config;
  const reader = name ? app.say("reviewedBy", { name }) : review.state === "draft" && app.say("cardReview");
  return h("p", { class: "fine" }, date && app.say(door.stale ? "stale" : "confirmed", { date }), " ", reader);
}

/** Lists under one line that opens, those that are not empty. @param {App} app @param {[key: string, items: Children[]][]} parts */
function foldedParts(app, parts) {
  const full = parts.filter(([, items]) => items.length);
  const title = full.map(([key]) => app.say(key, { date: app.asOf })).join(" · ");
  const lists = full.map(([key, items]) => part(app, key, items));
  return lists.length > 0 && folded(title, lists);
}

/** @param {App} app @param {string} key @param {Children[]} items */
const part = (app, key, items) => [subheading(app, 1, "part-title", app.say(key, { date: app.asOf })), list(items)];
