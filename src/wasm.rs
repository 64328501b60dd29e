//! The border to JavaScript, and the only place that names a JavaScript type.
//!
//! Input is walked key by key with caps before anything is copied; output is plain data. One immutable handle: every
//! call takes `&self`, so an error never leaves the engine unusable. Errors carry a code, the key and the cure, and
//! never an answer.

use crate::date::Date;
use crate::fact::unpack;
use crate::input::{self, InputError, MAX_DEPTH, MAX_ITEMS, MAX_TEXT, Raw};
use crate::pack::{FORMAT, Pack};
use crate::report::Report;
use crate::screen::screen;
use js_sys::{Array, Error, JsString, Object, Reflect, Uint8Array};
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
}
"#;

/// A rule pack ready to screen. It holds no answer between calls.
#[wasm_bindgen]
pub struct Engine {
    pack: Pack,
}

#[wasm_bindgen]
impl Engine {
    /// Builds an engine from a rule pack: the parsed JSON, with `pack` decoded to bytes. Throws `unsupported-pack` for another format.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: JsValue) -> Result<Engine, JsValue> {
        let get = |key: &str| Reflect::get(&rules, &key.into()).ok();
        let refuse = |key: &str, message: &str| Err(error(&InputError::new("unsupported-pack", key, message)));
        let load = "load the JSON file that the rules build writes";
        match get("format").and_then(|format| format.as_f64()) {
            None => return refuse(if rules.is_object() { "rules.format" } else { "rules" }, &["missing; ", load].concat()),
            Some(format) if format != f64::from(FORMAT) => {
                let age = if format > f64::from(FORMAT) { "newer" } else { "older" };
                let number = (format as u32).to_string();
                return refuse(
                    "rules.format",
                    &[&number, " is ", age, " than this engine reads; use the engine that came with the rules"].concat(),
                );
            }
            Some(_) => {}
        }
        let bytes = get("pack").and_then(|pack| pack.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec());
        match bytes.and_then(|bytes| Pack::from_bytes(&bytes)) {
            Some(pack) => Ok(Engine { pack }),
            None => refuse("rules.pack", &["this is no rule pack; ", load].concat()),
        }
    }

    /// The version of the engine.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        env!("CARGO_PKG_VERSION").into()
    }

    /// Screens one family on one day. Throws for input that is not of the documented form.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn screen(&self, #[wasm_bindgen(unchecked_param_type = "ScreenInput")] input: JsValue) -> Result<JsValue, JsValue> {
        self.read(&input).map_err(|e| error(&e)).and_then(|report| give(&report))
    }

    /// The same with packed answers: one `Int32Array` as `info().questions` lays it out.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn screen_slots(&self, as_of: &str, slots: &[i32]) -> Result<JsValue, JsValue> {
        let as_of = day(as_of).map_err(|e| error(&e))?;
        give(&screen(&self.pack, as_of, &unpack(&self.pack.facts, slots, as_of)))
    }
}

impl Engine {
    fn read(&self, input: &JsValue) -> Result<Report, InputError> {
        let Raw::Map(entries) = walk(input, "input", 0)? else {
            return Err(InputError::new("wrong-kind", "input", "`screen` takes an object with `asOf` and `answers`"));
        };
        let (mut as_of, mut answers) = (None, None);
        for (key, value) in &entries {
            match (key.as_str(), value) {
                ("asOf", Raw::Text(text)) => as_of = Some(day(text)?),
                ("asOf", _) => return Err(wrong_day()),
                ("answers", value) => answers = Some(input::read_answers(&self.pack, value)?),
                _ => {
                    let message = ["`", &input::shown(key), "` is no key here; `screen` takes `asOf` and `answers`"].concat();
                    return Err(InputError::new("unknown-key", input::shown(key), message));
                }
            }
        }
        let as_of = as_of.ok_or_else(wrong_day)?;
        let answers = answers.ok_or_else(|| InputError::new("wrong-kind", "answers", "missing; give {} where nothing is answered yet"))?;
        Ok(screen(&self.pack, as_of, &answers))
    }
}

fn wrong_day() -> InputError {
    InputError::new("wrong-kind", "asOf", "takes a whole date, YYYY-MM-DD")
}

fn day(text: &str) -> Result<Date, InputError> {
    Date::parse(text).map_err(|_| wrong_day())
}

/// Plain data for JavaScript: objects and arrays, null for none.
fn give(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// The error that JavaScript gets: an `Error` with `name`, `code`, `message` and `detail`.
fn error(problem: &InputError) -> JsValue {
    let error = Error::new(&[problem.key.as_str(), ": ", &problem.message].concat());
    error.set_name("ScreenerError");
    let detail = Object::new();
    // A plain object of our own takes every key.
    let _ = Reflect::set(&detail, &"key".into(), &problem.key.as_str().into());
    let _ = Reflect::set(&error, &"code".into(), &problem.code.into());
    let _ = Reflect::set(&error, &"detail".into(), &detail);
    error.into()
}

/// Copies plain data out of JavaScript, within the caps. Anything that is not plain data is named, not copied.
fn walk(value: &JsValue, key: &str, depth: usize) -> Result<Raw, InputError> {
    let too = |code, message: &str| Err(InputError::new(code, key, message));
    if depth > MAX_DEPTH {
        return too("too-deep", "is nested too deep");
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Raw::Bool(flag));
    }
    if let Some(text) = value.dyn_ref::<JsString>() {
        if text.length() > MAX_TEXT as u32 {
            return too("too-long", "is too long a text");
        }
        return Ok(Raw::Text(String::from(text)));
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        if items.length() > MAX_ITEMS as u32 {
            return too("too-long", "has too many items");
        }
        let item = |at: u32| {
            let item = Reflect::get_u32(items, at).map_err(|_| unreadable(key))?;
            walk(&item, key, depth + 1)
        };
        return (0..items.length()).map(item).collect::<Result<_, _>>().map(Raw::List);
    }
    if !value.is_object() || value.is_function() {
        return Ok(Raw::Other("primitive"));
    }
    // Plain objects only: nothing above them, or one prototype with nothing above it. A Date has two.
    let up = |of: &JsValue| Reflect::get_prototype_of(of).map(JsValue::from).map_err(|_| unreadable(key));
    let prototype = up(value)?;
    if !prototype.is_null() && !up(&prototype)?.is_null() {
        return too("wrong-kind", "is no plain data (a Date, a Map); write dates as YYYY-MM-DD");
    }
    let keys = Reflect::own_keys(value).map_err(|_| unreadable(key))?;
    if keys.length() > MAX_ITEMS as u32 {
        return too("too-long", "has too many keys");
    }
    let mut entries = Vec::new();
    for name in keys.iter() {
        let Some(text) = name.dyn_ref::<JsString>() else { continue };
        if text.length() > MAX_TEXT as u32 {
            return too("too-long", "has too long a key");
        }
        let text = String::from(text);
        let inner = if depth == 0 { input::shown(&text) } else { [key, ".", &input::shown(&text)].concat() };
        let entry = Reflect::get(value, &name).map_err(|_| unreadable(&inner))?;
        entries.push((text, walk(&entry, &inner, depth + 1)?));
    }
    Ok(Raw::Map(entries))
}

fn unreadable(key: &str) -> InputError {
    InputError::new("wrong-kind", key, "could not be read; give plain data")
}
