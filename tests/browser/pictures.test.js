// How the screens look, held against pictures that somebody looked at: the first screen of the answer of each family, and one of each other
// kind. `UPDATE_GOLDEN=1` takes them anew; look at them before they are kept. With other fonts than theirs they say nothing.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { test } from "node:test";

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

import { DAY, journeys, planOf, toReview } from "./families.js";
import { together, words } from "./support.js";

const shared = together();
const FOLDER = new URL("../pictures/", import.meta.url);
const UPDATE = process.env.UPDATE_GOLDEN === "1";
/** So much of a picture may differ: edges of letters. */
const MAY_DIFFER = 0.003;
const MOST = { pictures: 60, bytes: 4_000_000 };
/** The other kinds of screens are shown for this family. */
const ONE = "1-spouse2009";

await mkdir(FOLDER, { recursive: true });

/** How wide a line is with the fonts of this machine. */
const fontsOf = (page) =>
  page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    return ["16px", "bold 16px"].map((style) => {
      context.font = `${style} system-ui, sans-serif`;
      return Math.round(100 * context.measureText("Quién no tiene papeles, 0123456789").width);
    });
  });

/** Beside that of a phone. */
const WIDTHS = [320, 1280];

/** What the page looks like once it stands still: a picture taken at once may show a screen half drawn on a busy machine. */
async function settled(page) {
  // What lies under the pointer looks pressed, and which line that is depends on when the browser noticed.
  await page.mouse.move(0, 0);
  let last = Buffer.alloc(0);
  for (let tries = 0; tries < 20; tries += 1) {
    const taken = await page.screenshot({ animations: "disabled", caret: "hide" });
    if (taken.equals(last)) return taken;
    last = taken;
    await page.waitForTimeout(100);
  }
  throw new Error("the page does not stand still");
}

async function held(t, page, name) {
  const file = new URL(`${name}.png`, FOLDER);
  const fonts = new URL("fonts.json", FOLDER);
  const found = JSON.stringify(await fontsOf(page));
  const taken = await settled(page);
  if (UPDATE) {
    await writeFile(fonts, `${found}\n`);
    return writeFile(file, taken);
  }
  if ((await readFile(fonts, "utf8")).trim() !== found) return t.skip("the fonts of this machine are not those of the pictures");
  const [kept, now] = [PNG.sync.read(await readFile(file)), PNG.sync.read(taken)];
  assert.deepEqual([now.width, now.height], [kept.width, kept.height], name);
  const differ = pixelmatch(kept.data, now.data, null, kept.width, kept.height, { threshold: 0.1 });
  assert.ok(differ <= MAY_DIFFER * kept.width * kept.height, `${name}: ${differ} pixels differ`);
}

for (const [lang, colorScheme] of [
  ["en", "light"],
  ["es", "dark"],
]) {
  for (const [name, journey] of Object.entries(journeys)) {
    test(`${lang}: ${name}`, async (t) => {
      const person = await shared.open(lang, { asOf: DAY, colorScheme });
      const { page } = person;
      const other = name === ONE;
      await person.frame.getByRole("combobox", { name: person.say("language") }).waitFor();
      if (other) await held(t, page, `start-${lang}`);
      await person.start();
      if (other) {
        await person.run(planOf(journey), "custody");
        await held(t, page, `question-${lang}`);
      }
      await toReview(person, planOf(journey));
      await person.button("showResults").click();
      await held(t, page, `answer-${name}-${lang}`);
      if (!other) return;
      await person.frame.locator(".path").first().click();
      await person.frame.getByRole("article").waitFor();
      await held(t, page, `path-${lang}`);
      await person.button("toAnswer").click();
      await person.button("sheetTitle").click();
      await held(t, page, `points-${lang}`);
      await person.button("back").click();
      await person.everything();
      await held(t, page, `everything-${lang}`);
      await person.button("toAnswer").click();
      await person.button("another").click();
      await held(t, page, `another-${lang}`);
      await person.button("back").click();
      await person.button("tracesTitle").click();
      await held(t, page, `traces-${lang}`);
      await person.button("toAnswer").click();
      // From the smallest screen to a large one.
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        // The frame hears of its new width later than its page, and stays where it was read.
        await page.frames()[1].waitForFunction((wide) => innerWidth === wide, width);
        await page.frames()[1].evaluate(
          () =>
            new Promise((done) => {
              requestAnimationFrame(() => requestAnimationFrame(() => done(scrollTo(0, 0))));
            }),
        );
        await held(t, page, `answer-${width}-${lang}`);
      }
    });
  }

  test(`${lang}: the news`, async (t) => {
    const page = await shared.page({ colorScheme });
    await page.clock.setFixedTime(new Date(`${DAY}T12:00:00Z`));
    await page.goto(`${shared.server.origin}/news.html?lang=${lang}&as-of=2024-06-17`);
    await page.locator("relief-screener iframe").contentFrame().getByRole("combobox", { name: words[lang].language }).waitFor();
    await held(t, page, `news-${lang}`);
  });
}

test("the pictures are few and small", async () => {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".png"));
  const sizes = await Promise.all(files.map(async (file) => (await stat(new URL(file, FOLDER))).size));
  assert.ok(files.length > 20 && files.length <= MOST.pictures, `${files.length} pictures`);
  assert.ok(sizes.reduce((all, one) => all + one, 0) <= MOST.bytes, `${sizes}`);
});
