// @ts-check
// The second script of the frame: the engine, and every screen behind Start. The first one has drawn the start page by then.

import { bytesOf, cited, finer, openEngine, ScreenerError, step, wipe } from "./engine-core.js";
import { screens } from "./view/screens.js";
import { today } from "./view/text.js";
import { SCREENS } from "./view/view.js";

Object.assign(SCREENS, screens);

/**
 * What the rules are made from, and the engine that reads them.
 * @typedef {object} Parts
 * @property {BufferSource | string | import("./engine-core.js").Translated} engine as bytes, as the text of `dist/wasm.js`, or as JavaScript
 * @property {import("./dist/types.js").CompiledRules} rules the built-in ones; their sources may come later
 * @property {unknown[]} own those that the page names, where it does
 * @property {boolean} [older] they may be older than the built-in ones
 * @property {boolean} refused it named some, and they did not come or were not the ones it meant
 */

/** What the person reads, by what the engine says. @type {Record<string, import("./view/types.d.ts").RulesNote>} */
const NOTES = { "rules-older": "rulesOld", "rules-expired": "rulesOver" };

/** The page's own rules where they can be used, else the built-in ones, and then the person reads why.
 * @param {Parts} parts @returns {Promise<{ screener: import("./view/types.d.ts").Screener, note: import("./view/types.d.ts").RulesNote, reason: string | null }>} */
export async function open({ engine: source, rules, own: [own], older, refused }) {
  const wasm = await ready(source);
  /** @type {import("./index.js").Engine | null} */
  let engine = null;
  /** @type {import("./view/types.d.ts").RulesNote} */
  let note = refused ? "rulesRefused" : null;
  let reason = null;
  if (own !== undefined) {
    try {
      engine = await openEngine({ wasm, rules: own, check: true, validOn: today(), ...(!older && { notBefore: rules.version }) });
    } catch (fault) {
      ({ code: reason } = /** @type {ScreenerError} */ (fault));
      note = NOTES[reason] ?? "rulesRefused";
    }
  }
  const opened = engine ?? (await openEngine({ wasm, rules }));
  const { screenSlots, ...about } = opened;
  /** @typedef {Parameters<typeof screenSlots>} Given */
  const screener = {
    ...about,
    screen: screenSlots,
    step: (/** @type {Given} */ ...given) => step(opened, ...given),
    finer: (/** @type {Given} */ ...given) => finer(opened, ...given),
    wipe: () => wipe(opened),
    cited: (/** @type {import("./dist/types.js").CompiledRules["citations"]} */ citations) =>
      engine ? about.citations : cited(opened, citations),
  };
  return { screener, note, reason };
}

/** @param {Parts["engine"]} given */
async function ready(given) {
  if (typeof given === "function") return given;
  try {
    return await WebAssembly.compile(typeof given === "string" ? bytesOf(given) : given);
  } catch {
    throw new ScreenerError("wasm-unavailable", "");
  }
}
