// @ts-check
// All answers are small numbers in one array, so that one call wipes them. Three parts of it:
// what the engine reads · the same again for what is chosen but not yet confirmed · one list entry being edited.

/** @typedef {import("./view-types.d.ts").Question} Question */

export const UNSURE = -1;
/** Only while a list entry is edited: "still here" and "I left, and the date comes next" are chosen. */
export const STILL = 1;
export const GIVEN = 2;
/** Only while a date is edited: the month, or the day, is not chosen yet. */
export const OPEN = 99;

export class Answers {
  /** @param {readonly Question[]} questions @param {number} slots */
  constructor(questions, slots) {
    const entry = Math.max(0, ...questions.map((question) => question.entrySize ?? 0));
    this.slots = slots;
    this.all = new Int32Array(2 * slots + entry + 1);
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

  /** @param {Question} question @param {Int32Array} [block] @param {number} [index] one entry of a list, or the one being edited */
  entry(question, block, index = 0) {
    const start = 1 + index * question.entrySize;
    if (block) return block.subarray(start, start + question.entrySize);
    return this.all.subarray(2 * this.slots, 2 * this.slots + question.entrySize);
  }

  /** The answer to a question about a question: one number. */
  get extra() {
    return this.all.subarray(-1);
  }

  /** Shows a question: what was confirmed is chosen. An unfinished list goes on where it was. @param {Question} question */
  open(question) {
    const [kept, draft] = [this.kept(question), this.draft(question)];
    const unfinished = kept[0] === 0 || (question.kind === "list" && kept[0] === UNSURE && (draft[0] ?? 0) > 0);
    if (!unfinished) draft.set(kept);
  }

  /** @param {Question} question */
  confirm(question) {
    this.kept(question).set(this.draft(question));
  }

  wipe() {
    this.all.fill(0);
  }
}
