// WebKitGTK's small browser, by WebDriver, on a display that nobody sees.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

import { Builder, By, Capabilities } from "selenium-webdriver";

const BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const DRIVER = "/usr/bin/WebKitWebDriver";
/** A container has neither a sandbox of its own for it nor a graphics card. */
const CONTAINER = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

export async function webkit() {
  const port = await freePort();
  const process_ = spawn("xvfb-run", ["-a", "-s", "-screen 0 1280x1400x24", DRIVER, `--port=${port}`], {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, ...CONTAINER },
  });
  const address = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(`${address}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const wanted = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: BROWSER, args: ["--automation"] } });
  // Back between entries of a frame is no page that loads: who waits for one waits for ever.
  wanted.set("pageLoadStrategy", "none");
  const driver = await new Builder().usingServer(address).withCapabilities(wanted).build();
  // It scrolls in the frame, and not in the page around: all of the frame has to be in sight.
  await driver.manage().window().setRect({ x: 0, y: 0, width: 1000, height: 1300 });
  const inFrame = async (work) => {
    await driver
      .switchTo()
      .frame(await driver.executeScript("return document.querySelector('relief-screener').shadowRoot.querySelector('iframe');"));
    try {
      return await work();
    } finally {
      await driver.switchTo().defaultContent();
    }
  };
  const capabilities = await driver.getCapabilities();
  return {
    name: `WebKitGTK/${capabilities.getBrowserVersion()}`,
    open: async () => ({
      async open(url) {
        // It names the new address while the page before is still there, so that one is marked.
        await driver.executeScript("window.before = true;");
        await driver.get(url);
        await driver.wait(async () => (await driver.getCurrentUrl()) === url, 10_000);
        const there = "return !window.before && document.readyState === 'complete';";
        await driver.wait(() => driver.executeScript(there).catch(() => false), 10_000);
      },
      // A script that meets a page on its way out would never end.
      path: async () => new URL(await driver.getCurrentUrl()).pathname,
      back: () => driver.navigate().back(),
      forward: () => driver.navigate().forward(),
      press: (name) =>
        inFrame(async () => {
          const button = await driver.findElement(By.xpath(`//button[normalize-space()=${JSON.stringify(name)}]`));
          await driver.executeScript("arguments[0].scrollIntoView({ block: 'nearest' });", button);
          await button.click();
        }),
      inFrame: (script) => inFrame(() => driver.executeScript(script)),
      around: (script) => driver.executeScript(script),
    }),
    async close() {
      await driver.quit();
      process.kill(-process_.pid);
    },
  };
}
