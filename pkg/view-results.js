// @ts-check
// What the engine found, in words: the stop card, the cautions, the cards. Only the order of the parts is decided here.

import { h, button, folded, list, outside } from "./view-dom.js";
import { fill } from "./view-text.js";

/** @typedef {import("./view.js").App} App */
/** @typedef {import("./view-types.d.ts").Caution} Caution */
/** @typedef {import("./view-types.d.ts").Card} Card */
/** @typedef {import("./view-types.d.ts").Question} Question */
/** @typedef {import("./view-types.d.ts").Report} Report */
/** @typedef {import("./view-types.d.ts").Review} Review */
/** @typedef {import("./view-types.d.ts").Values} Values */

/** So many cards are open to the eye; the others are one press away. */
const CARDS_SHOWN = 3;
const FIND_OUT_SHOWN = 3;

/** @param {App} app @param {Review} review */
export function reviewNote(app, review) {
  const { reviewedBy } = app.config;
  if (reviewedBy) return h("p", { class: "notice" }, app.say("reviewedBy", { name: reviewedBy }));
  return review.state === "draft" ? h("p", { class: "notice" }, app.say("unreviewed")) : null;
}

/** How an answer can be found. @param {App} app @param {Question} question */
export function findOutText(app, question) {
  const own = app.lawOf(question)["find-out"] ?? app.lawText("find-out", question.findOut);
  return [h("div", { class: "find-out" }, h("strong", null, app.say("howTo")), h("p", null, own))];
}

/** @param {App} app @param {import("./dist/types.js").Values} values */
const dated = (app, values) => ({ asOf: app.asOf, ...values });

/** @param {App} app @param {Caution} caution */
function cautionWords(app, { id, clause, certainty, values }) {
  const words = app.law.caution?.[id]?.[clause] ?? {};
  const say = (/** @type {string | undefined} */ text) => fill(app.lang, text ?? "", dated(app, values));
  const maybe = certainty === "maybe";
  const body = maybe && words.maybe ? say(words.maybe) : say(words.body);
  const doubt = maybe && !words.maybe ? app.say("maybeText") : "";
  return { title: say(words.title ?? id), maybe, text: [body, doubt].filter(Boolean).join(" ") };
}

/** @param {App} app @param {string} id @param {string} [text] in the place of its title, which is then read aloud after it */
function source(app, id, text) {
  const { title, url } = app.screener?.citations[id] ?? { title: id };
  if (url) return text ? outside(url, text, `${title}, ${app.say("newTab")}`) : outside(url, title, app.say("newTab"));
  return h("span", { title: text && title }, text ?? title);
}

/** @param {App} app @param {string[]} cites */
const sourceList = (app, cites) => h("ol", { class: "sources" }, cites.map((id) => h("li", null, source(app, id))));

/** Sources as numbers of a list that stands elsewhere on the card. @param {App} app @param {string[]} cites @param {string[]} all */
const sourceMarks = (app, cites, all) =>
  cites.length ? h("p", { class: "sources" }, `${app.say("sources")}: `, cites.map((id) => [source(app, id, String(all.indexOf(id) + 1)), " "])) : null;

/** @param {App} app @param {boolean} verified */
const unverified = (app, verified) => (verified ? null : h("p", { class: "fine" }, app.say("unverified")));

/** @param {...string[]} lists */
const once = (...lists) => [...new Set(lists.flat())];

/** @param {App} app @param {Caution} caution */
function cautionTitle(app, caution) {
  const { title, maybe } = cautionWords(app, caution);
  return [title, maybe && h("span", { class: "badge soft" }, app.say("maybe"))];
}

/** @param {App} app @param {Caution[]} cautions */
function tells(app, cautions) {
  const all = [...new Set(cautions.flatMap((caution) => caution.tells))];
  return all.length ? list(all.map((tell) => app.lawText("tells", tell)), "tells") : null;
}

/**
 * The one card that comes before everything else. In full when it says something new, else as one line that opens.
 * @param {App} app
 * @param {Report} report
 * @param {boolean} [last] on the results
 */
export function stopCard(app, report, last = false) {
  if (!report.stop) return null;
  const stops = report.cautions.filter(({ tier }) => tier === "stop");
  const names = stops.map(({ id, clause }) => `${id} ${clause}`);
  const first = names.some((name) => !app.stopsSeen.has(name)) || app.stopPlace === app.place;
  if (first) app.stopPlace = app.place;
  names.forEach((name) => app.stopsSeen.add(name));

  const reasons = list(stops.map((stop) => [h("strong", null, cautionTitle(app, stop)), h("p", null, cautionWords(app, stop).text)]), "reasons");
  const behind = folded(app.say("sources"), sourceList(app, once(...stops.map(({ cites }) => cites))), unverified(app, stops.every(({ verified }) => verified)));
  if (!first && !last) {
    const summary = h("summary", null, h("span", null, app.say("stopTitle")));
    return h("details", { class: "stop short" }, summary, h("div", { class: "inside" }, tells(app, stops), reasons, behind));
  }
  const title = app.sub(last ? 1 : 0, "stop-title", app.say("stopTitle"));
  if (!last) {
    title.tabIndex = -1;
    title.dataset.first = "";
  }
  return h(
    "section",
    { class: "stop" },
    title,
    h("p", null, app.say("stopLead")),
    tells(app, stops),
    h("p", { class: "small-title" }, app.say("stopWhy")),
    reasons,
    behind,
    last ? null : [app.helpBox(), button(app.say("stopGo"), () => app.toHeading())],
  );
}

/** The other cautions, by tier. @param {App} app @param {Report} report */
export function cautionList(app, report) {
  return ["before-you-send", "know"].map((tier) => {
    const these = report.cautions.filter((caution) => caution.tier === tier);
    if (!these.length) return null;
    const items = these.map((caution) => {
      const body = h("div", { class: "inside" }, h("p", null, cautionWords(app, caution).text), sourceList(app, caution.cites), unverified(app, caution.verified));
      return h("details", null, h("summary", null, h("span", null, cautionTitle(app, caution))), body);
    });
    return h("section", { class: `tier ${tier}` }, app.sub(1, "section-title", app.say(`tier.${tier}`)), items);
  });
}

/** @param {App} app @param {Report} report */
export function cardList(app, report) {
  const { routes } = app.config;
  const cards = report.cards.filter((card) => !routes || routes.includes(card.route)).map((card) => cardNode(app, card, report));
  const rest = cards.slice(CARDS_SHOWN);
  const more = rest.length === 1 ? app.say("moreOne") : app.say("more", { n: rest.length });
  return [
    app.sub(1, "section-title", app.say("cardsTitle")),
    ...(cards.length ? cards.slice(0, CARDS_SHOWN) : [h("p", null, app.say("noCards"))]),
    rest.length ? h("details", { class: "more" }, h("summary", null, h("span", null, more)), h("div", null, rest)) : null,
  ];
}

/** @param {App} app @param {Card} card @param {Report} report */
function cardNode(app, card, report) {
  const { door, fit } = card;
  const law = app.law.route?.[card.route] ?? {};
  const values = { asOf: app.asOf, since: door.since, date: door.since, until: door.nextChange };
  const say = (/** @type {string | undefined} */ text, /** @type {Values} */ more = {}) => fill(app.lang, text ?? "", { ...values, ...more });
  const past = door.state === "closed" && fit;
  // Under a stop nothing on a card looks like a way to go: no green, and where the answers fit, the lawyer comes first.
  const fitKey = report.stop && fit?.state === "fits" ? "stop" : (fit?.state ?? "null");
  const texts = (/** @type {string} */ group, /** @type {string[]} */ ids) => ids.map((id) => app.lawText(group, id, values));
  const part = (/** @type {string} */ key, /** @type {import("./view-dom.js").Children[]} */ items, /** @type {string} */ style = "") =>
    items.length ? [app.sub(3, "part-title", app.say(key)), list(items, style)] : [];

  const all = once(door.cites, ...card.reasons.map(({ cites }) => cites), ...card.fees.map(({ cites }) => cites), card.cites);
  const fees = card.fees.map(({ id, amount, since, cites }) => {
    const text = app.lawText("fee", id, { ...values, amount, since });
    const price = text.includes(fill(app.lang, "{amount}", { amount })) ? "" : `: ${fill(app.lang, "{amount}", { amount })}`;
    return [text + price, sourceMarks(app, cites, all)];
  });
  const reasons = card.reasons.map(({ criterion, truth, values: own, since, cites, verified }) => {
    const word = /** @type {Record<string, string>} */ ({ yes: "met", no: "not-met" })[truth] ?? "unknown";
    return [
      h("p", null, h("span", { class: `truth ${word}` }, app.say(`truth.${truth}`)), " ", say(law.criterion?.[criterion]?.[word] ?? criterion, { since, ...own })),
      sourceMarks(app, cites, all),
      unverified(app, verified),
    ];
  });
  const missing = fit?.missing.map((fact) => app.lawOf({ fact }).missing ?? app.lawOf({ fact }).question ?? fact) ?? [];
  const known = new Set(report.cautions.map(({ id, clause }) => `${id} ${clause}`));

  const ofTier = (/** @type {string} */ tier) => {
    const items = card.cautions.filter((caution) => caution.tier === tier).map((caution) => {
      // A caution that is about this card alone was not explained above.
      const own = known.has(`${caution.id} ${caution.clause}`) ? null : h("p", null, cautionWords(app, caution).text);
      return [cautionTitle(app, caution), own];
    });
    return items.length ? h("div", { class: `says for-${tier}` }, app.sub(3, "part-title", app.say(`tier.${tier}`)), list(items)) : null;
  };

  return h(
    "article",
    { class: report.stop ? "card stopped" : "card" },
    app.sub(2, "card-title", law.name ?? card.route),
    law.about && h("p", { class: "about" }, say(law.about)),
    ofTier("stop"),
    h(
      "dl",
      { class: "two" },
      h("div", null, h("dt", null, app.say("doorLabel")), h("dd", null, h("span", { class: `badge door ${door.state}` }, app.say(`door.${door.state}`)), h("p", null, say(law.door?.[door.state])), door.nextChange && h("p", null, app.say("nextChange", { date: door.nextChange })))),
      h(
        "div",
        null,
        h("dt", null, app.say("fitLabel")),
        h(
          "dd",
          null,
          h("span", { class: `badge fit ${fit?.state ?? "none"}` }, app.say(`fit.${fitKey}`)),
          h("p", null, app.say(past ? `fitPast.${fit.state}` : `fitText.${fitKey}`)),
          fit?.notBefore && h("p", null, app.say("notBefore", { date: fit.notBefore })),
          missing.length ? h("p", null, `${app.say("missing")}: ${missing.join("; ")}.`) : null,
        ),
      ),
    ),
    ["before-you-send", "know"].map(ofTier),
    findOutPart(app, card),
    card.comeBack.length
      ? h("div", null, app.sub(3, "part-title", app.say("comeBack")), list(card.comeBack.map(({ date, what }) => [app.say("comeBackOn", { date }), what.map((part) => ` ${app.say(`comeBack.${part}`)}`)])))
      : null,
    reasons.length ? folded(app.say("reasons"), list(reasons, "reasons")) : null,
    card.gives.length + card.exposes.length ? folded(`${app.say("gives")} · ${app.say("exposes")}`, ...part("gives", texts("gives", card.gives)), ...part("exposes", texts("exposes", card.exposes))) : null,
    card.nextSteps.length + card.documents.length + fees.length
      ? folded([card.nextSteps.length && app.say("steps"), card.documents.length && app.say("documents"), fees.length && app.say("fees")].filter(Boolean).join(" · "), ...part("steps", texts("step", card.nextSteps.map(({ id }) => id))), ...part("documents", texts("document", card.documents)), ...part("fees", fees))
      : null,
    all.length ? folded(app.say("sources"), sourceList(app, all)) : null,
    h("p", { class: "fine" }, door.confirmedThrough && app.say(door.stale ? "stale" : "confirmed", { date: door.confirmedThrough }), " ", card.review.state === "draft" && !app.config.reviewedBy && app.say("cardReview")),
  );
}

/** What would settle a card, the deciding answers first. @param {App} app @param {Card} card */
function findOutPart(app, card) {
  const items = card.findOut.flatMap(({ fact, how, alone }) => {
    const question = app.question(fact);
    if (!question) return [];
    const law = app.lawOf(question);
    const answer = button(app.say("answerNow"), () => app.goTo(fact), "link", law.question ?? fact);
    return [[h("strong", null, law.question ?? fact), h("p", null, law["find-out"] ?? app.lawText("find-out", how), alone && ` ${app.say("alone")}`), answer]];
  });
  if (!items.length) return null;
  const rest = items.slice(FIND_OUT_SHOWN);
  return h("div", { class: "to-find" }, app.sub(3, "part-title", app.say("findOut")), list(items.slice(0, FIND_OUT_SHOWN)), rest.length ? folded(`+ ${rest.length}`, list(rest)) : null);
}
