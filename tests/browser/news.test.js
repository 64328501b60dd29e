// The programs in the news: each claim of the articles behind this project, as of its own day and as of today, by role and name.

import assert from "node:assert/strict";
import { test } from "node:test";

import AxeBuilder from "@axe-core/playwright";

import languages from "../../pkg/dist/languages.js";
import { broken, together, words } from "./support.js";

const shared = together();

/** What stands on each day, by the ids of the rules: the state of a door, or the clause of a caution; `null` where nothing was in force. */
const ROWS = {
  "2023-02-07": {
    "chnv-parole": "open",
    "title-42-history": "to-end",
    "asylum-limit-2023": "planned",
    "remain-in-mexico-history": "ending-stayed",
    "illegal-reentry-crime": "before-any-crossing",
    "asylum-limit-2024": null,
    "third-country-removal": "mexico-2023",
    "removal-bar": "five",
    "kft-spouse": "not-begun",
  },
  "2024-04-22": {
    "kft-spouse": "proposed",
    "long-term-work-permit": "never-created",
    "reunification-from-abroad": "never-created",
    "family-reunification-parole": "open",
    "asylum-limit-2024": "weighed",
    "title-42-history": null,
  },
  "2024-06-17": { "kft-spouse": "proposed", "daca-renewal": "open", "daca-initial": "filing-only", "asylum-limit-2024": "in-force" },
  "2024-06-18": { "kft-spouse": "announced" },
  "2024-07-14": { "kft-spouse": "announced", "kft-stepchild": "announced" },
  "2026-11-21": {
    "kft-spouse": "closed",
    "kft-stepchild": "closed",
    "chnv-parole": "closed",
    "family-reunification-parole": "closed",
    "daca-initial": "filing-only",
    "daca-renewal": "open",
    "long-term-work-permit": "never-created",
    "reunification-from-abroad": "never-created",
    "proposed-laws": "proposed",
    "asylum-limit-2024": null,
  },
};
/** What the news said beside it, on its day. */
const BESIDE = {
  "2023-02-07": ["sponsors-in-court"],
  "2024-04-22": ["permit-weighed", "abroad-asked"],
  "2024-06-17": ["permit-weighed", "abroad-asked", "spouses-expected"],
  "2024-07-14": [],
};

async function open(lang, day, context) {
  const page = await shared.page(context);
  await page.goto(`${shared.server.origin}/news.html?lang=${lang}${day ? `&as-of=${day}` : ""}`);
  const frame = page.locator("relief-screener iframe").contentFrame();
  await frame.getByRole("slider").waitFor();
  return { page, frame };
}

/** What a system is called on a day. */
const namesOf = (law, id) => [...Object.values(law.route[id]?.named ?? {}), law.route[id]?.name ?? law.news[id].name];

async function card(frame, law, id) {
  for (const name of namesOf(law, id)) {
    const found = frame.getByRole("region", { name, exact: true });
    if (await found.count()) return found;
  }
  assert.fail(`${id} is not there`);
}

for (const lang of Object.keys(words)) {
  for (const [day, rows] of Object.entries(ROWS)) {
    test(`${lang}: ${day}: what the articles say is answered as of that day`, async () => {
      const { page, frame } = await open(lang, day);
      const { default: law } = await languages[lang].news();
      for (const [id, what] of Object.entries(rows)) {
        const own = await card(frame, law, id);
        // What stands today has a box of its own, after it.
        const text = (await own.innerText()).split(words[lang].newsNow)[0];
        const door = law.route[id] && words[lang][`door.${what}`];
        const clause = what && (law.caution[id]?.[what]?.title ?? law.news[id]?.body);
        assert.ok(text.includes(door ?? clause ?? words[lang].newsNone), `${id}: ${text}`);
      }
      const all = await frame.locator("body").innerText();
      for (const clause of Object.keys(law.caution["being-decided"])) {
        const said = all.includes(law.caution["being-decided"][clause].title);
        assert.equal(said, (BESIDE[day] ?? []).includes(clause), `${clause} on ${day}`);
      }
      assert.deepEqual(page.complaints, []);
    });
  }

  test(`${lang}: the days are gone through with the keys, and axe finds nothing`, async () => {
    const { page, frame } = await open(lang, "2024-06-17");
    const slider = frame.getByRole("slider", { name: words[lang].newsSlide });
    const at = () => slider.getAttribute("aria-valuetext");
    const first = await at();
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const next = await at();
    assert.notEqual(next, first);
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await at(), next, "the slider keeps the focus");
    for (const key of ["newsEarlier", "newsLater", "newsToday"]) {
      const before = await at();
      await frame.getByRole("button", { name: words[lang][key], exact: true }).click();
      assert.notEqual(await at(), before, key);
    }
    assert.ok(await frame.getByRole("button", { name: words[lang].newsLater, exact: true }).isDisabled(), "nothing comes after today");
    for (const fold of await frame.locator("summary").all()) await fold.click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      [],
    );
    assert.deepEqual(await page.frames()[1].evaluate(broken), []);
    const wide = () => page.frames()[1].evaluate(() => document.documentElement.scrollWidth - innerWidth);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      assert.ok((await wide()) <= 0, `${width} px`);
    }
  });
}

test("the news ask for no engine, no rules and none of the form, and after that for nothing", async () => {
  const page = await shared.page();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(shared.server.embed("/news", 'view="news" lang="en"'));
  const frame = page.locator("relief-screener iframe").contentFrame();
  await frame.getByRole("slider").waitFor();
  await frame.getByRole("combobox", { name: words.en.language }).waitFor();
  for (const file of ["wasm", "rules", "frame", "lang/en"]) assert.ok(!asked.includes(`/pkg/dist/${file}.js`), file);
  const count = asked.length;
  await page.context().setOffline(true);
  await frame.getByRole("combobox", { name: words.en.language }).selectOption("es");
  await frame.getByRole("heading", { name: words.es.newsTitle }).waitFor();
  await frame.getByRole("button", { name: words.es.newsToday, exact: true }).count();
  assert.equal(asked.length, count, asked.slice(count).join(" "));
});
