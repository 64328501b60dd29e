// Mistakes that the compiler must find: a line that compiles after all is itself an error.

import { loadEngine, ScreenerError } from "relief-screener";
import * as external from "relief-screener/external";

const engine = await loadEngine();

// @ts-expect-error the rules are an object
await loadEngine({ rules: "rules.json" });
// @ts-expect-error an address is no file
await external.loadEngine({ wasm: "/engine_bg.wasm" });
// @ts-expect-error keys are a list
await loadEngine({ rules: {}, keys: "ed25519:" });
// @ts-expect-error there is no such option
await loadEngine({ rule: {} });
// @ts-expect-error the date is missing
engine.screen({ answers: {} });
// @ts-expect-error the date is text
engine.screen({ asOf: new Date(), answers: {} });
// @ts-expect-error a Date is no answer
engine.screen({ asOf: "2024-08-20", answers: { "marriage.date": new Date() } });
// @ts-expect-error nor is a number
engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": 3 } });
// @ts-expect-error nor is null
engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": null } });
// @ts-expect-error there is no such fact
engine.screen({ asOf: "2024-08-20", answers: { "spouse.state": "citizen" } });
// @ts-expect-error nor such an option
engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": "citizens" } });
// @ts-expect-error nor is yes-no said in words
engine.screen({ asOf: "2024-08-20", answers: { "person.in-us": "yes" } });
// @ts-expect-error several can be chosen
engine.screen({ asOf: "2024-08-20", answers: { crimes: "none" } });
// @ts-expect-error an entry has other fields
engine.screen({ asOf: "2024-08-20", answers: { orders: [{ kind: "judge", day: "2010" }] } });
// @ts-expect-error a date of an entry can be "no" only where the rules say so
engine.screen({ asOf: "2024-08-20", answers: { orders: [{ kind: "judge", date: false }] } });
// @ts-expect-error a country is two capital letters
engine.screen({ asOf: "2024-08-20", answers: { "person.birth-country": "Mexico" } });
// @ts-expect-error unsure is said with true
engine.screen({ asOf: "2024-08-20", answers: { "spouse.status": { unsure: false } } });
// @ts-expect-error the handle is frozen
engine.version = "2";
// @ts-expect-error there is no single answer anywhere
engine.screen({ asOf: "2024-08-20", answers: {} }).eligible;
// @ts-expect-error the states of a door are a closed set
engine.screen({ asOf: "2024-08-20", answers: {} }).cards[0]!.door.state === "ajar";
// @ts-expect-error and so are those of a fit
engine.screen({ asOf: "2024-08-20", answers: {} }).cards[0]!.fit?.state === "yes";
// @ts-expect-error the fit may be missing
engine.screen({ asOf: "2024-08-20", answers: {} }).cards[0]!.fit.state;
// @ts-expect-error numbers cross as an Int32Array
engine.screenSlots("2024-08-20", [1, 2]);
// @ts-expect-error nothing is freed by hand
engine.free();
// @ts-expect-error the codes are a closed set
new ScreenerError("oops", "message");
