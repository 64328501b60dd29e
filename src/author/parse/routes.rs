//! Routes and cautions: doors, criteria, steps, fees and clauses, each with its citation and its days.

use super::super::Problems;
use super::super::read::Node;
use super::grounds::{Matrix, departures};
use super::values::values;
use super::{About, Keeps, Names, Statement, distinct, interval, no_gap, one_of, reviewed, word};
use crate::condition::Condition;
use crate::date::Date;
use crate::pack::{
    CautionRule, Cell, Clause, Criterion, DoorRow, DoorState, Effect, Fee, FitState, IfNo, Interval, Route, Step, StepKind, Tell, Tier,
};
use crate::screen::ASK_BEFORE;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

pub fn route(node: &Node, names: &mut Names, about: &About, matrix: &Matrix, problems: &mut Problems) -> Route {
    let id = node.id("id", problems);
    if format!("routes/{id}.toml") != node.file {
        problems.add(node.file, "id", format!("`{id}` is not the name of the file"), "name the file after the id");
    }
    let group = node.str("group", problems);
    if !about.groups.contains(&group) {
        problems.add(
            node.file,
            "group",
            format!("unknown group `{group}`"),
            format!("use one of: {}; or add it to groups in pack.toml", about.groups.join(", ")),
        );
    }
    names.door = None;
    let door = door(node, names, about, problems);
    let criteria = criteria(node, names, problems);
    let class = node.opt_str("class", problems);
    let place = class.as_ref().and_then(|class| about.classes.iter().position(|known| known == class));
    let classes = !about.classes.is_empty() && !criteria.is_empty();
    if place.is_none() && (class.is_some() || classes && door.iter().any(|row| !row.state.is_shut())) {
        problems.add(node.file, "class", "names no benefit", format!("use one of: {}", about.classes.join(", ")));
    }
    let cells = place.and_then(|place| matrix.classes.get(place)).map_or(&[][..], |class| &class.cells);
    let steps = steps(node, &cards(&door, &criteria, cells), names, problems);
    let fees = fees(node, &door, names, problems);
    Route {
        id,
        group,
        asked_for: asked_for(node, names, problems),
        weight: weight(node, problems),
        abuser_files: held(node, names, "abuser-files", problems),
        urgent_when: held(node, names, "urgent-when", problems),
        under_stop: held(node, names, "under-stop", problems),
        class: place.and_then(|place| u16::try_from(place).ok()),
        departures: departures(node, matrix, names, problems),
        door,
        criteria,
        gives: node.must_ids("gives", problems),
        exposes: node.must_ids("exposes", problems),
        documents: node.must_ids("documents", problems),
        steps,
        fees,
        review: reviewed(node, Some(about.day), problems),
    }
}

/// What a route is worth beside others that stand alike, with the reason.
fn weight(node: &Node, problems: &mut Problems) -> u8 {
    let Some(table) = node.opt_table("weight", problems) else {
        if !node.has("weight") {
            problems.add(node.file, "weight", "missing", "say how much the route gives: weight = { is = 1 to 100, why = \"…\" }");
        }
        return 0;
    };
    let is = table.count("is", problems).unwrap_or_default();
    table.str("why", problems);
    if !(1..=100).contains(&is) {
        problems.add(node.file, table.at("is"), format!("is {is}"), "write a number from 1 to 100");
    }
    u8::try_from(is).unwrap_or_default()
}

/// A condition of a route that may be there.
fn held(node: &Node, names: &mut Names, key: &'static str, problems: &mut Problems) -> Option<Condition> {
    node.value(key).map(|value| names.condition(node, key, value, None, problems))
}

/// The fact that says which programs a person came for by name.
pub const ASKED_FOR: &str = "asked-for";

/// The name by which people ask for a route, where its door is shut.
fn asked_for(node: &Node, names: &Names, problems: &mut Problems) -> Option<u8> {
    let named = node.opt_str(ASKED_FOR, problems)?;
    let options = names.facts.iter().find(|fact| fact.id == ASKED_FOR).map_or(&[][..], |fact| &fact.options);
    let place = options.iter().position(|option| *option == named).and_then(|place| u8::try_from(place).ok());
    if place.is_none() {
        problems.add(
            node.file,
            node.at(ASKED_FOR),
            format!("`{named}` is no option of `{ASKED_FOR}`"),
            format!("use one of: {}", options.join(", ")),
        );
    }
    place
}

/// The timeline of a door: rows in order, from the first day that the rules know.
fn door(node: &Node, names: &mut Names, about: &About, problems: &mut Problems) -> Vec<DoorRow> {
    let mut door: Vec<DoorRow> = Vec::new();
    for row in node.tables("door", problems) {
        let (state, kind) = (row.str("state", problems), row.str("kind", problems));
        let cite = names.cited(&row, problems);
        let keeps = about.keeps(&kind, problems);
        if keeps.is_none() {
            problems.add(row.file, row.at("kind"), format!("`{kind}` has no shelf life"), "use a kind from pack.toml, [shelf-life]");
        }
        let (from, confirmed_through) = (row.date("from", problems), row.date("confirmed-through", problems));
        let Some(state) = word::<DoorState>(&state).filter(|s| *s != DoorState::Unknown) else {
            problems.add(row.file, row.at("state"), format!("unknown state `{state}`"), "use a door word of rules/README.md");
            continue;
        };
        let (Some(from), Some(confirmed_through)) = (from, confirmed_through) else { continue };
        confirmed(&row, from, confirmed_through, door.last(), about.day, problems);
        let keeps = keeps.unwrap_or_default();
        if from <= about.day {
            // The row before is over: what it was does not change any more.
            names.statements.retain(|statement| statement.file != row.file);
            names.door = Some(keeps.clone());
        }
        looked_at(&row, confirmed_through, &cite, &keeps, names, problems);
        if door.last().is_some_and(|last| last.from >= from) {
            problems.add(row.file, row.at("from"), "does not come after the row before", "put the rows in order");
        }
        door.push(DoorRow { from, state, cite, confirmed_through, shelf_life: keeps.1 });
    }
    if door.is_empty() {
        problems.add(node.file, "door", "missing", "add at least one row of the timeline");
    }
    if door.first().is_some_and(|row| row.from > about.known_from) {
        problems.add(node.file, "door", "begins later than the rules are known", "say the state from known-from of pack.toml on");
    }
    door
}

/// The newest evidence for a state is no newer than what was read of it, and a state that rests on an order of a court keeps no longer
/// than the order.
fn looked_at(row: &Node, through: Date, cite: &[u16], keeps: &Keeps, names: &mut Names, problems: &mut Problems) {
    let read = names.cited_sources(cite).filter_map(|source| source.read).max();
    if let Some(read) = read.filter(|read| through > *read) {
        let message = format!("{through} is after {read}, when its newest source was read");
        problems.add(row.file, row.at("confirmed-through"), message, "read a source again, or write the day of the evidence that was read");
    }
    let sooner = names.cited_sources(cite).map(|source| source.keeps.clone()).find(|(_, days)| *days < keeps.1);
    if let Some((kind, _)) = sooner {
        let message = format!("rests on a source that keeps as `{kind}`");
        problems.add(row.file, row.at("kind"), message, format!("write kind = \"{kind}\""));
    }
    names.statements.push(Statement {
        file: row.file.into(),
        key: row.key.clone(),
        kind: keeps.0.clone(),
        shelf_life: keeps.1,
        given: Some(through),
        through: Some(through).filter(|_| read.is_some()),
        cites: cite.to_vec(),
    });
}

/// What the facts have to be, in all versions.
fn criteria(route: &Node, names: &mut Names, problems: &mut Problems) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for node in route.tables("criterion", problems) {
        let test = names.test(&node, problems);
        let applies = node.value("applies-when").map(|when| names.condition(&node, "applies-when", when, None, problems));
        // What is asked only of those who meet it is a reason to show, and nothing that anybody fails.
        if (test == Condition::Always || applies.as_ref() == Some(&test)) && node.has("if-no") {
            problems.add(node.file, node.at("if-no"), "says what a failed criterion means, and nobody can fail this one", "remove it");
        }
        let if_no = match node.opt_str("if-no", problems).as_deref() {
            None | Some("for-good") => IfNo::ForGood,
            Some("time") => IfNo::Time,
            Some("lawyer") => IfNo::Lawyer,
            Some("self-rating") => IfNo::SelfRating,
            Some("step") => {
                let missing = node.str("missing", problems);
                IfNo::Step(names.fact(&node, "missing", &missing, problems).unwrap_or(0))
            }
            Some(other) => {
                problems.add(
                    node.file,
                    node.at("if-no"),
                    format!("unknown word `{other}`"),
                    "use for-good, step, time, lawyer or self-rating",
                );
                IfNo::ForGood
            }
        };
        let values = values(&node, &test);
        criteria.push(Criterion {
            id: node.id("id", problems),
            in_force: interval(&node, problems),
            applies,
            if_no,
            cite: names.stated(&node, problems),
            values,
            test,
        });
    }
    let mut by_id: BTreeMap<&str, Vec<Interval>> = BTreeMap::new();
    for criterion in &criteria {
        by_id.entry(&criterion.id).or_default().push(criterion.in_force);
    }
    for (id, intervals) in by_id {
        no_gap(route.file, id, &intervals, problems);
    }
    criteria
}

/// What there is to do. A step names the doors and the fits that tell it from a step for every card, and no more: what a
/// card can never be makes no difference, and reads as if it did.
fn steps(route: &Node, cards: &[Card], names: &mut Names, problems: &mut Problems) -> Vec<Step> {
    let mut steps = Vec::new();
    let step_nodes = route.tables("step", problems);
    distinct(&step_nodes, problems);
    for step in step_nodes {
        let kind = step.str("kind", problems);
        let Some(kind) = word::<StepKind>(&kind) else {
            problems.add(step.file, step.at("kind"), format!("unknown kind `{kind}`"), "use learn, gather, help or file");
            step.leave();
            continue;
        };
        let doors = words::<DoorState>(&step, "doors", problems);
        let fits = words::<FitState>(&step, "fits", problems);
        shown(&step, kind, (&doors, &fits), cards, problems);
        let id = step.id("id", problems);
        if word::<StepKind>(&id).is_some() || id == ASK_BEFORE {
            problems.add(
                step.file,
                step.at("id"),
                "is the name of a kind of steps, or of a step that the engine adds",
                "choose another id",
            );
        }
        let when = step.value("when").map(|when| names.condition(&step, "when", when, None, problems));
        let doors = doors.into_iter().fold(0, |mask, state| mask | state.bit());
        let fits = fits.into_iter().fold(0, |mask, fit| mask | fit.bit());
        steps.push(Step { id, kind, doors, fits, when });
    }
    steps
}

/// On which cards a step is shown: each door and each fit that it names tells it from others.
fn shown(step: &Node, kind: StepKind, named: (&[DoorState], &[FitState]), cards: &[Card], problems: &mut Problems) {
    let (doors, fits) = named;
    let mut problem = |key: &str, message: &str, help: &str| problems.add(step.file, step.at(key), message, help);
    let has = |door: &DoorState| cards.iter().any(|(state, _)| state == door);
    if kind == StepKind::File {
        if !fits.is_empty() {
            problem("fits", "is said of a step that files, which only a card that fits shows", "remove it");
        }
        match doors {
            [] => problem("doors", "a step that files names the doors it is for", "add doors = [\"open\"]"),
            doors if doors.iter().any(|door| door.is_shut()) => problem("doors", "nothing is filed at a shut door", "remove that state"),
            doors if !doors.iter().all(has) => problem("doors", NEVER, "correct the state, or remove it"),
            _ => {}
        }
        return;
    }
    let fitting = |(_, fit): &&Card| fits.is_empty() || fit.is_some_and(|fit| fits.contains(&fit));
    if !doors.is_empty() && cards.iter().filter(fitting).all(|(door, _)| doors.contains(door)) {
        problem("doors", "names every state in which the step could be shown", "remove it");
    }
    let shown: Vec<&Card> = cards.iter().filter(fitting).filter(|(door, _)| doors.is_empty() || doors.contains(door)).collect();
    if !doors.iter().all(|named| shown.iter().any(|(door, _)| door == named)) {
        problem("doors", NEVER, "correct the state, or remove it");
    }
    if !fits.iter().all(|named| shown.iter().any(|(_, fit)| *fit == Some(*named))) {
        problem("fits", "names a fit that no card of this route has at these doors", "correct the fit, or remove it");
    }
}

const NEVER: &str = "names a state that this door never has with these fits";

/// A state of a door, and a fit on a day of it; none where nothing is asked then.
type Card = (DoorState, Option<FitState>);

/// Every state that a door has, with every fit that a card can have on some day of it: where nothing is a matter of time,
/// nobody is told "not now".
fn cards(door: &[DoorRow], criteria: &[Criterion], cells: &[Cell]) -> Vec<Card> {
    let mut cards: Vec<Card> = door.iter().map(|row| (row.state, None)).collect();
    let ends = door.iter().skip(1).map(|next| Some(next.from)).chain([None]);
    for (row, end) in door.iter().zip(ends) {
        let then = |criterion: &&Criterion| {
            criterion.in_force.to.is_none_or(|to| to >= row.from) && criterion.in_force.from.zip(end).is_none_or(|(from, end)| from < end)
        };
        for criterion in criteria.iter().filter(then) {
            let failed = match criterion.if_no {
                IfNo::ForGood => FitState::DoesNotFit,
                IfNo::Time | IfNo::Step(_) => FitState::NotNow,
                IfNo::Lawyer | IfNo::SelfRating => FitState::Unclear,
            };
            cards.extend([FitState::Fits, FitState::Unclear, failed].map(|fit| (row.state, Some(fit))));
            // A ground speaks where there are criteria.
            for cell in cells {
                let held = match cell.effect {
                    Effect::Blocks => FitState::DoesNotFit,
                    Effect::Until => FitState::NotNow,
                    Effect::Waivable | Effect::Lawyer | Effect::No => FitState::Unclear,
                };
                cards.push((row.state, Some(held)));
            }
        }
    }
    cards
}

/// Evidence is never newer than the rules, and never older than what it is evidence of: only a state that begins after the
/// rules were written was read before it began, and then no earlier than the state that it will end.
fn confirmed(row: &Node, from: Date, through: Date, before: Option<&DoorRow>, version: Date, problems: &mut Problems) {
    let earliest = if from > version { before.map_or(version, |before| before.from) } else { from };
    if through > version || through < earliest {
        problems.add(
            row.file,
            row.at("confirmed-through"),
            format!("{through} is not between {earliest} and {version}, the version of the rules"),
            "write the day of the newest evidence for this state, or correct the version in pack.toml",
        );
    }
}

/// The fees of a route. For each the amounts follow each other day by day; a time in which it was not charged is a
/// statement of its own, with its citation. Behind a door that stays shut nothing is charged.
fn fees(route: &Node, door: &[DoorRow], names: &mut Names, problems: &mut Problems) -> Vec<Fee> {
    let mut fees = Vec::new();
    let mut intervals: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    for fee in route.tables("fee", problems) {
        let (id, in_force, cite) = (fee.id("id", problems), interval(&fee, problems), names.stated(&fee, problems));
        intervals.entry(id.clone()).or_default().push(in_force);
        match fee.one_of(&["amount", "not-charged"], problems) {
            Some("not-charged") => {
                fee.flag("not-charged", problems);
            }
            _ => fees.extend(fee.count("amount", problems).map(|amount| Fee { id, in_force, amount, cite })),
        }
    }
    for (id, intervals) in intervals {
        no_gap(route.file, &format!("fee[{id}]"), &intervals, problems);
    }
    if let Some(shut) = door.last().filter(|row| row.state.is_shut()) {
        for fee in fees.iter().filter(|fee| fee.in_force.to.is_none_or(|to| to >= shut.from)) {
            let message = format!("goes on behind a door that is shut from {} on", shut.from);
            let cure = format!("end it on the eve: to = {}", shut.from.plus_days(-1));
            problems.add(route.file, format!("fee[{}]", fee.id), message, cure);
        }
    }
    fees
}

/// A form costs the same on every card that names it: on no day do two routes show different amounts under one id.
pub fn one_price(routes: &[Route], known_from: Date, problems: &mut Problems) {
    for (at, route) in routes.iter().enumerate() {
        for fee in &route.fees {
            let others = routes.iter().take(at).flat_map(|other| other.fees.iter().map(move |fee| (other, fee)));
            for (other, before) in others.filter(|(_, before)| before.id == fee.id && before.amount != fee.amount) {
                // The later of the two first days is the first that can lie in both.
                let day = fee.in_force.from.max(before.in_force.from).unwrap_or(known_from);
                if fee.in_force.contains(day) && before.in_force.contains(day) {
                    let message = format!("is {} on {day}, and {} in routes/{}.toml", fee.amount, before.amount, other.id);
                    let cure = "change it in every route that names it, or give what costs something else an id of its own";
                    problems.add(&format!("routes/{}.toml", route.id), format!("fee[{}]", fee.id), message, cure);
                }
            }
        }
    }
}

/// A list of words that says something where it stands.
pub fn words<T: DeserializeOwned>(node: &Node, key: &str, problems: &mut Problems) -> Vec<T> {
    each_word(node, key, node.strings(key, problems), problems)
}

fn each_word<T: DeserializeOwned>(node: &Node, key: &str, list: Vec<String>, problems: &mut Problems) -> Vec<T> {
    let mut found = Vec::new();
    for text in list {
        match word(&text) {
            Some(word) => found.push(word),
            None => problems.add(node.file, node.at(key), format!("unknown word `{text}`"), one_of::<T>()),
        }
    }
    found
}

pub fn caution(node: &Node, names: &mut Names, routes: &[Route], problems: &mut Problems) -> CautionRule {
    let id = node.id("id", problems);
    if format!("cautions/{id}.toml") != node.file {
        problems.add(node.file, "id", format!("`{id}` is not the name of the file"), "name the file after the id");
    }
    let touched = |node: &Node, problems: &mut Problems| {
        let touches = node.must_list("touches", problems);
        for name in touches.iter().filter(|t| *t != "all" && !routes.iter().any(|r| r.id == **t || r.group == **t)) {
            problems.add(node.file, node.at("touches"), format!("`{name}` is no route and no group"), "name a route, a group, or \"all\"");
        }
        if touches.len() > 1 && touches.iter().any(|t| t == "all") {
            problems.add(node.file, node.at("touches"), "names others beside \"all\"", "write \"all\" alone, or without it");
        }
        touches
    };
    let touches = touched(node, problems);
    let mut clauses = Vec::new();
    let nodes = node.tables("when", problems);
    distinct(&nodes, problems);
    for node in nodes {
        let tier = node.str("tier", problems);
        let tier = word::<Tier>(&tier).unwrap_or_else(|| {
            problems.add(node.file, node.at("tier"), format!("unknown tier `{tier}`"), "use stop, before-you-send or know");
            Tier::Stop
        });
        let test = names.test(&node, problems);
        clauses.push(Clause {
            id: node.id("id", problems),
            in_force: interval(&node, problems),
            tier,
            tells: each_word::<Tell>(&node, "tells", node.must_list("tells", problems), problems),
            touches: if node.has("touches") { touched(&node, problems) } else { touches.clone() },
            card: about_card(&test),
            urgent: urgent(&node, problems),
            values: values(&node, &test),
            cite: names.stated(&node, problems),
            test,
        });
    }
    if clauses.is_empty() {
        problems.add(node.file, "when", "missing", "say when the caution holds");
    }
    CautionRule { id, clauses }
}

/// The place of a clause among what is said first.
fn urgent(node: &Node, problems: &mut Problems) -> Option<u8> {
    let place = node.opt_count("urgent", problems)?;
    if !(1..=99).contains(&place) {
        problems.add(node.file, node.at("urgent"), format!("is {place}"), "write a number from 1, said before all others, to 99");
    }
    u8::try_from(place).ok()
}

fn about_card(condition: &Condition) -> bool {
    let of_card =
        |part: &Condition| matches!(part, Condition::Door { .. } | Condition::OnBoundary | Condition::Stale | Condition::Unverified);
    condition.walk().any(of_card)
}
