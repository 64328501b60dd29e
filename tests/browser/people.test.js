// The nine families that the screens are measured by, and people who read a question as people do.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DAY, journeys, planOf, toReview } from "./families.js";
import { broken, rules, together, words } from "./support.js";

const shared = together();
/** What a person may be asked for: more than this is too much for somebody who is tired. */
const SCREENS = { most: 20, "7-unsure": 25 };

/** What is read in a part of the frame: what is folded is not. */
const readable = (person, selector) =>
  person.frame.locator(selector).evaluate((node) => {
    const copy = node.cloneNode(true);
    for (const folded of copy.querySelectorAll("details > :not(summary), option, .quiet-note")) folded.remove();
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) text += ` ${walker.currentNode.data}`;
    return { text, words: text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length };
  });

/** Counts what somebody meets: the screens with a question, what is pressed, ticked or chosen, and the words of each screen. What is
 * folded is not read, and what stands above and below every screen is read once. */
function count(person) {
  const counted = { screens: 0, urgent: 0, taps: 0, words: 0 };
  for (const method of ["press", "tick", "pick"]) {
    const own = person[method].bind(person);
    person[method] = async (...all) => {
      counted.taps += 1;
      await own(...all);
    };
  }
  const wordsOf = async (selector) => (await readable(person, selector)).words;
  person.arrived = async () => {
    if (!counted.words) counted.words += (await wordsOf(".top")) + (await wordsOf(".foot"));
    counted.screens += 1;
    counted.words += await wordsOf(".main");
  };
  return { counted, wordsOf };
}

const table = [];

/** What the answer may take: words that are read, phones of 360x740, and how far down the first path begins, in phones. */
const ANSWER = {
  words: 250,
  phones: 3,
  path: 1.5,
};
/** The answers that were given, each by its words. */
const given = new Map();

/** The answer as it stands there. */
async function measured(person) {
  const { words: read, text } = await readable(person, ".main");
  const sizes = await person.frame.locator(".main").evaluate((main) => {
    const top = main.querySelector(".paths li")?.getBoundingClientRect().top ?? 0;
    return { phones: document.documentElement.scrollHeight / 740, path: top / 740 };
  });
  return { words: read, text, ...sizes };
}

for (const lang of Object.keys(words)) {
  for (const [name, journey] of Object.entries(journeys)) {
    test(`${lang}: ${name}: ${journey.who}: to the results, with no more screens than a person can bear`, async () => {
      const person = await shared.open(lang, { asOf: DAY });
      const { counted, wordsOf } = count(person);
      counted.words += await wordsOf(".main");
      await person.start();
      await toReview(person, planOf(journey), () => person.arrived());
      counted.words += await wordsOf(".main");
      await person.press(person.button("showResults"));
      assert.equal(await person.here(), person.say("resultsTitle"));
      const { text, ...answer } = await measured(person);
      assert.deepEqual(await person.page.frames()[1].evaluate(broken), [], "no word is broken in two");
      for (const [key, most] of Object.entries(ANSWER)) assert.ok(answer[key] <= most, `${key}: ${answer[key]} of ${most}`);
      assert.equal(given.get(`${lang} ${text}`), undefined, "each family reads an answer of its own");
      given.set(`${lang} ${text}`, name);
      if (name === "9-abuse") {
        const paths = await person.frame.locator(".path").allInnerTexts();
        assert.equal(paths[0], person.law.route["vawa-self-petition"].name, "her own petition comes first");
        assert.ok(!paths.includes(person.law.route["family-preference"].name), "and nothing that he would have to file");
        await person.frame
          .getByRole("link", { name: new RegExp(person.say("call")) })
          .first()
          .waitFor();
      }
      assert.deepEqual(person.page.complaints, []);
      const { screens, taps, words: read } = counted;
      table.push({ lang, name, screens, taps, words: read, minutes: Math.round(read / 150 + taps / 20), answer });
      assert.ok(screens <= (SCREENS[name] ?? SCREENS.most), `${screens} screens: ${person.screens}`);
      await person.page.context().close();
    });
  }
}

test("what the nine met", (t) => {
  t.diagnostic("language  journey        screens  taps  words  minutes  answer: words, phones, first path");
  for (const { lang, name, screens, taps, words: read, minutes, answer } of table) {
    const numbers = [screens, taps, read, minutes, answer.words, answer.phones.toFixed(2), answer.path.toFixed(2)];
    t.diagnostic(`${lang.padEnd(9)} ${name.padEnd(15)} ${numbers.map((n) => String(n).padStart(6)).join(" ")}`);
  }
  assert.equal(table.length, Object.keys(words).length * Object.keys(journeys).length);
});

/** How people read the questions, and which cautions they have to find at the end. From what was read on screens that went before:
 * each of these ended without its warning. */
const READERS = {
  "caught by the Border Patrol is not let in: the one who came back keeps the warning": {
    plan: {
      "reentry-after-year": "yes",
      "entered-once": "no",
      stays: [
        { entered: "2003-01", how: "without-inspection", left: "2008-05", "left-how": "own-choice" },
        { entered: "2008-08", how: "caught-and-released" },
      ],
    },
    finds: [["permanent-bar", "return-after-year"]],
  },
  "caught and let go, once: nobody was let in, so the years count and leaving starts them": {
    plan: { stays: [{ entered: "2009-03", how: "caught-and-released" }] },
    finds: [
      ["bar-if-you-leave", "ten"],
      ["do-not-travel", "here"],
    ],
  },
  "a bought green card is no green card": {
    plan: { "green-card.has": "no", "private-list": "any" },
    finds: [
      ["bar-if-you-leave", "ten"],
      ["do-not-travel", "here"],
      ["private-list", "any"],
    ],
  },
  "“my papers are in” is the family petition, not the green card form": {
    plan: { "petition.state": "approved", "petition.by": "spouse", "petition.visa-fee-paid": "yes" },
    finds: [["bar-if-you-leave", "ten"]],
  },
  "who told an officer of the fear has not sent the form": {
    plan: {
      "fear-of-return": "yes",
      "spouse.status": "none",
      stays: [{ entered: "2026-02-10", how: "caught-and-released" }],
    },
    finds: [["asylum-deadline"]],
  },
  "who never heard of the date ticks the same line as who missed it": {
    plan: { "court.missed-hearing": "yes", "court.missed-why": "no-notice", "court.state": "ended" },
    finds: [["missed-hearing", "missed"]],
  },
  "who lives with somebody without the civil wedding is not married": {
    plan: { "spouse.status": "not-by-law" },
    finds: [["bar-if-you-leave", "ten"]],
    never: "marriage.date",
  },
  "who signed papers at the border that nobody explained": {
    plan: { "border-contacts": [{ what: "signed-papers", date: "2009-02" }] },
    finds: [["border-paper"]],
  },
  "released with an I-220A is not paroled": {
    plan: {
      "person.countries": "CU",
      "person.birth-country": "CU",
      "spouse.status": "none",
      stays: [{ entered: "2022-09", how: "caught-and-released" }],
      "parole.paper": "i-220a",
    },
    finds: [["do-not-travel", "here"]],
  },
  "who paid for a child to cross has helped somebody cross": {
    plan: { "private-list": "any" },
    line: ["list", "helped"],
    finds: [["private-list", "any"]],
  },
  "who came with the papers of somebody else was not let in with a visa of their own": {
    plan: { stays: [{ entered: "2009-03", how: "others-papers" }] },
    finds: [["fraud"]],
  },
};

for (const lang of Object.keys(words)) {
  for (const [who, { plan, finds, line, never }] of Object.entries(READERS)) {
    test(`${lang}: ${who}`, async () => {
      const person = await shared.open(lang, { asOf: DAY });
      await person.start();
      if (line) {
        const screen = rules.screens.find(({ id }) => id === line[0]);
        await person.run(plan, Object.keys(screen.boxes[0].sets)[0]);
        // The line that such a person would look for stands there by itself.
        await person
          .line(
            screen,
            screen.boxes.find(({ id }) => id === line[1]),
          )
          .check();
        await person.go();
      }
      await toReview(person, plan);
      assert.ok(!never || !person.path.includes(never), `${never} is not asked`);
      await person.button("showResults").click();
      const text = await person.frame.locator(".main").textContent();
      for (const [id, clause] of finds) {
        const said = Object.entries(person.law.caution[id]).filter(([name]) => !clause || name === clause);
        const titles = said.flatMap(([, one]) => [one.title, one["maybe-title"]]).filter(Boolean);
        const start = (title) => title.split("{")[0];
        assert.ok(
          titles.some((title) => text.includes(start(title))),
          `${id}: ${titles}`,
        );
      }
      assert.deepEqual(person.page.complaints, []);
      await person.page.context().close();
    });
  }

  test(`${lang}: a wife who answers for her husband reads on every screen that it is about him`, async () => {
    const person = await shared.open(lang, { asOf: DAY });
    await person.start();
    let screens = 0;
    await person.each({ "person.filled-by": "other" }, async () => {
      screens += 1;
      if (screens === 1) return; // There she says it.
      const says = await person.progress();
      assert.ok(says.endsWith(person.say("forOther")), `${await person.here()}: ${says}`);
    });
    assert.ok(screens > 8, `${screens}`);
  });
}
