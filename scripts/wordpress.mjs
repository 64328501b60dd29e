#!/usr/bin/env node
// `node scripts/wordpress.mjs`, after the build: the plugin for WordPress in one file, release/relief-screener-wordpress.zip.
// It holds what stands in wordpress/relief-screener and what <relief-screener> can ask for, and no other file of the package.
//
// The same sources give the same bytes: the files stand in the order of their names, all with the same time.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import languages from "../pkg/dist/languages.js";
import { zipped } from "./zip.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const pkg = join(root, "pkg");
const source = join(root, "wordpress/relief-screener");
const NAME = "relief-screener-wordpress.zip";

/** What is asked for by its address, and not by an import. */
const BY_ADDRESS = [
  "engine_bg.wasm",
  ...["hosted", "hosted-news", "linked", "linked-news", "frame", "relief-screener"].map((page) => `${page}.html`),
  ...["frame", "form", "fallback", "news"].map((script) => `linked/${script}.js`),
];
const LICENSES = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES.txt"];
/** The first day that a zip file knows. It has no zone, so it is the same on every machine. */
const TIME = new Date(1980, 0, 1);

/** Every file of the package that the element can ask for, by its name there. */
async function filesOfTheForm() {
  const { metafile } = await build({
    absWorkingDir: pkg,
    entryPoints: ["define.js"],
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: "none",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  return [...Object.keys(metafile.inputs), ...BY_ADDRESS.map((name) => `dist/${name}`)].sort();
}

/** Replaces what has to stand there once. @param {string} text @param {string} from @param {string} to */
function once(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`"${from}" has to stand there once`);
  return text.replace(from, to);
}

/** The files of the plugin and their bytes, by name. */
async function filesOfThePlugin() {
  const { version } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  const form = (await filesOfTheForm()).map((name) => /** @type {const} */ ([name, readFileSync(join(pkg, name))]));
  const hash = createHash("sha256");
  for (const [name, bytes] of form) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  const folder = `form-${hash.digest("hex").slice(0, 12)}`;

  const own = Object.fromEntries(readdirSync(source).map((name) => [name, readFileSync(join(source, name), "utf8")]));
  const offered = JSON.parse(own["block.json"]).attributes.lang.enum.filter(Boolean);
  if (offered.join() !== Object.keys(languages).join()) throw new Error("`lang` in block.json does not name the languages of the build");
  const php = "relief-screener.php";
  own[php] = once(
    once(own[php], "Version:           0.0.0", `Version:           ${version}`),
    "const FORM = 'form'",
    `const FORM = '${folder}'`,
  );
  own["readme.txt"] = once(own["readme.txt"], "Stable tag: 0.0.0", `Stable tag: ${version}`);
  own["editor.asset.php"] = once(own["editor.asset.php"], "0.0.0", version);
  return Object.fromEntries([
    ...Object.entries(own).map(([name, text]) => [name, Buffer.from(text)]),
    ...LICENSES.map((name) => [name, readFileSync(join(pkg, name))]),
    ...form.map(([name, bytes]) => [`${folder}/${name}`, bytes]),
  ]);
}

/** Puts the plugin together. @param {string} outFolder @returns {Promise<string>} the path of the zip file */
export async function wordpressPlugin(outFolder) {
  const zip = zipped(Object.entries(await filesOfThePlugin()), TIME);
  const path = join(outFolder, NAME);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zip);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(relative(root, await wordpressPlugin(join(root, "release"))));
