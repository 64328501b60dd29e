// For everybody: with a keyboard, with a screen reader, on a small screen, with large letters.

import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import axe from "axe-core";

import { offerPseudo, pseudo } from "./pseudo.js";
import { laws, rules, together, WHILE_OPEN, words } from "./support.js";

const shared = together();
const real = Object.keys(words).filter((lang) => !pseudo.includes(lang));
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
  const without = Object.fromEntries(OF_WHOLE_PAGES.map((rule) => [rule, { enabled: false }]));
  // What has just scrolled half under the bar at the top is no smaller for it.
  await frame.evaluate(() => scrollTo(0, 0));
  const { violations } = await frame.evaluate((options) => self.axe.run(document, options), { runOnly: RULES, rules: without });
  return violations.map(inShort);
}

const inShort = ({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")} ${nodes[0].html.slice(0, 120)}`;

/** Every kind of screen, one after the other. `look` is called on each. */
async function everyScreen(person, look) {
  const { law } = person;
  const line = (id, box) => person.line(...lineOf(id, box));
  for (const fold of await person.frame.locator("summary").all()) await fold.click();
  await look("start");
  await person.start();
  await look("one of several lines");
  await person.button("wipe").click();
  await look("delete asks");
  await person.button("wipeNo").click();
  await person.go();
  await look("something is missing");
  await person.run({}, "custody");
  await look("lines to tick");
  await line("now", "hurt").check();
  await line("now", "visit").check();
  await look("what is chosen under a line");
  await person.choose("agency", law.fact["appointment.kind"]);
  await person.go();
  await look("urgent");
  await person.button("goOn").click();
  await line("trouble", "order").check();
  await person.go();
  await look("a step of an entry");
  await person.choose("judge", law.fact.orders.fields.kind);
  await person.date("2014-06-17");
  await person.radio(law.fact.orders.fields["carried-out"].no).check();
  await look("a step of an entry, with a date and a word");
  await person.go();
  await look("stop");
  await person.button("goOn").click();
  await person.run({}, "private-list");
  await person.checkbox("unsureOne").check();
  await person.go();
  await look("one by one, under the line that says stop");
  await person.back();
  await person.checkbox("none").check();
  await person.go();
  await person.run({}, "stays");
  await person.notSure().first().check();
  await person.radio("no").check();
  await person.go();
  await person.frame.getByRole("radio", { name: law.screen.coming.ways.gate, exact: true }).check();
  await person.choose("visa", law.fact.stays.fields.how);
  await look("a choice in two steps");
  await person.back();
  await person.run({ stays: TWO_STAYS, "entered-once": "no", "marriage.date": "1980" }, "slip");
  await look("a slip");
  // The order does not fit an answer before it either: that is asked first.
  const wedding = person.frame.getByText(law.fact["marriage.date"].question, { exact: true });
  while (!(await wedding.count())) {
    await person.insist();
    await person.run({ stays: TWO_STAYS, "entered-once": "no", "marriage.date": "1980" }, "slip");
  }
  await person.change(law.fact["marriage.date"].question);
  await person.date("2024");
  await person.go();
  await person.run({}, "abuse.by-relative");
  await look("lines about harm");
  await person.run({ "marriage.date": "2024", "victim.crime": "unsure" });
  assert.notEqual(await person.here(), person.say("reviewTitle"), "a wedding of 2024 is asked about more closely");
  await look("a date that is not exact enough");
  while ((await person.here()) !== person.say("reviewTitle")) {
    await person.radio("unsure").check();
    await person.go();
    await person.run();
  }
  await look("answers");
  await person.change(person.titleOf("coming"));
  await look("list");
  await person.button("allDone").click();
  await person.button("showResults").click();
  await resultScreens(person, look);
}

/** Everything behind the questions, with all folds open. */
async function resultScreens(person, look) {
  const unfold = () =>
    person.frame.locator("details").evaluateAll((all) => {
      for (const one of all) one.open = true;
    });
  const back = () => person.button("toAnswer").click();
  await unfold();
  await look("results");
  await person.everything();
  await look("everything");
  await person.openPath("kft-spouse");
  await unfold();
  await look("a path");
  await back();
  await back();
  await person.button("sheetTitle").click();
  await look("a page for a lawyer");
  await person.button("factsTitle").click();
  await look("a page with all answers");
  await person.back();
  await person.back();
  await person.button("another").click();
  await look("another person");
  await person.back();
  await person.button("tracesTitle").click();
  await look("what stays on the device");
  await back();
  assert.equal(await person.here(), person.say("resultsTitle"));
}

const TWO_STAYS = [
  { entered: "2005", how: "visa", "allowed-until": "2006", left: "2007-06", "left-how": "own-choice" },
  { entered: "2009-03", how: "without-inspection" },
];

/** A line of a screen, as `line` wants it. */
const lineOf = (id, box) => {
  const screen = rules.screens.find((one) => one.id === id);
  return [screen, screen.boxes.find((one) => one.id === box)];
};

for (const [i, lang] of pseudo.entries()) {
  test(`${lang}: behind the questions the checker finds nothing, and nothing is wider than 320 pixels, in any language`, async () => {
    const page = await shared.page({ viewport: { width: 320, height: 640 }, forcedColors: i ? "active" : "none" });
    await offerPseudo(page);
    const person = await shared.visit(page, shared.server.embed("/any", `lang="${lang}" as-of="${WHILE_OPEN}"`), lang);
    await person.start();
    await person.run({ "marriage.date": "2024", "victim.crime": "yes" });
    while ((await person.here()) !== person.say("reviewTitle")) {
      await person.radio("unsure").check();
      await person.go();
      await person.run();
    }
    await person.button("showResults").click();
    const found = [];
    await resultScreens(person, async (name) => {
      for (const fault of await faultsInside(person)) found.push(`${name}: ${fault}`);
      assert.equal(await person.page.frames()[1].evaluate(() => document.documentElement.scrollWidth), 320, name);
    });
    assert.deepEqual(found, []);
    await page.goto(`${shared.server.origin}/news.html?lang=${lang}`);
    await page.locator("relief-screener iframe").contentFrame().getByRole("slider").waitFor();
    for (const fold of await page.frames()[1].locator("summary").all()) await fold.click();
    assert.deepEqual(await faultsInside(person), []);
    const wide = await page.frames()[1].evaluate(() => [document.documentElement.scrollWidth, document.documentElement.dir]);
    assert.deepEqual(wide, [320, laws[lang].dir]);
  });
}

for (const [i, lang] of real.entries()) {
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
          return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        });
        document.documentElement.dir = dir;
        const small = [...document.querySelectorAll("button, .button, select, summary, .option")].filter((node) => {
          const { width, height } = node.getBoundingClientRect();
          return node.checkVisibility() && (width < 44 || height < 44);
        });
        const [top, , foot] = document.querySelector(".root").children;
        const places = [top.firstElementChild.textContent, (foot.querySelector(".help") ?? document.querySelector(".help"))?.className];
        return { widths, places, small: small.map((node) => node.outerHTML.slice(0, 100)), moving: document.getAnimations().length };
      });
      assert.deepEqual(wide, { widths: [0, 0], places: [person.say("exit"), "help"], small: [], moving: 0 }, name);
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
  assert.deepEqual(style, ["none", "none", "none", "none", "solid"]);
  assert.deepEqual(await faults(person.page), []);
});

/** What has focus, in the frame. */
const focused = (person) =>
  person.page.frames()[1].evaluate(() => {
    const { activeElement: node } = document;
    const label = node?.labels?.[0]?.textContent ?? node?.getAttribute("aria-label") ?? node?.textContent ?? "";
    return { tag: node?.localName ?? "", label: label.trim(), name: node?.getAttribute("name") ?? "" };
  });

/** Somebody without a mouse: what is pressed, ticked or chosen, the keys lead to it. */
function withKeys(person) {
  const { keyboard } = person.page;
  const on = (locator) => locator.evaluate((node) => node === document.activeElement);
  /** A group of radios is one stop; the arrows go on from there. */
  const reach = async (locator) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await on(locator)) return;
      await keyboard.press("Tab");
      const inGroup = await locator.evaluate((node) => {
        const now = document.activeElement;
        return node !== now && node.type === "radio" && now?.name === node.name;
      });
      for (let arrows = 0; inGroup && arrows < 20 && !(await on(locator)); arrows++) await keyboard.press("ArrowDown");
    }
    throw new Error(`no key leads to ${await locator.evaluate((node) => node.outerHTML)}`);
  };
  person.press = async (button) => {
    await reach(button);
    await keyboard.press("Enter");
  };
  person.tick = async (input) => {
    await reach(input);
    if (!(await input.isChecked())) await keyboard.press("Space");
    assert.ok(await input.isChecked());
  };
  person.pick = async (select, option) => {
    await reach(select);
    const text = await select.evaluate(
      (node, wish) => [...node.options].find((one) => one.value === wish || one.text === wish).text,
      option,
    );
    await keyboard.type(text);
    await keyboard.press("Enter");
    await keyboard.press("Escape");
  };
}

test("with the keyboard alone: leave comes first, an error leads to the first choice, each question has focus as it comes", async () => {
  const person = await shared.open();
  const { keyboard } = person.page;
  await person.page.locator("body").focus();
  await keyboard.press("Tab");
  assert.equal((await focused(person)).label, person.say("exit"), "the first key");
  withKeys(person);
  await person.press(person.button("start"));
  assert.equal((await focused(person)).label, person.titleOf("who"), "the heading has focus");

  await person.press(person.button("go"));
  const error = person.frame.getByRole("alert");
  assert.ok(await error.evaluate((node) => node === document.activeElement), "the summary has focus");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  assert.equal((await focused(person)).label, person.law.screen.who.boxes["me-here"], "the first choice");
  await keyboard.press("Space");
  await error.waitFor({ state: "detached" });

  // Lines, what is urgent, one by one, entries, a question with controls of its own.
  const titles = [];
  person.arrived = async () => {
    const title = await person.here();
    if (titles.length) assert.equal((await focused(person)).label, title, "focus is on the question");
    titles.push(title);
  };
  assert.equal(await person.walk({ "urgent.harm-at-home": "yes", crimes: "unsure" }), person.say("reviewTitle"));
  for (const id of ["now", "coming", "you", "harm"]) assert.ok(titles.includes(person.titleOf(id)), id);
  assert.ok(titles.includes(person.say("singlyTitle")));
  await person.press(person.button("showResults"));
  assert.equal((await focused(person)).label, person.say("resultsTitle"));
});

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
