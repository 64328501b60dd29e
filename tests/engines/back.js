// The phone's Back gesture, step by step, in whichever browser. A driver presses what a person presses: a button by its name, and Back.

import assert from "node:assert/strict";

import { words } from "../browser/support.js";

const say = words.en;

/** Runs in the frame: none of the lines, and the first choice of everything that asks for one. */
const CHOOSE = `
  const all = [...document.querySelectorAll(".main input")];
  for (const one of all) {
    const { name, type, labels } = one;
    const none = type === "checkbox" && labels[0]?.textContent === ${JSON.stringify(say.none)};
    const first = type === "radio" && !all.some((other) => other.name === name && other.checked);
    if ((none || first) && !one.checked) one.click();
  }`;

const pause = () => new Promise((done) => setTimeout(done, 800));

const HEADING = 'return document.querySelector(".title")?.textContent ?? "";';
const CHOSEN = 'return document.querySelectorAll(".main :checked:not(option)").length;';
const AROUND = "return [history.state, location.pathname, document.title];";

/**
 * @param {object} driver
 * @param {(address: string) => Promise<void>} driver.open
 * @param {() => Promise<string>} driver.path
 * @param {() => Promise<void>} driver.back the browser's own
 * @param {() => Promise<void>} driver.forward
 * @param {(name: string) => Promise<void>} driver.press a button of the frame, with a real tap
 * @param {(script: string) => Promise<any>} driver.inFrame
 * @param {(script: string) => Promise<any>} driver.around in the page around
 * @param {object} server
 * @param {string} attributes how the page shows the form
 */
export async function walkBack(driver, server, attributes) {
  const until = async (what, look) => {
    let found;
    for (let i = 0; i < 100; i++) {
      found = await look().catch((fault) => fault.message);
      if (found === what) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.equal(found, what);
  };
  const text = () => driver.inFrame("return document.body.innerText;");
  const kept = async () => (await text()).includes(say.stillHere);
  const here = () => driver.inFrame(HEADING);
  const at = (heading) => until(heading, here);
  const path = async (expected) => {
    await until(expected, driver.path);
    await pause(); // A browser says where it is going before it is there.
  };
  const press = (key) => driver.press(say[key]);
  const on = async () => {
    const before = await here();
    await driver.inFrame(CHOOSE);
    await press("go");
    await until(true, async () => (await here()) !== before);
    return here();
  };

  await driver.open(server.html("/first", "<!DOCTYPE html><title>First</title>"));
  await driver.open(server.html("/before", "<!DOCTYPE html><title>Before</title>"));
  const exit = server.html("/bye", "<!DOCTYPE html><title>Bye</title>");
  await driver.open(server.embed("/group", `${attributes} as-of="2026-11-21" lang="en" exit-url="${exit}"`));
  await at(say.startTitle);
  await until(true, async () => (await text()).includes(say.startMinutes) && !(await text()).includes(say.loading));
  const told = await driver.around(AROUND);

  // Down by taps, up by Back, by our own button, and by Back again: always one level.
  await press("start");
  await until(true, async () => (await here()) !== say.startTitle);
  const first = await here();
  const second = await on();
  const third = await on();
  await driver.back();
  await at(second);
  assert.ok((await driver.inFrame(CHOSEN)) > 0, "what was answered is still there");
  await press("back");
  await at(first);
  assert.equal(await on(), third);
  await driver.back();
  await at(first);
  await driver.back();
  await at(say.startTitle);
  assert.ok(await kept(), "it is said before anything goes");
  assert.deepEqual(await driver.around(AROUND), told, "no state, the same address, the same title");

  await press("goOn");
  await at(third);

  // What was deleted leaves no level behind.
  await press("wipe");
  await press("wipeYes");
  await at(say.startTitle);
  assert.ok(!(await kept()));
  await press("start");
  await at(first);
  await on();
  await on();

  // Forward cannot be told from Back, so it goes up too; nothing is lost by it, and leaving still finds its way.
  await driver.back();
  await at(second);
  await driver.forward();
  await at(first);

  // Left: behind Back is what was there before the page, before Forward at most the wiped start.
  await press("exit");
  await path("/bye");
  await driver.back();
  await path("/before");
  await driver.forward();
  await path("/bye");
  // A browser that takes the frame's entries away with it has nothing there.
  await driver.forward();
  await pause();
  if ((await driver.path()) === "/bye") return;
  await path("/group");
  await at(say.startTitle);
  assert.ok(!(await kept()));
}
