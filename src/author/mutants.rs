//! Does anything notice when the rules are changed? Every single change of a closed list of kinds is made, one at a time, and
//! the cases and boundaries that can see it are run until one of them fails.
//!
//! A change that nobody notices is a line of the law that a slip can turn. This module changes no file, and does not say
//! which of the two is right, the rule or a case: only that nothing ties them together. Words are not looked at.

mod edits;
mod sight;

pub use edits::{KINDS, Kind};

use super::boundary::{self, Line};
use super::case::{self, Case};
use super::parse;
use super::population::families;
use super::read::Folder;
use super::seen::Seen;
use super::{Problem, Problems, Written, read_answers, sorted};
use crate::date::Date;
use crate::evaluate::{Context, Effective};
use crate::fact::Answers;
use crate::pack::{Pack, Route};
use crate::report::Report;
use crate::screen::{screen, screen_cards};
use edits::{Edit, Key};
use fastrand::Rng;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use sight::{Change, Part, is_of, stands_against, stopping, visible};
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
        let Some(new) = new.filter(|_| !found) else { return Fate::Refused };
        let change = Change::between(&before.pack, new);
        match before.noticed(families, new, &change) {
            true => Fate::Noticed,
            false if known(&edit.name()) => Fate::Survived(None),
            false => Fate::Survived(before.seen(families, new, &change)),
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
        let change = Change::between(&before.pack, new);
        families
            .iter()
            .filter(|(trial, context)| visible(trial, context, new, &change))
            .find_map(|(trial, _)| trial.differs(&before.pack, new, &change.parts))
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

    /// Does a case or a boundary fail under the rules after the change?
    fn noticed(&self, families: &[(&Trial, Context)], new: &Pack, change: &Change) -> bool {
        // Who expects something of the changed part goes first: most changes are noticed there.
        let near = |(trial, _): &&(&Trial, Context)| change.parts.iter().any(|part| trial.is_about(part, new));
        let (first, then): (Vec<_>, Vec<_>) = families.iter().partition(near);
        let stopping = stopping(new);
        let mut seeing = first.into_iter().chain(then).filter(|(trial, context)| visible(trial, context, new, change));
        seeing.any(|(trial, _)| !trial.passes(new, &stopping))
    }

    /// A case, or a boundary, whose report a change makes another one, and what of it.
    fn seen(&self, families: &[(&Trial, Context)], new: &Pack, change: &Change) -> Option<String> {
        let mut moved = families.iter().filter(|(trial, context)| visible(trial, context, new, change));
        moved.find_map(|(trial, _)| trial.differs(&self.pack, new, &change.parts))
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
