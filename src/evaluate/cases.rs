//! What an answer can be of which nobody is sure: each choice that it leaves, or the sides of a line on which a date lies.
//!
//! One answer at a time; what two of them do together is not worked out here.

use super::{Context, Effective};
use crate::condition::Condition;
use crate::date::{Approx, Date};
use crate::fact::{Answer, Dated, Given, Kind, Value};

/// What can stand in one place, a fact or a field of an entry: one of them is true.
#[derive(Clone, PartialEq)]
pub struct Cases {
    /// The fact.
    pub fact: u16,
    place: Option<(usize, u16)>,
    /// One of these is so.
    pub can_be: Vec<Given>,
}

impl Context<'_> {
    /// The answers of few cases that leave a test unknown.
    pub fn cases(&self, test: &Condition) -> Vec<Cases> {
        let mut all = Vec::new();
        for (sharper, _) in self.unsettled(test) {
            let side = |yes| {
                let range = sharper.answered(yes);
                // A question speaks of what has happened; the date itself may lie ahead.
                let to = if range.to == self.as_of { Date::MAX } else { range.to };
                Given::Date(Dated::new(Approx { to, ..range }))
            };
            all.push(Cases { fact: sharper.fact, place: sharper.place, can_be: vec![side(true), side(false)] });
        }
        for fact in self.facts_read(test) {
            let Some(asked) = self.pack.facts.get(usize::from(fact)) else { continue };
            let mut choices = |place, kind, options: usize| {
                let options = if kind == Kind::YesNo { 2 } else { options };
                if matches!(kind, Kind::YesNo | Kind::Choice) {
                    all.push(Cases { fact, place, can_be: (0..u8::MAX).take(options).map(Given::Choice).collect() });
                }
            };
            match self.answer(fact) {
                Answer::Unsure => choices(None, asked.kind, asked.options.len()),
                Answer::Value(Value::List(entries)) => {
                    for (at, entry) in entries.iter().enumerate() {
                        for ((given, field), place) in entry.iter().zip(&asked.fields).zip(0..) {
                            if *given == Given::Unsure {
                                choices(Some((at, place)), field.kind, field.options.len());
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The answers with one of the cases for what nobody is sure of.
    pub fn in_case(&self, cases: &Cases, given: Given) -> Effective {
        // What was read as something else by a paper, or left out where it does not apply, is worked out anew.
        // The details of what nobody is sure of stay as little known in each case of it: nobody asked for them.
        let mut answers = self.told.to_vec();
        for (answer, place) in answers.iter_mut().zip(0..).filter(|(answer, _)| **answer == Answer::NotAsked) {
            if self.closed(place) {
                *answer = Answer::Unsure;
            }
        }
        match (answers.get_mut(usize::from(cases.fact)), cases.place, given) {
            (Some(Answer::Value(Value::List(entries))), Some((entry, field)), given) => {
                if let Some(old) = entries.get_mut(entry).and_then(|entry| entry.get_mut(usize::from(field))) {
                    *old = given;
                }
            }
            (Some(answer), _, Given::Choice(option)) => *answer = Answer::Value(Value::Choice(option)),
            (Some(answer), _, Given::Date(date)) => *answer = Answer::Value(Value::Date(date)),
            _ => {}
        }
        Effective::new(self.pack, &answers, self.as_of)
    }
}
