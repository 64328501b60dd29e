// @ts-check
// The page on which a web person puts the code together. The preview is that very code in a frame. Nothing typed is kept or sent: the
// policy in embed.html holds the browser to that, also for the preview, whose "Leave now" therefore ends here.

import { ATTRIBUTES, address, folder, height, KINDS, LOOKS } from "./snippets.js";

/** The files of this copy, for the preview. */
const FILES = new URL("../pkg/", location.href).href;
/** How long nobody types before the preview starts anew. */
const PAUSE = 500;

const byId = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, unknown>} [properties] */
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const preview = byId("preview");
/** @type {Record<string, string>} */
const hashes = await fetch(`${FILES}dist/integrity.json`)
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({})); // A copy without the file: the code then names no hash.

const LOOK = ["light-accent", "light-on", "dark-accent", "dark-on", "font", "radius"];
const settings = () => Object.fromEntries([...ATTRIBUTES, "hours", "files", ...LOOK].map((name) => [name, byId(name).value]));

// ---- what is wrong ----

/** @type {Record<string, [(text: string) => unknown, string]>} */
const CHECKS = {
  "help-url": [address, "This is no web address. It is left out."],
  "exit-url": [address, "This is no web address. It is left out."],
  height: [height, "Write a number such as 700, or the word full. It is left out."],
  files: [folder, "This is no folder and no web address. The code names /relief-screener/."],
};

function complain() {
  for (const [name, [check, fault]] of Object.entries(CHECKS)) {
    const wrong = byId(name).value.trim() !== "" && check(byId(name).value) === undefined;
    byId(`${name}-fault`).textContent = wrong ? fault : "";
    if (wrong) byId(name).setAttribute("aria-invalid", "true");
    else byId(name).removeAttribute("aria-invalid");
  }
}

const TOO_LOW = " Too low to read: it must be 4.5 or more.";

/** As WCAG defines it. @param {string} color */
function luminance(color) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** How well text can be read: on the buttons, and as a link on the ground where that is hardest. */
function judge() {
  for (const [look, { grounds }] of Object.entries(LOOKS)) {
    const accent = byId(`${look}-accent`).value;
    const button = contrast(accent, byId(`${look}-on`).value);
    const link = Math.min(...grounds.map((ground) => contrast(accent, ground)));
    // Rounded down, so that 4.49 is not called 4.5.
    const say = (/** @type {string} */ what, /** @type {number} */ ratio) =>
      make("span", {
        className: ratio < 4.5 ? "low" : "",
        textContent: `${what}: contrast ${(Math.floor(ratio * 10) / 10).toFixed(1)} to 1.${ratio < 4.5 ? TOO_LOW : ""}`,
      });
    byId(`${look}-ratio`).replaceChildren(say("Buttons", button), say("Links", link));
  }
}

// ---- the preview ----

const HEAD = `<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Preview</title><style>body { margin: 0 }</style>`;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** The code for plain HTML, with the files of this copy. Without `allow-top-navigation` the frame cannot lead this page away. */
function show() {
  const code = KINDS[0]?.code({ ...settings(), files: FILES }, hashes) ?? "";
  const frame = make("iframe", {
    title: "Preview of the form",
    srcdoc: `${HEAD}${code}`,
  });
  const tall = height(byId("height").value) ?? "700";
  frame.style.blockSize = tall === "full" ? "80vh" : /\d$/.test(tall) ? `${tall}px` : tall;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads");
  preview.replaceChildren(frame);
}

// "Leave now" in the preview leads to another site, which the policy stops.
document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  if (effectiveDirective !== "frame-src") return;
  byId("said").textContent =
    `You left. On your page, people now see ${address(byId("exit-url").value) ?? "https://www.wikipedia.org/"}. The preview starts anew.`;
  show();
});

// ---- the code ----

const NO_NEWS = "The programs in the news cannot be shown this way. Choose “The questions” above, or another way to paste.";
const WHOLE = "Write the whole address of your files above. It starts with https://.";

const places = KINDS.map((kind, at) => {
  const box = make("details", { open: at === 0, id: kind.id });
  const code = make("textarea", { readOnly: true, spellcheck: false, id: `${kind.id}-code` });
  code.setAttribute("aria-label", `Code for: ${kind.name}`);
  const steps = make("ol");
  steps.append(...kind.steps.map((step) => make("li", { textContent: step })));
  const copy = make("button", { type: "button", textContent: "Copy" });
  copy.setAttribute("aria-label", `Copy the code for: ${kind.name}`);
  const done = make("span", { className: "done" });
  done.setAttribute("role", "status");
  const fault = make("p");
  fault.append(make("strong", { className: "fault" }));
  copy.addEventListener("click", async () => {
    code.select();
    // Where the browser does not allow it, the code is selected all the same.
    const copied = await navigator.clipboard?.writeText(code.value).then(
      () => true,
      () => false,
    );
    done.textContent = copied ? "Copied." : "The code is selected. Press Ctrl and C, or Command and C.";
  });
  const inside = make("div");
  inside.append(steps, fault, code, copy, done);
  box.append(make("summary", { textContent: kind.name }), inside);
  byId("kinds").append(box);
  return { kind, code, fault, done };
});

function write() {
  const all = settings();
  for (const { kind, code, fault, done } of places) {
    const wrong = all.view && kind.form ? NO_NEWS : kind.elsewhere && !/^https?:/.test(folder(all.files) ?? "") ? WHOLE : "";
    fault.hidden = !wrong;
    if (fault.firstElementChild) fault.firstElementChild.textContent = wrong;
    code.value = wrong ? "" : kind.code(all, hashes);
    code.rows = Math.min(
      24,
      code.value.split("\n").reduce((rows, line) => rows + Math.ceil((line.length + 1) / 60), 1),
    );
    done.textContent = "";
  }
}

function change() {
  complain();
  judge();
  write();
  clearTimeout(pause);
  pause = setTimeout(show, PAUSE);
}

form.addEventListener("input", change);
form.addEventListener("submit", (event) => event.preventDefault());
complain();
judge();
write();
show();
