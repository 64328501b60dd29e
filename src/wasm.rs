//! The border to JavaScript, and the only place that names a JavaScript type.
//!
//! Input is walked key by key with caps before anything is copied; output is plain data. One immutable handle: every
//! call takes `&self`, so an error never leaves the engine unusable.
//!
//! Reading an object can run anybody's code, and that code can throw anything. So a refusal is not thrown here but returned,
//! as a list of code, key and message where a report would be an object: nobody else can return something from the engine, and
//! whatever is thrown out of it is not believed. Refused: what a getter or a Proxy throws, every word of it.

use crate::ask::{finer, next_screen};
use crate::date::{Date, DateError};
use crate::fact::{Answers, begun, unpack};
use crate::input::{self, InputError, MAX_DEPTH, MAX_ITEMS, MAX_SIZE, MAX_TEXT, Raw};
use crate::own;
use crate::pack::{FORMAT, Pack};
use crate::report::Report;
use crate::screen::{screen_on, screen_step};
use js_sys::{Array, JsString, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Small rather than fast: a report is a few hundred short texts.
#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    // SAFETY: WebAssembly without shared memory has one thread.
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

#[wasm_bindgen(typescript_custom_section)]
const INPUT_TYPES: &str = r#"
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
"#;

/// A rule pack ready to screen. It holds no answer between calls.
#[wasm_bindgen]
pub struct Engine {
    pack: Pack,
}

#[wasm_bindgen]
impl Engine {
    /// Is a file of rules as it was written? Takes its checksum, and behind it the text that it is over.
    pub fn whole(sum_and_text: &str) -> bool {
        own::whole(sum_and_text)
    }

    /// Builds an engine from a rule pack: the parsed JSON, with `pack` decoded to bytes. Refuses another format, and rules that are not
    /// whole, over `today`, or older than the `built_in` ones: see [`own::outdated`].
    pub fn open(rules: JsValue, whole: bool, built_in: i32, today: i32) -> JsValue {
        opened(&rules, whole, built_in, today).map_or_else(|problem| refusal(&problem), |pack| Engine { pack }.into())
    }

    /// The version of the engine.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        env!("CARGO_PKG_VERSION").into()
    }

    /// The ids of the citations in the order of the rules, each with `=` and the day on which somebody read it, if anybody did, and
    /// a space behind.
    #[wasm_bindgen(getter)]
    pub fn citation_ids(&self) -> String {
        let mut ids = String::new();
        for citation in &self.pack.citations {
            ids.push_str(&citation.id);
            ids.push('=');
            ids.push_str(&citation.read.map(|read| read.to_string()).unwrap_or_default());
            ids.push(' ');
        }
        ids
    }

    /// Screens one family on one day. Refuses input that is not of the documented form.
    pub fn screen(&self, input: JsValue) -> Result<JsValue, JsValue> {
        self.read(&input).map_or_else(|problem| Ok(refusal(&problem)), |report| give(&report))
    }

    /// The same with packed answers: one `Int32Array` as `info().questions` lays it out.
    pub fn screen_slots(&self, as_of: &str, slots: &[i32], today: Option<String>) -> Result<JsValue, JsValue> {
        self.packed(as_of, slots, today, screen_on)
    }

    /// The facts with a date that was told in part and that something turns on: their ids, with a space between.
    pub fn finer_slots(&self, as_of: &str, slots: &[i32]) -> Result<JsValue, JsValue> {
        match day("asOf", as_of) {
            Ok(as_of) => Ok(finer(&self.pack, as_of, &unpack(&self.pack.facts, slots, as_of)).join(" ").into()),
            Err(problem) => Ok(refusal(&problem)),
        }
    }

    /// The same without cards.
    pub fn step_slots(&self, as_of: &str, slots: &[i32], today: Option<String>) -> Result<JsValue, JsValue> {
        self.packed(as_of, slots, today, screen_step)
    }
}

fn opened(rules: &JsValue, whole: bool, built_in: i32, today: i32) -> Result<Pack, InputError> {
    let get = |key: &str| Reflect::get(rules, &key.into()).ok();
    let refuse = |code, key: &str, message: &str| Err(InputError::new(code, key, message));
    let load = "load the JSON file that the rules build writes";
    match get("format").and_then(|format| format.as_f64()) {
        None => return refuse("unsupported-pack", if rules.is_object() { "rules.format" } else { "rules" }, &["missing; ", load].concat()),
        Some(format) if format != f64::from(FORMAT) => {
            let (code, age) = if format > f64::from(FORMAT) { ("rules-format-newer", "newer") } else { ("rules-format-older", "older") };
            let number = (format as u32).to_string();
            return refuse(
                code,
                "rules.format",
                &[&number, " is ", age, " than this engine reads; use the engine that came with the rules"].concat(),
            );
        }
        Some(_) => {}
    }
    let bytes = get("pack").and_then(|pack| pack.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec());
    let (code, key) = if whole { ("unsupported-pack", "rules.pack") } else { ("rules-changed", "rules.checksum") };
    match bytes.filter(|_| whole).and_then(|bytes| Pack::from_bytes(&bytes)) {
        Some(pack) => match own::outdated(&pack, built_in, today) {
            Some(code) => refuse(code, "rules.version", "too old; compile the rules of today"),
            None => Ok(pack),
        },
        None => refuse(code, key, &["this is no rule pack, or it was changed on the way; ", load].concat()),
    }
}

/// A way of screening: all of a report, or a part of it.
type Screen = fn(&Pack, Date, Date, &Answers) -> Report;

/// What `screen` takes.
const KEYS: [&str; 3] = ["asOf", "answers", "today"];

impl Engine {
    fn packed(&self, as_of: &str, slots: &[i32], today: Option<String>, screen: Screen) -> Result<JsValue, JsValue> {
        let today = today.map_or(Ok(self.pack.day), |today| day("today", &today));
        match (day("asOf", as_of), today) {
            (Ok(as_of), Ok(today)) => {
                let mut report = screen(&self.pack, as_of, today, &unpack(&self.pack.facts, slots, as_of));
                report.next_screen = next_screen(&self.pack, &report.questions, &begun(&self.pack.facts, slots));
                give(&report)
            }
            (Err(problem), _) | (_, Err(problem)) => Ok(refusal(&problem)),
        }
    }

    fn read(&self, input: &JsValue) -> Result<Report, InputError> {
        let mut reader = Reader { pack: &self.pack, left: MAX_SIZE };
        let Raw::Map(entries) = reader.walk(input, "input", 0)? else {
            return Err(InputError::new("wrong-kind", "input", "`screen` takes an object with `asOf`, `answers`, and perhaps `today`"));
        };
        let (mut as_of, mut today, mut answers) = (None, None, None);
        for (at, (key, value)) in entries.iter().enumerate() {
            match (key.as_str(), value) {
                ("asOf", Raw::Text(text)) => as_of = Some(day("asOf", text)?),
                ("asOf", _) => return Err(wrong_day("asOf", DateError::Form)),
                ("today", Raw::Text(text)) => today = Some(day("today", text)?),
                ("today", _) => return Err(wrong_day("today", DateError::Form)),
                ("answers", value) => answers = Some(input::read_answers(&self.pack, value)?),
                _ => return Err(input::unknown_key(&self.pack, "input", key, at, "asOf, answers, today")),
            }
        }
        let as_of = as_of.ok_or_else(|| wrong_day("asOf", DateError::Form))?;
        let answers = answers.ok_or_else(|| InputError::new("wrong-kind", "answers", "missing; give {} where nothing is answered yet"))?;
        Ok(screen_on(&self.pack, as_of, today.unwrap_or(self.pack.day), &answers))
    }
}

fn wrong_day(key: &str, why: DateError) -> InputError {
    let message = match why {
        DateError::NoSuchDay => "the calendar has no such day; give one that it has, YYYY-MM-DD",
        DateError::Form => "takes a whole date, YYYY-MM-DD, of the years 1900 to 2199",
    };
    InputError::new("wrong-kind", key, message)
}

fn day(key: &str, text: &str) -> Result<Date, InputError> {
    Date::parse(text).map_err(|why| wrong_day(key, why))
}

/// Plain data for JavaScript: objects and arrays, null for none.
fn give(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// What JavaScript makes an error of: code, key, message.
fn refusal(problem: &InputError) -> JsValue {
    [problem.code, &problem.key, &problem.message].iter().map(|text| JsValue::from(*text)).collect::<Array>().into()
}

#[wasm_bindgen]
extern "C" {
    /// A revoked Proxy throws here, so it is called with a catch.
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// Copies plain data out of JavaScript, within the caps. Anything that is not plain data is named, not copied.
struct Reader<'a> {
    pack: &'a Pack,
    /// What may still be read: see [`MAX_SIZE`].
    left: usize,
}

impl Reader<'_> {
    fn walk(&mut self, value: &JsValue, key: &str, depth: usize) -> Result<Raw, InputError> {
        let too = |code, message: &str| Err(InputError::new(code, key, message));
        if depth > MAX_DEPTH {
            return too("too-deep", "is nested too deep");
        }
        self.take(1)?;
        if let Some(flag) = value.as_bool() {
            return Ok(Raw::Bool(flag));
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return match self.text(text)? {
                Some(text) => Ok(Raw::Text(text)),
                None => too("too-long", "is too long a text"),
            };
        }
        if !value.is_object() {
            return Ok(Raw::Other("primitive"));
        }
        if is_array(value).map_err(|_| unreadable(key))? {
            // A Proxy around a list can name any length.
            let length = Reflect::get(value, &"length".into()).map_err(|_| unreadable(key))?.as_f64();
            let Some(length) = length.filter(|length| *length <= MAX_ITEMS as f64) else {
                return too("too-long", "has too many items");
            };
            let mut items = Vec::new();
            for at in 0..length as u32 {
                let item = Reflect::get_u32(value, at).map_err(|_| unreadable(key))?;
                items.push(self.walk(&item, &[key, ".", &at.to_string()].concat(), depth + 1)?);
            }
            return Ok(Raw::List(items));
        }
        // Plain objects only: nothing above them, or one prototype with nothing above it. A Date has two.
        let up = |of: &JsValue| Reflect::get_prototype_of(of).map(JsValue::from).map_err(|_| unreadable(key));
        let prototype = up(value)?;
        if !prototype.is_null() && !up(&prototype)?.is_null() {
            return too("wrong-kind", "is no plain data (a Date, a Map); write dates as YYYY-MM-DD");
        }
        // The one thing that costs as much as there is: nothing in JavaScript counts keys without listing them. The list holds
        // references (50 MB and a second for a million keys), no character of a key.
        let keys = Reflect::own_keys(value).map_err(|_| unreadable(key))?;
        if keys.length() > MAX_ITEMS as u32 {
            return too("too-long", "has too many keys");
        }
        let mut entries = Vec::new();
        for name in keys.iter() {
            let Some(text) = name.dyn_ref::<JsString>() else { continue };
            let Some(text) = self.text(text)? else { return too("too-long", "has too long a key") };
            let known = if depth == 0 { KEYS.contains(&text.as_str()) } else { input::is_key(self.pack, &text) };
            // A key that is none of ours is an error wherever it stands: what is behind it is not looked at.
            let entry = if known {
                let inner = if depth == 0 { text.clone() } else { [key, ".", &text].concat() };
                let entry = Reflect::get(value, &name).map_err(|_| unreadable(&inner))?;
                self.walk(&entry, &inner, depth + 1)?
            } else {
                Raw::Other("not read")
            };
            entries.push((text, entry));
        }
        Ok(Raw::Map(entries))
    }

    /// A text, or `None` where it is too long to be one of ours.
    fn text(&mut self, text: &JsString) -> Result<Option<String>, InputError> {
        let length = text.length() as usize;
        if length > MAX_TEXT {
            return Ok(None);
        }
        self.take(length)?;
        Ok(Some(String::from(text)))
    }

    /// Counts what is read, before it is.
    fn take(&mut self, size: usize) -> Result<(), InputError> {
        self.left = self.left.checked_sub(size).ok_or_else(|| InputError::new("too-long", "input", "holds too much in all"))?;
        Ok(())
    }
}

fn unreadable(key: &str) -> InputError {
    InputError::new("wrong-kind", key, "could not be read; give plain data")
}
