// @ts-check
// What protects the person beside the screen: the cover, the idle limit, the fast way out. It knows no answer.

import { onShift, PRESSES } from "../shift.js";
import { button, h } from "./dom.js";

const MINUTE = 60_000;
const WARN_AFTER = 28 * MINUTE;
const WIPE_AFTER = 30 * MINUTE;

/**
 * @param {object} page
 * @param {(key: string, values?: import("./types.d.ts").Values) => string} page.say
 * @param {() => boolean} page.active whether there is anything to protect
 * @param {() => void} page.wipe
 * @param {() => void} page.leave
 * @param {() => void} page.gone the page itself is left: all is wiped, and nothing else happens
 */
export function guard({ say, active, wipe, leave, gone }) {
  const cover = h("div", { class: "cover", hidden: true });
  const note = h("p", { class: "quiet-note", role: "status" });
  document.body.append(cover, note);

  let left = false;
  const exit = () => {
    left = true;
    wipe();
    cover.hidden = false;
    leave();
  };

  const look = () => {
    cover.hidden = !left && document.visibilityState !== "hidden";
    idle();
  };
  document.addEventListener("visibilitychange", look);
  // Also when the page is kept for the Back button: it comes back empty.
  addEventListener("pagehide", gone);

  onShift((presses) => {
    note.textContent = presses ? say("shift", { n: presses }) : "";
    if (presses >= PRESSES) exit();
  });

  let last = Date.now();
  let timer = 0;
  /** @type {HTMLDialogElement | null} */
  let warning = null;
  const calm = () => {
    warning?.remove();
    warning = null;
  };
  const warn = () => {
    if (warning) return;
    const title = h("h2", { id: "idle" }, say("idleTitle"));
    warning = h("dialog", { "aria-labelledby": "idle" }, title, h("p", null, say("idle")), button(say("stay"), stay, "primary"));
    warning.addEventListener("close", stay);
    document.body.append(warning);
    warning.showModal();
  };
  const stay = () => {
    calm();
    seen();
  };
  const idle = () => {
    clearTimeout(timer);
    const quiet = Date.now() - last;
    if (!active()) calm();
    else if (quiet >= WIPE_AFTER) {
      calm();
      wipe();
    } else {
      if (quiet >= WARN_AFTER) warn();
      timer = window.setTimeout(idle, (quiet >= WARN_AFTER ? WIPE_AFTER : WARN_AFTER) - quiet);
    }
  };
  const seen = () => {
    if (warning) return;
    last = Date.now();
    idle();
  };
  for (const type of ["pointerdown", "keydown", "change", "scroll"])
    document.addEventListener(type, seen, { capture: true, passive: true });

  return { exit };
}
