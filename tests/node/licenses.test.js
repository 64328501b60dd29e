// What ships is free of copyleft: the crates inside the module by their own word, and no npm package at all.

import assert from "node:assert/strict";
import { test } from "node:test";

import { root, run } from "./support.js";

const FREE = new Set([
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "Unicode-3.0",
  "Unicode-DFS-2016",
  "Unlicense",
  "Zlib",
]);

/** Reads "A OR B", "A AND B" and brackets; a slash is the old way to write OR. */
function isFree(expression) {
  const words = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  const any = () => {
    let free = all();
    while (words[0] === "OR") {
      words.shift();
      free = all() || free;
    }
    return free;
  };
  const all = () => {
    let free = one();
    while (words[0] === "AND") {
      words.shift();
      free = one() && free;
    }
    return free;
  };
  const one = () => {
    if (words[0] === "(") {
      words.shift();
      const free = any();
      words.shift();
      return free;
    }
    let name = words.shift() ?? "";
    if (words[0] === "WITH") name += ` ${words.shift()} ${words.shift()}`;
    return FREE.has(name);
  };
  return any() && words.length === 0;
}

/** The crates behind the modules: what each crate needs to run on WebAssembly, and what writes code into it. */
function shipped() {
  const metadata = JSON.parse(
    run("cargo", ["metadata", "--format-version=1", "--locked", "--filter-platform=wasm32-unknown-unknown"], { cwd: root }),
  );
  const packages = new Map(metadata.packages.map((one) => [one.id, one]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const modules = ["relief-screener", "rules-signature"];
  const seen = new Set(modules.map((name) => metadata.packages.find((one) => one.name === name).id));
  for (const id of seen) {
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind === null)) seen.add(pkg);
    }
  }
  return [...seen].map((id) => packages.get(id));
}

test("every crate that ships has a free license", () => {
  const crates = shipped();
  assert.ok(
    ["wasm-bindgen", "curve25519-dalek"].every((one) => crates.some(({ name }) => name === one)),
    "the list of crates looks wrong",
  );
  for (const { name, version, license } of crates) assert.ok(license && isFree(license), `${name} ${version}: ${license}`);
});

test("the check refuses copyleft", () => {
  for (const free of [
    "MIT OR Apache-2.0",
    "MIT/Apache-2.0",
    "(MIT OR Apache-2.0) AND Unicode-3.0",
    "GPL-3.0-only OR MIT",
    "Unlicense OR MIT",
  ]) {
    assert.ok(isFree(free), free);
  }
  for (const bound of ["GPL-3.0-only", "MIT AND LGPL-3.0-or-later", "AGPL-3.0 OR SSPL-1.0", "MIT WITH strings", ""]) {
    assert.ok(!isFree(bound), bound);
  }
});
