//! Rules that somebody brings: no changed byte goes by, and the days are those of the pack.
#![cfg(feature = "author")]

use proptest::prelude::*;
use relief_screener::author::{Problems, is_whole, load, seal, sealed_text};
use relief_screener::own::{digits, outdated, whole};
use relief_screener::pack::Pack;
use serde_json::json;
use std::path::Path;
use std::sync::OnceLock;

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us"), &mut Problems::default()).expect("rules").pack)
}

fn sum(text: &str) -> String {
    digits(text.as_bytes()).map(char::from).iter().collect()
}

#[test]
fn the_checksum_is_the_one_that_is_written_down() {
    // FNV-1a with 64 bits, by its authors' own examples: another program can make it too.
    for (text, expected) in [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")] {
        assert_eq!(sum(text), expected);
        assert!(whole(&[expected, text].concat()));
        assert!(!whole(&[&expected.to_uppercase(), text].concat()));
    }
    for short in ["", "{}", "cbf29ce48422232", "undefined"] {
        assert!(!whole(short), "{short}");
    }
    assert!(!whole("ééééééééé"), "sixteen bytes can end inside a letter");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_changed_byte_is_always_noticed(mut bytes in prop::collection::vec(any::<u8>(), 1..400), at: prop::sample::Index, other: u8) {
        let (before, at) = (digits(&bytes), at.index(bytes.len()));
        let same = bytes[at] == other;
        bytes[at] = other;
        prop_assert_eq!(digits(&bytes) == before, same);
    }

    #[test]
    fn of_a_file_no_letter_can_be_another(text in "[ -~]{0,200}", at: prop::sample::Index, other in b' '..=b'~') {
        let mut file = [sum(&text), text].concat().into_bytes();
        prop_assert!(whole(std::str::from_utf8(&file).expect("letters")));
        let at = at.index(file.len());
        let same = file[at] == other;
        file[at] = other;
        prop_assert_eq!(whole(std::str::from_utf8(&file).expect("letters")), same);
    }
}

#[test]
fn a_file_is_sealed_over_all_but_its_checksum_and_its_signature() {
    let rules = json!({ "format": 1, "questions": [{ "b": "é\u{1f}\"\\\n\u{2028}", "a": null }], "pack": "ā" });
    let text = "{\"format\":1,\"questions\":[{\"b\":\"é\\u001f\\\"\\\\\\n\u{2028}\",\"a\":null}],\"pack\":\"ā\"}";
    assert_eq!(sealed_text(&rules).as_deref(), Some(text));
    assert!(!is_whole(&rules), "the checksum is missing");
    let mut sealed = seal(rules);
    assert_eq!(sealed["checksum"], sum(text));
    assert!(is_whole(&sealed));
    assert_eq!(seal(sealed.clone()), sealed);
    sealed["signature"] = "anything".into();
    assert!(is_whole(&sealed) && sealed_text(&sealed).as_deref() == Some(text));
    sealed["help"] = "new".into();
    assert!(!is_whole(&sealed));
    for none in [json!(null), json!([]), json!("{}"), json!({ "checksum": 7 }), json!({ "checksum": null })] {
        assert!(!is_whole(&none), "{none}");
    }
}

#[test]
fn rules_are_over_from_their_day_on_and_older_than_any_later_day() {
    let pack = pack();
    let number = |text: String| text.replace(['-', '.'], "").parse::<i32>().expect("a day");
    let (day, expires) = (number(pack.version.clone()), number(pack.expires.to_string()));
    let eve = number(pack.expires.plus_days(-1).to_string());
    assert_eq!(outdated(pack, 0, 0), None);
    assert_eq!(outdated(pack, day, eve), None);
    assert_eq!(outdated(pack, number(pack.day.plus_days(1).to_string()), eve), Some("rules-older"));
    assert_eq!(outdated(pack, 0, expires), Some("rules-expired"));
    assert_eq!(outdated(pack, 21_990_101, expires), Some("rules-expired"));
}
