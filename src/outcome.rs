//! What a day makes of a route: its door, how its criteria come out, whether it fits, and which cautions stand.
//!
//! Door, fit and cautions stand side by side and are never mixed: a shut door is not hidden behind a good fit, nor a good fit
//! behind a shut door. This module knows one day only, and nothing of questions or of words.

use crate::condition::Condition;
use crate::date::Date;
use crate::evaluate::{Cases, Context, Effective};
use crate::fact::{Answer, Answers};
use crate::pack::{Cell, Clause, Criterion, DoorRow, DoorState, Effect, FitState, IfNo, Pack, Route, Tell, Tier};
use crate::report::{Certainty, Fit};
use crate::truth::Truth;

/// What can change by itself on one card: its door, its fit, and which clauses of cautions touch it.
#[derive(PartialEq)]
pub struct Outcome {
    /// The state of its door.
    pub door: DoorState,
    /// How it fits, and the facts that name the missing steps.
    pub fit: Option<(FitState, Vec<String>)>,
    /// A caution and its clause by their places in the pack.
    pub cautions: Vec<(u16, u16, Certainty)>,
}

/// The outcome of each route on a day, and nothing else of a report.
pub fn outcomes(pack: &Pack, as_of: Date, answers: &Answers) -> Vec<Outcome> {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let Standing { found, not_asked } = standing(&context);
    let outcome = |judged: Judged| {
        let cautions = found.iter().filter_map(|mine| first_of(mine, &|clause| touches(clause, judged.route)));
        Outcome {
            door: judged.door(),
            fit: judged.fit.map(|fit| (fit.state, fit.missing)),
            cautions: cautions.map(|f| (f.place.0, f.place.1, f.certainty)).collect(),
        }
    };
    judged(&context, &|_| true, &not_asked).into_iter().map(outcome).collect()
}

/// On a day: is everything met that is a matter of time, and does nothing speak against the route for good?
pub fn time_is_met(pack: &Pack, as_of: Date, answers: &Answers, route: &Route) -> bool {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let fine = |weighed: Weighed| match weighed.if_no() {
        IfNo::Time => weighed.truth == Truth::Yes,
        IfNo::ForGood => weighed.truth != Truth::No,
        IfNo::Step(_) | IfNo::Lawyer | IfNo::SelfRating => true,
    };
    in_force(&context, route).next().is_some() && judge_all(&context, route).into_iter().all(fine)
}

/// On a day: is a criterion of the route's own surely not met that only time will meet?
pub fn still_waits(pack: &Pack, as_of: Date, answers: &Answers, route: &Route) -> bool {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    judge_all(&context, route).iter().any(Weighed::waits)
}

/// On a day: is something surely not met that is a matter of time, or does something surely speak against the route for good?
pub fn time_is_in_the_way(pack: &Pack, as_of: Date, answers: &Answers, route: &Route) -> bool {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let waits = |weighed: &Weighed| matches!(weighed.if_no(), IfNo::Time | IfNo::ForGood);
    judge_all(&context, route).into_iter().any(|weighed| weighed.truth == Truth::No && waits(&weighed))
}

/// What stands between a family and a benefit, and what is known of it: a criterion of the route, or a ground of the law in the
/// cell of the benefit, which is met where the ground does not hold.
#[derive(Clone, Copy)]
pub struct Weighed<'a> {
    /// What has to hold.
    pub criterion: &'a Criterion,
    /// What the ground does; none for a criterion of the route.
    pub cell: Option<&'a Cell>,
    /// Is it met?
    pub truth: Truth,
}

impl<'a> Weighed<'a> {
    /// What it means where it fails.
    pub fn if_no(&self) -> IfNo {
        match self.cell.map(|cell| cell.effect) {
            None => self.criterion.if_no,
            Some(Effect::Blocks) => IfNo::ForGood,
            Some(Effect::Until) => IfNo::Time,
            Some(Effect::Waivable | Effect::Lawyer | Effect::No) => IfNo::Lawyer,
        }
    }

    /// The citations for it, by their places.
    pub fn cite(&self) -> &'a [u16] {
        self.cell.map_or(&self.criterion.cite, |cell| &cell.cite)
    }

    /// A criterion of the route's own that only time will meet. A ground without a known end is nothing that one waits for.
    pub fn waits(&self) -> bool {
        self.cell.is_none() && self.truth == Truth::No && self.if_no() == IfNo::Time
    }

    /// The last day of a ground that holds, where it can be worked out.
    pub fn until(&self, context: &Context<'a>) -> Option<Date> {
        let Condition::Not(holds) = &self.criterion.test else { return None };
        context.bar_until(holds)
    }
}

/// A route as its own rules and the family's answers make it on the as-of date.
pub struct Judged<'a> {
    /// The route.
    pub route: &'a Route,
    /// The row of its timeline that is in force; none outside the days that the rules know.
    pub row: Option<&'a DoorRow>,
    /// The criteria in force that apply, with what is known of each, and the grounds that hold or may hold.
    pub criteria: Vec<Weighed<'a>>,
    /// None where no criteria exist on the as-of date.
    pub fit: Option<Fit>,
}

/// The wanted routes. `not_asked`: clauses of cautions before whose questions no card is positive.
pub fn judged<'a>(context: &Context<'a>, wanted: &dyn Fn(&Route) -> bool, not_asked: &[&Clause]) -> Vec<Judged<'a>> {
    let mut routes: Vec<Judged> =
        context.pack.routes.iter().filter(|route| wanted(route)).map(|route| Judged::new(context, route)).collect();
    decide_by_cases(context, &mut routes);
    for judged in &mut routes {
        if let Some(fit) = &mut judged.fit
            && fit.state == FitState::Fits
            && not_asked.iter().any(|clause| touches(clause, judged.route))
        {
            fit.state = FitState::Unclear;
        }
    }
    routes
}

impl<'a> Judged<'a> {
    fn new(context: &Context<'a>, route: &'a Route) -> Judged<'a> {
        let criteria = judge_all(context, route);
        let fit = in_force(context, route).next().map(|_| fit(context, &criteria));
        let row = route.door.iter().rev().find(|row| knows(context) && row.from <= context.as_of);
        Judged { route, row, criteria, fit }
    }

    /// The state of its door.
    pub fn door(&self) -> DoorState {
        self.row.map_or(DoorState::Unknown, |row| row.state)
    }

    /// There are criteria, and they do not speak against the route, nor does the person: what is still unknown of it is worth
    /// finding out.
    pub fn may_fit(&self) -> bool {
        let rated = |weighed: &Weighed| weighed.truth == Truth::No && weighed.if_no() == IfNo::SelfRating;
        self.fit.as_ref().is_some_and(|fit| fit.state != FitState::DoesNotFit) && !self.criteria.iter().any(rated)
    }

    /// Those of which it is not known whether they are met.
    pub fn unknown(&self) -> impl Iterator<Item = &Weighed<'a>> {
        self.criteria.iter().filter(|weighed| weighed.truth == Truth::Unknown)
    }
}

/// The criteria in force that apply, and the grounds that hold or may hold against their benefit, with what is known of each.
fn judge_all<'a>(context: &Context<'a>, route: &'a Route) -> Vec<Weighed<'a>> {
    let mut all = Vec::with_capacity(route.criteria.len());
    all.extend(in_force(context, route).filter_map(|criterion| Some(Weighed { criterion, cell: None, truth: judge(context, criterion)? })));
    let weigh = |(criterion, cell): (_, &'a Cell)| Weighed { criterion, cell: Some(cell), truth: context.ground(cell.ground) };
    all.extend(cells(context, route).map(weigh).filter(|weighed| weighed.truth != Truth::Yes));
    all
}

/// What grounds do to the benefit of a route on a day on which it has criteria: where its own law departs from the others of its
/// benefit, that.
pub fn cells<'a>(context: &Context<'a>, route: &'a Route) -> impl Iterator<Item = (&'a Criterion, &'a Cell)> {
    let (pack, as_of) = (context.pack, context.as_of);
    let class = route.class_in(&pack.classes);
    let asked = in_force(context, route).next().is_some();
    let departs = |cell: &Cell| route.departures.iter().any(|other| other.ground == cell.ground);
    let of_class = class.into_iter().flat_map(|class| &class.cells).filter(move |cell| !departs(cell));
    let touching =
        of_class.chain(&route.departures).filter(move |cell| asked && cell.effect != Effect::No && cell.in_force.contains(as_of));
    touching.filter_map(|cell| Some((pack.grounds.get(usize::from(cell.ground))?, cell)))
}

fn in_force<'a>(context: &Context, route: &'a Route) -> impl Iterator<Item = &'a Criterion> {
    let (as_of, knows) = (context.as_of, knows(context));
    route.criteria.iter().filter(move |c| knows && c.in_force.contains(as_of))
}

/// The rules know how things stand on the as-of date, and are not too old to say so.
fn knows(context: &Context) -> bool {
    context.as_of >= context.pack.known_from && !context.expired
}

/// What is known of a criterion; nothing where it does not apply.
fn judge<'a>(context: &Context<'a>, criterion: &'a Criterion) -> Option<Truth> {
    let applies = criterion.applies.as_ref().map_or(Truth::Yes, |applies| context.eval(applies));
    match (applies, context.eval(&criterion.test)) {
        (Truth::No, _) => None,
        // Met whether it applies or not.
        (_, Truth::Yes) => Some(Truth::Yes),
        (Truth::Unknown, _) => Some(Truth::Unknown),
        (Truth::Yes, truth) => Some(truth),
    }
}

/// The first of: does not fit, unclear, not now, fits.
fn fit<'a>(context: &Context<'a>, judged: &[Weighed<'a>]) -> Fit {
    let mut missing = Vec::new();
    let (mut never, mut unclear, mut not_now) = (false, judged.iter().all(|weighed| weighed.cell.is_some()), false);
    for weighed in judged {
        match (weighed.truth, weighed.if_no()) {
            (Truth::Yes, _) => {}
            (Truth::Unknown, _) | (Truth::No, IfNo::Lawyer | IfNo::SelfRating) => unclear = true,
            (Truth::No, IfNo::ForGood) => never = true,
            (Truth::No, IfNo::Step(fact)) => {
                not_now = true;
                missing.extend(context.pack.facts.get(usize::from(fact)).map(|fact| fact.id.clone()));
            }
            // Of a ground the day has to be known: "not now" without an end is nothing to wait for.
            (Truth::No, IfNo::Time) if weighed.cell.is_some() && weighed.until(context).is_none() => unclear = true,
            (Truth::No, IfNo::Time) => not_now = true,
        }
    }
    let state = match (never, unclear, not_now) {
        (true, ..) => FitState::DoesNotFit,
        (_, true, _) => FitState::Unclear,
        (_, _, true) => FitState::NotNow,
        _ => FitState::Fits,
    };
    if state != FitState::NotNow {
        missing = Vec::new();
    }
    Fit { state, not_before: None, missing }
}

/// The cases of the answers that leave a criterion unknown, and the facts that it reads so. A ground's are the same for each benefit.
type Undecided = (Vec<Cases>, Vec<u16>);

fn undecided_by<'a>(context: &Context<'a>, criterion: &'a Criterion) -> Undecided {
    let tests = || criterion.conditions().flat_map(|condition| context.unknown_tests(condition));
    (tests().flat_map(|test| context.cases(test)).collect(), tests().flat_map(|test| context.facts_read(test)).collect())
}

/// The answers that can hide a fit which would come out anyway: what meets one criterion can be what fails another. Tests are
/// judged one by one, so it takes two that read the answer: where it ends the route for good, or all over what is undecided.
fn entangled<'a>(context: &Context<'a>, judged: &Judged<'a>, grounds: &mut [Option<Undecided>]) -> Vec<Cases> {
    let (mut all, mut reads): (Vec<Cases>, Vec<(u16, usize, bool)>) = (Vec::new(), Vec::new());
    let mut undecided = 0;
    for weighed in judged.unknown() {
        let seen = weighed.cell.and_then(|cell| grounds.get_mut(usize::from(cell.ground)));
        let mut own = None;
        let (cases, facts) = seen.unwrap_or(&mut own).get_or_insert_with(|| undecided_by(context, weighed.criterion));
        all.extend_from_slice(cases);
        reads.extend(facts.iter().map(|fact| (*fact, undecided, weighed.if_no() == IfNo::ForGood)));
        undecided += 1;
    }
    let count = |of: u16, ending: bool| reads.iter().filter(|(fact, _, ends)| *fact == of && (*ends || !ending)).count();
    let in_all = |of: u16| (0..undecided).all(|place| reads.iter().any(|(fact, at, _)| *fact == of && *at == place));
    all.retain(|cases| count(cases.fact, true) > 1 || count(cases.fact, false) > 1 && in_all(cases.fact));
    all
}

/// The routes with the fit that comes out whatever one answer turns out to be of which nobody is sure.
fn decide_by_cases<'a>(context: &Context<'a>, routes: &mut [Judged<'a>]) {
    let unclear = |judged: &Judged| judged.fit.as_ref().is_some_and(|fit| fit.state == FitState::Unclear);
    // Each answer is tried once, for all the routes whose way it can be in.
    let mut tries: Vec<(Cases, Vec<usize>)> = Vec::new();
    let mut grounds: Vec<Option<Undecided>> = vec![None; context.pack.grounds.len()];
    for (place, judged) in routes.iter().enumerate().filter(|(_, judged)| unclear(judged)) {
        for cases in entangled(context, judged, &mut grounds) {
            match tries.iter_mut().find(|(other, _)| *other == cases) {
                Some((_, places)) if places.contains(&place) => {}
                Some((_, places)) => places.push(place),
                None => tries.push((cases, vec![place])),
            }
        }
    }
    for (cases, places) in tries {
        let mine = |place: &usize| routes.get(*place).filter(|judged| unclear(judged)).map(|judged| (*place, judged.route, None));
        let mut open: Vec<(usize, &Route, Option<Fit>)> = places.iter().filter_map(mine).collect();
        for given in &cases.can_be {
            if open.is_empty() {
                break;
            }
            let effective = context.in_case(&cases, *given);
            let context = effective.context(context.pack, context.as_of);
            open.retain_mut(|(_, route, all)| {
                let fit = fit(&context, &judge_all(&context, route));
                let same = fit.state != FitState::Unclear && all.as_ref().is_none_or(|other| other.state == fit.state);
                // A step that one of the cases has taken is not surely missing.
                if all.as_ref().is_none_or(|other| other.missing.len() > fit.missing.len()) {
                    *all = Some(fit);
                }
                same
            });
        }
        for (place, _, fit) in open {
            if let Some(judged) = routes.get_mut(place) {
                judged.fit = fit;
            }
        }
    }
}

/// What a clause touches that belongs on every card.
pub const EVERY_CARD: &str = "all";

/// Does a clause of a caution belong on the card of a route?
pub fn touches(clause: &Clause, route: &Route) -> bool {
    clause.touches.iter().any(|t| t == EVERY_CARD || *t == route.id || *t == route.group)
}

/// A clause that holds, or may hold, for the family as a whole.
pub struct Found<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// Of the caution and of the clause, in the pack.
    place: (u16, u16),
    /// Does it hold, or may it?
    pub certainty: Certainty,
}

/// How the clauses of all cautions stand.
pub struct Standing<'a> {
    /// For each caution of the pack, those that hold, or may hold because of an answer "not sure".
    pub found: Vec<Vec<Found<'a>>>,
    /// Those that send to a lawyer, or stop, and rest on questions not asked yet: no positive card is shown before they are.
    pub not_asked: Vec<&'a Clause>,
}

/// Looks at every clause that speaks of the family.
pub fn standing<'a>(context: &Context<'a>) -> Standing<'a> {
    let mut standing = Standing { found: Vec::new(), not_asked: Vec::new() };
    for (rule, rule_place) in context.pack.cautions.iter().zip(0..) {
        let mut found = Vec::new();
        let clauses = rule.clauses.iter().zip(0..);
        for (clause, place) in clauses.filter(|(clause, _)| !clause.card && clause.in_force.contains(context.as_of)) {
            let certainty = match context.eval(&clause.test) {
                Truth::Yes => Certainty::Yes,
                Truth::No => continue,
                Truth::Unknown if context.eval_at_worst(&clause.test) != Truth::No => Certainty::Maybe,
                Truth::Unknown => {
                    let matters = clause.tier == Tier::Stop || clause.tells.contains(&Tell::LawyerFirst);
                    if matters && reads_not_asked(context, &clause.test) {
                        standing.not_asked.push(clause);
                    }
                    continue;
                }
            };
            found.push(Found { clause, place: (rule_place, place), certainty });
        }
        standing.found.push(found);
    }
    standing
}

/// What a caution says through those of its clauses that `count`: the first that holds, else the first that may hold.
pub fn first_of<'a, 'f>(found: &'f [Found<'a>], count: &dyn Fn(&Clause) -> bool) -> Option<&'f Found<'a>> {
    let mine = || found.iter().filter(|f| count(f.clause));
    mine().find(|f| f.certainty == Certainty::Yes).or_else(|| mine().next())
}

/// Is a question behind an undecided test not asked yet? A field left out of an entry is not a question.
fn reads_not_asked<'a>(context: &Context<'a>, condition: &'a Condition) -> bool {
    let not_asked = |fact: &u16| *context.answer(context.question_of(*fact)) == Answer::NotAsked && context.may_apply(*fact);
    context.unknown_tests(condition).into_iter().any(|test| context.facts_read(test).iter().any(not_asked))
}
