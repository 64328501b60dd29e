// @ts-check
// How something came to stand as it stands: the days on which it changed, as a list for every reader, and as a bar for the eye. What a
// day meant is said by whoever calls; here it is only put in order.

import { draw, h } from "./dom.js";
import { dateText } from "./text.js";

/** @typedef {Pick<import("./app.js").App, "say" | "language">} Speaker */

const [LONG, HIGH] = [300, 14];
const DAY = 86_400_000;

/** The days in order, the one that holds marked. @param {Speaker} app @param {{ from: string, what: import("./dom.js").Children }[]} items
 * @param {number} at the one that holds */
export function story(app, items, at) {
  const lines = items.map(({ from, what }, i) =>
    h("li", { "aria-current": i === at && "date" }, h("strong", null, dateText(app.language, from)), " ", what),
  );
  return h("ol", { class: "story" }, lines);
}

/** The same as a bar, each state as long as it lasted, from the first day to this one. The list beside it says the same in words.
 * @param {Speaker} app @param {{ from: string, state: string }[]} stages @param {string} day */
export function bar(app, stages, day) {
  const [first] = stages;
  if (!first || first.from >= day) return null;
  const at = (/** @type {string} */ date) => Date.parse(date) / DAY;
  const [start, all] = [at(first.from), at(day) - at(first.from)];
  const place = (/** @type {string} */ date) => ((at(date) - start) / all) * LONG;
  const past = stages.filter(({ from }) => from < day);
  const svg = draw("svg", { viewBox: `0 0 ${LONG} ${HIGH}`, preserveAspectRatio: "none", class: "bar" });
  svg.append(
    ...past.map(({ from, state }, i) => {
      const x = place(from);
      return draw("rect", { class: state, x, y: 1, width: place(past[i + 1]?.from ?? day) - x, height: HIGH - 2 });
    }),
  );
  const ends = [first.from, day].map((date) => h("span", null, dateText(app.language, date)));
  return h("div", { "aria-hidden": "true" }, svg, h("p", { class: "ends fine" }, ends));
}
