// The samples in hosting/, each in the server that it is for: nginx, Apache and Caddy themselves, and for `_headers` the parser that
// Netlify publishes. On every one the form is walked to its answer, and what it may not reach it does not reach.
//
// Chromium knows Connection-Allowlist since version 152. Without it the header does nothing, and the tests of what it stops fail.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { journeys, planOf, toAnswer } from "../browser/families.js";
import { launch, Person, root, words } from "../browser/support.js";
import { ends, port, run, starts, witness, work } from "./support.js";

const docs = join(work, "www");
const PAGE = "/screening.html";
const PLAIN = "/plain.html";
/** Where "Leave now" leads in the samples; in these tests it is another machine. */
const BYE = "https://www.wikipedia.org/*";

let browser;
let other;

const html = (lang, inside) => `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A group</title></head><body>${inside}</body></html>`;
const module = '<script type="module" src="/relief-screener/define.js"></script>';
const classic = '<script src="/relief-screener/dist/relief-screener.js"></script>';

before(async () => {
  // As websites do, these two lead on.
  [browser, other] = await Promise.all([launch(), witness(["/help", "/bye"])]);
  mkdirSync(docs);
  cpSync(join(root, "pkg"), join(docs, "relief-screener"), { recursive: true });
  const element = `<relief-screener lang="en" as-of="2026-11-21" exit-url="${other.origin}/bye" help-url="${other.origin}/help"
    help-name="A group"><span slot="fallback">Call us.</span></relief-screener>`;
  for (const name of [PAGE, PLAIN]) writeFileSync(join(docs, name), html("en", module + element));
  const spanish = '<relief-screener lang="es" as-of="2026-11-21"><span slot="fallback">Call us.</span></relief-screener>';
  writeFileSync(join(docs, "module.html"), html("es", module + spanish));
  writeFileSync(join(docs, "classic.html"), html("es", classic + spanish));
  run("chmod", ["-R", "a+rX", work]);
});
after(() => browser?.close());

/** A sample with the address of these tests in it. */
const sample = (name) => readFileSync(join(root, "hosting", name), "utf8").replaceAll(BYE, `${other.origin}/bye`);

const folder = (name, files) => {
  const path = join(work, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
};

/** nginx with this inside its server. */
async function nginx(name, inside, { http = "include /etc/nginx/mime.types;", modules = "" } = {}) {
  const free = await port();
  const path = folder(name, {});
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${path}/${kind};`).join(" ");
  const config = `${modules} worker_processes 1; pid ${path}/pid; error_log ${path}/error.log; events {}
    http { ${http} access_log off; ${temp}
    server { listen 127.0.0.1:${free}; root ${docs}; ${inside} } }`;
  writeFileSync(join(path, "nginx.conf"), config);
  await starts("nginx", ["-e", `${path}/error.log`, "-c", `${path}/nginx.conf`, "-g", "daemon off;"], { at: free });
  return `http://127.0.0.1:${free}`;
}

/** Apache with this for its pages: as `.htaccess` where somebody only may upload, or in the block of the folder. */
async function apache(name, text, htaccess) {
  const free = await port();
  // Its own files, since .htaccess lies among them.
  const site = folder(`${name}/www`, htaccess ? { ".htaccess": text } : {});
  for (const one of ["relief-screener", "screening.html", "plain.html"]) symlinkSync(join(docs, one), join(site, one));
  const path = join(work, name);
  const modules = ["mpm_event", "authz_core", "mime", "dir", "headers", "filter", "deflate", "brotli"];
  const config = `ServerName 127.0.0.1\nListen 127.0.0.1:${free}\nPidFile ${path}/pid\nErrorLog ${path}/error.log\nMutex file:${path}\n
    ${modules.map((one) => `LoadModule ${one}_module /usr/lib/apache2/modules/mod_${one}.so`).join("\n")}
    User nobody\nGroup nogroup\nTypesConfig /etc/mime.types\nAddDefaultCharset iso-8859-1\nDocumentRoot ${site}
    <Directory />\nRequire all denied\n</Directory>
    <Directory ${work}>\nRequire all granted\nOptions FollowSymLinks\nAllowOverride ${htaccess ? "FileInfo" : "None"}\n</Directory>
    <Directory ${site}>\n${htaccess ? "" : text}\n</Directory>\n`.replace(/^ +/gm, "");
  writeFileSync(join(path, "apache.conf"), config);
  await starts("apache2", ["-d", path, "-f", join(path, "apache.conf"), "-DFOREGROUND"], { at: free });
  return `http://127.0.0.1:${free}`;
}

async function caddy(name, text) {
  const free = await port();
  const site = `http://127.0.0.1:${free} {\n\troot * ${docs}\n\timport relief_screener\n\tfile_server\n}\n`;
  const path = folder(name, { Caddyfile: `{\n\tadmin off\n}\n${text}\n${site}` });
  const env = { HOME: path, XDG_DATA_HOME: path, XDG_CONFIG_HOME: path };
  await starts("caddy", ["run", "--config", join(path, "Caddyfile"), "--adapter", "caddyfile"], { at: free, env });
  return `http://127.0.0.1:${free}`;
}

const KINDS = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

/** A server that does with `_headers` what those who host do with it. Some (`endless`) show a page only without its ending. */
async function pages(name, text, endless) {
  const { parseAllHeaders } = await import("../consumers/node_modules/netlify-headers-parser/lib/index.js");
  const file = join(folder(name, { _headers: text }), "_headers");
  const { headers: rows, errors } = await parseAllHeaders({ headersFiles: [file], minimal: false });
  assert.deepEqual(errors, []);
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, "http://localhost").pathname;
    const headers = Object.assign({}, ...rows.filter(({ forRegExp }) => forRegExp.test(path)).map(({ values }) => values));
    if (endless && path.endsWith(".html")) return response.writeHead(308, { ...headers, location: path.slice(0, -5) }).end();
    const real = extname(path) ? path : `${path}.html`;
    try {
      const body = await readFile(join(docs, real));
      const type = KINDS[extname(real)] ?? "text/plain";
      response.writeHead(200, { "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${server.address().port}`;
}

const BROTLI = "load_module /usr/lib/nginx/modules/ngx_http_brotli_filter_module.so;";
/** Each sample in its server, and the kinds of compression that come then. */
const SERVERS = {
  nginx: [() => nginx("nginx", sample("nginx.conf")), { gzip: "gzip", br: null }],
  "nginx with brotli": [
    () => nginx("nginx-brotli", sample("nginx.conf").replaceAll("# brotli", "brotli"), { modules: BROTLI }),
    { gzip: "gzip", br: "br" },
  ],
  "Apache, as .htaccess": [() => apache("htaccess", sample("apache.conf"), true), { gzip: "gzip", br: "br" }],
  "Apache, in its configuration": [() => apache("apache", sample("apache.conf"), false), { gzip: "gzip", br: "br" }],
  Caddy: [() => caddy("caddy", sample("Caddyfile")), { gzip: "gzip", br: null }],
  _headers: [() => pages("headers", sample("_headers"), false), null],
  "_headers, pages without an ending": [() => pages("headers-short", sample("_headers"), true), null],
};

async function open(address, context = {}) {
  const page = await (await browser.newContext({ viewport: { width: 900, height: 900 }, ...context })).newPage();
  page.setDefaultTimeout(20_000);
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  await page.goto(address);
  return page;
}

/** From the start to the answer. */
async function complete(page, lang = "en") {
  const person = new Person(page, lang);
  await person.start();
  await person.run();
  await person.button("showResults").click();
  await person.frame.getByRole("heading").first().waitFor();
  assert.ok(person.screens.length > 5, `${person.screens.length} screens`);
  return person;
}

/** Runs in a document: four ways to send something. The last one leaves the document. */
function send(to) {
  void fetch(`${to}/fetch`, { mode: "no-cors" }).catch(() => {});
  navigator.sendBeacon(`${to}/beacon`, "answers");
  document.body.append(Object.assign(document.createElement("img"), { src: `${to}/image` }));
  setTimeout(() => location.assign(`${to}/self`), 300);
}
const WAYS = ["fetch", "beacon", "image", "self"];

/** What each path has to be answered with. @type {[string, Record<string, string | RegExp>][]} */
const SMALL = { "x-content-type-options": "nosniff" };
const FILE = { ...SMALL, "access-control-allow-origin": "*", "cache-control": "no-cache" };
const HEADERS = [
  [
    PAGE,
    {
      ...SMALL,
      "content-type": /^text\/html; charset=utf-8$/i,
      "content-security-policy": /^default-src 'none'; script-src 'self'; /,
      "connection-allowlist": /^\(response-origin "[^"]+\/bye"\); redirects=allow$/,
      "referrer-policy": "no-referrer",
      "permissions-policy": /camera=\(\), microphone=\(\), geolocation=\(\)/,
    },
  ],
  ["/relief-screener/define.js", { ...FILE, "content-type": /^(text|application)\/javascript; charset=utf-8$/i }],
  ["/relief-screener/dist/lang/es.js", { ...FILE, "content-type": /^(text|application)\/javascript; charset=utf-8$/i }],
  ["/relief-screener/dist/engine_bg.wasm", { ...FILE, "content-type": "application/wasm" }],
  ["/relief-screener/dist/hosted.html", { ...FILE, "content-type": /^text\/html; charset=utf-8$/i }],
  ["/relief-screener/dist/frame.html", { ...FILE, "content-type": /^text\/html; charset=utf-8$/i }],
];
const OURS = ["content-security-policy", "connection-allowlist", "permissions-policy", "referrer-policy", "access-control-allow-origin"];

for (const [name, [start, compressed]] of Object.entries(SERVERS)) {
  describe(name, () => {
    let origin;
    before(async () => {
      origin = await start();
    });

    test("each header stands where it belongs, and nowhere else", async () => {
      for (const [path, wanted] of [...HEADERS, [PLAIN, {}]]) {
        const response = await fetch(origin + path);
        assert.equal(response.status, 200, path);
        for (const [header, value] of Object.entries(wanted)) {
          const got = response.headers.get(header) ?? "";
          assert.ok(value instanceof RegExp ? value.test(got) : got === value, `${path}, ${header}: ${got}`);
        }
        const more = OURS.filter((header) => !(header in wanted) && response.headers.has(header));
        assert.deepEqual(more, [], path);
      }
    });

    // Those who host by `_headers` do this themselves.
    const packed = async () => {
      for (const path of ["/relief-screener/dist/rules.js", "/relief-screener/dist/engine_bg.wasm", "/relief-screener/dist/hosted.html"]) {
        for (const [encoding, kind] of Object.entries(compressed)) {
          const headers = { "accept-encoding": encoding };
          const first = await fetch(origin + path, { headers });
          assert.equal(first.headers.get("content-encoding"), kind, `${path} ${encoding}`);
          const etag = first.headers.get("etag");
          const again = await fetch(origin + path, { headers: { ...headers, "if-none-match": etag } });
          assert.equal(again.status, 304, `${path} ${encoding} ${etag}`);
        }
      }
    };
    if (compressed) test("what has not changed is not sent again, and what is sent is packed", packed);

    test("the form goes to its answer; help opens, Leave now leaves", { timeout: 60_000 }, async () => {
      const page = await open(origin + PAGE);
      const person = new Person(page);
      await person.button("start").waitFor();
      assert.equal(await page.evaluate(() => document.querySelector("relief-screener").mode), "hosted");
      await complete(page);
      assert.deepEqual(
        page.said.filter((line) => /permissions.policy|unrecognized|connection-allowlist/i.test(line)),
        [],
      );
      other.asked.clear();
      const help = person.frame.locator(`a[href="${other.origin}/help"]`).first();
      const [opened] = await Promise.all([page.context().waitForEvent("page"), help.click()]);
      await opened.waitForURL(`${other.origin}/led-on?from=/help`);
      await person.button("exit").click();
      await page.waitForURL(`${other.origin}/led-on?from=/bye`);
      await page.context().close();
    });

    test("what would send something from the frame does not arrive, and from a page without these headers it does", {
      timeout: 60_000,
    }, async () => {
      const to = (who) => `${other.origin}/${name.replaceAll(/\W/g, "-")}/${who}`;
      const paths = (who, ways = WAYS) => ways.map((way) => new URL(`${to(who)}/${way}`).pathname);
      const frames = {};
      for (const [who, path] of [
        ["sealed", PAGE],
        ["without", PLAIN],
      ]) {
        frames[who] = await open(origin + path);
        await new Person(frames[who]).button("start").waitFor();
        await frames[who].frames()[1].evaluate(send, to(who));
      }
      // The page around, too.
      frames.page = await open(origin + PAGE);
      await frames.page.evaluate(send, to("page"));
      const bare = await open(origin + PLAIN);
      await bare.evaluate(send, to("bare"));
      for (const path of paths("bare")) await other.arrived(path);
      // The seal alone leaves one way.
      for (const path of paths("without", ["self"])) await other.arrived(path);
      await new Promise((done) => setTimeout(done, 500));
      const came = (who) => paths(who).filter((path) => other.asked.has(path));
      assert.deepEqual(came("without"), paths("without", ["self"]));
      assert.deepEqual([...came("sealed"), ...came("page")], []);
      // It was tried: the form is gone.
      assert.equal(await new Person(frames.sealed).button("start").count(), 0);
      assert.notEqual(frames.page.url(), origin + PAGE);
      for (const page of [...Object.values(frames), bare]) await page.context().close();
    });

    test("another website uses the files", { timeout: 60_000 }, async () => {
      const page = await open(`${other.origin}/elsewhere`);
      await page.setContent(
        html(
          "en",
          `<script type="module" src="${origin}/relief-screener/define.js"></script><relief-screener lang="en"></relief-screener>`,
        ),
      );
      await new Person(page).button("start").waitFor();
      await page.waitForFunction(() => document.querySelector("relief-screener").state === "ready");
      await page.context().close();
    });
  });
}

test("all samples say the same", () => {
  const said = ["nginx.conf", "apache.conf", "Caddyfile", "_headers"].map((name) => {
    const text = readFileSync(join(root, "hosting", name), "utf8").replaceAll('\\"', '"');
    const all = [/default-src 'none'[^"\n]+/g, /camera=\(\)[^"\n]+/g, /\(response-origin .*?=allow/g].map((line) => [
      ...new Set(text.match(line)),
    ]);
    assert.deepEqual(
      all.map((lines) => lines.length),
      [1, 1, 1],
      name,
    );
    return all;
  });
  for (const all of said) assert.deepEqual(all, said[0]);
});

test("a day can be put into the calendar under these headers", { timeout: 60_000 }, async () => {
  const origin = await nginx("calendar", sample("nginx.conf"));
  const page = await open(origin + PAGE);
  const person = await toAnswer(new Person(page), planOf(journeys["5-daca"]));
  await person.openPath("daca-renewal");
  const saved = page.waitForEvent("download");
  await person.frame
    .getByRole("button", { name: new RegExp(`^${person.say("keepDay")}`) })
    .first()
    .click();
  assert.match(await readFile(await (await saved).path(), "utf8"), /^BEGIN:VCALENDAR/);
  await page.context().close();
});

test("where the server names another charset for scripts, Spanish is Spanish", { timeout: 60_000 }, async () => {
  const origin = await nginx("latin", "charset iso-8859-1;");
  const response = await fetch(`${origin}/relief-screener/dist/lang/es.js`);
  assert.match(response.headers.get("content-type"), /charset=iso-8859-1/);
  for (const name of ["module", "classic"]) {
    const page = await open(`${origin}/${name}.html`);
    const person = new Person(page, "es");
    await person.frame.getByText(words.es.private).waitFor();
    await complete(page, "es");
    assert.doesNotMatch(await person.frame.locator("body").innerText(), /Ã|Â/);
    await page.context().close();
  }
});

test("where the server knows no types, the classic script brings the form and the module leaves the help", {
  timeout: 60_000,
}, async () => {
  const origin = await nginx("no-types", "default_type text/plain;", { http: "types { text/html html; }" });
  assert.match((await fetch(`${origin}/relief-screener/define.js`)).headers.get("content-type"), /^text\/plain/);
  const page = await open(`${origin}/classic.html`);
  await complete(page, "es");
  await page.context().close();
  const refused = await open(`${origin}/module.html`);
  assert.ok(await refused.getByText("Call us.").isVisible());
  assert.equal(await refused.evaluate(() => customElements.get("relief-screener")), undefined);
  await refused.context().close();
});
