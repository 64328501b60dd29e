//! The grounds of the law and what each does to each benefit, as a page that an attorney can read and sign.

use super::hex;
use super::parse::{Cell, Ends, Loaded, Screened, text};
use crate::date::Date;
use crate::pack::Effect;
use crate::short::distinct;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What is read and signed: a title, what it is about, and for each ground its rows.
struct Page {
    title: String,
    about: Vec<String>,
    grounds: Vec<(String, Vec<[String; 4]>)>,
}

const COLUMNS: [&str; 4] = ["effect", "benefits", "authority", "why"];
const SIGNED: &str = "Read and found right, but for what is marked: ______________________ (name, license) on ____________";

/// The cells in force on a day, in Markdown: each ground with the benefits of which the law says the same in the same place.
pub fn table(rules: &Loaded, day: Date) -> String {
    let page = Page::of(rules, day);
    let mut out = format!("# {}\n\n", page.title);
    // Writing to a string cannot fail.
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    page.about.into_iter().for_each(&mut line);
    for (ground, rows) in page.grounds {
        line(format!("\n## {ground}\n\n| {} |\n| --- | --- | --- | --- |", COLUMNS.join(" | ")));
        rows.iter().for_each(|row| line(format!("| {} |", row.join(" | "))));
    }
    line(format!("\n{SIGNED}"));
    out
}

/// The same as a page of its own, to be printed: nothing in it is fetched or run.
pub fn table_html(rules: &Loaded, day: Date) -> String {
    let page = Page::of(rules, day);
    let shown = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let row = |tag: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", shown(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let title = shown(&page.title);
    let style = "body{font:11pt/1.4 serif;margin:2em;max-width:60em}table{border-collapse:collapse;width:100%}\
                 th,td{border:1px solid;padding:.3em;text-align:left;vertical-align:top}tr,h2{break-inside:avoid;break-after:auto}";
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{style}</style>\n<h1>{title}</h1>\n"
    );
    page.about.iter().for_each(|text| out.push_str(&format!("<p>{}</p>\n", shown(text))));
    for (ground, rows) in &page.grounds {
        let head = row("th", &COLUMNS.map(String::from));
        let rows: String = rows.iter().map(|cells| row("td", cells)).collect();
        out.push_str(&format!("<h2>{}</h2>\n<table>\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n", shown(ground)));
    }
    out.push_str(&format!("<p>{SIGNED}</p>\n</html>\n"));
    out
}

impl Page {
    fn of(rules: &Loaded, day: Date) -> Page {
        let Loaded { pack, expected, .. } = rules;
        let cells: Vec<&Cell> = expected.cells.iter().filter(|cell| cell.does.in_force.contains(day)).collect();
        let ids = distinct(cells.iter().map(|cell| cell.does.ground.as_str()).collect());
        let hash = |bytes: &[u8]| hex(&Sha256::digest(bytes));
        let count = |effect: Effect| cells.iter().filter(|cell| cell.does.effect == effect).count();
        let effects = [Effect::Blocks, Effect::Until, Effect::Waivable, Effect::Lawyer, Effect::No];
        let counts: Vec<String> = effects.into_iter().map(|effect| format!("{} {}", count(effect), text(&effect))).collect();
        let unread = cells.iter().filter(|cell| !cell.verified).count();
        let about = vec![
            format!("Rules {} {}; review: {}.", pack.id, pack.version, pack.review.state),
            format!("Pack {}; these cells {}.", hash(&pack.to_bytes().unwrap_or_default()), hash(format!("{cells:?}").as_bytes())),
            format!(
                "{} grounds, {} benefits, {} cells: {}; {unread} rest on no source that was read.",
                ids.len(),
                expected.classes.len(),
                cells.len(),
                counts.join(", ")
            ),
        ];
        let grounds = ids.into_iter().map(|id| (format!("{id}{}", screened(rules, id)), rows(&cells, id))).collect();
        Page { title: format!("Grounds and benefits on {day}"), about, grounds }
    }
}

/// Who finds out whether a ground holds.
fn screened(rules: &Loaded, id: &str) -> String {
    match rules.screened.iter().find(|(ground, _)| ground == id).map(|(_, screened)| screened) {
        Some(Screened::ByTest) => " (screened by its own test)".into(),
        Some(Screened::ByRoutes { unsaid }) if unsaid.is_empty() => " (screened by each route)".into(),
        Some(Screened::ByRoutes { unsaid }) => format!(" (screened by each route; nothing says it on: {})", unsaid.join(", ")),
        Some(Screened::Nobody) => " (screened by nobody: the cards say that it was not asked)".into(),
        None => " (not in the rules)".into(),
    }
}

fn rows(cells: &[&Cell], ground: &str) -> Vec<[String; 4]> {
    let mine: Vec<&&Cell> = cells.iter().filter(|cell| cell.does.ground == ground).collect();
    let law = |cell: &Cell| (does(cell), cell.authority.clone(), cell.because.clone(), cell.verified);
    let same = |a: &Cell, b: &Cell| law(a) == law(b);
    let mut rows = Vec::new();
    for (at, cell) in mine.iter().enumerate().filter(|(at, cell)| !mine.iter().take(*at).any(|before| same(before, cell))) {
        let benefits: Vec<&str> = mine.iter().skip(at).filter(|other| same(cell, other)).map(|other| other.does.class.as_str()).collect();
        let unread = if cell.verified { "" } else { " (not read)" };
        rows.push([does(cell), benefits.join(", "), format!("{}{unread}", cell.authority), cell.because.clone()]);
    }
    rows
}

/// What a ground does, with its years or its end, and the route that can lift it.
fn does(cell: &Cell) -> String {
    let ends = match &cell.does.ends {
        Ends::Never => String::new(),
        Ends::Years(years) => format!(" {years} years are over"),
        Ends::With(end) => format!(" {end}"),
    };
    let waiver = cell.does.waiver.as_ref().map(|waiver| format!("; waiver: {waiver}")).unwrap_or_default();
    format!("{}{ends}{waiver}", text(&cell.does.effect))
}
