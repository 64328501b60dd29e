//! The hand-made table of boundaries: last good day, first bad day, first day of a door, taken from the law and not
//! from the rules, so that the cases made from it can fail. A rule with a number and no row here is refused.

use super::Problems;
use super::answers::read_answers;
use super::case::{Base, answers_of};
use super::parse::through_names;
use super::read::{self, Folder, Node};
use super::seen::Seen;
use crate::condition::{Condition, Moment};
use crate::date::{Date, Span};
use crate::pack::{Clause, DoorState, Pack};
use crate::report::Report;
use crate::screen::screen_today;
use crate::truth::Truth;
use serde_json::Value as Json;
use toml::Value;

const FOLDER: &str = "boundaries";

/// Runs every case made from the table; returns how many there were.
pub fn check(folder: &Folder, pack: &Pack, base: &Base, seen: &mut Seen, problems: &mut Problems) -> usize {
    let (mut rows, mut doors) = (Vec::new(), Vec::new());
    for root in folder.files(FOLDER) {
        rows.extend(root.tables("boundary", problems));
        doors.extend(root.tables("door-boundary", problems));
    }
    let mut ran = 0;
    for row in &rows {
        ran += boundary(pack, base, row, seen, problems);
    }
    for row in &doors {
        ran += door(pack, row, problems);
    }
    complete(pack, &rows, &doors, problems);
    ran
}

fn cited(row: &Node, pack: &Pack, problems: &mut Problems) {
    let cites = row.strings("cite", problems);
    if cites.is_empty() || !cites.iter().all(|id| pack.citations.iter().any(|c| c.id == *id)) {
        problems.add(row.file, row.at("cite"), "missing, or not in citations.toml", "cite the law that draws the line");
    }
    row.note(problems);
}

/// What a row is about.
enum About {
    Criterion { route: String, id: String },
    Clause { caution: String, id: String },
}

fn about(row: &Node, problems: &mut Problems) -> About {
    match row.one_of(&["route", "caution"], problems) {
        Some("caution") => About::Clause { caution: row.str("caution", problems), id: row.str("when", problems) },
        _ => About::Criterion { route: row.str("route", problems), id: row.str("criterion", problems) },
    }
}

/// A date of the family on both sides of a line.
fn boundary(pack: &Pack, base: &Base, row: &Node, seen: &mut Seen, problems: &mut Problems) -> usize {
    cited(row, pack, problems);
    let (about, path) = (about(row, problems), row.str("fact", problems));
    let answers = base.with(&answers_of(row, "answers", problems));
    let as_of = row.date("as-of", problems);
    let (good, bad) = match row.one_of(&["last-good", "first-good"], problems) {
        Some("first-good") => (row.date("first-good", problems), row.date("last-bad", problems)),
        _ => (row.date("last-good", problems), row.date("first-bad", problems)),
    };
    let (Some(as_of), Some(good), Some(bad)) = (as_of, good, bad) else { return 0 };
    let outward = if good < bad { -1 } else { 1 };
    if good.plus_days(-outward) != bad {
        problems.add(
            row.file,
            &row.key,
            "the two days do not follow each other",
            "give the last day on one side and the first on the other",
        );
    }
    let days = [(good.plus_days(outward), Truth::Yes), (good, Truth::Yes), (bad, Truth::No), (bad.plus_days(-outward), Truth::No)];
    for (day, wanted) in days {
        let mut mine = answers.clone();
        if !put(&mut mine, &path, day) {
            problems.add(row.file, row.at("fact"), format!("`{path}` is not in the answers"), "write a fact, or list.place.field");
            return 0;
        }
        let report = match read_answers(pack, &mine) {
            Ok(answers) => screen_today(pack, as_of, &answers),
            Err(error) => {
                problems.add(row.file, row.at(&error.key), error.message, "correct the answer");
                return 0;
            }
        };
        if let About::Criterion { route, .. } = &about {
            seen.report(&report, route);
        }
        let found = outcome(row, &about, &report, problems);
        if found.is_some_and(|found| found != wanted) {
            problems.add(
                row.file,
                &row.key,
                format!("with {path} = {day}: expected {wanted:?}, found {found:?}"),
                "correct the rule, or the row if the law says so",
            );
        }
    }
    days.len()
}

/// What the report says of the criterion or the caution that a row is about.
fn outcome(row: &Node, about: &About, report: &Report, problems: &mut Problems) -> Option<Truth> {
    let (route, id) = match about {
        About::Clause { caution, id } => {
            return Some(Truth::from_bool(report.cautions.iter().any(|c| c.id == *caution && c.clause == *id)));
        }
        About::Criterion { route, id } => (route, id),
    };
    let card = report.cards.iter().find(|card| card.route == *route);
    let reason = card.and_then(|card| card.reasons.iter().find(|reason| reason.criterion == *id));
    if reason.is_none() {
        problems.add(
            row.file,
            &row.key,
            format!("`{id}` of `{route}` is not in force on the as-of date"),
            "name a criterion in force on that day",
        );
    }
    reason.map(|reason| reason.truth)
}

/// Puts a day into the answers at `fact` or `list.place.field`.
fn put(answers: &mut Json, path: &str, day: Date) -> bool {
    let value = Json::String(day.to_string());
    let parts: Vec<&str> = path.rsplitn(3, '.').collect();
    if let [field, place, list] = parts.as_slice()
        && let (Ok(place), Some(Json::Array(entries))) = (place.parse::<usize>(), answers.get_mut(*list))
    {
        return entries.get_mut(place).and_then(Json::as_object_mut).map(|entry| entry.insert((*field).to_string(), value)).is_some();
    }
    answers.as_object_mut().map(|answers| answers.insert(path.to_string(), value)).is_some()
}

fn door(pack: &Pack, row: &Node, problems: &mut Problems) -> usize {
    cited(row, pack, problems);
    let (route, state, before) = (row.str("route", problems), row.str("state", problems), row.str("before", problems));
    let Some(first) = row.date("first-day", problems) else { return 0 };
    if state == before && !root_has(pack, &route, first) {
        problems.add(row.file, &row.key, "nothing changes on this day", "give the state before and the state from this day on");
    }
    let found = |day: Date| {
        let report = screen_today(pack, day, &Vec::new());
        report.cards.into_iter().find(|card| card.route == route).map(|card| word(card.door.state))
    };
    let days = [(first.plus_days(-1), &before), (first, &state), (first.plus_days(1), &state)];
    for (day, wanted) in days {
        // A state of one day has another one on the next.
        let another = root_has(pack, &route, first.plus_days(1)) && day > first;
        let found = found(day);
        if !another && found.as_ref() != Some(wanted) {
            problems.add(
                row.file,
                &row.key,
                format!("door of `{route}` on {day}: expected {wanted}, found {found:?}"),
                "correct the timeline, or the row",
            );
        }
    }
    days.len()
}

fn root_has(pack: &Pack, route: &str, day: Date) -> bool {
    pack.routes.iter().any(|r| r.id == route && r.door.iter().any(|row| row.from == day))
}

fn word(state: DoorState) -> String {
    serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}

/// Every number of the rules has its row: doors, criteria, and the clauses of cautions.
fn complete(pack: &Pack, rows: &[Node], doors: &[Node], problems: &mut Problems) {
    let is = |row: &Node, key: &str, wanted: &str| row.peek(key).and_then(Value::as_str) == Some(wanted);
    for route in &pack.routes {
        for change in &route.door {
            let there =
                doors.iter().any(|row| is(row, "route", &route.id) && row.peek("first-day").and_then(read::date) == Some(change.from));
            if !there {
                problems.add(
                    FOLDER,
                    format!("{} {}", route.id, change.from),
                    "this change of a door has no row",
                    "add a [[door-boundary]] from the law",
                );
            }
        }
        for criterion in route.criteria.iter().filter(|c| c.test.walk().into_iter().any(has_number)) {
            if !rows.iter().any(|row| is(row, "route", &route.id) && is(row, "criterion", &criterion.id)) {
                problems.add(
                    FOLDER,
                    format!("{} {}", route.id, criterion.id),
                    "this criterion has no row",
                    "add a [[boundary]] from the law",
                );
            }
        }
    }
    for rule in &pack.cautions {
        let has_number = |clause: &&Clause| through_names(&clause.test, &pack.conditions).into_iter().any(has_number);
        for clause in rule.clauses.iter().filter(has_number) {
            if !rows.iter().any(|row| is(row, "caution", &rule.id) && is(row, "when", &clause.id)) {
                problems.add(FOLDER, format!("{} {}", rule.id, clause.id), "this caution has no row", "add a [[boundary]] from the law");
            }
        }
    }
}

/// Does a test draw a line in time?
fn has_number(test: &Condition) -> bool {
    match test {
        Condition::When { date, point, .. } => [date, point].into_iter().any(|moment| match moment {
            Moment::Date(_) => true,
            Moment::AsOf => false,
            Moment::Fact(_, plus) | Moment::Field(_, plus) => *plus != Span::ZERO,
        }),
        Condition::PresentSince { .. }
        | Condition::DaysInThisStay { .. }
        | Condition::BarRunning { .. }
        | Condition::RemovalBarRunning { .. }
        | Condition::ReturnedAfter { .. } => true,
        // The last day itself is tried where a caution speaks of it; through the names of orders it would be asked for everywhere.
        Condition::TimeToLeave { years, .. } => years.is_some(),
        Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Named(_)
        | Condition::Always
        | Condition::Has { .. }
        | Condition::In { .. }
        | Condition::Count { .. }
        | Condition::ThisStay(_)
        | Condition::Field { .. }
        | Condition::ReturnedAfterOrder { .. }
        | Condition::AwayWithinStay
        | Condition::LeftAnyway
        | Condition::ToldBeforeStays
        | Condition::StaysOutOfOrder
        | Condition::Door { .. }
        | Condition::OnBoundary
        | Condition::Stale
        | Condition::Unverified => false,
    }
}
