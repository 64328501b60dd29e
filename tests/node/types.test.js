// The types are part of the contract: the compiler accepts the good uses and finds every bad one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { install, root } from "./support.js";

/** What the TypeScript compiler complains of; nothing where it is content. */
function complaints(folder) {
  const { status, stdout, stderr } = spawnSync("node", [join(root, "node_modules/typescript/bin/tsc"), "--project", folder], {
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}` || `tsc ended with ${status}`;
}

/** An installed package and these files beside it, for a host with or without a page. */
function consumer(files, options = {}) {
  const folder = install();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    lib: ["es2022", "dom"],
    types: [],
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return folder;
}

const fixture = (name) => readFileSync(join(root, "tests/types", name), "utf8");

test("good uses compile and bad uses do not, with the declarations checked too", () => {
  assert.equal(complaints(consumer({ "good.ts": fixture("good.ts"), "bad.ts": fixture("bad.ts") }, { skipLibCheck: false })), "");
});

test("a bundler's way of finding modules works as well", () => {
  const options = { module: "esnext", moduleResolution: "bundler" };
  assert.equal(complaints(consumer({ "good.ts": fixture("good.ts") }, options)), "");
});

test("what needs no page compiles without the types of one, and without those of Node.js", () => {
  // Everything but the element, and the console, which no language names.
  const good = fixture("good.ts")
    .split("\n")
    .filter((line) => !/ReliefScreener|console/.test(line))
    .join("\n");
  assert.ok(good.includes("relief-screener/external") && good.includes("relief-screener/static"));
  assert.equal(complaints(consumer({ "good.ts": good }, { skipLibCheck: false, lib: ["es2022"] })), "");
});

test("a bad use that compiles would be seen", () => {
  const text = fixture("bad.ts").replaceAll("// @ts-expect-error", "//");
  const found = complaints(consumer({ "bad.ts": text })).match(/error TS/g)?.length ?? 0;
  assert.equal(found, fixture("bad.ts").match(/@ts-expect-error/g).length);
});

test("the JavaScript of the package passes the compiler", () => {
  assert.equal(complaints(root), "");
});

test("the types that the Rust side writes are the agreed ones; UPDATE_GOLDEN=1 writes these anew", () => {
  const golden = join(root, "tests/golden/relief-screener.d.ts");
  const built = join(root, "pkg/dist/types.d.ts");
  if (process.env.UPDATE_GOLDEN) copyFileSync(built, golden);
  assert.equal(readFileSync(built, "utf8"), readFileSync(golden, "utf8"));
});
