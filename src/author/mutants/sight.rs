//! Who can see a change of the rules: which parts of the pack are not what they were, what reads them, and for whom everything that
//! a report takes from them comes out the same.
//!
//! It may err to one side only. Whoever is passed over here has the same report under both; whoever is not may have it too, and is
//! screened in vain.

use super::{Trial, What};
use crate::author::case;
use crate::condition::{Condition, Parts};
use crate::date::Date;
use crate::evaluate::{Context, Effective, Sharper};
use crate::pack::{Cell, Clause, Criterion, NamedCondition, Pack, Route, Tier, Version};
use crate::truth::Truth;

/// What is not the same in two packs.
pub struct Change {
    pub parts: Vec<Part>,
    reach: Reach,
}

impl Change {
    pub fn between(old: &Pack, new: &Pack) -> Change {
        let parts = changed(old, new);
        let reach = Reach::of(old, new, &parts);
        Change { parts, reach }
    }
}

/// What reads a condition or a measure that was changed, through however many names.
struct Reach {
    guards: bool,
    contradictions: bool,
    cautions: bool,
    routes: Vec<bool>,
}

impl Reach {
    fn of(old: &Pack, new: &Pack, parts: &[Part]) -> Reach {
        let of_measure = |place: u16| parts.iter().any(|part| matches!(part, Part::Measure(changed) if *changed == place));
        let reads = |test: &Condition, named: &[bool]| {
            test.walk().any(|part| match part.parts() {
                Parts::Named(place) => named.get(usize::from(place)).copied().unwrap_or(true),
                Parts::Joined(_) | Parts::OfEntries(_) | Parts::None => part.measure().is_some_and(of_measure),
            })
        };
        let changed = |place: u16| parts.iter().any(|part| matches!(part, Part::Named(changed) if *changed == place));
        let mut named: Vec<bool> = (0..).take(old.conditions.len()).map(changed).collect();
        // A name that reads one of these reads the change too, until nothing more does.
        loop {
            let either = |one: &NamedCondition, other: &NamedCondition| {
                one.versions.iter().chain(&other.versions).any(|version| reads(&version.test, &named))
            };
            let both = old.conditions.iter().zip(&new.conditions).zip(&named);
            let next: Vec<bool> = both.map(|((old, new), already)| *already || either(old, new)).collect();
            if next == named {
                break;
            }
            named = next;
        }
        let reads = |test: &Condition| reads(test, &named);
        let criterion = |criterion: &Criterion| criterion.applies.iter().chain([&criterion.test]).any(reads);
        let ground = |place: usize| old.grounds.get(place).is_some_and(criterion);
        let grounds: Vec<usize> = (0..old.grounds.len()).filter(|place| ground(*place)).collect();
        let route = |route: &Route| {
            route.criteria.iter().any(criterion)
                || route.steps.iter().filter_map(|step| step.when.as_ref()).any(reads)
                || grounds.iter().any(|ground| stands_against(old, *ground, route))
        };
        Reach {
            guards: old.applies.iter().chain(&new.applies).flatten().any(reads),
            contradictions: old.contradictions.iter().any(|contradiction| reads(&contradiction.test)),
            cautions: old.cautions.iter().flat_map(|rule| &rule.clauses).any(|clause| reads(&clause.test)),
            routes: old.routes.iter().map(route).collect(),
        }
    }

    /// Does somebody expect something of what reads it?
    fn concerns(&self, trial: &Trial, pack: &Pack) -> bool {
        let of_route = || pack.routes.iter().zip(&self.routes).any(|(route, reads)| *reads && trial.expects(&route.id));
        self.cautions || trial.expects(case::WHOLE) || self.contradictions && trial.expects(case::PROBLEMS) || of_route()
    }
}

/// A part of the pack that is not what it was.
pub enum Part {
    Everything,
    Guards,
    Named(u16),
    Measure(u16),
    /// The test of one ground.
    Ground(usize),
    /// What grounds do to one benefit.
    Class(usize),
    Route(usize),
    Caution(usize),
    Contradictions,
}

fn changed(old: &Pack, new: &Pack) -> Vec<Part> {
    let mut parts = Vec::new();
    if old.facts != new.facts
        || old.places != new.places
        || old.conditions.len() != new.conditions.len()
        || old.measures.len() != new.measures.len()
        || old.grounds.len() != new.grounds.len()
        || old.classes.len() != new.classes.len()
        || old.not_asked != new.not_asked
        || (&old.implied, &old.told) != (&new.implied, &new.told)
    {
        return vec![Part::Everything];
    }
    if old.applies != new.applies {
        parts.push(Part::Guards);
    }
    let conditions = old.conditions.iter().zip(&new.conditions).zip(0..);
    parts.extend(conditions.filter(|((old, new), _)| old != new).map(|(_, place)| Part::Named(place)));
    let measures = old.measures.iter().zip(&new.measures).zip(0..);
    parts.extend(measures.filter(|((old, new), _)| old != new).map(|(_, place)| Part::Measure(place)));
    let grounds = old.grounds.iter().zip(&new.grounds).enumerate();
    parts.extend(grounds.filter(|(_, (old, new))| old != new).map(|(place, _)| Part::Ground(place)));
    let classes = old.classes.iter().zip(&new.classes).enumerate();
    parts.extend(classes.filter(|(_, (old, new))| old != new).map(|(place, _)| Part::Class(place)));
    let routes = old.routes.iter().zip(&new.routes).enumerate();
    parts.extend(routes.filter(|(_, (old, new))| old != new).map(|(place, _)| Part::Route(place)));
    let cautions = old.cautions.iter().zip(&new.cautions).enumerate();
    parts.extend(cautions.filter(|(_, (old, new))| old != new).map(|(place, _)| Part::Caution(place)));
    if old.contradictions != new.contradictions {
        parts.push(Part::Contradictions);
    }
    parts
}

/// Can the trial see the change at all? Where everything that a report takes from the changed part is the same for it, its
/// report is the same.
pub fn visible(trial: &Trial, context: &Context, new: &Pack, change: &Change) -> bool {
    let old = context.pack;
    // Whether a question applies decides what counts as answered; what else was changed lies behind that.
    let Change { parts, reach } = change;
    let guards = reach.guards || parts.iter().any(|part| matches!(part, Part::Everything | Part::Guards));
    if guards && Effective::new(new, &trial.answers, trial.as_of) != trial.effective {
        return true;
    }
    // The rest of the rules is as it was, so the tests after the change can be looked at among the rules before it.
    let same = |one: &Condition, other: &Condition| one == other || view(context, one) == view(context, other);
    parts.iter().any(|part| match part {
        Part::Everything => true,
        Part::Guards => trial.expects(case::AHEAD),
        Part::Named(place) => {
            let same = match (in_force(old, *place, trial.as_of), in_force(new, *place, trial.as_of)) {
                (Some(one), Some(other)) => same(&one.test, &other.test),
                (one, other) => one.is_none() && other.is_none(),
            };
            // Which facts a contradiction names does not show in what its condition comes out as.
            let otherwise = trial.expects(case::AHEAD) || reach.contradictions && trial.expects(case::PROBLEMS);
            (!same || otherwise) && reach.concerns(trial, old)
        }
        Part::Measure(place) => {
            let after = trial.context(new);
            let same = counting(old, *place).into_iter().all(|test| view(context, test) == view(&after, test));
            (!same || trial.expects(case::AHEAD)) && reach.concerns(trial, old)
        }
        Part::Contradictions => trial.expects(case::PROBLEMS),
        Part::Ground(place) => old.grounds.get(*place).zip(new.grounds.get(*place)).is_none_or(|(before, after)| {
            !same(&before.test, &after.test) && trial.looks_at(old, |route| stands_against(old, *place, route))
        }),
        Part::Class(place) => old.classes.get(*place).zip(new.classes.get(*place)).is_none_or(|(before, after)| {
            let gone = before.cells.iter().filter(|cell| !after.cells.contains(cell));
            let come = after.cells.iter().filter(|cell| !before.cells.contains(cell));
            // A ground that surely does not hold does nothing today; a boundary names it all the same.
            let stands = |cell: &Cell| cell.in_force.contains(trial.as_of) && context.ground(cell.ground) != Truth::Yes;
            let felt = before.not_asked != after.not_asked || trial.expects(case::AHEAD) || gone.chain(come).any(stands);
            (felt || matches!(trial.what, What::Line(_))) && trial.looks_at(old, |route| is_of(route, *place))
        }),
        Part::Route(place) => old.routes.get(*place).zip(new.routes.get(*place)).is_none_or(|(old, new)| {
            let optional = |one: &Option<Condition>, other: &Option<Condition>| match (one, other) {
                (Some(one), Some(other)) => same(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            let same_criterion = |(old, new): (&Criterion, &Criterion)| {
                let rest = || Criterion { test: new.test.clone(), applies: new.applies.clone(), values: new.values.clone(), ..old.clone() };
                old == new || rest() == *new && same(&old.test, &new.test) && optional(&old.applies, &new.applies)
            };
            let (mine, whole) = (trial.expects(&old.id), trial.expects(case::WHOLE));
            // Whoever looks at neither has nothing to compare.
            if !mine && !whole {
                return false;
            }
            let law = (&old.class, &old.departures) == (&new.class, &new.departures);
            let judged = law && old.criteria.len() == new.criteria.len() && old.criteria.iter().zip(&new.criteria).all(same_criterion);
            let rest = (&old.door, &old.steps, &old.fees) == (&new.door, &new.steps, &new.fees);
            let beyond = whole && !(judged && old.door == new.door);
            (mine && (!judged || !rest || trial.expects(case::AHEAD))) || beyond
        }),
        Part::Caution(place) => old.cautions.get(*place).zip(new.cautions.get(*place)).is_none_or(|(old, new)| {
            let silent =
                |clause: &Clause| !clause.card && (!clause.in_force.contains(trial.as_of) || context.eval(&clause.test) == Truth::No);
            let same_clause = |(old, new): (&Clause, &Clause)| {
                let rest = || Clause { test: new.test.clone(), values: new.values.clone(), ..old.clone() };
                // Where it surely holds, or is surely asked about, only who expects something told sees what is told.
                let told = || Clause { tier: new.tier, tells: new.tells.clone(), ..old.clone() };
                let unheard = || told() == *new && !trial.expects(case::SAID) && context.eval_at_worst(&old.test) != Truth::No;
                old == new || silent(old) && silent(new) || !new.card && (rest() == *new && same(&old.test, &new.test) || unheard())
            };
            let lost = || old.clauses.iter().filter(|clause| !new.clauses.contains(clause)).all(silent);
            let all_same =
                if old.clauses.len() == new.clauses.len() { old.clauses.iter().zip(&new.clauses).all(same_clause) } else { lost() };
            // What is told and in which tier is no date to come back for.
            let same_days = || {
                let when = |(a, b): (&Clause, &Clause)| a.test == b.test && a.touches == b.touches && a.in_force == b.in_force;
                old.clauses.len() == new.clauses.len() && old.clauses.iter().zip(&new.clauses).all(when)
            };
            !all_same || trial.expects(case::COME_BACK) && !same_days()
        }),
    })
}

/// Does a route lead to the benefit of a class?
pub fn is_of(route: &Route, class: usize) -> bool {
    route.class.map(usize::from) == Some(class)
}

/// Does a ground do something to the benefit of a route on some day?
pub fn stands_against(pack: &Pack, ground: usize, route: &Route) -> bool {
    let mut cells = route.class_in(&pack.classes).into_iter().flat_map(|class| &class.cells).chain(&route.departures);
    cells.any(|cell| usize::from(cell.ground) == ground)
}

/// The version of a named condition that is in force.
fn in_force(pack: &Pack, place: u16, day: Date) -> Option<&Version> {
    pack.conditions.get(usize::from(place))?.versions.iter().find(|version| version.in_force.contains(day))
}

/// The routes on whose cards alone a caution may stop: a stop on any card is one on every card, so these are always screened.
pub fn stopping(pack: &Pack) -> Vec<&str> {
    let uneven = pack.cautions.iter().filter(|rule| rule.clauses.windows(2).any(|two| matches!(two, [a, b] if a.touches != b.touches)));
    let stops = |clause: &&Clause| clause.tier == Tier::Stop && !clause.touches.iter().any(|touched| touched == "all");
    let touched: Vec<&String> = uneven.flat_map(|rule| &rule.clauses).filter(stops).flat_map(|clause| &clause.touches).collect();
    let routes = pack.routes.iter().filter(|route| touched.iter().any(|name| **name == route.id || **name == route.group));
    routes.map(|route| route.id.as_str()).collect()
}

/// The tests anywhere in a pack that count in one way.
fn counting(pack: &Pack, measure: u16) -> Vec<&Condition> {
    let named = pack.conditions.iter().flat_map(|named| &named.versions).map(|version| &version.test);
    let criteria =
        pack.routes.iter().flat_map(|route| &route.criteria).chain(&pack.grounds).flat_map(|c| c.applies.iter().chain([&c.test]));
    let clauses = pack.cautions.iter().flat_map(|rule| &rule.clauses).map(|clause| &clause.test);
    let steps = pack.routes.iter().flat_map(|route| &route.steps).filter_map(|step| step.when.as_ref());
    let contradictions = pack.contradictions.iter().map(|contradiction| &contradiction.test);
    let all = named
        .chain(criteria)
        .chain(clauses)
        .chain(steps)
        .chain(contradictions)
        .chain(pack.applies.iter().flatten())
        .chain(pack.told.iter().map(|told| &told.when));
    all.flat_map(Condition::walk).filter(|test| test.measure() == Some(measure)).collect()
}

/// Everything that a report takes from a condition.
#[derive(PartialEq)]
struct View {
    truths: [Truth; 3],
    near: bool,
    days: [Option<Date>; 2],
    unknown: Vec<(Vec<u16>, Vec<Sharper>)>,
}

fn view(context: &Context, condition: &Condition) -> View {
    let unknown = context.unknown_tests(condition).into_iter().map(|test| (context.facts_read(test), context.sharper(test))).collect();
    View {
        truths: [context.eval(condition), context.eval_at_best(condition), context.eval_at_worst(condition)],
        near: context.on_boundary(condition),
        days: [context.bar_until(condition), context.last_day(condition)],
        unknown,
    }
}
