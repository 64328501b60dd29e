//! Made-up families, always the same for the same rules: to count whom a change of the rules reaches, and how many questions
//! people are asked.
//!
//! Each begins as one of the cases and has a few answers changed, so that they live near the lines of the law. An option that
//! the families before gave too rarely is given more often, so that nothing the rules read goes untried. They stand for
//! nobody, and their shares say nothing about how common a situation is.

use super::case::Case;
use crate::ask::next_question;
use crate::condition::Condition;
use crate::date::{Approx, Date};
use crate::evaluate::Effective;
use crate::fact::{Answer, Country, Fact, Field, Kind};
use crate::pack::Pack;
use crate::truth::Truth;
use fastrand::Rng;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

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
    let countries = countries_named(pack);
    let mut tally = Tally::default();
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
            tally.even_out(pack, as_of, &mut answers, &countries, &mut rng);
            Some(Family { as_of, answers: Json::Object(answers) })
        })
        .collect()
}

/// A question, or a field of its entries.
type Place = (usize, Option<usize>);

/// An option is too rare below one in so many of those who can be asked; a country, of which there are a hundred, below one
/// in many more. Both leave room above what `tests/population.rs` asks for.
const RARE: usize = 80;
const RARE_COUNTRY: usize = 700;

/// What the families gave so far.
#[derive(Default)]
struct Tally {
    /// How many could be asked.
    asked: BTreeMap<Place, usize>,
    given: BTreeMap<(Place, String), usize>,
}

impl Tally {
    /// Gives what was given too rarely so far, in one of five places where it is: a family with every rare thing would live near
    /// no line at all.
    fn even_out(&mut self, pack: &Pack, as_of: Date, answers: &mut Map<String, Json>, countries: &[String], rng: &mut Rng) {
        let mut looked_at: BTreeSet<Place> = BTreeSet::new();
        loop {
            let places = places(pack, as_of, answers);
            let mut changed = false;
            for &place in &places {
                if !looked_at.insert(place) || rng.u8(..5) != 0 {
                    continue;
                }
                let Some(fact) = pack.facts.get(place.0) else { continue };
                if let Some(option) = self.rarest(place, &options(fact, place.1, countries)) {
                    give(answers, fact, place.1, &option, rng);
                    changed = true;
                }
            }
            // What was given can open questions that nobody looked at.
            if !changed {
                return self.count(pack, &places, answers);
            }
        }
    }

    fn rarest(&self, place: Place, options: &[String]) -> Option<String> {
        let given = |option: &String| self.given.get(&(place, option.clone())).copied().unwrap_or(0);
        let rare = if options.len() > 32 { RARE_COUNTRY } else { RARE };
        let asked = self.asked.get(&place).copied().unwrap_or(0);
        options.iter().min_by_key(|option| given(option)).filter(|option| given(option) * rare <= asked).cloned()
    }

    fn count(&mut self, pack: &Pack, places: &[Place], answers: &Map<String, Json>) {
        for &place in places {
            *self.asked.entry(place).or_default() += 1;
            let answer = pack.facts.get(place.0).and_then(|fact| Some((fact, answers.get(&fact.id)?)));
            let told: BTreeSet<String> = match (answer, place.1) {
                (None, _) => BTreeSet::new(),
                (Some((_, answer)), None) => texts(answer),
                (Some((fact, answer)), Some(field)) => {
                    let field = fact.fields.get(field).map(|field| field.id.as_str()).unwrap_or_default();
                    answer.as_array().into_iter().flatten().filter_map(|entry| entry.get(field)).flat_map(texts).collect()
                }
            };
            for option in told {
                *self.given.entry((place, option)).or_default() += 1;
            }
        }
    }
}

/// Where a family can be asked to choose: each question with options that applies, or may, and that no other answer answers; and
/// each such field that is shown in one of its entries.
fn places(pack: &Pack, as_of: Date, answers: &Map<String, Json>) -> Vec<Place> {
    let read = super::read_answers(pack, &Json::Object(answers.clone())).unwrap_or_default();
    let effective = Effective::new(pack, &read, as_of);
    let context = effective.context(pack, as_of);
    let mut found = Vec::new();
    for (place, fact) in pack.facts.iter().enumerate() {
        let applies = u16::try_from(place).map_or(Truth::No, |place| context.applies(place));
        if applies == Truth::No || u16::try_from(place).is_ok_and(|place| context.is_implied(place)) {
            continue;
        }
        found.push((place, None));
        let shown = |(_, field): &(usize, &Field)| entries_with(answers, fact, field).next().is_some();
        found.extend(fact.fields.iter().enumerate().filter(shown).map(|(field, _)| (place, Some(field))));
    }
    found
}

/// The places of the entries in which a field is shown.
fn entries_with<'a>(answers: &'a Map<String, Json>, fact: &'a Fact, field: &'a Field) -> impl Iterator<Item = usize> + 'a {
    let entries = answers.get(&fact.id).and_then(Json::as_array).into_iter().flatten();
    let shown = move |entry: &Json| {
        field.show_when.as_ref().is_none_or(|show| {
            let Some(other) = fact.fields.get(usize::from(show.field)) else { return false };
            let told = entry.get(&other.id);
            let one_of = |option: &str| other.options.iter().zip(0..).any(|(id, place)| id == option && show.options >> place & 1 == 1);
            told.is_some() && (show.options == 0 || told.and_then(Json::as_str).is_some_and(one_of))
        })
    };
    entries.enumerate().filter(move |(_, entry)| shown(entry)).map(|(at, _)| at)
}

/// What can be chosen, as texts; a yes-no and the word "no" as `true` and `false`.
fn options(fact: &Fact, field: Option<usize>, countries: &[String]) -> Vec<String> {
    let (kind, options, words) = match field.and_then(|field| fact.fields.get(field)) {
        Some(field) => (field.kind, &field.options, field.words.as_slice()),
        None => (fact.kind, &fact.options, [].as_slice()),
    };
    match kind {
        Kind::YesNo => ["false", "true"].map(String::from).to_vec(),
        Kind::Choice | Kind::Set => options.clone(),
        Kind::Country | Kind::Countries => countries.to_vec(),
        Kind::Date => words.iter().map(|word| if word == "no" { "false".into() } else { word.clone() }).collect(),
        Kind::List => Vec::new(),
    }
}

/// Everything that is chosen in an answer.
fn texts(answer: &Json) -> BTreeSet<String> {
    match answer {
        Json::Bool(flag) => BTreeSet::from([flag.to_string()]),
        Json::String(text) => BTreeSet::from([text.clone()]),
        Json::Array(items) => items.iter().filter_map(Json::as_str).map(String::from).collect(),
        _ => BTreeSet::new(),
    }
}

/// Writes an option into the answers: of a field, into the last entry that shows it.
fn give(answers: &mut Map<String, Json>, fact: &Fact, field: Option<usize>, option: &str, rng: &mut Rng) {
    let one = option.parse::<bool>().map_or(json!(option), |flag| json!(flag));
    let Some(field) = field.and_then(|field| fact.fields.get(field)) else {
        // One in four keeps the passport that it had: some people have two.
        let old = answers.get(&fact.id).and_then(|old| old.get(0)).filter(|old| **old != one && rng.u8(..4) == 0);
        let answer = match (fact.kind, old) {
            (Kind::Countries, Some(old)) => json!([old, one]),
            (Kind::Set | Kind::Countries, _) => json!([one]),
            _ => one,
        };
        answers.insert(fact.id.clone(), answer);
        return;
    };
    let Some(at) = entries_with(answers, fact, field).last() else { return };
    let entry = answers.get_mut(&fact.id).and_then(|entries| entries.get_mut(at)).and_then(Json::as_object_mut);
    if let Some(entry) = entry {
        entry.insert(field.id.clone(), one);
    }
}

/// Every country that a rule names, each once. What only a contradiction names no rule decides by.
fn countries_named(pack: &Pack) -> Vec<String> {
    let criteria = pack.routes.iter().flat_map(|route| &route.criteria).chain(&pack.grounds);
    let clauses = pack.cautions.iter().flat_map(|rule| &rule.clauses);
    let versions = pack.conditions.iter().flat_map(|named| &named.versions);
    let tests = criteria.flat_map(|criterion| criterion.conditions());
    let tests = tests.chain(clauses.map(|clause| &clause.test)).chain(versions.map(|version| &version.test));
    let parts = tests.chain(pack.applies.iter().flatten()).flat_map(Condition::walk);
    let found: Vec<&Country> =
        parts.filter_map(|part| if let Condition::In { countries, .. } = part { Some(countries) } else { None }).flatten().collect();
    let codes = pack.facts.iter().filter(|fact| fact.kind == Kind::Countries).flat_map(|fact| &fact.options);
    codes.filter(|code| Country::parse(code).is_some_and(|country| found.contains(&&country))).cloned().collect()
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

/// The questions that a family is asked one by one, by their facts, in order. What it has no answer to, it is not sure of.
pub fn path(pack: &Pack, family: &Family) -> Vec<String> {
    let full = super::read_answers(pack, &family.answers).unwrap_or_default();
    let mut answers = vec![Answer::NotAsked; pack.facts.len()];
    let mut asked = Vec::new();
    while let Some(id) = next_question(pack, family.as_of, &answers) {
        let Some(place) = pack.facts.iter().position(|fact| fact.id == id) else { break };
        let (Some(mine), Some(answer)) = (full.get(place), answers.get_mut(place)) else { break };
        // What is left after an answer are questions that sharpen it; the family has said all that it can.
        if *answer != Answer::NotAsked {
            break;
        }
        *answer = if *mine == Answer::NotAsked { Answer::Unsure } else { mine.clone() };
        asked.push(id);
    }
    asked
}
