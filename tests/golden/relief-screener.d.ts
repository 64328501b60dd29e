/* tslint:disable */
/* eslint-disable */

/** Asked, and the person cannot say. It is never taken for a "no". */
export interface Unsure { unsure: true }
/** `2014`, `2014-06`, `2014-06-17`, or a range; `unsure` where it cannot be said more exactly. */
export type ApproximateDate = string | { from: string; to: string; unsure?: boolean };
/** One entry of a list, by field; `false` where a date field says "no". A field left out is "not sure", or "still" where it can be. */
export type Entry = { [field: string]: string | boolean | ApproximateDate | Unsure };
/** An answer, by the kind of its fact. A fact left out has not been asked yet. */
export type AnswerValue = boolean | string | string[] | ApproximateDate | Entry[] | Unsure;
/** A source: what it is, and where it can be read. */
export interface Citation {
  /** As lawyers cite it. */
  title: string;
  /** An https address; null where the source stands nowhere on the web. */
  url: string | null;
  /** `statute`, `regulation`, `notice`, `guidance`, `court`, `agency`, `secondary` or `practice`. */
  kind: string;
  /** Somebody read it. */
  verified: boolean;
  /** The day on which somebody read it, `YYYY-MM-DD`; null where nobody did. */
  read: string | null;
}
/** A place of help; its words are in the language files. */
export interface Help {
  id: string;
  /** An https address of the government, or of a host that was looked at. */
  url: string;
  /** Digits and hyphens, as dialed in the US; null where there is none. */
  phone: string | null;
  /** The cautions that it is help for, where they are urgent, by id; or one clause of a caution, as `caution/clause`. */
  answers: string[];
}
/** One question: how to ask it, and where its answer stands in the packed answers. */
export interface Question {
  /** The fact that it asks for, by id. */
  fact: string;
  /** How it is asked. */
  kind: Kind;
  /** For a choice or a set: the options, in the order in which they are offered. For countries: the codes of all that can be
   * named. Empty for any other kind. */
  options: string[];
  /** For countries: those that most people name, to be offered first. */
  common: string[];
  /** For a set: the option that excludes the others; null where there is none. */
  exclusive: string | null;
  /** A date that may lie ahead; any other date is of an event that has happened. */
  ahead: boolean;
  /** One of the few questions that come first and tell whether something stops the family. */
  first: boolean;
  /** How it is safe to find the answer out: an id with a text. */
  findOut: string;
  /** For a list: the yes-no fact whose yes means one entry only; null where there is none. */
  shortWhen: string | null;
  /** The papers that the answer stands on, by ids with a name and a place to look (`paper` in the language files). */
  papers: string[];
  /** For some options the paper: who has it chooses the option. */
  paperOf: { [option: string]: string };
  /** The place of its first number in the packed answers. */
  slot: number;
  /** How many numbers it takes there. */
  size: number;
  /** For a list or several countries: the most there can be. */
  capacity: number;
  /** For a list: numbers of one entry. */
  entrySize: number;
  /** For a list: what is asked of each entry; empty for any other kind. */
  fields: QuestionField[];
}
/** One field of a list's entries. */
export interface QuestionField {
  /** The key of the field in an entry. */
  id: string;
  /** How it is asked: a date, a choice or yes-no. */
  kind: Kind;
  /** For a choice: the options, in the order in which they are offered. */
  options: string[];
  /** Words that may stand in the place of a date. */
  words: string[];
  /** The place of its first number inside the entry. */
  offset: number;
  /** How many numbers it takes there. */
  size: number;
  /** A date that may lie ahead; any other date is of an event that has happened. */
  ahead: boolean;
  /** "still" where leaving the field out says that it goes on; else null. */
  absent: "still" | null;
  /** When it is asked; null where it always is. */
  showWhen: QuestionShowWhen | null;
  /** As with the question. */
  papers: string[];
  /** As with the question. */
  paperOf: { [option: string]: string };
}
/** When a field is asked: another field has one of these options, or is given at all. */
export interface QuestionShowWhen {
  /** The other field, by id. */
  field: string;
  /** Its options; null where it is enough that it is given. */
  oneOf: string[] | null;
  /** It is enough that it is given. */
  given: boolean;
}
/** What a person meets together: lines to tick, questions with controls of their own, or the entries of a list. Its words are in the
 * language files under `screen`. */
export interface Screen {
  id: string;
  /** The part that it stands in. */
  part: string;
  /** Exactly one line is chosen. */
  one?: boolean;
  /** Lines to tick. */
  boxes?: ScreenLine[];
  /** Facts that are asked with a control of their own, before the lines. */
  ask?: string[];
  /** The list whose entries are told here. */
  entries?: ScreenEntries;
  /** "I would rather not say" is offered: it counts as not sure. */
  ratherNot?: boolean;
}
/** A line to tick. Where it was shown and left alone, its facts get their plain answer: the other yes-no, `none`, `no`, or no entry. */
export interface ScreenLine {
  id: string;
  /** What a tick says, by fact: yes or no, an option, or `some` for a list whose entries come on a screen of their own. */
  sets?: { [fact: string]: boolean | string };
  /** What is chosen under it: a fact, and those of its options that are offered. */
  choose?: [fact: string, options: string[]];
  /** Left alone it says nothing. */
  staysOpen?: boolean;
}
/** Answers that can be taken along to another person of the family: nothing of harm, crimes or orders. Its words are in the language
 * files under `same`. */
export interface Same {
  id: string;
  facts: string[];
}
/** How the entries of a list are told. */
export interface ScreenEntries {
  list: string;
  /** The fields of an entry, screen by screen. */
  steps: string[][];
  /** There is an entry for each option that was chosen of this set. */
  of?: string;
  /** The yes-no that is asked with the first entry, and whose yes means that it is the only one. */
  once?: string;
  /** The last one is told first. */
  latestFirst?: boolean;
  /** Options in two small steps: the way, its field, and its options. */
  ways?: [way: string, field: string, options: string[]][];
}
/** How many people, as somebody counted them. */
export interface Figure {
  /** What was counted. */
  id: string;
  /** The route or the caution that it belongs to, by id. */
  about: string;
  amount: number;
  /** The year in which the source counted, or said so. */
  counted: number;
  /** Who counted. */
  by: string;
  /** The day from which it was known, `YYYY-MM-DD`: nothing of an earlier day may name it. */
  knownFrom: string;
  /** Where it stands, by citation ids. */
  cites: string[];
}
/** The rules as the rules build compiles them: the pack itself is bytes as text, the rest is for readers. */
export interface CompiledRules {
  /** The format: an engine reads one and refuses any other. */
  format: number;
  id: string;
  /** The day of the rules, `YYYY.MM.DD`. */
  version: string;
  /** The languages that there are words in, by their codes. */
  languages: string[];
  rules: RulesInfo;
  /** Every question, in asking order. */
  questions: Question[];
  /** How many numbers the packed answers are. */
  slots: number;
  /** The parts that the screens stand in, in order. */
  parts: string[];
  /** What a person meets, in order. */
  screens: Screen[];
  /** What can be the same for another person of the family. */
  same: Same[];
  /** Each in the order in which the pack names them: what a `Citation` says, list by list. */
  citations: { titles: string[]; urls: (string | null)[]; kinds: string[] };
  help: Help[];
  /** How many people, who counted them, and when. */
  figures: Figure[];
  /** The pack: a character a byte, by the lower eight bits of its number. */
  pack: string;
  /** Sixteen digits over all the rest but the signature, as compact JSON. */
  checksum: string;
  /** Of the same text, where somebody signed it: Ed25519, in base64. */
  signature?: string;
}
/** One family on one day. */
export interface ScreenInput {
  /** The day to look at, `YYYY-MM-DD`. The engine reads no clock. */
  asOf: string;
  /** Answers by fact id. */
  answers: { [fact: string]: AnswerValue };
  /** The day on which this is asked, `YYYY-MM-DD`; the day of the rules without it. What is told as past and lies after it
   * and after `asOf` is asked about as a slip. From `rules.expires` on every door is `unknown`; nothing else depends on it. */
  today?: string;
}


/**
 * A day on which a card changes by itself, with nothing new answered.
 */
export interface ComeBack {
    /**
     * The day, `YYYY-MM-DD`: the card says one thing on its eve and another on it.
     */
    date: string;
    /**
     * What changes, at least one thing.
     */
    what: ComeBackWhat[];
}

/**
 * A day on which the state of a door changed, or will.
 */
export interface DoorChange {
    /**
     * The first day, `YYYY-MM-DD`, of the state.
     */
    from: string;
    /**
     * The state from then on.
     */
    state: DoorState;
    /**
     * The citations for it, by id.
     */
    cites: string[];
}

/**
 * A fact worth finding out for a card.
 */
export interface FindOut {
    /**
     * The fact, by id.
     */
    fact: string;
    /**
     * How it is safe to find it out: an id with a text.
     */
    how: string;
    /**
     * This fact alone would decide the card.
     */
    alone: boolean;
    /**
     * Questions about its date that would settle something; empty where the date is exact or there is none.
     */
    sharper: SharperQuestion[];
}

/**
 * A fee in US dollars, in force on the as-of date.
 */
export interface FeeInForce {
    /**
     * The fee, by its id in the rules.
     */
    id: string;
    /**
     * Whole US dollars.
     */
    amount: number;
    /**
     * The first day, `YYYY-MM-DD`, of this amount; null where the rules know no earlier one.
     */
    since: string | null;
    /**
     * The citations for the amount, by id.
     */
    cites: string[];
    /**
     * The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
     */
    confirmedThrough: string | null;
    /**
     * One of them was read longer ago than such a source keeps.
     */
    stale: boolean;
}

/**
 * A ground of the law that holds, or may hold, against what a route leads to.
 */
export interface Ground {
    /**
     * The ground, by its id in the rules.
     */
    id: string;
    /**
     * What it does where it holds.
     */
    effect: Effect;
    /**
     * Does it hold, or may it? `Maybe` also where the question is still to come.
     */
    certainty: Certainty;
    /**
     * Its last day, `YYYY-MM-DD`; null where it may hold only, or no such day can be worked out.
     */
    until: string | null;
    /**
     * The route of the waiver that can lift it, by id; null where there is none.
     */
    waiver: string | null;
    /**
     * The citations for what it does to this route, by id.
     */
    cites: string[];
    /**
     * Somebody read at least one of them.
     */
    verified: boolean;
    /**
     * The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
     */
    confirmedThrough: string | null;
    /**
     * One of them was read longer ago than such a source keeps.
     */
    stale: boolean;
}

/**
 * A step of a card, for this week.
 */
export interface PlanStep {
    /**
     * The route, by its id in the rules.
     */
    route: string;
    /**
     * The step, by id.
     */
    step: string;
    /**
     * What kind of step it is.
     */
    kind: StepKind;
    /**
     * The last day for it, `YYYY-MM-DD`; null where the law sets none for this family.
     */
    by: string | null;
}

/**
 * A yes-no question about an inexact date that would settle something.
 */
export interface SharperQuestion {
    /**
     * The fact whose date it is about, by id.
     */
    fact: string;
    /**
     * For a list: the place of the entry, from 0; null for a date of its own.
     */
    entry: number | null;
    /**
     * For a list: the field of the entry, by id; null for a date of its own.
     */
    field: string | null;
    /**
     * How the date may stand to the line: "was it on or before this day?"
     */
    relation: Relation;
    /**
     * The line, `YYYY-MM-DD`.
     */
    date: string;
    /**
     * The date as it stands after the answer yes.
     */
    yes: DateRange;
    /**
     * The date as it stands after the answer no.
     */
    no: DateRange;
}

/**
 * Can anybody use a route?
 */
export type DoorState = "never-created" | "not-begun" | "proposed" | "announced" | "open" | "filing-only" | "renewals-only" | "in-court-only" | "paused" | "closed" | "unconfirmed" | "unknown";

/**
 * Do the facts meet the criteria in force?
 */
export interface Fit {
    /**
     * How the criteria come out together.
     */
    state: FitState;
    /**
     * For `not-now`: the first day, `YYYY-MM-DD`, on which time alone is no longer in the way. Null where no such day can be
     * worked out, and for any other state.
     */
    notBefore: string | null;
    /**
     * For `not-now`: the facts that name the missing steps, by id; empty for any other state.
     */
    missing: string[];
}

/**
 * Do the facts meet the criteria?
 */
export type FitState = "fits" | "unclear" | "not-now" | "does-not-fit";

/**
 * Everything said about one family on one day.
 */
export interface Report {
    /**
     * The day that was looked at, `YYYY-MM-DD`.
     */
    asOf: string;
    /**
     * Which rules spoke.
     */
    rules: RulesInfo;
    /**
     * At least one caution of the tier `stop` holds or may hold: nothing here tells anybody to file.
     */
    stop: boolean;
    /**
     * What to be careful about whichever route it is, the most serious first.
     */
    cautions: Caution[];
    /**
     * The cautions that a family reads before anything else, by id and in order.
     */
    urgent: string[];
    /**
     * What to do this week: at most three steps of the cards that are urgent or worth asking about. None of them sends anything.
     */
    plan: PlanStep[];
    /**
     * One card for each route, in the order in which they are worth reading.
     */
    cards: Card[];
    /**
     * Every question of the rules, in asking order, and where it stands.
     */
    questions: QuestionState[];
    /**
     * The fact to ask for next; null where nothing is left to ask.
     */
    next: string | null;
    /**
     * The screen that comes next; null where none has an open question. What sharpens a date comes after the last of them.
     */
    nextScreen: NextScreen | null;
    /**
     * At most so many more questions come. Never too low, often too high: each line that an inexact date may have to be held
     * against counts as a question.
     */
    remaining: number;
    /**
     * The few questions that come first are done: whether they stop the family is said by `stop`.
     */
    firstPassDone: boolean;
    /**
     * Answers that cannot be, or cannot all be so. They decide nothing; the person is asked to look again.
     */
    problems: Problem[];
}

/**
 * From one day to another, both included.
 */
export interface DateRange {
    /**
     * The first day, `YYYY-MM-DD`.
     */
    from: string;
    /**
     * The last day, `YYYY-MM-DD`.
     */
    to: string;
}

/**
 * How a date stands to a day.
 */
export type Relation = "before" | "on-or-before" | "on-or-after" | "after";

/**
 * How a fact is asked.
 */
export type Kind = "yes-no" | "choice" | "set" | "country" | "countries" | "date" | "list";

/**
 * How serious a caution is.
 */
export type Tier = "stop" | "before-you-send" | "know";

/**
 * Is the route open on the as-of date? It never depends on answers.
 */
export interface Door {
    /**
     * The state on the as-of date; `unknown` outside the days that the rules know.
     */
    state: DoorState;
    /**
     * The first day, `YYYY-MM-DD`, of this state; null where it is `unknown`.
     */
    since: string | null;
    /**
     * The day, `YYYY-MM-DD`, of the next change; null where the rules know of none.
     */
    nextChange: string | null;
    /**
     * The day, `YYYY-MM-DD`, of the newest evidence for this state; null where it is `unknown`.
     */
    confirmedThrough: string | null;
    /**
     * The state was last confirmed longer ago than its kind keeps.
     */
    stale: boolean;
    /**
     * The citations for this state, by id.
     */
    cites: string[];
    /**
     * How it came to this: every state since the rules know anything, up to the next change, in order. Empty where it is `unknown`.
     */
    history: DoorChange[];
}

/**
 * Machine values for the placeholders of a text. All are strings so that a person reads what the machine has.
 */
export interface Values {
    /**
     * The first date that the test names, `YYYY-MM-DD`; null where it names none.
     */
    date: string | null;
    /**
     * For a caution: its last day, or the day on which its bar ends, `YYYY-MM-DD`; null where it has none.
     */
    until: string | null;
    /**
     * The first number of years that the test names; null where it names none.
     */
    years: number | null;
    /**
     * The first number of days that the test names; null where it names none.
     */
    days: number | null;
}

/**
 * One criterion, and what is known of it.
 */
export interface Reason {
    /**
     * The criterion, by its id in the rules.
     */
    criterion: string;
    /**
     * Is it met?
     */
    truth: Truth;
    /**
     * The first day, `YYYY-MM-DD`, of this version of the criterion; null where it always was.
     */
    since: string | null;
    /**
     * The facts whose answers it rests on, by id.
     */
    facts: string[];
    /**
     * What stands in the placeholders of its text.
     */
    values: Values;
    /**
     * The citations that it rests on, by id, those of the conditions that it names too.
     */
    cites: string[];
    /**
     * Somebody read at least one of its own sources.
     */
    verified: boolean;
}

/**
 * One route: its door, its fit, and what goes with them.
 */
export interface Card {
    /**
     * The route, by its id in the rules.
     */
    route: string;
    /**
     * The group of routes that it belongs to.
     */
    group: string;
    /**
     * Where it belongs in an answer.
     */
    place: Place;
    /**
     * Its place in the order of all cards, from 1.
     */
    rank: number;
    /**
     * The person came for it by name.
     */
    named: boolean;
    /**
     * Can anybody use the route?
     */
    door: Door;
    /**
     * Do the facts meet its criteria? Null where no criteria existed on the as-of date.
     */
    fit: Fit | null;
    /**
     * Each criterion in force that applies, and what is known of it.
     */
    reasons: Reason[];
    /**
     * The grounds of the law that hold or may hold against what the route leads to.
     */
    grounds: Ground[];
    /**
     * The grounds that were looked at and do not hold, by id.
     */
    clear: string[];
    /**
     * The grounds that could hold and that nobody is asked about, by id.
     */
    notScreened: string[];
    /**
     * What to be careful about on this route, the most serious first.
     */
    cautions: Caution[];
    /**
     * What is worth finding out: what alone would decide the card first, then in asking order.
     */
    findOut: FindOut[];
    /**
     * The next days, in order, on which the card changes by itself.
     */
    comeBack: ComeBack[];
    /**
     * What the route gives, by ids with a text.
     */
    gives: string[];
    /**
     * What whoever files lets the agency know, by ids with a text.
     */
    exposes: string[];
    /**
     * What papers it takes, by ids with a text.
     */
    documents: string[];
    /**
     * What to do next, in order.
     */
    nextSteps: NextStep[];
    /**
     * The fees in force on the as-of date.
     */
    fees: FeeInForce[];
    /**
     * Every citation behind its door and its reasons, by id.
     */
    cites: string[];
    /**
     * Who checked this card: the route's own review, else that of the whole pack.
     */
    review: Review;
}

/**
 * Something in the answers that cannot be, for the person to look at again.
 */
export interface Problem {
    /**
     * What is wrong: `no-such-day`, `in-the-future`, or a contradiction by its id in the rules.
     */
    code: string;
    /**
     * The facts to look at again, by id.
     */
    facts: string[];
}

/**
 * Something to be careful about.
 */
export interface Caution {
    /**
     * The caution, by its id in the rules.
     */
    id: string;
    /**
     * Which of the caution's clauses holds; its text is under this id.
     */
    clause: string;
    /**
     * How serious it is.
     */
    tier: Tier;
    /**
     * What it tells to do or to leave; empty where it only informs.
     */
    tells: Tell[];
    /**
     * Does it hold, or may it?
     */
    certainty: Certainty;
    /**
     * What stands in the placeholders of its text.
     */
    values: Values;
    /**
     * The citations that it rests on, by id.
     */
    cites: string[];
    /**
     * Somebody read at least one of its own sources.
     */
    verified: boolean;
    /**
     * The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
     */
    confirmedThrough: string | null;
    /**
     * One of them was read longer ago than such a source keeps.
     */
    stale: boolean;
}

/**
 * Something to do, by kind; steps of the kind `file` are left out under a stop.
 */
export interface NextStep {
    /**
     * The step, by its id in the rules, or `ask-lawyer-before`, which the engine adds where a last day is set.
     */
    id: string;
    /**
     * What kind of step it is.
     */
    kind: StepKind;
    /**
     * The last day for it, `YYYY-MM-DD`; null where the law sets none for this family.
     */
    by: string | null;
}

/**
 * The screen that comes next, and why.
 */
export interface NextScreen {
    /**
     * The screen, by its id in the rules.
     */
    screen: string;
    /**
     * The facts on it that something still turns on, by id. Only what they stand for is shown.
     */
    open: string[];
}

/**
 * What a caution tells to do or to leave.
 */
export type Tell = "lawyer-first" | "do-not-file" | "do-not-travel" | "do-not-contact" | "detention-risk" | "deadline" | "scam" | "sign-nothing" | "family-plan";

/**
 * What a ground that holds does to a benefit.
 */
export type Effect = "blocks" | "until" | "waivable" | "lawyer" | "no";

/**
 * What changes on a card by itself.
 */
export type ComeBackWhat = "door" | "fit" | "cautions";

/**
 * What is known of a statement.
 */
export type Truth = "yes" | "no" | "unknown";

/**
 * What kind of thing a step is.
 */
export type StepKind = "learn" | "gather" | "help" | "file";

/**
 * Where a card belongs in an answer.
 */
export type Place = "urgent" | "worth-asking" | "also-possible" | "later" | "shut" | "not-this-family";

/**
 * Where a question can stand.
 */
export type QuestionProgress = "open" | "answered" | "unsure" | "invalid" | "not-relevant";

/**
 * Where one question stands.
 */
export interface QuestionState {
    /**
     * The fact that it asks for, by id.
     */
    fact: string;
    /**
     * Is it open, answered, or not needed?
     */
    state: QuestionProgress;
    /**
     * Questions about its date that would settle something.
     */
    sharper: SharperQuestion[];
}

/**
 * Which rules spoke.
 */
export interface RulesInfo {
    /**
     * The id of the pack, such as `us`.
     */
    id: string;
    /**
     * The version: the day of the rules, `YYYY.MM.DD`.
     */
    version: string;
    /**
     * The first day, `YYYY-MM-DD`, on which the rules know anything: before it every door is `unknown`.
     */
    knownFrom: string;
    /**
     * The day, `YYYY-MM-DD`, of the newest evidence behind any door.
     */
    confirmedThrough: string;
    /**
     * The day, `YYYY-MM-DD`, from which on nothing in the rules can be called fresh: whoever says that it is this day or later
     * gets every door as `unknown` and no fit. Cautions stay.
     */
    expires: string;
    /**
     * Who checked the rules.
     */
    review: Review;
}

/**
 * Who checked the rules: `draft` until somebody has.
 */
export interface Review {
    /**
     * `draft`, or `reviewed`.
     */
    state: string;
    /**
     * What the reviewer is, such as an immigration attorney; null for a draft.
     */
    role: string | null;
    /**
     * For whom the reviewer works; null for a draft.
     */
    organization: string | null;
    /**
     * The day of the review, `YYYY-MM-DD`; null for a draft.
     */
    on: string | null;
    /**
     * What was looked at; null where it was everything, and for a draft.
     */
    scope: string | null;
}

/**
 * `Maybe` where it rests on an answer "not sure", never on a question not asked yet.
 */
export type Certainty = "yes" | "maybe";
