// One immutable handle, plain data, and an engine that goes on working whatever it is fed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { importFrom, install } from "./support.js";

const folder = install();
const input = { asOf: "2024-08-20", answers: { "spouse.status": "citizen", "marriage.date": "2015-05" } };

// The memory of every instance that is made, so that a test can break one from outside.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate.apply(WebAssembly, args);
  memories.push((made.instance ?? made).exports.memory);
  return made;
};

const { loadEngine, ScreenerError } = await importFrom(folder, "relief-screener");
const rules = JSON.parse(readFileSync(join(folder, "node_modules/relief-screener/dist/rules.json"), "utf8"));

test("the packaged engine is loaded once", async () => {
  const [one, two] = await Promise.all([loadEngine(), loadEngine({})]);
  assert.equal(one, two);
});

test("an engine with rules of its own is another engine with the same answers", async () => {
  const [packaged, own] = await Promise.all([loadEngine(), loadEngine({ rules })]);
  assert.notEqual(own, packaged);
  assert.deepEqual(own.screen(input), packaged.screen(input));
});

test("the handle and all it shows are frozen", async () => {
  const engine = await loadEngine();
  assert.throws(() => {
    engine.version = "0";
  }, TypeError);
  assert.throws(() => {
    engine.questions[0].fact = "x";
  }, TypeError);
  assert.throws(() => {
    engine.rules.version = "x";
  }, TypeError);
});

test("a report belongs to the caller: changing it changes nothing else", async () => {
  const engine = await loadEngine();
  const first = engine.screen(input);
  const text = JSON.stringify(first);
  first.cards.length = 0;
  assert.equal(JSON.stringify(engine.screen(input)), text);
});

test("after a trap inside the module the engine goes on, and so does every other engine", async () => {
  const engine = await loadEngine({ rules });
  const mine = memories.at(-1);
  const other = await loadEngine();
  const before = engine.screen(input);
  new Uint8Array(mine.buffer).fill(0xff);
  assert.throws(
    () => engine.screen(input),
    (error) => {
      assert.ok(error instanceof ScreenerError);
      assert.equal(error.code, "engine-stopped");
      return true;
    },
  );
  assert.deepEqual(engine.screen(input), before);
  assert.deepEqual(other.screen(input), before);
});

test("rules that the caller changes after loading do not change the engine, not even after a restart", async () => {
  const own = structuredClone(rules);
  const engine = await loadEngine({ rules: own });
  const mine = memories.at(-1);
  const before = engine.screen(input);
  for (const key of Object.keys(own)) delete own[key];
  new Uint8Array(mine.buffer).fill(0xff);
  assert.throws(() => engine.screen(input), { code: "engine-stopped" });
  assert.deepEqual(engine.screen(input), before);
});

test("a wipe leaves zeros and the next call starts fresh", async () => {
  const core = await import(join(folder, "node_modules/relief-screener/engine-core.js"));
  const engine = await core.openEngine({ wasm: readFileSync(join(folder, "node_modules/relief-screener/dist/engine_bg.wasm")), rules });
  const before = engine.screen(input);
  const memory = memories.at(-1);
  assert.ok(new Uint8Array(memory.buffer).some((byte) => byte !== 0));
  core.wipe(engine);
  assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
  assert.deepEqual(engine.screen(input), before);
});

test("the numbers that the engine copies for a call are zeros after it, also after an error", async () => {
  const engine = await loadEngine();
  const real = globalThis.Int32Array;
  const made = [];
  globalThis.Int32Array = class extends real {
    constructor(...args) {
      super(...args);
      made.push(this);
    }
  };
  try {
    const answers = new Int32Array(engine.slots).fill(2);
    assert.equal(engine.screenSlots(input.asOf, answers).asOf, input.asOf);
    assert.throws(() => engine.screenSlots("2024-02-30", answers), { code: "wrong-kind" });
    assert.throws(() => engine.screenSlots("tomorrow", answers), { code: "wrong-kind" });
    const [given, ...copies] = made;
    assert.ok(given.every((number) => number === 2));
    assert.equal(copies.length, 3);
    for (const copy of copies) assert.ok(copy.every((number) => number === 0));
  } finally {
    globalThis.Int32Array = real;
  }
});

test("memory does not grow over hundreds of reports", async () => {
  const engine = await loadEngine({ rules });
  const memory = memories.at(-1);
  // Today's rules: on a day of the past a report looks for hundreds of dates to come back.
  const today = { ...input, asOf: engine.rules.confirmedThrough };
  for (let i = 0; i < 100; i++) engine.screen(today);
  const size = memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) engine.screen(today);
  assert.equal(memory.buffer.byteLength, size);
});

test("the engine runs in a worker", async () => {
  const file = join(folder, "worker.js");
  writeFileSync(
    file,
    `
    import { parentPort } from "node:worker_threads";
    import { loadEngine } from "relief-screener";
    const engine = await loadEngine();
    parentPort.postMessage(engine.screen(${JSON.stringify(input)}));
  `,
  );
  const worker = new Worker(file);
  const report = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await worker.terminate();
  assert.deepEqual(report, (await loadEngine()).screen(input));
});

test("the wasm file served apart gives the same engine, with and without its type", async () => {
  const external = await importFrom(folder, "relief-screener/external");
  const bytes = readFileSync(join(folder, "node_modules/relief-screener/dist/engine_bg.wasm"));
  const expected = (await loadEngine()).screen(input);
  for (const type of ["application/wasm", "application/octet-stream"]) {
    const wasm = Promise.resolve(new Response(bytes, { headers: { "content-type": type } }));
    const engine = await external.loadEngine({ wasm });
    assert.deepEqual(engine.screen(input), expected, type);
    assert.deepEqual(engine.citations, (await loadEngine()).citations, "with its sources");
  }
  const missing = new Response("not here", { status: 404 });
  await assert.rejects(external.loadEngine({ wasm: missing }), { code: "wasm-unavailable" });
});

test("importing does nothing: no DOM, no network, no WebAssembly", () => {
  const script = `
    const touched = [];
    for (const name of ["fetch", "WebAssembly", "setTimeout", "queueMicrotask"]) {
      const real = globalThis[name];
      Object.defineProperty(globalThis, name, { get() { touched.push(name); return real; } });
    }
    await import("relief-screener");
    await import("relief-screener/external");
    console.log(JSON.stringify(touched));
  `;
  const printed = execFileSync("node", ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" });
  assert.deepEqual(JSON.parse(printed), []);
});

test("where there is no page, the element can be imported and is not defined", () => {
  const script = `await import("relief-screener/define"); console.log(typeof customElements, typeof HTMLElement);`;
  const printed = execFileSync("node", ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" });
  assert.equal(printed.trim(), "undefined undefined");
});

test("where WebAssembly is missing the same module runs as JavaScript, and says the same", () => {
  const script = `
    import { loadEngine } from "relief-screener";
    const real = WebAssembly;
    const asked = { asOf: "2024-08-20", answers: { "spouse.status": "citizen" } };
    delete globalThis.WebAssembly;
    const without = JSON.stringify((await loadEngine()).screen(asked));
    globalThis.WebAssembly = real;
    const { rules } = await loadEngine();
    const { default: own } = await import("relief-screener/rules.json", { with: { type: "json" } });
    console.log(without === JSON.stringify((await loadEngine({ rules: own })).screen(asked)), rules.id);
  `;
  const printed = execFileSync("node", ["--no-warnings", "--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" });
  assert.equal(printed.trim(), "true us");
});

test("a wasm file of one's own that cannot run says so", () => {
  const script = `
    import { loadEngine } from "relief-screener/external";
    process.on("uncaughtException", () => {}); // Node's own fetch needs WebAssembly too.
    delete globalThis.WebAssembly;
    console.log(await loadEngine({ wasm: new Uint8Array(8) }).then(() => "loaded", ({ code, message }) => [code, /does not run here/.test(message)].join(" ")));
  `;
  const printed = execFileSync("node", ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" });
  assert.equal(printed.trim(), "wasm-unavailable true");
});
