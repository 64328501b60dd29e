//! What the news spoke of, day by day: for each program or policy the days on which it changed, and what it was from each of them on.
//!
//! It takes everything from the doors of routes and from the clauses of cautions, so that the page about the news cannot say another
//! thing than the form. It holds no sentence and decides nothing.

use super::Problems;
use super::parse::{Figure, Source};
use super::read::Folder;
use crate::date::Date;
use crate::pack::{CautionRule, Clause, DoorRow, DoorState, Interval, Pack, Route};
use serde::Serialize;
use std::collections::BTreeMap;

/// Something the news spoke of.
#[derive(Clone, Debug)]
pub struct System {
    /// The route or the caution, by id.
    pub id: String,
    /// Of a caution: the clauses that say how it stood. Empty for a route.
    pub clauses: Vec<String>,
    /// Other cautions that the news of a day said of it, each with its clause.
    pub beside: Vec<(String, String)>,
    /// Its text is one of its own, since the clause speaks to one person.
    pub own_words: bool,
}

/// From a day on, until the next row.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    from: Date,
    /// The state of a door.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<DoorState>,
    /// The clause that was in force; without it and without a state nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'a str>,
    cites: Vec<&'a str>,
    /// Nobody read any of these sources.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unverified: bool,
    /// The day of the newest evidence, where the row can go stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_through: Option<Date>,
    /// The first day on which nobody looked for too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_from: Option<Date>,
}

/// Reads `news.toml`.
pub fn read(folder: &Folder, routes: &[Route], cautions: &[CautionRule], problems: &mut Problems) -> Vec<System> {
    let Some(root) = folder.file("news.toml", problems) else { return Vec::new() };
    let mut all = Vec::new();
    for node in root.tables("system", problems) {
        let knows = |id: &str, clause: &str| cautions.iter().any(|rule| rule.id == id && rule.clauses.iter().any(|one| one.id == clause));
        let (route, caution) = (node.opt_str("route", problems), node.opt_str("caution", problems));
        let clauses = node.strings("clauses", problems);
        let own_words = node.flag("own-words", problems);
        node.note(problems);
        let mut beside = Vec::new();
        for name in node.strings("beside", problems) {
            match name.split_once('/') {
                Some((id, clause)) if knows(id, clause) => beside.push((id.to_string(), clause.to_string())),
                _ => problems.add(node.file, node.at("beside"), format!("`{name}` is no caution with its clause"), "write caution/clause"),
            }
        }
        let id = match (route, caution) {
            (Some(id), None) if clauses.is_empty() && !own_words && routes.iter().any(|route| route.id == id) => id,
            (None, Some(id)) if !clauses.is_empty() && clauses.iter().all(|clause| knows(&id, clause)) => id,
            _ => {
                problems.add(node.file, node.at("route"), "names neither a route nor a caution with its clauses", "write one of the two");
                continue;
            }
        };
        all.push(System { id, clauses, beside, own_words });
    }
    all
}

/// The systems with everything that is known of them, as JSON.
pub fn json(pack: &Pack, systems: &[System], figures: &[Figure], sources: &[Source]) -> serde_json::Value {
    let cites = |places: &[u16]| -> Vec<&str> {
        places.iter().filter_map(|place| sources.get(usize::from(*place))).map(|source| source.id.as_str()).collect()
    };
    // What rests on nothing, because nothing was in force, needs nobody to have read it.
    let unread = |cites: &[&str]| !cites.is_empty() && !sources.iter().any(|source| source.verified && cites.contains(&source.id.as_str()));
    let clause_of = |(id, clause): (&str, &str)| -> Option<&Clause> {
        pack.cautions.iter().find(|rule| rule.id == id)?.clauses.iter().find(|one| one.id == clause)
    };
    let mut used: BTreeMap<&str, serde_json::Value> = BTreeMap::new();
    let mut all = Vec::new();
    for system in systems {
        let rows: Vec<Row> = match pack.routes.iter().find(|route| route.id == system.id) {
            Some(route) => {
                let row = |row: &DoorRow| {
                    let cites = cites(&row.cite);
                    Row {
                        from: row.from,
                        state: Some(row.state),
                        clause: None,
                        unverified: unread(&cites),
                        cites,
                        confirmed_through: Some(row.confirmed_through),
                        stale_from: Some(row.confirmed_through.plus_days(row.shelf_life + 1)),
                    }
                };
                route.door.iter().map(row).collect()
            }
            None => {
                let clauses: Vec<&Clause> = system.clauses.iter().filter_map(|id| clause_of((&system.id, id))).collect();
                let days = turns(pack.known_from, clauses.iter().map(|clause| clause.in_force));
                let row = |from: Date| {
                    let clause = clauses.iter().find(|clause| clause.in_force.contains(from));
                    let cite = clause.map(|clause| cites(&clause.cite)).unwrap_or_default();
                    let clause = clause.map(|clause| clause.id.as_str());
                    Row { from, state: None, clause, unverified: unread(&cite), cites: cite, confirmed_through: None, stale_from: None }
                };
                days.into_iter().map(row).collect()
            }
        };
        let beside: Vec<serde_json::Value> = system
            .beside
            .iter()
            .filter_map(|(id, name)| {
                let clause = clause_of((id, name))?;
                let (from, to) = (clause.in_force.from, clause.in_force.to);
                Some(serde_json::json!({ "caution": id, "clause": name, "from": from, "to": to, "cites": cites(&clause.cite), "unverified": unread(&cites(&clause.cite)) }))
            })
            .collect();
        let mine: Vec<&Figure> = figures.iter().filter(|figure| figure.about == system.id).collect();
        let named = rows.iter().flat_map(|row| row.cites.iter().copied());
        let of_beside = beside.iter().filter_map(|one| one.get("cites")?.as_array()).flatten().filter_map(|id| id.as_str());
        let of_figures = mine.iter().flat_map(|figure| figure.cites.iter().map(String::as_str));
        for id in named.chain(of_beside).chain(of_figures) {
            if let Some(source) = sources.iter().find(|source| source.id == id) {
                used.insert(&source.id, serde_json::json!({ "title": source.title, "url": source.url }));
            }
        }
        all.push(serde_json::json!({ "id": system.id, "ownWords": system.own_words, "rows": rows, "beside": beside, "figures": mine }));
    }
    serde_json::json!({
        "version": pack.version,
        "knownFrom": pack.known_from,
        "expires": pack.expires,
        "systems": all,
        "citations": used,
    })
}

/// The first day, and those on which an interval begins or has just ended.
fn turns(first: Date, intervals: impl Iterator<Item = Interval>) -> Vec<Date> {
    let mut days = vec![first];
    for interval in intervals {
        days.extend(interval.from);
        days.extend(interval.to.map(|to| to.plus_days(1)));
    }
    days.retain(|day| *day >= first);
    days.sort();
    days.dedup();
    days
}
