// @ts-check
// From machine values to words: dates, amounts, countries, placeholders. No sentence stands here, and no date is compared.

/** @typedef {import("./types.d.ts").Language} Language */
/** @typedef {import("./types.d.ts").Values} Values */

/**
 * A whole date, a month or a year, as the engine writes it: 2014-06-17, 2014-06, 2014. The names of months are the language's own
 * where it brings them, because browsers do not know every language.
 * @param {Language} language
 * @param {string} iso
 * @returns {string}
 */
export function dateText(language, iso) {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  if (!month) return String(year);
  const { lang, calendar } = language;
  if (calendar) return fill(language, day ? calendar.day : calendar.month, { year: String(year), month: calendar.months[month - 1], day });
  const date = new Date(Date.UTC(year, month - 1, day || 1));
  return new Intl.DateTimeFormat(lang, {
    year: "numeric",
    month: "long",
    day: day ? "numeric" : undefined,
    timeZone: "UTC",
  }).format(date);
}

/** The names of the months, January first.
 * @param {Language} language
 */
export const monthNames = ({ lang, calendar }) => {
  if (calendar) return calendar.months;
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
 * Puts values in the places that a text names in braces: {date}, or {n, plural, one {one path} other {# paths}}.
 * @param {Language} language
 * @param {string} text
 * @param {Values} [values]
 * @returns {string}
 */
export function fill(language, text, values = {}) {
  return text.replace(/\{(\w+)(?:, plural,((?: \w+ \{[^{}]*\})+))?\}/g, (all, key, forms) => {
    const value = values[key];
    if (value == null) return all;
    if (typeof value === "string") return !forms && /^\d{4}-\d\d(-\d\d)?$/.test(value) ? dateText(language, value) : value;
    const style = numbersOf(language);
    const number = value.toLocaleString(style);
    if (forms) return formOf(language.lang, forms, value).replaceAll("#", number);
    if (key !== "amount") return number;
    const digits = value % 1 ? 2 : 0;
    return value.toLocaleString(style, {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: digits,
      currencyDisplay: "narrowSymbol",
    });
  });
}

/** How numbers and amounts are written in the United States, also in this language. @param {Language} language */
function numbersOf({ lang, calendar }) {
  if (calendar) return "en-US"; // A browser that does not know the language writes as the device does.
  const { language, script } = new Intl.Locale(lang);
  return `${language}${script ? `-${script}` : ""}-US`;
}

/** The form of the words that goes with a number. @param {string} lang @param {string} forms @param {number} n */
function formOf(lang, forms, n) {
  const all = Object.fromEntries(Array.from(forms.matchAll(/(\w+) \{([^{}]*)\}/g), ([, name, words]) => [name, words]));
  return all[new Intl.PluralRules(lang).select(n)] ?? all.other ?? "";
}

/** What a country is called: by the language itself, or by the browser. @param {Language} language */
export function countryNames({ lang, countries }) {
  const names = countries ? null : new Intl.DisplayNames(lang, { type: "region" });
  return (/** @type {string} */ code) => countries?.[code] ?? names?.of(code) ?? code;
}

/** A country as one number, the letters of its code. @param {string} code */
export const countryNumber = (code) => (code.charCodeAt(0) - 64) * 32 + code.charCodeAt(1) - 64;
/** @param {number} country */
export const countryCode = (country) => String.fromCharCode(Math.floor(country / 32) + 64, (country % 32) + 64);
