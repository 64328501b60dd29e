// What is handed out without a build: all files that a website needs, the same bytes on every machine, and code that names these very files.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";
import { unzipSync } from "fflate";

import { release } from "../../scripts/release.mjs";
import { root, run, temporaryFolder } from "./support.js";

const folder = join(temporaryFolder(), "release");
await release(folder);
const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
const text = (name) => readFileSync(join(folder, name), "utf8");
const zip = unzipSync(readFileSync(join(folder, `relief-screener-${version}.zip`)));

test("the sums are those of the files, and a changed file is found", () => {
  const listed = text("SHA256SUMS").match(/(?<= {2}).+$/gm);
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== "SHA256SUMS",
  );
  assert.equal(listed.length, there.length);
  const check = () => run("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: folder });
  assert.equal(check(), "");
  const bytes = readFileSync(join(folder, "frame.html"));
  writeFileSync(join(folder, "frame.html"), `${bytes} `);
  assert.throws(check, /frame\.html|Command failed/);
  writeFileSync(join(folder, "frame.html"), bytes);
});

test("the same commit gives the same bytes, wherever and whenever", () => {
  const script = `import { release } from ${JSON.stringify(join(root, "scripts/release.mjs"))}; await release(process.argv[1]);`;
  const other = join(temporaryFolder(), "other");
  const env = { ...process.env, TZ: "Pacific/Kiritimati" };
  run("node", ["--input-type=module", "--eval", script, other], { cwd: root, env });
  assert.equal(readFileSync(join(other, "SHA256SUMS"), "utf8"), text("SHA256SUMS"));
});

test("the folder to upload has every file that the form asks for, and none that only a developer needs", async () => {
  const names = Object.keys(zip);
  assert.deepEqual(names, [...names].sort());
  assert.ok(names.every((name) => name.startsWith("relief-screener/")));
  assert.ok(!names.some((name) => /\.d\.ts$|\/check\/|package\.json/.test(name)), `${names}`);
  const unpacked = temporaryFolder();
  for (const name of names) {
    mkdirSync(join(unpacked, dirname(name)), { recursive: true });
    writeFileSync(join(unpacked, name), zip[name]);
  }
  const entryPoints = ["define.js", "embed/embed.js"].map((name) => join(unpacked, "relief-screener", name));
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    format: "esm",
    target: "es2022",
    outdir: unpacked,
    write: false,
    metafile: true,
  });
  assert.ok(Object.keys(metafile.inputs).length > 20);
  for (const page of ["frame.html", "hosted.html", "hosted-news.html", "relief-screener.html", "relief-screener.js", "engine_bg.wasm"])
    assert.ok(zip[`relief-screener/dist/${page}`], page);
  assert.match(Buffer.from(zip["relief-screener/embed/embed.js"]).toString(), /"\.\.\/"/);
  assert.match(Buffer.from(zip["relief-screener/embed/embed.html"]).toString(), /src="embed\.js"/);
});

test("the code to paste names the hash of the file in the folder", async () => {
  const hash = `sha384-${Buffer.from(await crypto.subtle.digest("SHA-384", zip["relief-screener/define.js"])).toString("base64")}`;
  for (const name of ["SNIPPETS.md", "snippets.html"]) {
    assert.ok(text(name).split(hash).length > 3, name);
    for (const title of ["WordPress, block editor", "Squarespace", "React"]) assert.ok(text(name).includes(title), `${name}: ${title}`);
  }
});
