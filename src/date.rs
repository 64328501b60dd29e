//! Civil dates, spans and approximate dates.
//!
//! A date is a day in the proleptic Gregorian calendar; an approximate date is a range of days and stands for
//! every day in it. There is no clock here, no time zone and no time of day: whoever asks names the day.

use crate::truth::Truth;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Date(i32);

/// First and last day that the engine reads. Outside them nothing in the rules is known.
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

/// Why a text or number is not a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateError {
    /// Not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or a year outside 1900 to 2199.
    Form,
    /// The right form, but no such day: 30 February.
    NoSuchDay,
}

impl Date {
    /// Earlier than any day a person can name.
    pub const MIN: Date = Date(-25_567);
    /// Later than any day a person can name.
    pub const MAX: Date = Date(84_005);

    /// The day of a year, month (1 to 12) and day (1 to 31), or `None` where the calendar has no such day.
    pub fn from_ymd(year: i32, month: i32, day: i32) -> Option<Date> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        // Count from 1 March of year 0, so that the leap day is the last of its year (era arithmetic).
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Some(Date(era * 146_097 + doe - 719_468))
    }

    /// Year, month and day.
    pub fn ymd(self) -> (i32, i32, i32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i32::from(month <= 2), month, day)
    }

    /// Reads a whole date, `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let range = Approx::parse(text)?;
        if text.len() == 10 { Ok(range.from) } else { Err(DateError::Form) }
    }

    /// The day `n` days later (earlier where `n` is negative), kept inside [`Date::MIN`] and [`Date::MAX`].
    pub fn plus_days(self, n: i32) -> Date {
        Date(self.0.saturating_add(n).clamp(Date::MIN.0, Date::MAX.0))
    }

    /// Days from this day to `later`.
    pub fn days_until(self, later: Date) -> i32 {
        later.0 - self.0
    }

    /// The day a span later, its months first. 29 February plus years is 1 March where that year has no 29 February; a month too
    /// short for the day gives the first day of the next month.
    pub fn plus(self, span: Span) -> Date {
        let (y, m, d) = self.ymd();
        let total = y * 12 + (m - 1) + span.months.clamp(-12_000, 12_000);
        let (y, m) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        if y < FIRST_YEAR {
            return Date::MIN;
        }
        if y > LAST_YEAR {
            return Date::MAX;
        }
        let moved = Date::from_ymd(y, m, d).or_else(|| Date::from_ymd(y, m, days_in_month(y, m)).map(|last| last.plus_days(1)));
        moved.unwrap_or(Date::MAX).plus_days(span.days)
    }

    /// The last day `t` for which `t.plus(span)` is not after this day.
    pub fn minus(self, span: Span) -> Date {
        let mut t = self.plus_days(-span.days).plus(Span::months(-span.months)).plus_days(2);
        while t > Date::MIN && t.plus(span) > self {
            t = t.plus_days(-1);
        }
        t
    }
}

/// Days in a month of a year. `month` is 1 to 12.
fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl Serialize for Date {
    /// `YYYY-MM-DD` for readers, a number in a pack.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i32(self.0) }
    }
}

impl<'de> Deserialize<'de> for Date {
    /// Reads the number of a pack.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
        i32::deserialize(d).map(|n| Date(n.clamp(Date::MIN.0, Date::MAX.0)))
    }
}

/// A length of time by the calendar: months first, then days. "Three years less 90 days" has both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Span {
    /// Months, added first.
    pub months: i32,
    /// Days, added after the months.
    pub days: i32,
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span { months: 0, days: 0 };

    /// So many years.
    pub const fn years(n: i32) -> Span {
        Span::months(n.saturating_mul(12))
    }

    /// So many months.
    pub const fn months(months: i32) -> Span {
        Span { months, days: 0 }
    }

    /// So many days.
    pub const fn days(days: i32) -> Span {
        Span { months: 0, days }
    }
}

/// An approximate date: every day from `from` to `to`, both included. An exact date has both alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Approx {
    /// The earliest day that it can be.
    pub from: Date,
    /// The latest day that it can be.
    pub to: Date,
}

impl Approx {
    /// A date nobody knows anything about.
    pub const ANY: Approx = Approx { from: Date::MIN, to: Date::MAX };

    /// A date of which the day is known.
    pub fn exact(day: Date) -> Approx {
        Approx { from: day, to: day }
    }

    /// Reads `2014`, `2014-06` or `2014-06-17`.
    pub fn parse(text: &str) -> Result<Approx, DateError> {
        let mut parts = text.split('-');
        let mut number = |len: usize| -> Result<Option<i32>, DateError> {
            match parts.next() {
                None => Ok(None),
                Some(p) if p.len() == len && p.bytes().all(|b| b.is_ascii_digit()) => p.parse().map(Some).map_err(|_| DateError::Form),
                Some(_) => Err(DateError::Form),
            }
        };
        let year = number(4)?.ok_or(DateError::Form)?;
        let (month, day) = (number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        Approx::from_parts(year, month, day)
    }

    /// A year, perhaps a month, perhaps a day.
    pub fn from_parts(year: i32, month: Option<i32>, day: Option<i32>) -> Result<Approx, DateError> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(DateError::Form);
        }
        let day_of = |m, d| Date::from_ymd(year, m, d).ok_or(DateError::NoSuchDay);
        match (month, day) {
            (None, _) => Ok(Approx { from: day_of(1, 1)?, to: day_of(12, 31)? }),
            (Some(m), None) => Ok(Approx { from: day_of(m, 1)?, to: day_of(m, days_in_month(year, m))? }),
            (Some(m), Some(d)) => day_of(m, d).map(Approx::exact),
        }
    }

    /// The one day it stands for, where it is exact.
    pub fn day(self) -> Option<Date> {
        (self.from == self.to).then_some(self.from)
    }

    /// Is every day of it, or no day of it, on or before every day of the other?
    pub fn on_or_before(self, other: Approx) -> Truth {
        Truth::between(self.to <= other.from, self.from > other.to)
    }

    /// The same range a span later.
    pub fn plus(self, span: Span) -> Approx {
        Approx { from: self.from.plus(span), to: self.to.plus(span) }
    }
}
