// @ts-check
// The frames beside the one that an element writes, in the order in which they are tried. Loaded only where that one does not run, or
// where the page names another. Which of them runs nobody is asked: each is tried.

/**
 * @typedef {object} Way
 * @property {string} [src] its file; without one the element writes it
 * @property {boolean} [last] there is no other one in which WebAssembly may run
 * @property {boolean} [inline] of the page's own origin, which can look into it
 */

/** What a page with everything inside is told in its address. */
const TOLD = ["as-of", "routes", "help-name", "help-url", "help-phone", "reviewed-by", "heading-level"];

/** What a policy of the page stops in the one frame it may let run in another, and what a policy of the server stops, in the third.
 * @param {HTMLElement} element @param {string | null} beside where the files of the package lie @returns {Way[]} */
export function besides(element, beside) {
  const news = element.getAttribute("view") === "news" ? "-news" : "";
  const src = (/** @type {string} */ kind) => new URL(`./${kind}${news}.html`, beside ?? "").href;
  const files = beside ? ["hosted", "linked"].map((kind) => ({ src: src(kind), last: true })) : [];
  const inline = beside && element.hasAttribute("inline") ? [{ src: src("linked"), last: true, inline: true }] : [];
  return [...files, { last: true }, ...inline];
}

/** These pages, with what the element says of itself in their addresses: they may have everything inside.
 * @param {string[]} pages @param {HTMLElement} element @param {Record<string, string>} theme @param {string} lang @returns {Way[]} */
export function named(pages, element, theme, lang) {
  return pages.map((page) => {
    const url = new URL(page);
    for (const name of TOLD) if (element.hasAttribute(name)) url.searchParams.set(name, element.getAttribute(name) ?? "");
    for (const [name, value] of Object.entries(theme)) url.searchParams.set(name.slice("--relief-".length), value);
    url.searchParams.set("lang", lang);
    if (element.getAttribute("rules")) url.searchParams.set("rules", "own");
    return { src: url.href, last: true };
  });
}
