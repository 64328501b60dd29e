// Nothing leaves the frame, nothing is kept, and what was answered can be made to vanish.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { SANDBOX } from "../../pkg/frame.js";
import { AS_OF, FLAGS, heard, launch, together } from "./support.js";
import { tryEverything, WAYS_OUT } from "./ways-out.js";

const shared = together();

/** Another machine, as far as the browser can tell. It notes what it is asked for. */
const sink = { asked: new Set(), waiting: () => {} };
before(async () => {
  const note = ({ url }) => {
    sink.asked.add(url);
    sink.waiting();
  };
  sink.server = createServer((request, response) => {
    note(request);
    response.writeHead(204).end();
  });
  sink.server.on("upgrade", (request, socket) => {
    note(request);
    socket.destroy();
  });
  sink.arrived = (urls) =>
    new Promise((done) => {
      sink.waiting = () => urls.every((url) => sink.asked.has(url)) && done();
      sink.waiting();
    });
  await new Promise((done) => sink.server.listen(0, "127.0.0.1", done));
  sink.host = `127.0.0.1:${sink.server.address().port}`;
});
after(() => {
  sink.server.close();
  sink.server.closeAllConnections();
});

test("the frame is sealed: its flags, its policy, and no way into it for the page around", async () => {
  const person = await shared.open();
  const { page } = person;
  const seen = await page.evaluate(() => {
    const frame = document.querySelector("relief-screener").shadowRoot.querySelector("iframe");
    return {
      flags: frame.getAttribute("sandbox"),
      inside: frame.contentDocument,
      referrer: frame.referrerPolicy,
      src: frame.getAttribute("src"),
    };
  });
  assert.deepEqual(seen, { flags: SANDBOX, inside: null, referrer: "no-referrer", src: null });
  assert.equal(SANDBOX, "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads");
  const inside = await page.frames()[1].evaluate(() => {
    const refused = (read) => {
      try {
        read();
        return false;
      } catch {
        return true;
      }
    };
    return {
      first: document.head.firstElementChild.outerHTML,
      origin: self.origin,
      storage: [() => localStorage, () => sessionStorage, () => document.cookie, () => parent.document].map(refused),
      gone: ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "SharedWorker"].filter((name) => name in self),
      styles: document.querySelectorAll("style, [style]").length,
    };
  });
  assert.match(
    inside.first,
    /^<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src (?:'sha256-[\w+/=]+' ){3}'wasm-unsafe-eval'; style-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'">$/,
  );
  assert.equal(inside.origin, "null");
  assert.deepEqual(inside.storage, [true, true, true, true]);
  assert.deepEqual(inside.gone, []);
  assert.equal(inside.styles, 0);
});

/** The frames that the form stands in, and the page that has it inside: where each is, and in which of its frames. */
const SEALED = {
  written: (server) => [server.embed("/written", ""), 1],
  hosted: (server) => [server.embed("/hosted", 'src="/pkg/dist/hosted.html"'), 1],
  linked: (server) => [server.embed("/linked", 'src="/pkg/dist/linked.html"'), 1],
  whole: (server) => [server.embed("/whole", 'src="/pkg/dist/frame.html"'), 1],
  page: (server) => [`${server.origin}/pkg/dist/relief-screener.html?lang=en`, 0],
};

for (const [kind, where] of Object.entries(SEALED)) {
  test(`no way out of the frame works (${kind}), and the same ways do work from a page without the seal`, { timeout: 60_000 }, async () => {
    const control = await shared.page();
    await control.goto(shared.server.html("/control", "<!DOCTYPE html><title>Control</title>"));
    const page = await shared.page();
    const [address, at] = where(shared.server);
    await page.goto(address);
    const frame = () => page.frames()[at];
    await page.waitForFunction(() => (document.querySelector("relief-screener")?.state ?? "ready") === "ready");
    await frame().getByRole("button", { name: "Start", exact: true }).waitFor();
    const tried = [`sealed-${kind}`, `control-${kind}`];
    await frame().evaluate(tryEverything, [sink.host, tried[0]]);
    await control.evaluate(tryEverything, [sink.host, tried[1]]);
    // All that the page began has come in. What the frame began before it would have, too.
    await sink.arrived(Array.from({ length: WAYS_OUT }, (_, i) => `/${tried[1]}/${i + 1}`));
    assert.deepEqual(
      [...sink.asked].filter((url) => url.startsWith(`/${tried[0]}/`)),
      [],
    );
  });
}

test("where the browser can shut a frame off, the form works and its links open", {
  timeout: 120_000,
}, async () => {
  const browser = await launch({ args: [...FLAGS, "--enable-experimental-web-platform-features"] });
  const { server } = shared;
  const bye = server.html("/bye.html", "<!DOCTYPE html><title>Bye</title>");
  const settings = `lang="en" as-of="${AS_OF}" help-name="Group" help-url="${bye}"`;
  for (const [attributes, shut] of [
    ["", "()"],
    ['src="/pkg/dist/hosted.html"', null],
  ]) {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(server.embed("/shut", `${settings} ${attributes}`));
    assert.ok(await page.evaluate(() => "connectionAllowlist" in HTMLIFrameElement.prototype), "this browser can");
    const form = page.frameLocator("iframe");
    await form.getByRole("button", { name: "Start", exact: true }).waitFor();
    assert.equal(await page.locator("relief-screener iframe").getAttribute("connectionallowlist"), shut);
    await form.locator("summary").first().click();
    const opened = page.context().waitForEvent("page");
    await form
      .locator(`a[href="${bye}"]`)
      .first()
      .evaluate((link) => link.click());
    await (await opened).waitForURL(bye);
    await page.close();
  }
  await browser.close();
});

test("after the start screen nothing is asked for: the whole way works with the network switched off", async () => {
  const person = await shared.open();
  const { page } = person;
  // The other language comes while the start page is read.
  await person.frame.getByRole("combobox", { name: person.say("language") }).waitFor();
  const requests = [];
  page.context().on("request", (request) => requests.push(request.url()));
  // The observer itself works.
  await page.evaluate(() => fetch("/index.css"));
  assert.equal(requests.length, 1);
  const asked = shared.server.asked.length;
  await page.context().setOffline(true);

  const told = await page.evaluate(() => [history.state, location.href, document.title]);
  await person.start();
  await person.run();
  await person.switchTo("es");
  await person.button("showResults").click();
  await person.everything();
  await person.frame.locator(".path").first().click();
  await person.frame.getByRole("article").waitFor();
  assert.equal(requests.length, 1, requests.slice(1).join(" "));
  assert.equal(shared.server.asked.length, asked);
  assert.deepEqual(await page.evaluate(() => [history.state, location.href, document.title]), told, "no state, no address, no title");
  // What the history keeps of the form: entries that say nothing, all of them alike.
  const { entries } = await (await page.context().newCDPSession(page)).send("Page.getNavigationHistory");
  const mine = entries.filter(({ url }) => url === page.url()).map(({ id, ...entry }) => JSON.stringify(entry));
  assert.ok(mine.length > 5, `${mine.length} levels`);
  assert.equal(new Set(mine).size, 1, [...new Set(mine)].join("\n"));
  assert.deepEqual(person.page.complaints, []);
});

test("nothing is stored, and the page around hears nothing but that the frame is there", async () => {
  const page = await shared.page();
  await page.addInitScript(() => {
    if (self !== top) return;
    self.heard = [];
    self.stored = [];
    addEventListener("message", ({ data }) => self.heard.push(data), true);
    for (const type of ["relief-ready", "relief-exit", "relief-error"])
      addEventListener(type, ({ detail }) => self.heard.push({ event: type, detail }), true);
    for (const name of ["setItem", "removeItem"]) {
      const real = Storage.prototype[name];
      Storage.prototype[name] = function (...all) {
        self.stored.push(all);
        return real.apply(this, all);
      };
    }
  });
  const person = await shared.visit(page, shared.server.embed("/heard", `as-of="${AS_OF}"`));
  await person.start();
  await person.run({ "reentry-after-year": "yes", crimes: "felony" });
  await person.button("showResults").click();
  await person.button("wipe").click();
  await person.button("wipeYes").click();
  assert.deepEqual(await page.evaluate(() => self.heard), [
    { type: "hello" },
    { type: "ready" },
    { event: "relief-ready", detail: null },
    { type: "begun" },
    { type: "enlarge" },
  ]);
  assert.deepEqual(await page.evaluate(() => [self.stored, localStorage.length, sessionStorage.length, document.cookie]), [[], 0, 0, ""]);
  assert.deepEqual(await page.context().storageState(), { cookies: [], origins: [] });
});

test("the frame listens to the page around it only, and takes its settings once", async () => {
  const person = await shared.open();
  await person.start();
  await person.run({}, "custody");
  const here = await person.here();
  await person.page.evaluate(() => {
    const frame = document.querySelector("relief-screener").shadowRoot.querySelector("iframe");
    for (const type of ["config", "parts"])
      frame.contentWindow.postMessage({ type, config: { lang: "es", theme: {} }, rules: [{}], laws: {} }, "*");
    for (const data of [null, 3, "ready", { type: "full" }, { type: "lang", lang: "xx" }]) frame.contentWindow.postMessage(data, "*");
    // And the page listens to its frame only.
    postMessage({ type: "exit" }, "*");
  });
  await heard(person);
  assert.equal(await person.here(), here);
  assert.match(person.page.url(), /as-of/);
});

/** A person in the middle of the questions, who has told something. */
async function midway(context) {
  const person = await shared.open("en", context);
  await person.start();
  await person.run({ "reentry-after-year": "yes" }, "private-list");
  return person;
}

/** That the person is at the start, and nothing of before is left. */
async function assertEmpty(person) {
  await person.heading("startTitle").waitFor();
  assert.equal(await person.frame.getByText(person.say("stopTitle")).count(), 0);
  await person.start();
  assert.equal(await person.here(), person.titleOf("who"));
  const chosen = () => person.frame.locator(".main").locator(":checked:not(option[value=''])").count();
  assert.equal(await chosen(), 0);
}

test("“delete my answers” leaves nothing, and a new start works", async () => {
  const person = await midway();
  await person.button("wipe").click();
  await person.button("wipeYes").click();
  await assertEmpty(person);
  assert.equal(await person.run(), person.say("reviewTitle"));
});

for (const lang of ["en", "es"]) {
  test(`${lang}: “delete my answers” asks once, on the page; Escape and no keep everything, also what was just chosen`, async () => {
    const person = await shared.open(lang);
    person.page.on("dialog", () => assert.fail("a box of the browser"));
    await person.start();
    await person.run({ "reentry-after-year": "yes" }, "private-list");
    const here = await person.here();
    await person.checkbox("unsureOne").check();
    const question = person.heading("wipeTitle");
    const focused = (what) => what.evaluate((node) => node === document.activeElement);
    for (const keep of [() => person.page.keyboard.press("Escape"), () => person.button("wipeNo").click()]) {
      await person.button("wipe").click();
      assert.ok(await focused(question), "focus is on the question");
      assert.equal(await person.button("wipe").count(), 0);
      assert.ok(
        await person.button("wipeNo").evaluate((node) => node.getBoundingClientRect().bottom <= innerHeight),
        "both ways are in view",
      );
      await keep();
      await question.waitFor({ state: "detached" });
      assert.ok(await focused(person.button("wipe")), "focus is back");
      assert.equal(await person.here(), here);
      assert.ok(await person.checkbox("unsureOne").isChecked());
    }
    await person.button("wipe").click();
    const other = lang === "en" ? "es" : "en";
    await person.switchTo(other);
    await question.waitFor({ state: "detached" });
    await person.frame
      .getByRole("group", { name: person.say("wipeTitle") })
      .getByRole("button", { name: person.say("wipeYes"), exact: true })
      .click();
    await assertEmpty(person);
  });
}

test("the question about deleting is gone with its screen, and leaving never asks", async () => {
  const exit = shared.server.html("/weather", "<!DOCTYPE html><title>Weather</title>");
  const page = await shared.page();
  const person = await shared.visit(page, shared.server.embed("/asks", `exit-url="${exit}"`));
  await person.start();
  await person.button("wipe").click();
  await person.radio("unsure").check();
  await person.go();
  assert.equal(await person.heading("wipeTitle").count(), 0);
  await person.button("wipe").click();
  await person.button("exit").click();
  await page.waitForURL(exit);
});

test("a fault in the middle leaves no answer, says nothing about itself, and a new start works", async () => {
  const person = await midway();
  await person.checkbox("unsureOne").check();
  // The next drawing fails, once.
  await person.page.frames()[1].evaluate(() => {
    document.createElement = () => {
      delete document.createElement;
      throw new Error("a fault");
    };
  });
  await person.go();
  await person.heading("failTitle").waitFor();
  assert.deepEqual(person.page.complaints, []);
  await person.button("again").click();
  await assertEmpty(person);
});

test("the Back button shows nothing", async () => {
  const browser = await launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const person = await shared.visit(page, `${shared.server.origin}/?as-of=${AS_OF}`);
    await person.frame.getByRole("combobox", { name: person.say("language") }).waitFor();
    const start = await page.screenshot();
    await person.start();
    await person.run({ "reentry-after-year": "yes" }, "private-list");
    await page.goto(shared.server.html("/elsewhere", "<!DOCTYPE html><title>Elsewhere</title>"));
    await page.evaluate(() => history.back());
    await page.waitForURL(/as-of/, { waitUntil: "commit" });
    // The driver can lose sight of a frame that comes back with its page, so the picture is looked at.
    let same = false;
    for (let i = 0; i < 50 && !same; i++) {
      await page.waitForTimeout(100);
      same = (await page.screenshot()).equals(start);
    }
    assert.ok(same, "the start screen, as it was");
  } finally {
    await browser.close();
  }
});

test("a page that is kept for the Back button is kept empty", async () => {
  const person = await midway();
  const levels = () => person.page.frames()[1].evaluate(() => history.length);
  const had = await levels();
  await person.page.frames()[1].evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await person.button("start").waitFor();
  assert.equal(await levels(), had, "on the way out nothing moves");
  await assertEmpty(person);
});

test("an element that is taken out and put back starts anew", async () => {
  const person = await midway();
  await person.page.evaluate(() => {
    const screener = document.querySelector("relief-screener");
    screener.remove();
    document.body.append(screener);
  });
  await person.button("start").waitFor();
  await assertEmpty(person);
});

for (const [way, leave] of Object.entries({
  "the button": (person) => person.button("exit").click(),
  "three times Shift in the frame": async (person) => {
    await person.checkbox("unsureOne").focus();
    for (let i = 0; i < 3; i++) await person.page.keyboard.press("Shift");
  },
  "three times Shift in the page around": async (person) => {
    await person.page.evaluate(() => document.querySelector("relief-screener").shadowRoot.activeElement?.blur());
    await person.page.locator("body").press("Shift");
    for (let i = 0; i < 2; i++) await person.page.keyboard.press("Shift");
  },
})) {
  test(`quick exit by ${way}: another page, no trace in the history, no referrer`, async () => {
    const exit = shared.server.html("/weather", "<!DOCTYPE html><title>Weather</title>");
    const page = await shared.page();
    await page.goto(shared.server.html("/first", "<!DOCTYPE html><title>First</title>"));
    const person = await shared.visit(page, shared.server.embed("/exit", `height="full" exit-url="${exit}"`));
    await person.start();
    await person.run({}, "custody");
    await leave(person);
    await page.waitForURL(exit);
    const { currentIndex, entries } = await (await page.context().newCDPSession(page)).send("Page.getNavigationHistory");
    const titles = entries.map(({ title }) => title).filter((title, i) => title && i <= currentIndex);
    assert.deepEqual(titles, ["First", "Weather"], "nothing of it is behind Back");
    assert.equal(shared.server.referers.get("/weather"), undefined);
  });
}

test("Shift for a capital letter, or twice, leaves nothing", async () => {
  const person = await midway();
  await person.checkbox("unsureOne").focus();
  for (const keys of ["Shift+A", "Shift+B", "Shift+C", "Shift", "Shift"]) await person.page.keyboard.press(keys);
  assert.match(await person.frame.getByText(/^Shift: 2/).innerText(), /3/);
  await person.page.keyboard.press("a");
  assert.equal(await person.here(), person.titleOf("list"));
});

test("where another page cannot be opened, the cover stays", async () => {
  const person = await midway();
  await person.page.route("**/*", (route) => route.abort());
  await person.page.context().setOffline(true);
  await person.button("exit").click();
  await person.page.waitForFunction(() => !document.querySelector("relief-screener")?.shadowRoot.querySelector("iframe"));
  const shown = () => person.page.evaluate(() => document.documentElement.innerText).catch(shown);
  assert.doesNotMatch(await shown(), /private|stop/i);
});

test("a hidden page is covered, and what was there comes back", async () => {
  const person = await midway();
  const here = await person.here();
  const look = (state) =>
    person.page.frames()[1].evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
      const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      return top.className;
    }, state);
  assert.equal(await look("hidden"), "cover");
  assert.notEqual(await look("visible"), "cover");
  assert.equal(await person.here(), here);
});

test("after 28 quiet minutes there is a warning, after 30 the answers are gone", async () => {
  const page = await shared.page();
  await page.clock.install();
  const person = await shared.visit(page, `${shared.server.origin}/?as-of=${AS_OF}`);
  await person.start();
  await person.run({ "reentry-after-year": "yes" }, "private-list");
  const warning = person.frame.getByRole("dialog", { name: person.say("idleTitle") });
  await page.clock.fastForward("27:30");
  assert.equal(await warning.count(), 0);
  await page.clock.fastForward("00:40");
  await warning.waitFor();
  await person.button("stay").click();
  await warning.waitFor({ state: "detached" });
  await page.clock.fastForward("28:10");
  await warning.waitFor();
  await page.clock.fastForward("01:00");
  assert.equal(await person.heading("startTitle").count(), 0, "a minute is not yet over");
  await page.clock.fastForward("01:00");
  await assertEmpty(person);
});

test("the script of the frame names no way out, no storage and no console", async () => {
  const WAYS =
    /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|\bimport\(|\blocation\b|localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie|replaceState|\bhistory\.(?!pushState\(null, ?""\)|go\(|length\b)\w+|innerHTML|console\./g;
  for (const name of ["frame", "form", "fallback"]) {
    const { default: script } = await import(`../../pkg/dist/${name}.js`);
    assert.deepEqual(script.match(WAYS), null, name);
  }
  // The loader does fetch files and does leave the page, so the same look finds something there.
  const loader = await readFile(new URL("../../pkg/dist/element.js", import.meta.url), "utf8");
  assert.deepEqual([...new Set(loader.match(WAYS))].sort(), ["fetch(", "import(", "location"]);
  // A page with everything inside leaves by itself, and reads its settings in its address. Nothing else.
  const page = await readFile(new URL("../../pkg/dist/frame.html", import.meta.url), "utf8");
  const own = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text).join("");
  assert.deepEqual([...new Set(own.match(WAYS))], ["location"]);
});
