// @ts-check
// Registers the element, once, and only where there is a DOM.
import { ReliefScreener } from "./dist/element.js";

export { ReliefScreener };

const TAG = "relief-screener";
if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, ReliefScreener);
