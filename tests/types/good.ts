// Uses that must compile, against the package as it is installed.

import type { Answers, AnyAnswers, Card, Country, Engine, ErrorCode, Question, Report, ScreenInput } from "relief-screener";
import { loadEngine, ScreenerError } from "relief-screener";
import { ReliefScreener } from "relief-screener/define";
import * as external from "relief-screener/external";
import * as whole from "relief-screener/static";

const answers: Answers = {
  "spouse.status": "citizen",
  "marriage.date": { from: "2015-05-01", to: "2015-05-31" },
  "person.in-us": true,
  crimes: ["none"],
  "petition.state": { unsure: true },
  stays: [{ entered: "2009-03", how: "without-inspection", left: { unsure: true } }],
  orders: [{ kind: "judge", date: "2010", "carried-out": false }],
};
const input: ScreenInput = { asOf: "2024-08-20", answers };

// Answers to other rules, or of a program that reads them from somewhere: nothing of them is known to the compiler.
const loose: AnyAnswers = { "a.fact.of-others": "an option of others" };
const everywhere: Record<string, string> = { "spouse.status": "citizen" };
const wide: ScreenInput[] = [
  { asOf: "2024-08-20", answers: loose },
  { asOf: "2024-08-20", answers: everywhere },
];
const country: Country = "MX";
const withCountry: ScreenInput = { asOf: "2024-08-20", answers: { "person.countries": [country], "person.birth-country": "GT" } };

export async function use(): Promise<Report[]> {
  const engine: Engine = await loadEngine();
  const again: Engine = await loadEngine({ rules: { format: 1 } });
  const atOnce: Engine = await whole.loadEngine();
  const apart: Engine = await external.loadEngine({ wasm: new Uint8Array(8), rules: {}, keys: ["ed25519:"] });

  const report = engine.screen(input);
  const next: string | null = report.next;
  const cards: Card[] = report.cards;
  for (const { route, door, fit } of cards) {
    const open: boolean = door.state === "open";
    const ready: boolean = fit !== null && fit.state === "fits";
    console.log(route, open, ready, fit?.notBefore ?? "", fit?.missing.length);
  }
  const first: Question | undefined = engine.questions[0];
  console.log(next, first?.slot, engine.rules.version, Object.keys(engine.citations));
  return [
    ...again.screenMany([input, ...wide, withCountry]),
    atOnce.screen(input),
    apart.screenSlots("2024-08-20", new Int32Array(engine.slots)),
  ];
}

export const own = class extends ReliefScreener {};

export function explain(error: unknown): ErrorCode | null {
  return error instanceof ScreenerError ? error.code : null;
}
