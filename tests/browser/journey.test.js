// Whole ways through the questions, in each language, by what a person sees and hears.

import assert from "node:assert/strict";
import { test } from "node:test";

import { words } from "../../pkg/words.js";
import { AS_OF, laws, PLAIN, together, WHILE_OPEN } from "./support.js";

const shared = together();

/** What an entry of a list is called. */
const nth = (law, n) => law.entry.replace("{n}", String(n));

/** Promises that no screen may make. */
const NEVER = {
  en: /you (are|may be) eligible|you qualify|guarantee|amnesty|\bsafe(ly)?\b/i,
  es: /usted (es|puede ser) elegible|usted califica|garantiz|amnistía|está a salvo/i,
};

for (const lang of Object.keys(words)) {
  test(`${lang}: from the start to the results`, async () => {
    const person = await shared.open(lang, { asOf: WHILE_OPEN });
    assert.equal(await person.page.title(), "Questions");
    for (const key of ["adviceTitle", "privateTitle", "sharedTitle", "unreviewed"])
      await person.frame.getByText(person.say(key)).first().waitFor();
    await person.start();

    assert.equal(await person.walk(), person.say("reviewTitle"));
    assert.ok(person.path.length > 15, `${person.path.length} questions`);
    assert.equal(new Set(person.path).size, person.path.length, "no question comes twice");
    await person.button("showResults").click();

    const { [person.say("doorLabel")]: door, [person.say("fitLabel")]: fit } = await person.answers("kft-spouse");
    assert.equal(door[0], person.say("door.open"));
    assert.ok(door[1].startsWith(person.law.route["kft-spouse"].door.open.split("{")[0]), "the door");
    assert.deepEqual(fit, [person.say("fit.fits"), person.say("fitText.fits")], "and the fit, apart from it");
    await person.frame.getByText(person.say("advice")).waitFor();

    const all = await person.frame.locator("body").textContent();
    assert.doesNotMatch(all, NEVER[lang]);
    assert.doesNotMatch(all, /\{\w+\}|undefined|\[object/, "every placeholder is filled");
    for (const link of await person.frame.getByRole("article").getByRole("link", { includeHidden: true }).all()) {
      assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
      assert.equal(await link.getAttribute("target"), "_blank");
    }
    assert.deepEqual(person.page.complaints, []);
  });
}

test("a shut door is said before the fit, and the fit in the past", async () => {
  const person = await shared.open();
  await person.start();
  await person.run();
  await person.button("showResults").click();
  const { "The program": door, "Your answers": fit } = await person.answers("kft-spouse");
  assert.equal(door[0], person.say("door.closed"));
  assert.match(door[1], /November 7, 2024/);
  assert.match(fit[1], /asked for/);
});

/** What has to be known before anybody is told that nothing says stop. */
const TROUBLE = ["custody", "court.state", "appointment.soon", "voluntary-departure", "orders"];

for (const [what, plan, says, more = []] of [
  ["nothing that stops", {}, "pauseClear"],
  ["something that stops", { "reentry-after-year": "yes" }, "pauseStop"],
  ["somebody held", { custody: "detained" }, "pauseStop"],
  ["a date in court", { "appointment.soon": "yes", "appointment.kind": "court" }, "pauseStop", ["appointment.kind"]],
  ["a first question answered with not sure", { crimes: "unsure" }, "pauseUnsure"],
]) {
  test(`${what}: the first part ends after every question on trouble, and says no more than it knows`, async () => {
    const person = await shared.open();
    await person.start();
    await person.run(plan, "pause");
    assert.equal(await person.here(), person.say("pauseTitle"));
    assert.deepEqual(
      [...TROUBLE, ...more].filter((fact) => !person.path.includes(fact)),
      [],
      `not asked before it; asked: ${person.path}`,
    );
    await person.frame.getByText(person.say(says)).waitFor();
    assert.equal(
      (await person.heading("stopTitle").count()) + (await person.frame.locator("details.stop").count()),
      says === "pauseStop" ? 1 : 0,
    );
    await person.back();
    assert.equal(await person.here(), person.law.fact["plan.travel"].question);
    await person.go();
    assert.ok(person.factOf(await person.here()), "the pause comes once");
  });
}

test("the bound on the questions that are left never grows while plain answers are given", async () => {
  const person = await shared.open();
  person.hurried = true;
  await person.start();
  let before = Infinity;
  for (let asked = 0; asked < 60; asked++) {
    const title = await person.here();
    const fact = person.factOf(title);
    if (title === person.say("pauseTitle")) {
      await person.go();
      continue;
    }
    if (!fact) break;
    await person.frame.getByText(new RegExp(`^At most|^${nth(person.law.fact.stays, 1)}$`)).waitFor();
    const text = await person.progress();
    if (!text) {
      await person.answer(fact, PLAIN[fact]);
      continue;
    }
    const left = text === person.say("leftOne") ? 1 : Number(text.match(/\d+/)[0]);
    assert.ok(left < before, `${fact}: ${left} after ${before}`);
    before = left;
    await person.answer(fact, PLAIN[fact]);
  }
  assert.equal(await person.here(), person.say("reviewTitle"));
});

test("a changed early answer keeps the later ones", async () => {
  const person = await shared.open();
  await person.start();
  await person.run();
  const question = person.law.fact["denied-filing"].question;
  const rows = person.frame.locator("dl");
  const before = await rows.innerText();
  await person.frame.getByRole("button", { name: `Change: ${question}`, exact: true }).click();
  assert.equal(await person.here(), question);
  assert.ok(await person.radio("no").isChecked(), "the old answer is shown");
  await person.radio("yes").check();
  await person.go();
  await person.run();
  const after = await rows.innerText();
  const changed = after.split("\n").filter((line, i) => line !== before.split("\n")[i]);
  assert.deepEqual(changed, ["Yes"], "one line differs");
});

test("the way back shows each answer as it was given, and Continue comes back to the open question", async () => {
  const person = await shared.open();
  await person.start();
  const here = await person.run({}, "court.missed-hearing");
  await person.back();
  assert.ok(await person.radio(person.law.fact["court.state"].options.none).isChecked());
  await person.back();
  assert.equal(await person.here(), person.law.fact["appointment.soon"].question);
  assert.ok(await person.radio("no").isChecked());
  await person.go();
  assert.equal(person.factOf(await person.here()), here);
});

test("the language can be changed in the middle: the place, the answers and what is just chosen stay", async () => {
  const person = await shared.open("en");
  await person.start();
  await person.run({}, "custody");
  await person.radio("unsure").check();
  await person.switchTo("es");
  assert.equal(await person.here(), person.law.fact.custody.question);
  assert.ok(await person.radio("unsure").isChecked());
  assert.equal(await person.frame.locator("html").getAttribute("lang"), "es");
  await person.go();
  await person.run({}, "entered-once");
  await person.switchTo("en");
  await person.run();
  await person.frame.getByText(person.law.fact.custody.question, { exact: true }).waitFor();
  assert.equal(await person.here(), person.say("reviewTitle"));
});

test("nothing is chosen beforehand, every question can be answered with not sure, and nothing is typed", async () => {
  const person = await shared.open();
  person.hurried = true;
  await person.start();
  for (;;) {
    const title = await person.here();
    if (title === person.say("pauseTitle")) {
      await person.go();
      continue;
    }
    const fact = person.factOf(title) ?? (title === person.say("reviewTitle") ? null : title);
    if (!fact) break;
    assert.equal(await person.frame.locator(":checked:not(option)").count(), 0, `${fact}: nothing is chosen`);
    assert.equal(await person.frame.locator("input:not([type=radio],[type=checkbox]), textarea, [contenteditable]").count(), 0, fact);
    const unsure = (await person.radio("unsure").count()) + (await person.checkbox("unsure").count());
    assert.equal(unsure, 1, `${fact}: "not sure" is offered`);
    if (fact === title) {
      await person.radio("unsure").check();
      await person.go();
    } else await person.answer(fact, "unsure");
  }
  await person.button("showResults").click();
  await person.heading("stopTitle").waitFor();
  assert.equal(await person.frame.getByText(person.say("fit.fits"), { exact: true }).count(), 0, "not sure never makes a match");
});

test("not sure says how it can be found out", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "court.state");
  await person.radio("unsure").check();
  const status = person.frame.getByRole("status").filter({ hasText: person.say("howTo") });
  assert.match(await status.innerText(), new RegExp(person.law.fact["court.state"]["find-out"].slice(0, 30)));
  await person.radio(person.law.fact["court.state"].options.none).check();
  await status.waitFor({ state: "detached" });
});

test("the stop card comes the moment it is known, before the next question, and the questions go on", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "reentry-after-year");
  assert.equal(await person.heading("stopTitle").count(), 0);
  await person.radio("yes").check();
  await person.go();
  const title = person.heading("stopTitle");
  await title.waitFor();
  assert.ok(await title.evaluate((node) => node === document.activeElement), "focus is on it");
  assert.ok(
    await title.evaluate((node) => node.compareDocumentPosition(document.querySelector(".title")) & 4),
    "it stands above the question",
  );
  for (const tell of ["lawyer-first", "do-not-file", "do-not-travel"])
    await person.frame.getByText(person.law.tells[tell]).first().waitFor();
  await person.button("stopGo").click();
  await person.run();
  await person.button("showResults").click();
  const parts = await person.frame.getByRole("heading").allInnerTexts();
  assert.ok(parts.indexOf(person.say("stopTitle")) < parts.indexOf(person.say("cardsTitle")), "reasons first, then cards");
  assert.ok(parts.indexOf(person.say("helpTitle")) < parts.indexOf(person.say("cardsTitle")), "help comes before the cards");
});

/** Every color on the cards that is more green than anything else, with the words it stands on. */
const greens = (person) =>
  person.frame.locator("article").evaluateAll((cards) => {
    for (const card of cards) card.closest("details")?.setAttribute("open", "");
    const green = (color) => {
      const [r, g, b] = color.match(/[\d.]+/g).map(Number);
      return g > Math.max(r, b) + 8;
    };
    const nodes = cards.flatMap((card) => [...card.querySelectorAll("*")]);
    const colored = nodes.filter((node) => {
      const { color, backgroundColor, borderInlineStartColor } = getComputedStyle(node);
      return [color, backgroundColor, borderInlineStartColor].some(green);
    });
    return [...new Set(colored.map((node) => node.textContent))];
  });

for (const lang of Object.keys(words)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${lang}, ${colorScheme}: under a stop no color says go, no word says match, and what to do comes before the cards`, async () => {
      const person = await shared.open(lang, { colorScheme, asOf: WHILE_OPEN });
      await person.start();
      await person.run();
      await person.button("showResults").click();
      const plain = await greens(person);
      assert.ok(plain.includes(person.say("door.open")) && plain.includes(person.say("fit.fits")), `a stop is needed for it: ${plain}`);

      await person.button("changeAnswers").click();
      const question = person.law.fact["reentry-after-year"].question;
      await person.frame.getByRole("button", { name: `${person.say("change")}: ${question}`, exact: true }).click();
      await person.radio("yes").check();
      await person.go();
      await person.run();
      await person.button("showResults").click();
      assert.deepEqual(await greens(person), []);
      const text = await person.frame.locator("body").textContent();
      assert.doesNotMatch(text, /\bmatch|coincid/i);
      for (const word of ["fit.fits", "fitText.fits"]) assert.ok(!text.includes(person.say(word)), person.say(word));
      for (const word of ["fit.stop", "fitText.stop"]) assert.ok(text.includes(person.say(word)), person.say(word));

      const order = await person.frame
        .locator("body")
        .evaluate(
          (body, parts) => parts.map((part) => body.textContent.indexOf(part)),
          [person.say("stopTitle"), person.law.tells["lawyer-first"], person.say("helpTitle"), person.say("cardsTitle")],
        );
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.ok(!order.includes(-1));
      const cards = await person.frame
        .getByRole("article")
        .filter({ has: person.heading("tier.stop") })
        .all();
      assert.ok(cards.length > 0);
      for (const card of cards) {
        const first = await card.evaluate((node) =>
          node.querySelector(".for-stop").compareDocumentPosition(node.querySelector(".badge.door")),
        );
        assert.ok(first & 4, "on a card too, the stop stands before the badges");
      }
    });
  }
}

/** The questions about harm; the rules say in their own way which number stands with which. */
const HARM = /^(abuse|victim|trafficking|urgent)\.|^parent\.harmed-or-absent$/;
const SURVIVORS = {
  "a wife": {
    "abuse.by-relative": "yes",
    "abuse.who": "spouse",
    "abuse.lived-with": "during",
    "marriage.ended": "divorced",
    "marriage.ended-on": "2026-01-02",
    "victim.crime": "yes",
    "victim.trafficking": "yes",
    "parent.status": "citizen",
  },
  "a child": { "person.birth-date": "2010-02-03", "spouse.status": "none", "person.unmarried": "yes" },
};

for (const lang of Object.keys(words)) {
  test(`${lang}: every question about harm shows a number to call, with nothing to open, and no other question does`, async () => {
    const asked = new Set();
    for (const plan of Object.values(SURVIVORS)) {
      const person = await shared.open(lang);
      person.hurried = true;
      await person.start();
      const call = person.frame.getByRole("link", { name: new RegExp(`^${person.say("call")} `) });
      for (;;) {
        const title = await person.here();
        const fact = person.factOf(title);
        if (title === person.say("reviewTitle")) break;
        if (!fact) {
          await (title === person.say("slipTitle") ? person.insist() : person.go());
          continue;
        }
        assert.equal(await call.count(), HARM.test(fact) ? 1 : 0, fact);
        if (HARM.test(fact)) {
          asked.add(fact);
          const number = fact.includes("trafficking") ? "1-888-373-7888" : "1-800-799-7233";
          assert.equal(await call.innerText(), `${person.say("call")} ${number}`, fact);
          assert.equal(await call.getAttribute("href"), `tel:${number}`);
          await person.frame
            .getByText(person.law["find-out"][fact.includes("trafficking") ? "trafficking" : "domestic-violence"])
            .waitFor();
          const { height, seen } = await call.evaluate((node) => {
            const box = node.getBoundingClientRect();
            return { height: box.height, seen: box.top >= 0 && box.bottom <= innerHeight && !node.closest("details") };
          });
          assert.ok(height >= 44 && seen, `${fact}: ${height} px high, on the first look: ${seen}`);
        }
        await person.answer(fact, { ...PLAIN, ...plan }[fact]);
      }
    }
    const all = Object.keys(laws[lang].fact).filter((fact) => HARM.test(fact));
    assert.deepEqual(
      all.filter((fact) => !asked.has(fact)),
      [],
      "each one was asked here",
    );
  });
}

for (const lang of Object.keys(words)) {
  test(`${lang}: two answers that cannot both be so are asked about at once, then on the review and with the results`, async () => {
    const person = await shared.open(lang);
    await person.start();
    const text = person.law.problem["married-before-born"];
    assert.equal(await person.run({ "marriage.date": "1980-05-05" }, "slip"), person.say("slipTitle"));
    assert.equal(person.path.at(-1), "marriage.date", "right after the answer");
    await person.frame.getByText(text).waitFor();
    const terms = person.frame.getByRole("term");
    const questions = ["marriage.date", "person.birth-date"].map((fact) => person.law.fact[fact].question);
    assert.deepEqual((await terms.allInnerTexts()).sort(), questions.sort());
    assert.match(await person.frame.locator("dl").innerText(), /1980[\s\S]*1985/, "with what was answered");
    await person.back();
    assert.equal(await person.here(), person.law.fact["marriage.date"].question, "the way back");
    await person.go();
    assert.notEqual(await person.here(), person.say("slipTitle"), "it is not asked again");
    assert.equal(await person.run(), person.say("reviewTitle"));
    await person.frame.getByText(text).waitFor();
    await person.button("showResults").click();
    await person.frame.getByText(text).waitFor();
  });
}

test("a slip can be put right from where it is asked about; or it is none, and the questions go on", async () => {
  const person = await shared.open();
  await person.start();
  // A list, and the answer of another question.
  const orders = [{ kind: "in-absentia", date: "2014-06-17", "carried-out": "no" }];
  const { fact, problem } = person.law;
  assert.equal(await person.run({ orders }, "slip"), person.say("slipTitle"));
  await person.frame.getByText(problem["absent-but-never-missed"]).waitFor();
  await person.frame
    .getByRole("button", { name: `${person.say("change")}: ${fact["court.missed-hearing"].question}`, exact: true })
    .click();
  await person.radio("yes").check();
  await person.go();
  // The answer that was changed does not fit a third one.
  assert.equal(await person.here(), person.say("slipTitle"));
  await person.frame.getByText(problem["missed-but-no-case"]).waitFor();
  await person.insist();
  const next = person.factOf(await person.here());
  assert.ok(next && !person.path.includes(next), `the next question, not ${next}`);
});

test("answers that no longer count are no slip", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({ "marriage.date": "1980-05-05" }, "slip");
  await person.insist();
  await person.run();
  const { problem } = person.law;
  await person.frame.getByText(problem["married-before-born"]).waitFor();
  await person.frame
    .getByRole("button", { name: `${person.say("change")}: ${person.law.fact["spouse.status"].question}`, exact: true })
    .first()
    .click();
  await person.radio(person.law.fact["spouse.status"].options.none).check();
  await person.go();
  assert.equal(await person.run({ "spouse.status": "none" }), person.say("reviewTitle"));
  for (const code of ["married-before-born", "never-married-but-a-wedding"])
    assert.equal(await person.frame.getByText(problem[code]).count(), 0, code);
});

test("what happened after the day that is looked at, and before today, is no slip", async () => {
  const page = await shared.page();
  // A day that the rules of today cannot know by themselves.
  await page.clock.install({ time: new Date("2028-03-01T12:00:00Z") });
  const person = await shared.visit(page, `${shared.server.origin}/?as-of=${WHILE_OPEN}`);
  await person.start();
  const stays = [{ entered: "2028-02-05", how: "without-inspection" }];
  assert.equal(await person.run({ stays }, "slip"), person.say("reviewTitle"));
});

for (const [asOf, today, [year, month, day]] of [
  [AS_OF, "2026-06-15", [2026, 11, 21]],
  ["2024-08-20", "2026-06-15", [2026, 6, 15]],
]) {
  test(`looked at ${asOf}, on ${today}: a date in the past offers nothing later, and a date that may lie ahead does`, async () => {
    const page = await shared.page({ timezoneId: "America/New_York" });
    await page.clock.install({ time: new Date(`${today}T12:00:00-04:00`) });
    const person = await shared.visit(page, `${shared.server.origin}/?as-of=${asOf}`);
    await person.start();
    await person.run({}, "person.birth-date");
    const offered = async (key) =>
      (
        await person
          .select(key)
          .locator("option")
          .evaluateAll((all) => all.map((one) => one.value))
      ).map(Number);
    const newest = async (key) => Math.max(...(await offered(key)));
    assert.equal(await newest("year"), year);
    await person.date(`${year}-${month}`);
    assert.equal(await newest("month"), month);
    assert.equal(await newest("day"), day);
    await person.date(`${year}-${month - 1}-${day}`);
    assert.ok((await newest("day")) >= 30, "an earlier month is whole");

    // What this year does not have yet is open again when the year is changed to it.
    await person.date(`${year - 1}-12-31`);
    assert.equal(await newest("month"), 12);
    await person.select("year").selectOption(String(year));
    assert.equal(await person.select("month").inputValue(), "");
    await person.date(`${year - 1}-${month}-${day + 1}`);
    await person.select("year").selectOption(String(year));
    assert.equal(await person.select("month").inputValue(), String(month));
    assert.equal(await person.select("day").inputValue(), "");

    await person.date("1985-02-03");
    await person.go();
    await person.run({ "entered-once": "no" });
    await person.frame.getByRole("button", { name: `${person.say("change")}: ${person.law.fact.stays.question}`, exact: true }).click();
    await person.button(person.law.fact.stays.add).click();
    assert.equal(await newest("year"), year, "a field of a list");
    await person.date("2020");
    await person.go();
    await person.choose("visa", person.law.fact.stays.fields.how);
    await person.go();
    await person.radio("given").check();
    assert.equal(await newest("year"), year + 10, "a permission may last");
  });
}

test("a list: add, change, remove, not sure that this is all, that is all", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({ "entered-once": "no" }, "stays");
  const law = person.law.fact.stays;
  const entries = person.frame.getByRole("listitem").filter({ has: person.frame.getByRole("button") });
  await person.radio("addFirst").check();
  await person.go();
  await person.entry(law, { entered: "2005", how: "visa", left: "2007-06", "left-how": "own-choice" });
  await person.button(law.add).click();
  await person.entry(law, { entered: "2009-03", how: "without-inspection" });
  assert.equal(await entries.count(), 2);
  assert.match(await entries.nth(0).innerText(), /2005[\s\S]*June 2007/);
  assert.match(await entries.nth(1).innerText(), new RegExp(`March 2009[\\s\\S]*${law.fields.left.still}`));

  await entries
    .nth(1)
    .getByRole("button", { name: `Change: ${nth(law, 2)}` })
    .click();
  assert.equal(await person.select("year").inputValue(), "2009");
  await person.date("2010");
  for (let field = 0; field < 3; field++) await person.go();
  assert.match(await entries.nth(1).innerText(), /2010/);

  await entries
    .nth(0)
    .getByRole("button", { name: `Remove: ${nth(law, 1)}` })
    .click();
  assert.equal(await entries.count(), 1);
  assert.match(await entries.nth(0).innerText(), new RegExp(`${nth(law, 1)}[\\s\\S]*2010`));
  await person.button("unsureAll").click();
  await person.run();
  const change = person.frame.getByRole("button", { name: `Change: ${law.question}`, exact: true });
  await change.click();
  assert.equal(await entries.count(), 1, "what was entered is still there");
  await person.button("allDone").click();
  await person.run();
  assert.match(await person.frame.locator("dl").innerText(), new RegExp(`${nth(law, 1)}\\n2010`));
});

test("where one entry is all there can be, the list is that one entry", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "entered-once");
  await person.radio("yes").check();
  await person.go();
  // The first field of the first stay, with no list around it.
  const { stays } = person.law.fact;
  assert.equal(await person.here(), stays.fields.entered.label);
  await person.entry(stays, { entered: "2009", how: "without-inspection" });
  assert.equal(person.law.fact[person.factOf(await person.here())].question, await person.here(), "the next question comes at once");
  await person.run();
  await person.frame.getByRole("button", { name: `Change: ${stays.question}`, exact: true }).click();
  await person.button(stays.add).click();
  await person.entry(stays, { entered: "2012", how: "visa" });
  await person.frame.getByText(nth(stays, 2), { exact: true }).waitFor();
});

test("a date that is not exact enough gets one yes-or-no question, and only where it matters", async () => {
  const person = await shared.open("en", { asOf: WHILE_OPEN });
  await person.start();
  const title = await person.run({ "marriage.date": "2024" });
  const question = person.say("sharper.on-or-before", { date: "June 17, 2024" });
  assert.equal(title, question);
  await person.frame.getByText(person.say("sharperTold", { value: "2024" })).waitFor();
  await person.radio("yes").check();
  await person.go();
  assert.equal(await person.run(), person.say("reviewTitle"));
  await person.frame.getByText("between January 1, 2024 and June 17, 2024").waitFor();
  await person.button("showResults").click();
  assert.equal((await person.answers("kft-spouse"))["Your answers"][0], person.say("fit.fits"));
});

test("not sure of the sharper date is an answer too, and is not asked again", async () => {
  const person = await shared.open("en", { asOf: WHILE_OPEN });
  await person.start();
  await person.run({ "marriage.date": "2024-06" });
  await person.radio("unsure").check();
  await person.go();
  assert.equal(await person.run(), person.say("reviewTitle"));
});

test("a better date can be given in the place of the sharper question", async () => {
  const person = await shared.open("en", { asOf: WHILE_OPEN });
  await person.start();
  await person.run({ "marriage.date": "2024" });
  await person.button("exact").click();
  assert.equal(await person.select("year").inputValue(), "2024");
  await person.date("2024-06-18");
  await person.go();
  assert.equal(await person.run(), person.say("reviewTitle"));
  await person.frame.getByText("June 18, 2024").waitFor();
});

test("rules that have expired say so on the first screen and with the results, and no door is known", async () => {
  for (const lang of ["en", "es"]) {
    for (const [clock, expired] of [
      ["2026-12-01", false],
      ["2029-03-01", true],
    ]) {
      const page = await shared.page();
      await page.clock.setFixedTime(new Date(`${clock}T12:00:00`));
      const person = await shared.visit(page, `${shared.server.origin}/?lang=${lang}`, lang);
      const [before] = words[lang].rulesExpired.split("{date}");
      const said = person.frame.getByText(before);
      assert.equal(await said.count(), expired ? 1 : 0, clock);
      if (!expired) continue;
      await person.start();
      await person.run();
      await person.button("showResults").click();
      await person.frame.getByRole("article").first().waitFor();
      assert.equal(await said.count(), 1);
      assert.equal(await person.frame.getByText(person.say("door.open"), { exact: true }).count(), 0);
    }
  }
});

test("the day that is looked at is said when the page sets it", async () => {
  const person = await shared.open("es");
  const note = words.es.preview.replace(
    "{date}",
    new Intl.DateTimeFormat("es", { dateStyle: "long", timeZone: "UTC" }).format(new Date(AS_OF)),
  );
  await person.frame.getByText(note).first().waitFor();
});
