//! The closed vocabulary in which rules are written: every word with its meaning, what it is made of and what it reads.
//!
//! There is no expression language and no way out of the vocabulary. This module knows no pack, no answer and no day:
//! whether a condition holds is worked out in `evaluate`.

use crate::date::{Approx, Date, Span};
use crate::fact::Country;
use crate::stay::{Places, Range, TimeToLeave, Trips};
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// A condition of the rules. Facts, fields, options, measures and conditions are named by their place in the pack;
/// several options are a bit mask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// It holds for everybody.
    Always,
    /// Every part holds.
    All(Vec<Condition>),
    /// A part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// Where the part holds, or may, nobody but a lawyer can say: unknown. Where it does not, no.
    Doubtful(Box<Condition>),
    /// A named condition of the pack, in the version in force.
    Named(u16),
    /// The answer to a yes-no, a choice or a set is, or includes, one of the options.
    Has {
        /// The fact.
        fact: u16,
        /// The options, as a bit mask.
        options: u32,
    },
    /// One of the countries named is in the list, or, for `other`, one is not.
    In {
        /// The fact.
        fact: u16,
        /// One is named that is none of these countries.
        other: bool,
        /// The countries.
        countries: Vec<Country>,
    },
    /// The question was answered; until somebody asks it, no.
    Answered {
        /// The fact.
        fact: u16,
    },
    /// One moment against another. "At least two years by the as-of date" is: the date and two years, on or before it.
    When {
        /// What is held against the point.
        date: Moment,
        /// How it has to stand to it.
        rel: Relation,
        /// What it is held against.
        point: Moment,
    },
    /// At least `at_least` entries of a list pass.
    Count {
        /// The list.
        list: u16,
        /// What an entry has to pass.
        entry: Box<Condition>,
        /// So many entries, or more.
        at_least: u16,
    },
    /// The stay that the person is in passes; no outside the US.
    ThisStay(Box<Condition>),
    /// A field of the entry under test.
    Field {
        /// The field.
        field: u16,
        /// What it has to say.
        test: FieldTest,
    },
    /// Here a span before a moment, or at the moment itself, and ever since.
    PresentSince {
        /// The moment from which the span is counted back.
        by: Moment,
        /// The span.
        span: Span,
        /// The trips out that are no break; without it, what a trip does is not known.
        trips: Option<Trips>,
    },
    /// The days counted in the stay that the person is in lie in a range.
    DaysInThisStay {
        /// The way to count.
        measure: u16,
        /// How many days.
        range: Range,
    },
    /// A departure after so many days started a bar that still runs, its anniversary included.
    BarRunning {
        /// The way to count.
        measure: u16,
        /// How many days.
        range: Range,
        /// How long the bar runs.
        years: i32,
        /// The ways to leave that start it, as a bit mask.
        how: u32,
    },
    /// The person came in, or tried to, without admission after so many days in all.
    ReturnedAfter {
        /// The way to count.
        measure: u16,
        /// How many days.
        range: Range,
    },
    /// The person came in, or tried to, without admission after leaving under an order.
    ReturnedAfterOrder {
        /// What is an order, a departure and a return.
        measure: u16,
    },
    /// A day away that was told elsewhere (a departure, a stop at the border) lies inside a stay.
    AwayAgainstStays,
    /// "Never left after it" was said of an order or a time to leave, and a stay ended on that day or later.
    LeftAnyway,
    /// A time to leave or a protected period began before the first entry that was told.
    ToldBeforeStays,
    /// A bar of years still runs after an order of one of these kinds was carried out, with at least so many orders in all.
    RemovalBarRunning {
        /// What is an order and a removal.
        measure: u16,
        /// The kinds of orders, as a bit mask.
        kinds: u32,
        /// How long the bar runs.
        years: i32,
        /// So many orders carried out, or more.
        at_least: u16,
    },
    /// A time to leave runs, was overstayed or was left too late; with years, only while they run from its last day on.
    TimeToLeave {
        /// What is a time to leave.
        measure: u16,
        /// How it stands.
        state: TimeToLeave,
        /// Only while so many years since its last day run.
        years: Option<i32>,
    },
    /// The stays contradict each other: one ends before it begins, or begins before the last one ended.
    StaysOutOfOrder,
    /// About the card: its door is in one of these states.
    Door {
        /// The states, as a bit mask.
        states: u32,
    },
    /// About the card: a date exactly on a boundary, or a count within a day of one, decided something.
    OnBoundary,
    /// About the card: its door's state was last confirmed too long ago.
    Stale,
    /// About the card: something on it rests on a statement that nobody has checked against a source.
    Unverified,
}

/// What a field of an entry has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldTest {
    /// One of these options, as a bit mask.
    Options(u32),
    /// The field says anything at all.
    Given,
}

/// How a date stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Relation {
    /// Earlier than the day.
    Before,
    /// On the day or earlier.
    OnOrBefore,
    /// On the day or later.
    OnOrAfter,
    /// Later than the day.
    After,
}

/// A day that conditions speak of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Moment {
    /// A day that the rules name.
    Date(Date),
    /// The day that is looked at.
    AsOf,
    /// A date fact, and a span later.
    Fact(u16, Span),
    /// A field of the entry under test, and a span later.
    Field(u16, Span),
}

/// What a test counts in a history.
pub enum Counted {
    /// Days of the stay that the person is in.
    DaysInThisStay(Range),
    /// A bar of years after so many days.
    Bar {
        /// How many days.
        range: Range,
        /// How long the bar runs.
        years: i32,
        /// The ways to leave that start it, as a bit mask.
        how: u32,
    },
    /// Days in all, before a return without admission.
    ReturnedAfter(Range),
    /// An order, a departure and a return.
    ReturnedAfterOrder,
    /// A bar of years after an order was carried out.
    RemovalBar {
        /// The kinds of orders, as a bit mask.
        kinds: u32,
        /// How long the bar runs.
        years: i32,
        /// So many orders carried out, or more.
        at_least: usize,
    },
    /// A time to leave.
    TimeToLeave {
        /// How it stands.
        state: TimeToLeave,
        /// Only while so many years since its last day run.
        years: Option<i32>,
    },
}

/// What a condition is made of.
pub enum Parts<'a> {
    /// Conditions joined by `all`, `any`, `not` or `doubtful`.
    Joined(&'a [Condition]),
    /// A condition of the pack, by its place there.
    Named(u16),
    /// A test of a list, with the condition that it holds against entries.
    OfEntries(&'a Condition),
    /// Any other test.
    None,
}

impl Condition {
    /// What it is made of. Here, and wherever else it matters what a word is, every word is written out: one that is new
    /// does not compile before it has been thought of.
    pub fn parts(&self) -> Parts<'_> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => Parts::Joined(parts),
            Condition::Not(part) | Condition::Doubtful(part) => Parts::Joined(std::slice::from_ref(part)),
            Condition::Named(place) => Parts::Named(*place),
            Condition::Count { entry, .. } | Condition::ThisStay(entry) => Parts::OfEntries(entry),
            Condition::Always
            | Condition::Has { .. }
            | Condition::In { .. }
            | Condition::Answered { .. }
            | Condition::When { .. }
            | Condition::Field { .. }
            | Condition::PresentSince { .. }
            | Condition::DaysInThisStay { .. }
            | Condition::BarRunning { .. }
            | Condition::ReturnedAfter { .. }
            | Condition::ReturnedAfterOrder { .. }
            | Condition::AwayAgainstStays
            | Condition::LeftAnyway
            | Condition::ToldBeforeStays
            | Condition::RemovalBarRunning { .. }
            | Condition::TimeToLeave { .. }
            | Condition::StaysOutOfOrder
            | Condition::Door { .. }
            | Condition::OnBoundary
            | Condition::Stale
            | Condition::Unverified => Parts::None,
        }
    }

    /// The conditions written inside this one, joined or held against entries; not those that it only names.
    pub fn children(&self) -> &[Condition] {
        match self.parts() {
            Parts::Joined(parts) => parts,
            Parts::OfEntries(entry) => std::slice::from_ref(entry),
            Parts::Named(_) | Parts::None => &[],
        }
    }

    /// This condition and every one written inside it, in the order in which they are written.
    pub fn walk(&self) -> impl Iterator<Item = &Condition> {
        // Most conditions are tests without parts: for these no list is made.
        let (mut next, mut ahead) = (Some(self), Vec::new());
        std::iter::from_fn(move || {
            let part = next.take().or_else(|| ahead.pop())?;
            ahead.extend(part.children().iter().rev());
            Some(part)
        })
    }

    /// Is it a test, rather than a join or a name of others?
    pub fn is_test(&self) -> bool {
        matches!(self.parts(), Parts::OfEntries(_) | Parts::None)
    }

    /// The facts that the tests written in it can read, for some version of the measure that they count by.
    pub fn facts(&self, places: &Places) -> Vec<u16> {
        let Places { birth, stays, protected, contacts, orders, leave, .. } = *places;
        let mut facts = Vec::new();
        for part in self.walk() {
            match part {
                Condition::Has { fact, .. } | Condition::In { fact, .. } | Condition::Answered { fact } => facts.push(*fact),
                Condition::When { date, point, .. } => facts.extend([date, point].into_iter().filter_map(Moment::fact)),
                Condition::Count { list, .. } => facts.push(*list),
                Condition::ThisStay(_) | Condition::StaysOutOfOrder => facts.push(stays),
                Condition::PresentSince { by, .. } => {
                    facts.push(stays);
                    facts.extend(by.fact());
                }
                Condition::DaysInThisStay { .. } | Condition::BarRunning { .. } => facts.extend([stays, birth, protected]),
                Condition::ReturnedAfter { .. } => facts.extend([stays, contacts, birth, protected]),
                Condition::ReturnedAfterOrder { .. } => facts.extend([stays, contacts, orders]),
                Condition::RemovalBarRunning { .. } => facts.extend([stays, orders]),
                Condition::TimeToLeave { .. } => facts.extend([leave, stays, protected]),
                Condition::ToldBeforeStays => facts.extend([stays, leave, protected]),
                Condition::LeftAnyway => facts.extend([stays, leave, orders]),
                Condition::AwayAgainstStays => facts.extend([stays, leave, orders, contacts]),
                // Joins and names read what their parts read, a field is read with its list, and a card is no fact.
                Condition::All(_)
                | Condition::Any(_)
                | Condition::Not(_)
                | Condition::Doubtful(_)
                | Condition::Named(_)
                | Condition::Always
                | Condition::Field { .. }
                | Condition::Door { .. }
                | Condition::OnBoundary
                | Condition::Stale
                | Condition::Unverified => {}
            }
        }
        facts
    }

    /// What a test counts in a history, and the measure by which it does, by its place in the pack.
    pub fn counted(&self) -> Option<(u16, Counted)> {
        match self {
            Condition::DaysInThisStay { measure, range } => Some((*measure, Counted::DaysInThisStay(*range))),
            Condition::BarRunning { measure, range, years, how } => {
                Some((*measure, Counted::Bar { range: *range, years: *years, how: *how }))
            }
            Condition::ReturnedAfter { measure, range } => Some((*measure, Counted::ReturnedAfter(*range))),
            Condition::ReturnedAfterOrder { measure } => Some((*measure, Counted::ReturnedAfterOrder)),
            Condition::RemovalBarRunning { measure, kinds, years, at_least } => {
                Some((*measure, Counted::RemovalBar { kinds: *kinds, years: *years, at_least: usize::from(*at_least) }))
            }
            Condition::TimeToLeave { measure, state, years } => Some((*measure, Counted::TimeToLeave { state: *state, years: *years })),
            Condition::All(_)
            | Condition::Any(_)
            | Condition::Not(_)
            | Condition::Doubtful(_)
            | Condition::Named(_)
            | Condition::Always
            | Condition::Has { .. }
            | Condition::In { .. }
            | Condition::Answered { .. }
            | Condition::When { .. }
            | Condition::Count { .. }
            | Condition::ThisStay(_)
            | Condition::Field { .. }
            | Condition::PresentSince { .. }
            | Condition::AwayAgainstStays
            | Condition::LeftAnyway
            | Condition::ToldBeforeStays
            | Condition::StaysOutOfOrder
            | Condition::Door { .. }
            | Condition::OnBoundary
            | Condition::Stale
            | Condition::Unverified => None,
        }
    }

    /// The measure that a test counts by.
    pub fn measure(&self) -> Option<u16> {
        self.counted().map(|(measure, _)| measure)
    }

    /// The field of the entry under test that a test reads.
    pub fn field(&self) -> Option<u16> {
        match self {
            Condition::Field { field, .. } | Condition::When { date: Moment::Field(field, _), .. } => Some(*field),
            _ => None,
        }
    }
}

impl Moment {
    /// The date fact that it names.
    pub fn fact(&self) -> Option<u16> {
        match self {
            Moment::Fact(fact, _) => Some(*fact),
            _ => None,
        }
    }
}

impl Relation {
    /// How every day of one range stands to every day of another.
    pub fn holds(self, date: Approx, point: Approx) -> Truth {
        match self {
            Relation::OnOrBefore => date.on_or_before(point),
            Relation::After => date.on_or_before(point).negate(),
            Relation::OnOrAfter => point.on_or_before(date),
            Relation::Before => point.on_or_before(date).negate(),
        }
    }
}
