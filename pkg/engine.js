// @ts-check
// The package's main entry. Nothing happens on import: no DOM, no network, no WebAssembly.
// The module and the rules are ordinary JavaScript files with the data inside, so no server needs to know
// a special type, no policy needs to allow a connection, and every bundler carries them along.

import { fromBase64, notStarted, openEngine, optionsOf, ScreenerError } from "./engine-core.js";
import { ownRules } from "./signed.js";

export { ScreenerError };

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;
/** @type {Promise<import("./index.js").Engine> | undefined} */
let packaged;

/** @type {typeof import("./index.js").loadEngine} */
export async function loadEngine(options = {}) {
  const [rules, keys] = optionsOf(options, ["rules", "keys"]);
  if (rules !== undefined || keys !== undefined) return openEngine({ ...ownRules(rules, keys), wasm: await packagedModule() });
  packaged ??= openPackaged().catch((error) => {
    packaged = undefined; // A failure is not kept: the next call tries again.
    throw error;
  });
  return packaged;
}

async function openPackaged() {
  const [wasm, rules] = await Promise.all([packagedModule(), import("./dist/rules.js")]);
  return openEngine({ wasm, rules: rules.default });
}

function packagedModule() {
  compiled ??= compilePackaged().catch(async () => {
    compiled = undefined;
    throw await notStarted();
  });
  return compiled;
}

async function compilePackaged() {
  const { default: base64 } = await import("./dist/wasm.js");
  return WebAssembly.compile(fromBase64(base64));
}
