// Answers as an object, written into the array of numbers that the widget keeps. An independent
// reading of the documented form, so that a mistake in either way of crossing shows as a difference.

// A range that cannot be said more exactly is told, and no more than that.
const isUnsure = (value) => value?.unsure === true && value.from === undefined;

/** One date as yyyymmdd, with zeros for what is not known. */
const packed = (text) => Number(text.replaceAll("-", "").padEnd(8, "0"));

const country = (code) => (code.charCodeAt(0) - 64) * 32 + (code.charCodeAt(1) - 64);

/** The numbers of one plain value, from its first slot on. */
function plain({ kind, options, words = [] }, value) {
  if (isUnsure(value)) return [-1];
  switch (kind) {
    case "yes-no":
      return [value ? 2 : 1];
    case "choice":
      return [options.indexOf(value) + 1];
    case "set":
      return [value.reduce((mask, option) => mask | (1 << options.indexOf(option)), 0)];
    case "country":
      return [country(value)];
    case "countries":
      return value.map(country);
    case "date": {
      const word = value === false ? "no" : value;
      if (words.includes(word)) return [-(2 + words.indexOf(word))];
      return typeof value === "string" ? [packed(value)] : [packed(value.from), packed(value.to), value.unsure ? 1 : 0];
    }
    default:
      throw new Error(`no such kind: ${kind}`);
  }
}

/** @returns {Int32Array} */
export function toSlots(engine, answers) {
  const slots = new Int32Array(engine.slots);
  for (const question of engine.questions) {
    const value = answers[question.fact];
    if (value === undefined) continue;
    if (question.kind !== "list" || isUnsure(value)) {
      slots.set(plain(question, value), question.slot);
      continue;
    }
    slots[question.slot] = value.length + 1;
    value.forEach((entry, index) => {
      const start = question.slot + 1 + index * question.entrySize;
      for (const field of question.fields) {
        if (entry[field.id] !== undefined) slots.set(plain(field, entry[field.id]), start + field.offset);
      }
    });
  }
  return slots;
}
