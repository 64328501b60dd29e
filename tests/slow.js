// How long a slow line makes a person wait: 400 kbit/s, 400 ms to and fro, a phone's window, files packed with brotli. It tells and
// asserts nothing; what has to hold are the bytes, which the build weighs.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { launch, root } from "./browser/support.js";

const TIMES = 5;
const LINE = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const PAGE = `<!DOCTYPE html><title>A group</title><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
<relief-screener lang="en"><p>Call us.</p></relief-screener> <script type="module" src="/pkg/define.js"></script>`;

const packed = new Map();
const server = createServer(({ url }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const pack = () => brotliCompressSync(pathname === "/" ? PAGE : readFileSync(join(root, pathname)));
  try {
    if (!packed.has(pathname)) packed.set(pathname, pack());
    const type = pathname === "/" ? "text/html" : (KINDS[extname(pathname)] ?? "text/plain");
    response.writeHead(200, { "content-type": type, "content-encoding": "br" }).end(packed.get(pathname));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

/** Milliseconds until the start page stands there, and until Start can be pressed. */
async function visit(path, line) {
  const browser = await launch();
  const page = await (await browser.newContext({ viewport: { width: 390, height: 740 } })).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  if (line) await session.send("Network.emulateNetworkConditions", line);
  const begin = Date.now();
  const form = path === "/" ? page.frameLocator("iframe") : page;
  await page.goto(origin + path, { waitUntil: "commit" });
  const until = async (role, name) => {
    await form.getByRole(role, name).first().waitFor({ timeout: 120_000 });
    return Date.now() - begin;
  };
  const times = [await until("heading"), await until("button", { name: "Start", exact: true })];
  await browser.close();
  return times;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[(numbers.length - 1) / 2];
for (const [name, path] of [
  ["by the element", "/"],
  ["frame.html", "/pkg/dist/frame.html"],
  ["relief-screener.html", "/pkg/dist/relief-screener.html"],
]) {
  await visit(path); // What is packed once is there.
  const all = [];
  for (let i = 0; i < TIMES; i += 1) all.push(await visit(path, LINE));
  const [start, ready] = [0, 1].map((at) => (median(all.map((times) => times[at])) / 1000).toFixed(1));
  console.log(`${name.padEnd(22)} start page after ${start} s, Start after ${ready} s (median of ${TIMES})`);
}
server.close();
