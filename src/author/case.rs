//! Law cases: a family, a day, and what the law says of them. They stand beside the rules and run with them.
//!
//! A case can say everything that a report says. What it names must exist, so that "is not there" is never true of a
//! misspelt word, and a day that is promised is tested: on its eve it is not so yet, on the day it is.

use super::Problems;
use super::answers::{read_answers, to_json};
use super::parse::word;
use super::read::{self, Node};
use crate::date::Date;
use crate::fact::Answers;
use crate::pack::{IfNo, Pack, Route, StepKind, Tell};
use crate::report::{Card, Caution, Report};
use crate::screen::{screen, screen_today};
use crate::truth::Truth;
use serde_json::{Map, Value as Json};
use std::path::Path;
use toml::{Table, Value};

/// One case on one day.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: String,
    pub file: String,
    pub as_of: Date,
    /// The answers as the JavaScript API takes them, base included.
    pub answers: Json,
    expect: Table,
}

/// The family that cases start from, and what goes with a fact when a case gives it.
struct Base {
    answers: Map<String, Json>,
    given: Vec<(String, Map<String, Json>)>,
}

impl Base {
    fn read(folder: &Path, problems: &mut Problems) -> Base {
        let mut base = Base { answers: Map::new(), given: Vec::new() };
        let Some(table) = read::file(folder, "cases/base.toml", problems) else { return base };
        if let Some(answers) = table.get("answers").map(to_json).and_then(|json| json.as_object().cloned()) {
            base.answers = answers;
        }
        for (key, value) in table.get("given").and_then(Value::as_table).into_iter().flatten() {
            if let Some(answers) = to_json(value).as_object() {
                base.given.push((key.clone(), answers.clone()));
            }
        }
        base
    }

    /// The base, what goes with the facts that are given, and over both the facts themselves.
    fn with(&self, mine: &Map<String, Json>) -> Json {
        let mut all = self.answers.clone();
        for (key, extra) in &self.given {
            let applies = match key.split_once('=') {
                Some((fact, option)) => mine.get(fact).and_then(Json::as_str) == Some(option),
                None => mine.contains_key(key),
            };
            if applies {
                all.extend(extra.clone());
            }
        }
        all.extend(mine.clone());
        // "absent" in a case takes a fact of the base back: not asked yet.
        all.retain(|_, value| value.as_str() != Some("not-asked"));
        Json::Object(all)
    }
}

/// Answers on top of the plain base, for tables beside the cases.
pub fn on_plain_base(folder: &Path, mine: &Value, problems: &mut Problems) -> Json {
    Base::read(folder, problems).with(&to_json(mine).as_object().cloned().unwrap_or_default())
}

/// Reads every case of a folder of rules, one for each of its days.
pub fn read_all(folder: &Path, pack: &Pack, problems: &mut Problems) -> Vec<Case> {
    let base = Base::read(folder, problems);
    let mut cases = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for file in read::files(folder, "cases").into_iter().filter(|file| file != "cases/base.toml") {
        let Some(table) = read::file(folder, &file, problems) else { continue };
        let root = Node { file: &file, key: String::new(), table: &table };
        root.only(&["case"], problems);
        for node in root.tables("case", problems) {
            node.only(&["id", "as-of", "base", "answers", "expect", "source", "confidence", "note"], problems);
            let id = node.str("id", problems);
            if !seen.insert(id.clone()) {
                problems.add(&file, &node.key, "this id stands twice", "give each case its own id");
            }
            for key in ["source", "confidence"] {
                node.str(key, problems);
            }
            let mine = node.table.get("answers").map(to_json).and_then(|json| json.as_object().cloned()).unwrap_or_default();
            let answers = match node.opt_str("base", problems).as_deref() {
                None => Json::Object(mine),
                Some("plain") => base.with(&mine),
                Some(other) => {
                    problems.add(&file, node.at("base"), format!("unknown base `{other}`"), "write \"plain\"");
                    continue;
                }
            };
            if let Err(error) = read_answers(pack, &answers) {
                problems.add(&file, format!("{}.{}", node.key, error.key), error.message, "correct the answer");
                continue;
            }
            let days = node.dates("as-of", problems);
            let expect = node.opt_table("expect", problems).map(|node| node.table.clone()).unwrap_or_default();
            if days.is_empty() || expect.is_empty() {
                problems.add(&file, &node.key, "no day or nothing expected", "add as-of and expect");
            }
            for as_of in days {
                cases.push(Case {
                    id: format!("{id}@{as_of}"),
                    file: file.clone(),
                    as_of,
                    answers: answers.clone(),
                    expect: expect.clone(),
                });
            }
        }
    }
    cases
}

impl Case {
    /// The answers as the engine reads them; all not asked where they cannot be read, which reading has reported.
    pub fn answers(&self, pack: &Pack) -> Answers {
        read_answers(pack, &self.answers).unwrap_or_default()
    }

    /// Screens the case and reports everything that is not as expected.
    pub fn run(&self, pack: &Pack, problems: &mut Problems) {
        let answers = self.answers(pack);
        let comes_back = self.expect.values().any(|wanted| wanted.get("come-back").is_some());
        let report = if comes_back { screen(pack, self.as_of, &answers) } else { screen_today(pack, self.as_of, &answers) };
        for (about, wanted) in &self.expect {
            let Value::Table(table) = wanted else {
                problems.add(
                    &self.file,
                    format!("{}.expect.{about}", self.id),
                    "is not a table",
                    "write route = { door = ..., fit = ... }",
                );
                continue;
            };
            let node = Node { file: &self.file, key: format!("{} {about}", self.id), table };
            let card = report.cards.iter().zip(0..).find(|(card, _)| card.route == *about);
            match (card, pack.routes.iter().find(|route| route.id == *about)) {
                _ if about == "report" => expect_report(&node, pack, &report, problems),
                (Some((card, place)), Some(route)) => {
                    expect_card(&node, pack, card, problems);
                    expect_steps(&node, route, card, problems);
                    expect_order(&node, &report, place, problems);
                    expect_not_before(&node, card, problems, |day| screen_today(pack, day, &answers), route);
                }
                _ => problems.add(&self.file, &node.key, "no such route", "name a route, or report"),
            }
        }
    }
}

fn expect_report(node: &Node, pack: &Pack, report: &Report, problems: &mut Problems) {
    node.only(&[&["next", "stop", "problems", "problems-not", "first-pass-done"], CAUTIONS].concat(), problems);
    cautions(node, pack, &report.cautions, problems);
    if let Some(next) = node.opt_str("next", problems) {
        same(node, "next", &next, report.next.as_deref().unwrap_or("null"), problems);
    }
    for (key, found) in [("stop", report.stop), ("first-pass-done", report.first_pass_done)] {
        if let Some(wanted) = node.opt_bool(key, problems) {
            same(node, key, &wanted.to_string(), &found.to_string(), problems);
        }
    }
    let found: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    let is_code = |code: &str| code == "no-such-day" || pack.contradictions.iter().any(|c| c.id == code);
    for key in ["problems", "problems-not"] {
        names(node, key, is_code, |code| found.contains(&code), &found, problems);
    }
    if node.table.contains_key("problems") && node.strings("problems", problems).is_empty() && !found.is_empty() {
        same(node, "problems", "none", &found.join(", "), problems);
    }
}

fn expect_card(node: &Node, pack: &Pack, card: &Card, problems: &mut Problems) {
    node.only(&[CARD, CAUTIONS].concat(), problems);
    if let Some(door) = node.opt_str("door", problems) {
        same(node, "door", &door, &text(&card.door.state), problems);
    }
    if let Some(fit) = node.opt_str("fit", problems) {
        let found = card.fit.as_ref().map_or("null".to_string(), |fit| text(&fit.state));
        let why: Vec<String> =
            card.reasons.iter().filter(|r| r.truth != Truth::Yes).map(|r| format!("{} {}", r.criterion, text(&r.truth))).collect();
        same(node, "fit", &fit, &found, problems);
        if fit != found && !why.is_empty() {
            problems.add(node.file, node.at("fit"), format!("because of: {}", why.join(", ")), "look at these criteria");
        }
    }
    if node.table.contains_key("missing") {
        let mut wanted = node.strings("missing", problems);
        let mut found = card.fit.as_ref().map(|fit| fit.missing.clone()).unwrap_or_default();
        wanted.sort();
        found.sort();
        same(node, "missing", &wanted.join(", "), &found.join(", "), problems);
    }
    let found: Vec<&str> = card.find_out.iter().map(|f| f.fact.as_str()).collect();
    names(node, "find-out", |_| true, |fact| found.contains(&fact), &found, problems);
    if let Some(wanted) = node.opt_str("sharper", problems) {
        let found: Vec<String> =
            card.find_out.iter().flat_map(|f| &f.sharper).map(|s| format!("{} {} {}", s.fact, text(&s.relation), s.date)).collect();
        same(node, "sharper", &wanted, &found.join("; "), problems);
    }
    for day in node.dates("come-back", problems).iter().filter(|day| !card.come_back.iter().any(|promise| promise.date == **day)) {
        let promised = card.come_back.iter().map(|promise| promise.date.to_string()).collect::<Vec<_>>().join(", ");
        problems.add(node.file, node.at("come-back"), format!("{day} is not promised; there are: {promised}"), CURE);
    }
    cautions(node, pack, &card.cautions, problems);
}

/// What the card says to do, by the id of a step or by its kind, and what it costs.
fn expect_steps(node: &Node, route: &Route, card: &Card, problems: &mut Problems) {
    let found: Vec<&str> = card.next_steps.iter().map(|step| step.id.as_str()).collect();
    let known = |name: &str| word::<StepKind>(name).is_some() || route.steps.iter().any(|step| step.id == name);
    let has = |name: &str| card.next_steps.iter().any(|step| step.id == name || text(&step.kind) == name);
    for key in ["steps", "steps-not"] {
        names(node, key, known, has, &found, problems);
    }
    let found: Vec<&str> = card.fees.iter().map(|fee| fee.id.as_str()).collect();
    let known = |id: &str| route.fees.iter().any(|fee| fee.id == id);
    names(node, "fees-not", known, |id| found.contains(&id), &found, problems);
    for (id, wanted) in node.opt_table("fees", problems).iter().flat_map(|fees| fees.table) {
        let amounts: Vec<String> = card.fees.iter().filter(|fee| fee.id == *id).map(|fee| fee.amount.to_string()).collect();
        let found = if amounts.is_empty() { "none".to_string() } else { amounts.join(" and ") };
        same(node, &format!("fees.{id}"), &wanted.to_string(), &found, problems);
    }
}

/// The card stands before the cards of these routes.
fn expect_order(node: &Node, report: &Report, place: usize, problems: &mut Problems) {
    let after: Vec<&str> = report.cards.iter().skip(place + 1).map(|card| card.route.as_str()).collect();
    names(node, "rank-before", |_| true, |route| after.contains(&route), &after, problems);
}

/// A promised day holds: time is in the way on its eve, and no longer on the day. `"none"` where no day is known.
fn expect_not_before(node: &Node, card: &Card, problems: &mut Problems, on: impl Fn(Date) -> Report, route: &Route) {
    let Some(wanted) = node.table.get("not-before") else { return };
    let day = read::date(wanted);
    let none = wanted.as_str() == Some("none");
    if day.is_none() && !none {
        problems.add(node.file, node.at("not-before"), "is no day", "write a date such as 2027-03-02, or \"none\"");
        return;
    }
    let shown = |day: Option<Date>| day.map_or("none".to_string(), |day| day.to_string());
    same(node, "not-before", &shown(day), &shown(card.fit.as_ref().and_then(|fit| fit.not_before)), problems);
    let Some(day) = day else { return };
    for (on_day, wanted) in [(day.plus_days(-1), true), (day, false)] {
        if waits(route, &on(on_day)) != wanted {
            problems.add(
                node.file,
                node.at("not-before"),
                if wanted {
                    format!("time is not in the way on {on_day}, its eve")
                } else {
                    format!("time is still in the way on {on_day}")
                },
                CURE,
            );
        }
    }
}

/// Is a criterion in the way that time alone will meet? Whatever else may be in the way too.
fn waits(route: &Route, report: &Report) -> bool {
    let time = |id: &str| route.criteria.iter().any(|c| c.id == id && c.if_no == IfNo::Time && c.in_force.contains(report.as_of));
    let reasons = report.cards.iter().filter(|card| card.route == route.id).flat_map(|card| &card.reasons);
    reasons.filter(|reason| reason.truth == Truth::No).any(|reason| time(&reason.criterion))
}

/// What a case may say of a route, beside its cautions.
const CARD: &[&str] =
    &["door", "fit", "missing", "not-before", "come-back", "find-out", "sharper", "steps", "steps-not", "fees", "fees-not", "rank-before"];
const CAUTIONS: &[&str] = &["cautions", "cautions-not", "tier", "tells", "clause", "until", "certainty"];

/// The cautions that are there and not there, and what one that is named says.
fn cautions(node: &Node, pack: &Pack, found: &[Caution], problems: &mut Problems) {
    let all: Vec<String> = found.iter().map(|c| format!("{} {}", c.id, c.clause)).collect();
    for key in ["cautions", "cautions-not"] {
        names(node, key, |name| may_be_said(pack, name), |name| said(found, name), &all, problems);
    }
    for key in ["tier", "clause", "certainty", "until", "tells"] {
        for (id, wanted) in node.opt_table(key, problems).iter().flat_map(|table| table.table) {
            let at = format!("{key}.{id}");
            let Some(caution) = found.iter().find(|caution| caution.id == *id) else {
                problems.add(node.file, node.at(&at), format!("is missing; there are: {}", all.join(", ")), CURE);
                continue;
            };
            let list = |mut words: Vec<String>| {
                words.sort();
                words.join(", ")
            };
            let wanted = match wanted {
                Value::Array(words) => list(words.iter().filter_map(Value::as_str).map(str::to_string).collect()),
                Value::String(word) => word.clone(),
                other => other.to_string(),
            };
            let found = match key {
                "tier" => text(&caution.tier),
                "clause" => caution.clause.clone(),
                "certainty" => text(&caution.certainty),
                "until" => caution.values.until.map_or("none".to_string(), |day| day.to_string()),
                _ => list(caution.tells.iter().map(text).collect()),
            };
            same(node, &at, &wanted, &found, problems);
        }
    }
}

/// Is it said? A caution, a tell of any of them, or one caution's own clause or tell: `old-order/do-not-file`.
fn said(found: &[Caution], name: &str) -> bool {
    let tells = |caution: &Caution, tell: &str| caution.tells.iter().any(|t| text(t) == tell);
    match name.split_once('/') {
        Some((id, part)) => found.iter().any(|c| c.id == id && (c.clause == part || tells(c, part))),
        None => found.iter().any(|c| c.id == name || tells(c, name)),
    }
}

/// Can it be said at all under these rules?
fn may_be_said(pack: &Pack, name: &str) -> bool {
    let (id, part) = name.split_once('/').unwrap_or((name, ""));
    let rule = pack.cautions.iter().find(|rule| rule.id == id);
    match part {
        "" => rule.is_some() || word::<Tell>(id).is_some(),
        part => rule.is_some_and(|rule| word::<Tell>(part).is_some() || rule.clauses.iter().any(|clause| clause.id == part)),
    }
}

const CURE: &str = "correct the rule, or the case if the law says so";

/// Each name under a key is one that could be in the report, and is there or, under a key that says `not`, is not.
fn names<T: AsRef<str>>(
    node: &Node,
    key: &str,
    could: impl Fn(&str) -> bool,
    has: impl Fn(&str) -> bool,
    all: &[T],
    problems: &mut Problems,
) {
    let wanted = !key.ends_with("-not");
    for name in node.strings(key, problems) {
        if !could(&name) {
            problems.add(node.file, node.at(key), format!("nothing here is called `{name}`"), "correct the name");
        } else if has(&name) != wanted {
            let all = all.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
            let message = if wanted { format!("`{name}` is missing; there are: {all}") } else { format!("`{name}` is there") };
            problems.add(node.file, node.at(key), message, CURE);
        }
    }
}

fn same(node: &Node, key: &str, wanted: &str, found: &str, problems: &mut Problems) {
    if wanted != found {
        problems.add(node.file, node.at(key), format!("expected {wanted}, found {found}"), CURE);
    }
}

/// The word of a closed list as the report writes it.
fn text(word: &impl serde::Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}
