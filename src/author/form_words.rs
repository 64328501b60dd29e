//! The words of the form itself: one file for each language of the rules, each with all that the others have.
//!
//! Words about the law are not here. The names of months and countries stand here only in languages that browsers do not know.

use super::glossary::Glossary;
use super::read::{Folder, Node};
use super::words::{Text, places};
use super::{Problem, Problems, sorted};
use crate::fact::Kind;
use crate::pack::Pack;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Languages whose months and countries every browser names: those in which Chromium itself can be read. In any other one a browser
/// falls back to the language of the device.
const KNOWN: &str = "am ar bg bn ca cs da de el en es et fa fi fil fr gu he hi hr hu id it ja kn ko lt lv ml mr ms nb nl pl pt ro ru sk sl \
                     sr sv sw ta te th tr uk ur vi zh";

const MONTHS: usize = 12;

/// What one file says.
struct Form {
    /// What the frame is called for people who cannot see it. It says nothing about the subject.
    title: String,
    texts: BTreeMap<String, String>,
    calendar: Option<Json>,
    countries: Option<BTreeMap<String, String>>,
}

/// The words of the form in each language of the rules, as JSON. `rules` is the folder of the pack, whose glossary holds them too.
pub fn form_words(folder: &Path, rules: &Path, pack: &Pack) -> Result<Vec<(String, Json)>, Vec<Problem>> {
    let mut problems = Problems::default();
    let glossary = Glossary::read(&Folder::read(rules, &mut problems), &pack.languages, &mut problems);
    let folder = Folder::read(folder, &mut problems);
    let mut all = Vec::new();
    for language in &pack.languages {
        let name = format!("{language}.toml");
        if let Some(node) = folder.file(&name, &mut problems) {
            let form = Form::read(language, &node, pack, &mut problems);
            form.check(language, node.file, &glossary, &mut problems);
            all.push((language, name, form));
        }
    }
    for (_, file, form) in &all {
        for (key, text) in all.iter().flat_map(|(_, _, other)| &other.texts) {
            match form.texts.get(key) {
                None => problems.add(file, key, "missing", "write this text"),
                Some(mine) if names(mine) != names(text) => {
                    problems.add(file, key, "has other placeholders than another language", "keep the languages in step");
                }
                Some(_) => {}
            }
        }
    }
    folder.unread(&mut problems);
    if problems.0.is_empty() {
        Ok(all.into_iter().map(|(language, _, form)| (language.clone(), form.json())).collect())
    } else {
        Err(sorted(problems))
    }
}

/// The names of the places for values.
fn names(text: &str) -> BTreeSet<&str> {
    places(text).unwrap_or_default().into_iter().map(|place| place.name).collect()
}

impl Form {
    fn read(language: &str, node: &Node, pack: &Pack, problems: &mut Problems) -> Form {
        let texts = |node: Option<Node>, problems: &mut Problems| -> Option<BTreeMap<String, String>> {
            let node = node?;
            Some(node.names().into_iter().map(|key| (key.to_string(), node.str(key, problems))).collect())
        };
        let title = node.str("title", problems);
        let words = node.opt_table("words", problems);
        if words.is_none() {
            problems.add(node.file, "words", "missing", "write the words of the form");
        }
        let calendar = node.opt_table("calendar", problems).map(|calendar| {
            let months = calendar.must_list("months", problems);
            if months.len() != MONTHS {
                problems.add(calendar.file, calendar.at("months"), format!("has {} names", months.len()), "write twelve, January first");
            }
            for (key, must) in [("day", ["day", "month", "year"].as_slice()), ("month", &["month", "year"])] {
                let text = calendar.str(key, problems);
                if names(&text) != must.iter().copied().collect() {
                    let cure = format!("write each of {{{}}} once", must.join("}, {"));
                    problems.add(calendar.file, calendar.at(key), "does not say how a date is written", cure);
                }
            }
            calendar.copy()
        });
        let countries = texts(node.opt_table("countries", problems), problems);
        let known = KNOWN.split_whitespace().any(|known| language.split('-').next() == Some(known));
        if !known {
            let asked = pack.facts.iter().filter(|fact| matches!(fact.kind, Kind::Country | Kind::Countries));
            let codes = asked.flat_map(|fact| &fact.options);
            let lacks = |code: &&String| countries.as_ref().is_none_or(|countries| !countries.contains_key(*code));
            let lacking: BTreeSet<&str> = codes.filter(lacks).map(String::as_str).collect();
            if !lacking.is_empty() {
                let lacking = lacking.into_iter().collect::<Vec<_>>().join(" ");
                problems.add(node.file, "countries", "browsers do not know this language", format!("name these countries: {lacking}"));
            }
            if calendar.is_none() {
                problems.add(node.file, "calendar", "browsers do not know this language", "name the months, and say how a date is written");
            }
        }
        let calendar = calendar.map(|table| super::answers::to_json(&toml::Value::Table(table)));
        Form { title, texts: texts(words, problems).unwrap_or_default(), calendar, countries }
    }

    fn check(&self, language: &str, file: &str, glossary: &Glossary, problems: &mut Problems) {
        for (key, text) in self.texts.iter().chain([(&"title".to_string(), &self.title)]) {
            let at = Text { language, file, key, text };
            // Each has the places that the other languages have; that is looked at for all together.
            at.check_placeholders(&names(text).into_iter().collect::<Vec<_>>(), problems);
            at.check_style(glossary, problems);
        }
    }

    fn json(self) -> Json {
        json!({ "title": self.title, "words": self.texts, "calendar": self.calendar, "countries": self.countries })
    }
}
