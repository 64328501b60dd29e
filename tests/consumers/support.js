// What the tests of consumers share: the package as it is packed, each example as a stranger has it, and a browser that looks at it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before } from "node:test";

import en from "../../pkg/dist/words/en.js";
import { launch } from "../browser/support.js";
import { root, run } from "../node/support.js";

const here = join(root, "tests/consumers");
const modules = join(here, "node_modules");
/** Copies of the examples, so that no file of a build lands among ours. Inside this folder, because tools look for others upwards. */
const work = join(here, "work");
/** A tool that is at work for so long is stuck. */
const STUCK = 120_000;

/** Packs the package and puts it where `npm install` puts it: it needs nothing besides. @returns {string} the tarball */
export function pack() {
  for (const stale of [work, join(modules, ".vite"), join(here, ".parcel-cache")]) rmSync(stale, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  run("npm", ["pack", "--pack-destination", work], { cwd: join(root, "pkg") });
  const tarball = join(work, String(readdirSync(work).find((name) => name.endsWith(".tgz"))));
  const installed = join(modules, "relief-screener");
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  return tarball;
}

/** A copy of an example, with the tools and the package beside it. @param {string} name */
export function example(name) {
  const folder = join(work, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "examples", name), folder, { recursive: true });
  symlinkSync(modules, join(folder, "node_modules"));
  return folder;
}

/** Programs that are started as a person in that folder would start them; nothing of them calls home. */
const env = {
  ...process.env,
  NODE_ENV: undefined,
  NODE_TEST_CONTEXT: undefined,
  NEXT_TELEMETRY_DISABLED: "1",
  PARCEL_WORKERS: "1",
  CI: "1",
  NO_COLOR: "1",
};

/** Runs a program in a folder to its end. Where it fails, all that it said is told. @param {string} program @param {string[]} args @param {string} cwd */
function done(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout: STUCK });
  if (status !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Runs a script of the example. @param {string} folder @param {string} script */
export const npmRun = (folder, script) => done("npm", ["run", "--silent", script], folder);

/** Runs a tool that is installed here. @param {string} name @param {string[]} args @param {string} [folder] */
export const tool = (name, args, folder = here) => done(join(modules, ".bin", name), args, folder);

/** What is still running when a test fails would keep the whole run from ending. @type {Set<() => unknown>} */
const running = new Set();
after(() => Promise.all([...running].map((stop) => stop())));

/** Something that runs until it is stopped. @param {string} address @param {() => unknown} end */
function runs(address, end) {
  const stop = () => {
    running.delete(stop);
    return end();
  };
  running.add(stop);
  return { address, stop };
}

/** Starts a server of a tool, and gives its address once it prints it.
 * @param {string} folder @param {string} name @param {string[]} args */
export async function served(folder, name, args) {
  const child = spawn(join(modules, ".bin", name), args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((ended) => child.on("exit", ended));
  const server = runs("", () => {
    child.kill();
    return gone;
  });
  let said = "";
  const address = await new Promise((found, failed) => {
    const hear = (/** @type {Buffer} */ text) => {
      said += text;
      const url = said.match(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/);
      if (url) found(url[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => failed(new Error(`${name} ended with ${code}: ${said}`)));
  });
  return { ...server, address: String(address) };
}

const KINDS = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };

/** Serves a folder as the plainest server does. @param {string} folder */
export async function files(folder) {
  const server = createServer(async (request, response) => {
    const path = new URL(String(request.url), "http://localhost").pathname;
    try {
      const body = await readFile(join(folder, path.endsWith("/") ? `${path}index.html` : path));
      response.writeHead(200, { "content-type": KINDS[extname(path) || ".html"] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return runs(`http://127.0.0.1:${port}`, () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
}

/** A browser for the tests of a file, and what is looked for in it. */
export function looking() {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  /** Opens a page, waits for what has to appear, and counts every complaint as a failure.
   * @param {string} address @param {(page: import("playwright-core").Page) => Promise<void>} appears */
  const open = async (address, appears) => {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(30_000);
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.url()}: ${response.status()}`));
    try {
      await page.goto(address);
      await appears(page);
    } catch (error) {
      throw new Error(`${error}\nThe page complains: ${complaints.join("\n")}`);
    } finally {
      await page.context().close();
    }
    assert.deepEqual(complaints, []);
  };

  return {
    open,
    /** The form, as far as its first button. @param {import("playwright-core").Page} page */
    start: (page) => page.locator("relief-screener").frameLocator("iframe").getByRole("button", { name: en.words.start }).waitFor(),
    /** What an example prints. @param {import("playwright-core").Page} page @param {string} text */
    prints: (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor(),
  };
}
