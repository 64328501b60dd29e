// Whole ways through the questions, in each language, by what a person sees and hears.

import assert from "node:assert/strict";
import { test } from "node:test";

import { AS_OF, laws, PLAIN, rules, together, WHILE_OPEN, words } from "./support.js";

const shared = together();

/** The lines of a screen by their ids, as `line` wants them. */
const linesOf = (id) => {
  const screen = rules.screens.find((one) => one.id === id);
  return Object.fromEntries(screen.boxes.map((line) => [line.id, [screen, line]]));
};

/** The facts that a line stands for. */
const factsOf = ({ sets = {}, choose }) => [...Object.keys(sets), ...(choose ? [choose[0]] : [])];

/** Somebody with something to tell on most screens. */
const MANY = {
  custody: "check-ins",
  "court.state": "open",
  "entered-once": "no",
  stays: [
    { entered: "2005", how: "visa", "allowed-until": "2006", left: "2007-06", "left-how": "own-choice" },
    { entered: "2009-03", how: "without-inspection" },
  ],
  "border-contacts": [{ what: "turned-back", date: "2009-02" }],
  "child.status": ["citizen-under-21"],
  "child.birth-dates": [{ born: "2016-04-10", status: "citizen" }],
  "asylum.filed": "yes",
  "asylum.filed-on": "2020-01-02",
  pending: ["asylum"],
  "victim.crime": "yes",
};

/** Not sure of anything but of whom the questions are about. */
const UNSURE_OF_ALL = {
  ...Object.fromEntries(rules.questions.map(({ fact }) => [fact, "unsure"])),
  "person.in-us": "yes",
  "person.filled-by": "self",
};

/** A year alone says of its month that nobody knows it, and where the month can matter by now it reads so. */
const isGiven = (chosen) => !/: 0$/.test(chosen);

/** Promises that no screen may make. */
const NEVER = {
  en: /you (are|may be) eligible|you qualify|guarantee|amnesty|\bsafe(ly)?\b/i,
  es: /usted (es|puede ser) elegible|usted califica|garantiz|amnistía|está a salvo/i,
};

for (const lang of Object.keys(words)) {
  test(`${lang}: from the start to the results`, async () => {
    const person = await shared.open(lang, { asOf: WHILE_OPEN });
    assert.equal(await person.page.title(), "Questions");
    for (const key of ["adviceTitle", "privateTitle", "startMinutes", "unreviewed"])
      await person.frame.getByText(person.say(key)).first().waitFor();
    for (const [fold, ...inside] of [
      ["leaveTitle", "leave", "sharedTitle", "shared"],
      ["limitsTitle", "limits", "advice"],
    ]) {
      await person.frame.locator("summary", { hasText: person.say(fold) }).click();
      for (const key of inside) await person.frame.locator("details[open]").getByText(person.say(key)).first().waitFor();
    }
    await person.start();

    assert.equal(await person.walk(), person.say("reviewTitle"));
    assert.ok(person.path.length > 15, `${person.path.length} questions`);
    assert.equal(new Set(person.screens).size, person.screens.length, "no screen comes twice");
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

/** Every line that cannot wait, with the screen it stands on. */
const URGENT = rules.screens.flatMap((screen) =>
  (screen.boxes ?? []).filter(({ id }) => laws.en.screen[screen.id].now?.[id]).map((line) => ({ screen, line })),
);
/** What somebody says with whom such a line is true. */
const SAYS = {
  held: { custody: "detained" },
  "check-ins": { custody: "check-ins" },
  court: { "appointment.soon": "yes", "appointment.kind": "court" },
  visit: { "appointment.soon": "yes", "appointment.kind": "agency" },
  trip: { "appointment.soon": "yes", "appointment.kind": "trip", "plan.travel": "yes" },
  "last-day": { "voluntary-departure": [{ granted: "2026-11", until: "2026-12-20" }] },
  hurt: { "urgent.harm-at-home": "yes" },
};

test("what cannot wait is asked on the first two screens", () => {
  assert.deepEqual(URGENT.map(({ line }) => line.id).sort(), Object.keys(SAYS).sort());
  for (const { screen } of URGENT) assert.ok(rules.screens.indexOf(screen) < 2, screen.id);
});

for (const lang of Object.keys(words)) {
  test(`${lang}: what is urgent comes at once: what to do, somebody to reach, and one may go on`, async () => {
    const address = shared.server.embed("/urgent", `as-of="${AS_OF}" lang="${lang}" height="full" help-phone="555-010-2000"`);
    for (const { screen, line } of URGENT) {
      const person = await shared.visit(await shared.page(), address, lang);
      person.hurried = true;
      await person.start();
      const title = await person.run(SAYS[line.id], "urgent");
      assert.equal(person.screens.at(-1), screen.id, `${line.id}: nothing comes between`);
      assert.ok(person.screens.length <= 2, `${line.id}: ${person.screens}`);
      const isStop = title === person.say("stopTitle");
      assert.ok(isStop || title === person.say("soon"), title);
      assert.ok(await person.heading(title).evaluate((node) => node === document.activeElement), "focus is on it");
      const main = person.frame.locator(".main");
      const text = await main.innerText();
      const now = person.law.screen[screen.id].now[line.id];
      assert.ok(text.includes(now), line.id);
      const links = main.getByRole("link");
      const numbers = await links.evaluateAll((all) => all.map((one) => [one.protocol, one.pathname, one.getBoundingClientRect().height]));
      // Who answers such a line the rules know; for what they do not know, the group that shows the page does.
      const phone = line.id === "hurt" ? "18007997233" : "5550102000";
      assert.ok(
        numbers.some(([protocol, number, high]) => protocol === "tel:" && number === phone && high >= 44),
        `${line.id}: a number to call: ${numbers}`,
      );
      await main.getByText(person.say("help")).waitFor();
      const order = [now, person.say("helpTitle"), person.say("goOn")].map((part) => text.indexOf(part));
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        "what to do, then help, then the way on",
      );
      await person.press(person.button("goOn"));
      const next = await person.here();
      assert.ok(person.at(next).screen || person.at(next).fact, `${line.id}: a question comes after it, not ${next}`);
      await person.back();
      assert.equal(await person.here(), person.titleOf(screen.id), "the way back does not say it twice");
      assert.ok(await person.line(screen, line).isChecked(), `${line.id} is still ticked`);
      await person.page.context().close();
    }
  });
}

test("nothing urgent, no stop: no screen comes between", async () => {
  const person = await shared.open();
  await person.start();
  assert.equal(await person.run({}, "urgent"), person.say("reviewTitle"));
  assert.equal(await person.frame.getByText(person.say("stopTitle")).count(), 0);
});

for (const lang of Object.keys(words)) {
  test(`${lang}: on every question stands which part of how many it is, which only grows`, async () => {
    const person = await shared.open(lang);
    await person.start();
    const seen = [];
    await person.each({ "entered-once": "no", ...MANY }, async () => {
      if (!person.at(await person.here()).screen && !person.factOf(await person.here())) return;
      const [part, all] = (await person.progress()).match(/\d+/g).map(Number);
      const say = person.say("part", { n: part, all });
      assert.ok((await person.progress()).startsWith(`${say} · ${person.law.part[rules.parts[part - 1]]}`), await person.progress());
      assert.equal(all, rules.parts.length);
      assert.ok(part >= (seen.at(-1) ?? 1), `part ${part} after ${seen.at(-1)}`);
      assert.equal(await person.frame.getByText(/at most|como máximo|\d+ (more|left|más)/i).count(), 0);
      seen.push(part);
    });
    assert.deepEqual([...new Set(seen)], [1, 2, 3, 4, 5, 6]);
  });
}

for (const [who, by] of [
  ["oneself", "self"],
  ["somebody else", "other"],
]) {
  test(`who answers for ${who} reads on every later screen for whom`, async () => {
    const person = await shared.open();
    await person.start();
    await person.run({ "person.filled-by": by }, "custody");
    for (const until of ["orders", "stays", "spouse.status", "abuse.by-relative"]) {
      await person.run({}, until);
      const says = await person.progress();
      assert.equal(says.endsWith(person.say(by === "self" ? "forSelf" : "forOther")), true, `${until}: ${says}`);
    }
  });
}

test("after the urgent screens what is known so far is one press away, and one goes on where one was", async () => {
  const person = await shared.open();
  await person.start();
  let offered = 0;
  await person.each({}, async () => {
    const link = person.button("soFarKnown");
    if (!(await link.count())) {
      assert.equal(offered, 0, `once it is offered it stays: ${await person.here()}`);
      return;
    }
    offered += 1;
    const here = await person.here();
    if (offered % 3 !== 1) return;
    await person.press(link);
    assert.equal(await person.here(), person.say("resultsTitle"));
    assert.ok(await person.frame.locator(".paths, .notice, .stop").count(), "something is known");
    await person.press(person.button("goOn"));
    assert.equal(await person.here(), here, "where one was");
  });
  assert.ok(offered > 5, `${offered} times`);
});

test("what was just ticked is still ticked after a look at what is known so far, and the way back leads on", async () => {
  const person = await shared.open();
  await person.start();
  let before = "";
  await person.each({}, null, async () => (before = await person.here()), "spouse.status");
  const { spouse, sibling } = linesOf("family");
  await person.tick(person.line(...spouse));
  await person.choose("citizen", person.law.fact["spouse.status"]);
  await person.tick(person.line(...sibling));
  const chosen = await person.chosen();
  assert.equal(chosen.length, 3);
  await person.button("soFarKnown").click();
  await person.button("goOn").click();
  assert.equal(await person.here(), person.titleOf("family"));
  assert.deepEqual(await person.chosen(), chosen);
  await person.back();
  assert.equal(await person.here(), before, "the screen before, not what was looked at");
});

test("a changed early answer keeps the later ones", async () => {
  const person = await shared.open();
  await person.start();
  await person.run();
  const rows = person.frame.locator("dl");
  const before = (await rows.allInnerTexts()).join("\n").split("\n");
  await person.change(person.titleOf("sent"));
  assert.equal(await person.here(), person.titleOf("sent"));
  assert.ok(await person.checkbox("none").isChecked(), "the old answer is shown");
  const { denied } = linesOf("sent");
  await person.line(...denied).check();
  assert.ok(!(await person.checkbox("none").isChecked()), "nothing and something do not go together");
  await person.go();
  assert.equal(await person.here(), person.say("reviewTitle"), "one tap away and back");
  const after = (await rows.allInnerTexts()).join("\n").split("\n");
  const changed = after.filter((line, i) => line !== before[i]);
  assert.deepEqual(changed, [person.law.screen.sent.boxes.denied], "one line differs");
  assert.equal(await person.told(person.titleOf("sent")), person.law.screen.sent.boxes.denied);
});

for (const lang of Object.keys(words)) {
  test(`${lang}: the review goes part by part, what is not sure stands first, and each answer is one tap away and back`, async () => {
    const person = await shared.open(lang);
    await person.start();
    await person.run({ ...MANY, "victim.crime": "unsure", "asylum.filed-on": "unsure" });
    assert.equal(await person.here(), person.say("reviewTitle"));
    const heads = await person.frame.locator("section.part").getByRole("heading").allInnerTexts();
    assert.deepEqual(heads, [person.say("notSureTitle"), ...rules.parts.map((part) => person.law.part[part])]);
    const notSure = await person.frame.locator("section.part").first().getByRole("term").allInnerTexts();
    for (const fact of ["victim.crime", "asylum.filed-on"]) assert.ok(notSure.includes(person.law.fact[fact].question), fact);
    const changes = person.frame.getByRole("button", { name: new RegExp(`^${person.say("change")}: `) });
    const names = await changes.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    assert.ok(names.length > 12, `${names.length} rows`);
    const review = await person.frame.locator(".main").innerText();
    for (const [i, name] of names.entries()) {
      await person.press(changes.nth(i));
      assert.notEqual(await person.here(), person.say("reviewTitle"), name);
      await person.back();
      assert.equal(await person.here(), person.say("reviewTitle"), `back from ${name}`);
    }
    assert.equal(await person.frame.locator(".main").innerText(), review, "to look changes nothing");
  });
}

for (const lang of Object.keys(words)) {
  test(`${lang}: the way back shows each answer as it was given, skips none, and Continue leads forward again`, async () => {
    const person = await shared.open(lang);
    await person.start();
    const passed = [];
    await person.each({ ...MANY, crimes: ["dui"], "crimes.outcome": [{ kind: "dui", outcome: "convicted" }] }, null, async () => {
      passed.push({ title: await person.here(), chosen: await person.chosen() });
    });
    assert.equal(await person.here(), person.say("reviewTitle"));
    assert.ok(passed.length > 18, `${passed.length} screens`);
    const between = [person.say("stopTitle"), person.say("soon"), person.say("slipTitle")];
    const screens = passed.filter(({ title }) => !between.includes(title));
    for (const { title, chosen } of screens.toReversed()) {
      await person.back();
      assert.equal(await person.here(), title, "the screen before");
      assert.deepEqual((await person.chosen()).filter(isGiven), chosen.filter(isGiven), title);
    }
    await person.back();
    assert.equal(await person.here(), person.say("startTitle"));
    await person.press(person.button("goOn"));
    // What was answered is not asked again.
    assert.equal(await person.here(), person.say("reviewTitle"));
  });
}

test("who goes back in the middle comes forward again through the open question", async () => {
  const person = await shared.open();
  await person.start();
  const passed = [];
  await person.each({}, null, async () => passed.push(await person.here()), "spouse.status");
  const open = await person.here();
  for (const title of passed.slice(-3).toReversed()) {
    await person.back();
    assert.equal(await person.here(), title);
    assert.ok((await person.chosen()).length > 0, "with its answer");
  }
  await person.go();
  assert.equal(await person.here(), open);
});

test("the way back drops no entry that was begun", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "stays");
  const { stays } = person.law.fact;
  const { entries } = rules.screens.find(({ id }) => id === "coming");
  const second = new RegExp(stays.entry.replace("{n}", "2"));
  const onward = async () => {
    const once = entries.once && person.group(person.law.fact[entries.once].question);
    if (once && (await once.count())) {
      await person.tick(person.radio("no", once));
      await person.go();
    } else await person.press(person.button(stays.add));
  };
  const first = { entered: "2009-03", how: "without-inspection" };
  await person.step(entries, stays, first);
  const told = await person.chosen();
  await onward();
  assert.match(await person.here(), second);
  await person.step(entries, stays, { entered: "2004", how: "without-inspection" });
  const toldLater = await person.chosen();
  await person.go();
  assert.equal(await person.here(), person.say("stopTitle"), "a further entry is one screen");
  await person.press(person.button("goOn"));
  // Through both entries back, and forward again: each is there as it was told.
  await person.back();
  assert.deepEqual((await person.chosen()).filter(isGiven), toldLater.filter(isGiven));
  await person.back();
  for (const one of told.filter(isGiven)) assert.ok((await person.chosen()).includes(one), one);
  await onward();
  const list = await person.frame.locator(".main").innerText();
  assert.match(list, /2009[\s\S]*2004/, "both are there");
});

test("the language can be changed in the middle: the place, the answers and what is just chosen stay", async () => {
  const person = await shared.open("en");
  await person.start();
  const switched = async (lang, titleNow) => {
    const before = await person.frame.locator(".main :checked:not(option), .main select").evaluateAll((all) => all.map((one) => one.value));
    const places = () =>
      person.frame.locator(".main input, .main select").evaluateAll((all) => all.map((one) => (one.checked ?? false) || one.value));
    const at = await places();
    await person.switchTo(lang);
    assert.equal(await person.here(), titleNow());
    assert.equal(await person.frame.locator("html").getAttribute("lang"), lang);
    assert.deepEqual(await places(), at, "the same lines are ticked, the same dates chosen");
    assert.ok(before.length > 0, "something was chosen");
  };
  // Lines, and what is chosen under one.
  await person.run({}, "orders");
  const { court, missed } = linesOf("trouble");
  await person.line(...court).check();
  await person.choose("ended", person.law.fact["court.state"]);
  await person.line(...missed).check();
  await switched("es", () => person.titleOf("trouble"));
  await person.go();
  // An entry that is half told: a date, a choice in two steps, and a date under it.
  await person.run({ "court.state": "ended", "court.missed-hearing": "yes" }, "stays");
  const field = (id) => person.group(person.law.fact.stays.fields[id].label);
  await person.date("2009", field("entered"));
  await person.tick(person.radio(person.law.screen.coming.ways.gate));
  await person.choose("visa", person.law.fact.stays.fields.how);
  await person.tick(person.radio("given", field("allowed-until")));
  await person.select("year", field("allowed-until")).selectOption("2010");
  await switched("en", () => person.titleOf("coming"));
  await switched("es", () => person.titleOf("coming"));
  // One by one.
  await person.run({ "entered-once": "yes", stays: [{ entered: "2009-03", how: "visa", "allowed-until": "2010" }] }, "abuse.by-relative");
  const { afraid, crime } = linesOf("harm");
  await person.line(...crime).check();
  await person.checkbox("unsureOne").check();
  await switched("en", () => person.titleOf("harm"));
  await person.go();
  assert.equal(await person.here(), person.say("singlyTitle"));
  await person.radio("yes", person.group(person.law.screen.harm.boxes.afraid)).check();
  await switched("es", () => person.say("singlyTitle"));
  assert.ok(afraid);
  await person.switchTo("en");
  for (const name of await person.frame.locator(".three").all()) {
    if (!(await name.locator(":checked").count())) await person.radio("no", name).check();
  }
  await person.go();
  await person.run();
  assert.equal(await person.here(), person.say("reviewTitle"));
  assert.match(await person.told(person.titleOf("trouble")), new RegExp(person.law.screen.trouble.boxes.missed));
  const harm = await person.told(person.titleOf("harm"));
  for (const id of ["crime", "afraid"]) assert.ok(harm.includes(person.law.screen.harm.boxes[id]), harm);
});

test("nothing is chosen beforehand, a screen left untouched is not passed, every question can be answered with not sure, and nothing is typed", async () => {
  const person = await shared.open();
  await person.start();
  let screens = 0;
  await person.each(UNSURE_OF_ALL, async () => {
    const title = await person.here();
    screens += 1;
    // What was said to be not sure before it is not one by one again; those who are sure of a line keep it.
    assert.equal(await person.frame.locator(".main input:checked").count(), 0, `${title}: nothing is chosen`);
    assert.equal(await person.frame.locator("input:not([type=radio],[type=checkbox]), textarea, [contenteditable]").count(), 0, title);
    const groups = person.frame.locator("fieldset:not(:has(fieldset))");
    const alone = (await groups.count()) ? await groups.all() : [person.frame.locator(".main")];
    for (const group of alone) {
      const ways = (await person.notSure(group).count()) + (await person.checkbox("unsureOne", group).count());
      assert.ok(ways > 0, `${title}: "not sure" is offered: ${await group.innerText()}`);
    }
    await person.go();
    const error = person.frame.getByRole("alert");
    await error.waitFor();
    assert.ok(await error.evaluate((node) => node === document.activeElement), "what is missing has focus");
    assert.equal(await person.here(), title, "not passed");
  });
  assert.ok(screens > 15, `${screens}`);
  assert.equal(await person.here(), person.say("reviewTitle"));
  await person.button("showResults").click();
  await person.heading("stopTitle").waitFor();
  await person.everything();
  assert.equal(await person.frame.getByText(person.say("fit.fits")).count(), 0, "not sure never makes a fit");
});

test("who would rather not say is not asked one by one, and it counts as not sure", async () => {
  for (const id of ["list", "police", "harm"]) {
    const person = await shared.open();
    await person.start();
    const screen = rules.screens.find((one) => one.id === id);
    const [fact] = factsOf(screen.boxes[0]);
    await person.run({}, fact);
    const asked = (await person.factsHere()).filter((one) => screen.boxes.flatMap(factsOf).includes(one));
    assert.ok(asked.length > 0);
    await person.checkbox("ratherNot").check();
    await person.go();
    assert.notEqual(await person.here(), person.say("singlyTitle"), id);
    await person.run();
    const unsure = await person.frame.locator(".not-sure").getByRole("term").allInnerTexts();
    for (const one of asked) assert.ok(unsure.includes(person.law.fact[one].question), `${id}: ${one}`);
  }
});

test("not sure says how it can be found out", async () => {
  const person = await shared.open();
  await person.start();
  const status = person.frame.getByRole("status").filter({ hasText: person.say("howTo") });
  // A question among others, and one by itself.
  for (const [until, plan] of [
    ["marriage.date", {}],
    ["court.missed-why", { "court.missed-hearing": "yes", "court.state": "ended" }],
  ]) {
    await person.run(plan, until);
    const group = person.group(person.law.fact[until].question);
    await person.notSure(group).check();
    const { "find-out": own } = person.law.fact[until];
    const told = own ?? person.law["find-out"][rules.questions.find(({ fact }) => fact === until).findOut];
    assert.ok((await status.innerText()).includes(told), until);
    await (until === "marriage.date" ? person.date("2015", group) : person.choose("no-notice", person.law.fact[until], group));
    await status.waitFor({ state: "detached" });
    await person.button("wipe").click();
    await person.button("wipeYes").click();
    await person.start();
  }
});

test("a stop is said the first time as a screen of its own, before the next question, and stays as a line above", async () => {
  const person = await shared.open();
  await person.start();
  const line = person.frame.locator("details.stop");
  await person.run({}, "reentry-after-year");
  assert.equal(await person.heading("stopTitle").count(), 0);
  assert.equal(await line.count(), 0);
  const { "came-back": cameBack } = linesOf("trouble");
  await person.line(...cameBack).check();
  await person.go();
  assert.equal(await person.here(), person.say("stopTitle"), "before the next question");
  assert.ok(await person.heading("stopTitle").evaluate((node) => node === document.activeElement), "focus is on it");
  for (const tell of ["do-not-file", "do-not-travel"]) await person.frame.getByText(person.law.tells[tell]).first().waitFor();
  assert.equal(await person.frame.getByText(person.law.tells["lawyer-first"]).count(), 0, "the title says it");
  assert.equal(await person.frame.locator(".main :is(input, select)").count(), 0, "no question stands beside it");
  await person.heading("helpTitle").waitFor();
  await person.button("goOn").click();

  // Above every later question, folded, and never a screen of its own again: not by a second reason either.
  let questions = 0;
  await person.each({ "private-list": "any" }, async () => {
    questions += 1;
    const title = await person.here();
    assert.notEqual(title, person.say("stopTitle"));
    assert.equal(await line.count(), 1, title);
    const { open, above } = await line.evaluate((node) => ({
      open: node.open,
      above: (node.compareDocumentPosition(document.querySelector(".title")) & 4) > 0,
    }));
    assert.deepEqual([open, above], [false, true], title);
    assert.equal(await line.locator("summary").first().innerText(), person.say("stopTitle"));
  });
  assert.ok(questions > 8, `${questions}`);
  assert.equal(person.between, 0, "it is said once");
  await line.locator("summary").first().click();
  await line.getByText(person.law.tells["lawyer-first"]).waitFor();
  assert.ok((await line.locator(".reasons > li").count()) > 1, "both reasons stand in it");
  await person.button("showResults").click();
  const parts = await person.frame.getByRole("heading").allInnerTexts();
  assert.equal(parts[1], person.say("stopTitle"), "before anything else");
  assert.ok(parts.includes(person.say("helpTitle")));
});

/** Every color on the page that is more green than anything else, with the words it stands on. */
const greens = (person) =>
  person.frame.locator(".main").evaluate((main) => {
    for (const fold of main.querySelectorAll("details")) fold.open = true;
    const green = (color) => {
      const [r, g, b] = color.match(/[\d.]+/g).map(Number);
      return g > Math.max(r, b) + 8;
    };
    const colored = [...main.querySelectorAll("*")].filter((node) => {
      const { color, backgroundColor, borderInlineStartColor } = getComputedStyle(node);
      return [color, backgroundColor, borderInlineStartColor].some(green);
    });
    return [...new Set(colored.map((node) => node.textContent))];
  });

/** The answer, the list of everything, and the page of each path, one after the other. */
async function everyPage(person, look) {
  await look("the answer");
  await person.everything();
  await look("everything");
  const paths = person.frame.locator(".path");
  const count = await paths.count();
  assert.equal(count, Object.keys(person.law.route).length);
  for (let at = 0; at < count; at++) {
    const name = await paths.nth(at).innerText();
    await paths.nth(at).click();
    assert.equal(await person.here(), name);
    await look(name);
    await person.button("toAnswer").click();
    await person.heading("everythingTitle").waitFor();
  }
}

for (const lang of Object.keys(words)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${lang}, ${colorScheme}: no color says go, and under a stop no word does; what to leave comes before every path`, async () => {
      const person = await shared.open(lang, { colorScheme, asOf: WHILE_OPEN });
      await person.start();
      await person.run();
      await person.button("showResults").click();
      const { [person.say("fitLabel")]: fit } = await person.answers("kft-spouse");
      assert.deepEqual(fit, [person.say("fit.fits"), person.say("fitText.fits")], "a stop is needed for it");
      assert.deepEqual(await greens(person), []);
      await person.frame
        .locator(".badge")
        .first()
        .evaluate((node) => node.style.setProperty("color", "rgb(17, 96, 47)"));
      assert.equal((await greens(person)).length, 1, "a green one would be found");
      await person.button("toAnswer").click();

      await person.button("changeAnswers").click();
      await person.change(person.titleOf("trouble"));
      await person.line(...linesOf("trouble")["came-back"]).check();
      await person.go();
      await person.run();
      await person.button("showResults").click();
      const order = await person.frame
        .locator(".main")
        .evaluate(
          (main, parts) => parts.map((part) => main.textContent.indexOf(part)),
          [person.say("stopTitle"), person.law.tells["do-not-file"], person.say("helpTitle"), person.say("notDecision")],
        );
      assert.deepEqual([order.toSorted((a, b) => a - b), order.includes(-1)], [order, false]);

      let stopped = 0;
      await everyPage(person, async (name) => {
        assert.deepEqual(await greens(person), [], name);
        const text = await person.frame.locator("body").textContent();
        assert.doesNotMatch(text, /\bmatch|coincid/i, name);
        for (const word of ["fit.fits", "fitText.fits"]) assert.ok(!text.includes(person.say(word)), `${name}: ${person.say(word)}`);
        stopped += text.includes(person.say("fitText.stop")) ? 1 : 0;
        const first = await person.frame.locator(".main").evaluate((main) => {
          const [stop, door] = [main.querySelector(".for-stop"), main.querySelector(".badge.door")];
          return stop && door ? (stop.compareDocumentPosition(door) & 4) > 0 : true;
        });
        assert.ok(first, `${name}: the stop stands before the door`);
      });
      assert.ok(stopped > 0, "where the answers fit, the lawyer comes first");
    });
  }
}

/** The questions about harm; the rules say in their own way which number stands with which. */
const HARM = /^(abuse|victim|trafficking)\.|^parent\.harmed-or-absent$/;
const SURVIVORS = {
  "a wife": {
    "abuse.by-relative": "yes",
    "abuse.who": "spouse",
    "abuse.lived-with": "during",
    "marriage.ended": "divorced",
    "marriage.ended-on": "2026-01-02",
    "victim.crime": "yes",
    "victim.listed-crime": "yes",
    "victim.trafficking": "yes",
    "parent.status": "citizen",
  },
  "a child": { "person.birth-date": "2010-02-03", "spouse.status": "none", "victim.trafficking": "yes" },
  "somebody who is not sure": { "victim.crime": "unsure", "abuse.by-relative": "unsure", "victim.trafficking": "unsure" },
};

for (const lang of Object.keys(words)) {
  test(`${lang}: every screen about harm shows the numbers to call, once, with nothing to open, and no other screen does`, async () => {
    const asked = new Set();
    for (const plan of Object.values(SURVIVORS)) {
      const person = await shared.open(lang);
      await person.start();
      const call = person.frame.getByRole("link", { name: new RegExp(`^${person.say("call")} `) });
      await person.each(plan, async () => {
        const title = await person.here();
        const singly = title === person.say("singlyTitle");
        const facts = singly
          ? (await person.frame.getByText(person.titleOf("harm")).count()) && ["victim.crime", "victim.trafficking"]
          : await person.factsHere();
        const harm = (facts || []).filter((fact) => HARM.test(fact));
        for (const fact of harm) asked.add(fact);
        const help = new Set(harm.map((fact) => rules.questions.find((one) => one.fact === fact).findOut));
        const wanted = rules.help.filter(({ id, phone }) => phone && help.has(id));
        const numbers = await call.evaluateAll((links) => links.map((one) => [one.textContent, one.getAttribute("href")]));
        assert.deepEqual(
          numbers,
          wanted.map(({ phone }) => [`${person.say("call")} ${phone}`, `tel:${phone.replaceAll("-", "")}`]),
          title,
        );
        for (const { id } of wanted) await person.frame.getByText(person.law["find-out"][id]).waitFor();
        for (const one of await call.all()) {
          const { height, seen } = await one.evaluate((node) => {
            const box = node.getBoundingClientRect();
            return { height: box.height, seen: box.top >= 0 && box.bottom <= innerHeight && !node.closest("details") };
          });
          assert.ok(height >= 44 && seen, `${title}: ${height} px high, on the first look: ${seen}`);
        }
      });
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
    assert.equal(person.screens.at(-1), "marriage", "right after the answer");
    await person.frame.getByText(text).waitFor();
    const terms = person.frame.getByRole("term");
    const questions = ["marriage.date", "person.birth-date"].map((fact) => person.law.fact[fact].question);
    assert.deepEqual((await terms.allInnerTexts()).sort(), questions.sort());
    assert.match(await person.frame.locator("dl").innerText(), /1980[\s\S]*1985/, "with what was answered");
    await person.back();
    assert.equal(await person.here(), person.titleOf("marriage"), "the way back");
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
  await person.change(fact["court.missed-hearing"].question);
  await person.radio("yes").check();
  await person.go();
  // The answer that was changed does not fit a third one.
  assert.equal(await person.here(), person.say("slipTitle"));
  await person.frame.getByText(problem["missed-but-no-case"]).waitFor();
  await person.insist();
  assert.equal(await person.here(), person.say("stopTitle"), "a stop waits for the slip, and comes before the next question");
  await person.button("goOn").click();
  const { screen, fact: single } = person.at(await person.here());
  const next = single ?? screen?.id;
  assert.ok(next && !person.screens.includes(next) && !person.path.includes(next), `the next question, not ${next}`);
});

test("answers that no longer count are no slip", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({ "marriage.date": "1980-05-05" }, "slip");
  await person.insist();
  await person.run();
  const { problem } = person.law;
  await person.frame.getByText(problem["married-before-born"]).waitFor();
  await person.change(person.titleOf("family"));
  await person.line(...linesOf("family").spouse).uncheck();
  await person.checkbox("none").check();
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

for (const [asOf, today, [year, month, day], until, plan] of [
  [AS_OF, "2026-06-15", [2026, 11, 21], "asylum.filed-on", { "asylum.filed": "yes", pending: ["asylum"] }],
  ["2024-08-20", "2026-06-15", [2026, 6, 15], "stays", {}],
]) {
  test(`looked at ${asOf}, on ${today}: a date in the past offers nothing later, and a date that may lie ahead does`, async () => {
    const page = await shared.page({ timezoneId: "America/New_York" });
    await page.clock.install({ time: new Date(`${today}T12:00:00-04:00`) });
    const person = await shared.visit(page, `${shared.server.origin}/?as-of=${asOf}`);
    await person.start();
    await person.run(plan, until);
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
    // The day is asked where it can matter.
    const asksDay = until === "stays";
    assert.equal(await person.select("day").count(), asksDay ? 1 : 0);
    if (asksDay) assert.equal(await newest("day"), day);
    await person.date(`${year}-${month - 1}-${day}`);
    if (asksDay) assert.ok((await newest("day")) >= 30, "an earlier month is whole");

    // What this year does not have yet is open again when the year is changed to it.
    await person.date(`${year - 1}-12-31`);
    assert.equal(await newest("month"), 12);
    await person.select("year").selectOption(String(year));
    assert.equal(await person.select("month").inputValue(), "");
    await person.date(`${year - 1}-${month}-${day + 1}`);
    await person.select("year").selectOption(String(year));
    assert.equal(await person.select("month").inputValue(), String(month));
    if (asksDay) assert.equal(await person.select("day").inputValue(), "");

    await person.button("wipe").click();
    await person.button("wipeYes").click();
    await person.start();
    await person.run({}, "stays");
    assert.equal(await newest("year"), year, "a field of a list");
    await person.date("2020");
    await person.radio("yes", person.group(person.law.fact["entered-once"].question)).check();
    await person.go();
    await person.frame.getByRole("radio", { name: person.law.screen.coming.ways.gate, exact: true }).check();
    await person.choose("visa", person.law.fact.stays.fields.how);
    await person.radio("given").check();
    assert.equal(await newest("year"), year + 10, "a permission may last");
  });
}

const TWO_STAYS = [
  { entered: "2005", how: "visa", "allowed-until": "2006", left: "2007-06", "left-how": "own-choice" },
  { entered: "2009-03", how: "without-inspection" },
];

test("a list: add, change, remove, not sure that this is all, that is all", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({ "entered-once": "no", stays: TWO_STAYS });
  const law = person.law.fact.stays;
  const title = person.titleOf("coming");
  const entries = person.frame.getByRole("listitem").filter({ has: person.frame.getByRole("button") });
  assert.match(await person.told(title), /2009[\s\S]*2005[\s\S]*June 2007/, "the last time first");
  await person.change(title);
  assert.equal(await entries.count(), 2);
  assert.match(await entries.nth(0).innerText(), new RegExp(`2009[\\s\\S]*${law.fields.left.still}`), "one calm sentence");
  assert.match(await entries.nth(1).innerText(), /2005[\s\S]*June 2007/);

  await entries
    .nth(0)
    .getByRole("button", { name: /^Change: / })
    .click();
  assert.equal(await person.select("year").inputValue(), "2009");
  await person.date("2010");
  for (let step = 0; step < 4 && !(await person.button("allDone").count()); step++) await person.go();
  assert.match(await entries.nth(0).innerText(), /2010/);
  assert.match(await entries.nth(1).innerText(), /2005/, "the other one stays");

  await person.button(law.add).click();
  const third = { entered: "2001", how: "without-inspection", left: "2002-02", "left-how": "own-choice" };
  const coming = rules.screens.find(({ id }) => id === "coming");
  for (let step = 0; step < coming.entries.steps.length && person.at(await person.here()).screen === coming; step++) {
    await person.step(coming.entries, law, third);
    await person.go();
  }
  // What the new entry opens is asked at once.
  await person.run();
  await person.change(title);
  assert.equal(await entries.count(), 3);
  assert.match(await entries.nth(2).innerText(), /2001/);

  await entries
    .nth(1)
    .getByRole("button", { name: /^Remove: / })
    .click();
  assert.equal(await entries.count(), 2);
  assert.match((await entries.allInnerTexts()).join(), /2010[\s\S]*2001/);
  await person.button("unsureAll").click();
  await person.run();
  const unsure = person.frame.locator(".not-sure");
  await unsure.getByText(law.question, { exact: true }).waitFor();
  await person.change(law.question);
  assert.equal(await entries.count(), 2, "what was entered is still there");
  await person.button("allDone").click();
  await person.run();
  assert.match(await person.told(title), /2010[\s\S]*2001/);
});

test("where one entry is all there can be, the next question comes at once", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "stays");
  const { stays } = person.law.fact;
  const coming = rules.screens.find(({ id }) => id === "coming");
  await person.entries(coming, { ...PLAIN, stays: [{ entered: "2009", how: "without-inspection" }] });
  const next = person.at(await person.here());
  assert.ok(next.screen && next.screen.id !== "coming", "no list around it");
  await person.run();
  await person.change(person.titleOf("coming"));
  await person.button(stays.add).click();
  assert.match(await person.here(), new RegExp(stays.entry.replace("{n}", "2")));
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
      await person.heading("resultsTitle").waitFor();
      assert.equal(await said.count(), 1);
      await person.everything();
      await person.heading("everythingTitle").waitFor();
      assert.equal(await person.frame.getByText(person.say("door.open")).count(), 0);
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
