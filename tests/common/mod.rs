//! The rules, checked once for all tests of a file, and the people that they are tried with.

use relief_screener::author::{self, Case, Checked};
use relief_screener::date::Date;
use relief_screener::fact::Answers;
use relief_screener::pack::Pack;
use std::path::Path;
use std::sync::OnceLock;

pub fn checked() -> &'static Checked {
    static READ: OnceLock<Checked> = OnceLock::new();
    READ.get_or_init(|| author::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules"))
}

pub fn pack() -> &'static Pack {
    &checked().pack
}

/// Made-up families, and the cases that are wanted by their place or their subject: who it is, the day, and the answers.
pub fn everybody(families: usize, wanted: impl Fn(usize, &Case) -> bool) -> Vec<(String, Date, Answers)> {
    let made_up = author::families(pack(), &checked().cases, pack().confirmed_through, families).into_iter().enumerate();
    let made_up = made_up.map(|(at, family)| {
        let full = checked().base.with(family.answers.as_object().expect("answers"));
        (format!("family {at}"), family.as_of, author::read_answers(pack(), &full).expect("answers"))
    });
    let cases = checked().cases.iter().enumerate().filter(|(at, case)| wanted(*at, case));
    made_up.chain(cases.map(|(_, case)| (case.id.clone(), case.as_of, case.answers(pack())))).collect()
}
