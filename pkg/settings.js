// @ts-check
// What whoever shows the form may set, under the names of the element's attributes, wherever it is written: on the element, in the
// address of a page, or in the page. It reads and never writes; what it cannot use it leaves out.

const EXIT = "https://www.wikipedia.org/";

/** @param {(name: string) => unknown} read @param {number} level of the first heading where none is set */
export function settings(read, level) {
  const text = (/** @type {string} */ name) => String(read(name) ?? "").trim() || null;
  const asOf = text("as-of");
  return {
    asOf: asOf && /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : null,
    routes: text("routes")?.split(/[\s,]+/) ?? null,
    helpName: text("help-name"),
    helpUrl: address(text("help-url")),
    helpPhone: text("help-phone"),
    reviewedBy: text("reviewed-by"),
    headingLevel: Math.min(Math.max(Number(text("heading-level")) || level, 1), 4),
    exit: address(text("exit-url")) ?? EXIT,
  };
}

/** Only a web page, never a script. @param {string | null} text */
export function address(text) {
  if (!text) return null;
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
