// @ts-check
// How more scripts come into a frame: as text, each allowed by its hash, or where a policy stops that, as the file beside the first script,
// where that is a file. What a script brings it hands to `relief`, the one name of ours that the frame's window has. Nothing here decides
// what is brought.

import { part } from "./parts.js";
import { meant } from "./trusted.js";

/** What the second script brings. @typedef {typeof import("./form-main.js")} Form */
/** @typedef {(need: typeof part) => unknown} Bringer */

/** @type {unknown[]} */
const brought = [];
const { nonce = "", src = "" } = /** @type {HTMLScriptElement | null} */ (document.currentScript) ?? {};

Object.defineProperty(globalThis, "relief", { value: (/** @type {Bringer} */ bringer) => brought.push(bringer(part)) });

/** What the scripts in the document have brought so far, each once. */
export const taken = () => brought.splice(0);

/** What a script brings, or nothing where no policy lets it run. @param {string} text @param {"form" | "fallback"} name of its file */
export async function bring(text, name) {
  await insert("text", text);
  if (!brought.length && src) await insert("src", new URL(`${name}.js`, src).href);
  return taken()[0];
}

/** @param {"text" | "src"} from @param {string} value */
async function insert(from, value) {
  const script = document.createElement("script");
  script.nonce = nonce;
  if (!meant(from === "src" ? "createScriptURL" : "createScript", value, (said) => (script[from] = said))) return;
  const done = new Promise((resolve) => {
    script.onload = script.onerror = resolve;
  });
  document.body.append(script);
  if (from === "src") await done;
  script.remove();
}
