//! A language is data: the words of the form come from its file, and one that is not whole is refused.
#![cfg(feature = "author")]

use relief_screener::author::{self, Problems, form_words};
use relief_screener::pack::Pack;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const SPEECH: &str = "promises = [\"guarantee\"]\ncontractions = [\"n't\"]\nmaybe = [\"may\"]\n";
const FIRST: &str =
    "title = \"Questions\"\n[words]\ngo = \"Go\"\nmore = \"{n, plural, one {One path} other {# paths}}\"\nday = \"On {date}\"\n";
const CALENDAR: &str = "[calendar]\nmonths = [\"Janvye\", \"Fevriye\", \"Mas\", \"Avril\", \"Me\", \"Jen\", \"Jiye\", \"Out\", \"Septanm\", \"Oktòb\", \
                        \"Novanm\", \"Desanm\"]\nday = \"{day} {month} {year}\"\nmonth = \"{month} {year}\"\n";

fn pack() -> &'static Pack {
    static READ: OnceLock<Pack> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
        author::load(&folder, &mut Problems::default()).expect("rules").pack
    })
}

/// English, and one more language with this file; what is made of the two, or said of them.
fn read(name: &str, language: &str, words: &str) -> Result<String, Vec<String>> {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("form-words").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("words")).expect("a folder");
    std::fs::write(folder.join("glossary.toml"), format!("[speech.en]\n{SPEECH}[speech.{language}]\n{SPEECH}")).expect("written");
    std::fs::write(folder.join("words/en.toml"), FIRST).expect("written");
    std::fs::write(folder.join(format!("words/{language}.toml")), words).expect("written");
    let mut pack = pack().clone();
    pack.languages = vec!["en".into(), language.into()];
    match form_words(&folder.join("words"), &folder, &pack) {
        Ok(all) => Ok(all.last().expect("two languages").1.to_string()),
        Err(problems) => Err(problems.iter().map(|p| format!("{} {} {}", p.file, p.key, p.message)).collect()),
    }
}

/// A language that browsers do not know names every country that can be asked for.
fn countries() -> String {
    let asked = pack().facts.iter().find(|fact| fact.id == "person.birth-country").expect("the fact");
    format!("[countries]\n{}", asked.options.iter().map(|code| format!("{code} = \"Peyi {code}\"\n")).collect::<String>())
}

#[test]
fn a_whole_language_comes_with_its_own_months_and_countries() {
    let words = format!("{}{CALENDAR}{}", FIRST.replace("one {One path} ", ""), countries());
    let made = read("whole", "ht", &words).expect("a language");
    for part in ["\"title\":\"Questions\"", "\"go\":\"Go\"", "Oktòb", "\"day\":\"{day} {month} {year}\"", "\"HT\":\"Peyi HT\""] {
        assert!(made.contains(part), "{part}: {made}");
    }
    // Where browsers know it, it needs neither; a region or a script changes nothing.
    for known in ["pt-BR", "zh-Hant"] {
        let words = if known == "zh-Hant" { FIRST.replace("one {One path} ", "") } else { FIRST.into() };
        assert!(read(known, known, &words).expect("a language").contains("\"calendar\":null"));
    }
}

#[test]
fn a_language_that_is_not_whole_is_refused() {
    let whole = format!("{}{CALENDAR}{}", FIRST.replace("one {One path} ", ""), countries());
    for (from, to, told) in [
        ("go = \"Go\"\n", "", "ht.toml go missing"),
        ("go = \"Go\"\n", "go = \"Go\"\ngone = \"Gone\"\n", "en.toml gone missing"),
        ("On {date}", "On {day}", "ht.toml day has other placeholders than another language"),
        ("On {date}", "On {date", "ht.toml day has a brace without its other half"),
        ("other {# paths}", "many {# paths}", "ht.toml more has not just the plural forms of the language"),
        ("\"Go\"", "\"We guarantee it\"", "ht.toml go says \"guarantee\""),
        ("\"Go\"", "\"Don't go\"", "ht.toml go has the contraction \"n't\""),
        ("\"Go\"", "\"Since 1999\"", "ht.toml go has a year written in words"),
        ("\"Oktòb\", ", "", "ht.toml calendar.months has 11 names"),
        ("day = \"{day} {month} {year}\"", "day = \"{month} {year}\"", "ht.toml calendar.day does not say how a date is written"),
        ("HT = \"Peyi HT\"\n", "", "ht.toml countries browsers do not know this language"),
        (CALENDAR, "", "ht.toml calendar browsers do not know this language"),
        ("title = \"Questions\"", "tittle = \"Questions\"", "ht.toml tittle unknown key"),
    ] {
        assert!(whole.contains(from), "{from}");
        let problems = read("slip", "ht", &whole.replacen(from, to, 1)).expect_err(to);
        assert!(problems.iter().any(|problem| problem == told), "{told}: {problems:?}");
    }
}

/// Each language has the forms that its numbers take: Polish has one, few and many.
#[test]
fn a_count_has_each_form_that_the_language_has() {
    let polish = |forms: &str| read("polish", "pl", &FIRST.replace("one {One path} other {# paths}", forms));
    assert!(polish("one {# a} few {# b} many {# c} other {# d}").is_ok());
    for lacking in ["one {# a} other {# d}", "one {# a} few {# b} many {# c}", "one {# a} few {# b} many {# c} two {# e} other {# d}"] {
        let problems = polish(lacking).expect_err(lacking);
        assert_eq!(problems, ["pl.toml more has not just the plural forms of the language"]);
    }
}

/// A file that belongs to no language of the rules is no part of them.
#[test]
fn a_file_of_no_language_is_refused() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("form-words").join("extra");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("words")).expect("a folder");
    std::fs::write(folder.join("glossary.toml"), format!("[speech.en]\n{SPEECH}")).expect("written");
    for language in ["en", "fr"] {
        std::fs::write(folder.join(format!("words/{language}.toml")), FIRST).expect("written");
    }
    let mut pack = pack().clone();
    pack.languages = vec!["en".into()];
    let problems = form_words(&folder.join("words"), &folder, &pack).expect_err("one file too many");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((problems[0].file.as_str(), problems[0].message.as_str()), ("fr.toml", "nothing reads this file"));
}
