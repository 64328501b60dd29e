// The two themes of the form: every pair of colors that text and ground come in can be read (WCAG 2.2, 1.4.3 and 1.4.11).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../../pkg/style.css", import.meta.url), "utf8");

/** The colors that a `:root` block sets; of those that a page may set the default. */
const colorsOf = (block) =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (?:var\(--relief-[a-z-]+, )?(#[0-9a-f]{3,6})\)?;/g)].map(([, name, color]) => [name, color]),
  );
const [light, dark] = [...css.matchAll(/:root \{([^}]+)\}/g)].map(([, block]) => colorsOf(block));

/** Relative luminance, as WCAG defines it. */
function luminance(color) {
  const hex = color.length === 4 ? color.replace(/[0-9a-f]/g, "$&$&") : color;
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** What is read on what; and the edges of controls, which have to be seen. */
const TEXT = [
  ["ink", "back"],
  ["ink", "paper"],
  ["ink", "tint"],
  ["ink", "stop-back"],
  ["ink", "care-back"],
  ["ink", "shut-back"],
  ["soft", "back"],
  ["soft", "paper"],
  ["accent", "back"],
  ["accent", "paper"],
  ["accent", "tint"],
  ["accent", "care-back"],
  ["accent", "stop-back"],
  ["on-accent", "accent"],
  ["paper", "stop"],
  ["stop", "stop-back"],
  ["stop", "paper"],
  ["stop", "back"],
  ["care", "care-back"],
  ["care", "paper"],
  ["shut", "shut-back"],
];
const EDGES = [
  ["edge", "back"],
  ["edge", "paper"],
];

for (const [name, theme] of Object.entries({ light, dark: { ...light, ...dark } })) {
  for (const [pairs, least] of [
    [TEXT, 4.5],
    [EDGES, 3],
  ]) {
    for (const [one, other] of pairs) {
      test(`${name}: ${one} on ${other}: at least ${least}`, () => {
        assert.ok(theme[one] && theme[other], "both are colors of the theme");
        const found = contrast(theme[one], theme[other]);
        assert.ok(found >= least, found.toFixed(2));
      });
    }
  }
}
