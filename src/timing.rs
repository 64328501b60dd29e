//! Dates to come back: the days on which a card changes by itself, with nothing new answered.
//!
//! Candidates come from the rules (rows, versions) and from the family's own dates; each is promised only where
//! screening on that day gives something else than on the day before.

use crate::condition::{Condition, Moment};
use crate::date::{Date, Span};
use crate::evaluate::{Context, Effective};
use crate::fact::{Answer, Answers, Given, Value};
use crate::outcome::{Outcome, outcomes, time_is_in_the_way, time_is_met};
use crate::pack::{CautionRule, Interval, Pack, Route};
use crate::report::{ComeBack, ComeBackWhat};

/// The most dates that one card promises.
const MOST: usize = 6;

/// For each route of the pack, the next days on which its card changes.
pub fn come_back(pack: &Pack, as_of: Date, answers: &Answers) -> Vec<Vec<ComeBack>> {
    let mut dates: Vec<Vec<ComeBack>> = pack.routes.iter().map(|_| Vec::new()).collect();
    let (mut day, mut said) = (as_of, outcomes(pack, as_of, answers));
    for date in candidates(pack, as_of, answers, &pack.routes, &pack.cautions) {
        let after = outcomes(pack, date, answers);
        // Most candidates change nothing, so the eve is looked at only where something is not as on the candidate before.
        if after != said {
            let eve = date.plus_days(-1);
            let before = if day == eve { said } else { outcomes(pack, eve, answers) };
            for ((card, before), after) in dates.iter_mut().zip(&before).zip(&after).filter(|((card, _), _)| card.len() < MOST) {
                let what = changed(before, after);
                if !what.is_empty() {
                    card.push(ComeBack { date, what });
                }
            }
        }
        (day, said) = (date, after);
    }
    dates
}

/// The first day on which nothing about a route is a matter of time any more: what "not before" promises. `None` where no
/// such day can be worked out, where something speaks against the route for good by then, or where the day rests on a vague
/// date: then the time may be over on its eve already.
pub fn met_from(pack: &Pack, as_of: Date, answers: &Answers, route: &Route) -> Option<Date> {
    let met = |day: Date| time_is_met(pack, day, answers, route);
    let mut waiting = as_of;
    if met(as_of) {
        return None;
    }
    for day in candidates(pack, as_of, answers, std::slice::from_ref(route), &[]) {
        if met(day) {
            // Some counts turn between two dates of the family: days of a trip leave a window one by one.
            let mut first = day;
            while waiting.plus_days(1) < first {
                let middle = waiting.plus_days(waiting.days_until(first) / 2);
                if met(middle) { first = middle } else { waiting = middle }
            }
            return time_is_in_the_way(pack, first.plus_days(-1), answers, route).then_some(first);
        }
        waiting = day;
    }
    None
}

fn changed(before: &Outcome, after: &Outcome) -> Vec<ComeBackWhat> {
    let parts = [
        (before.door != after.door, ComeBackWhat::Door),
        (before.fit != after.fit, ComeBackWhat::Fit),
        (before.cautions != after.cautions, ComeBackWhat::Cautions),
    ];
    parts.into_iter().filter(|(changed, _)| *changed).map(|(_, what)| what).collect()
}

/// Days after the as-of date on which something may change, in order, each once.
fn candidates(pack: &Pack, as_of: Date, answers: &Answers, routes: &[Route], cautions: &[CautionRule]) -> Vec<Date> {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let mut days: Vec<Date> = Vec::new();
    let mut versions: Vec<Interval> = Vec::new();
    let of_test = |condition, days: &mut Vec<Date>| context.tests(condition).for_each(|test| of_the_family(&context, test, days));
    for route in routes {
        days.extend(route.door.iter().map(|row| row.from));
        for criterion in &route.criteria {
            versions.push(criterion.in_force);
            criterion.conditions().for_each(|condition| of_test(condition, &mut days));
        }
    }
    pack.grounds.iter().for_each(|ground| of_test(&ground.test, &mut days));
    versions.extend(pack.classes.iter().flat_map(|class| &class.cells).map(|cell| cell.in_force));
    versions.extend(routes.iter().flat_map(|route| &route.departures).map(|cell| cell.in_force));
    for clause in cautions.iter().flat_map(|rule| &rule.clauses).filter(|clause| !clause.card) {
        versions.push(clause.in_force);
        of_test(&clause.test, &mut days);
    }
    versions.extend(pack.conditions.iter().flat_map(|named| &named.versions).map(|v| v.in_force));
    versions.extend(pack.measures.iter().flatten().map(|m| Interval { from: m.from, to: m.to }));
    days.extend(versions.iter().filter_map(|v| v.from));
    days.extend(versions.iter().filter_map(|v| v.to).map(|to| to.plus_days(1)));
    let mut ahead: Vec<Date> = Vec::new();
    for day in days.into_iter().filter(|day| *day > as_of && *day < Date::MAX) {
        let at = ahead.partition_point(|other| *other < day);
        if ahead.get(at) != Some(&day) {
            ahead.insert(at, day);
        }
    }
    ahead
}

/// The days on which one test can turn with the family's dates.
fn of_the_family(context: &Context, test: &Condition, days: &mut Vec<Date>) {
    let mut fact = |fact: u16, span: Span| {
        if let Answer::Value(Value::Date(date)) = context.answer(fact) {
            days.extend([date.range.from, date.range.to].map(|day| day.plus(span)));
            days.extend([date.range.from, date.range.to].map(|day| day.plus(span).plus_days(1)));
        }
    };
    match test {
        Condition::When { date, point, .. } => {
            for moment in [date, point] {
                if let Moment::Fact(place, plus) = moment {
                    fact(*place, *plus);
                }
            }
        }
        Condition::ThisStay(_) | Condition::Count { .. } | Condition::PresentSince { .. } => {
            let spans: Vec<Span> = test.walk().filter_map(span_of).collect();
            let answers = context.facts_read(test).into_iter().map(|fact| context.answer(fact));
            let lists = answers.filter_map(|answer| if let Answer::Value(Value::List(entries)) = answer { Some(entries) } else { None });
            for given in lists.flatten().flatten() {
                if let Given::Date(date) = given {
                    let ends = [date.range.from, date.range.to].into_iter().flat_map(|day| spans.iter().map(move |span| day.plus(*span)));
                    days.extend(ends.flat_map(|day| [day, day.plus_days(1)]));
                }
            }
        }
        Condition::DaysInThisStay { .. }
        | Condition::BarRunning { .. }
        | Condition::RemovalBarRunning { .. }
        | Condition::TimeToLeave { .. } => days.extend(context.turning_days(test)),
        // These turn with what is told, not with the calendar; joins and names are no tests.
        Condition::Has { .. }
        | Condition::In { .. }
        | Condition::Answered { .. }
        | Condition::ReturnedAfter { .. }
        | Condition::ReturnedAfterOrder { .. }
        | Condition::AwayAgainstStays
        | Condition::LeftAnyway
        | Condition::ToldBeforeStays
        | Condition::StaysOutOfOrder
        | Condition::Field { .. }
        | Condition::Always
        | Condition::Door { .. }
        | Condition::OnBoundary
        | Condition::Stale
        | Condition::Unverified
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Doubtful(_)
        | Condition::Named(_) => {}
    }
}

/// The span after a date of a list at which a test of it can turn.
fn span_of(test: &Condition) -> Option<Span> {
    match test {
        Condition::When { date: Moment::Field(_, plus), point: Moment::AsOf, .. } => Some(*plus),
        Condition::PresentSince { by: Moment::AsOf, span, .. } => Some(*span),
        _ => None,
    }
}
