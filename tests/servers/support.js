// What the tests with real servers share: a folder that goes away, programs that end with the test, ports, and a witness that nobody may
// reach. Nothing of the machine's own servers is touched: each one here has its files in that folder and a port of 127.0.0.1.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

export const work = mkdtempSync(join(tmpdir(), "servers-"));
/** Some servers give up root for a name of their own, and have to find their files all the same. */
execFileSync("chmod", ["755", work]);

/** What still runs, and how it ends. @type {(() => unknown)[]} */
export const ends = [];
after(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(work, { recursive: true, force: true });
});

/** Runs a program to its end. */
export const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], maxBuffer: 1 << 26, ...options });

/** A port that nobody has. */
export async function port() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port: free } = server.address();
  await new Promise((done) => server.close(done));
  return free;
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts a program, and waits until something listens at a port or a socket. @param {string} program @param {string[]} args
 * @param {{ at: number | string, env?: object }} options */
export async function starts(program, args, { at, env = {} }) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said = (said + text).slice(-4000)));
  const gone = new Promise((done) => child.once("exit", done));
  ends.push(() => {
    // With all that it started itself.
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
    return gone;
  });
  const listens = () =>
    new Promise((done) => {
      const socket = connect(typeof at === "number" ? { port: at, host: "127.0.0.1" } : { path: at });
      socket
        .once("error", () => done(false))
        .once("connect", () => {
          socket.destroy();
          done(true);
        });
    });
  for (let i = 0; i < 300; i += 1) {
    if (child.exitCode !== null) assert.fail(`${program} ended: ${said}`);
    if (await listens()) return child;
    await wait(100);
  }
  assert.fail(`${program} does not answer: ${said}`);
}

/** Another machine, as far as the browser can tell. It notes the paths that it is asked for, and answers everybody.
 * @param {string[]} [leading] paths from which it leads on */
export async function witness(leading = []) {
  const asked = new Set();
  const server = createServer(({ url }, response) => {
    asked.add(url);
    if (leading.includes(url)) return response.writeHead(302, { location: `/led-on?from=${url}` }).end();
    response.writeHead(200, { "content-type": "text/html", "access-control-allow-origin": "*" }).end("<title>Another machine</title>");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  /** Waits until somebody asked for this. */
  const arrived = async (path) => {
    for (let i = 0; i < 100 && !asked.has(path); i += 1) await wait(50);
    assert.ok(asked.has(path), `${path} did not arrive`);
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, arrived };
}
