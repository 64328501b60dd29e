// @ts-check
// The files of the form, in the order in which a person needs them: first what the start page is drawn from, then what Start waits for.
// Each is asked for once, and only when something asks for it here. What they hold is not looked at.

import LANGUAGES from "./dist/languages.js";

/** All the words of a language. Only the frame reads them. @typedef {{ lang: string }} Language */
/** @typedef {"law" | "more" | "news"} Part of the words of the rules */
/** @typedef {ReturnType<typeof filesFor>} Files */

/** The address of `dist/element.js`, which the build makes of this file and the element, where the package is served as it stands. A
 * bundler gives the file another name, or the path of a folder that it was built in. */
export const here = import.meta.url;
export const BESIDE = /^https?:.*\/dist\/element\.js($|\?)/.test(here) ? here : null;

/**
 * @param {string[]} languages as they are wanted
 * @param {boolean} news the programs in the news, and not the form
 * @param {object} line
 * @param {(on: boolean) => void} line.wait something arrived, and more is on its way, or nothing more is
 * @param {() => void} line.missing a language did not come
 */
export function filesFor(languages, news, { wait, missing }) {
  /** How many are on their way. */
  let open = 0;
  /** @template T @param {() => Promise<T>} ask */
  const come = async (ask) => {
    wait(true);
    open += 1;
    try {
      return await ask();
    } finally {
      open -= 1;
      wait(open > 0);
    }
  };
  /** @template T @param {() => Promise<{ default: T }>} ask */
  const file = async (ask) => (await come(ask)).default;
  /** A language that is missing takes no other one with it: the next one comes in its place.
   * @template T @param {(lang: string) => Promise<T>} ask @param {string[]} [left] @returns {Promise<T>} */
  const first = async (ask, [lang = "", ...left] = languages) => {
    try {
      return await ask(lang);
    } catch (fault) {
      if (!left.length) throw fault;
      missing();
      return first(ask, left);
    }
  };

  const hashes = once(() => file(() => import("./dist/hashes.js")));
  /** The first script, and the hashes of all. @type {() => Promise<[string, string[]]>} */
  const script = once(async () => {
    const [text, all] = await Promise.all([file(() => (news ? import("./dist/news-frame.js") : import("./dist/frame.js"))), hashes()]);
    return [text, all[news ? "news" : "form"]];
  });
  const words = once(() => first(async (lang) => ({ lang, .../** @type {object} */ (await file(filesOf(lang).words)) })));
  const language = () => first((lang) => whole(lang, [news ? "news" : "law"], file));
  /** All that Start waits for; `language` is the one that is there. @type {() => Promise<{ language: Language, wasm?: ArrayBuffer | string }>} */
  const form = once(async () => {
    if (news) {
      const [data, said] = await Promise.all([file(() => import("./dist/news.js")), language()]);
      return { news: data, language: said };
    }
    const engine = async () => {
      const { engine: hash } = await hashes();
      return come(() => binary(hash[0]));
    };
    const [wasm, text, rules, said] = await Promise.all([
      engine(),
      file(() => import("./dist/form.js")),
      file(() => import("./dist/rules.js")),
      language(),
    ]);
    return { wasm, script: text, rules, language: said };
  });
  const fallback = once(() => file(() => import("./dist/fallback.js")));
  /** What comes with the answer. @param {string} lang */
  const rest = async (lang) => {
    const [law, citations] = await Promise.all([file(filesOf(lang).more), file(() => import("./dist/sources.js"))]);
    return { law, citations };
  };
  /** Asks for all that is needed in any case: what the start page is drawn from goes first. */
  const begin = () => {
    const quiet = (/** @type {Promise<unknown>} */ wanted) => wanted.catch(() => {}); // It is looked at where it is needed.
    void quiet(Promise.all([script(), words()]).then(() => quiet(form())));
  };
  return { script, words, form, fallback, rest, begin };
}

/** The words of a language, with those parts of the rules. @param {string} lang @param {Part[]} parts
 * @param {(ask: () => Promise<{ default: any }>) => Promise<any>} file @returns {Promise<Language>} */
export async function whole(lang, parts, file) {
  const files = filesOf(lang);
  const [words, ...law] = await Promise.all([file(files.words), ...parts.map((part) => file(files[part]))]);
  return { lang, ...words, [parts[0] ?? ""]: Object.assign({}, ...law) };
}

/** How the files of a language come. @param {string} lang */
function filesOf(lang) {
  const files = LANGUAGES[lang];
  if (!files) throw new Error();
  return files;
}

/** The engine: as the file that it is, where it lies beside this one, or else as a text that every bundler takes along.
 * @param {string} [integrity] @returns {Promise<ArrayBuffer | string>} */
async function binary(integrity) {
  if (BESIDE) {
    try {
      const address = new URL("./engine_bg.wasm", BESIDE);
      const answer = await fetch(address, { integrity, credentials: "omit", referrerPolicy: "no-referrer" });
      if (answer.ok) return await answer.arrayBuffer();
    } catch {} // A policy, or a server that has another version there.
  }
  return (await import("./dist/wasm.js")).default;
}

/** The same promise for everybody. @template T @param {() => Promise<T>} ask */
function once(ask) {
  /** @type {Promise<T> | undefined} */
  let asked;
  return () => (asked ??= ask());
}
