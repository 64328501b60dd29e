// @ts-check
// What the form knows while it runs: the words, the answers, what the engine last said, and the place where the person is.
// Nothing here draws, and nothing here decides where to go next.

import { Answers } from "./answers.js";
import { factsOn } from "./lines.js";
import { fill, today } from "./text.js";

/** @typedef {import("./types.d.ts").Config} Config */
/** @typedef {import("./types.d.ts").Language} Language */
/** @typedef {import("./types.d.ts").LawWords} LawWords */
/** @typedef {import("./types.d.ts").Place} Place */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Screener} Screener */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./types.d.ts").Values} Values */

export class App {
  /**
   * @param {Config} config
   * @param {{ exit: () => void, begun: () => void, enlarge: () => void, shrink: () => void }} outer what only the page around can do
   * @param {{ arrive: () => void, redraw: () => void }} screen draws the place where the person is: come to just now, or still
   * @param {ReturnType<typeof import("./levels.js").levels>} levels
   */
  constructor(config, outer, screen, levels) {
    this.config = config;
    this.outer = outer;
    this.screen = screen;
    this.levels = levels;
    /** What has arrived; a language can be chosen once its words of the rules are here too. @type {Map<string, Language>} */
    this.languages = new Map([[config.language.lang, config.language]]);
    this.language = config.language;
    this.asOf = config.asOf ?? today();
    /** @type {Screener | null} */
    this.screener = null;
    /** Everything has arrived that an answer shows: its words, its sources. */
    this.whole = false;
    /** @type {import("./types.d.ts").RulesNote} */
    this.note = null;
    this.answers = new Answers([], 0);
    /** What the engine last said; its cards come with the results alone. @type {Step | null} */
    this.report = null;
    /** @type {Place} */
    this.place = { name: "start" };
    /** The place is drawn for the first time, not once more in another language: then what is chosen stays. */
    this.fresh = true;
    /** A question was opened from this place: its answer leads straight back. @type {{ place: Place, depth: number } | null} */
    this.errand = null;
    /** The places before this one, the last one last. @type {Place[]} */
    this.trail = [];
    /** The stop reasons that have been shown in full. @type {Set<string>} */
    this.stopsSeen = new Set();
    /** "Delete my answers" has been pressed and waits for its second answer. */
    this.wiping = false;
    /** The page around shows the frame on the whole screen. */
    this.full = false;
  }

  /** What the first question needs has arrived. @param {Screener} screener @param {Language} language
   * @param {import("./types.d.ts").RulesNote} note */
  ready(screener, language, note) {
    this.screener = screener;
    this.languages = new Map([[language.lang, language]]);
    this.language = language;
    this.note = note;
    this.answers = new Answers(screener.questions, screener.slots);
    if (this.place.name === "start") this.screen.redraw();
  }

  /** The rest has arrived. Who already waits for it goes on. @param {LawWords} law @param {Screener["citations"]} citations */
  complete(law, citations) {
    const [first = this.language] = this.languages.values();
    Object.assign(first.law ?? {}, law);
    Object.assign(this.screener ?? {}, { citations });
    this.whole = true;
    if (this.place.next) this.show(this.place.next);
  }

  // ---- words ----

  /** @param {string} key @param {Values} [values] */
  say(key, values) {
    return fill(this.language, this.language.words[key] ?? key, values);
  }

  /** The words of the rules; none while they are on their way. */
  get law() {
    return this.language.law ?? /** @type {LawWords} */ ({});
  }

  /** @param {{ fact: string }} question @returns {Record<string, any>} */
  lawOf({ fact }) {
    return this.law.fact?.[fact] ?? {};
  }

  /** @param {string} group @param {string} id @param {Values} [values] */
  lawText(group, id, values) {
    return fill(this.language, this.law[group]?.[id] ?? id, values);
  }

  /** One more language can be chosen. @param {Language} language */
  offer(language) {
    this.languages.set(language.lang, language);
  }

  /** Only what has arrived. @param {string} lang */
  speak(lang) {
    this.language = this.languages.get(lang) ?? this.language;
    this.screen.redraw();
  }

  // ---- answers ----

  /** @param {string | null | undefined} fact */
  question(fact) {
    return this.screener?.questions.find((question) => question.fact === fact) ?? null;
  }

  /** The confirmed answer to a question. @param {string} fact */
  kept(fact) {
    const question = this.question(fact);
    return question ? this.answers.kept(question) : new Int32Array(1);
  }

  /** The last day on which something can have happened: the later one of today and of the day that is looked at. */
  get lastDay() {
    return [this.asOf, today()].sort().at(-1) ?? this.asOf;
  }

  /** Asks the engine what it says of the confirmed answers: once after each of them. */
  refresh() {
    this.report = this.screener?.step(this.asOf, this.answers.confirmed, today()) ?? null;
  }

  /** Asks it for everything, cards too. */
  wholeReport() {
    return this.screener?.screen(this.asOf, this.answers.confirmed, today());
  }

  /** The screen of the rules with this id. @param {string | undefined} id */
  screenOf(id) {
    return this.screener?.screens.find((screen) => screen.id === id) ?? null;
  }

  /** The screen that a fact is settled on, or told on. @param {string | undefined} fact */
  screenWith(fact) {
    const has = (/** @type {import("./types.d.ts").Screen} */ screen) =>
      screen.entries?.list === fact || factsOn(screen).includes(fact ?? "");
    return this.screener?.screens.find(has) ?? null;
  }

  /** The screen on which the entries of a list are told. @param {string | undefined} list */
  screenTelling(list) {
    return this.screener?.screens.find(({ entries }) => entries?.list === list) ?? null;
  }

  /** How the entries of a list are told. @param {string | undefined} list */
  entriesOf(list) {
    return this.screenTelling(list)?.entries ?? null;
  }

  /** Whether something turns on how exact a date is, with this in the place of the confirmed answer to its question.
   * @param {Question} question @param {Int32Array} block */
  canBeFiner(question, block) {
    const copy = this.answers.confirmed.slice();
    copy.set(block, question.slot);
    const finer = this.screener?.finer(this.asOf, copy).includes(question.fact) ?? false;
    copy.fill(0);
    return finer;
  }

  // ---- place ----

  /** One step further: the place before stays behind the way back. @param {Place} place */
  go(place) {
    this.trail.push(this.place);
    // What is urgent leaves no trace, nor anything after somebody told that they were hurt.
    if (place.name !== "urgent" && !this.hurt) this.levels.down();
    this.show(place);
  }

  /** Somebody told of the harm that a place of help of its own is for. */
  get hurt() {
    const { questions = [], help = [] } = this.screener ?? {};
    const told = this.report ? answering(help, this.report) : [];
    return told.some(({ id }) => questions.some(({ findOut }) => findOut === id));
  }

  /** @param {Place} place */
  show(place) {
    // Behind the first screen anything may be said, so all words have to be here. They were asked for before the first answer.
    this.place = this.whole || this.trail.length < 2 ? place : { name: "wait", next: place };
    this.wiping = false;
    this.levels.atMost(this.trail.length);
    this.screen.arrive();
  }

  /** @param {"start" | "failed"} [name] where to go then */
  wipe(name = "start") {
    this.answers.wipe();
    this.screener?.wipe();
    this.report = null;
    this.stopsSeen.clear();
    this.trail = [];
    this.errand = null;
    this.levels.home();
    this.show({ name });
  }
}

/** The places of help that answer what is urgent: a caution, or one clause of it that holds for sure.
 * @param {readonly import("./types.d.ts").Help[]} help @param {Step} report */
export function answering(help, { urgent, cautions }) {
  const names = cautions
    .filter(({ id }) => urgent.includes(id))
    .flatMap(({ id, clause, certainty }) => [id, certainty === "yes" ? `${id}/${clause}` : id]);
  return help.filter(({ answers }) => answers.some((name) => names.includes(name)));
}
