// Firefox, by WebDriver BiDi.

import puppeteer from "puppeteer-core";

const WAIT = 2000;
/** Back and forward between entries of a frame never end for the driver. */
const within = (promise) => Promise.race([promise.catch(() => {}), new Promise((done) => setTimeout(done, WAIT))]);

export async function firefox() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    headless: true,
  });
  return {
    name: await browser.version(),
    async open() {
      const page = await browser.newPage();
      const frame = () => page.frames().find((one) => one !== page.mainFrame());
      const run = (where, script) => where.evaluate(`(() => { ${script} })()`);
      return {
        open: (address) => page.goto(address),
        // The address that the driver keeps is not the one that Back leads to.
        path: () => run(page, "return location.pathname;"),
        back: () => within(page.goBack()),
        forward: () => within(page.goForward()),
        press: (name) => frame().locator(`::-p-aria([name="${name}"][role="button"])`).click(),
        // There may be no frame yet.
        inFrame: async (script) => run(frame(), script),
        around: (script) => run(page, script),
      };
    },
    close: () => browser.close(),
  };
}
