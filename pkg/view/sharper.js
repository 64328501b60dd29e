// @ts-check
// A yes-or-no question about a date that is not exact enough. The engine has said which line matters and what either answer
// makes of the date; nothing is compared here.

import { countOf, NO, NO_MORE, UNSURE, YES } from "./answers.js";
import { radios, unsure } from "./controls.js";
import { button, h } from "./dom.js";
import { valueText } from "./kinds.js";
import { entryName } from "./list.js";
import { questionScreen } from "./question.js";
import { dateNumber } from "./text.js";
import { advance, dateOf, edit, goTo } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function sharper(app) {
  const { fact, sharper: sharp } = app.place;
  const question = app.question(fact);
  if (!question || !sharp) return [];
  const { slots, texts, field } = dateOf(app, sharp);
  const entry = sharp.entry ?? 0;

  const slot = app.answers.extra.subarray(0, 1);
  if (app.fresh) slot[0] = 0;
  const items = [{ value: YES, text: app.say("yes") }, { value: NO, text: app.say("no") }, unsure(app)];
  const go = () => {
    if (slot[0] === UNSURE) slots[NO_MORE] = 1;
    else {
      const { from, to } = slot[0] === YES ? sharp.yes : sharp.no;
      slots.set([dateNumber(from), dateNumber(to), 0]);
    }
    advance(app, [question.fact]);
  };
  const better = () => {
    const { latestFirst } = app.entriesOf(question.fact) ?? {};
    app.answers.recall(question, latestFirst);
    const count = countOf(app.kept(question.fact));
    if (field) edit(app, question, latestFirst ? count - 1 - entry : entry);
    else goTo(app, question.fact);
  };

  const about = field ? `${entryName(app, question, entry)}: ${texts.label ?? ""}` : (texts.question ?? "");
  const told = app.say("sharperTold", { value: valueText(app, { ...(field ?? question), slots, texts }) });
  return questionScreen(app, {
    part: app.screenWith(question.fact)?.part,
    beside: h("p", { class: "about-date" }, about, h("br", null), h("strong", null, told)),
    title: app.say(`sharper.${sharp.relation}`, { date: sharp.date }),
    hints: [app.say("sharperWhy")],
    control: (changed) => ({ ...radios(app, slot, items, changed), go }),
    about: question,
    value: () => slot[0],
    more: () => h("p", null, button(app.say("exact"), better, "link")),
  });
}
