// @ts-check
// What a frame stands on: the style, the colors that the page around sets, and the one element that is drawn into.

import css from "../style.css";
import { h } from "./dom.js";

/** What the page around may set, and which property of CSS takes it. @type {Record<string, string>} */
const TAKEN_BY = {
  "--relief-accent": "color",
  "--relief-on-accent": "color",
  "--relief-font": "font-family",
  "--relief-radius": "border-radius",
};

/** @param {import("./types.d.ts").Config} config */
export function stage({ theme }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  // An older browser does not know every color. What it cannot read would leave white text on nothing, and one color without the other may
  // be no better, so then both are ours.
  const known = (/** @type {string} */ name) => theme[name] === undefined || CSS.supports(TAKEN_BY[name] ?? "", theme[name]);
  const colors = known("--relief-accent") && known("--relief-on-accent");
  for (const [name, value] of Object.entries(theme)) {
    if (TAKEN_BY[name] === "color" ? colors : known(name)) document.documentElement.style.setProperty(name, value);
  }
  return document.body.appendChild(h("div", { class: "root" }));
}
