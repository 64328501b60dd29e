// @ts-check
// How more scripts come into a frame whose policy lets no address in: as text, each allowed by its hash. What a script brings it hands
// to `relief`, the one name of ours that the frame's window has. Nothing here decides what is brought.

import { part } from "./parts.js";

/** What the second script brings. @typedef {typeof import("./form-main.js")} Form */
/** @typedef {(need: typeof part) => unknown} Bringer */

/** @type {unknown[]} */
const brought = [];
const nonce = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.nonce ?? "";

Object.defineProperty(globalThis, "relief", { value: (/** @type {Bringer} */ bringer) => brought.push(bringer(part)) });

/** What the scripts in the document have brought so far, each once. */
export const taken = () => brought.splice(0);

/** Runs a script. `undefined` where the policy of the page around does not let it. @param {string} text */
export function run(text) {
  const script = document.createElement("script");
  script.nonce = nonce;
  try {
    script.text = text;
  } catch {
    try {
      script.text = trusted(text); // The page around asks for this.
    } catch {
      return undefined;
    }
  }
  document.body.append(script);
  script.remove();
  return taken()[0];
}

/** Where a policy wants it, a text says that it is meant as a script. @param {string} text @returns {string} */
function trusted(text) {
  policy ??= /** @type {any} */ (globalThis).trustedTypes.createPolicy("relief-screener", {
    createScript: (/** @type {string} */ script) => script,
  });
  return policy.createScript(text);
}
/** Some pages let nobody make two of a name. @type {any} */
let policy;
