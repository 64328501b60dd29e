// For everybody: with a keyboard, with a screen reader, on a small screen, with large letters.

import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import axe from "axe-core";

import { words } from "../../pkg/words.js";
import { PLAIN, together, WHILE_OPEN } from "./support.js";

const shared = together();
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is asked of a whole page, with its landmarks. */
const OF_WHOLE_PAGES = ["region", "landmark-one-main", "page-has-heading-one"];

/** What the checker finds on the page and in its frames, in short. It gives a frame one second to take its script, and leaves
 * out without a word one that needs more: then it looks again. */
async function faults(page) {
  const look = () => new AxeBuilder({ page }).withTags(RULES).analyze();
  const inFrame = ({ passes }) => passes.some(({ nodes }) => nodes.some(({ target }) => target.length > 1));
  let seen = await look();
  for (let tries = 1; !inFrame(seen); tries++) {
    assert.ok(tries < 10, "the checker never looked into the frame");
    seen = await look();
  }
  return seen.violations.map(inShort);
}

/** What it finds in the frame alone: the page around stays as it is from screen to screen. */
async function faultsInside({ page }) {
  const frame = page.frames()[1];
  if (!(await frame.evaluate(() => "axe" in self))) await frame.evaluate(axe.source);
  const rules = Object.fromEntries(OF_WHOLE_PAGES.map((rule) => [rule, { enabled: false }]));
  const { violations } = await frame.evaluate((options) => self.axe.run(document, options), { runOnly: RULES, rules });
  return violations.map(inShort);
}

const inShort = ({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")} ${nodes[0].html.slice(0, 120)}`;

/** Every kind of screen, one after the other. `look` is called on each. */
async function everyScreen(person, look) {
  const { law } = person;
  const open = (details) =>
    details.evaluateAll((all) => {
      for (const one of all) one.open = true;
    });
  await look("start");
  await person.start();
  await look("yes or no");
  await person.button("wipe").click();
  await look("delete asks");
  await person.button("wipeNo").click();
  await person.go();
  await look("something is missing");
  await person.radio("unsure").check();
  await look("not sure");
  await person.run({}, "orders");
  await look("empty list");
  await person.radio("addFirst").check();
  await person.go();
  await look("choice in a list");
  await person.choose("judge", law.fact.orders.fields.kind);
  await person.go();
  await look("date in a list");
  await person.date("2014-06-17");
  await look("date in a list, chosen");
  await person.go();
  await look("a word or a date");
  await person.radio(law.fact.orders.fields["carried-out"].no).check();
  await person.go();
  await look("list");
  await person.button("allDone").click();
  await look("stop card");
  await person.run({}, "crimes");
  await look("set, under a folded stop card");
  await person.run({}, "pause");
  await look("first part done");
  await person.run({ "marriage.date": "1980" }, "slip");
  await look("a slip");
  await person.frame.getByRole("button", { name: `${person.say("change")}: ${law.fact["marriage.date"].question}`, exact: true }).click();
  await person.date("2024");
  await person.go();
  await person.run({}, "victim.crime");
  await look("a question about harm");
  await person.run();
  await look("sharper date");
  await person.radio("yes").check();
  await person.go();
  await person.run();
  await look("answers");
  await person.button("showResults").click();
  await open(person.frame.locator("details"));
  await look("results");
}

for (const [i, lang] of Object.keys(words).entries()) {
  const colorScheme = i % 2 ? "dark" : "light";
  test(`${lang}, ${colorScheme}: on every screen the checker finds nothing, nothing is wider than 320 pixels, help stands where it stood`, async () => {
    const person = await shared.open(lang, {
      asOf: WHILE_OPEN,
      colorScheme,
      viewport: { width: 320, height: 640 },
      reducedMotion: "reduce",
    });
    const found = [];
    await everyScreen(person, async (name) => {
      for (const fault of await faultsInside(person)) found.push(`${name}: ${fault}`);
      const wide = await person.page.frames()[1].evaluate(() => {
        const { dir } = document.documentElement;
        const widths = ["ltr", "rtl"].map((way) => {
          document.documentElement.dir = way;
          return document.documentElement.scrollWidth;
        });
        document.documentElement.dir = dir;
        const small = [...document.querySelectorAll("button, .button, select, summary, .option")].filter((node) => {
          const { width, height } = node.getBoundingClientRect();
          return node.checkVisibility() && (width < 44 || height < 44);
        });
        const [top, , foot] = document.querySelector(".root").children;
        const places = [top.firstElementChild.textContent, foot.firstElementChild.className];
        return { widths, places, small: small.map((node) => node.outerHTML.slice(0, 100)), moving: document.getAnimations().length };
      });
      assert.deepEqual(wide, { widths: [320, 320], places: [person.say("exit"), "help"], small: [], moving: 0 }, name);
    });
    assert.deepEqual(found, []);
  });
}

test("on the page of a group, with its own landmarks, the checker finds nothing either", async () => {
  const page = await shared.page({ viewport: { width: 1000, height: 800 } });
  const address = shared.server.html(
    "/group",
    `<!DOCTYPE html><html lang="en"><title>Group</title><header><h1>Group</h1></header><main><h2>Questions</h2><relief-screener><p>Call us.</p></relief-screener></main><footer>Group</footer><script type="module" src="/pkg/define.js"></script></html>`,
  );
  const person = await shared.visit(page, address);
  assert.deepEqual(await faults(page), []);
  await person.start();
  assert.deepEqual(await faults(page), []);
});

test("the checker does find a fault that is put there", async () => {
  const person = await shared.open();
  await person.page.frames()[1].evaluate(() => {
    const input = document.createElement("input");
    input.type = "radio";
    document.querySelector(".main").append(input);
  });
  for (const found of [await faults(person.page), await faultsInside(person)]) assert.match(found.join(" "), /label/);
});

test("in colors that the system forces, what is chosen and what has focus are still marked", async () => {
  const person = await shared.open("en", { forcedColors: "active" });
  await person.start();
  await person.radio("unsure").check();
  const style = await person.frame.locator(".option").evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineStyle));
  assert.deepEqual(style, ["none", "none", "solid"]);
  assert.deepEqual(await faults(person.page), []);
});

/** What has focus, in the frame. */
const focused = (person) =>
  person.page.frames()[1].evaluate(() => {
    const { activeElement: node } = document;
    const label = node?.labels?.[0]?.textContent ?? node?.getAttribute("aria-label") ?? node?.textContent ?? "";
    return { tag: node?.localName ?? "", label: label.trim(), name: node?.getAttribute("name") ?? "" };
  });

/** Presses Tab until something with this label has focus. */
async function tabTo(person, label, tags = ["button", "input", "select", "summary", "a"]) {
  for (let presses = 0; presses < 60; presses++) {
    await person.page.keyboard.press("Tab");
    const now = await focused(person);
    if (tags.includes(now.tag) && now.label === label) return;
  }
  throw new Error(`no key leads to "${label}"`);
}

test("with the keyboard alone: leave comes first, an error leads to the first choice, the next question has focus", async () => {
  const person = await shared.open();
  const { keyboard } = person.page;
  await person.page.locator("body").focus();
  await keyboard.press("Tab");
  assert.equal((await focused(person)).label, person.say("exit"), "the first key");
  await tabTo(person, person.say("start"));
  await keyboard.press("Enter");
  assert.equal((await focused(person)).label, person.law.fact["person.in-us"].question, "the heading has focus");

  await tabTo(person, person.say("go"));
  await keyboard.press("Enter");
  const error = person.frame.getByRole("alert");
  assert.ok(await error.evaluate((node) => node === document.activeElement), "the summary has focus");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  assert.equal((await focused(person)).label, person.say("yes"), "the first choice");
  await keyboard.press("Space");
  await error.waitFor({ state: "detached" });

  for (let asked = 0; asked < 60; asked++) {
    const title = await person.here();
    const fact = person.factOf(title);
    if (title === person.say("pauseTitle")) {
      await tabTo(person, person.say("go"));
      await keyboard.press("Enter");
      continue;
    }
    if (!fact) break;
    assert.equal((await focused(person)).label, asked ? title : person.say("yes"), "focus is on the question");
    await byKeyboard(person, fact, title);
  }
  assert.equal(await person.here(), person.say("reviewTitle"));
  await tabTo(person, person.say("showResults"));
  await keyboard.press("Space");
  assert.equal((await focused(person)).label, person.say("resultsTitle"));
});

/** Answers with Tab, arrows, Space, Enter and, in a select, the first letters. */
async function byKeyboard(person, fact, title) {
  const { keyboard } = person.page;
  const law = person.law.fact[fact];
  const field = title === law.question ? null : Object.keys(law.fields).find((id) => law.fields[id].label === title);
  const value = field
    ? PLAIN[fact][0][field]
    : (PLAIN[fact] ?? (law.options?.none || !law.options ? undefined : Object.keys(law.options)[0]));
  const own = field ? law.fields[field] : law;
  if (await person.select("year").count()) {
    const [year, month, day] = value.split("-");
    for (const [key, text] of [
      ["year", year],
      ["month", month && words.en && monthName(month)],
      ["day", day],
    ]) {
      if (key !== "year" && !(await person.select(key).count())) break;
      await tabTo(person, person.say(key), ["select"]);
      await keyboard.type(text ? String(Number(text) || text) : person.say("unknown"));
    }
  } else {
    const [checkbox] = [await person.frame.getByRole("checkbox").count()];
    const wish =
      value === undefined
        ? (own.still ?? own.none ?? own.options?.none ?? person.say("unsure"))
        : value === "yes" || value === "no"
          ? (own.options?.[value] ?? person.say(value))
          : (own.options[value] ?? value);
    if (checkbox) {
      await tabTo(person, wish);
      await keyboard.press("Space");
    } else {
      // One key leads into the group, the arrows go on from there.
      for (let presses = 0; (await focused(person)).tag !== "input" && presses < 60; presses++) await keyboard.press("Tab");
      await keyboard.press("Space");
      for (let presses = 0; (await focused(person)).label !== wish && presses < 20; presses++) await keyboard.press("ArrowDown");
    }
  }
  await tabTo(person, (await person.button("allDone").count()) ? person.say("allDone") : person.say("go"));
  await keyboard.press("Enter");
}

const monthName = (month) => new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1));

test("nothing that has focus is hidden under the bar at the top", async () => {
  const person = await shared.open("en", { viewport: { width: 320, height: 480 } });
  await person.start();
  await person.run({ "reentry-after-year": "yes" }, "crimes");
  const { keyboard } = person.page;
  await person.page.locator("body").focus();
  for (const key of [...Array(30).fill("Tab"), ...Array(30).fill("Shift+Tab")]) {
    await keyboard.press(key);
    const hidden = await person.page.frames()[1].evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body || node.closest(".top")) return "";
      const box = (node.closest(".option") ?? node).getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, Math.min(box.bottom, innerHeight) - 2);
      return top?.closest(".top") ? node.outerHTML : "";
    });
    assert.equal(hidden, "");
  }
});
