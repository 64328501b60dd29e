//! The grounds of the law, one file each: what holds against a person, and what that does to each benefit. A benefit of which a
//! ground says nothing is refused: what is forgotten cannot load.

use super::super::Problems;
use super::super::read::{Folder, Node};
use super::by_routes::SaidBy;
use super::expected::{Does, Expected, effect, ends};
use super::values::values;
use super::{Names, interval};
use crate::condition::Condition;
use crate::date::Date;
use crate::pack::{Cell, Class, Criterion, Effect, IfNo, Interval, Route};
use std::collections::{BTreeMap, BTreeSet};

/// Who finds out whether a ground holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screened {
    /// Its test, for every benefit alike.
    ByTest,
    /// The routes, because it is another question for each of them.
    ByRoutes {
        /// Those on which nothing says it.
        unsaid: Vec<String>,
    },
    /// Nobody: cards say that it was not asked.
    Nobody,
}

/// The grounds as they are read.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// The ids, in the order of the files, and who finds out.
    pub ids: Vec<(String, Screened)>,
    /// What each does to each benefit.
    pub cells: Vec<Told>,
    /// By what those are said that each route asks in its own way.
    pub said_by: Vec<SaidBy>,
}

impl Grounds {
    /// What each does to each benefit, without its sources.
    pub fn does(&self) -> Vec<&Does> {
        self.cells.iter().map(|told| &told.does).collect()
    }
}

/// A cell as it is written: to be held against what the law was found to say.
#[derive(Clone, Debug)]
pub struct Told {
    does: Does,
    cite: Vec<u16>,
}

/// What goes into a pack.
#[derive(Default)]
pub struct Matrix {
    /// The grounds that are tested.
    pub grounds: Vec<Criterion>,
    /// The grounds of which nobody is asked.
    pub not_asked: Vec<String>,
    /// The benefits.
    pub classes: Vec<Class>,
}

/// Reads every file of `grounds`.
pub fn grounds(folder: &Folder, classes: &[String], routes: &[String], names: &mut Names, problems: &mut Problems) -> (Grounds, Matrix) {
    let mut grounds = Grounds::default();
    let empty = |id: &String| Class { id: id.clone(), cells: Vec::new(), not_asked: Vec::new() };
    let mut matrix = Matrix { classes: classes.iter().map(empty).collect(), ..Matrix::default() };
    for node in folder.files("grounds") {
        let id = node.id("id", problems);
        if format!("grounds/{id}.toml") != node.file {
            problems.add(node.file, "id", format!("`{id}` is not the name of the file"), "name the file after the id");
        }
        let screened = match node.one_of(&["test", "by-routes", "not-asked"], problems) {
            Some("by-routes") => {
                let by = SaidBy::read(&node, &id, problems);
                let unsaid = by.unsaid.clone();
                grounds.said_by.push(by);
                Screened::ByRoutes { unsaid }
            }
            Some("not-asked") => Screened::Nobody,
            _ => Screened::ByTest,
        };
        match screened {
            Screened::ByTest => {
                let holds = names.test(&node, problems);
                let values = values(&node, &holds);
                let always = Interval { from: None, to: None };
                let (test, cite) = (Condition::Not(Box::new(holds)), names.stated(&node, problems));
                matrix.grounds.push(Criterion {
                    id: id.clone(),
                    in_force: always,
                    test,
                    applies: None,
                    if_no: IfNo::ForGood,
                    cite,
                    values,
                });
            }
            Screened::ByRoutes { .. } => {}
            Screened::Nobody => {
                node.flag("not-asked", problems);
                matrix.not_asked.push(id.clone());
            }
        }
        for cell in node.tables("cell", problems) {
            cells(&cell, &id, classes, names, &mut grounds.cells, problems);
        }
        grounds.ids.push((id, screened));
    }
    fill(&grounds, &mut matrix, routes, problems);
    (grounds, matrix)
}

/// One row: the benefits to which the ground does the same by the same law.
fn cells(node: &Node, ground: &str, classes: &[String], names: &mut Names, cells: &mut Vec<Told>, problems: &mut Problems) {
    let effect = effect(node, problems);
    let does = Does {
        ground: ground.into(),
        class: String::new(),
        in_force: interval(node, problems),
        effect,
        ends: ends(node, effect, problems),
        waiver: node.opt_str("waiver", problems),
    };
    let cite = names.stated(node, problems);
    for class in node.must_list("classes", problems) {
        if !classes.contains(&class) {
            problems.add(node.file, node.at("classes"), format!("`{class}` is no benefit"), "name one of classes in pack.toml");
        }
        cells.push(Told { does: Does { class, ..does.clone() }, cite: cite.clone() });
    }
}

/// Where the law of one route departs from the others of its benefit.
pub fn departures(route: &Node, matrix: &Matrix, names: &mut Names, problems: &mut Problems) -> Vec<Cell> {
    let mut departures = Vec::new();
    for node in route.tables("departure", problems) {
        let ground = node.str("ground", problems);
        let (in_force, effect, cite) = (interval(&node, problems), effect(&node, problems), names.stated(&node, problems));
        match place(&matrix.grounds, &ground) {
            Some(ground) => departures.push(Cell { ground, in_force, effect, waiver: None, cite }),
            None => problems.add(node.file, node.at("ground"), format!("`{ground}` is no ground with a test"), "name one of grounds/"),
        }
    }
    departures
}

fn place(grounds: &[Criterion], id: &str) -> Option<u16> {
    grounds.iter().position(|ground| ground.id == id).and_then(|place| u16::try_from(place).ok())
}

/// Puts the cells into their benefits. What does nothing needs no place there.
fn fill(grounds: &Grounds, matrix: &mut Matrix, routes: &[String], problems: &mut Problems) {
    for told in grounds.cells.iter().filter(|told| told.does.effect != Effect::No) {
        let waiver = told.does.waiver.as_ref().and_then(|waiver| routes.iter().position(|route| route == waiver));
        if told.does.waiver.is_some() && waiver.is_none() {
            let file = format!("grounds/{}.toml", told.does.ground);
            problems.add(&file, format!("cell[{}]", told.does.class), "its waiver is no route", "name the route of the waiver");
        }
        let Some(class) = matrix.classes.iter_mut().find(|class| class.id == told.does.class) else { continue };
        if let Some(ground) = place(&matrix.grounds, &told.does.ground) {
            let waiver = waiver.and_then(|place| u16::try_from(place).ok());
            class.cells.push(Cell { ground, in_force: told.does.in_force, effect: told.does.effect, waiver, cite: told.cite.clone() });
        } else if let Some(place) =
            matrix.not_asked.iter().position(|id| *id == told.does.ground).and_then(|place| u16::try_from(place).ok())
            && !class.not_asked.contains(&place)
        {
            class.not_asked.push(place);
        }
    }
}

/// Where a cell stands: the ground, the benefit, and the first and the last day.
type Stands<'a> = (&'a str, &'a str, Option<Date>, Option<Date>);

fn where_stands(does: &Does) -> Stands<'_> {
    (&does.ground, &does.class, does.in_force.from, does.in_force.to)
}

/// What a route says beside the law of its benefit is what the law was found to say there, no less and no more.
fn departed(route: &Route, expected: &Expected, matrix: &Matrix, problems: &mut Problems) {
    let id = |cell: &Cell| matrix.grounds.get(usize::from(cell.ground)).map(|ground| ground.id.as_str());
    let told = || route.departures.iter().filter_map(|cell| Some((id(cell)?, cell.in_force, cell.effect)));
    let law = || expected.departs.iter().filter(|row| row.route == route.id).map(|row| (row.ground.as_str(), row.in_force, row.effect));
    let missing = law().find(|row| told().filter(|cell| cell == row).count() != 1);
    if let Some((ground, ..)) = missing.or_else(|| told().find(|cell| law().filter(|row| row == cell).count() != 1)) {
        problems.add(
            &format!("routes/{}.toml", route.id),
            format!("departure[{ground}]"),
            "is not what cases/grounds.toml expects",
            "read the law again, and correct one of the two: a [[departs]] there, or the departure here",
        );
    }
}

/// The cells say what the law was found to say, each on its days.
pub fn held(grounds: &Grounds, expected: &Expected, matrix: &Matrix, routes: &[Route], problems: &mut Problems) {
    if grounds.ids.is_empty() {
        return;
    }
    for route in routes {
        let class = route.class_in(&matrix.classes).map(|class| &class.id);
        if class != expected.classes.iter().find(|class| class.routes.contains(&route.id)).map(|class| &class.id) {
            let file = format!("routes/{}.toml", route.id);
            problems.add(
                &file,
                "class",
                "is another in cases/grounds.toml",
                "name the route there under its benefit, and the benefit here",
            );
        }
        departed(route, expected, matrix, problems);
    }
    let file = |ground: &str| format!("grounds/{ground}.toml");
    for (id, screened) in &grounds.ids {
        let mine = || expected.cells.iter().filter(|cell| cell.does.ground == *id);
        if mine().next().is_none() {
            problems.add(&file(id), "id", "stands not in cases/grounds.toml", "write there first what the law says of it");
        }
        if mine().any(|cell| cell.asked != (*screened != Screened::Nobody)) {
            problems.add(
                &file(id),
                "not-asked",
                "cases/grounds.toml says otherwise",
                "say `asked = false` there, or give the ground a test",
            );
        }
    }
    // The rules are read again for every change that is tried on them, and there are some thousand cells.
    let mut told: BTreeMap<Stands, &Told> = BTreeMap::new();
    let mut twice: BTreeSet<Stands> = BTreeSet::new();
    for cell in &grounds.cells {
        let place = where_stands(&cell.does);
        if told.insert(place, cell).is_some() {
            twice.insert(place);
        }
    }
    let known: BTreeSet<Stands> = expected.cells.iter().map(|cell| where_stands(&cell.does)).collect();
    for cell in &expected.cells {
        let place = format!("cell[{}]", cell.does.class);
        if !grounds.ids.iter().any(|(id, _)| *id == cell.does.ground) {
            problems.add(&file(&cell.does.ground), "id", "is missing, and cases/grounds.toml expects it", "add the ground, with its test");
            continue;
        }
        match told.get(&where_stands(&cell.does)) {
            None => problems.add(&file(&cell.does.ground), place, "says nothing on some day", "decide the cell, and cite what decides it"),
            Some(told) if told.does != cell.does => {
                problems.add(
                    &file(&cell.does.ground),
                    place,
                    "is not what cases/grounds.toml expects",
                    "read the law again, and correct one of the two",
                );
            }
            Some(_) => {}
        }
    }
    for told in &grounds.cells {
        let place = where_stands(&told.does);
        if !known.contains(&place) || twice.contains(&place) {
            let place = format!("cell[{}]", told.does.class);
            problems.add(
                &file(&told.does.ground),
                place,
                "is expected by nothing, or stands twice",
                "write it once, and what the law says in cases/grounds.toml",
            );
        }
    }
}
