// @ts-check
// The one script of the sealed frame. It gets everything from the page around it, by message, before the first question.
// Outwards it says only: loaded, the page's own rules are not used, ready, begun, could not start, full screen, leave, left.

import "./frame-seal.js";
import { finer, openEngine, step, wipe } from "./engine-core.js";
import { offer } from "./view/around.js";
import { guard } from "./view/guard.js";
import { stage } from "./view/stage.js";
import { setFull, view } from "./view/view.js";

/**
 * What the page around hands in.
 * @typedef {object} Parts
 * @property {ArrayBuffer} wasm
 * @property {import("./dist/types.js").CompiledRules} rules the built-in ones
 * @property {unknown[]} own those that the page names, where it does
 * @property {boolean} refused it named some, and they did not come or were not the ones it meant
 * @property {import("./view/types.d.ts").Language} language the first one that is here with its words of the rules
 */

const outer = window.parent;
/** @type {import("./view/app.js").App | null} */
let app = null;
let loading = false;

/** @param {"hello" | "rules" | "ready" | "begun" | "error" | "enlarge" | "shrink" | "exit" | "left"} type */
const tell = (type) => outer.postMessage({ type }, "*");

/** @param {import("./view/types.d.ts").Config} config */
function begin(config) {
  const root = stage(config);
  const { exit } = guard({
    say: (key, values) => app?.say(key, values) ?? "",
    active: () => app != null && app.place.name !== "start",
    wipe: () => app?.wipe(),
    leave: () => tell("exit"),
    gone: () => {
      app?.levels.forget();
      app?.wipe();
    },
  });
  app = view(root, config, { exit, begun: () => tell("begun"), enlarge: () => tell("enlarge"), shrink: () => tell("shrink") });
}

/** The page's own rules where they can be used, else the built-in ones, and then the person reads why. @param {Parts} parts */
async function start({ wasm, rules, own: [own], refused, language }) {
  const module = await WebAssembly.compile(wasm);
  /** @type {import("./index.js").Engine | null} */
  let engine = null;
  /** @type {import("./view/types.d.ts").RulesNote} */
  let note = refused ? "rulesRefused" : null;
  if (own !== undefined) {
    try {
      engine = await openEngine({ wasm: module, rules: own });
      // Numbers are compared as numbers: 2026.9.1 comes before 2026.11.22.
      if (engine.rules.version.localeCompare(rules.version, "en", { numeric: true }) < 0) note = "rulesOld";
    } catch {
      note = "rulesRefused";
    }
    if (note) {
      engine = null;
      tell("rules");
    }
  }
  engine ??= await openEngine({ wasm: module, rules });
  const { screenSlots, ...about } = engine;
  const form = {
    screen: screenSlots,
    step: (/** @type {Parameters<typeof screenSlots>} */ ...given) => step(engine, ...given),
    finer: (/** @type {Parameters<typeof screenSlots>} */ ...given) => finer(engine, ...given),
    wipe: () => wipe(engine),
  };
  app?.ready({ ...about, ...form }, language, note);
  tell("ready");
}

addEventListener("message", ({ source, data }) => {
  if (source !== outer || typeof data !== "object" || data === null) return;
  if (data.type === "config" && !app) begin(data.config);
  else if (data.type === "parts" && app && !loading) {
    loading = true;
    start(data).catch(() => tell("error"));
  } else if (data.type === "language" && app) offer(app, data.language);
  else if (data.type === "lang") app?.speak(data.lang);
  else if (data.type === "full" && app) setFull(app, data.on);
  else if (data.type === "leave" && app) {
    app.wipe();
    app.levels.home(() => tell("left"));
  }
});
// A fault of ours leaves no answer behind, and no detail of it is written anywhere: it could carry an answer.
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (event) => {
    event.preventDefault();
    app?.wipe("failed");
  });
}
// Without this element the text of the document is what a person reads, and nothing else.
document.currentScript?.remove();
tell("hello");
