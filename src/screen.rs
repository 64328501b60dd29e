//! From a pack, a day and a family's answers to a report. Cautions come first; nothing stops early.
//!
//! This module puts together what `outcome`, `ask` and `timing` have worked out, and says where answers cannot be. It has no
//! error: a question nobody can answer is "unknown", not a failure.

use crate::answer;
use crate::ask::{Asked, InTheWay, first_pass_done, next_of, next_screen, to_find_out};
use crate::date::Date;
use crate::evaluate::{CardFlags, Context, Effective};
use crate::fact::{Answer, Answers, Fact, Given, Value};
use crate::outcome::{EVERY_CARD, Found, Judged, Standing, Weighed, cells, first_of, judged, standing, touches};
use crate::pack::{
    CautionRule, Cell, Clause, Contradiction, DoorRow, DoorState, Fee, FitState, Pack, Route, Step, StepKind, Tell, Tier, Values,
};
use crate::report::{
    Card, Caution, Certainty, ComeBack, Door, DoorChange, FeeInForce, FindOut, Ground, NextStep, Place, Problem, Reason, Report, RulesInfo,
};
use crate::short::{distinct, in_order};
use crate::timing::{come_back, met_from};
use crate::truth::Truth;

// What the engine says by itself, beside what the rules name; the words are in the language files.

/// A day was told that the calendar does not have.
pub const NO_SUCH_DAY: &str = "no-such-day";
/// An event that is told as past lies ahead.
pub const IN_THE_FUTURE: &str = "in-the-future";
/// The step that says by when to talk to a lawyer.
pub const ASK_BEFORE: &str = "ask-lawyer-before";

/// Screens one family as of one day. Missing answers are questions not asked yet.
pub fn screen(pack: &Pack, as_of: Date, answers: &Answers) -> Report {
    screen_on(pack, as_of, pack.day, answers)
}

/// The same for somebody who says which day it is today. Only what lies ahead of that day, and of the as-of date, is asked
/// about as a slip, and from the day on which the rules expire no door is known; nothing else depends on it.
pub fn screen_on(pack: &Pack, as_of: Date, today: Date, answers: &Answers) -> Report {
    let none = || vec![Vec::new(); pack.routes.len()];
    let dates = if today < pack.expires { come_back(pack, as_of, answers) } else { none() };
    report(pack, as_of, today, answers, &|_| true, Some(dates))
}

/// [`screen`] without dates to come back, which take most of the time.
pub fn screen_today(pack: &Pack, as_of: Date, answers: &Answers) -> Report {
    screen_cards(pack, as_of, answers, &|_| true)
}

/// [`screen_today`] with the cards of some routes only. What is said once for all cards then speaks of these.
pub fn screen_cards(pack: &Pack, as_of: Date, answers: &Answers, wanted: &dyn Fn(&Route) -> bool) -> Report {
    report(pack, as_of, pack.day, answers, wanted, Some(vec![Vec::new(); pack.routes.len()]))
}

/// [`screen_on`] without the cards, whose dates take most of the time: what a form needs between two questions.
pub fn screen_step(pack: &Pack, as_of: Date, today: Date, answers: &Answers) -> Report {
    report(pack, as_of, today, answers, &|_| true, None)
}

/// With the dates to come back of each route, or without any card.
fn report(
    pack: &Pack,
    as_of: Date,
    today: Date,
    answers: &Answers,
    wanted: &dyn Fn(&Route) -> bool,
    come_back: Option<Vec<Vec<ComeBack>>>,
) -> Report {
    let effective = Effective::new(pack, answers, as_of);
    let mut context = effective.context(pack, as_of);
    context.expired = today >= pack.expires;
    let mut asked = Asked::new(pack);
    let whole = come_back.is_some();

    let Standing { found, not_asked } = standing(&context);
    let near_clauses: Vec<&Clause> = found.iter().flatten().map(|f| f.clause).filter(|clause| context.on_boundary(&clause.test)).collect();
    pack.cautions.iter().for_each(|rule| asked.in_caution(&context, rule));
    let near = pack.grounds.iter().map(|ground| context.on_boundary(&ground.test)).collect();
    let mut of_all = OfAll { not_asked: &not_asked, near, open: vec![None; pack.grounds.len()] };
    let mut drafts: Vec<Draft> = Vec::new();
    for judged in judged(&context, wanted, &not_asked) {
        asked.in_route(&context, &judged);
        drafts.push(Draft::new(&context, judged, &mut of_all, whole));
    }
    let mut cautions: Vec<Caution> = Vec::new();
    let any_near = !near_clauses.is_empty() || drafts.iter().any(|d| d.near);
    // What is true of any card is said once for the whole report.
    let stale = drafts.iter().any(|d| d.door.stale);
    context.card = Some(CardFlags { door: DoorState::Unknown, on_boundary: any_near, stale, unverified: false });
    for (rule, found) in pack.cautions.iter().zip(&found) {
        cautions.extend(said(&context, found, rule, &|_| true));
    }
    for draft in &mut drafts {
        let touching = |clause: &Clause| touches(clause, draft.judged.route);
        let near = draft.near || near_clauses.iter().any(|clause| touching(clause));
        let unverified = draft.judged.criteria.iter().any(|weighed| !pack.verified(weighed.cite()));
        context.card = Some(CardFlags { door: draft.door.state, on_boundary: near, stale: draft.door.stale, unverified });
        for (rule, found) in pack.cautions.iter().zip(&found) {
            draft.cautions.extend(said(&context, found, rule, &touching));
        }
        let mine = found.iter().flatten().filter(|f| touching(f.clause));
        draft.last_day = mine.clone().filter_map(|f| last_day(&context, f.clause)).min();
        let own = mine.filter(|f| !f.clause.touches.iter().any(|touched| touched == EVERY_CARD));
        draft.own_day = own.filter_map(|f| last_day(&context, f.clause)).min();
        in_order(&mut draft.cautions, |caution| (caution.tier, caution.certainty));
    }
    in_order(&mut cautions, |caution| (caution.tier, caution.certainty));
    let stop = cautions.iter().chain(drafts.iter().flat_map(|d| &d.cautions)).any(|c| c.tier == Tier::Stop);
    for draft in &mut drafts {
        if let Some(fit) = &mut draft.judged.fit
            && whole
            && fit.state == FitState::NotNow
        {
            fit.not_before = met_from(pack, as_of, answers, draft.judged.route);
        }
    }
    let drafts = drafts.into_iter().zip(come_back.into_iter().flatten());
    let cards = drafts
        .map(|(draft, dates)| (answer::order(&context, answers, &draft.judged, draft.own_day, stop), draft.finish(&context, stop, dates)));
    let cards = answer::rank(cards.collect());

    let remaining = asked.at_most(&context, answers);
    let questions = asked.questions(&context, answers);
    Report {
        as_of,
        rules: rules_info(pack),
        stop,
        urgent: answer::urgent(pack, as_of, &cautions),
        plan: answer::plan(&cards, stop),
        cautions,
        cards,
        next: next_of(&questions),
        next_screen: next_screen(pack, &questions, &[]),
        remaining,
        first_pass_done: first_pass_done(pack, &questions),
        problems: problems(pack, as_of, today, answers),
        questions,
    }
}

/// What a report says of the rules behind it.
pub fn rules_info(pack: &Pack) -> RulesInfo {
    RulesInfo {
        id: pack.id.clone(),
        version: pack.version.clone(),
        known_from: pack.known_from,
        confirmed_through: pack.confirmed_through,
        expires: pack.expires,
        review: pack.review.clone(),
    }
}

/// The caution of a rule, if it has one to say: of the family, else of the card in the context.
fn said<'a>(context: &Context<'a>, found: &[Found<'a>], rule: &'a CautionRule, count: &dyn Fn(&Clause) -> bool) -> Option<Caution> {
    let mine = first_of(found, count).map(|f| caution(context, rule, f.clause, f.certainty));
    mine.or_else(|| {
        let mut clauses = rule.clauses.iter().filter(|clause| clause.card && count(clause) && clause.in_force.contains(context.as_of));
        let clause = clauses.find(|clause| context.eval(&clause.test) == Truth::Yes)?;
        Some(caution(context, rule, clause, Certainty::Yes))
    })
}

/// The last day that a clause names. It is known even where an answer leaves open whether the clause holds.
fn last_day<'a>(context: &Context<'a>, clause: &'a Clause) -> Option<Date> {
    let deadline = clause.tells.contains(&Tell::Deadline);
    let day = context.last_day(&clause.test).filter(|_| deadline);
    day.filter(|day| *day >= context.as_of)
}

fn caution<'a>(context: &Context<'a>, rule: &CautionRule, clause: &'a Clause, certainty: Certainty) -> Caution {
    let cites = [clause.cite.as_slice(), &context.cites_of(&clause.test)].concat();
    let until = last_day(context, clause).or_else(|| context.bar_until(&clause.test));
    let (confirmed_through, stale) = confirmed(context, &cites);
    Caution {
        id: rule.id.clone(),
        clause: clause.id.clone(),
        tier: clause.tier,
        tells: clause.tells.clone(),
        certainty,
        values: Values { until, ..clause.values.clone() },
        cites: distinct(context.pack.cites(&cites)),
        verified: context.pack.verified(&clause.cite),
        confirmed_through,
        stale,
    }
}

/// When somebody looked at the sources of a statement, and whether that is too long ago.
fn confirmed(context: &Context, cite: &[u16]) -> (Option<Date>, bool) {
    let confirmed = context.pack.confirmed(cite);
    (confirmed.map(|(read, _)| read), confirmed.is_some_and(|(_, good)| good < context.as_of))
}

/// What is the same for all cards.
struct OfAll<'a, 'c> {
    not_asked: &'c [&'a Clause],
    /// Does a ground lie on a boundary?
    near: Vec<bool>,
    /// What is in the way of a ground that is not decided.
    open: Vec<Option<InTheWay>>,
}

/// A card before the cautions are known.
struct Draft<'a> {
    judged: Judged<'a>,
    door: Door,
    reasons: Vec<Reason>,
    grounds: Vec<Ground>,
    clear: Vec<String>,
    find_out: Vec<FindOut>,
    cautions: Vec<Caution>,
    /// The earliest of all last days that touch the card, those too that another clause of their caution leaves unsaid.
    last_day: Option<Date>,
    /// The earliest of those that do not touch every card.
    own_day: Option<Date>,
    near: bool,
}

impl<'a> Draft<'a> {
    /// Reasons and what to find out are worked out for a whole report only: they say nothing about the next question.
    fn new(context: &Context<'a>, judged: Judged<'a>, of_all: &mut OfAll<'a, '_>, whole: bool) -> Draft<'a> {
        let OfAll { not_asked, near, open } = of_all;
        let find_out = if whole && judged.may_fit() { to_find_out(context, &judged, not_asked, open) } else { Vec::new() };
        // A ground that only just does not hold lies on a boundary too.
        let own = || judged.criteria.iter().filter(|weighed| weighed.cell.is_none());
        let near = cells(context, judged.route).any(|(_, cell)| near.get(usize::from(cell.ground)) == Some(&true))
            || own().any(|weighed| context.on_boundary(&weighed.criterion.test));
        let (mut reasons, mut grounds) = (Vec::new(), Vec::new());
        let clear = cells(context, judged.route).filter(|(_, cell)| whole && context.ground(cell.ground) == Truth::Yes);
        let clear = clear.map(|(ground, _)| ground.id.clone()).collect();
        for weighed in judged.criteria.iter().filter(|_| whole) {
            match weighed.cell {
                None => reasons.push(reason(context, weighed)),
                Some(cell) => grounds.push(ground(context, weighed, cell)),
            }
        }
        Draft {
            door: door(context, &judged),
            judged,
            reasons,
            grounds,
            clear,
            find_out,
            cautions: Vec::new(),
            last_day: None,
            own_day: None,
            near,
        }
    }

    fn finish(self, context: &Context, stop: bool, come_back: Vec<ComeBack>) -> Card {
        let pack = context.pack;
        let (door, Judged { route, fit, .. }) = (self.door, self.judged);
        let fits = fit.as_ref().map(|fit| fit.state);
        let may_file = !stop && fits == Some(FitState::Fits) && !door.state.is_shut();
        let shown = |step: &&Step| {
            // What nobody asked about yet is no reason to hide a step of a card that fits; what nobody is sure of is.
            let when = step.when.as_ref().map_or(Truth::Yes, |when| context.eval_at_best(when));
            (step.doors == 0 || step.doors & door.state.bit() != 0)
                && (step.fits == 0 || fits.is_some_and(|fit| step.fits & fit.bit() != 0))
                && if step.kind == StepKind::File { may_file && when == Truth::Yes } else { when != Truth::No }
        };
        let mut next_steps: Vec<NextStep> = Vec::new();
        // A stop takes away what is to be filed, never a last day: whoever may file nothing alone has the more need to know it.
        // What a caution says can be the end of a bar, or of a time to leave, which is no last day of a test.
        let said = self.cautions.iter().filter(|c| c.tells.contains(&Tell::Deadline)).filter_map(|c| c.values.until).min();
        let last_day = said.into_iter().chain(self.last_day).min();
        if last_day.is_some() && fits.is_some_and(|fit| fit != FitState::DoesNotFit) {
            next_steps.push(NextStep { id: ASK_BEFORE.into(), kind: StepKind::Help, by: last_day });
        }
        let steps = route.steps.iter().filter(shown);
        next_steps.extend(steps.map(|step| NextStep { id: step.id.clone(), kind: step.kind, by: None }));
        let known = |ids: &[String]| if door.state.is_idea() { Vec::new() } else { ids.to_vec() };
        let fees = route.fees.iter().filter(|fee| fee.in_force.contains(context.as_of));
        let mut cites = door.cites.clone();
        cites.extend(self.reasons.iter().flat_map(|reason| reason.cites.clone()));
        cites.extend(self.grounds.iter().flat_map(|ground| ground.cites.clone()));
        let class = route.class_in(&pack.classes).filter(|_| fit.is_some());
        let unasked = class.into_iter().flat_map(|class| &class.not_asked);
        let not_screened = unasked.filter_map(|ground| pack.not_asked.get(usize::from(*ground)).cloned()).collect();
        Card {
            route: route.id.clone(),
            group: route.group.clone(),
            // What they are among the other cards is said later.
            place: Place::NotThisFamily,
            rank: 0,
            named: context.asked_for(route),
            next_steps,
            fees: fees.map(|fee| fee_in_force(context, fee)).collect(),
            gives: known(&route.gives),
            exposes: known(&route.exposes),
            documents: known(&route.documents),
            cites: distinct(cites),
            review: route.review.clone().unwrap_or_else(|| pack.review.clone()),
            door,
            fit,
            reasons: self.reasons,
            grounds: self.grounds,
            clear: self.clear,
            not_screened,
            cautions: self.cautions,
            find_out: self.find_out,
            come_back,
        }
    }
}

fn door(context: &Context, judged: &Judged) -> Door {
    let now = judged.row;
    let rows = &judged.route.door;
    let past = rows.partition_point(|row| row.from <= context.as_of);
    let known = if now.is_some() { past + 1 } else { 0 };
    let change = |row: &DoorRow| DoorChange { from: row.from, state: row.state, cites: context.pack.cites(&row.cite) };
    Door {
        state: judged.door(),
        since: now.map(|row| row.from),
        next_change: rows.get(past).map(|row| row.from),
        confirmed_through: now.map(|row| row.confirmed_through),
        stale: now.is_some_and(|row| row.confirmed_through.plus_days(row.shelf_life) < context.as_of),
        cites: now.map(|row| context.pack.cites(&row.cite)).unwrap_or_default(),
        history: rows.iter().take(known).map(change).collect(),
    }
}

fn fee_in_force(context: &Context, fee: &Fee) -> FeeInForce {
    let (confirmed_through, stale) = confirmed(context, &fee.cite);
    let cites = context.pack.cites(&fee.cite);
    FeeInForce { id: fee.id.clone(), amount: fee.amount, since: fee.in_force.from, cites, confirmed_through, stale }
}

fn ground<'a>(context: &Context<'a>, weighed: &Weighed<'a>, cell: &Cell) -> Ground {
    let (pack, holds) = (context.pack, weighed.truth == Truth::No);
    let waiver = cell.waiver.and_then(|route| pack.routes.get(usize::from(route)));
    // The law that makes it hold can change as well as what it does to this benefit.
    let (confirmed_through, stale) = confirmed(context, &[cell.cite.as_slice(), &weighed.criterion.cite].concat());
    Ground {
        id: weighed.criterion.id.clone(),
        effect: cell.effect,
        certainty: if holds { Certainty::Yes } else { Certainty::Maybe },
        until: weighed.until(context),
        waiver: waiver.map(|route| route.id.clone()),
        cites: pack.cites(&cell.cite),
        verified: pack.verified(&cell.cite),
        confirmed_through,
        stale,
    }
}

fn reason<'a>(context: &Context<'a>, weighed: &Weighed<'a>) -> Reason {
    let (pack, Weighed { criterion, truth, .. }) = (context.pack, *weighed);
    let cites = [criterion.cite.as_slice(), &context.cites_of(&criterion.test)].concat();
    let facts = context.facts_of(&criterion.test).into_iter().map(|fact| context.question_of(fact));
    Reason {
        criterion: criterion.id.clone(),
        truth,
        since: criterion.in_force.from,
        facts: distinct(facts.filter_map(|fact| pack.facts.get(usize::from(fact))).map(|fact| fact.id.clone()).collect()),
        values: criterion.values.clone(),
        cites: distinct(pack.cites(&cites)),
        verified: pack.verified(&criterion.cite),
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
