import type { Engine } from "./index.js";

export type * from "./index.js";
export { ScreenerError } from "./index.js";

/** What `fetch` gives, as far as it is looked at: said here, so that a project without the types of a page can use this too. */
export interface WasmResponse {
  readonly ok: boolean;
  readonly status: number;
  clone(): WasmResponse;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A `WebAssembly.Module`. It has nothing that can be looked at. */
export interface WasmModule {
  readonly [Symbol.toStringTag]?: "WebAssembly.Module";
}

/** The file `relief-screener/engine.wasm`, in any of the forms in which a program holds a file. */
export type WasmSource = WasmResponse | ArrayBuffer | ArrayBufferView | WasmModule;

/** Loads the engine from a wasm file that the host serves: `loadEngine({ wasm: fetch(url) })`. */
export function loadEngine(options: { wasm: WasmSource | Promise<WasmSource>; rules?: object; keys?: readonly string[] }): Promise<Engine>;
