//! Who reaches a line of the rules: for whom it speaks, or may. A line that nobody reaches can say anything, and nothing that is compared
//! would show it.

use crate::condition::Condition;
use crate::date::Date;
use crate::evaluate::Context;
use crate::fact::{Answer, Value};
use crate::pack::{Criterion, Interval, Pack};
use crate::report::{Card, Report};
use crate::truth::Truth;
use serde_json::Value as Json;

/// One statement of the rules: a table of a file, or a line of its own.
pub struct Statement {
    pub file: String,
    /// The kind of table.
    pub header: String,
    /// Its id, and its first day where it has one.
    pub id: String,
    /// What else tells it from others of its kind.
    pub apart: String,
    pub line: usize,
    pub value: Json,
}

impl Statement {
    pub fn place(&self) -> String {
        format!("{}:{} {} {}", self.file, self.line, self.header, self.id).trim_end().to_string()
    }

    pub fn key(&self) -> (&str, &str, &str, &str) {
        (&self.file, &self.header, &self.id, &self.apart)
    }

    pub fn name(&self) -> &str {
        self.text("id")
    }

    fn text(&self, key: &str) -> &str {
        self.value.get(key).and_then(Json::as_str).unwrap_or_default()
    }

    fn days(&self) -> Interval {
        let day = |key: &str| Date::parse(self.text(key)).ok();
        Interval { from: day("from"), to: day("to") }
    }

    /// The name of the file without its folder and its ending: the id of a route, a caution or a ground.
    fn about(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml")
    }

    /// Only a report shows who reaches it: a step, or a clause that reads the card.
    pub fn needs_report(&self, pack: &Pack) -> bool {
        let of_card = |clause: &crate::pack::Clause| clause.card && clause.id == self.name();
        let rule = || pack.cautions.iter().find(|rule| rule.id == self.about());
        self.header == "step" || (self.header == "when" && rule().is_some_and(|rule| rule.clauses.iter().any(of_card)))
    }

    /// Does it speak for somebody on the day of the context, or may it?
    pub fn reaches(&self, context: &Context, report: Option<&Report>) -> bool {
        let (pack, as_of) = (context.pack, context.as_of);
        let days = self.days();
        let route = || pack.routes.iter().find(|route| route.id == self.about());
        let card = || report.and_then(|report| report.cards.iter().find(|card| card.route == self.about()));
        match self.header.as_str() {
            "door" => route().is_some_and(|route| {
                let row = route.door.iter().rev().find(|row| row.from <= as_of && as_of >= pack.known_from);
                row.map(|row| row.from) == days.from
            }),
            "criterion" => route().is_some_and(|route| {
                let mut mine = route.criteria.iter().filter(|criterion| criterion.id == self.name() && criterion.in_force == days);
                mine.any(|criterion| criterion.in_force.contains(as_of) && applies(context, criterion))
            }),
            "step" => card().is_some_and(|card: &Card| card.next_steps.iter().any(|step| step.id == self.name())),
            "fee" => days.contains(as_of),
            "departure" => days.contains(as_of) && holds(context, self.text("ground")),
            "when" => {
                let rule = pack.cautions.iter().find(|rule| rule.id == self.about());
                let clause = rule.and_then(|rule| rule.clauses.iter().find(|clause| clause.id == self.name()));
                let said = |card: &Card| card.cautions.iter().any(|caution| caution.id == self.about() && caution.clause == self.name());
                clause.is_some_and(|clause| match clause.card {
                    true => report.is_some_and(|report| report.cards.iter().any(said)),
                    false => days.contains(as_of) && may_hold(context, &clause.test),
                })
            }
            "condition" => {
                let named = pack.conditions.iter().find(|named| named.id == self.name());
                let version = named.and_then(|named| named.versions.iter().find(|version| version.in_force == days));
                version.is_some_and(|version| days.contains(as_of) && context.eval(&version.test) != Truth::No)
            }
            "measure" => {
                let places = &pack.places;
                let told = |fact: u16| matches!(context.answer(fact), Answer::Value(Value::List(entries)) if !entries.is_empty());
                let lists = [places.stays, places.protected, places.contacts, places.orders, places.leave];
                days.contains(as_of) && lists.into_iter().any(told)
            }
            "contradiction" => {
                let found = pack.contradictions.iter().find(|contradiction| contradiction.id == self.name());
                found.is_some_and(|contradiction| context.eval(&contradiction.test) == Truth::Yes)
            }
            "fact" => (0..).zip(&pack.facts).any(|(place, fact)| fact.id == self.name() && context.may_apply(place)),
            _ if self.file.starts_with("grounds/") => days.contains(as_of) && holds(context, self.about()),
            // What a file says of all that stands in it.
            _ => true,
        }
    }
}

fn applies(context: &Context, criterion: &Criterion) -> bool {
    let applies = criterion.applies.as_ref().map_or(Truth::Yes, |applies| context.eval(applies));
    applies != Truth::No
}

/// It holds, or may because of an answer "not sure".
fn may_hold(context: &Context, test: &Condition) -> bool {
    context.eval(test) == Truth::Yes || context.eval_at_worst(test) != Truth::No
}

/// A ground that holds, or may; one without a test of its own is told to everybody whose benefit it touches.
fn holds(context: &Context, ground: &str) -> bool {
    let tested = context.pack.grounds.iter().find(|tested| tested.id == ground);
    tested.is_none_or(|tested| context.eval(&tested.test) != Truth::Yes)
}
