//! What a family reads first: what is urgent, what to do this week, and in which order the cards follow.
//!
//! Everything here is decided by written rules from what a report says already; nothing is left out of the report for it, no card
//! changes, and no words are made. Two facts that say nothing of a route never change its place.

use crate::date::{Date, Span};
use crate::evaluate::Context;
use crate::fact::Answers;
use crate::outcome::{Judged, Weighed, still_waits};
use crate::pack::{FitState, IfNo, Pack, StepKind, Tell, Tier};
use crate::report::{Card, Caution, Place, PlanStep};
use crate::short::in_order;
use crate::truth::Truth;

/// A day is near for so long: within it a lawyer has to be found, and papers brought together.
const NEAR: Span = Span::days(60);
/// Beyond this nobody plans by a card today.
const SOON: Span = Span::years(3);
/// More than this is no answer to a person who is afraid.
const WORTH_ASKING: usize = 5;
/// And more than this is no plan.
const STEPS: usize = 3;
/// Among what is urgent: what stops without a place of its own, and what only has a near last day.
const STOP: u8 = 50;
const DEADLINE: u8 = 60;

/// Where a card belongs, and what orders it among those that belong there: the less, the earlier.
pub type Order = (Place, bool, bool, u8);

/// Where a route belongs for a family, before the best of them are chosen. `last_day` is the route's own, `stop` the report's.
pub fn order<'a>(context: &Context<'a>, answers: &Answers, judged: &Judged<'a>, last_day: Option<Date>, stop: bool) -> Order {
    let (as_of, route) = (context.as_of, judged.route);
    // It holds, or the person was asked and is not sure.
    let may_hold = |condition: &'a Option<_>| condition.as_ref().is_some_and(|condition| context.eval_at_worst(condition) != Truth::No);
    let state = judged.fit.as_ref().map(|fit| fit.state);
    let holds = |condition: &'a Option<_>| condition.as_ref().is_some_and(|condition| context.eval(condition) == Truth::Yes);
    let near = || last_day.is_some_and(|day| day <= as_of.plus(NEAR)) || may_hold(&route.urgent_when);
    let shown = || stop && holds(&route.under_stop);
    let place = match state {
        Some(FitState::DoesNotFit) if !context.asked_for(route) => Place::NotThisFamily,
        _ if judged.door().is_shut() => Place::Shut,
        None | Some(FitState::DoesNotFit) => Place::NotThisFamily,
        _ if may_hold(&route.abuser_files) => Place::AlsoPossible,
        // Who is not afraid asks for no protection, however near a day is.
        Some(FitState::Unclear) if !judged.may_fit() => Place::NotThisFamily,
        _ if near() || shown() => Place::Urgent,
        Some(FitState::NotNow) if waits_long(judged, as_of) => Place::Later,
        // Whatever the rest turns out to be: a child that is ten asks for nobody before it is twenty-one.
        Some(FitState::Unclear) if waits(judged) && still_waits(context.pack, as_of.plus(SOON), answers, route) => Place::Later,
        Some(FitState::Fits | FitState::NotNow | FitState::Unclear) => Place::WorthAsking,
    };
    // What a day is near for comes before what only a stop must not hide.
    (place, place == Place::Urgent && !near(), state == Some(FitState::Unclear), u8::MAX - route.weight)
}

fn waits(judged: &Judged) -> bool {
    judged.criteria.iter().any(Weighed::waits)
}

/// Only time is in the way, for years or for nobody knows how long.
fn waits_long(judged: &Judged, as_of: Date) -> bool {
    let waits = judged.criteria.iter().any(|weighed| weighed.truth == Truth::No && weighed.if_no() == IfNo::Time);
    let until = judged.fit.as_ref().and_then(|fit| fit.not_before);
    waits && until.is_none_or(|until| until > as_of.plus(SOON))
}

/// Puts cards in order, keeps the best as worth asking, and numbers them. Those that are not kept come right after, before what was no
/// more than possible all along.
pub fn rank(mut cards: Vec<(Order, Card)>) -> Vec<Card> {
    in_order(&mut cards, |(order, _)| *order);
    let mut worth = 0;
    let placed = |(((place, ..), card), rank): ((Order, Card), usize)| {
        worth += usize::from(place == Place::WorthAsking);
        let kept = place != Place::WorthAsking || worth <= WORTH_ASKING;
        Card { place: if kept { place } else { Place::AlsoPossible }, rank, ..card }
    };
    cards.into_iter().zip(1..).map(placed).collect()
}

/// The cautions that are said first, by id and in order: those that the rules put there, what stops, and what has a near last day.
pub fn urgent(pack: &Pack, as_of: Date, cautions: &[Caution]) -> Vec<String> {
    let place = |caution: &Caution| {
        let rule = pack.cautions.iter().find(|rule| rule.id == caution.id);
        let clause = rule.and_then(|rule| rule.clauses.iter().find(|clause| clause.id == caution.clause));
        let near = caution.values.until.filter(|_| caution.tells.contains(&Tell::Deadline));
        let near = near.is_some_and(|day| day <= as_of.plus(NEAR));
        let own = clause.and_then(|clause| clause.urgent);
        own.or((caution.tier == Tier::Stop).then_some(STOP)).or(near.then_some(DEADLINE))
    };
    let mut all: Vec<(u8, &Caution)> = cautions.iter().filter_map(|caution| Some((place(caution)?, caution))).collect();
    in_order(&mut all, |(place, _)| *place);
    all.into_iter().map(|(_, caution)| caution.id.clone()).collect()
}

/// What to do this week: the few first steps of the cards that are urgent or worth asking about; under a stop only of those that a stop
/// does not hide. To send something is never one of them.
pub fn plan(cards: &[Card], stop: bool) -> Vec<PlanStep> {
    let last = if stop { Place::Urgent } else { Place::WorthAsking };
    let cards = cards.iter().filter(|card| card.place <= last);
    let steps = cards.flat_map(|card| card.next_steps.iter().map(move |step| (card, step)));
    let mut all: Vec<PlanStep> = Vec::new();
    for (card, step) in steps.filter(|(_, step)| step.kind != StepKind::File) {
        match all.iter_mut().find(|other| other.step == step.id) {
            // The same step on two cards: the earlier day counts.
            Some(other) if step.by.is_some_and(|by| other.by.is_none_or(|before| by < before)) => other.by = step.by,
            Some(_) => {}
            None => all.push(PlanStep { route: card.route.clone(), step: step.id.clone(), kind: step.kind, by: step.by }),
        }
    }
    let by_kind = |kind| match kind {
        StepKind::Help => 0,
        StepKind::Gather => 1,
        StepKind::Learn | StepKind::File => 2,
    };
    in_order(&mut all, |step| (step.by.is_none(), step.by, by_kind(step.kind)));
    all.truncate(STEPS);
    all
}
