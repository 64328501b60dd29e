// @ts-check
// What a frame stands on: the style, the colors that the page around sets, and the one element that is drawn into.

import css from "../style.css";
import { h } from "./dom.js";

/** @param {import("./types.d.ts").Config} config */
export function stage({ theme }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  for (const [name, value] of Object.entries(theme)) document.documentElement.style.setProperty(name, value);
  return document.body.appendChild(h("div", { class: "root" }));
}
