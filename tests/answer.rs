//! What a family reads first, over cases and made-up families: the rules by which it is put together hold for each of them.
#![cfg(feature = "author")]

mod common;

use common::pack;
use relief_screener::answer::plan;
use relief_screener::date::Date;
use relief_screener::evaluate::Effective;
use relief_screener::fact::{Answer, Answers, Value};
use relief_screener::pack::{FitState, StepKind, Tier};
use relief_screener::report::{Card, Place, Report};
use relief_screener::screen::{screen, screen_today};
use relief_screener::truth::Truth;

/// Some families, and cases.
fn everybody() -> Vec<(String, Date, Answers)> {
    common::everybody(100, |at, case| at % 10 == 0 || one_of_these(&case.file))
}

/// The subjects in which the order matters most: of the others one in ten is looked at.
fn one_of_these(file: &str) -> bool {
    ["answer", "survivors", "urgent"].iter().any(|subject| file.contains(subject))
}

/// A thousand families and every case: a command of its own, for a day on which the rules changed.
#[test]
#[ignore = "a quarter of a minute, much more without --release: cargo test --release --features author --test answer -- --ignored"]
fn all_of_it_of_everybody() {
    let people = common::everybody(1000, |_, _| true);
    short_and_in_order(people.clone());
    placed_by_door_and_fit(people.clone());
    own_ways_first(people);
}

fn card<'a>(report: &'a Report, route: &str) -> &'a Card {
    report.cards.iter().find(|card| card.route == route).expect("the card")
}

#[test]
fn the_answer_is_short_in_order_and_files_nothing() {
    short_and_in_order(everybody());
}

fn short_and_in_order(people: Vec<(String, Date, Answers)>) {
    let (mut urgent, mut plans, mut full) = (0, 0, 0);
    for (who, as_of, answers) in people {
        let report = screen_today(pack(), as_of, &answers);
        let ranks: Vec<usize> = report.cards.iter().map(|card| card.rank).collect();
        assert_eq!(ranks, (1..=pack().routes.len()).collect::<Vec<_>>(), "{who}");
        assert!(report.cards.is_sorted_by_key(|card| card.place), "{who}");
        let worth = report.cards.iter().filter(|card| card.place == Place::WorthAsking).count();
        assert!(worth <= 5, "{who}: {worth}");
        full += usize::from(worth == 5);
        // Nothing is urgent that is not said, and whatever stops is urgent.
        for id in &report.urgent {
            assert!(report.cautions.iter().any(|caution| caution.id == *id), "{who}: {id}");
        }
        for stop in report.cautions.iter().filter(|caution| caution.tier == Tier::Stop) {
            assert!(report.urgent.contains(&stop.id), "{who}: {}", stop.id);
        }
        assert!(report.plan.len() <= 3, "{who}");
        assert!(report.plan.iter().all(|step| step.kind != StepKind::File), "{who}");
        for step in &report.plan {
            let card = card(&report, &step.route);
            assert!(card.place <= Place::WorthAsking && card.next_steps.iter().any(|next| next.id == step.step), "{who}: {step:?}");
        }
        urgent += report.urgent.len();
        plans += report.plan.len();
    }
    assert!(urgent > 500 && plans > 500 && full > 5, "{urgent} {plans} {full}");
}

/// A card stands where its own door and fit put it.
#[test]
fn a_place_says_what_door_and_fit_say() {
    placed_by_door_and_fit(everybody());
}

fn placed_by_door_and_fit(people: Vec<(String, Date, Answers)>) {
    for (who, as_of, answers) in people {
        for card in &screen_today(pack(), as_of, &answers).cards {
            let fit = card.fit.as_ref().map(|fit| fit.state);
            let shut = card.door.state.is_shut();
            match card.place {
                Place::Urgent | Place::WorthAsking | Place::AlsoPossible | Place::Later => {
                    assert!(!shut && fit.is_some_and(|fit| fit != FitState::DoesNotFit), "{who}: {}", card.route);
                    // What time alone will meet is later too where something else is not clear.
                    let not_met = || card.reasons.iter().any(|reason| reason.truth == Truth::No);
                    let waits = fit == Some(FitState::NotNow) || fit == Some(FitState::Unclear) && not_met();
                    assert!(card.place != Place::Later || waits, "{who}: {}", card.route);
                }
                Place::Shut => assert!(shut, "{who}: {}", card.route),
                Place::NotThisFamily => assert_ne!(fit, Some(FitState::Fits), "{who}: {}", card.route),
            }
            if !shut && fit == Some(FitState::Fits) {
                assert!(card.place <= Place::AlsoPossible, "{who}: {}", card.route);
            }
        }
    }
}

/// What somebody who hurt the person would have to file stands behind every way of one's own.
#[test]
fn what_an_abuser_files_is_never_offered_first() {
    own_ways_first(everybody());
}

fn own_ways_first(people: Vec<(String, Date, Answers)>) {
    let own = ["vawa-self-petition", "vawa-cancellation", "u-visa", "t-visa"];
    let (mut hurt, mut moved) = (0, 0);
    let care = pack().cautions.iter().find(|rule| rule.id == "survivor-care").expect("the caution");
    let by_relative = &care.clauses.iter().find(|clause| clause.id == "by-relative").expect("the clause").test;
    for (who, as_of, answers) in people {
        let effective = Effective::new(pack(), &answers, as_of);
        let context = effective.context(pack(), as_of);
        if context.eval(by_relative) != Truth::Yes {
            continue;
        }
        hurt += 1;
        let report = screen_today(pack(), as_of, &answers);
        let open: Vec<&Card> = own.iter().map(|route| card(&report, route)).filter(|card| card.place <= Place::AlsoPossible).collect();
        for route in &pack().routes {
            let theirs = card(&report, &route.id);
            let files = route.abuser_files.as_ref().is_some_and(|files| context.eval(files) == Truth::Yes);
            if files && theirs.place <= Place::AlsoPossible {
                moved += 1;
                assert_eq!(theirs.place, Place::AlsoPossible, "{who}: {}", route.id);
                let before = open.iter().filter(|mine| mine.place < Place::AlsoPossible);
                before.for_each(|mine| assert!(mine.rank < theirs.rank, "{who}: {} before {}", route.id, mine.route));
            }
        }
        assert_eq!(report.urgent.first().map(String::as_str), Some("survivor-care"), "{who}");
    }
    assert!(hurt > 15 && moved > 30, "{hurt} {moved}");
}

/// What says nothing of a route never changes the order: where every door, fit and day is the same, so is every place.
#[test]
fn answers_that_change_no_card_change_no_place() {
    let mut same = 0;
    let seen = |report: &Report| report.cards.iter().map(|card| (card.route.clone(), card.place)).collect::<Vec<_>>();
    for (who, as_of, answers) in everybody().into_iter().step_by(3) {
        let whole = |answers: &Answers| screen(pack(), as_of, answers);
        let report = whole(&answers);
        let place = pack().facts.iter().position(|fact| fact.id == "person.filled-by").expect("the fact");
        for other in [Answer::NotAsked, Answer::Unsure, Answer::Value(Value::Choice(0)), Answer::Value(Value::Choice(1))] {
            let mut changed = answers.clone();
            changed[place] = other;
            assert_eq!(seen(&whole(&changed)), seen(&report), "{who}");
            same += 1;
        }
    }
    assert!(same > 300, "{same}");
}

/// Even where nothing else is left to do, to send something is no step of this week.
#[test]
fn nothing_is_sent_this_week() {
    let mut files = 0;
    for (who, as_of, answers) in everybody() {
        let mut cards = screen_today(pack(), as_of, &answers).cards;
        cards.iter_mut().for_each(|card| card.next_steps.retain(|step| step.kind == StepKind::File));
        files += cards.iter().filter(|card| card.place <= Place::WorthAsking && !card.next_steps.is_empty()).count();
        assert_eq!(plan(&cards, false), [], "{who}");
    }
    assert!(files > 20, "{files}");
}
