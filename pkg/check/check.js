// Looks at a page as a phone and as a desktop, and says what it found. It asks the page, and where its files lie for their list of
// hashes; what the page itself asks of others, it asks as for any visitor.

import { createHash } from "node:crypto";

import { CannotLook, find, open } from "./browser.js";
import { findings, foldersOf } from "./findings.js";
import { look } from "./look.js";

const SIZES = [
  { name: "phone", width: 390, height: 844, mobile: true },
  { name: "desktop", width: 1280, height: 900, mobile: false },
];
const PATIENCE = 10_000;

/** @param {string} text */
export function addressOf(text) {
  const given = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username) throw new CannotLook(`${text} is no address of a web page.`);
  url.hash = "";
  return url.href;
}

/** @param {string} address @param {{ flags?: string[], program?: string }} [options] flags of the browser, for tests */
export async function check(address, { flags = [], program = find() } = {}) {
  const browser = await open(program, flags);
  try {
    const sights = await Promise.all(SIZES.map((size) => look(browser, address, size)));
    const [first] = sights;
    if (!first || first.status >= 400) throw new CannotLook(`${address} answers ${first?.status}: there is no page to look at.`);
    const folders = [...new Set(sights.flatMap(foldersOf))];
    const hashes = Object.fromEntries((await Promise.all(folders.map(hashesOf))).flatMap((one) => (one ? [one] : [])));
    const found = findings(sights, hashes);
    const form = sights.flatMap(({ name, frames }) => [
      ...frames.flatMap(({ elements }) => elements.map(({ state, mode, width, height }) => ({ on: name, state, mode, width, height }))),
      ...frames.flatMap((one) => one.frames.map(({ width, height }) => ({ on: name, state: null, mode: "frame", width, height }))),
    ]);
    return { address: first.url, fine: !found.some(({ level }) => level === "mend"), form, findings: found };
  } finally {
    await browser.close();
  }
}

/** Whether a file is the one that the list beside it names. Without a list nobody knows. @param {string} folder
 * @returns {Promise<[string, (file: string, body: Buffer) => boolean] | null>} */
async function hashesOf(folder) {
  try {
    const answer = await fetch(new URL("dist/integrity.json", folder), {
      signal: AbortSignal.timeout(PATIENCE),
      referrerPolicy: "no-referrer",
    });
    const all = /** @type {Record<string, string>} */ (await answer.json());
    const hash = (/** @type {Buffer} */ body) => `sha384-${createHash("sha384").update(body).digest("base64")}`;
    return [folder, (file, body) => all[file] === undefined || all[file] === hash(body)];
  } catch {
    return null;
  }
}
