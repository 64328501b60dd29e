//! Answers as programs write them: what each form is read as, and how every slip is refused, with the key, the cure and nothing
//! of what was given.
#![cfg(feature = "author")]

use relief_screener::author;
use relief_screener::date::Approx;
use relief_screener::fact::{Answer, Country, Dated, Given, Value};
use relief_screener::input::{InputError, is_key, unknown_key};
use relief_screener::pack::Pack;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::OnceLock;

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let mut problems = author::Problems::default();
        author::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us"), &mut problems).expect("rules that load").pack
    })
}

fn read(answers: Json) -> Result<Vec<Answer>, InputError> {
    author::read_answers(pack(), &answers)
}

/// What one answer is read as.
fn answer(fact: &str, given: &Json) -> Result<Answer, InputError> {
    let place = pack().facts.iter().position(|known| known.id == fact).expect("a fact");
    let mut answers = read(json!({ fact: given }))?;
    let answer = answers.remove(place);
    assert!(answers.iter().all(|other| *other == Answer::NotAsked), "{fact} answers more than itself");
    Ok(answer)
}

/// What the fields of one entry are read as, without those that were left out.
fn fields(list: &str, entry: Json) -> Vec<(&'static str, Given)> {
    let fact = pack().facts.iter().find(|known| known.id == list).expect("a list");
    let Ok(Answer::Value(Value::List(entries))) = answer(list, &json!([entry])) else { panic!("{list}: {entry} is refused") };
    let told = fact.fields.iter().zip(entries.first().expect("an entry").clone());
    told.filter(|(_, given)| *given != Given::Absent).map(|(field, given)| (field.id.as_str(), given)).collect()
}

fn approx(text: &str) -> Approx {
    Approx::parse(text).expect("a date")
}

fn dated(text: &str) -> Dated {
    Dated::new(approx(text))
}

fn unsure() -> Json {
    json!({ "unsure": true })
}

#[test]
fn each_form_is_read_as_what_it_says() {
    let countries = |codes: &[&str]| Value::Countries(codes.iter().map(|code| Country::parse(code).expect("a country")).collect());
    let range = Approx { from: approx("2014-06-01").from, to: approx("2014-08-09").to };
    let option = |fact: &str, option: &str| {
        let fact = pack().facts.iter().find(|known| known.id == fact).expect("a fact");
        fact.options.iter().position(|known| known == option).expect("an option")
    };
    let choice = |fact: &str, word: &str| Value::Choice(u8::try_from(option(fact, word)).expect("few options"));
    let set = |words: &[&str]| Value::Set(words.iter().map(|word| 1 << option("crimes", word)).sum());
    let none = &pack().facts.iter().find(|fact| fact.id == "crimes").expect("a fact").options;
    assert!(none.contains(&"none".to_string()), "a set with none");
    for (fact, given, wanted) in [
        ("person.in-us", json!(true), Value::Choice(1)),
        ("person.in-us", json!(false), Value::Choice(0)),
        ("spouse.status", json!("citizen"), choice("spouse.status", "citizen")),
        ("spouse.status", json!("none"), choice("spouse.status", "none")),
        ("crimes", json!(["dui"]), set(&["dui"])),
        ("crimes", json!(["drug", "dui"]), set(&["dui", "drug"])),
        ("crimes", json!(["none"]), set(&["none"])),
        ("person.birth-country", json!("HT"), countries(&["HT"])),
        ("person.countries", json!(["MX", "HT", "CU", "VE"]), countries(&["MX", "HT", "CU", "VE"])),
        ("marriage.date", json!("2014"), Value::Date(dated("2014"))),
        ("marriage.date", json!("2014-06-17"), Value::Date(dated("2014-06-17"))),
        ("marriage.date", json!({ "from": "2014-06", "to": "2014-08-09" }), Value::Date(Dated { range, vague: false })),
        ("marriage.date", json!({ "unsure": true, "to": "2014-08-09", "from": "2014-06" }), Value::Date(Dated { range, vague: true })),
        ("marriage.date", json!({ "from": "2014", "to": "2014", "unsure": false }), Value::Date(dated("2014"))),
        ("marriage.date", json!({ "from": "2014-06-17", "to": "2014-06-17" }), Value::Date(dated("2014-06-17"))),
        ("stays", json!([]), Value::List(Vec::new())),
    ] {
        assert_eq!(answer(fact, &given), Ok(Answer::Value(wanted)), "{fact}: {given}");
    }
    for (fact, given, wanted) in [
        ("spouse.status", unsure(), Answer::Unsure),
        ("stays", unsure(), Answer::Unsure),
        ("marriage.date", unsure(), Answer::Unsure),
        ("marriage.date", json!("2014-02-30"), Answer::NoSuchDay),
        ("marriage.date", json!({ "from": "2014-02-30", "to": "2014-03-01" }), Answer::NoSuchDay),
        ("marriage.date", json!({ "from": "2014-02-01", "to": "2014-02-30" }), Answer::NoSuchDay),
    ] {
        assert_eq!(answer(fact, &given), Ok(wanted), "{fact}: {given}");
    }
    assert_eq!(read(json!({})).map(|answers| answers.len()), Ok(pack().facts.len()));
    let full = |entries: usize| answer("stays", &json!(vec![json!({}); entries])).map_err(|error| error.code);
    assert_eq!(full(12), Ok(Answer::Value(Value::List(vec![vec![Given::Absent; 5]; 12]))));
}

#[test]
fn each_field_of_an_entry_is_read_as_what_it_says() {
    let date = |text: &str| Given::Date(dated(text));
    assert_eq!(
        fields("stays", json!({ "entered": "2012-03", "how": "visa", "allowed-until": "duration-of-status" })),
        [("entered", date("2012-03")), ("how", Given::Choice(1)), ("allowed-until", Given::Word(0))]
    );
    assert_eq!(
        fields("stays", json!({ "entered": unsure(), "how": unsure(), "left": "2013-02-30", "left-how": "own-choice" })),
        [("entered", Given::Unsure), ("how", Given::Unsure), ("left", Given::Unsure), ("left-how", Given::Choice(0))]
    );
    assert_eq!(fields("orders", json!({ "carried-out": false })), [("carried-out", Given::No)]);
    assert_eq!(fields("orders", json!({ "carried-out": "no" })), [("carried-out", Given::No)]);
    assert_eq!(fields("orders", json!({ "carried-out": "2014-06-17" })), [("carried-out", date("2014-06-17"))]);
}

/// What is given for a fact, and the code, the key and the whole message of the refusal.
#[test]
fn each_slip_is_refused_by_its_key_with_the_cure() {
    let spouse = pack().facts.iter().find(|fact| fact.id == "spouse.status").expect("a fact").options.join(", ");
    let crimes = pack().facts.iter().find(|fact| fact.id == "crimes").expect("a fact").options.join(", ");
    let ways = pack().facts.iter().find(|fact| fact.id == "stays").expect("a fact").fields[1].options.join(", ");
    let one_of = format!("takes one of {spouse}, or {{ \"unsure\": true }}");
    let one_of_crimes = format!("takes one of {crimes}, or {{ \"unsure\": true }}");
    let list_of_crimes = format!("takes a list of {crimes}, or {{ \"unsure\": true }}");
    let one_way = format!("takes one of {ways}, or {{ \"unsure\": true }}");
    let day = r#"takes YYYY, YYYY-MM, YYYY-MM-DD or { "from", "to" }, or { "unsure": true }"#;
    let day_or_no = r#"takes YYYY, YYYY-MM, YYYY-MM-DD or { "from", "to" }, or false, or { "unsure": true }"#;
    let day_or_word = r#"takes YYYY, YYYY-MM, YYYY-MM-DD or { "from", "to" }, or duration-of-status, or { "unsure": true }"#;
    let one_country = r#"takes the two capital letters of a country in ISO 3166-1, such as "MX", or { "unsure": true }"#;
    let list_of_countries =
        r#"takes a list of countries, each by its two capital letters in ISO 3166-1, such as ["MX"], or { "unsure": true }"#;
    let entries = r#"takes a list of entries, [] for none, or { "unsure": true }"#;
    let nothing = "an empty list says nothing; give at least one, or leave the fact out";
    let range = "is none of these: from, to, and unsure where the range cannot be said more exactly";
    let many = vec![json!({}); 13];
    for (fact, given, key, message) in [
        ("person.in-us", json!("yes"), "", r#"takes true or false, or { "unsure": true }"#),
        ("person.in-us", json!({ "unsure": false }), "", r#"takes true or false, or { "unsure": true }"#),
        ("person.in-us", json!({ "unsure": true, "to": 1 }), "", r#"takes true or false, or { "unsure": true }"#),
        ("person.in-us", json!({ "sure": true }), "", r#"takes true or false, or { "unsure": true }"#),
        ("spouse.status", json!("cousin"), "", &one_of),
        ("spouse.status", json!(true), "", &one_of),
        ("crimes", json!("dui"), "", &list_of_crimes),
        ("crimes", json!([]), "", nothing),
        ("crimes", json!(["x"]), "", &one_of_crimes),
        ("crimes", json!([1]), "", "takes texts in its list"),
        ("crimes", json!(["dui", "drug", "dui"]), "", "an option stands twice; give each one once"),
        ("crimes", json!(["dui", "none"]), "", "`none` stands beside other options; give `none` alone or leave it out"),
        ("person.birth-country", json!("ht"), "", one_country),
        ("person.birth-country", json!("ZZ"), "", one_country),
        ("person.birth-country", json!(["HT"]), "", one_country),
        ("person.countries", json!("HT"), "", list_of_countries),
        ("person.countries", json!([]), "", nothing),
        ("person.countries", json!(["HT", "ZZ"]), "", list_of_countries),
        ("person.countries", json!(["HT", "MX", "HT"]), "", "a country stands twice; give each one once"),
        ("person.countries", json!(["MX", "HT", "CU", "VE", "UA"]), "", "more entries than this list takes"),
        ("marriage.date", json!("17.6.2014"), "", day),
        ("marriage.date", json!(2014), "", day),
        ("marriage.date", json!(false), "", day),
        ("marriage.date", json!({ "from": "2014" }), "", "a range needs both `from` and `to`"),
        ("marriage.date", json!({ "to": "2014" }), "", "a range needs both `from` and `to`"),
        ("marriage.date", json!({ "from": "2014-06-18", "to": "2014-06-17" }), "", "`from` is later than `to`; turn them round"),
        ("marriage.date", json!({ "from": 2014, "to": "2015" }), "", day),
        ("marriage.date", json!({ "from": "2014", "to": "2015", "unsure": "yes" }), ".unsure", "takes true"),
        ("marriage.date", json!({ "from": "2014", "til": "2015" }), "", &format!("`til` {range}")),
        ("marriage.date", json!({ "from": "2014", "Maria": "2015" }), "", &format!("key 2 {range}")),
        ("stays", json!({}), "", entries),
        ("stays", json!(["2012"]), ".0", "an entry is an object"),
        ("stays", json!(many), "", "more entries than this list takes"),
        ("stays", json!([{}, { "how": "swim" }]), ".1.how", &one_way),
        ("stays", json!([{ "how": 1 }]), ".0.how", &one_way),
        ("stays", json!([{ "left": false }]), ".0.left", day),
        ("stays", json!([{ "allowed-until": false }]), ".0.allowed-until", day_or_word),
        ("stays", json!([{ "allowed-until": "always" }]), ".0.allowed-until", day_or_word),
        ("stays", json!([{ "allowed-until": { "from": "2014" } }]), ".0.allowed-until", "a range needs both `from` and `to`"),
        ("orders", json!([{ "carried-out": true }]), ".0.carried-out", day_or_no),
        (
            "stays",
            json!([{ "entered": "2012", "until": "2013" }]),
            ".0",
            "`until` is none of these: entered, how, allowed-until, left, left-how",
        ),
    ] {
        let error = answer(fact, &given).expect_err("a refusal");
        assert_eq!((error.key, error.message), (format!("{fact}{key}"), message.to_string()), "{fact}: {given}");
        let code = match () {
            () if message.starts_with("more entries") => "too-long",
            () if message.contains("is none of these") || message.contains("key 2") => "unknown-key",
            () => "wrong-kind",
        };
        assert_eq!(error.code, code, "{fact}: {given}");
    }
    // Wherever "none" stands among the options.
    let mut turned = pack().clone();
    turned.facts.iter_mut().filter(|fact| fact.id == "crimes").for_each(|fact| fact.options.reverse());
    let error = author::read_answers(&turned, &json!({ "crimes": ["dui", "none"] })).expect_err("a refusal");
    assert!(error.message.starts_with("`none` stands beside"), "{}", error.message);
    let error = read(json!([])).expect_err("a refusal");
    assert_eq!((error.code, error.key.as_str()), ("wrong-kind", "answers"));
    assert_eq!(error.message, "`answers` takes an object with fact ids as keys");
}

/// A key that is no fact: what it is called in the message, and the fact that it is taken for.
#[test]
fn an_unknown_fact_is_called_by_its_key_only_where_that_is_no_answer() {
    let forty = "a-key-of-forty-letters-that-is-no-answer";
    assert_eq!(forty.len(), 40);
    for (key, called, meant) in [
        ("spouse.stats", "`spouse.stats`", Some("spouse.status")),
        ("spouse.statusxy", "`spouse.statusxy`", Some("spouse.status")),
        ("spouse.stat", "`spouse.stat`", Some("spouse.status")),
        ("xxouse.status", "`xxouse.status`", Some("spouse.status")),
        ("spouse.sxxtus", "`spouse.sxxtus`", Some("spouse.status")),
        ("spouse.sta", "`spouse.sta`", None),
        ("spouse.statusxyz", "`spouse.statusxyz`", None),
        ("xpouse.statux", "`xpouse.statux`", None),
        ("fraxx", "`fraxx`", Some("fraud")),
        (forty, "`a-key-of-forty-letters-that-is-no-answer`", None),
        ("a-key-of-forty1-letters-that-is-no-answer", "key 1", None),
        ("a-key-of-fortyx-letters-that-is-no-answer", "key 1", None),
        ("", "key 1", None),
        ("Maria", "key 1", None),
        ("2014-02-30", "key 1", None),
        ("maria garcia", "key 1", None),
        // Options of a fact and of a field, and a word in the place of a date.
        ("felony", "key 1", None),
        ("waved-through", "key 1", None),
        ("duration-of-status", "key 1", None),
    ] {
        let error = read(json!({ key: true })).expect_err("a refusal");
        let meant = meant.map_or(String::new(), |meant| format!(" (did you mean `{meant}`?)"));
        let wanted = format!("{called} is the id of no fact{meant}; `questions` lists them all");
        assert_eq!((error.code, error.key.as_str(), error.message), ("unknown-fact", "answers", wanted), "{key}");
    }
    // Three characters have to be alike, or any short key would be taken for a short id.
    let mut short = pack().clone();
    short.facts.first_mut().expect("a fact").id = "visa".into();
    let message = |key: &str| author::read_answers(&short, &json!({ key: true })).expect_err("a refusal").message;
    assert_eq!(message("vixx"), "`vixx` is the id of no fact; `questions` lists them all");
    assert_eq!(message("visx"), "`visx` is the id of no fact (did you mean `visa`?); `questions` lists them all");
    let error = read(json!({ "person.in-us": true, "spouse.status": "none", "Maria": 1 })).expect_err("a refusal");
    assert_eq!(error.message, "key 3 is the id of no fact; `questions` lists them all");
}

#[test]
fn an_unknown_key_of_any_object_is_named_with_those_that_are_known() {
    let error = unknown_key(pack(), "answers.x", "odd", 4, "this, that");
    assert_eq!(
        (error.code, error.key.as_str(), error.message.as_str()),
        ("unknown-key", "answers.x", "`odd` is none of these: this, that")
    );
    assert_eq!(unknown_key(pack(), "", "Odd", 4, "this").message, "key 5 is none of these: this");
}

#[test]
fn what_can_be_a_key() {
    for key in ["from", "to", "unsure", "spouse.status", "stays", "allowed-until", "carried-out"] {
        assert!(is_key(pack(), key), "{key}");
    }
    for key in ["", "constructor", "visa", "entered2", "fro"] {
        assert!(!is_key(pack(), key), "{key}");
    }
}
