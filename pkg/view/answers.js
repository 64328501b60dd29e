// @ts-check
// All answers are small numbers in one array, so that one call wipes them. Three parts of it:
// what the engine reads · the same again for what is chosen but not yet confirmed · one list entry being edited · what is chosen
// on a screen and is no answer by itself, such as which lines are ticked.
// What a number means to the law is not known here: the engine says it.

/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./types.d.ts").Field} Field */

export const UNSURE = -1;
export const NO = 1;
export const YES = 2;
/** The first of the words that may stand in the place of a date; the next ones go on downwards. */
export const FIRST_WORD = -2;
/** Only while a list entry is edited: "still here" and "I left, and the date comes next" are chosen. */
export const STILL = 1;
export const GIVEN = 2;
/** In a list: there is something to tell, and it is still to come. */
export const BEGUN = -2;
/** And there is nothing to tell. */
export const NO_ENTRIES = 1;
/** In a date, where it stands that nothing more exact is known; before it the first day and the last. */
export const NO_MORE = 2;
/** Only while a date is edited: the month, or the day, is not chosen yet. */
export const NOT_CHOSEN = 99;

/** So many numbers hold what is chosen on a screen: one for itself, the others for its lines. */
const TAIL = 10;

export class Answers {
  /** @param {readonly Question[]} questions @param {number} slots */
  constructor(questions, slots) {
    const entry = Math.max(0, ...questions.map((question) => question.entrySize ?? 0));
    this.slots = slots;
    this.all = new Int32Array(2 * slots + entry + TAIL);
  }

  /** What the engine reads. */
  get confirmed() {
    return this.all.subarray(0, this.slots);
  }

  /** @param {Question} question */
  kept(question) {
    return this.all.subarray(question.slot, question.slot + question.size);
  }

  /** @param {Question} question */
  draft(question) {
    const start = this.slots + question.slot;
    return this.all.subarray(start, start + question.size);
  }

  /** The list entry that is being edited. @param {Question} question */
  edited({ entrySize }) {
    return this.all.subarray(2 * this.slots, 2 * this.slots + entrySize);
  }

  /** What is chosen on a screen and is no answer yet: one number for the screen, and one for each of its lines. */
  get extra() {
    return this.all.subarray(-TAIL);
  }

  /** Before a question is shown: what was confirmed is chosen. An unfinished list goes on where it was.
   * @param {Question} question @param {boolean} [turned] the last entry is told first */
  recall(question, turned) {
    const [kept, draft] = [this.kept(question), this.draft(question)];
    const isList = question.kind === "list";
    const unfinished = kept[0] === 0 || (isList && (kept[0] === BEGUN || (kept[0] === UNSURE && countOf(draft) > 0)));
    if (!unfinished) draft.set(turned ? turnedRound(question, kept) : kept);
  }

  /** @param {Question} question @param {boolean} [turned] the last entry was told first */
  confirm(question, turned) {
    const draft = this.draft(question);
    this.kept(question).set(turned ? turnedRound(question, draft) : draft);
  }

  /** Begins to edit an entry. A new one starts empty. @param {Question} question @param {number} index */
  takeEntry(question, index) {
    const block = this.draft(question);
    const entry = this.edited(question);
    entry.fill(0);
    if (index >= countOf(block)) return;
    entry.set(entryOf(question, block, index));
    for (const field of question.fields) {
      const slots = fieldSlots(field, entry);
      if (field.absent && !slots[0]) slots[0] = STILL;
    }
  }

  /** Writes the edited entry into the list, without what is not asked. @param {Question} question @param {number} index */
  putEntry(question, index) {
    const entry = this.edited(question);
    for (const field of question.fields) {
      const slots = fieldSlots(field, entry);
      if (!isAsked(question, field, entry) || (field.absent && slots[0] === STILL)) slots.fill(0);
    }
    const block = this.draft(question);
    entryOf(question, block, index).set(entry);
    setCount(block, Math.max(countOf(block), index + 1));
  }

  /** @param {Question} question @param {number} index */
  removeEntry(question, index) {
    const block = this.draft(question);
    const left = countOf(block) - 1;
    block.copyWithin(1 + index * question.entrySize, 1 + (index + 1) * question.entrySize);
    block.fill(0, block.length - question.entrySize);
    // An empty list is not yet the answer "none".
    if (left) setCount(block, left);
    else block[0] = 0;
  }

  wipe() {
    this.all.fill(0);
  }
}

/** How many entries a list has. @param {Int32Array} block */
export const countOf = (block) => Math.max(0, (block[0] ?? 0) - 1);

/** Says how many entries there are; none is an answer too. @param {Int32Array} block @param {number} count */
export const setCount = (block, count) => (block[0] = count + 1);

/** The same list, its last entry first. @param {Question} question @param {Int32Array} block */
export function turnedRound(question, block) {
  const turned = block.slice();
  const count = countOf(block);
  for (let i = 0; i < count; i++) entryOf(question, turned, i).set(entryOf(question, block, count - 1 - i));
  return turned;
}

/** Whether a list has been answered with "none". @param {Int32Array} block */
export const isNone = (block) => block[0] === NO_ENTRIES;

/** One entry of a list. @param {Question} question @param {Int32Array} block @param {number} index */
export function entryOf({ entrySize }, block, index) {
  const start = 1 + index * entrySize;
  return block.subarray(start, start + entrySize);
}

/** One field of an entry. @param {Field} field @param {Int32Array} entry */
export const fieldSlots = (field, entry) => entry.subarray(field.offset, field.offset + field.size);

/** Whether a field is asked, given the fields before it. @param {Question} question @param {Field} field @param {Int32Array} entry */
export function isAsked(question, { showWhen }, entry) {
  const other = showWhen && question.fields.find((field) => field.id === showWhen.field);
  if (!other) return true;
  const value = entry[other.offset] ?? 0;
  if (showWhen.oneOf) return showWhen.oneOf.includes(other.options[value - 1] ?? "");
  return value >= GIVEN === (showWhen.given ?? true);
}
