//! Whether a condition holds for a family as of a day, and what it rests on: facts, citations, last days.
//!
//! A test that reads a fact that does not apply is "no", and unknown while it is not known whether the fact applies. This
//! module judges one condition at a time; what a route or a caution makes of it is none of its business.

mod cases;
mod effective;
mod sharper;

pub use cases::Cases;
pub use effective::Effective;
pub use sharper::{Line, Sharper};

use crate::condition::{Condition, Counted, FieldTest, Moment, Parts, Relation};
use crate::date::{Approx, Date, Span};
use crate::fact::{Answer, Dated, Entry, Given, NO_ENTRY, Value};
use crate::pack::{DoorState, Implied, Pack, Route, Version};
use crate::short::distinct;
use crate::stay::{History, Measure, Measured, has};
use crate::truth::Truth;
use std::cell::{Cell, OnceCell};

/// What a test of the card, rather than of the family, reads.
#[derive(Clone, Copy)]
pub struct CardFlags {
    /// The state of the card's door.
    pub door: DoorState,
    /// A date on a boundary, or a count beside one, decided something on it.
    pub on_boundary: bool,
    /// The door's state was last confirmed too long ago.
    pub stale: bool,
    /// A statement on it was checked by nobody.
    pub unverified: bool,
}

/// Everything that evaluation reads.
pub struct Context<'a> {
    /// The rules.
    pub pack: &'a Pack,
    /// The day that is looked at.
    pub as_of: Date,
    /// As they were told, and as they count.
    told: &'a [Answer],
    answers: &'a [Answer],
    applies: &'a [Applies],
    /// The fact to ask for to know another: itself, or the date of the event behind it.
    behind: &'a [u16],
    /// Not asked yet, and taken for something until it is.
    assumed: &'a [bool],
    /// Read only where a test asks for it: what most facts apply by does not.
    history: OnceCell<History<'a>>,
    /// What named conditions came out as: many routes use the same ones.
    known: OnceCell<Vec<Known>>,
    /// For each ground of the law, whether it surely does not hold: every benefit asks the same.
    clear: OnceCell<Vec<Truth>>,
    /// The rules are too old to say of any door how it stands.
    pub expired: bool,
    /// The card that tests of a card speak of; without one they are "no".
    pub card: Option<CardFlags>,
}

/// Does a fact apply, and on what does it rest that nobody knows?
#[derive(Clone, Copy, PartialEq)]
struct Applies {
    truth: Truth,
    /// A question not asked yet.
    unasked: bool,
    /// An answer of which the person is not sure, and no question: what would be asked next is as little known.
    closed: bool,
}

impl Applies {
    /// Known, whatever else is.
    fn known(truth: Truth) -> Applies {
        Applies { truth, unasked: false, closed: false }
    }
}

/// What a named condition came out as, for each way of taking a question not asked yet.
#[derive(Clone, Default)]
struct Known {
    as_told: Cell<Option<Truth>>,
    at_worst: Cell<Option<Truth>>,
    at_best: Cell<Option<Truth>>,
}

/// A test without parts, as evaluated.
struct Leaf {
    truth: Truth,
    /// It rests on a question that was not asked yet.
    unasked: bool,
    near: bool,
}

impl Leaf {
    fn of(truth: Truth) -> Leaf {
        Leaf { truth, unasked: false, near: false }
    }
}

impl From<Measured> for Leaf {
    fn from(m: Measured) -> Leaf {
        Leaf { truth: m.truth, unasked: m.unasked, near: m.near }
    }
}

impl<'a> Context<'a> {
    /// What is known of a condition.
    pub fn eval(&self, condition: &Condition) -> Truth {
        self.eval_with(condition, None, None)
    }

    /// The same, but every test that rests on a question not asked yet is taken to come out so that the condition holds.
    pub fn eval_at_best(&self, condition: &Condition) -> Truth {
        self.eval_with(condition, None, Some(Truth::Yes))
    }

    /// The same, but every test that rests on a question not asked yet is taken to come out so that the condition
    /// fails: if it still does not, then an *unsure* answer leaves it open.
    pub fn eval_at_worst(&self, condition: &Condition) -> Truth {
        self.eval_with(condition, None, Some(Truth::No))
    }

    /// Is a ground of the law met, which is to say that it does not hold?
    pub fn ground(&self, place: u16) -> Truth {
        let clear = self.clear.get_or_init(|| self.pack.grounds.iter().map(|ground| self.eval(&ground.test)).collect());
        clear.get(usize::from(place)).copied().unwrap_or(Truth::Unknown)
    }

    fn eval_with(&self, condition: &Condition, entry: Option<&Entry>, unasked_as: Option<Truth>) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::Yes, |so_far, part| so_far.and(self.eval_with(part, entry, unasked_as))),
            Condition::Any(parts) => parts.iter().fold(Truth::No, |so_far, part| so_far.or(self.eval_with(part, entry, unasked_as))),
            Condition::Not(part) => self.eval_with(part, entry, unasked_as.map(Truth::negate)).negate(),
            Condition::Doubtful(part) => self.eval_with(part, entry, unasked_as).and(Truth::Unknown),
            Condition::Named(place) => {
                let known = self.known.get_or_init(|| vec![Default::default(); self.pack.conditions.len()]);
                let cell = known.get(usize::from(*place)).map(|known| match unasked_as {
                    None => &known.as_told,
                    Some(Truth::No) => &known.at_worst,
                    Some(_) => &known.at_best,
                });
                if let Some(truth) = cell.and_then(Cell::get) {
                    return truth;
                }
                // A named condition reads no field, so it is the same in every entry.
                let truth = self.named(*place).map_or(Truth::Unknown, |version| self.eval_with(&version.test, None, unasked_as));
                if let Some(cell) = cell {
                    cell.set(Some(truth));
                }
                truth
            }
            test => {
                let leaf = self.leaf(test, entry);
                match unasked_as {
                    Some(truth) if leaf.truth == Truth::Unknown && leaf.unasked => truth,
                    _ => leaf.truth,
                }
            }
        }
    }

    /// A named condition in the version in force; none outside its intervals.
    pub fn named(&self, place: u16) -> Option<&'a Version> {
        self.pack.conditions.get(usize::from(place))?.versions.iter().find(|version| version.in_force.contains(self.as_of))
    }

    /// A condition and all that it joins or names, part by part, but for the conditions that tests hold against entries. What
    /// `enter` refuses is passed over with everything in it.
    fn walk<'c>(&self, condition: &'c Condition, enter: impl Fn(&Condition) -> bool) -> impl Iterator<Item = &'c Condition>
    where
        'a: 'c,
    {
        let (mut next, mut ahead) = (Some(condition), Vec::new());
        std::iter::from_fn(move || {
            loop {
                let part = next.take().or_else(|| ahead.pop())?;
                if !enter(part) {
                    continue;
                }
                match part.parts() {
                    Parts::Joined(parts) => ahead.extend(parts.iter().rev()),
                    Parts::Named(place) => ahead.extend(self.named(place).map(|version| &version.test)),
                    Parts::OfEntries(_) | Parts::None => {}
                }
                return Some(part);
            }
        })
    }

    /// Every test of a condition.
    pub fn tests<'c>(&self, condition: &'c Condition) -> impl Iterator<Item = &'c Condition>
    where
        'a: 'c,
    {
        self.walk(condition, |_| true).filter(|part| part.is_test())
    }

    /// Every test of a condition that is unknown and that nothing above it has decided.
    pub fn unknown_tests<'c>(&self, condition: &'c Condition) -> Vec<&'c Condition>
    where
        'a: 'c,
    {
        let mut found = Vec::new();
        for test in self.walk(condition, |part| self.eval(part) == Truth::Unknown) {
            if !test.is_test() {
                continue;
            }
            // Where it is not known whether a fact applies, what that rests on comes first.
            for fact in self.facts_named(test) {
                if let Some(applies) = self.applies_when(fact).filter(|_| self.applies(fact) == Truth::Unknown) {
                    found.extend(self.unknown_tests(applies));
                }
            }
            found.push(test);
        }
        found
    }

    /// Does any test of the condition lie on a boundary?
    pub fn on_boundary(&self, condition: &Condition) -> bool {
        self.tests(condition).any(|test| self.leaf(test, None).near)
    }

    /// Does a test of an entry read a date fact that was not asked yet?
    fn not_asked_within(&self, condition: &Condition) -> bool {
        condition.facts(&self.pack.places).into_iter().any(|fact| *self.answer(fact) == Answer::NotAsked)
    }

    /// Does a test of an entry lie on a boundary?
    fn near_in(&self, condition: &Condition, entry: &Entry) -> bool {
        condition.walk().any(|part| self.leaf(part, Some(entry)).near)
    }

    fn rests_on_unasked(&self, condition: &Condition) -> bool {
        self.unknown_tests(condition).into_iter().any(|test| self.leaf(test, None).unasked)
    }

    /// The facts that a condition reads, each once, in the order of its tests.
    pub fn facts_of(&self, condition: &Condition) -> Vec<u16> {
        let mut facts = Vec::new();
        self.tests(condition).for_each(|test| facts.extend(self.facts_read(test)));
        distinct(facts)
    }

    /// The facts because of which a condition holds: of what may be either way, only what is so.
    pub fn facts_holding(&self, condition: &Condition) -> Vec<u16> {
        let mut facts = Vec::new();
        for part in self.walk(condition, |part| self.eval(part) == Truth::Yes) {
            match part {
                // It holds because nothing in it does.
                Condition::Not(not) => self.tests(not).for_each(|test| facts.extend(self.facts_named(test))),
                test if test.is_test() => facts.extend(self.facts_named(test)),
                _ => {}
            }
        }
        distinct(facts)
    }

    /// The facts that one test reads: those that it names, the papers that say what an entry is, what tells an entry elsewhere, and
    /// where nobody asked it yet, whether the person is here at all. For a fact that nobody told and that other answers say stand those.
    pub fn facts_read(&self, test: &Condition) -> Vec<u16> {
        let mut facts: Vec<u16> = self.facts_named(test).into_iter().flat_map(|fact| self.told_by(fact)).collect();
        let papers = facts.iter().filter_map(|fact| self.pack.facts.get(usize::from(*fact))).flat_map(|fact| &fact.reads_as);
        let papers: Vec<u16> = papers.map(|reading| reading.by).filter(|paper| self.may_apply(*paper)).collect();
        for fact in papers.into_iter().chain(self.told_with(&facts)) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        let here = matches!(test, Condition::ThisStay(_) | Condition::PresentSince { .. } | Condition::DaysInThisStay { .. });
        let in_us = self.pack.places.in_us;
        if here && *self.answer(in_us) == Answer::NotAsked {
            facts.push(in_us);
        }
        facts
    }

    /// A fact, or those that say it where nobody did. What nobody can know stands for itself.
    fn told_by(&self, fact: u16) -> Vec<u16> {
        let told = self.told.get(usize::from(fact)).is_some_and(|told| *told != Answer::NotAsked);
        let others = self.implied(fact).iter().filter(|_| !told).flat_map(|implied| self.facts_of(&implied.when)).collect::<Vec<_>>();
        if others.is_empty() { vec![fact] } else { distinct(others) }
    }

    /// The facts that tell, or may tell, an entry of one of these lists.
    fn told_with(&self, facts: &[u16]) -> Vec<u16> {
        let mut read = Vec::new();
        for told in self.pack.told.iter().filter(|told| facts.contains(&told.list)) {
            let itself =
                matches!(self.told.get(usize::from(told.list)), Some(Answer::Value(Value::List(entries))) if told.stands_in(entries));
            if !itself && self.eval(&told.when) != Truth::No {
                read.extend(self.facts_of(&told.when));
                read.extend(told.facts().filter(|fact| self.may_apply(*fact)));
            }
        }
        read
    }

    fn implied(&self, fact: u16) -> &'a [Implied] {
        self.pack.implied.get(usize::from(fact)).map_or(&[], Vec::as_slice)
    }

    /// Do other answers say a fact?
    pub fn is_implied(&self, fact: u16) -> bool {
        self.implied(fact).iter().any(|implied| self.eval(&implied.when) == Truth::Yes)
    }

    /// The facts that one test names. A measure that counts minors reads no birthday, and one that nothing protects from reads no
    /// protected period: which of them it is depends on the version in force.
    fn facts_named(&self, test: &Condition) -> Vec<u16> {
        let mut facts = test.facts(&self.pack.places);
        if let Some(measure) = test.measure() {
            let (birth, protected) = (self.pack.places.birth, self.pack.places.protected);
            let measure = self.measure(measure);
            let reads_birth = measure.is_some_and(|m| m.minors_until.is_some());
            let reads_protected = matches!(test, Condition::TimeToLeave { .. }) || measure.is_some_and(|m| m.protected != 0);
            facts.retain(|fact| (*fact != birth || reads_birth) && (*fact != protected || reads_protected));
        }
        facts
    }

    /// Nobody asked yet, but until somebody does, something is taken for so.
    pub fn assumed(&self, fact: usize) -> bool {
        self.assumed.get(fact).copied().unwrap_or(false)
    }

    /// The citations behind the named conditions and the measures that a condition uses.
    pub fn cites_of(&self, condition: &Condition) -> Vec<u16> {
        let mut cites: Vec<u16> = Vec::new();
        for part in self.walk(condition, |_| true) {
            match part.parts() {
                Parts::Named(place) => cites.extend_from_slice(self.named(place).map_or(&[], |version| &version.cite)),
                Parts::OfEntries(entry) => cites.extend_from_slice(&self.cites_of(entry)),
                Parts::Joined(_) | Parts::None => {}
            }
            let measure = part.measure().and_then(|measure| self.measure(measure));
            cites.extend_from_slice(measure.map_or(&[], |measure| &measure.cite));
        }
        cites
    }

    /// The question that answers a fact: the fact itself, or the event behind it.
    pub fn question_of(&self, fact: u16) -> u16 {
        self.behind.get(usize::from(fact)).copied().unwrap_or(fact)
    }

    /// The answer to a fact, as it counts.
    pub fn answer(&self, fact: u16) -> &Answer {
        self.answers.get(usize::from(fact)).unwrap_or(&Answer::NotAsked)
    }

    /// Does a fact apply to the family?
    pub fn applies(&self, fact: u16) -> Truth {
        self.whether_it_applies(fact).truth
    }

    /// Does a fact apply, as far as is known?
    pub fn may_apply(&self, fact: u16) -> bool {
        self.applies(fact) != Truth::No
    }

    fn whether_it_applies(&self, fact: u16) -> Applies {
        self.applies.get(usize::from(fact)).copied().unwrap_or(Applies::known(Truth::No))
    }

    /// Not asked, and not to be asked: the person is not sure of what it rests on, and so of this too.
    pub fn closed(&self, fact: u16) -> bool {
        self.whether_it_applies(fact).closed
    }

    /// Does a condition rest on an answer "not sure"? A date that is not exact can still be asked about.
    fn rests_on_unsure(&self, condition: &Condition) -> bool {
        let unsure = |fact: &u16| match self.answer(*fact) {
            Answer::Unsure => true,
            Answer::Value(Value::List(entries)) => {
                let given = || entries.iter().flatten();
                let inexact = |given: &Given| matches!(given, Given::Date(date) if date.range.day().is_none());
                given().any(|given| matches!(given, Given::Unsure | Given::OneOf { .. })) && !given().any(inexact)
            }
            _ => false,
        };
        self.unknown_tests(condition).into_iter().any(|test| self.facts_read(test).iter().any(unsure))
    }

    fn history(&self) -> &History<'a> {
        self.history.get_or_init(|| History::new(&self.pack.places, self.answers, self.as_of))
    }

    /// Did the person come for this route by name?
    pub fn asked_for(&self, route: &Route) -> bool {
        let named = self.pack.asked_for.map(|fact| self.answer(fact));
        matches!((named, route.asked_for), (Some(Answer::Value(Value::Set(named))), Some(option)) if has(*named, option))
    }

    /// What has to hold for a fact to apply.
    fn applies_when(&self, fact: u16) -> Option<&'a Condition> {
        self.pack.applies.get(usize::from(fact)).and_then(Option::as_ref)
    }

    fn measure(&self, place: u16) -> Option<&'a Measure> {
        let versions = self.pack.measures.get(usize::from(place))?;
        versions.iter().find(|m| m.from.is_none_or(|from| from <= self.as_of) && m.to.is_none_or(|to| self.as_of <= to))
    }

    /// The last day of a bar that holds because of this condition. A part that does not hold says nothing: twenty years after
    /// two removals are nobody's who was removed once.
    pub fn bar_until(&self, condition: &Condition) -> Option<Date> {
        if self.eval(condition) != Truth::Yes {
            return None;
        }
        match condition {
            Condition::All(parts) => parts.iter().filter_map(|part| self.bar_until(part)).min(),
            Condition::Any(parts) => parts.iter().filter_map(|part| self.bar_until(part)).max(),
            Condition::Named(place) => self.named(*place).and_then(|version| self.bar_until(&version.test)),
            test => {
                let (measure, counted) = test.counted()?;
                let (measure, history) = (self.measure(measure)?, self.history());
                match counted {
                    Counted::Bar { range, years, how } => history.bar_running(measure, range, years, how).until,
                    Counted::RemovalBar { kinds, years, at_least } => history.removal_bar_running(measure, kinds, years, at_least).until,
                    Counted::TimeToLeave { state, years } => history.time_to_leave(measure, state, years).until,
                    Counted::DaysInThisStay(_) | Counted::ReturnedAfter(_) | Counted::ReturnedAfterOrder => None,
                }
            }
        }
    }

    /// The last day of a span that a condition finds still running; of an inexact date the earliest that it can be. What is
    /// denied names no last day.
    pub fn last_day(&self, condition: &Condition) -> Option<Date> {
        self.last_day_in(condition, None)
    }

    fn last_day_in(&self, condition: &Condition, entry: Option<&Entry>) -> Option<Date> {
        let parts = self.walk(condition, |part| !matches!(part, Condition::Not(_)));
        parts.filter_map(|test| self.last_day_of(test, entry)).min()
    }

    fn last_day_of(&self, test: &Condition, entry: Option<&Entry>) -> Option<Date> {
        match test {
            Condition::ThisStay(part) => self.last_day_in(part, self.history().this_entry()),
            Condition::Count { list, entry: part, .. } => {
                let Answer::Value(Value::List(entries)) = self.answer(*list) else { return None };
                let running = entries.iter().filter(|entry| self.eval_with(part, Some(entry), None) == Truth::Yes);
                running.filter_map(|entry| self.last_day_in(part, Some(entry))).min()
            }
            // A date that may lie ahead is a last day itself; one that lies behind is only with a span.
            Condition::When { date: date @ (Moment::Fact(_, plus) | Moment::Field(_, plus)), rel, point: Moment::AsOf }
                if *plus != Span::ZERO || self.may_lie_ahead(*date) =>
            {
                let day = self.moment(*date, entry).ok()?.0.from;
                match rel {
                    Relation::OnOrAfter => Some(day),
                    Relation::After => Some(day.plus_days(-1)),
                    Relation::Before | Relation::OnOrBefore => None,
                }
            }
            // The day on which the count is full, if each day from now on counts.
            Condition::DaysInThisStay { measure, range } => {
                let end = range.end()?;
                let days = self.measure(*measure).and_then(|m| self.history().days_in_this_stay(m))?;
                Some(self.as_of.plus_days((end - days.max).max(0)))
            }
            _ => None,
        }
    }

    fn may_lie_ahead(&self, date: Moment) -> bool {
        matches!(date, Moment::Fact(fact, _) if self.pack.facts.get(usize::from(fact)).is_some_and(|fact| fact.ahead))
    }

    /// The days on which a count or a bar can turn, with the dates as they are.
    pub fn turning_days(&self, test: &Condition) -> Vec<Date> {
        let Some((measure, counted)) = test.counted() else { return Vec::new() };
        match counted {
            Counted::DaysInThisStay(range) => {
                let days = self.measure(measure).and_then(|m| self.history().days_in_this_stay(m));
                let ahead = |threshold: i32| days.map(|d| [threshold - d.min, threshold - d.max]);
                let ends = [Some(range.min), range.end().map(|end| end + 1)].into_iter().flatten();
                ends.filter_map(ahead).flatten().map(|n| self.as_of.plus_days(n)).collect()
            }
            Counted::Bar { years, .. } | Counted::RemovalBar { years, .. } => {
                self.history().departures().map(|left| left.plus(Span::years(years)).plus_days(1)).collect()
            }
            Counted::TimeToLeave { years, .. } => {
                let ends = self.measure(measure).map(|m| self.history().last_days_to_leave(m)).unwrap_or_default();
                let years = Span::years(years.unwrap_or(0));
                ends.into_iter().flat_map(|last| [last.plus_days(1), last.plus(years).plus_days(1)]).collect()
            }
            Counted::ReturnedAfter(_) | Counted::ReturnedAfterOrder => Vec::new(),
        }
    }

    fn leaf(&self, test: &Condition, entry: Option<&Entry>) -> Leaf {
        match test {
            Condition::Always => Leaf::of(Truth::Yes),
            Condition::Has { fact, options } => self.of_fact(*fact, |answer| match answer {
                Answer::Value(Value::Choice(option)) => Truth::from_bool(has(*options, *option)),
                Answer::Value(Value::Set(chosen)) => Truth::from_bool(chosen & options != 0),
                _ => Truth::Unknown,
            }),
            Condition::In { fact, other, countries } => self.of_fact(*fact, |answer| match answer {
                Answer::Value(Value::Countries(named)) => Truth::from_bool(named.iter().any(|c| countries.contains(c) != *other)),
                _ => Truth::Unknown,
            }),
            // That nobody asked yet is known: this rests on no question.
            Condition::Answered { fact } => Leaf::of(match self.answer(*fact) {
                Answer::Value(_) => Truth::Yes,
                Answer::Unsure | Answer::NoSuchDay => Truth::Unknown,
                Answer::NotAsked => Truth::No,
            }),
            Condition::When { date, rel, point } => self.when(*date, *rel, *point, entry),
            Condition::Count { list, entry: part, at_least } => {
                let entries = if let Answer::Value(Value::List(entries)) = self.answer(*list) { entries.as_slice() } else { &[] };
                let mut leaf = self.of_fact(*list, |answer| match answer {
                    Answer::Value(_) => self.count(*list, entries, part, usize::from(*at_least), None),
                    _ => Truth::Unknown,
                });
                // What was told and left open stays open, whatever else was not asked yet.
                let not_asked = |entry: &Entry| fields_of(part).into_iter().any(|field| not_asked(entry, field));
                let by_papers = || {
                    let at_worst = || self.count(*list, entries, part, usize::from(*at_least), Some(Truth::No));
                    entries.iter().any(not_asked) && at_worst() == Truth::No
                };
                leaf.unasked |= leaf.truth == Truth::Unknown && (self.not_asked_within(part) || by_papers());
                leaf.near = entries.iter().any(|entry| self.near_in(part, entry));
                leaf
            }
            Condition::ThisStay(part) => {
                let mut leaf: Leaf = self.history().in_this_stay(|entry| self.eval_with(part, Some(entry), None)).into();
                // A paper that nobody asked for yet says what a field is, where a test of it stays open: else it is the stay that
                // is, or another field of it. A field left out is as good as not sure: the stay was told, so nobody asks again.
                let not_said = |entry: &Entry| {
                    let open = part.walk().filter(|test| self.eval_with(test, Some(entry), None) == Truth::Unknown);
                    open.filter_map(Condition::field).any(|field| not_asked(entry, field))
                };
                let open_otherwise = leaf.truth != Truth::Unknown || self.history().open_by_an_untold_stay();
                leaf.unasked |= !open_otherwise && (self.history().this_entry().is_some_and(not_said) || self.not_asked_within(part));
                leaf.near |= self.history().this_entry().is_some_and(|entry| self.near_in(part, entry));
                leaf
            }
            Condition::Field { field, test } => {
                let leaf = Leaf::of(entry.map_or(Truth::Unknown, |entry| self.field(entry, *field, test)));
                Leaf { unasked: entry.is_some_and(|entry| not_asked(entry, *field)), ..leaf }
            }
            Condition::PresentSince { by, span, trips } => match self.moment(*by, entry) {
                Ok((by, there)) => {
                    let since = Approx { from: by.from.minus(*span), to: by.to.minus(*span) };
                    let mut leaf: Leaf = self.history().present_since(since, trips.as_ref()).into();
                    leaf.truth = leaf.truth.and(there);
                    leaf
                }
                Err(leaf) => leaf,
            },
            Condition::DaysInThisStay { measure, range } => self.measured(*measure, |m| self.history().in_range(m, *range)),
            Condition::BarRunning { measure, range, years, how } => {
                self.measured(*measure, |m| self.history().bar_running(m, *range, *years, *how))
            }
            Condition::ReturnedAfter { measure, range } => self.measured(*measure, |m| self.history().returned_after(m, *range)),
            Condition::ReturnedAfterOrder { measure } => self.measured(*measure, |m| self.history().returned_after_order(m)),
            Condition::RemovalBarRunning { measure, kinds, years, at_least } => {
                self.measured(*measure, |m| self.history().removal_bar_running(m, *kinds, *years, usize::from(*at_least)))
            }
            Condition::TimeToLeave { measure, state, years } => {
                self.measured(*measure, |m| self.history().time_to_leave(m, *state, *years))
            }
            Condition::ToldBeforeStays => self.history().told_before_stays().into(),
            Condition::LeftAnyway => self.history().left_anyway(self.answers).into(),
            Condition::AwayAgainstStays => self.history().away_against_stays().into(),
            Condition::StaysOutOfOrder => self.history().out_of_order(&self.pack.places, self.answers).into(),
            Condition::Door { states } => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| states & card.door.bit() != 0))),
            Condition::OnBoundary => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.on_boundary))),
            Condition::Stale => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.stale))),
            Condition::Unverified => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.unverified))),
            // Compound conditions are not tests; `eval_with` takes them apart.
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Doubtful(_) | Condition::Named(_) => {
                Leaf::of(Truth::Unknown)
            }
        }
    }

    /// A measure outside the intervals for which its parameters are known is unknown.
    fn measured(&self, place: u16, ask: impl Fn(&Measure) -> Measured) -> Leaf {
        self.measure(place).map_or(Leaf::of(Truth::Unknown), |measure| ask(measure).into())
    }

    /// A test of one fact, which is "no" where the fact does not apply.
    fn of_fact(&self, fact: u16, test: impl Fn(&Answer) -> Truth) -> Leaf {
        let applies = self.whether_it_applies(fact);
        let answer = self.answer(fact);
        let truth = if applies.truth == Truth::No { Truth::No } else { test(answer).and(applies.truth) };
        Leaf { truth, unasked: applies.unasked || *answer == Answer::NotAsked, near: false }
    }

    /// What is known of a date fact by the as-of date: `Err(No)` where it has not happened, else its range and
    /// whether it surely has.
    fn dated(&self, fact: u16) -> Result<(Dated, Truth), Leaf> {
        let ahead = self.pack.facts.get(usize::from(fact)).is_some_and(|f| f.ahead);
        let Applies { truth: applies, unasked, .. } = self.whether_it_applies(fact);
        match (self.answer(fact), applies) {
            (_, Truth::No) => Err(Leaf::of(Truth::No)),
            (Answer::Value(Value::Date(date)), _) if ahead => Ok((*date, applies)),
            (Answer::Value(Value::Date(date)), _) => match date.happened_by(self.as_of) {
                None => Err(Leaf::of(Truth::No)),
                Some(range) => {
                    let happened = Approx::on_or_before(date.range, Approx::exact(self.as_of));
                    Ok((Dated { range, ..*date }, happened.and(applies)))
                }
            },
            (answer, _) => Err(Leaf { truth: Truth::Unknown, unasked: unasked || *answer == Answer::NotAsked, near: false }),
        }
    }

    fn when(&self, date: Moment, rel: Relation, point: Moment, entry: Option<&Entry>) -> Leaf {
        let ((date, happened), (point, there)) = match (self.moment(date, entry), self.moment(point, entry)) {
            (Ok(date), Ok(point)) => (date, point),
            (Err(leaf), _) | (_, Err(leaf)) => return leaf,
        };
        let near = date.day().is_some() && date.day() == point.day();
        Leaf { truth: rel.holds(date, point).and(happened).and(there), unasked: false, near }
    }

    /// A moment, and whether it surely came to be.
    fn moment(&self, moment: Moment, entry: Option<&Entry>) -> Result<(Approx, Truth), Leaf> {
        match moment {
            Moment::Date(date) => Ok((Approx::exact(date), Truth::Yes)),
            Moment::AsOf => Ok((Approx::exact(self.as_of), Truth::Yes)),
            Moment::Fact(fact, plus) => self.dated(fact).map(|(date, happened)| (date.range.plus(plus), happened)),
            Moment::Field(field, plus) => match entry.and_then(|entry| entry.get(usize::from(field))) {
                Some(Given::Date(date)) => Ok((date.range.plus(plus), Truth::Yes)),
                Some(Given::No | Given::NotShown) => Err(Leaf::of(Truth::No)),
                // Another word in the place of a date, such as "as long as the status lasts", names no day.
                _ => Err(Leaf::of(Truth::Unknown)),
            },
        }
    }

    /// The one day that a moment names, where it names one.
    fn day_of(&self, moment: Moment) -> Option<Date> {
        self.moment(moment, None).ok().and_then(|(range, _)| range.day())
    }

    fn count(&self, list: u16, entries: &[Entry], test: &Condition, at_least: usize, unasked_as: Option<Truth>) -> Truth {
        let happened = self.pack.facts.get(usize::from(list)).and_then(|fact| fact.happened);
        let (mut sure, mut possible) = (0, 0);
        for entry in entries {
            let past = happened.map_or(Truth::Yes, |field| match entry.get(usize::from(field)) {
                Some(Given::Date(date)) => Approx::on_or_before(date.range, Approx::exact(self.as_of)),
                // Whoever lists it says that it happened; only the day is not known.
                _ => Truth::Yes,
            });
            // An entry that another answer may tell, and may not.
            let may_be_none = |given: &Given| matches!(given, Given::OneOf { options, .. } if options & NO_ENTRY != 0);
            let there = if entry.iter().any(may_be_none) { Truth::Unknown } else { Truth::Yes };
            match self.eval_with(test, Some(entry), unasked_as).and(past).and(there) {
                Truth::Yes => (sure, possible) = (sure + 1, possible + 1),
                Truth::Unknown => possible += 1,
                Truth::No => {}
            }
        }
        Truth::between(sure >= at_least, possible < at_least)
    }

    fn field(&self, entry: &Entry, field: u16, test: &FieldTest) -> Truth {
        let given = entry.get(usize::from(field)).copied().unwrap_or(Given::Absent);
        match (test, given) {
            // Nothing is true of what is not there.
            (_, Given::NotShown) => Truth::No,
            (FieldTest::Given, Given::Absent) => Truth::No,
            (FieldTest::Given, Given::Unsure) => Truth::Unknown,
            (FieldTest::Given, Given::No) => Truth::No,
            (FieldTest::Given, _) => Truth::Yes,
            (FieldTest::Options(mask), Given::Choice(option) | Given::Word(option)) => Truth::from_bool(has(*mask, option)),
            (FieldTest::Options(mask), Given::OneOf { options, .. }) => Truth::between(options & !mask == 0, options & mask == 0),
            // "no" is the only word of its field.
            (FieldTest::Options(mask), Given::No) => Truth::from_bool(has(*mask, 0)),
            (FieldTest::Options(mask), Given::Date(_)) => Truth::between(false, has(*mask, 0)),
            _ => Truth::Unknown,
        }
    }
}

/// Does the field rest on a paper that nobody asked for yet?
fn not_asked(entry: &Entry, field: u16) -> bool {
    matches!(entry.get(usize::from(field)), Some(Given::OneOf { asked: false, .. }))
}

/// The fields that a condition over an entry reads.
fn fields_of(condition: &Condition) -> Vec<u16> {
    condition.walk().filter_map(Condition::field).collect()
}
