//! The border to JavaScript, and the only place that names a JavaScript type.
//!
//! Input is walked key by key with caps before anything is copied; output is plain data. One immutable handle: every
//! call takes `&self`, so an error never leaves the engine unusable. Errors carry a code, the key and the cure, and
//! never an answer.

use crate::date::Date;
use crate::fact::{COUNTRY_CAPACITY, Fact, Kind, LIST_CAPACITY, unpack};
use crate::input::{self, InputError, MAX_DEPTH, MAX_ITEMS, MAX_TEXT, Raw};
use crate::pack::{FORMAT, Pack};
use crate::report::{Report, RulesInfo};
use crate::screen::{rules_info, screen};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use js_sys::{Array, Error, JsString, Object, Reflect};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

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

/// What the engine was built from, and the questions that its rules ask.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EngineInfo {
    pub version: &'static str,
    pub rules: RulesInfo,
    pub languages: Vec<String>,
    pub questions: Vec<Question>,
    /// Numbers in the packed answers.
    pub slots: usize,
}

/// One question: how to ask it, and where its answer stands in the packed answers.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    pub fact: String,
    pub kind: Kind,
    pub options: Vec<String>,
    /// For a set: the option that excludes the others.
    pub exclusive: Option<String>,
    /// How it is safe to find the answer out.
    pub find_out: String,
    /// For a list: the yes-no fact whose yes means one entry only.
    pub short_when: Option<String>,
    pub slot: usize,
    pub size: usize,
    /// For a list or several countries: the most there can be.
    pub capacity: usize,
    /// For a list: numbers of one entry.
    pub entry_size: usize,
    pub fields: Vec<QuestionField>,
}

/// One field of a list's entries.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct QuestionField {
    pub id: String,
    pub kind: Kind,
    pub options: Vec<String>,
    /// Words that may stand in the place of a date.
    pub words: Vec<String>,
    /// Place inside the entry.
    pub offset: usize,
    pub size: usize,
    /// "still" where leaving the field out says that it goes on.
    pub absent: Option<&'static str>,
    pub show_when: Option<QuestionShowWhen>,
}

/// When a field is asked: another field has one of these options, or is given at all.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct QuestionShowWhen {
    pub field: String,
    pub one_of: Option<Vec<String>>,
    pub given: bool,
}

#[wasm_bindgen]
impl Engine {
    /// Builds an engine from a rule pack (the parsed JSON). Throws `unsupported-pack` for another format.
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
        let bytes = get("pack").and_then(|pack| pack.as_string()).and_then(|text| BASE64.decode(text).ok());
        match bytes.and_then(|bytes| Pack::from_bytes(&bytes)) {
            Some(pack) => Ok(Engine { pack }),
            None => refuse("rules.pack", &["this is no compiled rule pack; ", load].concat()),
        }
    }

    /// The version, the rules and the questions.
    #[wasm_bindgen(unchecked_return_type = "EngineInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        let (begins, slots) = self.pack.slots();
        let questions = self.pack.facts.iter().zip(begins).map(|(fact, slot)| self.question(fact, slot)).collect();
        let languages = self.pack.languages.clone();
        give(&EngineInfo { version: env!("CARGO_PKG_VERSION"), rules: rules_info(&self.pack), languages, questions, slots })
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

    fn question(&self, fact: &Fact, slot: usize) -> Question {
        let id_of = |place: u16| self.pack.facts.get(usize::from(place)).map(|fact| fact.id.clone());
        let capacity = match fact.kind {
            Kind::List => LIST_CAPACITY,
            Kind::Countries => COUNTRY_CAPACITY,
            _ => 1,
        };
        let fields = fact.field_offsets().map(|(offset, field)| QuestionField {
            id: field.id.clone(),
            kind: field.kind,
            options: field.options.clone(),
            words: field.words.clone(),
            offset,
            size: if field.kind == Kind::Date { 3 } else { 1 },
            absent: field.still.then_some("still"),
            show_when: field.show_when.as_ref().and_then(|show| {
                let other = fact.fields.get(usize::from(show.field))?;
                let chosen = |(place, option): (usize, &String)| (show.options >> place & 1 == 1).then(|| option.clone());
                let one_of: Vec<String> = other.options.iter().enumerate().filter_map(chosen).collect();
                Some(QuestionShowWhen { field: other.id.clone(), given: one_of.is_empty(), one_of: (!one_of.is_empty()).then_some(one_of) })
            }),
        });
        Question {
            fact: fact.id.clone(),
            kind: fact.kind,
            options: fact.options.clone(),
            exclusive: (fact.kind == Kind::Set && fact.options.iter().any(|o| o == "none")).then(|| "none".to_string()),
            find_out: fact.find_out.clone(),
            short_when: fact.short_when.and_then(id_of),
            slot,
            size: fact.size(),
            capacity,
            entry_size: fact.entry_size(),
            fields: fields.collect(),
        }
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
        return too("too-deep", "is nested too deep; answers need only a few levels");
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Raw::Bool(flag));
    }
    if let Some(text) = value.dyn_ref::<JsString>() {
        if text.length() > MAX_TEXT as u32 {
            return too("too-long", "is too long a text; no answer needs more than an id or a date");
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
        return too("wrong-kind", "is an object of some class (a Date, a Map); write plain data, dates as YYYY-MM-DD");
    }
    let keys = Reflect::own_keys(value).map_err(|_| unreadable(key))?;
    if keys.length() > MAX_ITEMS as u32 {
        return too("too-long", "has too many keys");
    }
    let mut entries = Vec::new();
    for name in keys.iter() {
        let Some(text) = name.dyn_ref::<JsString>() else { continue };
        if text.length() > MAX_TEXT as u32 {
            return too("too-long", "has a key that is too long to be an id");
        }
        let text = String::from(text);
        let inner = if depth == 0 { input::shown(&text) } else { [key, ".", &input::shown(&text)].concat() };
        let entry = Reflect::get(value, &name).map_err(|_| unreadable(&inner))?;
        entries.push((text, walk(&entry, &inner, depth + 1)?));
    }
    Ok(Raw::Map(entries))
}

fn unreadable(key: &str) -> InputError {
    InputError::new("wrong-kind", key, "reading it threw an error; give plain data")
}
