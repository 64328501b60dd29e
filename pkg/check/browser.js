// An installed Chrome, Chromium or Edge, spoken to over two pipes: it opens no port, and nobody else on this machine can give it orders.
// It gets an empty profile of its own, which is deleted; the person's own browser and its history are not touched. Nothing is downloaded.

import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Nothing but what the page itself asks for. */
const FLAGS = [
  "--headless",
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--mute-audio",
  "--metrics-recording-only",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-client-side-phishing-detection",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-features=MediaRouter,OptimizationHints,Translate",
  "--disable-gpu",
  "--disable-sync",
];
/** How long the browser may take to answer an order, and to end. */
const PATIENCE = 30_000;
const ENDING = 5000;

/** What could not be looked at: nothing is wrong with the page. */
export class CannotLook extends Error {}

const NAMES = {
  linux: ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge", "microsoft-edge-stable"],
  darwin: ["Google Chrome", "Chromium", "Microsoft Edge"],
  win32: ["Google\\Chrome\\Application\\chrome.exe", "Chromium\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"],
};

/** Where a browser usually is. Only the places of Linux have been tried.
 * @param {string} platform @param {Record<string, string | undefined>} env @returns {string[]} */
export function places(platform, env) {
  if (platform === "darwin") {
    const folders = ["/Applications", join(homedir(), "Applications")];
    return folders.flatMap((folder) => NAMES.darwin.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === "win32") {
    const folders = [env.ProgramFiles, env["ProgramFiles(x86)"], env.LocalAppData].filter(Boolean);
    return folders.flatMap((folder) => NAMES.win32.map((name) => `${folder}\\${name}`));
  }
  const folders = [...(env.PATH ?? "").split(delimiter).filter(Boolean), "/usr/bin", "/snap/bin"];
  return NAMES.linux.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The program to start. @param {string} [platform] @param {Record<string, string | undefined>} [env] */
export function find(platform = process.platform, env = process.env) {
  const runs = (/** @type {string} */ path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const named = env.CHROME_PATH;
  if (named && !runs(named)) throw new CannotLook(`CHROME_PATH names ${named}, which is no program.`);
  const found = named ?? places(platform, env).find(runs);
  if (!found) throw new CannotLook("No Chrome, Chromium or Edge was found. Install one, or set CHROME_PATH to its program file.");
  return found;
}

/** Starts it. @param {string} program @param {string[]} [more] flags */
export async function open(program, more = []) {
  const profile = mkdtempSync(join(tmpdir(), "relief-screener-check-"));
  // Started by root, it has no sandbox of its own to offer.
  const flags = [...FLAGS, `--user-data-dir=${profile}`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...more];
  const child = spawn(program, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , orders, answers] = /** @type {any} */ (child.stdio);
  /** @type {Map<number, { resolve: (value: any) => void, reject: (fault: Error) => void, timer: NodeJS.Timeout }>} */
  const waiting = new Map();
  /** @type {Set<(message: any) => void>} */
  const listeners = new Set();
  let last = 0;
  let gone = false;

  const ended = new Promise((resolve) => {
    const end = () => {
      gone = true;
      for (const { reject } of waiting.values()) reject(new CannotLook(`The browser ended by itself: ${program}`));
      resolve(undefined);
    };
    child.once("exit", end).once("error", end);
  });
  orders.on("error", () => {}); // It has ended, which is heard above.
  const wipe = () => {
    child.kill("SIGKILL");
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  process.once("exit", wipe); // Somebody had no patience.

  // Each message ends with a zero byte.
  let rest = Buffer.alloc(0);
  answers.on("data", (/** @type {Buffer} */ bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      hear(JSON.parse(rest.subarray(0, end).toString()));
      rest = rest.subarray(end + 1);
    }
  });
  /** @param {any} message */
  function hear(message) {
    const asked = waiting.get(message.id);
    if (!asked) for (const listener of listeners) listener(message);
    else if (message.error) asked.reject(new Error(message.error.message));
    else asked.resolve(message.result);
  }

  return {
    /** @param {string} method @param {object} [params] @param {string} [sessionId] @returns {Promise<any>} */
    send(method, params = {}, sessionId = undefined) {
      if (gone) return Promise.reject(new CannotLook(`The browser does not start: ${program}`));
      last += 1;
      const id = last;
      const answer = new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new CannotLook(`The browser does not answer (${method}).`)), PATIENCE);
        waiting.set(id, { resolve, reject, timer });
      });
      orders.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return answer.finally(() => {
        clearTimeout(waiting.get(id)?.timer);
        waiting.delete(id);
      });
    },
    /** @param {(message: any) => void} listener @returns {() => void} which ends it */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (!gone) this.send("Browser.close").catch(() => {});
      const timer = setTimeout(() => child.kill("SIGKILL"), ENDING);
      await ended;
      clearTimeout(timer);
      process.off("exit", wipe);
      wipe();
    },
  };
}
