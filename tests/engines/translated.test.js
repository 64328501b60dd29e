// The engine as JavaScript says of every case what the native engine says, byte for byte, where there is no WebAssembly.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openEngine } from "../../pkg/engine-core.js";
import { nativeCases } from "../node/support.js";

const dist = new URL("../../pkg/dist/", import.meta.url);
const rules = JSON.parse(readFileSync(new URL("rules.json", dist), "utf8"));
const digest = (text) => createHash("sha256").update(text).digest("hex");

/** The cases that the module as JavaScript answers otherwise. @param {(imports: any) => any} translated */
async function others(translated, cases) {
  const engine = await openEngine({ wasm: translated, rules });
  const same = ({ asOf, answers, sha256 }) => digest(JSON.stringify(engine.screen({ asOf, answers }))) === sha256;
  return cases.filter((one) => !same(one)).map(({ id }) => id);
}

test("every case", async () => {
  delete globalThis.WebAssembly;
  const cases = nativeCases();
  const { default: translated } = await import("../../pkg/dist/translated.js");
  assert.deepEqual(await others(translated, cases), []);
  console.log(`${cases.length} cases as JavaScript`);
  assert.ok(cases.length > 3000);
});

test("one number changed in it is noticed", async () => {
  const text = readFileSync(new URL("translated.js", dist), "utf8");
  assert.ok(text.includes("146097"), "the days of four hundred years are counted somewhere");
  const changed = text.replaceAll("146097", "146098");
  const { default: translated } = await import(`data:text/javascript;base64,${Buffer.from(changed).toString("base64")}`);
  assert.ok((await others(translated, nativeCases().slice(0, 300))).length > 0);
});
