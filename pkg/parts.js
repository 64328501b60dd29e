// @ts-check
// What the first script of the frame and the second one both use. The second is built without these modules: it takes them from here,
// so that nothing comes twice, and so that both mean the same.

import * as answers from "./view/answers.js";
import * as app from "./view/app.js";
import * as controls from "./view/controls.js";
import * as dom from "./view/dom.js";
import * as lines from "./view/lines.js";
import * as parts from "./view/parts.js";
import * as text from "./view/text.js";
import * as view from "./view/view.js";
import * as way from "./view/way.js";

/** By the names under which the second script asks for them: see `xtask/src/frames.rs`. @type {Record<string, object>} */
const PARTS = {
  "./pkg/view/answers.js": answers,
  "./pkg/view/app.js": app,
  "./pkg/view/controls.js": controls,
  "./pkg/view/dom.js": dom,
  "./pkg/view/lines.js": lines,
  "./pkg/view/parts.js": parts,
  "./pkg/view/text.js": text,
  "./pkg/view/view.js": view,
  "./pkg/view/way.js": way,
};

/** @param {string} name */
export const part = (name) => PARTS[name];
