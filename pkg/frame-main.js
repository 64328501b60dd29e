// @ts-check
// The one script of the sealed frame. It gets everything from the page around it, by message, before the first question.
// Outwards it says only: loaded, ready, could not start, full screen, leave.

import "./frame-seal.js";
import { openEngine, wipe } from "./engine-core.js";
import { guard } from "./view-guard.js";
import { View } from "./view.js";
import css from "./style.css";

/** @typedef {{ wasm: ArrayBuffer, rules: unknown[], laws: Record<string, import("./view-types.d.ts").LawWords> }} Parts */

const outer = window.parent;
/** @type {View | null} */
let view = null;
let loading = false;

/** @param {"hello" | "ready" | "error" | "open" | "close" | "exit"} type */
const tell = (type) => outer.postMessage({ type }, "*");

/** @param {import("./view-types.d.ts").Config} config */
function begin(config) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  for (const [name, value] of Object.entries(config.theme)) document.documentElement.style.setProperty(name, value);

  const root = document.body.appendChild(document.createElement("div"));
  root.className = "root";
  const guarded = guard({
    say: (key, values) => view?.say(key, values) ?? "",
    active: () => view != null && view.place.name !== "start",
    wipe: () => view?.wipe(),
    leave: () => tell("exit"),
  });
  view = new View(root, config, { exit: guarded.exit, open: () => tell("open"), close: () => tell("close") });
}

/** The first rules that this engine accepts. @param {Parts} parts */
async function open({ wasm, rules, laws }) {
  const module = await WebAssembly.compile(wasm);
  for (const [i, pack] of rules.entries()) {
    try {
      const engine = await openEngine({ wasm: module, rules: pack });
      view?.ready(
        {
          questions: engine.questions,
          slots: engine.slots,
          rules: engine.rules,
          citations: engine.citations,
          help: engine.help,
          screen: (asOf, answers) => engine.screenSlots(asOf, answers),
          wipe: () => wipe(engine),
        },
        laws,
      );
      return tell("ready");
    } catch (error) {
      if (i === rules.length - 1) throw error;
    }
  }
}

addEventListener("message", ({ source, data }) => {
  if (source !== outer || typeof data !== "object" || data === null) return;
  if (data.type === "config" && !view) begin(data.config);
  else if (data.type === "parts" && view && !loading) {
    loading = true;
    open(data).catch(() => tell("error"));
  } else if (data.type === "lang") view?.speak(data.lang);
  else if (data.type === "full") view?.fill(data.on);
});
// No detail of a fault is written anywhere: it could carry an answer.
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (event) => {
    event.preventDefault();
    view?.wipe("failed");
  });
}
// The text of the script is no part of what is read here.
document.currentScript?.remove();
tell("hello");
