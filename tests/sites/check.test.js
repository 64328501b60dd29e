// `relief-screener check`: for each thing that can be wrong with a page there is a page here that has it, and the check says so; on a page
// that has none it says nothing.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { describe, test } from "node:test";

import { CannotLook, find, places } from "../../pkg/check/browser.js";
import { addressOf, check } from "../../pkg/check/check.js";
import { findings } from "../../pkg/check/findings.js";
import hashes from "../../pkg/dist/hashes.js";
import { root } from "../browser/support.js";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
};
const CHROME = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Nobody outside of this machine is asked, whatever a page wants. */
const ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
const GOOD = { "referrer-policy": "no-referrer" };

const ELEMENT = '<relief-screener lang="en"><p slot="fallback">Call the group.</p></relief-screener>';
const SCRIPT = '<script type="module" src="/form/define.js"></script>';
const CLASSIC = '<script src="/form/dist/relief-screener.js"></script>';

/** A page of a group, with what stands in its middle. */
const around = (middle, head = "") =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A group</title><link rel="icon" href="data:,">${head}</head><body style="margin: 0"><main><h1>A group</h1>${middle}</main></body></html>`;

/** Serves one page, and the package in /form/, where `change` may change any answer. */
async function site() {
  let page = "";
  let headers = {};
  let change = () => ({});
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/page") return response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...GOOD, ...headers }).end(page);
    const { status = 200, kind = KINDS[extname(pathname)], head = {}, body, never } = change(pathname) ?? {};
    if (never) return undefined;
    const file = pathname.replace(/^\/(form|other)\//, "");
    try {
      if (file === pathname) throw new Error("not ours");
      const bytes = body ?? (await readFile(join(root, "pkg", file)));
      return response.writeHead(status, { "content-type": kind ?? "text/plain", ...head }).end(status === 200 ? bytes : "");
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  server.unref(); // It ends with the tests.
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    set(html, options = {}) {
      page = html;
      headers = options.headers ?? {};
      change = options.change ?? (() => ({}));
      return `${origin}/page`;
    },
  };
}

const [here, there] = await Promise.all([site(), site()]);

/** What is found on such a page, as the ids; the whole of it under `all`. That a list of connections is missing is told on every page, and
 * looked at on those that say something of it. */
async function found(html, options) {
  const result = await check(here.set(html, options), { flags: ALONE, program: CHROME });
  const said = "connection-allowlist" in (options?.headers ?? {});
  const ids = [...new Set(result.findings.map(({ id }) => id))].filter((id) => said || id !== "allowlist").sort();
  return { ids, all: result, of: (id) => result.findings.filter((one) => one.id === id) };
}

describe("a page on which all is well", () => {
  for (const [name, html, options] of [
    ["the element and its script", around(ELEMENT + SCRIPT)],
    ["the classic script", around(ELEMENT + CLASSIC)],
    ["a plain frame", around('<iframe sandbox="allow-scripts" src="/form/dist/frame.html?lang=en" width="100%" height="700"></iframe>')],
    [
      "under a policy that leaves only the hosted frame",
      around(ELEMENT + SCRIPT),
      { headers: { "content-security-policy": "script-src 'self'" } },
    ],
    ["with a comment that names what it does not have", around(`<!-- <relief-screener /> &lt; -->${ELEMENT}${SCRIPT}`)],
    [
      "in a sandboxed frame, as site builders make",
      around(
        `<iframe sandbox="allow-scripts" width="700" height="740" srcdoc="${(ELEMENT + CLASSIC).replaceAll('"', "&quot;")}"></iframe>`,
      ),
    ],
    ["two forms", around(ELEMENT + ELEMENT + SCRIPT)],
  ]) {
    test(name, { timeout: 60_000 }, async () => {
      const { ids, all } = await found(html, options);
      assert.deepEqual(ids, []);
      assert.equal(all.fine, true);
      assert.deepEqual([...new Set(all.form.map(({ on }) => on))], ["phone", "desktop"]);
      for (const { state, mode } of all.form) assert.ok(state === "ready" || mode === "frame", `${state} ${mode}`);
    });
  }
});

const only = (path, answer) => ({ change: (asked) => (asked === path ? answer : {}) });
const csp = (text) => ({ headers: { "content-security-policy": text } });
const narrow = `<div style="width: 260px">${ELEMENT}</div>${SCRIPT}`;
const load = (url) => `<img alt="" src="${url}">`;

/** What is wrong, what the page is, and the ids that it is told by; with a part of the sentences, and of the lines to add. */
const WRONG = [
  ["nothing of the form is left", around("<p>The form does not run here.</p>"), {}, { "not-there": /plugin.*Custom HTML.*frame/ }],
  ["the code was pasted as text", around("<p>&lt;relief-screener lang=&quot;en&quot;&gt;</p>"), {}, { "shown-as-text": /as text/ }],
  ["the script was taken away", around(ELEMENT), {}, { "script-missing": /script away/ }],
  ["the element was taken away", around(`<p>The form does not run here.</p>${SCRIPT}`), {}, { "element-missing": /tag away/ }],
  [
    "a script takes the element away",
    around(`${ELEMENT}${SCRIPT}<script>document.querySelector("relief-screener").remove()</script>`),
    {},
    { removed: /takes it away/ },
  ],
  [
    "a script puts the element there",
    around(`${SCRIPT}<script>document.querySelector("main").append(document.createElement("relief-" + "screener"), " ")</script>`),
    {},
    { "by-script": /without JavaScript/ },
  ],
  ["the tag has no end", around(`${SCRIPT}<relief-screener lang="en" /><p>12 Main Street</p>`), {}, { "self-closed": /end tag/ }],
  [
    "a file is not there",
    around(ELEMENT + SCRIPT),
    only("/form/dist/rules.js", { status: 404 }),
    { "file-missing": /rules\.js \(404\)/, "error-load": /network list/ },
  ],
  ["the first script is not there", around(ELEMENT + SCRIPT), only("/form/define.js", { status: 404 }), { "file-missing": /define\.js/ }],
  [
    "a file is called text",
    around(ELEMENT + SCRIPT),
    only("/form/dist/element.js", { kind: "text/plain" }),
    { "file-type": /Content-Type: text\/javascript/ },
  ],
  [
    "a file has other letters",
    around(ELEMENT + SCRIPT),
    only("/form/dist/lang/en.js", { kind: "text/javascript; charset=iso-8859-1" }),
    { "file-charset": /iso-8859-1/ },
  ],
  [
    "a file was changed",
    around(ELEMENT + SCRIPT),
    only("/form/dist/element.js", { body: `${await readFile(join(root, "pkg/dist/element.js"), "utf8")}\n// seen\n` }),
    { "file-other": /element\.js/ },
  ],
  [
    "the hash names another file",
    around(ELEMENT + SCRIPT.replace("></", ` integrity="sha384-${"A".repeat(64)}"></`)),
    {},
    { integrity: /Copy the code again/ },
  ],
  [
    "only the hashes of another version are allowed",
    around(ELEMENT + SCRIPT),
    csp("script-src 'self'; frame-src 'none'"),
    { "error-policy": new RegExp(hashes.form[0].replaceAll(/[+/]/g, "\\$&")), violation: /frame-src 'none'/ },
  ],
  ["no script may run", around(ELEMENT + SCRIPT), csp("script-src 'none'"), { "script-policy": /script-src http:\/\/127.*linked\.html/ }],
  [
    "Trusted Types and no frames",
    around(ELEMENT + SCRIPT),
    csp("require-trusted-types-for 'script'; trusted-types 'none'; frame-src 'none'"),
    { "error-policy": /wasm-unsafe-eval/, violation: /trusted-types 'none'/ },
  ],
  [
    "the hosted frame may not be framed",
    around('<iframe sandbox="allow-scripts" src="/form/dist/frame.html" width="700" height="700"></iframe>'),
    only("/form/dist/frame.html", { head: { "x-frame-options": "DENY" } }),
    { "frame-refused": /x-frame-options: DENY.*frame-ancestors 'self' http:\/\/127/s, "frame-empty": /by itself/ },
  ],
  [
    "the hosted frame has no ancestors",
    around('<iframe sandbox="allow-scripts" src="/form/dist/frame.html" width="700" height="700"></iframe>'),
    only("/form/dist/frame.html", { head: { "content-security-policy": "frame-ancestors 'none'" } }),
    { "frame-refused": /frame-ancestors 'none'/, "frame-empty": /by itself/ },
  ],
  [
    "no script runs in the frame",
    around('<iframe sandbox src="/form/dist/frame.html" width="700" height="700"></iframe>'),
    {},
    { "frame-empty": /run scripts/ },
  ],
  ["the script stands there twice", around(`${ELEMENT}${SCRIPT}${SCRIPT.replace("form", "other")}`), {}, { "two-copies": /twice/ }],
  [
    "two versions",
    around(`${ELEMENT}${SCRIPT}${SCRIPT.replace("form", "other")}`),
    only("/other/dist/element.js", { body: "export class ReliefScreener {}" }),
    { "two-copies": /two versions/, "file-other": /other\/dist\/element\.js/ },
  ],
  [
    "rules of its own that are not there",
    around(ELEMENT.replace("lang=", 'rules="/no.json" lang=') + SCRIPT),
    {},
    { "error-rules": /no file at that address/ },
  ],
  [
    "a plain frame that the page can look into",
    around('<iframe src="/form/dist/frame.html" width="700" height="740"></iframe>'),
    {},
    { "frame-open": /sandbox="allow-scripts.*allow-top-navigation-by-user-activation"/ },
  ],
  [
    "the form is inline",
    around(ELEMENT.replace("lang=", "inline lang=") + SCRIPT),
    {
      ...csp("script-src 'self'"),
      change: () => ({ head: { "cross-origin-resource-policy": "same-origin", "content-security-policy": "script-src 'self'" } }),
    },
    { inline: /read what is answered/ },
  ],
  ["the place is narrow", around(narrow), {}, { narrow: /260 pixels/ }],
  ["the place is hidden", around(`<div style="display: none">${ELEMENT}</div>${SCRIPT}`), {}, { hidden: /display: none/ }],
  [
    "Start is below the edge",
    around(`<div style="height: 200px; overflow: hidden">${ELEMENT}</div>${SCRIPT}`),
    {},
    { "start-hidden": /phone[\s\S]*desktop/ },
  ],
  [
    "a recorder",
    around(
      `${ELEMENT}${SCRIPT}${load("https://www.clarity.ms/tag/x")}${load("https://static.hotjar.com/c.js")}${load("https://rs.fullstory.com/rec")}`,
    ),
    {},
    { recorder: /Clarity[\s\S]*Hotjar[\s\S]*FullStory|FullStory[\s\S]*Hotjar[\s\S]*Clarity|FullStory[\s\S]*Clarity[\s\S]*Hotjar/ },
  ],
  [
    "a recorder of its own",
    around(`${ELEMENT}${SCRIPT}<script>window.rrweb = {}</script>`),
    {},
    { recorder: /rrweb.*cannot see into the form/ },
  ],
  [
    "counters and pixels",
    around(`${ELEMENT}${SCRIPT}${load("https://www.google-analytics.com/g/collect")}${load("https://connect.facebook.net/tr")}`),
    {},
    { tracker: /Meta pixel[\s\S]*Google Analytics/ },
  ],
  [
    "letters of others",
    around(`${ELEMENT}${SCRIPT}${load("https://fonts.example.org/a.png")}`),
    {},
    { "other-hosts": /fonts\.example\.org/ },
  ],
  [
    "no list of connections",
    around(`${ELEMENT}${SCRIPT}${load("https://fonts.example.org/a.png")}`),
    { headers: { "connection-allowlist": "" } },
    {
      "other-hosts": /fonts/,
      allowlist:
        /stop what this page now loads from https:\/\/fonts\.example\.org\. The header: Connection-Allowlist: \(response-origin "https:\/\/www\.wikipedia\.org\/\*"\); redirects=allow/,
    },
  ],
  [
    "no list, and nothing else on the page",
    around(ELEMENT + SCRIPT),
    { headers: { "connection-allowlist": "" } },
    { allowlist: /Nothing that this page loads now would be stopped/ },
  ],
  [
    "a list without the way out, over a frame that takes it over",
    around(ELEMENT.replace("lang=", 'exit-url="https://example.org/bye" lang=') + SCRIPT),
    { headers: { "connection-allowlist": "(response-origin)" } },
    { "exit-blocked": /response-origin "https:\/\/example\.org\/\*"/, "links-blocked": /hosted\.html/ },
  ],
  [
    "the address is passed on",
    around(ELEMENT + SCRIPT),
    { headers: { "referrer-policy": "unsafe-url" } },
    { referrer: /Referrer-Policy: no-referrer/ },
  ],
];

describe("a page on which something is wrong", () => {
  for (const [name, html, options, expected] of WRONG) {
    test(name, { timeout: 90_000 }, async () => {
      const { ids, all, of } = await found(html, options);
      assert.deepEqual(ids, Object.keys(expected).sort(), JSON.stringify(all.findings, null, 1));
      for (const [id, pattern] of Object.entries(expected))
        assert.match(
          of(id)
            .map(({ text, cure }) => `${text} ${cure}`)
            .join("\n"),
          pattern,
        );
      assert.equal(all.fine, !all.findings.some(({ level }) => level === "mend"));
    });
  }

  test("the files lie on another server that does not let them be used", { timeout: 60_000 }, async () => {
    there.set("", {});
    const { ids } = await found(around(ELEMENT + SCRIPT.replace("/form/", `${there.origin}/form/`)));
    assert.deepEqual(ids, ["cors", "files-elsewhere", "other-hosts"]);
  });

  test("the files lie on another server that does", { timeout: 60_000 }, async () => {
    there.set("", { change: () => ({ head: { "access-control-allow-origin": "*" } }) });
    const { ids, all } = await found(around(ELEMENT + SCRIPT.replace("/form/", `${there.origin}/form/`)));
    assert.deepEqual(ids, ["files-elsewhere", "other-hosts"]);
    assert.equal(all.form[0].state, "ready");
  });

  test("a file never answers", { timeout: 120_000 }, async () => {
    const { of } = await found(around(ELEMENT + SCRIPT), only("/form/dist/form.js", { never: true }));
    assert.match(
      of("error-timeout")
        .map(({ cure }) => cure)
        .join(),
      /never answers/,
    );
  });
});

/** The command, as a person starts it. */
const command = (words, env = {}) =>
  new Promise((done) => {
    execFile(
      "node",
      [join(root, "pkg/check/cli.js"), ...words],
      { env: { ...process.env, CHROME_PATH: CHROME, ...env } },
      (fault, stdout, stderr) => done({ code: fault?.code ?? 0, stdout, stderr }),
    );
  });

describe("the command", () => {
  test("ends with 0 where all is fine, and with 1 where something is to be mended", { timeout: 60_000 }, async () => {
    const fine = await command(["check", here.set(around(ELEMENT + SCRIPT))]);
    assert.equal(fine.code, 0, fine.stdout);
    assert.match(fine.stdout, /On a phone the form is ready \(sealed\)[\s\S]*Nothing is to be mended/);
    const wrong = await command(["check", here.set(around(narrow))]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stdout, /To mend:\n- The place of the form is only 260/);
  });

  test("speaks JSON", { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await command(["check", here.set(around(narrow)), "--json"]);
    assert.equal(code, 1, stderr);
    const { fine, findings: list, form, address } = JSON.parse(stdout);
    assert.deepEqual([fine, address, list[0].id, list[0].level, form[0].mode], [false, `${here.origin}/page`, "narrow", "mend", "sealed"]);
  });

  test("ends with 2 where nothing can be looked at, and says why", { timeout: 60_000 }, async () => {
    for (const [words, env, why] of [
      [["check", "http://127.0.0.1:9/"], {}, /cannot be reached \(net::ERR/],
      [["check", `${here.origin}/nothing`], {}, /answers 404/],
      [["check", "ftp://example.org"], {}, /no address of a web page/],
      [["check", here.set(around(""))], { CHROME_PATH: "/no/such/browser" }, /CHROME_PATH names \/no\/such\/browser/],
      [["check", here.set(around(""))], { CHROME_PATH: "/bin/true" }, /browser/],
      [["check"], {}, /Opens the page twice/],
      [["check", "http://127.0.0.1:9/", "--fast"], {}, /Opens the page twice/],
      [["watch", "http://127.0.0.1:9/"], {}, /Opens the page twice/],
    ]) {
      const { code, stderr, stdout } = await command(words, env);
      assert.equal(code, 2, `${words} ${stdout}`);
      assert.match(stderr, why);
    }
    const help = await command(["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /CHROME_PATH/);
  });

  test("leaves no profile behind", { timeout: 60_000 }, async () => {
    const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith("relief-screener-check-"));
    const before1 = profiles();
    await command(["check", here.set(around(ELEMENT + SCRIPT))]);
    await command(["check", "http://127.0.0.1:9/"]);
    await command(["check", here.set(around(""))], { CHROME_PATH: "/bin/true" });
    assert.deepEqual(profiles(), before1);
    const cli = [join(root, "pkg/check/cli.js"), "check", here.set(around(ELEMENT + SCRIPT))];
    const stopped = spawn("node", cli, { env: { ...process.env, CHROME_PATH: CHROME }, stdio: "ignore" });
    while (profiles().length === before1.length && stopped.exitCode === null) await new Promise((done) => setTimeout(done, 20));
    stopped.kill("SIGINT");
    const [code] = await once(stopped, "exit");
    assert.equal(code, 2);
    assert.deepEqual(profiles(), before1);
  });
});

test("a form that never gets ready, though nothing says why", () => {
  const element = { state: "loading", mode: null, defined: true, width: 700, height: 700, visible: 700, exit: "https://example.org/bye" };
  const frame = {
    url: "https://example.org/",
    top: true,
    elements: [element],
    frames: [],
    referrer: "no-referrer",
    form: false,
    start: null,
    globals: [],
  };
  const sight = {
    name: "phone",
    url: "https://example.org/",
    status: 200,
    headers: { ...GOOD, "connection-allowlist": '(response-origin "https://example.org/*")' },
    sent: `<script type="module" src="/form/define.js"></script><relief-screener></relief-screener>`,
    frames: [frame],
    requests: [{ url: "https://example.org/form/define.js", type: "Script", hops: [] }],
    bodies: [],
    errors: [],
    lines: [],
    violations: [],
  };
  const ids = () => findings([sight], {}).map(({ id }) => id);
  assert.deepEqual(ids(), ["endless"]);
  element.state = "ready";
  assert.deepEqual(ids(), []);
  sight.url = "http://example.org/";
  assert.deepEqual(ids().sort(), ["http"]);
});

test("an address without https gets it", () => {
  assert.equal(addressOf("example.org/help#here"), "https://example.org/help");
  assert.equal(addressOf("http://example.org"), "http://example.org/");
  assert.throws(() => addressOf("mailto:a@example.org"), CannotLook);
});

test("a browser is looked for where each system keeps it", () => {
  assert.ok(places("linux", { PATH: "/a:/b" }).includes("/b/google-chrome"));
  assert.ok(places("darwin", {}).includes("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
  const windows = places("win32", { ProgramFiles: "C:\\Program Files", LocalAppData: "C:\\Users\\a\\AppData\\Local" });
  assert.ok(windows.includes("C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"));
  assert.ok(windows.includes("C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe"));
  assert.throws(() => find("win32", {}), CannotLook);
  if (existsSync(CHROME)) assert.equal(find("linux", { CHROME_PATH: CHROME }), CHROME);
});
