//! What a condition rests on for one family: the sources of those parts that make it come out as it does, and of nothing else in it.

use super::parse::Counted;
use crate::condition::{Condition, Parts};
use crate::evaluate::Context;
use crate::fact::{Answer, Given, Value};
use crate::pack::Interval;
use crate::stay::has;

/// Adds the sources, by their places. `counted`: what each version of each measure says, key by key.
pub fn rests(context: &Context, counted: &[Vec<Vec<Counted>>], condition: &Condition, cites: &mut Vec<u16>) {
    match condition.parts() {
        Parts::Joined(parts) => {
            // All of it holds because all parts do, and fails because some do; with any it is the other way round.
            let truth = context.eval(condition);
            let one = matches!(condition, Condition::Not(_) | Condition::Doubtful(_));
            for part in parts.iter().filter(|part| one || context.eval(part) == truth) {
                rests(context, counted, part, cites);
            }
        }
        Parts::Named(place) => {
            if let Some(version) = context.named(place) {
                cites.extend(&version.cite);
                rests(context, counted, &version.test, cites);
            }
        }
        Parts::OfEntries(entry) => cites.extend(context.cites_of(entry)),
        Parts::None => {
            if let Some(measure) = condition.measure() {
                cites.extend(counts(context, counted, measure));
            }
        }
    }
}

/// The sources of those lines of a measure that this family's days have to do with.
fn counts(context: &Context, counted: &[Vec<Vec<Counted>>], measure: u16) -> Vec<u16> {
    let versions = context.pack.measures.get(usize::from(measure)).map_or(&[][..], Vec::as_slice);
    let now = versions.iter().position(|m| Interval { from: m.from, to: m.to }.contains(context.as_of));
    let Some((version, place)) = now.and_then(|place| Some((versions.get(place)?, place))) else { return Vec::new() };
    let keys = counted.get(usize::from(measure)).and_then(|versions| versions.get(place)).map_or(&[][..], Vec::as_slice);
    let matters = |key: &&Counted| match (key.told, version.minors_until.filter(|_| key.key == "minors-until")) {
        (Some((list, field, options)), _) => entries(context, list).iter().any(|entry| match entry.get(usize::from(field)) {
            Some(Given::Choice(option)) => has(options, *option),
            Some(Given::OneOf { options: possible, .. }) => options & possible != 0,
            _ => false,
        }),
        (None, Some(years)) => was_minor(context, years),
        (None, None) => true,
    };
    keys.iter().filter(matters).flat_map(|key| &key.cite).copied().collect()
}

/// The entries of a list as they count.
fn entries<'a>(context: &'a Context, list: u16) -> &'a [Vec<Given>] {
    if let Answer::Value(Value::List(entries)) = context.answer(list) { entries } else { &[] }
}

/// Did somebody come before this birthday, or may have?
fn was_minor(context: &Context, years: i32) -> bool {
    let places = &context.pack.places;
    let Answer::Value(Value::Date(birth)) = context.answer(places.birth) else { return true };
    let grown = birth.range.to.plus(crate::date::Span { months: years * 12, days: 0 });
    entries(context, places.stays).iter().any(|stay| match stay.get(usize::from(places.entered)) {
        Some(Given::Date(entered)) => entered.range.from < grown,
        _ => true,
    })
}
