// `cargo xtask serve`: the two folders, their types, and nothing else of this machine.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";

import { root, run } from "./support.js";

// Started without cargo in between, so that ending the child ends the server.
const { target_directory } = JSON.parse(run("cargo", ["metadata", "--format-version=1", "--no-deps", "--locked"], { cwd: root }));
const server = spawn(join(target_directory, "debug/xtask"), ["serve", "--port", "0"], { cwd: root });
after(() => server.kill());
const address = await new Promise((resolve, reject) => {
  server.stdout.once("data", (data) => resolve(new URL(String(data).split("\n")[0])));
  server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
});

/** Not `fetch`: that would tidy the path before it is sent. */
function get(path, method = "GET") {
  return new Promise((resolve, reject) => {
    const sent = request({ host: address.hostname, port: address.port, path, method }, (answer) => {
      const parts = [];
      answer
        .on("error", reject)
        .on("data", (part) => parts.push(part))
        .on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    sent.on("error", reject).end();
  });
}

test("it listens on this machine only and prints the address", () => {
  assert.equal(address.hostname, "127.0.0.1");
});

test("pages and package files come with their types, and are never kept", async () => {
  const expected = {
    "/": ["www/index.html", "text/html; charset=utf-8"],
    "/pkg/define.js": ["pkg/define.js", "text/javascript; charset=utf-8"],
    "/pkg/dist/engine_bg.wasm": ["pkg/dist/engine_bg.wasm", "application/wasm"],
    "/pkg/dist/rules.json?x=1": ["pkg/dist/rules.json", "application/json"],
  };
  for (const [path, [file, type]] of Object.entries(expected)) {
    const { status, headers, body } = await get(path);
    assert.equal(status, 200, path);
    assert.equal(headers["content-type"], type);
    assert.equal(headers["cache-control"], "no-store");
    assert.deepEqual(body, readFileSync(join(root, file)), path);
  }
});

test("no address leads out of the two folders", async () => {
  for (const path of [
    "/../Cargo.toml",
    "/pkg/../Cargo.toml",
    "/pkg/%2e%2e/Cargo.toml",
    "/.git/config",
    "//etc/passwd",
    "/pkg",
    "/nothing.html",
  ]) {
    assert.equal((await get(path)).status, 404, path);
  }
});

test("it only ever reads", async () => {
  assert.equal((await get("/", "POST")).status, 405);
  const head = await get("/", "HEAD");
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
});
