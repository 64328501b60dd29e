//! What a history of stays, contacts, orders and times to leave amounts to, told in one line each: whether it is so, whether that
//! rests on a question nobody asked, whether a line is near, and until when it lasts. The measure is made up; no rule is read.

use relief_screener::date::{Approx, Date};
use relief_screener::fact::{Answer, Dated, Given, Value};
use relief_screener::stay::TimeToLeave::{LeftLate, Overstayed, Running};
use relief_screener::stay::{History, Measure, Measured, Places, Range, Trips, carry_out_orders, has};
use relief_screener::truth::Truth;
use serde_json::{Value as Json, json};

/// The facts by their places, and the fields of each list in the order in which an entry gives them.
const PLACES: Places = Places {
    in_us: 0,
    birth: 1,
    stays: 2,
    entered: 0,
    how: 1,
    allowed_until: 2,
    left: 3,
    left_how: 4,
    protected: 3,
    period_kind: 0,
    period_from: 1,
    period_to: 2,
    contacts: 4,
    contact_date: 0,
    contact_what: 1,
    orders: 5,
    order_kind: 0,
    order_date: 1,
    order_carried_out: 2,
    leave: 6,
    leave_granted: 0,
    leave_until: 1,
    leave_left: 2,
};
const FACTS: [(&str, usize); 7] = [("here", 0), ("born", 0), ("stays", 5), ("periods", 3), ("contacts", 2), ("orders", 3), ("leaves", 3)];

// Ways in, ways out, kinds of periods, what a contact was, kinds of orders.
const CROSSED: u8 = 0;
const VISA: u8 = 1;
const RESUMED: u8 = 2;
const OWN: u8 = 0;
const NO_DEPARTURE: u8 = 1;
const REMOVED: u8 = 2;
const BY_LEAVE: u8 = 3;
const PROTECTED: u8 = 0;
const LEAVE: u8 = 2;
const ATTEMPT: u8 = 0;
const EXPELLED: u8 = 1;
const JUDGE: u8 = 0;
const OTHER: u8 = 1;

fn measure() -> Measure {
    Measure {
        id: "made-up".into(),
        from: None,
        to: None,
        counts_from: day("1997-04-01"),
        minors_until: Some(18),
        protected: 1 << PROTECTED,
        unlawful_on_entry: 1 << CROSSED,
        not_a_departure: 1 << NO_DEPARTURE,
        keeps_protection: 1 << NO_DEPARTURE,
        resumes_protection: 1 << RESUMED,
        illegal_entry: 1 << CROSSED,
        attempts: 1 << ATTEMPT,
        removals: 1 << REMOVED,
        removal_contacts: 1 << EXPELLED,
        time_to_leave: 1 << LEAVE,
        leaving_by_it: 1 << BY_LEAVE,
        becomes_order: 1 << JUDGE,
        cite: Vec::new(),
    }
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn approx(text: &str) -> Approx {
    Approx::parse(text).expect("a date")
}

/// A date by its text, an option by its number; `"?"` for not sure, `"no"`, `"word"`, and null for left out.
fn given(json: &Json) -> Given {
    match json {
        Json::Null => Given::Absent,
        Json::Number(option) => Given::Choice(option.as_u64().and_then(|option| u8::try_from(option).ok()).expect("an option")),
        Json::String(text) if text == "?" => Given::Unsure,
        Json::String(text) if text == "no" => Given::No,
        Json::String(text) if text == "word" => Given::Word(0),
        Json::String(text) => Given::Date(Dated::new(approx(text))),
        other => panic!("{other}"),
    }
}

/// Answers by the names of [`FACTS`]; what is left out was not asked.
fn answers(told: &Json) -> Vec<Answer> {
    assert!(told.as_object().expect("answers").keys().all(|key| FACTS.iter().any(|(fact, _)| fact == key)), "{told}");
    let answer = |(fact, fields): &(&str, usize)| match told.get(fact) {
        None => Answer::NotAsked,
        Some(Json::String(text)) if text == "?" => Answer::Unsure,
        Some(Json::Bool(yes)) => Answer::Value(Value::Choice(u8::from(*yes))),
        Some(Json::String(text)) => Answer::Value(Value::Date(Dated::new(approx(text)))),
        Some(Json::Array(entries)) => {
            let entry = |entry: &Json| (0..*fields).map(|at| given(entry.get(at).unwrap_or(&Json::Null))).collect();
            Answer::Value(Value::List(entries.iter().map(entry).collect()))
        }
        Some(other) => panic!("{other}"),
    };
    FACTS.iter().map(answer).collect()
}

/// The truth, and behind it what else is known: `yes near until 2024-08-20`.
fn said(found: &Measured) -> String {
    let mut text = format!("{:?}", found.truth).to_lowercase();
    text += if found.unasked { " unasked" } else { "" };
    text += if found.near { " near" } else { "" };
    text + &found.until.map_or(String::new(), |until| format!(" until {until}"))
}

/// Looks at each history on its day; a row without one is looked at on the day of the row before.
fn table(look: impl Fn(&History, &[Answer]) -> String, rows: &[(&str, Json, &str)]) {
    let mut wrong = Vec::new();
    let mut on = "";
    for (as_of, told, wanted) in rows {
        on = if as_of.is_empty() { on } else { as_of };
        let answers = answers(told);
        let found = look(&History::new(&PLACES, &answers, day(on)), &answers);
        if found != *wanted {
            wrong.push(format!("on {on} with {told}\n    expected {wanted}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// An adult, here, of whom everything else is told too.
fn adult(stays: Json) -> Json {
    json!({ "here": true, "born": "1980-01-01", "periods": [], "contacts": [], "orders": [], "leaves": [], "stays": stays })
}

fn with(mut told: Json, fact: &str, answer: Json) -> Json {
    told[fact] = answer;
    told
}

fn without(mut told: Json, fact: &str) -> Json {
    told.as_object_mut().expect("answers").remove(fact);
    told
}

const ANY_COUNT: Range = Range { min: 181, max: i32::MAX };

#[test]
fn an_option_of_a_mask() {
    assert_eq!([0, 1, 2, 31, 32].map(|option| has(0b101, option)), [true, false, true, false, false]);
    assert!(has(1 << 31, 31));
}

#[test]
fn the_stay_that_a_person_is_in() {
    let here = |history: &History, _: &[Answer]| said(&history.in_this_stay(|_| Truth::Yes));
    table(
        here,
        &[
            ("2024-08-20", json!({ "stays": [["2012-03-01", VISA]] }), "yes"),
            ("", json!({ "stays": [["2024-08-20", VISA]] }), "yes"),
            ("", json!({ "stays": [["2024-08-21", VISA]] }), "unknown unasked"),
            ("", json!({ "here": true, "stays": [] }), "unknown"),
            ("", json!({ "here": false, "stays": [] }), "no"),
            ("", json!({ "here": "?", "stays": [] }), "unknown"),
            ("", json!({ "stays": [] }), "unknown unasked"),
            ("", json!({}), "unknown unasked"),
            ("", json!({ "stays": "?" }), "unknown"),
            // A stay that began or ended in a month that is not over.
            ("", json!({ "here": true, "stays": [["2024-08", VISA]] }), "unknown"),
            ("", json!({ "here": true, "stays": [["2012-03-01", VISA, null, "2024-08"]] }), "unknown"),
            ("", json!({ "here": true, "stays": [["2012-03-01", VISA, null, "2024-08-20"]] }), "unknown"),
            ("", json!({ "here": true, "stays": [["2012-03-01", VISA, null, "2024-08-21"]] }), "yes"),
            ("", json!({ "here": false, "stays": [["2012-03-01", VISA, null, "2024-08-20"]] }), "no"),
            ("", json!({ "here": false, "stays": [["2012-03-01", VISA]] }), "unknown"),
            ("", json!({ "here": true, "stays": [["2012-03-01", VISA, null, "?"]] }), "unknown"),
            // Told in no order: the last one is the one that was entered last.
            ("", json!({ "here": true, "stays": [["2012-03-01", VISA], ["2010-03-01", VISA, null, "2011-01-01"]] }), "yes"),
        ],
    );
    let answers = answers(&json!({ "stays": [["2012-03-01", VISA], ["2010-03-01", CROSSED, null, "2011-01-01"]] }));
    let history = History::new(&PLACES, &answers, day("2024-08-20"));
    assert_eq!(history.this_entry().map(|entry| entry[1]), Some(Given::Choice(VISA)));
    assert_eq!(said(&history.in_this_stay(|entry| Truth::from_bool(entry[1] == Given::Choice(CROSSED)))), "no");
    let leaving: Vec<String> = history.departures().map(|day| day.to_string()).collect();
    assert_eq!(leaving, ["2011-01-01", "2011-01-01"]);
    // Of two that began on one day the one told last.
    let day_trip = self::answers(&json!({ "stays": [["2012-03-01", CROSSED, null, "2012-03-01"], ["2012-03-01", VISA]] }));
    let history = History::new(&PLACES, &day_trip, day("2024-08-20"));
    assert_eq!(history.this_entry().map(|entry| entry[1]), Some(Given::Choice(VISA)));
    // Nobody comes in again before having left; what cannot be so stays as it was told.
    for (left, first, last) in [("2011", "2011-01-01", "2011-06-15"), ("2012-01-01", "2012-01-01", "2012-01-01")] {
        let told = self::answers(&json!({ "stays": [["2010-01-01", VISA, null, left], ["2011-06-15", VISA]] }));
        let history = History::new(&PLACES, &told, day("2024-08-20"));
        assert_eq!(history.departures().collect::<Vec<_>>(), [day(first), day(last)], "{left}");
    }
}

#[test]
fn here_since_a_day() {
    let line = approx("2014-06-17");
    let since = |history: &History, _: &[Answer]| said(&history.present_since(line, None));
    table(
        since,
        &[
            ("2024-08-20", adult(json!([["2014-06-16", VISA]])), "yes"),
            ("", adult(json!([["2014-06-17", VISA]])), "yes near"),
            ("", adult(json!([["2014-06-18", VISA]])), "no"),
            ("", adult(json!([["2014-06", VISA]])), "unknown"),
            ("", adult(json!("?")), "unknown"),
            ("", json!({}), "unknown unasked"),
            ("", adult(json!([])), "unknown"),
            ("", with(adult(json!([])), "here", json!(false)), "no"),
            // A trip after the day leaves it to a lawyer; one that ended before it, or who came only after it, does not.
            ("", adult(json!([["2010-01-01", VISA, null, "2015-01-01"], ["2015-02-01", VISA]])), "unknown"),
            ("", adult(json!([["2010-01-01", VISA, null, "2014-06-16"], ["2015-02-01", VISA]])), "no"),
            ("", adult(json!([["2014-06-18", VISA, null, "2015-01-01"], ["2015-02-01", VISA]])), "no"),
            ("", adult(json!([["2010-01-01", VISA, null, "2011-01-01"], ["2012-02-01", VISA]])), "yes"),
        ],
    );
    let trips = Trips { longest: 90, all: 180, how: 1 << OWN };
    let apart = |history: &History, _: &[Answer]| said(&history.present_since(line, Some(&trips)));
    table(
        apart,
        &[
            ("2024-08-20", adult(json!([["2010-01-01", VISA, null, "2016-01-01", OWN], ["2016-03-31", VISA]])), "yes"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01"], ["2016-03-31", VISA]])), "yes"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01", OWN], ["2016-04-01", VISA]])), "no"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01", OWN], ["2016-04", VISA]])), "no"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01", OWN], ["2016-03", VISA]])), "yes"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01", OWN], ["2016-04-15", VISA]])), "unknown"),
            ("", adult(json!([["2010-01-01", VISA, null, "2015-12-02", OWN], ["2016-03", VISA]])), "unknown"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01", REMOVED], ["2016-01-05", VISA]])), "unknown"),
            ("", adult(json!([["2010-01-01", VISA, null, "2016-01-01", "?"], ["2016-01-05", VISA]])), "unknown"),
            // The days before the line are not counted among all days out.
            (
                "",
                adult(json!([
                    ["2010-01-01", VISA, null, "2014-05-01", OWN],
                    ["2014-07-17", VISA, null, "2016-01-01", OWN],
                    ["2016-03-31", VISA, null, "2017-01-01", OWN],
                    ["2017-03-02", VISA]
                ])),
                "yes",
            ),
            (
                "",
                adult(json!([
                    ["2010-01-01", VISA, null, "2014-05-01", OWN],
                    ["2014-07-17", VISA, null, "2016-01-01", OWN],
                    ["2016-03-31", VISA, null, "2017-01-01", OWN],
                    ["2017-03-03", VISA]
                ])),
                "no",
            ),
        ],
    );
}

/// From 2024-02-21 to 2024-08-20 there are 181 days.
#[test]
fn the_count_of_a_stay() {
    let m = measure();
    let count = |history: &History, _: &[Answer]| {
        let days = history.days_in_this_stay(&m).map_or("none".to_string(), |days| format!("{} to {}", days.min, days.max));
        format!("{days}, {}", said(&history.in_range(&m, ANY_COUNT)))
    };
    table(
        count,
        &[
            ("2024-08-20", adult(json!([["2024-02-21", CROSSED]])), "181 to 181, yes near"),
            ("", adult(json!([["2024-02-22", CROSSED]])), "180 to 180, no near"),
            ("", adult(json!([["2024-02-20", CROSSED]])), "182 to 182, yes"),
            ("", adult(json!([["2024-02-23", CROSSED]])), "179 to 179, no near"),
            ("", adult(json!([["2024-02-24", CROSSED]])), "178 to 178, no"),
            ("", adult(json!([["2024-02", CROSSED]])), "173 to 201, unknown"),
            ("", adult(json!([["2024-02-21", VISA, "2024-02-20"]])), "181 to 181, yes near"),
            ("", adult(json!([["2024-01-01", VISA, "2024-02-21"]])), "180 to 180, no near"),
            ("", adult(json!([["2024-01-01", VISA, "2024-02"]])), "172 to 200, unknown"),
            ("", adult(json!([["2020-01-01", VISA, "word"]])), "0 to 0, no"),
            ("", adult(json!([["2020-01-01", VISA]])), "0 to 1693, unknown"),
            // Whoever may be here in a way that nobody told: then no question is to come.
            ("", adult(json!([["2020-01-01", VISA, null, "?"]])), "0 to 1693, unknown"),
            ("", without(adult(json!([["2020-01-01", VISA, null, "?"]])), "here"), "0 to 1693, unknown"),
            ("", adult(json!([["2020-01-01", VISA, "?"]])), "0 to 1693, unknown"),
            ("", adult(json!([["2020-01-01"]])), "0 to 1693, unknown"),
            ("", adult(json!([["2020-01-01", "?", "2020-05-01"]])), "0 to 1693, unknown"),
            ("", adult(json!([["2020-01-01", "?"]])), "0 to 1693, unknown"),
            ("", adult(json!([])), "none, unknown"),
            ("", with(adult(json!([])), "here", json!(false)), "none, no"),
            ("", json!({}), "none, unknown unasked"),
            ("", adult(json!([["1990-01-01", CROSSED, null, "2024-08"]])), "0 to 9728, unknown"),
            // Before the eighteenth birthday no day counts, and none before the measure begins.
            ("", with(adult(json!([["2020-01-01", CROSSED]])), "born", json!("2006-02-21")), "181 to 181, yes near"),
            ("", with(adult(json!([["2020-01-01", CROSSED]])), "born", json!("2006-02")), "174 to 201, unknown"),
            ("", with(adult(json!([["2020-01-01", CROSSED]])), "born", json!("?")), "0 to 1693, unknown"),
            ("", without(adult(json!([["2020-01-01", CROSSED]])), "born"), "0 to 1693, unknown unasked"),
            ("1997-10-01", with(adult(json!([["1990-01-01", CROSSED]])), "born", json!("1970-01-01")), "183 to 183, yes"),
            ("2024-08-20", with(adult(json!([["2024-01-01", CROSSED]])), "periods", json!("?")), "0 to 232, unknown"),
            ("", without(adult(json!([["2024-01-01", CROSSED]])), "periods"), "0 to 232, unknown unasked"),
        ],
    );
    table(
        count,
        &[
            ("2024-08-29", adult(json!([["2024-03", CROSSED]])), "151 to 181, unknown"),
            ("2024-08-20", adult(json!([["2023-01-01", VISA, "word", "2024-02-15"], ["2024-02", CROSSED]])), "173 to 187, unknown"),
        ],
    );
    let few = |history: &History, _: &[Answer]| said(&history.in_range(&m, Range { min: 0, max: 180 }));
    table(
        few,
        &[
            ("2024-08-20", adult(json!([["2024-01-01", VISA, "word"]])), "yes"),
            ("", adult(json!([["2024-02-24", CROSSED]])), "yes"),
            ("", adult(json!([["2024-02-23", CROSSED]])), "yes near"),
            ("", adult(json!([["2024-02-22", CROSSED]])), "yes near"),
            ("", adult(json!([["2024-02-21", CROSSED]])), "no near"),
            ("", adult(json!([["2024-02-20", CROSSED]])), "no"),
        ],
    );
    let protected = |history: &History, _: &[Answer]| {
        history.days_in_this_stay(&m).map_or("none".to_string(), |days| format!("{} to {}", days.min, days.max))
    };
    let period = |stays: Json, period: Json| with(adult(stays), "periods", json!([period]));
    let here = || json!([["2024-01-01", CROSSED]]);
    let again = |how: u8, way: u8| json!([["2023-01-01", VISA, "word", "2023-06-01", way], ["2024-01-01", how, "2024-01-01"]]);
    table(
        protected,
        &[
            ("2024-08-20", adult(here()), "232 to 232"),
            ("", period(here(), json!([PROTECTED, "2024-02-01", "2024-02-10"])), "222 to 222"),
            ("", period(here(), json!([OTHER, "2024-02-01", "2024-02-10"])), "232 to 232"),
            ("", period(here(), json!(["?", "2024-02-01", "2024-02-10"])), "222 to 232"),
            ("", period(here(), json!([PROTECTED, "2024-02-01"])), "31 to 31"),
            ("", period(here(), json!([PROTECTED, "2024-02-01", "?"])), "31 to 231"),
            ("", period(here(), json!([PROTECTED, "2024-02", "2024-03-10"])), "193 to 221"),
            ("", period(here(), json!([PROTECTED, "2024-02-10", "2024-02-01"])), "232 to 232"),
            ("", period(here(), json!([PROTECTED, "2024-01-01", "2024-02-10"])), "191 to 191"),
            // From before the entry: it may have been given for an earlier stay, and ends with an ordinary departure.
            ("", period(here(), json!([PROTECTED, "2023-12-31", "2024-02-10"])), "191 to 232"),
            ("", period(again(RESUMED, NO_DEPARTURE), json!([PROTECTED, "2023-02-01", "2024-02-10"])), "191 to 191"),
            ("", period(again(RESUMED, OWN), json!([PROTECTED, "2023-02-01", "2024-02-10"])), "191 to 231"),
            ("", period(again(VISA, NO_DEPARTURE), json!([PROTECTED, "2023-02-01", "2024-02-10"])), "191 to 231"),
        ],
    );
    // Where nothing protects, nothing rests on the periods.
    let bare = Measure { protected: 0, ..measure() };
    let unprotected = |history: &History, _: &[Answer]| format!("{:?}", history.days_in_this_stay(&bare));
    let days = format!("{:?}", Some(Range { min: 232, max: 232 }));
    table(unprotected, &[("2024-08-20", with(adult(here()), "periods", json!("?")), &days)]);
}

#[test]
fn a_bar_after_leaving() {
    let m = measure();
    let bar = |history: &History, _: &[Answer]| said(&history.bar_running(&m, ANY_COUNT, 3, 1 << OWN));
    // 181 days by June 30, 2020, 180 by June 29.
    let left = |left: &str, how: Json| with(adult(json!([["2020-01-01", CROSSED, null, left, how]])), "here", json!(false));
    table(
        bar,
        &[
            ("2023-06-30", left("2020-06-30", json!(OWN)), "yes near until 2023-06-30"),
            ("2023-07-01", left("2020-06-30", json!(OWN)), "no"),
            ("2023-06-29", left("2020-06-30", json!(OWN)), "yes near until 2023-06-30"),
            ("", left("2020-06-30", json!(null)), "yes near until 2023-06-30"),
            ("", left("2020-06-29", json!(OWN)), "no near"),
            ("", left("2020-09-30", json!(OWN)), "yes until 2023-09-30"),
            ("2023-09-30", left("2020-09-30", json!(OWN)), "yes near until 2023-09-30"),
            ("2023-06-29", left("2020-09-30", json!(NO_DEPARTURE)), "no"),
            ("", left("2020-09-30", json!(REMOVED)), "no"),
            ("", left("2020-09-30", json!("?")), "unknown"),
            ("", left("2020", json!(OWN)), "unknown"),
            ("2020-12-31", left("2020", json!(OWN)), "unknown"),
            ("2024-01-01", left("2020", json!(OWN)), "no"),
            ("2023-06-29", adult(json!([["2020-01-01", CROSSED]])), "no"),
            ("", json!({}), "unknown unasked"),
            ("", json!({ "stays": "?" }), "unknown"),
            ("", without(left("2020-09-30", json!(OWN)), "born"), "unknown unasked"),
            // Of two bars the later end.
            (
                "",
                adult(json!([
                    ["2020-01-01", CROSSED, null, "2020-09-30", OWN],
                    ["2021-01-01", CROSSED, null, "2021-09-30", OWN],
                    ["2022-01-01", VISA, "word"]
                ])),
                "yes until 2024-09-30",
            ),
        ],
    );
}

#[test]
fn a_return_after_too_many_days() {
    let m = measure();
    let back = |history: &History, _: &[Answer]| said(&history.returned_after(&m, Range { min: 366, max: i32::MAX }));
    // 366 days by January 1, 2011.
    let left = |left: &str, then: Json| adult(json!([["2010-01-01", CROSSED, null, left, OWN], then]));
    let stopped = |left: &str, contact: Json| {
        with(with(adult(json!([["2010-01-01", CROSSED, null, left, OWN]])), "contacts", json!([contact])), "here", json!(false))
    };
    table(
        back,
        &[
            ("2024-08-20", left("2011-01-02", json!(["2012-01-01", CROSSED])), "yes near"),
            ("", left("2011-01-01", json!(["2012-01-01", CROSSED])), "no near"),
            ("", left("2011-02-01", json!(["2012-01-01", CROSSED])), "yes"),
            ("", left("2010-12-01", json!(["2012-01-01", CROSSED])), "no"),
            ("", left("2011-02-01", json!(["2012-01-01", VISA])), "no"),
            ("", left("2011-02-01", json!(["2012-01-01", "?"])), "unknown"),
            ("", left("2011", json!(["2012-01-01", CROSSED])), "unknown"),
            ("", stopped("2011-02-01", json!(["2012-01-01", ATTEMPT])), "yes"),
            ("", stopped("2011-02-01", json!(["2012-01-01", OTHER])), "no"),
            ("", stopped("2011-02-01", json!(["2012-01-01", "?"])), "unknown"),
            ("", stopped("2011-02-01", json!(["2010-06-01", ATTEMPT])), "no"),
            ("", stopped("2010-12-01", json!(["2012-01-01", ATTEMPT])), "no"),
            ("", stopped("2011-02-01", json!(["2025-01-01", ATTEMPT])), "no"),
            // A stop at the border inside a stay that goes on: there was an end before it that nobody told of.
            ("", with(adult(json!([["2010-01-01", CROSSED]])), "contacts", json!([["2012-01-01", ATTEMPT]])), "unknown"),
            ("", with(adult(json!([["2010-01-01", CROSSED, null, "2011-02-01", OWN]])), "contacts", json!("?")), "unknown"),
            ("", without(adult(json!([["2010-01-01", CROSSED, null, "2011-02-01", OWN]])), "contacts"), "unknown unasked"),
            ("", without(adult(json!([["2010-01-01", CROSSED, null, "2010-05-01", OWN]])), "contacts"), "no unasked"),
            ("", adult(json!([["2010-01-01", CROSSED]])), "no"),
            ("", json!({}), "unknown unasked"),
            // The days of all stays before, and none twice.
            (
                "",
                adult(json!([
                    ["2010-01-01", CROSSED, null, "2010-07-01", OWN],
                    ["2011-01-01", CROSSED, null, "2011-07-05", OWN],
                    ["2012-01-01", CROSSED]
                ])),
                "yes near",
            ),
            ("", adult(json!([["1995-01-01", CROSSED, null, "1996-12-01", OWN], ["1997-01-01", CROSSED]])), "no"),
        ],
    );
    // Where no contact is an attempt, none of which nobody is sure can be one.
    let none = Measure { attempts: 0, ..measure() };
    let never = |history: &History, _: &[Answer]| said(&history.returned_after(&none, Range { min: 366, max: i32::MAX }));
    table(never, &[("2024-08-20", stopped("2011-02-01", json!(["2012-01-01", "?"])), "no")]);
}

#[test]
fn a_return_after_an_order() {
    let m = measure();
    let back = |history: &History, _: &[Answer]| said(&history.returned_after_order(&m));
    let came = |day: &str| json!([[day, CROSSED]]);
    let order = |stays: Json, order: Json| with(adult(stays), "orders", json!([order]));
    let contacts = |told: Json, contacts: Json| with(told, "contacts", contacts);
    let overstayed = |made: Json| with(order(came("2018-06-10"), made), "leaves", json!([["2018-01-01", "2018-06-01", "no"]]));
    table(
        back,
        &[
            ("2024-08-20", order(came("2018-05-02"), json!([OTHER, "2018-05-01"])), "yes"),
            ("", order(came("2018-05-01"), json!([OTHER, "2018-05-01"])), "unknown"),
            ("", order(came("2018-04-30"), json!([OTHER, "2018-05-01", "no"])), "no"),
            ("", order(came("2018"), json!([OTHER, "2018-05-01", "no"])), "unknown"),
            ("", order(json!([["2019-01-01", VISA]]), json!([OTHER, "2018-05-01"])), "no"),
            ("", order(json!([["2019-01-01", "?"]]), json!([OTHER, "2018-05-01"])), "unknown"),
            ("", order(came("1997-03-01"), json!([OTHER, "1996-05-01", "1996-06-01"])), "no"),
            // Carried out in the middle of a stay.
            ("", order(came("2018-01-01"), json!([OTHER, "2018-05-01", "2018-06-01"])), "unknown"),
            ("", order(came("2018-06-01"), json!([OTHER, "2018-05-01", "2018-06-01"])), "yes"),
            ("", order(json!([["2018-01-01", VISA, null, "2018-07-02"]]), json!([OTHER, "2018-05-01", "2018-06-01"])), "no"),
            ("", order(json!([["2018-01-01", VISA, null, "2018-07-03"]]), json!([OTHER, "2018-05-01", "2018-06-01"])), "unknown"),
            // Sent out at the end of a stay, or at the border.
            ("", adult(json!([["2010-01-01", VISA, null, "2011", REMOVED], ["2011", CROSSED]])), "yes"),
            ("", adult(json!([["2008-01-01", VISA, null, "2009-01-01", OWN], ["2010-01-01", CROSSED, null, "2011-01-01", REMOVED]])), "no"),
            ("", adult(json!([["2010-01-01", VISA, null, "2011-01-01", REMOVED], ["2012-01-01", CROSSED]])), "yes"),
            ("", adult(json!([["2010-01-01", VISA, null, "2011-01-01", OWN], ["2012-01-01", CROSSED]])), "no"),
            ("", adult(json!([["2010-01-01", CROSSED, null, "2011-01-01", REMOVED], ["2012-01-01", VISA]])), "no"),
            ("", contacts(adult(came("2012-01-01")), json!([["2011-01-01", EXPELLED]])), "yes"),
            ("", contacts(adult(came("2010-01-01")), json!([["2011-01-01", EXPELLED]])), "no"),
            ("", contacts(adult(came("2012-01-01")), json!([["2011-01-01", ATTEMPT]])), "no"),
            // An attempt after an order, but not the one that made it.
            ("", contacts(order(json!([]), json!([OTHER, "2018-05-01", "2018-05-01"])), json!([["2018-06-01", ATTEMPT]])), "yes"),
            ("", contacts(order(json!([]), json!([OTHER, "2018-05-01", "2018-05-01"])), json!([["2018-05-01", ATTEMPT]])), "no"),
            ("", contacts(order(json!([]), json!([OTHER, "2018-05-01", "2018-05-01"])), json!([["2018-04-01", ATTEMPT]])), "no"),
            ("", contacts(order(json!([]), json!([OTHER, "2018-05-01", "2018-05-01"])), json!([["2018-06-01", OTHER + 1]])), "no"),
            // A time to leave that went by is an order from the next day on.
            ("", with(adult(came("2018-06-02")), "leaves", json!([["2018-01-01", "2018-06-01", "no"]])), "unknown"),
            ("", with(adult(came("2018-06-03")), "leaves", json!([["2018-01-01", "2018-06-01", "no"]])), "yes"),
            ("", with(adult(came("2017-06-02")), "leaves", json!([["2018-01-01", "2018-06-01", "no"]])), "no"),
            // One that was told as an order too is not said twice.
            ("", overstayed(json!([JUDGE, "2018-06-20", "no"])), "no"),
            ("", overstayed(json!([JUDGE, "2018-07-02", "no"])), "no"),
            ("", overstayed(json!([JUDGE, "2018-07-03", "no"])), "yes"),
            ("", overstayed(json!([OTHER, "2018-06-20", "no"])), "yes"),
            // What was not told can hide a return, where somebody can have come back so.
            ("", without(adult(came("2018-01-01")), "orders"), "unknown unasked"),
            ("", with(adult(came("2018-01-01")), "orders", json!("?")), "unknown"),
            ("", without(adult(json!([["2018-01-01", VISA]])), "orders"), "no unasked"),
            ("", without(adult(json!([["2018-01-01", VISA]])), "stays"), "unknown unasked"),
            ("", without(adult(json!([["2018-01-01", VISA]])), "contacts"), "unknown unasked"),
            ("", without(adult(came("2018-01-01")), "leaves"), "unknown unasked"),
            ("", with(adult(came("2018-01-01")), "leaves", json!("?")), "unknown"),
            ("", adult(came("2018-01-01")), "no"),
        ],
    );
}

#[test]
fn a_departure_carries_an_order_out() {
    let ended = json!([["2012-03-01", VISA, null, "2014-05-01"], ["2015-03-01", VISA, null, "2016-05-01"]]);
    let on = |text: &str| Given::Date(Dated::new(approx(text)));
    let between = |from: &str, to: &str| Given::Date(Dated::new(Approx { from: day(from), to: day(to) }));
    for (stays, order, wanted) in [
        (&ended, json!([OTHER, "2016-01-01", "no"]), on("2016-05-01")),
        (&ended, json!([OTHER, "2016-05-01"]), on("2016-05-01")),
        // Whoever is not sure may mean the one departure or the other, or that of a stay before those that were told.
        (&ended, json!([OTHER, "2014-01-01", "?"]), between("2014-05-01", "2016-05-01")),
        (&ended, json!([OTHER, "2014-01-01", "no"]), on("2014-05-01")),
        (&ended, json!([OTHER, "2016-01-01", "?"]), on("2016-05-01")),
        (&ended, json!([OTHER, "2015-01-01", "?"]), between("2015-01-01", "2016-05-01")),
        (&ended, json!([OTHER, "2016-05-02", "no"]), Given::No),
        (&ended, json!([OTHER, "2016"]), Given::Unsure),
        (&ended, json!([OTHER, "?", "no"]), Given::Unsure),
        (&ended, json!([OTHER, "?", "2025-01-01"]), Given::Unsure),
        (&ended, json!([OTHER, "2016-01-01", "2016-02-01"]), on("2016-02-01")),
        (&ended, json!([OTHER, "2025-01-01"]), Given::Absent),
        (&json!([["2012-03-01", VISA]]), json!([OTHER, "2016-01-01"]), Given::Absent),
        (&json!([["2012-03-01", VISA, null, "?"]]), json!([OTHER, "2016-01-01"]), Given::Unsure),
        (&json!("?"), json!([OTHER, "2016-01-01"]), Given::Absent),
    ] {
        let mut told = answers(&json!({ "stays": stays, "orders": [order] }));
        carry_out_orders(&PLACES, &mut told, day("2024-08-20"));
        let Some(Answer::Value(Value::List(orders))) = told.get(5) else { panic!("{told:?}") };
        assert_eq!(orders[0][2], wanted, "{order} with {stays}");
    }
}

#[test]
fn a_bar_after_a_removal() {
    let m = measure();
    let order = |stays: Json, orders: Json| with(with(adult(stays), "here", json!(false)), "orders", orders);
    let one = |out: &str| order(json!([]), json!([[OTHER, "2018-05-01", out]]));
    let first = |history: &History, _: &[Answer]| said(&history.removal_bar_running(&m, 1 << OTHER, 5, 1));
    table(
        first,
        &[
            ("2023-04-30", one("2018-05-01"), "yes until 2023-05-01"),
            ("2023-05-01", one("2018-05-01"), "yes near until 2023-05-01"),
            ("2023-05-02", one("2018-05-01"), "no"),
            ("", one("no"), "no"),
            ("", one("?"), "unknown"),
            ("", one("2018"), "unknown"),
            ("", order(json!([["2020-01-01", VISA]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])), "unknown"),
            ("", order(json!([["2018-04-01", VISA, null, "2018-05-01"]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])), "no"),
            ("", order(json!([["2023-05-02", VISA]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])), "no"),
            ("", without(one("2018-05-01"), "stays"), "unknown unasked"),
            ("2022-05-02", one("2018-05-01"), "yes until 2023-05-01"),
            ("", order(json!([]), json!([[JUDGE, "2018-05-01", "2018-05-01"]])), "no"),
            ("", order(json!([]), json!([["?", "2018-05-01", "2018-05-01"]])), "unknown"),
            ("", without(one("2018-05-01"), "orders"), "unknown unasked"),
            ("", with(one("2018-05-01"), "orders", json!("?")), "unknown"),
            ("", order(json!([]), json!([[OTHER, "2018-05-01", "2018-05-01"], [JUDGE, "2019-05-01", "2019-05-01"]])), "no"),
            ("", order(json!([]), json!([[OTHER, "2018-05-01", "2018-05-01"], [OTHER, "2019-05-01", "?"]])), "yes until 2023-05-01"),
            // A removal that was told as the end of a stay has no kind of order.
            ("", order(json!([["2015-01-01", VISA, null, "2021-01-01", REMOVED]]), json!([])), "no"),
            // The years run from the last of them.
            (
                "",
                order(json!([]), json!([[OTHER, "2018-05-01", "2018-05-01"], [OTHER, "2019-05-01", "2019-05-01"]])),
                "yes until 2024-05-01",
            ),
        ],
    );
    // A time to leave that went by was carried out with the first departure after it.
    let judge = |history: &History, _: &[Answer]| said(&history.removal_bar_running(&m, 1 << JUDGE, 5, 1));
    let leave = |stays: Json| with(order(stays, json!([])), "leaves", json!([["2018-01-01", "2018-05-31"]]));
    table(
        judge,
        &[
            (
                "2022-05-02",
                leave(json!([
                    ["2012-01-01", VISA, "word", "2015-01-01"],
                    ["2016-01-01", VISA, "word", "2018-09-01"],
                    ["2019-01-01", VISA, "word", "2020-01-01"]
                ])),
                "yes until 2023-09-01",
            ),
            ("", leave(json!([["2016-01-01", VISA, "word", "2018-05-31"]])), "no"),
            ("", with(leave(json!([["2016-01-01", VISA, "word"]])), "here", json!(true)), "no"),
            ("", with(leave(json!([])), "leaves", json!("?")), "unknown"),
            ("", with(leave(json!([])), "leaves", json!([])), "no"),
            ("", without(without(leave(json!([])), "leaves"), "periods"), "unknown"),
            // An order of another kind lends it nothing.
            ("", with(leave(json!([])), "orders", json!([[OTHER, "2020-05-01", "2020-05-01"]])), "unknown"),
        ],
    );
    let out_twice = || order(json!([]), json!([[OTHER, "2018-05-01", "2018-05-01"], [OTHER, "2018-05-01", "2018-06-02"]]));
    let second = |history: &History, _: &[Answer]| said(&history.removal_bar_running(&m, 1 << OTHER, 5, 2));
    let out = |other: &str| json!([[OTHER, "2018-05-01", "2018-05-01"], [OTHER, "2018-05-01", other]]);
    table(
        first,
        &[
            ("2023-05-01", order(json!([]), out("2018-06-01")), "yes near until 2023-06-01"),
            // A month after the second, which is told of the first departure too.
            (
                "2023-05-10",
                order(
                    json!([]),
                    json!([[OTHER, "2018-05-01", "2018-05-01"], [OTHER, "2018-05-01", "2018-05-10"], [OTHER, "2018-05-01", "2018-06-10"]]),
                ),
                "yes near until 2023-06-10",
            ),
            ("2020-01-01", with(one("2018-05-01"), "contacts", json!("?")), "yes until 2023-05-01"),
            ("2024-01-01", with(one("2018-05-01"), "contacts", json!("?")), "no"),
        ],
    );
    table(
        second,
        &[
            ("2020-01-01", one("2018-05-01"), "no"),
            // Within a month it is one departure.
            ("", order(json!([]), out("2018-06-01")), "no"),
            ("", order(json!([]), out("2018-06-02")), "yes until 2023-06-02"),
            // Of days not told exactly nobody can say that they are one, or are not.
            ("", order(json!([]), out("2018")), "unknown"),
            ("", order(json!([]), out("2018-05")), "no"),
            ("", order(json!([]), out("?")), "unknown"),
            (
                "",
                order(json!([["2015-01-01", VISA, null, "2016-01-01", REMOVED]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])),
                "yes until 2023-05-01",
            ),
            ("", order(json!([["2015-01-01", VISA, null, "2016-01-01", OWN]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])), "no"),
            // Beside one that was told, another may lie in a list that nobody could give, or was not asked for.
            ("", with(one("2018-05-01"), "contacts", json!("?")), "unknown"),
            ("", without(one("2018-05-01"), "contacts"), "unknown unasked"),
            ("", with(one("2018-05-01"), "stays", json!("?")), "unknown"),
            ("", without(one("2018-05-01"), "stays"), "unknown unasked"),
            ("", with(order(json!([]), json!([])), "contacts", json!("?")), "no"),
            ("", with(out_twice(), "contacts", json!("?")), "yes until 2023-06-02"),
            ("", with(one("2018-05-01"), "contacts", json!([["2016-01-01", EXPELLED]])), "yes until 2023-05-01"),
            // What periods may hide is no second removal while nobody was asked about them.
            ("", without(without(one("2018-05-01"), "periods"), "leaves"), "no"),
            ("", without(with(one("2018-05-01"), "periods", json!("?")), "leaves"), "unknown"),
            (
                "",
                without(
                    with(
                        order(json!([["2015-01-01", VISA, "word", "2017-06-01"]]), json!([[OTHER, "2018-05-01", "2018-05-01"]])),
                        "leaves",
                        json!([["2016-01-01", "2016-03-01"]]),
                    ),
                    "periods",
                ),
                "yes until 2023-05-01",
            ),
            // An order of a kind that nobody is sure of may be that of the time to leave, or another.
            (
                "",
                with(
                    order(json!([["2016-01-01", VISA, null, "2019-01-01"]]), json!([["?", "2018-05-01", "2018-05-01"]])),
                    "leaves",
                    json!([["2018-01-01", "2018-05-31"]]),
                ),
                "unknown",
            ),
            ("", with(one("2018-05-01"), "contacts", json!([["2016-01-01", "?"]])), "unknown"),
            ("", with(one("2018-05-01"), "contacts", json!([["2016-01-01", ATTEMPT]])), "no"),
        ],
    );
}

#[test]
fn a_time_to_leave() {
    let m = measure();
    let told = |leave: Json| with(adult(json!([["2012-03-01", VISA, "word"]])), "leaves", json!([leave]));
    let left = |day: &str, leave: Json| {
        with(with(adult(json!([["2012-03-01", VISA, "word", day]])), "leaves", json!([leave])), "here", json!(false))
    };
    let running = |history: &History, _: &[Answer]| said(&history.time_to_leave(&m, Running, None));
    table(
        running,
        &[
            ("2024-05-09", told(json!(["2024-01-10", "2024-05-10", "no"])), "yes until 2024-05-10"),
            ("2024-05-10", told(json!(["2024-01-10", "2024-05-10", "no"])), "yes near until 2024-05-10"),
            ("2024-05-11", told(json!(["2024-01-10", "2024-05-10", "no"])), "no"),
            ("2024-05-09", told(json!(["2024-01-10", "2024-05", "no"])), "unknown"),
            ("2024-04-09", told(json!(["2024-01-10", "2024-05", "no"])), "yes until 2024-05-01"),
            ("", told(json!(["2024-01-10", null, "no"])), "unknown"),
            ("", told(json!(["2024-05-01", "2024-06-01", "no"])), "no"),
            ("", left("2024-02-01", json!(["2024-01-10", "2024-05-10"])), "no"),
            ("", left("2024-01-09", json!(["2024-01-10", "2024-05-10"])), "unknown"),
            ("", told(json!(["2024-01-10", "2024-05-10", "2024-02-01"])), "unknown"),
            ("", told(json!(["2024-01-10", "2024-05-10", "?"])), "unknown"),
            ("", without(told(json!([])), "leaves"), "unknown unasked"),
            ("", with(told(json!([])), "leaves", json!("?")), "unknown"),
            ("", with(told(json!([])), "leaves", json!([])), "no"),
            // Of two the earlier last day.
            (
                "",
                with(told(json!([])), "leaves", json!([["2024-01-10", "2024-05-10", "no"], ["2024-01-10", "2024-05-08", "no"]])),
                "yes until 2024-05-08",
            ),
        ],
    );
    let period = |kind: Json, to: Json| with(with(told(json!([])), "leaves", json!([])), "periods", json!([[kind, "2024-01-10", to]]));
    let ended = |way: Json| adult(json!([["2012-03-01", VISA, "word", "2016-01-01", way], ["2018-01-01", VISA, "word"]]));
    let twice = |leave: Json| {
        let stays = json!([["2012-03-01", VISA, "word", "2016-01-01"], ["2018-01-01", VISA, "word", "2024-05"]]);
        with(with(adult(stays), "leaves", json!([leave])), "here", json!(false))
    };
    let overstayed = |history: &History, _: &[Answer]| said(&history.time_to_leave(&m, Overstayed, Some(10)));
    table(
        overstayed,
        &[
            ("2024-05-11", told(json!(["2024-01-10", "2024-05-10", "no"])), "yes until 2034-05-10"),
            ("2024-05-10", told(json!(["2024-01-10", "2024-05-10", "no"])), "no"),
            ("2034-05-10", told(json!(["2024-01-10", "2024-05-10", "no"])), "yes near until 2034-05-10"),
            ("2034-05-11", told(json!(["2024-01-10", "2024-05-10", "no"])), "no"),
            ("2024-05-11", left("2024-05-10", json!(["2024-01-10", "2024-05-10"])), "no"),
            ("", left("2024-05-11", json!(["2024-01-10", "2024-05-10"])), "yes until 2034-05-10"),
            ("", left("2024-05", json!(["2024-01-10", "2024-05-10"])), "unknown"),
            ("", left("2024-05-10", json!(["2024-01-10", "2024-05-10", "2024-05-10"])), "no"),
            // Told twice, on days of one trip; and with the last day between them.
            ("", left("2024-05-08", json!(["2024-01-10", "2024-05-10", "2024-05-01"])), "no"),
            ("2024-08-20", left("2024-05-20", json!(["2024-01-10", "2024-05-10", "2024-05-01"])), "unknown"),
            ("", left("2024-05-20", json!(["2024-01-10", "2024-05-10", "2024-05-11"])), "yes until 2034-05-10"),
            // Told twice, before the time was given, and on the day.
            ("", left("2023-12-01", json!(["2024-01-10", "2024-05-10", "2023-12-01"])), "unknown"),
            ("", left("2024-01-10", json!(["2024-01-10", "2024-05-10", "2024-01-10"])), "no"),
            // Told twice, and not as one trip.
            ("", left("2024-02-10", json!(["2024-01-10", "2024-05-10", "2024-05-10"])), "unknown"),
            ("", period(json!(LEAVE), json!("2024-05-10")), "yes until 2034-05-10"),
            ("", period(json!(PROTECTED), json!("2024-05-10")), "no"),
            ("", period(json!("?"), json!("2024-05-10")), "unknown"),
            ("", period(json!(LEAVE), json!(null)), "unknown"),
            ("", without(period(json!(LEAVE), json!(null)), "periods"), "no"),
            // The same departure, told with it and as the end of a stay, is what both leave possible.
            ("2024-08-20", left("2024-05", json!(["2024-01-10", "2024-05-10", "2024-05-11"])), "yes until 2034-05-10"),
            ("", twice(json!(["2024-01-10", "2024-05-10", "2024-05-11"])), "yes until 2034-05-10"),
            // Nobody left who is here and told of a stay that goes on; without stays it has to be told with the leave.
            ("", told(json!(["2024-01-10", "2024-05-10"])), "yes until 2034-05-10"),
            ("", with(told(json!(["2024-01-10", "2024-05-10"])), "stays", json!("?")), "unknown"),
            ("", with(told(json!(["2024-01-10", "2024-05-10", "no"])), "stays", json!("?")), "yes until 2034-05-10"),
            ("", with(told(json!(["2024-01-10", "2024-05-10", "2024-05-11"])), "stays", json!("?")), "yes until 2034-05-10"),
            ("", without(with(told(json!(["2024-01-10", "2024-05-10", "no"])), "stays", json!("?")), "here"), "unknown"),
            ("", without(told(json!(["2024-01-10", "2024-05-10"])), "stays"), "unknown unasked"),
            // Periods of which nobody is sure can hide one.
            ("2024-08-20", with(told(json!(["2024-08-01", "2024-09-01", "no"])), "periods", json!("?")), "unknown"),
            ("", without(told(json!(["2024-08-01", "2024-09-01", "no"])), "periods"), "unknown unasked"),
            // So can stays, but not where it was told that there was none.
            ("", with(told(json!(["2024-08-01", "2024-09-01", "no"])), "stays", json!("?")), "unknown"),
            ("", without(told(json!(["2024-08-01", "2024-09-01", "no"])), "stays"), "unknown unasked"),
            ("", with(with(told(json!([])), "leaves", json!([])), "stays", json!("?")), "no"),
            // A stay that ended so is a time to leave too, where nothing else that was told can be it.
            ("2024-08-20", with(ended(json!(BY_LEAVE)), "leaves", json!([])), "unknown"),
            (
                "",
                with(with(adult(json!([["2012-03-01", VISA, "word", "?", BY_LEAVE]])), "here", json!(false)), "leaves", json!([])),
                "unknown",
            ),
            ("", with(ended(json!(OWN)), "leaves", json!([])), "no"),
            ("", with(with(ended(json!(BY_LEAVE)), "leaves", json!([])), "periods", json!([["?", "2015-11-01", "2016-01-15"]])), "unknown"),
            ("", with(ended(json!("?")), "leaves", json!([])), "no"),
            ("", with(ended(json!(BY_LEAVE)), "leaves", json!([["2015-11-01", "2016-01-15", "2016-01-01"]])), "no"),
            ("", with(ended(json!(BY_LEAVE)), "leaves", json!([["2024-08-01", "2024-09-01", "no"]])), "unknown"),
            ("", with(ended(json!("?")), "leaves", json!([["2024-08-01", "2024-09-01", "no"]])), "unknown"),
            ("", with(ended(json!(OWN)), "leaves", json!([["2024-08-01", "2024-09-01", "no"]])), "no"),
        ],
    );
    let late = |history: &History, _: &[Answer]| said(&history.time_to_leave(&m, LeftLate, None));
    table(
        late,
        &[
            ("2024-08-20", left("2024-05-10", json!(["2024-01-10", "2024-05-10"])), "no"),
            ("", left("2024-05-11", json!(["2024-01-10", "2024-05-10"])), "yes"),
            ("", told(json!(["2024-01-10", "2024-05-10", "no"])), "no"),
        ],
    );
    let answers = answers(&with(told(json!(["2024-01-10", "2024-05", "no"])), "periods", json!([[LEAVE, "2023-01-10", "2023-05-10"]])));
    let days = History::new(&PLACES, &answers, day("2024-08-20")).last_days_to_leave(&m);
    assert_eq!(days.iter().map(Date::to_string).collect::<Vec<_>>(), ["2024-05-01", "2024-05-31", "2023-05-10", "2023-05-10"]);
}

/// What cannot be, of what was told.
#[test]
fn stories_that_do_not_go_together() {
    let here = || adult(json!([["2012-03-01", VISA]]));
    let ended = || adult(json!([["2012-03-01", VISA, null, "2016-05-01"]]));
    table(
        |history, _| said(&history.away_against_stays()),
        &[
            ("2024-08-20", with(here(), "orders", json!([[OTHER, "2014-01-01", "2014-02-01"]])), "yes"),
            ("", with(here(), "orders", json!([[OTHER, "2014-01-01", "no"]])), "no"),
            ("", with(here(), "contacts", json!([["2014-01-01", ATTEMPT]])), "yes"),
            ("", with(here(), "contacts", json!([["2012-03-01", ATTEMPT]])), "no"),
            ("", with(here(), "contacts", json!([["2012-03-02", ATTEMPT]])), "yes"),
            ("", with(here(), "contacts", json!([["2012-03", ATTEMPT]])), "unknown"),
            ("", with(here(), "leaves", json!([["2014-01-01", "2014-03-01", "2014-02-01"]])), "yes"),
            ("", with(ended(), "contacts", json!([["2016-03-30", ATTEMPT]])), "yes"),
            ("", with(ended(), "contacts", json!([["2016-03-31", ATTEMPT]])), "no"),
            ("", with(adult(json!([["2012-03-01", VISA, null, "2016-05"]])), "contacts", json!([["2016-03-31", ATTEMPT]])), "unknown"),
            ("", without(here(), "stays"), "no unasked"),
            ("", with(here(), "orders", json!("?")), "unknown"),
            ("", with(here(), "contacts", json!("?")), "unknown"),
            ("", with(here(), "leaves", json!("?")), "unknown"),
            ("", with(adult(json!([])), "leaves", json!("?")), "no"),
            // Whoever was out already cannot have left, though come to the border; and a departure has one day.
            ("", with(ended(), "orders", json!([[OTHER, "2014-01-01", "2016-04-30"]])), "yes"),
            ("", with(ended(), "orders", json!([[OTHER, "2014-01-01", "2016-05-01"]])), "no"),
            ("", with(ended(), "orders", json!([[OTHER, "2014-01-01", "2016-05-02"]])), "yes"),
            ("", with(ended(), "orders", json!([[OTHER, "2014-01-01", "2016-05"]])), "unknown"),
            ("", with(ended(), "orders", json!([[OTHER, "2011-01-01", "2011-02-01"]])), "no"),
            ("", with(ended(), "leaves", json!([["2016-01-01", "2016-03-01", "2016-06-02"]])), "yes"),
            // Given and used on the day of coming in, though the stay went on; unless another stay ended that day.
            ("", with(ended(), "leaves", json!([["2012-03-01", "2012-06-01", "2012-03-01"]])), "yes"),
            ("", with(ended(), "leaves", json!([["2012-03-01", "2012-06-01", "2012-03"]])), "yes"),
            ("", with(ended(), "leaves", json!([["2012-02-29", "2012-06-01", "2012-02-29"]])), "no"),
            (
                "",
                with(
                    adult(json!([["2012-02-01", VISA, null, "2012-03-01"], ["2012-03-01", VISA, null, "2016-05-01"]])),
                    "leaves",
                    json!([["2012-03-01", "2012-06-01", "2012-03-01"]]),
                ),
                "no",
            ),
            ("", with(ended(), "contacts", json!([["2018-01-01", ATTEMPT]])), "no"),
            (
                "",
                with(
                    adult(json!([["2012-03-01", VISA, null, "2016-05-01"], ["2018-01-01", VISA]])),
                    "orders",
                    json!([[OTHER, "2014-01-01", "2017-01-01"]]),
                ),
                "yes",
            ),
        ],
    );
    table(
        |history, answers| said(&history.left_anyway(answers)),
        &[
            ("2024-08-20", with(ended(), "orders", json!([[OTHER, "2016-01-01", "no"]])), "yes"),
            ("", with(ended(), "orders", json!([[OTHER, "2016-01-01", "2016-05-01"]])), "no"),
            ("", with(ended(), "orders", json!([[OTHER, "2016-05-02", "no"]])), "no"),
            ("", with(ended(), "orders", json!([[OTHER, "2016-05-01", "no"]])), "yes"),
            ("", with(ended(), "leaves", json!([["2016-01-01", "2016-04-01", "no"]])), "yes"),
            ("", with(here(), "leaves", json!([["2016-01-01", "2016-04-01", "no"]])), "no"),
        ],
    );
    table(
        |history, _| said(&history.told_before_stays()),
        &[
            ("2024-08-20", with(here(), "periods", json!([[PROTECTED, "2012-02-29", "2020-01-01"]])), "yes"),
            ("", with(here(), "periods", json!([[PROTECTED, "2012-03-01", "2020-01-01"]])), "no"),
            ("", with(here(), "periods", json!([[PROTECTED, "2012", "2020-01-01"]])), "unknown"),
            ("", with(here(), "leaves", json!([["2012-02-29", "2020-01-01"]])), "yes"),
            ("", with(adult(json!([])), "leaves", json!([["2012-02-29", "2020-01-01"]])), "no"),
            ("", with(here(), "leaves", json!("?")), "unknown"),
            ("", with(here(), "periods", json!("?")), "unknown"),
            ("", with(adult(json!([])), "periods", json!("?")), "no"),
        ],
    );
    table(
        |history, answers| said(&history.out_of_order(&PLACES, answers)),
        &[
            ("2024-08-20", ended(), "no"),
            ("", adult(json!([["2016-05-01", VISA, null, "2012-03-01"]])), "yes"),
            ("", adult(json!([["2016-05-01", VISA, null, "2016-05-01"]])), "no"),
            ("", adult(json!([["2012-03-01", VISA, null, "2016-05-01"], ["2016-04-30", VISA]])), "yes"),
            ("", adult(json!([["2012-03-01", VISA, null, "2016-05"], ["2016-05-01", VISA]])), "no"),
            ("", json!({}), "no"),
        ],
    );
}
