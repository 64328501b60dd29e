// @ts-check
// What a web person can do about each error, for the console and for the check of a page: the line to add or to change. Loaded only where
// something went wrong. It says nothing about the person in front of the form, and nothing that was answered.

import HASHES from "./dist/hashes.js";

/** @type {Record<import("./element.d.ts").ErrorCode, () => string>} */
const CURES = {
  load: () =>
    "a file of the form did not come. Look in the network list for one of this folder that is missing, or whose type is not JavaScript; upload the whole folder.",
  timeout: () =>
    "nothing came for half a minute. Reload the page; if it stays so, look which file of the form never answers, and for a script of the page that replaces Promise.",
  policy: () =>
    `the policy of this page stops the form. Either add to its Content-Security-Policy: script-src ${HASHES.form?.map((hash) => `'${hash}'`).join(" ")} 'wasm-unsafe-eval'; or let it show a frame that lies beside the form: frame-src 'self', and where the files are bundled name it: <relief-screener src="/relief-screener/dist/linked.html">. If it does: for the files of the form the server must not send X-Frame-Options: DENY, Cross-Origin-Resource-Policy: same-origin, or a policy without script-src 'self'. Where none of that can be changed, <relief-screener inline> works, and scripts of this page could read what is answered.`,
  engine: () =>
    "the engine did not start. Upload the whole folder of one version; where the page names rules of its own, look at those first. A script of the page that replaces what the language has built in, such as Array.prototype.map, has to go.",
  language: () => "the files of a language did not come; the other languages work. Look for lang, more and words in the folder dist.",
  rules: () =>
    "the rules that the page names are not used, but the built-in ones. Look whether the file is there, whole, not older, and as its hash says.",
};

/** What was wrong with rules of the page's own. @type {Record<string, string>} */
const RULES = {
  "rules-missing": "the server has no file at that address.",
  "rules-integrity":
    "`rules-integrity` is no list of hashes: write sha256-, sha384- or sha512- and the hash in base64, with spaces between.",
  "rules-changed": "the file was changed after it was written: upload it as the rules build wrote it.",
  "rules-unsigned": "the file is not signed: sign it with `cargo xtask rules sign`.",
  "rules-signature": "none of the keys in `rules-key` signed this file.",
  "rules-key": "`rules-key` is no list of public keys: write the line that `cargo xtask rules keys` made.",
  "rules-expired": "they are over: build them again from rules that somebody has looked at since.",
  "rules-older": "they are older than the built-in ones: build newer ones, or write `rules-older` on the element if that is meant.",
  "unsupported-pack": "the file is of another format: build it with the version of this form.",
};

/** What to change. @param {import("./element.d.ts").ErrorCode} code @param {unknown} [reason] */
export function lineFor(code, reason) {
  const more = RULES[String(reason)];
  return `${CURES[code]()}${more ? ` What is wrong: ${more}` : ""}`;
}

/** @param {import("./element.d.ts").ErrorCode} code @param {HTMLElement} element @param {unknown} reason */
export function cure(code, element, reason) {
  console.warn(`relief-screener (${code}): ${lineFor(code, reason)}`, element);
}
