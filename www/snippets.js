// @ts-check
// The code to paste, for each place that a web person may have. From settings to text and nothing else: no page, no request, no memory.
// Every value goes through the escape of the language that it lands in, whatever it holds.

/** What a page may set: attributes of the element by their names, and what only the code knows.
 * @typedef {Record<string, string | undefined>} Settings */
/** @typedef {(settings: Settings, hashes: Record<string, string>) => string} Code */
/**
 * @typedef {object} Kind
 * @property {string} id
 * @property {string} name
 * @property {string[]} steps what to do with the code, one step a line
 * @property {Code} code
 * @property {boolean} [form] it can show the form, but not the programs in the news
 * @property {boolean} [elsewhere] the files lie on another site, so their address has to be whole
 */

/** The attributes that the page asks for, in the order in which the code names them. */
export const ATTRIBUTES = ["view", "lang", "help-name", "help-phone", "help-url", "reviewed-by", "exit-url", "heading-level", "height"];

/** What the element knows and this page does not ask for, and why. */
export const LEFT_OUT = {
  languages: "every language that there is stands in the menu",
  "as-of": "families need the law of today; another day is for previews",
  rules: "rules of one's own need a build of one's own",
  "rules-integrity": "goes with `rules`",
  "rules-key": "goes with `rules`",
  "rules-older": "goes with `rules`",
  routes: "takes ids that nobody guesses",
  src: "the element finds its way by itself",
  inline: "takes the seal away: nobody should do that without reading what it means",
};

/** The colors that count where none is set, and the grounds that they stand on: those of pkg/style.css. */
export const LOOKS = {
  light: { accent: "#0b5563", on: "#ffffff", grounds: ["#f3f5f4", "#ffffff", "#e6f1f2"] },
  dark: { accent: "#7fd0de", on: "#06262c", grounds: ["#10171c", "#18222a", "#17343b"] },
};

/** Nothing is loaded for letters, so only what a device has can be named. */
export const FONTS = {
  serif: "Georgia, 'Times New Roman', serif",
  wide: "Verdana, Tahoma, sans-serif",
  plain: "Arial, Helvetica, sans-serif",
};

const FILES = "/relief-screener/";
const HELP = "https://www.immigrationlawhelp.org/";

// ---- escapes ----

/** @type {Record<string, string>} */
const NAMED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** @param {string} text @param {RegExp} which */
const entities = (text, which) => text.replace(which, (one) => NAMED[one] ?? `&#${one.codePointAt(0)};`);

/** For HTML, as text or between double quotes. Brackets too: WordPress looks for shortcodes in every value. @param {string} text */
export const html = (text) => entities(text, /[&<>"[\]\r\n\t]/g);

/** For a value in a WordPress shortcode, which ends at a bracket, loses its backslashes and unusual spaces, and is dropped for an open `<`.
 * The plugin writes it into HTML as it stands, entities and all. @param {string} text */
export const shortcode = (text) => entities(text, /[&<>"[\]\\\r\n\t\u00a0\u200b]/g);

/** For a value in JSX: in quotes where nothing in it means anything, else as a text of JavaScript. @param {string} text */
export const jsx = (text) => (/^[\w #%()*+,\-./:;=?@~]*$/.test(text) ? `"${text}"` : `{${JSON.stringify(text)}}`);

// ---- settings ----

/** A web address, with `https://` before it where somebody left that out; nothing where it is none. @param {string} [text] */
export function address(text) {
  const given = text?.trim() ?? "";
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(given) && !/^[^/]*\.[^/]*:\d/.test(given) ? given : `https://${given}`);
    return /^https?:$/.test(url.protocol) && url.hostname.includes(".") ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Where the files are: a whole address, or a folder of the same site; nothing where it is neither. @param {string} [text] */
export function folder(text) {
  const given = text?.trim() || FILES;
  const whole = /^(https?:)?\/\//i.test(given);
  if (whole ? !URL.canParse(given, "https://x/") : /^[a-z][a-z0-9+.-]*:/i.test(given)) return undefined;
  if (/[?#\\\s]/.test(given)) return undefined;
  return given.endsWith("/") ? given : `${given}/`;
}

/** Pixels, a length, or `full`; nothing where it is none of these. @param {string} [text] */
export const height = (text) => text?.trim().match(/^(full|\d{2,4}(px|vh|rem|em)?)$/)?.[0];

/** The attributes that the code names: what was given, and is what it has to be. @param {Settings} settings @returns {[string, string][]} */
function attributes(settings) {
  /** @type {Record<string, (text?: string) => string | undefined>} */
  const read = { "help-url": address, "exit-url": address, height };
  return ATTRIBUTES.flatMap((name) => {
    const value = (read[name] ?? ((text) => text?.trim()))(settings[name]);
    return value ? [[name, value]] : [];
  });
}

/** The custom properties that differ from what counts anyway. @param {Settings} settings @returns {[string, string][]} */
function theme(settings) {
  const color = (/** @type {string} */ name, /** @type {string} */ usual) => settings[name]?.match(/^#[0-9a-f]{6}$/i)?.[0] ?? usual;
  /** @param {string} property @param {"accent" | "on"} key @returns {[string, string][]} */
  const pair = (property, key) => {
    const two = [color(`light-${key}`, LOOKS.light[key]), color(`dark-${key}`, LOOKS.dark[key])];
    return two.join() === [LOOKS.light[key], LOOKS.dark[key]].join() ? [] : [[property, `light-dark(${two.join(", ")})`]];
  };
  const font = Object.entries(FONTS).find(([name]) => name === settings.font)?.[1];
  const radius = settings.radius?.match(/^\d{1,2}$/)?.[0];
  return [
    ...pair("--relief-accent", "accent"),
    ...pair("--relief-on-accent", "on"),
    .../** @type {[string, string][]} */ (font ? [["--relief-font", font]] : []),
    .../** @type {[string, string][]} */ (radius && radius !== "12" ? [["--relief-radius", `${radius}px`]] : []),
  ];
}

/** What stands where the form cannot run, by language. It stands there too while the form loads, so it asks. */
const SAID = {
  en: {
    not: "Nothing appears here?",
    call: (/** @type {string | undefined} */ name) => ` Call ${name || "us"}: `,
    find: "Find free or low-cost legal help near you",
    title: "Questions",
  },
  es: {
    not: "¿Aquí no aparece nada?",
    call: (/** @type {string | undefined} */ name) => (name ? ` Llame a ${name}: ` : " Llámenos: "),
    find: "Busque ayuda legal gratis o de bajo costo cerca de usted",
    title: "Preguntas",
  },
};
/** @typedef {keyof typeof SAID} Lang */

/** @param {Settings} settings @returns {Lang[]} */
const languages = ({ lang }) => (lang === "es" ? ["es"] : lang === "en" ? ["en"] : ["en", "es"]);

/** The parts of the help, each a text or a link: `[text, address]`.
 * @param {Settings} settings @param {Lang} lang @returns {(string | [string, string])[]} */
function help(settings, lang) {
  const said = SAID[lang];
  const [name, phone, hours] = ["help-name", "help-phone", "hours"].map((one) => settings[one]?.trim());
  const url = address(settings["help-url"]);
  /** @type {(string | [string, string])[]} */
  const parts = [said.not];
  if (phone) parts.push(said.call(name), [phone, `tel:${phone.replaceAll(/[^\d+*#,]/g, "")}`], hours ? ` (${hours}).` : ".");
  if (url || !phone) parts.push(" ", [(url && name) || (url ?? said.find), url ?? HELP], ".");
  return parts;
}

/** @param {Settings} settings @param {string} tag @param {string} between lines */
function fallback(settings, tag, between) {
  const part = (/** @type {string | [string, string]} */ one) =>
    typeof one === "string" ? html(one) : `<a href="${html(one[1])}">${html(one[0])}</a>`;
  const line = (/** @type {Lang} */ lang) => `<${tag} slot="fallback" lang="${lang}">${help(settings, lang).map(part).join("")}</${tag}>`;
  return languages(settings).map(line).join(between);
}

/** @param {Settings} settings @returns {string[]} */
const written = (settings) => {
  const style = theme(settings).map(([name, value]) => `${name}: ${value}`);
  const all = [...attributes(settings), ...(style.length ? [["style", style.join("; ")]] : [])];
  return all.map(([name, value]) => `${name}="${html(value ?? "")}"`);
};

// ---- the code ----

/** @type {Code} */
const moduleScript = (settings, hashes) => {
  const hash = hashes["define.js"];
  const integrity = hash ? ` integrity="${html(hash)}"` : "";
  return `<script type="module" src="${html(folder(settings.files) ?? FILES)}define.js"${integrity}></script>`;
};
/** Without a hash: from another site that would need the leave of its server. @type {Code} */
const classicScript = (settings) => `<script src="${html(folder(settings.files) ?? FILES)}dist/relief-screener.js"></script>`;

/** On lines of its own. @param {Settings} settings @param {string} script */
const element = (settings, script) => `${script}

<relief-screener${written(settings)
  .map((one) => `\n  ${one}`)
  .join("")}>
  ${fallback(settings, "p", "\n  ")}
</relief-screener>
`;

/** On one line, without a paragraph in it: an editor that makes paragraphs of lines would close the element at the first one.
 * @param {Settings} settings @param {string} script */
const oneLine = (settings, script) =>
  `${script}<relief-screener ${written(settings).join(" ")}>${fallback(settings, "span", '<br slot="fallback">')}</relief-screener>\n`;

/** @type {Code} */
const page = (settings, hashes) => element(settings, moduleScript(settings, hashes));
/** @type {Code} */
const line = (settings, hashes) => oneLine(settings, moduleScript(settings, hashes));
/** @type {Code} */
const builder = (settings, hashes) => element(settings, classicScript(settings, hashes));

/** The plugin writes the help itself, from the same names; colors it leaves to the theme. @type {Code} */
function plugin(settings) {
  const hours = settings.hours?.trim();
  const all = [...attributes(settings), .../** @type {[string, string][]} */ (hours ? [["hours", hours]] : [])];
  return `[relief-screener${all.map(([name, value]) => ` ${name}="${shortcode(value)}"`).join("")}]\n`;
}

/** @type {Code} */
function react(settings) {
  const style = theme(settings);
  const part = (/** @type {string | [string, string]} */ one) =>
    typeof one === "string" ? `{${JSON.stringify(one)}}` : `<a href=${jsx(one[1])}>{${JSON.stringify(one[0])}}</a>`;
  const names = attributes(settings).map(([name, value]) => `\n      ${name}=${jsx(value)}`);
  if (style.length) names.push(`\n      style={${JSON.stringify(Object.fromEntries(style))} as CSSProperties}`);
  const paragraphs = languages(settings).map((lang) => {
    const parts = help(settings, lang).map((one) => `\n        ${part(one)}`);
    return `\n      <p slot="fallback" lang="${lang}">${parts.join("")}\n      </p>`;
  });
  return `${style.length ? 'import type { CSSProperties } from "react";\n' : ""}import "relief-screener/define";

export function Screener() {
  return (
    <relief-screener${names.join("")}
    >${paragraphs.join("")}
    </relief-screener>
  );
}
`;
}

/** The seal of a plain frame, as in pkg/frame.js: on one's own website the page could look into it otherwise. It may lead the tab away when
 * a person presses "Leave now". */
export const SEAL =
  "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-top-navigation-by-user-activation";

/** Lets the frame say all that the element would. @type {Code} */
function frame(settings) {
  const told = new Map(attributes(settings).filter(([name]) => name !== "height"));
  for (const [name, value] of theme(settings)) if (name.endsWith("accent")) told.set(name.slice("--relief-".length), value);
  const query = new URLSearchParams([...told]).toString();
  const src = `${folder(settings.files) ?? FILES}dist/frame.html${query && `?${query}`}`;
  const given = height(settings.height) ?? "700";
  const tall = given === "full" ? "100vh" : /\d$/.test(given) ? `${given}px` : given;
  const [lang = "en"] = languages(settings);
  const style = `width: 100%; height: ${tall}; border: 0`;
  return `<iframe src="${html(src)}" title="${SAID[lang].title}" sandbox="${SEAL}" referrerpolicy="no-referrer" style="${style}"></iframe>\n`;
}

/** @type {Kind[]} */
export const KINDS = [
  {
    id: "html",
    name: "A page of plain HTML",
    steps: [
      "Upload the folder with the files to your website.",
      "Paste the code where the form should stand.",
      "After you upload a new version, copy this code again: it names the hash of one file.",
    ],
    code: page,
  },
  {
    id: "wordpress-block",
    name: "WordPress, block editor",
    steps: [
      "Upload the folder with the files to your website.",
      "In the editor, add a block of the kind “Custom HTML”. Paste the code in it.",
      "You must be an administrator. WordPress takes the code away from others. Then use the plugin.",
    ],
    code: page,
  },
  {
    id: "wordpress-classic",
    name: "WordPress, classic editor",
    steps: [
      "Upload the folder with the files to your website.",
      "Choose the tab “Text” (or “Code”), not “Visual”. Paste the code as one line.",
      "You must be an administrator. WordPress takes the code away from others. Then use the plugin.",
    ],
    code: line,
  },
  {
    id: "wordpress-plugin",
    name: "WordPress, with the plugin",
    steps: [
      "Install the plugin. It brings the files.",
      "Add a block of the kind “Shortcode” and paste the line. Authors can do this too.",
      "The plugin takes no colors. Put what plain HTML has under “style” in the CSS of your theme: relief-screener { … }",
    ],
    code: plugin,
  },
  {
    id: "squarespace",
    name: "Squarespace",
    steps: [
      "Squarespace does not keep these files. Put the folder on another server of your group. The code needs its whole address.",
      "Add a “Code” block, choose HTML, and paste the code. Your plan must allow scripts.",
    ],
    code: builder,
    form: true,
    elsewhere: true,
  },
  {
    id: "wix",
    name: "Wix",
    steps: [
      "Wix does not keep these files. Put the folder on another server of your group. The code needs its whole address.",
      "Add “Embed Code”, then “Embed HTML”, and paste the code. Make the box as tall as the form.",
      "Wix shows this in a box of its own. “Leave now” may change only that box, not the whole page. A link to a page of your own server is safer.",
    ],
    code: builder,
    form: true,
    elsewhere: true,
  },
  {
    id: "drupal",
    name: "Drupal",
    steps: [
      "Upload the folder with the files to your website.",
      "Add a block or page with the text format “Full HTML”. Press “Source” in the editor and paste the code as one line.",
      "If the code is gone after you save, your format takes it away. Use the frame at the end of this list.",
    ],
    code: line,
  },
  {
    id: "react",
    name: "React, Next.js (TSX)",
    steps: ["Run: npm install relief-screener", 'Save the code as Screener.tsx. In Next.js write "use client" above it.'],
    code: react,
  },
  {
    id: "iframe",
    name: "A frame, where no script may run",
    steps: [
      "Upload the folder with the files to a server. It may be another one than that of the page.",
      "Paste the code. Fonts and corners cannot be set this way.",
      "Where JavaScript is off, the frame itself shows a list of legal help. Put your phone number beside the frame too.",
    ],
    code: frame,
    form: true,
  },
];
