//! The screens that a person meets: which facts each settles, and by which lines, questions and entries.
//!
//! Every question of the rules is on one of them. What a line means is said in facts and options, so that boxes and single questions
//! are two ways to the same answers. How a screen looks is no business of this module, and its words are in the language files.

use super::super::Problems;
use super::super::read::{Folder, Node};
use super::distinct;
use crate::fact::{Fact, Kind};
use crate::pack::Screen;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

const FILE: &str = "screens.toml";
/// The most lines of a screen.
const MOST_LINES: usize = 8;

/// The screens, and the parts that they stand in.
#[derive(Default, Serialize)]
pub struct Screens {
    /// The parts, in order.
    pub parts: Vec<String>,
    /// The screens, in order.
    pub screens: Vec<Shown>,
    /// What can be the same for another person of the family.
    pub same: Vec<Same>,
}

/// Answers that are taken along to another person of the family, where somebody says that they are the same.
#[derive(Serialize)]
pub struct Same {
    /// Its id.
    pub id: String,
    /// The facts.
    pub facts: Vec<String>,
}

/// A screen as the page draws it.
#[derive(Serialize)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// The part that it stands in.
    pub part: String,
    /// Exactly one line is chosen.
    #[serde(skip_serializing_if = "is_not")]
    pub one: bool,
    /// The lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<Line>,
    /// Questions with controls of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<String>,
    /// The list that is told here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<Entries>,
    /// "I would rather not say" is offered.
    #[serde(rename = "ratherNot", skip_serializing_if = "is_not")]
    pub rather_not: bool,
}

impl Shown {
    /// The facts that are asked on it with a control of their own or by a line.
    pub fn facts(&self) -> impl Iterator<Item = &String> {
        self.ask.iter().chain(self.boxes.iter().flat_map(Line::facts))
    }
}

/// A line to tick.
#[derive(Serialize)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What a tick says: facts, each with true, false, an option, or `some` for a list.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sets: BTreeMap<String, Says>,
    /// What is chosen under it: a fact, and those of its options that are offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choose: Option<(String, Vec<String>)>,
    /// Left alone it says nothing.
    #[serde(rename = "staysOpen", skip_serializing_if = "is_not")]
    pub stays_open: bool,
}

impl Line {
    /// The facts that it speaks of.
    pub fn facts(&self) -> impl Iterator<Item = &String> {
        self.sets.keys().chain(self.choose.iter().map(|(fact, _)| fact))
    }
}

/// What a tick says of a fact.
#[derive(Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Says {
    /// Yes or no.
    Flag(bool),
    /// An option of a choice or a set, or `some` of a list.
    Word(String),
}

/// The word that opens a list.
pub const SOME: &str = "some";

/// How the entries of a list are told.
#[derive(Serialize)]
pub struct Entries {
    /// The list.
    pub list: String,
    /// The fields of an entry, screen by screen.
    pub steps: Vec<Vec<String>>,
    /// There is an entry for each option that was chosen of this set, as far as the first field has it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The yes-no that is asked beside the first entry, and whose yes means that it is the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub once: Option<String>,
    /// The last one is told first, and earlier ones are put before it.
    #[serde(rename = "latestFirst", skip_serializing_if = "is_not")]
    pub latest_first: bool,
    /// Options in two small steps: the way, its field, and its options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<(String, String, Vec<String>)>,
}

fn is_not(flag: &bool) -> bool {
    !*flag
}

/// Reads the screens, for the page and for the engine. Rules without them ask each question by itself.
pub fn screens(folder: &Folder, facts: &[Fact], unasked: &BTreeSet<String>, problems: &mut Problems) -> (Screens, Vec<Screen>) {
    if !folder.has(FILE) {
        let asked = facts.iter().filter(|fact| !unasked.contains(&fact.id));
        let all = Screens { parts: Vec::new(), screens: asked.map(alone).collect(), same: Vec::new() };
        let of_engine = all.screens.iter().map(|screen| of_engine(screen, facts)).collect();
        return (all, of_engine);
    }
    let Some(file) = folder.file(FILE, problems) else { return Default::default() };
    let nodes = file.tables("screen", problems);
    distinct(&nodes, problems);
    let screens: Vec<Shown> = nodes.iter().map(|node| shown(node, facts, problems)).collect();
    let same = file.tables("same", problems).iter().map(|node| same(node, &screens, problems)).collect();
    let all = Screens { parts: file.ids("parts", problems), screens, same };
    let mut last = 0;
    for (node, screen) in nodes.iter().zip(&all.screens) {
        match all.parts.iter().position(|part| *part == screen.part) {
            Some(place) if place >= last => last = place,
            Some(_) => {
                problems.add(FILE, node.at("part"), "comes after a screen of a later part", "put the screens in the order of their parts")
            }
            None => problems.add(
                FILE,
                node.at("part"),
                format!("unknown part `{}`", screen.part),
                format!("use one of: {}", all.parts.join(", ")),
            ),
        }
    }
    let of_engine = all.screens.iter().map(|screen| of_engine(screen, facts)).collect::<Vec<Screen>>();
    everything_is_asked(facts, unasked, &of_engine, problems);
    (all, of_engine)
}

/// Nothing is taken along of what a person may rather not say: harm, crimes, orders.
fn same(node: &Node, screens: &[Shown], problems: &mut Problems) -> Same {
    let facts = node.must_ids("facts", problems);
    for fact in &facts {
        let asked = screens.iter().find(|screen| screen.facts().any(|other| other == fact));
        if asked.is_none_or(|screen| screen.rather_not) {
            problems.add(FILE, node.at("facts"), format!("`{fact}` is not asked, or is private"), "leave it out");
        }
    }
    Same { id: node.str("id", problems), facts }
}

fn shown(node: &Node, facts: &[Fact], problems: &mut Problems) -> Shown {
    let nodes = node.tables("box", problems);
    distinct(&nodes, problems);
    if nodes.len() > MOST_LINES {
        problems.add(
            FILE,
            &node.key,
            format!("more than {MOST_LINES} lines"),
            "split the screen, or put some under one line with `choose`",
        );
    }
    let screen = Shown {
        id: node.id("id", problems),
        part: node.str("part", problems),
        one: node.flag("one", problems),
        boxes: nodes.iter().map(|node| line(node, facts, problems)).collect(),
        ask: node.list("ask", problems),
        entries: entries(node, facts, problems),
        rather_not: node.flag("rather-not", problems),
    };
    for id in &screen.ask {
        match kind_of(facts, id) {
            Some(Kind::List) | None => {
                problems.add(FILE, node.at("ask"), format!("`{id}` is no fact with a control of its own"), "name a fact that is no list")
            }
            Some(_) => {}
        }
    }
    if screen.boxes.is_empty() && screen.ask.is_empty() && screen.entries.is_none() {
        problems.add(FILE, &node.key, "asks nothing", "add a [[screen.box]], `ask` or `entries`");
    }
    screen
}

/// A question by itself, its screen named after it. A list is told field by field.
fn alone(fact: &Fact) -> Shown {
    let list = fact.kind == Kind::List;
    let entries = Entries {
        list: fact.id.clone(),
        steps: fact.fields.iter().map(|field| vec![field.id.clone()]).collect(),
        of: None,
        once: None,
        latest_first: false,
        ways: Vec::new(),
    };
    Shown {
        id: fact.id.clone(),
        part: String::new(),
        one: false,
        boxes: Vec::new(),
        ask: if list { Vec::new() } else { vec![fact.id.clone()] },
        entries: list.then_some(entries),
        rather_not: false,
    }
}

fn kind_of(facts: &[Fact], id: &str) -> Option<Kind> {
    facts.iter().find(|fact| fact.id == *id).map(|fact| fact.kind)
}

fn line(node: &Node, facts: &[Fact], problems: &mut Problems) -> Line {
    let of = |id: &str| facts.iter().find(|fact| fact.id == *id);
    let mut sets = BTreeMap::new();
    if let Some(table) = node.opt_table("sets", problems) {
        for id in table.names() {
            let says = match (of(id).map(|fact| (fact.kind, &fact.options)), table.value(id)) {
                (Some((Kind::YesNo, _)), Some(Value::Boolean(flag))) => Some(Says::Flag(*flag)),
                (Some((Kind::List, _)), Some(Value::String(word))) if word == SOME => Some(Says::Word(word.clone())),
                (Some((Kind::Choice | Kind::Set, options)), Some(Value::String(word))) if options.contains(word) => {
                    Some(Says::Word(word.clone()))
                }
                _ => None,
            };
            match says {
                Some(says) => {
                    sets.insert(id.to_string(), says);
                }
                None => problems.add(
                    FILE,
                    node.at("sets"),
                    format!("`{id}` is no fact, or takes something else"),
                    "write true or false, one of its options, or \"some\" for a list",
                ),
            }
        }
    }
    let choose = node.opt_table("choose", problems).and_then(|table| {
        let (id, options) = match table.names().as_slice() {
            [id] => (id.to_string(), table.strings(id, problems)),
            _ => {
                problems.add(FILE, node.at("choose"), "does not name one fact", "write choose = { \"fact\" = [\"option\", …] }");
                return None;
            }
        };
        let known = of(&id).filter(|fact| matches!(fact.kind, Kind::Choice | Kind::Set)).map(|fact| fact.options.as_slice()).unwrap_or(&[]);
        if let Some(option) = options.iter().find(|option| !known.contains(option)) {
            problems.add(
                FILE,
                node.at("choose"),
                format!("`{option}` is no option of `{id}`"),
                format!("use one of: {}", known.join(", ")),
            );
        }
        Some((id, options))
    });
    if sets.is_empty() && choose.is_none() {
        problems.add(FILE, &node.key, "says nothing", "add `sets` or `choose`");
    }
    Line { id: node.id("id", problems), sets, choose, stays_open: node.flag("stays-open", problems) }
}

fn entries(node: &Node, facts: &[Fact], problems: &mut Problems) -> Option<Entries> {
    let list = node.opt_str("entries", problems)?;
    let Some(fact) = facts.iter().find(|fact| fact.id == list && fact.kind == Kind::List) else {
        problems.add(FILE, node.at("entries"), format!("`{list}` is no list"), "name a list");
        return None;
    };
    let text = |value: &Value| value.as_array()?.iter().map(|field| field.as_str().map(String::from)).collect::<Option<Vec<_>>>();
    let steps = node.value("steps").and_then(Value::as_array).and_then(|steps| steps.iter().map(text).collect::<Option<Vec<_>>>());
    let steps = steps.unwrap_or_default();
    let told: Vec<&String> = steps.iter().flatten().collect();
    let all: Vec<&String> = fact.fields.iter().map(|field| &field.id).collect();
    if told.len() != all.len() || !all.iter().all(|field| told.contains(field)) {
        let fields: Vec<&str> = all.iter().map(|field| field.as_str()).collect();
        problems.add(
            FILE,
            node.at("steps"),
            "does not tell each field once",
            format!("put each of these into one of the steps: {}", fields.join(", ")),
        );
    }
    let mut ways = Vec::new();
    for way in node.tables("ways", problems) {
        ways.push((way.id("id", problems), way.str("field", problems), way.strings("options", problems)));
    }
    for field in fact.fields.iter().filter(|field| ways.iter().any(|(_, of, _)| *of == field.id)) {
        let mut told: Vec<&String> = ways.iter().filter(|(_, of, _)| *of == field.id).flat_map(|(_, _, options)| options).collect();
        let mut all: Vec<&String> = field.options.iter().collect();
        told.sort();
        all.sort();
        if told != all {
            problems.add(
                FILE,
                node.at("ways"),
                format!("the ways of `{}` do not hold each option once", field.id),
                "put each option into one way",
            );
        }
    }
    for (key, id) in [("of", Kind::Set), ("once", Kind::YesNo)] {
        if let Some(named) = node.peek(key).and_then(Value::as_str).filter(|named| kind_of(facts, named) != Some(id)) {
            problems.add(FILE, node.at(key), format!("`{named}` is no such fact"), format!("name a fact of the kind {id:?}"));
        }
    }
    let (of, once) = (node.opt_str("of", problems), node.opt_str("once", problems));
    Some(Entries { list, steps, of, once, latest_first: node.flag("latest-first", problems), ways })
}

fn of_engine(screen: &Shown, facts: &[Fact]) -> Screen {
    let place = |id: &String| facts.iter().position(|fact| fact.id == *id).and_then(|place| u16::try_from(place).ok());
    let (open, lines): (Vec<&Line>, Vec<&Line>) = screen.boxes.iter().partition(|line| line.stays_open);
    let lines: Vec<&String> = lines.into_iter().flat_map(Line::facts).collect();
    let also: Vec<u16> = open.into_iter().flat_map(Line::facts).filter(|id| !lines.contains(id)).filter_map(place).collect();
    let mut settles: Vec<u16> = screen
        .ask
        .iter()
        .chain(lines.iter().copied())
        .chain(screen.entries.iter().filter_map(|told| told.once.as_ref()))
        .filter_map(place)
        .collect();
    settles.sort_unstable();
    settles.dedup();
    Screen { id: screen.id.clone(), settles, also, entries: screen.entries.iter().filter_map(|told| place(&told.list)).collect() }
}

/// Nothing that the engine can want to know is left without a screen, and none asks for what another answer says.
fn everything_is_asked(facts: &[Fact], unasked: &BTreeSet<String>, screens: &[Screen], problems: &mut Problems) {
    let lines = |place: u16| screens.iter().filter(|screen| screen.settles.contains(&place)).count();
    for (fact, place) in facts.iter().zip(0..) {
        let told = screens.iter().filter(|screen| screen.entries.contains(&place)).count();
        let asked = match fact.kind {
            Kind::List => told == 1,
            _ => lines(place) == 1,
        };
        if unasked.contains(&fact.id) {
            continue;
        }
        if !asked {
            problems.add(FILE, &fact.id, "is asked on no screen, or on several", "put it on one: a list where its entries are told");
        }
    }
}
