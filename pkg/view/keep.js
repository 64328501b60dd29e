// @ts-check
// What a person may keep on the phone: a day in its calendar. The file says a day and "Reminder", and not what it is about.

import { button, h } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const MINUTE = 60_000;

/** A day for the calendar of this device. @param {App} app @param {string} date */
export const keepDay = (app, date) =>
  button(app.say("keepDay"), () => save("reminder.ics", calendar(app.say("reminder"), date)), "link", date);

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

/** @param {string} name @param {string} text */
function save(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), MINUTE);
}
