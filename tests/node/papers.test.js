// The sketches of papers: each that the rules name is drawn, and says in each language what it is and where to look.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "./support.js";

/** As much of a page as a sketch is drawn on. */
class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [] });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(...children) {
    this.children.push(...children.filter((child) => child !== ""));
  }
  all(tag) {
    const inside = this.children.flatMap((child) => (typeof child === "string" ? [] : [child, ...child.all()]));
    return inside.filter((element) => !tag || element.tag === tag);
  }
  get text() {
    return this.children.map((child) => (typeof child === "string" ? child : child.text)).join("");
  }
}
globalThis.document = { createElement: (tag) => new Element(tag), createElementNS: (_, tag) => new Element(tag) };
const { PAPERS, paper } = await import("../../pkg/view/papers.js");

const dist = (file) => JSON.parse(readFileSync(join(root, "pkg/dist", file), "utf8"));
const { questions, languages } = dist("rules.json");
const all = questions.flatMap((question) => [question, ...question.fields]);
const named = new Set(all.flatMap(({ papers, paperOf }) => [...papers, ...Object.values(paperOf)]));
const drawn = Object.keys(PAPERS);
const laws = await Promise.all(languages.map(async (lang) => (await import(`../../pkg/dist/lang/${lang}.js`)).default));
const appOf = (law) => ({ law, lawText: (group, id) => law[group][id] });

test("a paper that the rules name has a sketch, and a sketch is named", () => {
  assert.deepEqual([...named].sort(), drawn.toSorted());
});

test("an option with a paper is an option of its question", () => {
  for (const { options, paperOf } of all) for (const option of Object.keys(paperOf)) assert.ok(options.includes(option), option);
  assert.equal(questions.find(({ fact }) => fact === "parole.paper").paperOf["i-220a"], "i-220a");
});

test("each sketch has its name to be read aloud, one place to look at or more, and inside the sheet all that stands on it", () => {
  for (const law of laws) {
    for (const id of drawn) {
      const figure = paper(appOf(law), id);
      const [svg] = figure.all("svg");
      const { name, where } = law.paper[id];
      assert.deepEqual([svg.attributes.role, svg.attributes["aria-label"]], ["img", name]);
      const marks = svg.all("rect").filter(({ attributes }) => attributes.class === "here");
      assert.ok(marks.length > 0 && marks.length < 4, `${id}: ${marks.length} marks`);
      const [wide, high] = svg.attributes.viewBox.split(" ").slice(2).map(Number);
      for (const { attributes } of svg.all("rect")) {
        const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(attributes[key]));
        assert.ok(x >= 10 && x + width <= wide - 10 && y >= 4 && y + height <= high - 4, `${id}: ${JSON.stringify(attributes)}`);
      }
      for (const told of [name, where, law.paper.look]) assert.ok(figure.text.includes(told), `${id}: ${told}`);
      assert.equal(figure.text.includes(law.paper["month-first"]), svg.text.includes("MM/"), id);
    }
  }
});

test("a paper of other rules, of which there is no sketch, still has its name and place", () => {
  const figure = paper(appOf({ paper: { look: "Look.", slip: { name: "A slip", where: "At the top." } } }), "slip");
  assert.deepEqual([figure.all("svg").length, figure.text], [0, "A slipLook. At the top."]);
});
