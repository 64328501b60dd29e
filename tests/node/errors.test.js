// Wrong use is answered by an error that names the place and the cure, repeats nothing that was given, and stops nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

import { dice, hostile, MARKS, spoiled, thrown } from "./hostile.js";
import { seal } from "./seal.js";
import { importFrom, install } from "./support.js";

const folder = install();
const { loadEngine, ScreenerError } = await importFrom(folder, "relief-screener");
const external = await importFrom(folder, "relief-screener/external");
const engine = await loadEngine();
// On the newest day a report is fast: on an older one it looks for all the days that were to come.
const asOf = engine.rules.confirmedThrough;
const good = { asOf, answers: { "spouse.status": "citizen", "marriage.date": "2015-05-05" } };
const expected = JSON.stringify(engine.screen(good));
const pack = JSON.parse(readFileSync(join(folder, "node_modules/relief-screener/dist/rules.json"), "utf8"));

const nested = (depth) => {
  let value = {};
  for (let i = 0; i < depth; i++) value = { from: value };
  return value;
};
const cyclic = { entered: "2009", how: "without-inspection" };
cyclic.left = cyclic;
const throwing = {
  get entered() {
    throw new Error("the getter's own error");
  },
};
const answers = (value) => ({ asOf, answers: value });
const longText = "secret".repeat(2_000_000);

// What is given, the code of the error, and what its message has to name.
const table = {
  "nothing at all": [undefined, "wrong-kind", /object/],
  null: [null, "wrong-kind", /object/],
  "a list": [[], "wrong-kind", /object/],
  "no date": [{ answers: {} }, "wrong-kind", /asOf/],
  "a Date as the date": [{ asOf: new Date(0), answers: {} }, "wrong-kind", /asOf.*YYYY-MM-DD/],
  "a date that does not exist": [{ asOf: "2026-02-30", answers: {} }, "wrong-kind", /asOf.*no such day.*YYYY-MM-DD/],
  "a month as the date": [{ asOf: "2026-02", answers: {} }, "wrong-kind", /asOf.*whole date.*YYYY-MM-DD/],
  "a date before all rules": [{ asOf: "1899-12-31", answers: {} }, "wrong-kind", /asOf.*1900 to 2199/],
  "a date after all rules": [{ asOf: "2200-01-01", answers: {} }, "wrong-kind", /asOf.*1900 to 2199/],
  "a date with a time": [{ asOf: "2026-02-03T00:00", answers: {} }, "wrong-kind", /asOf.*YYYY-MM-DD/],
  "a date in letters of another width": [{ asOf: "２０２６-02-03", answers: {} }, "wrong-kind", /asOf.*YYYY-MM-DD/],
  "no answers": [{ asOf }, "wrong-kind", /answers/],
  "an unknown key": [{ asOf, answers: {}, answer: {} }, "unknown-key", /input: `answer`.*asOf, answers/],
  "an unknown fact": [answers({ "person.in-us": true, felony: true }), "unknown-fact", /answers: key 2 is the id of no fact; `questions`/],
  "a slip of a fact": [answers({ "spouse.statsu": "citizen" }), "unknown-fact", /`spouse\.statsu`.*did you mean `spouse\.status`\?/],
  "an unknown option": [answers({ "spouse.status": "citzen" }), "wrong-kind", /spouse\.status.*citizen/],
  "a number for a choice": [answers({ "spouse.status": 2 }), "wrong-kind", /spouse\.status/],
  "a text for yes or no": [answers({ "person.in-us": "yes" }), "wrong-kind", /person\.in-us.*true/],
  "a number for yes or no": [answers({ "person.in-us": 1 }), "wrong-kind", /person\.in-us/],
  "null for an answer": [answers({ "person.in-us": null }), "wrong-kind", /person\.in-us/],
  "a Date for a date": [answers({ "marriage.date": new Date(0) }), "wrong-kind", /marriage\.date/],
  "a date in another order": [answers({ "marriage.date": "05/05/2015" }), "wrong-kind", /marriage\.date.*YYYY/],
  "a range the wrong way round": [answers({ "marriage.date": { from: "2015-06-01", to: "2015-05-01" } }), "wrong-kind", /marriage\.date/],
  "an unknown key in a range": [
    answers({ "marriage.date": { from: "2015", until: "2016" } }),
    "unknown-key",
    /marriage\.date: `until`.*from, to/,
  ],
  "an unknown key beside unsure": [answers({ "marriage.date": { unsure: true, why: 1 } }), "unknown-key", /marriage\.date: `why`.*unsure/],
  "unsure that is not true": [answers({ "marriage.date": { unsure: "yes" } }), "wrong-kind", /unsure/],
  "a text for a set": [answers({ crimes: "none" }), "wrong-kind", /crimes/],
  "a wrong option in a set": [answers({ crimes: ["jaywalking"] }), "wrong-kind", /crimes/],
  "none beside another option": [answers({ crimes: ["none", "felony"] }), "wrong-kind", /crimes.*none/],
  "an option twice": [answers({ crimes: ["felony", "dui", "felony"] }), "wrong-kind", /crimes.*twice.*once/],
  "no option at all": [answers({ crimes: [] }), "wrong-kind", /crimes.*at least one/],
  "a country that is no code": [answers({ "person.countries": ["Mexico"] }), "wrong-kind", /person\.countries.*ISO 3166-1/],
  "two letters of no country": [answers({ "person.countries": ["MX", "XX"] }), "wrong-kind", /person\.countries.*ISO 3166-1/],
  "a country of birth that is none": [answers({ "person.birth-country": "UK" }), "wrong-kind", /person\.birth-country.*ISO 3166-1/],
  "small letters": [answers({ "person.birth-country": "mx" }), "wrong-kind", /person\.birth-country.*capital/],
  "a country twice": [answers({ "person.countries": ["MX", "GT", "MX"] }), "wrong-kind", /person\.countries.*twice.*once/],
  "no country at all": [answers({ "person.countries": [] }), "wrong-kind", /person\.countries.*at least one/],
  "more countries than anybody has": [answers({ "person.countries": ["MX", "GT", "HN", "SV", "NI"] }), "too-long", /person\.countries/],
  "an object for a list": [answers({ stays: {} }), "wrong-kind", /stays/],
  "an unknown field of an entry": [
    answers({ stays: [{ how: "visa" }, { how: "visa", arrived: "2009" }] }),
    "unknown-key",
    /stays\.1: `arrived`.*entered, how/,
  ],
  "true in the place of a date": [
    answers({ orders: [{ kind: "judge", date: "2012", "carried-out": true }] }),
    "wrong-kind",
    /orders\.0\.carried-out.*YYYY-MM-DD.*false/,
  ],
  "true in the place of a word": [
    answers({ stays: [{ entered: "2009", "allowed-until": true }] }),
    "wrong-kind",
    /stays\.0\.allowed-until.*YYYY-MM-DD.*duration-of-status/,
  ],
  "a wrong field of an entry": [answers({ stays: [{ entered: "2009", how: "by-boat" }] }), "wrong-kind", /stays.*how/],
  "too many entries": [answers({ stays: Array.from({ length: 5000 }, () => ({ entered: "2009" })) }), "too-long", /stays/],
  "a text of twelve megabytes": [answers({ "marriage.date": longText }), "too-long", /marriage\.date/],
  "a key of twelve megabytes": [answers({ [longText]: true }), "too-long", /answers/],
  "deep nesting": [answers({ stays: nested(100_000) }), "too-deep", /stays/],
  "deep nesting behind an unknown key": [answers({ stays: [{ deeper: nested(100_000) }] }), "unknown-key", /stays\.0/],
  "a value inside itself": [answers({ stays: [cyclic] }), "too-deep", /stays/],
  "a getter that throws": [answers({ stays: [throwing] }), "wrong-kind", /stays/],
  "a getter that throws at the top": [
    {
      asOf,
      get answers() {
        throw new Error("the getter's own error");
      },
    },
    "wrong-kind",
    /answers/,
  ],
  "a trap for every key": [
    answers(
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("the trap's own error");
          },
        },
      ),
    ),
    "wrong-kind",
    /answers/,
  ],
  "a function": [answers({ "person.in-us": () => true }), "wrong-kind", /person\.in-us/],
  "a symbol": [answers({ "person.in-us": Symbol("x") }), "wrong-kind", /person\.in-us/],
  "a bigint": [answers({ "person.in-us": 1n }), "wrong-kind", /person\.in-us/],
  "a Map for answers": [answers(new Map([["person.in-us", true]])), "wrong-kind", /answers/],
  "a boxed text": [answers({ "spouse.status": new String("citizen") }), "wrong-kind", /spouse\.status/],
  "a number beside a list's items": [
    answers({ stays: new Proxy([], { get: (list, key) => (key === "length" ? 1.5e9 : list[key]) }) }),
    "too-long",
    /stays/,
  ],
  "a Proxy that is revoked": [answers({ stays: revoked() }), "wrong-kind", /stays/],
};

function revoked() {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

const CODES = [
  "unknown-fact",
  "unknown-key",
  "wrong-kind",
  "too-long",
  "too-deep",
  "unsupported-pack",
  "rules-format-newer",
  "rules-format-older",
  "rules-changed",
  "rules-unsigned",
  "rules-signature",
  "rules-key",
  "wasm-unavailable",
  "engine-stopped",
];

/** An error of ours through and through: our words, our code, our place, and nothing else on it. */
function isOurs(error) {
  assert.ok(error instanceof ScreenerError, inspect(error));
  assert.deepEqual(Object.getOwnPropertyNames(error).sort(), ["code", "detail", "message", "name", "stack"]);
  assert.equal(error.name, "ScreenerError");
  assert.ok(CODES.includes(error.code), error.code);
  assert.ok(error.detail === null || Object.keys(error.detail).join() === "key", inspect(error.detail));
  const all = inspect([error, error.stack, error.message, error.detail, `${error}`], { showHidden: true, depth: 9 });
  for (const mark of [...MARKS, "secret"]) assert.ok(!all.includes(mark), all);
  assert.match(error.message, /^[ -~]{1,800}$/);
  assert.match(error.detail?.key ?? "", /^[a-zA-Z0-9.-]{0,80}$/);
  return true;
}

function isClear(error, code, naming) {
  isOurs(error);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, naming);
  assert.ok(error.message.length < 400, `${error.message.length} characters`);
  assert.equal(JSON.stringify(engine.screen(good)), expected, "the engine goes on working");
  return true;
}

for (const [name, [input, code, naming]] of Object.entries(table)) {
  test(`screen: ${name}`, () => {
    assert.throws(
      () => engine.screen(input),
      (error) => isClear(error, code, naming),
    );
  });
}

test("screenMany names the case", () => {
  assert.throws(
    () => engine.screenMany([good, { asOf }]),
    (error) => isClear(error, "wrong-kind", /cases\[1\].*answers/),
  );
  assert.throws(
    () => engine.screenMany([good, { asOf, answers: { María: 1 } }]),
    (error) => isClear(error, "unknown-fact", /cases\[1\].*answers/),
  );
  assert.throws(
    () => engine.screenMany([good, , good]),
    (error) => isClear(error, "wrong-kind", /cases\[1\].*object/),
  );
  for (const cases of [good, undefined, "[]", revoked()]) {
    assert.throws(
      () => engine.screenMany(cases),
      (error) => isClear(error, "wrong-kind", /cases/),
    );
  }
});

test("screenSlots refuses what is not its array", () => {
  const slots = new Int32Array(engine.slots);
  class Longer extends Int32Array {
    get length() {
      return engine.slots;
    }
  }
  const wrong = [
    [asOf, [...slots]],
    [asOf, slots.slice(1)],
    [asOf, undefined],
    [20240820, slots],
    ["tomorrow", slots],
    ["2024-02-30", slots],
    [longText, slots],
    [asOf, new Longer(engine.slots + 1)],
    [asOf, new Proxy(slots, {})],
    [asOf, Object.create(Int32Array.prototype)],
  ];
  for (const [day, numbers] of wrong)
    assert.throws(
      () => engine.screenSlots(day, numbers),
      (error) => isClear(error, "wrong-kind", /./),
    );
  assert.ok(copies(() => assert.throws(() => engine.screenSlots(longText, slots))) <= 99);
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

test("screenSlots takes a number that is no country for not sure, as it does all that means nothing", () => {
  const { slot } = engine.questions.find(({ fact }) => fact === "person.countries");
  const state = (...numbers) => {
    const slots = new Int32Array(engine.slots);
    slots.set(numbers, slot);
    return JSON.stringify(engine.screenSlots(asOf, slots));
  };
  const number = (code) => (code.charCodeAt(0) - 64) * 32 + code.charCodeAt(1) - 64;
  assert.equal(state(number("XX")), state(-1));
  assert.equal(state(number("MX"), number("XX")), state(-1));
  assert.notEqual(state(number("MX"), number("XK")), state(-1));
});

test("a 30 February is a state of its question, not an error", () => {
  const report = engine.screen(answers({ "spouse.status": "citizen", "marriage.date": "2015-02-30" }));
  assert.equal(report.questions.find(({ fact }) => fact === "marriage.date").state, "invalid");
});

// ---- What is large ------------------------------------------------------------------------

/** Counts what is asked of an object, and of every object in it. */
function counted(value, counts) {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(of, key) {
      counts.reads++;
      return counted(of[key], counts);
    },
    ownKeys(of) {
      counts.reads++;
      return Reflect.ownKeys(of);
    },
  });
}

/** How many characters the engine copies while it works: its glue takes them one by one, or all at once. */
function copies(work) {
  const { charCodeAt } = String.prototype;
  const { encodeInto } = TextEncoder.prototype;
  let copied = 0;
  String.prototype.charCodeAt = function (at) {
    copied++;
    return charCodeAt.call(this, at);
  };
  TextEncoder.prototype.encodeInto = function (text, to) {
    copied += text.length;
    return encodeInto.call(this, text, to);
  };
  try {
    work();
  } finally {
    String.prototype.charCodeAt = charCodeAt;
    TextEncoder.prototype.encodeInto = encodeInto;
  }
  return copied;
}

test("the count of copied characters counts", () => {
  const plain = copies(() => engine.screen({ asOf, answers: {} }));
  assert.ok(plain >= asOf.length + "asOfanswers".length, `${plain}`);
  const more = copies(() => assert.throws(() => engine.screen({ asOf, answers: { abc: 1, ñandú: 1 } })));
  // The character that ends the plain way is looked at twice.
  assert.equal(more - plain, "abcññandú".length);
});

const million = Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [`k${i}`, true]));
const fields = Object.fromEntries(engine.questions.flatMap((question) => question.fields).map(({ id }) => [id, "2014"]));
const everywhere = (value) => Object.fromEntries(engine.questions.map(({ fact }) => [fact, value]));
// What is given, its code, and how many reads and characters it may cost before it is refused.
const large = {
  "a text": [{ "marriage.date": longText }, "too-long", 9, 99],
  "a text beyond ASCII": [{ "marriage.date": "ñ".repeat(5e6) }, "too-long", 9, 99],
  "a key": [{ [longText]: true }, "too-long", 9, 99],
  "a million items": [{ "person.countries": Array(1e6).fill("MX") }, "too-long", 9, 99],
  "a million items that are not there": [{ stays: Array(1e6) }, "too-long", 9, 99],
  "a million keys": [million, "too-long", 9, 99],
  "a million keys in an entry": [{ stays: [million] }, "too-long", 9, 99],
  "unknown keys, each within the caps": [
    Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}`.padEnd(100, "é"), million])),
    "unknown-fact",
    9,
    31_000,
  ],
  "lists in every place, each within the caps": [everywhere(Array(300).fill(fields)), "too-long", 100_000, 100_000],
  "texts in every list, each within the caps": [everywhere(Array(300).fill("x".repeat(100))), "too-long", 100_000, 100_000],
  "entries of long keys": [everywhere(Array(300).fill({ ["é".repeat(100)]: 1 })), "too-long", 100_000, 100_000],
  "empty lists in lists": [{ stays: Array(300).fill(Array(300).fill(Array(20).fill([]))) }, "too-long", 200_000, 100_000],
};
for (const [name, [given, code, mostReads, mostCopied]] of Object.entries(large)) {
  test(`what is large is refused before it is copied: ${name}`, () => {
    const counts = { reads: 0 };
    const input = { asOf, answers: counted(given, counts) };
    const copied = copies(() =>
      assert.throws(
        () => engine.screen(input),
        (error) => isOurs(error) && assert.equal(error.code, code) === undefined,
      ),
    );
    assert.ok(counts.reads <= mostReads, `${counts.reads} reads`);
    assert.ok(copied <= mostCopied, `${copied} characters`);
    assert.equal(JSON.stringify(engine.screen(good)), expected);
  });
}

/** An answer to every question, each as long as it can be. */
function everything() {
  const range = { from: "2010-01-01", to: "2011-12-31", unsure: true };
  const one = ({ kind, options, exclusive }) =>
    ({
      "yes-no": true,
      choice: options.at(-1),
      set: options.filter((option) => option !== exclusive),
      country: options.at(-1),
      countries: options.slice(0, 4),
      date: range,
    })[kind];
  const entries = (list) => Array(list.capacity).fill(Object.fromEntries(list.fields.map((field) => [field.id, one(field)])));
  return Object.fromEntries(
    engine.questions.map((question) => [question.fact, question.kind === "list" ? entries(question) : one(question)]),
  );
}

test("everything that can be answered can be answered at once", () => {
  assert.equal(engine.screen(answers(everything())).asOf, asOf);
});

test("every country of the rules can be named, and no other pair of letters", () => {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const { options } = engine.questions.find(({ kind }) => kind === "countries");
  assert.ok(options.includes("XK") && options.includes("PS") && options.length >= 249, `${options.length}`);
  for (const code of letters.flatMap((one) => letters.map((two) => one + two))) {
    const name = () => engine.screen(answers({ "person.countries": [code] }));
    if (options.includes(code)) name();
    else assert.throws(name, { code: "wrong-kind" }, code);
  }
});

// ---- What throws, lies and changes ----------------------------------------------------------

/** Where strangers' code can run, each as a call that makes it throw this. */
const places = {
  "a getter for the day": (raise) =>
    engine.screen({
      get asOf() {
        raise();
      },
      answers: {},
    }),
  "a getter for the answers": (raise) =>
    engine.screen({
      asOf,
      get answers() {
        raise();
      },
    }),
  "a getter for an answer": (raise) =>
    engine.screen(
      answers({
        get stays() {
          raise();
        },
      }),
    ),
  "a getter in an entry": (raise) =>
    engine.screen(
      answers({
        stays: [
          {
            get entered() {
              raise();
            },
          },
        ],
      }),
    ),
  "a getter in a range": (raise) =>
    engine.screen(
      answers({
        "marriage.date": {
          get from() {
            raise();
          },
        },
      }),
    ),
  "a getter behind an unknown key": (raise) =>
    engine.screen(
      answers({
        get María() {
          raise();
        },
      }),
    ),
  "a getter for an item": (raise) => engine.screen(answers({ crimes: Object.defineProperty(["dui"], 0, { get: raise }) })),
  "the length of a list": (raise) => engine.screen(answers({ stays: new Proxy([], { get: raise }) })),
  "the keys of the input": (raise) => engine.screen(new Proxy(good, { ownKeys: raise })),
  "the keys of the answers": (raise) => engine.screen(answers(new Proxy({}, { ownKeys: raise }))),
  "the keys of an entry": (raise) => engine.screen(answers({ stays: [new Proxy({}, { ownKeys: raise })] })),
  "the prototype of the input": (raise) => engine.screen(new Proxy(good, { getPrototypeOf: raise })),
  "the prototype's prototype": (raise) => engine.screen(answers(Object.create(new Proxy({}, { getPrototypeOf: raise })))),
  "a value that makes itself a text": (raise) =>
    engine.screen(answers({ "spouse.status": { [Symbol.toPrimitive]: raise, toString: raise } })),
  "an object of another realm": (raise) => engine.screen(answers(runInNewContext("(raise) => ({ get stays() { raise(); } })")(raise))),
  "a call inside a call": (raise) =>
    engine.screen({
      asOf,
      get answers() {
        engine.screen(good);
        raise();
      },
    }),
  "the length of the cases": (raise) => engine.screenMany(new Proxy([], { get: raise })),
  "a case": (raise) => engine.screenMany(Object.defineProperty([good, good], 1, { get: raise })),
  "an answer of a case": (raise) =>
    engine.screenMany([
      {
        asOf,
        get answers() {
          raise();
        },
      },
    ]),
  "the length of the numbers": (raise) =>
    engine.screenSlots(
      asOf,
      new (class extends Int32Array {
        get length() {
          return raise();
        }
      })(engine.slots),
    ),
  "the numbers": (raise) => engine.screenSlots(asOf, new Proxy(new Int32Array(engine.slots), { get: raise })),
  "the numbers' class": (raise) => engine.screenSlots(asOf, new Proxy(new Int32Array(engine.slots), { getPrototypeOf: raise })),
  "a day that makes itself a text": (raise) => engine.screenSlots({ toString: raise, length: 10 }, new Int32Array(engine.slots)),
  "the keys of the options": (raise) => loadEngine(new Proxy({}, { ownKeys: raise })),
  "an option": (raise) =>
    loadEngine({
      get rules() {
        raise();
      },
    }),
  "a getter in the rules": (raise) =>
    loadEngine({
      rules: {
        ...pack,
        get version() {
          raise();
        },
      },
    }),
  "rules that make themselves JSON": (raise) => loadEngine({ rules: { ...pack, toJSON: raise } }),
  "the keys of the rules": (raise) => loadEngine({ rules: new Proxy(pack, { ownKeys: raise }) }),
  "a wasm file that does not come": (raise) => external.loadEngine({ wasm: (async () => raise())() }),
  "a wasm file that is awaited": (raise) =>
    external.loadEngine({
      wasm: {
        get then() {
          raise();
        },
      },
    }),
  "a wasm file's class": (raise) => external.loadEngine({ wasm: new Proxy({}, { getPrototypeOf: raise, get: () => undefined }) }),
  "a response's status": (raise) =>
    external.loadEngine({
      wasm: new (class extends Response {
        get ok() {
          return raise();
        }
      })(),
    }),
  "an option beside the wasm file": (raise) =>
    external.loadEngine({
      wasm: new Uint8Array(),
      get rules() {
        raise();
      },
    }),
  "rules that are awaited": (raise) =>
    external.loadEngine({
      wasm: new Uint8Array(),
      rules: {
        get then() {
          raise();
        },
      },
    }),
};
for (const [name, call] of Object.entries(places)) {
  test(`what is thrown goes no further: ${name}`, async () => {
    let thrownAt = 0;
    for (const what of thrown(ScreenerError)) {
      const raise = () => {
        thrownAt++;
        throw what;
      };
      await assert.rejects(async () => call(raise), isOurs);
    }
    const untouched = ["a getter behind an unknown key", "a value that makes itself a text", "a day that makes itself a text"];
    assert.equal(thrownAt > 0, !untouched.includes(name), "the stranger's code ran");
    assert.equal(JSON.stringify(engine.screen(good)), expected);
  });
}

test("each getter is read once, so what was checked is what counts", () => {
  let reads = 0;
  const changing = {
    get entered() {
      return ++reads === 1 ? "2009-05-05" : "2014-02-30";
    },
    how: "visa",
  };
  const report = engine.screen(answers({ stays: [changing] }));
  assert.equal(reads, 1);
  assert.deepEqual(report, engine.screen(answers({ stays: [{ entered: "2009-05-05", how: "visa" }] })));
});

test("two thousand hostile shapes: each is a report or an error of ours", async () => {
  const roll = dice(8);
  const throws = thrown(ScreenerError);
  const all = Object.entries(everything());
  const seen = {};
  for (let i = 0; i < 2000; i++) {
    const some = Object.fromEntries(all.filter(() => roll(8) === 0));
    const input = roll(9)
      ? { asOf, answers: spoiled(some, roll, throws, 1 + roll(60)) }
      : spoiled({ asOf, answers: some }, roll, throws, 4);
    let code = "report";
    try {
      const call = roll(60);
      if (call < 5) engine.screenMany(roll(2) ? [input, input] : hostile([input], roll, throws));
      else if (call < 10)
        engine.screenSlots(roll(2) ? asOf : hostile(asOf, roll, throws), hostile(new Int32Array(engine.slots), roll, throws));
      else if (call < 12)
        await loadEngine(
          roll(2)
            ? { rules: spoiled({ format: pack.format, pack: "00", questions: [] }, roll, throws, 3) }
            : hostile({ rules: {} }, roll, throws),
        );
      else engine.screen(input);
    } catch (error) {
      isOurs(error);
      ({ code } = error);
    }
    seen[code] = (seen[code] ?? 0) + 1;
  }
  for (const code of ["report", "unknown-fact", "unknown-key", "wrong-kind", "too-long", "too-deep", "unsupported-pack"]) {
    assert.ok(seen[code] > 20, inspect(seen));
  }
  assert.ok(!(seen["engine-stopped"] > 20), inspect(seen));
  assert.equal(JSON.stringify(engine.screen(good)), expected);
});

// ---- Rules ----------------------------------------------------------------------------------

const inside = { format: pack.format };
inside.inside = inside;
/** Rules that were compiled wrong: whole, so that what is refused of them is the pack. */
const built = (changes) => seal({ ...pack, ...changes });
const packs = {
  "no pack": [7, /rules/],
  "an empty pack": [{}, /format/],
  "a newer format": [{ ...pack, format: pack.format + 1 }, /format.*newer/, "rules-format-newer"],
  "an older format": [{ ...pack, format: pack.format - 1 }, /format.*older/, "rules-format-older"],
  "a text": [JSON.stringify(pack), /rules/],
  "a pack without its rules": [built({ pack: undefined }), /pack/],
  "a pack that is cut off": [built({ pack: pack.pack.slice(0, -100) }), /pack/],
  "a pack with a wrong byte at its start": [built({ pack: `////${pack.pack.slice(4)}` }), /pack/],
  "a pack with a byte less": [built({ pack: pack.pack.slice(0, -1) }), /pack/],
  "a pack with a byte more": [built({ pack: `${pack.pack}0` }), /pack/],
  "a pack with bytes behind it": [built({ pack: `${pack.pack}00` }), /pack/],
  "a pack with a sign that is no byte": [built({ pack: `${pack.pack.slice(0, 100)}\u0200${pack.pack.slice(101)}` }), /pack/],
  "a pack in capital letters": [built({ pack: pack.pack.toUpperCase() }), /pack/],
  "a pack with a space in it": [built({ pack: `${pack.pack.slice(0, 100)} ${pack.pack.slice(101)}` }), /pack/],
  "an empty text for a pack": [built({ pack: "" }), /pack/],
  "bytes for a pack": [built({ pack: Uint8Array.from(pack.pack, (sign) => sign.charCodeAt(0) & 255) }), /pack/],
  "a pack without its citations": [built({ citations: undefined }), /citations/],
  "a pack with a list of citations": [built({ citations: [null] }), /citations/],
  "a pack with fewer addresses than titles": [built({ citations: { ...pack.citations, urls: [] } }), /citations/],
  "a pack inside itself": [inside, /rules/],
  "a pack of twelve megabytes": [{ ...pack, pack: longText }, /^rules:/],
  "a pack of a million values": [{ ...pack, help: Array(1e6).fill(1) }, /^rules:/],
  "a pack of a million keys": [{ ...pack, help: million }, /^rules:/],
  "a getter that throws": [
    {
      ...pack,
      get pack() {
        throw new Error("the getter's own error");
      },
    },
    /rules/,
  ],
};
for (const [name, [rules, naming, code = "unsupported-pack"]] of Object.entries(packs)) {
  test(`loadEngine: ${name}`, async () => {
    await assert.rejects(loadEngine({ rules }), (error) => isClear(error, code, naming));
  });
}

test("a pack with one changed byte is refused, wherever it is", async () => {
  const { pack: text } = pack;
  for (let i = 0; i < 60; i++) {
    const at = Math.floor((i * text.length) / 60) + (i % 7);
    const other = String.fromCharCode(0x100 + ((text.charCodeAt(at) + 1 + (i % 255)) & 255));
    const changed = built({ pack: `${text.slice(0, at)}${other}${text.slice(at + 1)}` });
    await assert.rejects(loadEngine({ rules: changed }), (error) => isOurs(error) && /rules\.pack/.test(error.message), `byte ${at}`);
  }
  const swapped = built({ pack: text.slice(0, 1000) + text[1001] + text[1000] + text.slice(1002) });
  assert.notEqual(swapped.pack, text);
  await assert.rejects(loadEngine({ rules: swapped }), { code: "unsupported-pack" });
});

test("loadEngine: an option that does not exist", async () => {
  await assert.rejects(loadEngine({ rule: {} }), (error) => isClear(error, "unknown-key", /`rule`.*`rules`/));
  for (const options of [{ rule: {} }, { María: 1 }, { rules: pack, rule: {} }, "EVIL"]) {
    await assert.rejects(loadEngine(options), (error) => isClear(error, "unknown-key", /`rules`/));
    await assert.rejects(external.loadEngine(options), (error) => isClear(error, "unknown-key", /`wasm` and `rules` and `keys`/));
  }
  for (const options of [null, 7, true, () => {}]) {
    await assert.rejects(loadEngine(options), (error) => isClear(error, "wrong-kind", /`rules`/));
  }
  await assert.rejects(external.loadEngine(), (error) => isClear(error, "wrong-kind", /`wasm` and `rules` and `keys`/));
});

test("a wasm file that is none is refused in words of ours, whatever stands in it", async () => {
  const wasm = new TextEncoder().encode("María EVIL 2014-02-30");
  for (const source of [
    wasm,
    wasm.buffer,
    new Response(wasm),
    "EVIL",
    undefined,
    new Response("EVIL", { status: 404, statusText: "EVIL" }),
  ]) {
    await assert.rejects(external.loadEngine({ wasm: source }), (error) => isClear(error, "wasm-unavailable", /did not (start|arrive)/));
  }
  await assert.rejects(external.loadEngine({ wasm: new Response("EVIL", { status: 404 }) }), /status 404/);
});
