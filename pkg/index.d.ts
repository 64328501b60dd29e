// The public contract of `relief-screener`. The report types are written by the Rust side: see dist/types.d.ts.

import type { Answers } from "./dist/facts.js";
import type { AnswerValue, Citation, Help, Question, Report, RulesInfo, Same, Screen, ScreenInput as WideInput } from "./dist/types.js";

export type { Answers, Country } from "./dist/facts.js";
export type * from "./dist/types.js";

/**
 * Answers that the compiler does not look into: to rules of your own, or put together while the program runs. What is declared as such
 * can be given in the place of {@link Answers}; the engine itself then says what is wrong.
 */
export type AnyAnswers = { [fact: string]: AnswerValue };

/** One family on one day. */
export interface ScreenInput extends Omit<WideInput, "answers"> {
  /** Answers by fact id. */
  answers: Answers;
}

/** One set of rules and what it says of any case. Frozen; screening changes nothing in it. */
export interface Engine {
  /** Version of the engine, not of the rules. */
  readonly version: string;
  readonly rules: RulesInfo;
  readonly citations: { readonly [id: string]: Citation };
  /** Places of help, in the order in which they are shown. */
  readonly help: readonly Help[];
  /** The languages that the rules have words in. */
  readonly languages: readonly string[];
  /** Every question in asking order. */
  readonly questions: readonly Question[];
  /** The parts that the screens stand in, in order. */
  readonly parts: readonly string[];
  /** What a person meets, in order: which questions are answered together. `report.nextScreen` names the next one. */
  readonly screens: readonly Screen[];
  /** What can be the same for another person of the family. */
  readonly same: readonly Same[];
  /** How many numbers `screenSlots` takes. */
  readonly slots: number;
  screen(input: ScreenInput): Report;
  screenMany(cases: readonly ScreenInput[]): Report[];
  /** The same with the answers as numbers: `engine.questions` says where each one goes. `today` is the day on which the
   * person answers; what lies after it has not happened, whatever day is looked at. */
  screenSlots(asOf: string, slots: Int32Array, today?: string): Report;
}

/** Loads the engine. `rules` is a compiled pack, whole as the rules build wrote it; without it, the rules of this package are used.
 * With `keys`, each `ed25519:` and a public key in base64, the rules have to be signed by one of them. */
export function loadEngine(options?: { rules?: object; keys?: readonly string[] }): Promise<Engine>;

export type ErrorCode =
  | "unknown-fact"
  | "unknown-key"
  | "wrong-kind"
  | "too-long"
  | "too-deep"
  /** These are no compiled rules. */
  | "unsupported-pack"
  /** The rules are of a newer format than this engine reads, or of an older one. */
  | "rules-format-newer"
  | "rules-format-older"
  /** The rules are not as the rules build wrote them: their checksum is another one, or missing. */
  | "rules-changed"
  /** There are keys, and the rules carry no signature; none that one of the keys made; or a key is none. */
  | "rules-unsigned"
  | "rules-signature"
  | "rules-key"
  /** Of rules that take the place of the built-in ones in the form: they are over, or older. `loadEngine` takes them all the same. */
  | "rules-expired"
  | "rules-older"
  /** WebAssembly is missing here, or a policy forbids it. */
  | "wasm-unavailable"
  /** A fault of the engine. The next call starts it anew. */
  | "engine-stopped";

/** Where the mistake is, such as `stays.0.entered`: in ids of ours and numbers, never in a key that was given. */
export interface ErrorDetail {
  key: string;
}

/** Wrong use of the engine. The message names the place and the cure; it repeats nothing that was given. */
export class ScreenerError extends Error {
  constructor(code: ErrorCode, message: string, detail?: ErrorDetail | null);
  readonly name: "ScreenerError";
  readonly code: ErrorCode;
  readonly detail: ErrorDetail | null;
}
