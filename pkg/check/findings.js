// What stands in the way of the form on a page, from what was seen there, in sentences for a web person: what is so, and what to change. It
// looks nowhere by itself. `mend` keeps the form from working or gives a visit away; `know` is worth a thought.

import { lineFor } from "../cures.js";
import { FORM_PAGE } from "./look.js";
import { LEFT_BEHIND, named, RECORDERS, TRACKERS } from "./watchers.js";

/** @typedef {import("./look.js").Sight} Sight */
/** @typedef {{ id: string, level: "mend" | "know", text: string, cure: string }} Finding */
/** Whether a file is the one that its integrity.json names, by folder.
 * @typedef {Record<string, (file: string, body: Buffer) => boolean>} Hashes */

/** The seal of a plain frame; `tests/node/docs.test.js` holds it to that of the element. */
const SEAL =
  "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-top-navigation-by-user-activation";
const WAYS = `In WordPress use the plugin, or a "Custom HTML" block as an administrator. Elsewhere use a frame: <iframe sandbox="${SEAL}" src=".../dist/frame.html">.`;
const NARROW = 300;
const SCRIPT = /\/(define|element|relief-screener)\.js($|\?)/;
/** What a module or a classic script may be called. */
const JAVASCRIPT = /javascript|ecmascript/;

/** The folder of the package that a script of ours lies in. @param {string} url */
const folderOf = (url) => new URL(url).href.replace(/[?#].*$/, "").replace(/(dist\/)?[^/]*$/, "");

/** The folders from which a page takes the form. @param {Sight} sight @returns {string[]} */
export function foldersOf({ requests, sent, frames }) {
  const element = sent.includes("<relief-screener") || frames.some(({ elements }) => elements.length);
  const asked = new Set(requests.map(({ url }) => url.replace(/[?#].*$/, "")));
  // Others may have a script of such a name; but not with both of ours beside each other.
  const ours = requests.filter(({ url, type }) => {
    if (type === "Document") return FORM_PAGE.test(url);
    return (
      SCRIPT.test(url) &&
      (element || url.includes("relief-screener") || ["define.js", "dist/element.js"].every((file) => asked.has(`${folderOf(url)}${file}`)))
    );
  });
  return [...new Set(ours.map(({ url }) => folderOf(url)))];
}

/** @param {Sight[]} sights of the same page in several widths @param {Hashes} hashes @returns {Finding[]} */
export function findings(sights, hashes) {
  /** @type {Map<string, Finding>} */
  const all = new Map();
  const add = (/** @type {Finding["level"]} */ level, /** @type {string} */ id, /** @type {string} */ text, /** @type {string} */ cure) => {
    if (!all.has(`${id} ${text}`)) all.set(`${id} ${text}`, { id, level, text, cure });
  };
  for (const sight of sights) {
    const folders = foldersOf(sight);
    presence(sight, folders, add);
    files(sight, folders, hashes, add);
    policies(sight, folders, add);
    seal(sight, add);
    state(sight, add);
    place(sight, add);
  }
  watchers(sights, add);
  server(sights, add);
  return [...all.values()];
}

/** @typedef {(level: Finding["level"], id: string, text: string, cure: string) => void} Add */

/** Elements and plain frames of the form, wherever on the page they are. @param {Sight} sight */
const placesOf = ({ frames }) => ({
  elements: frames.flatMap(({ elements }) => elements),
  plain: frames.flatMap((one) => one.frames),
});

/** Whether the form is on the page at all. @param {Sight} sight @param {string[]} folders @param {Add} add */
function presence(sight, folders, add) {
  const { elements, plain } = placesOf(sight);
  const bare = sight.sent.replace(/<!--[\s\S]*?-->/g, "");
  const sent = /<relief-screener[\s>/]/i.test(bare);
  const script = folders.length > 0;
  if (/<relief-screener\b[^<>]*\/>/i.test(bare)) {
    add(
      "mend",
      "self-closed",
      "The tag is written <relief-screener ... />. HTML has no such end: what stands behind it belongs to the form, and may not show.",
      "Write the end tag: <relief-screener ...></relief-screener>.",
    );
  }
  if (/&lt;relief-screener/i.test(bare)) {
    add("mend", "shown-as-text", "The code of the form shows on the page as text.", `It was pasted as text. ${WAYS}`);
    return;
  }
  if (!elements.length && !plain.length) {
    if (sent)
      add(
        "mend",
        "removed",
        "The server sends <relief-screener>, but a script of the page takes it away.",
        "Look which script does that, or use the code for a frame.",
      );
    else if (script)
      add(
        "mend",
        "element-missing",
        "The script of the form is on the page, but the tag <relief-screener> is not.",
        `An editor took the tag away. ${WAYS}`,
      );
    else
      add(
        "mend",
        "not-there",
        "The form is not on this page: there is neither <relief-screener> nor its script nor a frame with the form.",
        `If you pasted the code, an editor took it away. ${WAYS}`,
      );
    return;
  }
  if (elements.length && !script && elements.every(({ defined }) => !defined))
    add(
      "mend",
      "script-missing",
      "The tag <relief-screener> is on the page, but its script is not.",
      `An editor took the script away. ${WAYS}`,
    );
  if (elements.length && !sent && sight.frames.some((one) => one.top && one.elements.length)) {
    add(
      "know",
      "by-script",
      "The form is put on the page by a script: without JavaScript people see nothing of it.",
      "Put your phone number on the page itself too, as the server sends it.",
    );
  }
}

/** Whether what belongs to the form comes as it should. @param {Sight} sight @param {string[]} folders @param {Hashes} hashes @param {Add} add */
function files(sight, folders, hashes, add) {
  const ours = sight.requests.filter(({ url }) => folders.some((folder) => url.startsWith(folder)));
  const local = new URL(sight.url);
  for (const { url, status = 0, mime = "", headers = {}, failed, blocked, cors, type } of ours) {
    const script = /\.m?js($|\?)/.test(url);
    const charset = /charset="?([\w-]+)/i.exec(headers["content-type"] ?? "")?.[1];
    if (status >= 400)
      add("mend", "file-missing", `A file of the form does not come: ${url} (${status}).`, "Upload the whole folder of one version.");
    else if (blocked === "mixed-content")
      add("mend", "mixed", `The page is https, but a file of the form is not: ${url}.`, "Write https:// in its address.");
    else if (cors)
      add(
        "mend",
        "cors",
        `A file of the form lies on another server, which does not let this page use it: ${url}.`,
        "Put the folder on the server of the page; or let the other server send the header: Access-Control-Allow-Origin: *",
      );
    else if (failed && !blocked && failed !== "net::ERR_ABORTED" && type !== "Document")
      add("mend", "file-missing", `A file of the form does not come: ${url} (${failed}).`, "Look whether its server answers.");
    else if (status === 200 && script && !JAVASCRIPT.test(mime))
      add(
        "mend",
        "file-type",
        `The server calls a script of the form "${mime || "nothing"}": ${url}. A browser does not run that.`,
        "Let the server send it as: Content-Type: text/javascript; charset=utf-8",
      );
    if (status === 200 && charset && (script || type === "Document") && !/^(utf-?8|us-ascii)$/i.test(charset))
      add(
        "know",
        "file-charset",
        `The server calls the letters of ${url} ${charset}.`,
        "Let the server send: Content-Type: text/javascript; charset=utf-8",
      );
  }
  for (const line of sight.lines)
    if (/integrity/i.test(line) && folders.some((folder) => line.includes(folder)))
      add(
        "mend",
        "integrity",
        "A script of the form is not the one that the code names by its hash, so the browser does not run it.",
        "Copy the code again from the version that you uploaded, or upload that version again.",
      );
  for (const folder of folders) {
    for (const { url, body } of sight.bodies)
      if (url.startsWith(folder) && body && hashes[folder] && !hashes[folder](url.slice(folder.length).replace(/\?.*$/, ""), body))
        add(
          "mend",
          "file-other",
          `A file is not the one of its version: ${url}.`,
          "Upload the whole folder of one version, and let no tool rewrite the files.",
        );
    if (new URL(folder).host !== local.host)
      add(
        "know",
        "files-elsewhere",
        `The files of the form come from ${new URL(folder).host}, which learns who opens this page.`,
        "Put the folder on your own server.",
      );
  }
  const copies = [
    ...new Set(ours.map(({ url }) => url.replace(/[?#].*$/, "")).filter((url) => /\/(element|relief-screener)\.js$/.test(url))),
  ];
  if (copies.length > 1) {
    const bodies = copies.map((url) => sight.bodies.find((one) => one.url.startsWith(url))?.body?.toString() ?? url);
    const versions = copies.every((url) => url.endsWith("/element.js")) && new Set(bodies).size > 1;
    add(
      "mend",
      "two-copies",
      `The page loads the form ${versions ? "in two versions" : "twice"}: ${copies.join(" and ")}. Only the one that comes first counts.`,
      "Take one of the two scripts off the page.",
    );
  }
}

/** What the page's own rules for browsers stop. @param {Sight} sight @param {string[]} folders @param {Add} add */
function policies(sight, folders, add) {
  for (const { url, blocked, failed, type, headers = {} } of sight.requests) {
    if (!folders.some((folder) => url.startsWith(folder))) continue;
    if (type === "Document" && failed === "net::ERR_BLOCKED_BY_RESPONSE") {
      const { origin } = new URL(sight.url);
      const said = ["x-frame-options", "content-security-policy"]
        .filter((name) => headers[name])
        .map((name) => `${name}: ${headers[name]}`);
      add(
        "mend",
        "frame-refused",
        `The page with the form may not be shown in a frame here: ${url}${said.length ? ` is sent with ${said.join(", ")}` : ""}.`,
        `For the files of the form, let the server leave out X-Frame-Options and send: Content-Security-Policy: frame-ancestors 'self' ${origin}`,
      );
    } else if (type === "Script" && blocked === "csp")
      add(
        "mend",
        "script-policy",
        `The policy of this page does not let the script of the form run: ${url}.`,
        `Add to its Content-Security-Policy: script-src ${new URL(url).origin}. If the form then still does not run: ${lineFor("policy")}`,
      );
  }
  const { elements } = placesOf(sight);
  if (!sight.errors.includes("policy") && !elements.some(({ state: one }) => one === "failed")) return;
  for (const { directive, blocked, policy } of sight.violations)
    add(
      "know",
      "violation",
      `The policy of this page stopped something (${directive}: ${blocked || "a text of a script"}).`,
      `It says: ${policy}`,
    );
}

/** Whether the page can look into the form. @param {Sight} sight @param {Add} add */
function seal(sight, add) {
  const { elements, plain } = placesOf(sight);
  if (plain.some(({ open }) => open))
    add(
      "mend",
      "frame-open",
      "The form stands in a plain frame of this website itself, so the scripts of this page could read what is answered.",
      `Add to the <iframe>: sandbox="${SEAL}"`,
    );
  if (elements.some(({ mode }) => mode === "inline"))
    add(
      "know",
      "inline",
      "The form runs inline: the scripts of this page could read what is answered.",
      `Take \`inline\` off the tag once a sealed frame runs here. ${lineFor("policy")}`,
    );
}

/** How far the form came. @param {Sight} sight @param {Add} add */
function state(sight, add) {
  const { elements, plain } = placesOf(sight);
  for (const code of new Set(sight.errors)) {
    // The page's own copy knows its own hashes.
    const start = `relief-screener (${code}): `;
    const line = sight.lines.find((one) => one.startsWith(start))?.slice(start.length);
    const soft = code === "language" || code === "rules";
    const text = soft
      ? `The form runs, but something of it is missing (${code}).`
      : `The form does not run (${code}). People see your own text in its place.`;
    add("mend", `error-${code}`, text, line ?? lineFor(/** @type {any} */ (code)));
  }
  for (const { state: how, defined, width } of elements) {
    if (defined && how !== "ready" && how !== "failed" && width > 0)
      add("mend", "endless", `The form is still not ready after a long wait (${how}).`, lineFor("timeout"));
  }
  if (!elements.length && plain.length && !sight.frames.some(({ form }) => form)) {
    add(
      "mend",
      "frame-empty",
      "There is a frame for the form, but the form is not in it.",
      "Open the address of the frame by itself: the form must show there. Look whether the file is there, and whether the frame may run scripts.",
    );
  }
}

/** Where it stands. @param {Sight} sight @param {Add} add */
function place(sight, add) {
  const { elements, plain } = placesOf(sight);
  for (const { width, height } of [...elements, ...plain]) {
    if (width === 0 || height === 0)
      add(
        "mend",
        "hidden",
        `The place of the form is not to be seen (${sight.name}).`,
        "Take away what hides it, such as display: none or a shut tab.",
      );
    else if (width < NARROW)
      add(
        "mend",
        "narrow",
        `The place of the form is only ${width} pixels wide (${sight.name}).`,
        `Give it ${NARROW} or more: less padding around it, or no second column.`,
      );
  }
  for (const { start } of sight.frames) {
    const visible = Math.min(...[...elements, ...plain].map((one) => one.visible), start?.window ?? 0);
    if (start && start.bottom > visible)
      add(
        "mend",
        "start-hidden",
        `The button that starts the form is below the edge of its place (${sight.name}).`,
        'Make the form and the box around it higher, for example height="900", or wider.',
      );
  }
}

/** Who else learns of a visit. @param {Sight[]} sights @param {Add} add */
function watchers(sights, add) {
  const hosts = others(sights).map((origin) => new URL(origin).host.replace(/:\d+$/, ""));
  const recorders = [
    ...hosts.flatMap((host) => named(RECORDERS, host) ?? []),
    ...sights.flatMap(({ frames }) =>
      frames.flatMap(({ globals }) => globals.flatMap((name) => /** @type {any} */ (LEFT_BEHIND)[name] ?? [])),
    ),
  ];
  const LEAVE = "Take it off this page.";
  const SEES = "It cannot see into the form, but it sees that somebody opened this page, and from where.";
  for (const name of new Set(recorders)) add("mend", "recorder", `${name} records what visitors do on this page. ${SEES}`, LEAVE);
  for (const name of new Set(hosts.flatMap((host) => named(TRACKERS, host) ?? [])))
    add("mend", "tracker", `This page tells ${name} about its visitors. ${SEES}`, LEAVE);
  const rest = hosts.filter((host) => !named(RECORDERS, host) && !named(TRACKERS, host));
  if (rest.length) {
    const list = [...new Set(rest)].sort().join(", ");
    add(
      "know",
      "other-hosts",
      `Other servers learn of each visit, because this page loads something from them: ${list}.`,
      "Serve it from your own server, or take it off.",
    );
  }
}

/** The other origins that a page asks. @param {Sight[]} sights */
const others = (sights) => {
  const own = new Set(sights.map(({ url }) => new URL(url).host));
  const asked = sights.flatMap(({ requests }) => requests.flatMap(({ url, hops }) => [url, ...hops])).map((url) => new URL(url));
  return [...new Set(asked.filter(({ host }) => !own.has(host)).map(({ origin }) => origin))].sort();
};

/** What the server says with the page. @param {Sight[]} sights @param {Add} add */
function server(sights, add) {
  const [{ url, headers: sent, frames } = /** @type {Sight} */ (/** @type {unknown} */ ({}))] = sights;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:" && !/^(localhost|127\.|\[::1\])/.test(hostname))
    add("mend", "http", "The page is not https: everybody on the way can read it and change it.", "Serve it by https only.");
  const policy = sent["referrer-policy"] ?? frames.find(({ top }) => top)?.referrer ?? "";
  if (!/no-referrer(?!-when)|same-origin/.test(policy))
    add(
      "know",
      "referrer",
      "Where a visitor follows a link from this page, the other site learns from where.",
      "Send the header: Referrer-Policy: no-referrer",
    );
  const { elements } = placesOf(/** @type {Sight} */ (sights[0]));
  const list = sent["connection-allowlist"] ?? "";
  const exits = [...new Set(elements.map(({ exit }) => `${new URL(exit, url).origin}/*`))];
  const header = `Connection-Allowlist: (response-origin${exits.map((exit) => ` "${exit}"`).join("")}); redirects=allow`;
  if (list && exits.some((exit) => !list.includes(exit)))
    add("mend", "exit-blocked", "'Leave now' ends on an error: the list of connections does not let it lead away.", `Send: ${header}`);
  if (list && elements.some(({ mode }) => mode === "sealed"))
    add(
      "mend",
      "links-blocked",
      "The links of the form, such as legal help, do not open: its frame takes the list of connections over from this page.",
      'Give the tag a frame of its own: <relief-screener src=".../dist/hosted.html">, with the address of your files.',
    );
  if (!/response-origin/.test(list)) {
    const stopped = others(sights);
    const first = stopped.length
      ? `Before you do: it would also stop what this page now loads from ${stopped.join(", ")}.`
      : "Nothing that this page loads now would be stopped by it.";
    add(
      "know",
      "allowlist",
      "The page may reach any server. A header can forbid that, also to whoever breaks into the page.",
      `${first} The header: ${header}. With it give the tag a frame of its own, so that the links of the form open: src=".../dist/hosted.html".`,
    );
  }
}
