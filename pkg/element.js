// @ts-check
// <relief-screener>: draws the questions in a sealed frame and hands everything in before the first one.
// Importing this file does nothing by itself, also where there is no DOM. No wait is without an end: what does not come in
// time leaves the element's own content on the page, with the help that stands there.

import { SANDBOX, sealedDocument } from "./frame.js";
import { onShift, PRESSES } from "./shift.js";

/** Each language is a file of its own. All come in before the first question, so that nobody has to start again. */
const LANGUAGES = {
  en: () => import("./dist/lang/en.js"),
  es: () => import("./dist/lang/es.js"),
};
/** What the frame is called for people who cannot see it. It says nothing about the subject. */
const TITLES = /** @type {Record<string, string>} */ ({ en: "Questions", es: "Preguntas" });

/** The only custom properties that reach the frame. */
const THEME = ["--relief-accent", "--relief-on-accent", "--relief-font", "--relief-radius"];

/** For the first word of the frame, and for the page's own rules once everything else is here. */
const PATIENCE = 4000;
/** How long nothing may arrive. On a slow line a single file takes a quarter of a minute. */
const SILENCE = 30_000;
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
      this.#post({ type: "lang", lang: this.#lang });
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

    const { seal, material } = this.#load(ended);
    const [script, hash] = await seal;
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
    this.#post({ type: "config", config: this.#config() });

    const parts = await material;
    if (ended.aborted) return;
    this.#post({ type: "parts", ...parts }, [parts.wasm]);
    await this.#expect("ready", SILENCE, () => this.#fail("timeout"));
    this.dispatchEvent(new CustomEvent("relief-ready"));
  }

  /** Asks for every file at once, the frame's own first. Each one that arrives starts the clock anew. @param {AbortSignal} ended */
  #load(ended) {
    const wait = () => ended.aborted || this.#line(SILENCE, () => this.#fail("timeout"));
    /** @template T @param {Promise<{ default: T }>} file */
    const come = async (file) => {
      const { default: value } = await file;
      wait();
      return value;
    };
    wait();
    const seal = Promise.all([come(import("./dist/frame.js")), come(import("./dist/frame-hash.js"))]);
    const files = Promise.all([
      come(import("./dist/wasm.js")),
      come(import("./dist/rules.js")),
      ...Object.values(LANGUAGES).map((load) => come(load())),
    ]);
    const material = this.#material(files);
    material.catch(() => {}); // Looked at where it is needed; until then it is not a surprise.
    void Promise.allSettled([seal, files]).then(() => ended.aborted || this.#line(0));
    return { seal, material };
  }

  /** Everything the frame needs. After this the element asks for nothing more. @param {Promise<[string, object, ...any[]]>} files */
  async #material(files) {
    const [own, [wasm, rules, ...laws]] = await Promise.all([this.#ownRules(files), files]);
    const bytes = Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0));
    return { wasm: bytes.buffer, rules, ...own, laws: Object.fromEntries(Object.keys(LANGUAGES).map((id, i) => [id, laws[i]])) };
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

  /** What the page that holds the element may set. */
  #config() {
    const text = (/** @type {string} */ name) => this.getAttribute(name)?.trim() || null;
    const style = getComputedStyle(this);
    const theme = THEME.map((name) => [name, style.getPropertyValue(name).trim()]).filter(([, value]) => value);
    const asOf = text("as-of");
    const helpUrl = address(text("help-url"));
    return {
      lang: this.#lang,
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

  /** The first that is offered of: the language asked for, that of the page, those of the browser. */
  get #lang() {
    const page = this.parentElement?.closest("[lang]")?.getAttribute("lang") ?? "";
    const wishes = [this.lang, page, ...navigator.languages].map((wish) => wish.toLowerCase().split("-")[0] ?? "");
    return wishes.find((wish) => Object.hasOwn(LANGUAGES, wish)) ?? "en";
  }

  #name() {
    const title = TITLES[this.#lang] ?? "Questions";
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

  /** The frame is gone first, then the page is covered, then left, without a way back to it. */
  #exit() {
    this.#remove();
    document.documentElement.style.setProperty("display", "none", "important");
    this.dispatchEvent(new CustomEvent("relief-exit"));
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
