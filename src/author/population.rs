//! Made-up families, always the same for the same rules: to count whom a change of the rules reaches, and how many questions
//! people are asked.
//!
//! Each begins as one of the cases and has a few answers changed, so that they live near the lines of the law. They stand
//! for nobody, and their shares say nothing about how common a situation is.

use super::case::Case;
use crate::ask::next_question;
use crate::date::{Approx, Date};
use crate::fact::{Answer, Fact, Field, Kind};
use crate::pack::Pack;
use fastrand::Rng;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Every run makes the same families.
const SEED: u64 = 20_240_618;

/// A made-up family on a day.
pub struct Family {
    /// The day that is looked at.
    pub as_of: Date,
    /// The answers as the JavaScript API takes them.
    pub answers: Json,
}

/// The first `count` families made from these cases. Half of them are looked at on `today`, the others on any day that the
/// rules know, up to a year later.
pub fn families(pack: &Pack, cases: &[Case], today: Date, count: usize) -> Vec<Family> {
    let mut rng = Rng::with_seed(SEED);
    let countries: Vec<String> = cases
        .iter()
        .filter_map(|case| case.answers.get("person.countries")?.get(0)?.as_str())
        .map(str::to_string)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let span = pack.known_from.days_until(today.plus_days(365));
    (0..count)
        .filter_map(|_| {
            let mut answers = cases.get(rng.usize(..cases.len().max(1)))?.answers.as_object()?.clone();
            for _ in 0..rng.usize(..=4) {
                let fact = pack.facts.get(rng.usize(..pack.facts.len()))?;
                let old = answers.get(&fact.id).cloned();
                answers.insert(fact.id.clone(), another(fact, old, &countries, &mut rng));
            }
            let as_of = if rng.bool() { today } else { pack.known_from.plus_days(rng.i32(0..span.max(1))) };
            Some(Family { as_of, answers: Json::Object(answers) })
        })
        .collect()
}

/// Another answer to a fact, of its kind.
fn another(fact: &Fact, old: Option<Json>, countries: &[String], rng: &mut Rng) -> Json {
    if rng.u8(..20) == 0 {
        return json!({ "unsure": true });
    }
    match fact.kind {
        Kind::YesNo => json!(rng.bool()),
        Kind::Choice => pick(&fact.options, rng),
        Kind::Set => json!([pick(&fact.options, rng)]),
        Kind::Date => date(old.as_ref(), rng),
        Kind::Country => pick(countries, rng),
        Kind::Countries => json!([pick(countries, rng)]),
        Kind::List => {
            let mut entries = old.as_ref().and_then(Json::as_array).cloned().unwrap_or_default();
            match rng.u8(..8) {
                0 => entries.clear(),
                1 => entries.push(new_entry(fact, rng)),
                _ => match entries.last_mut().and_then(Json::as_object_mut) {
                    Some(entry) => change(entry, fact, rng),
                    None => entries.push(new_entry(fact, rng)),
                },
            }
            json!(entries)
        }
    }
}

/// Changes one field that the entry has.
fn change(entry: &mut Map<String, Json>, fact: &Fact, rng: &mut Rng) {
    let given: Vec<&Field> = fact.fields.iter().filter(|field| entry.contains_key(&field.id)).collect();
    if let Some(field) = given.get(rng.usize(..given.len().max(1))) {
        let value = field_value(field, entry.get(&field.id), rng);
        entry.insert(field.id.clone(), value);
    }
}

fn new_entry(fact: &Fact, rng: &mut Rng) -> Json {
    let mut entry = Map::new();
    for field in fact.fields.iter().filter(|field| !field.still && field.show_when.is_none()) {
        entry.insert(field.id.clone(), field_value(field, None, rng));
    }
    Json::Object(entry)
}

fn field_value(field: &Field, old: Option<&Json>, rng: &mut Rng) -> Json {
    match field.kind {
        Kind::Date => date(old, rng),
        Kind::YesNo => json!(rng.bool()),
        _ => pick(&field.options, rng),
    }
}

fn pick(options: &[String], rng: &mut Rng) -> Json {
    options.get(rng.usize(..options.len().max(1))).map_or(json!({ "unsure": true }), |option| json!(option))
}

/// A date near the old one, or any date of the last decades.
fn date(old: Option<&Json>, rng: &mut Rng) -> Json {
    let old = old.and_then(Json::as_str).and_then(|text| Approx::parse(text).ok()).map(|range| range.from);
    let day = match old {
        Some(day) => day.plus_days(rng.choice([1, 30, 365, 1_500]).unwrap_or(1) * rng.choice([-1, 1]).unwrap_or(1)),
        None => Date::from_ymd(1960, 1, 1).unwrap_or(Date::MIN).plus_days(rng.i32(0..24_000)),
    };
    json!(day.to_string())
}

/// The questions that a family is asked, in order, and how many of them come first.
pub struct Path {
    /// The facts, by id.
    pub asked: Vec<String>,
    /// So many of them belong to the first pass.
    pub first_pass: usize,
}

/// Walks through the questions with a family. What it has no answer to, it is not sure of.
pub fn path(pack: &Pack, family: &Family) -> Path {
    let full = super::read_answers(pack, &family.answers).unwrap_or_default();
    let mut answers = vec![Answer::NotAsked; pack.facts.len()];
    let mut walked = Path { asked: Vec::new(), first_pass: 0 };
    while let Some(id) = next_question(pack, family.as_of, &answers) {
        let Some((place, fact)) = pack.facts.iter().enumerate().find(|(_, fact)| fact.id == id) else { break };
        let (Some(mine), Some(answer)) = (full.get(place), answers.get_mut(place)) else { break };
        // What is left after an answer are questions that sharpen it; the family has said all that it can.
        if *answer != Answer::NotAsked {
            break;
        }
        *answer = if *mine == Answer::NotAsked { Answer::Unsure } else { mine.clone() };
        walked.first_pass += usize::from(fact.first);
        walked.asked.push(id);
    }
    walked
}
