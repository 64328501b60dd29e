// @ts-check
// The first script of a frame that an element shows. It gets everything from the page around it, by message, before the first question.
// Outwards it says only: loaded, a script or WebAssembly may not run here, the page's own rules are not used, ready, begun, could not
// start, full screen, leave, left.

import { shut } from "./frame-seal.js";
import { bring } from "./scripts.js";
import { heed, stand } from "./stand.js";
import { offer } from "./view/around.js";

/**
 * What the page around hands in.
 * @typedef {object} Parts
 * @property {string} script the second one
 * @property {BufferSource | string} wasm
 * @property {import("./form-main.js").Parts["rules"]} rules
 * @property {unknown[]} own
 * @property {boolean} [older]
 * @property {boolean} refused
 * @property {import("./view/types.d.ts").Language} language the first one that is here, with its words of the questions
 */

const outer = window.parent;
/** @type {import("./view/app.js").App | null} */
let app = null;
/** @type {import("./scripts.js").Form | undefined} */
let form;
/** @type {Parts | null} */
let parts = null;

/** @param {"hello" | "refused" | "nowasm" | "forbidden" | "ready" | "begun" | "error" | "enlarge" | "shrink" | "exit" | "left"} type */
const tell = (type) => outer.postMessage({ type }, "*");

/** Whether a policy, and not the device, is what keeps WebAssembly from running. */
let forbidden = false;
addEventListener("securitypolicyviolation", ({ blockedURI }) => {
  forbidden ||= blockedURI === "wasm-eval";
});

/** @param {Parts} given */
async function start(given) {
  parts = given;
  if (!parts.language?.law?.fact) return tell("error");
  form = /** @type {typeof form} */ (await bring(parts.script, "form"));
  if (!form) return tell("refused");
  await open(parts.wasm);
}

/** @param {import("./form-main.js").Parts["engine"] | undefined} engine */
async function open(engine) {
  if (!form || !parts || !app || !engine) return tell("refused");
  try {
    const { screener, note, reason } = await form.open({ ...parts, engine });
    if (reason) outer.postMessage({ type: "rules", reason }, "*");
    shut();
    app.ready(screener, parts.language, note);
    tell("ready");
  } catch (fault) {
    const missing = /** @type {{ code?: string }} */ (fault).code === "wasm-unavailable";
    // The violation of a policy is told in a task of its own.
    setTimeout(() => tell(!missing ? "error" : forbidden ? "forbidden" : "nowasm"));
  }
}

addEventListener("message", ({ source, data }) => {
  if (source !== outer || typeof data !== "object" || data === null) return;
  // Where a script of the page replaced what the language has built in, texts can be missing. Then no name of ours stands there instead.
  if (data.type === "config" && !app && !data.config?.language?.words) tell("error");
  else if (data.type === "config" && !app) {
    app = stand(data.config, {
      exit: () => tell("exit"),
      begun: () => tell("begun"),
      enlarge: () => tell("enlarge"),
      shrink: () => tell("shrink"),
    });
  } else if (data.type === "parts" && app && !parts) void start(data);
  else if (data.type === "translated" && parts && !app?.screener)
    void bring(data.script, "fallback").then((engine) => open(/** @type {any} */ (engine)));
  else if (data.type === "rest" && app?.screener && !app.whole) {
    if (data.law?.route) app.complete(data.law, app.screener.cited(data.citations));
    else tell("error");
  } else if (data.type === "language" && app && data.language?.law?.route) offer(app, data.language);
  else if (app) heed(app, data, tell);
});
// Without this element the text of the document is what a person reads, and nothing else.
document.currentScript?.remove();
tell("hello");
