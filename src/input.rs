//! Answers as people's programs write them, read strictly: one error that names the key and the cure.
//!
//! Whoever holds the input (a TOML file, a JavaScript object) first copies it into a [`Raw`] tree, within the caps
//! here; everything after that is the same for all of them. A 30 February is not an error but a state of the question.

use crate::date::{Approx, DateError};
use crate::fact::{Answer, Answers, COUNTRY_CAPACITY, Country, Dated, Entry, Fact, Field, Given, Kind, LIST_CAPACITY, Value};
use crate::pack::Pack;

/// Caps on input, so that nothing large is ever copied.
pub const MAX_TEXT: usize = 100;
pub const MAX_ITEMS: usize = 100;
pub const MAX_DEPTH: usize = 6;

/// Plain data, before anything is known of its meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    Bool(bool),
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(String, Raw)>),
    /// Something else, by the name of its kind.
    Other(&'static str),
}

/// Why an input cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// `unknown-fact`, `unknown-key`, `wrong-kind`, `too-long`, `too-deep` or `unsupported-pack`.
    pub code: &'static str,
    /// Where: a fact, with entry and field.
    pub key: String,
    /// What is wrong and what to write, without the answer itself: errors end up in logs.
    pub message: String,
}

impl InputError {
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
    for (id, value) in entries {
        let place = pack.facts.iter().position(|fact| fact.id == *id);
        match place.and_then(|place| Some((pack.facts.get(place)?, answers.get_mut(place)?))) {
            Some((fact, answer)) => *answer = read_answer(fact, value)?,
            None => {
                return Err(InputError::new("unknown-fact", shown(id), "no fact has this id; `questions` lists them all"));
            }
        }
    }
    Ok(answers)
}

/// A key for a message: short, and nothing that a terminal would obey.
pub fn shown(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// `{ "unsure": true }` in the place of a value.
fn is_unsure(raw: &Raw) -> bool {
    matches!(raw, Raw::Map(entries) if matches!(entries.as_slice(), [(key, Raw::Bool(true))] if key == "unsure"))
}

fn read_answer(fact: &Fact, raw: &Raw) -> Result<Answer> {
    if is_unsure(raw) {
        return Ok(Answer::Unsure);
    }
    let key = fact.id.as_str();
    let value = match (fact.kind, raw) {
        (Kind::YesNo, Raw::Bool(yes)) => Value::Choice(u8::from(*yes)),
        (Kind::Choice, Raw::Text(text)) => Value::Choice(option(key, &fact.options, text)?),
        (Kind::Set, Raw::List(items)) => {
            let mut chosen = 0;
            for item in items {
                chosen |= 1 << option(key, &fact.options, text(key, item)?)?;
            }
            let none = fact.options.iter().position(|o| o == "none").map(|place| 1 << place);
            if none.is_some_and(|none| chosen & none != 0 && chosen != none) {
                return Err(InputError::new("wrong-kind", key, "`none` stands beside other options; give `none` alone or leave it out"));
            }
            if chosen == 0 {
                return Err(InputError::new(
                    "wrong-kind",
                    key,
                    "an empty list says nothing; give at least one option, or leave the fact out",
                ));
            }
            Value::Set(chosen)
        }
        (Kind::Country, Raw::Text(text)) => Value::Countries(vec![country(key, text)?]),
        (Kind::Countries, Raw::List(items)) if !items.is_empty() && items.len() <= COUNTRY_CAPACITY => {
            Value::Countries(items.iter().map(|item| country(key, text(key, item)?)).collect::<Result<_>>()?)
        }
        (Kind::Date, raw) => match date(key, raw)? {
            Some(date) => Value::Date(date),
            None => return Ok(Answer::NoSuchDay),
        },
        (Kind::List, Raw::List(items)) if items.len() <= LIST_CAPACITY => {
            Value::List(items.iter().enumerate().map(|(at, item)| entry(fact, at, item)).collect::<Result<_>>()?)
        }
        (Kind::List, Raw::List(_)) => {
            return Err(InputError::new("too-long", key, "more entries than a list takes"));
        }
        (kind, _) => return Err(InputError::new("wrong-kind", key, expected(kind, &fact.options))),
    };
    Ok(Answer::Value(value))
}

fn expected(kind: Kind, options: &[String]) -> String {
    let form = match kind {
        Kind::YesNo => "true or false",
        Kind::Choice => "one of ",
        Kind::Set => "a list of ",
        Kind::Country => "a country such as \"MX\"",
        Kind::Countries => "a list of countries such as \"MX\"",
        Kind::Date => "YYYY, YYYY-MM, YYYY-MM-DD or { \"from\", \"to\" }",
        Kind::List => "a list of entries, [] for none",
    };
    ["takes ", form, &listed(options), ", or { \"unsure\": true }"].concat()
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
    place.ok_or_else(|| InputError::new("wrong-kind", key, expected(Kind::Choice, options)))
}

fn country(key: &str, text: &str) -> Result<Country> {
    Country::parse(text).ok_or_else(|| InputError::new("wrong-kind", key, "a country is two capital letters of ISO 3166-1, such as \"MX\""))
}

/// A date, exact or not; `None` for a day that does not exist.
fn date(key: &str, raw: &Raw) -> Result<Option<Dated>> {
    let form = || InputError::new("wrong-kind", key, expected(Kind::Date, &[]));
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
    for (part, value) in parts {
        match (part.as_str(), value) {
            ("from", value) => from = Some(one(value)?),
            ("to", value) => to = Some(one(value)?),
            ("unsure", Raw::Bool(flag)) => vague = *flag,
            ("unsure", _) => return Err(InputError::new("wrong-kind", [key, ".unsure"].concat(), "takes true")),
            _ => {
                return Err(InputError::new(
                    "unknown-key",
                    [key, ".", &shown(part)].concat(),
                    "a range has `from` and `to`, and `unsure` where it cannot be said more exactly",
                ));
            }
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

fn entry(fact: &Fact, at: usize, raw: &Raw) -> Result<Entry> {
    let key = format!("{}.{at}", fact.id);
    let Raw::Map(given) = raw else {
        return Err(InputError::new("wrong-kind", key, "an entry is an object"));
    };
    let mut entry = vec![Given::Absent; fact.fields.len()];
    for (name, value) in given {
        let place = fact.fields.iter().position(|field| field.id == *name);
        match place.and_then(|place| Some((fact.fields.get(place)?, entry.get_mut(place)?))) {
            Some((field, slot)) => *slot = field_value(&[key.as_str(), ".", name].concat(), field, value)?,
            None => {
                let known: Vec<String> = fact.fields.iter().map(|field| field.id.clone()).collect();
                return Err(InputError::new(
                    "unknown-key",
                    [key.as_str(), ".", &shown(name)].concat(),
                    ["an entry has ", &listed(&known)].concat(),
                ));
            }
        }
    }
    Ok(entry)
}

fn field_value(key: &str, field: &Field, raw: &Raw) -> Result<Given> {
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
        (Kind::Date, raw) => Ok(date(key, raw)?.map_or(Given::Unsure, Given::Date)),
        (kind, _) => Err(InputError::new("wrong-kind", key, expected(kind, &field.options))),
    }
}
