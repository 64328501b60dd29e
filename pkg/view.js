// @ts-check
// The screens and the way between them. The engine decides what comes next and what is shown; this file draws it.

import { h, button, folded, list, outside } from "./view-dom.js";
import { Answers, GIVEN } from "./view-answers.js";
import { control, radios, valueText } from "./view-question.js";
import { edit, entryName, entryText, countOf, fieldBefore, fieldSlots, isShort, listControl, nextField } from "./view-list.js";
import { cardList, cautionList, findOutText, reviewNote, stopCard } from "./view-results.js";
import { fill, pack } from "./view-text.js";
import { words } from "./words.js";

/** @typedef {import("./view-types.d.ts").Config} Config */
/** @typedef {import("./view-types.d.ts").LawWords} LawWords */
/** @typedef {import("./view-types.d.ts").Problem} Problem */
/** @typedef {import("./view-types.d.ts").Question} Question */
/** @typedef {import("./view-types.d.ts").Report} Report */
/** @typedef {import("./view-types.d.ts").Screener} Screener */
/** @typedef {import("./view-types.d.ts").Sharper} Sharper */
/** @typedef {import("./view-types.d.ts").Values} Values */
/** @typedef {View} App */
/**
 * Where the person is.
 * @typedef {object} Place
 * @property {"start" | "ask" | "slip" | "pause" | "sharper" | "review" | "results" | "failed"} name
 * @property {string} [fact]
 * @property {number} [entry] in a list: the entry being edited
 * @property {number} [field] and its field
 * @property {Sharper} [sharper]
 * @property {Problem} [problem]
 */
/** @typedef {{ title: string, body: Node[], go?: () => void }} Screen */

/** Compared as texts: every object knows words like `constructor`. */
const LANGUAGES = Object.keys(words);
const HELP_LIST = "https://www.immigrationlawhelp.org/";

export class View {
  /**
   * @param {HTMLElement} root
   * @param {Config} config
   * @param {{ exit: () => void, open: () => void, close: () => void }} outer what only the page around can do
   */
  constructor(root, config, outer) {
    this.root = root;
    this.config = config;
    this.outer = outer;
    this.lang = LANGUAGES.includes(config.lang) ? config.lang : "en";
    this.asOf = config.asOf ?? today();
    this.full = false;
    /** @type {Screener | null} */
    this.screener = null;
    /** @type {Record<string, LawWords>} */
    this.laws = {};
    /** @type {import("./view-types.d.ts").RulesNote} */
    this.note = null;
    this.answers = new Answers([], 0);
    /** @type {Report | null} */
    this.report = null;
    /** @type {Place} */
    this.place = { name: "start" };
    /** The stop reasons that have been shown in full. @type {Set<string>} */
    this.stopsSeen = new Set();
    /** The end of the first questions has been shown. */
    this.paused = false;
    /** @type {Place | null} */
    this.drawn = null;
    this.fresh = true;
    /** Whether "delete my answers" has been pressed and waits for its second answer. */
    this.wiping = false;
    /** The place where the stop card was shown in full. @type {Place | null} */
    this.stopPlace = null;
    /** @type {() => import("./view-question.js").Missing | null} */
    this.missing = () => null;
    root.addEventListener("keydown", ({ key }) => key === "Escape" && this.wiping && this.askWipe(false));
    this.draw();
  }

  /** Everything has arrived. @param {Screener} screener @param {Record<string, LawWords>} laws
   * @param {import("./view-types.d.ts").RulesNote} note */
  ready(screener, laws, note) {
    this.screener = screener;
    this.laws = laws;
    this.note = note;
    this.answers = new Answers(screener.questions, screener.slots);
    if (this.place.name === "start") this.draw();
  }

  // ---- words ----

  /** @param {string} key @param {Values} [values] */
  say(key, values) {
    const own = /** @type {Record<string, string>} */ (words[this.lang] ?? words.en);
    return fill(this.lang, own[key] ?? key, values);
  }

  /** The words of the rules, as far as they exist in this language. */
  get law() {
    return this.laws[this.lang] ?? Object.values(this.laws)[0] ?? /** @type {LawWords} */ ({});
  }

  /** @param {{ fact: string }} question @returns {Record<string, any>} */
  lawOf({ fact }) {
    return this.law.fact?.[fact] ?? {};
  }

  /** @param {string} group @param {string} id @param {Values} [values] */
  lawText(group, id, values) {
    return fill(this.lang, this.law[group]?.[id] ?? id, values);
  }

  // ---- the way ----

  /** @param {string | null | undefined} fact */
  question(fact) {
    return this.screener?.questions.find((question) => question.fact === fact) ?? null;
  }

  begin() {
    this.outer.open();
    this.advance();
  }

  /** The last day on which something can have happened: the later one of today and of the day that is looked at. */
  get lastDay() {
    return [this.asOf, today()].sort().at(-1) ?? this.asOf;
  }

  refresh() {
    this.report = this.screener?.screen(this.asOf, this.answers.confirmed, today()) ?? null;
  }

  /** Takes in what was answered, and goes on. An answer that cannot be so beside another is asked about at once.
   * @param {string} [fact] the one that was answered */
  advance(fact) {
    this.guard(() => {
      const before = this.problems.map((one) => JSON.stringify(one));
      this.refresh();
      const mine = this.problems.filter(({ facts }) => fact && facts.includes(fact));
      const problem = mine.find((one) => !before.includes(JSON.stringify(one)));
      const state = this.report?.questions.find((question) => question.fact === fact)?.state;
      if (state === "invalid") this.complain(this.problemText(mine[0]?.code ?? ""), this.root.querySelector("input, select"));
      else if (problem) this.show({ name: "slip", fact, problem });
      else this.proceed();
    });
  }

  /** To whatever the engine wants to know next; when that is nothing, to the list of answers. */
  proceed() {
    const next = this.next();
    if (this.report?.firstPassDone && !this.paused) {
      this.paused = true;
      this.show({ name: "pause" });
    } else if (!next) this.show({ name: "review" });
    else if (next.sharper) this.show({ name: "sharper", ...next });
    else this.goTo(next.fact);
  }

  /** What cannot be so, as far as the answers in it are asked for. */
  get problems() {
    const { problems = [], questions = [] } = this.report ?? {};
    const idle = new Set(questions.filter(({ state }) => state === "not-relevant").map(({ fact }) => fact));
    return problems.filter(({ facts }) => !facts.some((fact) => idle.has(fact)));
  }

  /** What the engine still wants to know, without what the person has already said that nobody knows.
   * @returns {{ fact: string, sharper?: Sharper } | null} */
  next() {
    const questions = this.report?.questions ?? [];
    const next = questions.find(({ fact }) => fact === this.report?.next);
    if (next && (next.state === "open" || next.state === "invalid")) return { fact: next.fact };
    const sharper = questions.flatMap((question) => question.sharper).find((one) => !this.dateOf(one).slots[2]);
    return sharper ? { fact: sharper.fact, sharper } : null;
  }

  /** The date that a sharper question is about. @param {Sharper} sharper */
  dateOf(sharper) {
    const question = this.question(sharper.fact);
    const law = this.lawOf(sharper);
    const kept = this.keptOf(sharper);
    const field = question?.fields.find(({ id }) => id === sharper.field);
    if (!question || !field) return { slots: kept, words_: law, field: null };
    const slots = fieldSlots(field, this.answers.entry(question, kept, sharper.entry ?? 0));
    return { slots, words_: law.fields?.[field.id] ?? {}, field };
  }

  /** @param {string} fact @returns {void} */
  goTo(fact) {
    const question = this.question(fact);
    if (!question) return this.show({ name: "review" });
    // Whether one entry is all there is makes the list shorter for the person; no rule reads it.
    const once = this.question(question.shortWhen);
    if (once && !this.answers.kept(once)[0]) return this.goTo(once.fact);
    this.answers.open(question);
    const fresh = question.kind === "list" && !this.answers.draft(question)[0];
    if (fresh && isShort(this, question)) return edit(this, question, 0);
    this.show({ name: "ask", fact });
  }

  /** @param {Question} question */
  confirm(question) {
    this.answers.confirm(question);
    this.advance(question.fact);
  }

  /** @param {string} code */
  problemText(code) {
    return this.law.problem?.[code] ?? this.say("problem");
  }

  back() {
    const { name, fact, entry, field = 0 } = this.place;
    if (name === "results") return this.show({ name: "review" });
    if (name === "slip" && fact) return this.goTo(fact);
    const question = this.question(fact);
    if (question && entry != null) {
      const before = fieldBefore(this, question, field);
      if (before >= 0) return this.show({ name: "ask", fact, entry, field: before });
      if (!isShort(this, question) || countOf(this.answers.draft(question))) return this.show({ name: "ask", fact });
    }
    if (name === "ask" && question?.shortWhen) return this.goTo(question.shortWhen);
    const path = this.report?.questions ?? [];
    const here = name === "ask" ? path.findIndex((step) => step.fact === fact) : path.length;
    const before = path.slice(0, here).filter((step) => answered(step) && this.keptOf(step)[0] !== 0).at(-1);
    if (before) this.goTo(before.fact);
    else this.show({ name: "start" });
  }

  /** A fault of ours must not leave answers behind. @param {() => void} work */
  guard(work) {
    try {
      work();
    } catch {
      this.wipe("failed");
    }
  }

  /** @param {"start" | "failed"} [name] where to go then */
  wipe(name = "start") {
    this.answers.wipe();
    this.screener?.wipe();
    this.report = null;
    this.stopsSeen.clear();
    this.paused = false;
    this.show({ name });
  }

  // ---- drawing ----

  /** @param {Place} place */
  show(place) {
    this.place = place;
    this.wiping = false;
    this.guard(() => {
      this.draw();
      scrollTo(0, 0);
      this.focus();
    });
  }

  /** To what comes first: a new stop card, else the heading. */
  focus() {
    const first = /** @type {HTMLElement | null} */ (this.root.querySelector("[data-first], [tabindex='-1']"));
    first?.focus({ preventScroll: true });
  }

  /** Whether the page around shows this on the whole screen. @param {boolean} on */
  fill(on) {
    this.full = on;
    this.root.firstElementChild?.replaceWith(this.top());
    if (this.place.name !== "start" && document.activeElement === document.body) this.focus();
  }

  /** @param {string} lang */
  speak(lang) {
    if (!LANGUAGES.includes(lang)) return;
    this.lang = lang;
    this.guard(() => this.draw());
  }

  /** From a card above it down to the screen's own heading. */
  toHeading() {
    const heading = /** @type {HTMLElement | null} */ (this.root.querySelector(".title"));
    heading?.focus();
    heading?.scrollIntoView();
  }

  draw() {
    const { lang } = this;
    document.documentElement.lang = lang;
    document.documentElement.dir = this.law.dir ?? "ltr";
    this.missing = () => null;
    // The same place again, in another language: what is chosen stays.
    this.fresh = this.drawn !== this.place;
    this.drawn = this.place;
    const { name } = this.place;
    // No landmarks: these belong to the page around. The frame has a name of its own.
    const main = h("div", { class: `main ${name}` }, this[name]());
    this.root.replaceChildren(this.top(), main, this.foot());
  }

  /** The same on every screen, and first in the order of the keys. */
  top() {
    const others = Object.entries(words).filter(([lang]) => lang !== this.lang);
    const switches = others.map(([lang, { name }]) => {
      const change = button(name, () => {
        this.speak(lang);
        /** @type {HTMLElement | null} */ (this.root.querySelector(".language"))?.focus();
      });
      change.classList.add("language");
      change.lang = lang;
      return change;
    });
    const close = h("button", { type: "button", class: "button plain close", "aria-label": this.say("close"), onclick: () => this.outer.close() }, "✕");
    return h("div", { class: "top" }, button(this.say("exit"), () => this.outer.exit(), "exit"), h("span", { class: "gap" }), switches, this.full && close);
  }

  foot() {
    const { name } = this.place;
    const version = this.screener && this.say("version", { version: this.screener.rules.version });
    const parts = [this.preview(), `${this.say("adviceTitle")}. `, version].filter(Boolean);
    return h(
      "div",
      { class: "foot" },
      this.helpBox(),
      name !== "start" && name !== "failed" && this.wipePart(),
      h("p", { class: "fine" }, parts.map((part) => h("span", null, part, " "))),
    );
  }

  /** Deleting asks once, in the place of its button. Leaving never asks. */
  wipePart() {
    if (!this.wiping) return h("p", null, button(this.say("wipe"), () => this.askWipe(true), "danger"));
    const question = this.sub(1, "small-title", this.say("wipeTitle"));
    question.tabIndex = -1;
    question.id = "wiping";
    const [yes, no] = [button(this.say("wipeYes"), () => this.wipe(), "danger"), button(this.say("wipeNo"), () => this.askWipe(false))];
    return h("div", { class: "wiping", role: "group", "aria-labelledby": "wiping" }, question, h("p", null, this.say("wipeText")), h("p", { class: "row actions" }, yes, no));
  }

  /** @param {boolean} on the question is asked, or the answers are kept */
  askWipe(on) {
    this.wiping = on;
    // Only this part is drawn anew: what is open or chosen above stays as it is.
    this.root.lastElementChild?.replaceWith(this.foot());
    this.root.querySelector(".wiping")?.scrollIntoView({ block: "nearest" });
    /** @type {HTMLElement | null} */ (this.root.querySelector(on ? "#wiping" : ".foot .danger"))?.focus({ preventScroll: on });
  }

  /** That the rules are not those that the page names. */
  rulesNote() {
    const date = this.screener?.rules.version.replaceAll(".", "-");
    return this.note && h("p", { class: "notice" }, this.say(this.note, { date }));
  }

  preview() {
    return this.config.asOf && this.say("preview", { date: this.config.asOf });
  }

  helpBox(below = 1) {
    const { helpName, helpUrl, helpPhone } = this.config;
    const tab = this.say("newTab");
    const links = [
      helpUrl ? outside(helpUrl, helpName ?? helpUrl, tab) : helpName && h("span", null, helpName),
      helpPhone && outside(`tel:${helpPhone.replace(/[^+\d]/g, "")}`, helpPhone),
      !helpUrl && !helpPhone && outside(HELP_LIST, this.say("helpList"), tab),
    ].filter(Boolean);
    return h("section", { class: "help" }, this.sub(below, "small-title", this.say("helpTitle")), h("p", null, this.say("help")), h("p", { class: "contact" }, links.map((link) => [link, " "]).flat()));
  }

  /** Where the way to find an answer is a person on a line: the number, with nothing to open. @param {Question} question */
  hotline({ findOut }) {
    const place = this.screener?.help.find(({ id }) => id === findOut);
    if (!place?.phone) return null;
    const call = outside(`tel:${place.phone}`, [this.say("call"), " ", h("span", { class: "number" }, place.phone)]);
    call.className = "button call";
    return h("section", { class: "hotline" }, h("p", null, this.lawText("find-out", findOut)), call);
  }

  /** More places of help; the group's own contact stands above. */
  helpPlaces() {
    const places = (this.screener?.help ?? []).map(({ id, url, phone }) => [
      outside(url, this.lawText("help", id), this.say("newTab")),
      phone && [" ", outside(`tel:${phone}`, phone)],
    ]);
    return h("section", { class: "help" }, this.sub(1, "small-title", this.say("helpMore")), list(places));
  }

  /** A heading so many steps below the heading of the screen. @param {number} below @param {string} style @param {import("./view-dom.js").Children} text */
  sub(below, style, text) {
    const level = /** @type {"h3"} */ (`h${Math.min(6, this.config.headingLevel + below)}`);
    return h(level, { class: style }, text);
  }

  /** The heading of a screen: focus goes here. @param {string} text */
  heading(text) {
    const heading = this.sub(0, "title", text);
    heading.tabIndex = -1;
    return heading;
  }

  start() {
    const { config, screener } = this;
    const point = (/** @type {string} */ key) => h("li", null, h("strong", null, this.say(`${key}Title`)), h("span", null, this.say(key)));
    return [
      this.heading(this.say("startTitle")),
      h("p", { class: "lead" }, this.say("startLead")),
      h("ul", { class: "points" }, ["private", "advice", "leave", "shared"].map(point)),
      this.rulesNote(),
      screener && reviewNote(this, screener.rules.review),
      config.asOf && h("p", { class: "notice" }, this.preview() || ""),
      screener ? button(this.say("start"), () => this.begin(), "primary big") : h("p", { role: "status", class: "hint" }, this.say("loading")),
      folded(this.say("limitsTitle"), h("p", null, this.say("limits"))),
    ];
  }

  /** Two answers that cannot both be so, at once: what a finger slipped on is easily put right now.
   * @returns {(Node | false | null)[]} */
  slip() {
    const { problem } = this.place;
    if (!this.report || !problem) return [];
    const right = problem.facts.length === 2 ? "slipBoth" : "slipRight";
    return [
      stopCard(this, this.report),
      this.heading(this.say("slipTitle")),
      h("p", { class: "lead" }, this.problemText(problem.code)),
      h("dl", { class: "rows" }, problem.facts.map((fact) => this.rowOf(fact))),
      h("p", { class: "row actions" }, button(this.say(right), () => this.guard(() => this.proceed()), "primary"), button(this.say("back"), () => this.back())),
    ];
  }

  /** After the few questions that come first: whether something stops the family, before anything else is asked.
   * That nothing does is said only where none of them is open, or was answered with "not sure". */
  pause() {
    const { report } = this;
    if (!report) return [];
    const first = report.questions.filter(({ fact }) => this.question(fact)?.first);
    const told = report.firstPassDone && first.every(({ state }) => state === "answered" || state === "not-relevant");
    const says = report.stop ? "pauseStop" : told ? "pauseClear" : "pauseUnsure";
    return [
      stopCard(this, report),
      this.heading(this.say("pauseTitle")),
      h("p", { class: "lead" }, this.say(says)),
      h("p", { class: "row actions" }, button(this.say("go"), () => this.advance(), "primary"), button(this.say("back"), () => this.back())),
    ];
  }

  failed() {
    return [this.heading(this.say("failTitle")), h("p", null, this.say("fail")), button(this.say("again"), () => this.show({ name: "start" }), "primary")];
  }

  /** @returns {(Node | false | null)[]} */
  ask() {
    const { fact, entry, field: at } = this.place;
    const question = this.question(fact);
    if (!question) return [];
    const law = this.lawOf(question);
    const field = entry == null ? null : question.fields[at ?? 0];
    const slots = field ? fieldSlots(field, this.answers.entry(question)) : this.answers.draft(question);
    const words_ = field ? (law.fields?.[field.id] ?? {}) : law;

    const help = h("div", { role: "status" });
    const changed = () => {
      this.root.querySelector(".error")?.remove();
      for (const input of this.root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
      showHelp();
    };
    const showHelp = () => {
      const text = slots[0] === -1 || (question.kind === "list" && !field && this.answers.extra[0] === -1) ? findOutText(this, question) : [];
      help.replaceChildren(...text);
    };

    /** @type {import("./view-question.js").Control & { go?: () => void, goText?: string }} */
    const parts =
      question.kind === "list" && !field
        ? listControl(this, question, changed)
        : control(this, { ...(field ?? question), slots, words_, changed });
    showHelp();

    const go = field
      ? () => nextField(this, question, entry ?? 0, at ?? 0)
      : (parts.go ?? (() => this.confirm(question)));
    const ranged = !parts.go && (field ?? question).kind === "date" && (slots[1] ?? 0) > GIVEN;
    const told = ranged && this.say("sharperTold", { value: valueText(this, { ...(field ?? question), slots, words_ }) });
    const hint = words_.hint ?? null;
    return this.questionScreen({
      over: field && entry != null ? entryName(this, question, entry) : this.progress(),
      title: field ? (words_.label ?? field.id) : (law.question ?? question.fact),
      hints: [hint, told || null],
      parts,
      beside: this.hotline(question),
      after: [help, law.why && folded(this.say("why"), h("p", null, law.why))],
      go,
      goText: parts.goText,
      single: question.kind !== "list" || Boolean(field),
    });
  }

  /** @returns {(Node | false | null)[]} */
  sharper() {
    const { fact, sharper } = this.place;
    const question = this.question(fact);
    if (!question || !sharper) return [];
    const law = this.lawOf(question);
    const { slots, words_, field } = this.dateOf(sharper);
    const value = valueText(this, { ...(field ?? question), slots, words_ });

    const slot = this.answers.extra;
    if (this.fresh) slot[0] = 0;
    const items = [
      { value: 2, text: this.say("yes") },
      { value: 1, text: this.say("no") },
      { value: -1, text: this.say("unsure") },
    ];
    const help = h("div", { role: "status" });
    const showHelp = () => help.replaceChildren(...(slot[0] === -1 ? findOutText(this, question) : []));
    const parts = radios(this, slot, items, () => {
      this.root.querySelector(".error")?.remove();
      showHelp();
    });
    showHelp();
    const go = () => {
      const range = slot[0] === 2 ? sharper.yes : slot[0] === 1 ? sharper.no : null;
      if (range) slots.set([pack(range.from), pack(range.to), 0]);
      else slots[2] = 1;
      this.advance(fact);
    };
    const better = () => {
      this.answers.open(question);
      if (!field) return this.goTo(question.fact);
      edit(this, question, sharper.entry ?? 0);
      this.show({ ...this.place, field: question.fields.indexOf(field) });
    };
    const title = this.say(`sharper.${sharper.relation}`, { date: sharper.date });
    const about = field ? `${entryName(this, question, sharper.entry ?? 0)}: ${words_.label ?? ""}` : (law.question ?? "");
    return this.questionScreen({
      over: this.progress(),
      before: h("p", { class: "about-date" }, about, h("br", null), h("strong", null, this.say("sharperTold", { value }))),
      title,
      hints: [this.say("sharperWhy")],
      parts,
      after: [help, h("p", null, button(this.say("exact"), better, "link"))],
      go,
      single: true,
    });
  }

  progress() {
    const open = this.report?.questions.filter(({ state }) => state === "open").map(({ fact }) => fact) ?? [];
    const extra = open.filter((fact) => {
      const once = this.question(this.question(fact)?.shortWhen);
      return once && !this.answers.kept(once)[0] && !open.includes(once.fact);
    });
    const left = (this.report?.remaining ?? 0) + extra.length;
    return left > 1 ? this.say("left", { n: left }) : left ? this.say("leftOne") : "";
  }

  /**
   * @param {object} screen
   * @param {string} screen.over a line above the question
   * @param {Node} [screen.before]
   * @param {string} screen.title
   * @param {(string | null)[]} screen.hints
   * @param {Node | null} [screen.beside] between the question and its answers
   * @param {import("./view-question.js").Control} screen.parts
   * @param {(Node | false | null)[]} screen.after
   * @param {() => void} screen.go
   * @param {string} [screen.goText]
   * @param {boolean} screen.single the controls are one group
   */
  questionScreen({ over, before, title, hints, beside, parts, after, go, goText, single }) {
    this.missing = parts.missing;
    const submit = () => {
      const missing = this.missing();
      if (!missing) return this.guard(go);
      this.complain(missing.text, missing.first);
    };
    const described = hints.filter((text) => text != null).map((text) => h("p", { class: "hint", id: "about" }, text)).slice(0, 2);
    described.slice(1).forEach((node) => node.removeAttribute("id"));
    const heading = this.heading(title);
    const group = single
      ? h("fieldset", { class: "group", "aria-describedby": described.length ? "about" : null }, h("legend", null, heading), described, beside, parts.nodes)
      : h("div", { class: "group" }, heading, described, beside, parts.nodes);
    return [
      this.report && stopCard(this, this.report),
      h("div", { class: "errors" }),
      over ? h("p", { class: "over" }, over) : null,
      before ?? null,
      group,
      ...after,
      h("p", { class: "row actions" }, button(goText ?? this.say("go"), submit, "primary"), button(this.say("back"), () => this.back())),
    ];
  }

  /** Says what is missing, at the top, with the way to it. @param {string} text @param {HTMLElement | null} first */
  complain(text, first) {
    const box = h(
      "div",
      { class: "error", role: "alert", tabindex: -1 },
      h("strong", null, this.say("errTitle")),
      button(text, () => first?.focus(), "link"),
    );
    first?.setAttribute("aria-invalid", "true");
    this.root.querySelector(".errors")?.replaceChildren(box);
    box.focus();
    box.scrollIntoView({ block: "nearest" });
  }

  /** @returns {(Node | false | null)[]} */
  review() {
    const { report } = this;
    if (!report) return [];
    // What another answer has settled was never asked, so it is not listed.
    const steps = report.questions.filter((step) => answered(step) && this.keptOf(step)[0] !== 0);
    return [
      stopCard(this, report),
      this.heading(this.say("reviewTitle")),
      h("p", { class: "lead" }, this.say("reviewLead")),
      this.problemBox(),
      h("dl", { class: "rows" }, steps.map(({ fact }) => this.rowOf(fact))),
      h("p", { class: "row actions" }, button(this.say("showResults"), () => this.toResults(), "primary"), button(this.say("back"), () => this.back())),
    ];
  }

  /** An answer, and the way to change it. @param {string} fact */
  rowOf(fact) {
    const question = this.question(fact);
    if (!question) return null;
    const asked = this.lawOf(question).question ?? fact;
    const change = button(this.say("change"), () => this.goTo(fact), "link", asked);
    return h("div", null, h("dt", null, asked), h("dd", null, this.answerOf(question)), h("dd", { class: "act" }, change));
  }

  /** An open question still comes before the results. */
  toResults() {
    if (this.next()) this.advance();
    else this.show({ name: "results" });
  }

  /** @param {{ fact: string }} step */
  keptOf({ fact }) {
    const question = this.question(fact);
    return question ? this.answers.kept(question) : new Int32Array(1);
  }

  /** @param {Question} question */
  answerOf(question) {
    const kept = this.answers.kept(question);
    const law = this.lawOf(question);
    if (question.kind !== "list") return valueText(this, { ...question, slots: kept, words_: law });
    if (kept[0] === -1) return this.say("unsure");
    if (!countOf(kept)) return law.none ?? this.say("noneYet");
    const entries = Array.from({ length: countOf(kept) }, (_, i) => [
      h("strong", null, entryName(this, question, i)),
      ...entryText(this, question, kept, i).map((line) => h("span", null, line)),
    ]);
    return list(entries, "plain-list");
  }

  problemBox() {
    if (!this.problems.length) return null;
    const items = this.problems.map(({ code, facts }) => [
      this.problemText(code),
      facts.map((fact) => {
        const change = button(`${this.say("change")}: ${this.lawOf({ fact }).question ?? fact}`, () => this.goTo(fact), "link");
        return h("div", null, change);
      }),
    ]);
    return h("section", { class: "notice" }, this.sub(1, "small-title", this.say("problemTitle")), list(items));
  }

  /** @returns {(Node | false | null)[]} */
  results() {
    const { report } = this;
    if (!report) return [];
    return [
      this.heading(this.say("resultsTitle")),
      stopCard(this, report, true),
      this.helpBox(),
      h("p", { class: "lead" }, this.say("resultsLead")),
      this.rulesNote(),
      reviewNote(this, report.rules.review),
      this.problemBox(),
      ...cautionList(this, report),
      ...cardList(this, report),
      this.helpPlaces(),
      h("p", { class: "notice" }, h("strong", null, this.say("adviceTitle"), ". "), this.say("advice")),
      h("p", { class: "row actions" }, button(this.say("changeAnswers"), () => this.show({ name: "review" }))),
    ];
  }
}

/** @param {{ state: string }} step */
const answered = ({ state }) => state !== "open" && state !== "not-relevant";

/** The day on this device, as the engine wants it. */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
