// The languages: which one comes first, which others come while the start page is read, and that none is asked for after an answer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { OWN, offerPseudo, pseudo } from "./pseudo.js";
import { AS_OF, rules, together, words } from "./support.js";

const shared = together();
const ALL = Object.keys(words).filter((lang) => !pseudo.includes(lang));
const [FIRST, SECOND] = ALL;
const WIDE = { viewport: { width: 900, height: 800 } };

/** A page with the element, the addresses it has asked for, and the codes it has heard. */
async function embedded(attributes, { pseudo: more, blocked = {} } = {}) {
  const page = await shared.page(WIDE);
  page.asked = [];
  page.on("request", (request) => page.asked.push(new URL(request.url()).pathname));
  await page.addInitScript(() => {
    self.codes = [];
    addEventListener("relief-error", ({ detail }) => self.codes.push(detail.code), true);
  });
  if (more) await offerPseudo(page);
  for (const [file, answer] of Object.entries(blocked)) await page.route(`**/pkg/dist/${file}.js`, answer);
  const address = shared.server.embed("/languages", `as-of="${AS_OF}" ${attributes}`);
  page.visit = async (lang) => {
    const person = await shared.visit(page, address, lang);
    person.menu = () => person.select("language").locator("option").allTextContents();
    return person;
  };
  return page;
}

const names = (...langs) => langs.map((lang) => words[lang].name);
const filesOf = (asked) => asked.flatMap((path) => path.match(/\/dist\/(?:words|lang)\/(.+)\.js$/)?.slice(1) ?? []);
/** That a menu has come to this. */
async function offers(person, ...langs) {
  await person
    .select("language")
    .getByRole("option", { name: words[langs.at(-1)].name })
    .waitFor({ state: "attached" });
  assert.deepEqual(await person.menu(), names(...langs));
}

test("what is asked for comes first, and the start page needs nothing else; the others that the page names follow", async () => {
  const page = await embedded(`lang="${SECOND}" languages="${FIRST} ${pseudo.join(", ")} fr"`, { pseudo: true });
  const person = await page.visit(SECOND);
  await offers(person, SECOND, FIRST, ...pseudo);
  const order = page.asked.filter((path) => path.includes("/dist/")).map((path) => path.replace(/.*\/dist\/(.+)\.(?:js|wasm)$/, "$1"));
  const place = (name) => order.indexOf(name);
  const stages = [
    ["element"],
    ["hashes", "frame", `words/${SECOND}`],
    ["engine_bg", "form", "rules", `lang/${SECOND}`],
    [`more/${SECOND}`, "sources"],
    [`lang/${FIRST}`],
  ];
  for (const [at, stage] of stages.entries())
    for (const later of stages[at + 1] ?? [])
      for (const one of stage) assert.ok(place(one) >= 0 && place(one) < place(later), `${one}, ${later}: ${order}`);
  assert.deepEqual(filesOf(page.asked), [SECOND, SECOND, FIRST, FIRST, ...pseudo.flatMap((lang) => [lang, lang])]);
  assert.deepEqual(await page.evaluate(() => self.codes), []);
});

test("who names no languages offers English and Spanish, and the one that is asked for", async () => {
  const [other] = pseudo;
  const person = await (await embedded(`lang="${other}"`, { pseudo: true })).visit(other);
  await offers(person, other, "en", "es");
});

test("where one language is all there is, there is no menu", async () => {
  const person = await (await embedded(`lang="${SECOND}" languages="${SECOND}"`)).visit(SECOND);
  await person.start();
  assert.equal(await person.select("language").count(), 0);
});

test("a tag with a region finds its language, and one with another script does not", async () => {
  const [long, right] = pseudo;
  for (const [lang, found] of [
    ["es-419", "es"],
    ["ES-mx", "es"],
    ["ar", right],
    ["ar-EG", right],
    ["ar-Latn", "en"],
    [long.toLowerCase(), long],
    ["en-GB", "en"],
    ["not a tag", "en"],
  ]) {
    const person = await (await embedded(`lang="${lang}"`, { pseudo: true })).visit(found);
    await person.heading("startTitle").waitFor();
  }
});

test("with the network cut right after the first answer every language in the menu still switches, and nothing is asked for", async () => {
  const page = await embedded(`lang="${FIRST}" languages="${[...ALL, ...pseudo].join(" ")}"`, { pseudo: true });
  const person = await page.visit(FIRST);
  await offers(person, ...ALL, ...pseudo);
  await person.start();
  await person.answerScreen(rules.screens[0], { "person.in-us": "yes", "person.filled-by": "self" });
  await page.context().setOffline(true);
  const before = page.asked.length;
  for (const lang of [...ALL, ...pseudo].reverse()) {
    await person.switchTo(lang);
    await person.heading(person.titleOf("now")).waitFor();
    assert.equal(await page.frames()[1].evaluate(() => document.documentElement.lang), lang);
  }
  await person.run();
  assert.equal(await person.here(), person.say("reviewTitle"));
  assert.equal(page.asked.length, before);
});

for (const [name, begin] of [
  ["Start", (person) => person.start()],
  ["a program on the start page", (person) => person.frame.getByRole("checkbox").first().check()],
]) {
  test(`${name} ends the asking: what is on its way is dropped, and what was not asked for never is`, async () => {
    let late;
    const page = await embedded(`lang="${FIRST}" languages="${[FIRST, SECOND, ...pseudo].join(" ")}"`, {
      pseudo: true,
      blocked: { [`lang/${SECOND}`]: (route) => (late = route) },
    });
    const person = await page.visit(FIRST);
    while (!late) await page.evaluate(() => new Promise((done) => setTimeout(done)));
    await begin(person);
    await person.frame.locator("body").evaluate(() => new Promise((done) => setTimeout(done)));
    const before = page.asked.length;
    await late.continue();
    await page.evaluate((file) => import(file).then(() => 0), `/pkg/dist/lang/${SECOND}.js`);
    assert.equal(await person.select("language").count(), 0);
    assert.equal(page.asked.length, before);
    assert.deepEqual(filesOf(page.asked), [FIRST, FIRST, SECOND, SECOND]);
  });
}

test("a language that does not come takes no other one with it", async () => {
  const missing = (lang) => ({ [`lang/${lang}`]: (route) => route.abort() });
  const first = await embedded(`lang="${FIRST}"`, { blocked: missing(SECOND) });
  await (await first.visit(FIRST)).button("start").waitFor();
  await first.waitForFunction(() => self.codes.length);
  assert.deepEqual(await first.evaluate(() => self.codes), ["language"]);
  // What was asked for is not there: the next one serves.
  for (const blocked of [missing(FIRST), { [`words/${FIRST}`]: (route) => route.abort() }]) {
    const page = await embedded(`lang="${FIRST}"`, { blocked });
    const person = await page.visit(SECOND);
    await person.start();
    assert.equal(await person.here(), person.titleOf("who"));
    assert.deepEqual([...new Set(await page.evaluate(() => self.codes))], ["language"]);
  }
  const none = await embedded(`lang="${FIRST}"`, { blocked: { "lang/*": (route) => route.abort() } });
  await none.goto(shared.server.embed("/languages", `lang="${FIRST}"`));
  await none.getByText("Call the group for help.").waitFor();
  await none.waitForFunction(() => self.codes.includes("load"));
});

test("a language that browsers do not know says months, dates and countries in its own words", async () => {
  const { lang, calendar, countries } = OWN;
  const person = await (await embedded(`lang="${lang}"`, { pseudo: true })).visit(lang);
  await person.start();
  assert.equal(await person.run({ "person.birth-date": "1985-02-03", "person.birth-country": "MX" }), person.say("reviewTitle"));
  const told = await person.frame.locator("dl.rows").allInnerTexts();
  await person.change(person.titleOf("you"));
  const months = await person.select("month").locator("option").allTextContents();
  assert.deepEqual(months.slice(-12), calendar.months);
  for (const own of [`3~${calendar.months[1]}~1985`, countries.MX]) assert.ok(told.join(" ").includes(own), `${own}: ${told}`);
});

test("another language keeps the place, what is unfolded, and how far down one was", async () => {
  const person = await shared.open();
  await person.start();
  await person.run();
  await person.button("showResults").click();
  const folds = person.frame.locator(".main > details");
  const opened = [0, (await folds.count()) - 1];
  for (const i of opened) await folds.nth(i).locator("summary").first().click();
  const state = () => folds.evaluateAll((all) => all.map(({ open }) => open));
  const before = await state();
  const at = () => person.page.frames()[1].evaluate(() => scrollY);
  const far = await at();
  assert.ok(far > 0 && before.filter(Boolean).length === opened.length);
  await person.switchTo("es");
  assert.deepEqual(await state(), before);
  assert.ok(Math.abs((await at()) - far) < 400, `${far} to ${await at()}`);
  // A place of its own opens nothing.
  await person.frame.locator(".path").first().click();
  await person.frame.getByRole("article").waitFor();
  assert.equal((await state()).some(Boolean), false);
});
