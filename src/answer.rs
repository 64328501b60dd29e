//! What a family reads first: what is urgent, what to do this week, and in which order the cards follow.
//!
//! Everything here is decided by written rules from what a report says already; nothing is left out of the report for it, no card
//! changes, and no words are made. Two facts that say nothing of a route never change its place.

use crate::date::{Date, Span};
use crate::evaluate::Context;
use crate::outcome::Judged;
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

/// Where a card stands, and what orders it among those that stand there: the less, the earlier.
pub type Standing = (Place, bool, u8);

/// Where a route stands for a family, before the best of them are chosen. `last_day` is the route's own.
pub fn standing<'a>(context: &Context<'a>, judged: &Judged<'a>, last_day: Option<Date>) -> Standing {
    let (pack_day, route) = (context.as_of, judged.route);
    let holds = |condition: &'a Option<_>| condition.as_ref().is_some_and(|condition| may_hold(context, condition));
    let by_abuser = holds(&route.abuser_files);
    let state = judged.fit.as_ref().map(|fit| fit.state);
    let shut = judged.door().is_shut();
    let near = last_day.is_some_and(|day| day <= pack_day.plus(NEAR)) || holds(&route.urgent_when);
    let place = match state {
        Some(FitState::DoesNotFit) if !context.asked_for(route) => Place::NotThisFamily,
        _ if shut => Place::Shut,
        None | Some(FitState::DoesNotFit) => Place::NotThisFamily,
        _ if by_abuser => Place::AlsoPossible,
        _ if near => Place::Urgent,
        Some(FitState::Fits) => Place::WorthAsking,
        Some(FitState::NotNow) if waits_long(judged, pack_day) => Place::Later,
        Some(FitState::NotNow) => Place::WorthAsking,
        Some(FitState::Unclear) if judged.may_fit() => Place::WorthAsking,
        Some(FitState::Unclear) => Place::NotThisFamily,
    };
    (place, state == Some(FitState::Unclear), u8::MAX - route.weight)
}

/// It holds, or the person was asked and is not sure.
fn may_hold<'a>(context: &Context<'a>, condition: &'a crate::condition::Condition) -> bool {
    match context.eval(condition) {
        Truth::Yes => true,
        Truth::Unknown => context.eval_at_worst(condition) != Truth::No,
        Truth::No => false,
    }
}

/// Only time is in the way, for years or for nobody knows how long.
fn waits_long(judged: &Judged, as_of: Date) -> bool {
    let waits = judged.criteria.iter().any(|weighed| weighed.truth == Truth::No && weighed.if_no() == IfNo::Time);
    let until = judged.fit.as_ref().and_then(|fit| fit.not_before);
    waits && until.is_none_or(|until| until > as_of.plus(SOON))
}

/// Puts cards in order, keeps the best as worth asking, and numbers them.
pub fn rank(cards: Vec<(Standing, Card)>) -> Vec<Card> {
    let mut cards = cards;
    in_order(&mut cards, |(standing, _)| *standing);
    let mut kept = 0;
    let place = |(rank, ((place, ..), card)): (usize, (Standing, Card))| {
        kept += usize::from(place == Place::WorthAsking);
        let place = if place == Place::WorthAsking && kept > WORTH_ASKING { Place::AlsoPossible } else { place };
        Card { place, rank: rank + 1, ..card }
    };
    let mut cards: Vec<Card> = cards.into_iter().enumerate().map(place).collect();
    // Those that lost their place stand before what was no more than possible all along: the order stays.
    in_order(&mut cards, |card| (card.place, card.rank));
    for (at, card) in cards.iter_mut().enumerate() {
        card.rank = at + 1;
    }
    cards
}

/// The cautions that are said first, by id and in order: those that the rules put there, what stops, and what has a near last day.
pub fn urgent(pack: &Pack, as_of: Date, cautions: &[Caution]) -> Vec<String> {
    let clauses = || pack.cautions.iter().flat_map(|rule| rule.clauses.iter().map(move |clause| (&rule.id, clause)));
    let place = |caution: &Caution| {
        let named = clauses().find(|(id, clause)| **id == caution.id && clause.id == caution.clause);
        let near = caution.values.until.filter(|_| caution.tells.contains(&Tell::Deadline));
        let near = near.is_some_and(|day| day <= as_of.plus(NEAR));
        let own = named.and_then(|(_, clause)| clause.urgent);
        own.or((caution.tier == Tier::Stop).then_some(STOP)).or(near.then_some(DEADLINE))
    };
    let mut all: Vec<(u8, &Caution)> = cautions.iter().filter_map(|caution| Some((place(caution)?, caution))).collect();
    in_order(&mut all, |(place, _)| *place);
    all.into_iter().map(|(_, caution)| caution.id.clone()).collect()
}

/// What to do this week: the few first steps of the cards that are urgent or worth asking about. To send something is never one of them.
pub fn plan(cards: &[Card]) -> Vec<PlanStep> {
    let cards = cards.iter().filter(|card| card.place <= Place::WorthAsking);
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
