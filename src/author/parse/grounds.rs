//! What the law says of every ground and every benefit, cell by cell. It is written by hand from the law, before the rules are, so
//! that they can be held against it. Nobody is screened by it.

use super::super::Problems;
use super::super::read::{Folder, Node};
use super::{distinct, interval, no_gap, one_of, word};
use crate::pack::{Interval, Route};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "cases/grounds.toml";

/// What a ground that holds does to a benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The benefit cannot be had while the ground holds.
    Blocks,
    /// It cannot be had for a time that ends.
    Until,
    /// It cannot be had unless a waiver is granted that has a route of its own.
    Waivable,
    /// Only a lawyer can say: it turns on facts that nobody is asked, on discretion, or on a waiver without a route.
    Lawyer,
    /// The ground does not touch the benefit.
    No,
}

/// What the law blocks: one benefit, and the routes to it.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// The routes, by id.
    pub routes: Vec<String>,
}

/// What the law says of one ground and one benefit, on some days.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The ground, by id.
    pub ground: String,
    /// The benefit, by the id of its class.
    pub class: String,
    /// The days.
    pub in_force: Interval,
    /// What the ground does.
    pub effect: Effect,
    /// The paragraph that says it.
    pub authority: String,
    /// Why, in a sentence.
    pub because: String,
    /// Somebody read the paragraph, or a sheet that quotes it.
    pub verified: bool,
    /// Somebody is asked whether the ground holds.
    pub asked: bool,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// The benefits.
    pub classes: Vec<Class>,
    /// For each ground and each benefit a cell on every day.
    pub cells: Vec<Cell>,
}

/// Reads the table, where there is one.
pub fn grounds(folder: &Folder, routes: &[Route], problems: &mut Problems) -> Grounds {
    let mut grounds = Grounds::default();
    let Some(root) = folder.files("cases").into_iter().find(|node| node.file == FILE) else { return grounds };
    let classes = root.tables("class", problems);
    distinct(&classes, problems);
    for node in &classes {
        let class = Class { id: node.id("id", problems), routes: node.must_ids("routes", problems) };
        for route in class.routes.iter().filter(|route| !routes.iter().any(|known| known.id == **route)) {
            problems.add(FILE, node.at("routes"), format!("`{route}` is no route"), "name routes by their ids");
        }
        if let Some(other) = grounds.classes.iter().find(|other| other.routes.iter().any(|route| class.routes.contains(route))) {
            problems.add(FILE, node.at("routes"), format!("names a route of `{}`", other.id), "put each route in one class");
        }
        grounds.classes.push(class);
    }
    for node in root.tables("expect", problems) {
        expected(&node, routes, &mut grounds, problems);
    }
    whole(&grounds, problems);
    grounds
}

/// One row: a ground, and the benefits of which the law says the same in the same place.
fn expected(node: &Node, routes: &[Route], grounds: &mut Grounds, problems: &mut Problems) {
    let (ground, effect) = (node.id("ground", problems), node.str("effect", problems));
    let cell = Cell {
        in_force: interval(node, problems),
        effect: word(&effect).unwrap_or_else(|| {
            problems.add(FILE, node.at("effect"), format!("unknown effect `{effect}`"), one_of::<Effect>());
            Effect::Lawyer
        }),
        authority: node.str("authority", problems),
        because: node.str("because", problems),
        verified: !node.flag("unverified", problems),
        asked: node.opt_bool("asked", problems) != Some(false),
        ground,
        class: String::new(),
    };
    node.note(problems);
    // How a time ends, and which waiver there is, are of one effect each.
    let ends = node.one_of(&["years", "ends"], problems);
    match ends {
        Some("years") => drop(node.count("years", problems)),
        Some(_) => drop(node.str("ends", problems)),
        None => {}
    }
    if ends.is_some() && cell.effect != Effect::Until {
        problems.add(FILE, node.at("effect"), "has an end, and is not `until`", "write effect = \"until\", or remove the end");
    }
    // A time that ends can be cut short by a waiver.
    if cell.effect == Effect::Waivable || (cell.effect == Effect::Until && node.has("waiver")) {
        let waiver = node.str("waiver", problems);
        if !routes.iter().any(|route| route.id == waiver) {
            problems.add(FILE, node.at("waiver"), format!("`{waiver}` is no route"), "name the route of the waiver");
        }
    }
    for class in node.must_list("classes", problems) {
        if !grounds.classes.iter().any(|known| known.id == class) {
            problems.add(FILE, node.at("classes"), format!("`{class}` is no class"), "use the id of a [[class]]");
        }
        grounds.cells.push(Cell { class, ..cell.clone() });
    }
}

/// On every day from the first of a ground there is one cell for each benefit.
fn whole(grounds: &Grounds, problems: &mut Problems) {
    let mut versions: BTreeMap<(&str, &str), Vec<Interval>> = BTreeMap::new();
    for cell in &grounds.cells {
        versions.entry((&cell.ground, &cell.class)).or_default().push(cell.in_force);
    }
    let ids: BTreeSet<&str> = versions.keys().map(|(ground, _)| *ground).collect();
    for ground in ids {
        let mine = || versions.iter().filter(|((other, _), _)| *other == ground);
        let first = mine().flat_map(|(_, days)| days).map(|days| days.from).min().flatten();
        for class in &grounds.classes {
            let place = format!("expect[{ground}, {}]", class.id);
            let Some(days) = versions.get(&(ground, class.id.as_str())) else {
                problems.add(FILE, place, "the law is silent here", "decide the cell, and cite the paragraph that says it");
                continue;
            };
            no_gap(FILE, &place, days, problems);
            let begins = days.iter().map(|days| days.from).min().flatten() == first;
            if !begins || days.iter().all(|days| days.to.is_some()) {
                problems.add(FILE, place, "has no cell on some day", "let it begin with the ground, and leave the last version open");
            }
        }
    }
}
