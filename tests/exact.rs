//! "Unknown" is exact: what a report leaves open some completion of the answers decides otherwise, and what it says for sure
//! none denies.
//!
//! Made-up families answer everything that can be asked of them; then two to five facts, or fields of entries, that their
//! cards or cautions read become "not sure", and every completion of those is screened. Nothing else is unknown, so what a
//! completion leaves unclear is for a lawyer. This file knows no rule and no line of the law: the days on which a test changes
//! it finds by trying.
//!
//! The suite looks at a few hundred families. The full run takes some minutes:
//! `cargo test --features author --test exact -- --ignored --nocapture`; with `FAMILIES=1000` before it, as many.
#![cfg(feature = "author")]

use fastrand::Rng;
use relief_screener::author::{self, Case, Loaded};
use relief_screener::condition::Condition;
use relief_screener::date::{Approx, Date};
use relief_screener::evaluate::{Context, Effective};
use relief_screener::fact::{Answer, Answers, COUNTRY_CAPACITY, Country, Dated, Fact, Field, Given, Kind, Value};
use relief_screener::outcome::outcomes;
use relief_screener::pack::{FitState, Pack, Route, Tier};
use relief_screener::report::{Caution, Certainty, Problem, Report};
use relief_screener::screen::screen_today;
use relief_screener::stay::{Measure, has};
use relief_screener::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A family with more completions is drawn anew.
const MOST: usize = 4_096;
/// In so many ways the other unknowns are filled in to find the days that matter.
const SAMPLES: usize = 8;
/// How often each fact has to be unknown in the full run.
const EACH: usize = 50;
/// Needless unknowns, in a thousand of those that an unknown caused. Of a few hundred families two more are chance.
const NEEDLESS: usize = 5;

/// What becomes "not sure": a fact, or a field of an entry of a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Fact(usize),
    Field(usize, usize, usize),
}

/// One thing that can stand in a place.
#[derive(Clone, PartialEq, Debug)]
enum Filled {
    Fact(Answer),
    Field(Given),
}

impl Place {
    fn fact(self) -> usize {
        match self {
            Place::Fact(fact) | Place::Field(fact, ..) => fact,
        }
    }

    fn name(self, pack: &Pack) -> String {
        let fact = &pack.facts[self.fact()];
        match self {
            Place::Fact(_) => fact.id.clone(),
            Place::Field(_, _, field) => format!("{}.{}", fact.id, fact.fields[field].id),
        }
    }

    fn kind(self, pack: &Pack) -> Kind {
        match self {
            Place::Fact(fact) => pack.facts[fact].kind,
            Place::Field(fact, _, field) => pack.facts[fact].fields[field].kind,
        }
    }

    fn read(self, answers: &Answers) -> Filled {
        match (self, &answers[self.fact()]) {
            (Place::Field(_, entry, field), Answer::Value(Value::List(entries))) => Filled::Field(entries[entry][field]),
            (_, answer) => Filled::Fact(answer.clone()),
        }
    }

    fn write(self, answers: &mut Answers, value: &Filled) {
        match (self, value, &mut answers[self.fact()]) {
            (Place::Fact(_), Filled::Fact(value), answer) => *answer = value.clone(),
            (Place::Field(_, entry, field), Filled::Field(given), Answer::Value(Value::List(entries))) => entries[entry][field] = *given,
            _ => unreachable!("a value of another place"),
        }
    }

    fn unsure(self) -> Filled {
        match self {
            Place::Fact(_) => Filled::Fact(Answer::Unsure),
            Place::Field(..) => Filled::Field(Given::Unsure),
        }
    }

    /// The same with one day.
    fn day(self, day: Date) -> Filled {
        let dated = Dated::new(Approx::exact(day));
        match self {
            Place::Fact(_) => Filled::Fact(Answer::Value(Value::Date(dated))),
            Place::Field(..) => Filled::Field(Given::Date(dated)),
        }
    }
}

/// A family that is sure of everything but a few things.
#[derive(Clone)]
struct Unsure {
    number: usize,
    as_of: Date,
    /// With the answers that were taken back.
    full: Answers,
    places: Vec<Place>,
    values: Vec<Vec<Filled>>,
    /// So many of the places, the last ones, are questions that only some completions open.
    details: usize,
}

impl Unsure {
    fn answers(&self) -> Answers {
        let mut answers = self.full.clone();
        self.places.iter().for_each(|place| place.write(&mut answers, &place.unsure()));
        answers
    }

    fn completions(&self) -> usize {
        self.values.iter().map(Vec::len).product()
    }

    /// The completion with a number, whose digits say which value stands in which place; and whether it can be so. A field that
    /// the entry does not show stays out, and where it was told, whatever would hide it is not so. None where it is another one
    /// over again, because a detail is not asked.
    fn completion(&self, pack: &Pack, mut number: usize) -> Option<(Answers, bool)> {
        let mut answers = self.full.clone();
        let mut first = Vec::new();
        for (place, values) in self.places.iter().zip(&self.values) {
            place.write(&mut answers, &values[number % values.len()]);
            first.push(number % values.len() == 0);
            number /= values.len();
        }
        let mut details: Vec<(Place, bool)> = self.places.iter().copied().zip(first).skip(self.places.len() - self.details).collect();
        details.sort();
        for (place, first) in details {
            let effective = Effective::new(pack, &answers, self.as_of);
            if effective.context(pack, self.as_of).applies(place.fact() as u16) == Truth::No {
                place.write(&mut answers, &Filled::Fact(Answer::NotAsked));
                if !first {
                    return None;
                }
            }
        }
        let mut can_be = true;
        for place in &self.places {
            let Place::Field(fact, entry, changed) = *place else { continue };
            for (at, field) in pack.facts[fact].fields.iter().enumerate() {
                let Some(show) = field.show_when.as_ref().filter(|show| usize::from(show.field) == changed) else { continue };
                let Answer::Value(Value::List(entries)) = &mut answers[fact] else { continue };
                let shown = match entries[entry][changed] {
                    Given::Absent => false,
                    Given::Choice(option) => show.options == 0 || show.options >> option & 1 == 1,
                    _ => show.options == 0,
                };
                if !shown && self.places.contains(&Place::Field(fact, entry, at)) {
                    entries[entry][at] = Given::Absent;
                } else if !shown && entries[entry][at] != Given::Absent {
                    can_be = false;
                }
            }
        }
        can_be &= self.told_leaves(pack, &answers) <= self.told_leaves(pack, &self.answers());
        Some((answers, can_be))
    }

    /// How often some answers tell of a time to leave, where the list of them was given as empty: who said that there never was
    /// one stands by it, and nothing that is not sure is one.
    fn told_leaves(&self, pack: &Pack, answers: &Answers) -> usize {
        let places = &pack.places;
        if answers[usize::from(places.leave)] != Answer::Value(Value::List(Vec::new())) {
            return 0;
        }
        let masks = |mask: fn(&Measure) -> u32| pack.measures.iter().flatten().fold(0, |all, measure| all | mask(measure));
        let told = |list: u16, field: u16, mask: u32| match &answers[usize::from(list)] {
            Answer::Value(Value::List(entries)) => {
                entries.iter().filter(|entry| matches!(entry[usize::from(field)], Given::Choice(option) if has(mask, option))).count()
            }
            _ => 0,
        };
        told(places.protected, places.period_kind, masks(|measure| measure.time_to_leave))
            + told(places.stays, places.left_how, masks(|measure| measure.leaving_by_it))
    }

    /// Of a list that is unknown as a whole not every completion can be tried, only those that the cases tell: they can deny
    /// what is said, and say nothing of what is needlessly left open.
    fn partial(&self, pack: &Pack) -> bool {
        self.places.iter().any(|place| place.kind(pack) == Kind::List)
    }

    /// The family and one completion, for whoever looks into a fault.
    fn show(&self, pack: &Pack, number: usize) -> String {
        let answers = self.completion(pack, number).map(|(answers, _)| answers).unwrap_or_else(|| self.answers());
        let unsure = self.places.iter().map(|place| place.name(pack)).collect::<Vec<_>>().join(", ");
        let told = pack.facts.iter().zip(&answers).filter(|(_, answer)| **answer != Answer::NotAsked);
        let told = told.map(|(fact, answer)| format!("{} = {}", fact.id, text(fact, answer))).collect::<Vec<_>>().join("; ");
        format!("family {} on {}, not sure of {unsure}\n      once: {told}", self.number, self.as_of)
    }
}

fn text(fact: &Fact, answer: &Answer) -> String {
    let list = |words: Vec<String>| format!("[{}]", words.join(", "));
    let option = |options: &[String], at: u8| options.get(usize::from(at)).cloned().unwrap_or_else(|| (at == 1).to_string());
    let day = |date: &Dated| format!("{}", date.range.from);
    let given = |(given, field): (&Given, &Field)| match given {
        Given::Choice(at) => Some(format!("{} {}", field.id, option(&field.options, *at))),
        Given::Date(date) => Some(format!("{} {}", field.id, day(date))),
        Given::Absent => None,
        other => Some(format!("{} {other:?}", field.id)),
    };
    match answer {
        Answer::Value(Value::Choice(at)) => option(&fact.options, *at),
        Answer::Value(Value::Set(mask)) => {
            list(fact.options.iter().zip(0..).filter(|(_, at)| mask >> at & 1 == 1).map(|(option, _)| option.clone()).collect())
        }
        Answer::Value(Value::Date(date)) => day(date),
        Answer::Value(Value::List(entries)) => {
            list(entries.iter().map(|entry| list(entry.iter().zip(&fact.fields).filter_map(given).collect())).collect())
        }
        Answer::Value(Value::Countries(named)) => {
            list(fact.options.iter().filter(|code| Country::parse(code).is_some_and(|c| named.contains(&c))).cloned().collect())
        }
        other => format!("{other:?}"),
    }
}

/// The tests of the rules, each once, and which are in force on a day.
struct Tests<'a> {
    pack: &'a Pack,
    all: Vec<&'a Condition>,
    place: BTreeMap<*const Condition, usize>,
}

impl<'a> Tests<'a> {
    fn new(pack: &'a Pack) -> Tests<'a> {
        let mut tests = Tests { pack, all: Vec::new(), place: BTreeMap::new() };
        let criteria = pack.routes.iter().flat_map(|route| &route.criteria).flat_map(|c| c.applies.iter().chain([&c.test]));
        let clauses = pack.cautions.iter().flat_map(|rule| &rule.clauses).map(|clause| &clause.test);
        let versions = pack.conditions.iter().flat_map(|named| &named.versions).map(|version| &version.test);
        let guards = pack.applies.iter().flatten();
        let slips = pack.contradictions.iter().map(|contradiction| &contradiction.test);
        criteria.chain(clauses).chain(versions).chain(guards).chain(slips).for_each(|condition| tests.add(condition));
        tests
    }

    fn add(&mut self, condition: &'a Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.add(part)),
            Condition::Not(part) => self.add(part),
            Condition::Named(_) => {}
            test => {
                let place = self.all.iter().position(|other| *other == test).unwrap_or_else(|| {
                    self.all.push(test);
                    self.all.len() - 1
                });
                self.place.insert(test, place);
            }
        }
    }

    fn among(&self, context: &Context<'a>, conditions: &mut dyn Iterator<Item = &'a Condition>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for condition in conditions {
            found.extend(context.tests(condition).into_iter().filter_map(|test| self.place.get(&std::ptr::from_ref(test))));
        }
        found
    }

    /// The tests of the cards and cautions of a day, and of the guards of what they read.
    fn deciding(&self, context: &Context<'a>) -> BTreeSet<usize> {
        let as_of = context.as_of;
        let criteria = self.pack.routes.iter().flat_map(|route| &route.criteria).filter(|c| c.in_force.contains(as_of));
        let clauses = self.pack.cautions.iter().flat_map(|rule| &rule.clauses).filter(|c| c.in_force.contains(as_of));
        let criteria = criteria.flat_map(|c| c.applies.iter().chain([&c.test]));
        let mut found = self.among(context, &mut criteria.chain(clauses.map(|clause| &clause.test)));
        let mut guards: BTreeSet<usize> = BTreeSet::new();
        loop {
            let facts: BTreeSet<usize> = found.iter().flat_map(|test| self.facts(context, *test)).collect();
            let new: Vec<usize> = facts.into_iter().filter(|fact| guards.insert(*fact)).collect();
            if new.is_empty() {
                return found;
            }
            found.extend(self.among(context, &mut new.into_iter().filter_map(|fact| self.pack.applies[fact].as_ref())));
        }
    }

    fn scene(&self, answers: &Answers, as_of: Date) -> Scene<'a> {
        let effective = Effective::new(self.pack, answers, as_of);
        let context = effective.context(self.pack, as_of);
        let deciding = self.deciding(&context);
        let slips = self.among(&context, &mut self.pack.contradictions.iter().map(|contradiction| &contradiction.test));
        let tests = deciding.iter().chain(slips.difference(&deciding));
        Scene { tests: tests.map(|test| (self.all[*test], self.facts(&context, *test))).collect(), deciding: deciding.len() }
    }

    /// The facts behind a test: those that it reads, and what answers them in their place.
    fn facts(&self, context: &Context<'a>, test: usize) -> BTreeSet<usize> {
        let read: Vec<u16> = context.facts_read(self.all[test]);
        let mut facts: BTreeSet<usize> = read.into_iter().map(usize::from).collect();
        for fact in facts.clone() {
            let fact = &self.pack.facts[fact];
            facts.extend(fact.since.iter().map(|event| usize::from(event.date)));
            facts.extend(fact.told_by.iter().map(|told| usize::from(told.list)));
        }
        // A stay that ends after an order carries it out, and where nobody is told to be, a stay says it.
        let places = &self.pack.places;
        if facts.contains(&usize::from(places.orders)) {
            facts.insert(usize::from(places.stays));
        }
        if facts.contains(&usize::from(places.stays)) {
            facts.insert(usize::from(places.in_us));
        }
        facts
    }
}

/// The tests in force for a family, each with the facts behind it.
struct Scene<'a> {
    tests: Vec<(&'a Condition, BTreeSet<usize>)>,
    /// So many of them decide cards and cautions; by the others a contradiction is seen.
    deciding: usize,
}

impl<'a> Scene<'a> {
    /// What the tests over a fact look for.
    fn over<T>(&self, fact: usize, look: impl Fn(&'a Condition) -> Option<T>) -> Vec<T> {
        let names = |test: &Condition| match test {
            Condition::Has { fact: read, .. } | Condition::In { fact: read, .. } => usize::from(*read) == fact,
            _ => false,
        };
        self.tests.iter().map(|(test, _)| *test).filter(|test| names(test)).filter_map(look).collect()
    }
}

/// Draws families and what they are not sure of.
struct Drawer<'a> {
    pack: &'a Pack,
    tests: Tests<'a>,
    /// The answers of the cases: what fills a gap is taken from one of them.
    told: Vec<Answers>,
    rng: Rng,
    drawn: BTreeMap<String, usize>,
    tried: BTreeMap<String, usize>,
    /// Lists as the cases tell them, each once.
    lists: BTreeMap<usize, Vec<Answer>>,
    /// The most completions.
    most: usize,
}

impl<'a> Drawer<'a> {
    fn new(pack: &'a Pack, cases: &[Case], most: usize) -> Drawer<'a> {
        let told: Vec<Answers> = cases.iter().map(|case| case.answers(pack)).collect();
        let mut lists: BTreeMap<usize, Vec<Answer>> = BTreeMap::new();
        for (place, _) in pack.facts.iter().enumerate().filter(|(_, fact)| fact.kind == Kind::List) {
            let mut all = vec![Answer::Value(Value::List(Vec::new()))];
            // A list with something unsure in it completes nothing.
            let whole = |answer: &&Answer| match answer {
                Answer::Value(Value::List(entries)) => entries.iter().flatten().all(|given| match given {
                    Given::Date(date) => date.range.day().is_some(),
                    given => *given != Given::Unsure,
                }),
                _ => false,
            };
            for answer in told.iter().map(|answers| &answers[place]).filter(whole) {
                if !all.contains(answer) {
                    all.push(answer.clone());
                }
            }
            lists.insert(place, all);
        }
        Drawer {
            pack,
            tests: Tests::new(pack),
            told,
            rng: Rng::with_seed(20_261_126),
            drawn: BTreeMap::new(),
            tried: BTreeMap::new(),
            lists,
            most,
        }
    }

    /// Makes a family sure of everything that it can be asked: what is missing is taken from a case, or is any option.
    fn settle(&mut self, answers: &mut Answers, as_of: Date) {
        for place in 0..answers.len() {
            self.sharpen(place, answers, as_of);
        }
        // An answer can open another question.
        for _ in 0..4 {
            let pack = self.pack;
            let missing: Vec<usize> = {
                let effective = Effective::new(pack, answers, as_of);
                let context = effective.context(pack, as_of);
                let open = |place: &usize| {
                    let fact = *place as u16;
                    let nothing = *context.answer(fact) == Answer::NotAsked || context.assumed(*place);
                    answers[*place] == Answer::NotAsked && nothing && context.applies(fact) != Truth::No
                };
                (0..answers.len()).filter(open).collect()
            };
            if missing.is_empty() {
                return;
            }
            for place in missing {
                answers[place] = self.any(place, as_of);
                self.sharpen(place, answers, as_of);
            }
        }
    }

    /// An answer to a fact as some case gives it.
    fn any(&mut self, place: usize, as_of: Date) -> Answer {
        for _ in 0..40 {
            let told = &self.told[self.rng.usize(..self.told.len())][place];
            if matches!(told, Answer::Value(_)) {
                return told.clone();
            }
        }
        let options = self.pack.facts[place].options.len() as u8;
        match self.pack.facts[place].kind {
            Kind::YesNo => Answer::Value(Value::Choice(self.rng.u8(..2))),
            Kind::Choice => Answer::Value(Value::Choice(self.rng.u8(..options))),
            Kind::Set => Answer::Value(Value::Set(1 << self.rng.u8(..options))),
            Kind::Date => Answer::Value(Value::Date(Dated::new(Approx::exact(as_of.plus_days(-self.rng.i32(0..9_000)))))),
            Kind::List => Answer::Value(Value::List(Vec::new())),
            Kind::Country | Kind::Countries => Answer::Unsure,
        }
    }

    /// Takes the first day for a range of days, and any option where an answer, or a field of it, is not sure.
    fn sharpen(&mut self, place: usize, answers: &mut Answers, as_of: Date) {
        let fact = &self.pack.facts[place];
        match &mut answers[place] {
            Answer::Value(Value::Date(date)) => *date = Dated::new(Approx::exact(date.range.from)),
            Answer::Value(Value::List(entries)) => {
                for entry in entries {
                    for (given, field) in entry.iter_mut().zip(&fact.fields) {
                        match given {
                            Given::Date(date) => *date = Dated::new(Approx::exact(date.range.from)),
                            Given::Unsure if field.kind == Kind::Date => {
                                *given = Given::Date(Dated::new(Approx::exact(as_of.plus_days(-self.rng.i32(0..4_000)))));
                            }
                            Given::Unsure => *given = Given::Choice(self.rng.u8(..field.options.len().max(2) as u8)),
                            _ => {}
                        }
                    }
                }
            }
            Answer::Unsure | Answer::NoSuchDay => answers[place] = self.any(place, as_of),
            _ => {}
        }
    }

    /// Takes two to five answers back. None where there are too many completions, or too little to be unsure of; with `rarer`, where
    /// everything that the family reads was unknown so often already.
    fn draw(&mut self, number: usize, as_of: Date, mut full: Answers, read: &mut BTreeSet<String>, rarer: Option<usize>) -> Option<Unsure> {
        self.settle(&mut full, as_of);
        let pack = self.pack;
        let mut open = self.open(&full, as_of, &self.tests.scene(&full, as_of));
        read.extend(open.iter().map(|place| place.name(pack)));
        // The first is the one that was drawn least so far; the others are any.
        self.rng.shuffle(&mut open);
        let tried = &self.tried;
        let count = |counts: &BTreeMap<String, usize>, at: usize| counts.get(&open[at].name(pack)).copied().unwrap_or(0);
        let wanted = |at: &usize| rarer.is_none_or(|each| count(&self.drawn, *at) < each);
        let rarest = (0..open.len()).filter(wanted).min_by_key(|at| count(tried, *at))?;
        open.swap(0, rarest);
        *self.tried.entry(open[0].name(pack)).or_default() += 1;
        let mut places: Vec<Place> = Vec::new();
        let many = self.rng.usize(2..=5);
        for place in open {
            // Of a list that is unknown as a whole, no field can be.
            if places.iter().all(|other| other.fact() != place.fact() || matches!((*other, place), (Place::Field(..), Place::Field(..)))) {
                places.push(place);
            }
            if places.len() == many {
                break;
            }
        }
        let scene = self.tests.scene(&full, as_of);
        let family = Unsure { number, as_of, full, places: Vec::new(), values: Vec::new(), details: 0 };
        let family = self.valued(family, &scene, places.clone())?;
        // Whoever is not sure of a question is not sure of its details either. Where that would be too much, they were told.
        let details = self.details(&family.full, as_of, &places);
        let with_details = Unsure { details: details.len(), ..family.clone() };
        let family = match self.valued(with_details, &scene, details.clone()) {
            Some(family) => family,
            None => {
                let mut full = family.full;
                for place in details.iter().map(|place| place.fact()) {
                    full[place] = self.any(place, as_of);
                    self.sharpen(place, &mut full, as_of);
                }
                let scene = self.tests.scene(&full, as_of);
                self.valued(Unsure { full, places: Vec::new(), values: Vec::new(), ..family }, &scene, places)?
            }
        };
        if family.places.len() < 2 {
            return None;
        }
        for place in family.places.iter().take(family.places.len() - family.details) {
            *self.drawn.entry(place.name(pack)).or_default() += 1;
        }
        Some(family)
    }

    /// The family with more places, and everything that can stand in them. Dates last: the days that matter turn on what stands
    /// elsewhere.
    fn valued(&mut self, mut family: Unsure, scene: &Scene<'a>, mut places: Vec<Place>) -> Option<Unsure> {
        places.sort_by_key(|place| (place.kind(self.pack) == Kind::Date, *place));
        for place in places {
            let values = self.values(&family, scene, place);
            family.places.push(place);
            family.values.push(values);
            if family.completions() > self.most {
                return None;
            }
        }
        Some(family)
    }

    /// What applies only in some completions and was never told; and what a list told that nobody is sure of now: it is asked then.
    fn details(&self, full: &Answers, as_of: Date, places: &[Place]) -> Vec<Place> {
        let mut asked = full.clone();
        places.iter().for_each(|place| place.write(&mut asked, &place.unsure()));
        let mut details = Vec::new();
        for place in 0..asked.len() {
            let effective = Effective::new(self.pack, &asked, as_of);
            let context = effective.context(self.pack, as_of);
            let told = self.pack.facts[place].told_by.as_ref();
            let taken_back = told.is_some_and(|told| places.contains(&Place::Fact(usize::from(told.list))));
            let applies = context.applies(place as u16);
            let comes = applies == Truth::Unknown || applies == Truth::Yes && taken_back;
            if asked[place] == Answer::NotAsked && comes && !context.assumed(place) {
                asked[place] = Answer::Unsure;
                details.push(Place::Fact(place));
            }
        }
        details
    }

    /// Everything that the cards and cautions of the family read and that it can be unsure of.
    fn open(&self, full: &Answers, as_of: Date, scene: &Scene) -> Vec<Place> {
        let pack = self.pack;
        let effective = Effective::new(pack, full, as_of);
        let context = effective.context(pack, as_of);
        let facts: BTreeSet<usize> = scene.tests.iter().take(scene.deciding).flat_map(|(_, facts)| facts).copied().collect();
        let mut open = Vec::new();
        for fact in facts.into_iter().filter(|fact| context.applies(*fact as u16) == Truth::Yes) {
            match &full[fact] {
                Answer::Value(Value::List(entries)) => {
                    open.push(Place::Fact(fact));
                    for (at, entry) in entries.iter().enumerate() {
                        let fields = pack.facts[fact].fields.iter().zip(entry).enumerate();
                        let told = fields.filter(|(_, (field, given))| **given != Given::Absent || field.still);
                        open.extend(told.map(|(field, _)| Place::Field(fact, at, field)));
                    }
                }
                Answer::Value(_) => open.push(Place::Fact(fact)),
                _ => {}
            }
        }
        open
    }

    /// Everything that can stand in a place, as far as a test can tell it apart.
    fn values(&mut self, family: &Unsure, scene: &Scene<'a>, place: Place) -> Vec<Filled> {
        let pack = self.pack;
        let fact = &pack.facts[place.fact()];
        let fields = |values: Vec<Given>| values.into_iter().map(Filled::Field).collect::<Vec<_>>();
        let facts = |values: Vec<Value>| values.into_iter().map(|value| Filled::Fact(Answer::Value(value))).collect::<Vec<_>>();
        match place {
            Place::Field(_, _, field) => {
                let field = &fact.fields[field];
                if field.kind == Kind::Date {
                    let mut all: Vec<Filled> = self.days(family, scene, place).into_iter().map(|day| place.day(day)).collect();
                    all.extend(fields((0..field.words.len() as u8).map(|word| field.word(word)).collect()));
                    // Left out, such a field says something: the stay, or the period, goes on.
                    all.extend(field.still.then_some(Filled::Field(Given::Absent)));
                    return all;
                }
                let options = if field.kind == Kind::YesNo { 2 } else { field.options.len() as u8 };
                fields((0..options).map(Given::Choice).collect())
            }
            Place::Fact(at) => match fact.kind {
                Kind::YesNo => facts((0..2).map(Value::Choice).collect()),
                Kind::Choice => facts((0..fact.options.len() as u8).map(Value::Choice).collect()),
                Kind::Set => facts(self.sets(scene, at).into_iter().map(Value::Set).collect()),
                Kind::Country | Kind::Countries => facts(self.countries(scene, at).into_iter().map(Value::Countries).collect()),
                Kind::Date => self.days(family, scene, place).into_iter().map(|day| place.day(day)).collect(),
                Kind::List => self.lists[&at].iter().cloned().map(Filled::Fact).collect(),
            },
        }
    }

    /// Sets of options, as far as a test in force can tell them apart.
    fn sets(&self, scene: &Scene<'a>, fact: usize) -> Vec<u32> {
        let options = &self.pack.facts[fact].options;
        let masks = scene.over(fact, |test| if let Condition::Has { options, .. } = test { Some(*options) } else { None });
        let none = options.iter().position(|option| option == "none");
        let told = |set: u32| masks.iter().map(|mask| mask & set != 0).collect::<Vec<bool>>();
        let alone = none.map(|none| (told(1 << none), 1 << none));
        let singles = (0..options.len()).filter(|option| Some(*option) != none).map(|option| (told(1 << option), 1 << option));
        let mut found: BTreeMap<Vec<bool>, u32> = closed(singles.collect(), options.len(), &|a, b| a | b);
        if let Some((told, set)) = alone {
            found.entry(told).or_insert(set);
        }
        found.into_values().collect()
    }

    /// Up to four countries, as far as a test in force can tell them apart.
    fn countries(&self, scene: &Scene<'a>, fact: usize) -> Vec<Vec<Country>> {
        let tests = scene.over(fact, |test| match test {
            Condition::In { other, countries, .. } => Some((countries, *other)),
            _ => None,
        });
        let told = |country: Country| tests.iter().map(|(listed, other)| listed.contains(&country) != *other).collect::<Vec<bool>>();
        let codes = self.pack.facts[fact].options.iter().filter_map(|code| Country::parse(code));
        let singles = codes.map(|country| (told(country), vec![country])).collect();
        let join = |a: &Vec<Country>, b: &Vec<Country>| [a.clone(), b.clone()].concat();
        let most = if self.pack.facts[fact].kind == Kind::Country { 1 } else { COUNTRY_CAPACITY };
        closed(singles, most, &join).into_values().collect()
    }

    /// The days on which any test over a date changes, and their eves: found by trying, between days on which something that
    /// counts days can turn. Each thing that another unknown can be is tried, up to [`SAMPLES`] of them.
    fn days(&mut self, family: &Unsure, scene: &Scene<'a>, place: Place) -> Vec<Date> {
        let pack = self.pack;
        let mut found: BTreeSet<Date> = BTreeSet::new();
        let (ahead, has_happened) = match place {
            Place::Fact(fact) => {
                let begins =
                    |dates: &[(u16, Option<u16>)]| dates.iter().any(|(_, date)| date.is_some_and(|date| usize::from(date) == fact));
                let since = pack.facts.iter().any(|f| f.since.iter().any(|event| usize::from(event.date) == fact));
                (pack.facts[fact].ahead, since || pack.told.iter().any(|told| begins(&told.dates)))
            }
            Place::Field(fact, _, field) => {
                (pack.facts[fact].fields[field].ahead, pack.facts[fact].happened.is_some_and(|happened| usize::from(happened) == field))
            }
        };
        // What lies ahead of today is a slip. Whoever lists an event, or says what an event made so, says that it happened: where
        // its day is not known the engine takes it for past on the as-of date, so no later day is a completion.
        let last = match (ahead, has_happened) {
            (true, _) => family.as_of.plus_days(14_000),
            (_, true) => family.as_of,
            _ => family.as_of.max(pack.day),
        };
        let first = Date::from_ymd(1911, 11, 11).expect("a day");
        if let Filled::Fact(Answer::Value(Value::Date(date))) | Filled::Field(Given::Date(date)) = place.read(&family.full) {
            found.extend((date.range.from <= last).then_some(date.range.from));
        }
        self.turns(&family.full, family.as_of, scene, place, (first, last), &mut found);
        let most = family.values.iter().map(Vec::len).max().unwrap_or(0).min(SAMPLES);
        for sample in 0..most {
            let mut answers = family.full.clone();
            for (place, values) in family.places.iter().zip(&family.values) {
                let at = if values.len() <= most { sample % values.len() } else { self.rng.usize(..values.len()) };
                place.write(&mut answers, &values[at]);
            }
            self.turns(&answers, family.as_of, scene, place, (first, last), &mut found);
        }
        found.retain(|day| *day <= last);
        if found.is_empty() {
            found.insert(family.as_of);
        }
        found.into_iter().collect()
    }

    fn turns(&self, answers: &Answers, as_of: Date, scene: &Scene, place: Place, (first, last): (Date, Date), found: &mut BTreeSet<Date>) {
        let pack = self.pack;
        let tests: Vec<&Condition> = scene.tests.iter().filter(|(_, facts)| facts.contains(&place.fact())).map(|(test, _)| *test).collect();
        let told = days_told(answers);
        let mut answers = answers.clone();
        let mut said = |day: Date| {
            place.write(&mut answers, &place.day(day));
            let effective = Effective::new(pack, &answers, as_of);
            let context = effective.context(pack, as_of);
            tests.iter().map(|test| context.eval(test)).collect::<Vec<Truth>>()
        };
        // Between these days every test turns once at the most.
        let mut grid: BTreeSet<Date> = BTreeSet::from([first, last, as_of, as_of.plus_days(1).min(last)]);
        if pack.facts[place.fact()].kind == Kind::List {
            for day in told {
                grid.extend(
                    [-366, -365, -364, -181, -180, -91, -90, -31, 0, 1, 31, 90, 91, 180, 181, 364, 365, 366].map(|n| day.plus_days(n)),
                );
            }
        }
        let grid: Vec<Date> = grid.into_iter().filter(|day| (first..=last).contains(day)).collect();
        let mut known: Vec<(Date, Vec<Truth>)> = grid.iter().map(|day| (*day, said(*day))).collect();
        known.dedup_by_key(|(day, _)| *day);
        let mut pairs: Vec<((Date, Vec<Truth>), (Date, Vec<Truth>))> =
            known.iter().cloned().zip(known.iter().skip(1).cloned()).filter(|((_, a), (_, b))| a != b).collect();
        while let Some((a, b)) = pairs.pop() {
            let gap = a.0.days_until(b.0);
            if gap == 1 {
                found.extend([a.0, b.0]);
                continue;
            }
            let middle = a.0.plus_days(gap / 2);
            let middle = (middle, said(middle));
            if a.1 != middle.1 {
                pairs.push((a, middle.clone()));
            }
            if middle.1 != b.1 {
                pairs.push((middle, b));
            }
        }
    }
}

/// Every exact day in some answers.
fn days_told(answers: &Answers) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for answer in answers {
        match answer {
            Answer::Value(Value::Date(date)) => days.extend(date.range.day()),
            Answer::Value(Value::List(entries)) => {
                days.extend(
                    entries.iter().flatten().filter_map(|given| if let Given::Date(date) = given { date.range.day() } else { None }),
                );
            }
            _ => {}
        }
    }
    days
}

/// What up to `most` of these can be told as together: each way that the tests can tell apart, with one example.
fn closed<T: Clone>(singles: Vec<(Vec<bool>, T)>, most: usize, join: &dyn Fn(&T, &T) -> T) -> BTreeMap<Vec<bool>, T> {
    let mut found: BTreeMap<Vec<bool>, T> = BTreeMap::new();
    for (told, single) in singles {
        found.entry(told).or_insert(single);
    }
    let singles = found.clone();
    let mut last: Vec<(Vec<bool>, T)> = found.clone().into_iter().collect();
    for _ in 1..most {
        let mut new = Vec::new();
        for ((told, group), (more, single)) in
            last.iter().flat_map(|group| singles.iter().map(move |single| (group, single))).map(|(a, b)| ((&a.0, &a.1), b))
        {
            let both: Vec<bool> = told.iter().zip(more).map(|(a, b)| a | b).collect();
            if !found.contains_key(&both) && found.len() <= MOST {
                let group = join(group, single);
                found.insert(both.clone(), group.clone());
                new.push((both, group));
            }
        }
        last = new;
    }
    found
}

/// What a report says, as far as it is compared.
#[derive(PartialEq, Debug)]
struct Said {
    /// For each route of the pack.
    fits: Vec<Option<FitState>>,
    /// Of each card, and last of the whole report: for each caution of the pack how sure it is. Cautions about the answers
    /// themselves are left out: a date that nobody knows lies on no line.
    cautions: Vec<Option<Certainty>>,
    stop: bool,
}

/// Compares a family's report with those of its completions.
struct Judge<'a> {
    pack: &'a Pack,
    /// A route more, which every caution touches: what it says on that card it says of the family.
    touched: Pack,
    /// Contradictions and nothing else: whether answers can be so is asked once for each completion.
    slips: Pack,
}

#[derive(Default)]
struct Figures {
    families: usize,
    drawn_anew: usize,
    completions: usize,
    impossible: usize,
    cards: usize,
    decided: usize,
    unclear: usize,
    for_a_lawyer: usize,
    maybes: usize,
    needless_maybe: usize,
    /// By kind, with an example.
    wrong: BTreeMap<String, (usize, String)>,
    needless: BTreeMap<String, (usize, String)>,
    needless_maybes: BTreeMap<String, (usize, String)>,
    /// Settled only by what other answers make impossible; a contradiction decides nothing, so neither does the engine.
    by_slips: BTreeMap<String, (usize, String)>,
}

fn note(kinds: &mut BTreeMap<String, (usize, String)>, kind: String, example: impl FnOnce() -> String) {
    kinds.entry(kind).or_insert_with(|| (0, example())).0 += 1;
}

impl<'a> Judge<'a> {
    fn new(pack: &'a Pack) -> Judge<'a> {
        let mut touched = pack.clone();
        let family = Route { id: "family".into(), group: "family".into(), ..pack.routes[0].clone() };
        touched.routes.push(family);
        touched.cautions.iter_mut().flat_map(|rule| &mut rule.clauses).for_each(|clause| clause.touches.push("family".into()));
        let slips = Pack { routes: Vec::new(), cautions: Vec::new(), ..pack.clone() };
        Judge { pack, touched, slips }
    }

    /// What the whole report says.
    fn reported(&self, report: &Report) -> Said {
        let (routes, cautions) = (&self.pack.routes, &self.pack.cautions);
        let mut said =
            Said { fits: vec![None; routes.len()], cautions: vec![None; cautions.len() * (routes.len() + 1)], stop: report.stop };
        let mut note = |card: usize, found: &[Caution]| {
            for (at, rule) in cautions.iter().enumerate().filter(|(_, rule)| !rule.clauses.iter().any(|clause| clause.card)) {
                let mine = found.iter().find(|caution| caution.id == rule.id);
                said.cautions[card * cautions.len() + at] = mine.map(|caution| caution.certainty);
            }
        };
        note(routes.len(), &report.cautions);
        for (at, route) in routes.iter().enumerate() {
            let card = report.cards.iter().find(|card| card.route == route.id).expect("a card");
            note(at, &card.cautions);
            said.fits[at] = card.fit.as_ref().map(|fit| fit.state);
        }
        said
    }

    /// The same, without the rest of the report: a tenth of the time.
    fn outcome(&self, as_of: Date, answers: &Answers) -> Said {
        let cautions = &self.pack.cautions;
        let mut said = Said { fits: Vec::new(), cautions: vec![None; cautions.len() * self.touched.routes.len()], stop: false };
        for (card, outcome) in outcomes(&self.touched, as_of, answers).into_iter().enumerate() {
            said.fits.push(outcome.fit.map(|(state, _)| state));
            for (rule, clause, certainty) in outcome.cautions {
                said.stop |= cautions[usize::from(rule)].clauses[usize::from(clause)].tier == Tier::Stop;
                said.cautions[card * cautions.len() + usize::from(rule)] = Some(certainty);
            }
        }
        said.fits.pop();
        said
    }

    fn problems(&self, as_of: Date, answers: &Answers) -> Vec<Problem> {
        screen_today(&self.slips, as_of, answers).problems
    }

    fn compare(&self, family: &Unsure, figures: &mut Figures) {
        let pack = self.pack;
        let report = screen_today(pack, family.as_of, &family.answers());
        let unknown = |route: usize| {
            let card = report.cards.iter().find(|card| card.route == pack.routes[route].id);
            let open = card.into_iter().flat_map(|card| &card.reasons).filter(|reason| reason.truth == Truth::Unknown);
            format!("{} {}", pack.routes[route].id, open.map(|reason| reason.criterion.as_str()).collect::<Vec<_>>().join("+"))
        };
        let criteria: Vec<String> = (0..pack.routes.len()).map(unknown).collect();
        let unsure = self.reported(&report);
        let problems = &report.problems;
        // What contradicts itself already cannot be completed to anything that is so.
        let ids: BTreeSet<&str> = family.places.iter().map(|place| pack.facts[place.fact()].id.as_str()).collect();
        if problems.iter().flat_map(|problem| &problem.facts).any(|fact| ids.contains(fact.as_str())) {
            figures.drawn_anew += 1;
            return;
        }
        // What the completions say, and the number of one that says it: those that can be so, and all of them.
        let (mut fits, mut all_fits) = (vec![BTreeMap::new(); pack.routes.len()], vec![BTreeSet::new(); pack.routes.len()]);
        let mut cautions: Vec<BTreeMap<Option<bool>, usize>> = vec![BTreeMap::new(); unsure.cautions.len()];
        let mut all_cautions: Vec<BTreeSet<Option<bool>>> = vec![BTreeSet::new(); unsure.cautions.len()];
        for number in 0..family.completions() {
            let Some((answers, can_be)) = family.completion(pack, number) else { continue };
            let said = self.outcome(family.as_of, &answers);
            if figures.completions % 100 == 0 {
                assert_eq!(said, self.reported(&screen_today(pack, family.as_of, &answers)), "an outcome is what the report says");
            }
            let can_be = can_be && self.problems(family.as_of, &answers).iter().all(|problem| problems.contains(problem));
            figures.completions += 1;
            figures.impossible += usize::from(!can_be);
            for (route, fit) in said.fits.iter().enumerate() {
                all_fits[route].insert(state(*fit));
                if can_be {
                    fits[route].entry(state(*fit)).or_insert(number);
                }
            }
            for (at, caution) in said.cautions.iter().enumerate() {
                let certain = caution.map(|certainty| certainty == Certainty::Yes);
                all_cautions[at].insert(certain);
                if can_be {
                    cautions[at].entry(certain).or_insert(number);
                }
            }
        }
        if fits.iter().all(BTreeMap::is_empty) {
            figures.drawn_anew += 1;
            return;
        }
        figures.families += 1;
        for (route, said) in unsure.fits.iter().enumerate() {
            figures.cards += 1;
            let mine = state(*said);
            if mine != UNCLEAR {
                figures.decided += 1;
                for (other, number) in fits[route].iter().filter(|(other, _)| **other != mine) {
                    note(&mut figures.wrong, format!("{}: {mine} where a completion says {other}", pack.routes[route].id), || {
                        family.show(pack, *number)
                    });
                }
                continue;
            }
            let only = |states: Vec<&'static str>| if let [one] = states.as_slice() { Some(*one) } else { None };
            match (only(all_fits[route].iter().copied().collect()), only(fits[route].keys().copied().collect())) {
                (_, Some(UNCLEAR)) => figures.for_a_lawyer += 1,
                (all, possible) => {
                    figures.unclear += 1;
                    if family.partial(pack) {
                        continue;
                    }
                    let kinds = if all.is_some() { &mut figures.needless } else { &mut figures.by_slips };
                    if let Some(one) = all.or(possible) {
                        note(kinds, format!("{}, always {one}", criteria[route]), || family.show(pack, 0));
                    }
                }
            }
        }
        let mut noted: BTreeSet<String> = BTreeSet::new();
        for (at, caution) in unsure.cautions.iter().enumerate() {
            // What is wrong with a caution is said once a family, not on every card again.
            let id = &pack.cautions[at % pack.cautions.len()].id;
            let mut once = |kinds: &mut BTreeMap<String, (usize, String)>, kind: &str, number: usize| {
                let kind = format!("{id}, {kind}");
                if noted.insert(kind.clone()) {
                    note(kinds, kind, || family.show(pack, number));
                }
            };
            match caution {
                None => {
                    if let Some((_, number)) = cautions[at].iter().find(|(other, _)| other.is_some()) {
                        once(&mut figures.wrong, "silent where a completion says it", *number);
                    }
                }
                Some(Certainty::Yes) => {
                    if let Some((_, number)) = cautions[at].iter().find(|(other, _)| **other != Some(true)) {
                        once(&mut figures.wrong, "sure where a completion is not", *number);
                    }
                }
                Some(Certainty::Maybe) => {
                    figures.maybes += 1;
                    let always = [Some(true), None].into_iter().find(|said| all_cautions[at].iter().all(|other| other == said));
                    if let Some(said) = always.filter(|_| !family.partial(pack)) {
                        figures.needless_maybe += 1;
                        once(&mut figures.needless_maybes, if said.is_some() { "always said" } else { "always silent" }, 0);
                    }
                }
            }
        }
    }
}

const UNCLEAR: &str = "unclear";

fn state(fit: Option<FitState>) -> &'static str {
    match fit {
        None => "nothing",
        Some(FitState::Fits) => "fits",
        Some(FitState::Unclear) => UNCLEAR,
        Some(FitState::NotNow) => "not now",
        Some(FitState::DoesNotFit) => "does not fit",
    }
}

/// Looks at so many families, and at more until each fact that any of them reads was unknown so often.
fn look(
    pack: &Pack,
    cases: &[Case],
    families: usize,
    most: usize,
    each: usize,
    mine: impl Fn(usize) -> bool,
) -> (Figures, BTreeMap<String, usize>, BTreeSet<String>) {
    let judge = Judge::new(pack);
    let mut drawer = Drawer::new(pack, cases, most);
    let mut figures = Figures::default();
    let mut read: BTreeSet<String> = BTreeSet::new();
    for (number, family) in author::families(pack, cases, pack.day, families * 24).into_iter().enumerate() {
        if !mine(number) {
            continue;
        }
        let answers = author::read_answers(pack, &family.answers).expect("answers");
        let enough = read.iter().all(|name| drawer.drawn.get(name).copied().unwrap_or(0) >= each);
        if figures.families >= families && enough {
            break;
        }
        // After that only who reads what was seldom unknown.
        let rarer = (figures.families >= families).then_some(each);
        match drawer.draw(number, family.as_of, answers, &mut read, rarer) {
            Some(family) => judge.compare(&family, &mut figures),
            None if rarer.is_none() => figures.drawn_anew += 1,
            None => {}
        }
    }
    (figures, drawer.drawn, read)
}

impl Figures {
    fn add(&mut self, more: Figures) {
        self.families += more.families;
        self.drawn_anew += more.drawn_anew;
        self.completions += more.completions;
        self.impossible += more.impossible;
        self.cards += more.cards;
        self.decided += more.decided;
        self.unclear += more.unclear;
        self.for_a_lawyer += more.for_a_lawyer;
        self.maybes += more.maybes;
        self.needless_maybe += more.needless_maybe;
        let kinds = [
            (&mut self.wrong, more.wrong),
            (&mut self.needless, more.needless),
            (&mut self.needless_maybes, more.needless_maybes),
            (&mut self.by_slips, more.by_slips),
        ];
        for (mine, more) in kinds {
            for (kind, (times, example)) in more {
                mine.entry(kind).or_insert((0, example)).0 += times;
            }
        }
    }

    fn show(&self, drawn: &BTreeMap<String, usize>, pack: &Pack, read: &BTreeSet<String>) -> String {
        let sum = |kinds: &BTreeMap<String, (usize, String)>| kinds.values().map(|(count, _)| count).sum::<usize>();
        let mut text = format!(
            "{} families, {} drawn anew; {} completions, {} of them cannot be so\n\
             {} cards: {} decided, {} unclear because a lawyer must say so, {} unclear because of an unknown; {} times a caution that may hold, {} of them needlessly\n",
            self.families,
            self.drawn_anew,
            self.completions,
            self.impossible,
            self.cards,
            self.decided,
            self.for_a_lawyer,
            self.unclear,
            self.maybes,
            self.needless_maybe
        );
        let lists = [
            ("wrongly decided", &self.wrong),
            ("needlessly unclear", &self.needless),
            ("families with a needless maybe", &self.needless_maybes),
            ("unclear, but for answers that cannot be so", &self.by_slips),
        ];
        for (what, kinds) in lists {
            text += &format!("{what}: {}\n", sum(kinds));
            let mut sorted: Vec<_> = kinds.iter().collect();
            sorted.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
            for (kind, (count, example)) in sorted {
                text += &format!("  {count:>6} {kind}\n      {example}\n");
            }
        }
        let least = read.iter().map(|name| (drawn.get(name).copied().unwrap_or(0), name)).min();
        text += &format!("{} facts and fields were unknown, {least:?} least often\n", drawn.len());
        let never = pack.facts.iter().map(|fact| &fact.id).filter(|id| !read.contains(*id));
        text += &format!("read by nobody's cards: {}\n", never.cloned().collect::<Vec<_>>().join(", "));
        text
    }

    /// Nothing is decided wrongly, and next to no card is left open needlessly. A caution that may hold errs to the safe side: how
    /// often it does so needlessly is printed, and bounded by nothing.
    fn hold(&self, text: &str, chance: usize) {
        assert!(self.wrong.is_empty(), "{text}");
        let needless: usize = self.needless.values().map(|(count, _)| count).sum();
        assert!(
            needless.saturating_sub(chance) * 1_000 <= self.unclear * NEEDLESS,
            "{needless} of {} needlessly unclear\n{text}",
            self.unclear
        );
    }
}

fn read() -> (Loaded, Vec<Case>) {
    author::cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules")
}

/// A bounded run, in two halves so that both cores work on it.
fn bounded(half: usize) {
    let (Loaded { pack, .. }, cases) = read();
    let (figures, drawn, read) = look(&pack, &cases, 200, 400, 0, |number| number % 2 == half);
    let text = figures.show(&drawn, &pack, &read);
    figures.hold(&text, 2);
    assert!(figures.unclear > 250 && figures.decided > 250, "{text}");
}

#[test]
fn unknown_is_exact() {
    bounded(0);
}

#[test]
fn unknown_is_exact_in_the_other_half() {
    bounded(1);
}

#[test]
#[ignore = "some minutes: the same over five thousand families, each fact unknown at least fifty times"]
fn unknown_is_exact_over_five_thousand_families() {
    let (Loaded { pack, .. }, cases) = read();
    let families = std::env::var("FAMILIES").ok().and_then(|number| number.parse().ok()).unwrap_or(5_000);
    let each = EACH * families / 5_000;
    // Every core looks at a share.
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let share = |at: usize| look(&pack, &cases, families.div_ceil(cores), MOST, each.div_ceil(cores), |n| n % cores == at);
    let (mut figures, mut drawn, mut read) = (Figures::default(), BTreeMap::new(), BTreeSet::new());
    std::thread::scope(|scope| {
        let shares: Vec<_> = (0..cores).map(|at| scope.spawn(move || share(at))).collect();
        for (more, times, names) in shares.into_iter().map(|share| share.join().expect("a share")) {
            figures.add(more);
            times.into_iter().for_each(|(name, times): (String, usize)| *drawn.entry(name).or_default() += times);
            read.extend(names);
        }
    });
    let text = figures.show(&drawn, &pack, &read);
    println!("{text}");
    for (name, times) in &drawn {
        println!("{times:>6} {name}");
    }
    figures.hold(&text, 0);
    assert!(read.iter().all(|name| drawn.get(name).copied().unwrap_or(0) >= each), "{text}");
}
