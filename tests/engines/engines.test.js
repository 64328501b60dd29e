// What differs from browser to browser, in Firefox and in WebKit; Chromium has tests of its own. `npm run engines` installs both.

import { after, before, describe, test } from "node:test";

import { serve } from "../browser/support.js";
import { walkBack } from "./back.js";
import { firefox } from "./firefox.js";
import { webkit } from "./webkit.js";

for (const [name, launch] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let engine;
    let server;
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
  });
}
