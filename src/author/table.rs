//! The grounds of the law and what each does to each benefit, as a page that an attorney can read and sign.

use super::parse::{Cell, Ends, Expected, text};
use crate::date::Date;
use crate::pack::{Effect, Pack};
use crate::short::distinct;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The cells in force on a day, in Markdown: each ground with the benefits of which the law says the same in the same place.
pub fn table(pack: &Pack, expected: &Expected, day: Date) -> String {
    let cells: Vec<&Cell> = expected.cells.iter().filter(|cell| cell.in_force.contains(day)).collect();
    let ids = distinct(cells.iter().map(|cell| cell.ground.as_str()).collect());
    let mut page = String::new();
    // Writing to a string cannot fail.
    let mut line = |text: String| {
        let _ = writeln!(page, "{text}");
    };
    let digest = Sha256::digest(format!("{cells:?}").as_bytes());
    let digest: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    line(format!("# Grounds and benefits on {day}\n"));
    line(format!("Rules {} {}; cells {digest}; review: {}.", pack.id, pack.version, pack.review.state));
    let count = |effect: Effect| cells.iter().filter(|cell| cell.effect == effect).count();
    let effects = [Effect::Blocks, Effect::Until, Effect::Waivable, Effect::Lawyer, Effect::No];
    let counts: Vec<String> = effects.into_iter().map(|effect| format!("{} {}", count(effect), text(&effect))).collect();
    let unread = cells.iter().filter(|cell| !cell.verified).count();
    let (many, classes) = (ids.len(), expected.classes.len());
    line(format!(
        "{many} grounds, {classes} benefits, {} cells: {}; {unread} rest on no source that was read.",
        cells.len(),
        counts.join(", ")
    ));
    for id in ids {
        let mine: Vec<&&Cell> = cells.iter().filter(|cell| cell.ground == id).collect();
        let asked = if mine.iter().all(|cell| cell.asked) { "" } else { " (nobody is asked)" };
        line(format!("\n## {id}{asked}\n\n| effect | benefits | authority | why |\n| --- | --- | --- | --- |"));
        let law = |cell: &Cell| (does(cell), cell.authority.clone(), cell.because.clone(), cell.verified);
        let same = |a: &Cell, b: &Cell| law(a) == law(b);
        for (at, cell) in mine.iter().enumerate().filter(|(at, cell)| !mine.iter().take(*at).any(|before| same(before, cell))) {
            let benefits: Vec<&str> = mine.iter().skip(at).filter(|other| same(cell, other)).map(|other| other.class.as_str()).collect();
            let unread = if cell.verified { "" } else { " (not read)" };
            line(format!("| {} | {} | {}{unread} | {} |", does(cell), benefits.join(", "), cell.authority, cell.because));
        }
    }
    line("\nRead and found right, but for what is marked: ______________________ (name, license) on ____________".into());
    page
}

/// What a ground does, with its years or its end, and the route that can lift it.
fn does(cell: &Cell) -> String {
    let ends = match &cell.ends {
        Ends::Never => String::new(),
        Ends::Years(years) => format!(" {years} years are over"),
        Ends::With(end) => format!(" {end}"),
    };
    let waiver = cell.waiver.as_ref().map(|waiver| format!("; waiver: {waiver}")).unwrap_or_default();
    format!("{}{ends}{waiver}", text(&cell.effect))
}
