// @ts-check
// Drawing: elements are created one by one. No markup is ever parsed from a string.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Child | Children[]} Children */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any> | null} [props] attributes; `onclick` and the like become listeners
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of /** @type {Child[]} */ (children.flat(9))) if (child) element.append(child);
  return element;
}

/** A shape of a drawing. @param {string} tag @param {Record<string, string | number>} props @param {string} [text] */
export function draw(tag, props, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, String(value));
  element.append(text);
  return element;
}

let count = 0;
/** An id that is used once on the page. */
export const id = () => `i${++count}`;

/**
 * @param {string} text
 * @param {(event: Event) => void} onclick
 * @param {string} [style] plain, primary, link
 * @param {string} [about] read aloud after the text, where several buttons say the same
 */
export const button = (text, onclick, style = "plain", about) =>
  h("button", { type: "button", class: `button ${style}`, onclick, "aria-label": about && `${text}: ${about}` }, text);

/** A number as a telephone takes it. @param {string} phone */
export const dialed = (phone) => phone.replace(/[^+\d]/g, "");

/** A page outside. It learns neither who sent the visitor nor anything about this page.
 * @param {string} href
 * @param {Children} text
 * @param {string} [note] read aloud after the text
 */
export const outside = (href, text, note) =>
  /^(https?|tel):/.test(href)
    ? h("a", { href, target: "_blank", rel: "noopener noreferrer", "aria-label": note && `${text} (${note})` }, text)
    : h("span", null, text);

/**
 * @param {Children} summary
 * @param {...Children} children
 */
export const folded = (summary, ...children) =>
  h("details", null, h("summary", null, h("span", null, summary)), h("div", { class: "inside" }, ...children));

/**
 * @param {Children[]} items
 * @param {string} [style]
 */
export function list(items, style) {
  const entries = items.map((item) => h("li", null, item));
  return h("ul", { class: style }, entries);
}

/** The first such element of the frame. @param {string} selector */
export const find = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector));
