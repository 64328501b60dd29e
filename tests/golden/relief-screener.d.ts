/* tslint:disable */
/* eslint-disable */

/** Asked, and the person cannot say. It is never taken for a "no". */
export interface Unsure { unsure: true }
/** `2014`, `2014-06`, `2014-06-17`, or a range; `unsure` where it cannot be said more exactly. */
export type ApproximateDate = string | { from: string; to: string; unsure?: boolean };
/** One entry of a list, by field; `false` where a date field says "no". */
export type Entry = { [field: string]: string | boolean | ApproximateDate | Unsure };
/** An answer, by the kind of its fact. A fact left out has not been asked yet. */
export type AnswerValue = boolean | string | string[] | ApproximateDate | Entry[] | Unsure;
/** A source: what it is, and where it can be read. */
export interface Citation { id: string; title: string; url: string | null; kind: string; verified: boolean }
/** A place of help; its words are in the language files. */
export interface Help { id: string; url: string; phone: string | null }
/** One question: how to ask it, and where its answer stands in the packed answers. */
export interface Question {
  fact: string;
  kind: Kind;
  /** For countries: the codes of all that can be named. */
  options: string[];
  /** For a set: the option that excludes the others. */
  exclusive: string | null;
  /** A date that may lie ahead; any other date is of an event that has happened. */
  ahead: boolean;
  /** One of the few questions that come first and tell whether something stops the family. */
  first: boolean;
  /** How it is safe to find the answer out. */
  findOut: string;
  /** For a list: the yes-no fact whose yes means one entry only. */
  shortWhen: string | null;
  slot: number;
  size: number;
  /** For a list or several countries: the most there can be. */
  capacity: number;
  /** For a list: numbers of one entry. */
  entrySize: number;
  fields: QuestionField[];
}
/** One field of a list's entries. */
export interface QuestionField {
  id: string;
  kind: Kind;
  options: string[];
  /** Words that may stand in the place of a date. */
  words: string[];
  /** Place inside the entry. */
  offset: number;
  size: number;
  /** A date that may lie ahead; any other date is of an event that has happened. */
  ahead: boolean;
  /** "still" where leaving the field out says that it goes on. */
  absent: "still" | null;
  showWhen: QuestionShowWhen | null;
}
/** When a field is asked: another field has one of these options, or is given at all. */
export interface QuestionShowWhen { field: string; oneOf: string[] | null; given: boolean }
/** The rules as the rules build compiles them: the pack itself is bytes in hexadecimal, the rest is for readers. */
export interface CompiledRules {
  format: number;
  id: string;
  version: string;
  languages: string[];
  rules: RulesInfo;
  questions: Question[];
  /** Numbers in the packed answers. */
  slots: number;
  citations: Citation[];
  help: Help[];
  pack: string;
}
/** One family on one day. */
export interface ScreenInput {
  /** The day to look at, `YYYY-MM-DD`. The engine reads no clock. */
  asOf: string;
  /** Answers by fact id. */
  answers: { [fact: string]: AnswerValue };
  /** The day on which this is asked, `YYYY-MM-DD`; the day of the rules without it. What is told as past and lies after it
   * and after `asOf` is asked about as a slip; nothing else depends on it. */
  today?: string;
}


/**
 * A day on which a card changes by itself, with nothing new answered.
 */
export interface ComeBack {
    date: string;
    /**
     * What changes.
     */
    what: ComeBackWhat[];
}

/**
 * A fact worth finding out for a card.
 */
export interface FindOut {
    fact: string;
    /**
     * How it is safe to find out.
     */
    how: string;
    /**
     * This fact alone would decide the card.
     */
    alone: boolean;
    sharper: SharperQuestion[];
}

/**
 * A fee in US dollars, in force on the as-of date.
 */
export interface FeeInForce {
    id: string;
    amount: number;
    since: string | null;
    cites: string[];
}

/**
 * A yes-no question about an inexact date that would settle something.
 */
export interface SharperQuestion {
    fact: string;
    /**
     * For a list: the place of the entry.
     */
    entry: number | null;
    field: string | null;
    relation: Relation;
    date: string;
    /**
     * The date as it stands after the answer yes, and after no.
     */
    yes: DateRange;
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
    state: FitState;
    /**
     * For not-now: the day from which it is met, where that can be worked out.
     */
    notBefore: string | null;
    /**
     * For not-now: the facts that name the missing steps.
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
    asOf: string;
    rules: RulesInfo;
    /**
     * At least one caution of the tier `stop` holds or may hold: nothing here tells anybody to file.
     */
    stop: boolean;
    cautions: Caution[];
    /**
     * One card for each route, in the order in which they are worth reading.
     */
    cards: Card[];
    /**
     * Every question in asking order.
     */
    questions: QuestionState[];
    /**
     * The question to ask next.
     */
    next: string | null;
    /**
     * At most so many more questions.
     */
    remaining: number;
    /**
     * The few questions that come first are done: whether they stop the family is said by `stop`.
     */
    firstPassDone: boolean;
    problems: Problem[];
}

/**
 * From one day to another, both included.
 */
export interface DateRange {
    from: string;
    to: string;
}

/**
 * How a fact is asked.
 */
export type Kind = "yes-no" | "choice" | "set" | "country" | "countries" | "date" | "list";

/**
 * Is the route open on the as-of date? It never depends on answers.
 */
export interface Door {
    state: DoorState;
    since: string | null;
    /**
     * The day of the next change, where the rules know one.
     */
    nextChange: string | null;
    confirmedThrough: string | null;
    /**
     * The state was last confirmed longer ago than its kind keeps.
     */
    stale: boolean;
    cites: string[];
}

/**
 * Machine values for the placeholders of a text. All are strings so that a person reads what the machine has.
 */
export interface Values {
    date: string | null;
    until: string | null;
    years: number | null;
    days: number | null;
}

/**
 * One criterion, and what is known of it.
 */
export interface Reason {
    criterion: string;
    truth: Truth;
    /**
     * The day from which this version of the criterion is in force; null where it always was.
     */
    since: string | null;
    /**
     * The facts it read.
     */
    facts: string[];
    values: Values;
    cites: string[];
    verified: boolean;
}

/**
 * One route: its door, its fit, and what goes with them.
 */
export interface Card {
    route: string;
    group: string;
    door: Door;
    /**
     * Null where no criteria existed on the as-of date.
     */
    fit: Fit | null;
    reasons: Reason[];
    cautions: Caution[];
    findOut: FindOut[];
    /**
     * Days on which the card changes by itself.
     */
    comeBack: ComeBack[];
    gives: string[];
    exposes: string[];
    documents: string[];
    nextSteps: NextStep[];
    fees: FeeInForce[];
    /**
     * Every citation that the card rests on.
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
    code: string;
    facts: string[];
}

/**
 * Something to be careful about.
 */
export interface Caution {
    id: string;
    /**
     * Which of the caution's clauses holds; its text is under this id.
     */
    clause: string;
    tier: Tier;
    tells: Tell[];
    certainty: Certainty;
    values: Values;
    cites: string[];
    verified: boolean;
}

/**
 * Something to do, by kind; steps of the kind `file` are left out under a stop.
 */
export interface NextStep {
    id: string;
    kind: StepKind;
    /**
     * The last day for it, where the law sets one for this family.
     */
    by: string | null;
}

/**
 * What is known of a statement.
 */
export type Truth = "yes" | "no" | "unknown";

/**
 * Where one question stands.
 */
export interface QuestionState {
    fact: string;
    state: QuestionProgress;
    sharper: SharperQuestion[];
}

/**
 * Which rules spoke.
 */
export interface RulesInfo {
    id: string;
    version: string;
    knownFrom: string;
    /**
     * The date of the newest evidence behind any door.
     */
    confirmedThrough: string;
    review: Review;
}

/**
 * Who checked the rules: `draft` until somebody has.
 */
export interface Review {
    state: string;
    role: string | null;
    organization: string | null;
    on: string | null;
    scope: string | null;
}

/**
 * `Maybe` where it rests on an answer "not sure", never on a question not asked yet.
 */
export type Certainty = "yes" | "maybe";

export type ComeBackWhat = "door" | "fit" | "cautions";

export type QuestionProgress = "open" | "answered" | "unsure" | "invalid" | "not-relevant";

export type Relation = "before" | "on-or-before" | "on-or-after" | "after";

export type StepKind = "learn" | "gather" | "help" | "file";

export type Tell = "lawyer-first" | "do-not-file" | "do-not-travel" | "do-not-contact" | "detention-risk" | "deadline" | "scam";

export type Tier = "stop" | "before-you-send" | "know";
