#!/usr/bin/env node
// `npm run reproducible`: the last commit, built twice in two folders whose paths differ in length, each with a target of its own. Both have
// to give the same bytes, in pkg/ and in release/. What is not committed is not looked at; both use the same Rust, Node and packages.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { sums } from "./release.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const work = mkdtempSync(join(tmpdir(), "relief-screener-"));
const folders = [join(work, "a"), join(work, "another/folder/with a much longer path/b")];
const { CARGO_TARGET_DIR: _, ...env } = process.env;
const run = (program, args, cwd) => execFileSync(program, args, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });

/** @param {string} folder @returns {string[]} a line for each file */
function built(folder) {
  run("git", ["clone", "--quiet", "--no-hardlinks", root, folder], work);
  run("npm", ["run", "build"], folder);
  run("npm", ["run", "release"], folder);
  return ["pkg/dist", "release"].flatMap((part) =>
    sums(join(folder, part))
      .trim()
      .split("\n")
      .map((line) => `${line} (${part})`),
  );
}

try {
  const [one = [], other = []] = folders.map(built);
  const differ = [...one.filter((line) => !other.includes(line)), ...other.filter((line) => !one.includes(line))];
  if (differ.length) {
    const names = [...new Set(differ.map((line) => line.slice(66)))];
    console.error(`Two builds of the same commit differ:\n${names.join("\n")}`);
    process.exitCode = 1;
  } else console.log(`${one.length} files are the same in both builds.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
