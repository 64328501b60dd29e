// @ts-check
// <relief-screener>: draws the questions in a sealed frame and hands everything in before the first one.
// Importing this file does nothing by itself, also where there is no DOM. No wait is without an end: what does not come in
// time leaves the element's own content on the page, with the help that stands there, and the console says what to change.

import LANGUAGES from "./dist/languages.js";
import { BESIDE, filesFor, here, whole } from "./files.js";
import { SANDBOX, sealedDocument } from "./frame.js";
import { PATIENCE as LEAVING, leaveTo } from "./leaving.js";
import { pages } from "./pages.js";
import { address, settings } from "./settings.js";
import { onShift, PRESSES } from "./shift.js";
import { meant } from "./trusted.js";

/** All the words of a language. Only the frame reads them. @typedef {{ lang: string }} Language */

/** What a page offers that names no languages, beside the one that is asked for. */
const USUAL = "en es";

/** The only custom properties that reach the frame. */
const THEME = ["--relief-accent", "--relief-on-accent", "--relief-font", "--relief-radius"];

/** For the first word of the frame, and for the page's own rules once everything else is here. */
const PATIENCE = 4000;
/** The same for a frame that has loaded: its script has run by then, or never will. */
const GRACE = 1000;
/** For the first word of a frame that comes as a file. Where a server forbids one, some browsers say nothing at all. */
const ARRIVAL = 12_000;
/** How long nothing may arrive. On a slow line a single file takes a quarter of a minute. */
const SILENCE = 30_000;
/** For a page that has everything inside, once its first part is here. */
const WHOLE = 120_000;
/** How near the element comes to what is seen before anything is asked for. */
const NEAR = "600px";
const HEIGHT = "700px";
const PHONE = "(max-width: 40rem)";

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
  /** What stands in for the form, and what is known to do nothing else. @type {HTMLSlotElement[]} */
  #slots = [];
  /** @type {import("./element.d.ts").ReliefScreener["state"]} */
  #state = "waiting";
  /** @type {import("./element.d.ts").ReliefScreener["mode"]} */
  #mode = null;
  /** Two clocks, since files arrive while the frame is waited for. */
  #word = clock();
  #line = clock();
  /** @type {{ types: string[], resolve: (type: string | null) => void } | null} */
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
    this.#state = "waiting";
  }

  /** How far it is: for whoever comes after the events. */
  get state() {
    return this.#state;
  }

  /** The kind of frame that the form stands in. */
  get mode() {
    return this.#mode;
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
    this.#slots = [slot("fallback"), slot("")];
    this.#dialog = document.createElement("dialog");
    this.#dialog.addEventListener("close", () => this.#post({ type: "full", on: false }));
    root.replaceChildren(...this.#slots, this.#dialog);
    this.#resize();

    await this.#near(ended);
    if (ended.aborted) return;
    this.#state = "loading";
    const languages = this.#languages;
    const files = filesFor(languages, this.#news, {
      // Also when all are here: what puts them together can be waited for in vain, where a script of the page replaced a promise.
      wait: (on) => ended.aborted || this.#line(on || this.#state === "loading" ? SILENCE : 0, () => this.#fail("timeout")),
      missing: () => this.#report("language"),
    });
    const src = address(this.getAttribute("src"));
    const given = src ? [src] : pages;
    // The programs in the news are in none of these pages: what is asked there is not what this one is for.
    if (!src && given.length && this.#news) return this.#fail("load");
    if (!given.length) files.begin();
    let done = given.length ? null : await this.#attempt({}, files, ended);
    if (!done && !ended.aborted) {
      const { besides, named } = await import("./ways.js");
      const ways = given.length ? named(given, this, this.#theme(), languages[0] ?? "") : besides(this, BESIDE);
      for (const way of ways) done ??= ended.aborted ? null : await this.#attempt(way, files, ended);
    }
    if (ended.aborted) return;
    if (!done) return this.#fail("policy");
    if (done.language) await this.#rest(files, languages, done.language, ended);
  }

  /** Nothing is asked for before the element is near what is seen. @param {AbortSignal} ended @returns {Promise<void>} */
  #near(ended) {
    if (!globalThis.IntersectionObserver) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        watch.disconnect();
        resolve();
      };
      const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && done(), { rootMargin: NEAR });
      watch.observe(this);
      ended.addEventListener("abort", done);
    });
  }

  /** Whether the form stands in such a frame now, and the first language that came, or nothing where the frame has them all.
   * @param {import("./ways.js").Way} way @param {import("./files.js").Files} files @param {AbortSignal} ended @returns {Promise<{ language: Language | null } | null>} */
  async #attempt({ src, last, inline }, files, ended) {
    this.#frame?.remove();
    this.#show(false);
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX + (inline ? " allow-same-origin" : ""));
    frame.referrerPolicy = "no-referrer";
    // Session recorders that look for these leave the frame alone. It is sealed without them too.
    frame.className = "rr-block ph-no-capture sentry-block fs-exclude";
    frame.dataset.clarityMask = "true";
    if (src) frame.src = src;
    else {
      // Only being tried in browsers, and in Chromium 156 a written frame can lead itself away still. For a file the server would have to agree.
      if ("connectionAllowlist" in frame) frame.setAttribute("connectionallowlist", "()");
      const written = sealedDocument(...(await files.script()), nonceOfOurs());
      if (!meant("createHTML", written, (text) => (frame.srcdoc = text))) return null;
    }
    if (ended.aborted) return null;
    this.#frame = frame;
    this.#mode = inline ? "inline" : src ? "hosted" : "sealed";
    this.#name();
    const hello = this.#expect(["hello", "whole"], src ? ARRIVAL : PATIENCE);
    const silent = (/** @type {number} */ grace) =>
      this.#awaited?.types[0] === "hello" && this.#word(grace, () => this.#awaited?.resolve(null));
    frame.addEventListener("load", () => silent(GRACE));
    // A frame that the policy refuses never loads in some browsers.
    const refused = (/** @type {SecurityPolicyViolationEvent} */ { blockedURI }) => src?.startsWith(blockedURI) && silent(1);
    document.addEventListener("securitypolicyviolation", refused, { signal: ended });
    this.#dialog?.append(frame);
    let said = await hello;
    if (!said || ended.aborted) return null;
    /** @type {Language | null} */
    let language = null;
    if (said === "whole") {
      this.#show(true);
      // Everything is in the frame or on its way; only the rules that this page names are not.
      this.#post({ type: "around", ...(await this.#own(Promise.resolve())) });
    } else {
      const words = await files.words();
      if (ended.aborted) return null;
      this.#show(true);
      this.#post({ type: "config", config: { ...this.#settings(), theme: this.#theme(), language: words } });
      const [form, own] = await Promise.all([files.form(), this.#own(files.form())]);
      language = form.language;
      this.#post({ type: "parts", ...form, ...own });
    }
    if (ended.aborted) return null;
    const end = ["ready", "nowasm", "forbidden", "refused"];
    said = await this.#expect(end, language ? SILENCE : WHOLE);
    if (language && (said === "nowasm" || (said === "forbidden" && last))) {
      this.#post({ type: "translated", script: await files.fallback() });
      said = ended.aborted ? null : await this.#expect(end, SILENCE);
    }
    if (ended.aborted || (said && said !== "ready")) return null;
    if (!said) this.#fail("timeout");
    else {
      this.#state = "ready";
      this.#line(0);
      this.dispatchEvent(new CustomEvent("relief-ready"));
    }
    return { language };
  }

  /** What the answer shows, and then the other languages. @param {import("./files.js").Files} files @param {string[]} languages
   * @param {Language} language @param {AbortSignal} ended */
  async #rest(files, languages, language, ended) {
    if (!this.#news) {
      const rest = await files.rest(language.lang);
      if (ended.aborted) return;
      this.#post({ type: "rest", ...rest });
    }
    await this.#others(languages, language, ended);
  }

  /** The other languages, one after the other while the start page is read. With the first answer this ends: what is not here by then
   * is not asked for, and what comes later is dropped. @param {string[]} languages @param {Language} first @param {AbortSignal} ended */
  async #others(languages, first, ended) {
    const over = () => this.#begun || ended.aborted;
    for (const lang of languages) {
      if (over()) return;
      if (lang === first.lang) continue;
      const parts = /** @type {import("./files.js").Part[]} */ (this.#news ? ["news"] : ["law", "more"]);
      const language = await whole(lang, parts, async (ask) => (await ask()).default).catch(() => this.#report("language"));
      if (language && !over()) this.#post({ type: "language", language });
    }
  }

  /** The programs in the news are shown, and nothing is asked. */
  get #news() {
    return this.getAttribute("view") === "news";
  }

  /** The rules that the page names. Once everything else is here they get four seconds more; then the built-in ones are used.
   * @param {Promise<unknown>} files @returns {Promise<{ own: unknown[], older?: boolean, refused: boolean }>} */
  async #own(files) {
    if (!this.getAttribute("rules")) return { own: [], refused: false };
    const patience = new AbortController();
    files.then(() => setTimeout(() => patience.abort(), PATIENCE)).catch(() => {});
    try {
      const { fetchRules } = await import("./own-rules.js");
      return { ...(await fetchRules(this, patience.signal)), refused: false };
    } catch (fault) {
      this.#report("rules", /** @type {Error} */ (fault).message);
      return { own: [], refused: true };
    }
  }

  /** What the page that holds the element may set, but for its style. */
  #settings() {
    return settings((name) => this.getAttribute(name), 2);
  }

  #theme() {
    const style = getComputedStyle(this);
    return Object.fromEntries(THEME.map((name) => [name, style.getPropertyValue(name).trim()]).filter(([, value]) => value));
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

  /** @param {object} message */
  #post(message) {
    this.#frame?.contentWindow?.postMessage(message, "*");
  }

  /** Waits for one of some words of the frame. @param {string[]} types @param {number} patience @returns {Promise<string | null>} */
  #expect(types, patience) {
    return new Promise((done) => {
      const resolve = (/** @type {string | null} */ type) => {
        this.#word(0);
        this.#awaited = null;
        done(type);
      };
      this.#word(patience, () => resolve(null));
      this.#awaited = { types, resolve };
    });
  }

  /** The origin of a sealed frame has no name, so the window itself is compared. @param {MessageEvent} event */
  #hear({ source, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    const type = data?.type;
    if (this.#awaited?.types.includes(type)) this.#awaited.resolve(type);
    else if (type === "error") this.#fail("engine");
    else if (type === "rules") this.#report("rules", data.reason);
    else if (type === "begun") this.#begun = true;
    else if (type === "enlarge") this.#enlarge();
    else if (type === "shrink") this.#dialog?.close();
    else if (type === "exit") this.#exit();
  }

  /** @param {boolean} on the frame, or else the content of the element */
  #show(on) {
    this.#dialog?.classList.toggle("shown", on);
    for (const one of this.#slots) one.classList.toggle("away", on && (one.name !== "" || !this.#swallowed));
  }

  /** HTML knows no `<relief-screener />`: then the element holds the rest of the page, and nothing stands behind it. What is not marked as
   * its fallback stays in sight. */
  get #swallowed() {
    return !this.nextSibling;
  }

  /** @param {import("./element.d.ts").ErrorCode} code @param {unknown} [reason] for the console */
  #report(code, reason) {
    this.dispatchEvent(new CustomEvent("relief-error", { detail: { code } }));
    // What to change: only where something has to be.
    void import("./cures.js").then(({ cure }) => cure(code, this, reason)).catch(() => {});
  }

  /** @param {import("./element.d.ts").ErrorCode} code */
  #fail(code) {
    this.#remove();
    this.#show(false);
    this.#state = "failed";
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
    this.#mode = null;
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
    if (this.#awaited?.types[0] === "left") return;
    document.documentElement.style.setProperty("display", "none", "important");
    this.dispatchEvent(new CustomEvent("relief-exit"));
    if (!this.#frame) return this.#leave();
    this.#post({ type: "leave" });
    void this.#expect(["left"], LEAVING).then(() => this.#leave());
  }

  #leave() {
    this.#remove();
    const meta = document.createElement("meta");
    meta.name = "referrer";
    meta.content = "no-referrer";
    document.head.append(meta);
    leaveTo(this.#settings().exit);
  }
}

/** The nonce of the script that brought this one: an older one on the page can belong to a policy of yesterday. */
function nonceOfOurs() {
  const all = [...document.querySelectorAll("script")].filter(({ nonce }) => nonce);
  const folder = (/** @type {string} */ url) => url.replace(/[^/]*$/, "");
  return (all.find(({ src }) => src && folder(src) === folder(here)) ?? all.at(-1))?.nonce;
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

/** Without what a script of the page may have replaced: here the help stands. @param {string} name */
function slot(name) {
  const made = document.createElement("slot");
  made.name = name;
  return made;
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
