// @ts-check
// What a person may keep on the phone: a day in its calendar, the number of the group. The file of a day says it and "Reminder", and not
// what it is about; that of a number what the page around calls the group.

import { button, dialed, h } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const MINUTE = 60_000;

/** A day for the calendar of this device. @param {App} app @param {string} date */
export const keepDay = (app, date) =>
  button(app.say("keepDay"), () => save("reminder.ics", "calendar", calendar(app.say("reminder"), date)), "link", date);

/** The group's name and number for the contacts of this device; nothing where the page names none. @param {App} app */
export function keepContact(app) {
  const { helpName, helpPhone } = app.config;
  if (!helpName || !helpPhone) return null;
  const keep = button(app.say("contact"), () => save("contact.vcf", "vcard", card(helpName, helpPhone)), "link");
  return h("div", { class: "on-screen" }, keep, h("p", { class: "fine" }, app.say("contactNote")));
}

/** RFC 2426. @param {string} name @param {string} phone */
function card(name, phone) {
  const text = name.replace(/[\\,;]/g, "\\$&").replace(/\s+/g, " ");
  return ["BEGIN:VCARD", "VERSION:3.0", `N:;${text};;;`, `FN:${text}`, `TEL:${dialed(phone)}`, "END:VCARD", ""].join("\r\n");
}

/** One whole day (RFC 5545). @param {string} title @param {string} date */
function calendar(title, date) {
  const day = date.replaceAll("-", "");
  const event = [
    "BEGIN:VEVENT",
    `UID:${day}@reminder`,
    `DTSTAMP:${day}T000000Z`,
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${title}`,
    "END:VEVENT",
  ];
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//reminder//EN", ...event, "END:VCALENDAR", ""].join("\r\n");
}

/** @param {string} name @param {string} kind @param {string} text */
function save(name, kind, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `text/${kind}` }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), MINUTE);
}
