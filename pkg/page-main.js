// @ts-check
// The first script of a page that has everything inside: `frame.html`, which a site shows in a plain frame, and `relief-screener.html`,
// which is passed on as a file. Nothing is loaded and nobody is asked for anything; each part is used as it arrives in the page.
// What the page may be told stands in it or in its address. Who may put a phone number there: see `told`.

import { shut } from "./frame-seal.js";
import { PATIENCE as LEAVING, leaveTo } from "./leaving.js";
import { taken } from "./scripts.js";
import { settings } from "./settings.js";
import { heed, stand } from "./stand.js";
import { offer } from "./view/around.js";

/** For the rules of a page around, once all of this one is here. */
const PATIENCE = 10_000;
const script = document.currentScript;

const framed = window.parent !== window;

/** What a part of the page holds. @param {string} id @returns {any} */
const part = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const lawOf = (/** @type {string} */ lang) => ({ ...part(`law-${lang}`), ...part(`more-${lang}`) });
const help = document.getElementById("help");

/** @type {Record<string, Omit<import("./view/types.d.ts").Language, "lang">>} */
const words = part("words");
const config = told();
const first = /** @type {import("./view/types.d.ts").Language} */ ({ lang: config.lang, ...words[config.lang] });

/** An element shows this page, and does what only the page around can do. */
let around = false;
/** What it says of rules of its own. @type {(own: { own: unknown[], older?: boolean, refused: boolean }) => void} */
let hearOwn = () => {};
/** @type {Promise<{ own: unknown[], older?: boolean, refused: boolean }>} */
const own = new Promise((resolve) => (hearOwn = resolve));

/** Whoever is around hears the same few words as from any frame. @param {string} type */
const tell = (type) => framed && window.parent.postMessage({ type }, "*");
const app = stand(
  { ...config, language: first },
  {
    exit: () => (around ? tell("exit") : leave()),
    begun: () => tell("begun"),
    enlarge: () => tell("enlarge"),
    shrink: () => tell("shrink"),
  },
);
if (help) help.hidden = true;
script?.remove();

addEventListener("message", ({ source, data }) => {
  if (!framed || source !== window.parent || typeof data !== "object" || data === null) return;
  if (data.type === "around") {
    around = true;
    hearOwn(data);
  } else heed(app, data, tell);
});
// The rest of the page is read by then.
addEventListener("DOMContentLoaded", () => void start().catch(fail));
tell("whole");

async function start() {
  const [form, translated] = /** @type {[import("./scripts.js").Form, import("./engine-core.js").Translated | undefined]} */ (taken());
  const engine = translated ?? document.getElementById("engine")?.textContent ?? "";
  if (!config.rules) hearOwn({ own: [], refused: false });
  else setTimeout(() => hearOwn({ own: [], refused: true }), PATIENCE);
  const { screener, note, reason } = await form.open({ engine, rules: part("rules"), ...(await own) });
  if (reason && framed) window.parent.postMessage({ type: "rules", reason }, "*");
  shut();
  app.ready(screener, { ...first, law: part(`law-${first.lang}`) }, note);
  app.complete(lawOf(first.lang), screener.cited(part("sources")));
  for (const [lang, all] of Object.entries(words)) {
    if (lang !== first.lang) offer(app, /** @type {import("./view/types.d.ts").Language} */ ({ lang, ...all, law: lawOf(lang) }));
  }
  for (const data of document.querySelectorAll("script")) data.remove();
  tell("ready");
}

/** What stands in the page without the form: how to reach help, and where there is a version that needs less. */
function fail() {
  app.wipe();
  tell("nowasm");
  document.querySelector(".root")?.remove();
  if (help) help.hidden = false;
  const other = /** @type {HTMLElement | null} */ (document.querySelector(".other"));
  if (other) other.hidden = false;
  const link = other?.querySelector("a");
  if (link) link.search = location.search;
}

/** What stands in the page under `settings`, which its owner may write. In a frame, the page around may say the same in the address. A
 * link from a stranger must not put a swindler there, so whoever opens it as a page of its own finds only the language, the day and the
 * paths of the address. @returns {import("./view/types.d.ts").Config & { lang: string, exit: string, rules: boolean }} */
function told() {
  const wishes = Object.fromEntries(new URLSearchParams(location.search));
  const free = ["lang", "as-of", "routes"];
  const heard = Object.fromEntries(Object.entries(wishes).filter(([name]) => framed || free.includes(name)));
  /** @type {Record<string, unknown>} */
  const all = { ...heard, ...part("settings") };
  const colors = ["accent", "on-accent"].filter((name) => all[name]).map((name) => [`--relief-${name}`, String(all[name])]);
  const wanted = [all.lang, ...navigator.languages].map((wish) => String(wish).toLowerCase().split("-")[0] ?? "");
  return {
    ...settings((name) => all[name], 1),
    lang: wanted.find((wish) => Object.hasOwn(words, wish)) ?? Object.keys(words)[0] ?? "",
    language: /** @type {any} */ (null),
    theme: /** @type {Record<string, string>} */ (Object.fromEntries(colors)),
    rules: framed && Boolean(all.rules),
  };
}

/** All of the tab, where the page around allows it; else this frame. What is in the history is gone back over first, but nobody waits long
 * for that. */
function leave() {
  let gone = false;
  const go = () => {
    if (gone) return;
    gone = true;
    leaveTo(config.exit);
  };
  setTimeout(go, LEAVING);
  app.levels.home(go);
}
