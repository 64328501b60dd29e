// @ts-check
// <relief-screener>: draws the questions in a sealed frame and hands everything in before the first one.
// Importing this file does nothing by itself, also where there is no DOM. No wait is without an end: what does not come in
// time leaves the element's own content on the page, with the help that stands there.

import LANGUAGES from "./dist/languages.js";
import { SANDBOX, sealedDocument } from "./frame.js";
import { onShift, PRESSES } from "./shift.js";

/** All the words of a language. Only the frame reads them. @typedef {{ lang: string }} Language */

/** What a page offers that names no languages, beside the one that is asked for. */
const USUAL = "en es";

/** The only custom properties that reach the frame. */
const THEME = ["--relief-accent", "--relief-on-accent", "--relief-font", "--relief-radius"];

/** For the first word of the frame, and for the page's own rules once everything else is here. */
const PATIENCE = 4000;
/** How long nothing may arrive. On a slow line a single file takes a quarter of a minute. */
const SILENCE = 30_000;
/** For the way back over the frame's own entries in the history. */
const LEAVING = 500;
const HEIGHT = "700px";
const PHONE = "(max-width: 40rem)";
const EXIT = "https://www.wikipedia.org/";

const STYLE = `
:host { display: block }
:host([hidden]) { display: none }
dialog { all: initial; display: block; box-sizing: border-box; inline-size: 100%; block-size: var(--height); direction: ltr }
dialog:not(.shown) { display: none }
dialog:modal { position: fixed; inset: 0; max-inline-size: none; max-block-size: none; inline-size: 100%; block-size: 100%; background: Canvas }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; border-radius: var(--relief-radius, 16px); color-scheme: light dark }
dialog:modal iframe, :host([height="full"]) iframe { border-radius: 0 }
.away { display: none }
`;

/** Where there is no DOM, the class can still be named, but not made. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class ReliefScreener extends Base {
  static observedAttributes = ["lang", "height"];

  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  #slot = /** @type {HTMLSlotElement | null} */ (null);
  /** Two clocks, since files arrive while the frame is waited for. */
  #word = clock();
  #line = clock();
  /** @type {{ type: string, resolve: () => void } | null} */
  #awaited = null;
  /** While the element is on the page. @type {AbortController | null} */
  #life = null;
  /** While the form may still come. @type {AbortController | null} */
  #loading = null;
  /** The first answer may have been given: from here on nothing is asked for. */
  #begun = false;

  connectedCallback() {
    this.#life = new AbortController();
    this.#loading = new AbortController();
    const { signal } = this.#life;
    const { signal: ended } = this.#loading;
    addEventListener("message", (event) => this.#hear(event), { signal });
    // Three times Shift leaves from the page around too.
    onShift((presses) => presses >= PRESSES && this.#exit(), signal);
    this.#build(ended).catch(() => ended.aborted || this.#fail("load"));
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#remove();
  }

  /** Moved without a reload: nothing to do, the frame lives on. */
  connectedMoveCallback() {}

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "height") this.#resize();
    else {
      this.#post({ type: "lang", lang: this.#languages[0] });
      this.#name();
    }
  }

  // ---- the frame ----

  /** @param {AbortSignal} ended */
  async #build(ended) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#slot = document.createElement("slot");
    this.#dialog = document.createElement("dialog");
    this.#dialog.addEventListener("close", () => this.#post({ type: "full", on: false }));
    root.replaceChildren(this.#slot, this.#dialog);
    this.#resize();

    const languages = this.#languages;
    const { seal, material } = this.#load(languages, ended);
    const [script, hash, language] = await seal;
    if (ended.aborted) return;

    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.referrerPolicy = "no-referrer";
    // Session recorders that look for these leave the frame alone. It is sealed without them too.
    frame.className = "rr-block ph-no-capture sentry-block fs-exclude";
    frame.dataset.clarityMask = "true";
    frame.srcdoc = sealedDocument(script, hash, /** @type {HTMLElement | null} */ (document.querySelector("script[nonce]"))?.nonce);
    this.#frame = frame;
    this.#name();
    this.#dialog.append(frame);
    // The element's own content still stands there, so a late word is welcome.
    await this.#expect("hello", PATIENCE, () => this.#report("timeout"));
    if (ended.aborted) return;
    this.#show(true);
    this.#post({ type: "config", config: { ...this.#config(), language } });

    const parts = await material;
    if (ended.aborted) return;
    this.#post({ type: "parts", ...parts }, "wasm" in parts ? [parts.wasm] : []);
    await this.#expect("ready", SILENCE, () => this.#fail("timeout"));
    this.dispatchEvent(new CustomEvent("relief-ready"));
    await this.#others(languages, parts.language, ended);
  }

  /** First what the start page needs, then the rest. Each file that arrives starts the clock anew.
   * @param {string[]} languages @param {AbortSignal} ended */
  #load(languages, ended) {
    const wait = () => ended.aborted || this.#line(SILENCE, () => this.#fail("timeout"));
    /** @template T @param {Promise<{ default: T }>} file */
    const come = async (file) => {
      const { default: value } = await file;
      wait();
      return value;
    };
    wait();
    const seal = Promise.all([
      come(this.#news ? import("./dist/news-frame.js") : import("./dist/frame.js")),
      come(this.#news ? import("./dist/news-frame-hash.js") : import("./dist/frame-hash.js")),
      this.#first(languages, async (lang) => ({ lang, ...(await come(filesOf(lang).words())) })),
    ]);
    const language = () => this.#first(languages, (lang) => whole(lang, this.#part, come));
    const form = () => Promise.all([come(import("./dist/wasm.js")), come(import("./dist/rules.js")), language()]);
    const about = () => Promise.all([come(import("./dist/news.js")), language()]);
    const material = this.#news ? seal.then(about).then(([news, words]) => ({ news, language: words })) : this.#material(seal.then(form));
    material.catch(() => {}); // Looked at where it is needed; until then it is not a surprise.
    void Promise.allSettled([seal, material]).then(() => ended.aborted || this.#line(0));
    return { seal, material };
  }

  /** Everything the first question needs. @param {Promise<[string, object, Language]>} files */
  async #material(files) {
    const [own, [wasm, rules, language]] = await Promise.all([this.#ownRules(files), files]);
    const bytes = Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0));
    return { wasm: bytes.buffer, rules, ...own, language };
  }

  /** A language that is missing takes no other one with it: the next one comes in its place.
   * @template T @param {string[]} languages @param {(lang: string) => Promise<T>} load @returns {Promise<T>} */
  async #first([lang = "", ...others], load) {
    try {
      return await load(lang);
    } catch (fault) {
      if (!others.length) throw fault;
      this.#report("language");
      return this.#first(others, load);
    }
  }

  /** The other languages, one after the other while the start page is read. With the first answer this ends: what is not here by then
   * is not asked for, and what comes later is dropped. @param {string[]} languages @param {Language} first @param {AbortSignal} ended */
  async #others(languages, first, ended) {
    const over = () => this.#begun || ended.aborted;
    for (const lang of languages) {
      if (over()) return;
      if (lang === first.lang) continue;
      const language = await whole(lang, this.#part, (file) => file.then(({ default: value }) => value)).catch(() =>
        this.#report("language"),
      );
      if (language && !over()) this.#post({ type: "language", language });
    }
  }

  /** The rules that the page names. Once everything else is here they get four seconds more; then the built-in ones are used.
   * @param {Promise<unknown>} files @returns {Promise<{ own: unknown[], refused: boolean }>} */
  async #ownRules(files) {
    const named = this.getAttribute("rules");
    if (!named) return { own: [], refused: false };
    const patience = new AbortController();
    files.then(() => setTimeout(() => patience.abort(), PATIENCE)).catch(() => {});
    try {
      const integrity = hashes(this.getAttribute("rules-integrity"));
      const answer = await fetch(named, { credentials: "omit", referrerPolicy: "no-referrer", integrity, signal: patience.signal });
      if (!answer.ok) throw new Error();
      return { own: [await answer.json()], refused: false };
    } catch {
      this.#report("rules");
      return { own: [], refused: true };
    }
  }

  /** The programs in the news are shown, and nothing is asked. */
  get #news() {
    return this.getAttribute("view") === "news";
  }

  /** The words that go with what is shown. @returns {"law" | "news"} */
  get #part() {
    return this.#news ? "news" : "law";
  }

  /** What the page that holds the element may set. */
  #config() {
    const text = (/** @type {string} */ name) => this.getAttribute(name)?.trim() || null;
    const style = getComputedStyle(this);
    const theme = THEME.map((name) => [name, style.getPropertyValue(name).trim()]).filter(([, value]) => value);
    const asOf = text("as-of");
    const helpUrl = address(text("help-url"));
    return {
      asOf: asOf && /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : null,
      routes: text("routes")?.split(/[\s,]+/) ?? null,
      helpName: text("help-name"),
      helpUrl,
      helpPhone: text("help-phone"),
      reviewedBy: text("reviewed-by"),
      headingLevel: Math.min(Math.max(Number(text("heading-level")) || 2, 1), 4),
      theme: Object.fromEntries(theme),
    };
  }

  /** The language that is asked for, and then those that the page names. Asked for is the first one that there is of: what the element
   * says, what the page around is written in, what the browser wants. */
  get #languages() {
    const offered = (/** @type {string[]} */ wishes) => wishes.flatMap((wish) => nearest(wish) ?? []);
    const page = this.parentElement?.closest("[lang]")?.getAttribute("lang") ?? "";
    const asked = offered([this.lang, page, ...navigator.languages]).slice(0, 1);
    const named = offered((this.getAttribute("languages") ?? USUAL).split(/[\s,]+/));
    return [...new Set([...asked, ...(named.length ? named : offered(USUAL.split(" ")))])];
  }

  #name() {
    const title = LANGUAGES[this.#languages[0] ?? ""]?.title ?? "Questions";
    if (this.#frame) this.#frame.title = title;
    this.#dialog?.setAttribute("aria-label", title);
  }

  /** A fixed height. A frame as high as its content would tell the page which question is shown. */
  #resize() {
    const wish = this.getAttribute("height") ?? "";
    const height = wish === "full" ? "100dvh" : /^\d+$/.test(wish) ? `${wish}px` : CSS.supports("height", wish) ? wish : HEIGHT;
    this.#dialog?.style.setProperty("--height", height);
  }

  // ---- messages ----

  /** @param {object} message @param {Transferable[]} [transfer] */
  #post(message, transfer = []) {
    this.#frame?.contentWindow?.postMessage(message, "*", transfer);
  }

  /** Waits for a word of the frame. @param {string} type @param {number} patience @param {() => void} late */
  #expect(type, patience, late) {
    this.#word(patience, late);
    return /** @type {Promise<void>} */ (new Promise((resolve) => (this.#awaited = { type, resolve })));
  }

  /** The origin of a sealed frame has no name, so the window itself is compared. @param {MessageEvent} event */
  #hear({ source, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    const type = data?.type;
    if (type === this.#awaited?.type) {
      this.#word(0);
      this.#awaited?.resolve();
    } else if (type === "error") this.#fail("engine");
    else if (type === "rules") this.#report("rules");
    else if (type === "begun") this.#begun = true;
    else if (type === "enlarge") this.#enlarge();
    else if (type === "shrink") this.#dialog?.close();
    else if (type === "exit") this.#exit();
  }

  /** @param {boolean} on the frame, or else the content of the element */
  #show(on) {
    this.#dialog?.classList.toggle("shown", on);
    this.#slot?.classList.toggle("away", on);
  }

  /** @param {string} code */
  #report(code) {
    this.dispatchEvent(new CustomEvent("relief-error", { detail: { code } }));
  }

  /** @param {string} code */
  #fail(code) {
    this.#remove();
    this.#show(false);
    this.#report(code);
  }

  #remove() {
    this.#loading?.abort();
    this.#begun = false;
    this.#word(0);
    this.#line(0);
    this.#dialog?.close();
    this.#frame?.remove();
    this.#frame = null;
  }

  // ---- what only the page around can do ----

  /** A phone gets the whole screen: a low frame that scrolls inside a page is a trap for the thumb. */
  #enlarge() {
    if (this.getAttribute("height") === "full" || !matchMedia(PHONE).matches || this.#dialog?.open) return;
    this.#dialog?.showModal();
    this.#post({ type: "full", on: true });
  }

  /** The page is covered, the answers are wiped, what the frame put into the history is gone back over, and the page is left, without a
   * way back to it. The frame stays until then: some browsers take its entries away with it, and then nobody knows how far to go. */
  #exit() {
    if (this.#awaited?.type === "left") return;
    document.documentElement.style.setProperty("display", "none", "important");
    this.dispatchEvent(new CustomEvent("relief-exit"));
    const leave = () => this.#leave();
    if (!this.#frame) return leave();
    this.#post({ type: "leave" });
    void this.#expect("left", LEAVING, leave).then(leave);
  }

  #leave() {
    this.#remove();
    const meta = document.createElement("meta");
    meta.name = "referrer";
    meta.content = "no-referrer";
    document.head.append(meta);
    const exit = address(this.getAttribute("exit-url")) ?? EXIT;
    try {
      (window.top ?? window).location.replace(exit);
    } catch {
      location.replace(exit);
    }
  }
}

/** How the files of a language come. @param {string} lang */
function filesOf(lang) {
  const files = LANGUAGES[lang];
  if (!files) throw new Error();
  return files;
}

/** All the words of a language. @param {string} lang @param {"law" | "news"} part @param {<T>(file: Promise<{ default: T }>) => Promise<T>} come
 * @returns {Promise<Language>} */
async function whole(lang, part, come) {
  const files = filesOf(lang);
  const [words, more] = await Promise.all([come(files.words()), come(files[part]())]);
  return { lang, ...words, [part]: more };
}

/** The offered language that is nearest to a wish: the same, or else the same one in the same script. @param {string} wish */
function nearest(wish) {
  const all = Object.keys(LANGUAGES);
  const kind = (/** @type {string} */ lang) => {
    const { language, script } = new Intl.Locale(lang).maximize();
    return `${language}-${script}`;
  };
  try {
    return all.find((lang) => lang.toLowerCase() === wish.toLowerCase()) ?? all.find((lang) => kind(lang) === kind(wish));
  } catch {
    return undefined; // No tag of a language.
  }
}

/** A clock that rings once, unless it is set anew or, with 0, stopped. */
function clock() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (/** @type {number} */ ms, /** @type {() => void} */ ring = () => {}) => {
    clearTimeout(timer);
    if (ms) timer = setTimeout(ring, ms);
  };
}

/** The hashes of `rules-integrity`. A browser passes over one that it cannot read, and then checks nothing. @param {string | null} text */
function hashes(text) {
  if (text == null) return "";
  const all = text.trim().split(/\s+/);
  const known = /^(sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==)$/;
  if (!all.every((hash) => known.test(hash))) throw new Error();
  return all.join(" ");
}

/** Only a web page, never a script. @param {string | null} text */
function address(text) {
  if (!text) return null;
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
