// @ts-check
// Three times Shift, and no other key in between: the fast way out, for the page around and for the frame in it.
// What happens then is not decided here.

const WITHIN = 5000;
export const PRESSES = 3;

/**
 * @param {(presses: number) => unknown} heard how many presses have been counted, after each key; 0 after any other one
 * @param {AbortSignal} [signal] until when
 */
export function onShift(heard, signal) {
  const options = { signal, capture: true };
  // Shift that helps another key, such as a capital letter, is no press of its own.
  let alone = false;
  /** @type {number[]} */
  let times = [];
  document.addEventListener("keydown", ({ key }) => (alone = key === "Shift"), options);
  document.addEventListener(
    "keyup",
    ({ key }) => {
      const now = performance.now();
      times = key === "Shift" && alone ? [...times.filter((time) => now - time < WITHIN), now] : [];
      heard(times.length);
    },
    options,
  );
}
