//! What the law says of every ground and every benefit, cell by cell. It is written by hand from the law, before the rules are, so
//! that they can be held against it. Nobody is screened by it.

use super::super::Problems;
use super::super::read::{Folder, Node};
use super::{distinct, interval, no_gap, one_of, word};
use crate::pack::{Effect, Interval, Route};
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "cases/grounds.toml";

/// How a time during which a benefit cannot be had comes to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ends {
    /// The effect is none that ends.
    #[default]
    Never,
    /// After so many years.
    Years(i32),
    /// With something that happens.
    With(String),
}

/// What the law blocks: one benefit, and the routes to it.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// The routes, by id.
    pub routes: Vec<String>,
}

/// What a ground does to a benefit, on some days.
#[derive(Clone, Debug, PartialEq)]
pub struct Does {
    /// The ground, by id.
    pub ground: String,
    /// The benefit, by the id of its class.
    pub class: String,
    /// The days.
    pub in_force: Interval,
    /// What it does.
    pub effect: Effect,
    /// How a time ends.
    pub ends: Ends,
    /// The route of a waiver, by id.
    pub waiver: Option<String>,
}

/// What the law says of one ground and one benefit.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub does: Does,
    /// The paragraph that says it.
    pub authority: String,
    /// Why, in a sentence.
    pub because: String,
    /// Somebody read the paragraph, or a sheet that quotes it.
    pub verified: bool,
    /// Somebody is asked whether the ground holds.
    pub asked: bool,
}

/// Where the law of one route says something else of a ground than the law of its benefit does.
#[derive(Clone, Debug)]
pub struct Departs {
    /// The route, by id.
    pub route: String,
    /// The ground, by id.
    pub ground: String,
    /// The days.
    pub in_force: Interval,
    /// What the ground does to the route.
    pub effect: Effect,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The benefits.
    pub classes: Vec<Class>,
    /// For each ground and each benefit a cell on every day.
    pub cells: Vec<Cell>,
    /// What departs from them.
    pub departs: Vec<Departs>,
}

/// Reads the table, where there is one.
pub fn expected(folder: &Folder, routes: &[Route], problems: &mut Problems) -> Expected {
    let mut grounds = Expected::default();
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
        row(&node, routes, &mut grounds, problems);
    }
    for node in root.tables("departs", problems) {
        departs(&node, routes, &mut grounds, problems);
    }
    whole(&grounds, problems);
    grounds
}

/// One row: the routes and the grounds of which the same paragraph says the same.
fn departs(node: &Node, routes: &[Route], grounds: &mut Expected, problems: &mut Problems) {
    let (in_force, effect) = (interval(node, problems), effect(node, problems));
    for word in ["authority", "because"] {
        node.str(word, problems);
    }
    node.note(problems);
    let names = node.must_ids("grounds", problems);
    for route in node.must_ids("routes", problems) {
        if !routes.iter().any(|known| known.id == route) {
            problems.add(FILE, node.at("routes"), format!("`{route}` is no route"), "name routes by their ids");
        }
        grounds.departs.extend(names.iter().map(|ground| Departs { route: route.clone(), ground: ground.clone(), in_force, effect }));
    }
}

/// One row: a ground, and the benefits of which the law says the same in the same place.
fn row(node: &Node, routes: &[Route], grounds: &mut Expected, problems: &mut Problems) {
    let (ground, effect) = (node.id("ground", problems), effect(node, problems));
    let ends = ends(node, effect, problems);
    // A time that ends can be cut short by a waiver.
    let waived = effect == Effect::Waivable || (effect == Effect::Until && node.has("waiver"));
    let does = Does {
        in_force: interval(node, problems),
        effect,
        ends,
        waiver: waived.then(|| node.str("waiver", problems)),
        ground,
        class: String::new(),
    };
    let cell = Cell {
        does,
        authority: node.str("authority", problems),
        because: node.str("because", problems),
        verified: !node.flag("unverified", problems),
        asked: node.opt_bool("asked", problems) != Some(false),
    };
    node.note(problems);
    if let Some(waiver) = cell.does.waiver.iter().find(|waiver| !routes.iter().any(|route| route.id == **waiver)) {
        problems.add(FILE, node.at("waiver"), format!("`{waiver}` is no route"), "name the route of the waiver");
    }
    for class in node.must_list("classes", problems) {
        if !grounds.classes.iter().any(|known| known.id == class) {
            problems.add(FILE, node.at("classes"), format!("`{class}` is no class"), "use the id of a [[class]]");
        }
        grounds.cells.push(Cell { does: Does { class, ..cell.does.clone() }, ..cell.clone() });
    }
}

/// The word that says what a ground does.
pub fn effect(node: &Node, problems: &mut Problems) -> Effect {
    let text = node.str("effect", problems);
    word(&text).unwrap_or_else(|| {
        problems.add(node.file, node.at("effect"), format!("unknown effect `{text}`"), one_of::<Effect>());
        Effect::Lawyer
    })
}

/// How a time ends, which is of one effect.
pub fn ends(node: &Node, effect: Effect, problems: &mut Problems) -> Ends {
    let ends = match node.one_of(&["years", "ends"], problems) {
        None => return Ends::Never,
        Some("years") => Ends::Years(node.count("years", problems).unwrap_or(0)),
        Some(_) => Ends::With(node.str("ends", problems)),
    };
    if effect != Effect::Until {
        problems.add(node.file, node.at("effect"), "has an end, and is not `until`", "write effect = \"until\", or remove the end");
    }
    ends
}

/// On every day from the first of a ground there is one cell for each benefit.
fn whole(grounds: &Expected, problems: &mut Problems) {
    let mut versions: BTreeMap<(&str, &str), Vec<Interval>> = BTreeMap::new();
    for Cell { does, .. } in &grounds.cells {
        versions.entry((&does.ground, &does.class)).or_default().push(does.in_force);
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
