//! Changes of the rules that a case has to notice: the list of kinds is whole, and what nobody notices is told.
#![cfg(feature = "author")]

use relief_screener::author::{self, Fate, KINDS, Run};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")
}

#[test]
fn every_kind_of_change_is_made_and_every_change_has_a_name_of_its_own() {
    let changes = author::changes(&rules()).expect("rules");
    let made: BTreeSet<&str> = changes.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(made, KINDS.iter().map(|kind| kind.name).collect());
    let mut names = BTreeSet::new();
    let twice: Vec<&String> = changes.iter().map(|(_, name)| name).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn what_no_case_expects_is_told_with_its_line() {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants");
    let _ = std::fs::remove_dir_all(&copy);
    for sub in ["", "boundaries", "grounds", "routes", "cautions", "cases"] {
        std::fs::create_dir_all(copy.join(sub)).expect("a folder");
        for entry in std::fs::read_dir(rules().join(sub)).expect("rules").flatten().filter(|entry| entry.path().is_file()) {
            std::fs::copy(entry.path(), copy.join(sub).join(entry.file_name())).expect("a copy");
        }
    }
    // One family under an old order that was reinstated, of whom only the caution's name is expected.
    for entry in std::fs::read_dir(copy.join("cases"))
        .expect("cases")
        .flatten()
        .filter(|entry| !["base.toml", "grounds.toml"].iter().any(|kept| entry.file_name() == *kept))
    {
        std::fs::remove_file(entry.path()).expect("a case file");
    }
    let case = "[[case]]\nid = \"reinstated\"\nas-of = 2026-11-26\nbase = \"plain\"\nsource = \"8 U.S.C. 1231(a)(5)\"\nconfidence = \"high\"\n\
        answers = { orders = [{ kind = \"reinstated\", date = 2015-01-01 }] }\n[case.expect.report]\ncautions = [\"old-order\"]\n";
    std::fs::write(copy.join("cases/one.toml"), case).expect("a case");
    let file = std::fs::read_to_string(copy.join("cautions/old-order.toml")).expect("the caution");
    let line = file.lines().position(|line| line.starts_with("tier")).expect("a tier") + 1;
    let start = "cautions/old-order.toml when[reinstated].tier: tier-other know";
    let tried = author::mutants(&copy, &Run::Named(start), &|_| false).expect("rules");
    let [mutant] = tried.as_slice() else { panic!("{tried:#?}") };
    assert_eq!((mutant.file.as_str(), mutant.line, mutant.kind), ("cautions/old-order.toml", line, "tier-other"));
    let Fate::Survived(Some(seen)) = &mutant.fate else { panic!("{mutant:?}") };
    assert!(seen.starts_with("reinstated@2026-11-26: "), "{seen}");
    // Once a case says the tier, it is noticed.
    std::fs::write(copy.join("cases/one.toml"), format!("{case}tier.old-order = \"stop\"\n")).expect("a case");
    let tried = author::mutants(&copy, &Run::Named(start), &|_| false).expect("rules");
    assert_eq!(tried.iter().map(|mutant| &mutant.fate).collect::<Vec<_>>(), [&Fate::Noticed]);
    assert_eq!(author::told_apart(&copy, &[start.to_string()], 200).expect("rules").len(), 1, "a family with such an order is told");
}
