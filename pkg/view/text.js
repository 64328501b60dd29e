// @ts-check
// From machine values to words: dates, amounts, countries, placeholders. No sentence stands here, and no date is compared.

/** @typedef {import("./types.d.ts").Values} Values */

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

/** A date as one number, yyyymmdd, where mm and dd may be 00. @param {string} iso */
export const dateNumber = (iso) => Number(iso.replaceAll("-", "").padEnd(8, "0"));

/** @param {number} date */
export function dateParts(date) {
  return { year: Math.floor(date / 10000), month: Math.floor(date / 100) % 100, day: date % 100 };
}

/** @param {number} date */
export function isoOf(date) {
  const { year, month, day } = dateParts(date);
  return `${year}${month ? `-${twoDigits(month)}` : ""}${month && day ? `-${twoDigits(day)}` : ""}`;
}

/** @param {number} n */
const twoDigits = (n) => String(n).padStart(2, "0");

/** The day on this device, as the engine wants it. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

/**
 * Puts values in the places that a text names in braces.
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
    return value.toLocaleString(`${lang}-US`, {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: digits,
      currencyDisplay: "narrowSymbol",
    });
  });
}

/** What the browser calls a country. @param {string} lang */
export function countryNames(lang) {
  const names = new Intl.DisplayNames(lang, { type: "region" });
  return (/** @type {string} */ code) => names.of(code) ?? code;
}

/** A country as one number, the letters of its code. @param {string} code */
export const countryNumber = (code) => (code.charCodeAt(0) - 64) * 32 + code.charCodeAt(1) - 64;
/** @param {number} country */
export const countryCode = (country) => String.fromCharCode(Math.floor(country / 32) + 64, (country % 32) + 64);
