// The pages of others: policies, old ways of loading, files and sandboxes. On each the form is walked to its second screen, or the page
// says how to reach help and the console what to change.

import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";

import { DIST, HOSTS, named } from "./others.js";
import { AS_OF, cureOn, FLAGS, root, serve, together, words } from "./support.js";

const say = words.en;
const plain = (attributes) => `<!DOCTYPE html><title>A group</title><iframe width="800" height="700" ${attributes}></iframe>`;

/** Pages without the element. */
const FRAMES = [
  ["a plain frame where no script may run", `src="${DIST}/frame.html?lang=en"`, { "content-security-policy": "script-src 'none'" }],
  [
    "a plain frame under Trusted Types",
    `src="${DIST}/frame.html?lang=en"`,
    { "content-security-policy": "require-trusted-types-for 'script'; trusted-types 'none'" },
  ],
  ["a plain sandboxed frame", `sandbox="allow-scripts" src="${DIST}/frame.html?lang=en"`, {}],
  ["the one file in a plain frame", `sandbox="allow-scripts" src="${DIST}/relief-screener.html?lang=en"`, {}],
];

const first = (form) => form.getByRole("button", { name: say.start, exact: true });

/** Starts, answers the first screen, and comes to the second one. */
async function walk(form) {
  await first(form).click();
  const heading = form
    .getByRole("heading", { level: 1 })
    .or(form.getByRole("heading", { level: 2 }))
    .first();
  await form.getByRole("button", { name: say.go, exact: true }).waitFor();
  const firstTitle = await heading.innerText();
  for (const one of await form.getByRole("radio").all())
    if (!(await form.locator(`[name="${await one.getAttribute("name")}"]:checked`).count())) await one.check();
  await form.getByRole("button", { name: say.go, exact: true }).click();
  await form.getByRole("button", { name: say.back, exact: true }).waitFor();
  assert.notEqual(await heading.innerText(), firstTitle);
}

describe("the address of a page with everything inside", () => {
  const shared = together();
  const settings = "lang=es&help-name=Swindler&help-phone=555&reviewed-by=Nobody&exit-url=https://swindler.example/&as-of=2024-08-20";
  const es = words.es;

  test("a link from a stranger sets the language and the day, and neither a phone nor a name", async () => {
    const page = await shared.browser.newPage();
    await page.goto(`${shared.server.origin}${DIST}/frame.html?${settings}`);
    await page.getByRole("button", { name: es.start, exact: true }).waitFor();
    assert.ok(
      await page
        .getByText(/20 de agosto de 2024/)
        .first()
        .isVisible(),
    );
    assert.doesNotMatch(await page.locator("body").innerText(), /Swindler|555|Nobody/);
    await page.locator("summary", { hasText: es.helpTitle }).click();
    assert.doesNotMatch(await page.locator("body").innerText(), /Swindler|555|Nobody/);
    await page.close();
  });

  test("the page around a frame sets them", async () => {
    const page = await shared.browser.newPage();
    await page.goto(shared.server.embed("/set", "", { page: plain(`src="${DIST}/frame.html?${settings}"`) }));
    const form = page.frameLocator("iframe");
    await form.getByRole("button", { name: es.start, exact: true }).waitFor();
    await form.locator("summary", { hasText: es.helpTitle }).click();
    assert.match(await form.locator("body").innerText(), /Nobody[\s\S]*Swindler/);
    await page.close();
  });

  test("Leave now leaves: all of the tab where that is allowed, else the frame", async () => {
    const bye = shared.server.html("/bye", "<!DOCTYPE html><title>Bye</title>Bye");
    const address = `${DIST}/frame.html?lang=en&exit-url=${encodeURIComponent(bye)}`;
    for (const [sandbox, whole] of [
      ["", true],
      ['sandbox="allow-scripts allow-top-navigation-by-user-activation"', true],
      ['sandbox="allow-scripts"', false],
    ]) {
      const page = await shared.browser.newPage();
      await page.goto(shared.server.embed("/leave", "", { page: plain(`${sandbox} src="${address}"`) }));
      await walk(page.frameLocator("iframe"));
      await page.frameLocator("iframe").getByRole("button", { name: say.exit, exact: true }).click();
      if (whole) await page.waitForURL(bye);
      else await page.frameLocator("iframe").getByText("Bye").waitFor();
      await page.close();
    }
  });
});

/** What scripts of a page have been seen to replace, or might. */
const REPLACED = [
  "Array.prototype.map = () => []",
  "Array.prototype.flatMap = () => []",
  "Array.prototype.filter = () => []",
  "Promise.all = () => new Promise(() => {})",
  "Object.assign = () => ({})",
  "Object.entries = () => []",
  "Object.fromEntries = () => ({})",
  "self.fetch = () => new Promise(() => {})",
  "JSON.parse = () => null",
  "self.getComputedStyle = () => { throw new Error(); }",
];

describe("a script of the page replaces what the language has built in", () => {
  const shared = together();
  for (const script of REPLACED) {
    test(`${script}: complete, or help and what to change`, { timeout: 60_000 }, async () => {
      const page = await shared.browser.newPage({ viewport: { width: 1000, height: 900 } });
      const lines = [];
      page.on("console", (message) => lines.push(message.text()));
      await page.clock.install();
      const content = `<script>${script};</script><script type="module" src="/pkg/define.js"></script>`;
      await page.goto(shared.server.embed("/replaced", `lang="en" as-of="${AS_OF}"`, { content }));
      const state = () => page.evaluate(() => document.querySelector("relief-screener").state);
      for (let i = 0; i < 40 && !["ready", "failed"].includes(await state()); i++) await page.clock.runFor(2_000);
      if ((await state()) === "ready") {
        const form = page.frameLocator("iframe");
        await walk(form);
        const read = await form.locator("body").innerText();
        assert.doesNotMatch(read, /(^|\n)[a-z-]+\.[a-z-]+/);
        assert.ok(read.length > 100);
      } else {
        assert.equal(await state(), "failed");
        assert.ok(await page.getByText("Call the group for help.").isVisible());
        while (!lines.some((line) => line.startsWith("relief-screener ("))) await page.clock.runFor(100);
      }
      await page.close();
    });
  }
});

for (const [kind, flags] of [
  ["with WebAssembly", []],
  ["without WebAssembly", ["--js-flags=--jitless"]],
]) {
  describe(kind, () => {
    const shared = together({ args: [...FLAGS, ...flags] });
    let page;
    const open = async (address) => {
      page = await shared.browser.newPage({ viewport: { width: 1000, height: 900 } });
      page.setDefaultTimeout(30_000);
      page.lines = [];
      page.on("console", (message) => page.lines.push(message.text()));
      await page.goto(address);
    };
    const element = () => page.evaluate(() => (({ state, mode }) => ({ state, mode }))(document.querySelector("relief-screener")));

    for (const [name, { attributes = "", ...options }, { chromium, without = chromium }] of HOSTS) {
      const expected = flags.length ? without : chromium;
      test(`${name}: ${expected}`, { timeout: 60_000 }, async () => {
        await open(shared.server.embed("/host", `lang="en" as-of="${AS_OF}" ${attributes}`, options));
        if (expected === "policy") {
          await page.waitForFunction(() => document.querySelector("relief-screener").state === "failed");
          assert.ok(await page.getByText("Call the group for help.").isVisible());
          const cure = await cureOn(page, page.lines, "policy");
          assert.ok(cure.includes(named) && cure.includes("frame-src"), cure);
        } else {
          await walk(page.frameLocator("iframe"));
          assert.deepEqual(await element(), { state: "ready", mode: expected });
          assert.ok(!(await page.getByText("Call the group for help.").isVisible()));
          assert.deepEqual(
            page.lines.filter((line) => line.startsWith("relief-screener")),
            [],
          );
        }
        await page.close();
      });
    }

    for (const [name, attributes, headers] of FRAMES) {
      const help = flags.length > 0 && attributes.includes("frame.html");
      test(`${name}: ${help ? "help, and where the one file is" : "complete"}`, { timeout: 60_000 }, async () => {
        const address = shared.server.embed("/frame", "", { headers, page: plain(attributes) });
        await open(address);
        const form = page.frameLocator("iframe");
        if (help) {
          await form.getByText("Find nonprofit legal help near you").waitFor();
          assert.equal(await form.getByRole("link", { name: /relief-screener\.html/ }).count(), 1);
        } else await walk(form);
        await page.close();
      });
    }

    test("files of another site that shares them with nobody: the classic script works, and the module leaves the help", async () => {
      const other = await serve();
      try {
        for (const [path, works] of [
          ["dist/relief-screener.js", true],
          ["define.js", false],
        ]) {
          const content = `<script ${works ? "" : 'type="module"'} src="${other.origin}/pkg/${path}"></script>`;
          await open(shared.server.embed("/other", `lang="en" as-of="${AS_OF}"`, { content }));
          if (works) await walk(page.frameLocator("iframe"));
          else assert.ok(await page.getByText("Call the group for help.").isVisible());
          await page.close();
        }
      } finally {
        await other.close();
      }
    });

    test("from a stick: the one file, and a page with the classic script beside it", { timeout: 60_000 }, async () => {
      const folder = await mkdtemp(join(tmpdir(), "stick-"));
      try {
        for (const file of ["frame.html", "relief-screener.html", "relief-screener.js"])
          await cp(join(root, "pkg/dist", file), join(folder, file));
        const html = `<!DOCTYPE html><meta charset="utf-8"><title>A group</title><script src="relief-screener.js"></script><relief-screener lang="en"><p>Call.</p></relief-screener> `;
        await writeFile(join(folder, "index.html"), html);
        await open(`file://${folder}/relief-screener.html?lang=en`);
        await walk(page);
        await page.close();
        await open(`file://${folder}/index.html`);
        await walk(page.frameLocator("iframe"));
        assert.deepEqual(await element(), { state: "ready", mode: "hosted" });
        await page.close();
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
