//! What an answer can be of which nobody is sure: each choice that it leaves, or the sides of a line on which a date lies.
//!
//! One answer at a time; what two of them do together is not worked out here.

use super::{Context, Effective, Sharper};
use crate::condition::Condition;
use crate::date::{Approx, Date};
use crate::fact::{Answer, Dated, Given, Kind, Value};

/// A fact, and answers to it of which one is true.
pub type Cases = (u16, Vec<Answer>);

impl Context<'_> {
    /// For each answer that leaves a test unknown and can be told apart in few cases: those.
    pub fn cases(&self, test: &Condition) -> Vec<Cases> {
        let mut all: Vec<Cases> = self.sharper(test).into_iter().map(|sharper| self.sides(&sharper)).collect();
        for place in self.facts_read(test) {
            let Some(fact) = self.pack.facts.get(usize::from(place)) else { continue };
            match self.answer(place) {
                Answer::Unsure => {
                    all.push((place, (0..choices(fact.kind, &fact.options)).map(|o| Answer::Value(Value::Choice(o))).collect()))
                }
                Answer::Value(Value::List(entries)) => {
                    for (at, entry) in entries.iter().enumerate() {
                        for (field, (given, kind)) in entry.iter().zip(&fact.fields).enumerate() {
                            if *given == Given::Unsure {
                                let options = (0..choices(kind.kind, &kind.options)).map(Given::Choice);
                                all.push((place, options.map(|given| self.with_field(place, at, field, given)).collect()));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// A date on the one side of a line, and on the other.
    fn sides(&self, sharper: &Sharper) -> Cases {
        let last = if let Answer::Value(Value::Date(date)) = self.answer(sharper.fact) { date.range.to } else { Date::MAX };
        let side = |yes| {
            let range = sharper.answered(yes);
            // A question speaks of what has happened; the date itself may lie ahead.
            let to = if range.to == self.as_of { last } else { range.to };
            let dated = Dated::new(Approx { to, ..range });
            match sharper.place {
                None => Answer::Value(Value::Date(dated)),
                Some((entry, field)) => self.with_field(sharper.fact, entry, usize::from(field), Given::Date(dated)),
            }
        };
        (sharper.fact, [true, false].map(side).to_vec())
    }

    fn with_field(&self, fact: u16, entry: usize, field: usize, given: Given) -> Answer {
        let mut answer = self.answer(fact).clone();
        if let Answer::Value(Value::List(entries)) = &mut answer
            && let Some(old) = entries.get_mut(entry).and_then(|entry| entry.get_mut(field))
        {
            *old = given;
        }
        answer
    }

    /// The same answers but for one.
    pub fn with(&self, fact: u16, answer: Answer) -> Effective {
        let mut answers = self.answers.to_vec();
        if let Some(old) = answers.get_mut(usize::from(fact)) {
            *old = answer;
        }
        Effective::new(self.pack, &answers, self.as_of)
    }
}

fn choices(kind: Kind, options: &[String]) -> u8 {
    match kind {
        Kind::YesNo => 2,
        Kind::Choice => u8::try_from(options.len()).unwrap_or(0),
        _ => 0,
    }
}
