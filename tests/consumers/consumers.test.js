// The package in the hands of others: each example is built from the packed tarball with a common tool and looked at in a browser.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../node/support.js";
import { example, files, looking, npmRun, pack, served, tool } from "./support.js";

const tarball = pack();
const { open, prints, start } = looking();

/** What the examples with the engine print. */
const WORTH_ASKING = npmRun(example("node"), "start").trim();

/** Builds an example and looks at what stands in a folder of it. */
async function built(name, folder, appears) {
  const copy = example(name);
  npmRun(copy, "build");
  const site = await files(join(copy, folder));
  await open(`${site.address}/`, appears);
  await site.stop();
}

test("publint has nothing to say", () => {
  assert.match(tool("publint", [tarball, "--strict"]), /All good!/);
});

test("types resolve in every way of finding modules; only the wasm file has none, since each bundler makes something else of it", () => {
  const args = [tarball, "--profile", "esm-only", "--exclude-entrypoints", "engine.wasm"];
  assert.match(tool("attw", args), /relief-screener\/define/); // It ends with an error where it finds something.
});

test("the examples name the versions that are tried here, and each is tried", () => {
  const manifest = (path) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
  const tried = manifest("tests/consumers");
  const versions = { ...tried.dependencies, ...tried.devDependencies, "relief-screener": `^${manifest("pkg").version}` };
  const tests = ["consumers", "hosts"].map((name) => readFileSync(join(root, `tests/consumers/${name}.test.js`), "utf8")).join();
  const examples = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(examples.length >= 14, `${examples.length}`);
  for (const { name } of examples) {
    const { dependencies, devDependencies } = manifest(`examples/${name}`);
    for (const [needed, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.equal(version, versions[needed], `${needed} in examples/${name}`);
    }
    assert.ok(tests.includes(`"${name}"`), `examples/${name} is not tried`);
  }
});

test("Node.js runs the engine", () => {
  assert.match(WORTH_ASKING, /^[a-z-]+(, [a-z-]+)*$/);
});

test("a page with one script shows the form", async () => {
  const site = await files(example("html"));
  await open(`${site.address}/`, start);
  await site.stop();
});

test("an import map leads to the form and to the engine", async () => {
  const site = await files(example("import-map"));
  await open(`${site.address}/`, async (page) => {
    await prints(page, WORTH_ASKING);
    await start(page);
  });
  await site.stop();
});

test("Vite serves the form while somebody works on a page, the first time and again", async () => {
  const copy = example("vite");
  for (let time = 0; time < 2; time++) {
    const { address, stop } = await served(copy, "vite", ["--host", "127.0.0.1", "--port", "0", "--no-open"]);
    await open(`${address}/`, start);
    await stop();
  }
});

test("Vite builds the form", () => built("vite", "dist", start));

test("webpack builds the form", () => built("webpack", ".", start));

test("esbuild builds the form", () => built("esbuild", ".", start));

test("Parcel builds the form", () => built("parcel", "dist", start));

test("React with TypeScript accepts, builds and hears the form", () =>
  built("react-tsx", "dist", async (page) => {
    await start(page);
    await prints(page, "The form is ready.");
  }));

test("TypeScript finds a wrong attribute in the markup of React", () => {
  const copy = example("react-tsx");
  const markup = (attributes) => writeFileSync(join(copy, "src/more.tsx"), `export const more = <relief-screener ${attributes} />;\n`);
  markup('height="full" className="wide" id="form"');
  tool("tsc", [], copy);
  markup("height={700}");
  assert.throws(() => tool("tsc", [], copy), /more\.tsx.*TS2322/);
});

test("a worker runs the engine", () => built("worker", "dist", (page) => prints(page, WORTH_ASKING)));

test("a service worker runs the engine", async () => {
  const site = await files(example("service-worker"));
  await open(`${site.address}/`, (page) => prints(page, WORTH_ASKING));
  await site.stop();
});
