// What a person takes to a lawyer on paper, and that nothing else of what was answered can be printed by accident.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { DAY, journeys, planOf, toAnswer } from "./families.js";
import { broken, together, words } from "./support.js";

const shared = together();

/** Two families that have nothing in common but the form. */
const FAMILIES = [{}, { "reentry-after-year": "yes", crimes: "felony", "spouse.status": "citizen", "victim.abuse": "yes" }];

async function answered(lang, plan) {
  const person = await shared.open(lang);
  await person.start();
  await person.run(plan);
  await person.button("showResults").click();
  return person;
}

/** What would stand on paper, and is seen. */
async function onPaper(person) {
  await person.page.emulateMedia({ media: "print" });
  const text = await person.frame.locator("body").innerText();
  await person.page.emulateMedia({ media: null });
  return text;
}

for (const lang of Object.keys(words)) {
  test(`${lang}: the page of points is the same for everybody, in two languages, and prints when it is asked to`, async () => {
    const papers = [];
    for (const plan of FAMILIES) {
      const person = await answered(lang, plan);
      assert.doesNotMatch(await onPaper(person), /\p{L}/u, "the answer is not printed by accident");
      await person.button("sheetTitle").click();
      const frame = person.page.frames()[1];
      assert.deepEqual(await frame.evaluate(broken), []);
      await frame.evaluate(() => {
        window.asked = 0;
        window.print = () => (window.asked += 1);
      });
      await person.button("print").click();
      assert.equal(await frame.evaluate(() => window.asked), 1);
      const text = await onPaper(person);
      for (const language of Object.values(words)) assert.ok(text.includes(language.dontSign), text);
      assert.ok(!text.includes(person.say("exit")) && !text.includes(person.say("wipe")), "no buttons on paper");
      papers.push(text);
    }
    assert.equal(papers[0], papers[1]);
  });

  test(`${lang}: the page of facts warns first, and says all that was answered`, async () => {
    const person = await answered(lang, FAMILIES[1]);
    await person.button("sheetTitle").click();
    await person.button("factsTitle").click();
    assert.deepEqual(await person.page.frames()[1].evaluate(broken), []);
    const text = await onPaper(person);
    const warned = text.indexOf(person.say("factsWarning"));
    assert.ok(warned >= 0 && warned < 200, text);
    assert.ok(text.includes(person.law.fact.crimes.options.felony), text);
    assert.ok(!text.includes(person.say("change")));
    await person.button("back").click();
    assert.equal(await person.here(), person.say("sheetTitle"));
    await person.button("back").click();
    assert.equal(await person.here(), person.say("resultsTitle"));
  });
}

test("a path is printed whole: what is folded is open on paper, and shut again after", async () => {
  const person = await answered("en", {});
  await person.frame.locator(".path").first().click();
  await person.frame.getByRole("article").waitFor();
  const frame = person.page.frames()[1];
  const open = () => frame.evaluate(() => [...document.querySelectorAll(".main details")].map((one) => one.open));
  const before = await open();
  await frame.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok((await open()).every(Boolean));
  const text = await onPaper(person);
  for (const part of ["gives", "steps", "fees", "rule"]) assert.ok(text.includes(person.say(part).split("{")[0]), part);
  assert.ok(!text.includes(person.say("eachAnswer")), "what is worked out on a press is not paper");
  await frame.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.deepEqual(await open(), before);
});

test("a day to look again goes into the calendar of the phone, and says nothing but “Reminder”", async () => {
  const person = await toAnswer(await shared.open("en", { asOf: DAY }), planOf(journeys["5-daca"]));
  await person.openPath("daca-renewal");
  const saved = person.page.waitForEvent("download");
  await person.frame
    .getByRole("button", { name: new RegExp(`^${person.say("keepDay")}`) })
    .first()
    .click();
  const download = await saved;
  const text = await readFile(await download.path(), "utf8");
  assert.equal(download.suggestedFilename(), "reminder.ics");
  assert.match(text, /^BEGIN:VCALENDAR\r\n[\s\S]*DTSTART;VALUE=DATE:\d{8}\r\nSUMMARY:Reminder\r\n[\s\S]*END:VCALENDAR\r\n$/);
  assert.doesNotMatch(text, /daca|immig|relief|lawyer/i);
});
