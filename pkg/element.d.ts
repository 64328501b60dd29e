/** `<relief-screener>`. Attributes: lang, as-of, rules, rules-integrity, routes, help-name, help-url, help-phone,
 * reviewed-by, exit-url, height, heading-level. */
export class ReliefScreener extends HTMLElement {
  addEventListener<K extends keyof ReliefScreenerEventMap>(
    type: K,
    listener: (this: ReliefScreener, event: ReliefScreenerEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Nothing in an event depends on an answer. */
export interface ReliefScreenerEventMap extends HTMLElementEventMap {
  "relief-ready": CustomEvent<null>;
  "relief-exit": CustomEvent<null>;
  "relief-error": CustomEvent<{ code: "load" | "timeout" | "engine" | "rules" }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "relief-screener": ReliefScreener;
  }
}
