// What the pages for people promise is so: the links lead somewhere, the examples run, the commands exist.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { SANDBOX } from "../../pkg/frame.js";
import { customElements } from "../../scripts/manifest.mjs";
import { install, root, run } from "./support.js";

const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "rules/README.md", "pkg/README.md"];
const text = (page) => readFileSync(join(root, page), "utf8");

test("every link inside the project leads to a file", () => {
  let links = 0;
  for (const page of pages) {
    for (const [, target] of text(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`);
      links += 1;
    }
  }
  assert.ok(links >= 5, `only ${links} links found`);
});

test("the examples run as they stand", () => {
  const folder = install();
  for (const page of ["README.md", "pkg/README.md"]) {
    const examples = [...text(page).matchAll(/```js\n([^`]+)```/g)].map(([, code]) => code);
    assert.ok(examples.length > 0, page);
    for (const code of examples) {
      const file = join(folder, "example.js");
      writeFileSync(file, `${code}\nif (report.cards.length === 0) throw new Error("no cards");\n`);
      run("node", [file], { cwd: folder });
    }
  }
});

test("every command of cargo xtask that is named exists", () => {
  const usage = run("bash", ["-c", "cargo xtask help 2>&1 || true"], { cwd: root });
  for (const page of pages) {
    for (const [, command] of text(page).matchAll(/cargo xtask ((?:rules )?[a-z]+)/g)) {
      assert.ok(usage.includes(`cargo xtask ${command}`), `${page}: cargo xtask ${command}`);
    }
  }
});

test("the form offers each language that the rules have words in, and no other", async () => {
  const { default: built } = await import(join(root, "pkg/dist/languages.js"));
  const { languages } = JSON.parse(readFileSync(join(root, "pkg/dist/rules.json"), "utf8"));
  assert.ok(languages.length > 1);
  assert.deepEqual(Object.keys(built), languages);
  const [, row] = text("pkg/README.md").match(/^\| `lang` \| ([^|]+) \|/m);
  assert.deepEqual(row.trim(), languages.map((lang) => `\`${lang}\``).join(", "), "`lang` in pkg/README.md");
});

test("each word of the form is said somewhere, and the form says no other", async () => {
  const folder = join(root, "pkg/view");
  const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const code = [
    ...files.map((name) => text(`pkg/view/${name}`)),
    ...["frame-main.js", "form-main.js"].map((name) => text(`pkg/${name}`)),
  ].join("\n");
  const { words } = (await import(join(root, "pkg/dist/words/en.js"))).default;
  const asked = [...code.matchAll(/\bsay\("([\w.-]+)"/g)].map(([, key]) => key);
  assert.ok(asked.length > 60, `${asked.length}`);
  assert.deepEqual(
    asked.filter((key) => !Object.hasOwn(words, key)),
    [],
  );
  // A key may be put together: from its first part, or with "Title" behind it.
  const isSaid = (key) => [key, key.replace(/Title$/, ""), key.split(".")[0]].some((part) => new RegExp(`["'\`]${part}["'\`.]`).test(code));
  assert.deepEqual(
    Object.keys(words).filter((key) => !isSaid(key)),
    [],
  );
});

test("both pages offer the same help where nothing runs", () => {
  const help = (page) => text(page).match(/<ul>[\s\S]*?<\/ul>/g);
  assert.equal(help("www/index.html").length, 2);
  assert.deepEqual(help("www/news.html"), help("www/index.html"));
});

test("wherever a plain frame is written, it has the seal, and may lead the tab away", () => {
  const flags = `${SANDBOX} allow-top-navigation-by-user-activation`;
  for (const page of ["README.md", "www/snippets.js", "wordpress/relief-screener/relief-screener.php", "pkg/check/findings.js"])
    assert.ok(text(page).includes(flags), page);
});

test("every attribute, property and event of the element is written down, and no other", () => {
  const code = ["element", "own-rules", "settings", "ways"].map((name) => text(`pkg/${name}.js`)).join("\n");
  const found = (page, pattern) => [...new Set([...text(page).matchAll(pattern)].map(([, name]) => name))].sort();
  const [, observed] = code.match(/observedAttributes = \[(.+)\]/);
  const attributes = [...observed.matchAll(/"([a-z]+)"/g), ...code.matchAll(/(?:(?:get|has)Attribute|text)\("([a-z-]+)"\)/g)];
  const told = {
    attribute: [...new Set(attributes.map(([, name]) => name))].sort(),
    property: found("pkg/element.js", /"(--relief-[a-z-]+)"/g),
    event: found("pkg/element.js", /CustomEvent\("([a-z-]+)"/g),
    member: found("pkg/element.js", /^ {2}get ([a-z]+)\(\)/gm),
  };
  assert.deepEqual(
    Object.values(told).map((list) => list.length),
    [18, 4, 3, 2],
  );
  const rows = found("pkg/README.md", /^\| `([a-z-]+)` \|/gm).filter((name) => !name.startsWith("relief-screener"));
  assert.deepEqual(rows, Object.values(told).flat().sort());
  // What editors read is made of the types.
  const [{ declarations }] = customElements(text("pkg/element.d.ts")).modules;
  const { attributes: known, cssProperties, events, members } = declarations[0];
  const names = (list) => list.map(({ name }) => name).sort();
  assert.deepEqual({ attribute: names(known), property: names(cssProperties), event: names(events), member: names(members) }, told);
  for (const { name, description } of [...known, ...cssProperties, ...events, ...members]) assert.ok(description.length > 10, name);
  assert.deepEqual(found("pkg/element.d.ts", /^ {2}"?([a-z-]+)"?\?: string;/gm), told.attribute);
  assert.deepEqual(found("pkg/element.d.ts", /^ \* - `(--relief-[a-z-]+)`/gm), told.property);
  assert.deepEqual(found("pkg/element.d.ts", /^ {2}readonly ([a-z]+): /gm), told.member);
  assert.deepEqual(found("pkg/element.d.ts", /^ {2}"(relief-[a-z]+)": CustomEvent/gm), told.event);
});
