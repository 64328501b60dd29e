// The phone's Back gesture in Chromium; `tests/engines` does the same in other browsers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { walkBack } from "../engines/back.js";
import { rules, together } from "./support.js";

const shared = together();

/** @param page of Playwright */
async function driverOf(page) {
  const devtools = await page.context().newCDPSession(page);
  // What the browser's own buttons do; the driver's `goBack` waits for a page that does not come.
  const by = async (steps) => {
    const { currentIndex, entries } = await devtools.send("Page.getNavigationHistory");
    await devtools.send("Page.navigateToHistoryEntry", { entryId: entries[currentIndex + steps].id });
  };
  const frame = () => page.locator("relief-screener iframe").contentFrame();
  return {
    open: (address) => page.goto(address),
    path: async () => new URL(page.url()).pathname,
    back: () => by(-1),
    forward: () => by(1),
    press: (name) => frame().getByRole("button", { name, exact: true }).first().click(),
    inFrame: (script) => frame().locator("body").evaluate(`(() => { ${script} })()`, null, { timeout: 5000 }),
    around: (script) => page.evaluate(`(() => { ${script} })()`),
  };
}

for (const attributes of ["", 'height="full"']) {
  test(`Back goes one level up, and what was left stays away ${attributes}`, async () => {
    await walkBack(await driverOf(await shared.page()), shared.server, attributes);
  });
}

/** How many entries the page has in the history. */
const levels = ({ page }) => page.frames()[1].evaluate(() => history.length);

test("what is urgent leaves no level, nor anything after somebody told that they are hurt", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "custody");
  const before = await levels(person);
  const screen = rules.screens.find(({ boxes = [] }) => boxes.some(({ id }) => id === "hurt"));
  await person.line(screen, { id: "hurt" }).check();
  await person.go();
  const urgent = await levels(person);
  await person.button("goOn").click();
  await person.run({}, "private-list");
  assert.deepEqual([urgent, await levels(person)], [before, before]);
});

test("a browser that takes no more entries loses no answer, and leaving still works", async () => {
  const person = await shared.open();
  await person.page.frames()[1].evaluate(() => {
    history.pushState = () => {
      throw new DOMException("too many", "SecurityError");
    };
  });
  await person.start();
  await person.run({}, "private-list");
  const here = await person.here();
  await person.button("back").click();
  assert.notEqual(await person.here(), here);
  await person.button("wipe").click();
  await person.button("wipeYes").click();
  await person.heading("startTitle").waitFor();
  assert.deepEqual(person.page.complaints, []);
});
