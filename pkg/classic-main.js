// @ts-check
// The element as a classic script, for pages on which modules cannot run: opened from a file, in a sandboxed frame, from a server that
// names no types. There nothing can be loaded by parts either, so the form comes in a page with everything inside, and where WebAssembly
// does not run in the one that needs none. Both lie beside this script.

import { ReliefScreener } from "./element.js";
import { pages } from "./pages.js";

const own = /** @type {HTMLScriptElement | null} */ (document.currentScript);
if (own?.src) pages.push(...["frame.html", "relief-screener.html"].map((page) => new URL(page, own.src).href));
if (!customElements.get("relief-screener")) customElements.define("relief-screener", ReliefScreener);
