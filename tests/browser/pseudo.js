// Two languages that nobody speaks, made from the English words: one with longer words, one from right to left in letters of its own.
// They come to the form as any other language does: a row in the list, and two files. What English they show is written in the code.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import languages from "../../pkg/dist/languages.js";
import newsWords from "../../pkg/dist/news/en.js";
import { laws, words } from "./support.js";

const HEBREW = "אבגדהוזחטיכלמנסעפצקרשתךםןףץ";
const BASE = "en";

/** By tag: the direction, and what becomes of a word. */
const PSEUDO = {
  "en-XA": { dir: "ltr", name: "Lonlonger", turn: (word) => word + word.slice(0, Math.ceil(word.length * 0.4)) },
  "ar-XB": {
    dir: "rtl",
    name: "עברית",
    turn: (word) => word.replace(/[a-z]/gi, (letter) => HEBREW[letter.toLowerCase().charCodeAt(0) - 97]),
  },
};

/** The tags. */
export const pseudo = Object.keys(PSEUDO);

/** The second one brings what browsers have no names for: its months, its dates, and some countries. */
export const OWN = {
  lang: "ar-XB",
  calendar: { months: Array.from("אבגדהוזחטיכל", (letter) => letter.repeat(4)), day: "{day}~{month}~{year}", month: "{month}~{year}" },
  countries: { MX: "קקקקקק" },
};

/** Every text of a tree with its words turned. What stands in braces is filled in, and stays. */
function turned(tree, turn) {
  if (typeof tree !== "string") {
    return tree && typeof tree === "object" ? Object.fromEntries(Object.entries(tree).map(([key, of]) => [key, turned(of, turn)])) : tree;
  }
  const parts = tree.split(/(\{\w+\}|\{\w+, plural,|\w+ \{|\})/);
  return parts.map((part, i) => (i % 2 ? part : part.replace(/\p{L}{2,}/gu, turn))).join("");
}

/** Lets a page find the two beside the languages of the build. */
export async function offerPseudo(page) {
  const rows = [...Object.keys(languages), ...pseudo].map((lang) => {
    const [form, law, more, news] = ["words", "lang", "more", "news"].map((folder) => `() => import("./${folder}/${lang}.js")`);
    return `${JSON.stringify(lang)}: { title: ${JSON.stringify(words[lang].title)}, words: ${form}, law: ${law}, more: ${more}, news: ${news} }`;
  });
  const element = await readFile(new URL("../../pkg/dist/element.js", import.meta.url), "utf8");
  const list = /\{[\w"-]+:\{title:"[^"]*",words:.*?\}\}/s;
  assert.match(element, list, "the list of languages in the built element");
  await page.route("**/pkg/dist/element.js", (route) =>
    route.fulfill({ contentType: "text/javascript; charset=utf-8", body: element.replace(list, () => `{${rows.join(",")}}`) }),
  );
  const files = {};
  for (const lang of pseudo) {
    const { dir, name } = PSEUDO[lang];
    const { name: _, title, ...all } = words[lang];
    files[`dist/words/${lang}`] = JSON.stringify({ title, dir, name, words: all, ...(lang === OWN.lang && OWN) });
    files[`dist/lang/${lang}`] = JSON.stringify(laws[lang]);
    files[`dist/more/${lang}`] = JSON.stringify({ route: laws[lang].route });
    files[`dist/news/${lang}`] = JSON.stringify(turned(newsWords, PSEUDO[lang].turn));
  }
  for (const [file, value] of Object.entries(files)) {
    await page.route(`**/pkg/${file}.js`, (route) =>
      route.fulfill({ contentType: "text/javascript; charset=utf-8", body: `export default ${value};` }),
    );
  }
}

for (const [lang, { dir, name, turn }] of Object.entries(PSEUDO)) {
  words[lang] = { ...turned(words[BASE], turn), name };
  laws[lang] = { ...turned(laws[BASE], turn), lang, dir, name };
}
