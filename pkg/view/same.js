// @ts-check
// Another person of the family: what is the same for both is taken along, everything else is deleted. Nothing of harm, crimes or orders
// can be: the rules do not offer it.

import { bitTicks, option } from "./controls.js";
import { h } from "./dom.js";
import { actions, heading } from "./parts.js";
import { begin } from "./way.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function same(app) {
  const told = (app.screener?.same ?? []).filter(({ facts }) => facts.some((fact) => app.kept(fact)[0]));
  // What is chosen here is no answer, and what is just chosen on a question waits for whoever goes back.
  app.place.chosen ??= new Int32Array(1);
  const { chosen } = app.place;
  const items = told.map(({ id }, i) => ({ value: 1 << i, text: app.lawText("same", id) }));
  const inputs = bitTicks(chosen, items, () => {});
  const options = items.map(({ text }, i) => option(inputs[i], text));
  const legend = h("legend", null, app.say("sameTitle"));
  return [
    heading(app, app.say("another")),
    h("p", null, app.say("sameText")),
    told.length > 0 && h("fieldset", null, legend, h("div", { class: "options" }, options)),
    actions(app, app.say("start"), () => {
      const along = told.filter((_, i) => (chosen[0] ?? 0) & (1 << i)).flatMap(({ facts }) => facts);
      const taken = along
        .flatMap((fact) => app.question(fact) ?? [])
        .map((question) => ({ question, slots: app.kept(question.fact).slice() }));
      app.wipe();
      for (const { question, slots } of taken) {
        app.answers.kept(question).set(slots);
        slots.fill(0);
      }
      begin(app);
    }),
  ];
}
