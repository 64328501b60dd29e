// The element on the pages of others: attributes, failures, full screen, hostile styles and policies.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import hashes from "../../pkg/dist/hashes.js";
import { dated, sealedText } from "../node/seal.js";
import { AS_OF, cureOn, heard, laws, root, rules, together } from "./support.js";

const shared = together();
const WIDE = { viewport: { width: 1000, height: 800 } };

const hashOf = (text, kind = "sha256") => `${kind}-${createHash(kind).update(text).digest("base64")}`;

/** The events of the element, as they come. */
const listen = (page) =>
  page.addInitScript(() => {
    self.events = [];
    for (const type of ["relief-ready", "relief-error", "relief-exit"])
      document.addEventListener(type, ({ detail }) => self.events.push([type, detail]), true);
  });

test("without a DOM the import does nothing, and a second registration does no harm", async () => {
  const code = `await import("./pkg/dist/element.js"); await import("./pkg/define.js"); console.log("fine");`;
  assert.equal(execFileSync("node", ["--input-type=module", "-e", code], { cwd: root, encoding: "utf8" }).trim(), "fine");
  const page = await shared.page(WIDE);
  await page.goto(
    shared.server.embed("/twice", "", {
      content: `<script type="module">await import("/pkg/define.js"); await import("/pkg/define.js?again");</script>`,
    }),
  );
  await page.frameLocator("iframe").getByRole("button", { name: "Start" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("in a page, the name of the package leads to the class that is registered", async () => {
  const page = await shared.page(WIDE);
  const content = `<script type="importmap">{"imports":{"relief-screener/define":"/pkg/define.js"}}</script>
    <script type="module">import { ReliefScreener } from "relief-screener/define"; self.same = ReliefScreener === customElements.get("relief-screener");</script>`;
  await page.goto(shared.server.embed("/named", "", { content }));
  await page.waitForFunction(() => self.same);
  assert.deepEqual(page.complaints, []);
});

test("the fallback is shown while nothing else can be, and again where the policy lets neither frame run", async () => {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.clock.install();
  const address = shared.server.embed("/silent", "", { headers: { "content-security-policy": "script-src 'self'; frame-src 'none'" } });
  await page.goto(address);
  const fallback = page.getByText("Call the group for help.");
  await fallback.waitFor();
  await page.waitForFunction(() => document.querySelector("relief-screener").shadowRoot?.querySelector("iframe"));
  assert.deepEqual(await page.evaluate(() => self.events), []);
  // Three frames are tried, each with its second after it has loaded.
  for (let i = 0; i < 40 && !(await page.evaluate(() => self.events.length)); i++) await page.clock.runFor(1000);
  assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "policy" }]]);
  assert.equal(await page.evaluate(() => document.querySelector("relief-screener").state), "failed");
  assert.ok(await fallback.isVisible());
  assert.equal(await page.locator("iframe").count(), 0);
  // Its clock stands still.
  await page.clock.resume();
  const cure = await cureOn(page, page.complaints, "policy");
  for (const hash of hashes.form) assert.ok(cure.includes(`'${hash}'`), cure);
});

/** What the element loads by itself. */
const FILES = ["element", "hashes", "frame", "words/en", "form", "rules", "lang/en"];
/** The engine is no module. */
const ENGINE = "/pkg/dist/engine_bg.wasm";

/** A page whose clock the test moves, where one address never answers and every other file has come. */
async function silent(hangs, attributes = "") {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.clock.install();
  await page.route(`**${hangs}`, () => {});
  await page.goto(shared.server.embed("/silent-file", attributes));
  const others = FILES.map((name) => `/pkg/dist/${name}.js`).filter((file) => file !== hangs);
  await page.evaluate((files) => Promise.all(files.map((file) => import(file))).then(() => 0), others);
  if (hangs !== ENGINE)
    await page.evaluate(
      (file) =>
        fetch(file)
          .then((answer) => answer.arrayBuffer())
          .then(() => 0),
      ENGINE,
    );
  return page;
}

for (const file of [...FILES.slice(1).map((name) => `/pkg/dist/${name}.js`), ENGINE]) {
  test(`${file} never answers: half a minute after the last arrival the fallback stands there, and nothing comes after it`, async () => {
    const page = await silent(file);
    if (!/frame|words|hashes/.test(file)) await page.frameLocator("iframe").getByText("The questions are loading.").waitFor();
    await page.clock.runFor(25_000);
    assert.deepEqual(await page.evaluate(() => self.events), [], "a slow line is given its time");
    await page.clock.runFor(6_000);
    assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "timeout" }]]);
    assert.ok(await page.getByText("Call the group for help.").isVisible());
    assert.equal(await page.locator("iframe").count(), 0, "the frame is gone");
    await page.clock.runFor(120_000);
    assert.equal(await page.evaluate(() => self.events.length), 1);
  });
}

test("no file answers at all: the same", async () => {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.clock.install();
  await page.route(/\/pkg\/dist\/(?!element)/, () => {});
  await page.goto(shared.server.embed("/silence"));
  await page.waitForFunction(() => document.querySelector("relief-screener").shadowRoot);
  await page.clock.runFor(31_000);
  assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "timeout" }]]);
  assert.ok(await page.getByText("Call the group for help.").isVisible());
});

test("a file that arrives starts the clock of the others anew", async () => {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.clock.install();
  let late;
  await page.route("**/dist/lang/en.js", (route) => (late = route));
  await page.route("**/dist/form.js", () => {});
  await page.goto(shared.server.embed("/late"));
  await page.frameLocator("iframe").getByText("The questions are loading.").waitFor();
  await page.clock.runFor(20_000);
  await late.continue();
  await page.evaluate(() => import("/pkg/dist/lang/en.js").then(() => 0));
  await page.clock.runFor(25_000);
  assert.deepEqual(await page.evaluate(() => self.events), []);
  await page.clock.runFor(6_000);
  assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "timeout" }]]);
});

for (const file of ["define.js", "dist/element.js"]) {
  test(`${file} never answers: the fallback stays`, async () => {
    const page = await shared.page(WIDE);
    await page.route(`**/pkg/${file}`, () => {});
    await page.goto(shared.server.embed("/never"), { waitUntil: "commit" });
    await page.getByText("Call the group for help.").waitFor();
    assert.ok(await page.evaluate(() => !document.querySelector("relief-screener").shadowRoot));
  });
}

test("own rules that never answer: four seconds after everything else is there, the built-in ones are used", async () => {
  const page = await silent("/own.json", `rules="/own.json"`);
  await page.frameLocator("iframe").getByText("The questions are loading.").waitFor();
  await page.clock.runFor(3_000);
  assert.deepEqual(await page.evaluate(() => self.events), []);
  await page.clock.runFor(1_000);
  await page.frameLocator("iframe").getByRole("button", { name: "Start" }).waitFor();
  assert.deepEqual(await page.evaluate(() => self.events), [
    ["relief-error", { code: "rules" }],
    ["relief-ready", null],
  ]);
});

test("a frame that is never ready ends in help as well", async () => {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.clock.install();
  // A frame that says its first word, and no other.
  const script = 'parent.postMessage({ type: "hello" }, "*")';
  const files = { frame: script, hashes: { ...hashes, form: [hashOf(script)] } };
  for (const [name, value] of Object.entries(files)) {
    await page.route(`**/dist/${name}.js`, (route) =>
      route.fulfill({ contentType: "text/javascript", body: `export default ${JSON.stringify(value)};` }),
    );
  }
  await page.goto(shared.server.embed("/unready"));
  await page.locator("iframe").waitFor();
  await page.evaluate((names) => Promise.all(names.map((name) => import(`/pkg/dist/${name}.js`))).then(() => 0), FILES);
  await page.clock.runFor(25_000);
  assert.deepEqual(await page.evaluate(() => self.events), []);
  await page.clock.runFor(6_000);
  assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "timeout" }]]);
  assert.ok(await page.getByText("Call the group for help.").isVisible());
  assert.equal(await page.locator("iframe").count(), 0);
});

test("without JavaScript the page says how to reach help, in both languages", async () => {
  const page = await shared.page({ ...WIDE, javaScriptEnabled: false });
  await page.goto(shared.server.origin);
  await page.getByRole("heading", { name: "Get help from a person" }).waitFor();
  await page.getByRole("heading", { name: "Pida ayuda a una persona" }).waitFor();
});

test("where a file does not come the fallback stays, and the page hears a code and reads what to look for", async () => {
  for (const file of ["frame", "form", "rules"]) {
    const page = await shared.page(WIDE);
    await listen(page);
    await page.route(`**/dist/${file}.js`, (route) => route.abort());
    await page.goto(shared.server.embed("/missing"));
    await page.waitForFunction(() => self.events.length);
    assert.deepEqual(await page.evaluate(() => self.events), [["relief-error", { code: "load" }]], file);
    assert.ok(await page.getByText("Call the group for help.").isVisible());
    await page.waitForFunction(() => document.querySelector("relief-screener").state === "failed");
    assert.ok(
      page.complaints.some((line) => /^relief-screener \(load\): .*upload the whole folder/.test(line)),
      page.complaints.join(),
    );
  }
});

test("an engine that does not come as a file, or comes as another one, comes as a text", async () => {
  for (const answer of [(route) => route.abort(), (route) => route.fulfill({ body: "not the engine" })]) {
    const page = await shared.page(WIDE);
    await listen(page);
    await page.route(`**${ENGINE}`, answer);
    await shared.visit(page, shared.server.embed("/text"));
    assert.deepEqual(await page.evaluate(() => self.events), [["relief-ready", null]]);
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
    assert.ok(asked.includes("/pkg/dist/wasm.js"));
  }
});

test("the page's own nonce lets the script of the frame run", async () => {
  const page = await shared.page(WIDE);
  const headers = {
    "content-security-policy":
      "script-src 'nonce-abc123' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'none'; object-src 'none'; base-uri 'none'",
  };
  const content = `<script type="module" nonce="abc123" src="/pkg/define.js"></script>`;
  const person = await shared.visit(page, shared.server.embed("/nonce", "", { headers, content }));
  await person.start();
  assert.equal(await person.here(), person.titleOf("who"));
});

test("on a phone, Start fills the screen without a reload, and there is a way back that keeps the answers", async () => {
  const page = await shared.page();
  const person = await shared.visit(page, shared.server.embed("/phone", `as-of="${AS_OF}" height="500"`));
  const box = () => page.locator("iframe").boundingBox();
  assert.equal((await box()).height, 500);
  await page.frames()[1].evaluate(() => (self.mark = "the same frame"));
  await person.start();
  await person.button("close").waitFor();
  assert.deepEqual(await box(), { x: 0, y: 0, width: 360, height: 740 });
  const heading = person.heading(person.titleOf("who"));
  await page.waitForFunction(() => document.activeElement?.localName === "relief-screener");
  assert.ok(await heading.evaluate((node) => node === document.activeElement), "focus is on the question");
  await person.run({}, "custody");
  await person.button("close").click();
  assert.equal((await box()).height, 500);
  assert.equal(await person.here(), person.titleOf("now"));
  assert.equal(await page.frames()[1].evaluate(() => self.mark), "the same frame");
});

test("on a wide screen Start stays where it is, at the fixed height", async () => {
  const page = await shared.page(WIDE);
  const person = await shared.visit(page, shared.server.embed("/wide", `as-of="${AS_OF}"`));
  const before = await page.locator("iframe").boundingBox();
  await person.start();
  await person.run({ "reentry-after-year": "yes" }, "private-list");
  assert.deepEqual(await page.locator("iframe").boundingBox(), before, "the height says nothing about the question");
  assert.equal(await person.button("close").count(), 0);
});

test("the attributes reach the frame: language, help, who checked, heading level, routes", async () => {
  const page = await shared.page(WIDE);
  const attributes = `lang="es" as-of="${AS_OF}" help-name="Casa Azul" help-url="/ayuda" help-phone="555-010-2000" reviewed-by="Ana Paz" heading-level="3" routes="kft-spouse"`;
  const person = await shared.visit(page, shared.server.embed("/attributes", attributes), "es");
  assert.equal(await page.locator("iframe").getAttribute("title"), "Preguntas");
  await person.frame.getByRole("heading", { level: 3, name: person.say("startTitle") }).waitFor();
  await person.frame.locator("summary", { hasText: person.say("helpTitle") }).click();
  const link = person.frame.getByRole("link", { name: /^Casa Azul/ });
  assert.equal(await link.getAttribute("href"), `${shared.server.origin}/ayuda`);
  assert.equal(await person.frame.getByRole("link", { name: "555-010-2000" }).getAttribute("href"), "tel:5550102000");
  await person.frame.getByText(person.say("reviewedBy", { name: "Ana Paz" })).waitFor();
  await person.start();
  await page.evaluate(() => document.querySelector("relief-screener").setAttribute("lang", "en"));
  person.lang = "en";
  await person.heading(person.titleOf("who")).waitFor();
  await person.run({ "reentry-after-year": "yes" });
  await person.button("showResults").click();
  await person.everything();
  await person.heading("everythingTitle").waitFor();
  assert.equal(await person.frame.locator(".path").count(), 1);
});

test("the four properties of the theme reach the frame, one value for each look, and no other property does", async () => {
  for (const [colorScheme, accent] of [
    ["light", "rgb(1, 2, 3)"],
    ["dark", "rgb(250, 251, 252)"],
  ]) {
    const page = await shared.page({ ...WIDE, colorScheme });
    const theme =
      "--relief-accent: light-dark(rgb(1, 2, 3), rgb(250, 251, 252)); --relief-on-accent: rgb(9, 9, 9); --relief-font: monospace";
    const person = await shared.visit(page, shared.server.embed("/theme", `style="${theme}; --relief-radius: 3px; --paper: red"`));
    const style = await person.button("start").evaluate((node) => {
      const { backgroundColor, color, fontFamily } = getComputedStyle(node);
      const points = getComputedStyle(document.querySelector("details"));
      return [backgroundColor, color, fontFamily, points.borderRadius, points.backgroundColor === "rgb(255, 0, 0)"];
    });
    assert.deepEqual(style, [accent, "rgb(9, 9, 9)", "monospace", "3px", false]);
  }
});

test("where the browser does not know one of the colors, both are the form's own", async () => {
  const page = await shared.page({ ...WIDE, colorScheme: "light" });
  const theme = "--relief-accent: color-of-tomorrow(red); --relief-on-accent: rgb(9, 9, 9); --relief-radius: 3px";
  const person = await shared.visit(page, shared.server.embed("/theme", `style="${theme}"`));
  const style = await person.button("start").evaluate((node) => {
    const { backgroundColor, color } = getComputedStyle(node);
    return [backgroundColor, color, getComputedStyle(document.querySelector("details")).borderRadius];
  });
  assert.deepEqual(style, ["rgb(11, 85, 99)", "rgb(255, 255, 255)", "3px"]);
});

test("the language: asked for, else of the page, else of the browser, else English; a word that every object knows is none", async () => {
  for (const [own, around, locale, lang] of [
    ["es", "en", "en-US", "es"],
    ["ES-MX", "", "en-US", "es"],
    ["", "es", "en-US", "es"],
    ["", "fr", "es-ES", "es"],
    ["fr", "es", "en-US", "es"],
    ["fr", "de", "pt-BR", "en"],
    ["", "", "es-419", "es"],
    ["constructor", "__proto__", "en-US", "en"],
    ["toString", "", "en-US", "en"],
    ["__proto__", "es", "en-US", "es"],
    ["hasOwnProperty", "valueOf", "es-ES", "es"],
  ]) {
    const page = await shared.page({ ...WIDE, locale });
    const html = `<!DOCTYPE html><html lang="${around}"><title>Language</title><relief-screener lang="${own}"></relief-screener><script type="module" src="/pkg/define.js"></script></html>`;
    const person = await shared.visit(page, shared.server.html("/language", html), lang);
    await person.heading("startTitle").waitFor();
    assert.equal(await page.locator("iframe").getAttribute("title"), person.say("title"), `${own}, ${around}, ${locale}`);
  }
});

test("a server that calls its scripts Latin-1 garbles no accent", async () => {
  const page = await shared.page(WIDE);
  await page.route("**/pkg/**/*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { "content-type": "application/javascript; charset=iso-8859-1" } });
  });
  const person = await shared.visit(page, shared.server.embed("/latin", `lang="es"`), "es");
  await person.start();
  assert.equal(await person.here(), person.titleOf("who"));
  assert.match(person.titleOf("who"), /[áéíóúñ¿]/, "and it has accents");
});

test("a language that the page sends later is one that is offered, or nothing changes", async () => {
  const person = await shared.open("es");
  const { page } = person;
  await person.start();
  const question = person.titleOf("who");
  for (const lang of ["constructor", "__proto__", "toString", "hasOwnProperty", "fr", "", null, 3, {}, ["en"], undefined]) {
    await page.evaluate(
      (data) => document.querySelector("relief-screener").shadowRoot.querySelector("iframe").contentWindow.postMessage(data, "*"),
      { type: "lang", lang },
    );
  }
  await heard(person);
  assert.equal(await person.here(), question);
  assert.equal(await person.frame.locator("html").getAttribute("lang"), "es");
});

test("an address that is no web page is not used", async () => {
  const page = await shared.page(WIDE);
  const person = await shared.visit(
    page,
    shared.server.embed("/script", `help-name="X" help-url="javascript:alert(1)" exit-url="javascript:alert(1)"`),
  );
  await person.frame.locator("summary", { hasText: person.say("helpTitle") }).click();
  assert.equal(await person.frame.getByRole("link", { name: /^X/ }).count(), 0);
  await person.frame.getByText("X", { exact: true }).waitFor();
});

const OWN = JSON.parse(await readFile(join(root, "pkg/dist/rules.json"), "utf8"));
/** The day of the built-in rules, as a person reads it. */
const builtIn = (lang) =>
  new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(OWN.rules.version.replaceAll(".", "-")));
const ofVersion = (version) => JSON.stringify(dated(OWN, { version, expires: "2033-01-01" }));
const newer = ofVersion("2031.01.01");

const [SIGNER, OTHER] = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")];
const keyOf = ({ publicKey }) => `ed25519:${publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64")}`;
const signed = JSON.stringify({
  ...JSON.parse(newer),
  signature: sign(null, Buffer.from(sealedText(JSON.parse(newer))), SIGNER.privateKey).toString("base64"),
});

/** Opens a page that names rules of its own, and says what the page heard. */
async function ownRules({ body = newer, status = 200, attributes = "", lang = "en" }) {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.route("**/own.json", (route) => route.fulfill({ body, status, contentType: "application/json" }));
  const person = await shared.visit(page, shared.server.embed("/own", `lang="${lang}" rules="/own.json" ${attributes}`), lang);
  return { person, events: await page.evaluate(() => self.events) };
}

test("rules that the page names are used, with and without a hash", async () => {
  const all = ["sha256", "sha384", "sha512"].map((kind) => hashOf(newer, kind));
  for (const integrity of [null, ...all, `  ${all.join(" \n ")} `]) {
    const { person, events } = await ownRules({ attributes: integrity == null ? "" : `rules-integrity="${integrity}"` });
    await person.frame.getByText("Rules 2031.01.01").waitFor();
    assert.equal(await person.frame.getByText("rules of its own").count(), 0);
    assert.deepEqual(events, [["relief-ready", null]], integrity);
  }
});

test("rules are used where one of the keys that the page names signed them, and older ones where it says so", async () => {
  for (const [attributes, body, version] of [
    [`rules-key="${keyOf(OTHER)} ${keyOf(SIGNER)}"`, signed, "2031.01.01"],
    ["rules-older", ofVersion("2020.01.01"), "2020.01.01"],
  ]) {
    const { person, events } = await ownRules({ attributes, body });
    await person.frame.getByText(`Rules ${version}`).waitFor();
    assert.deepEqual(events, [["relief-ready", null]], attributes);
  }
});

const good = hashOf(newer);
for (const [what, page, key = "rulesRefused"] of [
  ["are missing", { status: 404 }],
  ["are no JSON", { body: "nonsense" }],
  ["are nothing", { body: "null" }],
  ["are of a format that the engine does not read", { body: JSON.stringify({ ...OWN, format: 99 }) }],
  ["are older than the built-in ones", { body: ofVersion("2020.01.01") }, "rulesOld"],
  ["are over", { body: JSON.stringify(dated(OWN, { version: "2031.01.01", expires: "2026-11-20" })) }, "rulesOver"],
  ["were changed on the way", { body: newer.replace("https://", "https;//") }],
  ["have no checksum", { body: JSON.stringify({ ...JSON.parse(newer), checksum: undefined }) }],
  ["are not signed", { attributes: `rules-key="${keyOf(SIGNER)}"` }],
  ["somebody else signed", { body: signed, attributes: `rules-key="${keyOf(OTHER)}"` }],
  ["are checked by a key with a slip in it", { body: signed, attributes: `rules-key="${keyOf(SIGNER).slice(0, -2)}"` }],
  ["are checked by a good key and one with a slip in it", { body: signed, attributes: `rules-key="${keyOf(SIGNER)} ed25519:x"` }],
  ["are checked by no key", { body: signed, attributes: `rules-key=""` }],
  ["have another hash", { attributes: `rules-integrity="${hashOf("x")}"` }],
  ["have a hash of an unknown kind", { attributes: `rules-integrity="${good.replace("sha256", "sha999")}"` }],
  ["have a hash of a weak kind", { attributes: `rules-integrity="${hashOf(newer, "md5")}"` }],
  ["have a hash that is cut short", { attributes: `rules-integrity="${good.slice(0, -3)}="` }],
  ["have a hash with a comma after it", { attributes: `rules-integrity="${good},"` }],
  ["have a good hash and a misspelt one", { attributes: `rules-integrity="${good} sha-256-xx"` }],
  ["have an empty hash", { attributes: `rules-integrity=""` }],
]) {
  test(`rules that ${what} are not used: the page hears it, and the person reads which rules are`, async () => {
    for (const lang of ["en", "es"]) {
      const { person, events } = await ownRules({ ...page, lang });
      await person.frame.getByText(person.say(key, { date: builtIn(lang) })).waitFor();
      assert.deepEqual(events, [
        ["relief-error", { code: "rules" }],
        ["relief-ready", null],
      ]);
      await person.frame.getByText(OWN.rules.version).waitFor();
      await cureOn(person.page, person.page.complaints, "rules");
    }
  });
}

test("that the page's rules are not used is said with the results too", async () => {
  const { person } = await ownRules({ status: 404, attributes: `as-of="${AS_OF}"` });
  await person.start();
  await person.run();
  await person.button("showResults").click();
  await person.frame.getByText(person.say("rulesRefused", { date: builtIn("en") })).waitFor();
});

test("two elements on a page know nothing of each other, and a form around them sends nothing", async () => {
  const page = await shared.page(WIDE);
  const address = shared.server.html(
    "/two",
    `<!DOCTYPE html><html lang="en"><title>Two</title><form><relief-screener id="a" as-of="${AS_OF}"></relief-screener><relief-screener id="b" lang="es"></relief-screener></form><script type="module" src="/pkg/define.js"></script></html>`,
  );
  await page.goto(address);
  const [a, b] = ["#a", "#b"].map((id) => page.frameLocator(`${id} iframe`));
  await a.getByRole("button", { name: "Start" }).click();
  await b.getByRole("button", { name: "Empezar" }).waitFor();
  await a.getByRole("radio", { name: laws.en.screen.who.boxes["me-here"] }).press("Enter");
  assert.equal(await page.evaluate(() => [...new FormData(document.forms[0])].length), 0);
  assert.equal(page.url(), address);
  await b.getByRole("heading", { name: "Opciones de inmigración para consultar con un abogado" }).waitFor();
});

test("styles of the page around do not reach the inside", async () => {
  const page = await shared.page(WIDE);
  const address = shared.server.html(
    "/hostile",
    `<!DOCTYPE html><html lang="en"><title>Hostile</title><style>* { all: unset !important; direction: rtl !important; font-size: 5px !important } relief-screener { display: block !important }</style><relief-screener></relief-screener><script type="module" src="/pkg/define.js"></script></html>`,
  );
  const person = await shared.visit(page, address);
  const style = await person.heading("startTitle").evaluate((node) => {
    const { direction, fontSize } = getComputedStyle(node);
    return { direction, large: parseFloat(fontSize) > 18 };
  });
  assert.deepEqual(style, { direction: "ltr", large: true });
  const { width, height } = await page.locator("iframe").boundingBox();
  assert.ok(width > 300 && height > 300, `${width} x ${height}`);
});

test("nothing is asked for before the element is near what is seen", async () => {
  const page = await shared.page(WIDE);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const content = `<script type="module" src="/pkg/define.js"></script><script>document.querySelector("relief-screener").style.marginTop = "6000px"</script>`;
  await page.goto(shared.server.embed("/far", "", { content }));
  await page.waitForFunction(() => document.querySelector("relief-screener").state === "waiting");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  assert.deepEqual(
    asked.filter((path) => path.includes("/dist/")),
    ["/pkg/dist/element.js"],
  );
  await page.evaluate(() => scrollTo(0, 6000));
  await page.frameLocator("iframe").getByRole("button", { name: "Start" }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("relief-screener").state), "ready");
});

test("a tag that closes itself does not take the rest of the page away; a fallback that is marked goes", async () => {
  const page = await shared.page(WIDE);
  const script = '<script type="module" src="/pkg/define.js"></script>';
  const body = (inside) =>
    `<!DOCTYPE html><title>A group</title><link rel="icon" href="data:,">${script}<main><relief-screener lang="en" />${inside}</main>`;
  await shared.visit(page, shared.server.html("/closed", body("<p>Our office: 12 Main Street</p>")));
  assert.ok(await page.getByText("Our office").isVisible());
  const marked = '<p slot="fallback">Call us.</p></relief-screener>';
  await shared.visit(page, shared.server.html("/marked", body(marked)));
  assert.ok(!(await page.getByText("Call us.").isVisible()));
});

test("an older nonce on the page does no harm", async () => {
  const page = await shared.page(WIDE);
  const content = `<script nonce="yesterday">0</script><script type="module" nonce="today" src="/pkg/define.js"></script>`;
  const headers = { "content-security-policy": "script-src 'nonce-today' 'strict-dynamic' 'wasm-unsafe-eval'; frame-src 'none'" };
  await shared.visit(page, shared.server.embed("/nonces", "", { content, headers }));
  assert.equal(await page.evaluate(() => document.querySelector("relief-screener").mode), "sealed");
});

test("who is faster than the words of the answer waits for them, and then goes on", async () => {
  const page = await shared.page(WIDE);
  let late;
  await page.route("**/dist/more/en.js", (route) => (late = route));
  const person = await shared.visit(page, shared.server.embed("/fast", `as-of="${AS_OF}"`));
  await person.start();
  const first = await person.here();
  await person.answerScreen(rules.screens[0], { "person.in-us": "yes", "person.filled-by": "self" });
  assert.equal(await person.here(), person.say("loadingNext"));
  await late.continue();
  await person.frame
    .locator(".title")
    .filter({ hasNotText: person.say("loadingNext") })
    .waitFor();
  assert.notEqual(await person.here(), first);
});

test("words of the answer that never come end in help, before anything can be said", async () => {
  const page = await shared.page(WIDE);
  await listen(page);
  await page.route("**/dist/more/en.js", (route) => route.abort());
  await page.goto(shared.server.embed("/short", ""));
  await page.waitForFunction(() => document.querySelector("relief-screener").state === "failed");
  assert.deepEqual((await page.evaluate(() => self.events)).at(-1), ["relief-error", { code: "load" }]);
  assert.ok(await page.getByText("Call the group for help.").isVisible());
});

for (const width of [320, 360, 650, 1000]) {
  test(`${width} px wide, Start is in sight without a scroll in the default height`, async () => {
    for (const lang of ["en", "es"]) {
      const page = await shared.page({ viewport: { width, height: 1000 } });
      const person = await shared.visit(
        page,
        shared.server.embed("/width", `lang="${lang}" help-name="A group" reviewed-by="A. Lawyer"`),
        lang,
      );
      const [button, frame] = await Promise.all([person.button("start").boundingBox(), page.locator("iframe").boundingBox()]);
      assert.equal(frame.height, 700);
      assert.ok(button.y + button.height <= frame.y + frame.height, `${lang}: ${button.y + button.height - frame.y}`);
    }
  });
}
