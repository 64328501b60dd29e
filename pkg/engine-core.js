// @ts-check
// The engine over its WebAssembly module, without any loading: whoever calls brings the bytes.
// The sealed frame uses this file alone; everybody else comes in through engine.js.
//
// Whatever a caller hands in may run a caller's code: a getter, a Proxy, a `toJSON`. What that code throws could hold anything,
// an answer too, so no error that was caught is passed on, copied or kept as a cause, whatever it looks like.

import glue from "./dist/engine_glue.js";

/** @typedef {import("./index.js").Engine} Engine */

/** Wrong use of the engine: what is wrong, where, and the cure. Never anything that was given. */
export class ScreenerError extends Error {
  /**
   * @param {import("./index.js").ErrorCode} code
   * @param {string} message
   * @param {import("./index.js").ErrorDetail | null} [detail]
   */
  constructor(code, message, detail = null) {
    super(message);
    // Set by hand: a minifier may rename the class.
    this.name = "ScreenerError";
    this.code = code;
    this.detail = detail;
  }
}

/** How a day is written. */
const DAY = "YYYY-MM-DD";

/** What only the form needs of an engine.
 * @typedef {{ wipe: () => void, cited: (given: Columns) => Engine["citations"], step: (...given: Parameters<Engine["screenSlots"]>) => Step, finer: (...given: Parameters<Engine["screenSlots"]>) => string }} Inner */
/** The sources of compiled rules. @typedef {import("./dist/types.js").CompiledRules["citations"]} Columns */
/** The module as JavaScript: takes its imports and gives its exports. @typedef {(imports: any) => WebAssembly.Exports} Translated */
/** A report without its cards and the plan that is made of them. @typedef {Omit<import("./index.js").Report, "cards" | "plan">} Step */
/** @type {WeakMap<Engine, Inner>} */
const inner = new WeakMap();

/**
 * What is asked of rules that are not the built-in ones.
 * @typedef {object} Own
 * @property {boolean} [check] they have to be whole, by their checksum
 * @property {(kept: string) => Promise<void>} [signed] throws where they are not signed
 * @property {string} [validOn] they may not be over on this day, `YYYY-MM-DD`
 * @property {string} [notBefore] they may not be older than this version
 */

/**
 * @param {{ wasm: BufferSource | WebAssembly.Module | Translated, rules: unknown } & Own} parts
 * @returns {Promise<Engine>}
 */
export async function openEngine({ wasm, rules, check, signed, validOn, notBefore }) {
  // A copy, so that the same rules come back after a restart whatever the caller does to the object.
  const kept = copied(rules);
  /** A new instance, with memory of its own. @type {() => { exports: WebAssembly.Exports }} */
  let fresh;
  let parts = glue();
  /** @type {{ exports: WebAssembly.Exports } | null} */
  let instance;
  try {
    if (typeof wasm === "function") {
      fresh = () => ({ exports: wasm(parts.imports()) });
      instance = fresh();
    } else {
      const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
      fresh = () => new WebAssembly.Instance(module, parts.imports());
      instance = await WebAssembly.instantiate(module, parts.imports());
    }
    parts.finish(instance);
  } catch {
    throw await notStarted();
  }

  /** @type {import("./dist/engine_glue.js").RawEngine} */
  let raw;
  let whole = true;
  const open = () => parts.Engine.open(withBytes(JSON.parse(kept)), whole, number(notBefore), number(validOn));

  /** Each engine has an instance of its own, so one that stops cannot harm another. */
  const restart = () => {
    parts = glue();
    instance = fresh();
    parts.finish(instance);
    raw = /** @type {typeof raw} */ (open()); // These rules have been accepted before.
  };

  /**
   * What the engine refuses it returns, as a list. What is thrown is no word of its own.
   * @template T
   * @param {() => T | import("./dist/engine_glue.js").Refusal} work
   * @returns {T}
   */
  const run = (work) => {
    let result;
    try {
      if (!instance) restart();
      result = work();
    } catch {
      instance = null;
      throw new ScreenerError("engine-stopped", "the engine stopped on this input and starts anew with the next call");
    }
    if (!Array.isArray(result)) return result;
    const [code, key, message] = result;
    throw new ScreenerError(code, `${key}: ${message}`, { key });
  };

  if (check) whole = run(() => parts.Engine.whole(sumAndText(kept)));
  raw = run(open);
  // After it: a file that was torn on the way is not called unsigned.
  await signed?.(kept);
  const { version } = raw;
  /** What the compiled rules say of themselves: the engine has accepted them. @type {import("./dist/types.js").CompiledRules} */
  const about = JSON.parse(kept);
  for (const key of /** @type {const} */ (["help", "parts", "questions", "same", "screens"])) {
    if (!Array.isArray(about[key]) || !about[key].every(Boolean)) throw unsupported(`rules.${key}`);
  }
  const { titles, urls, kinds } = about.citations ?? {};
  if (![titles, urls, kinds].every((list) => Array.isArray(list) && list.length === titles.length)) throw unsupported("rules.citations");
  const { rules: rulesInfo, languages, parts: partIds, questions, same, screens, slots: length, help } = about;
  const known = raw.citation_ids.split(" ").map((one) => one.split("="));
  /** @param {Columns} given @returns {Engine["citations"]} */
  const sources = (given) =>
    Object.fromEntries(
      given.titles.map((title, at) => {
        const [id, day] = known[at];
        return [id, { title, url: given.urls[at], kind: given.kinds[at], verified: !!day, read: day || null }];
      }),
    );
  const citations = sources(about.citations);

  /** @type {Engine["screen"]} */
  const screen = (input) => run(() => raw.screen(input));

  /** @type {Engine["screenMany"]} */
  const screenMany = (cases) => {
    const count = read(() => (Array.isArray(cases) ? cases.length : null));
    if (typeof count !== "number") {
      throw new ScreenerError("wrong-kind", "`cases` is not a list: give an array of { asOf, answers }", { key: "cases" });
    }
    const reports = [];
    for (let i = 0; i < count; i++) {
      const one = /** @type {import("./index.js").ScreenInput} */ (read(() => cases[i]));
      try {
        reports.push(screen(one));
      } catch (error) {
        // Nothing but `screen` runs in here, and it throws no error of anybody else's.
        const { code, message, detail } = /** @type {ScreenerError} */ (error);
        throw new ScreenerError(code, `cases[${i}]: ${message}`, detail);
      }
    }
    return reports;
  };

  /**
   * @template T
   * @param {(asOf: string, slots: Int32Array, today?: string) => T | import("./dist/engine_glue.js").Refusal} work
   * @returns {(...given: Parameters<Engine["screenSlots"]>) => T}
   */
  const bySlots = (work) => (asOf, slots, today) => {
    // A copy of our own: a subclass or a Proxy can say of itself what it likes. It does not outlive the call.
    const own = new Int32Array(length);
    const fits = read(() => {
      if (!(slots instanceof Int32Array) || slots.length !== length) return false;
      own.set(slots);
      return true;
    });
    try {
      if (fits && isDay(asOf) && (today === undefined || isDay(today))) return run(() => work(asOf, own, today));
    } finally {
      own.fill(0);
    }
    const message = `\`screenSlots\` takes a whole date, ${DAY}, as text (and for today another), and an Int32Array of ${length} numbers`;
    throw new ScreenerError("wrong-kind", message, { key: "slots" });
  };

  const screenSlots = bySlots((...given) => raw.screen_slots(...given));
  const engine = freeze({
    version,
    rules: rulesInfo,
    languages,
    parts: partIds,
    questions,
    same,
    screens,
    slots: length,
    citations,
    help,
    screen,
    screenMany,
    screenSlots,
  });
  inner.set(engine, {
    wipe: () => {
      const { memory } = /** @type {{ memory?: { buffer: ArrayBuffer } }} */ (instance?.exports ?? {});
      if (memory) new Uint8Array(memory.buffer).fill(0);
      instance = null;
    },
    cited: sources,
    step: bySlots((...given) => raw.step_slots(...given)),
    finer: bySlots((asOf, slots) => raw.finer_slots(asOf, slots)),
  });
  return engine;
}

/**
 * Overwrites the memory of an engine and drops its instance. The next call starts a fresh one.
 * @param {Engine} engine
 */
export function wipe(engine) {
  inner.get(engine)?.wipe();
}

/**
 * The sources of an engine whose rules were opened without them.
 * @param {Engine} engine
 * @param {Columns} given
 */
export const cited = (engine, given) => /** @type {Inner} */ (inner.get(engine)).cited(given);

/**
 * What a form needs between two questions: `screenSlots` without the cards, several times faster.
 * @param {Engine} engine
 * @param {Parameters<Engine["screenSlots"]>} given
 */
export const step = (engine, ...given) => /** @type {Inner} */ (inner.get(engine)).step(...given);

/**
 * The facts with a date that was told in part and that something turns on, by id.
 * @param {Engine} engine
 * @param {Parameters<Engine["screenSlots"]>} given
 */
export const finer = (engine, ...given) => /** @type {Inner} */ (inner.get(engine)).finer(...given).split(" ");

/** A text that may be a day; whether it is one the engine says. @param {unknown} text @returns {text is string} */
const isDay = (text) => typeof text === "string" && text.length === DAY.length;

/**
 * Reads something of a caller's. Where that throws, nothing was given.
 * @template T
 * @param {() => T} get
 */
export function read(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

/**
 * The options of `loadEngine`, in this order, each read once.
 * @param {any} given
 * @param {string[]} known
 */
export function optionsOf(given, known) {
  const strange = read(() => Object.keys(given).filter((key) => !known.includes(key)));
  const values = read(() => known.map((key) => given[key]));
  if (typeof given === "object" && strange?.length === 0 && values) return values;
  // A word of a program is repeated; anything else could be a person's.
  const word = strange?.find((key) => /^[a-z]{1,40}$/.test(key));
  const message = `${word ? `\`${word}\` is no option: ` : ""}loadEngine takes an object with ${known.map((key) => `\`${key}\``).join(" and ")}, and nothing else in it`;
  throw new ScreenerError(strange?.length ? "unknown-key" : "wrong-kind", message, { key: "options" });
}

/** Why WebAssembly did not start. The platform's own words can repeat what stands in a file. */
export async function notStarted() {
  let message = "the module did not start: it is not whole, or not the engine_bg.wasm of this very version";
  try {
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // The shortest module there is.
  } catch {
    message = "WebAssembly does not run here: the browser is too old, or the page's policy needs 'wasm-unsafe-eval' in script-src";
  }
  return new ScreenerError("wasm-unavailable", message);
}

/** So much may stand in rules: a value counts one, and so does each character. Several times what the rules of today hold. */
const MAX_RULES = 1_000_000;

/** @param {unknown} rules */
function copied(rules) {
  let left = MAX_RULES;
  try {
    const text = JSON.stringify(rules, (key, value) => {
      left -= 1 + key.length + (typeof value === "string" ? value.length : 0);
      if (left < 0) throw left;
      return value;
    });
    return text ?? "null";
  } catch {
    throw unsupported("rules"); // A value inside itself, more than any rules hold, or a getter that throws.
  }
}

/** A file of rules as its checksum and its signature are over it: without the two. @param {string} kept as compact JSON */
export function sealed(kept) {
  const { checksum, signature, ...rest } = Object(JSON.parse(kept));
  return { checksum, signature, text: JSON.stringify(rest) };
}

/** @param {string} kept */
function sumAndText(kept) {
  const { checksum, text } = sealed(kept);
  return typeof checksum === "string" ? checksum + text : "";
}

/** @param {string} key */
function unsupported(key) {
  const message = `${key}: this is no compiled rule pack; load the JSON file that the rules build writes`;
  return new ScreenerError("unsupported-pack", message, { key });
}

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function freeze(value) {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/** The rules with the pack as bytes; what is no text of bytes is left for the engine to refuse. @param {any} rules */
function withBytes(rules) {
  const text = rules?.pack;
  return typeof text === "string" && /^[ -~\u0100-\u01ff]*$/.test(text) ? { ...rules, pack: fromText(text) } : rules;
}

/** A day as the engine takes it here; a version is one too. */
const number = (day = "0") => Number(day.replaceAll(/\D/g, ""));

/** A byte of each character: the lower half of its number. @param {string} text @returns {Uint8Array<ArrayBuffer>} */
const fromText = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** The first letters of two that stand for one byte. */
const PAIRS = "!#$%";

/**
 * The bytes of a text that the build wrote (`text_of` in `xtask/src/build.rs`): in ASCII, and in a way that leaves a compressor the
 * bytes to see. Base64 would be a quarter more on the way.
 * @param {string} text @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const pair = PAIRS.indexOf(text.charAt(at));
    const letter = pair < 0 ? text.charCodeAt(at) - 0x30 : text.charCodeAt(++at);
    bytes[length++] = pair < 0 ? letter : pair * 64 + (letter === 0x20 ? 29 : letter - 0x3f);
  }
  return bytes.slice(0, length);
}
