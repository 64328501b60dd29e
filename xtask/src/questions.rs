//! `cargo xtask rules questions`: what people meet on the way to their answer, over made-up families: screens, taps, words, minutes.

use crate::rules::form_words;
use relief_screener::author::{self, Checked, Form, Walked};
use relief_screener::date::Date;
use relief_screener::fact::{Answer, Fact, Kind};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Made-up families that are walked with.
const FAMILIES: usize = 1_000;
/// How fast a tired person reads, and how long a tap takes.
const WORDS_A_MINUTE: f64 = 150.0;
const SECONDS_A_TAP: f64 = 3.0;
/// What stands once on a way: the start page, the header and the footer.
const ONCE: [&str; 15] = [
    "startTitle",
    "startMinutes",
    "privateTitle",
    "private",
    "mayLeave",
    "unreviewed",
    "start",
    "leaveTitle",
    "limitsTitle",
    "adviceTitle",
    "version",
    "exit",
    "helpTitle",
    "wipe",
    "soFarKnown",
];

/// A way in numbers.
struct Numbers {
    screens: usize,
    taps: usize,
    words: usize,
}

impl Numbers {
    /// The screens, and with them the start and the review.
    fn of(form: &Form, walked: &Walked) -> Numbers {
        let named = |key: &str| form.texts.pointer(&format!("/fact/asked-for/{key}"));
        let options = named("options").and_then(Json::as_object).into_iter().flat_map(Map::values);
        let programs = options.chain(named("question"));
        let programs: usize = programs.filter_map(Json::as_str).map(words).sum();
        // The name of the other language stands in the header too.
        let once = ONCE.iter().map(|key| words(&(form.own)(key))).sum::<usize>() + 1;
        Numbers {
            screens: walked.visits.len(),
            taps: walked.visits.iter().map(|visit| visit.taps).sum::<usize>() + 2,
            words: walked.visits.iter().map(|visit| visit.words).sum::<usize>() + walked.review + once + programs,
        }
    }

    fn minutes(&self) -> f64 {
        self.words as f64 / WORDS_A_MINUTE + self.taps as f64 * SECONDS_A_TAP / 60.0
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

pub fn run(root: &Path, checked: &Checked, which: &[&str]) -> Result<(), String> {
    if which == ["journeys"] {
        return journeys(root, checked);
    }
    in_language(root, checked, "en", |form| families(form, which))
}

/// With the words of one language.
fn in_language<T>(root: &Path, checked: &Checked, language: &str, then: impl FnOnce(&Form) -> Result<T, String>) -> Result<T, String> {
    let own = form_words(root, checked)?;
    let own = own.iter().find(|(other, _)| other == language).and_then(|(_, form)| form.get("words"));
    let texts = checked.languages.iter().find(|(other, _)| other == language).and_then(|(_, json)| serde_json::from_str(json).ok());
    let texts = texts.ok_or_else(|| format!("there are no texts in {language}"))?;
    then(&Form { checked, texts: &texts, own: &|key| own.and_then(|words| words.get(key)?.as_str()).unwrap_or_default().to_string() })
}

fn families(form: &Form, which: &[&str]) -> Result<(), String> {
    let (checked, pack) = (form.checked, &form.checked.pack);
    let families = author::families(pack, &checked.cases, pack.confirmed_through, FAMILIES);
    let mut all = Vec::new();
    let mut shown: BTreeMap<String, (usize, usize, usize, usize)> = BTreeMap::new();
    let mut facts: BTreeMap<String, usize> = BTreeMap::new();
    let mut worst = (0, String::new());
    let one = which.first().and_then(|at| at.parse::<usize>().ok());
    for (at, family) in families.iter().enumerate().filter(|(at, _)| one.is_none_or(|one| one == *at)) {
        let full = checked.base.with(family.answers.as_object().ok_or("a family without answers")?);
        let full = author::read_answers(pack, &full).map_err(|error| error.message)?;
        let walked = form.walk(family.as_of, &full);
        if one.is_some() {
            println!("{} {}", family.as_of, family.answers);
            way(&walked);
        }
        for visit in &walked.visits {
            *facts.entry(format!("{} {}", visit.screen, visit.told.join(" "))).or_default() += 1;
            let (times, words, most, boxes) = shown.entry(visit.screen.clone()).or_default();
            *times += 1;
            *words += visit.words;
            *most = visit.words.max(*most);
            *boxes = visit.boxes.max(*boxes);
        }
        let numbers = Numbers::of(form, &walked);
        if numbers.screens > worst.0 {
            worst = (numbers.screens, format!("family {at}"));
        }
        all.push(numbers);
    }
    let line = |name: &str, of: fn(&Numbers) -> f64| {
        let mut values: Vec<f64> = all.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values.get(values.len() * share / 100).or(values.last()).copied().unwrap_or(0.0);
        let [median, most, worst] = [50, 90, 100].map(|share| (at(share) * 10.0).round() / 10.0);
        println!("median {median} {name}, nine in ten at most {most}, worst {worst}");
    };
    line("screens", |numbers| numbers.screens as f64);
    line("taps", |numbers| numbers.taps as f64);
    line("words", |numbers| numbers.words as f64);
    line("minutes", Numbers::minutes);
    println!("{} made-up families; the most screens: {}", all.len(), worst.1);
    for screen in checked.screens.screens.iter().map(|screen| screen.id.as_str()).chain(["urgent", "sharper"]) {
        let (times, words, most, boxes) = shown.get(screen).copied().unwrap_or_default();
        println!("  {times:>5} {screen:<16} {:>4} words, at most {most}; {boxes} lines", words / times.max(1));
    }
    if which == ["facts"] {
        facts.iter().for_each(|(facts, times)| println!("{times:>5} {facts}"));
    }
    let paths = families.iter().map(|family| author::path(pack, family).len());
    let mut questions: Vec<usize> = paths.collect();
    questions.sort_unstable();
    let at = |share: usize| questions.get(questions.len() * share / 100).or(questions.last()).copied().unwrap_or(0);
    println!("one by one: median {} questions, nine in ten at most {}, worst {}", at(50), at(90), at(100));
    Ok(())
}

/// Screen by screen.
fn way(walked: &Walked) {
    for visit in &walked.visits {
        let told = visit.told.join(" ");
        println!("{:<16} {:>2} taps {:>3} words {} boxes {told}", visit.screen, visit.taps, visit.words, visit.boxes);
    }
}

/// The ways of `tests/journeys.json`, in each language, with their numbers.
fn journeys(root: &Path, checked: &Checked) -> Result<(), String> {
    let text = std::fs::read_to_string(root.join("tests/journeys.json")).map_err(|error| error.to_string())?;
    let file: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let day = file.get("asOf").and_then(Json::as_str).and_then(|day| Date::parse(day).ok()).ok_or("asOf is no day")?;
    let journeys = file.get("journeys").and_then(Json::as_object).ok_or("no journeys")?;
    println!("language journey       screens taps words minutes");
    for (language, _) in &checked.languages {
        in_language(root, checked, language, |form| {
            for (name, journey) in journeys {
                let answers = journey.get("answers").and_then(Json::as_object).ok_or("a journey without answers")?;
                let numbers = Numbers::of(form, &form.walk(day, &full(checked, answers)?));
                let Numbers { screens, taps, words } = numbers;
                println!("{language:<8} {name:<13} {screens:>7} {taps:>4} {words:>5} {:>7.1}", numbers.minutes());
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// What a journey answers, as the engine takes it; what it does not name is the harmless answer, or the one that it gives to `ALL`.
fn full(checked: &Checked, answers: &Map<String, Json>) -> Result<Vec<Answer>, String> {
    let no = |told: &Json| if told == "no" { json!(false) } else { told.clone() };
    let entry = |entry: &Json| entry.as_object().into_iter().flatten().map(|(field, told)| (field.clone(), no(told))).collect::<Json>();
    let said = |fact: &Fact, answer: &Json| match (answer.as_str(), fact.kind) {
        (Some("unsure"), _) => json!({ "unsure": true }),
        (Some(yes_no), Kind::YesNo) => json!(yes_no == "yes"),
        (Some(one), Kind::Set | Kind::Countries) => json!([one]),
        (None, Kind::List) => answer.as_array().into_iter().flatten().map(entry).collect(),
        _ => answer.clone(),
    };
    let facts = checked.pack.facts.iter();
    let told = facts.filter_map(|fact| Some((fact.id.clone(), said(fact, answers.get(&fact.id).or(answers.get("ALL"))?))));
    author::read_answers(&checked.pack, &checked.base.with(&told.collect())).map_err(|error| error.message)
}
