//! `rules diff` names exactly those who flip: against a comparison of whole reports, one family after the other.
#![cfg(feature = "author")]

use relief_screener::author::{self, Difference};
use relief_screener::pack::Pack;
use relief_screener::report::Report;
use relief_screener::screen::screen_today;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FAMILIES: usize = 200;

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")
}

/// A copy of the rules with one text of one file replaced.
fn changed(name: &str, file: &str, from: &str, to: &str) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("rules").flatten() {
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if path.is_dir() {
                copy(&path, &target);
            } else {
                std::fs::copy(&path, &target).expect("a copy");
            }
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    copy(&rules(), &folder);
    let text = std::fs::read_to_string(folder.join(file)).expect("the file");
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(folder.join(file), text.replacen(from, to, 1)).expect("written");
    folder
}

fn load(folder: &Path) -> Pack {
    author::load(folder, &mut author::Problems::default()).expect("rules that load").pack
}

/// Door, fit and the cautions of the family on each card, out of whole reports.
fn said(report: &Report) -> BTreeSet<String> {
    let on_card = |card: &relief_screener::report::Card| {
        // Cautions about the card itself follow from the others.
        let about_the_card = ["boundary-date", "stale"];
        let cautions = card.cautions.iter().filter(|c| !about_the_card.contains(&c.id.as_str()));
        let cautions: Vec<String> = cautions.map(|c| format!("{} {} {:?}", c.id, c.clause, c.certainty)).collect();
        format!("{} {:?} {:?} {cautions:?}", card.route, card.door.state, card.fit.as_ref().map(|fit| (fit.state, &fit.missing)))
    };
    report.cards.iter().map(on_card).collect()
}

fn brute_force(old: &Pack, new: &Pack) -> BTreeSet<String> {
    let (_, cases) = author::cases(&rules()).expect("rules");
    let people: Vec<(String, relief_screener::date::Date, Json)> = cases
        .iter()
        .map(|case| (case.id.clone(), case.as_of, case.answers.clone()))
        .chain(
            author::families(new, &cases, new.confirmed_through, FAMILIES)
                .into_iter()
                .enumerate()
                .map(|(n, family)| (format!("family {n} on {}", family.as_of), family.as_of, family.answers)),
        )
        .collect();
    let report = |pack: &Pack, as_of, answers: &Json| screen_today(pack, as_of, &author::read_answers(pack, answers).unwrap_or_default());
    let flips = people.iter().filter(|(_, as_of, answers)| said(&report(old, *as_of, answers)) != said(&report(new, *as_of, answers)));
    flips.map(|(who, ..)| who.clone()).collect()
}

fn names(found: &Difference) -> BTreeSet<String> {
    found.flips.iter().map(|flip| flip.who.clone()).collect()
}

/// A court stays a program two days later than it did.
#[test]
fn one_court_date() {
    let new = changed("diff-court", "routes/kft-spouse.toml", "from = 2024-08-26", "from = 2024-08-28");
    let found = author::diff(&rules(), &new, FAMILIES).expect("two sets of rules");
    assert_eq!(names(&found), brute_force(&load(&rules()), &load(&new)));
    assert!(found.flips.len() >= 2, "{:?}", found.flips);
    for flip in &found.flips {
        assert_eq!((flip.card.as_str(), flip.what.as_str()), ("kft-spouse", "door filing-only -> open"));
        assert!(flip.because.iter().all(|line| line.starts_with("routes/kft-spouse.toml:")), "{:?}", flip.because);
    }
}

/// A number inside a named condition that many routes use.
#[test]
fn one_number_behind_a_name() {
    let line = "{ returned-after = \"lifetime\", more-than = 365 }";
    let new = changed("diff-number", "conditions.toml", line, "{ returned-after = \"lifetime\", more-than = 900 }");
    let found = author::diff(&rules(), &new, FAMILIES).expect("two sets of rules");
    assert_eq!(names(&found), brute_force(&load(&rules()), &load(&new)));
    assert!(found.flips.len() > 5, "{:?}", found.flips);
    for flip in &found.flips {
        assert!(flip.because.iter().any(|line| line.contains("condition permanent-bar-year")), "{flip:?}");
    }
}

/// A step and a fee are part of what is signed, and it is said who is shown them.
#[test]
fn one_step_and_one_fee() {
    let file = "routes/kft-spouse.toml";
    let step = "[[step]]\nid = \"kft-file-online\"\nkind = \"file\"\ndoors = [\"open\", \"filing-only\"]\n\
                when = { fact = \"kft.filed\", is = \"no\" }\n";
    for (name, from, to, what) in
        [("diff-step", step, "", "step gone: kft-file-online"), ("diff-fee", "amount = 580", "amount = 590", "fee kft-request 580 -> 590")]
    {
        let found = author::diff(&rules(), &changed(name, file, from, to), FAMILIES).expect("two sets of rules");
        assert!(found.flips.len() > 5, "{name}: {:?}", found.flips);
        let [line] = found.lines.as_slice() else { panic!("{:?}", found.lines) };
        assert_eq!((line.cases + line.families, line.flips), (found.flips.len(), found.flips.len()), "{line}");
        for flip in &found.flips {
            assert_eq!((flip.card.as_str(), flip.what.as_str()), ("kft-spouse", what));
            assert_eq!(flip.because, [line.place.as_str()]);
        }
    }
}

/// A line of a day that nobody is looked at on.
#[test]
fn a_line_that_nobody_reaches() {
    let fee = "[[fee]]\nid = \"old-form\"\nfrom = 2013-01-01\nto = 2013-01-01\namount = 1\ncite = [\"fr-89-67459\"]\n\n[[fee]]";
    let new = changed("diff-nobody", "routes/kft-spouse.toml", "[[fee]]", fee);
    let found = author::diff(&rules(), &new, 20).expect("two sets of rules");
    let [line] = found.lines.as_slice() else { panic!("{:?}", found.lines) };
    assert!(line.to_string().contains("NOBODY REACHES THIS LINE"), "{line}");
    assert!(found.flips.is_empty(), "{:?}", found.flips);
}

/// The same rules twice.
#[test]
fn nothing_changed() {
    let found = author::diff(&rules(), &rules(), FAMILIES).expect("two sets of rules");
    assert!(found.lines.is_empty() && found.flips.is_empty(), "{:?}", found.flips);
}
