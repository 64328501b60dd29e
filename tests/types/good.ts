// Uses that must compile, against the package as it is installed.

import type { AnswerValue, Card, Engine, ErrorCode, Question, Report, ScreenInput } from "relief-screener";
import { loadEngine, ScreenerError } from "relief-screener";
import { ReliefScreener } from "relief-screener/define";
import * as external from "relief-screener/external";

const answers: Record<string, AnswerValue> = {
  "spouse.status": "citizen",
  "marriage.date": { from: "2015-05-01", to: "2015-05-31" },
  "person.in-us": true,
  crimes: ["none"],
  "petition.state": { unsure: true },
  stays: [{ entered: "2009-03", how: "without-inspection", left: { unsure: true } }],
  orders: [{ kind: "judge", date: "2010", "carried-out": false }],
};
const input: ScreenInput = { asOf: "2024-08-20", answers };

export async function use(): Promise<Report[]> {
  const engine: Engine = await loadEngine();
  const again: Engine = await loadEngine({ rules: { format: 1 } });
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
  return [...again.screenMany([input]), apart.screenSlots("2024-08-20", new Int32Array(engine.slots))];
}

export const own = class extends ReliefScreener {};

export function explain(error: unknown): ErrorCode | null {
  return error instanceof ScreenerError ? error.code : null;
}
