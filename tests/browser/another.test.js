// Another person of the family is looked at next: what is the same for both comes along, and nothing else does.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { DAY, planOf, toAnswer, toReview } from "./families.js";
import { broken, rules, together, words } from "./support.js";

const shared = together();

const PLAN = planOf({
  answers: {
    "person.birth-date": "1985-02-03",
    "person.countries": "HN",
    "person.birth-country": "HN",
    "parent.status": "permanent-resident",
    "victim.crime": "yes",
    "private-list": "any",
    "spouse.status": "none",
    stays: [{ entered: "2014-03", how: "without-inspection" }],
  },
});

/** A family at the answer, on a page that names its group. */
async function answered(lang) {
  const address = shared.server.embed("/group", `lang="${lang}" as-of="${DAY}" help-name="Centro, Legal" help-phone="(555) 123-4567"`);
  return toAnswer(await shared.visit(await shared.page(), address, lang), PLAN);
}

for (const lang of Object.keys(words)) {
  test(`${lang}: what is the same for another person comes along, and nothing else`, async () => {
    const person = await answered(lang);
    await person.button("another").click();
    assert.deepEqual(await person.page.frames()[1].evaluate(broken), []);
    const boxes = person.frame.getByRole("checkbox");
    assert.equal(await boxes.count(), rules.same.length);
    for (const box of await boxes.all()) assert.equal(await box.isChecked(), false, "nothing is chosen beforehand");
    await person.frame.getByRole("checkbox", { name: person.law.same.country }).check();
    await person.button("start").click();
    const asked = [];
    const other = { ...PLAN, "victim.crime": "no", "private-list": "none", "person.birth-date": "2001-01-01", "parent.status": "other" };
    person.path = asked;
    await toReview(person, other);
    assert.ok(!asked.includes("person.countries"), "what came along is not asked again");
    assert.ok(asked.includes("parent.status"), "what was not chosen is");
    const told = await person.frame.locator(".main").innerText();
    assert.match(told, /Honduras/, "it stands among the answers");
    assert.ok(!told.includes("1985"), "nothing of the first person does");
    assert.deepEqual(person.page.complaints, []);
  });
}

test("who goes back from there finds the answer, and after going on nothing of the first person", async () => {
  const person = await answered("en");
  await person.button("another").click();
  await person.button("back").click();
  assert.equal(await person.here(), person.say("resultsTitle"));
  await person.button("another").click();
  await person.button("start").click();
  await person.page.waitForTimeout(300);
  await person.button("back").click();
  assert.equal(await person.here(), person.say("startTitle"));
  const kept = await person.frame.locator(".main").innerText();
  assert.ok(!kept.includes(person.say("resultsTitle")));
});

test("what is just chosen on a question is not chosen for another person, and waits", async () => {
  const person = await shared.open("en", { asOf: DAY });
  await person.start();
  await person.run(PLAN, "victim.crime");
  await person.checkbox("none").check();
  await person.button("soFarKnown").click();
  await person.button("another").click();
  const boxes = person.frame.getByRole("checkbox");
  for (const box of await boxes.all()) assert.equal(await box.isChecked(), false);
  await boxes.last().check();
  await person.switchTo("es");
  assert.ok(await boxes.last().isChecked(), "what is chosen stays in another language");
  await person.switchTo("en");
  await person.button("back").click();
  await person.button("tracesTitle").click();
  await person.button("toAnswer").click();
  await person.button("goOn").click();
  assert.ok(await person.checkbox("none").isChecked());
});

test("the group's number goes into the contacts of the phone, with its name and nothing else", async () => {
  const person = await answered("en");
  await person.button("sheetTitle").click();
  const saved = person.page.waitForEvent("download");
  await person.button("contact").click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), "contact.vcf");
  const text = await readFile(await download.path(), "utf8");
  assert.deepEqual(text.trim().split("\r\n"), [
    "BEGIN:VCARD",
    "VERSION:3.0",
    "N:;Centro\\, Legal;;;",
    "FN:Centro\\, Legal",
    "TEL:5551234567",
    "END:VCARD",
  ]);
});

test("where the page names no number there is none to keep", async () => {
  const person = await toAnswer(await shared.open("en", { asOf: DAY }), PLAN);
  await person.button("sheetTitle").click();
  assert.equal(await person.button("contact").count(), 0);
});

test("nothing of harm, crimes or orders can come along", () => {
  const privately = rules.screens.filter(({ ratherNot }) => ratherNot).map(({ part }) => part);
  const harm = rules.screens.filter(({ part, ratherNot }) => ratherNot || part === "harm");
  assert.ok(privately.length > 3);
  const facts = harm.flatMap(({ ask = [], boxes = [] }) => [
    ...ask,
    ...boxes.flatMap(({ sets = {}, choose }) => [...Object.keys(sets), ...(choose ? [choose[0]] : [])]),
  ]);
  const lists = rules.screens.flatMap(({ entries }) => (entries ? [entries.list] : []));
  for (const { id, facts: along } of rules.same) {
    for (const fact of along) assert.ok(!facts.includes(fact) && !lists.includes(fact), `${id}: ${fact}`);
  }
});
