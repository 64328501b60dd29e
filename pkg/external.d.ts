import type { Engine } from "./index.d.ts";

export * from "./index.d.ts";

/** Loads the engine from a wasm file that the host serves: `loadEngine({ wasm: fetch(url) })`. */
export function loadEngine(options: {
  wasm: Response | BufferSource | WebAssembly.Module | Promise<Response | BufferSource | WebAssembly.Module>;
  rules?: object;
}): Promise<Engine>;
