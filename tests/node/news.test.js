// The page about the news and the form say the same: each row of the news is what the engine says on its days.

import assert from "node:assert/strict";
import { test } from "node:test";

import news from "../../pkg/dist/news.js";
import { loadEngine } from "../../pkg/engine.js";

const engine = await loadEngine();
const DAY = 86_400_000;
const shifted = (day, by) => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
const rowOn = ({ rows }, day) => rows.filter(({ from }) => from <= day).at(-1);

test("on the day of each change and on its eve the news say what the engine says", () => {
  const turns = (/** @type {any[]} */ systems) =>
    [...new Set(systems.flatMap(({ rows }) => rows.flatMap(({ from }) => [shifted(from, -1), from])))].filter(
      (day) => day >= news.knownFrom,
    );
  const known = turns(news.systems).sort();
  const inside = turns(news.systems.filter(({ id }) => id === "expedited-removal-risk"));
  let doors = 0;
  let clauses = 0;
  /** What somebody outside hears of a policy, by day; and everything that such a person ever hears. */
  const heard = [];
  const ever = new Set();
  for (const asOf of known) {
    // Somebody outside who was never stopped, and somebody who came in a month ago: they hear how things stand at the border.
    const people = [{ "person.in-us": false, stays: [] }];
    if (inside.includes(asOf)) people.push({ "person.in-us": true, stays: [{ entered: shifted(asOf, -30), how: "without-inspection" }] });
    const reports = people.map((answers) => engine.screen({ asOf, answers, today: asOf }));
    for (const system of news.systems) {
      const row = rowOn(system, asOf);
      const card = reports[0].cards.find(({ route }) => route === system.id);
      if (card) {
        assert.equal(card.door.state, row.state, `${system.id} on ${asOf}`);
        doors += 1;
        continue;
      }
      const mine = new Set(system.rows.map(({ clause }) => clause));
      for (const { cautions } of reports) {
        const said = cautions.filter(({ id, clause }) => id === system.id && mine.has(clause));
        for (const { clause } of said) assert.equal(clause, row.clause, `${system.id} on ${asOf}`);
        clauses += said.length;
      }
      const [{ cautions }] = reports;
      const all = cautions.filter(({ id }) => id === system.id).map(({ clause }) => `${system.id} ${clause}`);
      for (const one of all) ever.add(one);
      heard.push({ asOf, all, row: `${system.id} ${row?.clause}` });
    }
  }
  // And nothing is in the news that has ended.
  for (const { asOf, all, row } of heard) assert.ok(!ever.has(row) || all.includes(row), `${row} on ${asOf}`);
  assert.ok(doors > 300 && clauses > 60, `${doors} doors, ${clauses} clauses`);
});

test("every source that the news name is there", () => {
  for (const { id, rows, beside, figures } of news.systems)
    for (const { cites } of [...rows, ...beside, ...figures])
      for (const cite of cites) assert.ok(news.citations[cite]?.title, `${id}: ${cite}`);
});
