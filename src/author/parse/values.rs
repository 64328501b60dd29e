//! What a test names for the placeholders of its texts. It says nothing of what the test comes out as.

use super::super::read::Node;
use crate::condition::{Condition, Moment};
use crate::date::Span;
use crate::pack::Values;
use toml::Value;

/// The first date, years and days that a test names, for the placeholders of its texts.
pub fn values(node: &Node, test: &Condition) -> Values {
    let mut values = Values::default();
    test.walk().for_each(|part| values_of(part, &mut values));
    values.days = values.days.or(node.peek("test").and_then(days_named));
    values
}

/// The first number of days as the author wrote it: "more than 180" stays 180.
fn days_named(value: &Value) -> Option<i32> {
    match value {
        Value::Table(table) => {
            let named = ["more-than", "at-least"].iter().find_map(|key| table.get(*key)?.as_integer());
            named.and_then(|n| i32::try_from(n).ok()).or_else(|| table.values().find_map(days_named))
        }
        Value::Array(items) => items.iter().find_map(days_named),
        _ => None,
    }
}

fn values_of(test: &Condition, values: &mut Values) {
    match test {
        Condition::When { date, point, .. } => [date, point].into_iter().for_each(|moment| moment_values(*moment, values)),
        Condition::PresentSince { by, span, .. } => {
            moment_values(*by, values);
            span_values(*span, values);
        }
        Condition::BarRunning { years, .. } | Condition::RemovalBarRunning { years, .. } => values.years = values.years.or(Some(*years)),
        Condition::TimeToLeave { years, .. } => values.years = values.years.or(*years),
        _ => {}
    }
}

fn moment_values(moment: Moment, values: &mut Values) {
    match moment {
        Moment::Date(date) => values.date = values.date.or(Some(date)),
        Moment::AsOf => {}
        Moment::Fact(_, span) | Moment::Field(_, span) => span_values(span, values),
    }
}

fn span_values(span: Span, values: &mut Values) {
    if span.months > 0 && span.months % 12 == 0 {
        values.years = values.years.or(Some(span.months / 12));
    }
    if span.days > 0 {
        values.days = values.days.or(Some(span.days));
    }
}
