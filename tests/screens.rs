//! What a person meets: boxes and single questions say the same, what is not sure closes its details, and every way ends.
//!
//! The suite looks at some families and cases. All of them take some minutes:
//! `cargo test --release --features author --test screens -- --ignored --nocapture`.
#![cfg(feature = "author")]

mod common;

use common::{checked, pack};
use relief_screener::ask::{all_questions, next_screen};
use relief_screener::author::{self, Form};
use relief_screener::date::Date;
use relief_screener::evaluate::Effective;
use relief_screener::fact::{Answer, Answers, Kind, NO, Value, YES};
use relief_screener::report::{QuestionProgress, QuestionState};
use std::collections::BTreeMap;
use std::path::Path;

fn place(id: &str) -> usize {
    pack().facts.iter().position(|fact| fact.id == id).expect("the fact")
}

fn form<T>(walk: impl FnOnce(&Form) -> T) -> T {
    let (texts, own) = (serde_json::Value::Null, |_: &str| String::new());
    walk(&Form { checked: checked(), texts: &texts, own: &own })
}

/// Made-up families and cases, one in so many.
fn everybody(families: usize, each: usize) -> Vec<(String, Date, Answers)> {
    common::everybody(families, |at, _| at % each == 0)
}

/// Somebody who ticks and leaves alone says what the same person says to the questions one by one; and the way ends.
#[test]
fn boxes_and_single_questions_come_to_one_report() {
    one_report(200, 60);
}

#[test]
#[ignore = "some minutes: a thousand families, and every case"]
fn boxes_and_single_questions_come_to_one_report_for_everybody() {
    one_report(1_000, 1);
}

fn one_report(families: usize, each: usize) {
    let (mut people, mut told) = (0, 0);
    let mut meant: BTreeMap<String, usize> = BTreeMap::new();
    let mut unlike: Vec<String> = Vec::new();
    for (who, as_of, full) in everybody(families, each) {
        let walked = form(|form| form.walk(as_of, &full));
        assert!(walked.visits.len() < 100, "{who}: no end");
        let (singly, lines) = author::singly(pack(), &checked().screens, &full, &walked.answers);
        unlike.extend(author::unlike(pack(), as_of, &walked.answers, &singly).map(|differ| format!("{who}: {differ}")));
        lines.into_iter().for_each(|fact| *meant.entry(fact).or_default() += 1);
        let left = all_questions(pack(), as_of, &walked.answers);
        assert_eq!(next_screen(pack(), &left, &[]), None, "{who}: something is left to ask");
        told += walked.answers.iter().filter(|answer| **answer != Answer::NotAsked).count();
        people += 1;
    }
    println!("{people} people, {told} answers, {} reports that differ; a line says more than the person: {meant:?}", unlike.len());
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
    assert!(told > 5_000, "{told} answers: nothing was shown");
    assert!(meant.values().sum::<usize>() * 500 < told, "a line says what the person does not: {meant:?}");
}

/// "Not sure" of a parent fact is "not sure" of each of its details.
#[test]
fn unsure_alone_is_unsure_with_every_detail() {
    let compared = unsure_alone(|at, parents| (at % 7 == 0).then_some(at / 7 % parents).into_iter().collect());
    assert!(compared > 400, "{compared}");
}

#[test]
#[ignore = "some minutes: each parent fact in every case"]
fn unsure_alone_is_unsure_with_every_detail_in_every_case() {
    unsure_alone(|_, parents| (0..parents).collect());
}

/// Of each case, by its place, the parent facts that are tried.
fn unsure_alone(tried: impl Fn(usize, usize) -> Vec<usize>) -> usize {
    let pack = pack();
    let details = |parent: usize| -> Vec<usize> {
        let reads = |fact: &usize| {
            pack.applies[*fact].iter().flat_map(|applies| applies.facts(&pack.places)).any(|read| usize::from(read) == parent)
        };
        (0..pack.facts.len()).filter(reads).collect()
    };
    let parents: Vec<(usize, Vec<usize>)> =
        (0..pack.facts.len()).map(|fact| (fact, details(fact))).filter(|(_, of)| !of.is_empty()).collect();
    let (mut compared, mut closing) = (0, 0);
    let mut unlike: Vec<String> = Vec::new();
    for (at, case) in checked().cases.iter().enumerate() {
        for (parent, details) in tried(at, parents.len()).into_iter().map(|parent| &parents[parent]) {
            let mut alone = case.answers(pack);
            alone[*parent] = Answer::Unsure;
            details.iter().for_each(|detail| alone[*detail] = Answer::NotAsked);
            let mut each = alone.clone();
            // A detail that rests on another question too is closed only by what is not sure there; a date that a list tells is told.
            let questions = all_questions(pack, case.as_of, &alone);
            let effective = Effective::new(pack, &alone, case.as_of);
            let context = effective.context(pack, case.as_of);
            let told = |detail: usize| matches!(context.answer(detail as u16), Answer::Value(Value::Date(_)));
            let closed = |detail: &&usize| questions[**detail].state != QuestionProgress::Open && !told(**detail);
            details.iter().filter(closed).for_each(|detail| each[*detail] = Answer::Unsure);
            compared += 1;
            if alone == each {
                continue;
            }
            closing += 1;
            if let Some(differ) = author::unlike(pack, case.as_of, &alone, &each) {
                let [a, b] = [&alone, &each].map(|answers| {
                    let mut report = relief_screener::screen::screen_today(pack, case.as_of, answers);
                    report.questions.clear();
                    format!("{report:#?}")
                });
                let lines: Vec<(&str, &str)> = a.lines().zip(b.lines()).filter(|(a, b)| a != b).take(4).collect();
                unlike.push(format!("{}: {}: {differ} {lines:?}", case.id, pack.facts[*parent].id));
            }
        }
    }
    println!("{} parents: {compared} reports compared, {closing} with closed details, {} differ", parents.len(), unlike.len());
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
    compared
}

/// Before anything is ticked, a screen with lines has no more of them, and no more words, than a tired person takes in.
#[test]
fn a_screen_with_lines_is_short() {
    let [words, rules] = ["pkg/words", "rules/us"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let own = author::form_words(&words, &rules, pack()).expect("the words of the form");
    let mut seen = 0;
    for ((language, texts), (_, own)) in checked().languages.iter().zip(&own) {
        let texts = serde_json::from_str(texts).expect("texts");
        let form = Form { checked: checked(), texts: &texts, own: &|key| own["words"][key].as_str().expect("a word").to_string() };
        for screen in checked().screens.screens.iter().filter(|screen| !screen.boxes.is_empty()) {
            let visit = form.untouched(screen).expect("a screen");
            let (boxes, words) = (visit.boxes, visit.words);
            assert!(boxes == screen.boxes.len() && boxes <= 8, "{language}: {}: {boxes} lines", screen.id);
            assert!(words > 2 * boxes && words <= 110, "{language}: {}: {words} words", screen.id);
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A box that was never shown leaves its fact not asked; it is shown when a later answer makes it matter.
#[test]
fn what_never_showed_is_not_asked_and_comes_when_it_matters() {
    let as_of = pack().confirmed_through;
    let case = |id: &str| checked().cases.iter().find(|case| case.id == id).expect("the case").answers(pack());
    let mut full = case("told-once-daca@2026-11-22");
    let walked = form(|form| form.walk(as_of, &full));
    assert_ne!(walked.answers[place("daca.ever")], Answer::NotAsked);
    // Born too early for DACA: the line never stands there.
    let born = author::read_answers(pack(), &serde_json::json!({ "person.birth-date": "1970-01-01" })).expect("answers");
    full[place("person.birth-date")] = born[place("person.birth-date")].clone();
    let mut without = form(|form| form.walk(as_of, &full)).answers;
    assert_eq!(without[place("daca.ever")], Answer::NotAsked);
    without[place("person.birth-date")] = walked.answers[place("person.birth-date")].clone();
    let next = next_screen(pack(), &all_questions(pack(), as_of, &without), &[]).expect("a screen");
    assert!(next.screen == "papers" && next.open == ["daca.ever"], "{next:?}");
}

/// A screen comes only for an open question that stands on it.
#[test]
fn no_screen_without_an_open_question() {
    let state = |open: &[usize]| -> Vec<QuestionState> {
        let all = pack().facts.iter().enumerate();
        all.map(|(at, fact)| QuestionState {
            fact: fact.id.clone(),
            state: if open.contains(&at) { QuestionProgress::Open } else { QuestionProgress::Answered },
            sharper: Vec::new(),
        })
        .collect()
    };
    assert_eq!(next_screen(pack(), &state(&[]), &[]), None);
    let mut shown = 0;
    for (at, fact) in pack().facts.iter().enumerate() {
        if let Some(next) = next_screen(pack(), &state(&[at]), &[]) {
            assert_eq!(next.open, [fact.id.clone()], "{}", next.screen);
            shown += 1;
        }
    }
    assert!(shown > 80, "{shown}");
}

/// What other answers say is never asked, and an answer given wins.
#[test]
fn what_is_implied_is_not_asked() {
    let as_of = pack().confirmed_through;
    let (unmarried, spouse) = (place("person.unmarried"), place("spouse.status"));
    let none = pack().facts[spouse].options.iter().position(|option| option == "none").expect("none") as u8;
    let answered = |told: &[(usize, Answer)]| {
        let mut answers: Answers = vec![Answer::NotAsked; pack().facts.len()];
        told.iter().for_each(|(at, answer)| answers[*at] = answer.clone());
        let effective = Effective::new(pack(), &answers, as_of);
        effective.context(pack(), as_of).answer(unmarried as u16).clone()
    };
    let yes_no = |option| Answer::Value(Value::Choice(option));
    assert_eq!(answered(&[]), Answer::NotAsked);
    assert_eq!(answered(&[(spouse, yes_no(none))]), yes_no(YES));
    assert_eq!(answered(&[(spouse, Answer::Unsure)]), Answer::Unsure);
    assert_eq!(answered(&[(spouse, yes_no(none)), (unmarried, yes_no(NO))]), yes_no(NO));
    for (who, as_of, full) in everybody(20, 400) {
        let walked = form(|form| form.walk(as_of, &full)).answers;
        for (at, fact) in pack().facts.iter().enumerate().filter(|(at, _)| !pack().implied[*at].is_empty()) {
            assert_eq!(walked[at], Answer::NotAsked, "{who}: {}", fact.id);
        }
    }
    assert!(pack().facts.iter().any(|fact| fact.kind == Kind::List));
}
