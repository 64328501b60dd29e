//! The language files: every text that the rules need is there in every language, and no text is there for nothing.
//!
//! Words never carry a number or a date of the law: those come in as placeholders from machine values.

use super::answers::to_json;
use super::glossary::Glossary;
use super::parse::{Loaded, text};
use super::read::{Folder, Node};
use super::{Counts, Problems, hex};
use crate::fact::Kind;
use crate::pack::{IfNo, Tell, Values};
use crate::screen::{ASK_BEFORE, IN_THE_FUTURE, NO_SUCH_DAY};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};
use unic_langid::LanguageIdentifier;

/// What a key may or must have.
struct Needs {
    /// Each text that must be there, with the placeholders that it may use.
    must: BTreeMap<String, &'static [&'static str]>,
    may: BTreeSet<String>,
}

/// Digests of the words as they stood when somebody last compared the languages.
const IN_STEP: &str = "texts-in-step.toml";

/// No text counts further.
const LARGEST_COUNT: usize = 1_000;

/// The most words in a sentence.
const LONGEST_SENTENCE: usize = 25;

/// The title of a caution that only may apply, and the most words in it. It tells nothing for a fact: it asks, or says that it may be.
const MAYBE_TITLE: &str = "maybe-title";
const LONGEST_MAYBE_TITLE: usize = 9;

/// Checks every language file and gives each as JSON text.
pub fn check(folder: &Folder, loaded: &Loaded, problems: &mut Problems, counts: &mut Counts) -> Vec<(String, String)> {
    let needs = needs(loaded);
    let glossary = Glossary::read(folder, &loaded.pack.languages, problems);
    let mut languages = Vec::new();
    for unknown in folder.folders("text").into_iter().filter(|language| !loaded.pack.languages.iter().any(|known| known == language)) {
        problems.add(
            &format!("text/{unknown}"),
            "-",
            "is no language of the pack",
            "add it to languages in pack.toml, or remove the folder",
        );
    }
    for language in &loaded.pack.languages {
        let part = format!("text/{language}");
        let files = folder.files(&part);
        if files.is_empty() {
            problems.add("pack.toml", "languages", format!("there are no texts in {part}"), "write them, or remove the language");
            continue;
        }
        let mut table = Table::new();
        let mut texts = BTreeMap::new();
        for node in &files {
            let mut mine = BTreeMap::new();
            flatten("", node, &mut mine, problems);
            for (key, text) in mine {
                if !needs.must.contains_key(&key) && !needs.may.contains(&key) {
                    problems.add(node.file, &key, "nothing uses this text", "remove it, or correct its key");
                }
                let placeholders = needs.must.get(&key).copied().unwrap_or(&[]);
                let at = Text { language, file: node.file, key: &key, text: &text };
                at.check_placeholders(placeholders, problems);
                at.check_style(&glossary, problems);
                if texts.insert(key.clone(), text).is_some() {
                    problems.add(node.file, &key, "stands in another file too", "keep one of the two");
                }
            }
            for key in ABOUT.iter().filter(|key| node.has(key) && table.contains_key(**key)) {
                problems.add(node.file, *key, "stands in another file too", "keep one of the two");
            }
            merge(&mut table, node.copy());
        }
        for key in needs.must.keys().filter(|key| !texts.contains_key(*key)) {
            problems.add(&part, key, "missing", "write this text");
        }
        for key in ABOUT.iter().filter(|key| !table.contains_key(**key)) {
            problems.add(&part, *key, "missing", "say the language's code, direction and own name, and whether it was reviewed");
        }
        for node in &files {
            about(node, language, problems);
        }
        glossary.check_used(language, &texts, problems);
        counts.texts += texts.len();
        languages.push((language.clone(), texts, to_json(&Value::Table(table)).to_string()));
    }
    // A copy that waits for its translation looks like one that is done.
    for (at, (language, texts, _)) in languages.iter().enumerate() {
        for (other, before, _) in languages.iter().take(at) {
            let copied = |(key, text): &(&String, &String)| before.get(*key) == Some(text) && text.split_whitespace().count() > 2;
            for (key, _) in texts.iter().filter(copied) {
                problems.add(&format!("text/{language}"), key, format!("is word for word what {other} says"), "translate it");
            }
        }
    }
    for pair in languages.windows(2) {
        let [(a, first, _), (b, second, _)] = pair else { continue };
        let report =
            |mine: &BTreeMap<String, String>, other: &BTreeMap<String, String>, here: &str, there: &str, problems: &mut Problems| {
                // A text that every language must have was reported above.
                let may = |key: &&String| !other.contains_key(*key) && !needs.must.contains_key(*key);
                for key in mine.keys().filter(may) {
                    problems.add(&format!("text/{there}"), key, format!("missing, and {here} has it"), "keep the languages in step");
                }
            };
        report(first, second, a, b, problems);
        report(second, first, b, a, problems);
    }
    in_step(folder, &sections(&languages), problems);
    languages.into_iter().map(|(language, _, json)| (language, json)).collect()
}

/// What the files of a language say of it, beside its texts.
const ABOUT: [&str; 4] = ["lang", "dir", "name", "reviewed"];

fn about(node: &Node, language: &str, problems: &mut Problems) {
    if node.opt_str("lang", problems).is_some_and(|lang| lang != language) {
        problems.add(node.file, "lang", format!("is not the name of the folder, {language}"), "write the same code");
    }
    if node.opt_str("dir", problems).is_some_and(|dir| !["ltr", "rtl"].contains(&dir.as_str())) {
        problems.add(node.file, "dir", "is no direction", "write \"ltr\" or \"rtl\"");
    }
    node.opt_str("name", problems);
    // Whether a native speaker and a lawyer have read the texts.
    node.opt_bool("reviewed", problems);
}

/// For each part of the words, such as all of one route, a short digest of it in each language.
fn sections(languages: &[(String, BTreeMap<String, String>, String)]) -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    for (language, texts, _) in languages {
        let mut parts: BTreeMap<&str, Sha256> = BTreeMap::new();
        for (key, text) in texts {
            let digest = parts.entry(section(key)).or_default();
            digest.update(key);
            digest.update(text);
        }
        for (part, digest) in parts {
            let digest: String = hex(digest.finalize().iter().take(4));
            sections.entry(part.to_string()).or_default().push_str(&format!(" {language}:{digest}"));
        }
    }
    sections
}

/// The part of the words that a key belongs to: one fact, one caution, one route, or everything of another kind.
fn section(key: &str) -> &str {
    let mut ends = key.match_indices(' ').map(|(at, _)| at);
    let first = ends.next().unwrap_or(key.len());
    let whole_part = ["fact", "caution", "route"].iter().any(|kind| key.get(..first) == Some(kind));
    let end = if whole_part { ends.next().unwrap_or(key.len()) } else { first };
    key.get(..end).unwrap_or(key)
}

/// A part that changed since somebody last compared the languages is stale in one of them until it is compared again.
fn in_step(folder: &Folder, sections: &BTreeMap<String, String>, problems: &mut Problems) {
    let Some(compared) = folder.file(IN_STEP, problems) else { return };
    let cure = "compare the languages, then run `cargo xtask rules in-step`";
    for (part, digests) in sections {
        let old = compared.opt_str(part, problems).unwrap_or_default();
        let changed: Vec<&str> =
            digests.split_whitespace().filter(|one| !old.contains(one)).filter_map(|one| one.split(':').next()).collect();
        if !changed.is_empty() {
            problems.add(IN_STEP, part, format!("changed in {}", changed.join(" and ")), cure);
        }
    }
    for part in compared.names().into_iter().filter(|part| !sections.contains_key(*part)) {
        compared.value(part);
        problems.add(IN_STEP, part, "is no longer there", cure);
    }
}

/// What the file of compared texts says once somebody has compared the languages as they stand.
pub fn compared(folder: &Folder, languages: &[String]) -> String {
    let mut problems = Problems::default();
    let read = |language: &String| {
        let mut texts = BTreeMap::new();
        for node in folder.files(&format!("text/{language}")) {
            flatten("", &node, &mut texts, &mut problems);
        }
        (language.clone(), texts, String::new())
    };
    let languages: Vec<_> = languages.iter().map(read).collect();
    let lines = sections(&languages).into_iter().map(|(part, digests)| format!("\"{part}\" = \"{}\"\n", digests.trim()));
    format!(
        "# Written by `cargo xtask rules in-step` after somebody compared the languages. A part that changes after that is stale.\n{}",
        lines.collect::<String>()
    )
}

/// Puts the tables of one file into those of the others.
fn merge(all: &mut Table, more: Table) {
    for (key, value) in more {
        match (all.get_mut(&key), value) {
            (Some(Value::Table(all)), Value::Table(more)) => merge(all, more),
            (_, value) => {
                all.insert(key, value);
            }
        }
    }
}

/// The texts of a file by their keys, as a path of words. What stands outside any table is about the language.
fn flatten(prefix: &str, node: &Node, texts: &mut BTreeMap<String, String>, problems: &mut Problems) {
    for name in node.names() {
        let key = if prefix.is_empty() { name.to_string() } else { format!("{prefix} {name}") };
        match node.peek(name) {
            Some(Value::Table(_)) => {
                if let Some(inner) = node.opt_table(name, problems) {
                    flatten(&key, &inner, texts, problems);
                }
            }
            _ if prefix.is_empty() => {}
            _ => {
                if let Some(text) = node.opt_str(name, problems) {
                    texts.insert(key, text);
                }
            }
        }
    }
}

fn needs(loaded: &Loaded) -> Needs {
    let pack = &loaded.pack;
    let mut needs = Needs { must: BTreeMap::new(), may: BTreeSet::new() };
    let mut must = |key: String, placeholders: &'static [&'static str]| {
        needs.must.insert(key, placeholders);
    };
    let missing: BTreeSet<u16> = pack
        .routes
        .iter()
        .flat_map(|route| &route.criteria)
        .filter_map(|criterion| match criterion.if_no {
            IfNo::Step(fact) => Some(fact),
            _ => None,
        })
        .collect();
    for (place, fact) in pack.facts.iter().enumerate() {
        let id = &fact.id;
        let said = pack.implied.get(place).is_some_and(|implied| implied.iter().any(|implied| implied.option.is_some()));
        if loaded.reserved.contains(id) || said {
            continue;
        }
        for key in ["question", "why", "find-out"] {
            must(format!("fact {id} {key}"), &[]);
        }
        // The names of countries come from the reader's own browser.
        let named = matches!(fact.kind, Kind::Choice | Kind::Set);
        for option in fact.options.iter().filter(|_| named) {
            must(format!("fact {id} options {option}"), &[]);
        }
        for field in &fact.fields {
            must(format!("fact {id} fields {} label", field.id), &[]);
            for option in &field.options {
                must(format!("fact {id} fields {} options {option}", field.id), &[]);
            }
            for word in &field.words {
                must(format!("fact {id} fields {} {word}", field.id), &[]);
            }
            if field.still {
                must(format!("fact {id} fields {} still", field.id), &[]);
                must(format!("fact {id} fields {} given", field.id), &[]);
            }
        }
        if fact.kind == Kind::List {
            must(format!("fact {id} entry"), &["n"]);
            must(format!("fact {id} add"), &[]);
            must(format!("fact {id} none"), &[]);
        }
        if u16::try_from(place).is_ok_and(|place| missing.contains(&place)) {
            must(format!("fact {id} missing"), &[]);
        }
    }
    // What a person came for by name is asked on the first page, and nowhere else.
    if let Some(fact) = pack.asked_for.and_then(|place| pack.facts.get(usize::from(place))) {
        must(format!("fact {} question", fact.id), &[]);
        fact.options.iter().filter(|option| *option != "none").for_each(|option| must(format!("fact {} options {option}", fact.id), &[]));
    }
    for route in &pack.routes {
        let id = &route.id;
        must(format!("route {id} name"), &[]);
        must(format!("route {id} about"), &[]);
        for row in &route.door {
            must(format!("route {id} door {}", text(&row.state)), &["since", "asOf", "until"]);
        }
        for criterion in &route.criteria {
            for key in ["met", "not-met", "unknown"] {
                must(format!("route {id} criterion {} {key}", criterion.id), placeholders(&criterion.values));
            }
        }
        let lists = [("gives", &route.gives), ("exposes", &route.exposes), ("document", &route.documents)];
        for (table, ids) in lists {
            ids.iter().for_each(|id| must(format!("{table} {id}"), &[]));
        }
        route.steps.iter().for_each(|step| must(format!("step {}", step.id), &[]));
        route.fees.iter().for_each(|fee| must(format!("fee {}", fee.id), &["amount", "since"]));
    }
    for system in &loaded.news {
        if !system.clauses.is_empty() {
            must(format!("news {} name", system.id), &[]);
        }
        if system.own_words {
            must(format!("news {} body", system.id), &[]);
        }
    }
    loaded.figures.iter().for_each(|figure| must(format!("figure {}", figure.id), &[]));
    loaded.screens.parts.iter().for_each(|part| must(format!("part {part}"), &[]));
    loaded.screens.same.iter().for_each(|same| must(format!("same {}", same.id), &[]));
    // A question that is a screen by itself has the words of the question.
    for screen in loaded.screens.screens.iter().filter(|screen| !screen.part.is_empty()) {
        let id = &screen.id;
        must(format!("screen {id} title"), &[]);
        screen.boxes.iter().for_each(|line| must(format!("screen {id} boxes {}", line.id), &[]));
        screen.entries.iter().flat_map(|told| &told.ways).for_each(|(way, ..)| must(format!("screen {id} ways {way}"), &[]));
    }
    pack.grounds.iter().map(|ground| &ground.id).chain(&pack.not_asked).for_each(|id| must(format!("ground {id}"), &[]));
    let effects: [(&str, &'static [&'static str]); 5] = [
        ("blocks", &["ground"]),
        ("until", &["ground", "until"]),
        ("waivable", &["ground", "waiver"]),
        ("lawyer", &["ground"]),
        ("maybe", &["ground"]),
    ];
    effects.into_iter().for_each(|(effect, placeholders)| must(format!("effect {effect}"), placeholders));
    for rule in &pack.cautions {
        for clause in &rule.clauses {
            let key = format!("caution {} {}", rule.id, clause.id);
            let values = &["until", "days", "years", "date", "asOf"];
            must(format!("{key} title"), values);
            must(format!("{key} body"), values);
            if !clause.card {
                must(format!("{key} maybe"), values);
                must(format!("{key} {MAYBE_TITLE}"), values);
            }
        }
    }
    Tell::ALL.iter().for_each(|tell| must(format!("tells {}", text(tell)), &[]));
    pack.facts.iter().for_each(|fact| must(format!("find-out {}", fact.find_out), &[]));
    for code in [NO_SUCH_DAY, IN_THE_FUTURE] {
        must(format!("problem {code}"), &[]);
    }
    must(format!("step {ASK_BEFORE}"), &["date"]);
    for id in &loaded.papers {
        must(format!("paper {id} name"), &[]);
        must(format!("paper {id} where"), &[]);
    }
    // What is said of every sketch: the marked place, and which number of a date is the month.
    for key in ["look", "month-first"].iter().filter(|_| !loaded.papers.is_empty()) {
        must(format!("paper {key}"), &[]);
    }
    loaded.help.iter().for_each(|help| must(format!("help {}", help.id), &[]));
    pack.contradictions.iter().for_each(|c| must(format!("problem {}", c.id), &[]));
    for route in &pack.routes {
        // A name that came later than the card: it stands in the states that know it.
        needs.may.extend(route.door.iter().map(|row| format!("route {} named {}", route.id, text(&row.state))));
    }
    for screen in &loaded.screens.screens {
        needs.may.insert(format!("screen {} hint", screen.id));
        needs.may.extend(screen.boxes.iter().map(|line| format!("screen {} now {}", screen.id, line.id)));
    }
    for fact in &pack.facts {
        for key in ["hint", "missing"] {
            needs.may.insert(format!("fact {} {key}", fact.id));
        }
        for option in ["yes", "no"] {
            needs.may.insert(format!("fact {} options {option}", fact.id));
        }
        for field in &fact.fields {
            for key in ["hint", "given"] {
                needs.may.insert(format!("fact {} fields {} {key}", fact.id, field.id));
            }
        }
    }
    needs
}

fn placeholders(values: &Values) -> &'static [&'static str] {
    match (values.date.is_some(), values.years.is_some(), values.days.is_some()) {
        (true, false, false) => &["date"],
        (false, true, false) => &["years"],
        (false, false, true) => &["days"],
        (false, false, false) => &[],
        _ => &["date", "years", "days"],
    }
}

/// A text where it stands.
pub struct Text<'a> {
    pub language: &'a str,
    pub file: &'a str,
    pub key: &'a str,
    pub text: &'a str,
}

impl Text<'_> {
    /// Refuses a place for a value that there is none for, and a count that lacks a form which the language has.
    pub fn check_placeholders(&self, allowed: &[&str], problems: &mut Problems) {
        let Text { language, file, key, text } = *self;
        let Some(places) = places(text) else {
            problems.add(
                file,
                key,
                "has a brace without its other half",
                "write a placeholder as {name}, or {name, plural, other {# names}}",
            );
            return;
        };
        for Place { name, forms } in places {
            if !allowed.contains(&name) {
                let help =
                    if allowed.is_empty() { "no value goes in here".to_string() } else { format!("use one of: {}", allowed.join(", ")) };
                problems.add(file, key, format!("unknown placeholder {{{name}}}"), help);
            }
            if forms.is_empty() {
                continue;
            }
            let has = plural_forms(language);
            if forms != has {
                let has: Vec<&str> = has.into_iter().collect();
                problems.add(file, key, "has not just the plural forms of the language", format!("write these: {}", has.join(", ")));
            }
        }
    }

    /// Refuses what is hard to read, what promises, and what a rule would have to follow.
    pub fn check_style(&self, glossary: &Glossary, problems: &mut Problems) {
        let Text { language, file, key, text } = *self;
        if key.ends_with(MAYBE_TITLE) {
            let words = text.split_whitespace().count();
            if words > LONGEST_MAYBE_TITLE {
                problems.add(
                    file,
                    key,
                    format!("has {words} words"),
                    format!("at most {LONGEST_MAYBE_TITLE}: the text below says the rest"),
                );
            }
            if !glossary.doubts(language, text) {
                problems.add(file, key, "tells for a fact what only may be", "ask, or say that it may be");
            }
        }
        glossary.check_text(language, file, key, text, problems);
        for sentence in text.split_inclusive(['.', '?', '!', ':', ';', '؟', '।', '።']) {
            let words = sentence.split_whitespace().count();
            if words > LONGEST_SENTENCE {
                problems.add(file, key, format!("a sentence of {words} words"), format!("at most {LONGEST_SENTENCE}: cut it in two"));
            }
        }
        let year = text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
        if year {
            problems.add(file, key, "has a year written in words", "use a placeholder, so that it follows the rule");
        }
    }
}

/// A place for a value in a text: `{name}`, or `{name, plural, one {# year} other {# years}}`.
pub struct Place<'a> {
    pub name: &'a str,
    /// The plural forms that are written there; none where the value stands alone.
    pub forms: BTreeSet<&'a str>,
}

/// The places of a text; nothing where a brace lacks its other half.
pub fn places(text: &str) -> Option<Vec<Place<'_>>> {
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        rest = rest.get(at..)?.strip_prefix('{')?;
        let end = rest.find(|c: char| !c.is_alphanumeric())?;
        let (name, after) = rest.split_at_checked(end)?;
        let mut forms = BTreeSet::new();
        rest = after;
        if let Some(mut list) = after.strip_prefix(", plural,") {
            while let Some(form) = list.strip_prefix(' ') {
                let (form, words) = form.split_once(" {")?;
                let (_, after) = words.split_once('}').filter(|(words, _)| !words.contains('{'))?;
                forms.insert(form);
                list = after;
            }
            rest = list;
        }
        rest = rest.strip_prefix('}')?;
        places.push(Place { name, forms });
    }
    Some(places)
}

/// The forms that a language has for whole numbers, as CLDR names them.
fn plural_forms(language: &str) -> BTreeSet<&'static str> {
    let known = language.parse::<LanguageIdentifier>().ok();
    let known = known.map(|known| LanguageIdentifier::from_parts(known.language, None, None, &[]));
    let Some(rules) = known.and_then(|known| PluralRules::create(known, PluralRuleType::CARDINAL).ok()) else {
        return BTreeSet::from(["other"]);
    };
    let name = |category| match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    };
    // "Other" is what stands where no form is found.
    (0..=LARGEST_COUNT).filter_map(|n| rules.select(n).ok().map(name)).chain(["other"]).collect()
}
