//! Answers as people's programs write them, read strictly: one error that names the key and the cure.
//!
//! Whoever holds the input (a TOML file, a JavaScript object) first copies it into a [`Raw`] tree, within the caps
//! here; everything after that is the same for all of them. A 30 February is not an error but a state of the question.
//!
//! An error repeats no answer: errors end up in logs, and a value, or a key that somebody took for one, can be a date, a name
//! or a word of an answer. An unknown key is repeated only where it is short, of small letters, and no option of any question;
//! else its number stands for it.

use crate::date::{Approx, DateError};
use crate::fact::{Answer, Answers, COUNTRY_CAPACITY, Country, Dated, Entry, Fact, Field, Given, Kind, LIST_CAPACITY, Value};
use crate::pack::Pack;

/// Caps on input, so that nothing large is ever copied.
pub const MAX_TEXT: usize = 100;
/// The most entries of a list, or keys of an object.
pub const MAX_ITEMS: usize = 300;
/// The most levels of lists and objects inside each other.
pub const MAX_DEPTH: usize = 6;
/// What one input may hold in all: each value counts one, and so does each character of its texts and keys. All questions
/// answered, with every list full of ranges, are less than a tenth of it.
pub const MAX_SIZE: usize = 100_000;

/// Plain data, before anything is known of its meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Raw>),
    /// An object, its keys in the order in which they came.
    Map(Vec<(String, Raw)>),
    /// Something else, by the name of its kind.
    Other(&'static str),
}

/// Why an input cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// `unknown-fact`, `unknown-key`, `wrong-kind`, `too-long`, `too-deep` or `unsupported-pack`; of rules, why they are refused.
    pub code: &'static str,
    /// Where: a fact, with entry and field.
    pub key: String,
    /// What is wrong and what to write.
    pub message: String,
}

impl InputError {
    /// A refusal: its code, the key where it is, what is wrong and what to do.
    pub fn new(code: &'static str, key: impl Into<String>, message: impl Into<String>) -> InputError {
        InputError { code, key: key.into(), message: message.into() }
    }
}

type Result<T> = std::result::Result<T, InputError>;

/// Reads answers keyed by fact id.
pub fn read_answers(pack: &Pack, raw: &Raw) -> Result<Answers> {
    let Raw::Map(entries) = raw else {
        return Err(InputError::new("wrong-kind", "answers", "`answers` takes an object with fact ids as keys"));
    };
    let mut answers = vec![Answer::NotAsked; pack.facts.len()];
    for (at, (id, value)) in entries.iter().enumerate() {
        let place = pack.facts.iter().position(|fact| fact.id == *id);
        match place.and_then(|place| Some((pack.facts.get(place)?, answers.get_mut(place)?))) {
            Some((fact, answer)) => *answer = read_answer(pack, fact, value)?,
            None => {
                let meant = pack.facts.iter().find(|fact| slip(id, &fact.id));
                let meant = meant.map_or(String::new(), |fact| [" (did you mean `", &fact.id, "`?)"].concat());
                let message = [&named(pack, id, at), " is the id of no fact", &meant, "; `questions` lists them all"].concat();
                return Err(InputError::new("unknown-fact", "answers", message));
            }
        }
    }
    Ok(answers)
}

/// A key that is none of ours, and its place among the keys of its object.
pub fn unknown_key(pack: &Pack, place: &str, key: &str, at: usize, known: &str) -> InputError {
    InputError::new("unknown-key", place, [&named(pack, key, at), " is none of these: ", known].concat())
}

/// The longest unknown key that an error repeats.
const SHOWN: usize = 40;

/// An unknown key for a message: itself where it cannot be an answer, else its number.
fn named(pack: &Pack, key: &str, at: usize) -> String {
    let plain = key.len() <= SHOWN && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'.');
    let is_option = |options: &[String]| options.iter().any(|option| option == key);
    let field = |field: &Field| is_option(&field.options) || is_option(&field.words);
    if plain && !key.is_empty() && !pack.facts.iter().any(|fact| is_option(&fact.options) || fact.fields.iter().any(field)) {
        return ["`", key, "`"].concat();
    }
    format!("key {}", at + 1)
}

/// Is the key this id but for two characters in one place? What is said then is the id and not the key.
fn slip(key: &str, id: &str) -> bool {
    let (key, id) = (key.as_bytes(), id.as_bytes());
    let alike = |pair: &(&u8, &u8)| pair.0 == pair.1;
    let head = key.iter().zip(id).take_while(alike).count();
    let tail = key.iter().rev().zip(id.iter().rev()).take_while(alike).count();
    head + tail > 2 && key.len().max(id.len()) <= head + tail + 2
}

/// Is it a word of ours that can be a key somewhere in the answers? What stands behind any other key need not be read.
pub fn is_key(pack: &Pack, key: &str) -> bool {
    ["from", "to", "unsure"].contains(&key)
        || pack.facts.iter().any(|fact| fact.id == key || fact.fields.iter().any(|field| field.id == key))
}

/// `{ "unsure": true }` in the place of a value.
fn is_unsure(raw: &Raw) -> bool {
    matches!(raw, Raw::Map(entries) if matches!(entries.as_slice(), [(key, Raw::Bool(true))] if key == "unsure"))
}

fn read_answer(pack: &Pack, fact: &Fact, raw: &Raw) -> Result<Answer> {
    if is_unsure(raw) {
        return Ok(Answer::Unsure);
    }
    let key = fact.id.as_str();
    let value = match (fact.kind, raw) {
        (Kind::Set | Kind::Countries, Raw::List(items)) if items.is_empty() => {
            return Err(InputError::new("wrong-kind", key, "an empty list says nothing; give at least one, or leave the fact out"));
        }
        (Kind::YesNo, Raw::Bool(yes)) => Value::Choice(u8::from(*yes)),
        (Kind::Choice, Raw::Text(text)) => Value::Choice(option(key, &fact.options, text)?),
        (Kind::Set, Raw::List(items)) => {
            let mut chosen = 0;
            for item in items {
                let option = 1 << option(key, &fact.options, text(key, item)?)?;
                if chosen & option != 0 {
                    return Err(InputError::new("wrong-kind", key, "an option stands twice; give each one once"));
                }
                chosen |= option;
            }
            let none = fact.options.iter().position(|o| o == "none").map(|place| 1 << place);
            if none.is_some_and(|none| chosen & none != 0 && chosen != none) {
                return Err(InputError::new("wrong-kind", key, "`none` stands beside other options; give `none` alone or leave it out"));
            }
            Value::Set(chosen)
        }
        (Kind::Country, Raw::Text(text)) => Value::Countries(vec![country(fact, text)?]),
        (Kind::Countries, Raw::List(items)) if items.len() <= COUNTRY_CAPACITY => {
            let mut named = Vec::new();
            for item in items {
                let country = country(fact, text(key, item)?)?;
                if named.contains(&country) {
                    return Err(InputError::new("wrong-kind", key, "a country stands twice; give each one once"));
                }
                named.push(country);
            }
            Value::Countries(named)
        }
        (Kind::Date, raw) => match date(pack, key, &[], raw)? {
            Some(date) => Value::Date(date),
            None => return Ok(Answer::NoSuchDay),
        },
        (Kind::List, Raw::List(items)) if items.len() <= LIST_CAPACITY => {
            Value::List(items.iter().enumerate().map(|(at, item)| entry(pack, fact, at, item)).collect::<Result<_>>()?)
        }
        (Kind::List | Kind::Countries, Raw::List(_)) => {
            return Err(InputError::new("too-long", key, "more entries than this list takes"));
        }
        (kind, _) => return Err(expected(key, kind, &fact.options)),
    };
    Ok(Answer::Value(value))
}

/// What a key takes. `words` are the options, or what can stand in the place of a date.
fn expected(key: &str, kind: Kind, words: &[String]) -> InputError {
    let form = match kind {
        Kind::YesNo => "true or false",
        Kind::Choice => "one of ",
        Kind::Set => "a list of ",
        Kind::Country => "the two capital letters of a country in ISO 3166-1, such as \"MX\"",
        Kind::Countries => "a list of countries, each by its two capital letters in ISO 3166-1, such as [\"MX\"]",
        Kind::Date => "YYYY, YYYY-MM, YYYY-MM-DD or { \"from\", \"to\" }",
        Kind::List => "a list of entries, [] for none",
    };
    let words = match kind {
        Kind::Choice | Kind::Set => listed(words),
        Kind::Date if words == ["no"] => ", or false".into(),
        Kind::Date if !words.is_empty() => [", or ", &listed(words)].concat(),
        _ => String::new(),
    };
    InputError::new("wrong-kind", key, ["takes ", form, &words, ", or { \"unsure\": true }"].concat())
}

/// Ids for a message. The library's `join` costs a kilobyte for each kind of list.
fn listed(ids: &[String]) -> String {
    let mut text = String::new();
    for id in ids {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(id);
    }
    text
}

fn text<'a>(key: &str, raw: &'a Raw) -> Result<&'a str> {
    match raw {
        Raw::Text(text) => Ok(text),
        _ => Err(InputError::new("wrong-kind", key, "takes texts in its list")),
    }
}

fn option(key: &str, options: &[String], text: &str) -> Result<u8> {
    let place = options.iter().position(|option| option == text).and_then(|place| u8::try_from(place).ok());
    place.ok_or_else(|| expected(key, Kind::Choice, options))
}

/// A country of the list that the rules give to the question.
fn country(fact: &Fact, text: &str) -> Result<Country> {
    let listed = fact.options.iter().any(|code| code == text);
    listed.then(|| Country::parse(text)).flatten().ok_or_else(|| expected(&fact.id, fact.kind, &[]))
}

/// A date, exact or not; `None` for a day that does not exist. `words` could have stood in its place.
fn date(pack: &Pack, key: &str, words: &[String], raw: &Raw) -> Result<Option<Dated>> {
    let form = || expected(key, Kind::Date, words);
    let one = |raw: &Raw| match raw {
        Raw::Text(text) => match Approx::parse(text) {
            Ok(range) => Ok(Some(range)),
            Err(DateError::NoSuchDay) => Ok(None),
            Err(DateError::Form) => Err(form()),
        },
        _ => Err(form()),
    };
    let Raw::Map(parts) = raw else {
        return Ok(one(raw)?.map(Dated::new));
    };
    let (mut from, mut to, mut vague) = (None, None, false);
    for (at, (part, value)) in parts.iter().enumerate() {
        match (part.as_str(), value) {
            ("from", value) => from = Some(one(value)?),
            ("to", value) => to = Some(one(value)?),
            ("unsure", Raw::Bool(flag)) => vague = *flag,
            ("unsure", _) => return Err(InputError::new("wrong-kind", [key, ".unsure"].concat(), "takes true")),
            _ => return Err(unknown_key(pack, key, part, at, "from, to, and unsure where the range cannot be said more exactly")),
        }
    }
    let (Some(from), Some(to)) = (from, to) else {
        return Err(InputError::new("wrong-kind", key, "a range needs both `from` and `to`"));
    };
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    if from.from > to.to {
        return Err(InputError::new("wrong-kind", key, "`from` is later than `to`; turn them round"));
    }
    Ok(Some(Dated { range: Approx { from: from.from, to: to.to }, vague }))
}

fn entry(pack: &Pack, fact: &Fact, at: usize, raw: &Raw) -> Result<Entry> {
    let key = format!("{}.{at}", fact.id);
    let Raw::Map(given) = raw else {
        return Err(InputError::new("wrong-kind", key, "an entry is an object"));
    };
    let mut entry = vec![Given::Absent; fact.fields.len()];
    for (nth, (name, value)) in given.iter().enumerate() {
        let place = fact.fields.iter().position(|field| field.id == *name);
        match place.and_then(|place| Some((fact.fields.get(place)?, entry.get_mut(place)?))) {
            Some((field, slot)) => *slot = field_value(pack, &[key.as_str(), ".", name].concat(), field, value)?,
            None => {
                let known: Vec<String> = fact.fields.iter().map(|field| field.id.clone()).collect();
                return Err(unknown_key(pack, &key, name, nth, &listed(&known)));
            }
        }
    }
    Ok(entry)
}

fn field_value(pack: &Pack, key: &str, field: &Field, raw: &Raw) -> Result<Given> {
    if is_unsure(raw) {
        return Ok(Given::Unsure);
    }
    let word = |text: &str| field.words.iter().position(|word| word == text).and_then(|place| u8::try_from(place).ok());
    match (field.kind, raw) {
        (Kind::YesNo, Raw::Bool(yes)) => Ok(Given::Choice(u8::from(*yes))),
        (Kind::Choice, Raw::Text(text)) => option(key, &field.options, text).map(Given::Choice),
        (Kind::Date, Raw::Text(text)) if word(text).is_some() => Ok(word(text).map_or(Given::Unsure, |word| field.word(word))),
        (Kind::Date, Raw::Bool(false)) if word("no").is_some() => Ok(word("no").map_or(Given::Unsure, |word| field.word(word))),
        // An impossible day in a list is a day that is not known.
        (Kind::Date, raw) => Ok(date(pack, key, &field.words, raw)?.map_or(Given::Unsure, Given::Date)),
        (kind, _) => Err(expected(key, kind, &field.options)),
    }
}
