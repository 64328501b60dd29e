//! Does anything notice when the rules are changed? Every single change of a closed list of kinds is made, one at a time, and
//! the cases and boundaries that can see it are run until one of them fails.
//!
//! A change that nobody notices is a line of the law that a slip can turn. This module changes no file, and does not say
//! which of the two is right, the rule or a case: only that nothing ties them together. Words are not looked at.

mod edits;

pub use edits::{KINDS, Kind};

use super::boundary::{self, Line};
use super::case::{self, Case};
use super::parse;
use super::population::families;
use super::read::Folder;
use super::seen::Seen;
use super::{Problem, Problems, Written, read_answers, sorted};
use crate::condition::Condition;
use crate::date::Date;
use crate::evaluate::{Context, Effective, Sharper};
use crate::fact::Answers;
use crate::pack::{Cell, Clause, Criterion, Pack, Route, Tier, Version};
use crate::report::Report;
use crate::screen::{screen, screen_cards};
use crate::truth::Truth;
use edits::{Edit, Key};
use fastrand::Rng;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use toml::Table;
use toml::de::{DeTable, DeValue};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A case or a boundary fails.
    Noticed,
    /// None of them does, but the rules are refused: they are not whole any more.
    Refused,
    /// Nothing fails. Where the report of a case is another one: which case, and what of its report.
    Survived(Option<String>),
}

/// A change, and what became of it.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The file, relative to the folder of the rules.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// The name of its kind in [`KINDS`].
    pub kind: &'static str,
    /// What it is called in the file of those that survive.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
}

/// Which changes are tried.
pub enum Run<'a> {
    /// All of them.
    Every,
    /// Those of the kinds of which every one has to be noticed.
    Must,
    /// So many of them, drawn by what stands in the files: other rules, other changes.
    Drawn(usize),
    /// Those whose names begin so.
    Named(&'a str),
}

/// Tries changes of the rules in a folder. The rules as they are have to pass.
///
/// Of a survivor that is known by its name, nobody looks which case would see it: that takes longer than to try the change.
pub fn run(path: &Path, which: &Run, known: &(dyn Fn(&str) -> bool + Sync)) -> Result<Vec<Mutant>, Vec<Problem>> {
    let before = Before::read(path)?;
    let mut edits = edits::all(&before.tables, &before.pack);
    match which {
        Run::Every => {}
        Run::Must => edits.retain(|edit| KINDS.iter().any(|kind| kind.must && kind.name == edit.kind)),
        Run::Drawn(count) => {
            let mut rng = Rng::with_seed(before.seed);
            rng.shuffle(&mut edits);
            edits.truncate(*count);
        }
        Run::Named(start) => edits.retain(|edit| edit.name().starts_with(start)),
    }
    let lines: Vec<Trial> = before.trials();
    let fates = before.each(path, &edits, &lines, |edit, new, found, families| {
        let fate = before.fate(families, new, found);
        match (fate, new) {
            (Fate::Survived(_), Some(new)) if !known(&edit.name()) => Fate::Survived(before.seen(families, new)),
            (fate, _) => fate,
        }
    });
    let mutant = |(edit, fate): (&Edit, Fate)| Mutant {
        line: before.line(&edit.file, &edit.at),
        file: edit.file.clone(),
        kind: edit.kind,
        name: edit.name(),
        fate,
    };
    Ok(edits.iter().zip(fates).map(mutant).collect())
}

/// The kind and the name of every change of the rules in a folder.
pub fn changes(path: &Path) -> Result<Vec<(&'static str, String)>, Vec<Problem>> {
    let mut problems = Problems::default();
    let folder = Folder::read(path, &mut problems);
    let Some(loaded) = parse::load(&folder, &mut problems) else { return Err(sorted(problems)) };
    Ok(edits::all(&folder.tables(), &loaded.pack).iter().map(|edit| (edit.kind, edit.name())).collect())
}

/// Of changes that are said to change nothing: those that a made-up family tells apart from the rules as they are, with what of
/// its report differs.
pub fn told_apart(path: &Path, names: &[String], count: usize) -> Result<Vec<(String, String)>, Vec<Problem>> {
    let before = Before::read(path)?;
    let mut edits = edits::all(&before.tables, &before.pack);
    edits.retain(|edit| names.contains(&edit.name()));
    let made = families(&before.pack, &before.cases, before.pack.confirmed_through, count);
    let everybody: Vec<(Date, Answers)> =
        made.iter().filter_map(|family| Some((family.as_of, read_answers(&before.pack, &family.answers).ok()?))).collect();
    let trials: Vec<Trial> =
        everybody.iter().map(|(as_of, answers)| Trial::of(&before.pack, What::Family, *as_of, answers.clone())).collect();
    let apart = before.each(path, &edits, &trials, |_, new, _, families| {
        let new = new?;
        let parts = changed(&before.pack, new);
        families
            .iter()
            .filter(|(trial, context)| visible(trial, context, new, &parts))
            .find_map(|(trial, _)| trial.differs(&before.pack, new, &parts))
    });
    Ok(edits.iter().zip(apart).filter_map(|(edit, apart)| Some((edit.name(), apart?))).collect())
}

/// The rules as they are.
struct Before {
    tables: BTreeMap<String, Table>,
    texts: BTreeMap<String, String>,
    pack: Pack,
    cases: Vec<Case>,
    lines: Vec<Line>,
    seed: u64,
}

impl Before {
    fn read(path: &Path) -> Result<Before, Vec<Problem>> {
        let mut problems = Problems::default();
        let Some(Written { folder, loaded, base, cases }) = Written::read(path, &mut problems) else { return Err(sorted(problems)) };
        let lines = boundary::read_all(&folder, &loaded.pack, &base, &mut problems);
        let mut seen = Seen::default();
        cases.iter().for_each(|case| case.run(&loaded.pack, &mut seen, &mut problems));
        lines.iter().for_each(|line| line.run(&loaded.pack, &mut seen, &mut problems));
        if !problems.0.is_empty() {
            return Err(sorted(problems));
        }
        let tables = folder.tables();
        let texts: BTreeMap<String, String> =
            tables.keys().filter_map(|name| Some((name.clone(), std::fs::read_to_string(path.join(name)).ok()?))).collect();
        let mut hash = Sha256::new();
        // A case for what was drawn draws nothing else: only what can be changed counts.
        let beside = |name: &str| ["cases/", "boundaries/", "text"].iter().any(|kind| name.starts_with(kind));
        texts.iter().filter(|(name, _)| !beside(name)).for_each(|(name, text)| hash.update(format!("{name}\n{text}\n")));
        let seed = hash.finalize().iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        Ok(Before { tables, texts, pack: loaded.pack, cases, lines, seed })
    }

    fn trials(&self) -> Vec<Trial<'_>> {
        let cases = self.cases.iter().map(|case| Trial::of(&self.pack, What::Case(case), case.as_of, case.answers(&self.pack)));
        let lines = self.lines.iter().map(|line| Trial::of(&self.pack, What::Line(line), line.as_of(), line.answers().clone()));
        cases.chain(lines).collect()
    }

    /// Makes every change, one at a time on each core, and asks about the rules after it: the pack, where one could be made,
    /// whether problems were found on the way, and who could see it.
    fn each<T: Send>(
        &self,
        path: &Path,
        edits: &[Edit],
        trials: &[Trial],
        ask: impl Fn(&Edit, Option<&Pack>, bool, &[(&Trial, Context)]) -> T + Sync,
    ) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let work = || {
            // What was read in a folder is noted in it, and what was evaluated in a context, so each core has its own.
            let mut folder = Folder::read(path, &mut Problems::default());
            let context = |trial| (trial, Trial::context(trial, &self.pack));
            let families: Vec<(&Trial, Context)> = trials.iter().map(context).collect();
            let mut done = Vec::new();
            while let Some((place, edit)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|place| Some((place, edits.get(place)?))) {
                let Some(table) = self.tables.get(&edit.file) else { continue };
                folder.put(&edit.file, edit.made(table));
                let mut problems = Problems::default();
                let loaded = parse::load(&folder, &mut problems);
                folder.put(&edit.file, table.clone());
                done.push((place, ask(edit, loaded.as_ref().map(|loaded| &loaded.pack), !problems.0.is_empty(), &families)));
            }
            done
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        });
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, answer)| answer).collect()
    }

    fn fate(&self, families: &[(&Trial, Context)], new: Option<&Pack>, refused: bool) -> Fate {
        let Some(new) = new.filter(|_| !refused) else { return Fate::Refused };
        let parts = changed(&self.pack, new);
        // Who expects something of the changed part goes first: most changes are noticed there.
        let near = |(trial, _): &&(&Trial, Context)| parts.iter().any(|part| trial.is_about(part, new));
        let (first, then): (Vec<_>, Vec<_>) = families.iter().partition(near);
        let stopping = stopping(new);
        for (trial, _) in first.into_iter().chain(then).filter(|(trial, context)| visible(trial, context, new, &parts)) {
            if !trial.passes(new, &stopping) {
                return Fate::Noticed;
            }
        }
        Fate::Survived(None)
    }

    /// A case, or a boundary, whose report a change makes another one, and what of it.
    fn seen(&self, families: &[(&Trial, Context)], new: &Pack) -> Option<String> {
        let parts = changed(&self.pack, new);
        let mut moved = families.iter().filter(|(trial, context)| visible(trial, context, new, &parts));
        moved.find_map(|(trial, _)| trial.differs(&self.pack, new, &parts))
    }

    /// The line on which a value stands.
    fn line(&self, file: &str, at: &[Key]) -> usize {
        let text = self.texts.get(file).map_or("", String::as_str);
        let Ok(table) = DeTable::parse(text) else { return 0 };
        let mut begins = 0;
        let mut value: Option<&DeValue> = None;
        for key in at {
            let found = match (key, value) {
                (Key::Name(name), None) => table.get_ref().iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value),
                (Key::Name(name), Some(DeValue::Table(table))) => {
                    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
                }
                (Key::Place(place), Some(DeValue::Array(items))) => items.get(*place),
                _ => None,
            };
            let Some(found) = found else { break };
            (begins, value) = (found.span().start, Some(found.get_ref()));
        }
        text.get(..begins).unwrap_or("").matches('\n').count() + 1
    }
}

/// Who is screened to see a change.
enum What<'a> {
    Case(&'a Case),
    Line(&'a Line),
    Family,
}

struct Trial<'a> {
    what: What<'a>,
    as_of: Date,
    answers: Answers,
    /// The answers as the rules as they are read them.
    effective: Effective,
}

impl<'a> Trial<'a> {
    fn of(pack: &Pack, what: What<'a>, as_of: Date, answers: Answers) -> Trial<'a> {
        Trial { what, as_of, effective: Effective::new(pack, &answers, as_of), answers }
    }

    fn context<'c>(&'c self, pack: &'c Pack) -> Context<'c> {
        self.effective.context(pack, self.as_of)
    }

    fn passes(&self, pack: &Pack, stopping: &[&str]) -> bool {
        let mut problems = Problems::default();
        let cards = |day: Date, mine: &dyn Fn(&str) -> bool| {
            screen_cards(pack, day, &self.answers, &|route| stopping.contains(&route.id.as_str()) || mine(&route.id))
        };
        match self.what {
            What::Case(case) => {
                let on = |day: Date| match case.expects(case::COME_BACK) {
                    true => screen(pack, day, &self.answers),
                    false => cards(day, &|route| case.expects(case::WHOLE) || case.routes().any(|mine| mine == route)),
                };
                case.judge(pack, on, &mut Seen::default(), &mut problems);
            }
            What::Line(line) => {
                let report = cards(self.as_of, &|route| line.route() == Some(route));
                line.judge(pack, report, &mut Seen::default(), &mut problems);
            }
            What::Family => {}
        }
        problems.0.is_empty()
    }

    /// Does it expect something of a route, of the report as a whole, or of what only other days show?
    fn expects(&self, what: &str) -> bool {
        match self.what {
            What::Case(case) => case.expects(what),
            What::Line(line) => line.expects(what),
            What::Family => true,
        }
    }

    fn is_about(&self, part: &Part, pack: &Pack) -> bool {
        match part {
            Part::Route(place) => pack.routes.get(*place).is_some_and(|route| self.expects(&route.id)),
            Part::Caution(place) => pack.cautions.get(*place).is_some_and(|rule| self.expects(&rule.id)),
            Part::Class(place) => self.expects_one(pack, |route| is_of(route, *place)),
            Part::Ground(place) => self.expects_one(pack, |route| stands_against(pack, *place, route)),
            _ => false,
        }
    }

    /// Does it look at a card of such a route, or at what depends on all cards?
    fn looks_at(&self, pack: &Pack, of: impl Fn(&Route) -> bool) -> bool {
        self.expects(case::WHOLE) || self.expects_one(pack, of)
    }

    /// Does it expect something of one of these routes?
    fn expects_one(&self, pack: &Pack, of: impl Fn(&Route) -> bool) -> bool {
        pack.routes.iter().any(|route| of(route) && self.expects(&route.id))
    }

    /// Where the report under other rules is another one: who is told so, and of what.
    fn differs(&self, old: &Pack, new: &Pack, parts: &[Part]) -> Option<String> {
        // What changes on one card is looked for there.
        let mine = |place: usize| parts.iter().any(|part| !matches!(part, Part::Route(other) if *other != place));
        let wanted = |route: &Route| old.routes.iter().position(|other| other.id == route.id).is_none_or(mine);
        let [old, new] = [old, new].map(|pack| screen_cards(pack, self.as_of, &self.answers, &wanted));
        if old == new {
            return None;
        }
        let json = |report: Report| serde_json::to_value(report).unwrap_or_default();
        let what = difference(&json(old), &json(new))?;
        let who = match self.what {
            What::Case(case) => case.id.clone(),
            What::Line(line) => line.name(),
            What::Family => format!("a made-up family on {}", self.as_of),
        };
        Some(format!("{who}: {what}"))
    }
}

/// The first place in which two reports differ.
fn difference(old: &Json, new: &Json) -> Option<String> {
    if old == new {
        return None;
    }
    let name =
        |value: &Json| ["route", "id", "criterion", "fact", "code"].iter().find_map(|key| value.get(*key)?.as_str().map(str::to_string));
    match (old, new) {
        (Json::Object(one), Json::Object(other)) => {
            let within = one.iter().find_map(|(key, value)| Some((key, difference(value, other.get(key)?)?)));
            within.map(|(key, inner)| if inner.is_empty() { key.clone() } else { format!("{key}.{inner}") })
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            let within = one.iter().zip(other).find_map(|(one, other)| Some((name(one), difference(one, other)?)));
            within.map(|(name, inner)| [name.unwrap_or_default(), inner].join(".").trim_matches('.').to_string())
        }
        (Json::Array(_), Json::Array(_)) => Some(format!("{old} -> {new}").chars().take(200).collect()),
        _ => Some(format!("{old} -> {new}")),
    }
}

/// A part of the pack that is not what it was.
enum Part {
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
fn visible(trial: &Trial, context: &Context, new: &Pack, parts: &[Part]) -> bool {
    let old = context.pack;
    // Whether a question applies decides what counts as answered; what else was changed lies behind that.
    let guards = parts.iter().any(|part| matches!(part, Part::Everything | Part::Guards | Part::Named(_) | Part::Measure(_)));
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
            !same || trial.expects(case::AHEAD) || trial.expects(case::PROBLEMS)
        }
        Part::Measure(place) => {
            let after = trial.context(new);
            let same = counting(old, *place).into_iter().all(|test| view(context, test) == view(&after, test));
            !same || trial.expects(case::AHEAD)
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
fn is_of(route: &Route, class: usize) -> bool {
    route.class.map(usize::from) == Some(class)
}

/// Does a ground do something to the benefit of a route on some day?
fn stands_against(pack: &Pack, ground: usize, route: &Route) -> bool {
    let class = route.class.and_then(|class| pack.classes.get(usize::from(class)));
    let mut cells = class.into_iter().flat_map(|class| &class.cells).chain(&route.departures);
    cells.any(|cell| usize::from(cell.ground) == ground)
}

/// The version of a named condition that is in force.
fn in_force(pack: &Pack, place: u16, day: Date) -> Option<&Version> {
    pack.conditions.get(usize::from(place))?.versions.iter().find(|version| version.in_force.contains(day))
}

/// The routes on whose cards alone a caution may stop: a stop on any card is one on every card, so these are always screened.
fn stopping(pack: &Pack) -> Vec<&str> {
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
    let all = named.chain(criteria).chain(clauses).chain(steps).chain(pack.applies.iter().flatten());
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
