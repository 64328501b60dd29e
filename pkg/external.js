// @ts-check
// For hosts that would rather serve `dist/engine_bg.wasm` as a file of its own:
//   loadEngine({ wasm: fetch("/assets/engine_bg.wasm") })
// It is compiled while it arrives where the server names its type, and after it has arrived where not.

import { openEngine, ScreenerError } from "./engine-core.js";

export { ScreenerError };

/** @type {typeof import("./external.js").loadEngine} */
export async function loadEngine({ wasm, rules }) {
  const [source, pack] = await Promise.all([
    wasm,
    rules === undefined ? import("./dist/rules.js").then((file) => file.default) : rules,
  ]);
  const ready = typeof Response === "function" && source instanceof Response ? await compile(source) : source;
  return openEngine({ wasm: /** @type {BufferSource | WebAssembly.Module} */ (ready), rules: pack });
}

/** @param {Response} response */
async function compile(response) {
  if (!response.ok) {
    throw new ScreenerError("wasm-unavailable", `the wasm file did not arrive: status ${response.status}`);
  }
  const spare = response.clone();
  try {
    return await WebAssembly.compileStreaming(response);
  } catch {
    return spare.arrayBuffer();
  }
}
