// @ts-check
// What every screen with a question has: the stop line above it, the part and for whom one answers, what is missing, how an answer is
// found out, the way on and back. The controls in the middle come from the screen itself.

import { UNSURE } from "./answers.js";
import { stopLine } from "./cautions.js";
import { button, dialed, folded, h, outside } from "./dom.js";
import { control } from "./kinds.js";
import { paperFold } from "./papers.js";
import { actions, heading, subheading } from "./parts.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./types.d.ts").Question} Question */
/** A control, and where its answer leads. @typedef {import("./controls.js").Control & { go: () => void, goText?: string }} Going */

/**
 * @param {App} app
 * @param {object} screen
 * @param {string | undefined} screen.part the part of the questions that it stands in
 * @param {string} screen.title
 * @param {(string | undefined | false)[]} screen.hints
 * @param {Node | null} [screen.beside] between the question and its answers
 * @param {(changed: () => void) => Going} screen.control
 * @param {Question} [screen.about] the one question: how it is found out, and why it is asked
 * @param {() => number | undefined} [screen.value] what is chosen in it
 * @param {boolean} [screen.several] the controls are no one group
 * @param {(go: (more: () => void) => void) => Node | null} [screen.more] one more way on
 */
export function questionScreen(app, { part, title, hints, beside, control: made, about, value, several, more }) {
  const errors = errorPlace(app);
  const help = about && findOutPlace(app, about);
  const { nodes, missing, go, goText } = made(() => {
    errors.clear();
    help?.show(value?.());
  });
  help?.show(value?.());
  const submit = (/** @type {() => void} */ then) => {
    const first = missing();
    if (first) errors.complain(first);
    else then();
  };
  const [first, ...others] = hints.filter((text) => text).map((text) => h("p", { class: "hint" }, text));
  if (first) first.id = "about";
  const inside = [first, others, beside, nodes];
  return [
    app.report && stopLine(app, app.report),
    errors.place,
    progress(app, part),
    several
      ? h("div", { class: "group", role: "group", "aria-labelledby": "title", "aria-describedby": first?.id }, titled(app, title), inside)
      : h("fieldset", { class: "group", "aria-describedby": first?.id }, h("legend", null, heading(app, title)), inside),
    help?.place,
    about && why(app, about),
    more?.(submit),
    actions(app, goText ?? app.say("go"), () => submit(go)),
  ];
}

/** @param {App} app @param {string} title */
function titled(app, title) {
  const node = heading(app, title);
  node.id = "title";
  return node;
}

/** One of several questions on a screen. @param {App} app @param {Question} question @param {() => void} changed
 * @returns {import("./controls.js").Control} */
export function askGroup(app, question, changed) {
  const law = app.lawOf(question);
  const slots = app.answers.draft(question);
  const help = findOutPlace(app, question);
  const finer = () => app.canBeFiner(question, slots);
  const inner = control(app, {
    ...question,
    slots,
    texts: law,
    ratherNot: app.screenWith(question.fact)?.ratherNot,
    ofBirth: question.fact === "person.birth-date",
    finer,
    changed: () => {
      help.show(slots[0]);
      changed();
    },
  });
  help.show(slots[0]);
  const legend = h("legend", null, subheading(app, 1, "small-title", law.question ?? question.fact));
  const hint = law.hint && h("p", { class: "hint" }, law.hint);
  return {
    nodes: [h("fieldset", { class: "one-of" }, legend, hint, inner.nodes, paperFold(app, question, inner.nodes), help.place)],
    missing: inner.missing,
  };
}

/** Where the way to find an answer is a person on a line: the number, once, with nothing to open.
 * @param {App} app @param {Question[]} questions */
export function hotline(app, questions) {
  const asked = new Set(questions.map(({ findOut }) => findOut));
  const places = (app.screener?.help ?? []).filter(({ id, phone }) => phone && asked.has(id));
  const lines = places.map(({ id, phone }) => [h("p", null, app.lawText("find-out", id)), call(app, phone ?? "")]);
  return lines.length ? h("section", { class: "hotline" }, lines) : null;
}

/** A number to press. @param {App} app @param {string} phone */
export function call(app, phone) {
  const link = outside(`tel:${dialed(phone)}`, [app.say("call"), " ", h("span", { class: "number" }, phone)]);
  link.className = "button call";
  return link;
}

/** @param {App} app @param {Question} question */
function why(app, question) {
  const { why: text } = app.lawOf(question);
  return text ? folded(app.say("why"), h("p", null, text)) : null;
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

/** Which part of the questions this is, and for whom one answers. @param {App} app @param {string | undefined} part */
export function progress(app, part) {
  const parts = app.screener?.parts ?? [];
  const at = parts.indexOf(part ?? "");
  const whose = app.question("person.filled-by");
  const other = whose && app.answers.kept(whose)[0] === whose.options.indexOf("other") + 1;
  const where = at >= 0 && [app.say("part", { n: at + 1, all: parts.length }), app.lawText("part", part ?? "")];
  const whom = app.say(other ? "forOther" : "forSelf");
  return h("p", { class: "over" }, [...(where || []), at > 0 || other ? whom : null].filter(Boolean).join(" · "));
}
