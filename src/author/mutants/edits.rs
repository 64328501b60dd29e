//! Every single change of the rules, of a closed list of kinds: what a slip of the hand can do to one line.
//!
//! A change is made to the tables as they stand in the files, not to the pack, so that it has a place that an author can
//! look up. Texts, notes and citations are not changed: whether a sentence says what the law says is for a reader.

use crate::fact::{Fact, Kind as FactKind};
use crate::pack::{DoorState, Effect, FitState, Pack, StepKind, Tell, Tier};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// One kind of change.
pub struct Kind {
    /// What it is called in lists and in the names of changes.
    pub name: &'static str,
    /// What it does.
    pub does: &'static str,
    /// A case has to notice every change of this kind: whether to file, what it costs, who is warned.
    pub must: bool,
}

const fn kind(name: &'static str, must: bool, does: &'static str) -> Kind {
    Kind { name, does, must }
}

/// All kinds. What is not here is not tried.
pub const KINDS: [Kind; 58] = [
    kind("always", false, "a whole test holds for everybody"),
    kind("negated", false, "a condition is turned into its opposite"),
    kind("part-dropped", false, "one condition of an all or any goes"),
    kind("joined-otherwise", false, "all becomes any, or any all"),
    kind("option-other", false, "another answer is meant"),
    kind("option-dropped", false, "one answer of a list goes"),
    kind("option-added", false, "one more answer is in a list"),
    kind("country-dropped", false, "one country of a list goes"),
    kind("country-added", false, "one more country is in a list"),
    kind("day-later", false, "a date of a test is a day later"),
    kind("day-earlier", false, "a date of a test is a day earlier"),
    kind("inclusive", false, "the day or number itself falls on the other side"),
    kind("turned", false, "before becomes after, these countries become the others"),
    kind("number-more", false, "a number of a test is one more"),
    kind("number-less", false, "a number of a test is one less"),
    kind("measure-other", false, "days are counted in another way"),
    kind("state-other", false, "another state of a time to leave, or of a door, is meant"),
    kind("from-later", false, "a version begins a day later"),
    kind("from-earlier", false, "a version begins a day earlier"),
    kind("to-later", false, "a version ends a day later"),
    kind("to-earlier", false, "a version ends a day earlier"),
    kind("criterion-dropped", false, "a criterion goes"),
    kind("applies-dropped", false, "a criterion applies to everybody"),
    kind("guard-dropped", false, "a question is asked of everybody"),
    kind("mark-dropped", false, "a fact loses what it says of other facts or of its days"),
    kind("measure-option-dropped", false, "one entry goes from a list that decides how days are counted"),
    kind("measure-option-added", false, "one more entry is in a list that decides how days are counted"),
    kind("measure-number", false, "a number or a day that decides how days are counted is another"),
    kind("contradiction-dropped", false, "answers that cannot all be so are not noticed"),
    kind("touch-dropped", false, "a caution is silent on some cards"),
    kind("touch-added", false, "a caution speaks on more cards"),
    kind("shelf-life", false, "a state is called old a day sooner or later"),
    kind("stop-dropped", true, "a clause that stops goes"),
    kind("clause-dropped", true, "a clause of a caution goes"),
    kind("tier-other", true, "a caution is of another tier"),
    kind("tell-dropped", true, "a caution tells one thing less"),
    kind("tell-added", true, "a caution tells one thing more"),
    kind("if-no-other", true, "a criterion that fails means something else"),
    kind("missing-other", true, "another step is said to be missing"),
    kind("door-state", true, "a door is in another state"),
    kind("door-day", true, "a door changes a day sooner or later"),
    kind("door-dropped", true, "a change of a door goes"),
    kind("fee-amount", true, "a fee is a dollar more or less"),
    kind("fee-day", true, "a fee changes a day sooner or later"),
    kind("fee-dropped", true, "a fee goes"),
    kind("bar-years", true, "a bar runs a year more or less"),
    kind("step-dropped", true, "a step goes"),
    kind("step-kind", true, "a step is of another kind"),
    kind("step-door", true, "a step is shown at one door more or less"),
    kind("step-fit", true, "a step is shown with one fit more or less"),
    kind("step-when", true, "a step is shown to everybody"),
    kind("cell-effect", true, "a ground does something else to a benefit"),
    kind("cell-class-dropped", true, "a ground forgets a benefit"),
    kind("cell-number", true, "a time in a cell is a year longer or shorter"),
    kind("cell-waiver", true, "a cell names no waiver any more"),
    kind("departure-dropped", true, "a route loses a law of its own"),
    kind("departure-effect", true, "the law of a route does something else"),
    kind("reading-other", false, "a paper makes something else of an entry"),
];

/// A way from the top of a file to a value in it.
#[derive(Clone, Debug)]
pub enum Key {
    Name(String),
    Place(usize),
}

enum Change {
    Is(Value),
    Gone,
    /// A table with one key in the place of others.
    Table(Table),
}

/// One change of one file.
pub struct Edit {
    pub file: String,
    pub kind: &'static str,
    /// Where: the keys, with the ids of the tables on the way.
    pub place: String,
    /// What it is after the change.
    pub says: String,
    pub at: Vec<Key>,
    change: Change,
}

impl Edit {
    /// The name under which the change is known as long as nothing around it is renamed.
    pub fn name(&self) -> String {
        format!("{} {}: {} {}", self.file, self.place, self.kind, self.says).trim_end().to_string()
    }

    /// Makes the change in a copy of the file.
    pub fn made(&self, file: &Table) -> Table {
        let mut whole = Value::Table(file.clone());
        let (Some(last), way) = (self.at.last(), self.at.get(..self.at.len().saturating_sub(1)).unwrap_or(&[])) else {
            return file.clone();
        };
        let holder = way.iter().try_fold(&mut whole, |value, key| match key {
            Key::Name(name) => value.get_mut(name.as_str()),
            Key::Place(place) => value.get_mut(*place),
        });
        match (holder, last, &self.change) {
            (Some(Value::Table(table)), Key::Name(name), Change::Is(value)) => drop(table.insert(name.clone(), value.clone())),
            (Some(Value::Table(table)), Key::Name(name), Change::Gone) => drop(table.remove(name)),
            (Some(Value::Table(table)), Key::Name(name), Change::Table(inner)) => {
                drop(table.insert(name.clone(), Value::Table(inner.clone())))
            }
            (Some(Value::Array(items)), Key::Place(place), Change::Gone) if *place < items.len() => drop(items.remove(*place)),
            (Some(Value::Array(items)), Key::Place(place), Change::Is(value)) => {
                if let Some(item) = items.get_mut(*place) {
                    *item = value.clone();
                }
            }
            (Some(Value::Array(items)), Key::Place(place), Change::Table(inner)) => {
                if let Some(item) = items.get_mut(*place) {
                    *item = Value::Table(inner.clone());
                }
            }
            _ => {}
        }
        if let Value::Table(table) = whole { table } else { file.clone() }
    }
}

/// Every change of these files.
pub fn all(files: &BTreeMap<String, Table>, pack: &Pack) -> Vec<Edit> {
    let mut walk = Walk { pack, file: "", edits: Vec::new() };
    for (file, table) in files {
        walk.file = file;
        let folder = file.split_once('/').map_or(file.as_str(), |(folder, _)| folder);
        let root = Here::default();
        match folder {
            "routes" => walk.route(&root, table),
            "cautions" => walk.caution(&root, table),
            "conditions.toml" => walk.each(&root, table, "condition", |walk, at, version| {
                walk.interval(at, version);
                walk.test(at, version, "test", None);
            }),
            "grounds" => walk.ground(&root, table),
            "contradictions.toml" => walk.each(&root, table, "contradiction", |walk, at, table| {
                walk.gone("contradiction-dropped", at);
                walk.test(at, table, "test", None);
            }),
            "measures.toml" => walk.each(&root, table, "measure", Walk::measure),
            "facts.toml" => walk.each(&root, table, "fact", Walk::fact),
            "pack.toml" => walk.shelf_life(&root, table),
            _ => {}
        }
    }
    walk.edits
}

/// A place on the way down a file.
#[derive(Clone, Default)]
struct Here {
    at: Vec<Key>,
    place: String,
}

impl Here {
    fn key(&self, name: &str) -> Here {
        let mut here = self.clone();
        here.at.push(Key::Name(name.into()));
        here.place = if self.place.is_empty() { name.into() } else { format!("{}.{name}", self.place) };
        here
    }

    fn item(&self, place: usize, name: &str) -> Here {
        let mut here = self.clone();
        here.at.push(Key::Place(place));
        here.place = format!("{}[{name}]", self.place);
        here
    }
}

struct Walk<'a> {
    pack: &'a Pack,
    file: &'a str,
    edits: Vec<Edit>,
}

/// Pairs of words between which the day, or the number, itself changes sides. "At least" is said of spans too, where there is
/// no strict word beside it.
const INCLUSIVE: [(&str, &str); 3] = [("before", "on-or-before"), ("on-or-after", "after"), ("less-than", "at-most")];
const INCLUSIVE_NUMBERS: [(&str, &str); 1] = [("more-than", "at-least")];
/// Pairs of words that say the opposite.
const TURNED: [(&str, &str); 4] =
    [("before", "after"), ("on-or-before", "on-or-after"), ("at-least", "less-than"), ("includes-any", "includes-other-than")];
/// Words beside which `years` says how long a bar runs.
const BARS: [&str; 3] = ["bar-running", "removal-bar-running", "time-to-leave"];
const TIMES_TO_LEAVE: [&str; 3] = ["running", "overstayed", "left-late"];

impl Walk<'_> {
    fn add(&mut self, kind: &'static str, here: &Here, says: impl Into<String>, change: Change) {
        let (file, place, at) = (self.file.to_string(), here.place.clone(), here.at.clone());
        self.edits.push(Edit { file, kind, place, says: says.into(), at, change });
    }

    fn is(&mut self, kind: &'static str, here: &Here, value: impl Into<Value>) {
        let value = value.into();
        self.add(kind, here, value.to_string().trim_matches('"').to_string(), Change::Is(value));
    }

    fn gone(&mut self, kind: &'static str, here: &Here) {
        self.add(kind, here, "", Change::Gone);
    }

    /// Goes through the tables of an array, each by its id and, where several versions have it, its first day.
    fn each(&mut self, here: &Here, table: &Table, key: &str, mut visit: impl FnMut(&mut Self, &Here, &Table)) {
        let here = here.key(key);
        let items: Vec<&Table> = table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect();
        // A cell is known by its first benefit, a departure by its ground.
        let name_of = |table: &Table| {
            let benefit = || table.get("classes")?.as_array()?.first();
            let name = table.get("id").or_else(|| table.get("ground")).or_else(benefit);
            name.and_then(Value::as_str).map(str::to_string)
        };
        for (place, item) in items.iter().enumerate() {
            let from_of = |item: &Table| item.get("from").or(item.get("to")).map(Value::to_string);
            // Two that begin alike are told apart by their place.
            let alike = items.iter().filter(|other| name_of(other) == name_of(item) && from_of(other) == from_of(item)).count() > 1;
            let from = from_of(item).map(|from| if alike { format!("{from} {place}") } else { from });
            let name = match name_of(item) {
                Some(id) if items.iter().filter(|other| name_of(other).as_ref() == Some(&id)).count() > 1 => {
                    format!("{id} {}", from.unwrap_or_default())
                }
                Some(id) => id,
                None => from.unwrap_or_else(|| place.to_string()),
            };
            visit(self, &here.item(place, name.trim()), item);
        }
    }

    /// Each entry of a list less.
    fn fewer(&mut self, kind: &'static str, here: &Here, value: &Value) {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        for (place, item) in items.iter().enumerate() {
            let rest = items.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, item)| item.clone());
            self.add(kind, here, format!("without {}", item.as_str().unwrap_or("?")), Change::Is(Value::Array(rest.collect())));
        }
    }

    /// Each of the names that a list could have more.
    fn more(&mut self, kind: &'static str, here: &Here, value: &Value, known: &[String]) {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        for name in known.iter().filter(|name| !items.iter().any(|item| item.as_str() == Some(name))) {
            let longer = items.iter().cloned().chain([Value::String(name.clone())]);
            self.add(kind, here, format!("with {name}"), Change::Is(Value::Array(longer.collect())));
        }
    }

    /// A day later and a day earlier.
    fn days(&mut self, here: &Here, value: &Value, later: &'static str, earlier: &'static str) {
        let Some(day) = super::super::read::date(value) else { return };
        for (kind, days) in [(later, 1), (earlier, -1)] {
            self.is(kind, here, day.plus_days(days).to_string());
        }
    }

    fn interval(&mut self, here: &Here, table: &Table) {
        for (key, later, earlier) in [("from", "from-later", "from-earlier"), ("to", "to-later", "to-earlier")] {
            if let Some(day) = table.get(key) {
                self.days(&here.key(key), day, later, earlier);
            }
        }
    }

    fn numbers(&mut self, here: &Here, value: &Value, more: &'static str, less: &'static str, by: i64) {
        if let Some(number) = value.as_integer() {
            self.is(more, here, number + by);
            self.is(less, here, number - by);
        }
    }

    fn route(&mut self, here: &Here, table: &Table) {
        let states = words(&[
            DoorState::NeverCreated,
            DoorState::NotBegun,
            DoorState::Proposed,
            DoorState::Announced,
            DoorState::Open,
            DoorState::FilingOnly,
            DoorState::RenewalsOnly,
            DoorState::InCourtOnly,
            DoorState::Paused,
            DoorState::Closed,
            DoorState::Unconfirmed,
        ]);
        let mut mine: Vec<String> = Vec::new();
        self.each(here, table, "door", |walk, row, table| {
            let state = table.get("state").and_then(Value::as_str).unwrap_or_default();
            if !mine.iter().any(|other| other == state) {
                mine.push(state.into());
            }
            walk.gone("door-dropped", row);
            for other in states.iter().filter(|other| *other != state) {
                walk.is("door-state", &row.key("state"), other.as_str());
            }
            if let Some(day) = table.get("from") {
                walk.days(&row.key("from"), day, "door-day", "door-day");
            }
        });
        self.each(here, table, "criterion", |walk, criterion, table| {
            walk.gone("criterion-dropped", criterion);
            walk.interval(criterion, table);
            walk.test(criterion, table, "test", None);
            if let Some(guard) = table.get("applies-when") {
                let at = criterion.key("applies-when");
                walk.gone("applies-dropped", &at);
                walk.condition(&at, guard, None, false);
            }
            walk.if_no(criterion, table);
        });
        self.each(here, table, "departure", |walk, departure, table| {
            walk.gone("departure-dropped", departure);
            walk.effect("departure-effect", departure, table);
            walk.interval(departure, table);
        });
        self.each(here, table, "step", |walk, step, table| {
            walk.gone("step-dropped", step);
            let kind = table.get("kind").and_then(Value::as_str);
            let kinds = words(&[StepKind::Learn, StepKind::Gather, StepKind::Help, StepKind::File]);
            for other in kinds.iter().filter(|other| Some(other.as_str()) != kind) {
                walk.is("step-kind", &step.key("kind"), other.as_str());
            }
            let none = Value::Array(Vec::new());
            let fits = words(&[FitState::Fits, FitState::Unclear, FitState::NotNow, FitState::DoesNotFit]);
            for (kind, key, known) in [("step-door", "doors", &mine), ("step-fit", "fits", &fits)] {
                let list = table.get(key).unwrap_or(&none);
                walk.fewer(kind, &step.key(key), list);
                walk.more(kind, &step.key(key), list, known);
            }
            if let Some(when) = table.get("when") {
                walk.gone("step-when", &step.key("when"));
                walk.condition(&step.key("when"), when, None, false);
            }
        });
        self.each(here, table, "fee", |walk, fee, table| {
            walk.gone("fee-dropped", fee);
            if let Some(amount) = table.get("amount") {
                walk.numbers(&fee.key("amount"), amount, "fee-amount", "fee-amount", 1);
            }
            for key in ["from", "to"] {
                if let Some(day) = table.get(key) {
                    walk.days(&fee.key(key), day, "fee-day", "fee-day");
                }
            }
        });
    }

    fn ground(&mut self, here: &Here, table: &Table) {
        self.test(here, table, "test", None);
        self.each(here, table, "cell", |walk, cell, table| {
            walk.effect("cell-effect", cell, table);
            walk.interval(cell, table);
            if let Some(classes) = table.get("classes") {
                walk.fewer("cell-class-dropped", &cell.key("classes"), classes);
            }
            if let Some(years) = table.get("years") {
                walk.numbers(&cell.key("years"), years, "cell-number", "cell-number", 1);
            }
            if table.contains_key("waiver") {
                walk.gone("cell-waiver", &cell.key("waiver"));
            }
        });
    }

    fn effect(&mut self, kind: &'static str, here: &Here, table: &Table) {
        let own = table.get("effect").and_then(Value::as_str);
        let effects = words(&[Effect::Blocks, Effect::Until, Effect::Waivable, Effect::Lawyer, Effect::No]);
        for other in effects.iter().filter(|other| Some(other.as_str()) != own) {
            self.is(kind, &here.key("effect"), other.as_str());
        }
    }

    fn if_no(&mut self, criterion: &Here, table: &Table) {
        let here = table.get("if-no").and_then(Value::as_str).unwrap_or("for-good");
        for other in ["for-good", "time", "lawyer"].into_iter().filter(|other| *other != here) {
            let mut changed = table.clone();
            changed.remove("missing");
            changed.insert("if-no".into(), other.into());
            self.add("if-no-other", criterion, other, Change::Table(changed));
        }
        if let Some(missing) = table.get("missing").and_then(Value::as_str) {
            let other = self.pack.facts.iter().map(|fact| fact.id.as_str()).find(|id| *id != missing);
            self.is("missing-other", &criterion.key("missing"), other.unwrap_or_default());
        }
    }

    fn caution(&mut self, here: &Here, table: &Table) {
        let mut known: Vec<String> = self.pack.routes.iter().flat_map(|route| [route.id.clone(), route.group.clone()]).collect();
        known.sort();
        known.dedup();
        let touches = |walk: &mut Self, here: &Here, table: &Table| {
            let Some(value) = table.get("touches") else { return };
            let at = here.key("touches");
            walk.fewer("touch-dropped", &at, value);
            let named = |name: &str| value.as_array().is_some_and(|items| items.iter().any(|item| item.as_str() == Some(name)));
            // One more is enough of a kind: all of them say the same to another card.
            let other = known.iter().find(|name| !named("all") && !named(name)).cloned();
            walk.more("touch-added", &at, value, other.as_slice());
        };
        touches(self, here, table);
        self.each(here, table, "when", |walk, clause, table| {
            let tier = table.get("tier").and_then(Value::as_str);
            walk.gone(if tier == Some("stop") { "stop-dropped" } else { "clause-dropped" }, clause);
            for other in words(&[Tier::Stop, Tier::BeforeYouSend, Tier::Know]).iter().filter(|other| Some(other.as_str()) != tier) {
                walk.is("tier-other", &clause.key("tier"), other.as_str());
            }
            if let Some(tells) = table.get("tells") {
                let all = words(&Tell::ALL);
                walk.fewer("tell-dropped", &clause.key("tells"), tells);
                walk.more("tell-added", &clause.key("tells"), tells, &all);
            }
            touches(walk, clause, table);
            walk.interval(clause, table);
            walk.test(clause, table, "test", None);
        });
    }

    fn measure(&mut self, here: &Here, table: &Table) {
        self.interval(here, table);
        for (key, value) in table.iter().filter(|(key, _)| !["id", "from", "to", "cite"].contains(&key.as_str())) {
            let at = here.key(key);
            let (list, field) = match key.as_str() {
                "protected" | "time-to-leave" => ("protected-periods", "kind"),
                "unlawful-on-entry" | "resumes-protection" | "illegal-entry" => ("stays", "how"),
                "not-a-departure" | "keeps-protection" | "removals" | "leaving-by-it" => ("stays", "left-how"),
                "attempts" | "removal-contacts" => ("border-contacts", "what"),
                _ => ("orders", "kind"),
            };
            let options = self.options(list, field);
            self.fewer("measure-option-dropped", &at, value);
            if value.is_array() {
                self.more("measure-option-added", &at, value, &options);
            }
            self.numbers(&at, value, "measure-number", "measure-number", 1);
            self.days(&at, value, "measure-number", "measure-number");
        }
    }

    fn fact(&mut self, here: &Here, table: &Table) {
        if let Some(guard) = table.get("applies-when") {
            let at = here.key("applies-when");
            self.gone("guard-dropped", &at);
            self.condition(&at, guard, None, false);
        }
        for mark in ["ahead", "happened", "since", "told-by", "until-asked"].into_iter().filter(|mark| table.contains_key(*mark)) {
            self.gone("mark-dropped", &here.key(mark));
        }
        for key in ["implied", "told"] {
            self.each(here, table, key, |walk, said, table| {
                walk.gone("mark-dropped", said);
                if let Some(when) = table.get("when") {
                    walk.condition(&said.key("when"), when, None, false);
                }
            });
        }
        self.each(here, table, "field", |walk, field, table| {
            for mark in ["ahead"].into_iter().filter(|mark| table.contains_key(*mark)) {
                walk.gone("mark-dropped", &field.key(mark));
            }
        });
        self.each(here, table, "reads-as", |walk, reading, table| {
            walk.gone("mark-dropped", reading);
            for paper in table.get("as").and_then(Value::as_table).into_iter().flat_map(Table::keys) {
                walk.gone("reading-other", &reading.key("as").key(paper));
            }
        });
    }

    fn shelf_life(&mut self, here: &Here, table: &Table) {
        for (name, days) in table.get("shelf-life").and_then(Value::as_table).into_iter().flatten() {
            self.numbers(&here.key("shelf-life").key(name), days, "shelf-life", "shelf-life", 1);
        }
    }

    /// A whole test, and everything in it.
    fn test(&mut self, here: &Here, table: &Table, key: &str, list: Option<&str>) {
        let Some(test) = table.get(key) else { return };
        let at = here.key(key);
        if test.get("always").is_none() {
            self.add("always", &at, "", Change::Table(Table::from_iter([("always".to_string(), Value::Boolean(true))])));
        }
        self.condition(&at, test, list, false);
    }

    fn condition(&mut self, here: &Here, value: &Value, list: Option<&str>, under_not: bool) {
        let Some(table) = value.as_table() else { return };
        if let Some(part) = table.get("not") {
            if let Some(inner) = part.as_table() {
                self.add("negated", here, "", Change::Table(inner.clone()));
            }
            return self.condition(&here.key("not"), part, list, true);
        }
        if !under_not {
            self.add("negated", here, "", Change::Table(Table::from_iter([("not".to_string(), value.clone())])));
        }
        for (word, other) in [("all", "any"), ("any", "all")] {
            let Some(parts) = table.get(word).and_then(Value::as_array) else { continue };
            if parts.len() > 1 {
                self.renamed("joined-otherwise", here, table, word, other, parts.clone());
            }
            for (place, part) in parts.iter().enumerate() {
                let at = here.key(word).item(place, &place.to_string());
                if parts.len() > 1 {
                    self.gone("part-dropped", &at);
                }
                self.condition(&at, part, list, false);
            }
            return;
        }
        if let Some(part) = table.get("this-stay") {
            return self.condition(&here.key("this-stay"), part, Some("stays"), false);
        }
        if let Some(id) = table.get("some").or(table.get("count")).and_then(Value::as_str) {
            if let Some(least) = table.get("at-least") {
                self.numbers(&here.key("at-least"), least, "number-more", "number-less", 1);
            }
            if let Some(part) = table.get("where") {
                self.add("part-dropped", &here.key("where"), "", Change::Gone);
                self.condition(&here.key("where"), part, Some(id), false);
            }
            return;
        }
        self.leaf(here, table, list);
    }

    fn renamed(&mut self, kind: &'static str, here: &Here, table: &Table, old: &str, new: &str, value: impl Into<Value>) {
        let mut changed = table.clone();
        changed.remove(old);
        changed.insert(new.into(), value.into());
        self.add(kind, here, new, Change::Table(changed));
    }

    /// A test without parts.
    fn leaf(&mut self, here: &Here, table: &Table, list: Option<&str>) {
        let bar = BARS.iter().any(|word| table.contains_key(*word));
        let known = |walk: &Self, key: &str| -> Vec<String> {
            match (table.get("fact").and_then(Value::as_str), table.get("field").and_then(Value::as_str)) {
                (Some(fact), _) => walk.pack.facts.iter().find(|f| f.id == fact).map(|fact| fact.options.clone()).unwrap_or_default(),
                (_, Some(field)) => list.map(|list| walk.options(list, field)).unwrap_or_default(),
                _ if key == "how" => walk.options("stays", "left-how"),
                _ if key == "removal-bar-running" => walk.options("orders", "kind"),
                _ => Vec::new(),
            }
        };
        let fact: Option<&Fact> = table.get("fact").and_then(Value::as_str).and_then(|id| self.pack.facts.iter().find(|f| f.id == id));
        let countries = fact.is_some_and(|fact| matches!(fact.kind, FactKind::Country | FactKind::Countries));
        let pairs = [("inclusive", INCLUSIVE.as_slice(), false), ("inclusive", &INCLUSIVE_NUMBERS, true), ("turned", &TURNED, false)];
        for (kind, pairs, numbers) in pairs {
            for (word, other) in pairs.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
                if let Some(value) = table.get(*word).filter(|value| value.is_integer() == numbers) {
                    self.renamed(kind, here, table, word, other, value.clone());
                }
            }
        }
        for (key, value) in table {
            let at = here.key(key);
            match (key.as_str(), value) {
                ("is", Value::Boolean(yes)) => self.is("option-other", &at, !yes),
                ("is", Value::String(state)) if table.contains_key("time-to-leave") => {
                    for other in TIMES_TO_LEAVE.into_iter().filter(|other| other != state) {
                        self.is("state-other", &at, other);
                    }
                }
                ("is" | "includes", Value::String(option)) => {
                    let options = known(self, key);
                    let place = options.iter().position(|known| known == option).unwrap_or(0);
                    if let Some(other) = options.iter().cycle().nth(place + 1).filter(|other| *other != option) {
                        self.is("option-other", &at, other.as_str());
                    }
                }
                ("door", Value::Array(_)) => self.fewer("state-other", &at, value),
                (_, Value::Array(codes)) if countries => {
                    let options = known(self, key);
                    let other = options.iter().find(|code| !codes.iter().any(|named| named.as_str() == Some(code))).cloned();
                    self.fewer("country-dropped", &at, value);
                    self.more("country-added", &at, value, other.as_slice());
                }
                (_, Value::Array(_)) => {
                    let options = known(self, key);
                    self.fewer("option-dropped", &at, value);
                    self.more("option-added", &at, value, &options);
                }
                (
                    "measure" | "days-in-this-stay" | "bar-running" | "returned-after" | "returned-after-order" | "time-to-leave",
                    Value::String(id),
                ) => {
                    let others: Vec<String> =
                        self.pack.measures.iter().flatten().map(|m| m.id.clone()).filter(|other| other != id).collect();
                    if let Some(other) = others.first() {
                        self.is("measure-other", &at, other.as_str());
                    }
                }
                ("years", value) if bar => self.numbers(&at, value, "bar-years", "bar-years", 1),
                _ => self.inside(&at, value),
            }
        }
    }

    /// The numbers and days of a test, wherever they stand in it.
    fn inside(&mut self, here: &Here, value: &Value) {
        if let Some(table) = value.as_table() {
            for (key, value) in table {
                self.inside(&here.key(key), value);
            }
        }
        self.numbers(here, value, "number-more", "number-less", 1);
        self.days(here, value, "day-later", "day-earlier");
    }

    /// The options of a field of a list.
    fn options(&self, list: &str, field: &str) -> Vec<String> {
        let fields = self.pack.facts.iter().filter(|fact| fact.id == list).flat_map(|fact| &fact.fields);
        let field = fields.into_iter().find(|known| known.id == field);
        field.map(|field| if field.kind == FactKind::Date { field.words.clone() } else { field.options.clone() }).unwrap_or_default()
    }
}

/// The words of a closed list as the rules write them.
fn words(all: &[impl Serialize]) -> Vec<String> {
    all.iter().filter_map(|word| serde_json::to_value(word).ok()?.as_str().map(str::to_string)).collect()
}
