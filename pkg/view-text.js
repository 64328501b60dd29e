// @ts-check
// From machine values to words: dates, amounts, countries, placeholders.

/** @typedef {import("./view-types.d.ts").Values} Values */

/**
 * A whole date, a month or a year, as the engine writes it: 2014-06-17, 2014-06, 2014.
 * @param {string} lang
 * @param {string} iso
 */
export function dateText(lang, iso) {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  if (!month) return String(year);
  const date = new Date(Date.UTC(year, month - 1, day || 1));
  return new Intl.DateTimeFormat(lang, {
    year: "numeric",
    month: "long",
    day: day ? "numeric" : undefined,
    timeZone: "UTC",
  }).format(date);
}

/** The names of the months, January first.
 * @param {string} lang
 */
export const monthNames = (lang) => {
  const format = new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2000, month, 1)));
};

/** @param {number} year @param {number} month */
export const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** yyyymmdd, where mm and dd may be 00. @param {number} packed */
export function unpack(packed) {
  return { year: Math.floor(packed / 10000), month: Math.floor(packed / 100) % 100, day: packed % 100 };
}

/** @param {string} iso */
export const pack = (iso) => Number((iso.replaceAll("-", "") + "0000").slice(0, 8));

/** @param {number} packed */
export function isoOf(packed) {
  const { year, month, day } = unpack(packed);
  const two = (/** @type {number} */ n) => `-${String(n).padStart(2, "0")}`;
  return `${year}${month ? two(month) : ""}${month && day ? two(day) : ""}`;
}

/**
 * @param {string} lang
 * @param {string} text
 * @param {Values} [values]
 */
export function fill(lang, text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (all, key) => {
    const value = values[key];
    if (value == null) return all;
    if (typeof value === "string") return /^\d{4}(-\d\d){0,2}$/.test(value) ? dateText(lang, value) : value;
    if (key !== "amount") return value.toLocaleString(`${lang}-US`);
    const digits = value % 1 ? 2 : 0;
    return value.toLocaleString(`${lang}-US`, { style: "currency", currency: "USD", minimumFractionDigits: digits, currencyDisplay: "narrowSymbol" });
  });
}

/**
 * Countries by the names that the browser knows, sorted for the reader.
 * @param {string} lang
 * @param {string[]} codes
 * @returns {{ code: string, name: string }[]}
 */
export function countries(lang, codes) {
  const names = new Intl.DisplayNames(lang, { type: "region" });
  return codes.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name, lang));
}

/** @param {string} code */
export const packCountry = (code) => (code.charCodeAt(0) - 64) * 32 + code.charCodeAt(1) - 64;
/** @param {number} packed */
export const countryCode = (packed) => String.fromCharCode(Math.floor(packed / 32) + 64, (packed % 32) + 64);
