// @ts-check
// Draws the screen of the place where the person is, with what stands around it. What a screen holds is not decided here.

import { App } from "./app.js";
import { askWipe, foot, top } from "./around.js";
import { find, h } from "./dom.js";
import { levels } from "./levels.js";
import { failed, start, wait } from "./start.js";
import { traces } from "./traces.js";
import { back } from "./way.js";

/** What can be drawn: at first what the first script knows. The others come with the second one.
 * @type {Partial<Record<import("./types.d.ts").Place["name"], (app: App) => import("./dom.js").Children[]>>} */
export const SCREENS = { start, failed, wait, traces };

/**
 * @param {HTMLElement} root
 * @param {import("./types.d.ts").Config} config
 * @param {App["outer"]} outer
 */
export function view(root, config, outer) {
  /** @type {App["place"] | null} */
  let drawn = null;
  /** @type {App["place"] | null} */
  let place = null;
  const folds = () => [...root.querySelectorAll("details")];
  const redraw = () => {
    document.documentElement.lang = app.language.lang;
    document.documentElement.dir = app.language.dir;
    const { name } = app.place;
    app.fresh = drawn !== app.place;
    // In another language the place stays what it was, with what was opened on it.
    const unfolded = place === app.place ? folds().map(({ open }) => open) : [];
    place = app.place;
    // A look at what is known so far asks nothing: who comes back from it finds what was chosen.
    if (!app.place.report) drawn = app.place;
    root.replaceChildren(top(app), h("div", { class: `main ${name}` }, SCREENS[name]?.(app) ?? []), foot(app));
    for (const [i, fold] of folds().entries()) fold.open ||= unfolded[i] ?? false;
  };
  const arrive = () => {
    redraw();
    scrollTo(0, 0);
    focusFirst();
  };
  const up = () => app.trail.length && back(app);
  const app = new App(config, outer, { arrive, redraw }, levels(up));
  root.addEventListener("keydown", ({ key }) => key === "Escape" && app.wiping && askWipe(app, false));
  // On paper nothing can be unfolded.
  /** @type {HTMLDetailsElement[]} */
  let shut = [];
  addEventListener("beforeprint", () => {
    shut = folds().filter(({ open }) => !open);
    for (const fold of shut) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of shut) fold.open = false;
  });
  redraw();
  return app;
}

/** The page around shows this on the whole screen, or no longer. @param {App} app @param {boolean} on */
export function setFull(app, on) {
  app.full = on;
  find(".top")?.replaceWith(top(app));
  if (app.place.name !== "start" && document.activeElement === document.body) focusFirst();
}

/** To what comes first: the heading. */
function focusFirst() {
  find("[tabindex='-1']")?.focus({ preventScroll: true });
}
