// @ts-check
// Whether somebody signed a file of rules. The build puts the module of the crate `rules-signature` in and makes dist/signature.js of it.
// It passes bytes on and decides nothing of its own but how a key and a signature are written.

import { bytesOf as bytesOfText, read, sealed } from "./engine-core.js";

/** @typedef {[code: import("./index.js").ErrorCode, key: string, message: string]} Refusal */
/** @typedef {{ take(byte: number): void, verdict(): number }} Raw */

/** What stands before a public key: the one kind that there is. */
const KIND = "ed25519:";
/** Old ones and new ones, while one takes the place of another. */
const MOST_KEYS = 20;
/** What the module says, by number. */
const SIGNED = 0;
const NO_KEY = 2;

/** @param {string} moduleText */
export function reader(moduleText) {
  /**
   * Why rules are not taken for signed; null where one of the keys signed them.
   * @param {string} kept the rules, as compact JSON
   * @param {unknown} keys each as `ed25519:` and base64
   * @returns {Promise<Refusal | null>}
   */
  return async (kept, keys) => {
    const named = read(() => listed(keys));
    if (!named) return ["rules-key", "keys", `is no list of public keys; name 1 to ${MOST_KEYS}, each "ed25519:" and 44 signs of base64`];
    const { signature, text } = sealed(kept);
    const bytes = bytesOf(signature, 64);
    const module = await WebAssembly.compile(bytesOfText(moduleText));
    const message = new TextEncoder().encode(text);
    const verdicts = [];
    for (const [at, one] of named.entries()) {
      const key = typeof one === "string" && one.startsWith(KIND) ? bytesOf(one.slice(KIND.length), 32) : null;
      const verdict = key ? await judged(module, [key, bytes ?? new Uint8Array(64), message]) : NO_KEY;
      // Passed over, a slip in a key would go unseen until the day on which that key is needed.
      if (verdict === NO_KEY) return ["rules-key", `keys.${at}`, "is no public key; write the line that `cargo xtask rules keys` made"];
      verdicts.push(verdict);
    }
    if (bytes && verdicts.includes(SIGNED)) return null;
    if (signature === undefined)
      return ["rules-unsigned", "rules.signature", "missing; sign the file with `cargo xtask rules sign`, or name no keys"];
    return ["rules-signature", "rules.signature", "none of the keys signed this file as it is; sign it anew, or name the key that did"];
  };
}

/** A copy of a caller's list, of which nothing has to be true. @param {unknown} keys @returns {unknown[] | null} */
function listed(keys) {
  if (!Array.isArray(keys)) return null;
  const { length } = keys;
  return length > 0 && length <= MOST_KEYS ? Array.from({ length }, (_, at) => keys[at]) : null;
}

/** So many bytes, where this is how base64 writes them: there is one way. @param {unknown} base64 @param {number} length */
function bytesOf(base64, length) {
  const bytes = typeof base64 === "string" ? read(() => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))) : null;
  return bytes?.length === length && btoa(String.fromCharCode(...bytes)) === base64 ? bytes : null;
}

/** @param {WebAssembly.Module} module @param {Uint8Array[]} input key, signature, message */
async function judged(module, input) {
  const { take, verdict } = /** @type {Raw} */ (/** @type {unknown} */ ((await WebAssembly.instantiate(module)).exports));
  for (const bytes of input) for (const byte of bytes) take(byte);
  return verdict();
}
