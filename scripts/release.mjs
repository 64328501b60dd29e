#!/usr/bin/env node
// `npm run release`, after the build: the folder release/, from which somebody without Rust and without npm puts the form on a website.
//
//   relief-screener-<version>.tgz   the npm package
//   relief-screener-<version>.zip   the folder to upload, with the page that puts the code together
//   relief-screener-wordpress.zip   the plugin
//   relief-screener.html            the one file to pass on
//   frame.html                      the form for a plain frame
//   hosting/                        what to tell a server
//   sbom.cdx.json                   what others wrote in it
//   SNIPPETS.md, snippets.html      the code to paste, with the hash of each file
//   SHA256SUMS                      the hash of each of these
//
// The same commit gives the same bytes: files stand in the order of their names, with the time of the commit. It builds nothing anew,
// signs nothing and uploads nothing.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { html, KINDS } from "../www/snippets.js";
import { wordpressPlugin } from "./wordpress.mjs";
import { zipped } from "./zip.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const pkg = join(root, "pkg");
const run = (program, args, cwd = root) => execFileSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
const { version } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
const hashes = JSON.parse(readFileSync(join(pkg, "dist/integrity.json"), "utf8"));

/** The time of the commit. A zip file holds it without a zone, as the clock on the wall: that of Greenwich, on every machine. */
function time() {
  const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? run("git", ["log", "-1", "--format=%ct"]));
  const at = new Date(seconds * 1000);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds());
}

// ---- the folder to upload ----

/** The page that puts the code together finds the files one folder up, and not in `pkg`. */
function embed() {
  const names = ["embed.html", "embed.css", "embed.js", "snippets.js"];
  return names.map((name) => {
    const text = readFileSync(join(root, "www", name), "utf8");
    if (name !== "embed.js") return [`embed/${name}`, Buffer.from(text)];
    if (text.split('"../pkg/"').length !== 2) throw new Error("www/embed.js has to name ../pkg/ once");
    return [`embed/${name}`, Buffer.from(text.replace('"../pkg/"', '"../"'))];
  });
}

/** What a server needs of the package: no types, and not the check, which runs on one's own machine. @param {string[]} packed */
function upload(packed) {
  const wanted = packed.filter((name) => !name.endsWith(".d.ts") && !name.startsWith("check/") && name !== "package.json");
  return zipped([...wanted.map((name) => [name, readFileSync(join(pkg, name))]), ...embed()], time());
}

// ---- the code to paste ----

const EXAMPLE = {
  lang: "es",
  "help-name": "Your group",
  "help-phone": "+1 555 0100",
  hours: "Mon-Fri 9-5",
  "help-url": "https://example.org/help",
  "exit-url": "https://www.wikipedia.org/",
};
/** What somebody names by its address in a page. */
const ENTRIES = [
  "define.js",
  "dist/relief-screener.js",
  "dist/frame.html",
  "dist/hosted.html",
  "dist/hosted-news.html",
  "dist/relief-screener.html",
];

const codes = () =>
  KINDS.map((kind) => {
    const files = kind.elsewhere ? "https://files.example.org/relief-screener/" : "/relief-screener/";
    return { ...kind, text: kind.code({ ...EXAMPLE, files }, hashes).trim() };
  });
const ABOUT = `Version ${version}, for a group that does not exist. The page embed/embed.html in the folder to upload writes it for yours.`;
const HASHES = "For `integrity`. Those of all files stand in `dist/integrity.json`.";

function markdown() {
  const parts = codes().map(
    ({ name, steps, text }) => `## ${name}\n\n${steps.map((step, i) => `${i + 1}. ${step}`).join("\n")}\n\n\`\`\`\n${text}\n\`\`\`\n`,
  );
  const rows = ENTRIES.map((name) => `| \`${name}\` | \`${hashes[name]}\` |`);
  const table = `| file | hash |\n| --- | --- |\n${rows.join("\n")}\n`;
  return `# The code to paste\n\n${ABOUT}\n\n${parts.join("\n")}\n## Hashes\n\n${HASHES}\n\n${table}`;
}

function page() {
  const parts = codes().map(
    ({ name, steps, text }) =>
      `<h2>${html(name)}</h2>\n<ol>${steps.map((step) => `<li>${html(step)}</li>`).join("")}</ol>\n<pre tabindex="0"><code>${html(text)}</code></pre>\n`,
  );
  const rows = ENTRIES.map((name) => `<tr><th scope="row">${name}</th><td><code>${hashes[name]}</code></td></tr>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>The code to paste</title>
<style>
body { max-width: 50rem; margin: 0 auto; padding: 1rem; font: 106.25%/1.5 system-ui, sans-serif }
pre { padding: 1rem; border: 1px solid; white-space: pre-wrap }
th { text-align: start }
pre, td, th { overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
<h1>The code to paste</h1>
<p>${html(ABOUT)}</p>
${parts.join("")}<h2>Hashes</h2>
<p>${HASHES.replaceAll(/`(.+?)`/g, "<code>$1</code>")}</p>
<table>${rows.join("\n")}</table>
</main>
</body>
</html>
`;
}

// ---- all together ----

/** @param {string} folder which is made anew */
export async function release(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [{ files, filename }] = Object.values(JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], pkg)));
  const packed = files.map(({ path }) => path).sort();
  if (packed.filter((name) => name !== "dist/integrity.json").join() !== Object.keys(hashes).join())
    throw new Error(`${filename} has other files than dist/integrity.json names: run \`npm run build\` again`);
  writeFileSync(join(folder, `relief-screener-${version}.zip`), upload(packed));
  for (const name of ["relief-screener.html", "frame.html", "sbom.cdx.json"]) cpSync(join(pkg, "dist", name), join(folder, name));
  cpSync(join(root, "hosting"), join(folder, "hosting"), { recursive: true });
  await wordpressPlugin(folder);
  writeFileSync(join(folder, "SNIPPETS.md"), markdown());
  writeFileSync(join(folder, "snippets.html"), page());
  writeFileSync(join(folder, "SHA256SUMS"), sums(folder));
}

/** As `sha256sum --check` reads it. @param {string} folder */
export function sums(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = all.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/")).sort();
  const hash = (name) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  return names
    .filter((name) => name !== "SHA256SUMS")
    .map((name) => `${hash(name)}  ${name}\n`)
    .join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, "release");
  await release(folder);
  process.stdout.write(readFileSync(join(folder, "SHA256SUMS"), "utf8"));
}
