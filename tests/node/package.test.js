// What is shipped: exactly the listed files, with nothing of this machine in them and nothing to install besides.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { importFrom, install, root, run } from "./support.js";

const folder = install();
const installed = join(folder, "node_modules/relief-screener");
const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(installed.length + 1))
  .sort();

test("the tarball holds the listed files and no other; UPDATE_GOLDEN=1 writes the list anew", () => {
  const golden = join(root, "tests/golden/package-files.txt");
  const list = `${files.join("\n")}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(golden, list);
  assert.equal(list, readFileSync(golden, "utf8"));
});

test("every file that the package exports is there", () => {
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((target) => (typeof target === "string" ? target : Object.values(target)));
  for (const target of targets) assert.ok(files.includes(target.slice(2)), `${target} is not in the package`);
});

test("a bundler that knows no exports finds the same entry", () => {
  const { exports, main } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.equal(main, exports["."].default);
  // A path to a folder is resolved by `main` alone.
  assert.equal(createRequire(import.meta.url).resolve(installed), join(installed, main));
});

test("`relief-screener/define` exports the class that its types name, also where there is no DOM", async () => {
  const { ReliefScreener } = await importFrom(folder, "relief-screener/define");
  const { ReliefScreener: element } = await importFrom(folder, "relief-screener/element");
  assert.equal(typeof ReliefScreener, "function");
  assert.equal(ReliefScreener, element);
});

test("the entry for places without import() says the same, and contains none", async () => {
  const [lazy, whole] = await Promise.all(["relief-screener", "relief-screener/static"].map((name) => importFrom(folder, name)));
  assert.deepEqual(Object.keys(whole), Object.keys(lazy));
  const input = { asOf: "2024-08-20", answers: { "spouse.status": "citizen" } };
  const [one, other] = await Promise.all([lazy, whole].map(async ({ loadEngine }) => (await loadEngine()).screen(input)));
  assert.deepEqual(other, one);
  await assert.rejects(whole.loadEngine({ rules: {} }), { name: "ScreenerError", code: "unsupported-pack" });
  const { metafile } = await build({ entryPoints: [join(installed, "static.js")], bundle: true, write: false, metafile: true });
  const kinds = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ kind }) => kind));
  assert.deepEqual([...new Set(kinds)], ["import-statement"]);
});

test("every module that a shipped module imports is shipped", () => {
  let imports = 0;
  for (const file of files.filter((name) => /^[^/]+\.(js|d\.ts)$/.test(name))) {
    const text = readFileSync(join(installed, file), "utf8");
    for (const [, target] of text.matchAll(/(?:from|import)[ (]*["'](\.[^"']+)["']/g)) {
      const path = join(target).replace(/^\.\//, "");
      // Declarations may stand alone: `./index.js` is then `index.d.ts`.
      assert.ok(files.includes(path) || files.includes(path.replace(/\.js$/, ".d.ts")), `${file} imports ${target}`);
      imports += 1;
    }
  }
  assert.ok(imports > 10, `only ${imports} imports found`);
});

test("the package installs nothing else and runs nothing on install", () => {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(manifest[key], undefined, key);
  assert.deepEqual(
    readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["relief-screener"],
  );
});

test("no path of the machine that built it is in any file", () => {
  const home = homedir();
  const sysroot = run("rustc", ["--print", "sysroot"]).trim();
  const local = [root, sysroot, ...(home.length > 1 ? [`${home}/`] : []), ".cargo/registry", "/rustup/toolchains"];
  // The paths inside the base64 text are those of the wasm file, which is looked at as well.
  for (const file of files) {
    const bytes = readFileSync(join(installed, file));
    for (const path of local) assert.equal(bytes.indexOf(path), -1, `${path} is in ${file}`);
  }
  assert.notEqual(Buffer.from(`x${root}y`).indexOf(root), -1);
});

test("every script reads the same as Latin-1, which some servers call it", async () => {
  const scripts = files.filter((name) => name.endsWith(".js"));
  assert.ok(scripts.includes("dist/lang/es.js") && scripts.length > 10, `${scripts}`);
  for (const file of scripts) {
    const bytes = readFileSync(join(installed, file));
    assert.ok(bytes.toString("latin1") === bytes.toString("utf8"), file);
  }
  const { default: es } = await import(join(installed, "dist/lang/es.js"));
  assert.equal(es.name, "Español");
});

test("the text of the module is the wasm file", async () => {
  const { default: text } = await import(join(installed, "dist/wasm.js"));
  const { bytesOf } = await import(join(installed, "engine-core.js"));
  assert.deepEqual(Buffer.from(bytesOf(text)), readFileSync(join(installed, "dist/engine_bg.wasm")));
});

test("every byte has a text, and no text ends the page or the string around it", async () => {
  const { default: text } = await import(join(installed, "dist/wasm.js"));
  const { bytesOf } = await import(join(installed, "engine-core.js"));
  assert.equal(new Set(bytesOf(text)).size, 256, "the module has every byte in it");
  assert.match(text, /^[ !#$%0-;=-[\]-~]+$/);
});

const digest = async (text) => `sha256-${Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(text))).toString("base64")}`;

test("the hashes that a policy names are those of the scripts of the frames, in every page that is shipped", async () => {
  const { default: hashes } = await import(join(installed, "dist/hashes.js"));
  const scripts = await Promise.all(["frame", "form", "fallback", "news-frame"].map((name) => import(join(installed, `dist/${name}.js`))));
  const digests = await Promise.all(scripts.map(({ default: text }) => digest(text)));
  assert.deepEqual([...hashes.form, ...hashes.news], digests);
  assert.deepEqual(hashes.engine, [await digest(readFileSync(join(installed, "dist/engine_bg.wasm")))]);
  for (const { default: text } of scripts) assert.ok(!/<\/script|<!--/i.test(text), "the script would end the element that holds it");
  for (const page of ["hosted", "hosted-news", "frame", "relief-screener"]) {
    const html = readFileSync(join(installed, `dist/${page}.html`), "utf8");
    assert.match(html, /^[\n -~]*$/, "ASCII, whatever a server calls it");
    const [, policy] = html.match(/script-src ([^;]+) 'wasm-unsafe-eval';/);
    const scriptsHere = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
    const named = policy.split(" ").map((one) => one.slice(1, -1));
    for (const text of scriptsHere) assert.ok(named.includes(await digest(text)), page);
    assert.equal(named.length, page === "hosted" ? 3 : scriptsHere.length, page);
  }
  for (const [page, file, names] of [
    ["linked", "frame", ["form", "fallback"]],
    ["linked-news", "news-frame", []],
  ]) {
    const html = readFileSync(join(installed, `dist/${page}.html`), "utf8");
    const [, policy, name] = html.match(/script-src ([^;]+) 'wasm-unsafe-eval';.*<body><script src="linked\/(\w+)\.js"><\/script><\/body>/);
    assert.equal(policy.trim(), ["https:", "http:", ...(names.length ? hashes.form.slice(1) : []).map((hash) => `'${hash}'`)].join(" "));
    for (const [part, linked] of [[file, name], ...names.map((one) => [one, one])]) {
      const { default: text } = await import(join(installed, `dist/${part}.js`));
      assert.equal(readFileSync(join(installed, `dist/linked/${linked}.js`), "utf8"), text);
    }
  }
});

test("a bundler takes the whole engine along, and no module waits at its top level", async () => {
  const entry = `import { loadEngine } from "relief-screener";
    loadEngine().then((engine) => console.log(engine.screen({ asOf: "2024-08-20", answers: {} }).cards.length > 0));`;
  // The form "cjs" has no place for a wait at the top level: esbuild refuses one.
  const outfile = join(folder, "bundle.cjs");
  await build({
    stdin: { contents: entry, resolveDir: folder },
    bundle: true,
    format: "cjs",
    platform: "neutral",
    outfile,
    logLevel: "silent",
  });
  assert.equal(run("node", [outfile]).trim(), "true");
});
