//! Which line an inexact date is held against, and the yes-no question that would settle on which side of it the date lies.
//! Nothing here says how a question is worded, or whether it is worth asking.

use super::Context;
use crate::condition::{Condition, Moment, Relation};
use crate::date::{Approx, Date, Span};
use crate::fact::{Answer, Dated, Given, Value};
use crate::truth::Truth;

/// A question about a known but inexact date that would settle a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharper {
    /// The fact.
    pub fact: u16,
    /// For a list: the entry and its field.
    pub place: Option<(usize, u16)>,
    /// How the date may stand to the line.
    pub relation: Relation,
    /// The line.
    pub date: Date,
    /// The date as it was told.
    pub stated: Approx,
}

/// A line that a date can be held against, of a fact or of a field of the stay that the person is in: one question at the most.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// The fact.
    pub fact: u16,
    /// For a list: the field of the stay that the person is in.
    pub field: Option<u16>,
    at: Cut,
}

/// Where a line lies: after a day, or at a moment that is not known yet.
#[derive(Clone, PartialEq)]
enum Cut {
    After(Date),
    At(Moment, Span),
}

/// A date that a test holds against a moment: of a fact, or of a field of the stay that the person is in.
struct Held {
    fact: u16,
    field: Option<u16>,
    /// Not the date itself is held against the moment, but the day so much later.
    plus: Span,
    rel: Relation,
    point: Moment,
}

impl Context<'_> {
    fn held(&self, test: &Condition) -> Vec<Held> {
        let stays = self.pack.places.stays;
        match test {
            Condition::When { date: Moment::Fact(fact, plus), rel, point } => {
                vec![Held { fact: *fact, field: None, plus: *plus, rel: *rel, point: *point }]
            }
            Condition::PresentSince { by, span, .. } => {
                let entered = Some(self.pack.places.entered);
                vec![Held { fact: stays, field: entered, plus: *span, rel: Relation::OnOrBefore, point: *by }]
            }
            Condition::ThisStay(part) => {
                let of_field = |test: &Condition| match test {
                    Condition::When { date: Moment::Field(field, plus), rel, point } => {
                        Some(Held { fact: stays, field: Some(*field), plus: *plus, rel: *rel, point: *point })
                    }
                    _ => None,
                };
                part.walk().filter_map(of_field).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The questions about inexact dates that would settle an unknown test. Of a vague date nobody can say more, and who is not
    /// sure of a date at all has said so: only what was told in part is asked about.
    pub fn sharper(&self, test: &Condition) -> Vec<Sharper> {
        self.unsettled(test).into_iter().filter(|(_, vague)| !vague).map(|(question, _)| question).collect()
    }

    /// The same with those that nobody can answer: the date lies on one side or the other all the same. Is the date vague?
    pub fn unsettled(&self, test: &Condition) -> Vec<(Sharper, bool)> {
        let question = |held: Held| {
            let (relation, day) = line(held.rel, self.day_of(held.point)?, held.plus);
            let (place, stated) = match held.field {
                None => (None, self.stated(held.fact)?),
                Some(field) => {
                    let (entry, stated) = self.stated_of_this_stay(field)?;
                    (Some((entry, field)), stated)
                }
            };
            let unsettled = relation.holds(stated.range, Approx::exact(day)) == Truth::Unknown;
            unsettled.then_some((Sharper { fact: held.fact, place, relation, date: day, stated: stated.range }, stated.vague))
        };
        self.held(test).into_iter().filter_map(question).collect()
    }

    /// Every line that a test holds a date against.
    pub fn lines(&self, test: &Condition) -> Vec<Line> {
        let cut = |held: Held| {
            let at = match self.day_of(held.point).map(|day| line(held.rel, day, held.plus)) {
                Some((Relation::OnOrBefore | Relation::After, day)) => Cut::After(day),
                Some((Relation::Before | Relation::OnOrAfter, day)) => Cut::After(day.plus_days(-1)),
                None => Cut::At(held.point, held.plus),
            };
            Line { fact: held.fact, field: held.field, at }
        };
        self.held(test).into_iter().map(cut).collect()
    }

    /// Can the date be said more exactly than it was? A line at a moment that is not known yet may come to lie anywhere.
    pub fn can_be_sharpened(&self, line: &Line) -> bool {
        let inexact = |date: &Dated| match line.at {
            Cut::After(day) => !date.vague && date.range.from <= day && day < date.range.to,
            Cut::At(..) => date.can_be_finer(),
        };
        match (self.answer(line.fact), line.field) {
            (Answer::Value(Value::Date(date)), None) => inexact(date),
            (Answer::Value(Value::List(_)), Some(field)) => {
                match self.history().this_entry().and_then(|entry| entry.get(usize::from(field))) {
                    Some(Given::Date(date)) => inexact(date),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// A date fact as it was told; of one that the person is not sure of at all, any day up to now: it can still lie on one side
    /// of a line.
    fn stated(&self, fact: u16) -> Option<Dated> {
        if *self.answer(fact) == Answer::Unsure { Some(self.any_day_so_far()) } else { Some(self.dated(fact).ok()?.0) }
    }

    /// The same for a field of the stay that the person is in, and the place of that stay in the list.
    fn stated_of_this_stay(&self, field: u16) -> Option<(usize, Dated)> {
        let entry = self.history().this_entry()?;
        let Answer::Value(Value::List(entries)) = self.answer(self.pack.places.stays) else { return None };
        let index = entries.iter().position(|other| std::ptr::eq(other, entry))?;
        match entry.get(usize::from(field)) {
            Some(Given::Date(stated)) => Some((index, *stated)),
            Some(Given::Unsure) => Some((index, self.any_day_so_far())),
            _ => None,
        }
    }

    fn any_day_so_far(&self) -> Dated {
        Dated { range: Approx { from: Date::MIN, to: self.as_of }, vague: true }
    }
}

/// The line that a date itself is held against, where the date and a span are held against a day.
fn line(rel: Relation, day: Date, plus: Span) -> (Relation, Date) {
    match rel {
        _ if plus == Span::ZERO => (rel, day),
        Relation::OnOrBefore | Relation::After => (Relation::OnOrBefore, day.minus(plus)),
        Relation::Before | Relation::OnOrAfter => (Relation::OnOrBefore, day.plus_days(-1).minus(plus)),
    }
}

impl Sharper {
    /// The date as it stands after the answer yes, or no.
    pub fn answered(&self, yes: bool) -> Approx {
        let (last_early, early_means_yes) = match self.relation {
            Relation::OnOrBefore => (self.date, true),
            Relation::Before => (self.date.plus_days(-1), true),
            Relation::OnOrAfter => (self.date.plus_days(-1), false),
            Relation::After => (self.date, false),
        };
        if yes == early_means_yes {
            Approx { from: self.stated.from, to: last_early.min(self.stated.to) }
        } else {
            Approx { from: last_early.plus_days(1).max(self.stated.from), to: self.stated.to }
        }
    }
}
