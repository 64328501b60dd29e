// Objects that throw, lie and change their minds, for the tests of what the engine says to them.
// Whatever a stranger's code brings along holds one of the marks, so a test can see where it went.

import { runInNewContext } from "node:vm";

/** A name, a day that does not exist, a code that is none: what must never come back. */
export const MARKS = ["María", "2014-02-30", "EVIL"];
const TEXT = "entered 2014-02-30, María";

/** What a stranger's code throws: errors that look like ours, too, and the very list that the engine refuses with. */
export function thrown(ScreenerError) {
  return [
    new Error(TEXT),
    Object.assign(new Error(TEXT, { cause: TEXT }), { name: "EVIL", code: "unknown-fact", detail: { key: "EVIL" } }),
    new ScreenerError("EVIL", TEXT, { key: "EVIL" }),
    Object.assign(new ScreenerError("wrong-kind", TEXT, { key: "EVIL" }), { cause: TEXT, name: "EVIL" }),
    ["EVIL", "EVIL", TEXT],
    new WebAssembly.RuntimeError(TEXT),
    new WebAssembly.CompileError(TEXT),
    TEXT,
    {
      toString: () => TEXT,
      get message() {
        throw TEXT;
      },
    },
    null,
    undefined,
  ];
}

const elsewhere = runInNewContext(`({
  object: (value) => ({ EVIL: [value], at: new Date(0) }),
  list: () => new Proxy([], { get() { throw new Error("EVIL 2014-02-30 María"); } }),
})`);

const TRAPS = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "isExtensible"];

/** Numbers from 0 up to `below`, always the same for the same seed. */
export function dice(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One hostile thing in the place of `value`. Each is made anew, so that none remembers an earlier call. */
export function hostile(value, roll, throws) {
  const raise = () => {
    throw throws[roll(throws.length)];
  };
  const object = typeof value === "object" && value !== null ? value : { value };
  const kinds = [
    () => new Proxy(object, { [TRAPS[roll(TRAPS.length)]]: raise }),
    () => new Proxy(object, Object.fromEntries(TRAPS.map((trap) => [trap, raise]))),
    () => new Proxy([value], { get: (list, key) => (key === "length" ? [2 ** 32, -1, NaN, "2", null, 1.5, 1e9][roll(7)] : list[key]) }),
    () => new Proxy([value], { get: raise }),
    () => new Proxy(Array.isArray(value) ? value : [value], {}),
    () => {
      const { proxy, revoke } = Proxy.revocable(object, {});
      revoke();
      return proxy;
    },
    () => {
      const { proxy, revoke } = Proxy.revocable(object, {
        getPrototypeOf() {
          revoke();
          return Object.prototype;
        },
        ownKeys(of) {
          revoke();
          return Reflect.ownKeys(of);
        },
        get(of, key) {
          revoke();
          return of[key];
        },
      });
      return proxy;
    },
    () => new Proxy(object, { ownKeys: () => [...MARKS, ...Array.from({ length: roll(400) }, (_, i) => `EVIL${i}`)] }),
    () => new Proxy(object, { getPrototypeOf: () => new Proxy({}, { getPrototypeOf: raise }) }),
    () => Object.defineProperty({ ...object }, Object.keys(object)[0] ?? "EVIL", { enumerable: true, get: raise }),
    () =>
      Object.defineProperty({ ...object }, Object.keys(object)[0] ?? "EVIL", { enumerable: true, get: () => hostile(value, roll, throws) }),
    () => ({ ...object, [MARKS[roll(MARKS.length)]]: value }),
    () => ({ ...object, [`${MARKS[0].repeat(40)}`]: value }),
    () => ({ [Symbol.toPrimitive]: raise, toString: raise, valueOf: raise, toJSON: raise, then: raise }),
    () => ({ then: (_, reject) => reject(TEXT) }),
    () => Object.assign(Object.create({ EVIL: raise }), object),
    () => Object.assign(Object.create(null), object, { EVIL: raise }),
    () => elsewhere.object(value),
    () => elsewhere.list(),
    () => Object.assign([value, TEXT], { EVIL: TEXT }),
    () => [value, , value],
    () => Array(roll(1000)).fill(value),
    () => [[[[[[[[[TEXT]]]]]]]]],
    () => ({ unsure: raise }),
    () => ({ from: TEXT, to: value, [TEXT]: true }),
    () => new String(TEXT),
    () => new Map([[TEXT, value]]),
    () =>
      new (class María {
        EVIL = TEXT;
      })(),
    () => new Uint8Array(9),
    () => new Date(NaN),
    () => Object(Symbol("EVIL")),
    () => Symbol("EVIL"),
    () => raise,
    () => 20140230n,
    () => TEXT,
    () => TEXT.repeat(10_000),
    () => "2014-02-30",
    () => NaN,
    () => null,
    () => undefined,
  ];
  return kinds[roll(kinds.length)]();
}

/** A copy of plain data with hostile things in the place of some of its parts. */
export function spoiled(value, roll, throws, odds) {
  if (roll(odds) === 0) return hostile(value, roll, throws);
  if (Array.isArray(value)) return value.map((item) => spoiled(item, roll, throws, odds));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spoiled(item, roll, throws, odds)]));
}
