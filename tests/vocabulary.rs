//! Each word of the vocabulary against a table: when it is yes, when no, when unknown.
#![cfg(feature = "author")]

use relief_screener::author;
use relief_screener::condition::{Condition, FieldTest, Moment, Relation};
use relief_screener::date::{Date, Span};
use relief_screener::evaluate::Effective;
use relief_screener::fact::Country;
use relief_screener::pack::Pack;
use relief_screener::stay::{Range, TimeToLeave, Trips};
use relief_screener::truth::Truth::{self, No, Unknown, Yes};
use serde_json::{Value as Json, json};
use std::path::Path;

struct Table {
    pack: Pack,
}

impl Table {
    fn new() -> Table {
        let mut problems = author::Problems::default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
        Table { pack: author::load(&folder, &mut problems).expect("rules that load").pack }
    }

    fn fact(&self, id: &str) -> u16 {
        u16::try_from(self.pack.facts.iter().position(|fact| fact.id == id).expect("the fact")).expect("small")
    }

    fn option(&self, fact: &str, option: &str) -> u32 {
        1 << self.pack.facts[usize::from(self.fact(fact))].options.iter().position(|o| o == option).expect("the option")
    }

    fn field(&self, list: &str, field: &str) -> (u16, Vec<String>) {
        let fact = &self.pack.facts[usize::from(self.fact(list))];
        let place = fact.fields.iter().position(|f| f.id == field).expect("the field");
        (u16::try_from(place).expect("small"), fact.fields[place].options.clone())
    }

    /// The field of a list is one of these options.
    fn field_is(&self, list: &str, field: &str, options: &[&str]) -> Condition {
        let (place, known) = self.field(list, field);
        let mask = options.iter().fold(0, |mask, o| mask | 1 << known.iter().position(|k| k == o).expect("the option"));
        Condition::Field { field: place, test: FieldTest::Options(mask) }
    }

    fn measure(&self, id: &str) -> u16 {
        u16::try_from(self.pack.measures.iter().position(|m| m[0].id == id).expect("the measure")).expect("small")
    }

    fn rows(&self, condition: &Condition, rows: &[(Json, Truth)]) {
        self.rows_on("2024-08-20", condition, rows);
    }

    fn rows_on(&self, as_of: &str, condition: &Condition, rows: &[(Json, Truth)]) {
        for (answers, wanted) in rows {
            let as_of = Date::parse(as_of).expect("a day");
            let read = author::read_answers(&self.pack, answers).expect("answers");
            let found = Effective::new(&self.pack, &read, as_of).context(&self.pack, as_of).eval(condition);
            assert_eq!(found, *wanted, "{condition:?} with {answers}");
        }
    }

    /// Contradictions are judged by what was given, before one answer tells another.
    fn as_given(&self, condition: &Condition, rows: &[(Json, Truth)]) {
        for (answers, wanted) in rows {
            let as_of = Date::parse("2024-08-20").expect("a day");
            let read = author::read_answers(&self.pack, answers).expect("answers");
            let found = Effective::as_given(&self.pack, &read, as_of).context(&self.pack, as_of).eval(condition);
            assert_eq!(found, *wanted, "{condition:?} with {answers}");
        }
    }
}

fn unsure() -> Json {
    json!({ "unsure": true })
}

#[test]
fn answers() {
    let t = Table::new();
    let citizen = Condition::Has { fact: t.fact("spouse.status"), options: t.option("spouse.status", "citizen") };
    let spouse = |status: Json| json!({ "spouse.status": status });
    t.rows(&citizen, &[(spouse(json!("citizen")), Yes), (spouse(json!("none")), No), (spouse(unsure()), Unknown), (json!({}), Unknown)]);
    let crimes = Condition::Has { fact: t.fact("crimes"), options: t.option("crimes", "drug") | t.option("crimes", "felony") };
    t.rows(
        &crimes,
        &[(json!({ "crimes": ["dui", "drug"] }), Yes), (json!({ "crimes": ["dui"] }), No), (json!({ "crimes": unsure() }), Unknown)],
    );
    let haiti =
        |other| Condition::In { fact: t.fact("person.countries"), other, countries: vec![Country::parse("HT").expect("a country")] };
    let from = |countries: &[&str]| json!({ "person.countries": countries });
    t.rows(&haiti(false), &[(from(&["MX", "HT"]), Yes), (from(&["MX"]), No), (json!({ "person.countries": unsure() }), Unknown)]);
    t.rows(&haiti(true), &[(from(&["MX", "HT"]), Yes), (from(&["HT"]), No), (json!({ "person.countries": unsure() }), Unknown)]);
    // Implied by the one private question; a detail that was given counts over it.
    let fraud = Condition::Has { fact: t.fact("fraud"), options: 2 };
    t.rows(
        &fraud,
        &[
            (json!({ "private-list": "none" }), No),
            (json!({ "private-list": "any" }), Unknown),
            (json!({ "private-list": "none", "fraud": true }), Yes),
        ],
    );
}

#[test]
fn logic() {
    let t = Table::new();
    let (yes, no) = (Condition::Always, Condition::Not(Box::new(Condition::Always)));
    let open = Condition::Has { fact: t.fact("person.in-us"), options: 2 };
    let table = [
        (Condition::All(vec![yes.clone(), open.clone()]), Unknown),
        (Condition::All(vec![no.clone(), open.clone()]), No),
        (Condition::Any(vec![yes.clone(), open.clone()]), Yes),
        (Condition::Any(vec![no.clone(), open.clone()]), Unknown),
        (Condition::Not(Box::new(open)), Unknown),
        (yes, Yes),
        (no, No),
    ];
    table.iter().for_each(|(condition, wanted)| t.rows(condition, &[(json!({}), *wanted)]));
}

#[test]
fn dates() {
    let t = Table::new();
    let line = Date::parse("2024-06-17").expect("a day");
    let married = |date: Json| json!({ "spouse.status": "citizen", "marriage.date": date });
    let rows = |rel, [before, on, after]: [Truth; 3]| {
        let condition = Condition::When { date: Moment::Fact(t.fact("marriage.date"), Span::ZERO), rel, point: Moment::Date(line) };
        t.rows(
            &condition,
            &[
                (married(json!("2024-06-16")), before),
                (married(json!("2024-06-17")), on),
                (married(json!("2024-06-18")), after),
                (married(json!("2024-06")), Unknown),
                (married(json!("2025-01-01")), No),
                (json!({ "spouse.status": "none", "marriage.date": "2024-06-16" }), No),
            ],
        );
    };
    rows(Relation::Before, [Yes, No, No]);
    rows(Relation::OnOrBefore, [Yes, Yes, No]);
    rows(Relation::OnOrAfter, [No, Yes, Yes]);
    rows(Relation::After, [No, No, Yes]);
    let born = |date: &str| json!({ "person.birth-date": date });
    let birth = t.fact("person.birth-date");
    let span = |rel, plus| Condition::When { date: Moment::Fact(birth, plus), rel, point: Moment::AsOf };
    let seventeen = Span::years(17);
    // At least, less than, at most.
    t.rows(&span(Relation::OnOrBefore, seventeen), &[(born("2007-08-20"), Yes), (born("2007-08-21"), No), (born("2007"), Unknown)]);
    t.rows(&span(Relation::After, seventeen), &[(born("2007-08-20"), No), (born("2007-08-21"), Yes)]);
    t.rows(&span(Relation::OnOrAfter, seventeen), &[(born("2007-08-19"), No), (born("2007-08-20"), Yes), (born("2007"), Unknown)]);
    let less_90_days = Span { days: -90, ..seventeen };
    t.rows(&span(Relation::OnOrBefore, less_90_days), &[(born("2007-11-18"), Yes), (born("2007-11-19"), No)]);
    // A field of an entry, against another fact and a span: came in before the 16th birthday.
    let (entered, _) = t.field("stays", "entered");
    let test =
        Condition::When { date: Moment::Field(entered, Span::ZERO), rel: Relation::Before, point: Moment::Fact(birth, Span::years(16)) };
    let young = Condition::Count { list: t.fact("stays"), entry: Box::new(test), at_least: 1 };
    let came = |entered: &str| json!({ "person.birth-date": "1990-05-10", "stays": [{ "entered": entered, "how": "without-inspection" }] });
    t.rows(&young, &[(came("2006-05-09"), Yes), (came("2006-05-10"), No), (came("2006"), Unknown)]);
}

#[test]
fn lists() {
    let t = Table::new();
    let judge = t.field_is("orders", "kind", &["judge", "in-absentia"]);
    let count = |at_least| Condition::Count { list: t.fact("orders"), entry: Box::new(judge.clone()), at_least };
    let orders = |entries: Json| json!({ "orders": entries });
    let two = json!([{ "kind": "judge", "date": "2009" }, { "kind": "in-absentia", "date": "2010" }]);
    t.rows(
        &count(1),
        &[
            (orders(json!([])), No),
            (orders(two.clone()), Yes),
            (orders(json!([{ "kind": unsure() }])), Unknown),
            (orders(unsure()), Unknown),
        ],
    );
    t.rows(
        &count(2),
        &[(orders(two), Yes), (orders(json!([{ "kind": "judge" }])), No), (orders(json!([{ "kind": "judge", "date": "2030" }])), No)],
    );
    let (carried_out, _) = t.field("orders", "carried-out");
    let given = Condition::Field { field: carried_out, test: FieldTest::Given };
    let out = Condition::Count { list: t.fact("orders"), entry: Box::new(given), at_least: 1 };
    t.rows(&out, &[(orders(json!([{ "carried-out": "2010" }])), Yes), (orders(json!([{ "carried-out": false }])), No)]);
    let visa = Condition::ThisStay(Box::new(t.field_is("stays", "how", &["visa"])));
    let stays = |entries: Json| json!({ "stays": entries });
    t.rows(
        &visa,
        &[
            (stays(json!([{ "entered": "2012", "how": "visa" }])), Yes),
            (stays(json!([{ "entered": "2012", "how": "without-inspection" }])), No),
            // A stay that ended says nothing of where the person is now.
            (stays(json!([{ "entered": "2012", "how": "visa", "left": "2013" }])), Unknown),
            (json!({ "person.in-us": unsure(), "stays": [{ "entered": "2012", "how": "visa", "left": "2013" }] }), Unknown),
            (json!({ "person.in-us": false, "stays": [{ "entered": "2012", "how": "visa", "left": "2013" }] }), No),
            (stays(json!([{ "entered": "2012", "how": unsure() }])), Unknown),
            (json!({ "person.in-us": true, "stays": [{ "entered": "2012", "how": "visa", "left": "2013" }] }), Unknown),
        ],
    );
    let order = Condition::StaysOutOfOrder;
    t.rows(
        &order,
        &[(stays(json!([{ "entered": "2014", "left": "2012" }])), Yes), (stays(json!([{ "entered": "2012", "left": "2014" }])), No)],
    );
}

/// What cannot be, of stays and of what was told beside them.
#[test]
fn stories() {
    let t = Table::new();
    let open = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let ended = json!([{ "entered": "2012-03-01", "how": "visa", "left": "2016-05-01" }]);
    let order = |date: &str, out: Json| json!([{ "kind": "judge", "date": date, "carried-out": out }]);
    let told = |stays: &Json, orders: Json| json!({ "stays": stays, "orders": orders, "voluntary-departure": [], "border-contacts": [] });
    t.as_given(
        &Condition::AwayWithinStay,
        &[
            (told(&open, order("2014-01-01", json!("2014-02-01"))), Yes),
            (told(&open, order("2010-01-01", json!("2010-02-01"))), No),
            (told(&open, order("2014-01-01", json!(false))), No),
            (told(&open, order("2011-01-01", json!("2012"))), Unknown),
            (told(&ended, order("2016-01-01", json!("2016-05-01"))), No),
            (told(&open, json!([])), No),
        ],
    );
    t.as_given(
        &Condition::LeftAnyway,
        &[
            (told(&ended, order("2016-01-01", json!(false))), Yes),
            (told(&ended, order("2016-01-01", json!("2016-05-01"))), No),
            (told(&ended, order("2017-01-01", json!(false))), No),
            (told(&ended, order("2016", json!(false))), Unknown),
            (told(&open, order("2016-01-01", json!(false))), No),
        ],
    );
    let period = |from: &str| json!({ "stays": open, "protected-periods": [{ "kind": "daca", "from": from, "to": "2020-01-01" }] });
    t.as_given(
        &Condition::ToldBeforeStays,
        &[(period("2012-02-29"), Yes), (period("2012-03-01"), No), (period("2012"), Unknown), (json!({ "stays": [] }), No)],
    );
}

#[test]
fn measures() {
    let t = Table::new();
    let adult = |stays: Json| json!({ "person.birth-date": "1980-01-01", "protected-periods": [], "border-contacts": [], "orders": [], "stays": stays });
    let since = Condition::PresentSince { by: Moment::Date(Date::parse("2014-06-17").expect("a day")), span: Span::ZERO, trips: None };
    let ewi = |entered: &str| json!({ "entered": entered, "how": "without-inspection" });
    let stay =
        |entered: &str, left: &str| json!({ "entered": entered, "how": "without-inspection", "left": left, "left-how": "own-choice" });
    t.rows(
        &since,
        &[
            (adult(json!([ewi("2014-06-17")])), Yes),
            (adult(json!([ewi("2014-06-18")])), No),
            (adult(json!([stay("2010-01-01", "2015-01-01"), ewi("2015-02-01")])), Unknown),
        ],
    );
    // Ten years by 2024-08-20, with trips of up to 90 days, 180 in all.
    let ways = 1;
    let ten = Condition::PresentSince { by: Moment::AsOf, span: Span::years(10), trips: Some(Trips { longest: 90, all: 180, how: ways }) };
    let trip = |left: &str, back: &str| adult(json!([stay("2010-01-01", left), ewi(back)]));
    t.rows(
        &ten,
        &[
            (adult(json!([ewi("2014-08-20")])), Yes),
            (adult(json!([ewi("2014-08-21")])), No),
            (adult(json!([ewi("2014")])), Unknown),
            (trip("2016-01-01", "2016-03-31"), Yes),
            (trip("2016-01-01", "2016-04-01"), No),
            (trip("2016-01-01", "2016"), Unknown),
            (
                adult(json!([
                    stay("2010-01-01", "2016-01-01"),
                    stay("2016-03-31", "2018-01-01"),
                    stay("2018-03-31", "2020-01-01"),
                    ewi("2020-01-02")
                ])),
                Yes,
            ),
            (
                adult(json!([
                    stay("2010-01-01", "2016-01-01"),
                    stay("2016-03-31", "2018-01-01"),
                    stay("2018-03-31", "2020-01-01"),
                    ewi("2020-01-05")
                ])),
                No,
            ),
            (
                adult(json!([
                    { "entered": "2010-01-01", "how": "without-inspection", "left": "2016-01-01", "left-how": "voluntary-return" },
                    ewi("2016-01-05")
                ])),
                Unknown,
            ),
        ],
    );
    let over = |days: i32| Range { min: days + 1, max: i32::MAX };
    let days = Condition::DaysInThisStay { measure: t.measure("bar"), range: over(180) };
    t.rows(
        &days,
        &[(adult(json!([ewi("2024-02-21")])), Yes), (adult(json!([ewi("2024-02-22")])), No), (adult(json!([ewi("2024")])), Unknown)],
    );
    let bar = Condition::BarRunning { measure: t.measure("bar"), range: over(364), years: 10, how: u32::MAX };
    t.rows_on("2022-03-01", &bar, &[(adult(json!([stay("2010-01-01", "2012-03-01")])), Yes)]);
    t.rows_on(
        "2022-03-02",
        &bar,
        &[(adult(json!([stay("2010-01-01", "2012-03-01")])), No), (adult(json!([stay("2010-01-01", "2012")])), Unknown)],
    );
    let returned = Condition::ReturnedAfter { measure: t.measure("lifetime"), range: over(365) };
    t.rows(
        &returned,
        &[
            (adult(json!([stay("2010-01-01", "2011-01-02"), ewi("2012-01-01")])), Yes),
            (adult(json!([stay("2010-01-01", "2011-01-01"), ewi("2012-01-01")])), No),
            (adult(json!([stay("2010-01-01", "2011-01-02")])), No),
        ],
    );
    let after_order = Condition::ReturnedAfterOrder { measure: t.measure("lifetime") };
    let ordered = |entered: &str| {
        json!({ "border-contacts": [], "voluntary-departure": [], "protected-periods": [],
            "orders": [{ "kind": "expedited", "date": "2018-05-01" }], "stays": [ewi(entered)] })
    };
    t.rows(&after_order, &[(ordered("2018-05-20"), Yes), (ordered("2014-05-20"), No), (ordered("2018"), Unknown)]);
    let kinds = 1;
    let removal = Condition::RemovalBarRunning { measure: t.measure("lifetime"), kinds, years: 5, at_least: 1 };
    let removed =
        |stays: Json| json!({ "orders": [{ "kind": "expedited", "date": "2018-05-01", "carried-out": "2018-05-01" }], "stays": stays });
    t.rows_on("2023-05-01", &removal, &[(removed(json!([])), Yes)]);
    t.rows_on("2023-05-02", &removal, &[(removed(json!([])), No), (removed(json!([ewi("2020-01-01")])), Unknown)]);
}

/// The last day of a span that still runs; of an inexact date the earliest, so that nobody waits too long.
#[test]
fn last_days() {
    let t = Table::new();
    let last_day = |condition: &Condition, answers: Json| {
        let as_of = Date::parse("2024-08-20").expect("a day");
        let read = author::read_answers(&t.pack, &answers).expect("answers");
        let effective = Effective::new(&t.pack, &read, as_of);
        effective.context(&t.pack, as_of).last_day(condition).map(|day| day.to_string())
    };
    let (entered, _) = t.field("stays", "entered");
    let year = |date| Condition::When { date, rel: Relation::OnOrAfter, point: Moment::AsOf };
    let arrival = Condition::ThisStay(Box::new(year(Moment::Field(entered, Span::years(1)))));
    let came = |entered: Json| json!({ "stays": [{ "entered": entered, "how": "visa", "allowed-until": "2024-12-01" }] });
    assert_eq!(last_day(&arrival, came(json!("2024-02-29"))).as_deref(), Some("2025-03-01"));
    assert_eq!(last_day(&arrival, came(json!("2024-03"))).as_deref(), Some("2025-03-01"));
    assert_eq!(last_day(&arrival, json!({ "stays": [] })), None);
    let birth = Moment::Fact(t.fact("person.birth-date"), Span::years(21));
    let young = Condition::When { date: birth, rel: Relation::After, point: Moment::AsOf };
    assert_eq!(last_day(&young, json!({ "person.birth-date": "2004-01-10" })).as_deref(), Some("2025-01-09"));
}

#[test]
fn time_to_leave() {
    let t = Table::new();
    let word = |state, years| Condition::TimeToLeave { measure: t.measure("lifetime"), state, years };
    let here = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let told = |leave: Json| json!({ "person.in-us": true, "stays": here, "voluntary-departure": leave });
    let grant = |until: &str| json!([{ "granted": "2024-01-10", "until": until, "left": false }]);
    let period = json!({ "person.in-us": true, "stays": here, "voluntary-departure": [],
        "protected-periods": [{ "kind": "voluntary-departure", "from": "2024-01-10", "to": "2024-05-10" }] });
    let left = |day: &str| {
        json!({ "person.in-us": false, "voluntary-departure": [{ "granted": "2024-01-10", "until": "2024-05-10" }],
        "stays": [{ "entered": "2012-03-01", "how": "visa", "left": day }] })
    };
    let running = word(TimeToLeave::Running, None);
    t.rows_on(
        "2024-05-10",
        &running,
        &[(told(grant("2024-05-10")), Yes), (told(grant("2024-05-09")), No), (told(grant("2024-05")), Unknown)],
    );
    t.rows_on(
        "2024-05-11",
        &running,
        &[(told(grant("2024-05")), Unknown), (period.clone(), No), (told(json!([])), No), (told(unsure()), Unknown)],
    );
    let overstayed = word(TimeToLeave::Overstayed, None);
    t.rows_on(
        "2024-05-11",
        &overstayed,
        &[
            (told(grant("2024-05-10")), Yes),
            (period.clone(), Yes),
            (left("2024-05-10"), No),
            (left("2024-05-11"), Yes),
            (left("2024-05"), Unknown),
        ],
    );
    t.rows_on("2024-05-10", &overstayed, &[(period, No)]);
    let late = word(TimeToLeave::LeftLate, None);
    t.rows(&late, &[(left("2024-05-10"), No), (left("2024-05-11"), Yes), (told(grant("2024-05-10")), No), (json!({}), Unknown)]);
    let ten = word(TimeToLeave::Overstayed, Some(10));
    t.rows_on("2034-05-10", &ten, &[(told(grant("2024-05-10")), Yes)]);
    t.rows_on("2034-05-11", &ten, &[(told(grant("2024-05-10")), No)]);
}
