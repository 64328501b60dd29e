//! What a change of the rules changes: which cases and which made-up families flip, on which card, because of which lines.
//!
//! This is what an attorney signs. It compares outcomes, not texts, and says of each changed line who reaches it: of one that nobody
//! reaches, nothing here can show what it does.

use super::answers::{read_answers, to_json};
use super::case::Case;
use super::parse::Loaded;
use super::population::families;
use super::reach::Statement;
use super::{Problem, Problems, Written};
use crate::date::Date;
use crate::evaluate::Effective;
use crate::fact::Answers;
use crate::outcome::{Outcome, outcomes};
use crate::pack::{FitState, Pack};
use crate::report::{Certainty, Report};
use crate::screen::{screen_cards, screen_today};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// A change of one card for one family.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flip {
    /// The case, or the number of a made-up family and its day.
    pub who: String,
    /// The route whose card it is.
    pub card: String,
    /// What was said before, and what is said now.
    pub what: String,
    /// The lines of the rules behind it.
    pub because: Vec<String>,
}

/// A statement that is not the same in two sets of rules, and who reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file, the line, and what stands there.
    pub place: String,
    /// So many cases reach it, before the change or after.
    pub cases: usize,
    /// So many made-up families do.
    pub families: usize,
    /// So many changes rest on it.
    pub flips: usize,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { place, cases, families, flips } = self;
        if *cases == 0 && *families == 0 && *flips == 0 {
            return write!(f, "{place}\n    !!! NOBODY REACHES THIS LINE: no case and no made-up family. Write a case that does.");
        }
        write!(f, "{place}\n    {cases} cases and {families} made-up families reach it; {flips} changes rest on it")
    }
}

/// What two sets of rules say differently.
pub struct Difference {
    /// Every statement that is not the same in both.
    pub lines: Vec<Line>,
    /// What changes for whom.
    pub flips: Vec<Flip>,
    /// So many cases were looked at.
    pub cases: usize,
    /// So many made-up families were.
    pub families: usize,
}

/// One side of the comparison.
struct Side {
    loaded: Loaded,
    statements: Vec<Statement>,
}

/// Somebody looked at, under both sets of rules.
struct Person {
    who: String,
    as_of: Date,
    answers: Json,
}

/// Compares two folders of rules over every case of both, and over `count` made-up families.
pub fn diff(old: &Path, new: &Path, count: usize) -> Result<Difference, Vec<Problem>> {
    let mut problems = Problems::default();
    let (old_cases, old) = side(old, &mut problems).ok_or_else(|| problems.0.clone())?;
    let (cases, new) = side(new, &mut problems).ok_or_else(|| problems.0.clone())?;
    let mut people: Vec<Person> = Vec::new();
    let known: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    for case in cases.iter().chain(old_cases.iter().filter(|case| !known.contains(case.id.as_str()))) {
        people.push(Person { who: case.id.clone(), as_of: case.as_of, answers: case.answers.clone() });
    }
    let saved = people.len();
    let today = new.loaded.pack.confirmed_through;
    for (number, family) in families(&new.loaded.pack, &cases, today, count).into_iter().enumerate() {
        people.push(Person { who: format!("family {number} on {}", family.as_of), as_of: family.as_of, answers: family.answers });
    }
    let changed = changed(&old.statements, &new.statements);
    let line = |statement: &&Statement| Line { place: statement.place(), cases: 0, families: 0, flips: 0 };
    let mut lines: Vec<Line> = changed.iter().map(line).collect();
    let shown = Shown::of(&old, &new, &changed);
    let mut flips = Vec::new();
    for (number, person) in people.iter().enumerate() {
        for place in reached(person, &old, &new, &changed) {
            if let Some(line) = lines.get_mut(place) {
                *(if number < saved { &mut line.cases } else { &mut line.families }) += 1;
            }
        }
        flips.extend(flips_of(person, &old, &new, &changed, &shown));
    }
    for line in &mut lines {
        line.flips = flips.iter().filter(|flip: &&Flip| flip.because.contains(&line.place)).count();
    }
    Ok(Difference { lines, flips, cases: saved, families: people.len() - saved })
}

fn side(folder: &Path, problems: &mut Problems) -> Option<(Vec<Case>, Side)> {
    let Written { folder: read, loaded, cases, .. } = Written::read(folder, problems)?;
    let mut statements = Vec::new();
    let mut names: Vec<String> = ["facts.toml", "conditions.toml", "measures.toml", "contradictions.toml"].map(String::from).to_vec();
    names.extend(["grounds", "routes", "cautions"].iter().flat_map(|sub| read.files(sub)).map(|node| node.file.to_string()));
    for name in names {
        statements_of(folder, &name, &mut statements);
    }
    Some((cases, Side { loaded, statements }))
}

/// Each table of a file with its line: the tables of a kind stand in the text in the order in which they are read.
fn statements_of(folder: &Path, file: &str, all: &mut Vec<Statement>) {
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else { return };
    let Ok(table) = text.parse::<toml::Table>() else { return };
    for (header, value) in &table {
        let rows = value.as_array().filter(|rows| rows.iter().all(toml::Value::is_table));
        let Some(rows) = rows else {
            let line = text.lines().position(|line| line.starts_with(&format!("{header} ="))).unwrap_or(0) + 1;
            let (header, id, apart, value) = (header.clone(), String::new(), String::new(), to_json(value));
            all.push(Statement { file: file.into(), header, id, apart, line, value });
            continue;
        };
        let opening = format!("[[{header}]]");
        let lines = text.lines().enumerate().filter(|(_, line)| line.starts_with(&opening)).map(|(at, _)| at + 1);
        for (row, line) in rows.iter().zip(lines) {
            let key = |key: &str| row.get(key).map(|value| value.to_string().trim_matches('"').to_string());
            let id = [key("id"), key("from")].into_iter().flatten().collect::<Vec<_>>().join(" from ");
            // A cell has no id of its own: the benefits tell it from the others.
            let apart = [key("ground"), key("classes")].into_iter().flatten().collect::<Vec<_>>().join(" ");
            all.push(Statement { file: file.into(), header: header.clone(), id, apart, line, value: to_json(row) });
        }
    }
}

/// The statements that one side lacks or has in another wording. One that only the old side has is named as it stood there.
fn changed<'a>(old: &'a [Statement], new: &'a [Statement]) -> Vec<&'a Statement> {
    let by_key = |side: &'a [Statement]| -> BTreeMap<_, &'a Statement> { side.iter().map(|s| (s.key(), s)).collect() };
    let (before, after) = (by_key(old), by_key(new));
    let differs = |statement: &&&Statement| before.get(&statement.key()).is_none_or(|old| old.value != statement.value);
    let mut all: Vec<&Statement> = after.values().filter(differs).copied().collect();
    all.extend(before.iter().filter(|(key, _)| !after.contains_key(*key)).map(|(_, statement)| *statement));
    all
}

/// The routes of which the steps or the fees have to be looked at, because a change can be behind them.
struct Shown {
    steps: BTreeSet<String>,
    fees: BTreeSet<String>,
}

impl Shown {
    fn of(old: &Side, new: &Side, changed: &[&Statement]) -> Shown {
        let route = |statement: &Statement| statement.file.strip_prefix("routes/")?.strip_suffix(".toml").map(String::from);
        let mut shown =
            Shown { steps: BTreeSet::new(), fees: changed.iter().filter(|s| s.header == "fee").filter_map(|s| route(s)).collect() };
        for step in old.statements.iter().chain(&new.statements).filter(|statement| statement.header == "step") {
            let direct = changed.iter().any(|other| other.header == "step" && other.file == step.file);
            if direct || !resting([step].into_iter(), new, changed).is_empty() {
                shown.steps.extend(route(step));
            }
        }
        shown
    }

    /// The steps and the fees that come or go on the cards of a person.
    fn turns(&self, person: &Person, before: (&Pack, &Answers), after: (&Pack, &Answers)) -> Vec<(String, Turn)> {
        let mut found = Vec::new();
        if !self.steps.is_empty() {
            let steps = |(pack, answers): (&Pack, &Answers)| -> BTreeMap<String, Vec<String>> {
                let report = screen_cards(pack, person.as_of, answers, &|route| self.steps.contains(&route.id));
                report.cards.into_iter().map(|card| (card.route, card.next_steps.into_iter().map(|step| step.id).collect())).collect()
            };
            let (old, new) = (steps(before), steps(after));
            for route in &self.steps {
                let of = |side: &BTreeMap<String, Vec<String>>| side.get(route).cloned().unwrap_or_default();
                let turn = |word: &str, step: &String| {
                    (route.clone(), Turn { part: Part::Step(step.clone()), what: format!("step {word}: {step}") })
                };
                let (old, new) = (of(&old), of(&new));
                found.extend(old.iter().filter(|step| !new.contains(step)).map(|step| turn("gone", step)));
                found.extend(new.iter().filter(|step| !old.contains(step)).map(|step| turn("new", step)));
            }
        }
        for route in &self.fees {
            let fees = |pack: &Pack| -> BTreeMap<String, i32> {
                let mine = pack.routes.iter().filter(|known| known.id == *route).flat_map(|route| &route.fees);
                mine.filter(|fee| fee.in_force.contains(person.as_of)).map(|fee| (fee.id.clone(), fee.amount)).collect()
            };
            let (old, new) = (fees(before.0), fees(after.0));
            let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            let amount = |side: &BTreeMap<String, i32>, id: &String| side.get(id).map_or("none".to_string(), i32::to_string);
            for id in ids.into_iter().filter(|id| old.get(*id) != new.get(*id)) {
                let what = format!("fee {id} {} -> {}", amount(&old, id), amount(&new, id));
                found.push((route.clone(), Turn { part: Part::Fee(id.clone()), what }));
            }
        }
        found
    }
}

/// The changed statements that a person reaches under the rules that have them, by their places.
fn reached(person: &Person, old: &Side, new: &Side, changed: &[&Statement]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for side in [old, new].into_iter().filter(|_| !changed.is_empty()) {
        let pack = &side.loaded.pack;
        let answers = readable(pack, &person.answers);
        let effective = Effective::new(pack, &answers, person.as_of);
        let context = effective.context(pack, person.as_of);
        let report = changed.iter().any(|statement| statement.needs_report(pack)).then(|| screen_today(pack, person.as_of, &answers));
        found.extend((0..).zip(changed).filter(|(_, statement)| statement.reaches(&context, report.as_ref())).map(|(place, _)| place));
    }
    found
}

/// What changes for one person.
fn flips_of(person: &Person, old: &Side, new: &Side, changed: &[&Statement], shown: &Shown) -> Vec<Flip> {
    let (before, after) = (&old.loaded.pack, &new.loaded.pack);
    let (mine_before, mine_after) = (readable(before, &person.answers), readable(after, &person.answers));
    let said_before = by_route(before, outcomes(before, person.as_of, &mine_before));
    let said_after = by_route(after, outcomes(after, person.as_of, &mine_after));
    let routes: BTreeSet<&String> = said_before.keys().chain(said_after.keys()).collect();
    let mut found: Vec<(String, Turn)> = Vec::new();
    for route in routes {
        let turns = turns(said_before.get(route), said_after.get(route));
        found.extend(turns.into_iter().map(|turn| (route.clone(), turn)));
    }
    found.extend(shown.turns(person, (before, &mine_before), (after, &mine_after)));
    // Why a fit turned, only whole reports tell.
    let fits = found.iter().any(|(_, turn)| matches!(turn.part, Part::Fit));
    let reports = fits.then(|| (screen_today(before, person.as_of, &mine_before), screen_today(after, person.as_of, &mine_after)));
    let flip = |(card, turn): (String, Turn)| Flip {
        because: because(&card, &turn, reports.as_ref(), new, changed),
        who: person.who.clone(),
        what: turn.what,
        card,
    };
    found.into_iter().map(flip).collect()
}

/// The answers that a pack knows: a fact that it lacks has not been asked.
fn readable(pack: &Pack, answers: &Json) -> Answers {
    let mut left = answers.as_object().cloned().unwrap_or_default();
    loop {
        match read_answers(pack, &Json::Object(left.clone())) {
            Ok(answers) => return answers,
            Err(error) => {
                let fact = left.keys().filter(|fact| error.key.starts_with(fact.as_str())).max_by_key(|fact| fact.len()).cloned();
                match fact {
                    Some(fact) => left.remove(&fact),
                    None => return Answers::new(),
                };
            }
        }
    }
}

/// What is said on one card, with the cautions and clauses by name.
struct Said {
    outcome: Outcome,
    cautions: Vec<(String, String, Certainty)>,
}

fn by_route(pack: &Pack, said: Vec<Outcome>) -> BTreeMap<String, Said> {
    let named = |(rule, clause, certainty): &(u16, u16, Certainty)| {
        let rule = pack.cautions.get(usize::from(*rule))?;
        Some((rule.id.clone(), rule.clauses.get(usize::from(*clause))?.id.clone(), *certainty))
    };
    let said = said.into_iter().map(|outcome| Said { cautions: outcome.cautions.iter().filter_map(named).collect(), outcome });
    pack.routes.iter().map(|route| route.id.clone()).zip(said).collect()
}

enum Part {
    Door,
    Fit,
    Caution(String),
    Step(String),
    Fee(String),
}

struct Turn {
    part: Part,
    what: String,
}

/// What turned on one card.
fn turns(before: Option<&Said>, after: Option<&Said>) -> Vec<Turn> {
    let mut all = Vec::new();
    let door =
        |said: Option<&Said>| said.map_or("no card".into(), |said| json!(said.outcome.door).as_str().unwrap_or_default().to_string());
    let fit = |said: Option<&Said>| match said.and_then(|said| said.outcome.fit.as_ref()) {
        None => "none".to_string(),
        Some((state, missing)) => [fit_word(*state)].into_iter().chain(missing.clone()).collect::<Vec<_>>().join(" "),
    };
    if door(before) != door(after) {
        all.push(Turn { part: Part::Door, what: format!("door {} -> {}", door(before), door(after)) });
    }
    if fit(before) != fit(after) {
        all.push(Turn { part: Part::Fit, what: format!("fit {} -> {}", fit(before), fit(after)) });
    }
    let cautions = |said: Option<&Said>| said.map(|said| said.cautions.clone()).unwrap_or_default();
    let (old, new) = (cautions(before), cautions(after));
    let said = |(caution, clause, certainty): &(String, String, Certainty)| {
        let maybe = if *certainty == Certainty::Maybe { ", maybe" } else { "" };
        (Part::Caution(caution.clone()), format!("{caution} ({clause}{maybe})"))
    };
    for gone in old.iter().filter(|caution| !new.contains(caution)) {
        let (part, name) = said(gone);
        all.push(Turn { part, what: format!("caution gone: {name}") });
    }
    for come in new.iter().filter(|caution| !old.contains(caution)) {
        let (part, name) = said(come);
        all.push(Turn { part, what: format!("caution new: {name}") });
    }
    all
}

fn fit_word(state: FitState) -> String {
    json!(state).as_str().unwrap_or_default().to_string()
}

/// The changed statements that what turned rests on.
fn because(card: &str, turn: &Turn, reports: Option<&(Report, Report)>, new: &Side, changed: &[&Statement]) -> Vec<String> {
    let route = format!("routes/{card}.toml");
    let direct: Vec<&Statement> = match &turn.part {
        Part::Door => changed.iter().filter(|s| s.file == route && s.header == "door").copied().collect(),
        Part::Step(id) => {
            let mine = |s: &&Statement| s.file == route && s.header == "step" && s.name() == id;
            resting(new.statements.iter().filter(mine).chain(changed.iter().copied().filter(mine)), new, changed)
        }
        Part::Fee(id) => changed.iter().filter(|s| s.file == route && s.header == "fee" && s.name() == id).copied().collect(),
        Part::Caution(id) => {
            let file = format!("cautions/{id}.toml");
            let clauses = new.statements.iter().filter(|s| s.file == file);
            return lines(resting(clauses.chain(changed.iter().copied().filter(|s| s.file == file)), new, changed));
        }
        Part::Fit => {
            let truths = |report: Option<&Report>| -> BTreeMap<String, String> {
                let mine = report.and_then(|report| report.cards.iter().find(|c| c.route == card));
                let reasons = mine.into_iter().flat_map(|c| &c.reasons);
                reasons.map(|reason| (reason.criterion.clone(), json!(reason.truth).to_string())).collect()
            };
            let (old, after) = (truths(reports.map(|both| &both.0)), truths(reports.map(|both| &both.1)));
            let turned: Vec<&String> =
                old.keys().chain(after.keys()).filter(|criterion| old.get(*criterion) != after.get(*criterion)).collect();
            let criteria = |s: &&Statement| s.file == route && s.header == "criterion";
            let mine = |s: &&Statement| criteria(s) && turned.iter().any(|id| *id == s.name());
            let found = resting(new.statements.iter().filter(mine).chain(changed.iter().copied().filter(mine)), new, changed);
            if !found.is_empty() {
                return lines(found);
            }
            // What a "no" means changed, or a question on trouble stands before the fit.
            changed.iter().filter(|s| criteria(s) || s.file.starts_with("cautions/") || s.file.starts_with("grounds/")).copied().collect()
        }
    };
    lines(if direct.is_empty() { changed.to_vec() } else { direct })
}

fn lines(mut statements: Vec<&Statement>) -> Vec<String> {
    statements.sort_by_key(|s| s.key());
    statements.dedup_by_key(|s| s.key());
    statements.into_iter().map(Statement::place).collect()
}

/// The changed statements among these and all that they name: conditions, measures, and facts with what they apply by.
fn resting<'a>(of: impl Iterator<Item = &'a Statement>, new: &'a Side, changed: &[&'a Statement]) -> Vec<&'a Statement> {
    let mut open: Vec<&Statement> = of.collect();
    let mut seen: Vec<*const Statement> = Vec::new();
    let mut found = Vec::new();
    while let Some(statement) = open.pop() {
        if seen.contains(&std::ptr::from_ref(statement)) {
            continue;
        }
        seen.push(statement);
        if changed.iter().any(|other| std::ptr::eq(*other, statement)) {
            found.push(statement);
        }
        let mut names = BTreeSet::new();
        named(&statement.value, &mut names);
        let shared = ["facts.toml", "conditions.toml", "measures.toml"];
        let all = new.statements.iter().chain(changed.iter().copied());
        open.extend(all.filter(|s| shared.contains(&s.file.as_str()) && names.contains(s.name())));
    }
    found
}

/// Every text in a statement: the names of facts, conditions and measures are among them.
fn named<'a>(value: &'a Json, names: &mut BTreeSet<&'a str>) {
    match value {
        Json::String(text) => {
            names.insert(text);
        }
        Json::Array(items) => items.iter().for_each(|item| named(item, names)),
        Json::Object(map) => map.values().for_each(|item| named(item, names)),
        _ => {}
    }
}
