// @ts-check
// What a web person can do about each error, for the console: the line to add or to change. Loaded only where something went wrong. It
// says nothing about the person in front of the form, and nothing that was answered.

import HASHES from "./dist/hashes.js";

/** @type {Record<import("./element.d.ts").ErrorCode, () => string>} */
const CURES = {
  load: () =>
    "a file of the form did not come. Look in the network list for one of this folder that is missing, or whose type is not JavaScript; upload the whole folder.",
  timeout: () => "nothing came for half a minute. Reload the page; if it stays so, look which file of the form never answers.",
  policy: () =>
    `the policy of this page stops the form. Either add to its Content-Security-Policy: script-src ${HASHES.form?.map((hash) => `'${hash}'`).join(" ")} 'wasm-unsafe-eval'; or let it show the frame that lies beside the form: frame-src 'self', and where the files are bundled name it: <relief-screener src="/relief-screener/dist/hosted.html">.`,
  engine: () =>
    "the engine did not start. Upload the whole folder of one version; where the page names rules of its own, look at those first.",
  language: () => "the files of a language did not come; the other languages work. Look for lang, more and words in the folder dist.",
  rules: () =>
    "the rules that the page names are not used, but the built-in ones. Look whether the file is there, whole, not older, and as its hash says.",
};

/** @param {import("./element.d.ts").ErrorCode} code @param {HTMLElement} element */
export function cure(code, element) {
  console.warn(`relief-screener (${code}): ${CURES[code]()}`, element);
}
