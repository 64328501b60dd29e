import type { Engine } from "./index.js";

export type * from "./index.js";
export { ScreenerError } from "./index.js";

/** Loads the engine from a wasm file that the host serves: `loadEngine({ wasm: fetch(url) })`. */
export function loadEngine(options: {
  wasm: Response | BufferSource | WebAssembly.Module | Promise<Response | BufferSource | WebAssembly.Module>;
  rules?: object;
  keys?: readonly string[];
}): Promise<Engine>;
