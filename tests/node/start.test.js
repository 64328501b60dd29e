// `npm start` before it builds: a port that is taken, and a network that does not answer, are said in one line.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";

import { root, temporaryFolder } from "./support.js";

/** Takes every connection and never says a word. */
const silent = createServer((socket) => sockets.add(socket.on("error", () => {})));
const sockets = new Set();
await new Promise((done) => silent.listen(0, "127.0.0.1", done));
const { port } = silent.address();
after(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

/** Runs a script to its end. */
function script(cwd, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn("bash", args, { cwd, env: { ...process.env, ...env } });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => (said[name] += data));
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

/** The project as it was fetched, with nothing installed. */
function fetched() {
  const folder = temporaryFolder();
  for (const name of ["scripts", "signature", "src", "xtask", "Cargo.toml", "Cargo.lock", "package.json", "package-lock.json", ".npmrc"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  return folder;
}

test("a port that is taken is seen before anything is built, with who has it and what to do", async () => {
  const { code, stdout, stderr } = await script(root, ["scripts/start.sh", "--port", String(port)]);
  assert.equal(code, 1);
  assert.equal(stdout, "", "nothing was set up or built");
  assert.match(stderr, new RegExp(`^port ${port} is taken by \\S+ \\(process ${process.pid}\\)\\. .*npm start -- --port ${port + 1}\\n$`));
});

test("what is no port is seen at once as well", async () => {
  for (const args of [["--port", "x"], ["--port", "70000"], ["--prot", "8080"], ["--port"], ["--port", "8080", "more"]]) {
    const { code, stdout, stderr } = await script(root, ["scripts/start.sh", ...args]);
    assert.deepEqual([code, stdout], [1, ""], `${args}`);
    assert.match(stderr, /^usage: npm start -- --port N .*\n$/);
  }
});

test("npm packages that cannot be fetched: one line", async () => {
  const folder = fetched();
  const env = { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(folder, "cache") };
  const { code, stderr } = await script(folder, ["scripts/setup.sh", "start"], env);
  assert.equal(code, 1);
  assert.match(stderr, /^setup: no network: .*package-lock\.json.*\n$/);
});

test("Rust packages that cannot be fetched: one line", async () => {
  const folder = fetched();
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/.package-lock.json"), ""); // npm has done its part.
  const dead = `http://127.0.0.1:${port}/`;
  const env = { CARGO_HOME: join(folder, "cargo"), CARGO_HTTP_PROXY: dead };
  const { code, stderr } = await script(folder, ["scripts/setup.sh", "start"], env);
  assert.equal(code, 1);
  assert.match(stderr, /^setup: no network: .*Cargo\.lock.*\n$/);
});
