/**
 * `<relief-screener>`: the questions in a sealed frame. Its attributes are those of {@link ReliefScreenerAttributes}, its events
 * those of {@link ReliefScreenerEventMap}. What stands between its tags shows while the form loads and where it cannot run.
 *
 * Four custom properties of CSS, set on the element or above it, reach the frame:
 *
 * - `--relief-accent`, a color for buttons, links and what is chosen. Default: `#0b5563`, in the dark look `#7fd0de`.
 * - `--relief-on-accent`, the color of text on it. Default: `#fff`, in the dark look `#06262c`.
 * - `--relief-font`, a list of font families that the device has. Default: the system's own.
 * - `--relief-radius`, a length for corners. Default: `12px`, and `16px` for the frame itself.
 *
 * One value serves the light and the dark look; `light-dark(#0b5563, #7fd0de)` gives two.
 */
export class ReliefScreener extends HTMLElement {
  /**
   * How far the form is, for whoever comes after the events: `waiting` until the element is near what is seen, `loading`, `ready`, and
   * `failed` where the element's own content stands instead.
   */
  readonly state: "waiting" | "loading" | "ready" | "failed";
  /** The kind of frame that the form stands in: written by the element, loaded from a file, or of the page's own origin. */
  readonly mode: "sealed" | "hosted" | "inline" | null;
  addEventListener<K extends keyof ReliefScreenerEventMap>(
    type: K,
    listener: (this: ReliefScreener, event: ReliefScreenerEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof ReliefScreenerEventMap>(
    type: K,
    listener: (this: ReliefScreener, event: ReliefScreenerEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** What a page may set. A change of `lang` or `height` shows at once; the others are read when the element comes onto the page. */
export interface ReliefScreenerAttributes {
  /** The language: `en` or `es`. Default: that of the page, else the first of the browser's that there is, else the first of `languages`. */
  lang?: string;
  /**
   * Tags of the languages that the menu offers beside it, with spaces or commas between them. They load while the start page is read;
   * after the first answer nothing is asked for, and the menu shows only what has arrived. Default: `en es`.
   */
  languages?: string;
  /** The day whose law is looked at, `YYYY-MM-DD`; the form then says so. Default: today. */
  "as-of"?: string;
  /** Address of a compiled `rules.json` to use in the place of the built-in one. It must not be older. Default: the built-in rules. */
  rules?: string;
  /** Hashes of that file, as in the `integrity` of a script: `sha256-…`, `sha384-…` or `sha512-…`. Default: it is not checked. */
  "rules-integrity"?: string;
  /** Public keys, as `cargo xtask rules keys` writes them, with spaces between: that file is used only if one of them signed it.
   * Default: a signature is not looked at. */
  "rules-key"?: string;
  /** That file may be older than the built-in rules. Default: then it is not used. */
  "rules-older"?: string;
  /** Ids of the routes to show, with spaces or commas between them. It changes no question. Default: all. */
  routes?: string;
  /** Name of whoever helps, shown on every screen. Default: a list of legal help near the person. */
  "help-name"?: string;
  /** Their web page, `https:` or `http:`. Default: none. */
  "help-url"?: string;
  /** Their phone number. Default: none. */
  "help-phone"?: string;
  /** Who checked the rules, for example the group's attorney; the form says that this website says so. Default: that no lawyer has. */
  "reviewed-by"?: string;
  /** Where "Leave now" leads, `https:` or `http:`. Default: `https://www.wikipedia.org/`. */
  "exit-url"?: string;
  /** Pixels, a length of CSS, or `full` for the height of the window. On a phone, Start fills the screen anyway. Default: `700px`. */
  height?: string;
  /** Address of a `hosted.html`, or of a `frame.html` with everything inside, to show the form in. Default: a frame that the element writes
   * itself, and where a policy stops that, `dist/hosted.html` or `dist/linked.html` beside the script. */
  src?: string;
  /** Where no sealed frame runs, the form comes in one of the page's own origin. Weaker: the scripts of the page can read what is answered.
   * Default: then the element's own content stands there. */
  inline?: string;
  /** `news`: the programs in the news, on any day, in the place of the form. Nothing is asked, and the engine is not loaded. */
  view?: string;
  /** The level of the form's own headings on the page, 1 to 4. Default: 2. */
  "heading-level"?: string;
}

/** Nothing in an event depends on an answer. The events do not bubble. */
export interface ReliefScreenerEventMap extends HTMLElementEventMap {
  /** Everything has arrived: the person can start. */
  "relief-ready": CustomEvent<null>;
  /** The person leaves: the frame is gone, and the page goes to `exit-url` next. */
  "relief-exit": CustomEvent<null>;
  /** Each is on the console too, with what to change. */
  "relief-error": CustomEvent<{ code: ErrorCode }>;
}

/**
 * - `load`: a file did not come. `timeout`: nothing came for too long. `policy`: the page or its server lets no kind of frame run. `engine`: the
 *   engine did not start. Each time the element's own content stands on the page instead of the form.
 * - `language`: the files of a language did not come. The others are there.
 * - `rules`: the rules that the page names are not used, but the built-in ones; the person reads that.
 */
export type ErrorCode = "load" | "timeout" | "policy" | "engine" | "language" | "rules";

declare global {
  interface HTMLElementTagNameMap {
    "relief-screener": ReliefScreener;
  }
}
