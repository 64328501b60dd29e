//! Each word of the vocabulary as an author writes it, against a table: when it is yes, when no, when unknown. A test bears
//! the name of its word, and a word without a test fails.
#![cfg(feature = "author")]

use relief_screener::author;
use relief_screener::condition::Condition;
use relief_screener::date::Date;
use relief_screener::evaluate::{CardFlags, Context, Effective};
use relief_screener::pack::{DoorState, Pack};
use relief_screener::truth::Truth::{self, No, Unknown, Yes};
use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A condition, and the rules in which it is read.
struct Word {
    toml: String,
    pack: Pack,
}

/// The day on which a row is looked at that names none.
const DAY: &str = "2024-08-20";

/// Reads a condition in the test of a caution, where every word may stand.
fn word(toml: &str) -> Word {
    word_beside("", toml)
}

/// The same, with more conditions in `conditions.toml` for it to name.
fn word_beside(conditions: &str, toml: &str) -> Word {
    const FILE: &str = "cautions/under-test.toml";
    let rules = copied();
    let file = rules.join("conditions.toml");
    let known = fs::read_to_string(&file).expect("conditions");
    fs::write(&file, format!("{known}\n{conditions}")).expect("written");
    let clause = "[[when]]\nid = \"holds\"\ntier = \"know\"\ntells = []\ncite = [\"usc-8-1255\"]\ntest = ";
    fs::write(rules.join(FILE), format!("id = \"under-test\"\ntouches = [\"all\"]\n{clause}{toml}\n")).expect("written");
    let mut problems = author::Problems::default();
    let loaded = author::load(&rules, &mut problems).unwrap_or_else(|| panic!("{toml}: {problems:?}"));
    fs::remove_dir_all(rules).expect("removed");
    assert!(problems.0.is_empty(), "{toml} is refused: {problems:?}");
    Word { toml: toml.to_string(), pack: loaded.pack }
}

/// A copy of the rules, without cases and texts, for one test alone.
fn copied() -> PathBuf {
    static COPIES: AtomicUsize = AtomicUsize::new(0);
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("vocabulary-{}", COPIES.fetch_add(1, Ordering::Relaxed)));
    let _ = fs::remove_dir_all(&copy);
    for sub in ["", "grounds", "routes", "cautions"] {
        fs::create_dir_all(copy.join(sub)).expect("a folder");
        let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us").join(sub)).expect("rules").flatten();
        for file in files.filter(|file| file.path().is_file()) {
            fs::copy(file.path(), copy.join(sub).join(file.file_name())).expect("a copy");
        }
    }
    fs::create_dir_all(copy.join("cases")).expect("a folder");
    let table = "cases/grounds.toml";
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us").join(table), copy.join(table)).expect("a copy");
    copy
}

impl Word {
    fn test(&self) -> &Condition {
        let rule = self.pack.cautions.iter().find(|rule| rule.id == "under-test").expect("the caution");
        &rule.clauses.first().expect("its clause").test
    }

    /// Looks at the word on a day, with the answers as they count, or as they were given.
    fn look<T>(&self, day: &str, answers: &Json, given: bool, look: impl for<'a> FnOnce(&mut Context<'a>, &'a Condition) -> T) -> T {
        let as_of = Date::parse(day).expect("a day");
        let read = author::read_answers(&self.pack, answers).unwrap_or_else(|error| panic!("{answers}: {}", error.message));
        let read = if given { Effective::as_given(&self.pack, &read, as_of) } else { Effective::new(&self.pack, &read, as_of) };
        look(&mut read.context(&self.pack, as_of), self.test())
    }

    fn check(&self, day: &str, answers: &Json, wanted: Truth, found: Truth) {
        assert_eq!(found, wanted, "\n{}\non {day} with {answers}", self.toml);
    }

    fn is(&self, rows: &[(Json, Truth)]) {
        self.is_on(DAY, rows);
    }

    fn is_on(&self, day: &str, rows: &[(Json, Truth)]) {
        for (answers, wanted) in rows {
            self.check(day, answers, *wanted, self.look(day, answers, false, |context, test| context.eval(test)));
        }
    }

    /// Contradictions are judged by what was given, before one answer tells another.
    fn is_as_given(&self, rows: &[(Json, Truth)]) {
        for (answers, wanted) in rows {
            self.check(DAY, answers, *wanted, self.look(DAY, answers, true, |context, test| context.eval(test)));
        }
    }

    /// With no answer, on a card and without one.
    fn is_of_card(&self, rows: &[(Option<CardFlags>, Truth)]) {
        for (card, wanted) in rows {
            let look = |context: &mut Context, test: &Condition| {
                context.card = *card;
                context.eval(test)
            };
            self.check(DAY, &json!({}), *wanted, self.look(DAY, &json!({}), false, look));
        }
    }

    /// The last day of the span that it finds still running.
    fn last_day(&self, answers: Json) -> Option<String> {
        self.look(DAY, &answers, false, |context, test| context.last_day(test)).map(|day| day.to_string())
    }
}

fn unsure() -> Json {
    json!({ "unsure": true })
}

/// Every word has a test of its name, and a line in what authors read.
#[test]
fn every_word_is_here() {
    let tests = include_str!("vocabulary.rs");
    let lines = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md")).expect("rules/README.md");
    let words: Vec<&str> = author::vocabulary().collect();
    assert!(words.contains(&"fact") && words.contains(&"more-than"), "{words:?}");
    for word in words {
        let test = format!("#[test]\nfn {}()", word.replace('-', "_"));
        assert!(tests.contains(&test), "`{word}` has no test");
        assert!(lines.contains(word), "`{word}` is not in rules/README.md");
    }
}

// Joins and names.

/// Known, and not asked.
const YES: &str = "{ always = true }";
const NO: &str = "{ not = { always = true } }";
const NOT_ASKED: &str = r#"{ fact = "person.in-us", is = true }"#;

#[test]
fn all() {
    word(&format!("{{ all = [{YES}, {YES}] }}")).is(&[(json!({}), Yes)]);
    word(&format!("{{ all = [{YES}, {NOT_ASKED}] }}")).is(&[(json!({}), Unknown)]);
    word(&format!("{{ all = [{NO}, {NOT_ASKED}] }}")).is(&[(json!({}), No)]);
}

#[test]
fn any() {
    word(&format!("{{ any = [{NO}, {NO}] }}")).is(&[(json!({}), No)]);
    word(&format!("{{ any = [{YES}, {NOT_ASKED}] }}")).is(&[(json!({}), Yes)]);
    word(&format!("{{ any = [{NO}, {NOT_ASKED}] }}")).is(&[(json!({}), Unknown)]);
}

#[test]
fn not() {
    word(NO).is(&[(json!({}), No)]);
    word(&format!("{{ not = {NO} }}")).is(&[(json!({}), Yes)]);
    word(&format!("{{ not = {NOT_ASKED} }}")).is(&[(json!({}), Unknown)]);
}

#[test]
fn doubtful() {
    word(&format!("{{ doubtful = {YES} }}")).is(&[(json!({}), Unknown)]);
    word(&format!("{{ doubtful = {NO} }}")).is(&[(json!({}), No)]);
    word(&format!("{{ doubtful = {NOT_ASKED} }}")).is(&[(json!({}), Unknown)]);
    word(&format!("{{ not = {{ doubtful = {YES} }} }}")).is(&[(json!({}), Unknown)]);
    // A doubt is no question to come: it is there also where every question is taken to come out against it.
    let certain = |toml: &str| {
        let word = word(toml);
        word.look(DAY, &json!({}), false, |context, test| context.eval_at_worst(test))
    };
    assert_eq!(certain(&format!("{{ doubtful = {YES} }}")), Unknown);
    assert_eq!(certain(&format!("{{ doubtful = {NOT_ASKED} }}")), No);
}

#[test]
fn always() {
    word(YES).is(&[(json!({}), Yes), (json!({ "person.in-us": unsure() }), Yes)]);
}

/// Also "none" and a list of nothing are answers.
#[test]
fn answered() {
    word("{ answered = \"stays\" }").is(&[
        (json!({}), No),
        (json!({ "stays": unsure() }), Unknown),
        (json!({ "stays": [] }), Yes),
        (json!({ "stays": [{ "entered": unsure(), "how": "visa" }] }), Yes),
    ]);
}

/// The version in force on the day.
#[test]
fn named() {
    let version = |days: &str, test: &str| format!("[[condition]]\nid = \"turns\"\n{days}\ncite = [\"usc-8-1255\"]\ntest = {test}\n");
    let versions = version("to = 2023-12-31", YES) + &version("from = 2024-01-01", NO);
    let turns = word_beside(&versions, r#"{ named = "turns" }"#);
    turns.is_on("2023-12-31", &[(json!({}), Yes)]);
    turns.is_on("2024-01-01", &[(json!({}), No)]);
}

// Facts.

#[test]
fn fact() {
    // Implied by the one private question; a detail that was given counts over it.
    word(r#"{ fact = "fraud", is = true }"#).is(&[
        (json!({ "private-list": "none" }), No),
        (json!({ "private-list": "any" }), Unknown),
        (json!({ "private-list": "none", "fraud": true }), Yes),
    ]);
    // A fact that does not apply is "no", whatever was said.
    word(r#"{ fact = "marriage.date", before = 2024-06-17 }"#)
        .is(&[(json!({ "spouse.status": "none", "marriage.date": "2024-06-16" }), No)]);
}

#[test]
fn is() {
    let spouse = |status: Json| json!({ "spouse.status": status });
    word(r#"{ fact = "spouse.status", is = "citizen" }"#).is(&[
        (spouse(json!("citizen")), Yes),
        (spouse(json!("none")), No),
        (spouse(unsure()), Unknown),
        (json!({}), Unknown),
    ]);
    let here = |yes: Json| json!({ "person.in-us": yes });
    word(r#"{ fact = "person.in-us", is = false }"#).is(&[(here(json!(false)), Yes), (here(json!(true)), No), (here(unsure()), Unknown)]);
}

#[test]
fn one_of() {
    let spouse = |status: Json| json!({ "spouse.status": status });
    word(r#"{ fact = "spouse.status", one-of = ["citizen", "none"] }"#).is(&[
        (spouse(json!("citizen")), Yes),
        (spouse(json!("none")), Yes),
        (spouse(json!("permanent-resident")), No),
        (spouse(unsure()), Unknown),
    ]);
}

#[test]
fn includes() {
    let from = |countries: Json| json!({ "person.countries": countries });
    word(r#"{ fact = "person.countries", includes = "HT" }"#).is(&[
        (from(json!(["MX", "HT"])), Yes),
        (from(json!(["MX"])), No),
        (from(unsure()), Unknown),
    ]);
    let crimes = |crimes: Json| json!({ "crimes": crimes });
    word(r#"{ fact = "crimes", includes = "drug" }"#).is(&[(crimes(json!(["dui", "drug"])), Yes), (crimes(json!(["dui"])), No)]);
}

#[test]
fn includes_any() {
    let crimes = |crimes: Json| json!({ "crimes": crimes });
    word(r#"{ fact = "crimes", includes-any = ["drug", "felony"] }"#).is(&[
        (crimes(json!(["dui", "drug"])), Yes),
        (crimes(json!(["dui"])), No),
        (crimes(unsure()), Unknown),
    ]);
}

#[test]
fn includes_other_than() {
    let from = |countries: Json| json!({ "person.countries": countries });
    word(r#"{ fact = "person.countries", includes-other-than = ["HT"] }"#).is(&[
        (from(json!(["MX", "HT"])), Yes),
        (from(json!(["HT"])), No),
        (from(unsure()), Unknown),
    ]);
}

// Dates.

/// A wedding on the day before a line, on the line and on the day after; in its month, and after the day of the screening.
fn wedding(word_of_dates: &str, [before, on, after]: [Truth; 3]) {
    let married = |date: &str| json!({ "spouse.status": "citizen", "marriage.date": date });
    word(&format!(r#"{{ fact = "marriage.date", {word_of_dates} = 2024-06-17 }}"#)).is(&[
        (married("2024-06-16"), before),
        (married("2024-06-17"), on),
        (married("2024-06-18"), after),
        (married("2024-06"), Unknown),
        (married("2025-01-01"), No),
    ]);
}

#[test]
fn before() {
    wedding("before", [Yes, No, No]);
    // A field of an entry against another fact and a span: came in before the 16th birthday.
    let came = |entered: &str| json!({ "person.birth-date": "1990-05-10", "stays": [{ "entered": entered, "how": "without-inspection" }] });
    let young = r#"{ field = "entered", before = { fact = "person.birth-date", plus = { years = 16 } } }"#;
    word(&format!(r#"{{ some = "stays", where = {young} }}"#)).is(&[
        (came("2006-05-09"), Yes),
        (came("2006-05-10"), No),
        (came("2006"), Unknown),
    ]);
}

#[test]
fn on_or_before() {
    wedding("on-or-before", [Yes, Yes, No]);
}

#[test]
fn on_or_after() {
    wedding("on-or-after", [No, Yes, Yes]);
}

#[test]
fn after() {
    wedding("after", [No, No, Yes]);
}

fn born(date: &str) -> Json {
    json!({ "person.birth-date": date })
}

/// Of a date and a span. Of entries it says how many, of days how many at the least: see `count` and `bar_running`.
#[test]
fn at_least() {
    word(r#"{ fact = "person.birth-date", at-least = { years = 17 }, by = "as-of" }"#).is(&[
        (born("2007-08-20"), Yes),
        (born("2007-08-21"), No),
        (born("2007"), Unknown),
    ]);
    word(r#"{ fact = "person.birth-date", at-least = { years = 17, days = -90 }, by = "as-of" }"#)
        .is(&[(born("2007-11-18"), Yes), (born("2007-11-19"), No)]);
}

#[test]
fn less_than() {
    word(r#"{ fact = "person.birth-date", less-than = { years = 17 }, by = "as-of" }"#).is(&[
        (born("2007-08-20"), No),
        (born("2007-08-21"), Yes),
        (born("2007"), Unknown),
    ]);
}

/// Still so on the anniversary.
#[test]
fn at_most() {
    word(r#"{ fact = "person.birth-date", at-most = { years = 17 }, by = "as-of" }"#).is(&[
        (born("2007-08-19"), No),
        (born("2007-08-20"), Yes),
        (born("2007"), Unknown),
    ]);
}

// Lists.

fn orders(entries: Json) -> Json {
    json!({ "orders": entries })
}

const BY_A_JUDGE: &str = r#"{ field = "kind", one-of = ["judge", "in-absentia"] }"#;

#[test]
fn some() {
    word(&format!(r#"{{ some = "orders", where = {BY_A_JUDGE} }}"#)).is(&[
        (orders(json!([])), No),
        (orders(json!([{ "kind": "judge", "date": "2009" }, { "kind": "in-absentia", "date": "2010" }])), Yes),
        (orders(json!([{ "kind": unsure() }])), Unknown),
        (orders(unsure()), Unknown),
        (json!({}), Unknown),
    ]);
}

#[test]
fn count() {
    word(&format!(r#"{{ count = "orders", where = {BY_A_JUDGE}, at-least = 2 }}"#)).is(&[
        (orders(json!([{ "kind": "judge", "date": "2009" }, { "kind": "in-absentia", "date": "2010" }])), Yes),
        (orders(json!([{ "kind": "judge" }])), No),
        (orders(json!([{ "kind": "judge" }, { "kind": unsure() }])), Unknown),
        // What lies ahead has not happened.
        (orders(json!([{ "kind": "judge" }, { "kind": "judge", "date": "2030" }])), No),
    ]);
}

#[test]
fn field() {
    let kind = |kind: Json| orders(json!([{ "kind": kind }]));
    word(r#"{ some = "orders", where = { field = "kind", is = "judge" } }"#).is(&[
        (kind(json!("judge")), Yes),
        (kind(json!("expedited")), No),
        (kind(unsure()), Unknown),
    ]);
}

#[test]
fn given() {
    let out = |out: Json| orders(json!([{ "carried-out": out }]));
    word(r#"{ some = "orders", where = { field = "carried-out", given = true } }"#).is(&[
        (out(json!("2010")), Yes),
        (out(json!(false)), No),
        (out(unsure()), Unknown),
        (orders(json!([{ "kind": "judge" }])), No),
    ]);
}

// Stays.

fn stays(entries: Json) -> Json {
    json!({ "stays": entries })
}

/// An adult of whom everything is told that a count of days rests on.
fn adult(stays: Json) -> Json {
    json!({
        "person.birth-date": "1980-01-01", "protected-periods": [], "daca.ever": false, "asylum.filed": false,
        "border-contacts": [], "orders": [], "stays": stays,
    })
}

/// A stay that goes on, and one that ended.
fn came(entered: &str) -> Json {
    json!({ "entered": entered, "how": "without-inspection" })
}

fn stayed(entered: &str, left: &str) -> Json {
    json!({ "entered": entered, "how": "without-inspection", "left": left, "left-how": "own-choice" })
}

#[test]
fn this_stay() {
    let ended = json!([{ "entered": "2012", "how": "visa", "left": "2013" }]);
    word(r#"{ this-stay = { field = "how", is = "visa" } }"#).is(&[
        (stays(json!([{ "entered": "2012", "how": "visa" }])), Yes),
        (stays(json!([{ "entered": "2012", "how": "without-inspection" }])), No),
        (stays(json!([{ "entered": "2012", "how": unsure() }])), Unknown),
        // A stay that ended says nothing of where the person is now.
        (stays(ended.clone()), Unknown),
        (json!({ "person.in-us": unsure(), "stays": ended }), Unknown),
        (json!({ "person.in-us": true, "stays": ended }), Unknown),
        (json!({ "person.in-us": false, "stays": ended }), No),
    ]);
}

#[test]
fn present_since() {
    word("{ present-since = 2014-06-17 }").is(&[
        (adult(json!([came("2014-06-17")])), Yes),
        (adult(json!([came("2014-06-18")])), No),
        (adult(json!([stayed("2010-01-01", "2015-01-01"), came("2015-02-01")])), Unknown),
    ]);
}

/// Ten years by 2024-08-20, with trips of up to 90 days, 180 in all.
#[test]
fn present_for() {
    let ten = word(r#"{ present-for = { years = 10 }, by = "as-of", longest-trip = 90, all-trips = 180, how = ["own-choice"] }"#);
    let trip = |left: &str, back: &str| adult(json!([stayed("2010-01-01", left), came(back)]));
    let three = |back: &str| {
        adult(json!([
            stayed("2010-01-01", "2016-01-01"),
            stayed("2016-03-31", "2018-01-01"),
            stayed("2018-03-31", "2020-01-01"),
            came(back)
        ]))
    };
    let sent_out = json!({ "entered": "2010-01-01", "how": "without-inspection", "left": "2016-01-01", "left-how": "voluntary-return" });
    ten.is(&[
        (adult(json!([came("2014-08-20")])), Yes),
        (adult(json!([came("2014-08-21")])), No),
        (adult(json!([came("2014")])), Unknown),
        (trip("2016-01-01", "2016-03-31"), Yes),
        (trip("2016-01-01", "2016-04-01"), No),
        (trip("2016-01-01", "2016"), Unknown),
        (three("2020-01-02"), Yes),
        (three("2020-01-05"), No),
        (adult(json!([sent_out, came("2016-01-05")])), Unknown),
    ]);
}

/// From 2024-02-21 to 2024-08-20 there are 181 days, the day of leaving not counted.
#[test]
fn days_in_this_stay() {
    word(r#"{ days-in-this-stay = "bar", at-least = 181 }"#).is(&[
        (adult(json!([came("2024-02-21")])), Yes),
        (adult(json!([came("2024-02-22")])), No),
        (adult(json!([came("2024")])), Unknown),
        (adult(unsure()), Unknown),
    ]);
}

#[test]
fn more_than() {
    word(r#"{ days-in-this-stay = "bar", more-than = 180 }"#).is(&[
        (adult(json!([came("2024-02-21")])), Yes),
        (adult(json!([came("2024-02-22")])), No),
        (adult(json!([came("2024")])), Unknown),
    ]);
}

#[test]
fn fewer_than() {
    word(r#"{ days-in-this-stay = "bar", fewer-than = 181 }"#).is(&[
        (adult(json!([came("2024-02-21")])), No),
        (adult(json!([came("2024-02-22")])), Yes),
        (adult(json!([came("2024")])), Unknown),
    ]);
}

/// Through the anniversary of the departure.
#[test]
fn bar_running() {
    let bar = word(r#"{ bar-running = "bar", at-least = 365, years = 10 }"#);
    let left = |day: &str| adult(json!([stayed("2010-01-01", day)]));
    bar.is_on("2022-03-01", &[(left("2012-03-01"), Yes)]);
    bar.is_on("2022-03-02", &[(left("2012-03-01"), No), (left("2012"), Unknown)]);
    bar.is_on("2012-01-01", &[(left("2010-12-31"), No), (left("2011-01-01"), Yes)]);
}

#[test]
fn returned_after() {
    word(r#"{ returned-after = "lifetime", more-than = 365 }"#).is(&[
        (adult(json!([stayed("2010-01-01", "2011-01-02"), came("2012-01-01")])), Yes),
        (adult(json!([stayed("2010-01-01", "2011-01-01"), came("2012-01-01")])), No),
        (adult(json!([stayed("2010-01-01", "2011-01-02")])), No),
    ]);
}

#[test]
fn returned_after_order() {
    let ordered = |entered: &str| {
        json!({ "border-contacts": [], "voluntary-departure": [], "protected-periods": [],
            "orders": [{ "kind": "expedited", "date": "2018-05-01" }], "stays": [came(entered)] })
    };
    word(r#"{ returned-after-order = "lifetime" }"#).is(&[
        (ordered("2018-05-20"), Yes),
        (ordered("2014-05-20"), No),
        (ordered("2018"), Unknown),
    ]);
}

#[test]
fn removal_bar_running() {
    let bar = word(r#"{ removal-bar-running = ["expedited"], measure = "lifetime", years = 5 }"#);
    let removed =
        |stays: Json| json!({ "orders": [{ "kind": "expedited", "date": "2018-05-01", "carried-out": "2018-05-01" }], "stays": stays });
    bar.is_on("2023-05-01", &[(removed(json!([])), Yes)]);
    bar.is_on("2023-05-02", &[(removed(json!([])), No), (removed(json!([came("2020-01-01")])), Unknown)]);
    // With `at-least`, only after so many removals; the second may be one at the border.
    let second = word(r#"{ removal-bar-running = ["expedited"], measure = "lifetime", years = 20, at-least = 2 }"#);
    let contacts = |told: Json| {
        let mut answers = removed(json!([]));
        answers["border-contacts"] = told;
        answers
    };
    let rows = [(contacts(json!([])), No), (contacts(unsure()), Unknown), (removed(json!([])), Unknown)];
    second.is_on("2023-05-01", &rows);
    second.is_on("2023-05-01", &[(contacts(json!([{ "date": "2021-06-01", "what": "expedited" }])), Yes)]);
}

#[test]
fn time_to_leave() {
    let here = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let told = |leave: Json| json!({ "person.in-us": true, "stays": here, "voluntary-departure": leave, "protected-periods": [] });
    let grant = |until: &str| json!([{ "granted": "2024-01-10", "until": until, "left": false }]);
    let period = json!({ "person.in-us": true, "stays": here, "voluntary-departure": [],
        "protected-periods": [{ "kind": "voluntary-departure", "from": "2024-01-10", "to": "2024-05-10" }] });
    let left = |day: &str| {
        json!({ "person.in-us": false, "protected-periods": [], "voluntary-departure": [{ "granted": "2024-01-10", "until": "2024-05-10" }],
            "stays": [{ "entered": "2012-03-01", "how": "visa", "left": day }] })
    };
    let running = word(r#"{ time-to-leave = "lifetime", is = "running" }"#);
    running.is_on("2024-05-10", &[(told(grant("2024-05-10")), Yes), (told(grant("2024-05-09")), No), (told(grant("2024-05")), Unknown)]);
    running
        .is_on("2024-05-11", &[(told(grant("2024-05")), Unknown), (period.clone(), No), (told(json!([])), No), (told(unsure()), Unknown)]);
    let overstayed = word(r#"{ time-to-leave = "lifetime", is = "overstayed" }"#);
    overstayed.is_on(
        "2024-05-11",
        &[
            (told(grant("2024-05-10")), Yes),
            (period.clone(), Yes),
            (left("2024-05-10"), No),
            (left("2024-05-11"), Yes),
            (left("2024-05"), Unknown),
        ],
    );
    overstayed.is_on("2024-05-10", &[(period, No)]);
    word(r#"{ time-to-leave = "lifetime", is = "left-late" }"#).is(&[
        (left("2024-05-10"), No),
        (left("2024-05-11"), Yes),
        (told(grant("2024-05-10")), No),
        (json!({}), Unknown),
    ]);
    let ten = word(r#"{ time-to-leave = "lifetime", is = "overstayed", years = 10 }"#);
    ten.is_on("2034-05-10", &[(told(grant("2024-05-10")), Yes)]);
    ten.is_on("2034-05-11", &[(told(grant("2024-05-10")), No)]);
}

// What cannot be, of stays and of what was told beside them.

#[test]
fn stays_out_of_order() {
    word("{ stays-out-of-order = true }")
        .is(&[(stays(json!([{ "entered": "2014", "left": "2012" }])), Yes), (stays(json!([{ "entered": "2012", "left": "2014" }])), No)]);
}

/// Stays and orders, with nothing else told.
fn story(stays: &Json, orders: Json) -> Json {
    json!({ "stays": stays, "orders": orders, "voluntary-departure": [], "border-contacts": [] })
}

fn order(date: &str, out: Json) -> Json {
    json!([{ "kind": "judge", "date": date, "carried-out": out }])
}

#[test]
fn away_against_stays() {
    let goes_on = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let ended = json!([{ "entered": "2012-03-01", "how": "visa", "left": "2016-05-01" }]);
    word("{ away-against-stays = true }").is_as_given(&[
        (story(&goes_on, order("2014-01-01", json!("2014-02-01"))), Yes),
        (story(&goes_on, order("2010-01-01", json!("2010-02-01"))), No),
        (story(&goes_on, order("2014-01-01", json!(false))), No),
        (story(&goes_on, order("2011-01-01", json!("2012"))), Unknown),
        (story(&ended, order("2016-01-01", json!("2016-05-01"))), No),
        (story(&ended, order("2016-01-01", json!("2016-05-02"))), Yes),
        (story(&goes_on, json!([])), No),
    ]);
}

#[test]
fn left_anyway() {
    let goes_on = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let ended = json!([{ "entered": "2012-03-01", "how": "visa", "left": "2016-05-01" }]);
    word("{ left-anyway = true }").is_as_given(&[
        (story(&ended, order("2016-01-01", json!(false))), Yes),
        (story(&ended, order("2016-01-01", json!("2016-05-01"))), No),
        (story(&ended, order("2017-01-01", json!(false))), No),
        (story(&ended, order("2016", json!(false))), Unknown),
        (story(&goes_on, order("2016-01-01", json!(false))), No),
    ]);
}

#[test]
fn told_before_stays() {
    let here = json!([{ "entered": "2012-03-01", "how": "visa" }]);
    let period = |from: &str| json!({ "stays": here, "protected-periods": [{ "kind": "daca", "from": from, "to": "2020-01-01" }] });
    word("{ told-before-stays = true }").is_as_given(&[
        (period("2012-02-29"), Yes),
        (period("2012-03-01"), No),
        (period("2012"), Unknown),
        (stays(json!([])), No),
    ]);
}

// Cards.

const CARD: CardFlags = CardFlags { door: DoorState::Open, on_boundary: false, stale: false, unverified: false };

#[test]
fn door() {
    let paused = Some(CardFlags { door: DoorState::Paused, ..CARD });
    let closed = Some(CardFlags { door: DoorState::Closed, ..CARD });
    word(r#"{ door = ["open", "paused"] }"#).is_of_card(&[(Some(CARD), Yes), (paused, Yes), (closed, No), (None, No)]);
}

#[test]
fn on_boundary() {
    let near = Some(CardFlags { on_boundary: true, ..CARD });
    word("{ on-boundary = true }").is_of_card(&[(near, Yes), (Some(CARD), No), (None, No)]);
}

#[test]
fn stale() {
    let stale = Some(CardFlags { stale: true, ..CARD });
    word("{ stale = true }").is_of_card(&[(stale, Yes), (Some(CARD), No), (None, No)]);
}

#[test]
fn unverified() {
    let unverified = Some(CardFlags { unverified: true, ..CARD });
    word("{ unverified = true }").is_of_card(&[(unverified, Yes), (Some(CARD), No), (None, No)]);
}

// What else is read out of a condition.

/// The last day of a span that still runs; of an inexact date the earliest, so that nobody waits too long.
#[test]
fn last_days() {
    let arrival = word(r#"{ this-stay = { field = "entered", at-most = { years = 1 }, by = "as-of" } }"#);
    let came = |entered: &str| stays(json!([{ "entered": entered, "how": "visa", "allowed-until": "2024-12-01" }]));
    assert_eq!(arrival.last_day(came("2024-02-29")).as_deref(), Some("2025-03-01"));
    assert_eq!(arrival.last_day(came("2024-03")).as_deref(), Some("2025-03-01"));
    assert_eq!(arrival.last_day(stays(json!([]))), None);
    let young = word(r#"{ fact = "person.birth-date", less-than = { years = 21 }, by = "as-of" }"#);
    assert_eq!(young.last_day(born("2004-01-10")).as_deref(), Some("2025-01-09"));
}
