//! `cargo xtask rules mutants`: which changes of the rules nothing notices, against the list of those that somebody looked at.
//!
//! The list is `rules/mutants.toml`. It grows by hand only, in a change that a reviewer sees; this command takes entries out.

use crate::rules::listed;
use relief_screener::author::{self, Fate, KINDS, Mutant, Run};
use std::collections::BTreeSet;
use std::path::Path;
use toml::{Table, Value};

const LIST: &str = "rules/mutants.toml";
/// Changes that one drawing tries.
const DRAWN: usize = 150;
/// Made-up families that have to see no difference where one is said to be none.
const FAMILIES: usize = 20_000;
/// Of a hundred changes, so many at most may change nothing.
const EQUAL: usize = 5;

/// The changes that somebody looked at.
struct Known {
    open: BTreeSet<String>,
    /// With the reason why the change makes no difference to anybody.
    equal: Vec<(String, String)>,
}

impl Known {
    fn read(root: &Path) -> Result<Known, String> {
        let text = std::fs::read_to_string(root.join(LIST)).map_err(|e| format!("{LIST}: {e}"))?;
        let table: Table = text.parse().map_err(|e| format!("{LIST}: {e}"))?;
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let open =
            table.get("open").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect();
        let equal: Vec<(String, String)> = table
            .get("equal")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|entry| (text(entry, "change"), text(entry, "because")))
            .collect();
        match equal.iter().find(|(change, because)| change.is_empty() || because.is_empty()) {
            Some((change, _)) => Err(format!("{LIST}: `{change}`: an [[equal]] has a change, and a reason in because")),
            None => Ok(Known { open, equal }),
        }
    }

    fn lists(&self, name: &str) -> bool {
        self.open.contains(name) || self.equal.iter().any(|(change, _)| change == name)
    }
}

pub fn run(root: &Path, which: &[&str]) -> Result<(), String> {
    let rules = root.join("rules/us");
    let known = Known::read(root)?;
    let (run, settles) = match which {
        [] => (Run::Every, None),
        ["settle"] => (Run::Every, Some("")),
        ["settle", start] => (Run::Named(start), Some(*start)),
        ["must"] => (Run::Must, None),
        ["draw"] => (Run::Drawn(DRAWN), None),
        [start] => (Run::Named(start), None),
        _ => return Err("use: cargo xtask rules mutants [must | draw | [settle] [the beginning of a name]]".into()),
    };
    let mutants = author::mutants(&rules, &run, &|name| known.lists(name)).map_err(|problems| listed(&problems))?;
    print(&mutants, &known);
    let mut faults: Vec<String> = Vec::new();
    for mutant in &mutants {
        let must = KINDS.iter().any(|kind| kind.name == mutant.kind && kind.must);
        let equal = known.equal.iter().any(|(change, _)| *change == mutant.name);
        let open = known.open.contains(&mutant.name);
        match &mutant.fate {
            Fate::Survived(seen) if !known.lists(&mutant.name) || must && !equal => {
                let seen =
                    seen.as_deref().map_or("no case sees it: add a family".to_string(), |seen| format!("a case would see it, {seen}"));
                faults.push(format!("rules/us/{}:{}: {}\n    {seen}", mutant.file, mutant.line, mutant.name));
            }
            // A drawing does not ask whoever wrote a case for the list as well.
            Fate::Noticed | Fate::Refused if (equal || open) && which.is_empty() => {
                faults.push(format!("{LIST}: `{}` is noticed now: run `cargo xtask rules mutants settle`", mutant.name));
            }
            _ => {}
        }
    }
    if matches!(run, Run::Every) {
        let names: Vec<String> = known.equal.iter().map(|(change, _)| change.clone()).collect();
        let apart = author::told_apart(&rules, &names, FAMILIES).map_err(|problems| listed(&problems))?;
        faults.extend(apart.into_iter().map(|(name, who)| format!("{LIST}: `{name}` is not equal: {who}")));
        if known.equal.len() * 100 > mutants.len() * EQUAL {
            faults.push(format!(
                "{LIST}: {} of {} changes are said to be equal, more than {EQUAL} in a hundred",
                known.equal.len(),
                mutants.len()
            ));
        }
        for name in known.open.iter().chain(&names).filter(|name| !mutants.iter().any(|mutant| mutant.name == **name)) {
            if settles.is_none() {
                faults.push(format!("{LIST}: there is no change `{name}`: run `cargo xtask rules mutants settle`"));
            }
        }
    }
    if let Some(start) = settles {
        settle(root, &known, &mutants, start)?;
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n\n{} changes of the rules need a case, or a look", faults.join("\n"), faults.len()))
    }
}

/// How many there were of each kind, and what became of them.
fn print(mutants: &[Mutant], known: &Known) {
    println!("{:<24}{:>8}{:>9}{:>9}{:>7}{:>7}{:>6}", "kind", "changes", "noticed", "refused", "equal", "open", "new");
    let row = |name: &str, mine: &[&Mutant], does: &str| {
        let equal = |mutant: &Mutant| known.equal.iter().any(|(change, _)| *change == mutant.name);
        let count = |is: &dyn Fn(&Mutant) -> bool| mine.iter().filter(|mutant| is(mutant)).count();
        let survived = |mutant: &Mutant| matches!(mutant.fate, Fate::Survived(_));
        println!(
            "{name:<24}{:>8}{:>9}{:>9}{:>7}{:>7}{:>6}  {does}",
            mine.len(),
            count(&|m| m.fate == Fate::Noticed),
            count(&|m| m.fate == Fate::Refused),
            count(&|m| survived(m) && equal(m)),
            count(&|m| survived(m) && known.open.contains(&m.name)),
            count(&|m| survived(m) && !known.lists(&m.name)),
        );
    };
    for kind in KINDS {
        let mine: Vec<&Mutant> = mutants.iter().filter(|mutant| mutant.kind == kind.name).collect();
        if !mine.is_empty() {
            row(&format!("{}{}", kind.name, if kind.must { " *" } else { "" }), &mine, kind.does);
        }
    }
    row("all", &mutants.iter().collect::<Vec<_>>(), "");
    println!("* every one has to be noticed");
}

/// Takes out of the list what is noticed now, and what is no change any more; only of the names that begin so.
fn settle(root: &Path, known: &Known, mutants: &[Mutant], start: &str) -> Result<(), String> {
    let survived = |name: &str| mutants.iter().any(|mutant| mutant.name == name && matches!(mutant.fate, Fate::Survived(_)));
    let still = |name: &str| !name.starts_with(start) || survived(name);
    let text = std::fs::read_to_string(root.join(LIST)).map_err(|e| format!("{LIST}: {e}"))?;
    let head: String = text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let open: Vec<String> =
        known.open.iter().filter(|name| still(name)).map(|name| format!("  {},\n", Value::from(name.as_str()))).collect();
    let equal = known.equal.iter().filter(|(name, _)| still(name));
    let equal: Vec<String> = equal
        .map(|(name, because)| {
            format!("\n[[equal]]\nchange = {}\nbecause = {}\n", Value::from(name.as_str()), Value::from(because.as_str()))
        })
        .collect();
    let list = format!("{head}\nopen = [\n{}]\n{}", open.concat(), equal.concat());
    println!("{} of {} open entries stay, {} of {} equal ones", open.len(), known.open.len(), equal.len(), known.equal.len());
    std::fs::write(root.join(LIST), list).map_err(|e| format!("{LIST}: {e}"))
}
