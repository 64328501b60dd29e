// Rules that a test changes on purpose, as the rules build would have written them: with the checksums that belong to them.

const MASK = (1n << 64n) - 1n;
/** FNV-1a, with 64 bits. @param {Uint8Array} bytes */
export function fnv(bytes) {
  let sum = 0xcbf29ce484222325n;
  for (const byte of bytes) sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  return sum;
}

/** What the checksum and the signature of a file are over. @param {object} rules */
export function sealedText(rules) {
  const { checksum: _, signature: __, ...rest } = JSON.parse(JSON.stringify(rules));
  return JSON.stringify(rest);
}

/** The same rules with the checksum that belongs to them. @param {object} rules */
export function seal(rules) {
  const checksum = fnv(Buffer.from(sealedText(rules)))
    .toString(16)
    .padStart(16, "0");
  return { ...JSON.parse(JSON.stringify(rules)), checksum };
}

/** A day in the pack: its number since 1970, doubled, seven bits a byte. A day since 1992 takes three bytes. @param {string} day */
function packed(day) {
  const number = (Date.parse(day) / 86_400_000) * 2;
  return Buffer.of((number & 127) | 128, ((number >> 7) & 127) | 128, number >> 14);
}

/** The same rules with another version and another last day: as JSON, and in the pack, which is what the engine goes by.
 * @param {any} rules @param {{ version?: string, expires?: string }} days */
export function dated(rules, { version = rules.version, expires = rules.rules.expires }) {
  const bytes = Buffer.from(rules.pack, "latin1").subarray(0, -8); // The lower half of each character's number.
  const day = (/** @type {string} */ text) => packed(text.replaceAll(".", "-"));
  const old = Buffer.concat([Buffer.from(rules.version), day(rules.version), day(rules.rules.expires)]);
  const at = bytes.indexOf(old);
  if (at < 0) throw new Error("the version of the pack is not followed by its days");
  Buffer.concat([Buffer.from(version), day(version), day(expires)]).copy(bytes, at);
  const sum = Buffer.alloc(8);
  sum.writeBigUInt64LE(fnv(bytes));
  const pack = Array.from(Buffer.concat([bytes, sum]), (byte) => String.fromCharCode(0x100 + byte)).join("");
  return seal({ ...rules, version, rules: { ...rules.rules, version, expires }, pack });
}
