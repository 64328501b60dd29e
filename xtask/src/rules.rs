//! `cargo xtask rules …`: checking the rules, and compiling them for the page.

use crate::{mutants, packet, questions, sign};
use relief_screener::author::{self, Checked, Flip, Problem};
use relief_screener::date::Date;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Made-up families that `rules diff` looks at.
const FAMILIES: usize = 10_000;

/// The rules as files of the page.
pub struct Compiled {
    pub rules_json: String,
    pub news_json: String,
    pub languages: Vec<Language>,
}

/// A language as files of the page.
pub struct Language {
    pub lang: String,
    /// What the frame is called for people who cannot see it.
    pub title: String,
    /// The words of the form, and what else the first page needs, as JSON text.
    pub form: String,
    /// The words of the rules that the questions need, as JSON text.
    pub law: String,
    /// The words that come with the results.
    pub more: String,
    /// Those of them that the page about the news needs.
    pub news: String,
}

/// What is read before the first answer: Start waits for it, and for nothing else.
const ASKING: [&str; 11] = ["dir", "fact", "help", "lang", "name", "paper", "part", "problem", "reviewed", "same", "screen"];

/// Checks the rules of the project and gives them as JSON.
pub fn compile(root: &Path) -> Result<Compiled, String> {
    let checked = checked(root)?;
    warn_of_age(&checked, None);
    let languages = form_words(root, &checked)?.into_iter().zip(&checked.languages).map(|((lang, mut form), (_, law))| {
        // The menu names a language, and the first page is drawn in its direction, before the words of the rules are there.
        let about: Json = serde_json::from_str(law).map_err(|error| error.to_string())?;
        if let Some(form) = form.as_object_mut() {
            form.extend(["name", "dir"].map(|key| (key.to_string(), about.get(key).cloned().unwrap_or_default())));
        }
        let title = form.get("title").and_then(Json::as_str).unwrap_or_default().to_string();
        let news = news_words(&checked, &about).to_string();
        let Json::Object(all) = about else { return Err(format!("the words of `{lang}` are no object")) };
        let (law, more) = all.into_iter().partition(|(group, _)| ASKING.contains(&group.as_str()));
        let text = |words: serde_json::Map<_, _>| Json::Object(words).to_string();
        Ok(Language { lang, title, form: form.to_string(), law: text(law), more: text(more), news })
    });
    Ok(Compiled { rules_json: checked.rules_json(), news_json: checked.news_json(), languages: languages.collect::<Result<_, String>>()? })
}

/// Of the words of the rules what the page about the news says, under the same keys.
fn news_words(checked: &Checked, law: &Json) -> Json {
    let pick = |path: &[&str]| path.iter().try_fold(law, |at, key| at.get(key)).cloned().unwrap_or_default();
    let (mut routes, mut cautions) = (serde_json::Map::new(), serde_json::Map::new());
    let mut said = |id: &str, clause: &str| {
        let of = cautions.entry(id).or_insert_with(|| serde_json::json!({}));
        of[clause] =
            serde_json::json!({ "title": pick(&["caution", id, clause, "title"]), "body": pick(&["caution", id, clause, "body"]) });
    };
    for system in &checked.news {
        let id = system.id.as_str();
        system.clauses.iter().filter(|_| !system.own_words).for_each(|clause| said(id, clause));
        system.beside.iter().for_each(|(id, clause)| said(id, clause));
        if system.clauses.is_empty() {
            let words = ["name", "named", "about", "door"].map(|key| (key.to_string(), pick(&["route", id, key])));
            routes.insert(id.to_string(), words.into_iter().filter(|(_, text)| !text.is_null()).collect::<serde_json::Map<_, _>>().into());
        }
    }
    serde_json::json!({ "route": routes, "caution": cautions, "news": pick(&["news"]), "figure": pick(&["figure"]) })
}

/// The words of the form itself, in each language of the rules.
pub fn form_words(root: &Path, checked: &Checked) -> Result<Vec<(String, Json)>, String> {
    author::form_words(&root.join("pkg/words"), &root.join("rules/us"), &checked.pack).map_err(|problems| listed(&problems))
}

pub fn run(args: &[String]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["check"] => check(root, None),
        ["check", "--by", day] => check(root, Some(parsed(day)?)),
        ["due"] => due(root, None),
        ["due", "--by", day] => due(root, Some(parsed(day)?)),
        ["cases", "--json"] => cases(root, None),
        ["cases", "--json", id] => cases(root, Some(id)),
        ["explain", case] => explain(root, case),
        ["diff", old, new] => diff(root, old, new),
        ["grounds", which @ ..] => grounds(root, which),
        ["questions", which @ ..] => questions::run(root, &checked(root)?, which),
        ["packet", "--lang", language] => packet::run(&checked(root)?, language),
        ["in-step"] => in_step(root),
        ["keys", folder] => sign::keys(root, folder),
        ["sign", file, "--key", secret] => sign::sign(file, secret, file),
        ["sign", file, "--key", secret, "--out", out] => sign::sign(file, secret, out),
        ["mutants", which @ ..] => mutants::run(root, which),
        ["unverified"] => {
            checked(root)?.counts.unverified.iter().for_each(|statement| println!("{statement}"));
            Ok(())
        }
        _ => {
            let words =
                "check [--by DAY] | due [--by DAY] | cases --json [CASE] | explain CASE | diff OLD NEW | grounds [DAY] [--html FILE]";
            Err(format!(
                "use: cargo xtask rules {words} | questions | packet --lang LANGUAGE | unverified | in-step | mutants | keys FOLDER | sign FILE --key SECRET [--out FILE]"
            ))
        }
    }
}

fn checked(root: &Path) -> Result<Checked, String> {
    author::check(&root.join("rules/us")).map_err(|problems| listed(&problems))
}

pub fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!("{}\n\nthe rules are refused: {} problems", lines.join("\n"), problems.len())
}

fn parsed(day: &str) -> Result<Date, String> {
    Date::parse(day).map_err(|_| format!("`{day}` is no day: write it as 2026-11-26"))
}

/// What nobody looked at for long: a warning, for it is no reason to refuse the rules, and none to be silent.
fn warn_of_age(checked: &Checked, by: Option<Date>) {
    let by = by.unwrap_or(checked.pack.day);
    let aged = author::aged(&checked.statements, by);
    let Some((oldest, through)) = aged.first().and_then(|oldest| Some((oldest, oldest.through?))) else { return };
    println!(
        "warning: {} statements were looked at last more than 120 days before {by}, or longer ago than their kind keeps\n    \
        the oldest: {}: {}, {through} ({})\n    cure: cargo xtask rules due --by {by}",
        aged.len(),
        oldest.file,
        oldest.key,
        oldest.kind
    );
}

/// What an attorney has to look at again, by its day, each source with all that rests on it.
fn due(root: &Path, by: Option<Date>) -> Result<(), String> {
    let (rules, _) = author::cases(&root.join("rules/us")).map_err(|problems| listed(&problems))?;
    let mut last = None;
    for ((day, place), statements) in author::due(&rules.statements, &rules.sources) {
        if day.zip(by).is_some_and(|(day, by)| day > by) {
            break;
        }
        if last != Some(day) {
            println!("\n{}", day.map_or("read by nobody yet".into(), |day| format!("by {day}")));
            last = Some(day);
        }
        let Some(source) = rules.sources.get(usize::from(place)) else { continue };
        println!("  {} {}", source.id, source.url.as_deref().unwrap_or("(no address)"));
        statements.iter().for_each(|statement| println!("    {}: {} ({})", statement.file, statement.key, statement.kind));
    }
    Ok(())
}

fn check(root: &Path, by: Option<Date>) -> Result<(), String> {
    let checked = checked(root)?;
    form_words(root, &checked)?;
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
    println!("{} statements rest on no source that was read", counts.unverified.len());
    println!("{} cases and {} boundary cases passed", counts.cases, counts.boundary_cases);
    warn_of_age(&checked, by);
    Ok(())
}

/// Every case, one a line, with the digest of its report: all reports together are some hundred megabytes. Of one case the report itself.
fn cases(root: &Path, id: Option<&str>) -> Result<(), String> {
    let checked = checked(root)?;
    for case in checked.cases.iter().filter(|case| id.is_none_or(|id| case.id == id)) {
        let report = relief_screener::screen::screen(&checked.pack, case.as_of, &case.answers(&checked.pack));
        let report = serde_json::to_string(&report).map_err(|e| e.to_string())?;
        let said = match id {
            Some(_) => format!(r#""report":{report}"#),
            None => format!(r#""sha256":"{}""#, author::hex(&Sha256::digest(report))),
        };
        let (id, day) = (serde_json::json!(case.id), serde_json::json!(case.as_of));
        println!(r#"{{"id":{id},"asOf":{day},"answers":{},{said}}}"#, case.answers);
    }
    Ok(())
}

/// What the law says of every ground and every benefit on a day, for an attorney to read and sign: on the screen, or as a page.
fn grounds(root: &Path, args: &[&str]) -> Result<(), String> {
    let (rules, _) = author::cases(&root.join("rules/us")).map_err(|problems| listed(&problems))?;
    let (day, file) = match args {
        [] => (None, None),
        ["--html", file] => (None, Some(file)),
        [day] => (Some(parsed(day)?), None),
        [day, "--html", file] => (Some(parsed(day)?), Some(file)),
        _ => return Err("use: cargo xtask rules grounds [DAY] [--html FILE]".into()),
    };
    let day = day.unwrap_or(rules.pack.day);
    let Some(file) = file else {
        print!("{}", author::table(&rules, day));
        return Ok(());
    };
    std::fs::write(file, author::table_html(&rules, day)).map_err(|e| format!("{file}: {e}"))
}

/// The reasoning of one case, also of one that fails; `CASE` is its id, with `@day` where it has several days.
fn explain(root: &Path, id: &str) -> Result<(), String> {
    let (rules, cases) = author::cases(&root.join("rules/us")).map_err(|problems| listed(&problems))?;
    let found = cases.iter().find(|case| case.id == id || case.id.split('@').next() == Some(id));
    let case = found.ok_or_else(|| format!("no case `{id}`: the ids stand in rules/us/cases"))?;
    print!("{}", author::explain(&rules, case));
    Ok(())
}

/// Who flips between two sets of rules. Each side is a folder of rules or a revision of this repository.
fn diff(root: &Path, old: &str, new: &str) -> Result<(), String> {
    // Not in the project's own folder: what an attorney looks at outlives the next build.
    let work = std::env::temp_dir().join(format!("rules-diff-{}", std::process::id()));
    let (old, new) = (side(root, &work, old)?, side(root, &work, new)?);
    let found = author::diff(&old, &new, FAMILIES).map_err(|problems| listed(&problems))?;
    println!("{} statements differ", found.lines.len());
    found.lines.iter().for_each(|line| println!("  {line}"));
    let mut groups: BTreeMap<(&str, &str, &[String]), Vec<&Flip>> = BTreeMap::new();
    for flip in &found.flips {
        groups.entry((&flip.card, &flip.what, &flip.because)).or_default().push(flip);
    }
    for ((card, what, because), flips) in groups {
        let families = flips.iter().filter(|flip| flip.who.starts_with("family ")).count();
        println!("\n{card}: {what}");
        println!("  because of {}", because.join(", "));
        println!("  {} of {} cases, {families} of {} made-up families", flips.len() - families, found.cases, found.families);
        let shown: Vec<&str> = flips.iter().map(|flip| flip.who.as_str()).take(SHOWN).collect();
        let more = flips.len().saturating_sub(SHOWN);
        println!("  {}{}", shown.join(", "), if more > 0 { format!(" and {more} more") } else { String::new() });
    }
    let all: Vec<_> = found.flips.iter().map(|f| serde_json::json!([f.who, f.card, f.what, f.because])).collect();
    let file = work.join("rules-diff.json");
    std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    std::fs::write(&file, serde_json::Value::Array(all).to_string()).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("\n{} changes; each of them is in {}", found.flips.len(), file.display());
    let lost = found.lines.iter().filter(|line| line.cases + line.families + line.flips == 0).count();
    if lost > 0 {
        println!("!!! NOBODY REACHES {lost} of the changed lines: nothing here shows what they do");
    }
    Ok(())
}

/// So many who flip are named on the screen.
const SHOWN: usize = 12;

fn side(root: &Path, work: &Path, name: &str) -> Result<PathBuf, String> {
    let folder = Path::new(name);
    if folder.is_dir() {
        return Ok(folder.to_path_buf());
    }
    let copy = work.join(name.replace(['/', '~', '^', ':'], "-"));
    std::fs::create_dir_all(&copy).map_err(|e| format!("{}: {e}", copy.display()))?;
    let git = Command::new("git").current_dir(root).args(["archive", "--format=tar", name, "rules/us"]).output();
    let archive = git.map_err(|e| format!("git did not start: {e}"))?;
    if !archive.status.success() {
        return Err(format!("`{name}` is neither a folder of rules nor a revision: {}", String::from_utf8_lossy(&archive.stderr).trim()));
    }
    let tar = copy.join("rules.tar");
    std::fs::write(&tar, archive.stdout).map_err(|e| format!("{}: {e}", tar.display()))?;
    let unpacked =
        Command::new("tar").current_dir(&copy).args(["-xf", "rules.tar"]).status().map_err(|e| format!("tar did not start: {e}"))?;
    if unpacked.success() { Ok(copy.join("rules/us")) } else { Err(format!("the rules of `{name}` could not be unpacked")) }
}

/// Says that somebody has compared the languages as they stand.
fn in_step(root: &Path) -> Result<(), String> {
    let rules = root.join("rules/us");
    let loaded = author::load(&rules, &mut author::Problems::default()).ok_or("the rules cannot be read; run `cargo xtask rules check`")?;
    let file = rules.join("texts-in-step.toml");
    std::fs::write(&file, author::compared(&rules, &loaded.pack.languages)).map_err(|e| format!("{}: {e}", file.display()))
}
