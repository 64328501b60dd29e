//! Law cases: a family, a day, and what the law says of them. They stand beside the rules and run with them.
//!
//! A case can say everything that a report says. What it names must exist, so that "is not there" is never true of a
//! misspelt word, and a day that is promised is tested: on its eve it is not so yet, on the day it is.

use super::Problems;
use super::answers::{read_answers, to_json};
use super::parse::{text, word};
use super::read::{self, File, Folder, Node};
use super::seen::Seen;
use crate::date::Date;
use crate::fact::Answers;
use crate::pack::{Effect, IfNo, Pack, Route, StepKind, Tell};
use crate::report::{Card, Caution, Report};
use crate::screen::{ASK_BEFORE, IN_THE_FUTURE, NO_SUCH_DAY, screen, screen_today};
use crate::truth::Truth;
use serde_json::{Map, Value as Json};
use toml::{Table, Value};

/// What only the reports of other days can show: when a card changes by itself, and of that what it changes with a caution.
pub const AHEAD: &str = "(other days)";
pub const COME_BACK: &str = "(dates to come back)";
/// In which tier a caution is said, what it tells, and what follows from that.
pub const SAID: &str = "(what is told)";
/// Answers that contradict each other.
pub const PROBLEMS: &str = "(problems)";
/// What depends on more than one card.
pub const WHOLE: &str = "(the whole report)";

/// One case on one day.
#[derive(Clone, Debug)]
pub struct Case {
    /// The id in its file, with the day behind it.
    pub id: String,
    /// The file, relative to the folder of the rules.
    pub file: String,
    /// The day that is looked at.
    pub as_of: Date,
    /// The answers as the JavaScript API takes them, base included.
    pub answers: Json,
    /// The law that it was written from.
    pub source: String,
    /// How sure its author was of that: `high`, `medium` or `low`.
    pub confidence: String,
    expect: Table,
}

/// The family that cases start from, and what goes with a fact when a case gives it.
pub struct Base {
    answers: Map<String, Json>,
    given: Vec<(String, Map<String, Json>)>,
}

impl Base {
    /// Reads it.
    pub(super) fn read(folder: &Folder, pack: &Pack, problems: &mut Problems) -> Base {
        let mut base = Base { answers: Map::new(), given: Vec::new() };
        let Some(root) = folder.file("cases/base.toml", problems) else { return base };
        base.answers = answers_of(&root, "answers", problems);
        for (key, node) in root.opt_table("given", problems).iter().flat_map(|given| given.names().into_iter().map(move |key| (key, given)))
        {
            let (id, option) = key.split_once('=').map_or((key, None), |(id, option)| (id, Some(option)));
            let fact = pack.facts.iter().find(|fact| fact.id == id);
            if !fact.is_some_and(|fact| option.is_none_or(|option| fact.options.iter().any(|o| o == option))) {
                problems.add(node.file, node.at(key), "is no fact, or no option of it", "write \"fact\" or \"fact=option\"");
            }
            let extra = answers_of(node, key, problems);
            if let Err(error) = read_answers(pack, &Json::Object(extra.clone())) {
                problems.add(node.file, format!("{}.{}", node.at(key), error.key), error.message, "correct the answer");
            }
            base.given.push((key.to_string(), extra));
        }
        base
    }

    /// The base, what goes with the facts that are given, and over both the facts themselves.
    pub fn with(&self, mine: &Map<String, Json>) -> Json {
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
        // A fact of the base that is taken back, not asked yet. One that is not there stays, and reading refuses it.
        for (key, value) in mine {
            if value.as_str() == Some("not-asked") && all.contains_key(key) {
                all.shift_remove(key);
            } else {
                all.insert(key.clone(), value.clone());
            }
        }
        Json::Object(all)
    }
}

/// Answers as they stand in a file; reading them against the facts is another matter.
pub fn answers_of(node: &Node, key: &str, problems: &mut Problems) -> Map<String, Json> {
    let answers = node.opt_table(key, problems);
    answers
        .into_iter()
        .flat_map(|table| table.names().into_iter().filter_map(move |id| Some((id.to_string(), to_json(table.value(id)?)))))
        .collect()
}

/// Reads every case of a folder of rules, one for each of its days.
pub fn read_all(folder: &Folder, pack: &Pack, base: &Base, problems: &mut Problems) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for root in folder.files("cases").into_iter().filter(|root| !["cases/base.toml", "cases/grounds.toml"].contains(&root.file)) {
        for node in root.tables("case", problems) {
            let id = node.id("id", problems);
            if !seen.insert(id.clone()) {
                problems.add(node.file, &node.key, "this id stands twice", "give each case its own id");
            }
            node.note(problems);
            let (source, confidence) = (node.str("source", problems), node.str("confidence", problems));
            if !["high", "medium", "low"].contains(&confidence.as_str()) {
                problems.add(node.file, node.at("confidence"), format!("unknown word `{confidence}`"), "use high, medium or low");
            }
            let mine = answers_of(&node, "answers", problems);
            let answers = match node.opt_str("base", problems).as_deref() {
                Some("plain") => base.with(&mine),
                None => Json::Object(mine),
                Some(other) => {
                    problems.add(node.file, node.at("base"), format!("unknown base `{other}`"), "write \"plain\"");
                    Json::Object(mine)
                }
            };
            let days = node.dates("as-of", problems);
            let expect = node.value("expect").and_then(Value::as_table).cloned().unwrap_or_default();
            if days.is_empty() || expect.is_empty() {
                problems.add(node.file, &node.key, "no day or nothing expected", "add as-of and expect");
            }
            if let Err(error) = read_answers(pack, &answers) {
                problems.add(node.file, format!("{}.{}", node.key, error.key), error.message, "correct the answer");
                continue;
            }
            for as_of in days {
                cases.push(Case {
                    id: format!("{id}@{as_of}"),
                    file: node.file.to_string(),
                    as_of,
                    answers: answers.clone(),
                    source: source.clone(),
                    confidence: confidence.clone(),
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

    /// Does the case expect something of this? A route or a caution by its id, or one of the words above.
    pub fn expects(&self, what: &str) -> bool {
        let about = |keys: &[&str]| self.expect.values().any(|wanted| keys.iter().any(|key| wanted.get(*key).is_some()));
        match what {
            AHEAD => about(&["come-back", "not-before"]),
            COME_BACK => about(&["come-back"]),
            SAID => about(&["cautions", "cautions-not", "tier", "tells", "until", "stop", "steps", "steps-not"]),
            PROBLEMS => about(&["problems", "problems-not"]),
            WHOLE => self.expect.contains_key("report") || about(&["rank-before", "place"]),
            id => self.expect.contains_key(id) || about(&["tier", "tells", "clause"]) && self.says(id),
        }
    }

    /// The routes that it expects something of.
    pub fn routes(&self) -> impl Iterator<Item = &str> {
        self.expect.keys().map(String::as_str)
    }

    fn says(&self, caution: &str) -> bool {
        let tables = self.expect.values().filter_map(Value::as_table).flat_map(Table::values).filter_map(Value::as_table);
        tables.into_iter().any(|table| table.contains_key(caution))
    }

    /// Screens the case and reports everything that is not as expected.
    pub fn run(&self, pack: &Pack, seen: &mut Seen, problems: &mut Problems) {
        let answers = self.answers(pack);
        let on = |day: Date| if self.expects(COME_BACK) { screen(pack, day, &answers) } else { screen_today(pack, day, &answers) };
        self.judge(pack, on, seen, problems);
    }

    /// The same with whoever screens the family on a day.
    pub fn judge(&self, pack: &Pack, on: impl Fn(Date) -> Report, seen: &mut Seen, problems: &mut Problems) {
        let report = on(self.as_of);
        let expected = File::new(&self.file, self.expect.clone());
        let root = expected.root(&self.id);
        for about in root.names() {
            seen.expects(about);
            seen.report(&report, about);
            let Some(node) = root.opt_table(about, problems) else { continue };
            if node.names().is_empty() {
                problems.add(node.file, &node.key, "expects nothing", "say what the report has to say, or remove it");
            }
            let card = report.cards.iter().zip(0..).find(|(card, _)| card.route == *about);
            match (card, pack.routes.iter().find(|route| route.id == *about)) {
                _ if about == "report" => expect_report(&node, pack, &report, problems),
                (Some((card, place)), Some(route)) => {
                    expect_card(&node, pack, card, problems);
                    expect_steps(&node, route, card, problems);
                    expect_order(&node, &report, place, problems);
                    expect_not_before(&node, card, problems, &on, route);
                }
                _ => {
                    problems.add(node.file, &node.key, "no such route", "name a route, or report");
                    node.leave();
                }
            }
        }
        expected.unread(problems);
    }
}

fn expect_report(node: &Node, pack: &Pack, report: &Report, problems: &mut Problems) {
    cautions(node, pack, &report.cautions, problems);
    if let Some(next) = node.opt_str("next", problems) {
        same(node, "next", &next, report.next.as_deref().unwrap_or("null"), problems);
    }
    for (key, found) in [("stop", report.stop), ("first-pass-done", report.first_pass_done)] {
        if let Some(wanted) = node.opt_bool(key, problems) {
            same(node, key, &wanted.to_string(), &found.to_string(), problems);
        }
    }
    let plan: Vec<String> = report.plan.iter().map(|step| format!("{}/{}", step.route, step.step)).collect();
    for (key, found) in [("urgent", &report.urgent), ("plan", &plan)] {
        if node.has(key) {
            same(node, key, &node.list(key, problems).join(", "), &found.join(", "), problems);
        }
    }
    let found: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    let is_code = |code: &str| [NO_SUCH_DAY, IN_THE_FUTURE].contains(&code) || pack.contradictions.iter().any(|c| c.id == code);
    for key in ["problems", "problems-not"] {
        names(node, key, is_code, |code| found.contains(&code), &found, problems);
    }
    if node.peek("problems").and_then(Value::as_array).is_some_and(Vec::is_empty) && !found.is_empty() {
        same(node, "problems", "none", &found.join(", "), problems);
    }
}

fn expect_card(node: &Node, pack: &Pack, card: &Card, problems: &mut Problems) {
    if let Some(door) = node.opt_str("door", problems) {
        same(node, "door", &door, &text(&card.door.state), problems);
    }
    if let Some(fit) = node.opt_str("fit", problems) {
        let found = card.fit.as_ref().map_or("null".to_string(), |fit| text(&fit.state));
        let mut why: Vec<String> =
            card.reasons.iter().filter(|r| r.truth != Truth::Yes).map(|r| format!("{} {}", r.criterion, text(&r.truth))).collect();
        why.extend(card.grounds.iter().map(|ground| format!("{} {} {}", ground.id, text(&ground.certainty), text(&ground.effect))));
        same(node, "fit", &fit, &found, problems);
        if fit != found && !why.is_empty() {
            problems.add(node.file, node.at("fit"), format!("because of: {}", why.join(", ")), "look at these criteria");
        }
    }
    if let Some(place) = node.opt_str("place", problems) {
        same(node, "place", &place, &text(&card.place), problems);
    }
    if node.has("missing") {
        let mut wanted = node.list("missing", problems);
        let mut found = card.fit.as_ref().map(|fit| fit.missing.clone()).unwrap_or_default();
        wanted.sort();
        found.sort();
        same(node, "missing", &wanted.join(", "), &found.join(", "), problems);
    }
    let found: Vec<&str> = card.find_out.iter().map(|f| f.fact.as_str()).collect();
    names(node, "find-out", |_| true, |fact| found.contains(&fact), &found, problems);
    if node.has("asks-first") {
        let wanted = node.list("asks-first", problems);
        let first: Vec<&str> = found.iter().take(wanted.len()).copied().collect();
        same(node, "asks-first", &wanted.join(", "), &first.join(", "), problems);
    }
    let alone: Vec<&str> = card.find_out.iter().filter(|f| f.alone).map(|f| f.fact.as_str()).collect();
    let found: Vec<&str> = card.grounds.iter().map(|ground| ground.id.as_str()).collect();
    for key in ["grounds", "grounds-not"] {
        let known = |id: &str| pack.grounds.iter().any(|ground| ground.id == id);
        names(node, key, known, |id| found.contains(&id), &found, problems);
    }
    for key in ["alone", "alone-not"] {
        names(node, key, |fact| pack.facts.iter().any(|known| known.id == fact), |fact| alone.contains(&fact), &alone, problems);
    }
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
    let is_step = |id: &str| id == ASK_BEFORE || route.steps.iter().any(|step| step.id == id);
    // A step, a kind, or both of one step: `help/lawyer-checks-first`.
    let known = |name: &str| match name.split_once('/') {
        Some((kind, id)) => word::<StepKind>(kind).is_some() && is_step(id),
        None => is_step(name) || word::<StepKind>(name).is_some(),
    };
    let has = |name: &str| {
        card.next_steps.iter().any(|step| match name.split_once('/') {
            Some((kind, id)) => step.id == id && text(&step.kind) == kind,
            None => step.id == name || text(&step.kind) == name,
        })
    };
    for key in ["steps", "steps-not"] {
        names(node, key, known, has, &found, problems);
    }
    let found: Vec<&str> = card.fees.iter().map(|fee| fee.id.as_str()).collect();
    let known = |id: &str| route.fees.iter().any(|fee| fee.id == id);
    names(node, "fees-not", known, |id| found.contains(&id), &found, problems);
    for (id, wanted) in node.opt_table("fees", problems).iter().flat_map(named) {
        let amounts: Vec<String> = card.fees.iter().filter(|fee| fee.id == id).map(|fee| fee.amount.to_string()).collect();
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
    let Some(wanted) = node.value("not-before") else { return };
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

/// Is a criterion or a ground in the way that time alone will meet? Whatever else may be in the way too.
fn waits(route: &Route, report: &Report) -> bool {
    let time = |id: &str| route.criteria.iter().any(|c| c.id == id && c.if_no == IfNo::Time && c.in_force.contains(report.as_of));
    report.cards.iter().find(|card| card.route == route.id).is_some_and(|card| {
        card.reasons.iter().filter(|reason| reason.truth == Truth::No).any(|reason| time(&reason.criterion))
            || card.grounds.iter().any(|ground| ground.effect == Effect::Until && ground.until.is_some())
    })
}

/// The cautions that are there and not there, and what one that is named says.
fn cautions(node: &Node, pack: &Pack, found: &[Caution], problems: &mut Problems) {
    let all: Vec<String> = found.iter().map(|c| format!("{} {}", c.id, c.clause)).collect();
    for key in ["cautions", "cautions-not"] {
        names(node, key, |name| may_be_said(pack, name), |name| said(found, name), &all, problems);
    }
    for key in ["tier", "clause", "certainty", "until", "tells"] {
        for (id, wanted) in node.opt_table(key, problems).iter().flat_map(named) {
            let at = format!("{key}.{id}");
            let Some(caution) = found.iter().find(|caution| caution.id == id) else {
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
    // Only of problems "none at all" can be expected; it is looked at where they are.
    let all_names = if key == "problems" { node.list(key, problems) } else { node.strings(key, problems) };
    for name in all_names {
        if !could(&name) {
            problems.add(node.file, node.at(key), format!("nothing here is called `{name}`"), "correct the name");
        } else if has(&name) != wanted {
            let all = all.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
            let message = if wanted { format!("`{name}` is missing; there are: {all}") } else { format!("`{name}` is there") };
            problems.add(node.file, node.at(key), message, CURE);
        }
    }
}

/// What stands in a table under names of the author's own.
fn named<'a>(table: &Node<'a>) -> Vec<(&'a str, &'a Value)> {
    table.names().into_iter().filter_map(|name| Some((name, table.value(name)?))).collect()
}

fn same(node: &Node, key: &str, wanted: &str, found: &str, problems: &mut Problems) {
    if wanted != found {
        problems.add(node.file, node.at(key), format!("expected {wanted}, found {found}"), CURE);
    }
}
