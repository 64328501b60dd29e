//! The file of rules as it is passed on: its text, and what holds it together.
//!
//! Whatever is over the file is over the compact JSON of all its keys but `checksum` and `signature`, in the order in which they stand: what
//! `JSON.stringify` makes of the same object. Refused: to sign. That takes a key, and keys are no part of the rules.

use crate::own;
use serde_json::Value;

/// The text that the checksum and the signature of a file are over. None where this is no file of rules.
pub fn sealed_text(rules: &Value) -> Option<String> {
    let mut rest = rules.as_object()?.clone();
    for key in ["checksum", "signature"] {
        rest.shift_remove(key);
    }
    Some(Value::from(rest).to_string())
}

/// Is the checksum of a file there, and that of the rest?
pub fn is_whole(rules: &Value) -> bool {
    let sum = rules.get("checksum").and_then(Value::as_str);
    sum.zip(sealed_text(rules)).is_some_and(|(sum, text)| own::whole(&[sum, &text].concat()))
}

/// Gives a file its checksum.
pub fn seal(mut rules: Value) -> Value {
    let sum = sealed_text(&rules).map(|text| own::digits(text.as_bytes()).map(char::from).iter().collect::<String>());
    if let Some(rules) = rules.as_object_mut() {
        rules.insert("checksum".into(), sum.into());
    }
    rules
}
