// @ts-check
// For hosts that would rather serve `dist/engine_bg.wasm` as a file of its own:
//   loadEngine({ wasm: fetch("/assets/engine_bg.wasm") })
// It is compiled while it arrives where the server names its type, and after it has arrived where not.

import { builtIn } from "./built-in.js";
import { openEngine, optionsOf, ScreenerError } from "./engine-core.js";
import { ownRules } from "./signed.js";

export { ScreenerError };

/** @type {typeof import("./external.js").loadEngine} */
export async function loadEngine(options) {
  const [wasm, rules, keys] = optionsOf(options, ["wasm", "rules", "keys"]);
  // The rules are not awaited: they are the caller's, and may be anything.
  const own = rules === undefined && keys === undefined ? null : ownRules(rules, keys, () => import("./dist/signature.js"));
  const [source, built] = await Promise.all([arrived(wasm), own ? null : builtIn()]);
  return openEngine({ ...(own ?? { rules: built }), wasm: source });
}

/** @param {unknown} wasm */
async function arrived(wasm) {
  let status = "";
  try {
    const source = await wasm;
    if (typeof Response !== "function" || !(source instanceof Response)) return /** @type {any} */ (source);
    if (source.ok) return await compile(source);
    status = `: status ${Number(source.status)}`;
  } catch {
    // Whatever it was: a request that failed throws words of its own.
  }
  throw new ScreenerError("wasm-unavailable", `the wasm file did not arrive${status}`);
}

/** @param {Response} response */
async function compile(response) {
  const spare = response.clone();
  try {
    return await WebAssembly.compileStreaming(response);
  } catch {
    return spare.arrayBuffer();
  }
}
