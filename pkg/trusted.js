// @ts-check
// Trusted Types: where a policy wants it, a text says that it is meant as a document, a script, or the address of one. The one place that
// makes a policy of ours, since some pages let nobody make two of a name. What is meant is decided by who calls.

const same = (/** @type {string} */ text) => text;
/** @type {any} */
let policy;

/** Whether the value could be set: plainly, or as a text of ours.
 * @param {"createHTML" | "createScript" | "createScriptURL"} kind @param {string} text @param {(said: string) => unknown} set */
export function meant(kind, text, set) {
  try {
    set(text);
    return true;
  } catch {} // The page around asks for more.
  try {
    policy ??= /** @type {any} */ (globalThis).trustedTypes.createPolicy("relief-screener", {
      createHTML: same,
      createScript: same,
      createScriptURL: same,
    });
    set(policy[kind](text));
    return true;
  } catch {
    return false;
  }
}
