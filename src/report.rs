//! What the engine says: plain data, ids and dates only, never a sentence.

use crate::condition::Relation;
use crate::date::Date;
use crate::pack::{DoorState, Effect, FitState, Review, StepKind, Tell, Tier, Values};
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
    /// The day that was looked at, `YYYY-MM-DD`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub as_of: Date,
    /// Which rules spoke.
    pub rules: RulesInfo,
    /// At least one caution of the tier `stop` holds or may hold: nothing here tells anybody to file.
    pub stop: bool,
    /// What to be careful about whichever route it is, the most serious first.
    pub cautions: Vec<Caution>,
    /// The cautions that a family reads before anything else, by id and in order.
    pub urgent: Vec<String>,
    /// What to do this week: at most three steps of the cards that are urgent or worth asking about. None of them sends anything.
    pub plan: Vec<PlanStep>,
    /// One card for each route, in the order in which they are worth reading.
    pub cards: Vec<Card>,
    /// Every question of the rules, in asking order, and where it stands.
    pub questions: Vec<QuestionState>,
    /// The fact to ask for next; null where nothing is left to ask.
    pub next: Option<String>,
    /// The screen that comes next; null where none has an open question. What sharpens a date comes after the last of them.
    pub next_screen: Option<NextScreen>,
    /// At most so many more questions come. Never too low, often too high: each line that an inexact date may have to be held
    /// against counts as a question.
    pub remaining: usize,
    /// The few questions that come first are done: whether they stop the family is said by `stop`.
    pub first_pass_done: bool,
    /// Answers that cannot be, or cannot all be so. They decide nothing; the person is asked to look again.
    pub problems: Vec<Problem>,
}
}

plain! {
/// Which rules spoke.
pub struct RulesInfo {
    /// The id of the pack, such as `us`.
    pub id: String,
    /// The version: the day of the rules, `YYYY.MM.DD`.
    pub version: String,
    /// The first day, `YYYY-MM-DD`, on which the rules know anything: before it every door is `unknown`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub known_from: Date,
    /// The day, `YYYY-MM-DD`, of the newest evidence behind any door.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub confirmed_through: Date,
    /// The day, `YYYY-MM-DD`, from which on nothing in the rules can be called fresh: whoever says that it is this day or later
    /// gets every door as `unknown` and no fit. Cautions stay.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub expires: Date,
    /// Who checked the rules.
    pub review: Review,
}
}

plain! {
/// Something to be careful about.
pub struct Caution {
    /// The caution, by its id in the rules.
    pub id: String,
    /// Which of the caution's clauses holds; its text is under this id.
    pub clause: String,
    /// How serious it is.
    pub tier: Tier,
    /// What it tells to do or to leave; empty where it only informs.
    pub tells: Vec<Tell>,
    /// Does it hold, or may it?
    pub certainty: Certainty,
    /// What stands in the placeholders of its text.
    pub values: Values,
    /// The citations that it rests on, by id.
    pub cites: Vec<String>,
    /// Somebody read at least one of its own sources.
    pub verified: bool,
    /// The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub confirmed_through: Option<Date>,
    /// One of them was read longer ago than such a source keeps.
    pub stale: bool,
}
}

/// `Maybe` where it rests on an answer "not sure", never on a question not asked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Certainty {
    /// It holds.
    Yes,
    /// It may hold: an answer leaves it open.
    Maybe,
}

plain! {
/// One route: its door, its fit, and what goes with them.
pub struct Card {
    /// The route, by its id in the rules.
    pub route: String,
    /// The group of routes that it belongs to.
    pub group: String,
    /// Where it belongs in an answer.
    pub place: Place,
    /// Its place in the order of all cards, from 1.
    pub rank: usize,
    /// The person came for it by name.
    pub named: bool,
    /// Can anybody use the route?
    pub door: Door,
    /// Do the facts meet its criteria? Null where no criteria existed on the as-of date.
    pub fit: Option<Fit>,
    /// Each criterion in force that applies, and what is known of it.
    pub reasons: Vec<Reason>,
    /// The grounds of the law that hold or may hold against what the route leads to.
    pub grounds: Vec<Ground>,
    /// The grounds that were looked at and do not hold, by id.
    pub clear: Vec<String>,
    /// The grounds that could hold and that nobody is asked about, by id.
    pub not_screened: Vec<String>,
    /// What to be careful about on this route, the most serious first.
    pub cautions: Vec<Caution>,
    /// What is worth finding out: what alone would decide the card first, then in asking order.
    pub find_out: Vec<FindOut>,
    /// The next days, in order, on which the card changes by itself.
    pub come_back: Vec<ComeBack>,
    /// What the route gives, by ids with a text.
    pub gives: Vec<String>,
    /// What whoever files lets the agency know, by ids with a text.
    pub exposes: Vec<String>,
    /// What papers it takes, by ids with a text.
    pub documents: Vec<String>,
    /// What to do next, in order.
    pub next_steps: Vec<NextStep>,
    /// The fees in force on the as-of date.
    pub fees: Vec<FeeInForce>,
    /// Every citation behind its door and its reasons, by id.
    pub cites: Vec<String>,
    /// Who checked this card: the route's own review, else that of the whole pack.
    pub review: Review,
}
}

/// Where a card belongs in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Place {
    /// A day of its own is near, or it is what answers a stop.
    Urgent,
    /// Among the few that are worth an hour with a lawyer.
    WorthAsking,
    /// Possible too, and not among the few; also what somebody who hurt the person would have to file.
    AlsoPossible,
    /// In some years, if time alone is in the way.
    Later,
    /// Nobody can use it now: it was asked for by name, or nothing else is in the way.
    Shut,
    /// Not for this family, as far as anybody can see.
    NotThisFamily,
}

plain! {
/// A step of a card, for this week.
pub struct PlanStep {
    /// The route, by its id in the rules.
    pub route: String,
    /// The step, by id.
    pub step: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// The last day for it, `YYYY-MM-DD`; null where the law sets none for this family.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub by: Option<Date>,
}
}

#[cfg(feature = "author")]
impl Card {
    /// Does a ground hold, where it touches what the route leads to?
    pub fn ground(&self, id: &str) -> Option<Truth> {
        let held = self.grounds.iter().find(|ground| ground.id == id);
        let held = held.map(|ground| if ground.certainty == Certainty::Yes { Truth::Yes } else { Truth::Unknown });
        held.or_else(|| self.clear.iter().any(|clear| clear == id).then_some(Truth::No))
    }
}

plain! {
/// Is the route open on the as-of date? It never depends on answers.
pub struct Door {
    /// The state on the as-of date; `unknown` outside the days that the rules know.
    pub state: DoorState,
    /// The first day, `YYYY-MM-DD`, of this state; null where it is `unknown`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    /// The day, `YYYY-MM-DD`, of the next change; null where the rules know of none.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub next_change: Option<Date>,
    /// The day, `YYYY-MM-DD`, of the newest evidence for this state; null where it is `unknown`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub confirmed_through: Option<Date>,
    /// The state was last confirmed longer ago than its kind keeps.
    pub stale: bool,
    /// The citations for this state, by id.
    pub cites: Vec<String>,
    /// How it came to this: every state since the rules know anything, up to the next change, in order. Empty where it is `unknown`.
    pub history: Vec<DoorChange>,
}
}

plain! {
/// A day on which the state of a door changed, or will.
pub struct DoorChange {
    /// The first day, `YYYY-MM-DD`, of the state.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub from: Date,
    /// The state from then on.
    pub state: DoorState,
    /// The citations for it, by id.
    pub cites: Vec<String>,
}
}

plain! {
/// Do the facts meet the criteria in force?
pub struct Fit {
    /// How the criteria come out together.
    pub state: FitState,
    /// For `not-now`: the first day, `YYYY-MM-DD`, on which time alone is no longer in the way. Null where no such day can be
    /// worked out, and for any other state.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub not_before: Option<Date>,
    /// For `not-now`: the facts that name the missing steps, by id; empty for any other state.
    pub missing: Vec<String>,
}
}

plain! {
/// One criterion, and what is known of it.
pub struct Reason {
    /// The criterion, by its id in the rules.
    pub criterion: String,
    /// Is it met?
    pub truth: Truth,
    /// The first day, `YYYY-MM-DD`, of this version of the criterion; null where it always was.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    /// The facts whose answers it rests on, by id.
    pub facts: Vec<String>,
    /// What stands in the placeholders of its text.
    pub values: Values,
    /// The citations that it rests on, by id, those of the conditions that it names too.
    pub cites: Vec<String>,
    /// Somebody read at least one of its own sources.
    pub verified: bool,
}
}

plain! {
/// A ground of the law that holds, or may hold, against what a route leads to.
pub struct Ground {
    /// The ground, by its id in the rules.
    pub id: String,
    /// What it does where it holds.
    pub effect: Effect,
    /// Does it hold, or may it? `Maybe` also where the question is still to come.
    pub certainty: Certainty,
    /// Its last day, `YYYY-MM-DD`; null where it may hold only, or no such day can be worked out.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub until: Option<Date>,
    /// The route of the waiver that can lift it, by id; null where there is none.
    pub waiver: Option<String>,
    /// The citations for what it does to this route, by id.
    pub cites: Vec<String>,
    /// Somebody read at least one of them.
    pub verified: bool,
    /// The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub confirmed_through: Option<Date>,
    /// One of them was read longer ago than such a source keeps.
    pub stale: bool,
}
}

plain! {
/// A fact worth finding out for a card.
pub struct FindOut {
    /// The fact, by id.
    pub fact: String,
    /// How it is safe to find it out: an id with a text.
    pub how: String,
    /// This fact alone would decide the card.
    pub alone: bool,
    /// Questions about its date that would settle something; empty where the date is exact or there is none.
    pub sharper: Vec<SharperQuestion>,
}
}

plain! {
/// A day on which a card changes by itself, with nothing new answered.
pub struct ComeBack {
    /// The day, `YYYY-MM-DD`: the card says one thing on its eve and another on it.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub date: Date,
    /// What changes, at least one thing.
    pub what: Vec<ComeBackWhat>,
}
}

/// What changes on a card by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum ComeBackWhat {
    /// The state of the door.
    Door,
    /// How the facts fit, or what is missing.
    Fit,
    /// Which cautions touch the card.
    Cautions,
}

plain! {
/// A yes-no question about an inexact date that would settle something.
pub struct SharperQuestion {
    /// The fact whose date it is about, by id.
    pub fact: String,
    /// For a list: the place of the entry, from 0; null for a date of its own.
    pub entry: Option<usize>,
    /// For a list: the field of the entry, by id; null for a date of its own.
    pub field: Option<String>,
    /// How the date may stand to the line: "was it on or before this day?"
    pub relation: Relation,
    /// The line, `YYYY-MM-DD`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub date: Date,
    /// The date as it stands after the answer yes.
    pub yes: DateRange,
    /// The date as it stands after the answer no.
    pub no: DateRange,
}
}

plain! {
/// From one day to another, both included.
pub struct DateRange {
    /// The first day, `YYYY-MM-DD`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub from: Date,
    /// The last day, `YYYY-MM-DD`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub to: Date,
}
}

plain! {
/// Something to do, by kind; steps of the kind `file` are left out under a stop.
pub struct NextStep {
    /// The step, by its id in the rules, or `ask-lawyer-before`, which the engine adds where a last day is set.
    pub id: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// The last day for it, `YYYY-MM-DD`; null where the law sets none for this family.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub by: Option<Date>,
}
}

plain! {
/// A fee in US dollars, in force on the as-of date.
pub struct FeeInForce {
    /// The fee, by its id in the rules.
    pub id: String,
    /// Whole US dollars.
    pub amount: i32,
    /// The first day, `YYYY-MM-DD`, of this amount; null where the rules know no earlier one.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub since: Option<Date>,
    /// The citations for the amount, by id.
    pub cites: Vec<String>,
    /// The earliest day, `YYYY-MM-DD`, on which somebody read one of its sources; null where nobody did.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub confirmed_through: Option<Date>,
    /// One of them was read longer ago than such a source keeps.
    pub stale: bool,
}
}

plain! {
/// The screen that comes next, and why.
pub struct NextScreen {
    /// The screen, by its id in the rules.
    pub screen: String,
    /// The facts on it that something still turns on, by id. Only what they stand for is shown.
    pub open: Vec<String>,
}
}

plain! {
/// Where one question stands.
pub struct QuestionState {
    /// The fact that it asks for, by id.
    pub fact: String,
    /// Is it open, answered, or not needed?
    pub state: QuestionProgress,
    /// Questions about its date that would settle something.
    pub sharper: Vec<SharperQuestion>,
}
}

/// Where a question can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum QuestionProgress {
    /// Relevant and not answered.
    Open,
    /// Answered with something that counts.
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
    /// What is wrong: `no-such-day`, `in-the-future`, or a contradiction by its id in the rules.
    pub code: String,
    /// The facts to look at again, by id.
    pub facts: Vec<String>,
}
}
