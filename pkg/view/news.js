// @ts-check
// The programs and policies in the news: what stood on a day that the reader chooses, what stands today, and how it came to this. It asks
// nothing about anybody. All that it says of a day comes from the doors and cautions of the rules.

import { menu } from "./around.js";
import { button, folded, h } from "./dom.js";
import { heading, subheading } from "./parts.js";
import { age, distinct, sourceList } from "./sources.js";
import { dateText, fill, today } from "./text.js";
import { story } from "./timeline.js";

/** @typedef {import("./types.d.ts").Config} Config */
/** @typedef {import("./types.d.ts").Language} Language */
/** @typedef {{ from: string, state?: string, clause?: string, cites: string[], unverified?: boolean, confirmedThrough?: string, staleFrom?: string }} Row */
/** @typedef {{ caution: string, clause: string, from: string | null, to: string | null, cites: string[], unverified: boolean }} Beside */
/** @typedef {{ id: string, amount: number, counted: number, by: string, knownFrom: string, cites: string[] }} Figure */
/** @typedef {{ id: string, ownWords: boolean, rows: Row[], beside: Beside[], figures: Figure[] }} System */
/** @typedef {{ version: string, knownFrom: string, expires: string, systems: System[], citations: Record<string, { title: string, url?: string | null }> }} Data */

export class News {
  /** Everything that is known, with its citations. @type {Data | null} */
  screener = null;
  /** @type {Map<string, Language>} */
  languages = new Map();
  #root;
  #exit;
  #today = today();
  #day;

  /** @param {HTMLElement} root @param {Config} config @param {() => void} exit */
  constructor(root, config, exit) {
    this.#root = root;
    this.config = config;
    this.#exit = exit;
    this.language = config.language;
    this.#day = config.asOf ?? this.#today;
    this.#draw();
  }

  /** @param {string} key @param {import("./types.d.ts").Values} [values] */
  say(key, values) {
    return fill(this.language, this.language.words[key] ?? key, values);
  }

  /** The words of the rules that speak of the news; none while they are on their way. */
  get #law() {
    return /** @type {import("./types.d.ts").LawWords} */ (this.language.news ?? {});
  }

  /** @param {Data} data @param {Language} language */
  ready(data, language) {
    this.screener = data;
    this.languages = new Map([[language.lang, language]]);
    this.language = language;
    this.#draw();
  }

  /** One more language can be chosen. @param {Language} language */
  offer(language) {
    this.languages.set(language.lang, language);
  }

  /** @param {string} lang */
  speak(lang) {
    this.language = this.languages.get(lang) ?? this.language;
    this.#draw();
  }

  /** The days on which something changed, and today. */
  get #days() {
    const { knownFrom = this.#today, systems = [] } = this.screener ?? {};
    const all = systems.flatMap(({ rows }) => rows.map(({ from }) => from));
    return [...new Set([knownFrom, ...all, this.#today])].filter((day) => day >= knownFrom && day <= this.#today).sort();
  }

  #draw() {
    document.documentElement.lang = this.language.lang;
    document.documentElement.dir = this.language.dir;
    const open = [...this.#root.querySelectorAll("details")].map((fold) => fold.open);
    const held = document.activeElement?.id;
    this.#root.replaceChildren(this.#top(), h("div", { class: "main news" }, this.#page()), this.#foot());
    for (const [i, fold] of this.#root.querySelectorAll("details").entries()) fold.open = open[i] ?? false;
    if (held) document.getElementById(held)?.focus();
  }

  #top() {
    const exit = button(this.say("exit"), this.#exit, "exit");
    return h("div", { class: "top" }, exit, h("span", { class: "gap" }), menu(this));
  }

  #foot() {
    const version = this.screener && this.say("version", { version: this.screener.version });
    return h("div", { class: "foot" }, h("p", { class: "fine" }, this.say("adviceTitle"), ". ", version));
  }

  #page() {
    const data = this.screener;
    const title = heading(this, this.say("newsTitle"));
    if (!data) return [title, h("p", { role: "status", class: "hint" }, this.say("loading"))];
    return [
      title,
      h("p", { class: "lead" }, this.say("newsText")),
      this.#slider(),
      h("p", { class: "small-title", role: "status" }, this.say("newsDay", { date: this.#day })),
      h(
        "div",
        { class: "systems" },
        data.systems.map((system) => this.#system(data, system)),
      ),
      this.#age(data),
      h("p", { class: "fine" }, this.say("advice")),
    ];
  }

  /** A day is chosen among those on which something changed: by hand, by keys, or one by one. */
  #slider() {
    const days = this.#days;
    const before = days.filter((day) => day < this.#day);
    const after = days.filter((day) => day > this.#day);
    const at = days.filter((day) => day <= this.#day).length - 1;
    const go = (/** @type {string | undefined} */ day) => {
      this.#day = day ?? this.#day;
      this.#draw();
    };
    const range = h("input", {
      type: "range",
      id: "day",
      min: 0,
      max: days.length - 1,
      value: Math.max(0, at),
      "aria-label": this.say("newsSlide"),
      "aria-valuetext": dateText(this.language, this.#day),
      oninput: (/** @type {Event} */ { target }) => go(days[Number(/** @type {HTMLInputElement} */ (target).value)]),
    });
    range.value = String(Math.max(0, at));
    const step = (/** @type {string} */ key, /** @type {string | undefined} */ day) => {
      const node = button(this.say(key), () => go(day));
      node.id = key;
      node.disabled = !day;
      return node;
    };
    const steps = [
      step("newsEarlier", before.at(-1)),
      step("newsLater", after[0]),
      step("newsToday", after.length ? this.#today : undefined),
    ];
    return h("div", { class: "days" }, range, h("p", { class: "row" }, steps));
  }

  /** @param {Data} data @param {System} system */
  #system(data, system) {
    const law = this.#law;
    const route = law.route?.[system.id];
    const own = law.news?.[system.id];
    const now = this.#rowOn(data, system, this.#today);
    const then = this.#rowOn(data, system, this.#day);
    const name = route?.named?.[then?.state ?? ""] ?? route?.name ?? own?.name ?? system.id;
    const beside = system.beside.filter(({ from, to }) => (!from || from <= this.#day) && (!to || this.#day <= to));
    const figures = system.figures.filter(({ knownFrom }) => knownFrom <= this.#day);
    const past = this.#day < this.#today;
    return h(
      "section",
      { class: "card", "aria-label": name },
      subheading(this, 1, "small-title", name),
      route?.about && h("p", { class: "about" }, fill(this.language, route.about, this.#values(then))),
      this.#stand(system, then, this.#day),
      beside.map(({ caution, clause }) => this.#said(law.caution?.[caution]?.[clause], this.#day)),
      age(this, { verified: ![then, ...beside].some((one) => one?.unverified) }),
      figures.map((figure) => h("p", { class: "fine" }, this.#figure(figure))),
      past &&
        now !== then &&
        h("div", { class: "about-date" }, h("strong", null, this.say("newsNow")), this.#stand(system, now, this.#today)),
      folded(this.say("newsStory"), this.#story(system)),
      folded(
        this.say("sources"),
        sourceList(this, distinct(...[...system.rows, ...system.beside, ...system.figures].map(({ cites }) => cites))),
      ),
    );
  }

  /** That something was looked at too long ago: once for all, with the oldest look. @param {Data} data */
  #age(data) {
    const now = data.systems.map((system) => this.#rowOn(data, system, this.#today));
    const old = now.flatMap((row) =>
      row?.staleFrom && row.confirmedThrough && row.staleFrom <= this.#today ? [row.confirmedThrough] : [],
    );
    const [date] = old.sort();
    return date && h("p", { class: "notice" }, this.say("stale", { date }));
  }

  /** The row of a day; none outside the days that are known. @param {Data} data @param {System} system @param {string} day */
  #rowOn({ expires, knownFrom }, { rows }, day) {
    if (day < knownFrom || (day >= this.#today && this.#today >= expires)) return null;
    return rows.filter(({ from }) => from <= day).at(-1) ?? null;
  }

  /** @param {Row | null} row */
  #values(row) {
    return { asOf: this.#day, since: row?.from, date: row?.from };
  }

  /** How it stood: a state of a door with its text, or what a policy did; or that there was nothing of it. @param {System} system
   * @param {Row | null} row @param {string} day */
  #stand(system, row, day) {
    const law = this.#law;
    if (!row) return h("p", null, h("strong", { class: "badge" }, this.say("door.unknown")));
    if (row.state) {
      const text = fill(this.language, law.route?.[system.id]?.door?.[row.state] ?? "", { ...this.#values(row), asOf: day });
      return [h("p", null, h("strong", { class: `badge ${row.state}` }, this.say(`door.${row.state}`))), h("p", null, text)];
    }
    if (!row.clause) return h("p", null, this.say("newsNone"));
    return this.#said(system.ownWords ? law.news?.[system.id] : law.caution?.[system.id]?.[row.clause], day);
  }

  /** @param {{ title?: string, body?: string } | undefined} words @param {string} day */
  #said(words, day) {
    const { title, body = "" } = words ?? {};
    return [title && h("p", null, h("strong", null, title)), h("p", null, fill(this.language, body, { asOf: day }))];
  }

  /** @param {Figure} figure */
  #figure({ id, amount, by, counted }) {
    return this.say("newsFigure", { n: amount, what: this.#law.figure?.[id] ?? id, by, year: String(counted) });
  }

  /** Its days up to today, the one that holds on the chosen day marked. @param {System} system */
  #story(system) {
    const law = this.#law;
    const rows = system.rows.filter(({ from }) => from <= this.#today);
    const at = rows.filter(({ from }) => from <= this.#day).length - 1;
    const items = rows.map(({ from, state, clause }) => {
      const said = clause && (system.ownWords ? this.say("newsInForce") : law.caution?.[system.id]?.[clause]?.title);
      return { from, what: state ? this.say(`door.${state}`) : (said ?? this.say("newsNone")) };
    });
    return story(this, items, at);
  }
}
