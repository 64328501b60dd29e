// @ts-check
// The address may carry settings for a preview, such as ?as-of=2024-08-20&lang=es. It never carries an answer,
// and it cannot set the help contact: a link from a stranger must not put a swindler there.
const SETTINGS = ["as-of", "lang", "routes"];

const screener = document.querySelector("relief-screener");
const wishes = new URLSearchParams(location.search);
const lang = wishes.get("lang") ?? (navigator.language.startsWith("es") ? "es" : "en");
document.documentElement.lang = lang === "es" ? "es" : "en";
for (const name of SETTINGS) {
  const value = wishes.get(name);
  if (value) screener?.setAttribute(name, value);
}
void import("../pkg/define.js");
