// What differs from browser to browser, in Firefox and in WebKit; Chromium has tests of its own. `npm run engines` installs both.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { serve } from "../browser/support.js";
import { walkBack } from "./back.js";
import { firefox } from "./firefox.js";
import { askFromInside, HOSTS, walkHost } from "./hosts.js";
import { webkit } from "./webkit.js";

for (const [name, launch] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let engine;
    let server;
    let walked = 0;
    before(async () => {
      [engine, server] = await Promise.all([launch(), serve()]);
      console.log(engine.name);
    });
    after(async () => {
      await engine?.close();
      await server?.close();
    });

    for (const attributes of ["", 'height="full"']) {
      test(`Back goes one level up, and what was left stays away ${attributes}`, { timeout: 120_000 }, async () => {
        await walkBack(await engine.open(), server, attributes);
      });
    }

    for (const host of HOSTS) {
      test(`on a page with ${host[0]} the form comes to its second screen`, { timeout: 60_000 }, async () => {
        await walkHost(await engine.open(), server, host);
        walked += 1;
      });
    }

    test("once the form is ready no script can be asked for from its frame", { timeout: 60_000 }, async () => {
      const driver = await engine.open();
      await walkHost(driver, server, HOSTS[0]);
      await askFromInside(driver, server);
    });

    test("every page was walked", () => {
      console.log(`${engine.name}: ${walked} pages of others`);
      assert.equal(walked, HOSTS.length);
    });
  });
}
