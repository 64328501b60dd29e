#!/usr/bin/env node
// `relief-screener check URL`: opens a page in a browser that is installed here, and says what stands in the way of the form there. It
// changes nothing, answers nothing in the form, and reports to nobody but whoever started it.

import { CannotLook } from "./browser.js";
import { addressOf, check } from "./check.js";

const HELP = `relief-screener check URL [--json]

Opens the page twice in the Chrome, Chromium or Edge of this machine, as a phone and as a desktop, and says what
stands in the way of the form and who else watches its visitors. It presses nothing and answers nothing.

  --json   the same for programs
  --help   this text

What it finds is told here and sent to nobody. The page is opened as any visitor would open it: what the page
itself loads from others is loaded now too. The browser gets an empty profile, which is deleted.
The browser is looked for in the usual places; CHROME_PATH names another one.

Ends with 0 if all is fine, 1 if something is to be mended, 2 if the page could not be looked at.
`;

/** @type {Record<string, string>} */
const HOW = { ready: "is ready", failed: "does not run", loading: "is still loading", waiting: "was never in sight" };

/** The same for people. @param {Awaited<ReturnType<typeof check>>} result */
function told({ address, fine, form, findings }) {
  const lines = [`Looked at ${address}, as a phone and as a desktop.`, ""];
  for (const { on, state, mode } of form) {
    const how = HOW[state ?? ""] ?? "stands in a plain frame";
    lines.push(`On a ${on} the form ${how}${state && mode ? ` (${mode})` : ""}.`);
  }
  for (const [level, title] of [
    ["mend", "To mend:"],
    ["know", "Good to know:"],
  ]) {
    const some = findings.filter((one) => one.level === level);
    if (some.length) lines.push("", title, ...some.flatMap(({ text, cure }) => [`- ${text}`, `  ${cure}`]));
  }
  lines.push("", fine ? "Nothing is to be mended." : "Something is to be mended: see above.");
  return `${lines.join("\n")}\n`;
}

/** @param {string[]} words */
async function run(words) {
  const flags = words.filter((word) => word.startsWith("-"));
  const [command, address, ...rest] = words.filter((word) => !word.startsWith("-"));
  if (flags.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  if (command !== "check" || !address || rest.length || flags.some((flag) => flag !== "--json")) {
    process.stderr.write(HELP);
    return 2;
  }
  try {
    const result = await check(addressOf(address));
    process.stdout.write(flags.includes("--json") ? `${JSON.stringify(result, null, 2)}\n` : told(result));
    return result.fine ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof CannotLook)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    return 2;
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(2));
process.exitCode = await run(process.argv.slice(2));
