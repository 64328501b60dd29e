// @ts-check
// A screen of the rules: questions with controls of their own, and lines to tick. What was shown and left alone is an answer too, so a
// screen that nobody touched cannot be passed.

import { UNSURE } from "./answers.js";
import { bitTicks, firstMissing, missing, option, radios, tick, unsure } from "./controls.js";
import { h } from "./dom.js";
import { anySaid, factsBehind, factsOf, LEFT, leftAlone, linesOf, offered, settle, TICKED, tickedBefore } from "./lines.js";
import { paperFold } from "./papers.js";
import { subheading } from "./parts.js";
import { askGroup, hotline, questionScreen } from "./question.js";
import { advance } from "./way.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {import("./types.d.ts").Line} Line */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Screen} Screen */

/** Chosen in place of a tick; the number stands for the whole screen. */
const NONE = 1;
const ONE_UNSURE = 2;
const RATHER_NOT = 3;

/** The words of a screen. @param {App} app @param {Screen} shown @returns {Record<string, any>} */
export const wordsOfScreen = (app, { id }) => app.law.screen?.[id] ?? {};

/** @param {App} app */
export function screen(app) {
  const { place } = app;
  const shown = app.screenOf(place.screen);
  const open = place.open ?? [];
  if (!shown) return [];
  const words = wordsOfScreen(app, shown);
  const asks = (shown.ask ?? []).filter((fact) => open.includes(fact)).flatMap((fact) => app.question(fact) ?? []);
  const lines = linesOf(shown, open);
  if (app.fresh) recall(app, asks, lines, open, shown);
  return questionScreen(app, {
    part: shown.part,
    title: words.title ?? shown.id,
    hints: [words.hint],
    several: true,
    beside: hotline(app, [...asks, ...behindCalm(app, shown, lines)]),
    control: (changed) => {
      const groups = asks.map((question) => askGroup(app, question, changed));
      const choice = lines.length ? (shown.one ? oneOf(app, shown, lines, changed) : boxes(app, shown, lines, changed)) : null;
      const all = [...groups, ...(choice ? [choice] : [])];
      return {
        nodes: [...all.flatMap(({ nodes }) => nodes), ...papersOf(app, lines)],
        missing: () => firstMissing(all),
        go: () => done(app, shown, asks, lines, open),
      };
    },
  });
}

/** The papers that lines speak of, in one fold. @param {App} app @param {Line[]} lines */
function papersOf(app, lines) {
  const asked = [...new Set(lines.flatMap(factsOf))].flatMap((fact) => app.question(fact) ?? []);
  const papers = [...new Set(asked.flatMap((question) => [...(question.papers ?? []), ...Object.values(question.paperOf ?? {})]))];
  const fold = paperFold(app, { kind: "set", options: [], papers });
  return fold ? [fold] : [];
}

/** What the lines ask, without what is urgent: that has a screen of its own, with its number. @param {App} app @param {Screen} shown
 * @param {Line[]} lines */
function behindCalm(app, shown, lines) {
  const now = wordsOfScreen(app, shown).now ?? {};
  const facts = lines.filter(({ id }) => !now[id]).flatMap(({ sets = {} }) => Object.keys(sets));
  return facts.flatMap((fact) => app.question(fact) ?? []);
}

/** What was confirmed is chosen. @param {App} app @param {Question[]} asks @param {Line[]} lines @param {string[]} open @param {Screen} shown */
function recall(app, asks, lines, open, shown) {
  const behind = factsBehind(lines, open).flatMap((fact) => app.question(fact) ?? []);
  for (const question of [...asks, ...behind]) app.answers.recall(question);
  const ticked = tickedBefore(app, lines);
  const { extra } = app.answers;
  extra.fill(0);
  if (shown.one) extra[0] = ticked.indexOf(true) + 1;
  for (const [i, on] of ticked.entries()) extra[i + 1] = on ? TICKED : 0;
  // What is left open when its lines are left alone has no answer to be found again.
  const settled = behind.filter((question) => leftAlone(question, lines)).map((question) => app.answers.kept(question)[0]);
  const answered = settled.length > 0 && settled.every((value) => value && value !== UNSURE);
  const plain = answered && !ticked.includes(true) && !anySaid(app, lines);
  if (plain && !shown.one) extra[0] = NONE;
}

/** @param {App} app @param {Screen} shown @param {Question[]} asks @param {Line[]} lines @param {string[]} open */
function done(app, shown, asks, lines, open) {
  const { extra } = app.answers;
  if (!shown.one && extra[0] === ONE_UNSURE) return app.go({ name: "singly", screen: shown.id, open });
  for (const question of asks) app.answers.confirm(question);
  const left = extra[0] === RATHER_NOT ? UNSURE : LEFT;
  const states = lines.map((_, i) =>
    shown.one ? state(i + 1 === extra[0], extra[0] === UNSURE) : extra[i + 1] === TICKED ? TICKED : left,
  );
  end(app, shown, lines, open, states);
}

/** @param {boolean} chosen @param {boolean} notSure */
const state = (chosen, notSure) => (chosen ? TICKED : notSure ? UNSURE : LEFT);

/** @param {App} app @param {Screen} shown @param {Line[]} lines @param {string[]} open @param {number[]} states */
function end(app, shown, lines, open, states) {
  // Of one out of several, those that were left say nothing beside the one.
  const told = shown.one && states.includes(TICKED) ? lines.filter((_, i) => states[i] === TICKED) : lines;
  settle(app, told, open, told === lines ? states : [TICKED]);
  app.answers.extra.fill(0);
  const now = wordsOfScreen(app, shown).now ?? {};
  const urgent = lines.flatMap(({ id }, i) => (states[i] === TICKED && now[id] ? [id] : []));
  advance(app, open, urgent);
}

/** Exactly one line. @param {App} app @param {Screen} shown @param {Line[]} lines @param {() => void} changed @returns {Control} */
function oneOf(app, shown, lines, changed) {
  const words = wordsOfScreen(app, shown).boxes ?? {};
  const items = lines.map(({ id }, i) => ({ value: i + 1, text: words[id] ?? id }));
  return radios(app, app.answers.extra.subarray(0, 1), [...items, unsure(app)], changed);
}

/** Any of the lines, or none of them. @param {App} app @param {Screen} shown @param {Line[]} lines @param {() => void} changed @returns {Control} */
function boxes(app, shown, lines, changed) {
  const words = wordsOfScreen(app, shown).boxes ?? {};
  const { extra } = app.answers;
  const opened = lines.map(() => h("div", { class: "under" }));
  /** @type {(Control | null)[]} */
  const under = lines.map(() => null);
  const inputs = lines.map((_, i) =>
    tick("checkbox", null, false, (on) => {
      extra[i + 1] = on ? TICKED : 0;
      if (extra[0] !== ONE_UNSURE) extra[0] = 0;
      draw();
      changed();
    }),
  );
  const rest = [
    { value: NONE, text: app.say("none") },
    { value: ONE_UNSURE, text: app.say("unsureOne") },
    ...(shown.ratherNot ? [{ value: RATHER_NOT, text: app.say("ratherNot") }] : []),
  ];
  const others = rest.map(({ value }) =>
    tick("checkbox", null, false, (on) => {
      extra[0] = on ? value : 0;
      if (on && value === NONE) extra.fill(0, 1);
      draw();
      changed();
    }),
  );

  function draw() {
    for (const [i, input] of inputs.entries()) {
      const on = extra[i + 1] === TICKED;
      if (input.checked === on && (on === (under[i] != null) || !lines[i]?.choose)) continue;
      input.checked = on;
      under[i] = on ? chooser(app, /** @type {Line} */ (lines[i]), changed) : null;
      opened[i]?.replaceChildren(...(under[i]?.nodes ?? []));
    }
    for (const [i, input] of others.entries()) input.checked = extra[0] === rest[i]?.value;
  }
  draw();
  const items = lines.map(({ id }, i) => [option(inputs[i], words[id] ?? id), opened[i]]);
  const divider = h(
    "div",
    { class: "rest" },
    rest.map(({ text }, i) => option(others[i], text)),
  );
  return {
    nodes: [h("div", { class: "options" }, items.flat(), divider)],
    missing: () => {
      const ticked = lines.some((_, i) => extra[i + 1] === TICKED);
      if (!ticked && !extra[0]) return missing(app, "errNone", [...inputs, ...others]);
      return firstMissing(under);
    },
  };
}

/** What is chosen under a ticked line. @param {App} app @param {Line} line @param {() => void} changed @returns {Control | null} */
function chooser(app, { choose }, changed) {
  const question = choose && app.question(choose[0]);
  if (!choose || !question) return null;
  const values = offered(question, choose[1]);
  const slots = app.answers.draft(question);
  const texts = app.lawOf(question).options ?? {};
  const items = choose[1].map((id, i) => ({ value: values[i] ?? 0, text: texts[id] ?? id }));
  const label = app.lawOf(question).question ?? question.fact;
  if (question.kind === "choice") {
    const control = radios(app, slots, [...items, unsure(app)], changed);
    return { ...control, nodes: [h("fieldset", { class: "choose" }, h("legend", { class: "unseen" }, label), control.nodes)] };
  }
  const mask = values.reduce((all, one) => all | one, 0);
  const inputs = bitTicks(slots, items, changed);
  const list = items.map(({ text }, i) => option(inputs[i], text));
  return {
    nodes: [h("fieldset", { class: "choose" }, h("legend", { class: "unseen" }, label), h("div", { class: "options" }, list))],
    missing: () => ((Math.max(0, slots[0] ?? 0) & mask) !== 0 ? null : missing(app, "errChoose", inputs)),
  };
}

/** One by one: each line that was not ticked is a question of its own. @param {App} app */
export function singly(app) {
  const shown = app.screenOf(app.place.screen);
  const open = app.place.open ?? [];
  if (!shown) return [];
  const words = wordsOfScreen(app, shown).boxes ?? {};
  const lines = linesOf(shown, open);
  const { extra } = app.answers;
  const left = lines.flatMap((line, i) => (extra[i + 1] === TICKED ? [] : [{ line, i }]));
  return questionScreen(app, {
    part: shown.part,
    title: app.say("singlyTitle"),
    hints: [wordsOfScreen(app, shown).title],
    several: true,
    beside: hotline(app, behindCalm(app, shown, lines)),
    control: (changed) => {
      const groups = left.map(({ line, i }) => oneByOne(app, line, extra.subarray(i + 1, i + 2), words[line.id] ?? line.id, changed));
      return {
        nodes: groups.flatMap(({ nodes }) => nodes),
        missing: () => firstMissing(groups),
        go: () => {
          const states = lines.map((_, i) => (extra[i + 1] === YES_HERE ? TICKED : (extra[i + 1] ?? LEFT)));
          for (const fact of shown.ask ?? []) {
            const question = open.includes(fact) && app.question(fact);
            if (question) app.answers.confirm(question);
          }
          end(app, shown, lines, open, states);
        },
      };
    },
  });
}

/** In the list of one by one: yes. */
const YES_HERE = 3;

/** A line as a question of its own: yes, no, not sure. "Yes" is no tick yet: it can still be taken back.
 * @param {App} app @param {Line} line @param {Int32Array} slots @param {string} text @param {() => void} changed @returns {Control} */
function oneByOne(app, line, slots, text, changed) {
  const items = [{ value: YES_HERE, text: app.say("yes") }, { value: LEFT, text: app.say("no") }, unsure(app)];
  const opened = h("div", { class: "under" });
  /** @type {Control | null} */
  let under = null;
  const draw = () => {
    under = slots[0] === YES_HERE ? chooser(app, line, changed) : null;
    opened.replaceChildren(...(under?.nodes ?? []));
  };
  const three = radios(app, slots, items, () => {
    draw();
    changed();
  });
  draw();
  const legend = h("legend", null, subheading(app, 1, "small-title", text));
  return {
    nodes: [h("fieldset", { class: "three" }, legend, three.nodes, opened)],
    missing: () => firstMissing([three, under]),
  };
}
