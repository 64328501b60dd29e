//! What the cases saw. A route that no case speaks of, and a criterion that no case ever sees fail, could say anything.

use super::Problems;
use crate::condition::Condition;
use crate::pack::{Criterion, Pack};
use crate::report::Report;
use crate::truth::Truth;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Seen {
    /// The routes that a case expects something of.
    expected: BTreeSet<String>,
    /// Route and criterion, where it came out "no".
    failed: BTreeSet<(String, String)>,
}

impl Seen {
    pub fn expects(&mut self, about: &str) {
        self.expected.insert(about.to_string());
    }

    /// Looks at the card that somebody expects something of; a card that nobody looks at could say anything.
    pub fn report(&mut self, report: &Report, route: &str) {
        for card in report.cards.iter().filter(|card| card.route == route) {
            let failed = card.reasons.iter().filter(|reason| reason.truth == Truth::No);
            self.failed.extend(failed.map(|reason| (card.route.clone(), reason.criterion.clone())));
        }
    }

    /// Reports what no case saw.
    pub fn unseen(&self, pack: &Pack, problems: &mut Problems) {
        for route in &pack.routes {
            let file = format!("routes/{}.toml", route.id);
            if !self.expected.contains(&route.id) {
                problems.add(&file, &route.id, "no case expects anything of this route", "add a case: who fits, and who just fails");
            }
            let mut said = BTreeSet::new();
            for criterion in route.criteria.iter().filter(|criterion| can_fail(criterion)) {
                let seen = self.failed.contains(&(route.id.clone(), criterion.id.clone()));
                if !seen && said.insert(&criterion.id) {
                    problems.add(
                        &file,
                        format!("criterion[{}]", criterion.id),
                        "no case ever sees it fail",
                        "add a case of a family for whom it is not met",
                    );
                }
            }
        }
    }
}

/// A criterion that is always met, or that applies just where it is met, says why a card fits and never fails.
fn can_fail(criterion: &Criterion) -> bool {
    criterion.test != Condition::Always && criterion.applies.as_ref() != Some(&criterion.test)
}
