//! Grounds that every route asks in its own way. Where the law of a benefit lets such a ground do something, each route to it has a
//! criterion, a step or a caution that says so, or stands openly among those on which nobody says it.
//!
//! Whether they say it rightly is for their cases; here none of them can be forgotten.

use super::super::Problems;
use super::super::read::Node;
use super::expected::Does;
use crate::date::Date;
use crate::pack::{CautionRule, Class, Effect, Interval, Route};

/// What the file of a ground says about the routes.
#[derive(Clone, Debug)]
pub struct SaidBy {
    ground: String,
    /// Ids of criteria, steps and cautions that say it.
    says: Vec<String>,
    /// Routes on which nothing says it.
    pub unsaid: Vec<String>,
    /// The first day on which it is said at all.
    from: Option<Date>,
}

impl SaidBy {
    pub fn read(node: &Node, ground: &str, problems: &mut Problems) -> SaidBy {
        let from = node.opt_date("said-from", problems);
        SaidBy { ground: ground.into(), says: node.must_ids("by-routes", problems), unsaid: node.ids("unsaid", problems), from }
    }
}

/// Holds the grounds against the routes, from the first day of which the rules know anything.
pub fn said(
    said_by: &[SaidBy],
    cells: &[&Does],
    classes: &[Class],
    routes: &[Route],
    cautions: &[CautionRule],
    known_from: Date,
    problems: &mut Problems,
) {
    for by in said_by {
        let file = format!("grounds/{}.toml", by.ground);
        let mut silent: Vec<&str> = Vec::new();
        let mut spoken: Vec<&str> = Vec::new();
        let from = by.from.unwrap_or(known_from);
        let does = |cell: &&&Does| cell.ground == by.ground && cell.effect != Effect::No && cell.in_force.to.is_none_or(|to| from <= to);
        for cell in cells.iter().filter(does) {
            let of_class = |route: &&Route| route.class_in(classes).is_some_and(|class| class.id == cell.class);
            let days = Interval { from: cell.in_force.from.max(Some(from)), to: cell.in_force.to };
            for route in routes.iter().filter(of_class).filter(|route| open(route, days)) {
                let mine: Vec<&str> = by.says.iter().map(String::as_str).filter(|name| says(name, route, cautions, days)).collect();
                if mine.is_empty() {
                    silent.push(&route.id);
                }
                spoken.extend(mine);
            }
        }
        for route in routes.iter().map(|route| route.id.as_str()) {
            let known = by.unsaid.iter().any(|unsaid| unsaid == route);
            if silent.contains(&route) && !known {
                let message = format!("`{route}` says nothing of it on some day on which the law does something there");
                problems.add(&file, "by-routes", message, "add a criterion, a step or a caution, and name it; or name the route in unsaid");
            }
            if known && !silent.contains(&route) {
                problems.add(&file, "unsaid", format!("`{route}` has nothing unsaid"), "remove it");
            }
        }
        for name in by.unsaid.iter().filter(|name| !routes.iter().any(|route| route.id == **name)) {
            problems.add(&file, "unsaid", format!("`{name}` is no route"), "name routes by their ids");
        }
        for name in by.says.iter().filter(|name| !spoken.contains(&name.as_str())) {
            problems.add(&file, "by-routes", format!("`{name}` says it on no route"), "correct the name, or remove it");
        }
    }
}

/// Does the criterion, step or caution of this name speak on a route during some of these days?
fn says(name: &str, route: &Route, cautions: &[CautionRule], days: Interval) -> bool {
    let touched = |touched: &String| touched == "all" || *touched == route.id || *touched == route.group;
    let mut clauses = cautions.iter().filter(|rule| rule.id == name).flat_map(|rule| &rule.clauses);
    route.criteria.iter().any(|criterion| criterion.id == name && overlap(criterion.in_force, days))
        || route.steps.iter().any(|step| step.id == name)
        || clauses.any(|clause| overlap(clause.in_force, days) && clause.touches.iter().any(touched))
}

/// Is the door of a route not shut on one of these days?
fn open(route: &Route, days: Interval) -> bool {
    let ends = route.door.iter().skip(1).map(|next| Some(next.from.plus_days(-1))).chain([None]);
    route.door.iter().zip(ends).any(|(row, to)| !row.state.is_shut() && overlap(Interval { from: Some(row.from), to }, days))
}

fn overlap(one: Interval, other: Interval) -> bool {
    let begins_by = |from: Interval, to: Interval| from.from.is_none_or(|from| to.to.is_none_or(|to| from <= to));
    begins_by(one, other) && begins_by(other, one)
}
