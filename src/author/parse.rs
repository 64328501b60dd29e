//! TOML rules to a [`Pack`]: names become places, conditions become the closed vocabulary of `condition`.

use super::Problems;
use super::read::{self, Node};
use crate::condition::{Condition, FieldTest, Moment, Relation, facts_within};
use crate::date::{Date, Span};
use crate::fact::{Country, Fact, Field, Implied, Kind, LIST_CAPACITY, ShowWhen, Since};
use crate::pack::{
    CautionRule, Citation, Clause, Contradiction, Criterion, DoorRow, DoorState, FORMAT, Fee, FitState, IfNo, Interval, NamedCondition,
    Pack, Review, Route, Step, StepKind, Tell, Tier, Values, Version,
};
use crate::stay::{Measure, Places, Range, Trips};
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

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
const FIRST_PASS: usize = 8;

/// Everything that names are looked up in while conditions are read.
struct Names<'a> {
    facts: &'a [Fact],
    conditions: Vec<String>,
    measures: Vec<String>,
    citations: Vec<String>,
    used_facts: BTreeSet<String>,
    used_cites: BTreeSet<String>,
    used_conditions: BTreeSet<String>,
    unverified: Vec<String>,
    verified: Vec<bool>,
}

/// Reads the rules of a folder. `None` where they are too broken to be checked further.
pub fn load(folder: &Path, problems: &mut Problems) -> Option<Loaded> {
    let pack_file = read::file(folder, "pack.toml", problems)?;
    let facts_file = read::file(folder, FACT_FILE, problems)?;
    let conditions_file = read::file(folder, "conditions.toml", problems)?;
    let measures_file = read::file(folder, "measures.toml", problems)?;
    let citations_file = read::file(folder, "citations.toml", problems)?;
    let contradictions_file = read::file(folder, "contradictions.toml", problems);
    let each = |sub: &str, problems: &mut Problems| -> Vec<(String, Table)> {
        let names = read::files(folder, sub);
        names.into_iter().filter_map(|name| read::file(folder, &name, problems).map(|table| (name, table))).collect()
    };
    let route_files = each("routes", problems);
    let caution_files = each("cautions", problems);

    let pack_node = Node { file: "pack.toml", key: String::new(), table: &pack_file };
    let facts_node = Node { file: FACT_FILE, key: String::new(), table: &facts_file };
    let fact_nodes = facts_node.tables("fact", problems);
    let facts = facts(&fact_nodes, &countries(&pack_node, problems), problems);
    let sources = sources(&citations_file, problems);
    let conditions_node = Node { file: "conditions.toml", key: String::new(), table: &conditions_file };
    let condition_nodes = conditions_node.tables("condition", problems);
    let measures_node = Node { file: "measures.toml", key: String::new(), table: &measures_file };
    let measure_nodes = measures_node.tables("measure", problems);
    let ids = |nodes: &[Node]| {
        let mut ids: Vec<String> = Vec::new();
        for id in nodes.iter().filter_map(|node| node.table.get("id").and_then(Value::as_str)) {
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
        unverified: Vec::new(),
        verified: sources.iter().map(|c| c.verified).collect(),
    };
    let places = places(&names, problems)?;
    let measures = measures(&measure_nodes, &mut names, &places, problems);
    let conditions = conditions(&condition_nodes, &mut names, problems);
    let applies = fact_nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let guard = node.table.get("applies-when")?;
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
            }
            Some(guard)
        })
        .collect();
    let shelf = pack_node.opt_table("shelf-life", problems);
    let shelf_life = |kind: &str, problems: &mut Problems| shelf.as_ref().and_then(|shelf| shelf.opt_int(kind, problems));
    let routes: Vec<Route> = route_files
        .iter()
        .map(|(file, table)| route(&Node { file, key: String::new(), table }, &mut names, &shelf_life, problems))
        .collect();
    let cautions: Vec<CautionRule> = caution_files
        .iter()
        .map(|(file, table)| caution(&Node { file, key: String::new(), table }, &mut names, &routes, problems))
        .collect();
    let contradictions = contradictions_file
        .as_ref()
        .map(|table| Node { file: "contradictions.toml", key: String::new(), table }.tables("contradiction", problems))
        .unwrap_or_default()
        .iter()
        .map(|node| {
            node.only(&["id", "test"], problems);
            Contradiction { id: node.str("id", problems), test: names.test(node, problems) }
        })
        .collect();
    unused(&fact_nodes, &conditions_node, &facts, &names, problems);
    let reserved = reserved(&fact_nodes);
    let unverified = names.unverified;

    pack_node.only(&["id", "format", "version", "known-from", "languages", "countries", "review", "shelf-life"], problems);
    if pack_node.opt_int("format", problems) != i32::try_from(FORMAT).ok() {
        problems.add("pack.toml", "format", "is not the format of this engine", format!("write format = {FORMAT}"));
    }
    let confirmed = routes.iter().flat_map(|route| &route.door).map(|row| row.confirmed_through).max();
    let pack = Pack {
        format: FORMAT,
        id: pack_node.str("id", problems),
        version: pack_node.str("version", problems),
        known_from: pack_node.date("known-from", problems)?,
        confirmed_through: confirmed?,
        languages: pack_node.strings("languages", problems),
        review: review(&pack_node, problems),
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
    let help = help(folder, problems);
    Some(Loaded { pack, sources, help, reserved, unverified })
}

/// Reads a word of a closed list.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(text).ok()
}

fn review(pack: &Node, problems: &mut Problems) -> Review {
    reviewed(pack, problems).unwrap_or_else(|| {
        problems.add(pack.file, "review", "missing", "say who checked the rules, or state = \"draft\"");
        Review { state: "draft".into(), role: None, organization: None, on: None, scope: None }
    })
}

/// Who checked a route or the pack, where that is said: a draft, or reviewed by a role, on a day, and for what.
fn reviewed(of: &Node, problems: &mut Problems) -> Option<Review> {
    let node = of.opt_table("review", problems)?;
    node.only(&["state", "role", "organization", "on", "scope"], problems);
    let review = Review {
        state: node.str("state", problems),
        role: node.opt_str("role", problems),
        organization: node.opt_str("organization", problems),
        on: node.opt_date("on", problems),
        scope: node.opt_str("scope", problems),
    };
    let named = review.role.is_some() && review.organization.is_some() && review.on.is_some();
    if review.state != "draft" && !(review.state == "reviewed" && named) {
        problems.add(
            node.file,
            node.at("state"),
            "is neither a draft nor reviewed by somebody on a day",
            "write state = \"draft\", or \"reviewed\" with role, organization and on",
        );
    }
    Some(review)
}

fn sources(table: &Table, problems: &mut Problems) -> Vec<Source> {
    let kinds = ["statute", "regulation", "notice", "guidance", "court", "agency", "secondary", "practice"];
    let mut sources = Vec::new();
    for (id, value) in table {
        let Value::Table(table) = value else {
            problems.add("citations.toml", id, "is not a table", "write [id] and its keys");
            continue;
        };
        let node = Node { file: "citations.toml", key: id.clone(), table };
        node.only(&["title", "url", "kind", "read", "verified", "note"], problems);
        let (kind, url) = (node.str("kind", problems), node.opt_str("url", problems));
        let verified = node.opt_bool("verified", problems).unwrap_or(false);
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
        if verified && kind != "practice" && (url.is_none() || node.opt_date("read", problems).is_none()) {
            problems.add(
                node.file,
                id,
                "is verified but does not say what was read and when",
                "add `url` and `read`, or write verified = false",
            );
        }
        sources.push(Source { id: id.clone(), title: node.str("title", problems), url, kind, verified });
    }
    sources
}

/// Places of help. A link leads to the government or to a host of the reviewed list, never anywhere else.
fn help(folder: &Path, problems: &mut Problems) -> Vec<Help> {
    let Some(table) = read::file(folder, "help.toml", problems) else { return Vec::new() };
    let root = Node { file: "help.toml", key: String::new(), table: &table };
    root.only(&["hosts", "help"], problems);
    let hosts = root.strings("hosts", problems);
    let mut all: Vec<Help> = Vec::new();
    for node in root.tables("help", problems) {
        node.only(&["id", "url", "phone"], problems);
        let url = node.str("url", problems);
        let host = host(&url);
        if !host.is_some_and(|host| host.ends_with(".gov") || hosts.iter().any(|known| known == host)) {
            problems.add(
                node.file,
                node.at("url"),
                "is no https address of the government or of a reviewed host",
                "correct it, or add the host to `hosts` after a look at it",
            );
        }
        all.push(Help { id: node.str("id", problems), url, phone: node.opt_str("phone", problems) });
    }
    for unused in hosts.iter().filter(|known| !all.iter().any(|help| host(&help.url) == Some(known.as_str()))) {
        problems.add("help.toml", "hosts", format!("nothing leads to {unused}"), "remove it");
    }
    all
}

/// The host of an https address of plain form: no port, no user, no dots at the ends.
fn host(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split('/').next()?;
    let plain = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (host.contains('.') && host.split('.').all(plain)).then_some(host)
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

fn facts(nodes: &[Node], countries: &[String], problems: &mut Problems) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for node in nodes {
        node.only(
            &[
                "id",
                "kind",
                "options",
                "applies-when",
                "implied-by",
                "implied-when",
                "implied",
                "find-out",
                "short-when",
                "happened",
                "field",
                "reserved",
                "ahead",
                "first",
                "since",
            ],
            problems,
        );
        let id = node.str("id", problems);
        if facts.iter().any(|fact| fact.id == id) {
            problems.add(node.file, &node.key, "this id stands twice", "give each fact one table");
        }
        let kind = kind(node, problems);
        let mut options = options(node, kind, problems);
        if matches!(kind, Kind::Country | Kind::Countries) {
            options = countries.to_vec();
        }
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
            let fact = place(&by, problems, "implied-by")?;
            let by = facts.get(usize::from(fact))?;
            let when = node.opt_str("implied-when", problems).and_then(|when| by.options.iter().position(|o| *o == when));
            let (Some(when), Some(implied)) = (when, node.opt_bool("implied", problems)) else {
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
        let happened = node.opt_str("happened", problems).and_then(|field| {
            let found = fields.iter().position(|f| f.id == field).and_then(|p| u16::try_from(p).ok());
            if found.is_none() {
                problems.add(node.file, node.at("happened"), format!("no field `{field}`"), "name a date field of this list");
            }
            found
        });
        let ahead = node.opt_bool("ahead", problems).unwrap_or(false);
        let since = since(node, nodes, &options, problems);
        let first = node.opt_bool("first", problems).unwrap_or(false);
        facts.push(Fact { id, kind, options, implied, since, find_out, short_when, happened, fields, ahead, first });
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
        event.only(&["fact", "when", "before"], problems);
        let id = event.str("fact", problems);
        let date =
            nodes.iter().position(|n| n.table.get("id").and_then(Value::as_str) == Some(&id)).and_then(|place| u16::try_from(place).ok());
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
            None => problems.add(event.file, event.at("fact"), format!("unknown fact `{id}`"), "name a date fact"),
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
    let options = node.strings("options", problems);
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
    for node in fact.tables("field", problems) {
        node.only(&["id", "kind", "options", "words", "absent", "show-when", "ahead"], problems);
        let kind = kind(&node, problems);
        if matches!(kind, Kind::List | Kind::Set | Kind::Country | Kind::Countries) {
            problems.add(node.file, node.at("kind"), "a field is a date, a choice or yes-no", "use one of these");
        }
        let show_when = node.opt_table("show-when", problems).and_then(|show| {
            show.only(&["field", "one-of", "given"], problems);
            let id = show.str("field", problems);
            let Some(place) = fields.iter().position(|f| f.id == id) else {
                problems.add(show.file, show.at("field"), format!("no field `{id}` before this one"), "name an earlier field");
                return None;
            };
            let options = show.strings("one-of", problems);
            let known = fields.get(place).map(|f| f.options.as_slice()).unwrap_or(&[]);
            Some(ShowWhen { field: u16::try_from(place).ok()?, options: mask(&show, "one-of", &options, known, problems) })
        });
        fields.push(Field {
            id: node.str("id", problems),
            kind,
            options: options(&node, kind, problems),
            words: node.strings("words", problems),
            still: node.opt_str("absent", problems).is_some(),
            ahead: node.opt_bool("ahead", problems).unwrap_or(false),
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
    ];
    for node in nodes {
        let mut known = vec!["id", "from", "to", "counts-from", "minors-until", "cite"];
        known.extend(lists.iter().map(|(key, ..)| *key));
        node.only(&known, problems);
        let cites = node.opt_table("cite", problems);
        let mut cite = Vec::new();
        for key in node.table.keys().filter(|key| !["id", "from", "to", "cite"].contains(&key.as_str())) {
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
            Some(mask(node, key, &node.strings(key, problems), options, problems))
        };
        let id = node.str("id", problems);
        let measure = Measure {
            from: node.opt_date("from", problems),
            to: node.opt_date("to", problems),
            counts_from: node.date("counts-from", problems).unwrap_or(Date::MIN),
            minors_until: node.opt_int("minors-until", problems),
            protected: mask_of("protected", problems).unwrap_or(0),
            unlawful_on_entry: mask_of("unlawful-on-entry", problems).unwrap_or(0),
            not_a_departure: mask_of("not-a-departure", problems).unwrap_or(0),
            illegal_entry: mask_of("illegal-entry", problems).unwrap_or(0),
            attempts: mask_of("attempts", problems).unwrap_or(0),
            removals: mask_of("removals", problems).unwrap_or(0),
            removal_contacts: mask_of("removal-contacts", problems).unwrap_or(0),
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
        node.only(&["id", "from", "to", "cite", "test"], problems);
        let id = node.str("id", problems);
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

fn route(node: &Node, names: &mut Names, shelf_life: &dyn Fn(&str, &mut Problems) -> Option<i32>, problems: &mut Problems) -> Route {
    node.only(&["id", "group", "door", "criterion", "gives", "exposes", "documents", "step", "fee", "review"], problems);
    let id = node.str("id", problems);
    if format!("routes/{id}.toml") != node.file {
        problems.add(node.file, "id", format!("`{id}` is not the name of the file"), "name the file after the id");
    }
    let mut door: Vec<DoorRow> = Vec::new();
    for row in node.tables("door", problems) {
        row.only(&["from", "state", "cite", "confirmed-through", "kind"], problems);
        let (state, kind) = (row.str("state", problems), row.str("kind", problems));
        let Some(state) = word::<DoorState>(&state).filter(|s| *s != DoorState::Unknown) else {
            problems.add(row.file, row.at("state"), format!("unknown state `{state}`"), "use a door word of rules/README.md");
            continue;
        };
        let shelf = shelf_life(&kind, problems);
        if shelf.is_none() {
            problems.add(row.file, row.at("kind"), format!("`{kind}` has no shelf life"), "use a kind from pack.toml, [shelf-life]");
        }
        let (Some(from), Some(confirmed_through)) = (row.date("from", problems), row.date("confirmed-through", problems)) else { continue };
        if door.last().is_some_and(|last| last.from >= from) {
            problems.add(row.file, row.at("from"), "does not come after the row before", "put the rows in order");
        }
        door.push(DoorRow { from, state, cite: names.cited(&row, problems), confirmed_through, shelf_life: shelf.unwrap_or(0) });
    }
    if door.is_empty() {
        problems.add(node.file, "door", "missing", "add at least one row of the timeline");
    }
    let mut criteria: Vec<Criterion> = Vec::new();
    for node in node.tables("criterion", problems) {
        node.only(&["id", "from", "to", "cite", "test", "applies-when", "if-no", "missing"], problems);
        let test = names.test(&node, problems);
        let applies = node.table.get("applies-when").map(|guard| names.condition(&node, "applies-when", guard, None, problems));
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
            id: node.str("id", problems),
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
    for step in node.tables("step", problems) {
        step.only(&["id", "kind", "doors", "fits"], problems);
        let kind = step.str("kind", problems);
        let Some(kind) = word::<StepKind>(&kind) else {
            problems.add(step.file, step.at("kind"), format!("unknown kind `{kind}`"), "use learn, gather, help or file");
            continue;
        };
        let doors = words::<DoorState>(&step, "doors", problems).into_iter().fold(0, |mask, state| mask | state.bit());
        let fits = words::<FitState>(&step, "fits", problems).into_iter().fold(0, |mask, fit| mask | fit.bit());
        if kind == StepKind::File && doors == 0 {
            problems.add(step.file, step.at("doors"), "a step that files names the doors it is for", "add doors = [\"open\"]");
        }
        steps.push(Step { id: step.str("id", problems), kind, doors, fits });
    }
    let mut fees = Vec::new();
    for fee in node.tables("fee", problems) {
        fee.only(&["id", "from", "to", "amount", "cite"], problems);
        let amount = fee.opt_int("amount", problems).unwrap_or(0);
        fees.push(Fee { id: fee.str("id", problems), in_force: interval(&fee, problems), amount, cite: names.cited(&fee, problems) });
    }
    Route {
        id,
        group: node.str("group", problems),
        door,
        criteria,
        gives: node.strings("gives", problems),
        exposes: node.strings("exposes", problems),
        documents: node.strings("documents", problems),
        steps,
        fees,
        review: reviewed(node, problems),
    }
}

fn words<T: DeserializeOwned>(node: &Node, key: &str, problems: &mut Problems) -> Vec<T> {
    let mut found = Vec::new();
    for text in node.strings(key, problems) {
        match word(&text) {
            Some(word) => found.push(word),
            None => problems.add(node.file, node.at(key), format!("unknown word `{text}`"), "use a word of rules/README.md"),
        }
    }
    found
}

fn caution(node: &Node, names: &mut Names, routes: &[Route], problems: &mut Problems) -> CautionRule {
    node.only(&["id", "touches", "when"], problems);
    let id = node.str("id", problems);
    if format!("cautions/{id}.toml") != node.file {
        problems.add(node.file, "id", format!("`{id}` is not the name of the file"), "name the file after the id");
    }
    let touched = |node: &Node, problems: &mut Problems| {
        let touches = node.strings("touches", problems);
        for name in touches.iter().filter(|t| *t != "all" && !routes.iter().any(|r| r.id == **t || r.group == **t)) {
            problems.add(node.file, node.at("touches"), format!("`{name}` is no route and no group"), "name a route, a group, or \"all\"");
        }
        touches
    };
    let touches = touched(node, problems);
    let mut clauses = Vec::new();
    for node in node.tables("when", problems) {
        node.only(&["id", "touches", "tier", "tells", "from", "to", "cite", "test"], problems);
        let tier = node.str("tier", problems);
        let tier = word::<Tier>(&tier).unwrap_or_else(|| {
            problems.add(node.file, node.at("tier"), format!("unknown tier `{tier}`"), "use stop, before-you-send or know");
            Tier::Stop
        });
        let test = names.test(&node, problems);
        clauses.push(Clause {
            id: node.str("id", problems),
            in_force: interval(&node, problems),
            tier,
            tells: words::<Tell>(&node, "tells", problems),
            touches: if node.table.contains_key("touches") { touched(&node, problems) } else { touches.clone() },
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
    values.days = values.days.or(node.table.get("test").and_then(days_named));
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
        Condition::StaysOutOfOrder => {
            read.insert(places.stays);
        }
        _ => {}
    }
}

fn reserved(nodes: &[Node]) -> BTreeSet<String> {
    let flagged = nodes.iter().filter(|node| node.table.get("reserved").and_then(Value::as_bool) == Some(true));
    flagged.filter_map(|node| node.table.get("id").and_then(Value::as_str)).map(str::to_string).collect()
}

/// Nothing stands in the rules that nothing uses.
fn unused(fact_nodes: &[Node], conditions: &Node, facts: &[Fact], names: &Names, problems: &mut Problems) {
    let reserved = reserved(fact_nodes);
    let asks: BTreeSet<&str> = facts
        .iter()
        .flat_map(|fact| [fact.short_when, fact.implied.as_ref().filter(|_| names.used_facts.contains(&fact.id)).map(|i| i.fact)])
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
        problems.add(conditions.file, id, "nothing uses it", "use it or remove it");
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
        match node.table.get("test") {
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
        let here = Node { file: node.file, key: node.at(key), table };
        let head = [
            "all",
            "any",
            "not",
            "named",
            "always",
            "fact",
            "some",
            "count",
            "this-stay",
            "field",
            "present-since",
            "present-for",
            "days-in-this-stay",
            "bar-running",
            "returned-after",
            "returned-after-order",
            "removal-bar-running",
            "stays-out-of-order",
            "door",
            "on-boundary",
            "stale",
            "unverified",
        ]
        .into_iter()
        .find(|head| table.contains_key(*head));
        let condition = match head {
            Some("all") => self.parts(&here, "all", list, problems).map(Condition::All),
            Some("any") => self.parts(&here, "any", list, problems).map(Condition::Any),
            Some("not") => {
                here.only(&["not"], problems);
                table.get("not").map(|part| Condition::Not(Box::new(self.condition(&here, "not", part, list, problems))))
            }
            Some("named") => {
                here.only(&["named"], problems);
                let id = here.str("named", problems);
                let place = self.conditions.iter().position(|known| *known == id).and_then(|place| u16::try_from(place).ok());
                match place {
                    Some(_) => {
                        self.used_conditions.insert(id);
                    }
                    None => problems.add(here.file, &here.key, format!("unknown condition `{id}`"), "name a condition of conditions.toml"),
                }
                place.map(Condition::Named)
            }
            Some("always") => {
                here.only(&["always"], problems);
                Some(Condition::Always)
            }
            Some("fact") => self.fact_test(&here, problems),
            Some("some") | Some("count") => self.entries(&here, problems),
            Some("this-stay") => {
                here.only(&["this-stay"], problems);
                let stays = self.fact(&here, "this-stay", "stays", problems);
                table.get("this-stay").map(|part| Condition::ThisStay(Box::new(self.condition(&here, "this-stay", part, stays, problems))))
            }
            Some("field") => self.field_test(&here, list, problems),
            Some("present-since") => {
                here.only(&["present-since"], problems);
                self.fact(&here, "present-since", "stays", problems);
                let since = here.date("present-since", problems);
                since.map(|date| Condition::PresentSince { by: Moment::Date(date), span: Span::ZERO, trips: None })
            }
            Some("present-for") => self.present_for(&here, problems),
            Some(measure) if table.get(measure).is_some_and(Value::is_str) => self.measure_test(&here, measure, problems),
            Some("removal-bar-running") => self.removal_bar(&here, problems),
            Some("stays-out-of-order") => {
                here.only(&["stays-out-of-order"], problems);
                self.fact(&here, "stays-out-of-order", "stays", problems);
                Some(Condition::StaysOutOfOrder)
            }
            Some("door") => {
                here.only(&["door"], problems);
                Some(Condition::Door {
                    states: words::<DoorState>(&here, "door", problems).into_iter().fold(0, |mask, state| mask | state.bit()),
                })
            }
            Some("on-boundary") => Some(Condition::OnBoundary),
            Some("stale") => Some(Condition::Stale),
            Some("unverified") => Some(Condition::Unverified),
            _ => {
                problems.add(here.file, &here.key, "is no word of the vocabulary", "see the list of words in rules/README.md");
                None
            }
        };
        condition.unwrap_or(Condition::Always)
    }

    /// `{ removal-bar-running = ["expedited"], years = 5 }`, with `at-least = 2` for a second order.
    fn removal_bar(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        node.only(&["removal-bar-running", "years", "at-least"], problems);
        let orders = self.fact(node, "removal-bar-running", "orders", problems)?;
        self.fact(node, "removal-bar-running", "stays", problems);
        let kinds = node.strings("removal-bar-running", problems);
        let known = self.facts.get(usize::from(orders)).and_then(|fact| fact.fields.iter().find(|field| field.id == "kind"))?;
        let kinds = mask(node, "removal-bar-running", &kinds, &known.options, problems);
        let years = node.opt_int("years", problems);
        if years.is_none() || kinds == 0 {
            problems.add(
                node.file,
                &node.key,
                "names no kind of order or no years",
                "write { removal-bar-running = [\"judge\"], years = 10 }",
            );
        }
        let at_least = u16::try_from(node.opt_int("at-least", problems).unwrap_or(1)).unwrap_or(1);
        Some(Condition::RemovalBarRunning { kinds, years: years?, at_least })
    }

    fn parts(&mut self, node: &Node, key: &str, list: Option<u16>, problems: &mut Problems) -> Option<Vec<Condition>> {
        node.only(&[key], problems);
        match node.table.get(key) {
            Some(Value::Array(parts)) if !parts.is_empty() => {
                Some(parts.iter().enumerate().map(|(i, part)| self.condition(node, &format!("{key}[{i}]"), part, list, problems)).collect())
            }
            _ => {
                problems.add(node.file, node.at(key), "is not a list of conditions", "write at least one condition in [ ]");
                None
            }
        }
    }

    fn fact_test(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let id = node.str("fact", problems);
        let place = self.fact(node, "fact", &id, problems)?;
        let fact = self.facts.get(usize::from(place))?;
        let wrong = |problems: &mut Problems| {
            problems.add(
                node.file,
                &node.key,
                format!("this test does not go with `{id}`, a {:?}", fact.kind),
                "see the list of words in rules/README.md",
            );
        };
        for (key, rel) in RELATIONS {
            if node.table.contains_key(key) {
                node.only(&["fact", key], problems);
                if fact.kind != Kind::Date {
                    wrong(problems);
                }
                let point = self.moment(node, key, problems)?;
                return Some(Condition::When { date: Moment::Fact(place, Span::ZERO), rel, point });
            }
        }
        for (key, rel) in SPANS {
            if let Some(span) = node.opt_table(key, problems) {
                node.only(&["fact", key, "by"], problems);
                if fact.kind != Kind::Date {
                    wrong(problems);
                }
                let point = self.by(node, problems)?;
                return Some(Condition::When { date: Moment::Fact(place, span_of(&span, problems)?), rel, point });
            }
        }
        if fact.kind == Kind::YesNo {
            node.only(&["fact", "is"], problems);
            let yes = node.opt_bool("is", problems);
            if yes.is_none() {
                problems.add(node.file, &node.key, "a yes-no fact is true or false", "write is = true or is = false");
            }
            return yes.map(|yes| Condition::Has { fact: place, options: if yes { 2 } else { 1 } });
        }
        let other = node.table.contains_key("includes-other-than");
        let known = if other { ["fact", "includes-other-than"].as_slice() } else { &["fact", "is", "one-of", "includes", "includes-any"] };
        node.only(known, problems);
        let mut chosen = node.strings("one-of", problems);
        chosen.extend(node.strings("includes-any", problems));
        chosen.extend(node.strings("includes-other-than", problems));
        chosen.extend(node.opt_str("is", problems));
        chosen.extend(node.opt_str("includes", problems));
        let set_word = node.table.contains_key("includes") || node.table.contains_key("includes-any");
        match fact.kind {
            Kind::Country | Kind::Countries => {
                let known = chosen.iter().filter(|code| fact.options.contains(code));
                let countries: Vec<Country> = known.filter_map(|code| Country::parse(code)).collect();
                if countries.len() != chosen.len() || countries.is_empty() {
                    problems.add(
                        node.file,
                        &node.key,
                        "is not a list of countries, or names one that no answer can name",
                        "write two capital letters each, such as \"MX\", from `countries` in pack.toml",
                    );
                }
                Some(Condition::In { fact: place, other, countries })
            }
            Kind::Choice | Kind::Set if !other && set_word == (fact.kind == Kind::Set) && !chosen.is_empty() => {
                Some(Condition::Has { fact: place, options: mask(node, "fact", &chosen, &fact.options, problems) })
            }
            _ => {
                wrong(problems);
                None
            }
        }
    }

    /// A date, `"as-of"`, or a date fact, perhaps with a span: `{ fact = "person.birth-date", plus = { years = 16 } }`.
    fn moment(&mut self, node: &Node, key: &str, problems: &mut Problems) -> Option<Moment> {
        match node.table.get(key)? {
            Value::String(text) if text == "as-of" => Some(Moment::AsOf),
            Value::Table(table) => {
                let other = Node { file: node.file, key: node.at(key), table };
                other.only(&["fact", "plus"], problems);
                let plus = match other.opt_table("plus", problems) {
                    Some(span) => span_of(&span, problems)?,
                    None => Span::ZERO,
                };
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
        node.only(&["present-for", "by", "longest-trip", "all-trips", "how"], problems);
        let stays = self.fact(node, "present-for", "stays", problems)?;
        let (by, span) = (self.by(node, problems)?, span_of(&node.opt_table("present-for", problems)?, problems)?);
        let trips = match (node.opt_int("longest-trip", problems), node.opt_int("all-trips", problems)) {
            (None, None) => None,
            (longest, all) => {
                let field = self.facts.get(usize::from(stays)).and_then(|fact| fact.fields.iter().find(|f| f.id == "left-how"));
                let ways = node.strings("how", problems);
                let how = field.map(|field| mask(node, "how", &ways, &field.options, problems));
                Some(Trips { longest: longest.unwrap_or(i32::MAX), all: all.unwrap_or(i32::MAX), how: how? })
            }
        };
        Some(Condition::PresentSince { by, span, trips })
    }

    fn entries(&mut self, node: &Node, problems: &mut Problems) -> Option<Condition> {
        let key = if node.table.contains_key("some") { "some" } else { "count" };
        node.only(&[key, "where", "at-least"], problems);
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
        let entry = node.table.get("where").map_or(Condition::Always, |test| self.condition(node, "where", test, Some(list), problems));
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
        for (key, rel) in RELATIONS {
            if node.table.contains_key(key) {
                node.only(&["field", key], problems);
                let point = self.moment(node, key, problems)?;
                return Some(Condition::When { date: Moment::Field(place, Span::ZERO), rel, point });
            }
        }
        for (key, rel) in SPANS {
            if let Some(span) = node.opt_table(key, problems) {
                node.only(&["field", key, "by"], problems);
                let point = self.by(node, problems)?;
                return Some(Condition::When { date: Moment::Field(place, span_of(&span, problems)?), rel, point });
            }
        }
        node.only(&["field", "is", "one-of", "given"], problems);
        if node.table.contains_key("given") {
            return Some(Condition::Field { field: place, test: FieldTest::Given });
        }
        let mut chosen = node.strings("one-of", problems);
        chosen.extend(node.opt_str("is", problems));
        let known = if field.kind == Kind::Date { &field.words } else { &field.options };
        Some(Condition::Field { field: place, test: FieldTest::Options(mask(node, "field", &chosen, known, problems)) })
    }

    fn measure_test(&mut self, node: &Node, word: &str, problems: &mut Problems) -> Option<Condition> {
        let id = node.str(word, problems);
        let Some(measure) = self.measures.iter().position(|known| *known == id).and_then(|place| u16::try_from(place).ok()) else {
            problems.add(node.file, &node.key, format!("unknown measure `{id}`"), "name a measure of measures.toml");
            return None;
        };
        for fact in ["stays", "border-contacts", "orders", "person.birth-date", "protected-periods"] {
            self.fact(node, word, fact, problems);
        }
        if word == "returned-after-order" {
            node.only(&[word], problems);
            return Some(Condition::ReturnedAfterOrder { measure });
        }
        let extra: &[&str] = if word == "bar-running" { &["years", "how"] } else { &[] };
        node.only(&[&[word, "more-than", "at-least", "fewer-than"], extra].concat(), problems);
        let min = node.opt_int("at-least", problems).or(node.opt_int("more-than", problems).map(|n| n.saturating_add(1)));
        let max = node.opt_int("fewer-than", problems).map(|n| n.saturating_sub(1));
        if min.is_none() && max.is_none() {
            problems.add(node.file, &node.key, "no number of days", "add more-than, at-least or fewer-than");
        }
        let range = Range { min: min.unwrap_or(0), max: max.unwrap_or(i32::MAX) };
        match word {
            "days-in-this-stay" => Some(Condition::DaysInThisStay { measure, range }),
            "returned-after" => Some(Condition::ReturnedAfter { measure, range }),
            _ => {
                let years = node.opt_int("years", problems);
                if years.is_none() {
                    problems.add(node.file, node.at("years"), "missing", "say how many years the bar lasts");
                }
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
    node.only(&["years", "months", "days"], problems);
    let part = |key: &str, problems: &mut Problems| node.opt_int(key, problems);
    let (years, months, days) = (part("years", problems), part("months", problems), part("days", problems));
    if years.is_none() && months.is_none() && days.is_none() {
        problems.add(node.file, &node.key, "is not a span", "write years, months or days");
        return None;
    }
    let months = years.unwrap_or(0).saturating_mul(12).saturating_add(months.unwrap_or(0));
    Some(Span { months, days: days.unwrap_or(0) })
}
