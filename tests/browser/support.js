// What the browser tests share: a small server, a browser, and a person who answers questions by what is on the screen.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { words } from "../../pkg/words.js";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");
export const laws = Object.fromEntries(
  await Promise.all(Object.keys(words).map(async (lang) => [lang, (await import(`../../pkg/dist/lang/${lang}.js`)).default])),
);

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
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    asked.push(path);
    referers.set(path, request.headers.referer);
    const made = pages.get(path);
    if (made) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...made.headers });
      return response.end(made.html);
    }
    const file = path.startsWith("/pkg/") ? join(root, path) : join(root, "www", path === "/" ? "index.html" : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": KINDS[extname(file)] ?? "text/plain", "cache-control": "no-store" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return {
    asked,
    referers,
    origin: `http://127.0.0.1:${port}`,
    /** @returns the address of a page with the element in it */
    embed(path, attributes = "", { content, headers = {} } = {}) {
      pages.set(path, { html: hostPage(attributes, content), headers });
      return `http://127.0.0.1:${port}${path}`;
    },
    html(path, html) {
      pages.set(path, { html, headers: {} });
      return `http://127.0.0.1:${port}${path}`;
    },
    close: () => new Promise((done) => server.close(done)),
  };
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
    made.setDefaultTimeout(10_000);
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

/** A family of the most ordinary kind. What a test needs otherwise, it says. */
export const PLAIN = {
  "person.in-us": "yes",
  "green-card.has": "no",
  "reentry-after-year": "no",
  "court.state": "none",
  "court.missed-hearing": "no",
  custody: "none",
  "appointment.soon": "no",
  "private-list": "none",
  "plan.travel": "no",
  "denied-filing": "no",
  "asylum.filed": "no",
  "entered-once": "yes",
  stays: [{ entered: "2009-03", how: "without-inspection" }],
  "person.birth-date": "1985-02-03",
  "parole.program": "none",
  "parole.paper": "paroled-212d5",
  "spouse.status": "citizen",
  "spouse.citizen-since": "1986-01-02",
  "marriage.date": "2015-05-05",
  "marriage.valid": "yes",
  "marriage.ended": "no",
  "person.unmarried": "no",
  "parent.status": "none",
  "stepparent.status": "none",
  "military.relative": "none",
  "petition.state": "none",
};

/** Somebody who reads the screen and presses what stands there. Everything is found by role and name. */
export class Person {
  constructor(page, lang = "en") {
    this.page = page;
    this.lang = lang;
    this.frame = page.frameLocator("relief-screener iframe");
    /** The facts that were asked, in order. */
    this.path = [];
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

  radio(key) {
    return this.frame.getByRole("radio", { name: this.say(key), exact: true });
  }

  checkbox(key) {
    return this.frame.getByRole("checkbox", { name: this.say(key), exact: true });
  }

  select(key) {
    return this.frame.getByRole("combobox", { name: this.say(key), exact: true });
  }

  heading(key) {
    return this.frame.getByRole("heading", { name: this.say(key), exact: true });
  }

  /** The question on the screen, or the name of another screen. */
  async here() {
    return (await this.frame.locator(".title").innerText()).trim();
  }

  async start() {
    await this.button("start").click();
  }

  async go() {
    await this.press(this.button("go"));
  }

  /** The answers are right as they are, however odd. */
  async insist() {
    await this.press(this.button("slipBoth").or(this.button("slipRight")));
  }

  async back() {
    await this.button("back").click();
  }

  /** Changes the language as a person would. */
  async switchTo(lang) {
    await this.frame.getByRole("button", { name: words[lang].name, exact: true }).click();
    this.lang = lang;
  }

  /** The fact that a question asks for. A short list begins with its first field. */
  factOf(title) {
    const { fact: facts } = this.law;
    const labels = (fact) => Object.values(facts[fact].fields ?? {}).map((field) => field.label);
    return (
      Object.keys(facts).find((fact) => facts[fact].question === title) ?? Object.keys(facts).find((fact) => labels(fact).includes(title))
    );
  }

  /** Chooses an answer without going on. */
  async choose(answer, law = {}) {
    const name = law.options?.[answer] ?? law[answer] ?? answer;
    await this.tick(this.radio(name));
  }

  /** A date as far as it is given: 2014, 2014-06 or 2014-06-17. */
  async date(text) {
    const [year, month, day] = text.split("-").map(Number);
    await this.select("year").selectOption(String(year));
    await this.select("month").selectOption(String(month ?? 0));
    if (month) await this.select("day").selectOption(String(day ?? 0));
  }

  /** Answers the question on the screen and goes on. */
  async answer(fact, value) {
    const law = this.law.fact[fact];
    if (Array.isArray(value)) return this.list(law, value);
    if (await this.checkbox("unsure").count()) {
      const dated = await this.select("year").count();
      if (value === "unsure") await this.tick(this.checkbox("unsure"));
      else if (dated) await this.date(value ?? "2001-01-01");
      else if (!law.options) {
        // A country: the same one in either language.
        const mexico = new Intl.DisplayNames([this.lang], { type: "region" }).of("MX");
        await this.frame.getByRole("combobox").first().selectOption({ label: mexico });
      } else await this.tick(this.checkbox(law.options[value ?? "none"]));
    } else if (await this.radio(law.none ?? this.say("noneYet")).count()) {
      await this.tick(this.radio(value === "unsure" ? "unsure" : (law.none ?? this.say("noneYet"))));
    } else await this.choose(value ?? this.harmless(law), law);
    await this.go();
  }

  /** "None" or "no", and where a question offers neither, the first answer. */
  harmless({ options = {} }) {
    return options.none ? "none" : options.no || !Object.keys(options).length ? "no" : Object.keys(options)[0];
  }

  /** Fills a list: each entry field by field, then "that is all". */
  async list(law, entries) {
    for (const [i, entry] of entries.entries()) {
      if (i) await this.press(this.button(law.add));
      else if (await this.radio("addFirst").count()) {
        await this.tick(this.radio("addFirst"));
        await this.go();
      }
      await this.entry(law, entry);
    }
    if (await this.button("allDone").count()) await this.press(this.button("allDone"));
  }

  async entry(law, entry) {
    const left = new Set(Object.keys(law.fields));
    for (;;) {
      const title = await this.here();
      const id = [...left].find((name) => law.fields[name].label === title);
      if (!id) return;
      left.delete(id);
      const field = law.fields[id];
      const value = entry[id];
      const branches = Boolean(field.given);
      if (value === "unsure" || (value === undefined && !field.still)) {
        const one = field.options || branches || (await this.radio("unsure").count());
        await this.tick(one ? this.radio("unsure") : this.checkbox("unsure"));
      } else if (value === undefined) await this.tick(this.radio(field.still));
      else if (field.options?.[value] || field[value]) await this.choose(value, field);
      else {
        if (branches || (await this.radio("given").count())) await this.tick(this.radio(field.given ?? this.say("given")));
        await this.date(value);
      }
      await this.go();
    }
  }

  /** The two answers of a card, by their labels: the word and the sentence. */
  async answers(route) {
    // A program has its name only on the days on which it is known.
    const { name, named = {} } = this.law.route[route];
    const heading = (text) => this.frame.getByRole("heading", { name: text, exact: true, includeHidden: true });
    const title = Object.values(named).reduce((found, other) => found.or(heading(other)), heading(name));
    const card = this.frame.getByRole("article", { includeHidden: true }).filter({ has: title });
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

  /** The line that says how much is left, where there is one. */
  async progress() {
    const line = this.frame.getByText(/^(At most|Faltan? )/);
    return (await line.count()) ? line.innerText() : "";
  }

  /** Answers one question after the other, in a hurry, until another screen comes, or the fact `until`, or a "pause" or "slip" that
   * is waited for. */
  async run(plan = {}, until = null) {
    const hurriedBefore = this.hurried;
    this.hurried = true;
    const end = await this.walk(plan, until);
    this.hurried = hurriedBefore;
    return end;
  }

  /** The same with real presses. */
  async walk(plan = {}, until = null) {
    for (;;) {
      const title = await this.here();
      const fact = this.factOf(title);
      if (title === this.say("pauseTitle") && until !== "pause") {
        await this.go();
        continue;
      }
      if (title === this.say("slipTitle") && until !== "slip") {
        await this.insist();
        continue;
      }
      if (!fact || fact === until) return fact ?? title;
      this.path.push(fact);
      if (this.path.length > 200) throw new Error(`no end of questions: ${this.path.slice(-6)}`);
      await this.answer(fact, { ...PLAIN, ...plan }[fact]);
    }
  }
}
