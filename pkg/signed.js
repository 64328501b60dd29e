// @ts-check
// Rules that a program brings. Where it names keys, the rules have to be signed by one of them; without keys a signature is not looked at.
// The code that reads a signature is as large as a seventh of the engine, so it is loaded where there is a key, and nowhere else.

import { notStarted, ScreenerError } from "./engine-core.js";

/**
 * What `openEngine` takes for rules of a caller's.
 * @param {unknown} rules
 * @param {unknown} keys
 * @param {() => Promise<typeof import("./dist/signature.js")>} load what reads a signature
 */
export function ownRules(rules, keys, load) {
  if (keys === undefined) return { rules, check: true };
  // Otherwise somebody could take the built-in rules for signed ones.
  if (rules === undefined) throw new ScreenerError("wrong-kind", "`keys` are for rules of your own; give `rules` too", { key: "keys" });
  return { rules, check: true, signed: (/** @type {string} */ kept) => signed(kept, keys, load) };
}

/** @param {string} kept @param {unknown} keys @param {Parameters<typeof ownRules>[2]} load */
async function signed(kept, keys, load) {
  const { unsigned } = await load();
  const refused = await unsigned(kept, keys).catch(async () => {
    throw await notStarted();
  });
  if (!refused) return;
  const [code, key, message] = refused;
  throw new ScreenerError(code, `${key}: ${message}`, { key });
}
