//! A rule pack: everything the engine knows of the law, as data, and the check before it is used.
//!
//! A pack is written by `author` from TOML. It names facts, conditions and citations by their place, and crosses to
//! the engine as bytes in field order (postcard), which costs a third of the code that reading named keys does. It
//! holds ids and dates, never a sentence: words live in the language files, so a translation cannot change an outcome.

use crate::condition::Condition;
use crate::date::Date;
use crate::fact::{Entry, Fact, Given};
use crate::stay::{Measure, Places};
use serde::{Deserialize, Serialize};

/// The format of packs that this engine reads.
pub const FORMAT: u32 = 6;

/// The rules as the engine reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The format, which has to be [`FORMAT`].
    pub format: u32,
    /// The id of the pack.
    pub id: String,
    /// The version: the day of the rules, `YYYY.MM.DD`.
    pub version: String,
    /// The day of the version: what "today" is for whoever does not say.
    pub day: Date,
    /// From this day on nothing in the pack is fresh any more, and no door is known.
    pub expires: Date,
    /// Before this day nothing in the pack is known.
    pub known_from: Date,
    /// The date of the newest evidence for any door in the pack.
    pub confirmed_through: Date,
    /// The languages that there are words in.
    pub languages: Vec<String>,
    /// Who checked the rules.
    pub review: Review,
    /// The questions, in asking order.
    pub facts: Vec<Fact>,
    /// The fact that says which programs a person came for by name, by its place.
    pub asked_for: Option<u16>,
    /// For each fact: it is asked, and counts, only where this holds.
    pub applies: Vec<Option<Condition>>,
    /// For each fact: what other answers say of it. Where there is anything, nobody is asked for it.
    pub implied: Vec<Vec<Implied>>,
    /// Entries of lists that other answers tell.
    pub told: Vec<ToldEntry>,
    /// Where the facts of a history stand.
    pub places: Places,
    /// The conditions that others name.
    pub conditions: Vec<NamedCondition>,
    /// For each way to count, its versions.
    pub measures: Vec<Vec<Measure>>,
    /// What the law holds against a person, whatever the benefit.
    pub grounds: Vec<Criterion>,
    /// The grounds of which nobody is asked, by their ids.
    pub not_asked: Vec<String>,
    /// The benefits that grounds stand against.
    pub classes: Vec<Class>,
    /// The routes.
    pub routes: Vec<Route>,
    /// The cautions.
    pub cautions: Vec<CautionRule>,
    /// Answers that cannot all be so.
    pub contradictions: Vec<Contradiction>,
    /// What a person meets, in order.
    pub screens: Vec<Screen>,
    /// The citations.
    pub citations: Vec<Citation>,
}

/// Who checked the rules: `draft` until somebody has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Review {
    /// `draft`, or `reviewed`.
    pub state: String,
    /// What the reviewer is, such as an immigration attorney; null for a draft.
    pub role: Option<String>,
    /// For whom the reviewer works; null for a draft.
    pub organization: Option<String>,
    /// The day of the review, `YYYY-MM-DD`; null for a draft.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub on: Option<Date>,
    /// What was looked at; null where it was everything, and for a draft.
    pub scope: Option<String>,
}

/// The as-of dates on which something holds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The first day; without it, it always held.
    pub from: Option<Date>,
    /// The last day; without it, it has no end.
    pub to: Option<Date>,
}

impl Interval {
    /// Is the day one of them?
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What other answers say of a fact that was not told itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Implied {
    /// Where this holds.
    pub when: Condition,
    /// The option that it is then; none where nobody can know.
    pub option: Option<u8>,
}

/// An entry of a list that other answers tell: an event is told once, wherever that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldEntry {
    /// The list.
    pub list: u16,
    /// Where this holds.
    pub when: Condition,
    /// The field that says what kind of entry it is, and its option: a list with such an entry has told it itself.
    pub kind: (u16, u8),
    /// Its dates: the field and the date fact; none where the day is not known.
    pub dates: Vec<(u16, Option<u16>)>,
}

/// A condition that others name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedCondition {
    /// Its id.
    pub id: String,
    /// What it means, each version for its days.
    pub versions: Vec<Version>,
}

/// What a named condition means on some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The days.
    pub in_force: Interval,
    /// What it means on them.
    pub test: Condition,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
}

/// Can anybody use a route?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DoorState {
    /// Spoken of, and never made.
    NeverCreated,
    /// Made, and not begun yet.
    NotBegun,
    /// Proposed, and nothing decided.
    Proposed,
    /// Announced for a day to come.
    Announced,
    /// Requests are taken and decided.
    Open,
    /// Requests are taken, and none is approved.
    FilingOnly,
    /// Only for those who have it already.
    RenewalsOnly,
    /// Only before an immigration judge.
    InCourtOnly,
    /// Stopped for now.
    Paused,
    /// Ended.
    Closed,
    /// Nobody could confirm what holds.
    Unconfirmed,
    /// Outside the dates that the rules know.
    Unknown,
}

impl DoorState {
    /// Its place in a bit mask of states.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// There is an idea at most: what a program gives and asks for is not known before it is announced.
    pub fn is_idea(self) -> bool {
        matches!(self, DoorState::NeverCreated | DoorState::NotBegun | DoorState::Proposed)
    }

    /// Nobody can use the route, now or soon: its questions are not asked.
    pub fn is_shut(self) -> bool {
        matches!(self, DoorState::NeverCreated | DoorState::NotBegun | DoorState::Proposed | DoorState::Closed | DoorState::Unknown)
    }
}

/// A way to status or protection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// The group of routes that it belongs to.
    pub group: String,
    /// The option of [`Pack::asked_for`] that names it: whoever came for it is asked its questions though its door is shut.
    pub asked_for: Option<u8>,
    /// How much it gives beside what it exposes: among routes that stand alike the heavier one is read first.
    pub weight: u8,
    /// Where this holds, somebody who hurt the person would have to file it, or to sign for it.
    pub abuser_files: Option<Condition>,
    /// Where this holds, the route is what answers a stop, or is asked for at a court date that is near.
    pub urgent_when: Option<Condition>,
    /// Where this holds for sure, a stop does not hide the route: it is a way of the person's own, or the way back after an order.
    pub under_stop: Option<Condition>,
    /// The benefit that it leads to, by its place; none where it leads to none.
    pub class: Option<u16>,
    /// Where the law of this route departs from what a ground does to the benefit.
    pub departures: Vec<Cell>,
    /// States in order; each runs to the next, the last has no end.
    pub door: Vec<DoorRow>,
    /// What the facts have to be, in all versions.
    pub criteria: Vec<Criterion>,
    /// What it gives, by ids with a text.
    pub gives: Vec<String>,
    /// What whoever files lets the agency know, by ids with a text.
    pub exposes: Vec<String>,
    /// What papers it takes, by ids with a text.
    pub documents: Vec<String>,
    /// What there is to do, in order.
    pub steps: Vec<Step>,
    /// What it costs, in all versions.
    pub fees: Vec<Fee>,
    /// Who checked this route, where that is not who checked the pack.
    pub review: Option<Review>,
}

/// A state of a door, up to the next row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoorRow {
    /// Its first day.
    pub from: Date,
    /// The state.
    pub state: DoorState,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
    /// The day of the newest evidence for it.
    pub confirmed_through: Date,
    /// Days after `confirmed_through` for which the row is good without a new look.
    pub shelf_life: i32,
}

/// Something that the facts have to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// The days on which it is asked for.
    pub in_force: Interval,
    /// What has to hold.
    pub test: Condition,
    /// It counts only where this holds.
    pub applies: Option<Condition>,
    /// What it means where it fails.
    pub if_no: IfNo,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
    /// Placeholders for texts: the first date, years and days that the test names.
    pub values: Values,
}

impl Criterion {
    /// The conditions that it rests on: when it applies, and what it tests.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.applies.iter().chain([&self.test])
    }
}

/// What the law blocks: one benefit, and what each ground does to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// The grounds that touch it.
    pub cells: Vec<Cell>,
    /// The grounds that touch it and of which nobody is asked, by their places.
    pub not_asked: Vec<u16>,
}

/// What a ground does to a benefit on some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The ground, by its place. Its criterion is met where the ground does not hold.
    pub ground: u16,
    /// The days.
    pub in_force: Interval,
    /// What it does where it holds.
    pub effect: Effect,
    /// The route that can lift it, by its place.
    pub waiver: Option<u16>,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
}

/// What a ground that holds does to a benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Effect {
    /// The benefit cannot be had while the ground holds.
    Blocks,
    /// It cannot be had for a time that ends.
    Until,
    /// It cannot be had unless a waiver is granted that has a route of its own.
    Waivable,
    /// Only a lawyer can say: it turns on facts that nobody is asked, on discretion, or on a waiver without a route.
    Lawyer,
    /// The ground does not touch the benefit.
    No,
}

/// What it means for the fit where a criterion fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IfNo {
    /// It does not fit, and nothing waives it.
    ForGood,
    /// Not now: the step named by this fact is missing.
    Step(u16),
    /// Not now: it will be met from a date on.
    Time,
    /// Only a lawyer can say what it means.
    Lawyer,
    /// What the person thinks of a thing that only a lawyer can judge: unclear, and no more is asked for this card.
    SelfRating,
}

/// Machine values for the placeholders of a text. All are strings so that a person reads what the machine has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Values {
    /// The first date that the test names, `YYYY-MM-DD`; null where it names none.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub date: Option<Date>,
    /// For a caution: its last day, or the day on which its bar ends, `YYYY-MM-DD`; null where it has none.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub until: Option<Date>,
    /// The first number of years that the test names; null where it names none.
    pub years: Option<i32>,
    /// The first number of days that the test names; null where it names none.
    pub days: Option<i32>,
}

/// What kind of thing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum StepKind {
    /// Find something out.
    Learn,
    /// Bring papers together.
    Gather,
    /// Talk to a lawyer or another place of help.
    Help,
    /// Send something to an agency or a court.
    File,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// It is shown only while the door is in one of these states, as a bit mask; 0 for any.
    pub doors: u32,
    /// It is shown only while the fit is one of these, as a bit mask; 0 for any.
    pub fits: u32,
    /// Shown only where this may hold; a step that files, only where it surely does.
    pub when: Option<Condition>,
}

/// What a form costs on some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    /// Its id.
    pub id: String,
    /// The days.
    pub in_force: Interval,
    /// US dollars.
    pub amount: i32,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
}

impl FitState {
    /// Its place in a bit mask of states.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Do the facts meet the criteria?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum FitState {
    /// Every criterion is met.
    Fits,
    /// An answer is missing or not sure, or only a lawyer can say.
    Unclear,
    /// A step or a day is missing, and nothing else.
    NotNow,
    /// A criterion fails for good.
    DoesNotFit,
}

/// Something to be careful about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CautionRule {
    /// Its id.
    pub id: String,
    /// When it is said, each clause with words of its own.
    pub clauses: Vec<Clause>,
}

/// When a caution is said, and what it says then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Its id; its text stands under it.
    pub id: String,
    /// The days on which it is looked at.
    pub in_force: Interval,
    /// How serious it is.
    pub tier: Tier,
    /// What it tells to do or to leave.
    pub tells: Vec<Tell>,
    /// Routes and groups of routes whose cards repeat the caution; `all` for every card.
    pub touches: Vec<String>,
    /// When it holds.
    pub test: Condition,
    /// The citations for it, by their places.
    pub cite: Vec<u16>,
    /// It speaks of a card and is looked at once for each card.
    pub card: bool,
    /// Its place among what is said first, 1 before all others; none where only a stop or a near last day brings it there.
    pub urgent: Option<u8>,
    /// What stands in the placeholders of its text.
    pub values: Values,
}

/// How serious a caution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Tier {
    /// File nothing, do not travel and contact no agency before a lawyer has looked at it.
    Stop,
    /// To be settled before anything is sent.
    BeforeYouSend,
    /// Good to know.
    Know,
}

/// What a caution tells to do or to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Tell {
    /// Talk to a lawyer first.
    LawyerFirst,
    /// File nothing.
    DoNotFile,
    /// Do not leave the US.
    DoNotTravel,
    /// Contact no agency.
    DoNotContact,
    /// Whoever goes there may be detained.
    DetentionRisk,
    /// There is a last day.
    Deadline,
    /// Beware of those who sell it.
    Scam,
    /// Sign nothing that is not understood.
    SignNothing,
    /// Settle now who cares for the children, and who keeps keys, papers and medicine.
    FamilyPlan,
}

#[cfg(feature = "author")]
impl Tell {
    /// Every one.
    pub const ALL: [Tell; 9] = [
        Tell::LawyerFirst,
        Tell::DoNotFile,
        Tell::DoNotTravel,
        Tell::DoNotContact,
        Tell::DetentionRisk,
        Tell::Deadline,
        Tell::Scam,
        Tell::SignNothing,
        Tell::FamilyPlan,
    ];
}

/// A screen: questions that a person answers together. How it looks is no business of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screen {
    /// Its id.
    pub id: String,
    /// The facts that it settles, by their places. Of a list: whether there is an entry at all.
    pub settles: Vec<u16>,
    /// The facts that can be told on it, and that alone are no reason to come to it: another screen settles them.
    pub also: Vec<u16>,
    /// The lists whose entries are told on it, by their places.
    pub entries: Vec<u16>,
}

/// Answers that cannot all be so. It decides nothing; the person is asked to look again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    /// Its id.
    pub id: String,
    /// The answers that cannot all be so.
    pub test: Condition,
}

/// A source by its id. Its title and address are for the reader and stay outside the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Its id.
    pub id: String,
    /// The day on which somebody read it; none where nobody did.
    pub read: Option<Date>,
    /// For so many days what it says is taken to stand without a new look.
    pub keeps: i32,
}

/// FNV-1a. It is there for accidents: most changed bytes would still be a pack, with another law in it. Whoever changes a
/// pack on purpose can change this too.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

impl ToldEntry {
    /// Does one of these entries tell it already?
    pub fn stands_in(&self, entries: &[Entry]) -> bool {
        let (field, option) = self.kind;
        entries.iter().any(|entry| entry.get(usize::from(field)) == Some(&Given::Choice(option)))
    }

    /// What the entry rests on, beside what says whether there is one.
    pub fn facts(&self) -> impl Iterator<Item = u16> {
        self.dates.iter().filter_map(|(_, fact)| *fact)
    }
}

impl Route {
    /// The benefit that it leads to, among all of them.
    pub fn class_in<'a>(&self, classes: &'a [Class]) -> Option<&'a Class> {
        classes.get(usize::from(self.class?))
    }
}

impl Pack {
    /// The pack as bytes, its checksum behind it.
    #[cfg(feature = "author")]
    pub fn to_bytes(&self) -> postcard::Result<Vec<u8>> {
        let mut bytes = postcard::to_allocvec(self)?;
        bytes.extend(checksum(&bytes).to_le_bytes());
        Ok(bytes)
    }

    /// Reads the bytes of a pack. `None` where they are no pack, not as they were written, or one so incomplete that every
    /// answer would be empty.
    pub fn from_bytes(bytes: &[u8]) -> Option<Pack> {
        let (bytes, sum) = bytes.split_last_chunk()?;
        if checksum(bytes).to_le_bytes() != *sum {
            return None;
        }
        let pack: Pack = postcard::from_bytes(bytes).ok()?;
        let whole = !pack.facts.is_empty() && !pack.routes.is_empty() && pack.applies.len() == pack.facts.len();
        (whole && pack.format == FORMAT).then_some(pack)
    }

    /// Does a statement rest on at least one source that was read?
    pub fn verified(&self, cite: &[u16]) -> bool {
        self.read(cite).next().is_some()
    }

    /// The earliest day on which somebody read one of the sources of a statement, and the last day on which it stands by all of them
    /// without a new look.
    pub fn confirmed(&self, cite: &[u16]) -> Option<(Date, Date)> {
        let read = self.read(cite).map(|(read, _)| read).min()?;
        let keeps = self.read(cite).map(|(_, keeps)| keeps).min()?;
        Some((read, read.plus_days(keeps)))
    }

    fn read(&self, cite: &[u16]) -> impl Iterator<Item = (Date, i32)> {
        let sources = cite.iter().filter_map(|&c| self.citations.get(usize::from(c)));
        sources.filter_map(|source| source.read.map(|read| (read, source.keeps)))
    }

    /// The ids of citations.
    pub fn cites(&self, cite: &[u16]) -> Vec<String> {
        cite.iter().filter_map(|&c| self.citations.get(usize::from(c))).map(|c| c.id.clone()).collect()
    }

    /// Where each fact's numbers begin in the packed answers, and how many numbers there are in all.
    pub fn slots(&self) -> (Vec<usize>, usize) {
        let mut at = 0;
        let mut begins = Vec::with_capacity(self.facts.len());
        for fact in &self.facts {
            begins.push(at);
            at += fact.size();
        }
        (begins, at)
    }
}
