//! What the engine says: plain data, ids and dates only, never a sentence.

use crate::condition::Relation;
use crate::date::Date;
use crate::pack::{DoorState, FitState, Review, StepKind, Tell, Tier, Values};
use crate::truth::Truth;
use serde::Serialize;

macro_rules! plain {
    ($(#[$doc:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
        pub struct $name { $($body)* }
    };
}

plain! {
/// Everything said about one family on one day.
pub struct Report {
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub as_of: Date,
    pub rules: RulesInfo,
    /// At least one caution of the tier `stop` holds or may hold: nothing here tells anybody to file.
    pub stop: bool,
    pub cautions: Vec<Caution>,
    /// One card for each route, in the order in which they are worth reading.
    pub cards: Vec<Card>,
    /// Every question in asking order.
    pub questions: Vec<QuestionState>,
    /// The question to ask next.
    pub next: Option<String>,
    /// At most so many more questions.
    pub remaining: usize,
    /// The few questions that come first are done: whether they stop the family is said by `stop`.
    pub first_pass_done: bool,
    pub problems: Vec<Problem>,
}
}

plain! {
/// Which rules spoke.
pub struct RulesInfo {
    pub id: String,
    pub version: String,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub known_from: Date,
    /// The date of the newest evidence behind any door.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub confirmed_through: Date,
    pub review: Review,
}
}

plain! {
/// Something to be careful about.
pub struct Caution {
    pub id: String,
    /// Which of the caution's clauses holds; its text is under this id.
    pub clause: String,
    pub tier: Tier,
    pub tells: Vec<Tell>,
    pub certainty: Certainty,
    pub values: Values,
    pub cites: Vec<String>,
    pub verified: bool,
}
}

/// `Maybe` where it rests on an answer "not sure", never on a question not asked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Certainty {
    Yes,
    Maybe,
}

plain! {
/// One route: its door, its fit, and what goes with them.
pub struct Card {
    pub route: String,
    pub group: String,
    pub door: Door,
    /// Null where no criteria existed on the as-of date.
    pub fit: Option<Fit>,
    pub reasons: Vec<Reason>,
    pub cautions: Vec<Caution>,
    pub find_out: Vec<FindOut>,
    /// Days on which the card changes by itself.
    pub come_back: Vec<ComeBack>,
    pub gives: Vec<String>,
    pub exposes: Vec<String>,
    pub documents: Vec<String>,
    pub next_steps: Vec<NextStep>,
    pub fees: Vec<FeeInForce>,
    /// Every citation that the card rests on.
    pub cites: Vec<String>,
    /// Who checked this card: the route's own review, else that of the whole pack.
    pub review: Review,
}
}

plain! {
/// Is the route open on the as-of date? It never depends on answers.
pub struct Door {
    pub state: DoorState,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    /// The day of the next change, where the rules know one.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub next_change: Option<Date>,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub confirmed_through: Option<Date>,
    /// The state was last confirmed longer ago than its kind keeps.
    pub stale: bool,
    pub cites: Vec<String>,
}
}

plain! {
/// Do the facts meet the criteria in force?
pub struct Fit {
    pub state: FitState,
    /// For not-now: the day from which it is met, where that can be worked out.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub not_before: Option<Date>,
    /// For not-now: the facts that name the missing steps.
    pub missing: Vec<String>,
}
}

plain! {
/// One criterion, and what is known of it.
pub struct Reason {
    pub criterion: String,
    pub truth: Truth,
    /// The day from which this version of the criterion is in force; null where it always was.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    /// The facts it read.
    pub facts: Vec<String>,
    pub values: Values,
    pub cites: Vec<String>,
    pub verified: bool,
}
}

plain! {
/// A fact worth finding out for a card.
pub struct FindOut {
    pub fact: String,
    /// How it is safe to find out.
    pub how: String,
    /// This fact alone would decide the card.
    pub alone: bool,
    pub sharper: Vec<SharperQuestion>,
}
}

plain! {
/// A day on which a card changes by itself, with nothing new answered.
pub struct ComeBack {
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub date: Date,
    /// What changes.
    pub what: Vec<ComeBackWhat>,
}
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum ComeBackWhat {
    Door,
    Fit,
    Cautions,
}

plain! {
/// A yes-no question about an inexact date that would settle something.
pub struct SharperQuestion {
    pub fact: String,
    /// For a list: the place of the entry.
    pub entry: Option<usize>,
    pub field: Option<String>,
    pub relation: Relation,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub date: Date,
    /// The date as it stands after the answer yes, and after no.
    pub yes: DateRange,
    pub no: DateRange,
}
}

plain! {
/// From one day to another, both included.
pub struct DateRange {
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub from: Date,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub to: Date,
}
}

plain! {
/// Something to do, by kind; steps of the kind `file` are left out under a stop.
pub struct NextStep {
    pub id: String,
    pub kind: StepKind,
    /// The last day for it, where the law sets one for this family.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub by: Option<Date>,
}
}

plain! {
/// A fee in US dollars, in force on the as-of date.
pub struct FeeInForce {
    pub id: String,
    pub amount: i32,
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    pub cites: Vec<String>,
}
}

plain! {
/// Where one question stands.
pub struct QuestionState {
    pub fact: String,
    pub state: QuestionProgress,
    pub sharper: Vec<SharperQuestion>,
}
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum QuestionProgress {
    /// Relevant and not answered.
    Open,
    Answered,
    /// Answered with "not sure".
    Unsure,
    /// Answered with a day that does not exist.
    Invalid,
    /// Not needed: its answer, if there is one, changes nothing.
    NotRelevant,
}

plain! {
/// Something in the answers that cannot be, for the person to look at again.
pub struct Problem {
    pub code: String,
    pub facts: Vec<String>,
}
}
