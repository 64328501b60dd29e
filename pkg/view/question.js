// @ts-check
// What every screen with a question has: the stop card above it, what is missing, how an answer is found out, how many are
// left, the way on and back. The control in the middle comes from the screen itself.

import { UNSURE } from "./answers.js";
import { stopCard } from "./cautions.js";
import { button, h } from "./dom.js";
import { actions, heading } from "./parts.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */
/** A control, and where its answer leads. @typedef {import("./controls.js").Control & { go: () => void, goText?: string }} Going */

/**
 * @param {App} app
 * @param {Question} question
 * @param {object} screen
 * @param {string} screen.over a line above the question
 * @param {Node} [screen.before]
 * @param {string} screen.title
 * @param {(string | undefined | false)[]} screen.hints
 * @param {Node | null} [screen.beside] between the question and its answers
 * @param {(changed: () => void) => Going} screen.control
 * @param {() => number | undefined} screen.value what is chosen in it
 * @param {Node | false | null} screen.after
 * @param {boolean} [screen.several] the controls are no one group
 */
export function questionScreen(app, question, { over, before, title, hints, beside, control, value, after, several }) {
  const errors = errorPlace(app);
  const help = findOutPlace(app, question);
  const { nodes, missing, go, goText } = control(() => {
    errors.clear();
    help.show(value());
  });
  help.show(value());
  const submit = () => {
    const first = missing();
    if (first) errors.complain(first);
    else go();
  };
  const [about, ...more] = hints.filter((text) => text).map((text) => h("p", { class: "hint" }, text));
  if (about) about.id = "about";
  const inside = [about, more, beside, nodes];
  return [
    app.report && stopCard(app, app.report),
    errors.place,
    over && h("p", { class: "over" }, over),
    before,
    several
      ? h("div", { class: "group" }, heading(app, title), inside)
      : h("fieldset", { class: "group", "aria-describedby": about?.id }, h("legend", null, heading(app, title)), inside),
    help.place,
    after,
    actions(app, goText ?? app.say("go"), submit),
  ];
}

/** Where what is missing is said, at the top, with the way to it. @param {App} app */
function errorPlace(app) {
  const place = h("div", { class: "errors" });
  /** @type {HTMLElement | null} */
  let marked = null;
  const clear = () => {
    place.replaceChildren();
    marked?.removeAttribute("aria-invalid");
  };
  /** @param {import("./controls.js").Missing} missing */
  const complain = ({ text, first }) => {
    clear();
    marked = first;
    first.setAttribute("aria-invalid", "true");
    const way = button(text, () => first.focus(), "link");
    const box = h("div", { class: "error", role: "alert", tabindex: -1 }, h("strong", null, app.say("errTitle")), way);
    place.append(box);
    box.focus();
    box.scrollIntoView({ block: "nearest" });
  };
  return { place, clear, complain };
}

/** Where it is said how an answer can be found, as long as it is "not sure". @param {App} app @param {Question} question */
function findOutPlace(app, question) {
  const place = h("div", { role: "status" });
  const text = app.lawOf(question)["find-out"] ?? app.lawText("find-out", question.findOut);
  /** @param {number | undefined} value */
  const show = (value) => {
    const told = h("div", { class: "find-out" }, h("strong", null, app.say("howTo")), h("p", null, text));
    place.replaceChildren(...(value === UNSURE ? [told] : []));
  };
  return { place, show };
}

/** How many questions are left, at most. @param {App} app */
export function progress(app) {
  const open = app.report?.questions.filter(({ state }) => state === "open").map(({ fact }) => fact) ?? [];
  // Whether a list has one entry only is asked before it, although no rule reads that.
  const extra = open.filter((fact) => {
    const once = app.question(app.question(fact)?.shortWhen);
    return once && !app.answers.kept(once)[0] && !open.includes(once.fact);
  });
  const left = (app.report?.remaining ?? 0) + extra.length;
  return left > 1 ? app.say("left", { n: left }) : left ? app.say("leftOne") : "";
}
