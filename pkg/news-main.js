// @ts-check
// The script of the sealed frame that shows the programs in the news. It asks nothing, so there is no answer in it: it hears what to show
// from the page around, and says the same few words as the form.

import { shut } from "./frame-seal.js";
import { offer } from "./view/around.js";
import { guard } from "./view/guard.js";
import { News } from "./view/news.js";
import { stage } from "./view/stage.js";

const outer = window.parent;
/** @type {News | null} */
let news = null;

/** @param {"hello" | "ready" | "error" | "exit" | "left"} type */
const tell = (type) => outer.postMessage({ type }, "*");

/** @param {import("./view/types.d.ts").Config} config */
function begin(config) {
  const root = stage(config);
  const nothing = () => {};
  const { exit } = guard({
    say: (key, values) => news?.say(key, values) ?? "",
    active: () => false,
    wipe: nothing,
    leave: () => tell("exit"),
    gone: nothing,
  });
  news = new News(root, config, exit);
}

addEventListener("message", ({ source, data }) => {
  if (source !== outer || typeof data !== "object" || data === null) return;
  if (data.type === "config" && !news) begin(data.config);
  else if (data.type === "parts" && news) {
    news.ready(data.news, data.language);
    tell("ready");
  } else if (data.type === "language" && news) offer(news, data.language);
  else if (data.type === "lang") news?.speak(data.lang);
  else if (data.type === "leave") tell("left");
});
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (event) => {
    event.preventDefault();
    tell("error");
  });
}
document.currentScript?.remove();
shut();
tell("hello");
