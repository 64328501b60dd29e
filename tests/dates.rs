//! Our civil dates against an independent library, every day from 1900 to 2100.

use jiff::ToSpan;
use jiff::civil;
use proptest::prelude::*;
use relief_screener::date::{Approx, Date, DateError, Span};
use relief_screener::truth::Truth;

fn ours(day: civil::Date) -> Date {
    Date::from_ymd(day.year().into(), day.month().into(), day.day().into()).expect("a day of the calendar")
}

#[test]
fn every_day_from_1900_to_2100() {
    let mut day = civil::date(1900, 1, 1);
    let last = civil::date(2100, 12, 31);
    let first = ours(day);
    assert_eq!(first, Date::MIN);
    let mut count = 0;
    loop {
        let mine = ours(day);
        assert_eq!(mine.to_string(), day.to_string());
        assert_eq!(mine.ymd(), (day.year().into(), day.month().into(), day.day().into()));
        assert_eq!(Date::parse(&day.to_string()), Ok(mine));
        assert_eq!(first.days_until(mine), count);
        assert_eq!(first.plus_days(count), mine);
        if day == last {
            break;
        }
        day = day.tomorrow().expect("a next day");
        count += 1;
    }
    assert_eq!(count, 73_413);
}

#[test]
fn every_month_from_1900_to_2100_has_its_days() {
    for year in 1900..=2100_i16 {
        for month in 1..=12_i8 {
            let last = civil::date(year, month, 1).last_of_month();
            let whole = Approx::parse(&format!("{year}-{month:02}")).expect("a month");
            assert_eq!((whole.from.to_string(), whole.to.to_string()), (format!("{year}-{month:02}-01"), last.to_string()));
            assert_eq!(Date::from_ymd(year.into(), month.into(), i32::from(last.day()) + 1), None, "{last} is the last");
        }
        let whole = Approx::parse(&year.to_string()).expect("a year");
        assert_eq!((whole.from.to_string(), whole.to.to_string()), (format!("{year}-01-01"), format!("{year}-12-31")));
    }
}

#[test]
fn the_last_day_of_all() {
    assert_eq!(Date::MAX, Date::from_ymd(2199, 12, 31).expect("a day"));
}

#[test]
fn years_later_by_the_calendar() {
    for year in 1900..=2060_i16 {
        for (month, day) in [(1, 1), (2, 28), (2, 29), (3, 1), (6, 17), (12, 31)] {
            let Ok(from) = civil::Date::new(year, month, day) else { continue };
            for years in 1..=40_i16 {
                let theirs = if (month, day) == (2, 29) && !civil::date(year + years, 1, 1).in_leap_year() {
                    // The rule of this product, where the library stays in February.
                    civil::date(year + years, 3, 1)
                } else {
                    from.checked_add(i64::from(years).years()).expect("in range")
                };
                assert_eq!(ours(from).plus(Span::years(years.into())), ours(theirs), "{from} + {years} years");
            }
        }
    }
}

/// No day outside the years that can be read comes out, and the first and the last year are whole.
#[test]
fn spans_at_the_first_and_the_last_year() {
    for (from, months, days, wanted) in [
        ("2198-06-17", 12, 0, "2199-06-17"),
        ("2198-06-17", 12, -7, "2199-06-10"),
        ("2199-06-17", 6, 31, "2199-12-31"),
        ("2199-06-17", 12, -7, "2199-12-31"),
        ("2199-12-31", 1, -7, "2199-12-31"),
        ("2014-06-17", 1_000_000, 0, "2199-12-31"),
        ("1901-06-17", -12, 0, "1900-06-17"),
        ("1900-06-17", -12, 7, "1900-01-01"),
        ("1900-06-17", 0, -400, "1900-01-01"),
        ("2014-06-17", -1_000_000, 7, "1900-01-01"),
    ] {
        let from = Date::parse(from).expect("a day");
        assert_eq!(from.plus(Span { months, days }).to_string(), wanted, "{from} and {months} months, {days} days");
    }
}

#[test]
fn a_range_is_moved_at_both_ends_and_is_a_day_where_both_are_one() {
    let range = |text: &str| Approx::parse(text).expect("a date");
    assert_eq!(range("2014-06").plus(Span { months: 1, days: 2 }), Approx { from: range("2014-07-03").from, to: range("2014-08-01").to });
    assert_eq!(range("2014-06-17").plus(Span::days(14)), range("2014-07-01"));
    assert_eq!(range("2014-06-17").plus(Span::months(14)), range("2015-08-17"));
    assert_eq!(range("2014-06-17").plus(Span::ZERO), range("2014-06-17"));
    assert_eq!(range("2014-06-17").day().map(|day| day.to_string()).as_deref(), Some("2014-06-17"));
    assert_eq!((range("2014-06").day(), Approx::ANY.day()), (None, None));
}

/// For readers as text; in a pack as a number, of which none lies outside the years that can be read.
#[test]
fn a_date_is_written_and_read() {
    let day = Date::from_ymd(2014, 6, 17).expect("a day");
    assert_eq!(serde_json::to_value(day).expect("JSON"), "2014-06-17");
    let packed = |number: i32| postcard::from_bytes::<Date>(&postcard::to_allocvec(&number).expect("bytes")).expect("a date");
    assert_eq!(postcard::to_allocvec(&day), postcard::to_allocvec(&16_238_i32));
    assert_eq!([packed(16_238), packed(i32::MIN), packed(i32::MAX)], [day, Date::MIN, Date::MAX]);
}

#[test]
fn a_day_that_does_not_exist_is_told_from_no_date() {
    assert_eq!(Approx::parse("2014-02-30"), Err(DateError::NoSuchDay));
    assert_eq!(Approx::parse("2014-13-01"), Err(DateError::NoSuchDay));
    assert_eq!(Approx::parse("2014-06-00"), Err(DateError::NoSuchDay));
    for text in ["", "14", "2014-6-1", "2014/06/17", "2014-06-17T00", " 2014", "2014-06-17-01", "+014", "20é4", "1899", "2200"] {
        assert_eq!(Approx::parse(text), Err(DateError::Form), "{text}");
    }
}

proptest! {
    #[test]
    fn minus_is_the_last_day_that_has_passed(at in 0..70_000_i32, months in -240..720_i32, days in -200..200_i32) {
        let day = Date::MIN.plus_days(at);
        let span = Span { months, days };
        let start = day.minus(span);
        prop_assume!(start > Date::MIN);
        prop_assert!(start.plus(span) <= day);
        prop_assert!(start.plus_days(1).plus(span) > day);
    }

    /// An approximate comparison is yes only if it holds for every pair of days, and no only if it fails for every pair.
    #[test]
    fn approximate_dates_stand_for_every_day(a in 0..40_i32, b in 0..40_i32, x in 0..6_i32, y in 0..6_i32) {
        let base = Date::from_ymd(2014, 6, 1).expect("a day");
        let range = |from: i32, len: i32| Approx { from: base.plus_days(from), to: base.plus_days(from + len) };
        let days = |r: Approx| (0..=r.from.days_until(r.to)).map(move |n| r.from.plus_days(n));
        let (left, right) = (range(a, x), range(b, y));
        let all: Vec<bool> = days(left).flat_map(|l| days(right).map(move |r| l <= r)).collect();
        let truth = match (all.contains(&true), all.contains(&false)) {
            (true, false) => Truth::Yes,
            (false, _) => Truth::No,
            _ => Truth::Unknown,
        };
        prop_assert_eq!(left.on_or_before(right), truth);
    }

    #[test]
    fn no_text_is_read_wrongly(text in ".{0,12}") {
        if let Ok(range) = Approx::parse(&text) {
            prop_assert!(range.from <= range.to);
            prop_assert!(text.len() == 4 || text.len() == 7 || text.len() == 10);
        }
    }
}
