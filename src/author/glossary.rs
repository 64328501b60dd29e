//! The glossary: what the law calls a thing, what a family calls it, and what no text calls it; and of each language, what nobody may be
//! told in it and how it says that something only may be.
//!
//! A phrase that was mended in one text comes back in the next one. Here it is refused in all of them, and the cure names the word
//! that stands in its place. A term that no text says any more is refused too, so that the list stays that of the texts.

use super::Problems;
use super::read::Folder;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "glossary.toml";

/// The words of a language.
#[derive(Default)]
pub struct Glossary {
    terms: Vec<Term>,
    manners: BTreeMap<String, Manners>,
}

/// How a language speaks.
#[derive(Default)]
struct Manners {
    /// What promises more than anybody can: looked for in small letters, also within a word.
    promises: Vec<String>,
    /// Short forms, which are written out.
    contractions: Vec<String>,
    /// The words that say that something only may be.
    maybe: Vec<String>,
}

/// One term in one language.
struct Term {
    language: String,
    /// Its place in the file.
    key: String,
    /// What the law calls it, where that is something else: so that a person can say it to a lawyer.
    law: Option<String>,
    family: String,
    never: Vec<String>,
}

impl Glossary {
    pub fn read(folder: &Folder, languages: &[String], problems: &mut Problems) -> Glossary {
        let mut all = Glossary::default();
        let Some(file) = folder.file(FILE, problems) else { return all };
        let speech = file.opt_table("speech", problems);
        for language in languages {
            let Some(node) = speech.as_ref().and_then(|speech| speech.opt_table(language, problems)) else {
                problems.add(
                    FILE,
                    format!("speech.{language}"),
                    "missing",
                    "say what nobody may be told, and how this language says \"may\"",
                );
                continue;
            };
            let [promises, contractions, maybe] = ["promises", "contractions", "maybe"].map(|key| node.must_list(key, problems));
            all.manners.insert(language.clone(), Manners { promises, contractions, maybe });
        }
        let mut ids = BTreeSet::new();
        for node in file.tables("term", problems) {
            let id = node.id("id", problems);
            if !ids.insert(id) {
                problems.add(FILE, node.at("id"), "this id stands twice", "join the two, or give one another id");
            }
            for language in languages {
                let Some(words) = node.opt_table(language, problems) else {
                    if !node.has(language) {
                        problems.add(FILE, node.at(language), "missing", "say what this language calls it");
                    }
                    continue;
                };
                let (law, family) = (words.opt_str("law", problems), words.str("family", problems));
                let never = words.strings("never", problems);
                // Without it, it has been reported, and says nothing.
                if !family.is_empty() {
                    all.terms.push(Term { language: language.clone(), key: words.key, law, family, never });
                }
            }
        }
        all.check(problems);
        all
    }

    /// A phrase that is refused is written as it is looked for, and is no part of a word that stands in its place.
    fn check(&self, problems: &mut Problems) {
        for term in &self.terms {
            let key = format!("{}.never", term.key);
            for phrase in &term.never {
                if *phrase != plain(phrase) {
                    problems.add(FILE, &key, format!("`{phrase}` is never found"), "write it in small letters, with straight marks");
                }
                let others = self.terms.iter().filter(|other| other.language == term.language);
                for right in others.flat_map(Term::words).filter(|right| says(&plain(right), phrase)) {
                    let cure = "name the part of it that is wrong, or keep one of the two";
                    problems.add(FILE, &key, format!("`{phrase}` is refused, and `{right}` says it"), cure);
                }
            }
        }
    }

    /// Refuses what this language never says.
    pub fn check_text(&self, language: &str, file: &str, key: &str, text: &str, problems: &mut Problems) {
        let text = plain(text);
        if let Some(manners) = self.manners.get(language) {
            for phrase in manners.promises.iter().filter(|phrase| text.contains(*phrase)) {
                problems.add(file, key, format!("says \"{phrase}\""), "say what may be, and that a lawyer decides");
            }
            for short in manners.contractions.iter().filter(|short| text.contains(*short)) {
                problems.add(file, key, format!("has the contraction \"{short}\""), "write it out");
            }
        }
        for term in self.terms.iter().filter(|term| term.language == language) {
            for phrase in term.never.iter().filter(|phrase| says(&text, phrase)) {
                problems.add(file, key, format!("says \"{phrase}\""), format!("write \"{}\", as {FILE} does", term.family));
            }
        }
    }

    /// Whether a text says that it tells nothing for a fact: it asks, or it has a word for "may".
    pub fn doubts(&self, language: &str, text: &str) -> bool {
        let text = plain(text);
        let maybe = self.manners.get(language).map(|manners| manners.maybe.as_slice()).unwrap_or_default();
        // Some languages ask with a mark of their own.
        text.ends_with(['?', '؟', '？']) || maybe.iter().any(|word| says(&text, word))
    }

    /// Refuses what no text of this language says.
    pub fn check_used(&self, language: &str, texts: &BTreeMap<String, String>, problems: &mut Problems) {
        let texts: Vec<String> = texts.values().map(|text| plain(text)).collect();
        for term in self.terms.iter().filter(|term| term.language == language) {
            for word in term.words().filter(|word| !texts.iter().any(|text| says(text, &plain(word)))) {
                problems.add(FILE, &term.key, format!("no text says \"{word}\""), "say it in a text, or correct the term");
            }
        }
    }
}

impl Term {
    /// What the texts say.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.law.as_deref().into_iter().chain([self.family.as_str()])
    }
}

/// As phrases are compared: in small letters, with one kind of apostrophe.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('\u{2019}', "'")
}

/// Whether a phrase stands in a text, with no letter and no digit at its ends. A star at its end stands for any ending of its last word.
fn says(text: &str, phrase: &str) -> bool {
    let (phrase, any_ending) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let joined = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    let mut found = text.match_indices(phrase);
    found.any(|(at, phrase)| {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + phrase.len()..).unwrap_or(""));
        !joined(before.chars().next_back()) && (any_ending || !joined(after.chars().next()))
    })
}
