// @ts-check
// The package's main entry. Nothing happens on import: no DOM, no network, no WebAssembly.
// The module and the rules are ordinary JavaScript files with the data inside, so no server needs to know
// a special type, no policy needs to allow a connection, and every bundler carries them along.

import { builtIn } from "./built-in.js";
import { bytesOf, notStarted, openEngine, optionsOf, ScreenerError } from "./engine-core.js";
import { ownRules } from "./signed.js";

export { ScreenerError };

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;
/** @type {Promise<import("./index.js").Engine> | undefined} */
let packaged;

/** @type {typeof import("./index.js").loadEngine} */
export async function loadEngine(options = {}) {
  const [rules, keys] = optionsOf(options, ["rules", "keys"]);
  if (rules !== undefined || keys !== undefined) return openPackaged(ownRules(rules, keys, () => import("./dist/signature.js")));
  packaged ??= openBuiltIn().catch((error) => {
    packaged = undefined; // A failure is not kept: the next call tries again.
    throw error;
  });
  return packaged;
}

async function openBuiltIn() {
  return openPackaged({ rules: await builtIn() });
}

/** Whether WebAssembly runs is known when it has run: policies, old browsers and locked devices each say it in a way of their own.
 * Where it does not, the same module comes as JavaScript. @param {{ rules: unknown } & import("./engine-core.js").Own} given */
async function openPackaged(given) {
  try {
    return await openEngine({ ...given, wasm: await packagedModule() });
  } catch (error) {
    if (!(error instanceof ScreenerError) || error.code !== "wasm-unavailable") throw error;
    const { default: translated } = await import("./dist/translated.js");
    return openEngine({ ...given, wasm: translated });
  }
}

function packagedModule() {
  compiled ??= compilePackaged().catch(async () => {
    compiled = undefined;
    throw await notStarted();
  });
  return compiled;
}

async function compilePackaged() {
  const { default: text } = await import("./dist/wasm.js");
  return WebAssembly.compile(bytesOf(text));
}
