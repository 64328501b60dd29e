// @ts-check
// Rules that a program brings. Where it names keys, the rules have to be signed by one of them; without keys a signature is not looked at.
// The code that reads a signature is as large as a seventh of the engine, so it is loaded where there is a key, and nowhere else.

import { notStarted, ScreenerError } from "./engine-core.js";

/**
 * What `openEngine` takes for rules of a caller's.
 * @param {unknown} rules
 * @param {unknown} keys
 */
export function ownRules(rules, keys) {
  if (keys === undefined) return { rules, check: true };
  // Otherwise somebody could take the built-in rules for signed ones.
  if (rules === undefined) throw new ScreenerError("wrong-kind", "`keys` are for rules of your own; give `rules` too", { key: "keys" });
  return { rules, check: true, signed: (/** @type {string} */ kept) => signed(kept, keys) };
}

/** @param {string} kept @param {unknown} keys */
async function signed(kept, keys) {
  const { unsigned } = await import("./dist/signature.js");
  const refused = await unsigned(kept, keys).catch(async () => {
    throw await notStarted();
  });
  if (!refused) return;
  const [code, key, message] = refused;
  throw new ScreenerError(code, `${key}: ${message}`, { key });
}
