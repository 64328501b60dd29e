//! Every day of fifteen years, and every answer of every case taken back: no gap, no panic, no false yes or no.
#![cfg(feature = "author")]

use relief_screener::author::{self, Checked};
use relief_screener::date::Date;
use relief_screener::fact::Answer;
use relief_screener::pack::{DoorState, FitState};
use relief_screener::screen::{outcomes, screen};
use std::path::Path;

fn checked() -> Checked {
    author::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// Each door changes on its day and on no other, whoever asks; before the first known day it is unknown.
#[test]
fn every_day_from_2012_to_2027() {
    let checked = checked();
    let pack = &checked.pack;
    let (first, last) = (day("2012-06-15"), day("2027-12-31"));
    // Twenty families, spread over the cases.
    let families: Vec<_> = checked.cases.iter().step_by(checked.cases.len() / 20).take(20).map(|case| case.answers(pack)).collect();
    assert_eq!(families.len(), 20);
    for (index, route) in pack.routes.iter().enumerate() {
        let known: Vec<Date> = route.door.iter().map(|row| row.from).filter(|from| *from > first).collect();
        let mut changes = Vec::new();
        let mut before: Option<DoorState> = None;
        let mut today = first;
        while today <= last {
            let row = route.door.iter().rev().find(|row| row.from <= today).expect("no gap from the first known day on");
            if before.is_some_and(|state| state != row.state) {
                changes.push(today);
            }
            before = Some(row.state);
            today = today.plus_days(1);
        }
        // A row may confirm a state anew, so every change is a row, though not every row a change.
        assert!(changes.iter().all(|change| known.contains(change)), "{}: {changes:?}", route.id);
        assert!(index < pack.routes.len());
    }
    let mut today = first;
    let mut family = 0;
    while today <= last {
        // Each day a few of the families, so that all of them meet every kind of day.
        for answers in [family, family + 7, family + 13].map(|n| &families[n % families.len()]) {
            for (route, outcome) in pack.routes.iter().zip(outcomes(pack, today, answers)) {
                let row = route.door.iter().rev().find(|row| row.from <= today).expect("a row");
                assert_eq!(outcome.door, row.state, "{} on {today}", route.id);
            }
        }
        family += 1;
        today = today.plus_days(1);
    }
    let unknown = screen(pack, first.plus_days(-1), &families[0]);
    assert!(unknown.cards.iter().all(|card| card.door.state == DoorState::Unknown && card.fit.is_none()));
}

/// Replacing any answer of any case by "not sure" never gives a fit, or a "does not fit", that the true answer denies.
#[test]
fn every_answer_of_every_case_as_not_sure() {
    let checked = checked();
    let pack = &checked.pack;
    let mut tried = 0;
    for case in &checked.cases {
        let answers = case.answers(pack);
        let truth: Vec<_> = outcomes(pack, case.as_of, &answers).into_iter().map(|o| o.fit.map(|(fit, _)| fit)).collect();
        for place in 0..answers.len() {
            // A choice whose event has no date is taken as true on the as-of date.
            let dates_a_choice = pack.facts.iter().any(|f| f.since.iter().any(|s| usize::from(s.date) == place));
            if answers[place] == Answer::NotAsked || answers[place] == Answer::Unsure || dates_a_choice {
                continue;
            }
            let mut unsure = answers.clone();
            unsure[place] = Answer::Unsure;
            tried += 1;
            for ((route, truth), now) in pack.routes.iter().zip(&truth).zip(outcomes(pack, case.as_of, &unsure)) {
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
