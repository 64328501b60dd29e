// The plugin in a real WordPress, from the zip file that is given out: what people do in the editor, and what visitors then see.
// UPDATE_GOLDEN=1 takes the pictures in docs/wordpress anew. They are for people to look at; nothing is held against them.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { wordpressPlugin } from "../../scripts/wordpress.mjs";
import { launch, Person, root } from "../browser/support.js";
import { PASSWORD, site } from "./site.js";
import { run, witness, work } from "./support.js";

const PLUGIN = "relief-screener/relief-screener.php";
const TODAY = new Date("2026-11-21T12:00:00Z");
const PHONE = { width: 390, height: 740 };
const DESKTOP = { width: 1280, height: 1000 };
/** Where "Leave now" leads in these tests. */
const BYE = "https://www.weather.gov/";
const pictures = join(root, "docs/wordpress");

let wp;
let browser;
let other;
/** The names of what WordPress keeps in its database, before the plugin came. */
let keptBefore;
/** What WordPress itself keeps now and then: what it asked others for, what it has to do, which plugins there were. */
const OWN = /^(_site)?_transient_|^cron$|^recently_activated$|^rewrite_rules$|^can_compress_scripts$|^finished_updating_comment_type$/;
const kept = () =>
  wp.php(`global $wpdb; return array_merge( $wpdb->get_col( 'SELECT option_name FROM wp_options' ), $wpdb->get_col( 'SHOW TABLES' ),
    $wpdb->get_col( 'SELECT DISTINCT meta_key FROM wp_usermeta' ), $wpdb->get_col( 'SELECT DISTINCT meta_key FROM wp_postmeta' ) );`);
const added = (now) => now.filter((name) => !OWN.test(name) && !keptBefore.includes(name));
/** What the editor keeps: of how somebody likes it, and that they are at work on a post. */
const EDITOR = [
  "_edit_last",
  "_edit_lock",
  "wp_persisted_preferences",
  "session_tokens",
  "wp_dashboard_quick_press_last_post_id",
  "community-events-location",
];

before(async () => {
  [wp, browser, other] = await Promise.all([site(), launch(), witness()]);
  // What WordPress keeps of it when somebody publishes and takes another theme.
  wp.php(`switch_theme( 'twentytwentyone' ); switch_theme( 'twentytwentythree' );
    return wp_insert_post( array( 'post_title' => 'Words', 'post_content' => 'Words', 'post_status' => 'publish', 'post_author' => 1 ) );`);
  await fetch(wp.origin);
  keptBefore = [...kept(), ...EDITOR];
  run("unzip", ["-q", await wordpressPlugin(work), "-d", join(wp.folder, "wp-content/plugins")]);
  assert.equal(wp.php(`return activate_plugin( '${PLUGIN}' );`), null);
});
after(() => browser?.close());

/** The pages of people who are logged in, by name. */
const desks = new Map();
async function desk(name) {
  if (desks.has(name)) return desks.get(name);
  const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${wp.origin}/wp-login.php`);
  await page.locator("#user_login").fill(name);
  await page.locator("#user_pass").fill(PASSWORD);
  await Promise.all([page.waitForURL(/wp-admin/), page.locator("#wp-submit").click()]);
  desks.set(name, page);
  return page;
}

/** The editor of blocks, with a new post or an old one. @param {string} name @param {number} [post] */
async function editor(name, post) {
  const page = await desk(name);
  await page.goto(`${wp.origin}/wp-admin/${post ? `post.php?post=${post}&action=edit` : "post-new.php"}`);
  await page.waitForFunction(() => globalThis.wp?.data?.select("core/editor")?.getCurrentPost()?.id);
  await page.evaluate(() => {
    const { dispatch, select } = globalThis.wp.data;
    if (select("core/edit-post").isFeatureActive("welcomeGuide")) dispatch("core/edit-post").toggleFeature("welcomeGuide");
  });
  return page;
}

/** Puts the block on a page as a person does: by the button, the search and the panel of its settings. */
async function insert(page, settings) {
  await page.getByRole("button", { name: "Toggle block inserter" }).click();
  await page.getByPlaceholder("Search").first().fill("screening");
  await page.locator(".editor-block-list-item-relief-screener-form").click();
  await page.getByRole("button", { name: "Toggle block inserter" }).click();
  await page.locator('[data-type="relief-screener/form"]').click();
  if (!(await page.getByLabel("Who helps", { exact: true }).isVisible())) {
    await page.getByRole("region", { name: "Editor top bar" }).getByRole("button", { name: "Settings", exact: true }).click();
  }
  for (const [label, value] of Object.entries(settings)) {
    const field = page.getByLabel(label, { exact: true });
    if (await field.evaluate((node) => node.tagName === "SELECT")) await field.selectOption({ label: value });
    else await field.fill(value);
  }
}

/** Publishes what is in the editor. @returns {Promise<{ id: number, link: string }>} */
const publish = (page, title) =>
  page.evaluate(async (name) => {
    const { dispatch, select } = globalThis.wp.data;
    dispatch("core/editor").editPost({ title: name, status: "publish" });
    await dispatch("core/editor").savePost();
    if (!select("core/editor").didPostSaveRequestSucceed()) throw new Error("the post is not saved");
    const { id, link } = select("core/editor").getCurrentPost();
    return { id, link };
  }, title);

/** Saves a post without blocks, as that person. @returns {Promise<{ link: string, content: { raw: string } }>} */
async function classic(name, title, content) {
  const page = await editor(name);
  return page.evaluate((data) => globalThis.wp.apiFetch({ path: "/wp/v2/posts", method: "POST", data }), {
    title,
    content,
    status: "publish",
  });
}

/** What the last visit asked for, and what it complained of. */
let asked;
let complaints;
/** Somebody who has never been here, on a page of the site. */
async function visit(address, viewport = PHONE) {
  const page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(20_000);
  asked = [];
  complaints = [];
  page.context().on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  await page.clock.setFixedTime(TODAY);
  await page.goto(address);
  return page;
}

/** The whole way, from the start to the answer, by the mouse where a person would, and nothing of it reaches anybody. */
async function complete(page, lang = "en", frame = page.frameLocator("relief-screener iframe")) {
  const person = new Person(page, lang);
  person.frame = frame;
  await person.button("start").waitFor();
  // The other language comes while the start page is read.
  await person.select("language").waitFor();
  await page.waitForLoadState("networkidle");
  const loaded = asked.length;
  await person.start();
  await person.run();
  await person.button("showResults").click();
  await person.heading("answerTitle").or(frame.locator(".title")).first().waitFor();
  assert.ok(person.screens.length > 5, `${person.screens.length} screens`);
  assert.deepEqual(asked.slice(loaded), [], "nothing is asked for after the start");
  const foreign = asked.filter((url) => !/^(data|blob|about):/.test(url) && new URL(url).origin !== wp.origin);
  assert.deepEqual(foreign, [], "and before it nobody else");
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.context().cookies(), []);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, document.cookie]), [0, ""]);
  return person;
}

/** "Leave now" takes the whole tab away. */
async function leave(page, person) {
  await page.route(BYE, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" }));
  await person.button("exit").click();
  await page.waitForURL(BYE);
}

/** What stands on the page for eyes, without what is in frames. */
const read = (page) => page.locator("body").innerText();
const FALLBACK = /do not appear here|no aparecen aquí|does not run here/;

async function picture(page, name) {
  if (!process.env.UPDATE_GOLDEN) return;
  await page.waitForTimeout(500); // What moves in is there.
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** A page with the form, seen on both. */
async function pictured(address, name, lang = "en") {
  for (const [kind, viewport] of [
    ["phone", PHONE],
    ["desktop", DESKTOP],
  ]) {
    if (!process.env.UPDATE_GOLDEN) return;
    const page = await visit(address, viewport);
    await new Person(page, lang).button("start").waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      const top = document.querySelector("relief-screener").getBoundingClientRect().top + scrollY - 120;
      scrollTo({ top, behavior: "instant" });
    });
    await picture(page, `${name}-${kind}`);
    await page.context().close();
  }
}

test("an administrator puts the block on a page, finds it again as it was, and a visitor goes the whole way", {
  timeout: 120_000,
}, async () => {
  const page = await editor("admin");
  await insert(page, {
    Language: "Español",
    "Who helps": 'Casa "Nosotras" & amigas',
    Phone: "+1 555 0100",
    "Hours of the phone": "9 a 17",
    "Web page for help": "https://example.org/help?a=1&b=2",
    "Where “Leave now” leads": BYE,
  });
  const { id, link } = await publish(page, "The form as a block");
  const again = await editor("admin", id);
  const block = await again.evaluate(() => {
    const [first] = globalThis.wp.data.select("core/block-editor").getBlocks();
    return { name: first.name, isValid: first.isValid, attributes: first.attributes };
  });
  assert.deepEqual(block, {
    name: "relief-screener/form",
    isValid: true,
    attributes: {
      lang: "es",
      "help-name": 'Casa "Nosotras" & amigas',
      "help-phone": "+1 555 0100",
      hours: "9 a 17",
      "help-url": "https://example.org/help?a=1&b=2",
      "exit-url": BYE,
    },
  });
  await again.locator('[data-type="relief-screener/form"]').click();
  await picture(again, "editor-desktop");
  await again.setViewportSize(PHONE);
  await picture(again, "editor-phone");
  await again.setViewportSize(DESKTOP);

  const visitor = await visit(link);
  const person = await complete(visitor, "es");
  assert.doesNotMatch(await read(visitor), FALLBACK);
  const attributes = await visitor
    .locator("relief-screener")
    .evaluate((node) => Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])));
  assert.deepEqual(attributes, {
    lang: "es",
    "help-name": 'Casa "Nosotras" & amigas',
    "help-phone": "+1 555 0100",
    "help-url": "https://example.org/help?a=1&b=2",
    "exit-url": BYE,
  });
  await leave(visitor, person);
  await visitor.context().close();
  await pictured(link, "block", "es");
});

test("a new block says what is missing, and that an address is none", { timeout: 60_000 }, async () => {
  const page = await editor("admin");
  await insert(page, {});
  await page.getByText("Say beside this page who helps them").waitFor();
  await page.getByLabel("Web page for help", { exact: true }).fill("javascript:alert(1)");
  await page.getByText("This is no web address").waitFor();
  const { link } = await publish(page, "Nothing set");
  const visitor = await visit(link);
  await new Person(visitor).button("start").waitFor();
  assert.doesNotMatch(await visitor.content(), /javascript:alert/);
  await visitor.context().close();
});

const snippet = readFileSync(join(root, "README.md"), "utf8").match(/```html\n(<script[\s\S]+?)```/)[1];

test("the lines of the README work in classic content, and nothing false stays below the form", { timeout: 60_000 }, async () => {
  wp.php("switch_theme( 'twentytwentyone' );");
  const [folder] = readdirSync(join(wp.folder, "wp-content/plugins/relief-screener")).filter((name) => name.startsWith("form-"));
  const lines = snippet.replace("/relief-screener/define.js", `/wp-content/plugins/relief-screener/${folder}/define.js`);
  const { link, content } = await classic("admin", "Classic content", `Some words before.\n\n${lines}\nSome words after.`);
  assert.match(content.raw, /<script type="module"/);
  const visitor = await visit(link);
  await complete(visitor, "es");
  assert.match(await read(visitor), /Some words before\.[\s\S]*Some words after\./);
  assert.doesNotMatch(await read(visitor), FALLBACK);
  await visitor.context().close();
  await pictured(link, "classic", "es");
});

test("an author writes the shortcode in classic content, and a visitor goes the whole way", { timeout: 60_000 }, async () => {
  const shortcode = '[relief-screener lang="en" help-name="A group" help-phone="+1 555 0100"]';
  const { link } = await classic("author", "An author’s shortcode", `Before it.\n\n${shortcode}\n\nAfter it.`);
  const visitor = await visit(link);
  await complete(visitor);
  assert.match(await read(visitor), /Before it\.[\s\S]*After it\./);
  assert.doesNotMatch(await read(visitor), FALLBACK);
  assert.equal(await visitor.locator(".entry-content :is(p:empty, br)").count(), 0, "no empty paragraphs around it");
  await visitor.context().close();
  await pictured(link, "shortcode");
});

test("amid a line of text the shortcode breaks neither the line nor the form", { timeout: 60_000 }, async () => {
  const html = "<script>alert(1)</script><relief-screener></relief-screener>";
  const { link, content } = await classic("author", "Amid a line", `Amid a line [relief-screener lang="en"] of text.\n\nAfter it.${html}`);
  assert.doesNotMatch(content.raw, /<script|<relief-screener/, "an author may not write HTML");
  const visitor = await visit(link);
  await new Person(visitor).button("start").waitFor();
  assert.match(await read(visitor), /Amid a line[\s\S]*of text\.[\s\S]*After it\./);
  assert.doesNotMatch(await read(visitor), FALLBACK);
  assert.equal(await visitor.locator("p:has(relief-screener)").count(), 1, "it stands in its paragraph");
  await visitor.context().close();
});

test("an author puts the block on a page, and a visitor goes the whole way", { timeout: 60_000 }, async () => {
  const page = await editor("author");
  await insert(page, { "Who helps": "Ours & <i>yours</i>", Phone: "555 0100" });
  const { link } = await publish(page, "An author’s block");
  const visitor = await visit(link, DESKTOP);
  await complete(visitor);
  assert.doesNotMatch(await read(visitor), FALLBACK);
  await visitor.context().close();
});

test("where no script runs the line of help stands there; a plain frame needs none of the page's", { timeout: 60_000 }, async () => {
  const shortcode =
    'help-name="<img src=x onerror=alert(1)>" help-phone="+1 555 0100" hours="Monday to Friday" help-url="https://example.org/help"';
  const { link } = await classic(
    "author",
    "No scripts",
    `[relief-screener lang="es" ${shortcode}]\n\n[relief-screener scripts="none" lang="es" height="500" exit-url="${BYE}" ${shortcode}]`,
  );
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(link);
  const text = await read(page);
  assert.match(text, /¿Las preguntas no aparecen aquí\? Pida ayuda a una persona: .*\+1 555 0100, Monday to Friday, example\.org\/help/);
  assert.equal(await page.locator("relief-screener a[href='tel:+15550100']").count(), 1);
  assert.equal(await page.locator("img[src=x]").count(), 0);
  await page.context().close();
  const visitor = await visit(link);
  const frame = visitor.locator("iframe[src]").contentFrame();
  assert.equal(await visitor.locator("iframe[src]").evaluate((node) => node.clientHeight), 500);
  assert.equal(await visitor.locator("iframe[src]").evaluate((node) => node.contentDocument), null, "no script of the page reads in it");
  const person = await complete(visitor, "es", frame);
  await leave(visitor, person);
  await visitor.context().close();
});

test("the programs in the news", { timeout: 60_000 }, async () => {
  const { link } = await classic("author", "News", '[relief-screener view="news" lang="en"]');
  const visitor = await visit(link);
  await visitor.frameLocator("relief-screener iframe").getByRole("heading").first().waitFor();
  await visitor.waitForFunction(() => document.querySelector("relief-screener").state === "ready");
  assert.ok(!asked.some((url) => url.includes("engine")), "without the engine");
  await visitor.context().close();
});

test("what the shortcode does not know, and what would be taken from elsewhere, is not printed; only who may change the page is told", async () => {
  const { link } = await classic(
    "author",
    "Wrong",
    `[relief-screener exit="https://example.org/" src="${other.origin}/frame" rules="${other.origin}/rules" lang="xx" onload="alert(1)" exit-url="javascript:alert(1)"]`,
  );
  const visitor = await visit(link);
  await new Person(visitor).button("start").waitFor();
  const [tag] = (await visitor.content()).match(/<relief-screener[^>]*>/);
  assert.equal(tag, "<relief-screener>");
  assert.doesNotMatch(await read(visitor), /Only you see this line/);
  await visitor.context().close();
  const author = await desk("author");
  await author.goto(link);
  await author.getByText("Only you see this line").waitFor();
  assert.match(
    await read(author),
    /does not know: exit="https:\/\/example\.org\/" src=.* rules=.* lang="xx" onload="alert\(1\)" exit-url="javascript:alert\(1\)"\. It knows: lang, view, /,
  );
  assert.deepEqual([...other.asked], []);
});

test("in a feed a link and the line of help stand in the place of the form", async () => {
  await classic("author", "In a feed", '[relief-screener lang="es"]');
  const feed = await (await fetch(`${wp.origin}/?feed=rss2`)).text();
  const item = feed.split("<item>").find((one) => one.includes("<title>In a feed</title>"));
  assert.match(item, />In a feed<\/a> ¿Las preguntas no aparecen aquí\? Pida ayuda a una persona/);
  assert.doesNotMatch(item, /<relief-screener|<iframe|define\.js/);
});

test("under a strict policy the form stands in the hosted frame", { timeout: 60_000 }, async () => {
  const { link } = await classic("author", "Strict", '[relief-screener lang="en"]');
  const page = await (await browser.newContext()).newPage();
  await page.route(link, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "script-src 'self'; frame-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(link);
  await page.waitForFunction(() => document.querySelector("relief-screener").state === "ready");
  assert.equal(await page.evaluate(() => document.querySelector("relief-screener").mode), "hosted");
  await page.context().close();
});

test("it keeps nothing while it is there, and leaves nothing when it is deleted", { timeout: 60_000 }, async () => {
  // The observer sees what a plugin keeps.
  wp.php("add_option( 'seen', 1 ); return 0;");
  assert.deepEqual(added(kept()), ["seen"]);
  wp.php("delete_option( 'seen' ); return 0;");
  assert.deepEqual(added(kept()), []);
  const page = await desk("admin");
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(`${wp.origin}/wp-admin/plugins.php`);
  const row = page.locator(`tr[data-plugin="${PLUGIN}"]`);
  await row.getByRole("link", { name: /Deactivate/ }).click();
  await row.getByRole("link", { name: /Delete/ }).click();
  await page.getByText("was successfully deleted").waitFor();
  assert.ok(!existsSync(join(wp.folder, "wp-content/plugins/relief-screener")));
  assert.deepEqual(added(kept()), []);
  const told = wp.php(
    "global $wpdb; return $wpdb->get_col( \"SELECT option_name FROM wp_options WHERE option_value LIKE '%relief-screener%'\" );",
  );
  assert.deepEqual(
    told.filter((name) => !OWN.test(name)),
    [],
  );
});

test("the settings are those of the element, but for what comes from elsewhere or weakens the seal", () => {
  const { attributes } = JSON.parse(readFileSync(join(root, "wordpress/relief-screener/block.json"), "utf8"));
  const { modules } = JSON.parse(readFileSync(join(root, "pkg/dist/custom-elements.json"), "utf8"));
  const known = modules[0].declarations[0].attributes.map(({ name }) => name);
  const elsewhere = ["src", "inline", "rules", "rules-integrity", "rules-key", "rules-older"];
  const mine = ["hours", "scripts"];
  assert.deepEqual([...Object.keys(attributes), ...elsewhere].sort(), [...known, ...mine].sort());
  assert.ok(elsewhere.every((name) => known.includes(name)));
});
