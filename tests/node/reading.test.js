// How hard the words are to read: English by Flesch and Kincaid's grade, Spanish by the scale of Szigriszt and Pazos (0 to 100,
// higher is easier). Measured on what a person reads together, at least 100 words each; shorter texts are held by the word
// and sentence limits of `cargo xtask rules check`. Names of laws and programs count like other words, titles of cards do not.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { syllable } from "syllable";
import { lawIn, root } from "./support.js";

const FEWEST = 100;

/** Everything that is read together, by name. */
function screens(law, ui) {
  const parts = [];
  const all = (value) => (typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(all));
  parts.push([
    "the page around the questions",
    Object.entries(ui)
      .filter(([, text]) => typeof text === "string" && text.split(" ").length > 4)
      .map(([, text]) => text),
  ]);
  for (const [id, fact] of Object.entries(law.fact)) parts.push([`question ${id}`, all(fact)]);
  for (const [id, caution] of Object.entries(law.caution)) parts.push([`caution ${id}`, all(caution)]);
  for (const [id, route] of Object.entries(law.route)) parts.push([`card ${id}`, all({ ...route, name: "" })]);
  for (const kind of ["step", "document", "gives", "exposes", "paper"]) parts.push([kind, all(law[kind])]);
  return parts;
}

/** Screens with fewer words are read together with the ones that follow them. */
function longEnough(parts, language) {
  const units = [];
  let open = { name: "", text: "" };
  for (const [name, texts] of parts) {
    const kind = name.split(" ")[0];
    if (open.text && open.name.split(" ")[0] !== kind) open = { name: "", text: "" };
    open.name ||= name;
    open.text += ` ${texts.map((text) => sentence(text, language)).join(" ")}`;
    if (words(open.text).length >= FEWEST) {
      units.push(open);
      open = { name: "", text: "" };
    }
  }
  return units;
}

/** A text as sentences: a word for each placeholder, form numbers out, an end put where there is none. */
function sentence(text, language) {
  const filled = text.replaceAll(/\{[a-zA-Z]+\}/g, language === "en" ? "May" : "mayo").replaceAll(/\([^)]*\)/g, " ");
  const plain = filled.replaceAll(/\s+/g, " ").trim();
  return plain && !/[.?!:;]["”»]?$/.test(plain) ? `${plain}.` : plain;
}

const words = (text) => text.match(/[\p{L}][\p{L}’'-]*/gu) ?? [];
const sentences = (text) => Math.max(1, (text.match(/[.?!:;]+(?=\s|["”»]|$)/g) ?? []).length);

/** Syllables of a Spanish word: groups of vowels, two where a strong vowel meets another one or a weak one with an accent. */
function silabas(word) {
  const letters = word
    .toLowerCase()
    .replace(/qu(?=[eiéí])/g, "q")
    .replace(/gu(?=[eiéí])/g, "g")
    .replace(/y$/, "i");
  let count = 0;
  let before = "";
  for (const letter of letters) {
    const vowel = "aeiouáéíóúü".includes(letter);
    const strong = (x) => "aeoáéó".includes(x);
    const accented = (x) => "íú".includes(x);
    if (vowel && (!before || (strong(before) && strong(letter)) || accented(letter) || accented(before))) count += 1;
    before = vowel ? letter : "";
  }
  return Math.max(1, count);
}

const sum = (list) => list.reduce((a, b) => a + b, 0);
const grade = (text) => {
  const all = words(text);
  return 0.39 * (all.length / sentences(text)) + 11.8 * (sum(all.map((word) => syllable(word) || 1)) / all.length) - 15.59;
};
const ease = (text) => {
  const all = words(text);
  return 206.835 - 62.3 * (sum(all.map(silabas)) / all.length) - all.length / sentences(text);
};

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** Measured units of a language, the hardest first. */
async function measured(language, measure, hardest) {
  const law = await lawIn(language);
  const { words: ui } = (await import(join(root, `pkg/dist/words/${language}.js`))).default;
  const units = longEnough(screens(law, ui), language).map((unit) => ({ ...unit, score: measure(unit.text) }));
  return units.toSorted((a, b) => hardest * (b.score - a.score));
}

function report(t, units) {
  t.diagnostic(
    `${units.length} screens and cards, median ${median(units.map((u) => u.score)).toFixed(1)}, hardest: ${units
      .slice(0, 5)
      .map((u) => `${u.name} ${u.score.toFixed(1)}`)
      .join(", ")}`,
  );
}

test("English reads at seventh grade or below", async (t) => {
  const units = await measured("en", grade, 1);
  report(t, units);
  assert.ok(median(units.map((u) => u.score)) <= 7);
  assert.deepEqual(
    units.filter((u) => u.score > 10).map((u) => `${u.name}: ${u.score.toFixed(1)}`),
    [],
    "no screen is far above",
  );
});

test("Spanish reads at sixty or above", async (t) => {
  const units = await measured("es", ease, -1);
  report(t, units);
  assert.ok(median(units.map((u) => u.score)) >= 60);
  assert.deepEqual(
    units.filter((u) => u.score < 50).map((u) => `${u.name}: ${u.score.toFixed(1)}`),
    [],
    "no screen is far below",
  );
});

test("the measures themselves", () => {
  assert.deepEqual(["país", "familia", "petición", "guerra", "ley", "creer", "agüero"].map(silabas), [2, 3, 3, 2, 1, 2, 3]);
  assert.ok(grade("The cat sat. The dog ran.") < 1);
  assert.ok(grade("Discretionary adjudications necessitate individualized evidentiary determinations.") > 15);
});
