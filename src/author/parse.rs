//! TOML rules to a [`Pack`]: names become places, conditions become the closed vocabulary of `condition`.
//!
//! This module joins the parts and looks at what lies between them: a condition that rests on itself, one that is not in
//! force where it is named, and whatever nothing uses.

mod by_routes;
mod expected;
mod facts;
mod grounds;
mod papers;
mod routes;
mod screens;
mod sources;
mod values;
mod vocabulary;

use super::Problems;
use super::news::{self, System};
use super::read::{Folder, Node};
use crate::condition::Condition;
use crate::date::Date;
use crate::fact::{Country, Fact};
use crate::pack::{CautionRule, Citation, Contradiction, FORMAT, Implied, Interval, NamedCondition, Pack, Review, Route, Version};
use crate::screen::{IN_THE_FUTURE, NO_SUCH_DAY};
use by_routes::said;
use expected::expected;
pub use expected::{Cell, Ends, Expected};
use facts::{facts, measures, places};
pub use grounds::Screened;
use grounds::{grounds, held};
pub use papers::Papers;
use papers::papers;
use routes::{ASKED_FOR, caution, one_price, route};
pub use screens::{Entries, Line, SOME, Says, Screens, Shown};
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
pub use sources::expires;
use sources::{figures, help, sources};
use std::collections::BTreeSet;
use toml::Value;
pub use vocabulary::vocabulary;

/// A pack as read, with what its texts and counts need.
pub struct Loaded {
    /// The rules as the engine reads them.
    pub pack: Pack,
    /// The citations as readers see them.
    pub sources: Vec<Source>,
    /// The places of help.
    pub help: Vec<Help>,
    /// How many people a statement is about, as somebody counted them.
    pub figures: Vec<Figure>,
    /// What the news spoke of.
    pub news: Vec<System>,
    /// Facts that no rule reads yet and that need no words.
    pub reserved: BTreeSet<String>,
    /// The papers of which there is a sketch, by id.
    pub papers: Vec<String>,
    /// What each fact says of papers, in the order of the facts.
    pub paper_of: Vec<Papers>,
    /// What the law says of every ground and every benefit.
    pub expected: Expected,
    /// Statements that rest on no citation that was read, by file and place.
    pub unverified: Vec<String>,
    /// Everything that can go stale and is not over by the version of the rules.
    pub statements: Vec<Statement>,
    /// For each measure its versions, key by key.
    pub counted: Vec<Vec<Vec<Counted>>>,
    /// The countries that most people name.
    pub common: Vec<String>,
    /// The screens as the page draws them.
    pub screens: Screens,
    /// The grounds, by id, and who finds out whether one holds.
    pub screened: Vec<(String, Screened)>,
}

/// A statement of the rules, and since when nobody looked at it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The file.
    pub file: String,
    /// The table in it.
    pub key: String,
    /// The kind of `shelf-life` in `pack.toml`: of all that it rests on, what keeps for the shortest time.
    pub kind: String,
    /// For so many days after it was looked at it is good.
    pub shelf_life: i32,
    /// The day that its author gave.
    pub given: Option<Date>,
    /// That day, else the earliest on which one of its sources was read; none where nobody read any.
    pub through: Option<Date>,
    /// Its sources, by their places.
    pub cites: Vec<u16>,
}

/// What a version of a measure says in one key, with its sources.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The key.
    pub key: String,
    /// Its sources, by their places.
    pub cite: Vec<u16>,
    /// For a list: the list that people tell, the field of it, and the options that count.
    pub told: Option<(u16, u16, u32)>,
}

/// How long something keeps: the kind, and its days.
type Keeps = (String, i32);

/// A citation as readers see it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id, by which statements cite it. The pack has it.
    pub id: String,
    /// What lawyers call it.
    pub title: String,
    /// Where it can be read, if it stands on the web.
    pub url: Option<String>,
    /// A statute, a regulation, a court, and so on.
    pub kind: String,
    /// Somebody read it.
    pub verified: bool,
    /// The day on which somebody read it.
    pub read: Option<Date>,
    /// How long what it says keeps.
    keeps: Keeps,
}

impl Source {
    /// What the engine needs of it. What this project does by its own rule stands as of the version.
    fn in_pack(&self, version: Date) -> Citation {
        Citation { id: self.id.clone(), read: self.read.or(self.verified.then_some(version)), keeps: self.keeps.1 }
    }
}

/// A place of help.
#[derive(Clone, Debug, Serialize)]
pub struct Help {
    /// Its id, under which its words stand.
    pub id: String,
    /// Where it is on the web.
    pub url: String,
    /// Its telephone number, if it has one.
    pub phone: Option<String>,
    /// The cautions that it is help for, where they are urgent, by id; or one clause of a caution, as `caution/clause`.
    pub answers: Vec<String>,
}

/// How many people, who counted them, and when.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Its id: what was counted.
    pub id: String,
    /// The route or the caution that it belongs to, by id.
    pub about: String,
    /// How many.
    pub amount: i32,
    /// The year in which the source counted, or said so.
    pub counted: i32,
    /// Who counted.
    pub by: String,
    /// The day from which it was known: nothing of an earlier day may name it.
    pub known_from: Date,
    /// Where it stands, by citation ids.
    pub cites: Vec<String>,
}

const FACT_FILE: &str = "facts.toml";
/// The most questions of the first pass.
const FIRST_PASS: usize = 13;

/// Everything that names are looked up in while conditions are read.
struct Names<'a> {
    facts: &'a [Fact],
    conditions: Vec<String>,
    measures: Vec<String>,
    citations: Vec<String>,
    used_facts: BTreeSet<String>,
    used_cites: BTreeSet<String>,
    used_conditions: BTreeSet<String>,
    used_measures: BTreeSet<String>,
    in_caution: bool,
    unverified: Vec<String>,
    statements: Vec<Statement>,
    counted: Vec<Vec<Vec<Counted>>>,
    sources: &'a [Source],
    version: Date,
    /// What the door of the route keeps that is being read.
    door: Option<Keeps>,
}

/// Reads the rules of a folder. `None` where they are too broken to be checked further.
pub fn load(folder: &Folder, problems: &mut Problems) -> Option<Loaded> {
    let pack_node = folder.file("pack.toml", problems)?;
    let facts_node = folder.file(FACT_FILE, problems)?;
    let conditions_node = folder.file("conditions.toml", problems)?;
    let measures_node = folder.file("measures.toml", problems)?;
    let citations_node = folder.file("citations.toml", problems)?;
    let contradictions_node = folder.file("contradictions.toml", problems);

    let about = About::read(&pack_node, problems)?;
    let fact_nodes = facts_node.tables("fact", problems);
    let facts = facts(&fact_nodes, &about.countries, problems);
    let (papers, paper_of) = papers(&fact_nodes, &pack_node, problems);
    let sources = sources(&citations_node, &about, problems);
    let condition_nodes = conditions_node.tables("condition", problems);
    let measure_nodes = measures_node.tables("measure", problems);
    let ids = |nodes: &[Node]| {
        let mut ids: Vec<String> = Vec::new();
        for id in nodes.iter().filter_map(|node| node.peek("id").and_then(Value::as_str)) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_string());
            }
        }
        ids
    };
    let mut names = Names {
        facts: &facts,
        conditions: ids(&condition_nodes),
        measures: ids(&measure_nodes),
        citations: sources.iter().map(|c| c.id.clone()).collect(),
        used_facts: BTreeSet::new(),
        used_cites: BTreeSet::new(),
        used_conditions: BTreeSet::new(),
        used_measures: BTreeSet::new(),
        in_caution: false,
        unverified: Vec::new(),
        statements: Vec::new(),
        counted: vec![Vec::new(); ids(&measure_nodes).len()],
        sources: &sources,
        version: about.day,
        door: None,
    };
    let places = places(&names, problems)?;
    let measures = measures(&measure_nodes, &mut names, &places, problems);
    let conditions = conditions(&condition_nodes, &mut names, problems);
    if circle(&conditions, problems) {
        return None;
    }
    let mut in_order = true;
    let (mut applies, mut implied, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (node, fact)) in fact_nodes.iter().zip(&facts).enumerate() {
        let guard = node.value("applies-when").map(|when| names.condition(node, "applies-when", when, None, problems));
        let said = facts::implied(node, fact, &mut names, problems);
        for (key, condition) in guard.iter().map(|guard| ("applies-when", guard)).chain(said.iter().map(|said| ("implied", &said.when))) {
            // On whichever day: what only some version of a name or a measure reads counts too.
            let read: BTreeSet<u16> = through_names(condition, &conditions).into_iter().flat_map(|part| part.facts(&places)).collect();
            for later in read.into_iter().filter(|fact| usize::from(*fact) >= index) {
                let later = facts.get(usize::from(later)).map_or("?", |f| f.id.as_str());
                problems.add(
                    FACT_FILE,
                    node.at(key),
                    format!("reads `{later}`, which is asked later"),
                    "move this question behind what it rests on",
                );
                in_order = false;
            }
        }
        told.extend(u16::try_from(index).map_or(Vec::new(), |list| facts::told(node, fact, list, &mut names, problems)));
        applies.push(guard);
        implied.push(said);
    }
    if !in_order {
        return None;
    }
    let route_nodes = folder.files("routes");
    let (written, matrix) = grounds(folder, &about.classes, &ids(&route_nodes), &mut names, problems);
    let routes: Vec<Route> = route_nodes.iter().map(|node| route(node, &mut names, &about, &matrix, problems)).collect();
    names.door = None;
    one_price(&routes, about.known_from, problems);
    let expected = expected(folder, &routes, problems);
    held(&written, &expected, &matrix, &routes, problems);
    names.in_caution = true;
    let cautions: Vec<CautionRule> = folder.files("cautions").iter().map(|node| caution(node, &mut names, &routes, problems)).collect();
    names.in_caution = false;
    said(&written.said_by, &written.does(), &matrix.classes, &routes, &cautions, about.known_from, problems);
    let contradictions = contradictions_node.map(|node| node.tables("contradiction", problems)).unwrap_or_default();
    distinct(&contradictions, problems);
    let contradictions: Vec<Contradiction> =
        contradictions.iter().map(|node| Contradiction { id: node.id("id", problems), test: names.test(node, problems) }).collect();
    for own in contradictions.iter().filter(|c| [NO_SUCH_DAY, IN_THE_FUTURE].contains(&c.id.as_str())) {
        problems.add("contradictions.toml", format!("contradiction[{}]", own.id), "is the engine's own word", "choose another id");
    }
    for group in about.groups.iter().filter(|group| !routes.iter().any(|route| route.group == **group)) {
        problems.add("pack.toml", "groups", format!("no route is in the group `{group}`"), "remove it, or correct a route's group");
    }
    let figures = figures(folder, &mut names, &routes, &cautions, about.known_from, problems);
    let news = news::read(folder, &routes, &cautions, problems);
    unused(&fact_nodes, &facts, &names, problems);
    let reserved = reserved(&fact_nodes);
    let Names { unverified, statements, counted, .. } = names;

    let unasked = |(fact, implied): (&Fact, &Vec<Implied>)| (reserved.contains(&fact.id) || !implied.is_empty()).then(|| fact.id.clone());
    let unasked: BTreeSet<String> = facts.iter().zip(&implied).filter_map(unasked).collect();
    let (screens, of_engine) = screens::screens(folder, &facts, &unasked, problems);
    let stale = expires(&statements, about.day);
    if let Some(sooner) = about.expires.filter(|sooner| *sooner > stale || *sooner <= about.day) {
        let message = format!("{sooner} is not after the version and by {stale}, when nothing is fresh any more");
        problems.add("pack.toml", "expires", message, "remove it, or write a day between the two");
    }
    let confirmed = routes.iter().flat_map(|route| &route.door).map(|row| row.confirmed_through).max();
    let pack = Pack {
        format: FORMAT,
        id: about.id,
        version: about.version,
        day: about.day,
        expires: about.expires.unwrap_or(stale),
        known_from: about.known_from,
        confirmed_through: confirmed?,
        languages: about.languages,
        review: about.review,
        asked_for: facts.iter().position(|fact| fact.id == ASKED_FOR).and_then(|place| u16::try_from(place).ok()),
        applies,
        implied,
        told,
        places,
        conditions,
        measures,
        grounds: matrix.grounds,
        not_asked: matrix.not_asked,
        classes: matrix.classes,
        routes,
        cautions,
        contradictions,
        screens: of_engine,
        citations: sources.iter().map(|source| source.in_pack(about.day)).collect(),
        facts,
    };
    covered(&pack, problems);
    let common = about.common;
    let help = help(folder, &pack.cautions, problems);
    Some(Loaded {
        pack,
        sources,
        help,
        figures,
        news,
        reserved,
        papers,
        paper_of,
        expected,
        unverified,
        statements,
        counted,
        common,
        screens,
        screened: written.ids,
    })
}

/// What `pack.toml` says.
struct About<'a> {
    id: String,
    version: String,
    /// The version as the day that it is.
    day: Date,
    /// The day on which the authors end it, where that is sooner than its statements do.
    expires: Option<Date>,
    known_from: Date,
    languages: Vec<String>,
    groups: Vec<String>,
    classes: Vec<String>,
    countries: Vec<String>,
    common: Vec<String>,
    shelf: Option<Node<'a>>,
    review: Review,
}

impl<'a> About<'a> {
    /// How long a kind of statement keeps.
    fn keeps(&self, kind: &str, problems: &mut Problems) -> Option<Keeps> {
        let days = self.shelf.as_ref().and_then(|shelf| shelf.opt_count(kind, problems));
        days.map(|days| (kind.to_string(), days))
    }

    fn read(node: &Node<'a>, problems: &mut Problems) -> Option<About<'a>> {
        if node.opt_int("format", problems) != i32::try_from(FORMAT).ok() {
            problems.add("pack.toml", "format", "is not the format of this engine", format!("write format = {FORMAT}"));
        }
        let version = node.str("version", problems);
        let day = Date::parse(&version.replace('.', "-")).ok();
        if day.is_none() {
            problems.add("pack.toml", "version", format!("`{version}` is no day"), "write the day of the rules, such as \"2026.11.22\"");
        }
        let groups = node.ids("groups", problems);
        let languages = node.ids("languages", problems);
        for (key, list) in [("groups", &groups), ("languages", &languages)] {
            if list.is_empty() {
                problems.add("pack.toml", key, "names none", format!("add {key} = [\"...\"]"));
            }
        }
        Some(About {
            id: node.id("id", problems),
            version,
            day: day?,
            expires: node.opt_date("expires", problems),
            known_from: node.date("known-from", problems)?,
            languages,
            groups,
            classes: node.ids("classes", problems),
            countries: countries(node, problems),
            common: common(node, problems),
            shelf: node.opt_table("shelf-life", problems),
            review: reviewed(node, day, problems).unwrap_or_else(|| {
                problems.add("pack.toml", "review", "missing", "say who checked the rules, or state = \"draft\"");
                Review { state: "draft".into(), role: None, organization: None, on: None, scope: None }
            }),
        })
    }
}

/// Those of the countries that most people name.
fn common(pack: &Node, problems: &mut Problems) -> Vec<String> {
    let all = pack.peek("countries").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let common = pack.strings("common-countries", problems);
    for code in common.iter().filter(|code| !all.iter().any(|known| known.as_str() == Some(code.as_str()))) {
        problems.add(pack.file, "common-countries", format!("`{code}` is none of the countries"), "name one of them");
    }
    common
}

/// The countries that an answer can name: two letters each, in order, so that a code that stands twice is seen.
fn countries(pack: &Node, problems: &mut Problems) -> Vec<String> {
    let codes = pack.strings("countries", problems);
    for code in codes.iter().filter(|code| Country::parse(code).is_none()) {
        problems.add(pack.file, "countries", format!("`{code}` is no country"), "write the two capital letters of ISO 3166-1");
    }
    if !codes.is_sorted_by(|one, next| one < next) {
        problems.add(pack.file, "countries", "is not in order, or a country stands twice", "sort it, and give each code once");
    }
    codes
}

/// Tables of one kind that each have their own id.
fn distinct(nodes: &[Node], problems: &mut Problems) {
    let id = |node: &Node| node.peek("id").and_then(Value::as_str).map(str::to_string);
    for (place, node) in nodes.iter().enumerate().filter(|(_, node)| id(node).is_some()) {
        if nodes.iter().take(place).any(|before| id(before) == id(node)) {
            problems.add(node.file, &node.key, "this id stands twice", "give each its own id");
        }
    }
}

/// Reads a word of a closed list.
pub fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(text).ok()
}

/// A word of a closed list as it is written.
pub fn text(word: &impl Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}

/// All the words that can stand there, for a cure: serde names them to whoever gives it one that is none.
pub fn one_of<T: DeserializeOwned>() -> String {
    let text: StrDeserializer<'_, serde::de::value::Error> = "".into_deserializer();
    let told = T::deserialize(text).err().map(|error| error.to_string()).unwrap_or_default();
    format!("use {}", told.split_once("expected ").map_or("another word", |(_, words)| words))
}

/// Who checked a route or the pack, where that is said: a draft, or reviewed by a role, on a day, and for what.
fn reviewed(of: &Node, version: Option<Date>, problems: &mut Problems) -> Option<Review> {
    let node = of.opt_table("review", problems)?;
    let mut review = Review { state: node.str("state", problems), role: None, organization: None, on: None, scope: None };
    match review.state.as_str() {
        "draft" => {}
        "reviewed" => {
            review.role = Some(node.str("role", problems));
            review.organization = Some(node.str("organization", problems));
            review.on = node.date("on", problems);
            review.scope = node.opt_str("scope", problems);
        }
        _ => problems.add(
            node.file,
            node.at("state"),
            "is neither a draft nor reviewed by somebody on a day",
            "write state = \"draft\", or \"reviewed\" with role, organization and on",
        ),
    }
    if review.on > version {
        problems.add(node.file, node.at("on"), "lies after the version of the rules", "correct the day, or the version in pack.toml");
    }
    Some(review)
}

fn conditions(nodes: &[Node], names: &mut Names, problems: &mut Problems) -> Vec<NamedCondition> {
    let mut all: Vec<NamedCondition> = names.conditions.iter().map(|id| NamedCondition { id: id.clone(), versions: Vec::new() }).collect();
    for node in nodes {
        let id = node.id("id", problems);
        let version = Version { in_force: interval(node, problems), test: names.test(node, problems), cite: names.stated(node, problems) };
        if let Some(named) = all.iter_mut().find(|named| named.id == id) {
            named.versions.push(version);
        }
    }
    for named in &all {
        let intervals: Vec<Interval> = named.versions.iter().map(|v| v.in_force).collect();
        no_gap("conditions.toml", &named.id, &intervals, problems);
    }
    all
}

/// The named conditions that a condition names itself, by their places.
fn named_in(condition: &Condition) -> impl Iterator<Item = usize> {
    condition.walk().filter_map(|part| if let Condition::Named(place) = part { Some(usize::from(*place)) } else { None })
}

/// A condition and everything in it, through every version of the conditions that it names, whichever is in force.
pub fn through_names<'a>(condition: &'a Condition, conditions: &'a [NamedCondition]) -> Vec<&'a Condition> {
    let (mut ahead, mut followed, mut found) = (vec![condition], BTreeSet::new(), Vec::new());
    while let Some(next) = ahead.pop() {
        found.extend(next.walk());
        for named in named_in(next).filter(|place| followed.insert(*place)).filter_map(|place| conditions.get(place)) {
            ahead.extend(named.versions.iter().map(|version| &version.test));
        }
    }
    found
}

/// What is in force can be told: a condition that has no version on some day would leave everything that names it unknown on
/// that day, and what ended before the rules begin is never looked at.
fn covered(pack: &Pack, problems: &mut Problems) {
    let mut check = |file: &str, key: String, tests: &[&Condition], when: Interval| {
        if when.to.is_some_and(|to| to < pack.known_from) {
            problems.add(file, &key, "ends before the rules are known", "remove it, or move known-from in pack.toml back");
        }
        let names: BTreeSet<usize> = tests.iter().flat_map(|test| named_in(test)).collect();
        for named in names.into_iter().filter_map(|place| pack.conditions.get(place)) {
            let begins = named.versions.iter().map(|version| version.in_force.from).min().flatten();
            let ends = named.versions.iter().map(|version| version.in_force.to.unwrap_or(Date::MAX)).max();
            let needed = when.from.unwrap_or(pack.known_from).max(pack.known_from);
            if begins > Some(needed) || ends < Some(when.to.unwrap_or(Date::MAX)) {
                let message = format!("names `{}`, which is not in force on all these days", named.id);
                problems.add(file, &key, message, "add a version of the condition, or give the same `from` and `to` here");
            }
        }
    };
    for route in &pack.routes {
        for criterion in &route.criteria {
            let tests: Vec<&Condition> = criterion.conditions().collect();
            check(&format!("routes/{}.toml", route.id), format!("criterion[{}]", criterion.id), &tests, criterion.in_force);
        }
    }
    for ground in &pack.grounds {
        check(&format!("grounds/{}.toml", ground.id), "test".into(), &[&ground.test], ground.in_force);
    }
    for rule in &pack.cautions {
        for clause in &rule.clauses {
            check(&format!("cautions/{}.toml", rule.id), format!("when[{}]", clause.id), &[&clause.test], clause.in_force);
        }
    }
    for named in &pack.conditions {
        for version in &named.versions {
            check("conditions.toml", format!("condition[{}]", named.id), &[&version.test], version.in_force);
        }
    }
    let always = Interval { from: None, to: None };
    for contradiction in &pack.contradictions {
        check("contradictions.toml", format!("contradiction[{}]", contradiction.id), &[&contradiction.test], always);
    }
    for (fact, (applies, implied)) in pack.facts.iter().zip(pack.applies.iter().zip(&pack.implied)) {
        let tests: Vec<&Condition> = applies.iter().chain(implied.iter().map(|implied| &implied.when)).collect();
        check(FACT_FILE, format!("fact[{}].applies-when", fact.id), &tests, always);
    }
    let told: Vec<&Condition> = pack.told.iter().map(|told| &told.when).collect();
    check(FACT_FILE, "told".into(), &told, always);
}

/// A condition that rests on itself has no answer.
fn circle(conditions: &[NamedCondition], problems: &mut Problems) -> bool {
    let mut found = false;
    for (place, named) in conditions.iter().enumerate() {
        let mut parts = named.versions.iter().flat_map(|version| through_names(&version.test, conditions));
        if parts.any(|part| matches!(part, Condition::Named(other) if usize::from(*other) == place)) {
            problems.add("conditions.toml", &named.id, "rests on itself", "write one of the conditions without the other");
            found = true;
        }
    }
    found
}

fn interval(node: &Node, problems: &mut Problems) -> Interval {
    let interval = Interval { from: node.opt_date("from", problems), to: node.opt_date("to", problems) };
    if interval.from.zip(interval.to).is_some_and(|(from, to)| from > to) {
        problems.add(node.file, &node.key, "ends before it begins", "turn `from` and `to` round");
    }
    interval
}

/// Versions follow each other day by day.
fn no_gap(file: &str, id: &str, versions: &[Interval], problems: &mut Problems) {
    let mut sorted: Vec<Interval> = versions.to_vec();
    sorted.sort_by_key(|v| v.from);
    for pair in sorted.windows(2) {
        let [first, second] = pair else { continue };
        if first.to.map(|to| to.plus_days(1)) != second.from || second.from.is_none() {
            problems.add(
                file,
                id,
                "two versions overlap, or a day between them has none",
                "let each version begin on the day after the last one ends",
            );
        }
    }
}

fn reserved(nodes: &[Node]) -> BTreeSet<String> {
    let flagged = nodes.iter().filter(|node| node.peek("reserved").and_then(Value::as_bool) == Some(true));
    flagged.filter_map(|node| node.peek("id").and_then(Value::as_str)).map(str::to_string).collect()
}

/// Nothing stands in the rules that nothing uses.
fn unused(fact_nodes: &[Node], facts: &[Fact], names: &Names, problems: &mut Problems) {
    let reserved = reserved(fact_nodes);
    let asks: BTreeSet<&str> = facts
        .iter()
        .flat_map(|fact| {
            let papers = fact.reads_as.iter().map(|reading| Some(reading.by));
            papers.chain([fact.short_when])
        })
        .flatten()
        .filter_map(|place| facts.get(usize::from(place)))
        .map(|fact| fact.id.as_str())
        .collect();
    for fact in facts {
        let used = names.used_facts.contains(&fact.id) || asks.contains(fact.id.as_str());
        match (used, reserved.contains(&fact.id)) {
            (false, false) => problems.add(FACT_FILE, &fact.id, "no rule reads it", "use it, or mark it reserved = true until a rule does"),
            (true, true) => {
                problems.add(FACT_FILE, &fact.id, "is reserved, but a rule reads it", "remove reserved = true and write its texts")
            }
            _ => {}
        }
    }
    for id in names.citations.iter().filter(|id| !names.used_cites.contains(*id)) {
        problems.add("citations.toml", id, "nothing cites it", "use it or remove it");
    }
    for id in names.conditions.iter().filter(|id| !names.used_conditions.contains(*id)) {
        problems.add("conditions.toml", id, "nothing uses it", "use it or remove it");
    }
    for id in names.measures.iter().filter(|id| !names.used_measures.contains(*id)) {
        problems.add("measures.toml", id, "nothing uses it", "use it or remove it");
    }
}

impl Names<'_> {
    fn place_of(&self, id: &str) -> Option<u16> {
        self.facts.iter().position(|fact| fact.id == id).and_then(|place| u16::try_from(place).ok())
    }

    fn fact(&mut self, node: &Node, key: &str, id: &str, problems: &mut Problems) -> Option<u16> {
        let place = self.place_of(id);
        match place {
            Some(_) => {
                self.used_facts.insert(id.to_string());
            }
            None => problems.add(node.file, node.at(key), format!("unknown fact `{id}`"), "name a fact of facts.toml"),
        }
        place
    }

    /// The citations under `cite`; having none is a problem.
    fn cited(&mut self, node: &Node, problems: &mut Problems) -> Vec<u16> {
        let cite = self.cite(node, "cite", problems);
        if cite.is_empty() {
            problems.add(node.file, &node.key, "no citation", "add cite = [\"...\"]");
        }
        cite
    }

    /// The citations of a statement that goes stale where nobody looks at it again.
    fn stated(&mut self, node: &Node, problems: &mut Problems) -> Vec<u16> {
        let cite = self.cited(node, problems);
        self.keep(node, &cite, problems);
        cite
    }

    /// A statement is as fresh as the first of its sources that somebody read. Its author may know of an earlier day; a later one would
    /// make it fresh without a look.
    fn keep(&mut self, node: &Node, cite: &[u16], problems: &mut Problems) {
        let given = node.opt_date("confirmed-through", problems);
        let read = self.cited_sources(cite).filter_map(|source| source.read).min();
        if given.is_some_and(|given| read.is_none_or(|read| given > read)) {
            let message =
                read.map_or("is given, and nobody read a source".into(), |read| format!("is after {read}, when a source was read"));
            problems.add(node.file, node.at("confirmed-through"), message, "remove it, or read the sources again and correct their `read`");
        }
        let over = node.peek("to").and_then(super::read::date).is_some_and(|to| to < self.version);
        // What this project does by its own rule, nobody else can change.
        let law: Vec<u16> = cite.iter().copied().filter(|c| self.cited_sources(&[*c]).any(|source| source.kind != "practice")).collect();
        let keeps = self.cited_sources(&law).map(|source| &source.keeps).chain(&self.door).min_by_key(|keeps| keeps.1);
        let Some((kind, shelf_life)) = keeps.cloned().filter(|_| !over && !law.is_empty()) else { return };
        let (file, key, through) = (node.file.into(), node.key.clone(), given.or(read));
        self.statements.push(Statement { file, key, kind, shelf_life, given, through, cites: law });
    }

    fn cited_sources<'s>(&'s self, cite: &'s [u16]) -> impl Iterator<Item = &'s Source> {
        cite.iter().filter_map(|place| self.sources.get(usize::from(*place)))
    }

    fn cite(&mut self, node: &Node, key: &str, problems: &mut Problems) -> Vec<u16> {
        let mut cite = Vec::new();
        for id in node.strings(key, problems) {
            match self.citations.iter().position(|known| *known == id).and_then(|place| u16::try_from(place).ok()) {
                Some(place) => {
                    cite.push(place);
                    self.used_cites.insert(id);
                }
                None => problems.add(node.file, node.at(key), format!("unknown citation `{id}`"), "name a citation of citations.toml"),
            }
        }
        if !cite.is_empty() && !self.cited_sources(&cite).any(|source| source.verified) {
            self.unverified.push(format!("{}: {} ({})", node.file, node.key, node.strings(key, problems).join(", ")));
        }
        cite
    }
}
