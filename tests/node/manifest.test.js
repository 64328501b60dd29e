// What the package says of itself for machines and for lawyers is so: licenses, parts, hashes. `node scripts/manifest.mjs` writes it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { integrity, manifests } from "../../scripts/manifest.mjs";
import { install, root, run } from "./support.js";

const installed = join(install(), "node_modules/relief-screener");
const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(installed.length + 1));
const shipped = (file) => readFileSync(join(installed, file), "utf8");
const current = manifests();

/** The crates that can have code in the module, by name and version. */
const crates = run("cargo", [
  ...["tree", "--package", "relief-screener", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"],
  ...["--prefix", "none", "--locked", "--offline"],
])
  .split("\n")
  .flatMap(
    (line) =>
      line
        .match(/^(?!relief-screener )(\S+) v(\S+)/)
        ?.slice(1)
        .join(" ") ?? [],
  )
  .filter((name, at, all) => all.indexOf(name) === at)
  .sort();

test("what the package tells is current; `node scripts/manifest.mjs` writes it anew", () => {
  for (const [file, text] of Object.entries(current)) assert.equal(shipped(file), text, file);
});

test("the same sources give the same bytes", () => {
  assert.deepEqual(manifests(), current);
});

test("the hash of every file is told, and no other", async () => {
  const told = shipped("dist/integrity.json");
  assert.equal(told, integrity(installed, files));
  assert.deepEqual(Object.keys(JSON.parse(told)).sort(), files.filter((file) => file !== "dist/integrity.json").sort());
  // The form that a browser takes, worked out by another piece of code.
  const digest = await crypto.subtle.digest("SHA-384", readFileSync(join(installed, "define.js")));
  assert.equal(JSON.parse(told)["define.js"], `sha384-${Buffer.from(digest).toString("base64")}`);
});

test("each crate inside the module stands in the notices with the text of its license", () => {
  const notices = shipped("THIRD-PARTY-NOTICES.txt");
  const [, ...parts] = notices.split(/^-{80}$/m);
  assert.ok(crates.length > 10, `${crates}`);
  for (const name of crates) {
    const at = parts.findIndex((part) => part.split("\n").some((line) => line.startsWith(`${name} (`)));
    assert.match(parts[at + 1] ?? "", /permission notice|Licensed under|Permission is hereby granted/i, name);
  }
  assert.match(notices, /^Rust standard library/m);
  assert.ok(notices.includes("UNICODE LICENSE V3"), "the data of unicode-ident have a license of their own");
});

test("the bill of materials names the same crates, each with its checksum", () => {
  const { components, dependencies, metadata } = JSON.parse(shipped("dist/sbom.cdx.json"));
  const cargo = components.filter(({ purl }) => purl.startsWith("pkg:cargo/"));
  assert.deepEqual(cargo.map(({ name, version }) => `${name} ${version}`).sort(), crates);
  for (const { name, hashes } of cargo) assert.match(hashes[0].content, /^[0-9a-f]{64}$/, name);
  const known = new Set([metadata.component, ...components].map((one) => one["bom-ref"]));
  for (const { ref, dependsOn } of dependencies) for (const one of [ref, ...dependsOn]) assert.ok(known.has(one), one);
  assert.doesNotMatch(shipped("dist/sbom.cdx.json"), /timestamp|serialNumber/);
});

test("the scripts are made of files of ours alone", async () => {
  const entries = ["frame-main.js", "news-main.js", "define.js", "engine.js", "external.js", "static.js"];
  const { metafile } = await build({
    absWorkingDir: join(root, "pkg"),
    entryPoints: entries,
    bundle: true,
    format: "esm",
    loader: { ".css": "text" },
    outdir: "nowhere",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.includes("dist/engine_glue.js") && inputs.length > 20, `${inputs}`);
  assert.deepEqual(
    inputs.filter((file) => file.startsWith("../") || file.includes("node_modules")),
    [],
  );
});
