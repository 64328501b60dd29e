// The public contract of `relief-screener`. The report types are written by the Rust side: see dist/types.d.ts.

import type { Citation, Question, Report, RulesInfo } from "./dist/types.js";

export type * from "./dist/types.js";

/** Asked, and the person cannot say. Allowed in the place of any value. */
export type Unsure = { unsure: true };

/** "2014", "2014-06", "2014-06-17", or a range in which the day lies. */
export type DateAnswer = string | { from: string; to: string };

/** One entry of a list, such as one stay. A field may be left out where the list says so. */
export type EntryAnswer = { [field: string]: boolean | DateAnswer | Unsure };

/** Yes or no, a choice, a date, a set, a list, or "not sure". A question not asked yet is simply absent. */
export type Answer = boolean | DateAnswer | readonly string[] | readonly EntryAnswer[] | Unsure;

/** Answers by fact id. `engine.questions` has every id, its kind and its options. */
export type Answers = { [fact: string]: Answer };

export interface Case {
  /** The day on which the question is asked: YYYY-MM-DD. The engine has no clock. */
  asOf: string;
  answers: Answers;
}

/** One set of rules and what it says of any case. Frozen; screening changes nothing in it. */
export interface Engine {
  /** Version of the engine, not of the rules. */
  readonly version: string;
  readonly rules: RulesInfo;
  readonly citations: { readonly [id: string]: Citation };
  /** Every question in asking order. */
  readonly questions: readonly Question[];
  /** How many numbers `screenSlots` takes. */
  readonly slots: number;
  screen(input: Case): Report;
  screenMany(cases: readonly Case[]): Report[];
  /** The same with the answers as numbers: `engine.questions` says where each one goes. */
  screenSlots(asOf: string, slots: Int32Array): Report;
}

/** Loads the engine. `rules` is a compiled pack; without it, the rules of this package are used. */
export function loadEngine(options?: { rules?: object }): Promise<Engine>;

export type ErrorCode =
  | "unknown-fact"
  | "unknown-key"
  | "wrong-kind"
  | "too-long"
  | "too-deep"
  | "unsupported-pack"
  | "wasm-unavailable"
  | "engine-stopped";

/** Wrong use of the engine. The message names the place and the cure; it holds no answer. */
export class ScreenerError extends Error {
  constructor(code: ErrorCode, message: string, detail?: unknown);
  readonly name: "ScreenerError";
  readonly code: ErrorCode;
  readonly detail: unknown;
}
