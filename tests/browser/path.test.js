// The page of one path: how its door came to stand so, each reason in three depths, what each answer would mean, and who read it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DAY, journeys, planOf, toAnswer } from "./families.js";
import { broken, PLAIN, together, words } from "./support.js";

const shared = together();

/** Somebody at the answer. */
async function answered(lang, plan, attributes = `as-of="${DAY}"`) {
  return toAnswer(await shared.visit(await shared.page(), shared.server.embed("/path", `lang="${lang}" ${attributes}`), lang), plan);
}

/** A day as a browser writes it out. */
const dayText = (lang, day) => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));

/** Opens a fold of the path by its words, the first of that name inside `where`. */
async function unfold(person, key, values, where = person.frame) {
  const text = person.say(key, values);
  const fold = where.locator("details").filter({ has: person.frame.locator("summary").getByText(text, { exact: true }) });
  await fold.first().locator("summary").first().click();
  return fold.first();
}

/** Days of the Federal Register and of the docket, from law/README.md: what stood on each, and whether a court had said so. */
const KFT = [
  ["2012-06-15", "door.not-begun", false],
  ["2024-04-22", "door.proposed", false],
  ["2024-06-18", "door.announced", false],
  ["2024-08-19", "wasOpen", false],
  ["2024-08-26", "door.filing-only", true],
  ["2024-11-07", "door.closed", true],
];

for (const lang of Object.keys(words)) {
  test(`${lang}: how a program came to stand so is a list of days, the one that holds marked, and a bar beside it for the eye alone`, async () => {
    const person = await answered(lang, PLAIN);
    await person.openPath("kft-spouse");
    assert.equal(await person.frame.locator("svg.bar rect").count(), KFT.length, "a piece for each state");
    assert.equal(await person.frame.locator("svg.bar").locator("xpath=ancestor::*[@aria-hidden='true']").count(), 1);
    const fold = await unfold(person, "newsStory");
    const items = fold.getByRole("listitem").filter({ has: person.frame.locator("strong") });
    const told = await items.evaluateAll((all) => all.map((one) => [one.innerText, one.getAttribute("aria-current")]));
    assert.equal(told.length, KFT.length);
    for (const [i, [day, key, byCourt]] of KFT.entries()) {
      const [text, current] = told[i];
      assert.ok(text.startsWith(dayText(lang, day)), `${text} begins with ${day}`);
      assert.ok(text.includes(person.say(key)), `${text} says ${key}`);
      assert.equal(text.includes(person.say("byCourt")), byCourt, text);
      assert.equal(current, i === KFT.length - 1 ? "date" : null);
    }
    assert.deepEqual(await person.page.frames()[1].evaluate(broken), []);
  });
}

test("a program that never changed has no bar and no list", async () => {
  const person = await answered("en", PLAIN);
  await person.openPath("already-citizen");
  assert.equal(await person.frame.locator("svg.bar").count(), 0);
  assert.equal(await person.frame.getByText(person.say("newsStory"), { exact: true }).count(), 0);
});

test("on an earlier day nothing of a later day stands in the list, but the next one that is known", async () => {
  const person = await answered("en", PLAIN, 'as-of="2024-08-20"');
  await person.openPath("kft-spouse");
  const fold = await unfold(person, "newsStory");
  const days = await fold.getByRole("listitem").locator("strong").allInnerTexts();
  assert.deepEqual(
    days,
    KFT.slice(0, 5).map(([day]) => dayText("en", day)),
  );
  assert.equal(await fold.locator("[aria-current] strong").innerText(), dayText("en", "2024-08-19"));
});

test("a reason says what it comes to, then the rule and the answers that it looks at, then where it stands and when it was read", async () => {
  const person = await answered("en", planOf(journeys["1-spouse2009"]));
  await person.openPath("kft-spouse");
  const reasons = await unfold(person, "reasons");
  const reason = reasons
    .getByRole("listitem")
    .filter({ hasText: person.law.route["kft-spouse"].criterion["married-by"].met.replace("{date}", dayText("en", "2024-06-17")) })
    .first();
  await reason.locator("summary").click();
  const text = await reason.innerText();
  assert.ok(text.includes(person.say("ruleSince", { date: dayText("en", "2024-06-18") })), text);
  assert.ok(text.includes(person.law.fact["marriage.date"].question), "the question that it looks at");
  assert.match(text, /2015/, "with the answer that was given");
  assert.match(text, /89 FR 67459/, "with its citation");
  assert.ok(text.includes(person.say("readOn", { date: dayText("en", "2026-11-21") })), "and the day on which somebody read it");
  assert.ok(await reason.getByRole("link", { name: /89 FR 67459/ }).count());
});

test("what each answer would mean is what the path says once it is given", async () => {
  const person = await answered("en", planOf(journeys["1-spouse2009"]));
  const fact = "hardship.spouse-or-parent";
  await person.openPath("cancellation");
  const asked = person.frame.getByRole("listitem").filter({ has: person.frame.getByText(person.law.fact[fact].question, { exact: true }) });
  const fold = await unfold(person, "eachAnswer", {}, asked.first());
  await fold.getByRole("listitem").first().waitFor();
  const promised = await fold.getByRole("listitem").allInnerTexts();
  assert.deepEqual(
    promised.map((text) => text.split(":")[0]),
    [person.say("yes"), person.say("no")],
  );
  await asked
    .first()
    .getByRole("button", { name: new RegExp(`^${person.say("answerNow")}`) })
    .click();
  await person.frame.getByRole("radio", { name: person.say("yes"), exact: true }).click();
  await person.go();
  const badge = await person.frame.locator(".badge.fit").innerText();
  assert.equal(promised[0], `${person.say("yes")}: ${badge}.`);
  assert.notEqual(promised[0].split(": ")[1], promised[1].split(": ")[1], "the two differ");
});

test("fees have the day of their amounts, and whoever checked the rules is named on the path", async () => {
  const person = await answered("en", PLAIN, `as-of="${DAY}" reviewed-by="Example Law Clinic"`);
  await person.openPath("daca-renewal");
  const text = await person.frame.getByRole("article").evaluate((node) => node.textContent);
  assert.ok(text.includes(person.say("fees", { date: dayText("en", DAY) })), "fees as of the day");
  assert.ok(text.includes(person.say("reviewedBy", { name: "Example Law Clinic" })));
  assert.ok(!text.includes(person.say("cardReview")));
});

test("the last day of a step on a path is the one that the plan of the week names, and no day of the door", async () => {
  const person = await answered("en", planOf(journeys["5-daca"]));
  const week = await person.frame.locator(".week").innerText();
  const [day] = week.match(/[A-Z][a-z]+ \d+, \d{4}/) ?? [];
  assert.ok(day, `the plan names a day: ${week}`);
  await person.openPath("daca-renewal");
  const steps = await person.frame.getByRole("article").evaluate((node) => node.textContent);
  assert.ok(steps.includes(person.law.step["ask-lawyer-before"].replace("{date}", day)), steps);
});
