// The same case gives the same report in Rust and in WebAssembly, by objects and by numbers.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { toSlots } from "./slots.js";
import { importFrom, install, nativeCases, nativeReport } from "./support.js";

const folder = install();
const { loadEngine } = await importFrom(folder, "relief-screener");
const engine = await loadEngine();
const cases = nativeCases();
const digest = (/** @type {string} */ text) => createHash("sha256").update(text).digest("hex");
/** What is said of each case without its cards and the plan that is made of them, as a digest. @type {Map<string, string>} */
const without = new Map();

test("there are cases to compare", () => {
  assert.ok(cases.length >= 100, `only ${cases.length} cases`);
});

test("every case has the native report, byte for byte", () => {
  for (const { id, asOf, answers, sha256 } of cases) {
    const here = engine.screen({ asOf, answers });
    without.set(id, digest(JSON.stringify({ ...here, plan: [], cards: [] })));
    if (digest(JSON.stringify(here)) === sha256) continue;
    // The digests say that they differ; the report itself says where.
    assert.deepEqual(here, nativeReport(id), id);
    assert.fail(`${id}: the order of the keys`);
  }
});

test("a report that differs would be seen", () => {
  const { id, asOf, answers, sha256 } = cases[0];
  const other = engine.screen({ asOf: "1900-01-01", answers });
  assert.notEqual(digest(JSON.stringify(other)), sha256);
  assert.deepEqual(engine.screen({ asOf, answers }), nativeReport(id));
});

// Numbers come from a person who answers on the as-of date: "this year" ends on that day there, and on 31 December in
// the object API. Cases with such a date are told apart here, and there are few.
const thisYear = ({ asOf, answers }) => [asOf.slice(0, 4), asOf.slice(0, 7)].some((now) => JSON.stringify(answers).includes(`"${now}"`));

/** Of the cases one in so many: what differs between two ways in differs for every family that answers alike. */
const EACH = 4;
const others = cases.filter((one, at) => at % EACH === 0 && !thisYear(one));

test("answers as numbers give the same report as answers as an object", () => {
  assert.ok(cases.filter(thisYear).length <= 2);
  for (const { id, asOf, answers, sha256 } of others) {
    const here = engine.screenSlots(asOf, toSlots(engine, answers));
    if (digest(JSON.stringify(here)) !== sha256) assert.deepEqual(here, engine.screen({ asOf, answers }), id);
  }
});

test("many cases at once are the same cases one by one", () => {
  const some = cases.slice(0, 20).map(({ asOf, answers }) => ({ asOf, answers }));
  assert.deepEqual(
    engine.screenMany(some),
    some.map((one) => engine.screen(one)),
  );
});

test("between two questions the same is said, without the cards and the plan that is made of them", async () => {
  const { openEngine, step } = await import(join(folder, "node_modules/relief-screener/engine-core.js"));
  const [wasm, text] = ["engine_bg.wasm", "rules.json"].map((name) =>
    readFileSync(join(folder, "node_modules/relief-screener/dist", name)),
  );
  const own = await openEngine({ wasm, rules: JSON.parse(text.toString()) });
  for (const { id, asOf, answers } of others) {
    const said = step(own, asOf, toSlots(own, answers));
    if (digest(JSON.stringify(said)) !== without.get(id))
      assert.deepEqual(said, { ...engine.screen({ asOf, answers }), plan: [], cards: [] }, id);
  }
  // What lies ahead of another day is said, too.
  const told = { asOf: "2024-08-20", slots: toSlots(own, { "marriage.date": "2031-05-05" }) };
  for (const today of ["2030-01-01", "2032-01-01"]) {
    const whole = own.screenSlots(told.asOf, told.slots, today);
    assert.deepEqual(step(own, told.asOf, told.slots, today), { ...whole, plan: [], cards: [] });
    assert.equal(whole.problems.length, today < "2031" ? 1 : 0);
  }
  assert.throws(() => step(own, "2024-02-30", new Int32Array(own.slots)), { code: "wrong-kind" });
});
