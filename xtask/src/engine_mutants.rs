//! `cargo xtask engine-mutants`: which changes of the engine's code no test notices. `cargo-mutants` makes the changes, one at a time
//! in a copy, and each is judged by the few tests that speak of its file, so that one costs seconds.
//!
//! What came out stands in `tests/engine-mutants.toml`, function by function. A function is run again once its text is another, or
//! while a change of it is missed and nobody has said why that is no harm. Reasons are written by hand; nothing here makes one up.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use toml::{Table, Value};

const LIST: &str = "tests/engine-mutants.toml";
/// Builds and logs of the runs, kept so that the next one does not begin from nothing.
const TARGET: &str = "target/engine-mutants";
/// Of a hundred changes that can be built, so many have to be noticed.
const CAUGHT: usize = 90;

/// So many changes are tried before what came out is written down.
const PORTION: usize = 60;

/// Files, and the tests that judge a change of them: one step after the other, each for what the one before missed. The arguments
/// are cargo's, and after `--` the names of tests.
struct Battery {
    files: &'static [&'static str],
    steps: &'static [&'static [&'static str]],
}

/// Rules of a few lines: what is read of them, and who is asked about a change.
const SMALL: &[&str] = &["--features=author", "--test=small"];

const BATTERIES: &[Battery] = &[
    Battery { files: &["src/truth.rs", "src/date.rs"], steps: &[&["--test=truth", "--test=dates"]] },
    Battery { files: &["src/input.rs"], steps: &[&["--features=author", "--test=input"]] },
    Battery {
        files: &["src/author/boundary.rs"],
        steps: &[SMALL, &["--features=author", "--test=law", "--", "a_row_of_the_boundaries", "nonsense"]],
    },
    Battery { files: &["src/author/case.rs"], steps: &[SMALL, &["--features=author", "--test=law", "--", "a_case_can_say", "nonsense"]] },
    Battery {
        files: &["src/author/read.rs", "src/author/seen.rs"],
        steps: &[SMALL, &["--features=author", "--test=law", "--", "nonsense"]],
    },
    Battery { files: &["src/stay.rs"], steps: &[&["--test=histories"]] },
    Battery {
        files: &["src/author/parse.rs", "src/author/parse/"],
        steps: &[SMALL, &["--features=author", "--test=law", "--", "nonsense"], &["--features=author", "--test=vocabulary"]],
    },
];

/// What cargo-mutants can make of one function.
struct Function {
    file: String,
    name: String,
    /// The first line, from which the places of its changes are counted.
    line: u64,
    /// A hash of its text.
    text: String,
    /// The changes, by the names that cargo-mutants gives them.
    mutants: Vec<String>,
}

/// What came of a function.
#[derive(Default)]
struct Outcome {
    text: String,
    caught: usize,
    timeouts: usize,
    unviable: usize,
    /// The changes that nothing noticed, and why each is no harm, where somebody has said so.
    missed: Vec<(String, Option<String>)>,
}

type Outcomes = BTreeMap<(String, String), Outcome>;

pub fn run(args: &[String]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    install()?;
    let all = functions(root)?;
    let mut known = read(root)?;
    known.retain(|(file, name), _| all.iter().any(|function| function.file == *file && function.name == *name));
    let functions = chosen(all, args)?;
    for battery in BATTERIES {
        let mine: Vec<&Function> = functions.iter().filter(|function| in_battery(battery, &function.file)).collect();
        let again: Vec<&Function> = mine.iter().copied().filter(|function| !settled(&known, function)).collect();
        println!("{}: {} of {} functions have to be run", battery.files.join(", "), again.len(), mine.len());
        // What is done is kept, should the run be stopped.
        for some in portions(&again) {
            judge(root, battery, some, &mut known)?;
            write(root, &known)?;
        }
    }
    verdict(&functions, &known)
}

fn install() -> Result<(), String> {
    let there = Command::new(env!("CARGO")).args(["mutants", "--version"]).output().is_ok_and(|output| output.status.success());
    if there {
        return Ok(());
    }
    println!("cargo-mutants is missing: cargo install cargo-mutants --locked");
    let status = Command::new(env!("CARGO")).args(["install", "cargo-mutants", "--locked"]).status();
    let status = status.map_err(|e| format!("cargo did not start: {e}"))?;
    if status.success() { Ok(()) } else { Err("cargo-mutants could not be installed".into()) }
}

fn in_battery(battery: &Battery, file: &str) -> bool {
    battery.files.iter().any(|known| if known.ends_with('/') { file.starts_with(known) } else { file == *known })
}

/// Has the function been run as it stands, with nothing missed that nobody looked at?
fn settled(known: &Outcomes, function: &Function) -> bool {
    let outcome = known.get(&(function.file.clone(), function.name.clone()));
    outcome.is_some_and(|outcome| outcome.text == function.text && outcome.missed.iter().all(|(_, because)| because.is_some()))
}

/// The functions in portions of [`PORTION`] changes or a little more.
fn portions<'a, 'b>(functions: &'b [&'a Function]) -> Vec<&'b [&'a Function]> {
    let mut changes = 0;
    let full = |function: &&Function| {
        changes = if changes < PORTION { changes } else { 0 } + function.mutants.len();
        changes >= PORTION
    };
    functions.split_inclusive(full).collect()
}

fn mutants(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root).args(["mutants", "--package=relief-screener", "--no-config"]);
    command
}

/// Every function with something to change, in the order of the batteries.
fn functions(root: &Path) -> Result<Vec<Function>, String> {
    let mut list = mutants(root);
    list.args(["--list", "--json"]);
    for battery in BATTERIES {
        list.args(battery.files.iter().map(|file| format!("--file={file}{}", if file.ends_with('/') { "**" } else { "" })));
    }
    let output = list.output().map_err(|e| format!("cargo mutants did not start: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo mutants: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let list: Vec<Json> = serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo mutants --list: {e}"))?;
    let mut all: Vec<Function> = Vec::new();
    for mutant in &list {
        // A constant stands in no function: its line is taken for one, by what stands in it.
        let span = if mutant.pointer("/function/span").is_some() { "/function/span" } else { "/span" };
        let line = |end: &str| mutant.pointer(&format!("{span}/{end}/line")).and_then(Json::as_u64).unwrap_or_default();
        let (first, last) = (line("start"), line("end"));
        let file = word(mutant, "/file");
        let text = std::fs::read_to_string(root.join(&file)).map_err(|e| format!("{file}: {e}"))?;
        let lines = text.lines().zip(1..).filter(|(_, number)| (first..=last).contains(number));
        let text: String = lines.map(|(line, _)| format!("{line}\n")).collect();
        let name = if span == "/span" { text.trim().to_string() } else { word(mutant, "/function/function_name") };
        if !all.iter().any(|function| function.file == file && function.name == name) {
            let digest = Sha256::digest(text.as_bytes());
            let text = relief_screener::author::hex(digest.iter().take(6));
            all.push(Function { file: file.clone(), name: name.clone(), line: first, text, mutants: Vec::new() });
        }
        let function = all.iter_mut().find(|function| function.file == file && function.name == name);
        function.into_iter().for_each(|function| function.mutants.push(word(mutant, "/name")));
    }
    let place = |function: &Function| BATTERIES.iter().position(|battery| in_battery(battery, &function.file));
    all.sort_by_key(place);
    Ok(all)
}

fn word(json: &Json, at: &str) -> String {
    json.pointer(at).and_then(Json::as_str).unwrap_or_default().to_string()
}

/// One share of the functions, or those of the files with a beginning.
fn chosen(all: Vec<Function>, args: &[String]) -> Result<Vec<Function>, String> {
    const USE: &str = "use: cargo xtask engine-mutants [SHARE/OF, from 1/OF on | the beginning of a file's name]";
    let [which] = args else { return if args.is_empty() { Ok(all) } else { Err(USE.into()) } };
    let share = which.split_once('/').and_then(|(share, of)| Some((share.parse::<usize>().ok()?, of.parse::<usize>().ok()?)));
    let some: Vec<Function> = match share {
        Some((share, of)) if (1..=of).contains(&share) => {
            all.into_iter().zip(0..).filter(|(_, at)| at % of == share - 1).map(|(function, _)| function).collect()
        }
        _ => all.into_iter().filter(|function| function.file.starts_with(which)).collect(),
    };
    if some.is_empty() { Err(USE.into()) } else { Ok(some) }
}

/// Runs the changes of some functions through the steps of their battery.
fn judge(root: &Path, battery: &Battery, functions: &[&Function], known: &mut Outcomes) -> Result<(), String> {
    let mut left: Vec<&str> = functions.iter().flat_map(|function| &function.mutants).map(String::as_str).collect();
    let mut fates: BTreeMap<String, String> = BTreeMap::new();
    for step in battery.steps {
        if left.is_empty() {
            break;
        }
        fates.extend(tried(root, step, &left)?);
        left.retain(|name| fates.get(*name).is_none_or(|fate| fate == "MissedMutant"));
    }
    for function in functions {
        let key = (function.file.clone(), function.name.clone());
        let before = known.remove(&key).filter(|before| before.text == function.text).unwrap_or_default();
        let mut outcome = Outcome { text: function.text.clone(), ..Outcome::default() };
        for name in &function.mutants {
            match fates.get(name).map(String::as_str) {
                Some("CaughtMutant") => outcome.caught += 1,
                Some("Timeout") => outcome.timeouts += 1,
                Some("Unviable") => outcome.unviable += 1,
                Some("MissedMutant") => {
                    let change = within(function, name);
                    let because = before.missed.iter().find(|(known, _)| *known == change).and_then(|(_, because)| because.clone());
                    outcome.missed.push((change, because));
                }
                fate => return Err(format!("{name}: cargo mutants says {fate:?} of it; look into {TARGET}/mutants.out")),
            }
        }
        known.insert(key, outcome);
    }
    Ok(())
}

/// The name of a change with its line counted from the function, so that it stays the same where other code moves.
fn within(function: &Function, name: &str) -> String {
    let mut parts = name.splitn(4, ':').skip(1);
    let line = parts.next().and_then(|line| line.parse::<u64>().ok()).unwrap_or_default().saturating_sub(function.line);
    let (column, change) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("+{line}:{column}:{change}")
}

/// What became of each change under some tests. Without a change they have to pass: cargo-mutants tries that first.
fn tried(root: &Path, step: &[&str], names: &[&str]) -> Result<BTreeMap<String, String>, String> {
    let mut command = mutants(root);
    command.args(["--profile=mutants", "--jobs=1", "--cargo-arg=--locked"]).arg(format!("--output={TARGET}"));
    let files: BTreeSet<&str> = names.iter().filter_map(|name| name.split(':').next()).collect();
    command.args(files.iter().map(|file| format!("--file={file}")));
    command.args(names.iter().map(|name| format!("--re=^{}$", escaped(name))));
    command.env("CARGO_TARGET_DIR", root.join(TARGET));
    // The build too has to know which tests are meant, or it builds them all.
    let (cargo, tests) = step.split_at(step.iter().position(|arg| *arg == "--").unwrap_or(step.len()));
    command.args(cargo.iter().map(|arg| format!("--cargo-arg={arg}")));
    if !tests.is_empty() {
        command.arg("--").args(tests);
    }
    std::fs::create_dir_all(root.join(TARGET)).map_err(|e| format!("{TARGET}: {e}"))?;
    let status = command.status().map_err(|e| format!("cargo mutants did not start: {e}"))?;
    // 2: something was missed. 3: something took too long.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        return Err(format!("cargo mutants did not end well ({status}): without a change, the tests have to pass"));
    }
    let file = root.join(TARGET).join("mutants.out/outcomes.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let all: Json = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let outcomes = all.pointer("/outcomes").and_then(Json::as_array).into_iter().flatten();
    let named = outcomes.map(|outcome| (word(outcome, "/scenario/Mutant/name"), word(outcome, "/summary")));
    // Fields left out of a structure are tried whether a name was asked for or not.
    Ok(named.filter(|(name, _)| names.contains(&name.as_str())).collect())
}

/// A name as a regular expression that means itself. `<` and `>` do already, and with a backslash they would mean the ends of words.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

fn read(root: &Path) -> Result<Outcomes, String> {
    let text = std::fs::read_to_string(root.join(LIST)).map_err(|e| format!("{LIST}: {e}"))?;
    let table: Table = text.parse().map_err(|e| format!("{LIST}: {e}"))?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let number = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_integer).and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    };
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut all = Outcomes::new();
    for entry in table.get("function").and_then(Value::as_array).into_iter().flatten() {
        let missed =
            list(entry, "missed").into_iter().map(|one| (text(&one, "change"), Some(text(&one, "because")).filter(|b| !b.is_empty())));
        let outcome = Outcome {
            text: text(entry, "text"),
            caught: number(entry, "caught"),
            timeouts: number(entry, "timeouts"),
            unviable: number(entry, "unviable"),
            missed: missed.collect(),
        };
        all.insert((text(entry, "file"), text(entry, "name")), outcome);
    }
    Ok(all)
}

fn write(root: &Path, all: &Outcomes) -> Result<(), String> {
    let text = std::fs::read_to_string(root.join(LIST)).map_err(|e| format!("{LIST}: {e}"))?;
    let mut list: String = text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    for ((file, name), outcome) in all {
        let quoted = |text: &str| Value::from(text).to_string();
        let mut entry = format!("\n[[function]]\nfile = {}\nname = {}\ntext = {}\n", quoted(file), quoted(name), quoted(&outcome.text));
        for (key, count) in [("caught", outcome.caught), ("timeouts", outcome.timeouts), ("unviable", outcome.unviable)] {
            if count > 0 || key == "caught" {
                entry += &format!("{key} = {count}\n");
            }
        }
        for (change, because) in &outcome.missed {
            let because = because.as_ref().map_or(String::new(), |because| format!("because = {}\n", quoted(because)));
            entry += &format!("[[function.missed]]\nchange = {}\n{because}", quoted(change));
        }
        list += &entry;
    }
    std::fs::write(root.join(LIST), list).map_err(|e| format!("{LIST}: {e}"))
}

/// The figures of each file, and what is left to do. A change that made the tests run without end counts as caught.
fn verdict(functions: &[Function], known: &Outcomes) -> Result<(), String> {
    println!("{:<32}{:>8}{:>8}{:>9}{:>9}{:>8}{:>10}", "file", "changes", "caught", "timeouts", "unviable", "missed", "explained");
    let mut faults: Vec<String> = Vec::new();
    let mut files: Vec<&str> = functions.iter().map(|function| function.file.as_str()).collect();
    files.dedup();
    for file in files {
        let mine = functions.iter().filter(|function| function.file == file);
        let mine: Vec<&Outcome> = mine.filter_map(|function| known.get(&(function.file.clone(), function.name.clone()))).collect();
        let sum = |count: &dyn Fn(&Outcome) -> usize| mine.iter().map(|outcome| count(outcome)).sum::<usize>();
        let (caught, timeouts, missed) = (sum(&|o| o.caught), sum(&|o| o.timeouts), sum(&|o| o.missed.len()));
        let unviable = sum(&|o| o.unviable);
        let explained = sum(&|o| o.missed.iter().filter(|(_, because)| because.is_some()).count());
        let all = caught + timeouts + unviable + missed;
        println!("{file:<32}{all:>8}{caught:>8}{timeouts:>9}{unviable:>9}{missed:>8}{explained:>10}");
        if (caught + timeouts) * 100 < (caught + timeouts + missed) * CAUGHT {
            faults.push(format!("{file}: {missed} of {} changes are missed: fewer than {CAUGHT} in a hundred are caught", all - unviable));
        }
    }
    println!("a change that made the tests run without end is counted under timeouts, and as caught");
    for function in functions {
        let outcome = known.get(&(function.file.clone(), function.name.clone()));
        for (change, _) in outcome.into_iter().flat_map(|outcome| &outcome.missed).filter(|(_, because)| because.is_none()) {
            faults.push(format!("{}:{change}", function.file));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n\nnothing notices this: add a test that does, or say in {LIST} because of what it is no harm", faults.join("\n")))
    }
}
