//! `cargo xtask rules …`: checking the rules, and compiling them for the page.

use relief_screener::author::{self, Checked, Problem};
use std::path::Path;

/// The rules as files of the page.
pub struct Compiled {
    pub rules_json: String,
    /// Each language with its words as JSON text.
    pub languages: Vec<(String, String)>,
}

/// Checks the rules of the project and gives them as JSON.
pub fn compile(root: &Path) -> Result<Compiled, String> {
    let checked = checked(root)?;
    Ok(Compiled { rules_json: checked.rules_json(), languages: checked.languages })
}

pub fn run(args: &[String]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["check"] => check(root),
        ["cases", "--json"] => cases(root),
        ["explain", case] => explain(root, case),
        _ => Err("use: cargo xtask rules check | cases --json | explain CASE".into()),
    }
}

fn checked(root: &Path) -> Result<Checked, String> {
    author::check(&root.join("rules/us")).map_err(|problems| listed(&problems))
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!("{}\n\nthe rules are refused: {} problems", lines.join("\n"), problems.len())
}

fn check(root: &Path) -> Result<(), String> {
    let checked = checked(root)?;
    let (pack, counts) = (&checked.pack, &checked.counts);
    println!("rules {} {}: confirmed through {}, review: {}", pack.id, pack.version, pack.confirmed_through, pack.review.state);
    println!(
        "{} facts, {} routes, {} cautions, {} citations",
        pack.facts.len(),
        pack.routes.len(),
        pack.cautions.len(),
        pack.citations.len()
    );
    println!("{} texts in {}", counts.texts, pack.languages.join(", "));
    println!("{} statements rest on no source that was read", counts.unverified);
    println!("{} cases and {} boundary cases passed", counts.cases, counts.boundary_cases);
    Ok(())
}

/// Every case with its answers and its report, for the same run through another build of the engine.
fn cases(root: &Path) -> Result<(), String> {
    let checked = checked(root)?;
    let mut out = Vec::new();
    for case in &checked.cases {
        let report = relief_screener::screen::screen(&checked.pack, case.as_of, &case.answers(&checked.pack));
        let report = serde_json::to_value(&report).map_err(|e| e.to_string())?;
        out.push(serde_json::json!({ "id": case.id, "asOf": case.as_of.to_string(), "answers": case.answers, "report": report }));
    }
    println!("{}", serde_json::Value::Array(out));
    Ok(())
}

/// The reasoning of one case; `CASE` is its id, with `@day` where it has several days.
fn explain(root: &Path, id: &str) -> Result<(), String> {
    let checked = checked(root)?;
    let found = checked.cases.iter().find(|case| case.id == id || case.id.split('@').next() == Some(id));
    let case = found.ok_or_else(|| format!("no case `{id}`: the ids stand in rules/us/cases"))?;
    print!("{}", author::explain(&checked.pack, &checked.sources, case));
    Ok(())
}
