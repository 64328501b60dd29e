//! The closed vocabulary in which rules are written, and its evaluation.
//!
//! Every word is here with its meaning; there is no expression language and no way out of it. A test that reads a
//! fact that does not apply is "no", and unknown while it is not known whether the fact applies.

use crate::date::{Approx, Date, Span};
use crate::fact::{Answer, Country, Dated, Entry, Fact, Given, Since, ToldBy, Value};
use crate::pack::{DoorState, Pack};
use crate::stay::{History, Measure, Measured, Range, TimeToLeave, Trips, carry_out_orders, has};
use crate::truth::Truth;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, OnceCell};

/// A condition of the rules. Facts, fields, options, measures and conditions are named by their place in the pack;
/// several options are a bit mask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    Always,
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A named condition of the pack, in the version in force.
    Named(u16),
    /// The answer to a yes-no, a choice or a set is, or includes, one of the options.
    Has {
        fact: u16,
        options: u32,
    },
    /// One of the countries named is in the list, or, for `other`, one is not.
    In {
        fact: u16,
        other: bool,
        countries: Vec<Country>,
    },
    /// One moment against another. "At least two years by the as-of date" is: the date and two years, on or before it.
    When {
        date: Moment,
        rel: Relation,
        point: Moment,
    },
    /// At least `at_least` entries of a list pass.
    Count {
        list: u16,
        entry: Box<Condition>,
        at_least: u16,
    },
    /// The stay that the person is in passes; no outside the US.
    ThisStay(Box<Condition>),
    /// A field of the entry under test.
    Field {
        field: u16,
        test: FieldTest,
    },
    /// Here a span before a moment, or at the moment itself, and ever since.
    PresentSince {
        by: Moment,
        span: Span,
        trips: Option<Trips>,
    },
    DaysInThisStay {
        measure: u16,
        range: Range,
    },
    BarRunning {
        measure: u16,
        range: Range,
        years: i32,
        how: u32,
    },
    ReturnedAfter {
        measure: u16,
        range: Range,
    },
    ReturnedAfterOrder {
        measure: u16,
    },
    /// A day away that was told elsewhere (a departure, a stop at the border) lies inside a stay.
    AwayWithinStay,
    /// "Never left after it" was said of an order or a time to leave, and a stay ended on that day or later.
    LeftAnyway,
    /// A time to leave or a protected period began before the first entry that was told.
    ToldBeforeStays,
    /// A bar of years still runs after an order of one of these kinds was carried out, with at least so many orders in all.
    RemovalBarRunning {
        measure: u16,
        kinds: u32,
        years: i32,
        at_least: u16,
    },
    /// A time to leave runs, was overstayed or was left too late; with years, only while they run from its last day on.
    TimeToLeave {
        measure: u16,
        state: TimeToLeave,
        years: Option<i32>,
    },
    /// The stays contradict each other: one ends before it begins, or begins before the last one ended.
    StaysOutOfOrder,
    /// About the card: its door is in one of these states.
    Door {
        states: u32,
    },
    /// About the card: a date exactly on a boundary, or a count within a day of one, decided something.
    OnBoundary,
    /// About the card: its door's state was last confirmed too long ago.
    Stale,
    /// About the card: something on it rests on a statement that nobody has checked against a source.
    Unverified,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldTest {
    Options(u32),
    /// The field says anything at all.
    Given,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Relation {
    Before,
    OnOrBefore,
    OnOrAfter,
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    Date(Date),
    AsOf,
    /// A date fact, and a span later.
    Fact(u16, Span),
    /// A field of the entry under test, and a span later.
    Field(u16, Span),
}

/// What a test of the card, rather than of the family, reads.
#[derive(Clone, Copy)]
pub struct CardFlags {
    pub door: DoorState,
    pub on_boundary: bool,
    pub stale: bool,
    pub unverified: bool,
}

/// Everything that evaluation reads.
pub struct Context<'a> {
    pub pack: &'a Pack,
    pub as_of: Date,
    answers: &'a [Answer],
    /// Does the fact apply? Unknown with `true` where that rests on a question not asked yet.
    applies: &'a [(Truth, bool)],
    /// The fact to ask for to know another: itself, or the date of the event behind it.
    behind: &'a [u16],
    /// Not asked yet, and taken for something until it is.
    assumed: &'a [bool],
    /// Read only where a test asks for it: most guards of facts do not.
    history: OnceCell<History<'a>>,
    /// What named conditions came out as, for each way of taking a question not asked yet: many routes use the same ones.
    known: OnceCell<Vec<[Cell<Option<Truth>>; 3]>>,
    pub card: Option<CardFlags>,
}

/// A question about a known but inexact date that would settle a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharper {
    pub fact: u16,
    /// For a list: the entry and its field.
    pub place: Option<(usize, u16)>,
    pub relation: Relation,
    pub date: Date,
    pub stated: Approx,
}

/// A line that a date can be held against, of a fact or of a field of the stay that the person is in: one question at the most.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub fact: u16,
    pub field: Option<u16>,
    at: Cut,
}

/// Where a line lies: after a day, or at a moment that is not known yet.
#[derive(Clone, PartialEq)]
enum Cut {
    After(Date),
    At(Moment, Span),
}

/// A test without parts, as evaluated.
struct Leaf {
    truth: Truth,
    open: bool,
    near: bool,
}

impl Leaf {
    fn of(truth: Truth) -> Leaf {
        Leaf { truth, open: false, near: false }
    }
}

impl From<Measured> for Leaf {
    fn from(m: Measured) -> Leaf {
        Leaf { truth: m.truth, open: m.open, near: m.near }
    }
}

/// Answers with those left out that do not apply, those filled in that another answer implies, and whether each
/// fact applies.
pub struct Effective {
    answers: Vec<Answer>,
    applies: Vec<(Truth, bool)>,
    behind: Vec<u16>,
    assumed: Vec<bool>,
}

impl Effective {
    /// Works through the facts in order: a fact's guard reads only facts before it.
    pub fn new(pack: &Pack, answers: &[Answer], as_of: Date) -> Effective {
        let mut so_far = Effective { answers: Vec::new(), applies: Vec::new(), behind: Vec::new(), assumed: Vec::new() };
        for (index, fact) in pack.facts.iter().enumerate() {
            let mut behind = u16::try_from(index).unwrap_or(u16::MAX);
            let guard = pack.applies.get(index).and_then(Option::as_ref);
            let applies = guard.map_or((Truth::Yes, false), |guard| {
                let context = so_far.context(pack, as_of);
                (context.eval(guard), context.rests_on_open(guard))
            });
            let mut answer = answers.get(index).cloned().unwrap_or(Answer::NotAsked);
            if let (Answer::NotAsked, Some(implied)) = (&answer, &fact.implied) {
                answer = match so_far.answers.get(usize::from(implied.fact)) {
                    Some(Answer::Value(Value::Choice(option))) if *option == implied.when => Answer::Value(Value::Choice(implied.option)),
                    Some(Answer::NotAsked) | None => Answer::NotAsked,
                    // The other question has its own caution; nobody is told five times of what was not said in detail.
                    Some(_) => Answer::NotAsked,
                };
            }
            if let (Answer::NotAsked, Some(told)) = (&answer, &fact.told_by)
                && let Some(date) = told_elsewhere(told, &so_far.answers)
            {
                answer = Answer::Value(Value::Date(date));
            }
            if let Answer::Value(Value::Choice(option)) = answer
                && let Some((date, before)) = not_yet(&fact.since, option, answers, as_of)
            {
                (answer, behind) = (before, date);
            }
            // What stands until somebody asks; where nobody could say whether it applies, nobody could say this either.
            let assumed = fact.until_asked.filter(|_| answer == Answer::NotAsked);
            answer = match (assumed, applies) {
                (Some(options), (Truth::Yes, _)) => Answer::Value(Value::Set(options)),
                (Some(_), (Truth::Unknown, false)) => Answer::Unsure,
                _ => answer,
            };
            // What does not apply is as good as never said.
            so_far.answers.push(if applies.0 == Truth::No { Answer::NotAsked } else { answer });
            so_far.applies.push(applies);
            so_far.behind.push(behind);
            so_far.assumed.push(assumed.is_some() && applies.0 != Truth::No);
        }
        so_far.read_with_papers(pack);
        carry_out_orders(&pack.places, &mut so_far.answers, as_of);
        so_far
    }

    /// The answers as they were given on a day: nothing left out, nothing filled in, and only a choice that an event made what
    /// it is goes back to what it was before that event. For what contradicts itself, not for the law.
    pub fn as_given(pack: &Pack, answers: &[Answer], as_of: Date) -> Effective {
        let places = 0..pack.facts.len();
        let given = |(fact, answer): (&Fact, &Answer)| match answer {
            Answer::Value(Value::Choice(option)) => {
                not_yet(&fact.since, *option, answers, as_of).map_or_else(|| answer.clone(), |(_, before)| before)
            }
            answer => answer.clone(),
        };
        Effective {
            answers: pack.facts.iter().zip(answers.iter().chain(std::iter::repeat(&Answer::NotAsked))).map(given).collect(),
            applies: vec![(Truth::Yes, false); pack.facts.len()],
            behind: places.filter_map(|place| u16::try_from(place).ok()).collect(),
            assumed: vec![false; pack.facts.len()],
        }
    }

    /// Some options of an entry are what a paper says they are: the option is written over with what the other answer makes
    /// of it. Only the last entry is the one that the paper speaks of; of an earlier one nobody has seen the paper.
    fn read_with_papers(&mut self, pack: &Pack) {
        for (place, fact) in pack.facts.iter().enumerate() {
            for reading in &fact.reads_as {
                let any = reading.options.iter().fold(0, |mask, (_, options)| mask | options);
                let paper = match self.answers.get(usize::from(reading.by)) {
                    Some(Answer::Value(Value::Choice(option))) => {
                        let options = reading.options.iter().find(|(paper, _)| paper == option).map_or(any, |(_, options)| *options);
                        Given::one_of(options, true)
                    }
                    Some(Answer::NotAsked) | None => Given::one_of(any, false),
                    Some(_) => Given::one_of(any, true),
                };
                let itself = has(any, reading.option);
                let Some(Answer::Value(Value::List(entries))) = self.answers.get_mut(place) else { continue };
                let last = entries.len().saturating_sub(1);
                for (at, entry) in entries.iter_mut().enumerate() {
                    let Some(given) = entry.get_mut(usize::from(reading.field)) else { continue };
                    if *given == Given::Choice(reading.option) {
                        match (at == last, itself) {
                            (true, _) => *given = paper,
                            (false, false) => *given = Given::one_of(any, true),
                            (false, true) => {}
                        }
                    }
                }
            }
        }
    }

    pub fn context<'a>(&'a self, pack: &'a Pack, as_of: Date) -> Context<'a> {
        let (history, known) = (OnceCell::new(), OnceCell::new());
        let Effective { answers, applies, behind, assumed } = self;
        Context { pack, as_of, answers, applies, behind, assumed, history, known, card: None }
    }
}

/// The latest date that the entries of another list tell of a date fact.
fn told_elsewhere(told: &ToldBy, answers: &[Answer]) -> Option<Dated> {
    let Some(Answer::Value(Value::List(entries))) = answers.get(usize::from(told.list)) else { return None };
    let mine = entries.iter().filter(|entry| entry.get(usize::from(told.kind)) == Some(&Given::Choice(told.option)));
    let dates = mine.filter_map(|entry| match entry.get(usize::from(told.field)) {
        Some(Given::Date(date)) => Some(*date),
        _ => None,
    });
    dates.max_by_key(|date| date.range.to)
}

/// For a choice that an event made what it is, where the event is not surely past on the as-of date: the date of the
/// event, and the answer as of that day.
fn not_yet(since: &[Since], option: u8, answers: &[Answer], as_of: Date) -> Option<(u16, Answer)> {
    since.iter().filter(|event| event.when.is_none_or(|when| when == option)).find_map(|event| {
        let Some(Answer::Value(Value::Date(date))) = answers.get(usize::from(event.date)) else { return None };
        match (Approx::on_or_before(date.range, Approx::exact(as_of)), event.before) {
            (Truth::Yes, _) => None,
            (Truth::No, Some(before)) => Some((event.date, Answer::Value(Value::Choice(before)))),
            _ => Some((event.date, Answer::Unsure)),
        }
    })
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

    fn eval_with(&self, condition: &Condition, entry: Option<&Entry>, open_as: Option<Truth>) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::Yes, |so_far, part| so_far.and(self.eval_with(part, entry, open_as))),
            Condition::Any(parts) => parts.iter().fold(Truth::No, |so_far, part| so_far.or(self.eval_with(part, entry, open_as))),
            Condition::Not(part) => self.eval_with(part, entry, open_as.map(Truth::negate)).negate(),
            Condition::Named(place) => {
                let known = self.known.get_or_init(|| vec![Default::default(); self.pack.conditions.len()]);
                let way = open_as.map_or(0, |truth| if truth == Truth::No { 1 } else { 2 });
                let cell = known.get(usize::from(*place)).and_then(|ways| ways.get(way));
                if let Some(truth) = cell.and_then(Cell::get) {
                    return truth;
                }
                // A named condition reads no field, so it is the same in every entry.
                let truth = self.named(*place).map_or(Truth::Unknown, |part| self.eval_with(part, None, open_as));
                if let Some(cell) = cell {
                    cell.set(Some(truth));
                }
                truth
            }
            test => {
                let leaf = self.leaf(test, entry);
                match open_as {
                    Some(truth) if leaf.truth == Truth::Unknown && leaf.open => truth,
                    _ => leaf.truth,
                }
            }
        }
    }

    /// A named condition in the version in force; none outside its intervals.
    fn named(&self, place: u16) -> Option<&'a Condition> {
        let versions = &self.pack.conditions.get(usize::from(place))?.versions;
        versions.iter().find(|v| v.in_force.contains(self.as_of)).map(|v| &v.test)
    }

    /// Every test of a condition that is unknown and that nothing above it has decided.
    pub fn unknown_tests(&self, condition: &'a Condition, visit: &mut dyn FnMut(&'a Condition)) {
        if self.eval(condition) != Truth::Unknown {
            return;
        }
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.unknown_tests(part, visit)),
            Condition::Not(part) => self.unknown_tests(part, visit),
            Condition::Named(place) => {
                if let Some(part) = self.named(*place) {
                    self.unknown_tests(part, visit);
                }
            }
            test => {
                for fact in self.facts_named(test) {
                    if let Some(guard) = self.guard(fact).filter(|_| self.applies(fact).0 == Truth::Unknown) {
                        self.unknown_tests(guard, visit);
                    }
                }
                visit(test);
            }
        }
    }

    /// Every test of a condition.
    pub fn tests(&self, condition: &'a Condition, visit: &mut dyn FnMut(&'a Condition)) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.tests(part, visit)),
            Condition::Not(part) => self.tests(part, visit),
            Condition::Named(place) => {
                if let Some(part) = self.named(*place) {
                    self.tests(part, visit);
                }
            }
            test => visit(test),
        }
    }

    /// Does any test of the condition lie on a boundary?
    pub fn on_boundary(&self, condition: &'a Condition) -> bool {
        let mut near = false;
        self.tests(condition, &mut |test| near |= self.leaf(test, None).near);
        near
    }

    /// Does a test of an entry read a date fact that was not asked yet?
    fn not_asked_within(&self, condition: &Condition) -> bool {
        let mut facts = Vec::new();
        facts_within(condition, &mut facts);
        facts.into_iter().any(|fact| *self.answer(fact) == Answer::NotAsked)
    }

    /// Does a test of an entry lie on a boundary?
    fn near_in(&self, condition: &Condition, entry: &Entry) -> bool {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| self.near_in(part, entry)),
            Condition::Not(part) => self.near_in(part, entry),
            test => self.leaf(test, Some(entry)).near,
        }
    }

    fn rests_on_open(&self, condition: &'a Condition) -> bool {
        let mut open = false;
        self.unknown_tests(condition, &mut |test| open |= self.leaf(test, None).open);
        open
    }

    /// The facts that a condition reads, each once, in the order of its tests.
    pub fn facts_of(&self, condition: &'a Condition) -> Vec<u16> {
        let mut facts = Vec::new();
        self.tests(condition, &mut |test| {
            for fact in self.facts_read(test) {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
        });
        facts
    }

    /// The facts because of which a condition holds: of what may be either way, only what is so.
    pub fn facts_holding(&self, condition: &'a Condition) -> Vec<u16> {
        let parts: Vec<&Condition> = match condition {
            Condition::All(parts) => parts.iter().collect(),
            Condition::Any(parts) => parts.iter().filter(|part| self.eval(part) == Truth::Yes).collect(),
            whole => {
                let mut facts = Vec::new();
                self.tests(whole, &mut |test| facts.extend(self.facts_named(test)));
                return facts;
            }
        };
        let mut facts = Vec::new();
        for fact in parts.into_iter().flat_map(|part| self.facts_holding(part)) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        facts
    }

    /// The facts that one test reads: those that it names, the papers that say what an entry is, and where nobody asked it yet,
    /// whether the person is here at all. A fact that another question answers stands for that question.
    pub fn facts_read(&self, test: &Condition) -> Vec<u16> {
        let mut facts = self.facts_named(test);
        let papers = facts.iter().filter_map(|fact| self.pack.facts.get(usize::from(*fact))).flat_map(|fact| &fact.reads_as);
        let papers: Vec<u16> = papers.map(|reading| reading.by).filter(|paper| self.applies(*paper).0 != Truth::No).collect();
        for paper in papers {
            if !facts.contains(&paper) {
                facts.push(paper);
            }
        }
        let here = matches!(test, Condition::ThisStay(_) | Condition::PresentSince { .. } | Condition::DaysInThisStay { .. });
        let in_us = self.pack.places.in_us;
        if here && *self.answer(in_us) == Answer::NotAsked {
            facts.push(in_us);
        }
        facts
    }

    fn facts_named(&self, test: &Condition) -> Vec<u16> {
        let p = &self.pack.places;
        let counting = |measure: &u16, facts: &mut Vec<u16>| {
            if let Some(m) = self.measure(*measure) {
                facts.extend(m.minors_until.map(|_| p.birth));
                facts.extend((m.protected != 0).then_some(p.protected));
            }
        };
        let mut facts = Vec::new();
        match test {
            Condition::Has { fact, .. } | Condition::In { fact, .. } => facts.push(*fact),
            Condition::When { date, point, .. } => facts.extend([date, point].into_iter().filter_map(Moment::fact)),
            Condition::Count { list, entry, .. } => {
                facts.push(*list);
                facts_within(entry, &mut facts);
            }
            Condition::ThisStay(part) => {
                facts.push(p.stays);
                facts_within(part, &mut facts);
            }
            Condition::PresentSince { by, .. } => {
                facts.push(p.stays);
                facts.extend(by.fact());
            }
            Condition::DaysInThisStay { measure, .. } | Condition::BarRunning { measure, .. } => {
                facts.push(p.stays);
                counting(measure, &mut facts);
            }
            Condition::ReturnedAfter { measure, .. } => {
                facts.extend([p.stays, p.contacts]);
                counting(measure, &mut facts);
            }
            Condition::ReturnedAfterOrder { .. } => facts.extend([p.stays, p.contacts, p.orders]),
            Condition::RemovalBarRunning { .. } => facts.extend([p.stays, p.orders]),
            Condition::TimeToLeave { .. } => facts.extend([p.leave, p.stays, p.protected]),
            Condition::ToldBeforeStays => facts.extend([p.stays, p.leave, p.protected]),
            Condition::LeftAnyway => facts.extend([p.stays, p.leave, p.orders]),
            Condition::AwayWithinStay => facts.extend([p.stays, p.leave, p.orders, p.contacts]),
            Condition::StaysOutOfOrder => facts.push(p.stays),
            _ => {}
        }
        facts
    }

    /// Nobody asked yet, but until somebody does, something is taken for so.
    pub fn assumed(&self, fact: usize) -> bool {
        self.assumed.get(fact).copied().unwrap_or(false)
    }

    /// The citations behind the named conditions and the measures that a condition uses.
    pub fn cites_of(&self, condition: &'a Condition, cites: &mut Vec<u16>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.cites_of(part, cites)),
            Condition::Not(part) | Condition::ThisStay(part) => self.cites_of(part, cites),
            Condition::Named(place) => {
                let versions = self.pack.conditions.get(usize::from(*place)).map(|named| named.versions.as_slice());
                if let Some(version) = versions.unwrap_or(&[]).iter().find(|v| v.in_force.contains(self.as_of)) {
                    cites.extend(&version.cite);
                    self.cites_of(&version.test, cites);
                }
            }
            Condition::DaysInThisStay { measure, .. }
            | Condition::BarRunning { measure, .. }
            | Condition::ReturnedAfter { measure, .. }
            | Condition::RemovalBarRunning { measure, .. }
            | Condition::TimeToLeave { measure, .. }
            | Condition::ReturnedAfterOrder { measure } => cites.extend(self.measure(*measure).into_iter().flat_map(|m| &m.cite)),
            _ => {}
        }
    }

    /// The question that answers a fact: the fact itself, the one that implies it, or the event behind it.
    pub fn question_of(&self, fact: u16) -> u16 {
        let fact = self.behind.get(usize::from(fact)).copied().unwrap_or(fact);
        self.pack.facts.get(usize::from(fact)).and_then(|f| f.implied.as_ref()).map_or(fact, |implied| implied.fact)
    }

    pub fn answer(&self, fact: u16) -> &Answer {
        self.answers.get(usize::from(fact)).unwrap_or(&Answer::NotAsked)
    }

    pub fn applies(&self, fact: u16) -> (Truth, bool) {
        self.applies.get(usize::from(fact)).copied().unwrap_or((Truth::No, false))
    }

    fn history(&self) -> &History<'a> {
        self.history.get_or_init(|| History::new(&self.pack.places, self.answers, self.as_of))
    }

    fn guard(&self, fact: u16) -> Option<&'a Condition> {
        self.pack.applies.get(usize::from(fact)).and_then(Option::as_ref)
    }

    fn measure(&self, place: u16) -> Option<&'a Measure> {
        let versions = self.pack.measures.get(usize::from(place))?;
        versions.iter().find(|m| m.from.is_none_or(|from| from <= self.as_of) && m.to.is_none_or(|to| self.as_of <= to))
    }

    /// The last day of a bar that holds because of this condition. A part that does not hold says nothing: twenty years after
    /// two removals are nobody's who was removed once.
    pub fn bar_until(&self, condition: &'a Condition) -> Option<Date> {
        if self.eval(condition) != Truth::Yes {
            return None;
        }
        match condition {
            Condition::All(parts) => parts.iter().filter_map(|part| self.bar_until(part)).min(),
            Condition::Any(parts) => parts.iter().filter_map(|part| self.bar_until(part)).max(),
            Condition::Named(place) => self.named(*place).and_then(|part| self.bar_until(part)),
            Condition::BarRunning { measure, range, years, how } => {
                self.measure(*measure).and_then(|m| self.history().bar_running(m, *range, *years, *how).until)
            }
            Condition::RemovalBarRunning { measure, kinds, years, at_least } => {
                self.measure(*measure).and_then(|m| self.history().removal_bar_running(m, *kinds, *years, usize::from(*at_least)).until)
            }
            Condition::TimeToLeave { measure, state, years } => {
                self.measure(*measure).and_then(|m| self.history().time_to_leave(m, *state, *years).until)
            }
            _ => None,
        }
    }

    /// The last day of a span that a condition finds still running; of an inexact date the earliest that it can be.
    pub fn last_day(&self, condition: &Condition, entry: Option<&Entry>) -> Option<Date> {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().filter_map(|part| self.last_day(part, entry)).min(),
            Condition::Named(place) => self.named(*place).and_then(|part| self.last_day(part, None)),
            Condition::ThisStay(part) => self.last_day(part, self.history().this_entry()),
            Condition::Count { list, entry: part, .. } => {
                let Answer::Value(Value::List(entries)) = self.answer(*list) else { return None };
                let running = entries.iter().filter(|entry| self.eval_with(part, Some(entry), None) == Truth::Yes);
                running.filter_map(|entry| self.last_day(part, Some(entry))).min()
            }
            // A date that may lie ahead is a last day itself; one that lies behind is only with a span.
            Condition::When { date: date @ (Moment::Fact(_, plus) | Moment::Field(_, plus)), rel, point: Moment::AsOf }
                if *plus != Span::ZERO || self.may_lie_ahead(*date) =>
            {
                let day = self.moment(*date, entry).ok()?.0.from;
                match rel {
                    Relation::OnOrAfter => Some(day),
                    Relation::After => Some(day.plus_days(-1)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn may_lie_ahead(&self, date: Moment) -> bool {
        matches!(date, Moment::Fact(fact, _) if self.pack.facts.get(usize::from(fact)).is_some_and(|fact| fact.ahead))
    }

    /// The days on which a count or a bar can turn, with the dates as they are.
    pub fn turning_days(&self, test: &Condition) -> Vec<Date> {
        match test {
            Condition::DaysInThisStay { measure, range } => {
                let days = self.measure(*measure).and_then(|m| self.history().days_in_this_stay(m));
                let ahead = |threshold: i32| days.map(|d| [threshold - d.min, threshold - d.max]);
                let ends = [range.min, range.max.saturating_add(1)].into_iter().filter(|t| *t < 10_000);
                ends.filter_map(ahead).flatten().map(|n| self.as_of.plus_days(n)).collect()
            }
            Condition::BarRunning { years, .. } | Condition::RemovalBarRunning { years, .. } => {
                self.history().departures().map(|left| left.plus(Span::years(*years)).plus_days(1)).collect()
            }
            Condition::TimeToLeave { measure, years, .. } => {
                let ends = self.measure(*measure).map(|m| self.history().last_days_to_leave(m)).unwrap_or_default();
                let years = Span::years(years.unwrap_or(0));
                ends.into_iter().flat_map(|last| [last.plus_days(1), last.plus(years).plus_days(1)]).collect()
            }
            _ => Vec::new(),
        }
    }

    fn leaf(&self, test: &Condition, entry: Option<&Entry>) -> Leaf {
        match test {
            Condition::Always => Leaf::of(Truth::Yes),
            Condition::Has { fact, options } => self.guarded(*fact, |answer| match answer {
                Answer::Value(Value::Choice(option)) => Truth::from_bool(has(*options, *option)),
                Answer::Value(Value::Set(chosen)) => Truth::from_bool(chosen & options != 0),
                _ => Truth::Unknown,
            }),
            Condition::In { fact, other, countries } => self.guarded(*fact, |answer| match answer {
                Answer::Value(Value::Countries(named)) => Truth::from_bool(named.iter().any(|c| countries.contains(c) != *other)),
                _ => Truth::Unknown,
            }),
            Condition::When { date, rel, point } => self.when(*date, *rel, *point, entry),
            Condition::Count { list, entry: part, at_least } => {
                let entries = if let Answer::Value(Value::List(entries)) = self.answer(*list) { entries.as_slice() } else { &[] };
                let mut leaf = self.guarded(*list, |answer| match answer {
                    Answer::Value(_) => self.count(*list, entries, part, usize::from(*at_least)),
                    _ => Truth::Unknown,
                });
                let not_asked = |entry: &Entry| fields_of(part).iter().any(|field| not_asked(entry, *field));
                leaf.open |= leaf.truth == Truth::Unknown && (self.not_asked_within(part) || entries.iter().any(not_asked));
                leaf.near = entries.iter().any(|entry| self.near_in(part, entry));
                leaf
            }
            Condition::ThisStay(part) => {
                let mut leaf: Leaf = self.history().in_this_stay(|entry| self.eval_with(part, Some(entry), None)).into();
                // A field left out is as good as not asked.
                let not_said = |entry: &Entry| {
                    fields_of(part).iter().any(|field| entry.get(usize::from(*field)) == Some(&Given::Absent) || not_asked(entry, *field))
                };
                leaf.open |=
                    leaf.truth == Truth::Unknown && (self.history().this_entry().is_some_and(not_said) || self.not_asked_within(part));
                leaf.near |= self.history().this_entry().is_some_and(|entry| self.near_in(part, entry));
                leaf
            }
            Condition::Field { field, test } => Leaf::of(entry.map_or(Truth::Unknown, |entry| self.field(entry, *field, test))),
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
            Condition::AwayWithinStay => self.history().away_within_stay().into(),
            Condition::StaysOutOfOrder => self.history().out_of_order(&self.pack.places, self.answers).into(),
            Condition::Door { states } => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| states & card.door.bit() != 0))),
            Condition::OnBoundary => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.on_boundary))),
            Condition::Stale => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.stale))),
            Condition::Unverified => Leaf::of(Truth::from_bool(self.card.is_some_and(|card| card.unverified))),
            // Compound conditions are not tests; `eval_with` takes them apart.
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Named(_) => Leaf::of(Truth::Unknown),
        }
    }

    /// A measure outside the intervals for which its parameters are known is unknown.
    fn measured(&self, place: u16, ask: impl Fn(&Measure) -> Measured) -> Leaf {
        self.measure(place).map_or(Leaf::of(Truth::Unknown), |measure| ask(measure).into())
    }

    /// A test of one fact, under the fact's own guard.
    fn guarded(&self, fact: u16, test: impl Fn(&Answer) -> Truth) -> Leaf {
        let (applies, open) = self.applies(fact);
        let answer = self.answer(fact);
        let truth = if applies == Truth::No { Truth::No } else { test(answer).and(applies) };
        Leaf { truth, open: open || *answer == Answer::NotAsked, near: false }
    }

    /// What is known of a date fact by the as-of date: `Err(No)` where it has not happened, else its range and
    /// whether it surely has.
    fn dated(&self, fact: u16) -> Result<(Dated, Truth), Leaf> {
        let ahead = self.pack.facts.get(usize::from(fact)).is_some_and(|f| f.ahead);
        let (applies, open) = self.applies(fact);
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
            (answer, _) => Err(Leaf { truth: Truth::Unknown, open: open || *answer == Answer::NotAsked, near: false }),
        }
    }

    fn when(&self, date: Moment, rel: Relation, point: Moment, entry: Option<&Entry>) -> Leaf {
        let ((date, happened), (point, there)) = match (self.moment(date, entry), self.moment(point, entry)) {
            (Ok(date), Ok(point)) => (date, point),
            (Err(leaf), _) | (_, Err(leaf)) => return leaf,
        };
        let near = date.day().is_some() && date.day() == point.day();
        Leaf { truth: rel.holds(date, point).and(happened).and(there), open: false, near }
    }

    /// A moment, and whether it surely came to be.
    fn moment(&self, moment: Moment, entry: Option<&Entry>) -> Result<(Approx, Truth), Leaf> {
        match moment {
            Moment::Date(date) => Ok((Approx::exact(date), Truth::Yes)),
            Moment::AsOf => Ok((Approx::exact(self.as_of), Truth::Yes)),
            Moment::Fact(fact, plus) => self.dated(fact).map(|(date, happened)| (date.range.plus(plus), happened)),
            Moment::Field(field, plus) => match entry.and_then(|entry| entry.get(usize::from(field))) {
                Some(Given::Date(date)) => Ok((date.range.plus(plus), Truth::Yes)),
                Some(Given::No) => Err(Leaf::of(Truth::No)),
                // Another word in the place of a date, such as "as long as the status lasts", names no day.
                _ => Err(Leaf::of(Truth::Unknown)),
            },
        }
    }

    /// The one day that a moment names, where it names one.
    fn day_of(&self, moment: Moment) -> Option<Date> {
        self.moment(moment, None).ok().and_then(|(range, _)| range.day())
    }

    fn count(&self, list: u16, entries: &[Entry], test: &Condition, at_least: usize) -> Truth {
        let happened = self.pack.facts.get(usize::from(list)).and_then(|fact| fact.happened);
        let (mut sure, mut possible) = (0, 0);
        for entry in entries {
            let past = happened.map_or(Truth::Yes, |field| match entry.get(usize::from(field)) {
                Some(Given::Date(date)) => Approx::on_or_before(date.range, Approx::exact(self.as_of)),
                // Whoever lists it says that it happened; only the day is not known.
                _ => Truth::Yes,
            });
            match self.eval_with(test, Some(entry), None).and(past) {
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

    /// The questions about inexact dates that would settle an unknown test.
    pub fn sharper(&self, test: &Condition) -> Vec<Sharper> {
        // A date that the person is not sure of at all can still lie on one side of the line.
        let unknown = Dated::new(Approx { from: Date::MIN, to: self.as_of });
        let whole = |fact: u16, relation: Relation, date: Date| {
            let stated = if *self.answer(fact) == Answer::Unsure { unknown } else { self.dated(fact).ok()?.0 };
            sharpen(fact, None, relation, date, stated)
        };
        match test {
            Condition::When { date: Moment::Fact(fact, plus), rel, point } => {
                let line = self.day_of(*point).map(|day| line(*rel, day, *plus));
                line.and_then(|(rel, day)| whole(*fact, rel, day)).into_iter().collect()
            }
            Condition::PresentSince { by, span, .. } => {
                let line = self.history().this_entry().zip(self.day_of(*by));
                line.and_then(|(entry, by)| self.sharpen_stay(entry, self.pack.places.entered, Relation::OnOrBefore, by.minus(*span)))
                    .into_iter()
                    .collect()
            }
            Condition::ThisStay(part) => {
                let mut found = Vec::new();
                if let Some(entry) = self.history().this_entry() {
                    self.field_tests(part, &mut |field, rel, day| found.extend(self.sharpen_stay(entry, field, rel, day)));
                }
                found
            }
            _ => Vec::new(),
        }
    }

    /// Every line that a test holds a date against.
    pub fn lines(&self, test: &Condition) -> Vec<Line> {
        let stays = self.pack.places.stays;
        let cut = |rel: Relation, point: Moment, plus: Span| match self.day_of(point).map(|day| line(rel, day, plus)) {
            Some((Relation::OnOrBefore | Relation::After, day)) => Cut::After(day),
            Some((Relation::Before | Relation::OnOrAfter, day)) => Cut::After(day.plus_days(-1)),
            None => Cut::At(point, plus),
        };
        match test {
            Condition::When { date: Moment::Fact(fact, plus), rel, point } => {
                vec![Line { fact: *fact, field: None, at: cut(*rel, *point, *plus) }]
            }
            Condition::PresentSince { by, span, .. } => {
                vec![Line { fact: stays, field: Some(self.pack.places.entered), at: cut(Relation::OnOrBefore, *by, *span) }]
            }
            Condition::ThisStay(part) => {
                let mut lines = Vec::new();
                visit_fields(part, &mut |field, plus, rel, point| {
                    lines.push(Line { fact: stays, field: Some(field), at: cut(rel, point, plus) })
                });
                lines
            }
            _ => Vec::new(),
        }
    }

    /// Can the date be said more exactly than it was? A line at a moment that is not known yet may come to lie anywhere.
    pub fn can_be_sharpened(&self, line: &Line) -> bool {
        let inexact = |date: &Dated| match line.at {
            Cut::After(day) => !date.vague && date.range.from <= day && day < date.range.to,
            Cut::At(..) => !date.vague && date.range.day().is_none(),
        };
        match (self.answer(line.fact), line.field) {
            (Answer::Unsure, None) => true,
            (Answer::Value(Value::Date(date)), None) => inexact(date),
            (Answer::Value(Value::List(_)), Some(field)) => {
                match self.history().this_entry().and_then(|entry| entry.get(usize::from(field))) {
                    Some(Given::Unsure) => true,
                    Some(Given::Date(date)) => inexact(date),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn sharpen_stay(&self, entry: &Entry, field: u16, relation: Relation, date: Date) -> Option<Sharper> {
        let stays = self.pack.places.stays;
        let Answer::Value(Value::List(entries)) = self.answer(stays) else { return None };
        let index = entries.iter().position(|e| std::ptr::eq(e, entry))?;
        match entry.get(usize::from(field)) {
            Some(Given::Date(stated)) => sharpen(stays, Some((index, field)), relation, date, *stated),
            Some(Given::Unsure) => {
                let stated = Dated::new(Approx { from: Date::MIN, to: self.as_of });
                sharpen(stays, Some((index, field)), relation, date, stated)
            }
            _ => None,
        }
    }

    fn field_tests(&self, condition: &Condition, visit: &mut dyn FnMut(u16, Relation, Date)) {
        visit_fields(condition, &mut |field, plus, rel, point| {
            if let Some(day) = self.day_of(point) {
                let (rel, day) = line(rel, day, plus);
                visit(field, rel, day);
            }
        });
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

/// The line that a date itself is held against, where the date and a span are held against a day.
fn line(rel: Relation, day: Date, plus: Span) -> (Relation, Date) {
    match rel {
        _ if plus == Span::ZERO => (rel, day),
        Relation::OnOrBefore | Relation::After => (Relation::OnOrBefore, day.minus(plus)),
        Relation::Before | Relation::OnOrAfter => (Relation::OnOrBefore, day.plus_days(-1).minus(plus)),
    }
}

/// The dates of an entry that a condition over it holds against something.
fn visit_fields(condition: &Condition, visit: &mut dyn FnMut(u16, Span, Relation, Moment)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| visit_fields(part, visit)),
        Condition::Not(part) => visit_fields(part, visit),
        Condition::When { date: Moment::Field(field, plus), rel, point } => visit(*field, *plus, *rel, *point),
        _ => {}
    }
}

/// The date facts that a condition over an entry reads beside its fields.
pub fn facts_within(condition: &Condition, facts: &mut Vec<u16>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| facts_within(part, facts)),
        Condition::Not(part) => facts_within(part, facts),
        Condition::When { date, point, .. } => facts.extend([date, point].into_iter().filter_map(Moment::fact)),
        _ => {}
    }
}

/// Does the field rest on a paper that nobody asked for yet?
fn not_asked(entry: &Entry, field: u16) -> bool {
    matches!(entry.get(usize::from(field)), Some(Given::OneOf { asked: false, .. }))
}

/// The fields that a condition over an entry reads.
fn fields_of(condition: &Condition) -> Vec<u16> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(fields_of).collect(),
        Condition::Not(part) => fields_of(part),
        Condition::Field { field, .. } => vec![*field],
        Condition::When { date: Moment::Field(field, _), .. } => vec![*field],
        _ => Vec::new(),
    }
}

fn sharpen(fact: u16, place: Option<(usize, u16)>, relation: Relation, date: Date, stated: Dated) -> Option<Sharper> {
    let settles = relation.holds(stated.range, Approx::exact(date)) == Truth::Unknown;
    (settles && !stated.vague).then_some(Sharper { fact, place, relation, date, stated: stated.range })
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
