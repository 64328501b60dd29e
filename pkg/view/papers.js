// @ts-check
// Sketches of papers, of our own: so many lines that a person knows the paper again, and the place to look at. What is printed on
// the paper is printed here as it is there, in English; what is said of it is in the reader's language. No seal and no art of anybody.

import { button, draw, folded, h } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const DATE = "*MM/DD/YYYY";
const A_NUMBER = "|A 000 000 000;";
const DHS = "Department of Homeland Security;#";
const NTA = `${DHS}Notice to Appear;${A_NUMBER}[-;[-;`;
const HEARING = "YOU ARE ORDERED to appear;";
const JUDGE = "#Immigration Court;In the Matter of:|A 000 000 000;-;#Order of the Immigration Judge;[-;[";
const SIGNED = `;-;-|${DATE};Immigration Judge`;
/** @param {string} form @param {string} sent @param {string} first @param {string} type */
const action = (form, sent, first, type) => `#${form}, Notice of Action;Receipt Number|Case Type;IOE0000000000|${sent};${first};-;${type}`;
const RECEIVED = `Received Date|Priority Date;${DATE}|-`;
/** @param {string} sent */
const receipt = (sent) => action("I-797C", sent, RECEIVED, "Notice Type: Receipt Notice");

/**
 * Line by line, `;` between lines and `|` between what stands beside one another. `#` is a heading, `-` a line of print, `[` a box to
 * tick, `*` the place to look at, `~` the next page, and `=` before all of it a card with a photo. A heading that is empty is the name.
 * @type {Record<string, string>}
 */
export const PAPERS = {
  "i-862": `${NTA}~;#Certificate of Service;served on the respondent by me on;-|${DATE};Form I-862`,
  "i-862-hearing": `${NTA}${HEARING}*on MM/DD/YYYY at 00:00 AM;-;Form I-862`,
  "judge-order": `${JUDGE}-${SIGNED}`,
  "absentia-order": `${JUDGE}*in absentia${SIGNED}`,
  "i-205": `${DHS}Warrant of Removal/Deportation;${A_NUMBER}-;[-;[-;~;Port, date, and manner of removal;${DATE}|-;Form I-205`,
  "i-860": `${DHS}Notice and Order of;#Expedited Removal;${A_NUMBER}Date:|${DATE};-;-;*Order of Removal;-;Form I-860`,
  "i-210": `${DHS}Voluntary Departure;${A_NUMBER}-;on or before|${DATE};-;Form I-210`,
  "i-94": `#Form I-94;Record Number|-;Date of Entry|-;Class|-;Admit Until Date|${DATE}`,
  "i-94-paroled": `#Form I-94;-;*PAROLED 212(d)(5);until|${DATE};-`,
  "i-220a": `${DHS}Order of Release;#on Recognizance;${A_NUMBER}Date:|${DATE};-;[-;[-;*Form I-220A`,
  "i-286": `${DHS}Notice of Custody Determination;${A_NUMBER}[Detained;[Released|*bond of $ …;-;Form I-286`,
  "i-512": `${DHS}Authorization for Parole;${A_NUMBER}-;-;-;*Form I-512L`,
  "green-card": "=#Permanent Resident;-;USCIS#|Category;-|IR1;-;Card Expires:|MM/DD/YY;Resident Since:|*MM/DD/YY",
  "permit-card": "=#Employment Authorization;-;USCIS#|Category;-|*C09;-;Card Expires:|*MM/DD/YY",
  "daca-approval": action("I-797", "*I-821D", `Valid from|${DATE};to|${DATE}`, "Notice Type: Approval Notice"),
  "i-797-receipt": receipt("*I-…"),
  "i-130-receipt": receipt("*I-130"),
  "i-130-approval": action("I-797", "*I-130", `Received Date|Priority Date;-|${DATE}`, "*Notice Type: Approval Notice"),
  "i-485-receipt": receipt("*I-485"),
  marriage: "#;-|-;-;-|*-;-",
};

const [WIDE, EDGE, STEP] = [160, 10, 12.5];

/**
 * The sketch, its name, and where to look.
 * @param {App} app
 * @param {string} id
 */
export function paper(app, id) {
  const { name = id, where } = app.law.paper?.[id] ?? {};
  const told = PAPERS[id];
  return h(
    "figure",
    { class: "paper" },
    told && drawing(told, name),
    h(
      "figcaption",
      null,
      h("strong", null, name),
      where &&
        h(
          "p",
          null,
          h("b", null, app.lawText("paper", "look")),
          " ",
          where,
          told?.includes("MM/") && ` ${app.lawText("paper", "month-first")}`,
        ),
    ),
  );
}

/**
 * The papers on which an answer stands, folded. Who has the paper of an option chooses the option with it.
 * @param {App} app
 * @param {{ kind: string, options: string[], papers?: string[], paperOf?: Record<string, string> }} asked
 * @param {Node[]} [nodes] the control that the choice is made in
 */
export function paperFold(app, asked, nodes = []) {
  const { kind, papers = [], paperOf = {} } = asked;
  const of = Object.entries(paperOf);
  const others = papers.filter((id) => !of.some(([, other]) => other === id));
  if (!of.length && !others.length) return null;
  const inputs = () => nodes.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll("input")] : []));
  const have = (/** @type {number} */ at) => {
    const input = inputs()[at];
    if (!input?.checked) input?.click();
    input?.focus();
  };
  const mine = (/** @type {string} */ id, /** @type {number} */ at) => [
    paper(app, id),
    at >= 0 && inputs().length > 0 && button(app.say("haveThis"), () => have(at), "plain", app.law.paper?.[id]?.name ?? id),
  ];
  // "Yes" stands first where a paper says yes.
  const yes = kind === "yes-no" ? 0 : -1;
  const all = [...of.map(([option, id]) => mine(id, asked.options.indexOf(option))), ...others.map((id) => mine(id, yes))];
  return folded(app.say("onPaper"), ...all);
}

/** @param {string} told @param {string} name */
function drawing(told, name) {
  const card = told[0] === "=";
  const lines = told.slice(+card).split(";");
  const high = lines.length * STEP + 2 * EDGE;
  const photo = card && draw("rect", { class: "print", x: 17, y: 30, width: 26, height: 32 });
  const sheet = draw("rect", { class: "sheet", x: EDGE, y: 4, width: WIDE - 2 * EDGE, height: high - 8, rx: card ? 8 : 1 });
  const nodes = lines.flatMap((line, at) => {
    const y = EDGE + 4 + at * STEP;
    if (line === "~") return draw("path", { class: "fold", d: `M${EDGE} ${y}h${WIDE - 2 * EDGE}` });
    const cells = line.split("|");
    const from = card && at > 0 && at < 5 ? 49 : 17;
    const width = (WIDE - 17 - from) / cells.length;
    return cells.flatMap((cell, place) => part(cell, name, from + place * width, y, width - 3, place > 0));
  });
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": name });
  svg.append(...[sheet, photo, ...nodes].filter((node) => node !== false));
  return svg;
}

/** @param {string} cell @param {string} name @param {number} x @param {number} y @param {number} width @param {boolean} last
 * @returns {SVGElement[]} */
function part(cell, name, x, y, width, last) {
  const kind = cell[0];
  const rest = cell.slice(1);
  if (!kind) return [];
  if (kind === "-") return [draw("rect", { class: "print", x, y: y - 1, width, height: 2 })];
  if (kind === "[")
    return [draw("rect", { class: "box", x, y: y - 3, width: 6, height: 6 }), ...part(rest, name, x + 11, y, width - 11, last)];
  if (kind === "#") return [draw("text", { class: "head", x: WIDE / 2, y: y + 3 }, rest || name)];
  if (kind !== "*") return [draw("text", { x, y: y + 3 }, cell)];
  // An arrow from the edge of the sheet that is nearer.
  const arrow = last ? `M${WIDE - 9} ${y}l9 -6v12z` : `M9 ${y}l-9 -6v12z`;
  return [
    draw("rect", { class: "here", x: x - 3, y: y - 5.5, width: width + 4, height: 11, rx: 2 }),
    ...part(rest, name, x, y, width - 3, last),
    draw("path", { class: "arrow", d: arrow }),
  ];
}
