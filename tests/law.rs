//! The rules of the project: they load, every case and boundary holds, and broken rules are refused with a cure.
#![cfg(feature = "author")]

use relief_screener::author::{self, Checked, Problem};
use std::path::{Path, PathBuf};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")
}

fn checked() -> Checked {
    author::check(&rules()).unwrap_or_else(|problems| panic!("{}", listed(&problems)))
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_case_and_every_boundary_holds() {
    let checked = checked();
    assert!(checked.counts.cases >= 130, "{} cases", checked.counts.cases);
    assert!(checked.counts.boundary_cases >= 90, "{} boundary cases", checked.counts.boundary_cases);
}

#[test]
fn the_pack_survives_its_own_file() {
    let checked = checked();
    let json: serde_json::Value = serde_json::from_str(&checked.rules_json()).expect("JSON");
    assert_eq!(json["format"], 1);
    let citations = json["citations"].as_array().expect("citations");
    assert_eq!(citations.len(), checked.pack.citations.len());
    assert!(!json.to_string().contains("/rules/"), "no path of a machine");
}

/// Copies the rules, changes one file, and gives the problems found.
fn broken(name: &str, file: &str, from: &str, to: &str) -> Vec<Problem> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&copy);
    for sub in ["", "boundaries", "routes", "cautions", "text/en", "text/es", "cases"] {
        std::fs::create_dir_all(copy.join(sub)).expect("a folder");
        for entry in std::fs::read_dir(rules().join(sub)).expect("rules").flatten().filter(|e| e.path().is_file()) {
            std::fs::copy(entry.path(), copy.join(sub).join(entry.file_name())).expect("a copy");
        }
    }
    let text = std::fs::read_to_string(copy.join(file)).expect("the file");
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(copy.join(file), text.replacen(from, to, 1)).expect("written");
    author::check(&copy).err().unwrap_or_default()
}

fn names(problems: &[Problem], file: &str, words: &str) -> bool {
    problems.iter().any(|p| p.file == file && format!("{} {}", p.key, p.message).contains(words) && !p.help.is_empty())
}

macro_rules! refused {
    ($($test:ident: $file:literal, $from:literal => $to:literal, $named:literal: $words:literal;)*) => {$(
        #[test]
        fn $test() {
            let problems = broken(stringify!($test), $file, $from, $to);
            assert!(names(&problems, $named, $words), "{}", listed(&problems));
        }
    )*};
}

refused! {
    an_unknown_key: "routes/kft-spouse.toml", "id = \"kft-spouse\"" => "id = \"kft-spouse\"\nopne = true", "routes/kft-spouse.toml": "unknown key";
    an_unknown_fact: "conditions.toml", "fact = \"person.in-us\"" => "fact = \"person.in-usa\"", "conditions.toml": "unknown fact `person.in-usa`";
    an_unknown_option: "conditions.toml", "is = \"citizen\"" => "is = \"ctizen\"", "conditions.toml": "unknown option `ctizen`";
    an_unknown_word: "conditions.toml", "fact = \"person.in-us\", is = true" => "formula = \"1 < 2\"", "conditions.toml": "no word of the vocabulary";
    a_date_that_is_moved: "routes/kft-spouse.toml", "from = 2024-08-19" => "from = 2024-08-20", "boundaries/family.toml": "door of `kft-spouse` on 2024-08-19";
    a_state_that_is_changed: "routes/kft-spouse.toml", "state = \"filing-only\"" => "state = \"open\"", "boundaries/family.toml": "filing-only";
    a_criterion_that_is_moved: "routes/kft-spouse.toml", "present-since = 2014-06-17" => "present-since = 2014-06-18", "boundaries/family.toml": "stays.0.entered";
    an_exclusive_boundary: "routes/kft-spouse.toml", "on-or-before = 2024-06-17" => "before = 2024-06-17", "boundaries/family.toml": "= 2024-06-17: expected Yes";
    a_day_count_that_is_changed: "conditions.toml", "returned-after = \"lifetime\", more-than = 365" => "returned-after = \"lifetime\", more-than = 366", "boundaries/family.toml": "expected";
    an_entry_without_a_citation: "routes/kft-spouse.toml", "state = \"closed\"\ncite = [" => "state = \"closed\"\nnote = [", "routes/kft-spouse.toml": "no citation";
    an_unknown_citation: "routes/kft-spouse.toml", "cite = [\"" => "cite = [\"x-", "routes/kft-spouse.toml": "unknown citation";
    a_text_that_is_missing: "text/es/general.toml", "question = " => "frage = ", "text/es": "missing";
    a_placeholder_that_does_not_exist: "text/en/family.toml", "{since}" => "{sinse}", "text/en/family.toml": "unknown placeholder {sinse}";
    a_forbidden_phrase: "text/en/general.toml", "Are you in the United States now?" => "You qualify. Are you in the United States now?", "text/en/general.toml": "says \"you qualify\"";
    a_text_changed_in_one_language: "text/en/general.toml", "Are you in the United States now?" => "Are you inside the United States now?", "texts-in-step.toml": "changed in en";
    a_link_to_nowhere_reviewed: "help.toml", "https://www.uscis.gov/avoid-scams" => "https://example.com/avoid-scams", "help.toml": "reviewed host";
    a_contraction: "text/en/general.toml", "Are you in the United States now?" => "Aren't you in the United States now?", "text/en/general.toml": "contraction";
    a_door_out_of_order: "routes/kft-spouse.toml", "from = 2024-11-07" => "from = 2024-08-20", "routes/kft-spouse.toml": "does not come after the row before";
    a_format_of_another_engine: "pack.toml", "format = 1" => "format = 2", "pack.toml": "not the format";
    a_country_that_no_answer_can_name: "pack.toml", "\"XK\", " => "", "conditions.toml": "no answer can name";
    a_country_twice: "pack.toml", "\"AD\", " => "\"AD\", \"AD\", ", "pack.toml": "a country stands twice";
    a_country_in_small_letters: "pack.toml", "\"AD\", " => "\"AD\", \"ad\", ", "pack.toml": "`ad` is no country";
    a_table_that_is_no_toml: "facts.toml", "[[fact]]" => "[[fact", "facts.toml": "TOML";
}

#[test]
fn all_problems_are_listed_at_once() {
    let problems = broken("all_problems", "routes/kft-spouse.toml", "id = \"kft-spouse\"", "id = \"kft\"\nodd = 1\nodder = 2");
    assert!(problems.len() >= 3, "{}", listed(&problems));
}
