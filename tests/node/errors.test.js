// Wrong use is answered by an error that names the place and the cure, holds no answer, and stops nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { importFrom, install } from "./support.js";

const folder = install();
const { loadEngine, ScreenerError } = await importFrom(folder, "relief-screener");
const engine = await loadEngine();
const asOf = "2024-08-20";
const good = { asOf, answers: { "spouse.status": "citizen", "marriage.date": "2015-05-05" } };
const expected = JSON.stringify(engine.screen(good));

const nested = (depth) => {
  let value = {};
  for (let i = 0; i < depth; i++) value = { deeper: value };
  return value;
};
const cyclic = { entered: "2009", how: "without-inspection" };
cyclic.left = cyclic;
const throwing = { get entered() { throw new Error("the getter's own error"); } };
const answers = (value) => ({ asOf, answers: value });
const longText = "secret".repeat(2_000_000);

// What is given, the code of the error, and what its message has to name.
const table = {
  "nothing at all": [undefined, "wrong-kind", /object/],
  "null": [null, "wrong-kind", /object/],
  "a list": [[], "wrong-kind", /object/],
  "no date": [{ answers: {} }, "wrong-kind", /asOf/],
  "a Date as the date": [{ asOf: new Date(0), answers: {} }, "wrong-kind", /asOf.*YYYY-MM-DD/],
  "a date that does not exist": [{ asOf: "2024-02-30", answers: {} }, "wrong-kind", /asOf.*YYYY-MM-DD/],
  "no answers": [{ asOf }, "wrong-kind", /answers/],
  "an unknown key": [{ asOf, answers: {}, answer: {} }, "unknown-key", /`answer`/],
  "an unknown fact": [answers({ "spouse.statsu": "citizen" }), "unknown-fact", /spouse\.statsu/],
  "an unknown option": [answers({ "spouse.status": "citzen" }), "wrong-kind", /spouse\.status.*citizen/],
  "a number for a choice": [answers({ "spouse.status": 2 }), "wrong-kind", /spouse\.status/],
  "a text for yes or no": [answers({ "person.in-us": "yes" }), "wrong-kind", /person\.in-us.*true/],
  "a number for yes or no": [answers({ "person.in-us": 1 }), "wrong-kind", /person\.in-us/],
  "null for an answer": [answers({ "person.in-us": null }), "wrong-kind", /person\.in-us/],
  "a Date for a date": [answers({ "marriage.date": new Date(0) }), "wrong-kind", /marriage\.date/],
  "a date in another order": [answers({ "marriage.date": "05/05/2015" }), "wrong-kind", /marriage\.date.*YYYY/],
  "a range the wrong way round": [answers({ "marriage.date": { from: "2015-06-01", to: "2015-05-01" } }), "wrong-kind", /marriage\.date/],
  "an unknown key in a range": [answers({ "marriage.date": { from: "2015", until: "2016" } }), "unknown-key", /until/],
  "an unknown key beside unsure": [answers({ "marriage.date": { unsure: true, why: 1 } }), "unknown-key", /why/],
  "unsure that is not true": [answers({ "marriage.date": { unsure: "yes" } }), "wrong-kind", /unsure/],
  "a text for a set": [answers({ crimes: "none" }), "wrong-kind", /crimes/],
  "a wrong option in a set": [answers({ crimes: ["jaywalking"] }), "wrong-kind", /crimes/],
  "none beside another option": [answers({ crimes: ["none", "felony"] }), "wrong-kind", /crimes.*none/],
  "a country that is no code": [answers({ "person.countries": ["Mexico"] }), "wrong-kind", /person\.countries/],
  "an object for a list": [answers({ stays: {} }), "wrong-kind", /stays/],
  "an unknown field of an entry": [answers({ stays: [{ arrived: "2009" }] }), "unknown-key", /stays.*arrived/],
  "a wrong field of an entry": [answers({ stays: [{ entered: "2009", how: "by-boat" }] }), "wrong-kind", /stays.*how/],
  "too many entries": [answers({ stays: Array.from({ length: 5000 }, () => ({ entered: "2009" })) }), "too-long", /stays/],
  "a text of twelve megabytes": [answers({ "marriage.date": longText }), "too-long", /marriage\.date/],
  "a key of twelve megabytes": [answers({ [longText]: true }), "too-long", /answers/],
  "deep nesting": [answers({ stays: [nested(100_000)] }), "too-deep", /stays/],
  "a value inside itself": [answers({ stays: [cyclic] }), "too-deep", /stays/],
  "a getter that throws": [answers({ stays: [throwing] }), "wrong-kind", /stays/],
  "a getter that throws at the top": [{ asOf, get answers() { throw new Error("the getter's own error"); } }, "wrong-kind", /answers/],
  "a trap for every key": [answers(new Proxy({}, { ownKeys() { throw new Error("the trap's own error"); } })), "wrong-kind", /answers/],
  "a function": [answers({ "person.in-us": () => true }), "wrong-kind", /person\.in-us/],
  "a symbol": [answers({ "person.in-us": Symbol("x") }), "wrong-kind", /person\.in-us/],
  "a bigint": [answers({ "person.in-us": 1n }), "wrong-kind", /person\.in-us/],
  "a Map for answers": [answers(new Map([["person.in-us", true]])), "wrong-kind", /answers/],
};

function isClear(error, code, naming) {
  assert.ok(error instanceof ScreenerError, `${error?.name}: ${error?.message}`);
  assert.equal(error.name, "ScreenerError");
  assert.equal(error.code, code, error.message);
  assert.match(error.message, naming);
  assert.ok(error.message.length < 400, `${error.message.length} characters`);
  assert.ok(!error.message.includes("secret"), "the message repeats what was given");
  assert.equal(JSON.stringify(engine.screen(good)), expected, "the engine goes on working");
  return true;
}

for (const [name, [input, code, naming]] of Object.entries(table)) {
  test(`screen: ${name}`, () => {
    assert.throws(() => engine.screen(input), (error) => isClear(error, code, naming));
  });
}

test("screenMany names the case", () => {
  assert.throws(() => engine.screenMany([good, { asOf }]), (error) => isClear(error, "wrong-kind", /cases\[1\].*answers/));
  assert.throws(() => engine.screenMany(good), (error) => isClear(error, "wrong-kind", /cases/));
});

test("screenSlots refuses what is not its array", () => {
  const slots = new Int32Array(engine.slots);
  for (const [day, numbers] of [[asOf, [...slots]], [asOf, slots.slice(1)], [asOf, undefined], [20240820, slots], ["tomorrow", slots]]) {
    assert.throws(() => engine.screenSlots(day, numbers), (error) => isClear(error, "wrong-kind", /./));
  }
});

test("screenSlots takes any number in any slot and never stops", () => {
  for (const number of [-1, -7, 1, 2, 99, 20150230, 20151300, 2 ** 31 - 1, -(2 ** 31)]) {
    const slots = new Int32Array(engine.slots).fill(number);
    try {
      assert.equal(engine.screenSlots(asOf, slots).asOf, asOf);
    } catch (error) {
      isClear(error, "wrong-kind", /./);
    }
  }
});

test("a 30 February is a state of its question, not an error", () => {
  const report = engine.screen(answers({ "spouse.status": "citizen", "marriage.date": "2015-02-30" }));
  assert.equal(report.questions.find(({ fact }) => fact === "marriage.date").state, "invalid");
});

const pack = JSON.parse(readFileSync(join(folder, "node_modules/relief-screener/dist/rules.json"), "utf8"));
const inside = { format: 1 };
inside.inside = inside;
const packs = {
  "no pack": [7, /rules/],
  "an empty pack": [{}, /format/],
  "a newer format": [{ ...pack, format: 2 }, /format.*2/],
  "a text": [JSON.stringify(pack), /rules/],
  "a pack without its rules": [{ ...pack, pack: undefined }, /pack/],
  "a pack that is cut off": [{ ...pack, pack: pack.pack.slice(0, -100) }, /pack/],
  "a pack with a wrong byte at its start": [{ ...pack, pack: `////${pack.pack.slice(4)}` }, /pack/],
  "a pack without its citations": [{ ...pack, citations: undefined }, /citations/],
  "a pack inside itself": [inside, /rules/],
  "a getter that throws": [{ ...pack, get pack() { throw new Error("the getter's own error"); } }, /rules/],
};
for (const [name, [rules, naming]] of Object.entries(packs)) {
  test(`loadEngine: ${name}`, async () => {
    await assert.rejects(loadEngine({ rules }), (error) => isClear(error, "unsupported-pack", naming));
  });
}

test("loadEngine: an option that does not exist", async () => {
  await assert.rejects(loadEngine({ rule: {} }), (error) => isClear(error, "unknown-key", /`rule`.*`rules`/));
});
