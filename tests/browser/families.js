// The nine families that the screens are measured by, and what each of them answers.

import { readFile } from "node:fs/promises";

import { PLAIN, rules } from "./support.js";

export const { asOf: DAY, journeys } = JSON.parse(await readFile(new URL("../journeys.json", import.meta.url), "utf8"));

/** Somebody without any of the answers that other tests take for plain. */
export const NOBODY = Object.fromEntries(Object.keys(PLAIN).map((fact) => [fact, undefined]));

/** What the facts of a journey are to a person on the screens. */
export function planOf({ answers }) {
  const all = answers.ALL ? Object.fromEntries(rules.questions.map(({ fact }) => [fact, answers.ALL])) : {};
  // Who says that a hearing comes ticks the line about court.
  const hearing = answers["appointment.soon"] === "yes" ? { "appointment.kind": ["court"] } : {};
  return { ...NOBODY, ...all, "person.in-us": "yes", "person.filled-by": "self", ...hearing, ...answers };
}

/** From the start to the list of answers. A day that is not exact enough is one more question, and nobody knows more. */
export async function toReview(person, plan, more = async () => {}) {
  let end = await person.run(plan);
  while (end !== person.say("reviewTitle")) {
    await more();
    await person.tick(person.radio("unsure"));
    await person.go();
    end = await person.run(plan);
  }
}

/** From the start to the answer. */
export async function toAnswer(person, plan) {
  await person.start();
  await toReview(person, plan);
  await person.button("showResults").click();
  return person;
}
