//! The made-up families try everything that can be answered: what nobody ever answers no other test sees.
//!
//! "Asked" is whoever a question applies to, or may, and of whom no other answer has answered it. It is more people than the
//! form asks, which leaves out what no result turns on; so an option is at least as frequent among them as it says here. A
//! field is asked of whoever has an entry that shows it. Nothing is screened.
#![cfg(feature = "author")]

use relief_screener::author::{self, Loaded};
use relief_screener::condition::Condition;
use relief_screener::evaluate::Effective;
use relief_screener::fact::{Answer, Country, Field, Given, Kind, Value};
use relief_screener::pack::Pack;
use relief_screener::truth::Truth;
use std::collections::BTreeMap;
use std::path::Path;

const FAMILIES: usize = 20_000;
/// An option is given by at least one in so many of those asked, and a country that a rule names by so many people.
const ONE_IN: usize = 100;
const PEOPLE: usize = 20;

#[test]
fn every_option_is_given_by_one_in_a_hundred_of_those_asked() {
    let (Loaded { pack, .. }, cases) = author::cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules");
    let pack = &pack;
    // Question or field, and the option; "" counts who was asked.
    let mut given: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut countries: BTreeMap<String, usize> = BTreeMap::new();
    for family in author::families(pack, &cases, pack.day, FAMILIES) {
        let answers = author::read_answers(pack, &family.answers).expect("answers");
        let effective = Effective::new(pack, &answers, family.as_of);
        let context = effective.context(pack, family.as_of);
        for (place, fact) in pack.facts.iter().enumerate() {
            if context.is_implied(place as u16) || context.applies(place as u16) == Truth::No {
                continue;
            }
            let mut add = |at: &str, option: &str| *given.entry((at.to_string(), option.to_string())).or_default() += 1;
            add(&fact.id, "");
            match &answers[place] {
                Answer::Value(Value::Choice(option)) => add(&fact.id, &option_of(fact.kind, &fact.options, *option)),
                Answer::Value(Value::Set(mask)) => {
                    fact.options.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).for_each(|(_, option)| add(&fact.id, option));
                }
                Answer::Value(Value::Countries(named)) if fact.kind == Kind::Countries => {
                    for code in fact.options.iter().filter(|code| Country::parse(code).is_some_and(|c| named.contains(&c))) {
                        *countries.entry(code.clone()).or_default() += 1;
                    }
                }
                Answer::Value(Value::List(entries)) => {
                    for (at, field) in fact.fields.iter().enumerate() {
                        let shown: Vec<_> = entries.iter().filter(|entry| is_shown(field, entry)).map(|entry| entry[at]).collect();
                        let name = format!("{}.{}", fact.id, field.id);
                        if !shown.is_empty() {
                            add(&name, "");
                        }
                        let mut told: Vec<String> = shown.into_iter().filter_map(|given| said(field, given)).collect();
                        told.sort();
                        told.dedup();
                        told.iter().for_each(|option| add(&name, option));
                    }
                }
                _ => {}
            }
        }
    }
    let mut rare = Vec::new();
    let mut look = |at: &str, options: &[String]| {
        let count = |option: &str| given.get(&(at.to_string(), option.to_string())).copied().unwrap_or(0);
        let asked = count("");
        // What other answers always say is asked of nobody.
        let said = pack.facts.iter().zip(&pack.implied).any(|(fact, implied)| fact.id == at && !implied.is_empty());
        for option in options.iter().filter(|option| !(said && asked == 0) && (count(option) == 0 || count(option) * ONE_IN < asked)) {
            rare.push(format!("{at} {option}: {} of {asked}", count(option)));
        }
    };
    for fact in &pack.facts {
        look(&fact.id, &all_options(fact.kind, &fact.options, &[]));
        fact.fields
            .iter()
            .for_each(|field| look(&format!("{}.{}", fact.id, field.id), &all_options(field.kind, &field.options, &field.words)));
    }
    for code in named(pack) {
        let people = countries.get(&code).copied().unwrap_or(0);
        if people < PEOPLE {
            rare.push(format!("{code}: {people} people"));
        }
    }
    assert!(rare.is_empty(), "too rare among {FAMILIES} families:\n{}", rare.join("\n"));
}

fn all_options(kind: Kind, options: &[String], words: &[String]) -> Vec<String> {
    match kind {
        Kind::YesNo => ["no", "yes"].map(String::from).to_vec(),
        Kind::Choice | Kind::Set => options.to_vec(),
        Kind::Date => words.to_vec(),
        Kind::Country | Kind::Countries | Kind::List => Vec::new(),
    }
}

fn option_of(kind: Kind, options: &[String], place: u8) -> String {
    all_options(kind, options, &[])[usize::from(place)].clone()
}

fn said(field: &Field, given: Given) -> Option<String> {
    match given {
        Given::Choice(option) => Some(option_of(field.kind, &field.options, option)),
        Given::Word(word) => Some(field.words[usize::from(word)].clone()),
        Given::No => Some("no".to_string()),
        _ => None,
    }
}

fn is_shown(field: &Field, entry: &[Given]) -> bool {
    field.show_when.as_ref().is_none_or(|show| match entry[usize::from(show.field)] {
        Given::Absent => false,
        Given::Choice(option) => show.options == 0 || show.options >> option & 1 == 1,
        _ => show.options == 0,
    })
}

/// The countries that a rule names. A contradiction is none: it decides nothing.
fn named(pack: &Pack) -> Vec<String> {
    let written = |test: &Condition| format!("{test:?}");
    let criteria = pack.routes.iter().flat_map(|route| &route.criteria).flat_map(|c| c.applies.iter().chain([&c.test]));
    let clauses = pack.cautions.iter().flat_map(|rule| &rule.clauses).map(|clause| &clause.test);
    let versions = pack.conditions.iter().flat_map(|named| &named.versions).map(|version| &version.test);
    let rules: String = criteria.chain(clauses).chain(versions).chain(pack.applies.iter().flatten()).map(written).collect();
    let codes = pack.facts.iter().filter(|fact| fact.kind == Kind::Countries).flat_map(|fact| &fact.options);
    let all: Vec<String> =
        codes.filter(|code| rules.contains(&format!("{:?}", Country::parse(code).expect("a country")))).cloned().collect();
    assert!(all.len() > 50, "{all:?}");
    all
}
