// @ts-check
// The Back gesture of the phone goes one level up: for each level that a tap leads down to, the browser's history gets one entry. An entry
// says nothing: no state, no title, the same address. This is the one module that touches the history, and it knows no place and no answer.

/** Browsers keep fifty entries or more. Past that the number of entries says nothing about where we are. */
const KEPT = 50;
/** A browser that does not go back within this time gets no more entries. In milliseconds. */
const PATIENCE = 1000;

/** @param {() => void} up what Back does; nothing at the top */
export function levels(up) {
  let works = true;
  /** Our entries behind this one. Forward looks like Back from here, so there may be more, never fewer. */
  let depth = 0;
  let moved = false;
  /** Where the page around stands in the history. @type {number | undefined} */
  let base;
  /** A way back of our own is under way; how many entries are left then, and what waits for it.
   * @type {{ left: number, timer: number, waiting: (() => void)[] } | null} */
  let travel = null;

  const arrive = (/** @type {boolean} */ well) => {
    const { left = 0, timer, waiting = [] } = travel ?? {};
    clearTimeout(timer);
    travel = null;
    depth = left;
    works = well;
    for (const go of waiting) go();
  };
  const go = (/** @type {number} */ by, /** @type {number} */ left, /** @type {() => void} */ then) => {
    travel = { left, timer: window.setTimeout(arrive, PATIENCE, false), waiting: [then] };
    history.go(by);
  };
  const push = () => {
    if (!works) return;
    try {
      history.pushState(null, "");
    } catch {
      works = false; // Some browsers count, and refuse after a hundred.
      return;
    }
    base ??= history.length - 2;
    depth += 1;
  };

  addEventListener("popstate", () => {
    if (travel) return arrive(true);
    moved = true;
    depth = Math.max(0, depth - 1);
    up();
  });

  return {
    /** One level down, by a tap. */
    down() {
      if (travel) travel.waiting.push(push);
      else push();
    },
    /** No more entries than there are levels. @param {number} most */
    atMost(most) {
      if (travel) travel.waiting.push(() => this.atMost(most));
      else if (works && depth > most) go(most - depth, most, () => {});
    },
    /** The page is on its way out: nothing is ours any more, and nothing may move. */
    forget() {
      depth = 0;
      moved = false;
    },
    /** Back over all of them. @param {() => void} [then] once that is done */
    home(then = () => {}) {
      if (travel) return void travel.waiting.push(() => this.home(then));
      if (!works || (!depth && !moved)) return then();
      // A new entry is the last one, so the number of entries says how far it is.
      push();
      moved = false;
      if (works) go(history.length < KEPT ? (base ?? 0) + 1 - history.length : -depth, 0, then);
      else then();
    },
  };
}
