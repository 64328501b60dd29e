// `npm run bench`: how long a report takes in Node, and how long a person waits from an answer to the next question in Chromium,
// as fast as this machine is and six times slower. Every time stands beside that of a loop that only counts, measured in the same
// place, so that two machines can be compared. Nothing here passes or fails. Needs a build.

import { performance } from "node:perf_hooks";

import { loadEngine } from "../pkg/engine.js";
import { launch, Person, PLAIN, serve } from "./browser/support.js";

const ROUNDS = 40;
const SLOWER = [1, 6];

/** Runs in Node and in the frame: some milliseconds of counting. */
function baseline() {
  const times = [];
  for (let round = 0; round < 15; round++) {
    const start = performance.now();
    let x = 1;
    for (let i = 0; i < 3_000_000; i++) x = (Math.imul(x, 1664525) + 1013904223 + i) | 0;
    times.push(performance.now() - start + (x === 0 ? 1 : 0));
  }
  return times.sort((a, b) => a - b)[7];
}

/** One line: the median and the worst, in milliseconds and as so many times the loop. */
function print(name, times, loop) {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const text = (ms) => `${ms.toFixed(2).padStart(8)} ms ${(ms / loop).toFixed(2).padStart(6)} x`;
  console.log(`${name.padEnd(44)} median ${text(median)}   worst ${text(worst)}   (${times.length} times)`);
}

/** The plain family of the browser tests, as the engine takes it. */
function family(engine) {
  const yesNo = new Set(engine.questions.filter(({ kind }) => kind === "yes-no").map(({ fact }) => fact));
  const sets = new Set(engine.questions.filter(({ kind }) => kind === "set").map(({ fact }) => fact));
  const value = (fact, text) => (yesNo.has(fact) ? text === "yes" : sets.has(fact) ? [text] : text);
  return Object.fromEntries(Object.entries(PLAIN).map(([fact, text]) => [fact, value(fact, text)]));
}

async function inNode() {
  const engine = await loadEngine();
  const loop = baseline();
  console.log(`\nNode ${process.version}: the loop takes ${loop.toFixed(2)} ms`);
  for (const asOf of [engine.rules.confirmedThrough, "2024-08-20"]) {
    const input = { asOf, answers: family(engine) };
    const times = [];
    for (let round = 0; round < 3 * ROUNDS; round++) {
      const start = performance.now();
      engine.screen(input);
      if (round >= ROUNDS) times.push(performance.now() - start);
    }
    print(`a whole report, as of ${asOf}`, times, loop);
  }
  return engine.rules.confirmedThrough;
}

/** One way through the questions. Each press of "Continue" is timed until the next question is laid out. */
async function walk(browser, origin, asOf, slower) {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await page.goto(`${origin}/?lang=en&as-of=${asOf}`);
  const person = new Person(page);
  await person.button("start").waitFor();
  const frame = page.frames()[1];
  // A sealed frame may have a process of its own, which is slowed down by itself.
  for (const target of [page, frame]) {
    const session = await page
      .context()
      .newCDPSession(target)
      .catch(() => null);
    await session?.send("Emulation.setCPUThrottlingRate", { rate: slower });
  }
  const press = (text) =>
    frame.evaluate((name) => {
      const button = [...document.querySelectorAll(".main button")].find((one) => one.textContent === name);
      const start = performance.now();
      button.click();
      document.body.getBoundingClientRect();
      return performance.now() - start;
    }, person.say(text));
  const loop = await frame.evaluate(baseline);
  const times = { start: [await press("start")], next: [], results: [] };
  let inList = false;
  person.go = async () => {
    const time = await press("go");
    if (!inList) times.next.push(time);
  };
  const list = person.list.bind(person);
  person.list = async (...all) => {
    inList = true;
    await list(...all);
    inList = false;
  };
  await person.run();
  times.results.push(await press("showResults"));
  await page.context().close();
  return { times, loop };
}

async function inChromium(asOf) {
  const [browser, server] = await Promise.all([launch(), serve()]);
  for (const slower of SLOWER) {
    const walks = [];
    for (let round = 0; round < 3; round++) walks.push(await walk(browser, server.origin, asOf, slower));
    const loop = Math.min(...walks.map((one) => one.loop));
    console.log(`\nChromium ${browser.version()}, ${slower} x slower, as of ${asOf}: the loop takes ${loop.toFixed(2)} ms`);
    for (const [name, key] of [
      ["Start to the first question", "start"],
      ["an answer to the next question", "next"],
      ["the answers to the results", "results"],
    ]) {
      print(
        name,
        walks.flatMap(({ times }) => times[key]),
        loop,
      );
    }
  }
  await browser.close();
  await server.close();
}

await inChromium(await inNode());
