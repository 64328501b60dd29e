// Whether a port of this machine is free; where it is not, one line says who has it and what to do. Holds and ends nothing.

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

const [flag, text, ...rest] = process.argv.slice(2);
const port = Number(text);
if (flag !== "--port" || !/^\d{1,5}$/.test(text ?? "") || port > 65535 || rest.length)
  stop("usage: npm start -- --port N (0 takes any free port)");

createServer()
  .on("error", ({ code }) => stop(code === "EADDRINUSE" ? taken() : `port ${port} cannot be used (${code}). ${cure()}`))
  .listen(port, "127.0.0.1", function () {
    this.close();
  });

function taken() {
  return `port ${port} is taken by ${holder() ?? "another program"}. Stop it, or take another port. ${cure()}`;
}

function cure() {
  return `For example: npm start -- --port ${port < 1024 || port > 65534 ? 8081 : port + 1}`;
}

/** The program that listens there, where the system lets us see it. */
function holder() {
  const read = (work) => {
    try {
      return work();
    } catch {
      return undefined; // Another system, or a program of somebody else.
    }
  };
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const LISTENS = "0A";
  const lines = ["tcp", "tcp6"].flatMap((table) => read(() => readFileSync(`/proc/net/${table}`, "utf8").split("\n")) ?? []);
  const rows = lines.map((line) => line.trim().split(/\s+/));
  const sockets = rows.filter(([, local, , state]) => state === LISTENS && local.endsWith(end)).map((row) => `socket:[${row[9]}]`);
  for (const id of read(() => readdirSync("/proc").filter((name) => /^\d+$/.test(name))) ?? []) {
    const open = read(() => readdirSync(`/proc/${id}/fd`)) ?? [];
    if (!open.some((fd) => sockets.includes(read(() => readlinkSync(`/proc/${id}/fd/${fd}`))))) continue;
    return `${read(() => readFileSync(`/proc/${id}/comm`, "utf8").trim())} (process ${id})`;
  }
  return undefined;
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}
