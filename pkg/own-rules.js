// @ts-check
// The rules that a page names in the place of the built-in ones. Loaded only where it names some. Whether they can be used, the engine
// says; here they come, or they do not.

/** What was wrong, as a word for the console. */
class Refused extends Error {}

/** @param {HTMLElement} element @param {AbortSignal} signal how long they may take @returns {Promise<{ own: unknown[], older: boolean }>} */
export async function fetchRules(element, signal) {
  const integrity = hashes(element.getAttribute("rules-integrity"));
  const keys = element.getAttribute("rules-key");
  const named = element.getAttribute("rules") ?? "";
  const answer = await fetch(named, { credentials: "omit", referrerPolicy: "no-referrer", integrity, signal });
  if (!answer.ok) throw new Refused("rules-missing");
  const own = await answer.json();
  if (keys != null) {
    const { unsigned } = await import("./dist/signature.js");
    const [code] = (await unsigned(JSON.stringify(own), keys.trim().split(/\s+/))) ?? [];
    if (code) throw new Refused(code);
  }
  return { own: [own], older: element.hasAttribute("rules-older") };
}

/** The hashes of `rules-integrity`. A browser passes over one that it cannot read, and then checks nothing. @param {string | null} text */
function hashes(text) {
  if (text == null) return "";
  const all = text.trim().split(/\s+/);
  const known = /^(sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==)$/;
  if (!all.every((hash) => known.test(hash))) throw new Refused("rules-integrity");
  return all.join(" ");
}
