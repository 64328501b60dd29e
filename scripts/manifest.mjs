#!/usr/bin/env node
// `node scripts/manifest.mjs`, after the build: what the npm package says of itself for machines and for lawyers.
//
//   pkg/THIRD-PARTY-NOTICES.txt    the licenses of what others wrote and we ship
//   pkg/dist/sbom.cdx.json         the same as a bill of materials, CycloneDX 1.6
//   pkg/dist/custom-elements.json  the element for editors, read from its types
//   pkg/dist/integrity.json        the hash of every file, as in the `integrity` of a script
//
// The same sources give the same bytes: no time, no random number and no path of a machine is in any of them.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const read = (path) => readFileSync(join(root, path), "utf8");
const run = (program, args, cwd = root) =>
  execFileSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const WASM = "wasm32-unknown-unknown";

// ---- what others wrote ----

/** The crates that can have code in the module: neither what runs while it is compiled, nor what only the tools need. */
function crates() {
  const tree = run("cargo", [
    ...["tree", "--package", "relief-screener", "--target", WASM, "--edges", "normal,no-proc-macro"],
    ...["--prefix", "none", "--format", "{p}", "--locked", "--offline"],
  ]);
  const inside = new Set([...tree.matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name}@${version}`));
  inside.delete([...inside].find((one) => one.startsWith("relief-screener@")));
  const metadata = JSON.parse(run("cargo", ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", WASM]));
  const checksums = new Map(
    [...read("Cargo.lock").matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"/gm)].map(
      ([, name, version, hash]) => [`${name}@${version}`, hash],
    ),
  );
  const kept = new Map(metadata.packages.map((one) => [one.id, one]).filter(([, one]) => inside.has(`${one.name}@${one.version}`)));
  if (kept.size !== inside.size) throw new Error("cargo tree and cargo metadata name other crates");
  const needs = new Map(metadata.resolve.nodes.map(({ id, dependencies }) => [id, dependencies.filter((one) => kept.has(one))]));
  return [...kept.values()]
    .map(({ id, name, version, license, authors, manifest_path }) => ({
      name,
      version,
      license: license.replaceAll("/", " OR "),
      authors,
      folder: dirname(manifest_path),
      sha256: checksums.get(`${name}@${version}`),
      needs: needs.get(id).map((one) => kept.get(one)),
    }))
    .sort(byName);
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The texts that go with a crate. Where a license can be chosen, it is MIT; where the crate has no file, its word in Cargo.toml counts. */
function licenseTexts({ name, license, authors, folder }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|copyright)/i.test(file));
  const choice = /\bMIT\b/.test(license) ? files.filter((file) => !/apache/i.test(file)) : files;
  // A file without the name of a license holds what MIT needs, or says only that there is a choice.
  const named = choice.filter((file) => /mit/i.test(file));
  const wanted = named.length ? choice.filter((file) => named.includes(file) || /notice|unicode/i.test(file)) : choice;
  if (wanted.length) return wanted.sort().map((file) => readFileSync(join(folder, file), "utf8"));
  if (license !== "MIT") throw new Error(`${name}: no file tells its license, ${license}`);
  return [`Copyright (c) ${authors.join(", ") || `the authors of ${name}`}\n\n${MIT}`];
}

/** What is in our files and is no crate of ours: by name, where it is, and its license. */
const OTHERS = [
  { name: "Rust standard library", license: "MIT OR Apache-2.0", text: `Copyright (c) The Rust Project Contributors\n\n${MIT}` },
  { name: "esbuild, its small helpers", license: "MIT", text: read("node_modules/esbuild/LICENSE.md") },
];

function notices(list) {
  const all = [
    ...list.map((one) => ({ title: `${one.name} ${one.version} (${one.license})`, texts: licenseTexts(one) })),
    ...OTHERS.map(({ name, license, text }) => ({ title: `${name} (${license})`, texts: [text] })),
  ];
  /** Whoever has the same text stands together. */
  const groups = new Map();
  for (const { title, texts } of all) {
    const text = texts
      .map((one) =>
        one
          .replaceAll("\r\n", "\n")
          .replaceAll(/[ \t]+$/gm, "")
          .trim(),
      )
      .join("\n\n");
    groups.set(text, [...(groups.get(text) ?? []), title]);
  }
  const line = "-".repeat(80);
  const parts = [...groups].map(([text, titles]) => `${line}\n${titles.join("\n")}\n${line}\n\n${text}\n`);
  return `relief-screener itself is under MIT or Apache 2.0: see LICENSE-MIT and LICENSE-APACHE.
Its WebAssembly module and its scripts contain code of the following. Where there is a choice, MIT is chosen.

${parts.join("\n")}`;
}

function sbom(list, { name, version, license, description }) {
  const cargo = (one) => `pkg:cargo/${one.name}@${one.version}`;
  const npm = `pkg:npm/${name}@${version}`;
  const esbuild = JSON.parse(read("node_modules/esbuild/package.json"));
  const tool = `pkg:npm/esbuild@${esbuild.version}`;
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "library", "bom-ref": npm, name, version, description, licenses: [{ expression: license }], purl: npm },
    },
    components: [
      ...list.map((one) => ({
        type: "library",
        "bom-ref": cargo(one),
        name: one.name,
        version: one.version,
        hashes: [{ alg: "SHA-256", content: one.sha256 }],
        licenses: [{ expression: one.license }],
        purl: cargo(one),
      })),
      { type: "library", "bom-ref": tool, name: "esbuild", version: esbuild.version, licenses: [{ expression: "MIT" }], purl: tool },
    ],
    dependencies: [
      { ref: npm, dependsOn: [...list.map(cargo), tool] },
      ...list.map((one) => ({ ref: cargo(one), dependsOn: one.needs.map(cargo).sort() })),
    ],
  };
}

// ---- the element ----

const CLASS = "ReliefScreener";

/** A comment of documentation on one line. */
const plain = (comment) => comment.replaceAll(/\s*\n\s*\*? ?/g, " ").trim();

/** The value that counts where none is given, if it is one. @param {string} description */
const usual = (description) => description.match(/Default: `?((?<=`)[^`]+|\d+)/)?.[1];

/** The element as its types describe it, in the form that editors read (custom-elements-manifest 2.1.0).
 * @param {string} types the text of element.d.ts */
export function customElements(types) {
  const between = (start) => {
    const [, body] = types.split(start);
    if (!body) throw new Error(`element.d.ts has no \`${start}\``);
    return body.slice(0, body.indexOf("\n}"));
  };
  const members = (body, pattern) =>
    [...body.matchAll(new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*\\n? {2}${pattern}`, "g"))].map(([, comment, ...rest]) => [
      plain(comment),
      ...rest,
    ]);
  const attributes = members(between("export interface ReliefScreenerAttributes {"), '"?([a-z-]+)"?\\?: (.+);').map(
    ([description, name, type]) => {
      const value = usual(description);
      return { name, type: { text: type }, description, ...(value && { default: value }) };
    },
  );
  const events = members(between("export interface ReliefScreenerEventMap extends HTMLElementEventMap {"), '"([a-z-]+)": (.+);').map(
    ([description, name, type]) => ({ name, type: { text: type }, description }),
  );
  const fields = members(between("export class ReliefScreener extends HTMLElement {"), "(readonly )?([a-zA-Z]+): (.+);").map(
    ([description, readonly, name, type]) => ({
      kind: "field",
      name,
      type: { text: type },
      description,
      ...(readonly && { readonly: true }),
    }),
  );
  const [, about] = types.match(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class ReliefScreener /) ?? ["", ""];
  const cssProperties = [...about.matchAll(/^ \* - `(--[a-z-]+)`, (.+)/gm)].map(([, name, description]) => {
    const value = usual(description);
    return { name, description, ...(value && { default: value }) };
  });
  const declaration = { name: CLASS, module: "dist/element.js" };
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path: "dist/element.js",
        declarations: [
          {
            kind: "class",
            customElement: true,
            tagName: "relief-screener",
            name: CLASS,
            superclass: { name: "HTMLElement" },
            description: "The questions in a sealed frame.",
            attributes,
            members: fields,
            events,
            cssProperties,
            slots: [{ name: "", description: "What shows while the form loads, and where it cannot run." }],
          },
        ],
        exports: [{ kind: "js", name: CLASS, declaration }],
      },
      {
        kind: "javascript-module",
        path: "define.js",
        declarations: [],
        exports: [
          { kind: "js", name: CLASS, declaration },
          { kind: "custom-element-definition", name: "relief-screener", declaration },
        ],
      },
    ],
  };
}

// ---- all together ----

/** Every file that tells of the package, but the one with the hashes: where it stands in the package, and its text. */
export function manifests() {
  const list = crates();
  return {
    "THIRD-PARTY-NOTICES.txt": notices(list),
    "dist/sbom.cdx.json": json(sbom(list, JSON.parse(read("pkg/package.json")))),
    "dist/custom-elements.json": json(customElements(read("pkg/element.d.ts"))),
  };
}

const HASHES = "dist/integrity.json";

/** The hash of each of these files, but its own. @param {string} folder @param {string[]} files */
export function integrity(folder, files) {
  const hash = (file) =>
    `sha384-${createHash("sha384")
      .update(readFileSync(join(folder, file)))
      .digest("base64")}`;
  const others = files.filter((file) => file !== HASHES).sort();
  return json(Object.fromEntries(others.map((file) => [file, hash(file)])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, "pkg");
  for (const [file, text] of Object.entries(manifests())) writeFileSync(join(folder, file), text);
  const [{ files }] = Object.values(JSON.parse(run("npm", ["pack", "--dry-run", "--json"], folder)));
  writeFileSync(
    join(folder, HASHES),
    integrity(
      folder,
      files.map(({ path }) => path),
    ),
  );
}
