//! The answers that count: those left out that do not apply, those filled in that another answer gives, and what is told in
//! one place told in all. Nothing told outweighs another, and nothing is made up for what nobody asked.

use super::{Applies, Context};
use crate::date::{Approx, Date};
use crate::fact::{Answer, Dated, Entry, Fact, Given, Kind, NO_ENTRY, Since, ToldBy, Value};
use crate::pack::{Implied, Pack, ToldEntry};
use crate::stay::{carry_out_orders, has};
use crate::truth::Truth;
use std::cell::OnceCell;

/// Answers with those left out that do not apply, those filled in that another answer implies, and whether each
/// fact applies.
#[derive(PartialEq)]
pub struct Effective {
    /// As they were told: what is read as something else is read anew where one of them is tried as another.
    told: Vec<Answer>,
    answers: Vec<Answer>,
    applies: Vec<Applies>,
    behind: Vec<u16>,
    assumed: Vec<bool>,
}

impl Effective {
    /// Works through the facts in order: what a fact applies by reads only facts before it.
    pub fn new(pack: &Pack, answers: &[Answer], as_of: Date) -> Effective {
        let mut so_far =
            Effective { told: answers.to_vec(), answers: Vec::new(), applies: Vec::new(), behind: Vec::new(), assumed: Vec::new() };
        for (index, fact) in pack.facts.iter().enumerate() {
            let mut behind = u16::try_from(index).unwrap_or(u16::MAX);
            let condition = pack.applies.get(index).and_then(Option::as_ref);
            let applies = condition.map_or(Applies::known(Truth::Yes), |condition| {
                let context = so_far.context(pack, as_of);
                let (truth, unasked) = (context.eval(condition), context.rests_on_unasked(condition));
                // What is still to be asked may come out so that it does not matter what the person is not sure of.
                let open = unasked && context.eval_at_best(condition) == Truth::Yes;
                Applies { truth, unasked, closed: truth == Truth::Unknown && !open && context.rests_on_unsure(condition) }
            });
            let mut answer = answers.get(index).cloned().unwrap_or(Answer::NotAsked);
            if let (Answer::NotAsked, Some(implied)) = (&answer, pack.implied.get(index).filter(|implied| !implied.is_empty())) {
                answer = said_by_others(&so_far.context(pack, as_of), implied);
            }
            if let (Answer::NotAsked, Some(told)) = (&answer, &fact.told_by)
                && let Some(date) = told_elsewhere(told, &so_far.answers)
            {
                answer = Answer::Value(Value::Date(date));
            }
            if let Answer::Value(Value::Choice(option)) = answer
                && let Some((date, before)) = not_yet(&fact.since, option, answers, as_of)
            {
                (answer, behind) = (before, date);
            }
            // What stands until somebody asks; where nobody could say whether it applies, nobody could say this either.
            let assumed = fact.until_asked.filter(|_| answer == Answer::NotAsked);
            answer = match (assumed, applies.truth) {
                (Some(_), Truth::Yes) if fact.kind == Kind::List => Answer::Value(Value::List(Vec::new())),
                (Some(options), Truth::Yes) => Answer::Value(Value::Set(options)),
                (Some(_), Truth::Unknown) if !applies.unasked => Answer::Unsure,
                // Nobody asks for the details of what the person is not sure of: they are as little known.
                (None, Truth::Unknown) if applies.closed && answer == Answer::NotAsked => Answer::Unsure,
                _ => answer,
            };
            // What does not apply is as good as never said.
            so_far.answers.push(if applies.truth == Truth::No { Answer::NotAsked } else { answer });
            so_far.applies.push(applies);
            so_far.behind.push(behind);
            so_far.assumed.push(assumed.is_some() && applies.truth != Truth::No);
        }
        so_far.leave_unshown(pack);
        so_far.read_with_papers(pack);
        carry_out_orders(&pack.places, &mut so_far.answers, as_of);
        so_far.unite(pack, as_of);
        so_far
    }

    /// What other answers tell of a list stands beside its entries, unless one of them tells the same.
    fn unite(&mut self, pack: &Pack, as_of: Date) {
        let told: Vec<(usize, Entry)> = {
            let context = self.context(pack, as_of);
            let missing =
                |told: &&ToldEntry| matches!(context.answer(told.list), Answer::Value(Value::List(entries)) if !told.stands_in(entries));
            let entries = pack.told.iter().filter(missing).filter_map(|told| Some((usize::from(told.list), entry_of(&context, told)?)));
            entries.collect()
        };
        for (list, entry) in told {
            if let Some(Answer::Value(Value::List(entries))) = self.answers.get_mut(list) {
                entries.push(entry);
            }
        }
    }

    /// The answers as they were given on a day: nothing left out, nothing filled in, and only a choice that an event made what
    /// it is goes back to what it was before that event. For what contradicts itself, not for the law.
    pub fn as_given(pack: &Pack, answers: &[Answer], as_of: Date) -> Effective {
        let places = 0..pack.facts.len();
        let given = |(fact, answer): (&Fact, &Answer)| match answer {
            Answer::Value(Value::Choice(option)) => {
                not_yet(&fact.since, *option, answers, as_of).map_or_else(|| answer.clone(), |(_, before)| before)
            }
            answer => answer.clone(),
        };
        Effective {
            told: answers.to_vec(),
            answers: pack.facts.iter().zip(answers.iter().chain(std::iter::repeat(&Answer::NotAsked))).map(given).collect(),
            applies: vec![Applies::known(Truth::Yes); pack.facts.len()],
            behind: places.filter_map(|place| u16::try_from(place).ok()).collect(),
            assumed: vec![false; pack.facts.len()],
        }
    }

    /// What was left out of an entry because nobody is asked for it there is not the same as what was left open.
    fn leave_unshown(&mut self, pack: &Pack) {
        for (fact, answer) in pack.facts.iter().zip(&mut self.answers) {
            let Answer::Value(Value::List(entries)) = answer else { continue };
            for (field, show) in fact.fields.iter().zip(0..).filter_map(|(field, place)| Some((place, field.show_when.as_ref()?))) {
                for entry in entries.iter_mut() {
                    let hidden = match entry.get(usize::from(show.field)) {
                        Some(Given::Choice(option)) => show.options != 0 && !has(show.options, *option),
                        other => show.options == 0 && matches!(other, Some(Given::Absent) | None),
                    };
                    if let Some(given) = entry.get_mut(field).filter(|given| hidden && **given == Given::Absent) {
                        *given = Given::NotShown;
                    }
                }
            }
        }
    }

    /// Some options of an entry are what a paper says they are: the option is written over with what the other answer makes
    /// of it. Only the last entry is the one that the paper speaks of; of an earlier one nobody has seen the paper.
    fn read_with_papers(&mut self, pack: &Pack) {
        for (place, fact) in pack.facts.iter().enumerate() {
            for reading in &fact.reads_as {
                let any = reading.options.iter().fold(0, |mask, (_, options)| mask | options);
                let paper = match self.answers.get(usize::from(reading.by)) {
                    Some(Answer::Value(Value::Choice(option))) => {
                        let options = reading.options.iter().find(|(paper, _)| paper == option).map_or(any, |(_, options)| *options);
                        Given::one_of(options, true)
                    }
                    Some(Answer::NotAsked) | None => Given::one_of(any, false),
                    Some(_) => Given::one_of(any, true),
                };
                let itself = has(any, reading.option);
                let Some(Answer::Value(Value::List(entries))) = self.answers.get_mut(place) else { continue };
                let last = entries.len().saturating_sub(1);
                for (at, entry) in entries.iter_mut().enumerate() {
                    let Some(given) = entry.get_mut(usize::from(reading.field)) else { continue };
                    if *given == Given::Choice(reading.option) {
                        match (at == last, itself) {
                            (true, _) => *given = paper,
                            (false, false) => *given = Given::one_of(any, true),
                            (false, true) => {}
                        }
                    }
                }
            }
        }
    }

    /// These answers against the rules, on a day.
    pub fn context<'a>(&'a self, pack: &'a Pack, as_of: Date) -> Context<'a> {
        let (history, known) = (OnceCell::new(), OnceCell::new());
        let Effective { told, answers, applies, behind, assumed } = self;
        Context { pack, as_of, told, answers, applies, behind, assumed, history, known, clear: OnceCell::new(), expired: false, card: None }
    }
}

/// The entry that other answers tell, or may tell; nothing where there is surely none.
fn entry_of(context: &Context, told: &ToldEntry) -> Option<Entry> {
    let (kind, option) = told.kind;
    let list = context.pack.facts.get(usize::from(told.list))?;
    let mut there = context.eval(&told.when);
    let mut unasked = there == Truth::Unknown && context.rests_on_unasked(&told.when);
    let mut entry = vec![Given::Absent; list.fields.len()];
    for (field, fact) in &told.dates {
        let date = fact.map(|fact| context.answer(fact));
        unasked |= date == Some(&Answer::NotAsked);
        *entry.get_mut(usize::from(*field))? = match date {
            Some(Answer::Value(Value::Date(date))) => Given::Date(*date),
            _ => Given::Unsure,
        };
    }
    // Begun on a day that nobody knows, it may have begun after the day that is looked at.
    if list.happened.and_then(|field| entry.get(usize::from(field))) == Some(&Given::Unsure) {
        there = there.and(Truth::Unknown);
    }
    let is = 1 << option;
    *entry.get_mut(usize::from(kind))? = match there {
        Truth::No => return None,
        Truth::Yes if !unasked => Given::Choice(option),
        Truth::Yes => Given::OneOf { options: is, asked: false },
        Truth::Unknown => Given::OneOf { options: is | NO_ENTRY, asked: !unasked },
    };
    Some(entry)
}

/// What other answers say of a fact: the first that holds. One before it that may hold leaves nobody sure, or where it waits for
/// a question to come, nothing said.
fn said_by_others(context: &Context, implied: &[Implied]) -> Answer {
    let mut sure = true;
    for Implied { when, option } in implied {
        match (context.eval(when), option) {
            (Truth::Yes, Some(option)) if sure => return Answer::Value(Value::Choice(*option)),
            (Truth::Yes, _) => return Answer::Unsure,
            (Truth::Unknown, _) if context.rests_on_unasked(when) => return Answer::NotAsked,
            (Truth::Unknown, _) => sure = false,
            (Truth::No, _) => {}
        }
    }
    Answer::NotAsked
}

/// The latest date that the entries of another list tell of a date fact.
fn told_elsewhere(told: &ToldBy, answers: &[Answer]) -> Option<Dated> {
    let Some(Answer::Value(Value::List(entries))) = answers.get(usize::from(told.list)) else { return None };
    let mine = entries.iter().filter(|entry| entry.get(usize::from(told.kind)) == Some(&Given::Choice(told.option)));
    let dates = mine.filter_map(|entry| match entry.get(usize::from(told.field)) {
        Some(Given::Date(date)) => Some(*date),
        _ => None,
    });
    dates.max_by_key(|date| date.range.to)
}

/// For a choice that an event made what it is, where the event is not surely past on the as-of date: the date of the
/// event, and the answer as of that day.
fn not_yet(since: &[Since], option: u8, answers: &[Answer], as_of: Date) -> Option<(u16, Answer)> {
    since.iter().filter(|event| event.when.is_none_or(|when| when == option)).find_map(|event| {
        let Some(Answer::Value(Value::Date(date))) = answers.get(usize::from(event.date)) else { return None };
        match (Approx::on_or_before(date.range, Approx::exact(as_of)), event.before) {
            (Truth::Yes, _) => None,
            (Truth::No, Some(before)) => Some((event.date, Answer::Value(Value::Choice(before)))),
            _ => Some((event.date, Answer::Unsure)),
        }
    })
}
