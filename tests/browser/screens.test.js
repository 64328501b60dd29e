// Every screen of two families, measured: on a small phone, at 400 % zoom, with large letters, in languages that run from right to left
// or have longer words, and in colors that the system forces.

import assert from "node:assert/strict";
import { test } from "node:test";

import axe from "axe-core";

import { offerPseudo, pseudo } from "./pseudo.js";
import { AS_OF, broken, together, words } from "./support.js";

const shared = together();
const real = Object.keys(words).filter((lang) => !pseudo.includes(lang));

/** On a phone of 360x740, in phones. */
const TALLEST = 2.0;
const MEDIAN = 1.2;

/** One with something to tell on most screens, and one who is sure of little. */
const FAMILIES = {
  told: {
    custody: "check-ins",
    "urgent.harm-at-home": "yes",
    orders: [{ kind: "in-absentia", date: "2014-06", "carried-out": "no" }],
    "court.missed-hearing": "yes",
    "court.missed-why": "no-notice",
    "court.state": "ended",
    "child.status": ["citizen-under-21"],
    "child.birth-dates": [{ born: "2016-04-10", status: "citizen" }],
    "victim.crime": "yes",
  },
  unsure: {
    custody: "unsure",
    orders: "unsure",
    crimes: "unsure",
    "spouse.status": "unsure",
    "asylum.filed": "unsure",
    "victim.crime": "unsure",
  },
};

/** Runs in the frame: how wide the page gets, as it is and with letters twice as large, where that is too wide. */
function widths() {
  const { documentElement: page } = document;
  const found = { "as it is": page.scrollWidth };
  page.style.fontSize = "212.5%";
  found["letters twice as large"] = page.scrollWidth;
  page.style.fontSize = "";
  return Object.entries(found).filter(([, width]) => width > innerWidth);
}

/** Runs in the frame: what is to be pressed and is too small for a finger. */
const small = () =>
  [...document.querySelectorAll("a, button, select, summary, .option")]
    .filter((node) => node.checkVisibility())
    .map((node) => [node.outerHTML.slice(0, 100), node.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 44 || height < 44)
    .map(([html, { width, height }]) => `${html} ${width}x${height}`);

/** Each family in each language; of those that nobody speaks, one in colors that the system forces. */
const WALKS = [
  ...real.flatMap((lang, i) => Object.keys(FAMILIES).map((name) => [lang, name, { colorScheme: i ? "light" : "dark" }])),
  ...pseudo.map((lang, i) => [lang, "told", { forcedColors: i ? "active" : "none" }]),
];

for (const [lang, name, colors] of WALKS) {
  const plan = FAMILIES[name];
  test(`${lang}, ${name}: no screen is too tall, too wide, or too small to press, and the checker finds nothing`, async (t) => {
    const page = await shared.page({ ...colors, reducedMotion: "reduce" });
    if (pseudo.includes(lang)) await offerPseudo(page);
    const person = await shared.visit(page, `${shared.server.origin}/?lang=${lang}&as-of=${AS_OF}`, lang);
    await person.start();
    const [, frame] = person.page.frames();
    await frame.evaluate(axe.source);
    const rules = Object.fromEntries(["region", "landmark-one-main", "page-has-heading-one"].map((id) => [id, { enabled: false }]));
    const heights = [];
    const faults = [];
    const look = async () => {
      const title = await person.here();
      for (const [width, height] of [
        [360, 740],
        [320, 225],
      ]) {
        await person.page.setViewportSize({ width, height });
        for (const [way, wide] of await frame.evaluate(widths)) faults.push(`${title}: ${way}: ${wide} of ${width}`);
      }
      await person.page.setViewportSize({ width: 360, height: 740 });
      for (const one of await frame.evaluate(small)) faults.push(`${title}: ${one}`);
      if (!pseudo.includes(lang)) for (const one of await frame.evaluate(broken)) faults.push(`${title}: ${one}`);
      const { violations } = await frame.evaluate((options) => self.axe.run(document, { rules: options }), rules);
      for (const { id, nodes } of violations) faults.push(`${title}: ${id}: ${nodes[0].html.slice(0, 100)}`);
      return title;
    };
    person.arrived = async () => {
      heights.push([(await frame.evaluate(() => document.documentElement.scrollHeight)) / 740, await look()]);
    };
    let end = await person.run(plan, "urgent");
    for (; end !== person.say("reviewTitle"); end = await person.run(plan, "urgent")) {
      await look();
      if (await person.button("goOn").count()) await person.press(person.button("goOn"));
      else {
        await person.tick(person.radio("unsure"));
        await person.go();
      }
    }
    await look();
    assert.deepEqual(faults, []);
    heights.sort(([a], [b]) => b - a);
    const median = heights[Math.floor(heights.length / 2)][0];
    t.diagnostic(
      `${heights.length} screens, the tallest ${heights[0][0].toFixed(2)} phones (${heights[0][1]}), median ${median.toFixed(2)}`,
    );
    if (pseudo.includes(lang)) return;
    assert.ok(heights[0][0] <= TALLEST, `${heights[0]}`);
    assert.ok(name === "unsure" || median <= MEDIAN, `${median}`);
  });
}

test("the measures do find what is too wide, too small and broken", async () => {
  const person = await shared.open();
  await person.start();
  const [, frame] = person.page.frames();
  assert.deepEqual(await frame.evaluate(widths), []);
  assert.deepEqual(await frame.evaluate(small), []);
  assert.deepEqual(await frame.evaluate(broken), []);
  await frame.evaluate(() => {
    const node = document.createElement("a");
    node.textContent = "unbreakable".repeat(3);
    node.style.whiteSpace = "nowrap";
    node.href = "tel:1";
    const narrow = document.createElement("p");
    narrow.textContent = "answers";
    narrow.style.inlineSize = "3em";
    document.querySelector(".main").append(node, narrow);
  });
  assert.ok((await frame.evaluate(widths)).length > 0);
  assert.equal((await frame.evaluate(small)).length, 1);
  assert.deepEqual(await frame.evaluate(broken), ["answers is broken"]);
});
