//! Answers as the cases write them, in TOML or JSON, as the plain data that `input` reads.

use crate::fact::Answers;
use crate::input::{InputError, Raw};
use crate::pack::Pack;
use serde_json::Value as Json;
use toml::Value as Toml;

/// Reads answers from JSON, as the JavaScript API takes them.
pub fn read_answers(pack: &Pack, answers: &Json) -> Result<Answers, InputError> {
    crate::input::read_answers(pack, &from_json(answers))
}

fn from_json(value: &Json) -> Raw {
    match value {
        Json::Bool(flag) => Raw::Bool(*flag),
        Json::String(text) => Raw::Text(text.clone()),
        Json::Array(items) => Raw::List(items.iter().map(from_json).collect()),
        Json::Object(entries) => Raw::Map(entries.iter().map(|(key, value)| (key.clone(), from_json(value))).collect()),
        Json::Null => Raw::Other("null"),
        Json::Number(_) => Raw::Other("number"),
    }
}

/// TOML as JSON, with dates as texts.
pub fn to_json(value: &Toml) -> Json {
    match value {
        Toml::String(text) => Json::String(text.clone()),
        Toml::Boolean(flag) => Json::Bool(*flag),
        Toml::Integer(n) => Json::from(*n),
        Toml::Float(n) => Json::from(*n),
        Toml::Datetime(date) => Json::String(date.to_string()),
        Toml::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Toml::Table(entries) => Json::Object(entries.iter().map(|(key, value)| (key.clone(), to_json(value))).collect()),
    }
}
