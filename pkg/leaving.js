// @ts-check
// How a page is left: without a way back to it. What is to be wiped is wiped before, by who calls.

/** For the way back over the entries in the history, in milliseconds. Nobody waits longer for that. */
export const PATIENCE = 500;

/** All of the tab, where the page around allows it; else this frame. @param {string} address */
export function leaveTo(address) {
  try {
    (window.top ?? window).location.replace(address);
  } catch {
    location.replace(address);
  }
}
