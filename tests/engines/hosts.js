// What other people's pages let in, in whichever browser: on each of them the form comes to its second screen.

import assert from "node:assert/strict";

import hashes from "../../pkg/dist/hashes.js";
import { HOSTS as OTHERS } from "../browser/others.js";
import { words } from "../browser/support.js";

const say = words.en;
/** Those that more than one browser is shown. */
export const HOSTS = OTHERS.filter(([, , { others }]) => others);

const CHOOSE = `
  for (const one of document.querySelectorAll(".main input[type=radio]"))
    if (![...document.querySelectorAll(".main input")].some((other) => other.name === one.name && other.checked)) one.click();`;
const HEADING = 'return document.querySelector(".title")?.textContent ?? "";';

/** Asks for a script at an address, as a hash of a policy would allow it anywhere. */
const ask = (url) => `
  const script = document.createElement("script");
  script.crossOrigin = "anonymous";
  script.integrity = ${JSON.stringify(hashes.form[0])};
  script.src = ${JSON.stringify(url)};
  document.head.append(script);`;

/** That no script can be asked for from the frame once the form is ready, and that it could be from the page around.
 * @param {object} driver @param {object} server */
export async function askFromInside(driver, server) {
  await driver.inFrame(ask(`${server.origin}/from-inside`));
  await driver.around(ask(`${server.origin}/from-around`));
  for (let i = 0; i < 100 && !server.asked.includes("/from-around"); i++) await new Promise((done) => setTimeout(done, 100));
  assert.ok(server.asked.includes("/from-around"));
  assert.ok(!server.asked.includes("/from-inside"));
}

/** @param {object} driver see `back.js` @param {object} server @param {(typeof HOSTS)[number]} host */
export async function walkHost(driver, server, [name, { attributes = "", ...options }, { others }]) {
  const until = async (what, look) => {
    let found;
    for (let i = 0; i < 400; i++) {
      found = await look().catch((fault) => fault.message);
      if (what(found)) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    return assert.fail(`${name}: ${found}`);
  };
  // Each at an address of its own: a driver that is there already would look at the page before.
  await driver.open(
    server.embed(
      `/host/${HOSTS.findIndex(([other]) => other === name)}`,
      `as-of="2026-11-21" lang="en" height="1000" ${attributes}`,
      options,
    ),
  );
  const state = await until(
    (found) => found === "ready" || found === "failed",
    () => driver.around('return document.querySelector("relief-screener").state;'),
  );
  if (state === "failed") {
    assert.ok(others.includes("policy"), `${name}: ${state}`);
    assert.match(await driver.around("return document.body.innerText;"), /Call the group for help\./);
    return "policy";
  }
  const mode = await driver.around('return document.querySelector("relief-screener").mode;');
  assert.ok(others.includes(mode), `${name}: ${mode}`);
  // WebKit can lose sight of the frame for a moment when another one was there before.
  await until(
    (pressed) => pressed === true,
    () => driver.press(say.start).then(() => true),
  );
  const first = await until(
    (heading) => heading && heading !== say.startTitle,
    () => driver.inFrame(HEADING),
  );
  await driver.inFrame(CHOOSE);
  await driver.press(say.go);
  await until(
    (heading) => heading && heading !== first,
    () => driver.inFrame(HEADING),
  );
  return mode;
}
