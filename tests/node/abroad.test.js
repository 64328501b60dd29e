// Whoever is abroad reads nothing that speaks of "here", and is not told not to leave a country that they are not in.

import assert from "node:assert/strict";
import { test } from "node:test";

import { importFrom, install, lawIn, nativeCases } from "./support.js";

const { loadEngine } = await importFrom(install(), "relief-screener");
const engine = await loadEngine();
/** Of the cases one in so many, each as if the person were abroad, and all that are. */
const EACH = 5;
const abroad = nativeCases().filter(({ answers }, i) => answers["person.in-us"] === false || i % EACH === 0);
const HERE = { en: /\bhere\b|leave the (country|United States)\b(?! can turn)/iu, es: /(?<!\p{L})aquí(?!\p{L})|salga del país/iu };

for (const [lang, here] of Object.entries(HERE)) {
  const law = await lawIn(lang);

  test(`${lang}: abroad nothing is "here"`, () => {
    const found = new Map();
    const look = (what, ...texts) =>
      texts.some((text) => here.test(text ?? "")) &&
      found.set(
        what,
        texts.find((text) => here.test(text ?? "")),
      );
    let seen = 0;
    for (const { asOf, answers } of abroad) {
      // Nobody abroad is held by the agencies, nor has a stay that goes on.
      const stays = (Array.isArray(answers.stays) ? answers.stays : []).map((stay) =>
        stay.left ? stay : { ...stay, left: asOf, "left-how": "own-choice" },
      );
      let report;
      try {
        report = engine.screen({ asOf, answers: { ...answers, "person.in-us": false, custody: "none", stays } });
      } catch {
        continue;
      }
      for (const { id, clause, certainty, tells } of report.cautions) {
        const words = law.caution[id][clause];
        look(`${id}/${clause}`, words[certainty === "maybe" ? "maybe-title" : "title"], certainty === "maybe" ? words.maybe : words.body);
        look(`tells ${id}`, ...tells.map((tell) => law.tells[tell]));
      }
      look("plan", ...report.plan.map(({ step }) => law.step[step]));
      for (const { route } of report.cards.filter(({ place }) => ["urgent", "worth-asking"].includes(place)))
        look(route, law.route[route].about, law.route[route].name);
      seen += report.cautions.length;
    }
    assert.deepEqual([...found], []);
    assert.ok(seen > 2000, `${seen}`);
  });
}
