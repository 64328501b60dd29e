// The pages of others, whichever browser shows them: what each lets in, and what comes of it.

import hashes from "../../pkg/dist/hashes.js";

export const DIST = "/pkg/dist";
/** The hashes of the scripts, as a policy names them. */
export const named = hashes.form.map((hash) => `'${hash}'`).join(" ");
const csp = (text) => ({ "content-security-policy": text });
/** A policy of the page alone. */
const policy = (text) => ({ headers: csp(text) });
/** What a server sends with every file that it has. */
const everywhere = (headers) => ({ headers, everywhere: headers });
const classic = `<script src="${DIST}/relief-screener.js"></script>`;
const NONE = "require-trusted-types-for 'script'; trusted-types 'none'";
const NONCE = "script-src 'nonce-abc' 'strict-dynamic'";
const nonced = '<script type="module" nonce="abc" src="/pkg/define.js"></script>';
/** Shared with no other origin: not even with a sandboxed frame of one's own. */
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * @typedef {object} Outcome
 * @property {string} chromium the kind of frame, or the code of the error
 * @property {string} [without] the same where WebAssembly does not run
 * @property {string[]} [others] the same in other browsers, which do not agree on all of it; without it they are not asked. To WebKit a
 * sandboxed frame is not the site itself, `'self'`, so there a site has to be named by its address.
 */
/** @type {[name: string, page: object, outcome: Outcome][]} */
export const HOSTS = [
  ["no policy", {}, { chromium: "sealed", others: ["sealed"] }],
  ["script-src 'self'", policy("script-src 'self'"), { chromium: "hosted", others: ["hosted"] }],
  ["default-src 'self'", policy("default-src 'self'"), { chromium: "hosted" }],
  [
    "'self' 'unsafe-inline', which forbids WebAssembly",
    policy("script-src 'self' 'unsafe-inline'"),
    { chromium: "hosted", without: "sealed", others: ["hosted", "sealed"] },
  ],
  [
    "the hashes and WebAssembly",
    policy(`default-src 'none'; script-src 'self' ${named} 'wasm-unsafe-eval'; style-src 'none'`),
    { chromium: "sealed", others: ["sealed"] },
  ],
  [
    "the hashes without WebAssembly",
    policy(`script-src 'self' ${named}`),
    { chromium: "hosted", without: "sealed", others: ["hosted", "sealed"] },
  ],
  [
    "the hashes, neither WebAssembly nor frames",
    policy(`script-src 'self' ${named}; frame-src 'none'`),
    { chromium: "sealed", others: ["sealed"] },
  ],
  ["only the first of the hashes", policy(`script-src 'self' '${hashes.form[0]}' 'wasm-unsafe-eval'`), { chromium: "hosted" }],
  ["Trusted Types", policy("require-trusted-types-for 'script'"), { chromium: "sealed", others: ["sealed"] }],
  ["Trusted Types with any policy", policy("require-trusted-types-for 'script'; trusted-types *"), { chromium: "sealed" }],
  ["Trusted Types with none", policy(NONE), { chromium: "hosted", others: ["hosted", "sealed"] }],
  ["Trusted Types with none, and no frames", policy(`${NONE}; frame-src 'none'`), { chromium: "policy" }],
  ["script-src 'self' and no frames", policy("script-src 'self'; frame-src 'none'"), { chromium: "policy" }],
  ["no fetch", policy("connect-src 'none'"), { chromium: "sealed" }],
  ["a nonce without WebAssembly", { content: nonced, ...policy(NONCE) }, { chromium: "hosted", without: "sealed" }],
  ["script-src 'self' with every file", everywhere(csp("script-src 'self'")), { chromium: "hosted", others: ["hosted", "policy"] }],
  ["default-src 'self' with every file", everywhere(csp("default-src 'self'")), { chromium: "hosted" }],
  ["this site by its address with every file", everywhere(csp("default-src ORIGIN")), { chromium: "hosted", others: ["hosted"] }],
  [
    "script-src 'self' 'wasm-unsafe-eval' with every file, framed by this site alone",
    everywhere({ ...csp("script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'self'"), "x-frame-options": "SAMEORIGIN" }),
    { chromium: "hosted" },
  ],
  ["a nonce with every file", { content: nonced, ...everywhere(csp(NONCE)) }, { chromium: "sealed" }],
  ["Trusted Types with every file", everywhere(csp("require-trusted-types-for 'script'")), { chromium: "sealed" }],
  ["Trusted Types with none, with every file", everywhere(csp(NONE)), { chromium: "policy" }],
  [
    "script-src 'self' with every file, none of which may be framed",
    everywhere({ ...csp("script-src 'self'"), "x-frame-options": "DENY" }),
    { chromium: "policy" },
  ],
  ["isolated from other sites", everywhere(ISOLATED), { chromium: "sealed" }],
  [
    "isolated, script-src 'self'",
    { ...everywhere(ISOLATED), headers: { ...ISOLATED, ...csp("script-src 'self'") } },
    { chromium: "hosted" },
  ],
  ["isolated, script-src 'self' with every file", everywhere({ ...ISOLATED, ...csp("script-src 'self'") }), { chromium: "policy" }],
  [
    "the same, where the page says that its own scripts may see",
    { attributes: "inline", ...everywhere({ ...ISOLATED, ...csp("script-src 'self'") }) },
    { chromium: "inline" },
  ],
  [
    "not shared with others, script-src 'self' with every file, and the page says so",
    { attributes: "inline", ...everywhere({ "cross-origin-resource-policy": "same-origin", ...csp("script-src 'self'") }) },
    { chromium: "inline", others: ["inline"] },
  ],
  ["the same word where a sealed frame runs", { attributes: "inline" }, { chromium: "sealed" }],
  ["the classic script", { content: classic }, { chromium: "hosted", others: ["hosted"] }],
  ["the classic script under script-src 'self'", { content: classic, ...policy("script-src 'self'") }, { chromium: "hosted" }],
  ["a hosted frame by its address", { attributes: `src="${DIST}/hosted.html"` }, { chromium: "hosted" }],
  ["the one file by its address", { attributes: `src="${DIST}/relief-screener.html"` }, { chromium: "hosted", others: ["hosted"] }],
  ["a frame that is not there", { attributes: `src="/nowhere.html"` }, { chromium: "policy" }],
];
