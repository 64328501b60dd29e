//! TOML rules to a [`Pack`]: names become places, conditions become the closed vocabulary of `condition`.

use super::Problems;
use super::read::{Folder, Node, is_name};
use crate::condition::{Condition, FieldTest, Moment, Relation, facts_within};
use crate::date::{Date, Span};
use crate::fact::{Country, Fact, Field, Implied, Kind, LIST_CAPACITY, ReadsAs, ShowWhen, Since, ToldBy};
use crate::pack::{
    CautionRule, Citation, Clause, Contradiction, Criterion, DoorRow, DoorState, FORMAT, Fee, FitState, IfNo, Interval, NamedCondition,
    Pack, Review, Route, Step, StepKind, Tell, Tier, Values, Version,
};
use crate::screen::{ASK_BEFORE, IN_THE_FUTURE, NO_SUCH_DAY};
use crate::stay::{Measure, Places, Range, TimeToLeave, Trips};
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

/// A pack as read, with what its texts and counts need.
pub struct Loaded {
    pub pack: Pack,
    pub sources: Vec<Source>,
    pub help: Vec<Help>,
    /// Facts that no rule reads yet and that need no words.
    pub reserved: BTreeSet<String>,
    /// Statements that rest on no citation that was read, by file and place.
    pub unverified: Vec<String>,
}

/// A citation as readers see it.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    pub id: String,
    pub title: String,
    pub url: Option<String>,
    pub kind: String,
    pub verified: bool,
}

/// A place of help.
#[derive(Clone, Debug, Serialize)]
pub struct Help {
    pub id: String,
    pub url: String,
    pub phone: Option<String>,
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
    verified: Vec<bool>,
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
    let facts = facts(&fact_nodes, problems);
    let sources = sources(&citations_node, about.day, problems);
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
        verified: sources.iter().map(|c| c.verified).collect(),
    };
    let places = places(&names, problems)?;
    let measures = measures(&measure_nodes, &mut names, &places, problems);
    let conditions = conditions(&condition_nodes, &mut names, problems);
    if circle(&conditions, problems) {
        return None;
    }
    let mut in_order = true;
    let applies = fact_nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let guard = node.value("applies-when")?;
            let guard = names.condition(node, "applies-when", guard, None, problems);
            let mut read = BTreeSet::new();
            facts_in(&guard, &conditions, &places, &mut read);
            for later in read.iter().filter(|&&fact| usize::from(fact) >= index) {
                let later = facts.get(usize::from(*later)).map_or("?", |f| f.id.as_str());
                problems.add(
                    FACT_FILE,
                    node.at("applies-when"),
                    format!("reads `{later}`, which is asked later"),
                    "move the guard before what it guards",
                );
                in_order = false;
            }
            Some(guard)
        })
        .collect();
    if !in_order {
        return None;
    }
    let routes: Vec<Route> = folder.files("routes").iter().map(|node| route(node, &mut names, &about, problems)).collect();
    names.in_caution = true;
    let cautions: Vec<CautionRule> = folder.files("cautions").iter().map(|node| caution(node, &mut names, &routes, problems)).collect();
    names.in_caution = false;
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
    unused(&fact_nodes, &facts, &names, problems);
    let reserved = reserved(&fact_nodes);
    let unverified = names.unverified;

    let confirmed = routes.iter().flat_map(|route| &route.door).map(|row| row.confirmed_through).max();
    let pack = Pack {
        format: FORMAT,
        id: about.id,
        version: about.version,
        day: about.day,
        known_from: about.known_from,
        confirmed_through: confirmed?,
        languages: about.languages,
        review: about.review,
        applies,
        places,
        conditions,
        measures,
        routes,
        cautions,
        contradictions,
        citations: sources.iter().map(|s| Citation { id: s.id.clone(), verified: s.verified }).collect(),
        facts,
    };
    covered(&pack, problems);
    let help = help(folder, problems);
    Some(Loaded { pack, sources, help, reserved, unverified })
}

/// What `pack.toml` says.
struct About<'a> {
    id: String,
    version: String,
    /// The version as the day that it is.
    day: Date,
    known_from: Date,
    languages: Vec<String>,
    groups: Vec<String>,
    shelf: Option<Node<'a>>,
    review: Review,
}

impl<'a> About<'a> {
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
            known_from: node.date("known-from", problems)?,
            languages,
            groups,
            shelf: node.opt_table("shelf-life", problems),
            review: reviewed(node, day, problems).unwrap_or_else(|| {
                problems.add("pack.toml", "review", "missing", "say who checked the rules, or state = \"draft\"");
                Review { state: "draft".into(), role: None, organization: None, on: None, scope: None }
            }),
        })
    }
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

fn sources(citations: &Node, version: Date, problems: &mut Problems) -> Vec<Source> {
    let kinds = ["statute", "regulation", "notice", "guidance", "court", "agency", "secondary", "practice"];
    let mut sources = Vec::new();
    for id in citations.names() {
        let Some(node) = citations.opt_table(id, problems) else { continue };
        if !is_name(id) {
            problems.add(node.file, id, "is no plain name", "use small letters, digits and hyphens");
        }
        let (kind, url) = (node.str("kind", problems), node.opt_str("url", problems));
        let verified = node.bool("verified", problems).unwrap_or(false);
        let read = node.opt_date("read", problems);
        node.note(problems);
        if !kinds.contains(&kind.as_str()) {
            problems.add(node.file, node.at("kind"), format!("unknown kind `{kind}`"), format!("use one of: {}", kinds.join(", ")));
        }
        let official = ["statute", "regulation", "notice", "guidance", "agency"].contains(&kind.as_str());
        match url.as_deref().map(host) {
            Some(None) => problems.add(node.file, node.at("url"), "is not an https address of plain form", "write https://host/..."),
            Some(Some(host)) if official && !host.ends_with(".gov") => problems.add(
                node.file,
                node.at("url"),
                format!("{host} is not an official address"),
                "give the official text, or call the source `secondary`",
            ),
            _ => {}
        }
        if verified && kind != "practice" && (url.is_none() || read.is_none()) {
            problems.add(
                node.file,
                id,
                "is verified but does not say what was read and when",
                "add `url` and `read`, or write verified = false",
            );
        }
        if read.is_some_and(|read| read > version) {
            problems.add(
                node.file,
                node.at("read"),
                "was read after the version of the rules",
                "correct the day, or the version in pack.toml",
            );
        }
        sources.push(Source { id: id.to_string(), title: node.str("title", problems), url, kind, verified });
    }
    sources
}

/// Places of help. A link leads to the government or to a host of the reviewed list, never anywhere else.
fn help(folder: &Folder, problems: &mut Problems) -> Vec<Help> {
    let Some(root) = folder.file("help.toml", problems) else { return Vec::new() };
    let hosts = root.strings("hosts", problems);
    let nodes = root.tables("help", problems);
    distinct(&nodes, problems);
    let mut all: Vec<Help> = Vec::new();
    for node in nodes {
        let (url, phone) = (node.str("url", problems), node.opt_str("phone", problems));
        let host = host(&url);
        if !host.is_some_and(|host| host.ends_with(".gov") || hosts.iter().any(|known| known == host)) {
            problems.add(
                node.file,
                node.at("url"),
                "is no https address of the government or of a reviewed host",
                "correct it, or add the host to `hosts` after a look at it",
            );
        }
        if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            problems.add(node.file, node.at("phone"), "is no telephone number", "write digits and hyphens, such as 1-800-799-7233");
        }
        all.push(Help { id: node.id("id", problems), url, phone });
    }
    for unused in hosts.iter().filter(|known| !all.iter().any(|help| host(&help.url) == Some(known.as_str()))) {
        problems.add("help.toml", "hosts", format!("nothing leads to {unused}"), "remove it");
    }
    all
}

/// The host of an https address of plain form: no port, no user, no dots at the ends, nothing that ends it for a reader.
fn host(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split('/').next()?;
    let plain = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let written = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    (written && host.contains('.') && host.split('.').all(plain)).then_some(host)
}

/// A number as it is dialed in the US: three digits, or ten or eleven, in groups.
fn is_phone(text: &str) -> bool {
    let digits = text.split('-').map(str::len).sum::<usize>();
    let groups = text.split('-').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    groups && [3, 10, 11].contains(&digits)
}

fn facts(nodes: &[Node], problems: &mut Problems) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    distinct(nodes, problems);
    for node in nodes {
        let id = node.id("id", problems);
        let kind = kind(node, problems);
        let options = options(node, kind, problems);
        let fields: Vec<Field> = fields(node, problems);
        let find_out = node.str("find-out", problems);
        let place = |id: &str, problems: &mut Problems, key: &str| {
            let found = facts.iter().position(|fact| fact.id == id).and_then(|p| u16::try_from(p).ok());
            if found.is_none() {
                problems.add(node.file, node.at(key), format!("`{id}` is no fact before this one"), "name an earlier fact");
            }
            found
        };
        let implied = node.opt_str("implied-by", problems).and_then(|by| {
            let (when, implied) = (node.str("implied-when", problems), node.bool("implied", problems));
            let fact = place(&by, problems, "implied-by")?;
            let by = facts.get(usize::from(fact))?;
            let (Some(when), Some(implied)) = (by.options.iter().position(|o| *o == when), implied) else {
                problems.add(
                    node.file,
                    &node.key,
                    "implied-when or implied is missing or unknown",
                    "name an option of the other fact, and true or false",
                );
                return None;
            };
            Some(Implied { fact, when: u8::try_from(when).ok()?, option: u8::from(implied) })
        });
        let short_when = node.opt_str("short-when", problems).and_then(|short| place(&short, problems, "short-when"));
        if short_when.and_then(|fact| facts.get(usize::from(fact))).is_some_and(|fact| fact.kind != Kind::YesNo) {
            problems.add(node.file, node.at("short-when"), "is no yes-no fact", "name the fact whose yes means one entry");
        }
        let happened = node.opt_str("happened", problems).and_then(|field| {
            let found = fields.iter().position(|f| f.id == field && f.kind == Kind::Date).and_then(|p| u16::try_from(p).ok());
            if found.is_none() {
                problems.add(node.file, node.at("happened"), format!("no field `{field}`"), "name a date field of this list");
            }
            found
        });
        let ahead = node.flag("ahead", problems);
        let since = since(node, nodes, &options, problems);
        let first = node.flag("first", problems);
        node.flag("reserved", problems);
        for (key, goes_with) in [("field", Kind::List), ("happened", Kind::List), ("short-when", Kind::List), ("ahead", Kind::Date)] {
            if node.has(key) && kind != goes_with {
                problems.add(node.file, node.at(key), format!("does not go with a {kind:?}"), "remove it, or correct the kind");
            }
        }
        if kind == Kind::List && fields.is_empty() {
            problems.add(node.file, &node.key, "is a list without fields", "add a [[fact.field]]");
        }
        if (implied.is_some() && kind != Kind::YesNo) || (!since.is_empty() && !matches!(kind, Kind::Choice | Kind::YesNo)) {
            problems.add(node.file, &node.key, "only a yes-no fact is implied, and only that or a choice has `since`", "remove it");
        }
        let until_asked = until_asked(node, kind, &options, problems);
        let reads_as = reads_as(node, nodes, &fields, problems);
        let told_by = told_by(node, kind, &facts, problems);
        facts.push(Fact {
            id,
            kind,
            options,
            implied,
            since,
            find_out,
            short_when,
            happened,
            fields,
            ahead,
            first,
            until_asked,
            told_by,
            reads_as,
        });
    }
    let first = facts.iter().take_while(|fact| fact.first).count();
    if first == 0 || first > FIRST_PASS || facts.iter().skip(first).any(|fact| fact.first) {
        problems.add(
            FACT_FILE,
            "first",
            "the questions of the first pass are not a few that stand before all others",
            format!("mark 1 to {FIRST_PASS} facts with first = true and put them first"),
        );
    }
    facts
}

/// The events behind a choice: `since = [{ fact = "a date fact", when = "option", before = "option" }]`.
fn since(node: &Node, nodes: &[Node], options: &[String], problems: &mut Problems) -> Vec<Since> {
    let mut all = Vec::new();
    for event in node.tables("since", problems) {
        let id = event.str("fact", problems);
        let is = |node: &Node, key: &str, wanted: &str| node.peek(key).and_then(Value::as_str) == Some(wanted);
        let date = nodes.iter().position(|n| is(n, "id", &id) && is(n, "kind", "date")).and_then(|place| u16::try_from(place).ok());
        let mut option = |key: &str| {
            let text = event.opt_str(key, problems)?;
            let place = options.iter().position(|o| *o == text).and_then(|place| u8::try_from(place).ok());
            if place.is_none() {
                problems.add(event.file, event.at(key), format!("unknown option `{text}`"), format!("use one of: {}", options.join(", ")));
            }
            place
        };
        let (when, before) = (option("when"), option("before"));
        match date {
            Some(date) => all.push(Since { date, when, before }),
            None => problems.add(event.file, event.at("fact"), format!("`{id}` is no date fact"), "name a date fact"),
        }
    }
    all
}

/// What counts for a set until the question has been asked: `until-asked = ["option"]`.
fn until_asked(node: &Node, kind: Kind, options: &[String], problems: &mut Problems) -> Option<u32> {
    let chosen = node.strings("until-asked", problems);
    if kind != Kind::Set && !chosen.is_empty() {
        problems.add(node.file, node.at("until-asked"), "goes with a set only", "remove it");
    }
    let mask = mask(node, "until-asked", &chosen, options, problems);
    (mask != 0).then_some(mask)
}

/// Where a date may also have been told: `told-by = { list, field, where, is }`, a list before it, a date field of it, and the
/// choice and option of the entries that speak of it.
fn told_by(node: &Node, kind: Kind, facts: &[Fact], problems: &mut Problems) -> Option<ToldBy> {
    let told = node.opt_table("told-by", problems)?;
    if kind != Kind::Date {
        problems.add(told.file, &told.key, "goes with a date only", "remove it");
    }
    let list = told.str("list", problems);
    let (field, kind, is) = (told.str("field", problems), told.str("where", problems), told.str("is", problems));
    let place = facts.iter().position(|fact| fact.id == list);
    let found = place.and_then(|place| {
        let fields = &facts.get(place)?.fields;
        let field = fields.iter().position(|f| f.id == field && f.kind == Kind::Date)?;
        let kind = fields.iter().position(|f| f.id == kind)?;
        let option = fields.get(kind)?.options.iter().position(|option| *option == is)?;
        Some(ToldBy {
            list: u16::try_from(place).ok()?,
            field: u16::try_from(field).ok()?,
            kind: u16::try_from(kind).ok()?,
            option: u8::try_from(option).ok()?,
        })
    });
    if found.is_none() {
        problems.add(told.file, &told.key, "names no list before this fact, no field of it or no option", "name an earlier list");
    }
    found
}

/// Options of an entry that are what a paper says: `[[fact.reads-as]]` with `field`, `option`, the fact `by`, and for each of
/// its options what the entry is then, under `as`.
fn reads_as(node: &Node, nodes: &[Node], fields: &[Field], problems: &mut Problems) -> Vec<ReadsAs> {
    let mut all = Vec::new();
    for reading in node.tables("reads-as", problems) {
        let (field, option, by) = (reading.str("field", problems), reading.str("option", problems), reading.str("by", problems));
        let place = fields.iter().position(|f| f.id == field);
        let options = place.and_then(|place| fields.get(place)).map(|f| f.options.as_slice()).unwrap_or(&[]);
        let known = |option: &str| options.iter().position(|o| o == option).and_then(|place| u8::try_from(place).ok());
        let is = |node: &Node, key: &str, wanted: &str| node.peek(key).and_then(Value::as_str) == Some(wanted);
        let paper = nodes.iter().position(|n| is(n, "id", &by) && is(n, "kind", "choice"));
        let papers = paper.and_then(|paper| nodes.get(paper)).map(|node| node.strings("options", problems)).unwrap_or_default();
        let read = reading.opt_table("as", problems);
        let mut pairs = Vec::new();
        for (place, paper) in papers.iter().enumerate() {
            let makes = read.as_ref().map(|read| read.str(paper, problems)).unwrap_or_default();
            match (u8::try_from(place).ok(), known(&makes)) {
                (Some(place), Some(makes)) => pairs.push((place, makes)),
                _ => problems.add(
                    reading.file,
                    reading.at(&format!("as.{paper}")),
                    format!("`{makes}` is no option of `{field}`"),
                    "say what the entry is with this paper",
                ),
            }
        }
        let place = place.filter(|_| !pairs.is_empty());
        let places = (place.and_then(|p| u16::try_from(p).ok()), known(&option), paper.and_then(|p| u16::try_from(p).ok()));
        match places {
            (Some(field), Some(option), Some(by)) => all.push(ReadsAs { field, option, by, options: pairs }),
            _ => problems.add(
                reading.file,
                &reading.key,
                "names no field, no option of it, or no fact",
                "name a field of this list, one of its options, and a choice",
            ),
        }
    }
    all
}

fn kind(node: &Node, problems: &mut Problems) -> Kind {
    let text = node.str("kind", problems);
    word(&text).unwrap_or_else(|| {
        problems.add(
            node.file,
            node.at("kind"),
            format!("unknown kind `{text}`"),
            "use yes-no, choice, set, country, countries, date or list",
        );
        Kind::YesNo
    })
}

fn options(node: &Node, kind: Kind, problems: &mut Problems) -> Vec<String> {
    let options = node.ids("options", problems);
    if matches!(kind, Kind::Choice | Kind::Set) == options.is_empty() {
        problems.add(node.file, node.at("options"), "a choice or a set has options, other kinds have none", "add or remove `options`");
    }
    if options.len() > 30 {
        problems.add(node.file, node.at("options"), "more than 30 options", "split the question");
    }
    options
}

fn fields(fact: &Node, problems: &mut Problems) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let nodes = fact.tables("field", problems);
    distinct(&nodes, problems);
    for node in nodes {
        let kind = kind(&node, problems);
        if matches!(kind, Kind::List | Kind::Set | Kind::Country | Kind::Countries) {
            problems.add(node.file, node.at("kind"), "a field is a date, a choice or yes-no", "use one of these");
        }
        let show_when = node.opt_table("show-when", problems).and_then(|show| {
            let id = show.str("field", problems);
            let options = match show.one_of(&["one-of", "given"], problems) {
                Some("one-of") => show.strings("one-of", problems),
                Some(_) => {
                    show.flag("given", problems);
                    Vec::new()
                }
                None => {
                    problems.add(show.file, &show.key, "does not say of which answer", "add one-of = [..] or given = true");
                    Vec::new()
                }
            };
            let Some(place) = fields.iter().position(|f| f.id == id) else {
                problems.add(show.file, show.at("field"), format!("no field `{id}` before this one"), "name an earlier field");
                return None;
            };
            let known = fields.get(place).map(|f| f.options.as_slice()).unwrap_or(&[]);
            Some(ShowWhen { field: u16::try_from(place).ok()?, options: mask(&show, "one-of", &options, known, problems) })
        });
        for key in ["words", "absent", "ahead"].iter().filter(|key| kind != Kind::Date && node.has(key)) {
            problems.add(node.file, node.at(key), "goes only with a date", "remove it");
        }
        let absent = node.opt_str("absent", problems);
        if absent.as_deref().is_some_and(|absent| absent != "still") {
            problems.add(node.file, node.at("absent"), "is an unknown word", "write \"still\", or remove it");
        }
        fields.push(Field {
            id: node.id("id", problems),
            kind,
            options: options(&node, kind, problems),
            words: node.ids("words", problems),
            still: absent.is_some(),
            ahead: node.flag("ahead", problems),
            show_when,
        });
    }
    fields
}

/// Options as a bit mask.
fn mask(node: &Node, key: &str, chosen: &[String], options: &[String], problems: &mut Problems) -> u32 {
    let mut mask = 0;
    for option in chosen {
        match options.iter().position(|o| o == option) {
            Some(place) => mask |= 1 << place,
            None => {
                problems.add(node.file, node.at(key), format!("unknown option `{option}`"), format!("use one of: {}", options.join(", ")))
            }
        }
    }
    mask
}

fn places(names: &Names, problems: &mut Problems) -> Option<Places> {
    let mut fact = |id: &str| {
        let place = names.place_of(id);
        if place.is_none() {
            problems.add(FACT_FILE, id, "missing, and the stay measures read it", "add the fact");
        }
        place
    };
    let in_us = fact("person.in-us")?;
    let (birth, stays, protected, contacts, orders) =
        (fact("person.birth-date")?, fact("stays")?, fact("protected-periods")?, fact("border-contacts")?, fact("orders")?);
    let leave = fact("voluntary-departure")?;
    let mut field = |fact: u16, id: &str| {
        let place =
            names.facts.get(usize::from(fact)).and_then(|f| f.fields.iter().position(|f| f.id == id)).and_then(|p| u16::try_from(p).ok());
        if place.is_none() {
            problems.add(FACT_FILE, id, "this field is missing, and the stay measures read it", "add the field");
        }
        place
    };
    Some(Places {
        in_us,
        birth,
        stays,
        entered: field(stays, "entered")?,
        how: field(stays, "how")?,
        allowed_until: field(stays, "allowed-until")?,
        left: field(stays, "left")?,
        left_how: field(stays, "left-how")?,
        protected,
        period_kind: field(protected, "kind")?,
        period_from: field(protected, "from")?,
        period_to: field(protected, "to")?,
        contacts,
        contact_date: field(contacts, "date")?,
        contact_what: field(contacts, "what")?,
        orders,
        order_kind: field(orders, "kind")?,
        order_date: field(orders, "date")?,
        order_carried_out: field(orders, "carried-out")?,
        leave,
        leave_granted: field(leave, "granted")?,
        leave_until: field(leave, "until")?,
        leave_left: field(leave, "left")?,
    })
}

fn measures(nodes: &[Node], names: &mut Names, places: &Places, problems: &mut Problems) -> Vec<Vec<Measure>> {
    let mut all: Vec<Vec<Measure>> = vec![Vec::new(); names.measures.len()];
    let lists = [
        ("protected", places.protected, places.period_kind),
        ("unlawful-on-entry", places.stays, places.how),
        ("not-a-departure", places.stays, places.left_how),
        ("illegal-entry", places.stays, places.how),
        ("attempts", places.contacts, places.contact_what),
        ("removals", places.stays, places.left_how),
        ("removal-contacts", places.contacts, places.contact_what),
        ("time-to-leave", places.protected, places.period_kind),
        ("becomes-order", places.orders, places.order_kind),
    ];
    for node in nodes {
        let cites = node.opt_table("cite", problems);
        let mut cite = Vec::new();
        for key in node.names().into_iter().filter(|key| !["id", "from", "to", "cite"].contains(key)) {
            let mine = cites.as_ref().map(|cites| names.cite(cites, key, problems)).unwrap_or_default();
            if mine.is_empty() {
                problems.add(node.file, node.at(key), "no citation", format!("add it under cite.{key}"));
            }
            cite.extend(mine);
        }
        cite.sort_unstable();
        cite.dedup();
        let mask_of = |key: &str, problems: &mut Problems| {
            let (_, fact, field) = lists.iter().find(|(k, ..)| *k == key)?;
            let options = names.facts.get(usize::from(*fact))?.fields.get(usize::from(*field))?.options.as_slice();
            Some(mask(node, key, &node.list(key, problems), options, problems))
        };
        let id = node.id("id", problems);
        let Interval { from, to } = interval(node, problems);
        let measure = Measure {
            from,
            to,
            counts_from: node.date("counts-from", problems).unwrap_or(Date::MIN),
            minors_until: node.opt_count("minors-until", problems),
            protected: mask_of("protected", problems).unwrap_or(0),
            unlawful_on_entry: mask_of("unlawful-on-entry", problems).unwrap_or(0),
            not_a_departure: mask_of("not-a-departure", problems).unwrap_or(0),
            illegal_entry: mask_of("illegal-entry", problems).unwrap_or(0),
            attempts: mask_of("attempts", problems).unwrap_or(0),
            removals: mask_of("removals", problems).unwrap_or(0),
            removal_contacts: mask_of("removal-contacts", problems).unwrap_or(0),
            time_to_leave: mask_of("time-to-leave", problems).unwrap_or(0),
            becomes_order: mask_of("becomes-order", problems).unwrap_or(0),
            cite,
            id: id.clone(),
        };
        if let Some(versions) = names.measures.iter().position(|m| *m == id).and_then(|place| all.get_mut(place)) {
            versions.push(measure);
        }
    }
    for versions in &all {
        let intervals: Vec<Interval> = versions.iter().map(|m| Interval { from: m.from, to: m.to }).collect();
        let id = versions.first().map_or("", |m| m.id.as_str());
        no_gap("measures.toml", id, &intervals, problems);
    }
    all
}

fn conditions(nodes: &[Node], names: &mut Names, problems: &mut Problems) -> Vec<NamedCondition> {
    let mut all: Vec<NamedCondition> = names.conditions.iter().map(|id| NamedCondition { id: id.clone(), versions: Vec::new() }).collect();
    for node in nodes {
        let id = node.id("id", problems);
        let version = Version { in_force: interval(node, problems), test: names.test(node, problems), cite: names.cited(node, problems) };
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

/// The named conditions that a condition rests on, by their places.
fn named_in(condition: &Condition, found: &mut BTreeSet<usize>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| named_in(part, found)),
        Condition::Not(part) | Condition::ThisStay(part) | Condition::Count { entry: part, .. } => named_in(part, found),
        Condition::Named(place) => {
            found.insert(usize::from(*place));
        }
        _ => {}
    }
}

/// What is in force can be told: a condition that has no version on some day would leave everything that names it unknown on
/// that day, and what ended before the rules begin is never looked at.
fn covered(pack: &Pack, problems: &mut Problems) {
    let mut check = |file: &str, key: String, tests: &[&Condition], when: Interval| {
        if when.to.is_some_and(|to| to < pack.known_from) {
            problems.add(file, &key, "ends before the rules are known", "remove it, or move known-from in pack.toml back");
        }
        let mut names = BTreeSet::new();
        tests.iter().for_each(|test| named_in(test, &mut names));
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
            let tests: Vec<&Condition> = criterion.applies.iter().chain([&criterion.test]).collect();
            check(&format!("routes/{}.toml", route.id), format!("criterion[{}]", criterion.id), &tests, criterion.in_force);
        }
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
    for (fact, guard) in pack.facts.iter().zip(&pack.applies) {
        let guards: Vec<&Condition> = guard.iter().collect();
        check(FACT_FILE, format!("fact[{}].applies-when", fact.id), &guards, always);
    }
}

/// A condition that rests on itself has no answer.
fn circle(conditions: &[NamedCondition], problems: &mut Problems) -> bool {
    let rests_on = |place: usize| {
        let mut found = BTreeSet::new();
        conditions.get(place).into_iter().flat_map(|named| &named.versions).for_each(|version| named_in(&version.test, &mut found));
        found
    };
    let mut found = false;
    for (place, named) in conditions.iter().enumerate() {
        let (mut reached, mut open) = (BTreeSet::new(), vec![place]);
        while let Some(at) = open.pop() {
            open.extend(rests_on(at).into_iter().filter(|next| reached.insert(*next)));
        }
        if reached.contains(&place) {
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

fn route(node: &Node, names: &mut Names, about: &About, problems: &mut Problems) -> Route {
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
    let mut door: Vec<DoorRow> = Vec::new();
    for row in node.tables("door", problems) {
        let (state, kind) = (row.str("state", problems), row.str("kind", problems));
        let cite = names.cited(&row, problems);
        let shelf = about.shelf.as_ref().and_then(|shelf| shelf.opt_count(&kind, problems));
        if shelf.is_none() {
            problems.add(row.file, row.at("kind"), format!("`{kind}` has no shelf life"), "use a kind from pack.toml, [shelf-life]");
        }
        let (from, confirmed_through) = (row.date("from", problems), row.date("confirmed-through", problems));
        let Some(state) = word::<DoorState>(&state).filter(|s| *s != DoorState::Unknown) else {
            problems.add(row.file, row.at("state"), format!("unknown state `{state}`"), "use a door word of rules/README.md");
            continue;
        };
        let (Some(from), Some(confirmed_through)) = (from, confirmed_through) else { continue };
        confirmed(&row, from, confirmed_through, door.last(), about.day, problems);
        if door.last().is_some_and(|last| last.from >= from) {
            problems.add(row.file, row.at("from"), "does not come after the row before", "put the rows in order");
        }
        door.push(DoorRow { from, state, cite, confirmed_through, shelf_life: shelf.unwrap_or(0) });
    }
    if door.is_empty() {
        problems.add(node.file, "door", "missing", "add at least one row of the timeline");
    }
    if door.first().is_some_and(|row| row.from > about.known_from) {
        problems.add(node.file, "door", "begins later than the rules are known", "say the state from known-from of pack.toml on");
    }
    let mut criteria: Vec<Criterion> = Vec::new();
    for node in node.tables("criterion", problems) {
        let test = names.test(&node, problems);
        let applies = node.value("applies-when").map(|guard| names.condition(&node, "applies-when", guard, None, problems));
        let if_no = match node.opt_str("if-no", problems).as_deref() {
            None | Some("for-good") => IfNo::ForGood,
            Some("time") => IfNo::Time,
            Some("lawyer") => IfNo::Lawyer,
            Some("step") => {
                let missing = node.str("missing", problems);
                IfNo::Step(names.fact(&node, "missing", &missing, problems).unwrap_or(0))
            }
            Some(other) => {
                problems.add(node.file, node.at("if-no"), format!("unknown word `{other}`"), "use for-good, step, time or lawyer");
                IfNo::ForGood
            }
        };
        let values = values(&node, &test);
        criteria.push(Criterion {
            id: node.id("id", problems),
            in_force: interval(&node, problems),
            applies,
            if_no,
            cite: names.cited(&node, problems),
            values,
            test,
        });
    }
    let mut by_id: BTreeMap<&str, Vec<Interval>> = BTreeMap::new();
    for criterion in &criteria {
        by_id.entry(&criterion.id).or_default().push(criterion.in_force);
    }
    for (id, intervals) in by_id {
        no_gap(node.file, id, &intervals, problems);
    }
    let mut steps = Vec::new();
    let step_nodes = node.tables("step", problems);
    distinct(&step_nodes, problems);
    for step in step_nodes {
        let kind = step.str("kind", problems);
        let Some(kind) = word::<StepKind>(&kind) else {
            problems.add(step.file, step.at("kind"), format!("unknown kind `{kind}`"), "use learn, gather, help or file");
            step.leave();
            continue;
        };
        let doors = words::<DoorState>(&step, "doors", problems).into_iter().fold(0, |mask, state| mask | state.bit());
        let fits = words::<FitState>(&step, "fits", problems).into_iter().fold(0, |mask, fit| mask | fit.bit());
        if doors & !door.iter().fold(0, |mask, row| mask | row.state.bit()) != 0 {
            problems.add(step.file, step.at("doors"), "names a state that this door never has", "correct the state, or remove it");
        }
        if kind == StepKind::File && doors == 0 {
            problems.add(step.file, step.at("doors"), "a step that files names the doors it is for", "add doors = [\"open\"]");
        }
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
        steps.push(Step { id, kind, doors, fits, when });
    }
    Route {
        id,
        group,
        door,
        criteria,
        gives: node.must_ids("gives", problems),
        exposes: node.must_ids("exposes", problems),
        documents: node.must_ids("documents", problems),
        steps,
        fees: fees(node, names, problems),
        review: reviewed(node, Some(about.day), problems),
    }
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
/// statement of its own, with its citation.
fn fees(route: &Node, names: &mut Names, problems: &mut Problems) -> Vec<Fee> {
    let mut fees = Vec::new();
    let mut intervals: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    for fee in route.tables("fee", problems) {
        let (id, in_force, cite) = (fee.id("id", problems), interval(&fee, problems), names.cited(&fee, problems));
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
    fees
}

/// A list of words that says something where it stands.
fn words<T: DeserializeOwned>(node: &Node, key: &str, problems: &mut Problems) -> Vec<T> {
    each_word(node, key, node.strings(key, problems), problems)
}

fn each_word<T: DeserializeOwned>(node: &Node, key: &str, list: Vec<String>, problems: &mut Problems) -> Vec<T> {
    let mut found = Vec::new();
    for text in list {
        match word(&text) {
            Some(word) => found.push(word),
            None => problems.add(node.file, node.at(key), format!("unknown word `{text}`"), "use a word of rules/README.md"),
        }
    }
    found
}

fn caution(node: &Node, names: &mut Names, routes: &[Route], problems: &mut Problems) -> CautionRule {
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
            values: values(&node, &test),
            cite: names.cited(&node, problems),
            test,
        });
    }
    if clauses.is_empty() {
        problems.add(node.file, "when", "missing", "say when the caution holds");
    }
    CautionRule { id, clauses }
}

fn about_card(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(about_card),
        Condition::Not(part) => about_card(part),
        Condition::Door { .. } | Condition::OnBoundary | Condition::Stale | Condition::Unverified => true,
        _ => false,
    }
}

/// The first date, years and days that a test names, for the placeholders of its texts.
fn values(node: &Node, test: &Condition) -> Values {
    let mut values = Values::default();
    collect_values(test, &mut values);
    values.days = values.days.or(node.peek("test").and_then(days_named));
    values
}

/// The first number of days as the author wrote it: "more than 180" stays 180.
fn days_named(value: &Value) -> Option<i32> {
    match value {
        Value::Table(table) => {
            let named = ["more-than", "at-least"].iter().find_map(|key| table.get(*key)?.as_integer());
            named.and_then(|n| i32::try_from(n).ok()).or_else(|| table.values().find_map(days_named))
        }
        Value::Array(items) => items.iter().find_map(days_named),
        _ => None,
    }
}

fn collect_values(condition: &Condition, values: &mut Values) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect_values(part, values)),
        Condition::Not(part) | Condition::ThisStay(part) | Condition::Count { entry: part, .. } => collect_values(part, values),
        Condition::When { date, point, .. } => [date, point].into_iter().for_each(|moment| moment_values(*moment, values)),
        Condition::PresentSince { by, span, .. } => {
            moment_values(*by, values);
            span_values(*span, values);
        }
        Condition::BarRunning { years, .. } | Condition::RemovalBarRunning { years, .. } => values.years = values.years.or(Some(*years)),
        Condition::TimeToLeave { years, .. } => values.years = values.years.or(*years),
        _ => {}
    }
}

fn moment_values(moment: Moment, values: &mut Values) {
    match moment {
        Moment::Date(date) => values.date = values.date.or(Some(date)),
        Moment::AsOf => {}
        Moment::Fact(_, span) | Moment::Field(_, span) => span_values(span, values),
    }
}

fn span_values(span: Span, values: &mut Values) {
    if span.months > 0 && span.months % 12 == 0 {
        values.years = values.years.or(Some(span.months / 12));
    }
    if span.days > 0 {
        values.days = values.days.or(Some(span.days));
    }
}

/// Every fact that a condition reads, through names and measures.
fn facts_in(condition: &Condition, conditions: &[NamedCondition], places: &Places, read: &mut BTreeSet<u16>) {
    let mut recurse = |part: &Condition| facts_in(part, conditions, places, read);
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(recurse),
        Condition::Not(part) => recurse(part),
        Condition::Named(place) => {
            conditions.get(usize::from(*place)).into_iter().flat_map(|named| &named.versions).for_each(|version| recurse(&version.test));
        }
        Condition::Has { fact, .. } | Condition::In { fact, .. } => {
            read.insert(*fact);
        }
        Condition::Count { list, entry, .. } => {
            let mut within = vec![*list];
            facts_within(entry, &mut within);
            read.extend(within);
        }
        Condition::When { date, point, .. } => read.extend([date, point].into_iter().filter_map(Moment::fact)),
        Condition::ThisStay(part) => {
            let mut within = vec![places.stays];
            facts_within(part, &mut within);
            read.extend(within);
        }
        Condition::PresentSince { by, .. } => {
            read.insert(places.stays);
            read.extend(by.fact());
        }
        Condition::DaysInThisStay { .. } | Condition::BarRunning { .. } => read.extend([places.stays, places.birth, places.protected]),
        Condition::ReturnedAfter { .. } => read.extend([places.stays, places.contacts, places.birth, places.protected]),
        Condition::ReturnedAfterOrder { .. } => read.extend([places.stays, places.contacts, places.orders]),
        Condition::RemovalBarRunning { .. } => read.extend([places.stays, places.orders]),
        Condition::TimeToLeave { .. } => read.extend([places.leave, places.stays]),
        Condition::StaysOutOfOrder => {
            read.insert(places.stays);
        }
        _ => {}
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
            papers.chain([fact.short_when, fact.implied.as_ref().filter(|_| names.used_facts.contains(&fact.id)).map(|i| i.fact)])
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
        if !cite.is_empty() && !cite.iter().any(|c| self.verified.get(usize::from(*c)).copied().unwrap_or(false)) {
            self.unverified.push(format!("{}: {} ({})", node.file, node.key, node.strings(key, problems).join(", ")));
        }
        cite
    }

    fn test(&mut self, node: &Node, problems: &mut Problems) -> Condition {
        match node.value("test") {
            Some(test) => self.condition(node, "test", test, None, problems),
            None => {
                problems.add(node.file, node.at("test"), "missing", "add test = { ... }");
                Condition::Always
            }
        }
    }

    /// Reads one condition. `list` is the list whose entries are under test, where one is.
    fn condition(&mut self, node: &Node, key: &str, value: &Value, list: Option<u16>, problems: &mut Problems) -> Condition {
        let Value::Table(table) = value else {
            problems.add(node.file, node.at(key), "is not a condition", "write a table such as { fact = \"...\", is = \"...\" }");
            return Condition::Always;
        };
        let here = node.inner(key, table);
        let mut words = WORDS.iter().filter(|(word, _)| here.has(word));
        let Some((word, read)) = words.next() else {
            problems.add(here.file, &here.key, "is no word of the vocabulary", "see the list of words in rules/README.md");
            here.leave();
            return Condition::Always;
        };
        let so_far = problems.0.len();
        for (more, _) in words {
            here.value(more);
            problems.add(here.file, here.at(more), format!("stands beside `{word}`"), "join the two with all = [..] or any = [..]");
        }
        let condition = read(self, &here, word, list, problems);
        if condition.is_none() {
            if problems.0.len() == so_far {
                problems.add(here.file, &here.key, format!("`{word}` is not complete"), "see the list of words in rules/README.md");
            }
            here.leave();
        }
        condition.unwrap_or(Condition::Always)
    }

    fn part(&mut self, node: &Node, key: &str, list: Option<u16>, problems: &mut Problems) -> Option<Condition> {
        node.value(key).map(|part| self.condition(node, key, part, list, problems))
    }

    fn named(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let id = node.str("named", problems);
        let place = self.conditions.iter().position(|known| *known == id).and_then(|place| u16::try_from(place).ok());
        match place {
            Some(_) => {
                self.used_conditions.insert(id);
            }
            None => problems.add(node.file, &node.key, format!("unknown condition `{id}`"), "name a condition of conditions.toml"),
        }
        place.map(Condition::Named)
    }

    fn this_stay(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let stays = self.fact(node, "this-stay", "stays", problems)?;
        Some(Condition::ThisStay(Box::new(self.part(node, "this-stay", Some(stays), problems)?)))
    }

    fn present_since(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        self.fact(node, "present-since", "stays", problems)?;
        let date = node.date("present-since", problems)?;
        Some(Condition::PresentSince { by: Moment::Date(date), span: Span::ZERO, trips: None })
    }

    fn stays_out_of_order(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        self.fact(node, "stays-out-of-order", "stays", problems)?;
        node.flag("stays-out-of-order", problems).then_some(Condition::StaysOutOfOrder)
    }

    /// Only a caution is looked at once for each card; elsewhere there is no card to speak of.
    fn about_card(&self, node: &Node, list: Option<u16>, problems: &mut Problems) {
        if !self.in_caution || list.is_some() {
            problems.add(node.file, &node.key, "speaks of a card, and there is none here", "use it in the test of a caution");
        }
    }

    fn card_flag(&self, node: &Node, word: &str, list: Option<u16>, means: Condition, problems: &mut Problems) -> Option<Condition> {
        self.about_card(node, list, problems);
        node.flag(word, problems).then_some(means)
    }

    /// `{ removal-bar-running = ["expedited"], measure = "lifetime", years = 5 }`, with `at-least = 2` for a second order.
    fn removal_bar(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let measure = self.measure(node, "measure", problems)?;
        let orders = self.fact(node, "removal-bar-running", "orders", problems)?;
        self.fact(node, "removal-bar-running", "stays", problems);
        let kinds = node.strings("removal-bar-running", problems);
        let known = self.facts.get(usize::from(orders)).and_then(|fact| fact.fields.iter().find(|field| field.id == "kind"))?;
        let kinds = mask(node, "removal-bar-running", &kinds, &known.options, problems);
        let years = node.opt_count("years", problems);
        if years.is_none() || kinds == 0 {
            problems.add(
                node.file,
                &node.key,
                "names no kind of order or no years",
                "write { removal-bar-running = [\"judge\"], measure = \"...\", years = 10 }",
            );
        }
        let at_least = u16::try_from(node.opt_count("at-least", problems).unwrap_or(1)).unwrap_or(1);
        Some(Condition::RemovalBarRunning { measure, kinds, years: years?, at_least })
    }

    /// `{ time-to-leave = "measure", is = "running" }`, `"overstayed"` or `"left-late"`, with `years = 10` for what runs from
    /// its last day on.
    fn time_to_leave(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let measure = self.measure(node, "time-to-leave", problems)?;
        for fact in ["voluntary-departure", "stays", "protected-periods"] {
            self.fact(node, "time-to-leave", fact, problems);
        }
        let is = node.str("is", problems);
        let Some(state) = word::<TimeToLeave>(&is) else {
            problems.add(node.file, node.at("is"), format!("unknown word `{is}`"), "use running, overstayed or left-late");
            return None;
        };
        Some(Condition::TimeToLeave { measure, state, years: node.opt_count("years", problems) })
    }

    fn measure(&mut self, node: &Node, key: &str, problems: &mut Problems) -> Option<u16> {
        let id = node.str(key, problems);
        let place = self.measures.iter().position(|known| *known == id).and_then(|place| u16::try_from(place).ok());
        match place {
            Some(_) => {
                self.used_measures.insert(id);
            }
            None => problems.add(node.file, &node.key, format!("unknown measure `{id}`"), "name a measure of measures.toml"),
        }
        place
    }

    fn parts(&mut self, node: &Node, key: &str, list: Option<u16>, problems: &mut Problems) -> Option<Vec<Condition>> {
        match node.value(key) {
            Some(Value::Array(parts)) if !parts.is_empty() => {
                Some(parts.iter().enumerate().map(|(i, part)| self.condition(node, &format!("{key}[{i}]"), part, list, problems)).collect())
            }
            _ => {
                problems.add(node.file, node.at(key), "is not a list of conditions", "write at least one condition in [ ]");
                None
            }
        }
    }

    fn fact_test(&mut self, node: &Node, list: Option<u16>, problems: &mut Problems) -> Option<Condition> {
        let id = node.str("fact", problems);
        let place = self.fact(node, "fact", &id, problems)?;
        let fact = self.facts.get(usize::from(place))?;
        let test = node.one_of(&FACT_TESTS, problems);
        let wrong = |problems: &mut Problems| {
            problems.add(
                node.file,
                &node.key,
                format!("this test does not go with `{id}`, a {:?}", fact.kind),
                "see the list of words in rules/README.md",
            );
        };
        for (key, rel) in RELATIONS {
            if test == Some(key) {
                if fact.kind != Kind::Date {
                    wrong(problems);
                }
                let point = self.moment(node, key, list, problems)?;
                return Some(Condition::When { date: Moment::Fact(place, Span::ZERO), rel, point });
            }
        }
        for (key, rel) in SPANS {
            if test == Some(key) {
                if fact.kind != Kind::Date {
                    wrong(problems);
                }
                let (span, point) = (node.opt_table(key, problems)?, self.by(node, problems)?);
                return Some(Condition::When { date: Moment::Fact(place, span_of(&span, problems)?), rel, point });
            }
        }
        if fact.kind == Kind::YesNo {
            let yes = node.opt_bool("is", problems);
            if yes.is_none() {
                problems.add(node.file, &node.key, "a yes-no fact is true or false", "write is = true or is = false");
            }
            return yes.map(|yes| Condition::Has { fact: place, options: if yes { 2 } else { 1 } });
        }
        let chosen = match test {
            Some(one @ ("is" | "includes")) => vec![node.str(one, problems)],
            Some(list) => node.strings(list, problems),
            None => Vec::new(),
        };
        let other = test == Some("includes-other-than");
        let of_set = !matches!(test, Some("is" | "one-of"));
        if chosen.is_empty() || of_set != matches!(fact.kind, Kind::Set | Kind::Countries) {
            wrong(problems);
            return None;
        }
        match fact.kind {
            Kind::Country | Kind::Countries => {
                let countries: Vec<Country> = chosen.iter().filter_map(|code| Country::parse(code)).collect();
                if countries.len() != chosen.len() {
                    problems.add(node.file, &node.key, "is not a list of countries", "write two capital letters each, such as \"MX\"");
                }
                Some(Condition::In { fact: place, other, countries })
            }
            Kind::Choice | Kind::Set if !other => {
                Some(Condition::Has { fact: place, options: mask(node, "fact", &chosen, &fact.options, problems) })
            }
            _ => {
                wrong(problems);
                None
            }
        }
    }

    /// A date, `"as-of"`, or a date fact, perhaps with a span: `{ fact = "person.birth-date", plus = { years = 16 } }`.
    fn moment(&mut self, node: &Node, key: &str, list: Option<u16>, problems: &mut Problems) -> Option<Moment> {
        match node.value(key)? {
            Value::String(text) if text == "as-of" => Some(Moment::AsOf),
            Value::Table(table) => {
                let other = node.inner(key, table);
                let plus = match other.opt_table("plus", problems) {
                    Some(span) => span_of(&span, problems)?,
                    None => Span::ZERO,
                };
                if other.one_of(&["fact", "field"], problems) == Some("field") {
                    let id = other.str("field", problems);
                    let fields = list.and_then(|list| self.facts.get(usize::from(list))).map(|fact| fact.fields.as_slice()).unwrap_or(&[]);
                    let place = fields.iter().position(|field| field.id == id && field.kind == Kind::Date);
                    if place.is_none() {
                        problems.add(
                            node.file,
                            &node.key,
                            format!("no date field `{id}` here"),
                            "name a date field of the list under test",
                        );
                    }
                    return place.and_then(|place| u16::try_from(place).ok()).map(|place| Moment::Field(place, plus));
                }
                let fact = other.str("fact", problems);
                Some(Moment::Fact(self.date_fact(node, key, &fact, problems)?, plus))
            }
            _ => node.date(key, problems).map(Moment::Date),
        }
    }

    /// Up to when a span is counted: `by = "as-of"`, or a date fact.
    fn by(&mut self, node: &Node, problems: &mut Problems) -> Option<Moment> {
        match node.str("by", problems).as_str() {
            "as-of" => Some(Moment::AsOf),
            other => self.date_fact(node, "by", other, problems).map(|fact| Moment::Fact(fact, Span::ZERO)),
        }
    }

    fn date_fact(&mut self, node: &Node, key: &str, id: &str, problems: &mut Problems) -> Option<u16> {
        let place = self.fact(node, key, id, problems)?;
        if self.facts.get(usize::from(place)).is_none_or(|fact| fact.kind != Kind::Date) {
            problems.add(node.file, node.at(key), format!("`{id}` is not a date"), "name a date fact");
        }
        Some(place)
    }

    /// `{ present-for = { years = 10 }, by = "as-of", longest-trip = 90, all-trips = 180, how = ["own-choice"] }`.
    fn present_for(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let stays = self.fact(node, "present-for", "stays", problems)?;
        let (by, span) = (self.by(node, problems)?, span_of(&node.opt_table("present-for", problems)?, problems)?);
        let trips = match (node.opt_count("longest-trip", problems), node.opt_count("all-trips", problems)) {
            (None, None) => None,
            (longest, all) => {
                let field = self.facts.get(usize::from(stays)).and_then(|fact| fact.fields.iter().find(|f| f.id == "left-how"));
                let ways = node.strings("how", problems);
                if ways.is_empty() {
                    problems.add(node.file, node.at("how"), "missing", "say after which ways of leaving a short trip is no break");
                }
                let how = field.map(|field| mask(node, "how", &ways, &field.options, problems));
                Some(Trips { longest: longest.unwrap_or(i32::MAX), all: all.unwrap_or(i32::MAX), how: how? })
            }
        };
        Some(Condition::PresentSince { by, span, trips })
    }

    fn entries(&mut self, node: &Node, key: &str, problems: &mut Problems) -> Option<Condition> {
        let id = node.str(key, problems);
        let list = self.fact(node, key, &id, problems)?;
        if self.facts.get(usize::from(list)).is_none_or(|fact| fact.kind != Kind::List) {
            problems.add(node.file, &node.key, format!("`{id}` is not a list"), "name a list");
        }
        let at_least = if key == "some" { 1 } else { node.opt_int("at-least", problems).unwrap_or(0) };
        let at_least = u16::try_from(at_least).ok().filter(|n| (1..=LIST_CAPACITY).contains(&usize::from(*n)));
        if at_least.is_none() {
            problems.add(node.file, node.at("at-least"), "is no number of entries", format!("write 1 to {LIST_CAPACITY}"));
        }
        let entry = self.part(node, "where", Some(list), problems).unwrap_or(Condition::Always);
        Some(Condition::Count { list, entry: Box::new(entry), at_least: at_least? })
    }

    fn field_test(&mut self, node: &Node, list: Option<u16>, problems: &mut Problems) -> Option<Condition> {
        let id = node.str("field", problems);
        let fields = list.and_then(|list| self.facts.get(usize::from(list))).map(|fact| fact.fields.as_slice()).unwrap_or(&[]);
        let Some(place) = fields.iter().position(|field| field.id == id) else {
            problems.add(
                node.file,
                &node.key,
                format!("no field `{id}` here"),
                "use `field` inside some, count or this-stay, with a field of that list",
            );
            return None;
        };
        let field = fields.get(place)?.clone();
        let place = u16::try_from(place).ok()?;
        let test = node.one_of(&FIELD_TESTS, problems);
        if field.kind != Kind::Date && !matches!(test, Some("is" | "one-of" | "given")) {
            problems.add(node.file, &node.key, format!("this test does not go with `{id}`, a {:?}", field.kind), "use is, one-of or given");
            return None;
        }
        for (key, rel) in RELATIONS {
            if test == Some(key) {
                let point = self.moment(node, key, list, problems)?;
                return Some(Condition::When { date: Moment::Field(place, Span::ZERO), rel, point });
            }
        }
        for (key, rel) in SPANS {
            if test == Some(key) {
                let (span, point) = (node.opt_table(key, problems)?, self.by(node, problems)?);
                return Some(Condition::When { date: Moment::Field(place, span_of(&span, problems)?), rel, point });
            }
        }
        let chosen = match test {
            Some("is") => vec![node.str("is", problems)],
            Some("one-of") => node.strings("one-of", problems),
            Some("given") => return node.flag("given", problems).then_some(Condition::Field { field: place, test: FieldTest::Given }),
            _ => Vec::new(),
        };
        if chosen.is_empty() {
            problems.add(node.file, &node.key, format!("says nothing of `{id}`"), "see the list of words in rules/README.md");
        }
        let known = if field.kind == Kind::Date { &field.words } else { &field.options };
        Some(Condition::Field { field: place, test: FieldTest::Options(mask(node, "field", &chosen, known, problems)) })
    }

    fn measure_test(&mut self, node: &Node, word: &str, problems: &mut Problems) -> Option<Condition> {
        let measure = self.measure(node, word, problems)?;
        for fact in ["stays", "border-contacts", "orders", "person.birth-date", "protected-periods"] {
            self.fact(node, word, fact, problems);
        }
        if word == "returned-after-order" {
            return Some(Condition::ReturnedAfterOrder { measure });
        }
        let mut days = |key: &str| node.opt_int(key, problems);
        let (at_least, more_than, fewer_than) = (days("at-least"), days("more-than"), days("fewer-than"));
        let min = at_least.or(more_than.map(|n| n.saturating_add(1)));
        let max = fewer_than.map(|n| n.saturating_sub(1));
        // Only a departure can follow any stay, however short: elsewhere a number of days from 0 on says nothing.
        let least = if word == "bar-running" { 0 } else { 1 };
        node.one_of(&["at-least", "more-than"], problems);
        if min.is_some_and(|min| min < least) || max.is_some_and(|max| max < min.unwrap_or(0)) {
            problems.add(
                node.file,
                &node.key,
                "is always so, or never",
                "write a number of days that some people have and others have not",
            );
        }
        if min.is_none() && max.is_none() {
            problems.add(node.file, &node.key, "no number of days", "add more-than, at-least or fewer-than");
        }
        let range = Range { min: min.unwrap_or(0), max: max.unwrap_or(i32::MAX) };
        match word {
            "days-in-this-stay" => Some(Condition::DaysInThisStay { measure, range }),
            "returned-after" => Some(Condition::ReturnedAfter { measure, range }),
            _ => {
                let years = node.count("years", problems);
                let ways = node.strings("how", problems);
                let options =
                    self.facts.iter().find(|fact| fact.id == "stays").and_then(|fact| fact.fields.iter().find(|f| f.id == "left-how"));
                let how = match options {
                    Some(field) if !ways.is_empty() => mask(node, "how", &ways, &field.options, problems),
                    _ => u32::MAX,
                };
                Some(Condition::BarRunning { measure, range, years: years?, how })
            }
        }
    }
}

/// Reads one word of the vocabulary with what stands beside it.
type Reader = fn(&mut Names, &Node, &'static str, Option<u16>, &mut Problems) -> Option<Condition>;

/// Every word of the vocabulary, and what reads it.
const WORDS: [(&str, Reader); 23] = [
    ("all", |names, here, word, list, problems| names.parts(here, word, list, problems).map(Condition::All)),
    ("any", |names, here, word, list, problems| names.parts(here, word, list, problems).map(Condition::Any)),
    ("not", |names, here, word, list, problems| names.part(here, word, list, problems).map(|part| Condition::Not(Box::new(part)))),
    ("named", |names, here, _, _, problems| names.named(here, problems)),
    ("always", |_, here, word, _, problems| here.flag(word, problems).then_some(Condition::Always)),
    ("fact", |names, here, _, list, problems| names.fact_test(here, list, problems)),
    ("some", |names, here, word, _, problems| names.entries(here, word, problems)),
    ("count", |names, here, word, _, problems| names.entries(here, word, problems)),
    ("this-stay", |names, here, _, _, problems| names.this_stay(here, problems)),
    ("field", |names, here, _, list, problems| names.field_test(here, list, problems)),
    ("present-since", |names, here, _, _, problems| names.present_since(here, problems)),
    ("present-for", |names, here, _, _, problems| names.present_for(here, problems)),
    ("days-in-this-stay", |names, here, word, _, problems| names.measure_test(here, word, problems)),
    ("bar-running", |names, here, word, _, problems| names.measure_test(here, word, problems)),
    ("returned-after", |names, here, word, _, problems| names.measure_test(here, word, problems)),
    ("returned-after-order", |names, here, word, _, problems| names.measure_test(here, word, problems)),
    ("removal-bar-running", |names, here, _, _, problems| names.removal_bar(here, problems)),
    ("time-to-leave", |names, here, _, _, problems| names.time_to_leave(here, problems)),
    ("stays-out-of-order", |names, here, _, _, problems| names.stays_out_of_order(here, problems)),
    ("door", |names, here, word, list, problems| {
        names.about_card(here, list, problems);
        let states = words::<DoorState>(here, word, problems).into_iter().fold(0, |mask, state| mask | state.bit());
        Some(Condition::Door { states })
    }),
    ("on-boundary", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::OnBoundary, problems)),
    ("stale", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::Stale, problems)),
    ("unverified", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::Unverified, problems)),
];

/// What can be said of a fact, one at a time.
const FACT_TESTS: [&str; 12] = [
    "is",
    "one-of",
    "includes",
    "includes-any",
    "includes-other-than",
    "before",
    "on-or-before",
    "on-or-after",
    "after",
    "at-least",
    "less-than",
    "at-most",
];
/// What can be said of a field of an entry, one at a time.
const FIELD_TESTS: [&str; 10] =
    ["is", "one-of", "given", "before", "on-or-before", "on-or-after", "after", "at-least", "less-than", "at-most"];

/// A span after a date, against the moment up to which it is counted.
const SPANS: [(&str, Relation); 3] = [("at-least", Relation::OnOrBefore), ("less-than", Relation::After), ("at-most", Relation::OnOrAfter)];

const RELATIONS: [(&str, Relation); 4] = [
    ("before", Relation::Before),
    ("on-or-before", Relation::OnOrBefore),
    ("on-or-after", Relation::OnOrAfter),
    ("after", Relation::After),
];

/// A span: years and months, then days; `{ years = 3, days = -90 }` is three years less 90 days.
fn span_of(node: &Node, problems: &mut Problems) -> Option<Span> {
    let part = |key: &str, problems: &mut Problems| node.opt_int(key, problems).unwrap_or(0);
    let (years, months, days) = (part("years", problems), part("months", problems), part("days", problems));
    let span = Span { months: years.saturating_mul(12).saturating_add(months), days };
    if span == Span::ZERO {
        problems.add(node.file, &node.key, "is not a span", "write years, months or days");
        return None;
    }
    Some(span)
}
