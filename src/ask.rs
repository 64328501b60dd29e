//! What is still to be asked: which questions some result turns on, which to ask next, and what is worth finding out.
//!
//! A question counts while an undecided test reads it. This module asks nothing twice and decides nothing: what an answer
//! changes is the business of `outcome`.

use crate::condition::Condition;
use crate::date::Date;
use crate::evaluate::{Context, Effective, Line, Sharper};
use crate::fact::{Answer, Answers, Kind, Value};
use crate::outcome::{Judged, judged, touches};
use crate::pack::{CautionRule, Clause, Criterion, IfNo, Pack};
use crate::report::{DateRange, FindOut, NextScreen, QuestionProgress, QuestionState, SharperQuestion};
use crate::short::{distinct, in_order};
use crate::truth::Truth;

/// The fact to ask for next, and nothing else of a report.
pub fn next_question(pack: &Pack, as_of: Date, answers: &Answers) -> Option<String> {
    next_of(&all_questions(pack, as_of, answers))
}

/// Every question and where it stands, and nothing else of a report.
pub fn all_questions(pack: &Pack, as_of: Date, answers: &Answers) -> Vec<QuestionState> {
    let effective = Effective::new(pack, answers, as_of);
    let context = effective.context(pack, as_of);
    Asked::of_all(&context).questions(&context, answers)
}

/// Are the few questions that come first done?
pub fn first_pass_done(pack: &Pack, questions: &[QuestionState]) -> bool {
    !pack.facts.iter().zip(questions).any(|(fact, question)| fact.first && is_open(question.state))
}

fn is_open(state: QuestionProgress) -> bool {
    matches!(state, QuestionProgress::Open | QuestionProgress::Invalid)
}

/// The first open question, or the first that can be sharpened.
pub fn next_of(questions: &[QuestionState]) -> Option<String> {
    let open = questions.iter().find(|q| is_open(q.state));
    open.or_else(|| questions.iter().find(|q| !q.sharper.is_empty())).map(|q| q.fact.clone())
}

/// The first screen with an open question. A list has two: one that asks whether there is anything, and once there is (`begun`),
/// or where nothing asks, the one on which it is told.
pub fn next_screen(pack: &Pack, questions: &[QuestionState], begun: &[u16]) -> Option<NextScreen> {
    let open = |fact: &u16| questions.get(usize::from(*fact)).is_some_and(|question| is_open(question.state));
    let asked = |list: &u16| pack.screens.iter().any(|screen| screen.settles.contains(list));
    pack.screens.iter().find_map(|screen| {
        let settles = screen.settles.iter().filter(|fact| open(fact) && !begun.contains(fact));
        let entries = screen.entries.iter().filter(|list| open(list) && (begun.contains(list) || !asked(list)));
        let mut shown: Vec<&u16> = settles.chain(entries).collect();
        if shown.is_empty() {
            return None;
        }
        shown.extend(screen.also.iter().filter(|fact| open(fact) && !begun.contains(fact)));
        let open = shown.into_iter().filter_map(|fact| pack.facts.get(usize::from(*fact))).map(|fact| fact.id.clone()).collect();
        Some(NextScreen { screen: screen.id.clone(), open })
    })
}

/// The facts with a date that was told in part, and that something turns on: dates, and lists that hold such a date. What is not
/// asked yet is taken for the plainest there is, a list for empty: a date is told once, and not again with each later answer.
pub fn finer(pack: &Pack, as_of: Date, answers: &Answers) -> Vec<String> {
    let plain = |(fact, answer): (&crate::fact::Fact, &Answer)| match answer {
        Answer::NotAsked if fact.kind == Kind::List => Answer::Value(Value::List(Vec::new())),
        answer => answer.clone(),
    };
    let answers: Answers = pack.facts.iter().zip(answers).map(plain).collect();
    let effective = Effective::new(pack, &answers, as_of);
    let context = effective.context(pack, as_of);
    let asked = Asked::of_all(&context);
    let inexact = pack.facts.iter().zip(&asked.inexact).zip(&answers).filter(|((_, inexact), answer)| **inexact && answer.can_be_finer());
    inexact.map(|((fact, _), _)| fact.id.clone()).collect()
}

/// The facts in the way of deciding a criterion, and the questions that would settle their dates, each once.
pub type InTheWay = (Vec<u16>, Vec<Sharper>);

fn in_the_way<'a>(context: &Context<'a>, criterion: &'a Criterion) -> InTheWay {
    let (mut facts, mut sharper) = (Vec::new(), Vec::new());
    for test in criterion.conditions().flat_map(|condition| context.unknown_tests(condition)) {
        facts.extend(unsettled(context, test));
        sharper.extend(context.sharper(test));
    }
    (distinct(facts), distinct(sharper))
}

/// The facts that leave criteria unknown: those that alone would decide the card first, then in asking order.
pub fn to_find_out<'a>(
    context: &Context<'a>,
    judged: &Judged<'a>,
    not_asked: &[&'a Clause],
    grounds: &mut [Option<InTheWay>],
) -> Vec<FindOut> {
    // Of each undecided criterion and clause: the facts in its way, and what it means where it fails.
    let mut undecided: Vec<(Vec<u16>, IfNo)> = Vec::new();
    let mut sharper: Vec<Sharper> = Vec::new();
    for weighed in judged.unknown() {
        let seen = weighed.cell.and_then(|cell| grounds.get_mut(usize::from(cell.ground)));
        let mut own = None;
        let (facts, questions) = seen.unwrap_or(&mut own).get_or_insert_with(|| in_the_way(context, weighed.criterion));
        sharper.extend_from_slice(questions);
        undecided.push((facts.clone(), weighed.if_no()));
    }
    let sharper = distinct(sharper);
    for clause in not_asked.iter().filter(|clause| touches(clause, judged.route)) {
        let mut facts = Vec::new();
        context.unknown_tests(&clause.test).into_iter().for_each(|test| facts.extend(unsettled(context, test)));
        undecided.push((distinct(facts), IfNo::Lawyer));
    }
    let mut all = distinct(undecided.iter().flat_map(|(facts, _)| facts).copied().collect());
    in_order(&mut all, |fact| *fact);
    // A fact decides alone if it is the only one in the way, or if one criterion for good turns on it alone.
    let alone = |fact: u16| {
        let only = |facts: &[u16]| facts.iter().all(|f| *f == fact);
        undecided.iter().all(|(facts, _)| only(facts)) || undecided.iter().any(|(facts, if_no)| *if_no == IfNo::ForGood && only(facts))
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
    // Of the details of what somebody is not sure of, that is what there is to find out.
    let closed = |fact: u16| context.closed(fact) && *context.answer(fact) == Answer::Unsure;
    let missing = |fact: &u16| !matches!(context.answer(*fact), Answer::Value(_)) && context.may_apply(*fact) && !closed(*fact);
    let open: Vec<u16> = facts.iter().copied().filter(missing).map(|fact| context.question_of(fact)).collect();
    if open.is_empty() {
        // Every answer is there, but one is not exact. Whether a fact applies is a test of its own.
        let applies = |fact: &u16| context.applies(*fact) == Truth::Yes;
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
pub struct Asked {
    relevant: Vec<bool>,
    /// Facts with a date told in part that some undecided test is held up by.
    inexact: Vec<bool>,
    /// Which grounds were looked at.
    grounds: Vec<bool>,
    sharper: Vec<Sharper>,
    /// The lines of undecided tests, each once.
    lines: Vec<Line>,
}

impl Asked {
    /// Nothing asked yet.
    pub fn new(pack: &Pack) -> Asked {
        let facts = || vec![false; pack.facts.len()];
        let grounds = vec![false; pack.grounds.len()];
        Asked { relevant: facts(), inexact: facts(), grounds, sharper: Vec::new(), lines: Vec::new() }
    }

    /// What any result turns on.
    fn of_all(context: &Context) -> Asked {
        let mut asked = Asked::new(context.pack);
        context.pack.cautions.iter().for_each(|rule| asked.in_caution(context, rule));
        judged(context, &|_| true, &[]).iter().for_each(|judged| asked.in_route(context, judged));
        asked
    }

    /// What a caution still turns on.
    pub fn in_caution<'a>(&mut self, context: &Context<'a>, rule: &'a CautionRule) {
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

    /// A route that may fit, and that somebody can use or will be able to soon or came for by name, is worth its questions.
    pub fn in_route<'a>(&mut self, context: &Context<'a>, judged: &Judged<'a>) {
        if judged.may_fit() && (!judged.door().is_shut() || context.asked_for(judged.route)) {
            for weighed in judged.unknown() {
                // A ground is the same for every benefit.
                let seen = weighed.cell.and_then(|cell| self.grounds.get_mut(usize::from(cell.ground)));
                if seen.is_none_or(|seen| !std::mem::replace(seen, true)) {
                    weighed.criterion.conditions().for_each(|condition| self.in_condition(context, condition));
                }
            }
        }
    }

    fn in_condition<'a>(&mut self, context: &Context<'a>, condition: &'a Condition) {
        for test in context.unknown_tests(condition) {
            let read: Vec<u16> = context.facts_read(test).into_iter().filter(|fact| context.may_apply(*fact)).collect();
            let told = read.iter().all(|fact| matches!(context.answer(*fact), Answer::Value(_)));
            for fact in read {
                let places = [(&mut self.relevant, context.question_of(fact), true), (&mut self.inexact, fact, told)];
                for (flags, place, so) in places {
                    if let Some(flag) = flags.get_mut(usize::from(place)).filter(|_| so) {
                        *flag = true;
                    }
                }
            }
            self.sharper.extend(context.sharper(test));
            for line in context.lines(test) {
                if !self.lines.contains(&line) {
                    self.lines.push(line);
                }
            }
        }
    }

    /// The most questions that can still come: each that is open, and for each date that is not exact, or may come out so, one
    /// for every line that it may have to be held against.
    pub fn at_most(&self, context: &Context, answers: &Answers) -> usize {
        let open = (0..self.relevant.len()).filter(|place| self.is_open(context, answers, *place)).count();
        let may_be_asked = |line: &&Line| {
            let place = usize::from(line.fact);
            self.is_open(context, answers, place) || context.can_be_sharpened(line)
        };
        open + self.lines.iter().filter(may_be_asked).count()
    }

    fn is_open(&self, context: &Context, answers: &Answers, place: usize) -> bool {
        is_open(self.state(context, answers, place))
    }

    fn state(&self, context: &Context, answers: &Answers, place: usize) -> QuestionProgress {
        let relevant = self.relevant.get(place).copied().unwrap_or(false) || context.assumed(place);
        match answers.get(place).unwrap_or(&Answer::NotAsked) {
            _ if !u16::try_from(place).is_ok_and(|fact| context.may_apply(fact)) => QuestionProgress::NotRelevant,
            Answer::NotAsked if u16::try_from(place).is_ok_and(|fact| context.closed(fact)) => QuestionProgress::NotRelevant,
            Answer::NotAsked if context.pack.implied.get(place).is_some_and(|implied| !implied.is_empty()) => QuestionProgress::NotRelevant,
            Answer::NotAsked if relevant => QuestionProgress::Open,
            Answer::NotAsked => QuestionProgress::NotRelevant,
            Answer::Unsure => QuestionProgress::Unsure,
            Answer::NoSuchDay => QuestionProgress::Invalid,
            Answer::Value(_) => QuestionProgress::Answered,
        }
    }

    /// Every question, in asking order, and where it stands.
    pub fn questions(self, context: &Context, answers: &Answers) -> Vec<QuestionState> {
        let mut questions = Vec::new();
        for (place, fact) in context.pack.facts.iter().enumerate() {
            let mine = self.sharper.iter().filter(|s| usize::from(s.fact) == place).map(|s| question(context, s)).collect();
            let state = self.state(context, answers, place);
            questions.push(QuestionState { fact: fact.id.clone(), state, sharper: distinct_questions(mine) });
        }
        questions
    }
}
