//! The rules of the project: they load, every case and boundary holds, and broken rules are refused with a cure.
#![cfg(feature = "author")]

use relief_screener::author::{self, Checked, Problem};
use relief_screener::pack::Pack;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")
}

/// The rules, checked once for all tests.
fn checked() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| author::check(&rules()).unwrap_or_else(|problems| panic!("{}", listed(&problems))))
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// How many tables of a kind stand in the files of a folder, counted in the text.
fn tables(folder: &str, header: &str) -> usize {
    let files = std::fs::read_dir(rules().join(folder)).expect("rules").flatten();
    let text = files.map(|file| std::fs::read_to_string(file.path()).expect("text"));
    text.map(|text| text.lines().filter(|line| line.split('#').next().unwrap_or("").trim() == header).count()).sum()
}

#[test]
fn every_case_and_every_boundary_holds() {
    let counts = &checked().counts;
    let cases = tables("cases", "[[case]]");
    assert!(cases > 0 && counts.cases >= cases, "{} cases ran, and {cases} stand in the files", counts.cases);
    let (lines, doors) = (tables("boundaries", "[[boundary]]"), tables("boundaries", "[[door-boundary]]"));
    assert!(lines > 0 && doors > 0);
    // Two days on each side of a line; the eve of a door, its day and the next; of a list of countries more than those it names.
    assert!(tables("boundaries", "[[countries]]") > 0);
    assert!(counts.boundary_cases > lines * 4 + doors * 3 + 2_000, "{}", counts.boundary_cases);
}

#[test]
fn the_pack_survives_its_own_file() {
    let checked = checked();
    let json: serde_json::Value = serde_json::from_str(&checked.rules_json()).expect("JSON");
    let byte = |character: char| u8::try_from(u32::from(character) & 0xff).expect("a byte");
    let bytes: Vec<u8> = json["pack"].as_str().expect("the pack").chars().map(byte).collect();
    assert_eq!(Pack::from_bytes(&bytes).expect("a pack"), checked.pack);
    assert_eq!(json["format"], checked.pack.format);
    assert_eq!(json["questions"].as_array().expect("questions").len(), checked.pack.facts.len());
    let column = |name: &str| json["citations"][name].as_array().expect("a list of citations").clone();
    let told = |of: fn(&author::Source) -> serde_json::Value| checked.sources.iter().map(of).collect::<Vec<_>>();
    assert_eq!(column("titles"), told(|source| source.title.as_str().into()));
    assert_eq!(column("urls"), told(|source| source.url.clone().into()));
    assert_eq!(column("kinds"), told(|source| source.kind.as_str().into()));
    assert_eq!(checked.sources.len(), checked.pack.citations.len());
    assert!(!json.to_string().contains("/rules/"), "no path of a machine");
}

/// A copy of the rules under a name, with the boundaries and without the cases: a thousand families would say nothing of one slip.
fn copied(name: &str) -> PathBuf {
    let copy = bare(name);
    copy_files(&copy, "boundaries");
    copy
}

/// The same without the boundaries.
fn bare(name: &str) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&copy);
    for sub in ["", "grounds", "routes", "cautions"] {
        copy_files(&copy, sub);
    }
    for language in std::fs::read_dir(rules().join("text")).expect("languages").flatten() {
        copy_files(&copy, &format!("text/{}", language.file_name().display()));
    }
    for sub in ["boundaries", "cases"] {
        std::fs::create_dir_all(copy.join(sub)).expect("a folder");
    }
    for file in ["cases/base.toml", "cases/grounds.toml"] {
        std::fs::copy(rules().join(file), copy.join(file)).expect("a copy");
    }
    copy
}

fn copy_files(copy: &Path, sub: &str) {
    std::fs::create_dir_all(copy.join(sub)).expect("a folder");
    for entry in std::fs::read_dir(rules().join(sub)).expect("rules").flatten().filter(|e| e.path().is_file()) {
        std::fs::copy(entry.path(), copy.join(sub).join(entry.file_name())).expect("a copy");
    }
}

/// Copies the rules, changes one file, and gives the problems found.
fn broken(name: &str, file: &str, from: &str, to: &str) -> Vec<Problem> {
    let copy = copied(name);
    let text = std::fs::read_to_string(copy.join(file)).expect("the file");
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(copy.join(file), text.replacen(from, to, 1)).expect("written");
    author::check(&copy).err().unwrap_or_default()
}

fn names(problems: &[Problem], file: &str, words: &str) -> bool {
    problems.iter().any(|p| p.file == file && format!("{} {}", p.key, p.message).contains(words) && !p.help.is_empty())
}

macro_rules! refused {
    ($($test:ident: $file:literal, $from:literal => $to:literal, $named:literal: $words:literal;)*) => {$(
        #[test]
        fn $test() {
            let problems = broken(stringify!($test), $file, $from, $to);
            assert!(names(&problems, $named, $words), "{}", listed(&problems));
        }
    )*};
}

refused! {
    a_date_that_is_moved: "routes/kft-spouse.toml", "from = 2024-08-19" => "from = 2024-08-20", "boundaries/family.toml": "door of `kft-spouse` on 2024-08-19";
    a_state_that_is_changed: "routes/kft-spouse.toml", "state = \"filing-only\"" => "state = \"open\"", "boundaries/family.toml": "filing-only";
    a_criterion_that_is_moved: "routes/kft-spouse.toml", "present-since = 2014-06-17" => "present-since = 2014-06-18", "boundaries/family.toml": "stays.0.entered";
    an_exclusive_boundary: "routes/kft-spouse.toml", "on-or-before = 2024-06-17" => "before = 2024-06-17", "boundaries/family.toml": "= 2024-06-17: expected Yes";
    a_country_that_is_dropped: "conditions.toml", "[\"AF\", \"BF\"" => "[\"AF\"", "boundaries/countries.toml": "a citizen of BF on 2026-01-01: expected No";
    a_country_that_is_added: "conditions.toml", "[\"HN\", \"HT\", \"NI\"" => "[\"AD\", \"HN\", \"HT\", \"NI\"", "boundaries/countries.toml": "a citizen of AD on 2012-06-15: expected No";
    a_day_count_that_is_changed: "conditions.toml", "returned-after = \"lifetime\", more-than = 365" => "returned-after = \"lifetime\", more-than = 366", "boundaries/family.toml": "expected";
    a_country_that_no_answer_can_name: "pack.toml", "\"XK\", " => "", "conditions.toml": "no answer can name";
    a_table_that_is_no_toml: "facts.toml", "[[fact]]" => "[[fact", "facts.toml": "TOML";
}

/// Edits that say nothing, or the opposite of what they seem to say: file, text, what it becomes, and the file, key and words
/// of the problem. A row without a text is added at the end of the file. All are made in one copy, because every problem of
/// every file is listed at once.
const NONSENSE: &[(&str, &str, &str, &str, &str)] = &[
    // Every question stands on one screen, and a line says something that the facts know.
    (
        "screens.toml",
        "part = \"harm\"\n[[screen.box]]\nid = \"urgent\"",
        "part = \"today\"\n[[screen.box]]\nid = \"urgent\"",
        "screens.toml",
        "screen[abroad].part comes after a screen of a later part",
    ),
    (
        "screens.toml",
        "id = \"you\"\npart = \"coming\"",
        "id = \"you\"\npart = \"comings\"",
        "screens.toml",
        "screen[you].part unknown part `comings`",
    ),
    (
        "screens.toml",
        "id = \"cleared\"\n",
        "id = \"cleared\"\nchoose = { crimes = [\"expunged\", \"juvenile\"] }\n[[screen.box]]\nid = \"ninth\"\n",
        "screens.toml",
        "screen[police] more than 8 lines",
    ),
    (
        "screens.toml",
        "ask = [\"asylum.filed-on\"]",
        "ask = [\"asylum.filed-on\", \"orders\"]",
        "screens.toml",
        "screen[asylum].ask `orders` is no fact with a control",
    ),
    ("screens.toml", "ask = [\"education\"]\n", "\n", "screens.toml", "screen[school] asks nothing"),
    (
        "screens.toml",
        "sets = { denied-filing = true }",
        "sets = { denied-filing = \"yes\" }",
        "screens.toml",
        "box[denied].sets `denied-filing` is no fact, or takes something else",
    ),
    (
        "screens.toml",
        "choose = { pending = [\"cancellation\", \"naturalization\", \"i751\"] }",
        "choose = { pending = [\"i751\"], crimes = [\"felony\"] }",
        "screens.toml",
        "box[other].choose does not name one fact",
    ),
    (
        "screens.toml",
        "\"other\", \"not-by-law\"] }",
        "\"other\", \"by-law\"] }",
        "screens.toml",
        "box[spouse].choose `by-law` is no option",
    ),
    ("screens.toml", "sets = { \"victim.trafficking\" = true }", "", "screens.toml", "box[forced] says nothing"),
    (
        "screens.toml",
        "entries = \"border-contacts\"",
        "entries = \"custody\"",
        "screens.toml",
        "screen[border].entries `custody` is no list",
    ),
    (
        "screens.toml",
        "steps = [[\"granted\", \"until\", \"left\"]]",
        "steps = [[\"granted\", \"left\"]]",
        "screens.toml",
        "screen[last-day].steps does not tell each field once",
    ),
    (
        "screens.toml",
        "options = [\"others-papers\", \"false-citizen-claim\"]",
        "options = [\"others-papers\"]",
        "screens.toml",
        "screen[coming].ways the ways of `how` do not hold each option once",
    ),
    ("screens.toml", "of = \"crimes\"", "of = \"custody\"", "screens.toml", "screen[cases].of `custody` is no such fact"),
    (
        "screens.toml",
        "ask = [\"stepparent.married-on\"]",
        "ask = [\"marriage.date\"]",
        "screens.toml",
        "stepparent.married-on is asked on no screen, or on several",
    ),
    // A review found the rules with one of these edits accepted.
    // A step says of which cards it is, and nothing that the engine or the door decides already.
    (
        "routes/registry.toml",
        "doors = [\"open\"]",
        "doors = [\"open\"]\nfits = [\"fits\"]",
        "routes/registry.toml",
        "step[file-registry].fits is said of a step that files",
    ),
    (
        "routes/kft-spouse.toml",
        "kind = \"file\"\ndoors = [\"open\", \"filing-only\"]",
        "kind = \"file\"\ndoors = [\"open\", \"filing-only\", \"closed\"]",
        "routes/kft-spouse.toml",
        "step[kft-file-online].doors nothing is filed at a shut door",
    ),
    (
        "routes/already-citizen.toml",
        "id = \"citizenship-lawyer\"\nkind = \"help\"",
        "id = \"citizenship-lawyer\"\nkind = \"help\"\ndoors = [\"open\"]",
        "routes/already-citizen.toml",
        "step[citizenship-lawyer].doors names every state",
    ),
    (
        "routes/already-citizen.toml",
        "id = \"gather-ancestor-papers\"\nkind = \"gather\"\nfits = [\"unclear\"]",
        "id = \"gather-ancestor-papers\"\nkind = \"gather\"\nfits = [\"unclear\", \"not-now\"]",
        "routes/already-citizen.toml",
        "step[gather-ancestor-papers].fits names a fit that no card",
    ),
    (
        "routes/daca-renewal.toml",
        "id = \"daca-no-extension\"\nkind = \"learn\"\ndoors = [\"open\"]",
        "id = \"daca-no-extension\"\nkind = \"learn\"\ndoors = [\"open\", \"not-begun\"]",
        "routes/daca-renewal.toml",
        "step[daca-no-extension].doors names a state that this door never has with these fits",
    ),
    (
        "routes/work-permit.toml",
        "applies-when = { named = \"daca-runs\" }",
        "applies-when = { named = \"daca-runs\" }\nif-no = \"time\"",
        "routes/work-permit.toml",
        "criterion[daca-runs].if-no says what a failed criterion means",
    ),
    (
        "routes/registry.toml",
        r#"test = { named = "in-us" }"#,
        "test = { always = false }",
        "routes/registry.toml",
        "criterion[in-us].test.always is false",
    ),
    (
        "conditions.toml",
        "{ field = \"left-how\", given = true },\n  { field = \"left-how\", one-of = [\"expedited-removal\"",
        "{ field = \"left-how\", given = false },\n  { field = \"left-how\", one-of = [\"expedited-removal\"",
        "conditions.toml",
        "condition[left-under-order].test.where.all[0].given is false",
    ),
    ("cautions/stale.toml", "{ stale = true }", "{ stale = false, nonsense = 1 }", "cautions/stale.toml", "test.stale is false"),
    (
        "cautions/boundary-date.toml",
        "{ on-boundary = true }",
        "{ on-boundary = true, nonsense = 1 }",
        "cautions/boundary-date.toml",
        "test.nonsense unknown key",
    ),
    (
        "cautions/boundary-date.toml",
        "",
        "[[when]]\nid = \"odd\"\ntier = \"know\"\ntells = []\ncite = [\"screener-practice\"]\ntest = { any = [{ on-boundary = false }, { unverified = false }] }\n",
        "cautions/boundary-date.toml",
        "when[odd].test.any[0].on-boundary is false",
    ),
    ("cautions/boundary-date.toml", "", "", "cautions/boundary-date.toml", "when[odd].test.any[1].unverified is false"),
    (
        "contradictions.toml",
        "{ stays-out-of-order = true }",
        "{ stays-out-of-order = false }",
        "contradictions.toml",
        "test.stays-out-of-order is false",
    ),
    (
        "conditions.toml",
        r#"{ some = "orders", where = { always = true } }"#,
        r#"{ some = "orders", where = { always = true }, at-least = 5 }"#,
        "conditions.toml",
        "condition[any-order].test.any[0].at-least unknown key",
    ),
    (
        "cautions/open-court-case.toml",
        r#"{ fact = "court.state", is = "open" }"#,
        r#"{ fact = "court.state", is = "none", one-of = ["ended"] }"#,
        "cautions/open-court-case.toml",
        "test.all[0].one-of stands beside `is`",
    ),
    (
        "routes/spouse-visa.toml",
        "amount = 675",
        "amount = 676",
        "routes/spouse-visa.toml",
        "fee[i-130-paper] is 676 on 2024-04-01, and 675 in routes/adjustment-245i.toml",
    ),
    (
        "routes/kft-spouse.toml",
        "to = 2024-11-06\n",
        "",
        "routes/kft-spouse.toml",
        "fee[kft-request] goes on behind a door that is shut from 2024-11-07 on",
    ),
    ("routes/registry.toml", "amount = 1440\n", "", "routes/registry.toml", "fee[i-485-paper].amount missing"),
    (
        "routes/naturalization-spouse.toml",
        "amount = 640",
        "amount = -5",
        "routes/naturalization-spouse.toml",
        "fee[n-400-paper].amount is integer",
    ),
    (
        "routes/naturalization-spouse.toml",
        "",
        "[[fee]]\nid = \"n-400-online\"\nfrom = 2025-04-01\namount = 0\ncite = [\"fr-89-6194\"]\n",
        "routes/naturalization-spouse.toml",
        "fee[n-400-online] two versions overlap",
    ),
    (
        "routes/cancellation.toml",
        "group = \"long-residence\"",
        "group = \"long-residense\"",
        "routes/cancellation.toml",
        "unknown group `long-residense`",
    ),
    (
        "routes/registry.toml",
        "confirmed-through = 2026-07-02",
        "confirmed-through = 2030-01-01",
        "routes/registry.toml",
        "door[0].confirmed-through 2030-01-01 is not between",
    ),
    (
        "routes/asylum.toml",
        "confirmed-through = 20",
        "confirmed-through = 2000-01-01 # 20",
        "routes/asylum.toml",
        "door[0].confirmed-through 2000-01-01 is not between",
    ),
    (
        "routes/proposed-laws.toml",
        "from = 2027-01-03",
        "from = 2026-11-01",
        "routes/proposed-laws.toml",
        "door[1].confirmed-through 2026-08-21 is not between",
    ),
    (
        "routes/registry.toml",
        "if-no = \"lawyer\"",
        "if-no = \"lawyer\"\nmissing = \"nonsense\"",
        "routes/registry.toml",
        "criterion[lived-here-since].missing unknown key",
    ),
    ("facts.toml", "absent = \"still\"", "absent = \"gone\"", "facts.toml", "absent is an unknown word"),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-trust\"\nas-of = 2026-03-01\nbase = \"plane\"\nsource = \"-\"\nconfidence = \"banana\"\nexpect.report.stop = false\n",
        "cases/odd.toml",
        "case[odd-trust].confidence unknown word `banana`",
    ),
    ("cases/odd.toml", "", "", "cases/odd.toml", "case[odd-trust].base unknown base `plane`"),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-day\"\nas-of = [\"2026-02-31\", \"2026-03-01\"]\nbase = \"plain\"\nsource = \"-\"\nconfidence = \"high\"\nexpect.report.stop = false\n",
        "cases/odd.toml",
        "case[odd-day].as-of has a day that does not exist",
    ),
    ("pack.toml", r#"languages = ["en", "es""#, r#"languages = ["en", "xx""#, "pack.toml", "languages there are no texts in text/xx"),
    ("pack.toml", "", "", "text/es", "is no language of the pack"),
    (
        "routes/odd.toml",
        "",
        "id = \"odd\"\ngroup = \"ideas\"\ngives = []\nexposes = []\ndocuments = []\n[[door]]\nfrom = 2012-06-15\nstate = \"open\"\ncite = [\"usc-8-1259\"]\nconfirmed-through = 2026-07-02\nkind = \"statute\"\n[[criterion]]\nid = \"odd\"\ncite = [\"usc-8-1259\"]\ntest = { named = \"in-us\" }\n",
        "routes/odd.toml",
        "no case expects anything of this route",
    ),
    ("routes/odd.toml", "", "", "routes/odd.toml", "criterion[odd] no case ever sees it fail"),
    ("routes/odd.toml", "", "", "boundaries", "odd 2012-06-15 this change of a door has no row"),
    // One slip of each kind.
    ("routes/kft-spouse.toml", "id = \"kft-spouse\"", "id = \"kft-spouse\"\nopne = true", "routes/kft-spouse.toml", "unknown key"),
    ("conditions.toml", "fact = \"person.in-us\"", "fact = \"person.in-usa\"", "conditions.toml", "unknown fact `person.in-usa`"),
    ("conditions.toml", "is = \"citizen\"", "is = \"ctizen\"", "conditions.toml", "unknown option `ctizen`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[17] is no word of the vocabulary"),
    ("routes/kft-spouse.toml", "state = \"closed\"\ncite = [", "state = \"closed\"\nnote = [", "routes/kft-spouse.toml", "no citation"),
    ("routes/kft-spouse.toml", "cite = [\"", "cite = [\"x-", "routes/kft-spouse.toml", "unknown citation"),
    ("text/en/cautions.toml", "title = ", "titel = ", "text/en", "title missing"),
    ("text/en/family.toml", "{since}", "{sinse}", "text/en/family.toml", "unknown placeholder {sinse}"),
    // A caution of which nobody is sure has a title that does not tell it for a fact.
    ("text/en/maybe-titles.toml", "outstanding.maybe-title", "outstanding.title", "text/en", "old-order outstanding maybe-title missing"),
    (
        "text/en/maybe-titles.toml",
        "Was an old deportation order put back in force?",
        "An old deportation order is back in force",
        "text/en/maybe-titles.toml",
        "old-order reinstated maybe-title tells for a fact",
    ),
    (
        "text/en/maybe-titles.toml",
        "Was there ever a deportation order against you?",
        "Was there ever a deportation order made against you here?",
        "text/en/maybe-titles.toml",
        "old-order carried-out maybe-title has 10 words",
    ),
    (
        "text/en/general.toml",
        "Are you in the United States now?",
        "You qualify. Are you in the United States now?",
        "text/en/general.toml",
        "says \"you qualify\"",
    ),
    (
        "text/en/general.toml",
        "have a case in immigration court?",
        "have a case in an immigration court?",
        "texts-in-step.toml",
        "fact court.state changed in en",
    ),
    ("help.toml", "https://www.uscis.gov/avoid-scams", "https://example.com/avoid-scams", "help.toml", "reviewed host"),
    (
        "text/en/general.toml",
        "[fact.\"court.missed-hearing\"]\nquestion = \"",
        "[fact.\"court.missed-hearing\"]\nquestion = \"Didn't you? ",
        "text/en/general.toml",
        "contraction",
    ),
    // Others of their kinds.
    ("pack.toml", "statute = 365", "statute = 365\nrumor = 1", "pack.toml", "shelf-life.rumor unknown key"),
    ("pack.toml", "state = \"draft\"", "state = \"draft\"\nrole = \"attorney\"", "pack.toml", "review.role unknown key"),
    ("pack.toml", "groups = [", "groups = [\n  \"nobody\",", "pack.toml", "no route is in the group `nobody`"),
    (
        "measures.toml",
        "minors-until = [\"",
        "minors = [\"usc-8-1182-a-9-b\"]\nminors-until = [\"",
        "measures.toml",
        "measure[bar].cite.minors unknown key",
    ),
    ("measures.toml", "minors-until = 18", "minors-until = -18", "measures.toml", "measure[bar].minors-until is integer"),
    (
        "measures.toml",
        "",
        "[[measure]]\nid = \"odd\"\ncounts-from = 1997-04-01\ncite = { counts-from = [\"iirira-301-b-3\"] }\n",
        "measures.toml",
        "odd nothing uses it",
    ),
    (
        "facts.toml",
        "show-when = { field = \"left\", given = true }",
        "show-when = { field = \"left\", given = false }",
        "facts.toml",
        "field[left-how].show-when.given is false",
    ),
    (
        "facts.toml",
        "show-when = { field = \"how\", one-of = [",
        "show-when = { field = \"how\", given = true, one-of = [",
        "facts.toml",
        "field[allowed-until].show-when.given stands beside `one-of`",
    ),
    (
        "facts.toml",
        "",
        "[[fact]]\nid = \"Odd\"\nkind = \"choice\"\noptions = [\"a b\", \"c\", \"c\"]\nfind-out = \"know\"\nahead = true\nfirst = false\nreserved = true\nhint = \"?\"\nsince = [{ fact = \"person.in-us\", wen = \"c\" }]\nhappened = \"day\"\n",
        "facts.toml",
        "fact[Odd].id `Odd` is no plain name",
    ),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].options `a b` is no plain name"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].options `c` stands twice"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].ahead does not go with a Choice"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].first is false"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].hint unknown key"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].since[0].wen unknown key"),
    ("facts.toml", "", "", "facts.toml", "fact[Odd].since[0].fact `person.in-us` is no date fact"),
    (
        "conditions.toml",
        "",
        "[[condition]]\nid = \"odd\"\ncite = []\ntest = { any = [\n  { named = \"in-us\", always = true },\n  { fact = \"court.state\", one-of = [] },\n  { fact = \"crimes\", includes-any = [] },\n  { fact = \"crimes\", is = \"drug\" },\n  { fact = \"court.state\" },\n  { some = \"stays\", where = { field = \"how\", before = 2020-01-01 } },\n  { some = \"stays\", where = { field = \"how\" } },\n  { days-in-this-stay = \"bar\", more-than = 180, at-least = 200 },\n  { returned-after = \"lifetime\", at-least = 0 },\n  { fact = \"person.birth-date\", at-least = { years = 0 }, by = \"as-of\" },\n  { fact = \"person.birth-date\", before = { fact = \"marriage.date\", plus = { years = 16, yers = 1 } } },\n  { present-for = { years = 10 }, by = \"as-of\", how = [\"own-choice\"] },\n  { removal-bar-running = [\"judge\"], measure = \"lifetime\", years = -10 },\n  { stale = true },\n  { fact = \"person.birth-date\", before = 2020-01-01, after = 2000-01-01 },\n  { fact = \"person.in-us\", one-of = [\"yes\"] },\n  { not = { named = \"in-us\", odd = 1 } },\n  { formula = \"1 < 2\" },\n] }\n",
        "conditions.toml",
        "condition[odd].cite is an empty list",
    ),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[0].always stands beside `named`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[1].one-of is an empty list"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[2].includes-any is an empty list"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[3] this test does not go with `crimes`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[4] this test does not go with `court.state`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[5].where this test does not go with `how`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[6].where this test does not go with `how`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[7].more-than stands beside `at-least`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[8] is always so, or never"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[9].at-least is not a span"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[10].before.plus.yers unknown key"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[11].how unknown key"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[12].years is integer"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[13] speaks of a card"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[14].after stands beside `before`"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[15] a yes-no fact is true or false"),
    ("conditions.toml", "", "", "conditions.toml", "condition[odd].test.any[16].not.odd unknown key"),
    (
        "citations.toml",
        "",
        "[Odd_Source]\ntitle = \"\"\nurl = \"https://www.uscis.gov/a b\"\nkind = \"agency\"\nverified = false\nread = 2099-01-01\npage = 4\n",
        "citations.toml",
        "Odd_Source is no plain name",
    ),
    ("citations.toml", "", "", "citations.toml", "Odd_Source.title is empty"),
    ("citations.toml", "", "", "citations.toml", "Odd_Source.url is not an https address of plain form"),
    ("citations.toml", "", "", "citations.toml", "Odd_Source.read was read after the version"),
    ("citations.toml", "", "", "citations.toml", "Odd_Source.page unknown key"),
    (
        "help.toml",
        "phone = \"1-888-373-7888\"",
        "phone = \"call us\"\nemail = \"x\"",
        "help.toml",
        "help[trafficking].phone is no telephone number",
    ),
    ("help.toml", "", "", "help.toml", "help[trafficking].email unknown key"),
    (
        "routes/asylum.toml",
        "not-charged = true",
        "not-charged = true\namount = 7",
        "routes/asylum.toml",
        "fee[asylum-yearly].not-charged stands beside `amount`",
    ),
    (
        "routes/asylum.toml",
        "to = 2025-10-29",
        "to = 2025-10-28",
        "routes/asylum.toml",
        "fee[asylum-yearly] two versions overlap, or a day between them has none",
    ),
    (
        "routes/naturalization-general.toml",
        "",
        "[[step]]\nid = \"file-n400\"\nkind = \"file\"\ndoors = [\"paused\"]\n[[step]]\nid = \"learn\"\nkind = \"learn\"\nfits = []\n[[criterion]]\nid = \"odd\"\nfrom = 2024-01-02\nto = 2024-01-01\ncite = [\"usc-8-1259\", \"usc-8-1259\"]\ntest = { named = \"pause-listed\" }\nif-no = \"step\"\n",
        "routes/naturalization-general.toml",
        "step[file-n400] this id stands twice",
    ),
    (
        "routes/naturalization-general.toml",
        "",
        "",
        "routes/naturalization-general.toml",
        "step[file-n400].doors names a state that this door never has",
    ),
    ("routes/naturalization-general.toml", "", "", "routes/naturalization-general.toml", "step[learn].id is the name of a kind"),
    ("routes/naturalization-general.toml", "", "", "routes/naturalization-general.toml", "step[learn].fits is an empty list"),
    ("routes/naturalization-general.toml", "", "", "routes/naturalization-general.toml", "criterion[odd] ends before it begins"),
    ("routes/naturalization-general.toml", "", "", "routes/naturalization-general.toml", "criterion[odd].cite `usc-8-1259` stands twice"),
    (
        "routes/naturalization-general.toml",
        "",
        "",
        "routes/naturalization-general.toml",
        "criterion[odd] names `pause-listed`, which is not in force",
    ),
    ("routes/naturalization-general.toml", "", "", "routes/naturalization-general.toml", "criterion[odd].missing missing"),
    ("routes/tps.toml", "from = 2012-06-15", "from = 2012-06-16", "routes/tps.toml", "door begins later than the rules are known"),
    ("cautions/fraud.toml", "tells = ", "tels = ", "cautions/fraud.toml", "tells missing"),
    ("cautions/fraud.toml", "touches = ", "touched = ", "cautions/fraud.toml", "touches missing"),
    (
        "cases/base.toml",
        "",
        "[given.\"spouse.status=cousin\"]\n\"marriage.valid\" = true\n",
        "cases/base.toml",
        "given.spouse.status=cousin is no fact, or no option",
    ),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-words\"\nas-of = [2026-11-21, 2026-11-20]\nbase = \"plain\"\nanswers = { stays = [] }\nsource = \"-\"\nconfidence = \"high\"\nresult = 1\n[case.expect]\nregistry = { fitt = \"fits\" }\nregister = { fit = \"fits\" }\nasylum = {}\nreport = \"stop\"\n",
        "cases/odd.toml",
        "odd-words@2026-11-20.registry.fitt unknown key",
    ),
    ("cases/odd.toml", "", "", "cases/odd.toml", "odd-words@2026-11-20.register no such route"),
    ("cases/odd.toml", "", "", "cases/odd.toml", "odd-words@2026-11-20.asylum expects nothing"),
    ("cases/odd.toml", "", "", "cases/odd.toml", "odd-words@2026-11-20.report is string"),
    ("cases/odd.toml", "", "", "cases/odd.toml", "case[odd-words].result unknown key"),
    ("cases/odd.toml", "", "", "cases/odd.toml", "case[odd-words].as-of has days out of order"),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-fact\"\nas-of = 2026-11-21\nbase = \"plain\"\nanswers = { \"spouse.stat\" = \"not-asked\" }\nsource = \"\"\nconfidence = \"high\"\nexpect.report.stop = false\n",
        "cases/odd.toml",
        "case[odd-fact].answers `spouse.stat` is the id of no fact",
    ),
    ("cases/odd.toml", "", "", "cases/odd.toml", "case[odd-fact].source is empty"),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-fact\"\nas-of = 2026-11-21\nbase = \"plain\"\nsource = \"-\"\nconfidence = \"high\"\n",
        "cases/odd.toml",
        "case[odd-fact] this id stands twice",
    ),
    ("cases/odd.toml", "", "", "cases/odd.toml", "case[odd-fact] no day or nothing expected"),
    (
        "cases/odd.toml",
        "",
        "[[case]]\nid = \"odd-never\"\nas-of = []\nsource = \"-\"\nconfidence = \"high\"\nexpect.report.stop = false\n",
        "cases/odd.toml",
        "case[odd-never] no day or nothing expected",
    ),
    (
        "boundaries/odd.toml",
        "",
        "[[boundary]]\nroute = \"registry\"\ncriterion = \"born-before\"\ncaution = \"fraud\"\nas-of = 2026-11-21\nfact = \"person.birth-date\"\nlast-good = 1971-12-31\nfirst-good = 1971-12-31\nfirst-bad = 1972-01-01\nanswers = {}\ncite = [\"usc-8-1259\"]\nsince = 1\n[[door-boundary]]\nroute = \"registry\"\nfirst-day = 2013-06-15\nstate = \"open\"\nbefore = \"open\"\ncite = [\"usc-8-1259\"]\n",
        "boundaries/odd.toml",
        "boundary[0].caution stands beside `route`",
    ),
    (
        "boundaries/odder.toml",
        "",
        "[[countries]]\nroute = \"tps\"\ncriterion = \"designated\"\nlisted = \"maybe\"\nfirst-day = 2026-01-01\nlast-day = 2026-01-01\ncountries = [\"HT\"]\ncite = [\"usc-8-1254a\"]\n[[countries]]\nroute = \"tps\"\ncriterion = \"designated\"\nlisted = \"yes\"\nfirst-day = 2026-01-01\nlast-day = 2026-01-01\ncountries = [\"QQ\"]\ndays = {}\ncite = [\"usc-8-1254a\"]\n",
        "boundaries/odder.toml",
        "countries[0].listed unknown word `maybe`",
    ),
    ("boundaries/odder.toml", "", "", "boundaries/odder.toml", "countries[1].countries stands beside `days`"),
    ("boundaries/odd.toml", "", "", "boundaries/odd.toml", "boundary[0].first-good stands beside `last-good`"),
    ("boundaries/odd.toml", "", "", "boundaries/odd.toml", "boundary[0].since unknown key"),
    ("boundaries/odd.toml", "", "", "boundaries/odd.toml", "door-boundary[0] nothing changes on this day"),
    ("text/en/help.toml", "", "[\"help\".odd]\nnumber = 5\n", "text/en/help.toml", "help.odd.number is integer"),
    ("text/en/general.toml", "dir = \"ltr\"", "dir = \"left\"\nscript = \"Latn\"", "text/en/general.toml", "dir is no direction"),
    ("text/en/general.toml", "", "", "text/en/general.toml", "script unknown key"),
    ("text/en/general.toml", "lang = \"en\"", "lang = \"eng\"", "text/en/general.toml", "lang is not the name of the folder"),
    (
        "text/en/general.toml",
        "hint = \"",
        "hint = \"{since} ",
        "text/en/general.toml",
        "fact person.in-us hint unknown placeholder {since}",
    ),
    ("text/en/family.toml", "{years}", "{years", "text/en/family.toml", "has a brace without its other half"),
    ("cautions/smuggling.toml", "touches = [", "touches = [\"asylum\", ", "cautions/smuggling.toml", "touches names others beside \"all\""),
    (
        "cautions/smuggling.toml",
        "",
        "[[when]]\nid = \"helped\"\nto = 2011-01-01\ntier = \"later\"\ntells = [\"hurry\"]\ncite = [\"usc-8-1259\"]\ntest = { named = \"in-us\" }\n",
        "cautions/smuggling.toml",
        "when[helped] ends before the rules are known",
    ),
    ("cautions/smuggling.toml", "", "", "cautions/smuggling.toml", "when[helped] this id stands twice"),
    ("cautions/smuggling.toml", "", "", "cautions/smuggling.toml", "when[helped].tier unknown tier `later`"),
    ("cautions/smuggling.toml", "", "", "cautions/smuggling.toml", "when[helped].tells unknown word `hurry`"),
    ("condition.toml", "", "[[condition]]\nid = \"odd\"\n", "condition.toml", "nothing reads this file"),
    ("cautions/more/odd.toml", "", "id = \"odd\"\n", "cautions/more/odd.toml", "nothing reads this file"),
];

#[test]
fn nonsense_is_refused() {
    let copy = bare("nonsense");
    for (file, from, to, ..) in NONSENSE {
        let path = copy.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(from), "{file} has no {from:?}");
        let text = if from.is_empty() { format!("{text}\n{to}") } else { text.replacen(from, to, 1) };
        std::fs::write(&path, text).expect("written");
    }
    let problems = author::check(&copy).err().unwrap_or_default();
    let accepted: Vec<String> =
        NONSENSE.iter().filter(|row| !names(&problems, row.3, row.4)).map(|row| format!("{}: {:?}", row.3, row.4)).collect();
    assert!(accepted.is_empty(), "not refused:\n{}\n\n{}", accepted.join("\n"), listed(&problems));
}

#[test]
fn a_copy_is_no_translation() {
    let copy = bare("copied");
    let text = |language: &str| std::fs::read_to_string(copy.join(format!("text/{language}/family.toml"))).expect("texts");
    std::fs::write(copy.join("text/es/family.toml"), text("en")).expect("written");
    let problems = author::check(&copy).err().unwrap_or_default();
    assert!(names(&problems, "text/es", "route adjustment-relative name is word for word what en says"), "{}", listed(&problems));
}

/// What somebody who never left since, and was never protected, has nothing to do with: a trip on advance parole, a trip with TPS.
const SILENT: [&str; 2] = ["delcarmen-lara-2026", "cfr-8-244-14"];

#[test]
fn a_case_that_fails_can_be_explained() {
    let copy = bare("explained");
    let file = copy.join("cases/kft-spouses.toml");
    let text = std::fs::read_to_string(rules().join("cases/kft-spouses.toml")).expect("the file");
    std::fs::write(&file, text.replacen("fit = \"fits\"", "fit = \"unclear\"", 1)).expect("written");
    assert!(names(&author::check(&copy).err().unwrap_or_default(), "cases/kft-spouses.toml", "expected unclear, found fits"));
    let (rules, cases) = author::cases(&copy).unwrap_or_else(|problems| panic!("{}", listed(&problems)));
    let case = cases.iter().find(|case| case.id == "kft-spouse-01@2026-11-21").expect("the case");
    let text = author::explain(&rules, case);
    assert!(text.contains("kft-spouse") && text.contains("; confidence: "), "{text}");
    // What nobody here was protected by, and no clause or condition that does not hold, stands under it.
    let title = |id: &str| rules.sources.iter().find(|source| source.id == id).map(|source| source.title.clone()).expect("a source");
    assert!(text.contains(&title("fr-89-67459")), "{text}");
    let silent: Vec<&str> = SILENT.into_iter().filter(|id| text.contains(&title(id))).collect();
    assert!(silent.is_empty(), "{silent:?} in {text}");
}

#[test]
fn a_file_that_is_missing() {
    let copy = copied("a_file_that_is_missing");
    std::fs::remove_file(copy.join("facts.toml")).expect("removed");
    let problems = author::check(&copy).err().unwrap_or_default();
    assert!(names(&problems, "facts.toml", "missing"), "{}", listed(&problems));
}

#[test]
fn all_problems_are_listed_at_once() {
    let problems = broken("all_problems", "routes/kft-spouse.toml", "id = \"kft-spouse\"", "id = \"kft\"\nodd = 1\nodder = 2");
    assert!(problems.len() >= 3, "{}", listed(&problems));
}

/// Five families: one who fits and files, one whose time has not come and whose last day is near, one with an old order, one whose
/// answers cannot all be so, one who left under an order.
const FAMILIES: [(&str, &str); 5] = [
    ("slips", r#"{ stays = [], "spouse.status" = "citizen", "marriage.date" = 1984-06-01 }"#),
    (
        "files",
        r#"{ "green-card.has" = true, "green-card.since" = 2021-01-01, "green-card.conditional" = false, stays = [{ entered = 2018-03-01, how = "visa" }], "spouse.status" = "citizen", "marriage.date" = 2019-05-01 }"#,
    ),
    (
        "waits",
        r#"{ "green-card.has" = true, "green-card.since" = 2025-12-01, "green-card.conditional" = true, stays = [{ entered = 2018-03-01, how = "visa" }], "spouse.status" = "citizen", "marriage.date" = 2022-05-01 }"#,
    ),
    (
        "stops",
        r#"{ stays = [{ entered = 2015-03-01, how = "without-inspection" }], "spouse.status" = "citizen", "marriage.date" = 2024-06-01, "marriage.ended" = "widowed", "marriage.ended-on" = 2024-11-22, "marriage.remarried" = false, orders = [{ kind = "judge", date = 2019-04-02, carried-out = false }] }"#,
    ),
    (
        "left",
        r#"{ "person.in-us" = false, stays = [{ entered = 2004-03-01, how = "visa", allowed-until = 2021-11-20, left = 2021-11-20, left-how = "own-choice" }], orders = [{ kind = "in-absentia", date = 2005-03-01, carried-out = 2021-11-20 }], "court.state" = "ended", "notice-to-appear.served-on" = 2004-09-01, "court.missed-hearing" = true, "court.missed-why" = "other", "spouse.status" = "citizen", "marriage.date" = 2008-01-01, "hardship.spouse-or-parent" = true, "petition.state" = "approved" }"#,
    ),
];

/// A family, whom or what the expectation is about, one that holds, one of the same key that does not, and what is said of it.
const SAID: [(&str, &str, &str, &str, &str); 47] = [
    (
        "files",
        "naturalization-spouse",
        r#"steps = ["file-n400"]"#,
        r#"steps = ["natz-conditions-too", "file-n401"]"#,
        "nothing here is called `file-n401`",
    ),
    ("files", "naturalization-spouse", r#"steps = ["file", "learn"]"#, r#"steps-not = ["file"]"#, "`file` is there"),
    ("files", "naturalization-spouse", r#"steps = ["file/file-n400"]"#, r#"steps = ["help/file-n400"]"#, "`help/file-n400` is missing"),
    (
        "files",
        "naturalization-spouse",
        r#"steps-not = ["learn/file-n400"]"#,
        r#"steps-not = ["lern/file-n400"]"#,
        "nothing here is called `lern/file-n400`",
    ),
    (
        "files",
        "naturalization-spouse",
        r#"steps-not = ["look-at-other-cards"]"#,
        r#"steps = ["look-at-other-cards"]"#,
        "`look-at-other-cards` is missing",
    ),
    ("stops", "widow-petition", r#"steps-not = ["file"]"#, r#"steps = ["file"]"#, "`file` is missing"),
    (
        "files",
        "naturalization-spouse",
        r#"fees = { n-400-paper = 760, n-400-online = 710 }"#,
        r#"fees = { n-400-paper = 640 }"#,
        "expected 640, found 760",
    ),
    ("files", "naturalization-spouse", r#"fees = { n-400-reduced = 380 }"#, r#"fees = { n-400 = 760 }"#, "expected 760, found none"),
    ("files", "kft-spouse", r#"fees-not = ["kft-request"]"#, r#"fees-not = ["i-999"]"#, "nothing here is called `i-999`"),
    ("files", "naturalization-spouse", r#"rank-before = ["kft-spouse", "daca-initial"]"#, r#"rank-before = ["kft"]"#, "`kft` is missing"),
    (
        "files",
        "daca-initial",
        r#"rank-before = ["sibling-petition"]"#,
        r#"rank-before = ["naturalization-spouse"]"#,
        "`naturalization-spouse` is missing",
    ),
    ("waits", "naturalization-spouse", "not-before = 2028-09-02", "not-before = 2028-09-01", "expected 2028-09-01, found 2028-09-02"),
    ("waits", "naturalization-spouse", "not-before = \"2028-09-02\"", "not-before = 2028-09-01", "still in the way on 2028-09-01"),
    ("waits", "naturalization-spouse", r#"fit = "not-now""#, "not-before = 2028-09-03", "not in the way on 2028-09-02, its eve"),
    ("files", "naturalization-spouse", r#"not-before = "none""#, "not-before = 2028-09-02", "expected 2028-09-02, found none"),
    ("waits", "naturalization-spouse", r#"not-before = 2028-09-02"#, r#"not-before = "none""#, "expected none, found 2028-09-02"),
    // A ground can be in the way too, on this card alone.
    ("left", "spouse-visa", "not-before = 2031-11-21", "not-before = 2031-11-20", "expected 2031-11-20, found 2031-11-21"),
    ("left", "spouse-visa", r#"grounds-not = ["crew"]"#, r#"grounds-not = ["crow"]"#, "nothing here is called `crow`"),
    ("waits", "naturalization-spouse", r#"come-back = ["2027-12-01"]"#, r#"come-back = ["2027-12-02"]"#, "2027-12-02 is not promised"),
    ("waits", "naturalization-spouse", "come-back = [2027-12-01]", r#"come-back = ["2027-02-30"]"#, "a day that does not exist"),
    ("stops", "report", r#"tier = { old-order = "stop" }"#, r#"tier = { old-order = "know" }"#, "expected know, found stop"),
    (
        "stops",
        "widow-petition",
        r#"tells = { old-order = ["do-not-contact", "do-not-file", "do-not-travel", "lawyer-first"] }"#,
        r#"tells = { old-order = ["do-not-file"] }"#,
        "expected do-not-file, found",
    ),
    (
        "stops",
        "widow-petition",
        r#"clause = { old-order = "outstanding" }"#,
        r#"clause = { old-order = "carried-out" }"#,
        "expected carried-out",
    ),
    (
        "stops",
        "widow-petition",
        "until = { deadline = 2026-11-22 }",
        "until = { deadline = 2026-11-23 }",
        "expected 2026-11-23, found 2026-11-22",
    ),
    ("stops", "report", r#"until = { old-order = "none" }"#, "until = { old-order = 2026-11-23 }", "found none"),
    ("stops", "report", r#"certainty = { old-order = "yes" }"#, r#"certainty = { old-order = "maybe" }"#, "expected maybe, found yes"),
    (
        "stops",
        "report",
        r#"cautions = ["old-order/do-not-file", "old-order/outstanding"]"#,
        r#"cautions = ["deadline/do-not-file"]"#,
        "`deadline/do-not-file` is missing",
    ),
    (
        "stops",
        "report",
        r#"cautions-not = ["deadline/do-not-file", "civics-test"]"#,
        r#"cautions-not = ["old-order/do-not-travel"]"#,
        "`old-order/do-not-travel` is there",
    ),
    ("files", "report", r#"cautions-not = ["old-order"]"#, r#"cautions-not = ["olde-order"]"#, "nothing here is called `olde-order`"),
    (
        "files",
        "report",
        r#"cautions-not = ["old-order/outstanding"]"#,
        r#"cautions-not = ["old-order/lawyer"]"#,
        "nothing here is called `old-order/lawyer`",
    ),
    ("files", "report", "stop = false", r#"tier = { old-order = "stop" }"#, "is missing; there are"),
    ("stops", "report", "stop = true", "stop = false", "expected false, found true"),
    (
        "stops",
        "report",
        r#"urgent = ["old-order", "deadline", "do-not-travel"]"#,
        r#"urgent = ["deadline"]"#,
        "found old-order, deadline, do",
    ),
    (
        "files",
        "report",
        r#"plan = ["naturalization-spouse/lawyer-checks-first", "naturalization-spouse/natz-trip-list", "naturalization-spouse/natz-whole-file"]"#,
        r#"plan = ["naturalization-spouse/file-n400"]"#,
        "expected naturalization-spouse/file-n400, found",
    ),
    ("files", "kft-spouse", r#"place = "not-this-family""#, r#"place = "shut""#, "expected shut, found not-this-family"),
    ("waits", "report", "problems = []", r#"problems = ["married-before-born"]"#, "`married-before-born` is missing"),
    (
        "waits",
        "report",
        r#"problems-not = ["married-before-born", "no-such-day"]"#,
        r#"problems-not = ["married-to-nobody"]"#,
        "nothing here is called `married-to-nobody`",
    ),
    ("stops", "report", r#"cautions = ["old-order", "do-not-file"]"#, r#"cautions-not = ["do-not-file"]"#, "`do-not-file` is there"),
    ("slips", "report", r#"problems = ["married-before-born"]"#, "problems = []", "expected none, found married-before-born"),
    ("slips", "report", r#"problems-not = ["no-such-day"]"#, r#"problems-not = ["married-before-born"]"#, "`married-before-born` is there"),
    ("files", "naturalization-spouse", r#"door = "open""#, r#"door = "closed""#, "expected closed, found open"),
    ("waits", "naturalization-spouse", r#"fit = "not-now""#, r#"fit = "fits""#, "because of: resident-long-enough no"),
    ("waits", "naturalization-spouse", r#"missing = []"#, r#"missing = ["marriage"]"#, "expected marriage, found "),
    (
        "files",
        "naturalization-spouse",
        r#"rank-before = ["kft-spouse"]"#,
        r#"rank-before = ["naturalization-spouse"]"#,
        "`naturalization-spouse` is missing",
    ),
    ("stops", "report", "first-pass-done = true", "first-pass-done = false", "expected false, found true"),
    ("stops", "report", "stop = true", r#"next = "tps.holds""#, "expected tps.holds"),
    (
        "files",
        "naturalization-spouse",
        r#"alone-not = ["marriage.date"]"#,
        r#"alone-not = ["marriage.day"]"#,
        "nothing here is called `marriage.day`",
    ),
];

#[test]
fn a_case_can_say_everything_that_a_report_says() {
    let copy = bare("said");
    let mut file = String::new();
    for (place, (family, about, right, wrong, _)) in SAID.iter().enumerate() {
        let answers = FAMILIES.iter().find(|(id, _)| id == family).expect("a family").1;
        for (kind, expect) in [("right", right), ("wrong", wrong)] {
            file += &format!(
                "[[case]]\nid = \"{kind}-{place}\"\nas-of = 2026-11-21\nbase = \"plain\"\nanswers = {answers}\nsource = \"-\"\nconfidence = \"high\"\n[case.expect.{about}]\n{expect}\n\n"
            );
        }
    }
    std::fs::write(copy.join("cases/said.toml"), file).expect("written");
    let problems = author::check(&copy).err().unwrap_or_default();
    let others: Vec<Problem> = problems.iter().filter(|p| p.file.starts_with("cases/") && !p.key.starts_with("wrong-")).cloned().collect();
    assert!(others.is_empty(), "{}", listed(&others));
    let of = |id: &str| problems.iter().filter(|p| p.key.starts_with(&format!("{id}@"))).cloned().collect::<Vec<Problem>>();
    for (place, (_, _, right, wrong, message)) in SAID.iter().enumerate() {
        let refused = of(&format!("right-{place}"));
        assert!(refused.is_empty(), "{right}\n{}", listed(&refused));
        let found = of(&format!("wrong-{place}"));
        assert!(found.iter().any(|p| p.message.contains(message)), "{wrong}: no {message:?} in\n{}", listed(&found));
    }
}

const SINCE: &str = r#"route = "kft-spouse"
criterion = "present-since"
as-of = 2024-08-20
fact = "stays.0.entered"
answers = { stays = [{ entered = 2009-03-01, how = "without-inspection" }], "spouse.status" = "citizen", "marriage.date" = 2015-05-05 }
cite = ["usc-8-1259"]"#;
const AGE: &str = r#"route = "adjustment-relative"
criterion = "close-relative"
as-of = 2026-11-21
fact = "person.birth-date"
answers = { stays = [{ entered = 2020-05-01, how = "visa", allowed-until = 2020-10-31 }], "spouse.status" = "none", "person.unmarried" = true, "parent.status" = "citizen" }
cite = ["usc-8-1259"]"#;
const LATE: &str = r#"caution = "conditions-deadline"
when = "late"
as-of = 2026-11-21
fact = "green-card.since"
answers = { stays = [{ entered = 2015-03-01, how = "visa" }], "green-card.has" = true, "green-card.conditional" = true, "spouse.status" = "citizen", "marriage.date" = 2023-06-01 }
cite = ["usc-8-1259"]"#;
const EIGHTEEN: &str = r#"route = "naturalization-general"
criterion = "at-least-18"
as-of = 2026-11-21
fact = "person.birth-date"
last-good = 2008-11-21
first-bad = 2008-11-22
answers = { "green-card.has" = true, "green-card.since" = 2015-01-01 }
cite = ["usc-8-1259"]"#;

/// A row of the table of boundaries, what is changed in it, the days on both sides of its line, and what is said of it: nothing
/// where the law is so.
const LINES: [(&str, &str, &str, &str, &str); 23] = [
    // Too late on the next day, too early on the day before, and about a caution instead of a criterion.
    (SINCE, "", "", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", ""),
    (AGE, "", "", "first-good = 2005-11-22\nlast-bad = 2005-11-21", ""),
    (LATE, "", "", "last-good = 2024-11-21\nfirst-bad = 2024-11-22", ""),
    // A caution that may hold is said, on the good side of a line.
    (LATE, "conditional\" = true", "conditional\" = { unsure = true }", "last-good = 2024-11-21\nfirst-bad = 2024-11-22", ""),
    // A line one day off is seen from either side.
    (SINCE, "", "", "last-good = 2014-06-18\nfirst-bad = 2014-06-19", "with stays.0.entered = 2014-06-18: expected Yes, found Some(No)"),
    (SINCE, "", "", "last-good = 2014-06-16\nfirst-bad = 2014-06-17", "with stays.0.entered = 2014-06-17: expected No, found Some(Yes)"),
    (AGE, "", "", "first-good = 2005-11-21\nlast-bad = 2005-11-20", "with person.birth-date = 2005-11-21: expected Yes, found Some(No)"),
    (AGE, "", "", "first-good = 2005-11-23\nlast-bad = 2005-11-22", "with person.birth-date = 2005-11-22: expected No, found Some(Yes)"),
    (LATE, "", "", "last-good = 2024-11-22\nfirst-bad = 2024-11-23", "with green-card.since = 2024-11-22: expected Yes, found Some(No)"),
    (LATE, "", "", "last-good = 2024-11-20\nfirst-bad = 2024-11-21", "with green-card.since = 2024-11-21: expected No, found Some(Yes)"),
    // Another clause of the same caution, and a clause of the name in another caution, are not it.
    (LATE, "\"late\"", "\"odd\"", "last-good = 2024-11-21\nfirst-bad = 2024-11-22", "2024-11-21: expected Yes, found Some(No)"),
    (
        LATE,
        "\"conditions-deadline\"",
        "\"fraud\"",
        "last-good = 2024-11-21\nfirst-bad = 2024-11-22",
        "2024-11-21: expected Yes, found Some(No)",
    ),
    (SINCE, "", "", "last-good = 2014-06-17\nfirst-bad = 2014-06-19", "the two days do not follow each other"),
    (SINCE, "", "", "last-good = 2014-06-17\nfirst-bad = 2014-06-17", "the two days do not follow each other"),
    (SINCE, "\"stays.0.", "\"stays.1.", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "`stays.1.entered` is not in the answers"),
    (SINCE, "\"stays.0.", "\"stays.x.", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "`stays.x.entered` is the id of no fact"),
    (SINCE, "\"citizen\"", "\"cousin\"", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "takes one of"),
    (SINCE, "\"present-since\"", "\"odd\"", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "`odd` of `kft-spouse` is not in force"),
    (SINCE, "\"kft-spouse\"", "\"odd\"", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "`present-since` of `odd` is not in force"),
    (SINCE, "\"usc-8-1259\"", "\"usc-0\"", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "missing, or not in citations.toml"),
    (
        SINCE,
        "\"usc-8-1259\"",
        "\"usc-8-1259\", \"usc-0\"",
        "last-good = 2014-06-17\nfirst-bad = 2014-06-18",
        "missing, or not in citations.toml",
    ),
    (SINCE, "cite = [\"usc-8-1259\"]", "", "last-good = 2014-06-17\nfirst-bad = 2014-06-18", "missing, or not in citations.toml"),
    (EIGHTEEN, "", "", "", ""),
];

/// The first day of a state of a door, the state before, and what is said of the row. The door of the rules opens on August 19,
/// 2024; the other one is paused for one day, and closed by one law and then by another.
const DOORS: [(&str, &str, &str, &str, &str); 10] = [
    ("kft-spouse", "2024-08-19", "announced", "open", ""),
    ("brief", "2020-01-01", "open", "paused", ""),
    ("brief", "2020-01-02", "paused", "closed", ""),
    ("brief", "2021-01-01", "closed", "closed", ""),
    ("kft-spouse", "2024-08-19", "proposed", "open", "door of `kft-spouse` on 2024-08-18: expected proposed, found Some(\"announced\")"),
    ("kft-spouse", "2024-08-19", "announced", "paused", "door of `kft-spouse` on 2024-08-19: expected paused, found Some(\"open\")"),
    ("kft-spouse", "2024-08-20", "announced", "open", "2024-08-20: is so since Some(Date(19954)), not since 2024-08-20"),
    ("kft-spouse", "2024-08-21", "open", "open", "nothing changes on this day"),
    ("brief", "2020-01-01", "open", "closed", "door of `brief` on 2020-01-01: expected closed, found Some(\"paused\")"),
    ("odd", "2024-08-19", "announced", "open", "door of `odd` on 2024-08-19: expected open, found None"),
];

#[test]
fn a_row_of_the_boundaries_is_held_against_the_rules_on_every_side_of_its_line() {
    let copy = bare("lines");
    let mut file = String::new();
    for (row, from, to, days, _) in &LINES {
        assert!(row.contains(from), "no {from}");
        file += &format!("[[boundary]]\n{}\n{days}\n", row.replacen(from, to, 1));
    }
    for (route, day, before, state, _) in &DOORS {
        file += &format!(
            "[[door-boundary]]\nroute = \"{route}\"\nfirst-day = {day}\nbefore = \"{before}\"\nstate = \"{state}\"\ncite = [\"usc-8-1259\"]\n"
        );
    }
    // A row of a ground, whatever comes out of it.
    file += "[[boundary]]\nroute = \"adjustment-relative\"\ncriterion = \"three-year-bar\"\nas-of = 2026-11-21\nfact = \"person.birth-date\"\n\
             last-good = 2023-11-20\nfirst-bad = 2023-11-21\nanswers = {}\ncite = [\"usc-8-1259\"]\n";
    std::fs::write(copy.join("boundaries/lines.toml"), file).expect("written");
    let door = |from: &str, state: &str| {
        format!(
            "[[door]]\nfrom = {from}\nstate = \"{state}\"\ncite = [\"usc-8-1259\"]\nconfirmed-through = 2026-07-02\nkind = \"statute\"\n"
        )
    };
    let doors = door("2012-06-15", "open") + &door("2020-01-01", "paused") + &door("2020-01-02", "closed") + &door("2021-01-01", "closed");
    let route = format!("id = \"brief\"\ngroup = \"ideas\"\ngives = []\nexposes = []\ndocuments = []\n{doors}");
    std::fs::write(copy.join("routes/brief.toml"), route).expect("written");
    // What only a lawyer can say draws no line.
    let crew = std::fs::read_to_string(copy.join("grounds/crew.toml")).expect("the ground");
    let test = "test = { this-stay = { field = \"how\", is = \"crew\" } }";
    assert!(crew.contains(test), "no {test}");
    let doubtful = "test = { doubtful = { fact = \"person.birth-date\", before = 1990-01-01 } }";
    std::fs::write(copy.join("grounds/crew.toml"), crew.replace(test, doubtful)).expect("written");
    let problems = author::check(&copy).err().unwrap_or_default();
    let said = |key: String, wanted: &str| {
        let found: Vec<&Problem> = problems.iter().filter(|p| p.file == "boundaries/lines.toml").collect();
        let mine: Vec<&&Problem> = found.iter().filter(|p| p.key == key || p.key.starts_with(&format!("{key}."))).collect();
        let there = if wanted.is_empty() { mine.is_empty() } else { mine.iter().any(|p| p.message.contains(wanted)) };
        assert!(there, "{key}: no {wanted:?} in {mine:#?}");
    };
    LINES.iter().zip(0..).for_each(|((.., wanted), at)| said(format!("boundary[{at}]"), wanted));
    DOORS.iter().zip(0..).for_each(|((.., wanted), at)| said(format!("door-boundary[{at}]"), wanted));
    // What has no row, of what draws a line and of nothing else.
    let without: Vec<&str> = problems.iter().filter(|p| p.file == "boundaries").map(|p| p.key.as_str()).collect();
    for key in [
        "kft-spouse 2012-06-15",
        "kft-spouse 2024-11-07",
        "brief 2012-06-15",
        "kft-spouse married-by",
        "naturalization-general resident-long-enough",
        "daca-initial came-young",
        "conditions-deadline window",
        "ground ten-year-bar",
    ] {
        assert!(without.contains(&key), "{key}: {without:#?}");
    }
    for key in [
        "kft-spouse 2024-08-19",
        "brief 2020-01-01",
        "brief 2020-01-02",
        "kft-spouse present-since",
        "kft-spouse in-us",
        "kft-spouse citizen-spouse",
        "naturalization-general at-least-18",
        "adjustment-relative close-relative",
        "conditions-deadline late",
        "ground three-year-bar",
        "ground crew",
    ] {
        assert!(!without.contains(&key), "{key}");
    }
}

/// TPS of two countries, one that had none yet and one that lost it, and the days on which either list changes.
#[test]
fn a_row_of_the_boundaries_is_held_against_a_list_of_countries() {
    let copy = bare("countries");
    let row = |listed: &str, lists: &str| {
        format!(
            "[[countries]]\nroute = \"tps\"\ncriterion = \"still-known\"\nlisted = \"{listed}\"\nothers = [\"AD\", \"MX\"]\nfirst-day = 2024-11-20\nlast-day = 2025-04-10\n\
             cite = [\"tps-designations\"]\n{lists}\n"
        )
    };
    let wrong = |row: String| -> Vec<String> {
        std::fs::write(copy.join("boundaries/lists.toml"), row).expect("written");
        let problems = author::check(&copy).err().unwrap_or_default().into_iter().filter(|p| p.file == "boundaries/lists.toml");
        problems.map(|p| p.message.split(", found").next().unwrap_or_default().replace("with a citizen of ", "")).collect()
    };
    let days = |lebanon: &str, venezuela: &str| format!("days = {{ LB = [{lebanon}], VE = [2021-03-09, {venezuela}] }}");
    assert_eq!(wrong(row("yes", &days("2024-11-27", "2025-04-06"))), Vec::<String>::new());
    assert_eq!(wrong(row("yes", &days("2024-11-28", "2025-04-06"))), ["LB on 2024-11-27: expected No"]);
    assert_eq!(wrong(row("yes", &days("2024-11-26", "2025-04-06"))), ["LB on 2024-11-26: expected Yes"]);
    assert_eq!(wrong(row("yes", &days("2024-11-27", "2025-04-05"))), ["VE on 2025-04-06: expected No"]);
    assert_eq!(wrong(row("yes", &days("2024-11-27", "2025-04-07"))), ["VE on 2025-04-07: expected Yes"]);
    // All the other way round: each country of the row and two of none, on each of the days.
    let all: Vec<String> = ["AD", "LB", "MX", "VE"]
        .iter()
        .flat_map(|code| {
            ["2024-11-20", "2024-11-26", "2024-11-27", "2025-04-06", "2025-04-07", "2025-04-10"].map(|day| {
                let listed = if *code == "LB" { day >= "2024-11-27" } else { *code == "VE" && day <= "2025-04-06" };
                format!("{code} on {day}: expected {}", if listed { "No" } else { "Yes" })
            })
        })
        .collect();
    assert_eq!(wrong(row("no", &days("2024-11-27", "2025-04-06"))), all);
    // One list for the whole time.
    let one = |codes: &str| wrong(row("yes", &format!("countries = [{codes}]")));
    assert_eq!(one("\"HT\", \"SY\""), Vec::<String>::new());
    assert_eq!(one("\"HT\", \"CU\""), ["CU on 2024-11-20: expected Yes", "CU on 2025-04-10: expected Yes"]);
}

/// Every answer to one question, for a criterion, a ground and a caution: what the law makes of each, and none forgotten.
#[test]
fn a_row_of_the_boundaries_is_held_against_every_option() {
    let copy = bare("options");
    let let_in = r#""visa", "visa-waiver", "fiance-visa", "waved-through", "paroled-at-port", "caught-and-released", "advance-parole""#;
    let ways = |yes: &str, maybe: &str, no: &str| {
        format!(
            "[[options]]\nroute = \"adjustment-relative\"\ncriterion = \"let-in\"\nas-of = 2026-11-21\nfact = \"stays.0.how\"\nyes = [{let_in}, {yes}]\nmaybe = [{maybe}]\n\
             no = [{no}]\nanswers = {{ \"spouse.status\" = \"citizen\", stays = [{{ entered = 2021-05-01, how = \"visa\" }}] }}\ncite = [\"usc-8-1255\"]\n"
        )
    };
    let said = |row: String| -> Vec<String> {
        std::fs::write(copy.join("boundaries/lists.toml"), row).expect("written");
        let problems = author::check(&copy).err().unwrap_or_default().into_iter().filter(|p| p.file == "boundaries/lists.toml");
        problems.map(|p| format!("{} {}", p.key, p.message)).collect()
    };
    let (yes, maybe, no) = (r#""crew", "transit", "others-papers""#, r#""tps-travel""#, r#""without-inspection", "false-citizen-claim""#);
    assert_eq!(said(ways(yes, maybe, no)), Vec::<String>::new());
    let with = |option: &str, found: &str| format!("options[0] with stays.0.how = {option}: expected {found}");
    let turned = ways(no, r#""crew", "transit", "others-papers""#, maybe);
    let wrong = [
        with("crew", "Unknown, found Some(Yes)"),
        with("false-citizen-claim", "Yes, found Some(No)"),
        with("others-papers", "Unknown, found Some(Yes)"),
        with("tps-travel", "No, found Some(Unknown)"),
        with("transit", "Unknown, found Some(Yes)"),
        with("without-inspection", "Yes, found Some(No)"),
    ];
    assert_eq!(said(turned), wrong);
    // Each option once.
    let once = |option: &str| format!("options[0] `{option}` stands not once under yes, maybe and no");
    assert_eq!(said(ways(yes, "", no).replace("maybe = []\n", "")), [once("tps-travel")]);
    assert_eq!(said(ways(yes, r#""tps-travel", "crew""#, no)), [once("crew"), with("crew", "Unknown, found Some(Yes)")]);
    assert!(said(ways(yes, r#""tps-travel", "odd""#, no)).iter().any(|line| line.starts_with("options[0].stays.0.how ")));
    for (from, to, words) in [
        ("fact = \"stays.0.how\"", "fact = \"stays.0.entered\"", "options[0].fact `stays.0.entered` has no options"),
        ("fact = \"stays.0.how\"", "fact = \"odd\"", "options[0].fact `odd` has no options"),
        ("cite = [\"usc-8-1255\"]", "", "options[0].cite missing, or not in citations.toml"),
    ] {
        let told = said(ways(yes, maybe, no).replace(from, to));
        assert!(told.iter().any(|line| line == words), "{words}: {told:?}");
    }
    // A set is given as one of it; a caution is said, said as maybe, or not said.
    let crimes = "yes = [\"arrest-only\", \"theft\"]\nno = [@]\nanswers = { \"person.in-us\" = true, \"green-card.has\" = false, stays = [{ entered = 2009-03-01, how = \"without-inspection\" }] }";
    let others = ["none", "minor-traffic", "felony", "domestic-violence", "drug", "marijuana-30g", "dui", "sexual-or-child", "firearm"];
    let others = others.into_iter().chain(["other-misdemeanor", "expunged", "juvenile"]).map(|option| format!("{option:?}"));
    let row = format!(
        "[[options]]\ncaution = \"no-bond-risk\"\nwhen = \"theft-case\"\nas-of = 2026-11-21\nfact = \"crimes\"\n{}\ncite = [\"laken-riley\"]\n",
        crimes.replace('@', &others.collect::<Vec<_>>().join(", "))
    );
    assert_eq!(said(row.clone()), Vec::<String>::new());
    assert_eq!(said(row.replace("how = \"without-inspection\"", "how = \"visa\"")).len(), 2);
    let maybe = row.replace("how = \"without-inspection\"", "how = { unsure = true }");
    assert!(said(maybe.clone()).iter().all(|line| line.ends_with("expected Yes, found Some(Unknown)")), "{maybe}");
    assert_eq!(said(maybe.replace("yes = ", "maybe = ")), Vec::<String>::new());
    // Whether a question is asked.
    let asked = |question: &str, yes: &str, no: &str| {
        format!(
            "[[options]]\nquestion = \"{question}\"\nas-of = 2026-11-21\nfact = \"victim.crime\"\nyes = [{yes}]\nno = [{no}]\nanswers = {{}}\ncite = [\"usc-8-1101\"]\n"
        )
    };
    assert_eq!(said(asked("victim.listed-crime", r#""true""#, r#""false""#)), Vec::<String>::new());
    let wrong = ["false: expected Yes, found Some(No)", "true: expected No, found Some(Yes)"]
        .map(|end| format!("options[0] with victim.crime = {end}"));
    assert_eq!(said(asked("victim.listed-crime", r#""false""#, r#""true""#)), wrong);
    assert!(said(asked("odd", r#""true""#, r#""false""#)).iter().all(|line| line == "options[0] `odd` is the id of no fact"));
}
