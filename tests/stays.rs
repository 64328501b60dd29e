//! Day counts against a simulator that walks day by day and knows nothing of intervals: 100,000 histories, minors,
//! protected periods, approximate and unsure dates. The interval always holds the truth, and is exact where all is exact.
//! It is two numbers where the way somebody left decides if a protected period went on.
#![cfg(feature = "author")]

use relief_screener::author;
use relief_screener::date::{Approx, Date};
use relief_screener::fact::{Answer, Dated, Entry, Given, Value};
use relief_screener::pack::Pack;
use relief_screener::stay::{History, Measure, Range, has};
use relief_screener::truth::Truth;
use std::path::Path;

/// A small generator of our own, so that every run tries the same histories.
struct Random(u64);

impl Random {
    fn below(&mut self, n: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::try_from(n.max(1)).expect("positive")).expect("small")
    }

    fn one_in(&mut self, n: i32) -> bool {
        self.below(n) == 0
    }
}

/// A history as it truly was.
#[derive(Debug)]
struct Truly {
    as_of: Date,
    birth: Date,
    stays: Vec<Stay>,
    periods: Vec<(u8, Date, Date)>,
}

#[derive(Debug)]
struct Stay {
    entered: Date,
    how: u8,
    until: Date,
    left: Option<Date>,
}

impl Truly {
    fn random(r: &mut Random) -> Truly {
        // Half of the histories straddle the first day that counts.
        let start = if r.one_in(2) { Date::parse("1996-06-01") } else { Date::parse("2014-01-01") }.expect("a day");
        let mut day = start.plus_days(r.below(300));
        let mut stays = Vec::new();
        for _ in 0..=r.below(3) {
            let entered = day;
            let left = entered.plus_days(1 + r.below(500));
            stays.push(Stay {
                entered,
                how: if r.one_in(2) { 0 } else { u8::try_from(r.below(5)).expect("small") },
                until: entered.plus_days(r.below(200)),
                left: Some(left),
            });
            day = left.plus_days(r.below(200));
        }
        let as_of = day.plus_days(r.below(60));
        if let Some(last) = stays.last_mut()
            && r.one_in(2)
        {
            last.left = None;
        }
        let mut periods = Vec::new();
        for _ in 0..r.below(3) {
            // Nobody is given anything while away.
            let stay = &stays[usize::try_from(r.below(i32::try_from(stays.len()).expect("few"))).expect("small")];
            let from = stay.entered.plus_days(r.below(stay.left.map_or(200, |left| stay.entered.days_until(left))));
            periods.push((u8::try_from(r.below(7)).expect("small"), from, from.plus_days(r.below(400))));
        }
        // Most are around their eighteenth birthday somewhere in the history.
        let birth = start.plus_days(-18 * 365 + r.below(1200) - 300 - if r.one_in(3) { 9000 } else { 0 });
        Truly { as_of, birth, stays, periods }
    }

    /// Does a protected period hold on a day of this stay? `left`: as if every departure had ended what held before it. How people
    /// left is not told here, so both may be.
    fn protected_on(&self, m: &Measure, stay: &Stay, day: Date, left: bool) -> bool {
        self.periods.iter().filter(|(kind, from, to)| has(m.protected, *kind) && *from <= day && day <= *to).any(|(_, from, _)| {
            let others = self.stays.iter().filter(|other| !std::ptr::eq(*other, stay));
            let gone = others.filter_map(|other| other.left).any(|gone| *from <= gone && gone <= day);
            !(left && gone)
        })
    }

    fn counts_on(&self, m: &Measure, stay: &Stay, day: Date, left: bool) -> bool {
        let here = stay.entered <= day && stay.left.is_none_or(|left| day < left) && day < self.as_of;
        let unlawful = has(m.unlawful_on_entry, stay.how) || day > stay.until;
        let (y, month, d) = day.ymd();
        let (by, bm, bd) = self.birth.ymd();
        let had_birthday = (month, d) >= (bm, bd);
        let age = y - by - i32::from(!had_birthday);
        let grown = m.minors_until.is_none_or(|years| age >= years);
        here && unlawful && grown && day >= m.counts_from && !self.protected_on(m, stay, day, left)
    }

    /// Days of the first `count` stays from stay `first` on, before `end`: the fewest and the most that can be true.
    fn days(&self, m: &Measure, first: usize, count: usize, end: Date) -> Range {
        let mut total = Range { min: 0, max: 0 };
        let Some(start) = self.stays.first().map(|s| s.entered) else { return total };
        let mut day = start;
        while day < end {
            let counts = |left| i32::from(self.stays.iter().skip(first).take(count).any(|stay| self.counts_on(m, stay, day, left)));
            (total.min, total.max) = (total.min + counts(false), total.max + counts(true));
            day = day.plus_days(1);
        }
        total
    }

    /// The answers that tell this history; with `blur`, dates become ranges that hold the truth, or "not sure".
    fn answers(&self, pack: &Pack, blur: Option<&mut Random>) -> Vec<Answer> {
        let p = &pack.places;
        let mut r = blur;
        let mut tell = |day: Date| {
            let Some(r) = r.as_deref_mut() else { return Given::Date(Dated::new(Approx::exact(day))) };
            match r.below(12) {
                0 => Given::Unsure,
                1..=4 => Given::Date(Dated::new(Approx { from: day.plus_days(-r.below(90)), to: day.plus_days(r.below(90)) })),
                _ => Given::Date(Dated::new(Approx::exact(day))),
            }
        };
        let mut answers = vec![Answer::NotAsked; pack.facts.len()];
        let blank = |fact: u16| -> Entry { vec![Given::Absent; pack.facts[usize::from(fact)].fields.len()] };
        let stays = self.stays.iter().map(|stay| {
            let mut entry = blank(p.stays);
            entry[usize::from(p.entered)] = tell(stay.entered);
            entry[usize::from(p.how)] = Given::Choice(stay.how);
            entry[usize::from(p.allowed_until)] = tell(stay.until);
            if let Some(left) = stay.left {
                entry[usize::from(p.left)] = tell(left);
            }
            entry
        });
        answers[usize::from(p.stays)] = Answer::Value(Value::List(stays.collect()));
        let periods = self.periods.iter().map(|(kind, from, to)| {
            let mut entry = blank(p.protected);
            entry[usize::from(p.period_kind)] = Given::Choice(*kind);
            entry[usize::from(p.period_from)] = tell(*from);
            entry[usize::from(p.period_to)] = tell(*to);
            entry
        });
        answers[usize::from(p.protected)] = Answer::Value(Value::List(periods.collect()));
        answers[usize::from(p.birth)] = match tell(self.birth) {
            Given::Date(date) => Answer::Value(Value::Date(date)),
            _ => Answer::Unsure,
        };
        answers[usize::from(p.contacts)] = Answer::Value(Value::List(Vec::new()));
        answers[usize::from(p.orders)] = Answer::Value(Value::List(Vec::new()));
        answers
    }
}

fn pack() -> Pack {
    let mut problems = author::Problems::default();
    author::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us"), &mut problems).expect("rules that load").pack
}

fn measure<'a>(pack: &'a Pack, id: &str) -> &'a Measure {
    pack.measures.iter().flatten().find(|m| m.id == id).expect("the measure")
}

const HISTORIES: usize = 100_000;

#[test]
fn the_days_of_a_stay() {
    let pack = pack();
    let bar = measure(&pack, "bar");
    let mut r = Random(7);
    let (mut here, mut inexact) = (0, 0);
    for n in 0..HISTORIES {
        let truly = Truly::random(&mut r);
        let last = truly.stays.len() - 1;
        let wanted = truly.days(bar, last, 1, truly.as_of);
        let exact = truly.answers(&pack, None);
        let history = History::new(&pack.places, &exact, truly.as_of);
        match (truly.stays[last].left, history.days_in_this_stay(bar)) {
            (None, Some(days)) => {
                here += 1;
                assert_eq!(days, wanted, "history {n}: {truly:?}");
            }
            (Some(left), None) => assert!(left <= truly.as_of, "history {n}: {truly:?}"),
            other => panic!("history {n}: {other:?} {truly:?}"),
        }
        let blurred = truly.answers(&pack, Some(&mut r));
        let history = History::new(&pack.places, &blurred, truly.as_of);
        if truly.stays[last].left.is_none() {
            let days = history.days_in_this_stay(bar).expect("may be here");
            assert!(
                days.min <= wanted.min && wanted.max <= days.max,
                "blurred history {n}: {wanted:?} not in {days:?}: {truly:?} {blurred:?}"
            );
            inexact += i32::from(days.min < days.max);
        }
    }
    assert!(here > 30_000 && inexact > 10_000, "{here} here, {inexact} inexact");
}

#[test]
fn the_days_of_a_life() {
    let pack = pack();
    let lifetime = measure(&pack, "lifetime");
    let mut r = Random(11);
    let (mut yes, mut unknown) = (0, 0);
    for n in 0..HISTORIES {
        let truly = Truly::random(&mut r);
        let more_than = 100 + r.below(500);
        let range = Range { min: more_than + 1, max: i32::MAX };
        let back = truly.stays.iter().enumerate().filter(|(_, stay)| {
            has(lifetime.illegal_entry, stay.how) && stay.entered >= lifetime.counts_from && stay.entered <= truly.as_of
        });
        let before: Vec<Range> = back.map(|(index, stay)| truly.days(lifetime, 0, index, stay.entered)).collect();
        let surely = before.iter().any(|days| days.min > more_than);
        let wanted = Truth::between(surely, before.iter().all(|days| days.max <= more_than));
        let exact = truly.answers(&pack, None);
        let found = History::new(&pack.places, &exact, truly.as_of).returned_after(lifetime, range).truth;
        assert_eq!(found, wanted, "history {n}, more than {more_than}: {truly:?}");
        let blurred = truly.answers(&pack, Some(&mut r));
        let found = History::new(&pack.places, &blurred, truly.as_of).returned_after(lifetime, range).truth;
        assert!(found == wanted || found == Truth::Unknown, "blurred history {n}, more than {more_than}: {truly:?} {blurred:?}");
        yes += i32::from(wanted == Truth::Yes);
        unknown += i32::from(found == Truth::Unknown);
    }
    assert!(yes > 5_000 && unknown > 3_000, "{yes} yes, {unknown} unknown");
}
