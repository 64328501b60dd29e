// Nothing leaves and nothing stays, as seen from outside the form: in the browser's own log of the network, on its disk, in the memory of
// the engine, and by the recorders that websites put beside it. Each look finds, in the same run, what a page without the seal does.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";
import { chromium } from "playwright-core";

import { AS_OF, FLAGS, launch, Person, root, serve } from "./support.js";
import { tryEverything } from "./ways-out.js";

let server;
let folder;
before(async () => {
  server = await serve();
  folder = await mkdtemp(join(tmpdir(), "proofs-"));
});
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

/** A browser that keeps what browsers keep. */
async function kept(name) {
  const context = await chromium.launchPersistentContext(join(folder, name), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    viewport: { width: 390, height: 740 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  return { context, page };
}

/** All the way to the answer, and everything that was looked at. Gives lines that the person read. */
async function wholeWay(page, attributes = "", options = {}) {
  await page.goto(server.embed("/proof", `lang="en" as-of="${AS_OF}" ${attributes}`, options));
  const person = new Person(page);
  await person.frame.getByRole("combobox", { name: person.say("language") }).waitFor();
  return {
    person,
    async walk() {
      await person.start();
      const question = await person.frame.getByRole("heading", { level: 2 }).first().innerText();
      await person.run();
      await person.button("showResults").click();
      await person.heading("resultsTitle").waitFor();
      const read = `${question}\n${await person.frame.locator(".main").innerText()}`;
      const lines = read.split("\n").filter((line) => line.length > 15);
      assert.ok(lines.length > 5, read);
      return lines;
    },
  };
}

test("the browser's log of the network has no request, connection or name between Start and the answer", {
  timeout: 180_000,
}, async () => {
  const log = join(folder, "net.json");
  const browser = await launch({ args: [...FLAGS, `--log-net-log=${log}`, "--net-log-capture-mode=Everything"] });
  const page = await browser.newPage();
  const { person, walk } = await wholeWay(page);
  const host = server.origin.replace("http://", "");
  await page.evaluate(() => fetch("/mark-begin"));
  await walk();
  // Not only does nothing happen by itself: whoever tries from inside comes no further.
  await page.frames()[1].evaluate(tryEverything, [host, "sealed"]);
  await person.everything();
  await page.evaluate(() => fetch("/mark-end"));
  await page.evaluate(tryEverything, [host, "control"]);
  await page.evaluate(async () => {
    await fetch("http://name.invalid/", { mode: "no-cors" }).catch(() => {});
    await new Promise((done) => setTimeout(done, 500));
  });
  await browser.close();

  const { constants, events } = JSON.parse(await readFile(log, "utf8"));
  const kind = new Map(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  const urls = (event) => String(event.params?.url ?? "");
  const of = (mark) => new Set(events.filter((event) => urls(event).endsWith(mark)).map(({ source }) => source.id));
  const first = of("/mark-begin");
  const begin = events.findLastIndex(({ source }) => first.has(source.id));
  const end = events.findIndex((event) => urls(event).endsWith("/mark-end"));
  assert.ok(begin > 0 && end > begin, "both marks are in the log");
  const BEGINS = 1;
  // The browser looks after itself at any time: what no page asked for, and where that leads. Every way out of the test leads to this
  // machine, or to a name that the browser has no business with.
  const browsers = new Set(
    events.filter(({ params }) => params?.initiator === "not an origin").map((event) => new URL(urls(event)).hostname),
  );
  const seen = (part) =>
    part.flatMap(({ type, phase, params = {} }) => {
      const [name, asked] = [kind.get(type), String(params.host ?? "").replace(/^\w+:\/\//, "")];
      const looked =
        (name === "URL_REQUEST_START_JOB" && params.initiator !== "not an origin") ||
        (name === "HOST_RESOLVER_MANAGER_REQUEST" && !browsers.has(asked.replace(/:\d+$/, ""))) ||
        (name === "TCP_CONNECT_ATTEMPT" && /^127\./.test(params.address));
      return phase === BEGINS && looked ? [`${name} ${params.url ?? params.address ?? asked}`] : [];
    });
  assert.deepEqual(seen(events.slice(begin, end)), []);
  const control = seen(events.slice(end)).join("\n");
  assert.match(control, /URL_REQUEST_START_JOB http:\/\/127\.0\.0\.1:\d+\/control\/1\b/);
  assert.match(control, /HOST_RESOLVER_MANAGER_REQUEST .*name\.invalid/);
  assert.match(control, /TCP_CONNECT_ATTEMPT 127\./);
});

/** Every file of a browser's folder that has one of these texts in it, as bytes or as the two-byte letters of a browser. */
async function found(texts, path) {
  const hits = [];
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath ?? entry.path, entry.name)).catch(() => Buffer.alloc(0));
    for (const text of texts) for (const kind of ["utf8", "utf16le"]) if (bytes.includes(Buffer.from(text, kind))) hits.push(text);
  }
  return hits;
}

test("no answer and no word of the result is on the disk after the browser is closed", { timeout: 180_000 }, async () => {
  const { context, page } = await kept("disk");
  const { walk } = await wholeWay(page);
  const lines = await walk();
  const chosen = await page
    .frames()[1]
    .evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id) => id.includes(".")));
  const control = "canary-of-the-page-around";
  await page.evaluate((text) => {
    localStorage.setItem("control", text);
    history.replaceState(text, "", `#${text}`);
  }, control);
  await page.waitForTimeout(1_000);
  await context.close();
  assert.ok((await found([control], join(folder, "disk"))).length > 0, "what a page stores is found");
  assert.deepEqual(await found([...lines, ...chosen, "person.in-us"], join(folder, "disk")), []);
});

test("after the answers are deleted the memory of the engine is zeros, in the browser", { timeout: 120_000 }, async () => {
  const { context, page } = await kept("memory");
  const { person, walk } = await wholeWay(page);
  await walk();
  const session = await context.newCDPSession(page.frames()[1]).catch(() => context.newCDPSession(page));
  /** How many bytes of each memory of WebAssembly in the frame are not zero. */
  const bytes = async () => {
    const { result } = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
    const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
    const counted = await session.send("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration:
        "function () { return this.map((one) => new Uint8Array(one.buffer).reduce((sum, byte) => sum + (byte !== 0), 0)); }",
      returnByValue: true,
    });
    return counted.result.value;
  };
  const filled = await bytes();
  assert.ok(filled.length > 0 && filled.every((count) => count > 1_000), `${filled}`);
  await person.button("wipe").click();
  await person.button("wipeYes").click();
  await person.button("start").waitFor();
  assert.ok((await bytes()).every((count) => count === 0));
  await context.close();
});

/** The recorders that websites use, as they are published. `say` hands over all that one has kept. */
const RECORDERS = {
  rrweb: `import { record } from "rrweb";
    const kept = [];
    record({ emit: (event) => kept.push(event), recordCanvas: true, recordCrossOriginIframes: true, collectFonts: true });
    self.say = () => JSON.stringify(kept);`,
  Clarity: `import { clarity } from "clarity-js";
    const kept = [];
    clarity.start({ projectId: "group", content: true, drop: [], mask: [], unmask: ["body"], lean: false, delay: 100, upload: (data) => kept.push(data) });
    self.say = () => { clarity.stop(); return kept.join(""); };`,
};

for (const [name, contents] of Object.entries(RECORDERS)) {
  test(`${name} beside the form records the page around, and nothing of the form`, { timeout: 120_000 }, async () => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      format: "iife",
      write: false,
      logLevel: "silent",
    });
    const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
    const content = `<p>Our office is in Main Street</p><label>Mail <input id="mail"></label><script>${script}</script><script type="module" src="/pkg/define.js"></script>`;
    const { context, page } = await kept(name);
    const { walk } = await wholeWay(page, "", { content });
    await page.getByLabel("Mail").fill("control text");
    const lines = await walk();
    await page.getByText("Our office").evaluate((node) => (node.textContent = "Our office has moved"));
    await page.waitForTimeout(1_500);
    const recorded = await page.evaluate(() => self.say());
    assert.match(recorded, /Our office has moved/, "it does record");
    for (const line of lines) assert.ok(!recorded.includes(line), line);
    await context.close();
  });
}
