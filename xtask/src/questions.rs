//! `cargo xtask rules questions`: what people meet on the way to their answer, over made-up families: screens, taps, words, minutes.

use crate::rules::form_words;
use relief_screener::author::{self, Checked, Form, Walked};
use std::collections::BTreeMap;
use std::path::Path;

/// Made-up families that are walked with.
const FAMILIES: usize = 1_000;
/// How fast a tired person reads, and how long a tap takes.
const WORDS_A_MINUTE: usize = 150;
const SECONDS_A_TAP: usize = 3;
/// What stands once on a way: the header and the footer, the start page.
const ONCE: [&str; 11] = [
    "startTitle",
    "startLead",
    "startMinutes",
    "privateTitle",
    "private",
    "mayLeave",
    "unreviewed",
    "start",
    "leaveTitle",
    "limitsTitle",
    "language",
];
const AROUND: [&str; 3] = ["exit", "helpTitle", "wipe"];

/// A way in numbers.
struct Numbers {
    screens: usize,
    taps: usize,
    words: usize,
}

impl Numbers {
    fn seconds(&self) -> usize {
        self.words * 60 / WORDS_A_MINUTE + self.taps * SECONDS_A_TAP
    }
}

pub fn run(root: &Path, checked: &Checked, which: &[&str]) -> Result<(), String> {
    let pack = &checked.pack;
    let own = form_words(root, checked)?;
    let own = own.iter().find(|(language, _)| language == "en").and_then(|(_, form)| form.get("words"));
    let say = |key: &str| own.and_then(|words| words.get(key)?.as_str()).unwrap_or_default().to_string();
    let texts = checked.languages.iter().find(|(language, _)| language == "en").map(|(_, json)| serde_json::from_str(json));
    let texts = texts.and_then(Result::ok).ok_or("there are no English texts")?;
    let form = Form { pack, screens: &checked.screens, texts: &texts, own: &say };
    let families = author::families(pack, &checked.cases, pack.confirmed_through, FAMILIES);
    let once: usize = ONCE.iter().chain(&AROUND).map(|key| say(key).split_whitespace().count()).sum();
    let number = |walked: &Walked| Numbers {
        screens: walked.visits.len(),
        // The start, and the review.
        taps: walked.visits.iter().map(|visit| visit.taps).sum::<usize>() + 2,
        words: walked.visits.iter().map(|visit| visit.words).sum::<usize>() + walked.review + once,
    };
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
            for visit in &walked.visits {
                println!(
                    "{:<16} {:>2} taps {:>3} words {} boxes {}",
                    visit.screen,
                    visit.taps,
                    visit.words,
                    visit.boxes,
                    visit.told.join(" ")
                );
            }
        }
        for visit in &walked.visits {
            *facts.entry(format!("{} {}", visit.screen, visit.told.join(" "))).or_default() += 1;
            let (times, words, most, boxes) = shown.entry(visit.screen.clone()).or_default();
            *times += 1;
            *words += visit.words;
            *most = visit.words.max(*most);
            *boxes = visit.boxes.max(*boxes);
        }
        let numbers = number(&walked);
        if numbers.screens > worst.0 {
            worst = (numbers.screens, format!("family {at}"));
        }
        all.push(numbers);
    }
    let line = |name: &str, of: fn(&Numbers) -> usize| {
        let mut values: Vec<usize> = all.iter().map(of).collect();
        values.sort_unstable();
        let at = |share: usize| values.get(values.len() * share / 100).or(values.last()).copied().unwrap_or(0);
        println!("median {} {name}, nine in ten at most {}, worst {}", at(50), at(90), at(100));
    };
    line("screens", |numbers| numbers.screens);
    line("taps", |numbers| numbers.taps);
    line("words", |numbers| numbers.words);
    line("seconds", Numbers::seconds);
    println!("{} made-up families; the most screens: {}", all.len(), worst.1);
    for screen in checked.screens.screens.iter().map(|screen| screen.id.as_str()).chain(["sharper"]) {
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
