// @ts-check
// Writes the pages that a frame can be loaded from, out of their parts: `{ parts, help }` comes in as JSON, `{ name: page }` goes out.
// The frame that an element fills has its first script alone; the others have everything inside, first what is seen first.

import { readFileSync } from "node:fs";

import { headOf, sealedDocument } from "../pkg/frame.js";

/** @typedef {{ text: string, hash: string }} Script */
/** @typedef {{ first: Script, second: Script, translated: Script, news: Script, page: Script }} Scripts */
/** @type {{ scripts: Scripts, engine: string, words: object, laws: Record<string, object>, mores: Record<string, object>, rules: object, sources: object, help: string }} */
const { scripts, engine, words, laws, mores, rules, sources, help } = JSON.parse(readFileSync(0, "utf8"));

const hashes = (/** @type {Script[]} */ ...all) => all.map(({ hash }) => hash);
/** ASCII, and nothing in it that could end the element around it. @param {unknown} value */
const json = (value) => JSON.stringify(value).replace(/[<\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const data = (/** @type {string} */ id, /** @type {unknown} */ value) => `<script type="application/json" id="${id}">${json(value)}</script>\n`;
const run = (/** @type {Script} */ { text }) => `<script>${text}</script>\n`;

/** Brings its scripts as files, for a server that sends a strict policy with everything it has. Before the first answer it shuts out even
 * these. To some browsers a sandboxed frame is not `'self'`, and a file does not know its address. @param {string} name @param {string[]} others that may run as texts */
const linked = (name, others) => `${headOf(others, "https: http: ")}<body><script src="linked/${name}.js"></script></body></html>`;

/** Where this page needs what a device lacks. */
const OTHER = `<p class="other" hidden>This device needs another version of the questions. <span lang="es">Este aparato necesita otra versi&#243;n de las preguntas.</span> <a href="relief-screener.html">relief-screener.html</a></p>\n`;

/** @param {Script[]} later the scripts behind the first one @param {string} rest @param {string} [other] */
function whole(later, rest, other = "") {
  const perLanguage = Object.keys(laws).map((lang) => data(`law-${lang}`, laws[lang]) + data(`more-${lang}`, mores[lang]));
  return [
    headOf(hashes(scripts.page, ...later)),
    "<body>\n<!-- Whoever shows this page may write its settings here, such as \"help-phone\": \"+1 555 0100\". -->\n",
    data("settings", {}),
    `<div id="help">${other}${help}</div>\n`,
    data("words", words),
    run(scripts.page),
    later.map(run).join(""),
    data("rules", rules),
    rest,
    perLanguage.join(""),
    data("sources", sources),
    "</body></html>\n",
  ].join("");
}

const pages = {
  "hosted.html": sealedDocument(scripts.first.text, hashes(scripts.first, scripts.second, scripts.translated)),
  "hosted-news.html": sealedDocument(scripts.news.text, hashes(scripts.news)),
  "linked.html": linked("frame", hashes(scripts.second, scripts.translated)),
  "linked-news.html": linked("news", []),
  "frame.html": whole([scripts.second], `<script type="text/plain" id="engine">${engine}</script>\n`, OTHER),
  "relief-screener.html": whole([scripts.second, scripts.translated], ""),
};
process.stdout.write(JSON.stringify(pages));
