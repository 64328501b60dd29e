//! A rule pack: everything the engine knows of the law, as data, and the check before it is used.
//!
//! A pack is written by `author` from TOML. It names facts, conditions and citations by their place, and crosses to
//! the engine as bytes in field order (postcard), which costs a third of the code that reading named keys does. It
//! holds ids and dates, never a sentence: words live in the language files, so a translation cannot change an outcome.

use crate::condition::Condition;
use crate::date::Date;
use crate::fact::Fact;
use crate::stay::{Measure, Places};
use serde::{Deserialize, Serialize};

/// The format of packs that this engine reads.
pub const FORMAT: u32 = 2;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pack {
    pub format: u32,
    pub id: String,
    pub version: String,
    /// The day of the version: what "today" is for whoever does not say.
    pub day: Date,
    /// Before this day nothing in the pack is known.
    pub known_from: Date,
    /// The date of the newest evidence for any door in the pack.
    pub confirmed_through: Date,
    pub languages: Vec<String>,
    pub review: Review,
    pub facts: Vec<Fact>,
    /// For each fact: it is asked, and counts, only where this holds.
    pub applies: Vec<Option<Condition>>,
    pub places: Places,
    pub conditions: Vec<NamedCondition>,
    /// For each way to count, its versions.
    pub measures: Vec<Vec<Measure>>,
    pub routes: Vec<Route>,
    pub cautions: Vec<CautionRule>,
    pub contradictions: Vec<Contradiction>,
    pub citations: Vec<Citation>,
}

/// Who checked the rules: `draft` until somebody has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Review {
    pub state: String,
    pub role: Option<String>,
    pub organization: Option<String>,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub on: Option<Date>,
    pub scope: Option<String>,
}

/// The as-of dates on which something holds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Interval {
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedCondition {
    pub id: String,
    pub versions: Vec<Version>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    #[serde(rename = "when")]
    pub in_force: Interval,
    pub test: Condition,
    pub cite: Vec<u16>,
}

/// Can anybody use a route?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DoorState {
    NeverCreated,
    NotBegun,
    Proposed,
    Announced,
    Open,
    FilingOnly,
    RenewalsOnly,
    InCourtOnly,
    Paused,
    Closed,
    Unconfirmed,
    /// Outside the dates that the rules know.
    Unknown,
}

impl DoorState {
    /// Its place in a bit mask of states.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Nobody can use the route, now or soon: its questions are not asked.
    pub fn is_shut(self) -> bool {
        matches!(self, DoorState::NeverCreated | DoorState::NotBegun | DoorState::Proposed | DoorState::Closed | DoorState::Unknown)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    pub id: String,
    pub group: String,
    /// States in order; each runs to the next, the last has no end.
    pub door: Vec<DoorRow>,
    pub criteria: Vec<Criterion>,
    pub gives: Vec<String>,
    pub exposes: Vec<String>,
    pub documents: Vec<String>,
    pub steps: Vec<Step>,
    pub fees: Vec<Fee>,
    /// Who checked this route, where that is not who checked the pack.
    pub review: Option<Review>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DoorRow {
    pub from: Date,
    pub state: DoorState,
    pub cite: Vec<u16>,
    pub confirmed_through: Date,
    /// Days after `confirmed_through` for which the row is good without a new look.
    pub shelf_life: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    pub id: String,
    #[serde(rename = "when")]
    pub in_force: Interval,
    pub test: Condition,
    pub applies: Option<Condition>,
    pub if_no: IfNo,
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

/// What it means for the fit where a criterion fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfNo {
    /// It does not fit, and nothing waives it.
    ForGood,
    /// Not now: the step named by this fact is missing.
    Step(u16),
    /// Not now: it will be met from a date on.
    Time,
    /// Only a lawyer can say what it means.
    Lawyer,
}

/// Machine values for the placeholders of a text. All are strings so that a person reads what the machine has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Values {
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub date: Option<Date>,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub until: Option<Date>,
    pub years: Option<i32>,
    pub days: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum StepKind {
    Learn,
    Gather,
    Help,
    File,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    /// Shown only while the door is in one of these states, and the fit one of these; bit masks, 0 for any.
    pub doors: u32,
    pub fits: u32,
    /// Shown only where this may hold; a step that files, only where it surely does.
    pub when: Option<Condition>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    pub id: String,
    #[serde(rename = "when")]
    pub in_force: Interval,
    /// US dollars.
    pub amount: i32,
    pub cite: Vec<u16>,
}

impl FitState {
    pub fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Do the facts meet the criteria?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum FitState {
    Fits,
    Unclear,
    NotNow,
    DoesNotFit,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CautionRule {
    pub id: String,
    #[serde(rename = "clauses")]
    pub clauses: Vec<Clause>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    pub id: String,
    #[serde(rename = "when")]
    pub in_force: Interval,
    pub tier: Tier,
    pub tells: Vec<Tell>,
    /// Routes and groups of routes whose cards repeat the caution; `all` for every card.
    pub touches: Vec<String>,
    pub test: Condition,
    pub cite: Vec<u16>,
    /// It speaks of a card and is looked at once for each card.
    pub card: bool,
    pub values: Values,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Tier {
    Stop,
    BeforeYouSend,
    Know,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Tell {
    LawyerFirst,
    DoNotFile,
    DoNotTravel,
    DoNotContact,
    DetentionRisk,
    Deadline,
    Scam,
}

/// Answers that cannot all be so. It decides nothing; the person is asked to look again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    pub id: String,
    pub test: Condition,
}

/// A source by its id. Its title and address are for the reader and stay outside the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    pub id: String,
    /// Somebody read it.
    pub verified: bool,
}

/// FNV-1a. It is there for accidents: most changed bytes would still be a pack, with another law in it. Whoever changes a
/// pack on purpose can change this too.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
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
        cite.iter().any(|&c| self.citations.get(usize::from(c)).is_some_and(|c| c.verified))
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
