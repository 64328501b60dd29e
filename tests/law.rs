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

/// A copy of the rules under a name.
fn copied(name: &str) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&copy);
    for sub in ["", "boundaries", "routes", "cautions", "text/en", "text/es", "cases"] {
        std::fs::create_dir_all(copy.join(sub)).expect("a folder");
        for entry in std::fs::read_dir(rules().join(sub)).expect("rules").flatten().filter(|e| e.path().is_file()) {
            std::fs::copy(entry.path(), copy.join(sub).join(entry.file_name())).expect("a copy");
        }
    }
    copy
}

/// Copies the rules, changes one file, and gives the problems found.
fn broken(name: &str, file: &str, from: &str, to: &str) -> Vec<Problem> {
    let copy = copied(name);
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
    a_table_that_is_no_toml: "facts.toml", "[[fact]]" => "[[fact", "facts.toml": "TOML";
}

#[test]
fn all_problems_are_listed_at_once() {
    let problems = broken("all_problems", "routes/kft-spouse.toml", "id = \"kft-spouse\"", "id = \"kft\"\nodd = 1\nodder = 2");
    assert!(problems.len() >= 3, "{}", listed(&problems));
}

/// Three families: one who fits and files, one whose time has not come and whose last day is near, one with an old order.
const FAMILIES: [(&str, &str); 3] = [
    (
        "files",
        r#"{ "green-card.has" = true, "green-card.since" = 2021-01-01, "green-card.conditional" = false, stays = [{ entered = 2018-03-01, how = "visa" }], "spouse.status" = "citizen", "marriage.date" = 2019-05-01 }"#,
    ),
    (
        "waits",
        r#"{ "green-card.has" = true, "green-card.since" = 2025-12-01, "green-card.conditional" = true, stays = [{ entered = 2018-03-01, how = "visa" }], "spouse.status" = "citizen", "marriage.date" = 2022-05-01 }"#,
    ),
    (
        "stops",
        r#"{ stays = [{ entered = 2015-03-01, how = "without-inspection" }], "spouse.status" = "citizen", "marriage.date" = 2024-06-01, "marriage.ended" = "widowed", "marriage.ended-on" = 2024-11-22, "marriage.remarried" = false, orders = [{ kind = "judge", date = 2019-04-02, carried-out = false }] }"#,
    ),
];

/// A family, whom or what the expectation is about, one that holds, one of the same key that does not, and what is said of it.
const SAID: [(&str, &str, &str, &str, &str); 32] = [
    (
        "files",
        "naturalization-spouse",
        r#"steps = ["file-n400"]"#,
        r#"steps = ["natz-conditions-too", "file-n401"]"#,
        "nothing here is called `file-n401`",
    ),
    ("files", "naturalization-spouse", r#"steps = ["file", "learn"]"#, r#"steps-not = ["file"]"#, "`file` is there"),
    (
        "files",
        "naturalization-spouse",
        r#"steps-not = ["look-at-other-cards"]"#,
        r#"steps = ["look-at-other-cards"]"#,
        "`look-at-other-cards` is missing",
    ),
    ("stops", "widow-petition", r#"steps-not = ["file"]"#, r#"steps = ["file"]"#, "`file` is missing"),
    (
        "files",
        "naturalization-spouse",
        r#"fees = { n-400-paper = 760, n-400-online = 710 }"#,
        r#"fees = { n-400-paper = 640 }"#,
        "expected 640, found 760",
    ),
    ("files", "naturalization-spouse", r#"fees = { n-400-reduced = 380 }"#, r#"fees = { n-400 = 760 }"#, "expected 760, found none"),
    ("files", "kft-spouse", r#"fees-not = ["kft-request"]"#, r#"fees-not = ["i-999"]"#, "nothing here is called `i-999`"),
    ("files", "naturalization-spouse", r#"rank-before = ["kft-spouse", "daca-initial"]"#, r#"rank-before = ["kft"]"#, "`kft` is missing"),
    (
        "files",
        "daca-initial",
        r#"rank-before = ["proposed-laws"]"#,
        r#"rank-before = ["naturalization-spouse"]"#,
        "`naturalization-spouse` is missing",
    ),
    ("waits", "naturalization-spouse", "not-before = 2028-09-02", "not-before = 2028-09-01", "expected 2028-09-01, found 2028-09-02"),
    ("waits", "naturalization-spouse", "not-before = \"2028-09-02\"", "not-before = 2028-09-01", "still in the way on 2028-09-01"),
    ("waits", "naturalization-spouse", r#"fit = "not-now""#, "not-before = 2028-09-03", "not in the way on 2028-09-02, its eve"),
    ("files", "naturalization-spouse", r#"not-before = "none""#, "not-before = 2028-09-02", "expected 2028-09-02, found none"),
    ("waits", "naturalization-spouse", r#"not-before = 2028-09-02"#, r#"not-before = "none""#, "expected none, found 2028-09-02"),
    ("waits", "naturalization-spouse", r#"come-back = ["2027-12-01"]"#, r#"come-back = ["2027-12-02"]"#, "2027-12-02 is not promised"),
    ("waits", "naturalization-spouse", "come-back = [2027-12-01]", r#"come-back = ["2027-02-30"]"#, "a day that is none"),
    ("stops", "report", r#"tier = { old-order = "stop" }"#, r#"tier = { old-order = "know" }"#, "expected know, found stop"),
    (
        "stops",
        "widow-petition",
        r#"tells = { old-order = ["do-not-contact", "do-not-file", "do-not-travel", "lawyer-first"] }"#,
        r#"tells = { old-order = ["do-not-file"] }"#,
        "expected do-not-file, found",
    ),
    (
        "stops",
        "widow-petition",
        r#"clause = { old-order = "outstanding" }"#,
        r#"clause = { old-order = "carried-out" }"#,
        "expected carried-out",
    ),
    (
        "stops",
        "widow-petition",
        "until = { deadline = 2026-11-22 }",
        "until = { deadline = 2026-11-23 }",
        "expected 2026-11-23, found 2026-11-22",
    ),
    ("stops", "report", r#"until = { old-order = "none" }"#, "until = { old-order = 2026-11-23 }", "found none"),
    ("stops", "report", r#"certainty = { old-order = "yes" }"#, r#"certainty = { old-order = "maybe" }"#, "expected maybe, found yes"),
    (
        "stops",
        "report",
        r#"cautions = ["old-order/do-not-file", "old-order/outstanding"]"#,
        r#"cautions = ["deadline/do-not-file"]"#,
        "`deadline/do-not-file` is missing",
    ),
    (
        "stops",
        "report",
        r#"cautions-not = ["deadline/do-not-file", "civics-test"]"#,
        r#"cautions-not = ["old-order/do-not-travel"]"#,
        "`old-order/do-not-travel` is there",
    ),
    ("files", "report", r#"cautions-not = ["old-order"]"#, r#"cautions-not = ["olde-order"]"#, "nothing here is called `olde-order`"),
    (
        "files",
        "report",
        r#"cautions-not = ["old-order/outstanding"]"#,
        r#"cautions-not = ["old-order/lawyer"]"#,
        "nothing here is called `old-order/lawyer`",
    ),
    ("files", "report", "stop = false", r#"tier = { old-order = "stop" }"#, "is missing; there are"),
    ("stops", "report", "stop = true", "stop = false", "expected false, found true"),
    ("waits", "report", "problems = []", r#"problems = ["married-before-born"]"#, "`married-before-born` is missing"),
    (
        "waits",
        "report",
        r#"problems-not = ["married-before-born", "no-such-day"]"#,
        r#"problems-not = ["married-to-nobody"]"#,
        "nothing here is called `married-to-nobody`",
    ),
    ("stops", "report", "first-pass-done = true", "first-pass-done = false", "expected false, found true"),
    ("stops", "report", "stop = true", r#"next = "tps.holds""#, "expected tps.holds"),
];

#[test]
fn a_case_can_say_everything_that_a_report_says() {
    let copy = copied("said");
    let mut file = String::new();
    for (place, (family, about, right, wrong, _)) in SAID.iter().enumerate() {
        let answers = FAMILIES.iter().find(|(id, _)| id == family).expect("a family").1;
        for (kind, expect) in [("right", right), ("wrong", wrong)] {
            file += &format!(
                "[[case]]\nid = \"{kind}-{place}\"\nas-of = 2026-11-21\nbase = \"plain\"\nanswers = {answers}\nsource = \"-\"\nconfidence = \"high\"\n[case.expect.{about}]\n{expect}\n\n"
            );
        }
    }
    std::fs::write(copy.join("cases/said.toml"), file).expect("written");
    let problems = author::check(&copy).err().unwrap_or_default();
    let of = |id: &str| problems.iter().filter(|p| p.key.starts_with(&format!("{id}@"))).cloned().collect::<Vec<Problem>>();
    for (place, (_, _, right, wrong, message)) in SAID.iter().enumerate() {
        let refused = of(&format!("right-{place}"));
        assert!(refused.is_empty(), "{right}\n{}", listed(&refused));
        let found = of(&format!("wrong-{place}"));
        assert!(found.iter().any(|p| p.message.contains(message)), "{wrong}: no {message:?} in\n{}", listed(&found));
    }
}
