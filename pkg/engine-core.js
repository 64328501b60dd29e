// @ts-check
// The engine over its WebAssembly module, without any loading: whoever calls brings the bytes.
// The sealed frame uses this file alone; everybody else comes in through engine.js.

import glue from "./dist/engine_glue.js";

/** @typedef {import("./index.js").Engine} Engine */

/** Wrong use of the engine: what is wrong, where, and the cure. Never an answer of a person. */
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

/** @type {WeakMap<Engine, () => void>} */
const wipes = new WeakMap();

/**
 * @param {{ wasm: BufferSource | WebAssembly.Module, rules: unknown }} parts
 * @returns {Promise<Engine>}
 */
export async function openEngine({ wasm, rules }) {
  // A copy, so that the same rules come back after a restart whatever the caller does to the object.
  const kept = copied(rules);
  /** @type {WebAssembly.Module} */
  let module;
  let parts = glue();
  /** @type {WebAssembly.Instance | null} */
  let instance;
  try {
    module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    instance = await WebAssembly.instantiate(module, parts.imports());
  } catch (cause) {
    throw new ScreenerError("wasm-unavailable", `WebAssembly did not start here: ${reason(cause)}`);
  }
  parts.finish(instance, module);

  /** @type {import("./dist/engine_glue.js").RawEngine} */
  let raw;

  /** Each engine has an instance of its own, so one that stops cannot harm another. */
  const restart = () => {
    parts = glue();
    instance = new WebAssembly.Instance(module, parts.imports());
    parts.finish(instance, module);
    raw = new parts.Engine(withBytes(JSON.parse(kept)));
  };

  /**
   * @template T
   * @param {() => T} work
   * @returns {T}
   */
  const run = (work) => {
    try {
      if (!instance) restart();
      return work();
    } catch (error) {
      throw understood(error) ?? stopped(error);
    }
  };

  /** @param {unknown} error */
  const stopped = (error) => {
    instance = null;
    return new ScreenerError(
      "engine-stopped",
      `the engine stopped on this input and starts anew with the next call: ${reason(error)}`,
    );
  };

  const version = run(() => {
    raw = new parts.Engine(withBytes(JSON.parse(kept)));
    return raw.version;
  });
  /** What the compiled rules say of themselves: the engine has accepted them. @type {import("./dist/types.js").CompiledRules} */
  const about = JSON.parse(kept);
  for (const key of /** @type {const} */ (["citations", "help", "questions"])) {
    if (!Array.isArray(about[key])) throw unsupported(`rules.${key}`);
  }
  const { rules: rulesInfo, languages, questions, slots: length, help } = about;
  const citations = Object.fromEntries(about.citations.map(({ id, ...citation }) => [id, citation]));

  /** @type {Engine["screen"]} */
  const screen = (input) => run(() => raw.screen(input));

  /** @type {Engine["screenMany"]} */
  const screenMany = (cases) => {
    if (!Array.isArray(cases)) {
      throw new ScreenerError("wrong-kind", "`cases` is not a list: give an array of { asOf, answers }");
    }
    return cases.map((one, index) => {
      try {
        return screen(one);
      } catch (error) {
        if (!(error instanceof ScreenerError)) throw error;
        throw new ScreenerError(error.code, `cases[${index}]: ${error.message}`, error.detail);
      }
    });
  };

  /** @type {Engine["screenSlots"]} */
  const screenSlots = (asOf, slots) => {
    if (typeof asOf !== "string" || !(slots instanceof Int32Array) || slots.length !== length) {
      throw new ScreenerError("wrong-kind", `\`screenSlots\` takes a date as text and an Int32Array of ${length} numbers`);
    }
    return run(() => raw.screen_slots(asOf, slots));
  };

  const engine = freeze({ version, rules: rulesInfo, languages, questions, slots: length, citations, help, screen, screenMany, screenSlots });
  wipes.set(engine, () => {
    const { memory } = instance?.exports ?? {};
    if (memory instanceof WebAssembly.Memory) new Uint8Array(memory.buffer).fill(0);
    instance = null;
  });
  return engine;
}

/**
 * Overwrites the memory of an engine and drops its instance. The next call starts a fresh one.
 * @param {Engine} engine
 */
export function wipe(engine) {
  wipes.get(engine)?.();
}

/**
 * An error that the Rust side wrote on purpose. Anything else that comes out of it is a fault of ours.
 * @param {unknown} error
 */
function understood(error) {
  if (error instanceof ScreenerError) return error;
  if (!(error instanceof Error) || !("code" in error) || !("detail" in error)) return null;
  const { code, message, detail } = /** @type {import("./index.js").ScreenerError} */ (error);
  return new ScreenerError(code, message, detail);
}

/** @param {unknown} rules */
function copied(rules) {
  try {
    return JSON.stringify(rules) ?? "null";
  } catch {
    throw unsupported("rules"); // A value inside itself, or a getter that throws.
  }
}

/** @param {string} key */
function unsupported(key) {
  const message = `${key}: this is no compiled rule pack; load the JSON file that the rules build writes`;
  return new ScreenerError("unsupported-pack", message, { key });
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown cause";
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

/** The rules with the pack as bytes; what is no text is left for the engine to refuse. @param {any} rules */
function withBytes(rules) {
  return typeof rules?.pack === "string" ? { ...rules, pack: fromHex(rules.pack) } : rules;
}

/** @param {string} hex @returns {Uint8Array<ArrayBuffer>} */
function fromHex(hex) {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
