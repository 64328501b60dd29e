//! Every day of fifteen years, and every answer of many cases taken back: no gap, no panic, no false yes or no.
#![cfg(feature = "author")]

use relief_screener::author::{self, Case, Loaded};
use relief_screener::date::Date;
use relief_screener::fact::Answer;
use relief_screener::outcome::outcomes;
use relief_screener::pack::{DoorState, FitState};
use relief_screener::screen::screen;
use std::collections::BTreeMap;
use std::path::Path;

/// The rules and their cases, as they are read: other tests run them.
fn read() -> (Loaded, Vec<Case>) {
    author::cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// What the hand-made table of the law says of each route's door: from this day on, this state.
fn doors_of_the_law() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us/boundaries");
    let mut doors: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).expect("the folder").flatten() {
        let table: toml::Table = std::fs::read_to_string(file.path()).expect("the table").parse().expect("TOML");
        for row in table.get("door-boundary").and_then(toml::Value::as_array).into_iter().flatten() {
            let text = |key: &str| row[key].to_string().trim_matches('"').to_string();
            doors.entry(text("route")).or_default().insert(text("first-day"), text("state"));
        }
    }
    doors
}

/// Every day with some of twenty families, all of them every five days: each door is in the state that the law gives it, changes on its day and on no other,
/// whoever asks; before the first known day it is unknown.
#[test]
fn every_day_from_2012_to_2027() {
    let (Loaded { pack, .. }, cases) = read();
    let law = doors_of_the_law();
    let (first, last) = (day("2012-06-15"), day("2027-12-31"));
    // Twenty families, spread over the cases.
    let families: Vec<_> = cases.iter().step_by(cases.len() / 20).take(20).map(|case| case.answers(&pack)).collect();
    assert_eq!(families.len(), 20);
    let mut today = first;
    for turn in 0.. {
        if today > last {
            break;
        }
        let text = today.to_string();
        let wanted: Vec<&String> = pack
            .routes
            .iter()
            .map(|route| law[&route.id].range(..=text.clone()).next_back().unwrap_or_else(|| panic!("{} on {text}", route.id)).1)
            .collect();
        for answers in families.iter().skip(turn % 5).step_by(5) {
            for ((route, outcome), wanted) in pack.routes.iter().zip(outcomes(&pack, today, answers)).zip(&wanted) {
                assert_eq!(serde_json::json!(outcome.door), serde_json::json!(wanted), "{} on {today}", route.id);
            }
        }
        today = today.plus_days(1);
    }
    let unknown = screen(&pack, first.plus_days(-1), &families[0]);
    assert!(unknown.cards.iter().all(|card| card.door.state == DoorState::Unknown && card.fit.is_none()));
}

/// Replacing any answer of every third case by "not sure" never gives a fit, or a "does not fit", that the true answer denies.
#[test]
fn every_answer_of_many_cases_as_not_sure() {
    let (Loaded { pack, .. }, cases) = read();
    let mut tried = 0;
    for case in cases.iter().step_by(3) {
        let answers = case.answers(&pack);
        let truth: Vec<_> = outcomes(&pack, case.as_of, &answers).into_iter().map(|o| o.fit.map(|(fit, _)| fit)).collect();
        for place in 0..answers.len() {
            // A choice whose event has no date is taken as true on the as-of date.
            let dates_a_choice = pack.facts.iter().any(|f| f.since.iter().any(|s| usize::from(s.date) == place));
            if answers[place] == Answer::NotAsked || answers[place] == Answer::Unsure || dates_a_choice {
                continue;
            }
            let mut unsure = answers.clone();
            unsure[place] = Answer::Unsure;
            tried += 1;
            for ((route, truth), now) in pack.routes.iter().zip(&truth).zip(outcomes(&pack, case.as_of, &unsure)) {
                let now = now.fit.map(|(fit, _)| fit);
                let denied = match (truth, now) {
                    (Some(FitState::DoesNotFit | FitState::NotNow), Some(FitState::Fits)) => true,
                    (Some(FitState::Fits | FitState::NotNow), Some(FitState::DoesNotFit)) => true,
                    _ => false,
                };
                assert!(!denied, "{} {}: {} as not sure: {truth:?} became {now:?}", case.id, route.id, pack.facts[place].id);
            }
        }
    }
    assert!(tried > 5_000, "{tried} answers");
}
