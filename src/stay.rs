//! What a history of stays, border contacts and orders amounts to: day counts and the order of events.
//!
//! Every number, list and exception comes from a [`Measure`], a dated parameter of the rules. Dates may be
//! approximate and fields may be unsure, so each count is an interval that always holds the truth and is exact
//! where every date is exact. This module knows no bar by name and says nothing about what a count means.

use crate::date::{Approx, Date, Span};
use crate::fact::{Answer, Dated, Entry, Given, Value, YES};
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// The parameters of one way to count, in force for an interval of as-of dates. Lists are bit masks of options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Its id in the rules.
    pub id: String,
    /// The first as-of date of this version; without it, it always was.
    pub from: Option<Date>,
    /// The last as-of date of this version; without it, it has no end.
    pub to: Option<Date>,
    /// No day before this one counts.
    pub counts_from: Date,
    /// No day before this birthday counts; without it minors are counted.
    pub minors_until: Option<i32>,
    /// Kinds of protected periods whose days do not count.
    pub protected: u32,
    /// Ways to come in after which days count from the first.
    pub unlawful_on_entry: u32,
    /// Ways to leave that are no departure.
    pub not_a_departure: u32,
    /// Ways to leave after which a protected period goes on.
    pub keeps_protection: u32,
    /// Ways to come in with which a protected period goes on.
    pub resumes_protection: u32,
    /// Ways to come in that are an entry without admission.
    pub illegal_entry: u32,
    /// Border contacts that are an attempt at such an entry.
    pub attempts: u32,
    /// Ways to leave that carry out an order.
    pub removals: u32,
    /// Border contacts that carry out an order.
    pub removal_contacts: u32,
    /// Kinds of protected periods that are a time to leave: permission to go by a last day, in the place of an order.
    pub time_to_leave: u32,
    /// Ways of leaving that are leaving by such a time.
    pub leaving_by_it: u32,
    /// Kinds of orders that such a time becomes when its last day goes by and the person has not left.
    pub becomes_order: u32,
    /// The citations behind it, by their places.
    pub cite: Vec<u16>,
}

/// Where the facts of a history stand in the pack: places of facts and of their fields.
#[expect(missing_docs, reason = "each is named after the fact or field whose place it is")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Places {
    pub in_us: u16,
    pub birth: u16,
    pub stays: u16,
    pub entered: u16,
    pub how: u16,
    pub allowed_until: u16,
    pub left: u16,
    pub left_how: u16,
    pub protected: u16,
    pub period_kind: u16,
    pub period_from: u16,
    pub period_to: u16,
    pub contacts: u16,
    pub contact_date: u16,
    pub contact_what: u16,
    pub orders: u16,
    pub order_kind: u16,
    pub order_date: u16,
    pub order_carried_out: u16,
    pub leave: u16,
    pub leave_granted: u16,
    pub leave_until: u16,
    pub leave_left: u16,
}

/// A fact as far as it is known.
enum Known<T> {
    NotAsked,
    Unsure,
    Is(T),
}

impl<T> Known<T> {
    fn get(&self) -> Option<&T> {
        match self {
            Known::Is(value) => Some(value),
            _ => None,
        }
    }

    fn unasked(&self) -> bool {
        matches!(self, Known::NotAsked)
    }

    fn unsure(&self) -> bool {
        matches!(self, Known::Unsure)
    }
}

#[derive(Debug)]
struct Stay<'a> {
    entry: &'a Entry,
    entered: Approx,
    /// The ways in which the person can have come in, as a bit mask: one where it is known.
    how: u32,
    until: Until,
    /// `None`: has not left by the as-of date.
    left: Option<Approx>,
    left_how: Way,
    /// Is it sure that the stay had begun, and that it had ended, by the as-of date?
    begun: Truth,
    ended: Truth,
}

/// The first way of leaving is the ordinary one, and what is meant where none is told.
const ORDINARY: u8 = 0;

/// How a stay ended.
#[derive(Clone, Copy, Debug)]
enum Way {
    Said(u8),
    /// Not said: an ordinary departure. Removals have a question of their own.
    Plain,
    Unsure,
}

impl Way {
    fn is_in(self, mask: u32) -> Truth {
        match self {
            Way::Said(way) => Truth::from_bool(has(mask, way)),
            Way::Plain => Truth::No,
            Way::Unsure => in_mask(mask, None),
        }
    }
}

#[derive(Debug)]
enum Until {
    /// No day counts without a formal finding.
    WhileStatusLasts,
    Date(Approx),
    /// Nobody is sure, or it was left out: the stay was told, so nobody asks for it again.
    Unknown,
}

struct Period {
    /// What it can be, as a bit mask.
    kinds: u32,
    /// It waits for a question to come.
    unasked: bool,
    range: (Approx, Approx),
}

struct Event {
    date: Approx,
    what: Option<u8>,
}

#[derive(Clone, Copy)]
struct Order {
    kind: Option<u8>,
    date: Approx,
    /// When it was carried out, and whether it surely was. `None`: it was not.
    carried_out: Option<(Truth, Approx)>,
}

/// A time to leave: told as one, or as a protected period of that kind.
struct Grant {
    /// Is it surely one?
    sure: Truth,
    granted: Approx,
    /// The last day.
    until: Approx,
    /// What was told of leaving with this very grant: a day, never, that nobody is sure, or nothing.
    left: Option<Approx>,
    never_left: bool,
    unsure: bool,
}

/// So many days apart, two tellings of a departure are one.
const ONE_TRIP: i32 = 31;

fn one_trip(a: Approx, b: Approx) -> bool {
    a.from <= b.to.plus_days(ONE_TRIP) && b.from <= a.to.plus_days(ONE_TRIP)
}

fn surely_one_trip(a: Approx, b: Approx) -> bool {
    a.to <= b.from.plus_days(ONE_TRIP) && b.to <= a.from.plus_days(ONE_TRIP)
}

/// A departure so long after a last day is still told as leaving by it.
const LATE: Span = Span { months: 24, days: 0 };

/// How a time to leave stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeToLeave {
    /// The last day is not over, and the person has not left.
    Running,
    /// The last day went by and the person had not left.
    Overstayed,
    /// The person left after the last day.
    LeftLate,
}

/// The past of a person as of a day: what had not happened by then is left out.
pub struct History<'a> {
    as_of: Date,
    places: &'a Places,
    /// No stay reaches the as-of date: is the person in the US all the same, so that the way in is not known?
    untold_stay: Truth,
    in_us: Truth,
    /// Nobody asked yet whether the person is in the US.
    in_us_unasked: bool,
    birth: Known<Approx>,
    stays: Known<Vec<Stay<'a>>>,
    protected: Known<Vec<Period>>,
    contacts: Known<Vec<Event>>,
    orders: Known<Vec<Order>>,
    /// Times to leave, and the protected periods that may be some.
    leaves: Known<&'a Vec<Entry>>,
    periods: Known<&'a Vec<Entry>>,
}

/// What a measure says, and on what it rests.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What is known.
    pub truth: Truth,
    /// It rests on a question that was not asked yet.
    pub unasked: bool,
    /// A count within one day of its threshold, or a last day.
    pub near: bool,
    /// The day on which a bar ends.
    pub until: Option<Date>,
}

impl Measured {
    /// Neither near a threshold nor the end of a bar.
    fn new(truth: Truth, unasked: bool) -> Measured {
        Measured { truth, unasked, near: false, until: None }
    }
}

/// Trips out that do not break the time here: none longer than `longest` days, no more than `all` days in all, and left in one
/// of the ways of the mask `how`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trips {
    /// The most days of one trip.
    pub longest: i32,
    /// The most days of all trips together.
    pub all: i32,
    /// The ways to leave, as a bit mask.
    pub how: u32,
}

impl Trips {
    /// Is the trip between two stays allowed, with the days `out` of the later ones?
    fn allow(&self, before: &Stay, after: &Stay, since: Approx, out: &mut Range) -> Truth {
        let Some(left) = before.left else { return Truth::Unknown };
        let days =
            |left: Approx| Range { min: left.to.days_until(after.entered.from).max(0), max: left.from.days_until(after.entered.to).max(0) };
        let counted = days(Approx { from: left.from.max(since.from), to: left.to.max(since.to) });
        *out = Range { min: out.min.saturating_add(counted.min), max: out.max.saturating_add(counted.max) };
        let within = |most: i32, days: Range| Range { min: 0, max: most }.holds(days);
        // Sent out, or left under a threat of it: whether that ended the time here is for a lawyer.
        let way = if let Way::Plain = before.left_how { Truth::Yes } else { before.left_how.is_in(self.how).or(Truth::Unknown) };
        within(self.longest, days(left)).and(within(self.all, *out)).and(way)
    }
}

/// How many days: at the least and at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// At the least.
    pub min: i32,
    /// At the most.
    pub max: i32,
}

impl Range {
    /// The last count in it; none where it has no end.
    pub fn end(self) -> Option<i32> {
        (self.max < i32::MAX).then_some(self.max)
    }

    /// Does every count of `days` lie in this range, or none?
    fn holds(self, days: Range) -> Truth {
        Truth::between(days.min >= self.min && days.max <= self.max, days.max < self.min || days.min > self.max)
    }

    /// Is the count decided, and within one day of an end of this range? The first day outside it counts as its end too.
    fn near(self, days: Range) -> bool {
        if self.holds(days) == Truth::Unknown {
            return false;
        }
        let touches = |threshold: i32| days.min <= threshold.saturating_add(1) && days.max >= threshold.saturating_sub(1);
        (self.min > 0 && touches(self.min - 1)) || self.end().is_some_and(touches)
    }
}

impl<'a> History<'a> {
    /// Reads the history out of answers that already leave out what does not apply.
    pub fn new(places: &'a Places, answers: &'a [Answer], as_of: Date) -> History<'a> {
        let list = |place: u16| match answers.get(usize::from(place)) {
            Some(Answer::Value(Value::List(entries))) => Known::Is(entries),
            Some(Answer::NotAsked) | None => Known::NotAsked,
            Some(_) => Known::Unsure,
        };
        let map = |place: u16, read: &dyn Fn(&'a Entry) -> Option<Event>| match list(place) {
            Known::Is(entries) => Known::Is(entries.iter().filter_map(read).collect::<Vec<_>>()),
            Known::NotAsked => Known::NotAsked,
            Known::Unsure => Known::Unsure,
        };
        let past = |entry: &Entry, field: u16| date(entry, field).unwrap_or(Dated::new(Approx::ANY)).happened_by(as_of);
        let birth = match answers.get(usize::from(places.birth)) {
            Some(Answer::Value(Value::Date(date))) => Known::Is(date.range),
            Some(Answer::NotAsked) | None => Known::NotAsked,
            Some(_) => Known::Unsure,
        };
        let protected = match list(places.protected) {
            Known::Is(entries) => Known::Is(entries.iter().map(|e| period(places, e, as_of)).collect()),
            Known::NotAsked => Known::NotAsked,
            Known::Unsure => Known::Unsure,
        };
        let orders = match list(places.orders) {
            Known::Is(entries) => Known::Is(entries.iter().filter_map(|e| order(places, e, as_of)).collect()),
            Known::NotAsked => Known::NotAsked,
            Known::Unsure => Known::Unsure,
        };
        let contacts = map(places.contacts, &|e| Some(Event { date: past(e, places.contact_date)?, what: choice(e, places.contact_what) }));
        let (in_us, in_us_unasked) = match answers.get(usize::from(places.in_us)) {
            Some(Answer::Value(Value::Choice(option))) => (Truth::from_bool(*option == YES), false),
            Some(Answer::NotAsked) | None => (Truth::Unknown, true),
            _ => (Truth::Unknown, false),
        };
        let mut stays = match list(places.stays) {
            Known::Is(entries) => Known::Is(read_stays(places, entries, as_of)),
            Known::NotAsked => Known::NotAsked,
            Known::Unsure => Known::Unsure,
        };
        let ends_later = |stay: &Stay| !in_us_unasked && date(stay.entry, places.left).is_some();
        let mut untold_stay = Truth::No;
        if let Known::Is(stays) = &mut stays {
            match (in_us, stays.last_mut()) {
                // Outside, though the last stay has no end: one of the two is a slip, so nothing rests on either.
                // Whoever may be outside is, on an earlier day, where the stay ended only after it.
                (here, Some(last)) if last.left.is_none() && (here == Truth::No || (here == Truth::Unknown && ends_later(last))) => {
                    last.left = Some(Approx { from: last.entered.from, to: as_of });
                    last.ended = Truth::Unknown;
                }
                // Every stay that was told has ended, or may have: whoever is here, or may be, came in a way that nobody told.
                (in_us, last) => untold_stay = in_us.and(last.map_or(Truth::Yes, |last| last.ended)),
            }
        }
        let (leaves, periods) = (list(places.leave), list(places.protected));
        History { as_of, places, untold_stay, in_us, in_us_unasked, birth, stays, protected, contacts, orders, leaves, periods }
    }

    /// What is not known of the stay that the person is in because nobody told of it; `No` where there is none. Where it is not
    /// known whether the last stay that was told has ended, both may be the one.
    fn untold(&self) -> Measured {
        let truth = if self.untold_stay == Truth::No { Truth::No } else { Truth::Unknown };
        let unasked = truth == Truth::Unknown && self.untold_stay == Truth::Unknown && self.in_us_unasked;
        Measured::new(truth, unasked)
    }

    /// May the person be in a stay that nobody told of, and is that not for a question to come?
    pub fn open_by_an_untold_stay(&self) -> bool {
        let untold = self.untold();
        untold.truth == Truth::Unknown && !untold.unasked
    }

    /// The stay that the person is in on the as-of date, if it can be one, and whether it surely is.
    fn this_stay(&self) -> Option<(usize, Truth)> {
        let stays = self.stays.get()?;
        let (index, stay) = stays.iter().enumerate().next_back()?;
        let here = stay.begun.and(stay.ended.negate());
        (here != Truth::No).then_some((index, here))
    }

    /// Tests the stay that the person is in: no where the person is not in the US, unknown where that is not known.
    pub fn in_this_stay(&self, test: impl Fn(&Entry) -> Truth) -> Measured {
        let truth = match (&self.stays, self.this_stay()) {
            (Known::Is(stays), Some((index, here))) => {
                stays.get(index).map_or(Truth::No, |stay| test(stay.entry).and(here)).or(self.untold().truth)
            }
            (Known::Is(_), None) => return self.untold(),
            _ => Truth::Unknown,
        };
        Measured::new(truth, self.stays.unasked())
    }

    /// The entry of the stay that the person is in or may be in, and its place in the list.
    pub fn this_entry(&self) -> Option<&'a Entry> {
        let (index, _) = self.this_stay()?;
        self.stays.get()?.get(index).map(|stay| stay.entry)
    }

    /// In the US at `since` and ever since. A trip out in between leaves it unknown, unless `trips` says how long it may be:
    /// what an absence does is for a lawyer.
    pub fn present_since(&self, since: Approx, trips: Option<&Trips>) -> Measured {
        let truth = match (&self.stays, self.this_stay()) {
            (Known::Is(stays), Some((index, here))) => {
                let mut truth = Truth::No;
                // What is known of every trip out after the stay that is looked at, and the days out in all.
                let (mut unbroken, mut out) = (Truth::Yes, Range { min: 0, max: 0 });
                for (at, stay) in stays.iter().enumerate().take(index + 1).rev() {
                    if let Some(next) = stays.get(at + 1).filter(|_| at < index) {
                        let there = stay.left.map_or(Truth::Unknown, |left| since.on_or_before(left));
                        unbroken = match trips {
                            None if there == Truth::No => Truth::No,
                            None => Truth::Unknown,
                            Some(trips) => unbroken.and(trips.allow(stay, next, since, &mut out)),
                        };
                    }
                    truth = truth.or(stay.entered.on_or_before(since).and(unbroken));
                }
                truth.and(here).or(self.untold().truth)
            }
            (Known::Is(_), None) => return self.untold(),
            _ => Truth::Unknown,
        };
        let near = since.day().is_some() && self.entered().is_some_and(|entered| entered.day() == since.day());
        Measured { near, ..Measured::new(truth, self.stays.unasked()) }
    }

    /// When the stay that the person is in began.
    fn entered(&self) -> Option<Approx> {
        let (index, _) = self.this_stay()?;
        self.stays.get()?.get(index).map(|stay| stay.entered)
    }

    /// The days counted in the stay that the person is in, if it ended on the as-of date. None where not in the US.
    pub fn days_in_this_stay(&self, measure: &Measure) -> Option<Range> {
        self.stays.get()?;
        let (index, here) = self.this_stay()?;
        let mut days = self.one_stay(measure, index);
        if here != Truth::Yes {
            days.min = 0;
        }
        Some(days)
    }

    /// The first and last days on which the person can have left, for each stay that has ended and each order carried out.
    pub fn departures(&self) -> impl Iterator<Item = Date> {
        let stays = self.stays.get().into_iter().flatten().filter_map(|stay| stay.left);
        let orders = self.orders.get().into_iter().flatten().filter_map(|order| order.carried_out.map(|(_, out)| out));
        stays.chain(orders).flat_map(|left| [left.from, left.to])
    }

    /// Does the count of this stay lie in `range`?
    pub fn in_range(&self, measure: &Measure, range: Range) -> Measured {
        let unasked = self.stays.unasked() || self.counting_unasked(measure);
        match (&self.stays, self.days_in_this_stay(measure)) {
            (Known::Is(_), Some(days)) => {
                let here = self.this_stay().map_or(Truth::No, |(_, here)| here);
                let truth = range.holds(days).and(here).or(self.untold().truth);
                Measured { near: range.near(days), ..Measured::new(truth, unasked) }
            }
            (Known::Is(_), None) => self.untold(),
            _ => Measured::new(Truth::Unknown, unasked),
        }
    }

    /// Did a past departure after a count in `range` start a bar of `years` that still runs? It runs through the
    /// anniversary. `how` is the mask of ways to leave that start it.
    pub fn bar_running(&self, measure: &Measure, range: Range, years: i32, how: u32) -> Measured {
        let Known::Is(stays) = &self.stays else {
            return Measured::new(Truth::Unknown, self.stays.unasked());
        };
        let mut all = Measured::new(Truth::No, self.counting_unasked(measure));
        for (index, stay) in stays.iter().enumerate() {
            let Some(left) = stay.left else { continue };
            let starts_it = if let Way::Plain = stay.left_how { Truth::from_bool(has(how, ORDINARY)) } else { stay.left_how.is_in(how) };
            let departure = starts_it.and(stay.left_how.is_in(measure.not_a_departure).negate());
            let days = self.one_stay(measure, index);
            let end = left.plus(Span::years(years));
            let running = Approx::exact(self.as_of).on_or_before(end);
            let truth = range.holds(days).and(departure).and(running).and(stay.ended);
            all.near |= departure != Truth::No && running != Truth::No && range.near(days);
            all.near |= truth == Truth::Yes && end.day() == Some(self.as_of);
            if truth == Truth::Yes {
                all.until = all.until.max(Some(end.to));
            }
            all.truth = all.truth.or(truth);
        }
        all
    }

    /// Did the person come in, or try to, without admission after a count in `range` over all stays before?
    pub fn returned_after(&self, measure: &Measure, range: Range) -> Measured {
        let Known::Is(stays) = &self.stays else {
            return Measured::new(Truth::Unknown, self.stays.unasked());
        };
        let mut all = Measured::new(Truth::No, self.counting_unasked(measure));
        let mut one = |event: Truth, when: Approx, sure: &Days, possible: &Days| {
            let days = Range { min: sure.len_before(when.from), max: possible.len_before(when.to) };
            let counts = Approx::exact(measure.counts_from).on_or_before(when);
            all.truth = all.truth.or(range.holds(days).and(event).and(counts));
            all.near |= event != Truth::No && range.near(days);
        };
        // The days of the stays so far. Nobody comes in, or tries to, out of a stay that goes on.
        let (mut sure, mut possible) = (Days::default(), Days::default());
        for stay in stays {
            one(among(measure.illegal_entry, stay.how), stay.entered, &sure, &possible);
            if stay.left.is_some() {
                let (s, p) = self.counted(measure, stay);
                (sure, possible) = (sure.union(s), possible.union(p));
            }
        }
        match &self.contacts {
            Known::Is(contacts) => {
                // Whoever was stopped at the border was away, so a stay that is told without an end had one before.
                for stay in stays.iter().filter(|stay| stay.left.is_none()) {
                    possible = possible.union(self.counted(measure, stay).1);
                }
                contacts.iter().for_each(|c| one(in_mask(measure.attempts, c.what), c.date, &sure, &possible));
            }
            // An attempt that nobody was asked about, or that cannot be remembered, matters only after enough days.
            unknown => {
                one(Truth::Unknown, Approx::exact(self.as_of), &sure, &possible);
                all.unasked |= unknown.unasked();
            }
        }
        all
    }

    /// Did the person come in, or try to, without admission after being ordered removed? Whoever came in after the day of an
    /// order had left under it, whatever was said of carrying it out.
    pub fn returned_after_order(&self, measure: &Measure) -> Measured {
        let empty = Vec::new();
        let (stays, contacts) = (self.stays.get().unwrap_or(&empty), self.contacts.get());
        // Each order or removal, the first stay that can come after it, and the contact that it was.
        let mut outs: Vec<(Truth, Approx, usize, Option<usize>)> = Vec::new();
        for (index, stay) in stays.iter().enumerate() {
            if let Some(left) = stay.left {
                outs.push((stay.left_how.is_in(measure.removals), left, index + 1, None));
            }
        }
        for (index, contact) in contacts.into_iter().flatten().enumerate() {
            outs.push((in_mask(measure.removal_contacts, contact.what), contact.date, 0, Some(index)));
        }
        let grants = self.grants(measure);
        let told = self.orders.get().into_iter().flatten().map(|order| (self.final_by_now(measure, order, &grants), *order));
        for (made, order) in told.chain(self.orders_by_overstaying(measure, &grants)) {
            outs.push((made, order.date, 0, None));
            if let Some((sure, out)) = order.carried_out.map(|(sure, out)| (sure.and(made), out)) {
                // Carried out in the middle of a stay: there was a return that nobody told of.
                let within =
                    |stay: &Stay| stay.entered.to < out.from && stay.left.is_none_or(|left| out.to.plus_days(ONE_TRIP) < left.from);
                outs.push((sure, out, 0, None));
                if sure == Truth::Yes && stays.iter().any(within) {
                    return Measured::new(Truth::Unknown, false);
                }
            }
        }
        let counts = |when: Approx| Approx::exact(measure.counts_from).on_or_before(when);
        let mut truth = Truth::No;
        for (out, when, first, was) in outs.into_iter().filter(|(out, ..)| *out != Truth::No) {
            for (_, stay) in stays.iter().enumerate().filter(|(index, _)| *index >= first) {
                // Who was ordered out on the day of coming in had mostly come before the order: a return is later, or nobody can say.
                let later = Truth::between(when.to < stay.entered.from, stay.entered.to < when.from);
                let after = if first > 0 { Truth::Yes } else { later };
                truth = truth.or(out.and(after).and(among(measure.illegal_entry, stay.how)).and(counts(stay.entered)));
            }
            for (_, contact) in contacts.into_iter().flatten().enumerate().filter(|(index, _)| was != Some(*index)) {
                // The contact that made the order, or carried it out, is not a return after it. Of days not told exactly nobody
                // can say that they are one.
                let one_day = when.day().is_some() && when == contact.date;
                let after = when.on_or_before(contact.date).and(Truth::from_bool(!one_day));
                truth = truth.or(out.and(after).and(in_mask(measure.attempts, contact.what)).and(counts(contact.date)));
            }
        }
        let illegal = |stay: &Stay| among(measure.illegal_entry, stay.how) != Truth::No;
        let may_have_returned = self.stays.get().is_none() || stays.iter().any(illegal) || contacts.is_none_or(|c| !c.is_empty());
        let all_told = self.stays.get().is_some() && self.orders.get().is_some() && contacts.is_some() && self.leaves.get().is_some();
        if truth == Truth::No && !all_told && may_have_returned {
            truth = Truth::Unknown;
        }
        let unasked = self.stays.unasked() || self.orders.unasked() || self.contacts.unasked() || self.leaves.unasked();
        Measured::new(truth, unasked)
    }

    /// Does a bar of `years` still run after an order of one of these kinds was carried out, where at least `at_least` orders
    /// were? It runs through the anniversary, and only years outside without a break end it: after a return in between,
    /// nobody but a lawyer can say.
    pub fn removal_bar_running(&self, measure: &Measure, kinds: u32, years: i32, at_least: usize) -> Measured {
        let Known::Is(orders) = &self.orders else {
            return Measured::new(Truth::Unknown, self.orders.unasked());
        };
        let grants = self.grants(measure);
        let told = orders.iter().map(|order| (self.final_by_now(measure, order, &grants), *order));
        // What periods that nobody was asked about may hide is no second removal: the question is still to come.
        let counts = |(made, _): &(Truth, Order)| at_least == 1 || *made == Truth::Yes || !self.periods.unasked();
        let mut outs: Vec<(Truth, Truth, Approx)> = told
            .chain(self.orders_by_overstaying(measure, &grants).into_iter().filter(counts))
            .filter_map(|(made, order)| order.carried_out.map(|(sure, out)| (in_mask(kinds, order.kind), sure.and(made), out)))
            .collect();
        // A second removal counts wherever it was told: as an order, as the end of a stay, or at the border.
        if at_least > 1 {
            let ends = self.stays.get().into_iter().flatten().filter_map(|stay| Some((stay.left_how.is_in(measure.removals), stay.left?)));
            let contacts = self.contacts.get().into_iter().flatten().map(|c| (in_mask(measure.removal_contacts, c.what), c.date));
            outs.extend(ends.chain(contacts).filter(|(removed, _)| *removed != Truth::No).map(|(removed, out)| (Truth::Yes, removed, out)));
        }
        // Two orders of one departure are one removal, and so is one that was told twice. Of days not told exactly nobody can say.
        let alone =
            |at: usize, out: Approx| !outs.iter().take(at).any(|(_, sure, other)| *sure != Truth::No && surely_one_trip(*other, out));
        let most = outs.iter().enumerate().filter(|(at, (_, sure, out))| *sure != Truth::No && alone(*at, *out)).count();
        let mut apart: Vec<Approx> = Vec::new();
        for (_, _, out) in outs.iter().filter(|(_, sure, _)| *sure == Truth::Yes) {
            if !apart.iter().any(|other| one_trip(*out, *other)) {
                apart.push(*out);
            }
        }
        let enough = Truth::between(apart.len() >= at_least, most < at_least);
        let mut all = Measured::new(Truth::No, false);
        // The years run from the last of them.
        let last = |out: &Approx| !apart.iter().any(|later| out.to.plus_days(ONE_TRIP) < later.from);
        for (kind, carried_out, out) in outs.iter().copied().filter(|(.., out)| last(out)) {
            let end = out.plus(Span::years(years));
            let broken = self.stays.get().into_iter().flatten().fold(Truth::No, |so_far, stay| {
                let after = out.on_or_before(stay.entered);
                so_far.or(after.and(stay.entered.on_or_before(end)))
            });
            let no_break = if self.stays.get().is_none() { Truth::Unknown } else { broken.negate() };
            let running = match Approx::exact(self.as_of).on_or_before(end) {
                Truth::No if no_break != Truth::Yes => Truth::Unknown,
                running => running,
            };
            let truth = running.and(kind).and(carried_out).and(enough);
            all.unasked |= running == Truth::Unknown && self.stays.unasked();
            all.near |= truth != Truth::No && end.day() == Some(self.as_of);
            if truth == Truth::Yes {
                all.until = all.until.max(Some(end.to));
            }
            all.truth = all.truth.or(truth);
        }
        // Beside one that was told, another may lie in a list that nobody could give.
        let (stays, contacts) = (&self.stays, &self.contacts);
        if at_least > 1 && !outs.is_empty() && (stays.get().is_none() || contacts.get().is_none()) {
            all.truth = all.truth.or(Truth::Unknown);
            all.unasked |= stays.unasked() || contacts.unasked();
        }
        all
    }

    /// Does any time to leave stand so, as the measure reads them? `years`: only while so many years since its last day run.
    /// What was told as a time to leave, as a protected period and by the stays is one story: none outweighs another.
    pub fn time_to_leave(&self, measure: &Measure, state: TimeToLeave, years: Option<i32>) -> Measured {
        let mut all = Measured::new(Truth::No, false);
        for grant in self.grants(measure) {
            let today = Approx::exact(self.as_of);
            let (last, overstayed) = (grant.until, self.overstayed(&grant));
            let (truth, end) = match state {
                TimeToLeave::Running => (today.on_or_before(last).and(self.left_since(&grant, grant.granted).negate()), Some(last)),
                TimeToLeave::Overstayed => (overstayed, None),
                TimeToLeave::LeftLate => (overstayed.and(self.left_since(&grant, last.plus(Span::days(1)))), None),
            };
            let over = years.map(|years| last.plus(Span::years(years)));
            let truth = truth.and(grant.sure).and(over.map_or(Truth::Yes, |over| today.on_or_before(over)));
            let end = end.or(over);
            all.near |= truth != Truth::No && [Some(last), end].into_iter().flatten().any(|day| day.day() == Some(self.as_of));
            if truth == Truth::Yes {
                // Of a time that runs, the earliest that its last day can be; of a bar, the latest.
                let day = end.map(|end| if state == TimeToLeave::Running { end.from } else { end.to });
                all.until = if state == TimeToLeave::Running { all.until.or(day).min(day) } else { all.until.max(day) };
            }
            all.truth = all.truth.or(truth);
        }
        if self.leaves.get().is_none() {
            all.truth = all.truth.or(Truth::Unknown);
            all.unasked = self.leaves.unasked();
        }
        all.unasked |= all.truth == Truth::Unknown && self.leaving_unasked();
        all
    }

    /// The last days of times to leave, at the earliest and at the latest.
    pub fn last_days_to_leave(&self, measure: &Measure) -> Vec<Date> {
        self.grants(measure).into_iter().flat_map(|grant| [grant.until.from, grant.until.to]).collect()
    }

    fn grants(&self, measure: &Measure) -> Vec<Grant> {
        let p = self.places;
        let mut all = Vec::new();
        let begun = |entry: &Entry, field: u16| date(entry, field).unwrap_or(Dated::new(Approx::ANY)).happened_by(self.as_of);
        for entry in self.leaves.get().into_iter().flat_map(|entries| entries.iter()) {
            let Some(granted) = begun(entry, p.leave_granted) else { continue };
            let until = date(entry, p.leave_until).map_or(Approx { from: granted.from, to: Date::MAX }, |until| until.range);
            let left = date(entry, p.leave_left).and_then(|left| left.happened_by(self.as_of));
            let told = entry.get(usize::from(p.leave_left));
            let (never_left, unsure) = (matches!(told, Some(Given::No)), matches!(told, Some(Given::Unsure)));
            all.push(Grant { sure: Truth::Yes, granted, until, left, never_left, unsure });
        }
        for entry in self.periods.get().into_iter().flat_map(|entries| entries.iter()) {
            let sure = among(measure.time_to_leave, options(entry, p.period_kind));
            let Some(granted) = begun(entry, p.period_from).filter(|_| sure != Truth::No) else { continue };
            let until = match entry.get(usize::from(p.period_to)) {
                Some(Given::Date(until)) => until.range,
                // A time to leave has a last day; one that nobody named may be over.
                _ => Approx { from: granted.from, to: Date::MAX },
            };
            all.push(Grant { sure, granted, until, left: None, never_left: false, unsure: false });
        }
        // Whoever said that there was none had none, unless something else that was told is surely one.
        let may_be = |sure: Truth| sure == Truth::Yes || (sure == Truth::Unknown && !self.told_of_no_time_to_leave());
        // A stay that ended so, of which nothing else was told: its last day is not known.
        for stay in self.stays.get().into_iter().flatten() {
            let Some(left) = stay.left else { continue };
            let by_it = stay.left_how.is_in(measure.leaving_by_it);
            let other = |grant: &Grant| grant.granted.on_or_before(left) != Truth::No && left.from <= grant.until.to.plus(LATE);
            let told = all.iter().any(|grant| grant.sure == Truth::Yes && other(grant));
            if may_be(by_it) && stay.ended != Truth::No && !told {
                let granted = Approx { from: stay.entered.from, to: left.from.max(stay.entered.from) };
                let (sure, until) = (by_it.and(stay.ended), Approx { from: stay.entered.from, to: Date::MAX });
                all.push(Grant { sure, granted, until, left: Some(left), never_left: false, unsure: false });
            }
        }
        // A list of which nobody is sure can hide one, and so can one that was not told.
        let untold = self.periods.get().is_none() || self.stays.get().is_none();
        let hidden = self.leaves.unsure() || (untold && may_be(Truth::Unknown));
        if hidden && measure.time_to_leave != 0 {
            let granted = Approx { from: Date::MIN, to: self.as_of };
            all.push(Grant { sure: Truth::Unknown, granted, until: Approx::ANY, left: None, never_left: false, unsure: false });
        }
        all
    }

    fn told_of_no_time_to_leave(&self) -> bool {
        self.leaves.get().is_some_and(|entries| entries.is_empty())
    }

    /// Did the last day go by without the person having left?
    fn overstayed(&self, grant: &Grant) -> Truth {
        let over = Approx::exact(self.as_of).on_or_before(grant.until).negate();
        let mut in_time = self
            .departures_told(grant)
            .fold(Truth::No, |so_far, left| so_far.or(grant.granted.on_or_before(left).and(left.on_or_before(grant.until))));
        in_time = in_time.or(self.leaving_untold(grant));
        // Which day is right nobody here knows.
        if self.told_otherwise(grant) {
            in_time = Truth::Unknown;
        }
        over.and(in_time.negate())
    }

    /// A day of leaving told with the grant itself that cannot be the whole story: it lies before the grant, or no stay ends about it.
    fn told_otherwise(&self, grant: &Grant) -> bool {
        let Some(own) = grant.left else { return false };
        let ends_with_it = |stays: &Vec<Stay>| stays.iter().filter_map(|stay| stay.left).any(|left| one_trip(own, left));
        own.to < grant.granted.from || self.stays.get().is_some_and(|stays| !ends_with_it(stays))
    }

    /// Did the person leave on the day or later?
    fn left_since(&self, grant: &Grant, day: Approx) -> Truth {
        let left = self.departures_told(grant).fold(Truth::No, |so_far, left| so_far.or(day.on_or_before(left)));
        let left = if self.told_otherwise(grant) { Truth::Unknown } else { left };
        left.or(self.leaving_untold(grant))
    }

    /// Each departure, the one of the grant itself among them.
    fn departures_told(&self, grant: &Grant) -> impl Iterator<Item = Approx> {
        let own = grant.left;
        // The same departure, told with the grant and as the end of a stay: what both leave possible, or all between the two days.
        let both = move |left: Approx| match own {
            Some(own) if own.from <= left.to && left.from <= own.to => Approx { from: left.from.max(own.from), to: left.to.min(own.to) },
            Some(own) if one_trip(own, left) => Approx { from: left.from.min(own.from), to: left.to.max(own.to) },
            _ => left,
        };
        let stays = || self.stays.get().into_iter().flatten().filter_map(|stay| stay.left);
        let alone = own.filter(|own| !stays().any(|left| one_trip(*own, left)));
        stays().map(both).chain(alone)
    }

    /// Unknown where a departure may have been left untold: no stays, and nothing said with the time to leave itself.
    fn leaving_untold(&self, grant: &Grant) -> Truth {
        if grant.unsure {
            return Truth::Unknown;
        }
        // Whoever may be abroad has left, even where no stay says so.
        let after = |left: Approx| grant.granted.on_or_before(left) != Truth::No;
        let by_stays = self.stays.get().is_some() && (self.here() || self.departures_told(grant).any(after));
        let told = by_stays || grant.left.is_some() || (grant.never_left && self.here());
        if told { Truth::No } else { Truth::Unknown }
    }

    fn here(&self) -> bool {
        self.in_us == Truth::Yes
    }

    fn leaving_unasked(&self) -> bool {
        self.stays.unasked() || self.periods.unasked()
    }

    /// An order made with a time to leave, on its day, stands behind it: it is one only where the time was overstayed.
    fn final_by_now(&self, measure: &Measure, order: &Order, grants: &[Grant]) -> Truth {
        let of_the_kind = in_mask(measure.becomes_order, order.kind);
        let final_beside = |grant: &Grant| {
            let behind = grant.granted.on_or_before(order.date).and(order.date.on_or_before(grant.granted));
            behind.and(of_the_kind).and(grant.sure).negate().or(self.overstayed(grant))
        };
        grants.iter().fold(Truth::Yes, |so_far, grant| so_far.and(final_beside(grant)))
    }

    /// The orders that times to leave became, each with whether it surely did; one that was told as an order is not said twice.
    fn orders_by_overstaying(&self, measure: &Measure, grants: &[Grant]) -> Vec<(Truth, Order)> {
        let told = |grant: &Grant| {
            let last = grant.until.plus(Span::days(ONE_TRIP));
            let same = |order: &Order| {
                let near = grant.granted.on_or_before(order.date).and(order.date.on_or_before(last));
                near.and(in_mask(measure.becomes_order, order.kind))
            };
            self.orders.get().into_iter().flatten().fold(Truth::No, |so_far, order| so_far.or(same(order)))
        };
        let kind = (0..32).find(|kind| has(measure.becomes_order, *kind));
        let order = |grant: &Grant| {
            let made = self.overstayed(grant).and(grant.sure).and(told(grant).negate());
            let date = grant.until.plus(Span::days(1));
            let late = self.left_since(grant, date);
            let days = self.departures_told(grant).filter(|left| date.on_or_before(*left) != Truth::No);
            let out = days.reduce(|a, b| if a.from <= b.from { a } else { b }).unwrap_or(Approx { from: date.from, to: self.as_of });
            (made, Order { kind, date, carried_out: (late != Truth::No).then_some((late, out)) })
        };
        grants.iter().map(order).filter(|(made, _)| *made != Truth::No).collect()
    }

    /// What was told in a date field of a list, as far as it has happened.
    fn past_dates(&self, list: &Known<&'a Vec<Entry>>, field: u16) -> impl Iterator<Item = Approx> {
        let entries = list.get().into_iter().flat_map(|entries| entries.iter());
        entries.filter_map(move |entry| date(entry, field)?.happened_by(self.as_of))
    }

    /// Was something told that people here are given, and surely from before the first entry that was told?
    pub fn told_before_stays(&self) -> Measured {
        let leaves = self.past_dates(&self.leaves, self.places.leave_granted);
        let told = leaves.chain(self.past_dates(&self.periods, self.places.period_from));
        let entries: Vec<Approx> = self.stays.get().into_iter().flatten().map(|stay| stay.entered).collect();
        let before = |told: Approx| entries.iter().fold(Truth::Yes, |so_far, entered| so_far.and(entered.on_or_before(told).negate()));
        let mut truth = told.fold(Truth::No, |so_far, told| so_far.or(before(told)));
        // A list that nobody could give can hold one.
        if self.leaves.unsure() || self.protected.unsure() {
            truth = truth.or(Truth::Unknown);
        }
        Measured::new(if entries.is_empty() { Truth::No } else { truth }, false)
    }

    /// Was "never left after it" said of an order or of a time to leave, though a stay ended on its day or later?
    pub fn left_anyway(&self, answers: &[Answer]) -> Measured {
        let p = self.places;
        let lists = [(p.orders, p.order_date, p.order_carried_out), (p.leave, p.leave_granted, p.leave_left)];
        let mut truth = Truth::No;
        for (list, made, left) in lists {
            let Some(Answer::Value(Value::List(entries))) = answers.get(usize::from(list)) else { continue };
            let never = entries.iter().filter(|entry| matches!(entry.get(usize::from(left)), Some(Given::No)));
            for made in never.filter_map(|entry| date(entry, made)?.happened_by(self.as_of)) {
                for stay in self.stays.get().into_iter().flatten() {
                    let after = stay.left.map_or(Truth::No, |left| made.on_or_before(left).and(stay.ended));
                    truth = truth.or(after);
                }
            }
        }
        Measured::new(truth, false)
    }

    /// Does a departure that was told with an order or a time to leave, or a stop at the border, lie inside a stay? Or such a
    /// departure after every stay that had begun was over? Then there was a return that nobody told of.
    pub fn away_against_stays(&self) -> Measured {
        let orders = self.orders.get().into_iter().flatten().filter_map(|order| order.carried_out);
        let orders = orders.filter(|(sure, _)| *sure == Truth::Yes).map(|(_, out)| out);
        let contacts = self.contacts.get().into_iter().flatten().map(|contact| contact.date);
        let leaves = self.past_dates(&self.leaves, self.places.leave_left);
        // A departure has one day, wherever it is told. When somebody came to the border people know less well.
        let told = orders.chain(leaves).map(|out| (out, true, 0)).chain(contacts.map(|contact| (contact, false, ONE_TRIP)));
        let mut truth = Truth::No;
        for (away, departure, days) in told {
            let near = |day: Date| day.plus_days(days);
            let (mut here_before, mut all_over) = (Truth::No, Truth::Yes);
            for stay in self.stays.get().into_iter().flatten() {
                let began = Truth::between(stay.entered.to < away.from, away.to <= stay.entered.from);
                let ended = stay.left.map_or(Truth::No, |left| Truth::between(left.to <= near(away.from), near(away.to) < left.from));
                truth = truth.or(began.and(ended.negate()));
                let over = stay.left.map_or(Truth::No, |left| Truth::between(left.to < away.from, away.to <= left.from));
                here_before = here_before.or(began);
                all_over = all_over.and(began.negate().or(over));
            }
            truth = truth.or(here_before.and(all_over).and(Truth::from_bool(departure)));
        }
        truth = truth.or(self.left_out_of_a_stay());
        // A list that nobody could give can hold one.
        if self.stays.get().is_some_and(|stays| !stays.is_empty())
            && (self.orders.unsure() || self.contacts.unsure() || self.leaves.unsure())
        {
            truth = truth.or(Truth::Unknown);
        }
        let unasked = truth == Truth::No && self.stays.unasked();
        Measured::new(truth, unasked)
    }

    /// Was a time to leave given in a stay, and left by on a day on which no stay ended and this one went on? On the day of coming
    /// in only this shows that the departure lies inside the stay.
    fn left_out_of_a_stay(&self) -> Truth {
        let stays = self.stays.get().map(Vec::as_slice).unwrap_or_default();
        let inside = |granted: Approx, own: Approx| {
            let ended_then = stays.iter().filter_map(|stay| stay.left).any(|left| left.from <= own.to && own.from <= left.to);
            let goes_on = |stay: &&Stay| !ended_then && stay.left.is_none_or(|left| own.to < left.from);
            let one = |stay: &Stay| stay.entered.on_or_before(granted).and(granted.on_or_before(own));
            stays.iter().filter(goes_on).fold(Truth::No, |so_far, stay| so_far.or(one(stay)))
        };
        let day = |entry: &Entry, field: u16| date(entry, field)?.happened_by(self.as_of);
        let told = self.leaves.get().into_iter().flat_map(|entries| entries.iter());
        let both = told.filter_map(|entry| Some((day(entry, self.places.leave_granted)?, day(entry, self.places.leave_left)?)));
        both.fold(Truth::No, |so_far, (granted, own)| so_far.or(inside(granted, own)))
    }

    /// Is there a stay that ends before it begins, or begins before the one before it ends?
    pub fn out_of_order(&self, places: &Places, answers: &[Answer]) -> Measured {
        let Some(Answer::Value(Value::List(entries))) = answers.get(usize::from(places.stays)) else {
            return Measured::new(Truth::No, false);
        };
        let mut truth = Truth::No;
        let mut last: Option<Approx> = None;
        for entry in entries {
            for day in [places.entered, places.left].into_iter().filter_map(|field| date(entry, field)) {
                // Inexact dates may touch: only what cannot be is out of order.
                let before = last.map_or(Truth::Yes, |last| last.on_or_before(day.range));
                truth = truth.or(Truth::from_bool(before == Truth::No));
                last = Some(day.range);
            }
        }
        Measured::new(truth, false)
    }

    /// Does a count rest on a question that was not asked yet?
    fn counting_unasked(&self, measure: &Measure) -> bool {
        let waits = || self.protected.get().is_some_and(|periods| periods.iter().any(|period| period.unasked));
        (measure.minors_until.is_some() && self.birth.unasked()) || (measure.protected != 0 && (self.protected.unasked() || waits()))
    }

    /// The days of one stay: stays are not added together here.
    fn one_stay(&self, measure: &Measure, index: usize) -> Range {
        let stay = self.stays.get().and_then(|stays| stays.get(index));
        let (sure, possible) = stay.map(|stay| self.counted(measure, stay)).unwrap_or_default();
        Range { min: sure.len(), max: possible.len() }
    }

    /// The days of one stay that surely count, and those that possibly count.
    fn counted(&self, measure: &Measure, stay: &Stay) -> (Days, Days) {
        let never = Date::MAX;
        let after_permission = |until: &Until| match until {
            Until::WhileStatusLasts => (never, never),
            Until::Date(until) => (until.from.plus_days(1), until.to.plus_days(1)),
            Until::Unknown => (stay.entered.from, never),
        };
        let (first_possible, first_sure) = match among(measure.unlawful_on_entry, stay.how) {
            Truth::Yes => (stay.entered.from, stay.entered.to),
            Truth::No => {
                let (possible, sure) = after_permission(&stay.until);
                (possible.max(stay.entered.from), sure.max(stay.entered.to))
            }
            Truth::Unknown => (stay.entered.from, never),
        };
        let (last_sure, last_possible) = match stay.left {
            Some(left) => (left.from.min(self.as_of), left.to.min(self.as_of)),
            None => (self.as_of, self.as_of),
        };
        let (mut minor_sure, mut minor_possible) = (Date::MIN, Date::MIN);
        if let Some(years) = measure.minors_until {
            let adult = self.birth.get().map(|birth| birth.plus(Span::years(years)));
            (minor_possible, minor_sure) = adult.map_or((Date::MIN, never), |adult| (adult.from, adult.to));
        }
        let mut sure = Days::new(first_sure.max(measure.counts_from).max(minor_sure), last_sure);
        let mut possible = Days::new(first_possible.max(measure.counts_from).max(minor_possible), last_possible);
        match &self.protected {
            _ if measure.protected == 0 => {}
            Known::Is(periods) => {
                for period in periods {
                    let (from, to) = period.range;
                    // Parole ends on leaving, and what waits is given up: after a plain departure nothing surely protects any more.
                    // One from before the entry may have been given for an earlier stay.
                    let earlier = from.to < stay.entered.from && among(measure.resumes_protection, stay.how) != Truth::Yes;
                    let gone = self.stays.get().into_iter().flatten().filter(|other| !std::ptr::eq(*other, stay));
                    let gone =
                        gone.filter(|other| other.left_how.is_in(measure.keeps_protection) != Truth::Yes).filter_map(|other| other.left);
                    let ends = gone.filter(|left| from.from <= left.to).map(|left| left.from).fold(to.from.plus_days(1), Date::min);
                    match among(measure.protected, period.kinds) {
                        Truth::No => continue,
                        Truth::Yes if !earlier => possible = possible.without(from.to, ends),
                        Truth::Yes => {}
                        Truth::Unknown => {}
                    }
                    sure = sure.without(from.from, to.to.plus_days(1));
                }
            }
            _ => sure = Days::default(),
        }
        (sure, possible)
    }
}

/// Is an option in a mask? Unknown where the option is not known, unless the mask is empty.
fn in_mask(mask: u32, option: Option<u8>) -> Truth {
    match option {
        Some(option) => Truth::from_bool(has(mask, option)),
        None if mask == 0 => Truth::No,
        None => Truth::Unknown,
    }
}

/// Is whichever of the possible options it is in a mask?
fn among(mask: u32, possible: u32) -> Truth {
    if mask == 0 { Truth::No } else { Truth::between(possible & !mask == 0, possible & mask == 0) }
}

/// Is the option at this place in the mask?
pub fn has(mask: u32, option: u8) -> bool {
    option < 32 && mask >> option & 1 == 1
}

fn choice(entry: &Entry, field: u16) -> Option<u8> {
    match entry.get(usize::from(field)) {
        Some(Given::Choice(option)) => Some(*option),
        _ => None,
    }
}

/// What it can be, as a bit mask.
fn options(entry: &Entry, field: u16) -> u32 {
    match entry.get(usize::from(field)) {
        Some(Given::Choice(option)) => 1_u32.checked_shl(u32::from(*option)).unwrap_or(0),
        Some(Given::OneOf { options, .. }) => *options,
        _ => u32::MAX,
    }
}

fn date(entry: &Entry, field: u16) -> Option<Dated> {
    match entry.get(usize::from(field)) {
        Some(Given::Date(date)) => Some(*date),
        _ => None,
    }
}

fn read_stays<'a>(places: &Places, entries: &'a [Entry], as_of: Date) -> Vec<Stay<'a>> {
    // People list stays as they come to mind: one that was surely earlier goes before the others.
    let entered = |entry: &Entry| date(entry, places.entered).map(|entered| entered.range);
    let mut order: Vec<&Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let earlier = |other: &&&Entry| entered(entry).zip(entered(other)).is_some_and(|(mine, theirs)| mine.to < theirs.from);
        let at = order.len() - order.iter().rev().take_while(earlier).count();
        order.insert(at, entry);
    }
    let mut stays: Vec<Stay> = Vec::new();
    for entry in order {
        let stated = date(entry, places.entered);
        let Some(mut entered) = stated.unwrap_or(Dated::new(Approx::ANY)).happened_by(as_of) else { continue };
        // Oldest first: nobody comes in again before having left.
        if let Some(last) = stays.last_mut() {
            let gone = last.left.map_or(last.entered.from, |left| left.from);
            if entered.to >= gone {
                entered.from = entered.from.max(gone);
            }
            last.left = match last.left {
                Some(left) if left.from <= entered.to => Some(Approx { from: left.from, to: left.to.min(entered.to) }),
                Some(left) => Some(left),
                None => Some(Approx { from: last.entered.from, to: entered.to.max(last.entered.from) }),
            };
            last.ended = Truth::Yes;
        }
        let (left, ended) = match entry.get(usize::from(places.left)) {
            Some(Given::Date(left)) => (left.happened_by(as_of), Approx::on_or_before(left.range, Approx::exact(as_of))),
            Some(Given::Absent) | None => (None, Truth::No),
            Some(_) => (Some(Approx { from: entered.from, to: as_of }), Truth::Unknown),
        };
        let until = match entry.get(usize::from(places.allowed_until)) {
            Some(Given::Date(until)) => Until::Date(until.range),
            Some(Given::Word(_)) => Until::WhileStatusLasts,
            _ => Until::Unknown,
        };
        // Whoever tells of a stay and not of its day says that it has begun.
        let begun = stated.map_or(Truth::Yes, |stated| stated.range.on_or_before(Approx::exact(as_of)));
        let how = options(entry, places.how);
        let left_how = match entry.get(usize::from(places.left_how)) {
            Some(Given::Choice(way)) => Way::Said(*way),
            Some(Given::Absent | Given::NotShown) | None => Way::Plain,
            Some(_) => Way::Unsure,
        };
        stays.push(Stay { entry, entered, how, until, left, left_how, begun, ended });
    }
    stays
}

fn period(places: &Places, entry: &Entry, as_of: Date) -> Period {
    let from = date(entry, places.period_from).map_or(Approx::ANY, |date| date.range);
    let to = match entry.get(usize::from(places.period_to)) {
        Some(Given::Date(date)) => date.range,
        Some(Given::Absent) | None => Approx::exact(as_of),
        Some(_) => Approx { from: from.from, to: as_of },
    };
    let unasked = matches!(entry.get(usize::from(places.period_kind)), Some(Given::OneOf { asked: false, .. }));
    Period { kinds: options(entry, places.period_kind), unasked, range: (from, to) }
}

/// A departure after the day of an order carries the order out, whatever was said of carrying it out: the answers with that
/// written into them, so that every rule reads the same.
pub fn carry_out_orders(places: &Places, answers: &mut [Answer], as_of: Date) {
    let Some(Answer::Value(Value::List(entries))) = answers.get(usize::from(places.stays)) else { return };
    let ended: Vec<(Approx, Approx, Truth)> =
        read_stays(places, entries, as_of).iter().filter_map(|stay| stay.left.map(|left| (stay.entered, left, stay.ended))).collect();
    let Some(Answer::Value(Value::List(orders))) = answers.get_mut(usize::from(places.orders)) else { return };
    for entry in orders {
        let made = date(entry, places.order_date).unwrap_or(Dated::new(Approx::ANY));
        let Some(made) = made.happened_by(as_of) else { continue };
        let Some(carried_out) = entry.get_mut(usize::from(places.order_carried_out)) else { continue };
        if matches!(carried_out, Given::Date(out) if out.happened_by(as_of).is_some()) {
            continue;
        }
        let after = |(_, left, ended): &(Approx, Approx, Truth)| made.on_or_before(*left).and(*ended);
        if let Some((entered, left, _)) = ended.iter().find(|stay| after(stay) == Truth::Yes) {
            let mut out = *left;
            // Whoever is not sure of the day may mean any departure after the order, one too of a stay that nobody told.
            if *carried_out != Given::No {
                let last = ended.iter().filter(|stay| after(stay) != Truth::No).map(|(_, left, _)| left.to);
                let from = if entered.on_or_before(made) == Truth::Yes { out.from } else { made.from };
                out = Approx { from, to: last.fold(out.to, Date::max) };
            }
            *carried_out = Given::Date(Dated::new(out));
        } else if ended.iter().any(|stay| after(stay) == Truth::Unknown) {
            *carried_out = Given::Unsure;
        }
    }
}

fn order(places: &Places, entry: &Entry, as_of: Date) -> Option<Order> {
    let date_of = |field| date(entry, field).unwrap_or(Dated::new(Approx::ANY)).happened_by(as_of);
    let order_date = date_of(places.order_date)?;
    let carried_out = match entry.get(usize::from(places.order_carried_out)) {
        Some(Given::Date(date)) => date.happened_by(as_of).map(|out| (Truth::Yes, out)),
        Some(Given::Unsure | Given::Absent) | None => Some((Truth::Unknown, Approx { from: order_date.from, to: as_of })),
        _ => None,
    };
    Some(Order { kind: choice(entry, places.order_kind), date: order_date, carried_out })
}

/// A set of days, as half-open intervals that share none.
#[derive(Default)]
struct Days(Vec<(Date, Date)>);

impl Days {
    fn new(first: Date, end: Date) -> Days {
        Days(if first < end { vec![(first, end)] } else { Vec::new() })
    }

    fn len(&self) -> i32 {
        self.0.iter().map(|(first, end)| first.days_until(*end)).sum()
    }

    fn union(self, other: Days) -> Days {
        // The days of the other that are new lie in no interval of this one.
        let new = self.0.iter().fold(other, |rest, (first, end)| rest.without(*first, *end));
        Days(self.0.into_iter().chain(new.0).collect())
    }

    /// How many of them lie before a day.
    fn len_before(&self, day: Date) -> i32 {
        self.0.iter().map(|(first, end)| first.days_until((*end).min(day)).max(0)).sum()
    }

    /// These days less those from `first` up to, not including, `end`.
    fn without(self, first: Date, end: Date) -> Days {
        if first >= end {
            return self;
        }
        let kept = self.0.into_iter().flat_map(|(a, b)| [(a, b.min(first)), (a.max(end), b)]);
        Days(kept.filter(|(a, b)| a < b).collect())
    }
}
