//! Law cases: a family, a day, and what the law says of them. They stand beside the rules and run with them.

use super::Problems;
use super::answers::{read_answers, to_json};
use super::read::{self, Node};
use crate::date::Date;
use crate::fact::Answers;
use crate::pack::Pack;
use crate::report::{Card, Caution, Report};
use crate::screen::screen_today;
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

/// A case with the report that the engine gives.
pub struct CaseResult {
    pub report: Report,
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
            let days: Vec<Date> = match node.table.get("as-of") {
                Some(Value::Array(days)) => days.iter().filter_map(read::date).collect(),
                Some(day) => read::date(day).into_iter().collect(),
                None => Vec::new(),
            };
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
    pub fn run(&self, pack: &Pack, problems: &mut Problems) -> CaseResult {
        let report = screen_today(pack, self.as_of, &self.answers(pack));
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
            if about == "report" {
                node.only(&["cautions", "cautions-not", "next", "stop"], problems);
                cautions(&node, &report.cautions, problems);
                if let Some(next) = node.opt_str("next", problems) {
                    same(&node, "next", &next, report.next.as_deref().unwrap_or("null"), problems);
                }
                if let Some(stop) = node.opt_bool("stop", problems) {
                    same(&node, "stop", &stop.to_string(), &report.stop.to_string(), problems);
                }
                continue;
            }
            match report.cards.iter().find(|card| card.route == *about) {
                Some(card) => expect_card(&node, card, problems),
                None => problems.add(&self.file, &node.key, "no such route", "name a route, or report"),
            }
        }
        CaseResult { report }
    }
}

fn expect_card(node: &Node, card: &Card, problems: &mut Problems) {
    node.only(&["door", "fit", "missing", "not-before", "cautions", "cautions-not", "find-out", "sharper"], problems);
    if let Some(door) = node.opt_str("door", problems) {
        same(node, "door", &door, &text(&card.door.state), problems);
    }
    if let Some(fit) = node.opt_str("fit", problems) {
        let found = card.fit.as_ref().map_or("null".to_string(), |fit| text(&fit.state));
        let why: Vec<String> = card
            .reasons
            .iter()
            .filter(|r| r.truth != crate::truth::Truth::Yes)
            .map(|r| format!("{} {}", r.criterion, text(&r.truth)))
            .collect();
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
    if let Some(day) = node.opt_date("not-before", problems) {
        let found = card.fit.as_ref().and_then(|fit| fit.not_before).map_or("null".to_string(), |day| day.to_string());
        same(node, "not-before", &day.to_string(), &found, problems);
    }
    for fact in node.strings("find-out", problems) {
        if !card.find_out.iter().any(|found| found.fact == fact) {
            let found: Vec<&str> = card.find_out.iter().map(|f| f.fact.as_str()).collect();
            problems.add(
                node.file,
                node.at("find-out"),
                format!("`{fact}` is not among: {}", found.join(", ")),
                "correct the rule or the case",
            );
        }
    }
    if let Some(wanted) = node.opt_str("sharper", problems) {
        let found: Vec<String> =
            card.find_out.iter().flat_map(|f| &f.sharper).map(|s| format!("{} {} {}", s.fact, text(&s.relation), s.date)).collect();
        same(node, "sharper", &wanted, &found.join("; "), problems);
    }
    cautions(node, &card.cautions, problems);
}

fn cautions(node: &Node, found: &[Caution], problems: &mut Problems) {
    let has = |id: &str| found.iter().any(|c| c.id == id || c.tells.iter().any(|tell| text(tell) == id));
    let ids = || found.iter().map(|c| format!("{} {}", c.id, c.clause)).collect::<Vec<_>>().join(", ");
    for id in node.strings("cautions", problems).iter().filter(|id| !has(id)) {
        problems.add(node.file, node.at("cautions"), format!("`{id}` is missing; there are: {}", ids()), "correct the rule or the case");
    }
    for id in node.strings("cautions-not", problems).iter().filter(|id| has(id)) {
        problems.add(node.file, node.at("cautions-not"), format!("`{id}` is there"), "correct the rule or the case");
    }
}

fn same(node: &Node, key: &str, wanted: &str, found: &str, problems: &mut Problems) {
    if wanted != found {
        problems.add(
            node.file,
            node.at(key),
            format!("expected {wanted}, found {found}"),
            "correct the rule, or the case if the law says so",
        );
    }
}

/// The word of a closed list as the report writes it.
fn text(word: &impl serde::Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}
