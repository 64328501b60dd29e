//! What goes stale, and when: each statement is as fresh as the first of its sources that somebody read. It is worked out of what was
//! read, so that a day that is typed makes nothing fresh.

use super::parse::{Source, Statement};
use crate::date::Date;
use std::collections::BTreeMap;

/// After so many days the rules say that nobody looked, whatever a source keeps.
const AGED: i32 = 120;

/// What has to be looked at again: until when, at which source (by its place), and for which statements. What nobody ever read has no day.
pub type Due<'a> = BTreeMap<(Option<Date>, u16), Vec<&'a Statement>>;

/// The work list. A statement stands under each of its sources that was read; where none was, under all of them.
pub fn due<'a>(statements: &'a [Statement], sources: &[Source]) -> Due<'a> {
    let mut due = Due::new();
    for statement in statements {
        let read = |place: &u16| sources.get(usize::from(*place)).and_then(|source| source.read);
        for place in &statement.cites {
            let by = read(place).map(|read| statement.given.unwrap_or(read).plus_days(statement.shelf_life));
            if by.is_some() || statement.through.is_none() {
                due.entry((by, *place)).or_default().push(statement);
            }
        }
    }
    due
}

/// The statements that nobody looked at for long before a day, the oldest first. What a court can change in a week is old sooner.
pub fn aged(statements: &[Statement], by: Date) -> Vec<&Statement> {
    let mut aged: Vec<&Statement> = statements
        .iter()
        .filter(|statement| statement.through.is_some_and(|through| through.days_until(by) > statement.shelf_life.min(AGED)))
        .collect();
    aged.sort_by_key(|statement| statement.through);
    aged
}
