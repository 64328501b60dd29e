// Looks at one page in one width and writes down what is there: what was asked for and what came, what the browser refused, and how far
// the form is. It presses nothing, answers nothing and judges nothing.

import { CannotLook } from "./browser.js";

/** @typedef {Awaited<ReturnType<typeof import("./browser.js").open>>} Browser */
/** @typedef {Awaited<ReturnType<typeof look>>} Sight */

/** For the page around, for a form that is on its way, and how long nothing may arrive before nothing more is waited for. */
const LOADING = 30_000;
const FORM = 45_000;
const QUIET = 4000;
/** What comes after the form is ready: other languages, counters that wait. */
const AFTER = 1500;
const STEP = 200;

const TELL = "reliefScreenerCheckTell";

/** Runs in every frame before anything else. @param {string} name of the way back */
function watch(name) {
  const tell = /** @type {any} */ (window)[name];
  delete (/** @type {any} */ (window)[name]);
  const say = (/** @type {object} */ what) => tell(JSON.stringify(what));
  addEventListener("relief-error", (event) => say({ error: /** @type {CustomEvent} */ (event).detail?.code }), true);
  addEventListener(
    "securitypolicyviolation",
    ({ effectiveDirective, blockedURI, originalPolicy, disposition }) =>
      disposition === "enforce" &&
      location.protocol !== "about:" &&
      say({ violation: { directive: effectiveDirective, blocked: blockedURI, policy: originalPolicy } }),
    true,
  );
}

/** The pages of the package that a frame can show. */
export const FORM_PAGE = /\/(frame|hosted|hosted-news|linked|linked-news|relief-screener)\.html($|[?#])/;

/** Runs in every frame, again and again. @param {RegExp} ours */
function probe(ours) {
  const roots = [/** @type {Document | ShadowRoot} */ (document)];
  for (const root of roots)
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot && node.localName !== "relief-screener") roots.push(node.shadowRoot);
  const all = (/** @type {string} */ selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const elements = all("relief-screener");
  const frames = all("iframe").filter((one) => ours.test(/** @type {HTMLIFrameElement} */ (one).src));
  [...elements, ...frames][0]?.scrollIntoView();
  const place = (/** @type {Element} */ one) => {
    const { width, height, top, bottom } = one.getBoundingClientRect();
    let end = bottom;
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement)
      if (/hidden|clip/.test(getComputedStyle(box).overflowY)) end = Math.min(end, box.getBoundingClientRect().bottom);
    return { width: Math.round(width), height: Math.round(height), visible: Math.round(Math.max(0, end - top)) };
  };
  const start = document.querySelector(".root .begin .primary")?.getBoundingClientRect();
  const globals = ["rrweb", "rrwebRecord", "clarity", "hj", "FS", "fbq", "gtag", "ga", "_paq", "ttq", "mixpanel", "posthog", "LogRocket"];
  return {
    url: location.href,
    top: window === window.top,
    elements: elements.map((one) => ({
      ...place(one),
      state: /** @type {any} */ (one).state ?? null,
      mode: /** @type {any} */ (one).mode ?? null,
      exit: one.getAttribute("exit-url") ?? "https://www.wikipedia.org/",
      defined: customElements.get("relief-screener") !== undefined,
    })),
    frames: frames.map((one) => {
      const { src, contentDocument } = /** @type {HTMLIFrameElement} */ (one);
      return { ...place(one), src, open: contentDocument !== null };
    }),
    referrer: document.querySelector('meta[name="referrer"]')?.getAttribute("content") ?? null,
    form: document.querySelector("body > .root") !== null,
    start: start ? { bottom: Math.round(start.bottom), window: innerHeight } : null,
    globals: globals.filter((name) => name in window),
  };
}

/** @param {Browser} browser @param {string} url @param {{ name: string, width: number, height: number, mobile: boolean }} size */
export async function look(browser, url, { name, width, height, mobile }) {
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", newWindow: true });
  const { sessionId: top } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  /** What was asked for, by session and number. @type {Map<string, any>} */
  const requests = new Map();
  /** @type {Map<string, { session: string, id: number }>} */
  const contexts = new Map();
  const sessions = new Set([top]);
  /** @type {string[]} */
  const errors = [];
  /** @type {string[]} */
  const lines = [];
  /** @type {{ directive: string, blocked: string, policy: string }[]} */
  const violations = [];
  /** What is on its way. @type {Set<string>} */
  const open = new Set();
  let loaded = false;
  let lately = Date.now();

  const request = (/** @type {string} */ session, /** @type {string} */ id) => {
    const key = `${session} ${id}`;
    if (!requests.has(key)) requests.set(key, { session, id, hops: [] });
    return requests.get(key);
  };
  /** @type {Record<string, (params: any, session: string) => void>} */
  const HEARD = {
    "Target.attachedToTarget": ({ sessionId, targetInfo }) => {
      sessions.add(sessionId);
      void prepare(sessionId, targetInfo.type).catch(() => {}); // It is gone already.
    },
    "Target.detachedFromTarget": ({ sessionId }) => {
      sessions.delete(sessionId);
      for (const [key, context] of contexts) if (context.session === sessionId) contexts.delete(key);
    },
    "Network.requestWillBeSent": ({ requestId, request: asked, type, frameId, redirectResponse }, session) => {
      const one = request(session, requestId);
      if (redirectResponse) one.hops.push(redirectResponse.url);
      Object.assign(one, { url: asked.url, type, frame: frameId });
    },
    "Network.responseReceived": ({ requestId, response, type }, session) =>
      Object.assign(request(session, requestId), {
        url: response.url,
        type,
        status: response.status,
        mime: response.mimeType,
        headers: Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), value])),
      }),
    "Network.loadingFailed": ({ requestId, errorText, blockedReason, corsErrorStatus }, session) =>
      Object.assign(request(session, requestId), { failed: errorText, blocked: blockedReason, cors: corsErrorStatus?.corsError }),
    "Runtime.executionContextCreated": ({ context }, session) => {
      if (context.auxData?.isDefault) contexts.set(`${session} ${context.id}`, { session, id: context.id });
    },
    "Runtime.executionContextDestroyed": ({ executionContextId }, session) => contexts.delete(`${session} ${executionContextId}`),
    "Runtime.executionContextsCleared": (_, session) => {
      for (const [key, context] of contexts) if (context.session === session) contexts.delete(key);
    },
    "Runtime.bindingCalled": ({ payload }) => {
      const { error, violation } = JSON.parse(payload);
      if (error) errors.push(error);
      if (violation) violations.push(violation);
    },
    "Runtime.consoleAPICalled": ({ args }) => lines.push(String(args[0]?.value ?? "")),
    "Log.entryAdded": ({ entry }) => lines.push(entry.text),
    "Page.javascriptDialogOpening": (_, session) =>
      void browser.send("Page.handleJavaScriptDialog", { accept: true }, session).catch(() => {}),
    "Page.loadEventFired": (_, session) => {
      if (session === top) loaded = true;
    },
  };
  const deaf = browser.listen(({ method, params, sessionId }) => {
    if (!sessions.has(sessionId)) return;
    HEARD[method]?.(params, sessionId);
    if (!method.startsWith("Network.")) return;
    lately = Date.now();
    if (method === "Network.requestWillBeSent") open.add(params.requestId);
    if (/loadingF(inished|ailed)$/.test(method)) open.delete(params.requestId);
  });

  /** @param {string} session @param {string} type */
  async function prepare(session, type) {
    const send = (/** @type {string} */ method, /** @type {object} */ params = {}) => browser.send(method, params, session);
    const orders = [send("Network.enable")];
    if (type === "page" || type === "iframe") {
      orders.push(
        send("Page.enable"),
        send("Log.enable"),
        send("Runtime.enable"),
        send("Runtime.addBinding", { name: TELL }),
        send("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})("${TELL}")` }),
        send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      );
    }
    orders.push(send("Runtime.runIfWaitingForDebugger"));
    await Promise.all(orders);
  }

  /** What every frame looks like now. @returns {Promise<ReturnType<typeof probe>[]>} */
  async function seen() {
    const params = { expression: `(${probe})(${FORM_PAGE})`, returnByValue: true };
    const all = [...contexts.values()].map(({ session, id }) =>
      browser.send("Runtime.evaluate", { ...params, contextId: id }, session).then(({ result }) => result.value ?? null),
    );
    const answers = await Promise.allSettled(all);
    return answers.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  }

  try {
    await prepare(top, "page");
    // As a visitor would be seen: some pages send another page to a browser without a window.
    const { userAgent } = await browser.send("Browser.getVersion");
    await browser.send("Network.setUserAgentOverride", { userAgent: userAgent.replace("Headless", "") }, top);
    await browser.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile }, top);
    const { errorText } = await browser.send("Page.navigate", { url }, top);
    if (errorText) {
      const status = [...requests.values()].find((one) => one.type === "Document")?.status;
      throw new CannotLook(status ? `${url} answers ${status}: there is no page to look at.` : `${url} cannot be reached (${errorText}).`);
    }
    await until(() => loaded, LOADING);

    const end = Date.now() + FORM;
    let frames = await seen();
    while (Date.now() < end) {
      const elements = frames.flatMap((one) => one.elements);
      const loading = elements.some(({ state, width: wide }) => state === "loading" || (state === "waiting" && wide > 0));
      const done = elements.length
        ? elements.every(({ state }) => state === "ready" || state === "failed")
        : frames.some(({ start }) => start) && frames.some((one) => one.frames.length);
      if (done || (!loading && !open.size && Date.now() - lately > QUIET)) break;
      await pause(STEP);
      frames = await seen();
    }
    await pause(AFTER);
    frames = await seen();

    const page = [...requests.values()].find((one) => one.session === top && one.type === "Document");
    const sent = await bodyOf(page);
    const scripts = [...requests.values()].filter(isScript);
    const bodies = await Promise.all(scripts.map(async (one) => ({ url: one.url, body: await bodyOf(one) })));
    return {
      name,
      url: page?.url ?? url,
      status: page?.status ?? 0,
      headers: page?.headers ?? {},
      sent: sent?.toString() ?? "",
      frames,
      requests: [...requests.values()].filter((one) => /^(https?|wss?):/.test(one.url ?? "")),
      bodies,
      errors,
      lines,
      violations,
    };
  } finally {
    deaf();
    await browser.send("Target.closeTarget", { targetId }).catch(() => {});
  }

  /** @param {any} one @returns {Promise<Buffer | null>} */
  async function bodyOf(one) {
    if (!one) return null;
    try {
      const { body, base64Encoded } = await browser.send("Network.getResponseBody", { requestId: one.id }, one.session);
      return Buffer.from(body, base64Encoded ? "base64" : "utf8");
    } catch {
      return null; // It never came, or is not kept.
    }
  }
}

/** @param {any} one */
const isScript = ({ url, status }) => status === 200 && /\.m?js($|\?)/.test(url ?? "");

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/** @param {() => boolean} check @param {number} patience */
async function until(check, patience) {
  const end = Date.now() + patience;
  while (!check() && Date.now() < end) await pause(STEP);
}
