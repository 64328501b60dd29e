// @ts-check
// The form as it stands before its engine is there: the stage, what protects the person, and the start page. Both first scripts use it:
// the one that hears everything from an element, and the one of a page that has everything inside.

import { guard } from "./view/guard.js";
import { stage } from "./view/stage.js";
import { setFull, view } from "./view/view.js";

/**
 * @param {import("./view/types.d.ts").Config} config
 * @param {object} outer what only whoever shows the frame can do
 * @param {() => void} outer.exit
 * @param {() => void} outer.begun
 * @param {() => void} outer.enlarge
 * @param {() => void} outer.shrink
 */
export function stand(config, outer) {
  /** @type {import("./view/app.js").App | null} */
  let app = null;
  const root = stage(config);
  const { exit } = guard({
    say: (key, values) => app?.say(key, values) ?? "",
    active: () => app != null && app.place.name !== "start",
    wipe: () => app?.wipe(),
    leave: () => outer.exit(),
    gone: () => {
      app?.levels.forget();
      app?.wipe();
    },
  });
  app = view(root, config, { ...outer, exit });
  // A fault of ours leaves no answer behind, and no detail of it is written anywhere: it could carry an answer.
  for (const type of ["error", "unhandledrejection"]) {
    addEventListener(type, (event) => {
      event.preventDefault();
      app?.wipe("failed");
    });
  }
  return app;
}

/** What whoever is around may say at any time. @param {import("./view/app.js").App} app @param {any} data
 * @param {(type: "left") => void} tell */
export function heed(app, data, tell) {
  if (data.type === "lang") app.speak(data.lang);
  else if (data.type === "full") setFull(app, data.on);
  else if (data.type === "leave") {
    app.wipe();
    app.levels.home(() => tell("left"));
  }
}
