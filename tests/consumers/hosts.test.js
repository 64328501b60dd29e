// The rest of the tools that people build with: tried by hand (`npm run hosts`), because they take long to install.

import { join } from "node:path";
import { test } from "node:test";

import { example, files, looking, npmRun, pack, served } from "./support.js";

pack();
const { open, prints, start } = looking();

const WORTH_ASKING = npmRun(example("node"), "start").trim();

/** Builds an example and looks at what stands in a folder of it. */
async function built(name, folder, appears) {
  const copy = example(name);
  npmRun(copy, "build");
  const site = await files(join(copy, folder));
  await open(`${site.address}/`, appears);
  await site.stop();
}

/** The form, and that the page around it heard that it is ready. */
const heard = async (page) => {
  await start(page);
  await prints(page, "The form is ready.");
};

test("Rollup builds the form", () => built("rollup", ".", start));

test("Vue builds and hears the form", () => built("vue", "dist", heard));

test("Svelte builds and hears the form", () => built("svelte", "dist", heard));

test("Next.js builds the form, runs the engine on its server, and does not disturb what it drew", async () => {
  const copy = example("next");
  npmRun(copy, "build");
  const { address, stop } = await served(copy, "next", ["start", "--hostname", "127.0.0.1", "--port", "0"]);
  await open(`${address}/`, async (page) => {
    await start(page);
    await prints(page, WORTH_ASKING);
  });
  await stop();
});
