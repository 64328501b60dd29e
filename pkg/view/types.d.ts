/** The shapes that the view reads. Ids, numbers and dates only: words come from the language files. */

import type * as engine from "../dist/types.js";

export type {
  Card,
  Caution,
  Help,
  Kind,
  Problem,
  Question,
  QuestionField as Field,
  Report,
  Review,
  Screen,
  ScreenEntries as Entries,
  ScreenLine as Line,
  SharperQuestion as Sharper,
} from "../dist/types.js";

/** What the engine says between two questions. */
export type Step = Omit<engine.Report, "cards" | "plan">;

/** Where the person is. */
export interface Place {
  name:
    | "start"
    | "wait"
    | "screen"
    | "singly"
    | "ask"
    | "list"
    | "entry"
    | "urgent"
    | "slip"
    | "sharper"
    | "review"
    | "results"
    | "path"
    | "everything"
    | "points"
    | "same"
    | "traces"
    | "facts"
    | "failed";
  /** What is chosen here and is no answer. */
  chosen?: Int32Array;
  /** A screen of the rules, by id. */
  screen?: string;
  /** The facts on it that were open when the person came to it: what stands for another is not shown. */
  open?: string[];
  fact?: string;
  /** In a list: the entry being edited. */
  entry?: number;
  /** And the step of it. */
  step?: number;
  /** On the urgent screen: the lines that were ticked, by id. */
  lines?: string[];
  sharper?: engine.SharperQuestion;
  problem?: engine.Problem;
  /** Where somebody goes as soon as the rest has arrived. */
  next?: Place;
  /** With the answer and its pages: all that they show. */
  report?: engine.Report;
  /** On the page of a path: which one. */
  route?: string;
}

export type Values = Record<string, string | number | null | undefined>;

export interface Citation {
  title: string;
  url?: string | null;
  kind?: string;
  /** The day on which somebody read it. */
  read?: string | null;
}

/** What the view asks of the engine. */
export interface Screener {
  questions: readonly engine.Question[];
  slots: number;
  parts: readonly string[];
  screens: readonly engine.Screen[];
  rules: engine.RulesInfo;
  citations: Record<string, Citation>;
  same: readonly engine.Same[];
  help: readonly engine.Help[];
  screen(asOf: string, answers: Int32Array, today: string): engine.Report;
  /** The same without cards, and so without the days on which they change: those take most of the time. */
  step(asOf: string, answers: Int32Array, today: string): Step;
  /** The facts with a date that was told in part and that something turns on. */
  finer(asOf: string, answers: Int32Array): string[];
  wipe(): void;
  /** What the sources say, once they have come. */
  cited(citations: engine.CompiledRules["citations"]): Record<string, Citation>;
}

/** One language: all that a person reads. */
export interface Language {
  /** BCP 47, with a script or a region where it needs one. */
  lang: string;
  dir: "ltr" | "rtl";
  /** What its speakers call it. */
  name: string;
  /** What the frame is called for people who cannot see it. */
  title: string;
  /** The words of the form. */
  words: Record<string, string>;
  /** Where browsers do not know the language: its months, January first, and how a day and a month are written. */
  calendar: { months: string[]; day: string; month: string } | null;
  countries: Record<string, string> | null;
  law?: LawWords;
  /** What the page about the news says, where that is what is shown. */
  news?: LawWords;
}

/** The words of the rules in one language. */
// biome-ignore lint/suspicious/noExplicitAny: a tree of texts, in the shape that the rules give it.
export type LawWords = Record<string, any> & { lang: string; dir: string; name: string };

/** Why the built-in rules are used where the page names others; the key of the words that say so. */
export type RulesNote = "rulesRefused" | "rulesOld" | "rulesOver" | null;

/** What the page that holds the widget may set. */
export interface Config {
  language: Language;
  asOf: string | null;
  routes: string[] | null;
  helpName: string | null;
  helpUrl: string | null;
  helpPhone: string | null;
  reviewedBy: string | null;
  headingLevel: number;
  theme: Record<string, string>;
}
