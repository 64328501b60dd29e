// The same case gives the same report in Rust and in WebAssembly, by objects and by numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { importFrom, install, nativeCases } from "./support.js";
import { toSlots } from "./slots.js";

const { loadEngine } = await importFrom(install(), "relief-screener");
const engine = await loadEngine();
const cases = nativeCases();

test("there are cases to compare", () => {
  assert.ok(cases.length >= 100, `only ${cases.length} cases`);
});

test("every case has the native report, byte for byte", () => {
  for (const { id, asOf, answers, report } of cases) {
    const here = engine.screen({ asOf, answers });
    assert.deepEqual(here, report, id);
    assert.equal(JSON.stringify(here), JSON.stringify(report), `${id}: the order of the keys`);
  }
});

test("a report that differs would be seen", () => {
  const { asOf, answers, report } = cases[0];
  assert.notDeepEqual(engine.screen({ asOf: "1900-01-01", answers }), report);
  assert.equal(asOf, report.asOf);
});

test("answers as numbers give the same report as answers as an object", () => {
  for (const { id, asOf, answers, report } of cases) {
    assert.deepEqual(engine.screenSlots(asOf, toSlots(engine, answers)), report, id);
  }
});

test("many cases at once are the same cases one by one", () => {
  const some = cases.slice(0, 20).map(({ asOf, answers }) => ({ asOf, answers }));
  assert.deepEqual(engine.screenMany(some), cases.slice(0, 20).map(({ report }) => report));
});
