// What the browser tests share: a small server, a browser, and a person who answers questions by what is on the screen.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import languages from "../../pkg/dist/languages.js";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");

/** What each file of a language holds, by language. @param {"words" | "law" | "more"} kind */
async function ofAll(kind) {
  const all = Object.entries(languages).map(async ([lang, files]) => [lang, (await files[kind]()).default]);
  return Object.fromEntries(await Promise.all(all));
}

const [asking, answering] = await Promise.all([ofAll("law"), ofAll("more")]);
export const laws = Object.fromEntries(Object.keys(asking).map((lang) => [lang, { ...asking[lang], ...answering[lang] }]));
/** The words of the form, with the name of the language beside them. */
export const words = Object.fromEntries(
  Object.entries(await ofAll("words")).map(([lang, { words: all, name, title }]) => [lang, { ...all, name, title }]),
);

/** The questions and the screens, as the rules build writes them. */
export const rules = JSON.parse(await readFile(new URL("../../pkg/dist/rules.json", import.meta.url), "utf8"));

/** The day of every test that does not say another one. */
export const AS_OF = "2026-11-21";
/** A day on which the parole for spouses took requests. */
export const WHILE_OPEN = "2024-08-20";

const KINDS = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };

/** A page of some group, with the element in the middle. */
const hostPage = (attributes, content = "") => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A group</title><link rel="icon" href="data:,"></head>
<body><main><h1>A group</h1><p><a href="/">Before</a></p>
<relief-screener ${attributes}><p>Call the group for help.</p></relief-screener>
<p><a href="/">After</a></p></main>${content || '<script type="module" src="/pkg/define.js"></script>'}</body></html>`;

/** Serves `www/` at the top and the package beside it, counts what is asked for, and shows pages that a test makes up. */
export async function serve() {
  const pages = new Map();
  const asked = [];
  const referers = new Map();
  /** What comes with every file, as the page that was made last wants it. */
  let always = {};
  /** A header may name this server as ORIGIN. */
  const said = (headers) => Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text.replace("ORIGIN", origin)]));
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    asked.push(path);
    referers.set(path, request.headers.referer);
    const made = pages.get(path);
    if (made) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...said(made.headers) });
      return response.end(made.html);
    }
    const file = path.startsWith("/pkg/") ? join(root, path) : join(root, "www", path === "/" ? "index.html" : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": KINDS[extname(file)] ?? "text/plain", "cache-control": "no-store", ...said(always) });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  const origin = `http://127.0.0.1:${port}`;
  return {
    asked,
    referers,
    origin,
    /** @returns the address of a page with the element in it */
    embed(path, attributes = "", { content, headers = {}, everywhere = {}, page = hostPage(attributes, content) } = {}) {
      always = everywhere;
      pages.set(path, { html: page, headers });
      return `${origin}${path}`;
    },
    html(path, html) {
      pages.set(path, { html, headers: {} });
      return `${origin}${path}`;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

/** What the console says to change, once it says so: it comes by a file of its own. @param {import("playwright-core").Page} page
 * @param {string[]} lines of its console @param {string} code */
export async function cureOn(page, lines, code) {
  const found = () => lines.find((line) => line.startsWith(`relief-screener (${code})`));
  while (!found()) await page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
  return found();
}

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (options = {}) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS, ...options });

/** One browser and one server for the tests of a file. */
export function together(options) {
  const shared = {};
  before(async () => {
    [shared.browser, shared.server] = await Promise.all([launch(options), serve()]);
  });
  after(async () => {
    await shared.browser?.close();
    await shared.server?.close();
  });
  /** A fresh page with nothing on it. Every complaint of the page is collected. */
  shared.page = async (context = {}) => {
    const made = await (
      await shared.browser.newContext({ viewport: { width: 360, height: 740 }, timezoneId: "Pacific/Kiritimati", ...context })
    ).newPage();
    made.setDefaultTimeout(30_000);
    made.complaints = [];
    made.on("console", (message) => made.complaints.push(message.text()));
    made.on("pageerror", (error) => made.complaints.push(error.message));
    return made;
  };
  /** The screener by itself, at its start. */
  shared.open = async (lang = "en", { asOf = AS_OF, ...context } = {}) => {
    const made = await shared.page(context);
    return shared.visit(made, `${shared.server.origin}/?lang=${lang}&as-of=${asOf}`, lang);
  };
  /** Any page with the element in it, once it is ready. */
  shared.visit = async (made, address, lang = "en") => {
    await made.goto(address);
    const person = new Person(made, lang);
    await person.button("start").waitFor();
    return person;
  };
  return shared;
}

/** That the frame has heard all that the page sent it: one more message, which shows, comes after the others. */
export async function heard(person) {
  await person.page.evaluate(() => {
    const frame = document.querySelector("relief-screener").shadowRoot.querySelector("iframe");
    frame.contentWindow.postMessage({ type: "full", on: true }, "*");
  });
  await person.button("close").waitFor();
}

/** A family of the most ordinary kind. What a test needs otherwise, it says; what nobody says is the plainest there is. */
export const PLAIN = {
  "person.in-us": "yes",
  "person.filled-by": "self",
  "entered-once": "yes",
  stays: [{ entered: "2009-03", how: "without-inspection" }],
  "person.birth-date": "1985-02-03",
  "person.countries": "MX",
  "person.birth-country": "MX",
  "parole.paper": "paroled-212d5",
  "spouse.status": "citizen",
  "spouse.citizen-since": "1986-01-02",
  "marriage.date": "2015-05-05",
  "marriage.valid": "yes",
  "marriage.ended": "no",
  "petitioner.alive": "yes",
};

/** Somebody who reads the screen and presses what stands there. Everything is found by role and name. */
export class Person {
  constructor(page, lang = "en") {
    this.page = page;
    this.lang = lang;
    this.frame = page.frameLocator("relief-screener iframe");
    /** The facts that were asked, in order, and the screens. */
    this.path = [];
    this.screens = [];
    /** How often something urgent, or a stop, came between two of them. */
    this.between = 0;
    /** On the way to what a test is about: what is found is pressed at once. A real press waits until nothing moves, aims, and
     * takes several times as long. */
    this.hurried = false;
  }

  /** Presses a button. */
  async press(button) {
    await (this.hurried ? button.evaluate((node) => node.click()) : button.click());
  }

  /** Chooses what a radio or a checkbox stands for. */
  async tick(input) {
    await (this.hurried ? input.evaluate((node) => node.checked || node.click()) : input.check());
  }

  /** Chooses in a select. */
  async pick(select, option) {
    await select.selectOption(option);
  }

  get law() {
    return laws[this.lang];
  }

  /** Words of the widget, or the text itself. */
  say(key, values = {}) {
    const text = words[this.lang][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  button(key, { exact = true } = {}) {
    return this.frame.getByRole("button", { name: this.say(key), exact });
  }

  radio(key, within = this.frame) {
    return within.getByRole("radio", { name: this.say(key), exact: true });
  }

  checkbox(key, within = this.frame) {
    return within.getByRole("checkbox", { name: this.say(key), exact: true });
  }

  /** "I am not sure", however a screen says it. */
  notSure(within = this.frame) {
    return this.radio("unsure", within).or(this.radio("unsureOrNot", within)).or(this.checkbox("unsure", within));
  }

  select(key, within = this.frame) {
    return within.getByRole("combobox", { name: this.say(key), exact: true });
  }

  heading(key) {
    return this.frame.getByRole("heading", { name: this.say(key), exact: true });
  }

  /** A question among others on a screen. */
  group(name) {
    return this.frame.getByRole("group", { name, exact: true });
  }

  /** The question on the screen, or the name of another screen. */
  async here() {
    return (await this.frame.locator(".title").innerText()).trim();
  }

  async start() {
    await this.button("start").click();
  }

  async go() {
    await this.leave(this.button("go"));
  }

  /** Leaves a question by this button. */
  async leave(button) {
    await this.leaving?.();
    await this.press(button);
  }

  /** The answers are right as they are, however odd. */
  async insist() {
    await this.press(this.button("slipBoth").or(this.button("slipRight")));
  }

  async back() {
    await this.press(this.button("back"));
  }

  /** From the review to the answers that stand under this name. */
  async change(name) {
    await this.press(this.frame.getByRole("button", { name: `${this.say("change")}: ${name}`, exact: true }));
  }

  /** What the review says under a name. */
  async told(name) {
    const all = await this.frame.locator("dl.rows > div").evaluateAll((rows, wanted) => {
      const mine = rows.filter((row) => row.querySelector("dt").textContent === wanted);
      return mine.map((row) => row.querySelector("dd").innerText);
    }, name);
    assert.ok(all.length, `the review says something of: ${name}`);
    return all.at(-1);
  }

  /** The title of a screen of the rules. */
  titleOf(id) {
    return this.law.screen[id].title;
  }

  /** All that is chosen on the screen, by its name. */
  async chosen() {
    return this.frame.locator(".main").evaluate((main) => {
      const inputs = [...main.querySelectorAll("input:checked")].map((one) => one.labels[0].textContent);
      const selects = [...main.querySelectorAll("select")].map((one) => `${one.labels[0].textContent}: ${one.value}`);
      return [...inputs, ...selects];
    });
  }

  /** Changes the language as a person would. */
  async switchTo(lang) {
    await this.pick(this.select("language"), words[lang].name);
    this.lang = lang;
  }

  /** What a title stands for: the fact that it asks for, the screen of the rules, or the list whose entries are told. */
  at(title) {
    const { fact: facts, screen: texts } = this.law;
    const fact = Object.keys(facts).find((id) => facts[id].question === title);
    if (fact) return { fact };
    const [name] = title.split(" · ");
    const labels = ({ entries }) => Object.values(facts[entries?.list]?.fields ?? {}).map(({ label }) => label);
    const screen = rules.screens.find((one) => texts[one.id].title === name) ?? rules.screens.find((one) => labels(one).includes(name));
    return screen ? { screen } : {};
  }

  /** The fact that a question by itself asks for. */
  factOf(title) {
    return this.at(title).fact;
  }

  /** The facts that the screen before the person asks for. */
  async factsHere() {
    const { fact, screen } = this.at(await this.here());
    if (fact) return [fact];
    if (!screen) return [];
    const shown = [];
    for (const one of screen.ask ?? []) if (await this.group(this.law.fact[one].question).count()) shown.push(one);
    for (const line of screen.boxes ?? []) if (await this.line(screen, line).count()) shown.push(...factsOf(line));
    return [...shown, ...(screen.entries ? [screen.entries.list] : [])];
  }

  /** A line to tick. */
  line(screen, { id }) {
    const name = this.law.screen[screen.id].boxes[id];
    return this.frame.getByRole(screen.one ? "radio" : "checkbox", { name, exact: true });
  }

  /** Chooses an answer without going on. */
  async choose(answer, law = {}, within = this.frame) {
    const name = law.options?.[answer] ?? law[answer] ?? answer;
    await this.tick(this.radio(name, within).or(this.checkbox(name, within)));
  }

  /** A date as far as it is given, and as far as it is asked: 2014, 2014-06 or 2014-06-17. */
  async date(text, within = this.frame) {
    const [year, month, day] = text.split("-").map(Number);
    await this.pick(this.select("year", within), String(year));
    if (await this.select("month", within).count()) await this.pick(this.select("month", within), String(month ?? 0));
    if (month && (await this.select("day", within).count())) await this.pick(this.select("day", within), String(day ?? 0));
  }

  /** Answers the question on the screen, or one of several, without going on. */
  async value(fact, value, within = this.frame) {
    const law = this.law.fact[fact];
    const { kind, exclusive } = rules.questions.find((question) => question.fact === fact);
    if (value === "unsure" || (value === undefined && ["date"].includes(kind))) {
      return this.tick(this.notSure(within));
    }
    if (kind === "date") return this.date(value, within);
    if (kind === "country" || kind === "countries") {
      return this.pick(within.getByRole("combobox").first(), [value ?? "MX"].flat()[0]);
    }
    if (kind === "set") {
      for (const one of [value ?? exclusive ?? "none"].flat()) await this.tick(this.checkbox(law.options[one], within));
      return;
    }
    if (kind === "list") return this.tick(this.radio(Array.isArray(value) && value.length ? "addFirst" : (law.none ?? "noneYet"), within));
    await this.choose(value ?? this.harmless(law), law, within);
  }

  /** Answers the question on the screen and goes on. A list goes on to its entries. */
  async answer(fact, value) {
    await this.value(fact, value);
    await this.go();
  }

  /** "None" or "no", and where a question offers neither, the first answer. */
  harmless({ options = {} }) {
    return options.none ? "none" : options.no || !Object.keys(options).length ? "no" : Object.keys(options)[0];
  }

  /** Answers a whole screen of the rules and goes on. */
  async answerScreen(screen, plan) {
    for (const fact of screen.ask ?? []) {
      const group = this.group(this.law.fact[fact].question);
      if (!(await group.count())) continue;
      this.path.push(fact);
      await this.value(fact, plan[fact], group);
    }
    const lines = [];
    for (const line of screen.boxes ?? []) if (await this.line(screen, line).count()) lines.push(line);
    this.path.push(...new Set(lines.flatMap(factsOf)));
    const ticked = tickedIn(lines, plan);
    const isUnsure = lines.flatMap(factsOf).some((fact) => plan[fact] === "unsure");
    for (const line of ticked) await this.tickLine(screen, line, plan);
    if (screen.one && !ticked.length) await this.tick(this.radio("unsure"));
    if (!screen.one && lines.length) {
      if (isUnsure) await this.tick(this.checkbox("unsureOne"));
      else if (!ticked.length) await this.tick(this.checkbox("none"));
    }
    await this.go();
    if (isUnsure && !screen.one && (await this.here()) === this.say("singlyTitle")) {
      await this.arrived?.();
      for (const line of lines.filter((one) => !ticked.includes(one))) {
        const group = this.group(this.law.screen[screen.id].boxes[line.id]);
        await this.tick(this.radio(factsOf(line).some((fact) => plan[fact] === "unsure") ? "unsure" : "no", group));
      }
      await this.go();
    }
  }

  /** Ticks a line, and chooses under it. */
  async tickLine(screen, line, plan) {
    await this.tick(this.line(screen, line));
    if (!line.choose) return;
    const [fact, options] = line.choose;
    const { question, options: texts } = this.law.fact[fact];
    const under = this.group(question);
    for (const one of [plan[fact]].flat().filter((option) => options.includes(option))) {
      const name = { name: texts[one], exact: true };
      await this.tick(under.getByRole("radio", name).or(under.getByRole("checkbox", name)));
    }
  }

  /** Tells the entries of a list, whose first step is on the screen. */
  async entries({ id, entries }, plan) {
    const law = this.law.fact[entries.list];
    this.path.push(entries.list);
    const told = plan[entries.list];
    if (entries.of) {
      for (const kind of [plan[entries.of]].flat()) {
        const group = this.group(law.fields.kind.options[kind]);
        const mine = (told ?? []).find((one) => one.kind === kind);
        if (await group.count()) await this.choose(mine?.outcome ?? "convicted", law.fields.outcome, group);
      }
      return this.go();
    }
    const none = this.checkbox(law.none);
    if (Array.isArray(told) && !told.length && (await none.count())) {
      await this.tick(none);
      return this.go();
    }
    const list = Array.isArray(told) ? told : [{}];
    let looked = false; // The first step has been looked at as a screen.
    const inOrder = entries.latestFirst ? [...list].reverse() : list;
    for (const [i, entry] of inOrder.entries()) {
      for (;;) {
        const title = await this.here();
        if (looked) await this.arrived?.();
        looked = true;
        const shown = await this.step(entries, law, entry);
        const once = entries.once && this.law.fact[entries.once].question;
        if (once && (await this.group(once).count())) {
          this.path.push(entries.once);
          await this.value(entries.once, plan[entries.once] ?? (list.length > 1 ? "no" : "yes"), this.group(once));
        }
        const more = i + 1 < inOrder.length && this.button(law.add);
        if (more && (await more.count())) {
          await this.leave(more);
          break;
        }
        await this.go();
        const next = await this.here();
        if (next === title && shown) continue; // The next step of the same entry.
        const { screen } = this.at(next);
        const isNext = next.includes(law.entry.replace("{n}", String(i + 2)));
        if (screen?.id === id && !isNext) continue;
        break;
      }
    }
  }

  /** The fields of one step. */
  async step(entries, law, entry) {
    const { fields } = rules.questions.find(({ fact }) => fact === entries.list);
    let shown = 0;
    for (const id of entries.steps.flat()) {
      const texts = law.fields[id];
      const group = this.group(texts.label);
      if (!(await group.count())) continue;
      shown += 1;
      const field = fields.find((one) => one.id === id);
      const value = entry[id];
      const way = (entries.ways ?? []).find(([, of, options]) => of === id && options.includes(value));
      if (way) {
        const [name, , options] = way;
        const { screens } = rules;
        const mine = screens.find((one) => one.entries?.list === entries.list).id;
        await this.tick(this.radio(this.law.screen[mine].ways[name], group));
        if (options.length > 1) await this.tick(this.radio(texts.options[value], group));
      } else if (value === undefined && field.absent && (await this.radio(texts.still ?? "-", group).count())) {
        await this.tick(this.radio(texts.still, group));
      } else if (value === "unsure" || value === undefined) {
        await this.tick(this.notSure(group).first());
      } else if (field.kind === "yes-no" || texts.options?.[value] || texts[value]) await this.choose(value, texts, group);
      else {
        const given = this.radio(texts.given ?? "given", group);
        if (await given.count()) await this.tick(given);
        await this.date(value, group);
      }
    }
    return shown;
  }

  /** From the answer to the page of a path: from a line there, or from the list of everything. */
  async openPath(route) {
    // A program has its name only on the days on which it is known.
    const { name, named = {} } = this.law.route[route];
    const line = () => {
      const button = (text) => this.frame.getByRole("button", { name: text, exact: true });
      return Object.values(named).reduce((found, other) => found.or(button(other)), button(name));
    };
    if (!(await line().count())) await this.everything();
    await line().click();
  }

  /** From the answer to the list of everything that was looked at. */
  async everything() {
    const [start] = this.say("everything").split("{");
    await this.press(this.frame.getByRole("button", { name: new RegExp(`^${start}`) }));
  }

  /** The two answers of a path, by their labels: the word and the sentence. Leaves its page open. */
  async answers(route) {
    await this.openPath(route);
    const card = this.frame.getByRole("article");
    return card
      .locator("dl")
      .first()
      .evaluate((list) => {
        const parts = [...list.children].map((part) => [
          part.querySelector("dt").textContent,
          [...part.querySelectorAll("dd > *")].map((node) => node.textContent),
        ]);
        return Object.fromEntries(parts);
      });
  }

  /** The line that says which part this is. */
  async progress() {
    const line = this.frame.locator(".over");
    return (await line.count()) ? line.innerText() : "";
  }

  /** Answers one screen after the other, in a hurry, until another screen comes, or one that asks for the fact `until`, or an
   * "urgent" or "slip" that is waited for. */
  async run(plan = {}, until = null) {
    const hurriedBefore = this.hurried;
    this.hurried = true;
    const end = await this.walk(plan, until);
    this.hurried = hurriedBefore;
    return end;
  }

  /** The same to its end. `arrived` is called on each question as it comes, `leaving` before it is left. */
  async each(plan, arrived, leaving, until) {
    Object.assign(this, { arrived, leaving });
    const end = await this.run(plan, until);
    Object.assign(this, { arrived: null, leaving: null });
    return end;
  }

  /** The same with real presses. */
  async walk(given = {}, until = null) {
    const plan = { ...PLAIN, ...given };
    for (;;) {
      const title = await this.here();
      if ([this.say("stopTitle"), this.say("soon")].includes(title)) {
        if (until === "urgent") return title;
        this.between += 1;
        await this.press(this.button("goOn"));
        continue;
      }
      if (title === this.say("slipTitle")) {
        if (until === "slip") return title;
        await this.insist();
        continue;
      }
      const { fact, screen } = this.at(title);
      if (!fact && !screen) return title;
      if (until && (await this.factsHere()).includes(until)) return until;
      if (this.screens.length > 100) throw new Error(`no end of questions: ${this.screens.slice(-6)}`);
      this.screens.push(screen?.id ?? fact);
      await this.arrived?.();
      if (fact && (await this.button("allDone").count())) await this.leave(this.button("allDone"));
      else if (fact) {
        this.path.push(fact);
        await this.answer(fact, plan[fact]);
      } else if (screen.entries) await this.entries(screen, plan);
      else await this.answerScreen(screen, plan);
    }
  }
}

/** The facts that a line stands for. */
const factsOf = ({ sets = {}, choose }) => [...Object.keys(sets), ...(choose ? [choose[0]] : [])];

/** Whether somebody with these answers says what a tick says. */
function says(plan, fact, value) {
  const answer = plan[fact];
  if (typeof value === "boolean") return answer === (value ? "yes" : "no");
  if (value === "some") return Array.isArray(answer) && answer.length > 0;
  return [answer].flat().includes(value);
}

/** The lines that are true for somebody with these answers. */
function tickedIn(lines, plan) {
  const covered = new Set();
  return lines.filter(({ sets = {}, choose }) => {
    const mine = Object.entries(sets);
    const all = mine.every(([fact, value]) => says(plan, fact, value));
    const chosen = !choose || choose[1].some((option) => says(plan, choose[0], option));
    if (!all || !chosen || (!choose && mine.every((one) => covered.has(String(one))))) return false;
    for (const one of mine) covered.add(String(one));
    return true;
  });
}

/** Runs in the frame: words of what is to be read or pressed that are broken in two. */
export const broken = () => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("option, svg")) continue;
    for (const { 0: word, index } of node.data.matchAll(/\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size > 1) found.push(`${word} is broken`);
    }
  }
  return found;
};
