// The page on which a web person puts the code together: it knows what the element knows, it can be used by everybody, it tells nobody
// anything, and each kind of code says what was typed, whatever that was, and starts the form.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { transform } from "esbuild";

import { customElements } from "../../scripts/manifest.mjs";
import { ATTRIBUTES, address, height, KINDS, LEFT_OUT, LOOKS } from "../../www/snippets.js";
import { root, together, words } from "../browser/support.js";

const shared = together();
const text = (path) => readFile(join(root, path), "utf8");
const kind = (id) => KINDS.find((one) => one.id === id);
const hashes = JSON.parse(await text("pkg/dist/integrity.json"));
const MARKUP = ["html", "wordpress-block", "wordpress-classic", "squarespace", "wix", "drupal"];

// ---- what the page knows ----

test("the page asks for every attribute that the element knows, or says why not", async () => {
  const [{ declarations }] = customElements(await text("pkg/element.d.ts")).modules;
  const [{ attributes, cssProperties }] = declarations;
  assert.deepEqual([...ATTRIBUTES, ...Object.keys(LEFT_OUT)].sort(), attributes.map(({ name }) => name).sort());
  for (const why of Object.values(LEFT_OUT)) assert.ok(why.length > 10, why);
  const page = await text("www/embed.html");
  for (const name of [...ATTRIBUTES, "hours", "files"]) {
    assert.equal(page.split(` id="${name}"`).length, 2, name);
    assert.equal(page.split(`<label for="${name}">`).length, 2, name);
  }
  const all = kind("html").code({ "light-accent": "#123456", "dark-on": "#654321", font: "serif", radius: "3" }, hashes);
  for (const { name } of cssProperties) assert.ok(all.includes(`${name}: `), name);
});

test("the colors that the page starts from are those of the form", async () => {
  const looks = [...(await text("pkg/style.css")).matchAll(/:root \{([^}]+)\}/g)].slice(0, 2);
  const whole = (color) => (color.length === 4 ? color.replace(/[0-9a-f]/g, "$&$&") : color);
  const colors = looks.map(
    ([, block]) =>
      (name) =>
        whole(block.match(new RegExp(`--${name}: (?:var\\(.+, )?(#[0-9a-f]+)`))[1]),
  );
  const found = colors.map((of) => ({ accent: of("accent"), on: of("on-accent"), grounds: ["back", "paper", "tint"].map(of) }));
  assert.deepEqual(Object.values(LOOKS), found);
  const page = await text("www/embed.html");
  for (const [look, { accent, on }] of Object.entries(LOOKS)) {
    assert.ok(page.includes(`id="${look}-accent" value="${accent}"`) && page.includes(`id="${look}-on" value="${on}"`), look);
  }
});

// ---- whatever is typed ----

const NASTY = [
  `"><script>alert(1)</script>`,
  `' onfocus='x`,
  `"" onfocus="x`,
  "&quot; &amp;amp; &lt",
  "[gallery] ] [/relief-screener]",
  "]] /] [[",
  '{"a": `$ {b}`} }} {{',
  "\\ \\n \\\" \\' \\u0041 \\",
  "</relief-screener></p></iframe><!-- --> <",
  "*/} // /*",
  "%22 + %20 & a=b#c?d",
  "Señora ¿Qué? 漢字 🎈 \u00a0\u200b\u2028 a\tb",
  "O'Brien & Sons “LLP”",
];
/** The same ones every time. */
function* random() {
  const letters = [...`"'<>&;#[]{}()\\/=\`$!-*+%?~ aZ9ñ🎈`];
  let seed = 20261128;
  for (let i = 0; i < 200; i++) {
    let made = "";
    for (let n = 0; n < 12; n++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      made += letters[(seed >>> 8) % letters.length];
    }
    yield made;
  }
}
const TEXTS = ["help-name", "help-phone", "reviewed-by"];
/** Each text in every place, with a nasty address too. */
const CASES = [...NASTY, ...random()].map((value) => ({
  lang: "en",
  ...Object.fromEntries([...TEXTS, "hours"].map((name) => [name, value])),
  "help-url": `https://example.org/${value}`,
  "exit-url": `example.org/?q=${value}`,
  height: value,
  "heading-level": "3",
  files: '/it\'s "here"/&amp;[x]'.replaceAll(" ", ""),
  "light-accent": "#123456",
}));

/** What the code has to say of these settings. */
function meant(settings) {
  const read = { "help-url": address, "exit-url": address, height };
  const all = ATTRIBUTES.map((name) => [name, (read[name] ?? ((value) => value?.trim()))(settings[name])]);
  return Object.fromEntries(all.filter(([, value]) => value));
}

/** The element and what stands in it, as the browser reads the code. Runs in a page. */
const readMarkup = (codes) =>
  codes.map((code) => {
    const { body, head } = new DOMParser().parseFromString(`<!DOCTYPE html><body><main>${code}</main>`, "text/html");
    const one = body.querySelector("relief-screener");
    const attributes = Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value]));
    const script = body.querySelector("script");
    return {
      attributes,
      src: script.getAttribute("src"),
      integrity: script.getAttribute("integrity"),
      names: [...head.children, ...body.querySelectorAll("*")].map(({ localName }) => localName).join(" "),
      said: one.textContent,
      links: [...one.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    };
  });

describe("whatever is typed comes back from the code", () => {
  for (const id of MARKUP) {
    test(`${id}: as the browser reads it`, async () => {
      const page = await shared.page();
      const codes = CASES.map((settings) => kind(id).code(settings, hashes));
      const read = await page.evaluate(readMarkup, codes);
      for (const [at, { attributes, names, said, links, src }] of read.entries()) {
        const settings = CASES[at];
        assert.deepEqual(attributes, { ...meant(settings), style: "--relief-accent: light-dark(#123456, #7fd0de)" });
        assert.equal(names, `main script relief-screener ${["wordpress-classic", "drupal"].includes(id) ? "span" : "p"} a a`);
        for (const name of ["help-name", "help-phone", "hours"]) assert.ok(said.includes(settings[name].trim()), said);
        assert.match(links[0], /^tel:[\d+*#,]*$/);
        assert.equal(links[1], address(settings["help-url"]));
        assert.ok(src.startsWith(`${settings.files}/`), src);
        assert.doesNotMatch(codes[at].slice(codes[at].indexOf("<relief")), /[[\]]/, "a bracket that WordPress would look at");
      }
      await page.close();
    });
  }

  test("the frame: in its address", async () => {
    const page = await shared.page();
    const read = await page.evaluate(
      (codes) =>
        codes.map((code) => {
          const { body } = new DOMParser().parseFromString(code, "text/html");
          const frame = body.firstElementChild;
          return [body.querySelectorAll("*").length, frame.getAttributeNames(), frame.getAttribute("src")];
        }),
      CASES.map((settings) => kind("iframe").code(settings, hashes)),
    );
    for (const [at, [count, names, src]] of read.entries()) {
      assert.equal(count, 1);
      assert.deepEqual(names, ["src", "title", "sandbox", "referrerpolicy", "style"]);
      const { height: _, ...expected } = meant(CASES[at]);
      const { searchParams } = new URL(src, "https://example.org");
      assert.deepEqual(Object.fromEntries(searchParams), { ...expected, accent: "light-dark(#123456, #7fd0de)" });
    }
    await page.close();
  });

  test("the shortcode: as WordPress takes it apart, and the browser what the plugin writes", async () => {
    const page = await shared.page();
    for (const settings of CASES) {
      const read = await page.evaluate(
        (all) => {
          const area = document.createElement("textarea");
          return Object.fromEntries(
            Object.entries(all).map(([name, value]) => {
              area.innerHTML = value;
              return [name, area.value];
            }),
          );
        },
        shortcodeOf(kind("wordpress-plugin").code(settings, hashes)),
      );
      assert.deepEqual(read, { ...meant(settings), hours: settings.hours.trim() });
    }
    await page.close();
  });

  test("React: as esbuild reads it, and the types allow it", { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "embed-"));
    try {
      for (const [at, settings] of CASES.entries()) {
        const code = kind("react").code(settings, hashes);
        const [type, { style, ...attributes }, ...inside] = await treeOf(code);
        assert.equal(type, "relief-screener");
        assert.deepEqual(attributes, meant(settings));
        assert.deepEqual(style, { "--relief-accent": "light-dark(#123456, #7fd0de)" });
        const said = inside.flat(9).filter((one) => typeof one === "string");
        for (const name of ["help-name", "help-phone", "hours"])
          assert.ok(
            said.some((one) => one.includes(settings[name].trim())),
            code,
          );
        if (at < NASTY.length) await writeFile(join(folder, `screener-${at}.tsx`), code);
      }
      await writeFile(join(folder, "screener-plain.tsx"), kind("react").code({}, hashes));
      assert.equal(await complaints(folder), "");
      await writeFile(join(folder, "wrong.tsx"), kind("react").code({ lang: "es" }, hashes).replace('lang="es"', 'language="es"'));
      assert.match(await complaints(folder), /wrong\.tsx.*language/s);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("what is no address, no folder and no height is left out", () => {
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "nowhere", "https://", "mailto:a@b.org"]) {
      assert.equal(address(bad), undefined, bad);
      const code = kind("html").code({ "exit-url": bad, "help-url": bad, files: bad === "nowhere" ? "" : bad, height: "1e9" }, hashes);
      assert.doesNotMatch(code, /exit-url|help-url|height/);
      if (bad !== "https://") assert.match(code, /src="\/relief-screener\/define\.js"/, bad);
    }
    assert.equal(address("example.org/help"), "https://example.org/help");
    assert.equal(address("example.org:8080"), "https://example.org:8080/");
    const color = kind("html").code({ "light-accent": "red;} x", font: "x;}", radius: "1;" }, hashes);
    assert.doesNotMatch(color, /style/);
  });
});

/** How WordPress finds a shortcode and its attributes (`get_shortcode_regex`, `shortcode_parse_atts`), for names and quotes as used here. */
function shortcodeOf(code) {
  const [whole, inside] = code.match(/\[relief-screener(?![\w-])([^\]/]*(?:\/(?!\])[^\]/]*)*?)\]/);
  assert.equal(whole, code.trim());
  assert.doesNotMatch(inside, /[\u00a0\u200b]/, "WordPress makes a space of it");
  const pattern = /([\w-]+)\s*=\s*"([^"]*)"(?:\s|$)|([\w-]+)\s*=\s*'([^']*)'(?:\s|$)|(\S+)(?:\s|$)/g;
  const found = [...inside.trim().matchAll(pattern)].map(([, name, value, single, , bare]) => {
    assert.ok(name && !single && !bare, `${single ?? bare} is read as something else`);
    assert.doesNotMatch(value, /[\\<]/, "WordPress takes it away");
    return [name, value];
  });
  return Object.fromEntries(found);
}

/** What the component draws, as `[type, properties, ...children]`. */
async function treeOf(code) {
  const { code: script } = await transform(code, { loader: "tsx", jsx: "transform", jsxFactory: "h", format: "cjs" });
  const module = { exports: {} };
  new Function("require", "module", "exports", "h", script)(
    () => ({}),
    module,
    module.exports,
    (type, properties, ...children) => [type, properties ?? {}, ...children],
  );
  return module.exports.Screener();
}

/** What TypeScript says of the code in a project that has this package, and as much of React as it takes to draw. */
async function complaints(folder) {
  const react = `export interface CSSProperties { color?: string; margin?: string | number }
    export interface HTMLAttributes<T> { style?: CSSProperties; slot?: string; lang?: string; children?: unknown; href?: string }
    export type DetailedHTMLProps<E, T> = E;
    export namespace JSX { interface IntrinsicElements { p: HTMLAttributes<unknown>; a: HTMLAttributes<unknown> } }`;
  const options = {
    strict: true,
    noEmit: true,
    jsx: "react-jsx",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2022", "dom"],
    types: [],
    paths: {
      "relief-screener/define": [join(root, "pkg/define.d.ts")],
      react: ["./react.d.ts"],
      "react/jsx-runtime": ["./runtime.d.ts"],
    },
  };
  await writeFile(join(folder, "react.d.ts"), react);
  await writeFile(join(folder, "runtime.d.ts"), 'export { JSX } from "react";\n');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.tsx"] }));
  const { status, stdout } = spawnSync("node", [join(root, "node_modules/typescript/bin/tsc"), "--project", folder], { encoding: "utf8" });
  return status === 0 ? "" : stdout;
}

// ---- the code runs ----

const CHOSEN = {
  lang: "es",
  "help-name": 'Casa "Norte" & [Sur]',
  "help-phone": "+1 555 0100",
  "light-accent": "#7a1f5c",
  "heading-level": "3",
};

describe("the form starts with what was chosen", () => {
  /** The page that such a place makes of the code. */
  const PLACES = {
    html: (code) => code,
    "wordpress-block": (code) => code,
    "wordpress-classic": (code) => `<p>${code.trim()}</p>\n`,
    squarespace: (code) => code,
    wix: (code) =>
      `<iframe id="wix" sandbox="allow-scripts allow-popups" width="800" height="740" srcdoc="${code.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>`,
    drupal: (code) => `<p>${code.trim()}</p>\n`,
    iframe: (code) => code,
  };
  const whole = (code) => `<!DOCTYPE html><html lang="en"><title>A group</title><main><h1>A group</h1>${code}</main></html>`;
  const { start, helpTitle } = words.es;

  /** In Spanish, with this color and this help. */
  async function started(form) {
    await form.getByRole("button", { name: start, exact: true }).waitFor();
    assert.equal(
      await form.locator(":root").evaluate((one) => getComputedStyle(one).getPropertyValue("--accent")),
      "light-dark(#7a1f5c, #7fd0de)",
    );
    await form.locator("summary", { hasText: helpTitle }).click();
    const said = await form.locator("body").innerText();
    for (const one of [CHOSEN["help-name"], CHOSEN["help-phone"]]) assert.ok(said.includes(one), said);
    assert.equal(await form.locator("h3").first().isVisible(), true);
  }

  for (const [id, place] of Object.entries(PLACES)) {
    test(id, { timeout: 60_000 }, async () => {
      const page = await shared.page({ viewport: { width: 900, height: 900 } });
      const files = `${shared.server.origin}/pkg/`;
      const code = kind(id).code({ ...CHOSEN, files }, hashes);
      await page.goto(shared.server.html("/pasted", whole(place(code))));
      const around = id === "wix" ? page.frameLocator("#wix") : page;
      await started(around.frameLocator("iframe"));
      await page.close();
    });
  }

  test("React, drawn by somebody else", { timeout: 60_000 }, async () => {
    const page = await shared.page({ viewport: { width: 900, height: 900 } });
    await page.goto(shared.server.html("/pasted", whole('<script type="module" src="/pkg/define.js"></script><div id="here"></div>')));
    const tree = await treeOf(kind("react").code(CHOSEN, hashes));
    await page.evaluate((drawn) => {
      const draw = (one) => {
        if (typeof one === "string") return one;
        const [type, { style, ...properties }, ...children] = one;
        const node = document.createElement(type);
        for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
        for (const [name, value] of Object.entries(style ?? {})) node.style.setProperty(name, value);
        node.append(...children.map(draw));
        return node;
      };
      document.querySelector("#here").append(draw(drawn), " ");
    }, tree);
    await started(page.frameLocator("relief-screener iframe"));
    await page.close();
  });

  test("a file that is another one is refused, and the help of the group stands there", async () => {
    const page = await shared.page();
    const code = kind("html").code({ ...CHOSEN, files: "/pkg/" }, { ...hashes, "define.js": hashes["dist/element.js"] });
    await page.goto(shared.server.html("/pasted", whole(code)));
    assert.ok(await page.getByText(`¿Aquí no aparece nada? Llame a ${CHOSEN["help-name"]}: +1 555 0100`).isVisible());
    assert.equal(await page.evaluate(() => customElements.get("relief-screener") !== undefined), false);
    await page.close();
  });

  test("the news, where the place can show them", async () => {
    const page = await shared.page({ viewport: { width: 900, height: 900 } });
    await page.goto(shared.server.html("/pasted", whole(kind("drupal").code({ lang: "es", view: "news", files: "/pkg/" }, hashes))));
    await page.frameLocator("iframe").getByRole("heading").first().waitFor();
    assert.equal(await page.frameLocator("iframe").getByRole("button", { name: start, exact: true }).count(), 0);
    await page.close();
  });
});

// ---- the page itself ----

const PREVIEW = "#preview iframe";

/** The page, with the form in its preview. */
async function open(context = {}) {
  const page = await shared.page({ viewport: { width: 1280, height: 900 }, ...context });
  await page.goto(`${shared.server.origin}/embed.html`);
  await page.locator(PREVIEW).scrollIntoViewIfNeeded();
  await inPreview(page).getByRole("button", { name: words.en.start, exact: true }).waitFor();
  return page;
}
const inPreview = (page) => page.frameLocator(PREVIEW).frameLocator("iframe");
const codeOf = (page, id) => page.locator(`#${id}-code`).inputValue();

test("a checker of accessibility finds nothing, in two looks, with every fold open", { timeout: 120_000 }, async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  for (const colorScheme of ["light", "dark"]) {
    const page = await open({ colorScheme });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    await page.fill("#exit-url", "javascript:x");
    await page.fill("#light-accent", "#c0a050");
    const { violations } = await new AxeBuilder({ page }).withTags(tags).exclude(PREVIEW).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      [],
    );
    assert.equal(await page.locator("#exit-url").getAttribute("aria-invalid"), "true");
    await page.close();
  }
});

test("320 pixels are enough, and every control is at least 24 high", async () => {
  const page = await open({ viewport: { width: 320, height: 800 } });
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  const small = await page.evaluate(
    () => [...document.querySelectorAll("input, select, button, summary")].filter((one) => one.getBoundingClientRect().height < 24).length,
  );
  assert.equal(small, 0);
  await page.close();
});

test("by keyboard alone: from the name of the group to the code and its copy", async () => {
  const page = await open();
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator("#help-name").focus();
  await page.keyboard.type('Grupo "Sol"');
  await page.keyboard.press("Tab");
  await page.keyboard.type("555");
  const reach = async (id) => {
    for (let tries = 0; tries < 60; tries++) {
      if (await page.evaluate((name) => document.activeElement.closest(`#${name}`) !== null, id)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${id} is never reached`);
  };
  await reach("wordpress-plugin");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(() => document.activeElement.value),
    '[relief-screener help-name="Grupo &quot;Sol&quot;" help-phone="555"]\n',
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#wordpress-plugin .done", { hasText: /Copied|Press Ctrl/ }).waitFor();
  // Selected in any case, for where the browser allows no more.
  assert.equal(
    await page.evaluate(() => {
      const area = document.querySelector("#wordpress-plugin-code");
      return area.selectionEnd - area.selectionStart === area.value.length;
    }),
    true,
  );
  await page.close();
});

test("the contrast is told, and said where it is too low", async () => {
  const page = await open();
  const ratio = () => page.locator("#light-ratio").innerText();
  assert.match(await ratio(), /^Buttons: contrast 8\.\d to 1\.\nLinks: contrast 7\.\d to 1\.$/);
  await page.fill("#light-accent", "#777777"); // 4.48 on white.
  assert.match(await ratio(), /Buttons: contrast 4\.4 to 1\. Too low/);
  assert.equal(await page.locator("#light-ratio .low").count(), 2);
  await page.fill("#light-accent", "#767676"); // 4.54 on white, less on the grounds.
  assert.match(await ratio(), /Buttons: contrast 4\.5 to 1\.\nLinks: contrast [34]\.\d to 1\. Too low/);
  await page.close();
});

test("the preview follows, and no way to paste is offered that does not work", async () => {
  const page = await open();
  await page.selectOption("#lang", "es");
  await inPreview(page).getByRole("button", { name: words.es.start, exact: true }).waitFor();
  assert.equal(await codeOf(page, "wix"), "", "no whole address yet");
  await page.fill("#files", "https://files.example.org/form");
  assert.match(await codeOf(page, "wix"), /src="https:\/\/files\.example\.org\/form\/dist\/relief-screener\.js"/);
  await page.selectOption("#view", "news");
  for (const { id, form } of KINDS) assert.equal((await codeOf(page, id)) === "", form === true, id);
  await page.close();
});

test("Leave now in the preview leaves nothing of this page", async () => {
  const page = await open();
  await page.fill("#help-name", "Still here");
  await page.fill("#exit-url", "https://example.org/bye");
  await inPreview(page).getByRole("button", { name: words.en.start, exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#preview iframe").srcdoc.includes("example.org/bye"));
  await inPreview(page).getByRole("button", { name: words.en.exit, exact: true }).click();
  await page.locator("#said", { hasText: "https://example.org/bye" }).waitFor();
  assert.equal(await page.locator("#help-name").inputValue(), "Still here");
  await inPreview(page).getByRole("button", { name: words.en.start, exact: true }).waitFor();
  await page.close();
});

test("nothing typed is kept or sent, and nobody else is asked for anything", async () => {
  const page = await open();
  const asked = [];
  page.on("request", (request) => asked.push(request));
  for (const [name, value] of [
    ["help-name", "SECRET"],
    ["help-url", "https://elsewhere.example/SECRET"],
    ["files", "https://elsewhere.example/SECRET/"],
  ])
    await page.fill(`#${name}`, value);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#preview iframe").srcdoc.includes("SECRET"));
  await page.locator(PREVIEW).scrollIntoViewIfNeeded();
  await inPreview(page).getByRole("button", { name: words.en.start, exact: true }).waitFor();
  const addresses = asked.map((request) => request.url()).filter((url) => !/^(about|data|blob):/.test(url));
  assert.ok(addresses.length > 0, "the preview asked for nothing");
  for (const url of addresses) assert.ok(url.startsWith(`${shared.server.origin}/pkg/`) && !url.includes("SECRET"), url);
  for (const request of asked) assert.equal(request.postData(), null);
  assert.equal(page.url(), `${shared.server.origin}/embed.html`);
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);
  assert.deepEqual(kept, [0, 0, "", 0, 0]);
  // The browser holds the page to it.
  const stopped = await page.evaluate(
    () =>
      new Promise((done) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => done(effectiveDirective));
        fetch("https://elsewhere.example/").catch(() => setTimeout(done, 1000));
      }),
  );
  assert.equal(stopped, "connect-src");
  await page.close();
});
