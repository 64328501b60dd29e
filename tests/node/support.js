// What the tests here share: the package as a stranger gets it, packed and installed in an empty folder.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");

/** Runs a program to its end and returns what it printed. */
export function run(program, args, options = {}) {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** A folder that is gone after the tests of this file. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "relief-screener-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Packs the npm package and installs the tarball in an empty project. Returns the folder of that project. */
export function install() {
  const folder = temporaryFolder();
  run("npm", ["pack", "--pack-destination", folder], { cwd: join(root, "pkg") });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--offline", "--ignore-scripts", `./${tarball}`], { cwd: folder });
  return folder;
}

/** Imports a name as code in that project would: through the package's own table of exports. */
export function importFrom(folder, name) {
  const file = join(folder, `import-${name.replaceAll(/\W/g, "-")}.js`);
  writeFileSync(file, `export * from ${JSON.stringify(name)};\n`);
  return import(pathToFileURL(file).href);
}

/** The cases of the rules, each with the digest of the report of the native engine. */
export function nativeCases() {
  const lines = run("cargo", ["xtask", "rules", "cases", "--json"], { cwd: root }).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** The report of the native engine on one case. @param {string} id */
export function nativeReport(id) {
  return JSON.parse(run("cargo", ["xtask", "rules", "cases", "--json", id], { cwd: root })).report;
}

/** All the words of the rules in a language: those of the questions, and those that come with the answer. @param {string} lang */
export async function lawIn(lang) {
  const parts = await Promise.all(["lang", "more"].map((folder) => import(join(root, `pkg/dist/${folder}/${lang}.js`))));
  return Object.assign({}, ...parts.map(({ default: words }) => words));
}
