// @ts-check
// The main entry for places where import() is forbidden, such as a service worker: everything is there from the start.
// Nothing happens on import here either; only more has to arrive before it is done.

import rules from "./dist/rules.js";
import { unsigned } from "./dist/signature.js";
import citations from "./dist/sources.js";
import wasm from "./dist/wasm.js";
import { bytesOf, openEngine, optionsOf, ScreenerError } from "./engine-core.js";
import { ownRules } from "./signed.js";

export { ScreenerError };

/** @type {Promise<import("./index.js").Engine> | undefined} */
let packaged;

/** @type {typeof import("./index.js").loadEngine} */
export async function loadEngine(options = {}) {
  const [own, keys] = optionsOf(options, ["rules", "keys"]);
  if (own !== undefined || keys !== undefined)
    return openEngine({ ...ownRules(own, keys, async () => ({ unsigned })), wasm: bytesOf(wasm) });
  packaged ??= open({ ...rules, citations }).catch((error) => {
    packaged = undefined; // A failure is not kept: the next call tries again.
    throw error;
  });
  return packaged;
}

/** @param {unknown} given */
const open = (given) => openEngine({ wasm: bytesOf(wasm), rules: given });
