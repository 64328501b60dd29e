//! From a pack, a day and a family's answers to a report. Cautions come first; nothing stops early.
//!
//! This module joins door, fit and cautions and never mixes them: a shut door is not hidden behind a good fit, nor a
//! good fit behind a shut door. It has no error: a question nobody can answer is "unknown", not a failure.

use crate::condition::{CardFlags, Condition, Context, Effective, Line, Sharper};
use crate::date::Date;
use crate::fact::{Answer, Answers, Fact, Given, Value};
use crate::pack::{
    CautionRule, Clause, Contradiction, Criterion, DoorState, FitState, IfNo, Pack, Route, Step, StepKind, Tell, Tier, Values,
};
use crate::report::{
    Card, Caution, Certainty, ComeBack, DateRange, Door, FeeInForce, FindOut, Fit, NextStep, Problem, QuestionProgress, QuestionState,
    Reason, Report, RulesInfo, SharperQuestion,
};
use crate::timing::{come_back, met_from};
use crate::truth::Truth;

/// What the engine says by itself, beside what the rules name; the words are in the language files.
pub const NO_SUCH_DAY: &str = "no-such-day";
pub const IN_THE_FUTURE: &str = "in-the-future";
pub const ASK_BEFORE: &str = "ask-lawyer-before";

/// Screens one family as of one day. Missing answers are questions not asked yet.
pub fn screen(pack: &Pack, as_of: Date, answers: &Answers) -> Report {
    screen_on(pack, as_of, pack.day, answers)
}

/// The same for somebody who says which day it is today. Only what lies ahead of that day, and of the as-of date, is asked
/// about as a slip; nothing else depends on it.
pub fn screen_on(pack: &Pack, as_of: Date, today: Date, answers: &Answers) -> Report {
    report(pack, as_of, today, answers, Some(come_back(pack, as_of, answers)))
}

/// [`screen`] without dates to come back, which take most of the time.
pub fn screen_today(pack: &Pack, as_of: Date, answers: &Answers) -> Report {
    report(pack, as_of, pack.day, answers, Some(vec![Vec::new(); pack.routes.len()]))
}

/// [`screen_on`] without the cards, whose dates take most of the time: what a form needs between two questions.
pub fn screen_step(pack: &Pack, as_of: Date, today: Date, answers: &Answers) -> Report {
    report(pack, as_of, today, answers, None)
}

/// With the dates to come back of each route, or without any card.
fn report(pack: &Pack, as_of: Date, today: Date, answers: &Answers, come_back: Option<Vec<Vec<ComeBack>>>) -> Report {
    let effective = Effective::new(pack, answers, as_of);
    let mut context = effective.context(pack, as_of);
    let mut asked = Asked::new(pack);
    let whole = come_back.is_some();

    let Standing { found, not_asked } = standing(&context);
    let near_clauses: Vec<&Clause> = found.iter().map(|f| f.clause).filter(|clause| context.on_boundary(&clause.test)).collect();
    pack.cautions.iter().for_each(|rule| asked.in_caution(&context, rule));
    let mut drafts: Vec<Draft> = pack.routes.iter().map(|route| Draft::new(&context, route, &not_asked, &mut asked, whole)).collect();
    let mut cautions: Vec<Caution> = Vec::new();
    let any_near = !near_clauses.is_empty() || drafts.iter().any(|d| d.near);
    // What is true of any card is said once for the whole report.
    let stale = drafts.iter().any(|d| d.door.stale);
    context.card = Some(CardFlags { door: DoorState::Unknown, on_boundary: any_near, stale, unverified: false });
    for rule in &pack.cautions {
        cautions.extend(said(&context, &found, rule, &|_| true));
    }
    for draft in &mut drafts {
        let touching = |clause: &Clause| touches(clause, draft.route);
        let near = draft.near || near_clauses.iter().any(|clause| touching(clause));
        let unverified = draft.reasons.iter().any(|reason| !reason.verified);
        context.card = Some(CardFlags { door: draft.door.state, on_boundary: near, stale: draft.door.stale, unverified });
        for rule in &pack.cautions {
            draft.cautions.extend(said(&context, &found, rule, &touching));
        }
        let mine = found.iter().filter(|f| touching(f.clause));
        draft.last_day = mine.filter_map(|f| last_day(&context, f.clause)).min();
        in_order(&mut draft.cautions, |caution| (caution.tier, caution.certainty));
    }
    in_order(&mut cautions, |caution| (caution.tier, caution.certainty));
    let stop = cautions.iter().chain(drafts.iter().flat_map(|d| &d.cautions)).any(|c| c.tier == Tier::Stop);
    for draft in &mut drafts {
        if let Some(fit) = &mut draft.fit
            && whole
            && fit.state == FitState::NotNow
        {
            fit.not_before = met_from(pack, as_of, answers, draft.route);
        }
    }
    let drafts = drafts.into_iter().zip(come_back.into_iter().flatten());
    let mut cards: Vec<Card> = drafts.map(|(draft, dates)| draft.finish(&context, stop, dates)).collect();
    in_order(&mut cards, reading_order);

    let remaining = asked.at_most(&context, answers);
    let questions = asked.questions(&context, answers);
    Report {
        as_of,
        rules: rules_info(pack),
        stop,
        cautions,
        cards,
        next: next_of(&questions),
        remaining,
        first_pass_done: !pack.facts.iter().zip(&questions).any(|(fact, q)| fact.first && is_open(q)),
        problems: problems(pack, as_of, today, answers),
        questions,
    }
}

/// The fact to ask for next, and nothing else of a report.
pub fn next_question(pack: &Pack, as_of: Date, answers: &Answers) -> Option<String> {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let mut asked = Asked::new(pack);
    pack.cautions.iter().for_each(|rule| asked.in_caution(&context, rule));
    for route in &pack.routes {
        Draft::new(&context, route, &[], &mut asked, false);
    }
    next_of(&asked.questions(&context, answers))
}

fn is_open(question: &QuestionState) -> bool {
    matches!(question.state, QuestionProgress::Open | QuestionProgress::Invalid)
}

/// The first open question, or the first that can be sharpened.
fn next_of(questions: &[QuestionState]) -> Option<String> {
    let open = questions.iter().find(|q| is_open(q));
    open.or_else(|| questions.iter().find(|q| !q.sharper.is_empty())).map(|q| q.fact.clone())
}

/// What can change by itself on one card: its door, its fit, and which clauses of cautions touch it.
#[derive(PartialEq)]
pub struct Outcome {
    pub door: DoorState,
    pub fit: Option<(FitState, Vec<String>)>,
    /// A caution and its clause by their places in the pack.
    pub cautions: Vec<(u16, u16, Certainty)>,
}

/// The outcome of each route on a day, and nothing else of a report.
pub fn outcomes(pack: &Pack, as_of: Date, answers: &Answers) -> Vec<Outcome> {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let Standing { found, not_asked } = standing(&context);
    let outcome = |route| {
        let touching = |clause: &Clause| touches(clause, route);
        let cautions = pack.cautions.iter().filter_map(|rule| first_of(&found, rule, &touching));
        Outcome {
            door: door(&context, route).state,
            fit: fit_of(&context, &judge_all(&context, route), route, &not_asked).map(|fit| (fit.state, fit.missing)),
            cautions: cautions.map(|f| (f.place.0, f.place.1, f.certainty)).collect(),
        }
    };
    pack.routes.iter().map(outcome).collect()
}

/// Does a clause of a caution belong on the card of a route?
fn touches(clause: &Clause, route: &Route) -> bool {
    clause.touches.iter().any(|t| t == "all" || *t == route.id || *t == route.group)
}

/// What a report says of the rules behind it.
pub fn rules_info(pack: &Pack) -> RulesInfo {
    RulesInfo {
        id: pack.id.clone(),
        version: pack.version.clone(),
        known_from: pack.known_from,
        confirmed_through: pack.confirmed_through,
        review: pack.review.clone(),
    }
}

/// Sorts a short list, keeping equals in order. The library's sorts are fast on long lists and cost 12 KB each kind.
fn in_order<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && items.get(at - 1).map(&key) > items.get(at).map(&key) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Cards in the order in which they are worth reading: what does not fit last, then by door, then by fit.
fn reading_order(card: &Card) -> (bool, u8, u8) {
    let door = match card.door.state {
        DoorState::Open | DoorState::RenewalsOnly | DoorState::InCourtOnly => 0,
        state if state.is_shut() => 2,
        _ => 1,
    };
    let fit = card.fit.as_ref().map_or(4, |fit| match fit.state {
        FitState::Fits => 0,
        FitState::NotNow => 1,
        FitState::Unclear => 2,
        FitState::DoesNotFit => 3,
    });
    (fit >= 3, door, fit)
}

/// A clause that holds, or may hold, for the family as a whole.
struct Found<'a> {
    rule: &'a CautionRule,
    clause: &'a Clause,
    /// Of the caution and of the clause, in the pack.
    place: (u16, u16),
    certainty: Certainty,
}

/// How the clauses of all cautions stand.
struct Standing<'a> {
    /// Those that hold, or may hold because of an answer "not sure".
    found: Vec<Found<'a>>,
    /// Those that send to a lawyer, or stop, and rest on questions not asked yet: no positive card is shown before they are.
    not_asked: Vec<&'a Clause>,
}

fn standing<'a>(context: &Context<'a>) -> Standing<'a> {
    let mut standing = Standing { found: Vec::new(), not_asked: Vec::new() };
    for (rule, rule_place) in context.pack.cautions.iter().zip(0..) {
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
            standing.found.push(Found { rule, clause, place: (rule_place, place), certainty });
        }
    }
    standing
}

/// What a caution says through its clauses that `count`: the first that holds, else the first that may hold.
fn first_of<'a, 'f>(found: &'f [Found<'a>], rule: &CautionRule, count: &dyn Fn(&Clause) -> bool) -> Option<&'f Found<'a>> {
    let mine = || found.iter().filter(|f| std::ptr::eq(f.rule, rule) && count(f.clause));
    mine().find(|f| f.certainty == Certainty::Yes).or_else(|| mine().next())
}

/// The caution of a rule, if it has one to say: of the family, else of the card in the context.
fn said<'a>(context: &Context<'a>, found: &[Found<'a>], rule: &'a CautionRule, count: &dyn Fn(&Clause) -> bool) -> Option<Caution> {
    let mine = first_of(found, rule, count).map(|f| caution(context, rule, f.clause, f.certainty));
    mine.or_else(|| {
        let mut clauses = rule.clauses.iter().filter(|clause| clause.card && count(clause) && clause.in_force.contains(context.as_of));
        let clause = clauses.find(|clause| context.eval(&clause.test) == Truth::Yes)?;
        Some(caution(context, rule, clause, Certainty::Yes))
    })
}

/// The last day that a clause names. It is known even where an answer leaves open whether the clause holds.
fn last_day<'a>(context: &Context<'a>, clause: &'a Clause) -> Option<Date> {
    let deadline = clause.tells.contains(&Tell::Deadline);
    let day = context.last_day(&clause.test, None).filter(|_| deadline);
    day.filter(|day| *day >= context.as_of)
}

fn caution<'a>(context: &Context<'a>, rule: &CautionRule, clause: &'a Clause, certainty: Certainty) -> Caution {
    let mut cite = clause.cite.clone();
    context.cites_of(&clause.test, &mut cite);
    let until = last_day(context, clause).or_else(|| context.bar_until(&clause.test));
    Caution {
        id: rule.id.clone(),
        clause: clause.id.clone(),
        tier: clause.tier,
        tells: clause.tells.clone(),
        certainty,
        values: Values { until, ..clause.values.clone() },
        cites: distinct(context.pack.cites(&cite)),
        verified: context.pack.verified(&clause.cite),
    }
}

/// A card before the cautions are known.
struct Draft<'a> {
    route: &'a Route,
    door: Door,
    fit: Option<Fit>,
    reasons: Vec<Reason>,
    find_out: Vec<FindOut>,
    cautions: Vec<Caution>,
    /// The earliest of all last days that touch the card, those too that another clause of their caution leaves unsaid.
    last_day: Option<Date>,
    near: bool,
}

impl<'a> Draft<'a> {
    /// What to find out is worked out for a whole report only: it says nothing about the next question.
    fn new(context: &Context<'a>, route: &'a Route, not_asked: &[&'a Clause], asked: &mut Asked, whole: bool) -> Draft<'a> {
        let door = door(context, route);
        let judged = judge_all(context, route);
        let fit = fit_of(context, &judged, route, not_asked);
        let undecided = fit.as_ref().is_some_and(|fit| fit.state != FitState::DoesNotFit);
        let mut find_out = Vec::new();
        if undecided {
            if whole {
                find_out = to_find_out(context, &judged, route, not_asked);
            }
            if !door.state.is_shut() {
                for (criterion, _) in judged.iter().filter(|(_, truth)| *truth == Truth::Unknown) {
                    asked.in_criterion(context, criterion);
                }
            }
        }
        let near = judged.iter().any(|(criterion, _)| context.on_boundary(&criterion.test));
        let reasons = judged.iter().map(|(criterion, truth)| reason(context, criterion, *truth)).collect();
        Draft { route, door, fit, reasons, find_out, cautions: Vec::new(), last_day: None, near }
    }

    fn finish(self, context: &Context, stop: bool, come_back: Vec<ComeBack>) -> Card {
        let pack = context.pack;
        let fits = self.fit.as_ref().map(|fit| fit.state);
        let may_file = !stop && fits == Some(FitState::Fits) && !self.door.state.is_shut();
        let shown = |step: &&Step| {
            // What nobody asked about yet is no reason to hide a step of a card that fits; what nobody is sure of is.
            let when = step.when.as_ref().map_or(Truth::Yes, |when| context.eval_at_best(when));
            (step.doors == 0 || step.doors & self.door.state.bit() != 0)
                && (step.fits == 0 || fits.is_some_and(|fit| step.fits & fit.bit() != 0))
                && if step.kind == StepKind::File { may_file && when == Truth::Yes } else { when != Truth::No }
        };
        let mut next_steps: Vec<NextStep> = Vec::new();
        // A stop takes away what is to be filed, never a last day: whoever may file nothing alone has the more need to know it.
        let said = self.cautions.iter().filter(|c| c.tells.contains(&Tell::Deadline)).filter_map(|c| c.values.until).min();
        let last_day = said.into_iter().chain(self.last_day).min();
        if last_day.is_some() && fits.is_some_and(|fit| fit != FitState::DoesNotFit) {
            next_steps.push(NextStep { id: ASK_BEFORE.into(), kind: StepKind::Help, by: last_day });
        }
        let steps = self.route.steps.iter().filter(shown);
        next_steps.extend(steps.map(|step| NextStep { id: step.id.clone(), kind: step.kind, by: None }));
        let fees = self.route.fees.iter().filter(|fee| fee.in_force.contains(context.as_of));
        let mut cites = self.door.cites.clone();
        cites.extend(self.reasons.iter().flat_map(|reason| reason.cites.clone()));
        Card {
            route: self.route.id.clone(),
            group: self.route.group.clone(),
            next_steps,
            fees: fees
                .map(|fee| FeeInForce { id: fee.id.clone(), amount: fee.amount, since: fee.in_force.from, cites: pack.cites(&fee.cite) })
                .collect(),
            gives: self.route.gives.clone(),
            exposes: self.route.exposes.clone(),
            documents: self.route.documents.clone(),
            cites: distinct(cites),
            review: self.route.review.clone().unwrap_or_else(|| pack.review.clone()),
            door: self.door,
            fit: self.fit,
            reasons: self.reasons,
            cautions: self.cautions,
            find_out: self.find_out,
            come_back,
        }
    }
}

fn distinct(ids: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::with_capacity(ids.len());
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}

fn door(context: &Context, route: &Route) -> Door {
    let now = route.door.iter().rev().find(|row| row.from <= context.as_of && context.as_of >= context.pack.known_from);
    Door {
        state: now.map_or(DoorState::Unknown, |row| row.state),
        since: now.map(|row| row.from),
        next_change: route.door.iter().map(|row| row.from).find(|from| *from > context.as_of),
        confirmed_through: now.map(|row| row.confirmed_through),
        stale: now.is_some_and(|row| row.confirmed_through.plus_days(row.shelf_life) < context.as_of),
        cites: now.map(|row| context.pack.cites(&row.cite)).unwrap_or_default(),
    }
}

/// The criteria in force that apply, with what is known of each.
fn judge_all<'a>(context: &Context<'a>, route: &'a Route) -> Vec<(&'a Criterion, Truth)> {
    in_force(context, route).filter_map(|c| judge(context, c).map(|truth| (c, truth))).collect()
}

fn in_force<'a>(context: &Context, route: &'a Route) -> impl Iterator<Item = &'a Criterion> {
    let (as_of, known_from) = (context.as_of, context.pack.known_from);
    route.criteria.iter().filter(move |c| as_of >= known_from && c.in_force.contains(as_of))
}

/// None where no criteria exist on the as-of date.
fn fit_of<'a>(context: &Context<'a>, judged: &[(&'a Criterion, Truth)], route: &'a Route, not_asked: &[&Clause]) -> Option<Fit> {
    let mut fit = in_force(context, route).next().map(|_| fit(context, judged))?;
    if fit.state == FitState::Fits && not_asked.iter().any(|clause| touches(clause, route)) {
        fit.state = FitState::Unclear;
    }
    Some(fit)
}

/// On a day: is everything met that is a matter of time, and does nothing speak against the route for good?
pub fn time_is_met(pack: &Pack, as_of: Date, answers: &Answers, route: &Route) -> bool {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    let fine = |(criterion, truth): (&Criterion, Truth)| match criterion.if_no {
        IfNo::Time => truth == Truth::Yes,
        IfNo::ForGood => truth != Truth::No,
        IfNo::Step(_) | IfNo::Lawyer => true,
    };
    in_force(&context, route).next().is_some() && judge_all(&context, route).into_iter().all(fine)
}

/// Is a question behind an undecided test not asked yet? A field left out of an entry is not a question.
fn reads_not_asked<'a>(context: &Context<'a>, condition: &'a Condition) -> bool {
    let mut found = false;
    context.unknown_tests(condition, &mut |test| {
        let not_asked =
            |fact: &u16| *context.answer(context.question_of(*fact)) == Answer::NotAsked && context.applies(*fact).0 != Truth::No;
        found |= context.facts_read(test).iter().any(not_asked);
    });
    found
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
fn fit<'a>(context: &Context<'a>, judged: &[(&'a Criterion, Truth)]) -> Fit {
    let mut missing = Vec::new();
    let (mut never, mut unclear, mut not_now) = (false, judged.is_empty(), false);
    for (criterion, truth) in judged {
        match (truth, criterion.if_no) {
            (Truth::Yes, _) => {}
            (Truth::Unknown, _) | (Truth::No, IfNo::Lawyer) => unclear = true,
            (Truth::No, IfNo::ForGood) => never = true,
            (Truth::No, IfNo::Step(fact)) => {
                not_now = true;
                missing.extend(context.pack.facts.get(usize::from(fact)).map(|fact| fact.id.clone()));
            }
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

fn reason<'a>(context: &Context<'a>, criterion: &'a Criterion, truth: Truth) -> Reason {
    let pack = context.pack;
    let mut cite = criterion.cite.clone();
    context.cites_of(&criterion.test, &mut cite);
    let facts = context.facts_of(&criterion.test).into_iter().map(|fact| context.question_of(fact));
    Reason {
        criterion: criterion.id.clone(),
        truth,
        since: criterion.in_force.from,
        facts: distinct(facts.filter_map(|fact| pack.facts.get(usize::from(fact))).map(|fact| fact.id.clone()).collect()),
        values: criterion.values.clone(),
        cites: distinct(pack.cites(&cite)),
        verified: pack.verified(&criterion.cite),
    }
}

/// The facts that leave criteria unknown: those that alone would decide the card first, then in asking order.
fn to_find_out<'a>(context: &Context<'a>, judged: &[(&'a Criterion, Truth)], route: &Route, not_asked: &[&'a Clause]) -> Vec<FindOut> {
    let mut open: Vec<(Vec<u16>, IfNo)> = Vec::new();
    let mut sharper: Vec<Sharper> = Vec::new();
    for (criterion, _) in judged.iter().filter(|(_, truth)| *truth == Truth::Unknown) {
        let mut facts = Vec::new();
        for condition in criterion.applies.iter().chain([&criterion.test]) {
            context.unknown_tests(condition, &mut |test| {
                facts.extend(unsettled(context, test));
                sharper.extend(context.sharper(test));
            });
        }
        open.push((facts, criterion.if_no));
    }
    for clause in not_asked.iter().filter(|clause| touches(clause, route)) {
        let mut facts = Vec::new();
        context.unknown_tests(&clause.test, &mut |test| facts.extend(unsettled(context, test)));
        open.push((facts, IfNo::Lawyer));
    }
    let mut all: Vec<u16> = open.iter().flat_map(|(facts, _)| facts.clone()).collect();
    in_order(&mut all, |fact| *fact);
    all.dedup();
    // A fact decides alone if it is the only one in the way, or if one criterion for good turns on it alone.
    let alone = |fact: u16| {
        let only = |facts: &[u16]| facts.iter().all(|f| *f == fact);
        open.iter().all(|(facts, _)| only(facts)) || open.iter().any(|(facts, if_no)| *if_no == IfNo::ForGood && only(facts))
    };
    let mut found: Vec<FindOut> = all
        .into_iter()
        .filter_map(|index| {
            let fact = context.pack.facts.get(usize::from(index))?;
            let mine = sharper.iter().filter(|s| s.fact == index).map(|s| question(context, s)).collect();
            Some(FindOut { fact: fact.id.clone(), how: fact.find_out.clone(), alone: alone(index), sharper: distinct_questions(mine) })
        })
        .collect();
    in_order(&mut found, |f| !f.alone);
    found
}

/// The questions behind an unknown test whose answers do not settle it: not asked, not sure, or not exact.
fn unsettled(context: &Context, test: &Condition) -> Vec<u16> {
    let facts = context.facts_read(test);
    let missing = |fact: &u16| !matches!(context.answer(*fact), Answer::Value(_)) && context.applies(*fact).0 != Truth::No;
    let open: Vec<u16> = facts.iter().copied().filter(missing).map(|fact| context.question_of(fact)).collect();
    if open.is_empty() {
        // Every answer is there, but one is not exact. Whether a fact applies is a test of its own.
        let applies = |fact: &u16| context.applies(*fact).0 == Truth::Yes;
        let vague: Vec<u16> = facts.iter().copied().filter(|fact| applies(fact) && !context.answer(*fact).is_exact()).collect();
        return if vague.is_empty() { facts.into_iter().filter(applies).collect() } else { vague };
    }
    open
}

fn question(context: &Context, sharper: &Sharper) -> SharperQuestion {
    let fact = context.pack.facts.get(usize::from(sharper.fact));
    let field = sharper.place.and_then(|(_, field)| fact?.fields.get(usize::from(field)));
    let range = |yes| {
        let range = sharper.answered(yes);
        DateRange { from: range.from, to: range.to }
    };
    SharperQuestion {
        fact: fact.map(|fact| fact.id.clone()).unwrap_or_default(),
        entry: sharper.place.map(|(entry, _)| entry),
        field: field.map(|field| field.id.clone()),
        relation: sharper.relation,
        date: sharper.date,
        yes: range(true),
        no: range(false),
    }
}

fn distinct_questions(questions: Vec<SharperQuestion>) -> Vec<SharperQuestion> {
    let mut seen: Vec<SharperQuestion> = Vec::new();
    for question in questions {
        // "On or before the 17th" and "after the 17th" are one question.
        let same =
            |q: &SharperQuestion| q.entry == question.entry && q.field == question.field && (q.yes == question.yes || q.yes == question.no);
        if !seen.iter().any(same) {
            seen.push(question);
        }
    }
    seen
}

/// Which questions some result still turns on.
struct Asked {
    relevant: Vec<bool>,
    sharper: Vec<Sharper>,
    /// The lines of undecided tests, each once.
    lines: Vec<Line>,
}

impl Asked {
    fn new(pack: &Pack) -> Asked {
        Asked { relevant: vec![false; pack.facts.len()], sharper: Vec::new(), lines: Vec::new() }
    }

    fn in_caution<'a>(&mut self, context: &Context<'a>, rule: &'a CautionRule) {
        // After a clause that holds, the others that speak on the same cards say nothing more.
        let mut done: Vec<&[String]> = Vec::new();
        for clause in rule.clauses.iter().filter(|clause| !clause.card && clause.in_force.contains(context.as_of)) {
            match context.eval(&clause.test) {
                _ if done.contains(&clause.touches.as_slice()) => {}
                Truth::Yes => done.push(&clause.touches),
                Truth::No => {}
                Truth::Unknown => self.in_condition(context, &clause.test),
            }
        }
    }

    fn in_criterion<'a>(&mut self, context: &Context<'a>, criterion: &'a Criterion) {
        for condition in criterion.applies.iter().chain([&criterion.test]) {
            self.in_condition(context, condition);
        }
    }

    fn in_condition<'a>(&mut self, context: &Context<'a>, condition: &'a Condition) {
        context.unknown_tests(condition, &mut |test| {
            for fact in context.facts_read(test).into_iter().filter(|fact| context.applies(*fact).0 != Truth::No) {
                if let Some(relevant) = self.relevant.get_mut(usize::from(context.question_of(fact))) {
                    *relevant = true;
                }
            }
            self.sharper.extend(context.sharper(test));
            for line in context.lines(test) {
                if !self.lines.contains(&line) {
                    self.lines.push(line);
                }
            }
        });
    }

    /// The most questions that can still come: each that is open, and for each date that is not exact, or may come out so, one
    /// for every line that it may have to be held against.
    fn at_most(&self, context: &Context, answers: &Answers) -> usize {
        let open = (0..self.relevant.len()).filter(|place| self.is_open(context, answers, *place)).count();
        let may_be_asked = |line: &&Line| {
            let place = usize::from(line.fact);
            self.is_open(context, answers, place) || context.can_be_sharpened(line)
        };
        open + self.lines.iter().filter(may_be_asked).count()
    }

    fn is_open(&self, context: &Context, answers: &Answers, place: usize) -> bool {
        let relevant = self.relevant.get(place).copied().unwrap_or(false) || context.assumed(place);
        let applies = u16::try_from(place).is_ok_and(|fact| context.applies(fact).0 != Truth::No);
        match answers.get(place).unwrap_or(&Answer::NotAsked) {
            Answer::NotAsked => relevant && applies,
            Answer::NoSuchDay => applies,
            _ => false,
        }
    }

    fn questions(self, context: &Context, answers: &Answers) -> Vec<QuestionState> {
        let state = |index: usize, relevant: bool| {
            let relevant = relevant || context.assumed(index);
            let applies = u16::try_from(index).map_or(Truth::No, |fact| context.applies(fact).0);
            match answers.get(index).unwrap_or(&Answer::NotAsked) {
                _ if applies == Truth::No => QuestionProgress::NotRelevant,
                Answer::NotAsked if relevant => QuestionProgress::Open,
                Answer::NotAsked => QuestionProgress::NotRelevant,
                Answer::Unsure => QuestionProgress::Unsure,
                Answer::NoSuchDay => QuestionProgress::Invalid,
                Answer::Value(_) => QuestionProgress::Answered,
            }
        };
        let mut questions = Vec::new();
        for ((index, fact), relevant) in context.pack.facts.iter().enumerate().zip(self.relevant) {
            let mine = self.sharper.iter().filter(|s| usize::from(s.fact) == index).map(|s| question(context, s)).collect();
            questions.push(QuestionState { fact: fact.id.clone(), state: state(index, relevant), sharper: distinct_questions(mine) });
        }
        questions
    }
}

/// Days that do not exist, events told as past that lie ahead, and answers that contradict each other. They decide nothing.
///
/// Answers are read as they were given: what no longer applies, or what another answer turns into something else, can be the
/// very slip that is looked for. Ahead is what lies after today and after the as-of date: to look at an earlier day makes
/// nothing in a family's life a slip.
fn problems(pack: &Pack, as_of: Date, today: Date, answers: &Answers) -> Vec<Problem> {
    let last = as_of.max(today);
    // What was not told as of an earlier day may have come later: answers contradict each other only if they do on both days.
    let (given, now) = (Effective::as_given(pack, answers, as_of), Effective::as_given(pack, answers, last));
    let (context, now) = (given.context(pack, as_of), now.context(pack, last));
    let told = || pack.facts.iter().zip(answers);
    let problem = |code: &str, fact: &Fact| Problem { code: code.into(), facts: vec![fact.id.clone()] };
    let mut problems: Vec<Problem> =
        told().filter(|(_, answer)| **answer == Answer::NoSuchDay).map(|(fact, _)| problem(NO_SUCH_DAY, fact)).collect();
    problems.extend(told().filter(|(fact, answer)| lies_ahead(fact, answer, last)).map(|(fact, _)| problem(IN_THE_FUTURE, fact)));
    let so = |contradiction: &&Contradiction| [&context, &now].iter().all(|on| on.eval(&contradiction.test) == Truth::Yes);
    for contradiction in pack.contradictions.iter().filter(so) {
        let facts = context.facts_holding(&contradiction.test).into_iter().filter_map(|fact| pack.facts.get(usize::from(fact)));
        problems.push(Problem { code: contradiction.id.clone(), facts: facts.map(|fact| fact.id.clone()).collect() });
    }
    problems
}

/// Is an event that is told as past surely after this day?
fn lies_ahead(fact: &Fact, answer: &Answer, last: Date) -> bool {
    match answer {
        Answer::Value(Value::Date(date)) => !fact.ahead && date.range.from > last,
        Answer::Value(Value::List(entries)) => entries.iter().any(|entry| {
            let dates = entry.iter().zip(&fact.fields).filter(|(_, field)| !field.ahead);
            dates.into_iter().any(|(given, _)| matches!(given, Given::Date(date) if date.range.from > last))
        }),
        _ => false,
    }
}
