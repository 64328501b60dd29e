//! Conditions: the closed vocabulary as authors write it. One word to a table, and one test beside it.

use super::super::Problems;
use super::super::read::Node;
use super::facts::mask;
use super::routes::words;
use super::{Names, word};
use crate::condition::{Condition, FieldTest, Moment, Relation};
use crate::date::Span;
use crate::fact::{Country, Kind, LIST_CAPACITY, NO, YES};
use crate::pack::DoorState;
use crate::stay::{Range, TimeToLeave, Trips};
use std::collections::BTreeSet;
use toml::Value;

impl Names<'_> {
    pub fn test(&mut self, node: &Node, problems: &mut Problems) -> Condition {
        match node.value("test") {
            Some(test) => self.condition(node, "test", test, None, problems),
            None => {
                problems.add(node.file, node.at("test"), "missing", "add test = { ... }");
                Condition::Always
            }
        }
    }

    /// Reads one condition. `list` is the list whose entries are under test, where one is.
    pub fn condition(&mut self, node: &Node, key: &str, value: &Value, list: Option<u16>, problems: &mut Problems) -> Condition {
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

    /// A word that says all by itself, and the facts that it reads.
    fn flag(&mut self, node: &Node, word: &str, facts: &[&str], means: Condition, problems: &mut Problems) -> Option<Condition> {
        for fact in facts {
            self.fact(node, word, fact, problems);
        }
        node.flag(word, problems).then_some(means)
    }

    /// Only a caution is looked at once for each card; elsewhere there is no card to speak of.
    fn about_card(&self, node: &Node, list: Option<u16>, problems: &mut Problems) {
        if !self.in_caution || list.is_some() {
            problems.add(node.file, &node.key, "speaks of a card, and there is none here", "use it in the test of a caution");
        }
    }

    fn card_flag(&mut self, node: &Node, word: &str, list: Option<u16>, means: Condition, problems: &mut Problems) -> Option<Condition> {
        self.about_card(node, list, problems);
        self.flag(node, word, &[], means, problems)
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
        if let Some(key) = test.filter(|test| is_of_dates(test)) {
            if fact.kind != Kind::Date {
                wrong(problems);
            }
            return self.date_test(node, key, |plus| Moment::Fact(place, plus), list, problems);
        }
        if fact.kind == Kind::YesNo {
            let yes = node.opt_bool("is", problems);
            if yes.is_none() {
                problems.add(node.file, &node.key, "a yes-no fact is true or false", "write is = true or is = false");
            }
            return yes.map(|yes| Condition::Has { fact: place, options: 1 << if yes { YES } else { NO } });
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
                let known = chosen.iter().filter(|code| fact.options.contains(code));
                let countries: Vec<Country> = known.filter_map(|code| Country::parse(code)).collect();
                if countries.len() != chosen.len() {
                    problems.add(
                        node.file,
                        &node.key,
                        "is not a list of countries, or names one that no answer can name",
                        "write two capital letters each, such as \"MX\", from `countries` in pack.toml",
                    );
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

    /// A date against a point, or a span after it against the moment up to which it is counted.
    fn date_test(
        &mut self,
        node: &Node,
        key: &str,
        date: impl Fn(Span) -> Moment,
        list: Option<u16>,
        problems: &mut Problems,
    ) -> Option<Condition> {
        if let Some((_, rel)) = RELATIONS.iter().find(|(word, _)| *word == key) {
            let point = self.moment(node, key, list, problems)?;
            return Some(Condition::When { date: date(Span::ZERO), rel: *rel, point });
        }
        let (_, rel) = SPANS.iter().find(|(word, _)| *word == key)?;
        let (span, point) = (node.opt_table(key, problems)?, self.by(node, problems)?);
        Some(Condition::When { date: date(span_of(&span, problems)?), rel: *rel, point })
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
        if let Some(key) = test.filter(|test| is_of_dates(test)) {
            return self.date_test(node, key, |plus| Moment::Field(place, plus), list, problems);
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
        let [at_least, more_than, fewer_than] = DAY_TESTS.map(|key| node.opt_int(key, problems));
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
const WORDS: [(&str, Reader); 28] = [
    ("all", |names, here, word, list, problems| names.parts(here, word, list, problems).map(Condition::All)),
    ("any", |names, here, word, list, problems| names.parts(here, word, list, problems).map(Condition::Any)),
    ("not", |names, here, word, list, problems| names.part(here, word, list, problems).map(|part| Condition::Not(Box::new(part)))),
    ("doubtful", |names, here, word, list, problems| {
        names.part(here, word, list, problems).map(|part| Condition::Doubtful(Box::new(part)))
    }),
    ("named", |names, here, _, _, problems| names.named(here, problems)),
    ("always", |names, here, word, _, problems| names.flag(here, word, &[], Condition::Always, problems)),
    ("fact", |names, here, _, list, problems| names.fact_test(here, list, problems)),
    ("answered", |names, here, word, _, problems| {
        let id = here.str(word, problems);
        names.fact(here, word, &id, problems).map(|fact| Condition::Answered { fact })
    }),
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
    ("told-before-stays", |names, here, word, _, problems| {
        names.flag(here, word, &["stays", "voluntary-departure", "protected-periods"], Condition::ToldBeforeStays, problems)
    }),
    ("left-anyway", |names, here, word, _, problems| {
        names.flag(here, word, &["stays", "voluntary-departure", "orders"], Condition::LeftAnyway, problems)
    }),
    ("away-against-stays", |names, here, word, _, problems| {
        names.flag(here, word, &["stays", "voluntary-departure", "orders", "border-contacts"], Condition::AwayAgainstStays, problems)
    }),
    ("stays-out-of-order", |names, here, word, _, problems| names.flag(here, word, &["stays"], Condition::StaysOutOfOrder, problems)),
    ("door", |names, here, word, list, problems| {
        names.about_card(here, list, problems);
        let states = words::<DoorState>(here, word, problems).into_iter().fold(0, |mask, state| mask | state.bit());
        Some(Condition::Door { states })
    }),
    ("on-boundary", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::OnBoundary, problems)),
    ("stale", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::Stale, problems)),
    ("unverified", |names, here, word, list, problems| names.card_flag(here, word, list, Condition::Unverified, problems)),
];

/// Every word of the vocabulary, and every word of a test beside one, in the order of the alphabet.
pub fn vocabulary() -> impl Iterator<Item = &'static str> {
    let beside = FACT_TESTS.into_iter().chain(FIELD_TESTS).chain(DAY_TESTS);
    let all: BTreeSet<&str> = WORDS.iter().map(|(word, _)| *word).chain(beside).collect();
    all.into_iter()
}

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

/// What can be said of a count of days: how many at the least, one at a time, and how many at the most.
const DAY_TESTS: [&str; 3] = ["at-least", "more-than", "fewer-than"];

/// A span after a date, against the moment up to which it is counted.
const SPANS: [(&str, Relation); 3] = [("at-least", Relation::OnOrBefore), ("less-than", Relation::After), ("at-most", Relation::OnOrAfter)];

const RELATIONS: [(&str, Relation); 4] = [
    ("before", Relation::Before),
    ("on-or-before", Relation::OnOrBefore),
    ("on-or-after", Relation::OnOrAfter),
    ("after", Relation::After),
];

/// Does a word say something of a date?
fn is_of_dates(word: &str) -> bool {
    RELATIONS.iter().chain(&SPANS).any(|(known, _)| *known == word)
}

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
