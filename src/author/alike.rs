//! Whether boxes and single questions are two ways to one report.

use super::parse::Screens;
use crate::date::Date;
use crate::fact::{Answer, Answers, Fact, Given, Kind, Value};
use crate::pack::Pack;
use crate::report::Report;
use crate::screen::screen_today;

/// The same answer of somebody who can say no more of its dates.
pub fn all_said(mut answer: Answer) -> Answer {
    match &mut answer {
        Answer::Value(Value::Date(date)) => date.vague = true,
        Answer::Value(Value::List(entries)) => entries.iter_mut().flatten().for_each(|given| {
            if let Given::Date(date) = given {
                date.vague = true;
            }
        }),
        _ => {}
    }
    answer
}

/// What somebody who knows all this says to single questions about exactly what was `told` on screens. A date, and the dates of
/// a list, are told as fine there as they are here; of what the person has no answer to, the screen said that there is nothing;
/// and a line that says several things says them all: whoever ticks that asylum waits has filed it. The facts of which such a line
/// says something else than the person does come second: what the line means.
pub fn singly(pack: &Pack, screens: &Screens, known: &Answers, told: &Answers) -> (Answers, Vec<String>) {
    let mut meant = Vec::new();
    let together = |fact: &Fact| {
        let lines = screens.screens.iter().flat_map(|screen| &screen.boxes);
        lines
            .filter(|line| line.sets.len() + usize::from(line.choose.is_some()) > 1)
            .any(|line| line.sets.contains_key(&fact.id) || line.choose.as_ref().is_some_and(|(chosen, _)| *chosen == fact.id))
    };
    let one = |((fact, known), told): ((&Fact, &Answer), &Answer)| match (known, told) {
        (_, Answer::NotAsked) | (Answer::NotAsked, _) => told.clone(),
        (Answer::Value(said), Answer::Value(means)) if said != means && !matches!(fact.kind, Kind::Date | Kind::List) && together(fact) => {
            meant.push(fact.id.clone());
            told.clone()
        }
        _ if matches!(fact.kind, Kind::Date | Kind::List) => told.clone(),
        _ => known.clone(),
    };
    (pack.facts.iter().zip(known).zip(told).map(one).collect(), meant)
}

/// Where two sets of answers come to another report; nothing where they do not. What is left to ask is no part of it.
pub fn unlike(pack: &Pack, as_of: Date, one: &Answers, other: &Answers) -> Option<String> {
    let report = |answers: &Answers| {
        let mut report = screen_today(pack, as_of, answers);
        report.questions.clear();
        Report { next: None, next_screen: None, remaining: 0, first_pass_done: true, ..report }
    };
    if report(one) == report(other) {
        return None;
    }
    let facts = pack.facts.iter().zip(one.iter().zip(other)).filter(|(_, (one, other))| one != other);
    Some(facts.map(|(fact, (one, other))| format!("{}: {one:?} and {other:?}", fact.id)).collect::<Vec<_>>().join("; "))
}
