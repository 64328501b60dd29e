//! Rules as small as they can be, so that they are read in no time and show at a glance what a slip does to them: each word on the
//! edge of what is right, and who is asked about a change.
#![cfg(feature = "author")]

use relief_screener::author::{self, Fate, Loaded, Problem, Problems, Run};
use relief_screener::date::Date;
use relief_screener::fact::{Answers, ReadsAs, ShowWhen, Since, ToldBy};
use relief_screener::pack::{Citation, DoorState, FORMAT, FitState, Pack, StepKind, Values};
use relief_screener::screen::{screen, screen_on, screen_today};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files. All that counts days has to find its lists, and nothing stands here that no rule reads.
const FILES: [(&str, &str); 15] = [
    (
        "pack.toml",
        r#"
format = FORMAT
id = "small"
version = "2024.01.01"
known-from = 2020-01-01
languages = ["en"]
groups = ["ways"]
countries = ["MX", "US"]
papers = ["card"]
review = { state = "draft" }
shelf-life = { statute = 365 }
"#,
    ),
    (
        "facts.toml",
        r#"
fact = [
  { id = "person.in-us", kind = "yes-no", find-out = "know", first = true },
  { id = "person.birth-date", kind = "date", find-out = "know", papers = ["card"] },
  { id = "paper", kind = "choice", options = ["any", "none"], find-out = "know" },
  { id = "home", kind = "countries", find-out = "know" },
  { id = "crimes", kind = "set", options = ["none", "theft"], find-out = "know" },
  { id = "stays", kind = "list", find-out = "know", field = [
    { id = "entered", kind = "date" }, { id = "how", kind = "choice", options = ["visa", "other"] }, { id = "allowed-until", kind = "date" },
    { id = "left", kind = "date" }, { id = "left-how", kind = "choice", options = ["own-choice"] },
  ] },
  { id = "protected-periods", kind = "list", find-out = "know", field = [
    { id = "kind", kind = "choice", options = ["tps"] }, { id = "from", kind = "date" }, { id = "to", kind = "date" },
  ] },
  { id = "border-contacts", kind = "list", find-out = "know", field = [
    { id = "date", kind = "date" }, { id = "what", kind = "choice", options = ["expedited"] },
  ] },
  { id = "orders", kind = "list", find-out = "know", field = [
    { id = "kind", kind = "choice", options = ["judge"] }, { id = "date", kind = "date" },
    { id = "carried-out", kind = "date", words = ["no"] },
  ] },
  { id = "voluntary-departure", kind = "list", find-out = "know", field = [
    { id = "granted", kind = "date" }, { id = "until", kind = "date" }, { id = "left", kind = "date" },
  ] },
  # one more
]
"#,
    ),
    ("citations.toml", r#"law = { title = "The law", url = "https://law.gov/", kind = "statute", verified = true, read = 2024-01-01 }"#),
    (
        "figures.toml",
        r#"figure = [{ id = "many", about = "far", amount = 10, counted = 2023, by = "Somebody", known-from = 2023-01-01, cite = ["law"] }]"#,
    ),
    (
        "conditions.toml",
        r#"
condition = [
  { id = "has-paper", cite = ["law"], test = { fact = "paper", is = "any" } },
]
"#,
    ),
    ("measures.toml", r#"measure = [{ id = "days", counts-from = 2000-01-01, cite = { counts-from = ["law"] } }]"#),
    (
        "contradictions.toml",
        r#"
contradiction = [
  { id = "reads", test = { any = [
    { named = "has-paper" }, { fact = "home", includes = "MX" }, { fact = "crimes", includes = "theft" },
    { returned-after-order = "days" }, { time-to-leave = "days", is = "left-late" },
  ] } },
  { id = "odd", test = { always = true } },
]
"#,
    ),
    ("help.toml", ""),
    ("news.toml", ""),
    ("cases/base.toml", ""),
    (
        "cases/grounds.toml",
        r#"
class = [{ id = "stay", routes = ["near"] }, { id = "leave", routes = ["far"] }]
[[expect]]
ground = "order"
classes = ["stay", "leave"]
effect = "blocks"
authority = "The law, section 1"
because = "It says so."
# of these two
"#,
    ),
    ("routes/near.toml", NEAR),
    ("routes/far.toml", FAR),
    (
        "cautions/old.toml",
        r#"
id = "old"
touches = ["all"]
[[when]]
id = "grown"
tier = "know"
tells = []
cite = ["law"]
test = { fact = "person.birth-date", before = 1990-01-01 }
"#,
    ),
    (
        "boundaries/lines.toml",
        r#"
[[boundary]]
route = "near"
criterion = "born"
fact = "person.birth-date"
as-of = 2024-01-01
last-good = 2000-01-01
first-bad = 2000-01-02
cite = ["law"]
[[boundary]]
caution = "old"
when = "grown"
fact = "person.birth-date"
as-of = 2024-01-01
last-good = 1989-12-31
first-bad = 1990-01-01
answers = { "person.in-us" = true }
cite = ["law"]
[[door-boundary]]
route = "near"
first-day = 2020-01-01
before = "unknown"
state = "open"
cite = ["law"]
[[door-boundary]]
route = "far"
first-day = 2020-01-01
before = "unknown"
state = "paused"
cite = ["law"]
[[door-boundary]]
route = "far"
first-day = 2022-01-01
before = "paused"
state = "open"
cite = ["law"]
"#,
    ),
];

/// Two routes for whoever is here. One looks at the birth date too; the other was paused first, and for two days it had one more
/// criterion, one on each side of the change.
const NEAR: &str = r#"
id = "near"
group = "ways"
weight = { is = 10, why = "one of two" }
gives = []
exposes = []
documents = []
door = [
  { from = 2020-01-01, state = "open", cite = ["law"], confirmed-through = 2024-01-01, kind = "statute" },
  # one more door
]
fee = [{ id = "near-form", from = 2023-01-01, amount = 10, cite = ["law"] }]
criterion = [
  { id = "here", cite = ["law"], test = { fact = "person.in-us", is = true } },
  { id = "born", cite = ["law"], test = { fact = "person.birth-date", on-or-before = 2000-01-01 } },
]
"#;
const FAR: &str = r#"
id = "far"
group = "ways"
weight = { is = 10, why = "one of two" }
gives = []
exposes = []
documents = []
door = [
  { from = 2020-01-01, state = "paused", cite = ["law"], confirmed-through = 2024-01-01, kind = "statute" },
  { from = 2022-01-01, state = "open", cite = ["law"], confirmed-through = 2024-01-01, kind = "statute" },
]
fee = [{ id = "far-form", from = 2023-01-01, amount = 10, cite = ["law"] }]
criterion = [
  { id = "here", cite = ["law"], test = { fact = "person.in-us", is = true } },
  { id = "then", from = 2021-12-31, to = 2022-01-01, if-no = "time", cite = ["law"], test = { fact = "person.in-us", is = true } },
]
step = [
  { id = "wait-paused", kind = "learn", fits = ["not-now"], doors = ["paused"] },
  { id = "wait-open", kind = "learn", fits = ["not-now"], doors = ["open"] },
]
"#;

/// Writes them into a folder, some with another text in them: the file, what stands in it, and what stands there instead.
fn written(name: &str, edits: &[(&str, &str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for sub in ["boundaries", "routes", "cautions", "cases"] {
        std::fs::create_dir_all(folder.join(sub)).expect("a folder");
    }
    for (file, text) in FILES {
        let mut text = text.replace("FORMAT", &FORMAT.to_string());
        for (_, from, to) in edits.iter().filter(|(edited, ..)| *edited == file) {
            assert!(text.contains(from), "{file} has no {from:?}");
            text = text.replacen(from, to, 1);
        }
        // To write is slow, and most of them stand there from the time before.
        let path = folder.join(file);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            std::fs::write(path, text).expect("written");
        }
    }
    folder
}

/// What is made of them, and what is said of them.
fn load(name: &str, edits: &[(&str, &str, &str)]) -> (Option<Loaded>, Vec<Problem>) {
    let mut problems = Problems::default();
    (author::load(&written(name, edits), &mut problems), problems.0)
}

/// What is made of them where nothing is wrong.
fn read(name: &str, edits: &[(&str, &str, &str)]) -> Loaded {
    let (loaded, problems) = load(name, edits);
    assert!(problems.is_empty(), "{edits:?}: {problems:?}");
    loaded.expect("a pack")
}

/// What is just right and what is just wrong: a file, a text in it, what stands there instead, and what of that stands for `@`: right,
/// wrong, and key and words of what is said of the wrong one.
const EDGES: &[(&str, &str, &str, &[(&str, &str, &str)])] = &[
    // What the pack says.
    ("pack.toml", "format = ", "format = @", &[("", "9", "format is not the format of this engine")]),
    (
        "pack.toml",
        "known-from",
        "expires = @\nknown-from",
        &[
            ("2025-01-01", "2025-01-02", "expires 2025-01-02 is not after the version and by 2025-01-01"),
            ("2024-01-02", "2024-01-01", "expires 2024-01-01 is not after the version"),
        ],
    ),
    ("pack.toml", "2024.01.01", "@", &[("2024.01.01", "2024.01.32", "version `2024.01.32` is no day")]),
    (
        "pack.toml",
        r#"["MX", "US"]"#,
        "[@]",
        &[
            (r#""MX", "US""#, r#""MX", "MX""#, "countries is not in order, or a country stands twice"),
            (r#""MX", "US", "XK""#, r#""MX", "US", "xk""#, "countries `xk` is no country"),
        ],
    ),
    (
        "pack.toml",
        r#"["ways"]"#,
        "[@]",
        &[(r#""ways""#, "", "groups names none"), (r#""ways""#, r#""ways", "odd""#, "groups no route is in the group `odd`")],
    ),
    (
        "pack.toml",
        r#"state = "draft""#,
        "state = @",
        &[
            (r#""draft""#, r#""read""#, "review.state is neither a draft nor reviewed"),
            (
                r#""reviewed", role = "attorney", organization = "a clinic", on = 2024-01-01"#,
                r#""reviewed", role = "attorney", organization = "a clinic", on = 2024-01-02"#,
                "review.on lies after the version",
            ),
        ],
    ),
    // Papers: each is of the list, each of the list is named, and none chooses two options.
    ("pack.toml", r#"["card"]"#, "[@]", &[(r#""card""#, r#""card", "slip""#, "papers no question names `slip`")]),
    ("facts.toml", r#"papers = ["card"]"#, "papers = [@]", &[(r#""card""#, r#""card", "cart""#, "papers unknown paper `cart`")]),
    (
        "facts.toml",
        r#"options = ["any", "none"]"#,
        r#"options = ["any", "none"], paper-of = { @ }"#,
        &[
            (r#"any = "card""#, r#"all = "card""#, "fact[paper].paper-of.all is no option"),
            (r#"any = "card""#, r#"any = "cart""#, "fact[paper].paper-of.any unknown paper `cart`"),
            (r#"any = "card""#, r#"any = "card", none = "card""#, "fact[paper].paper-of.none `card` stands twice"),
        ],
    ),
    (
        "facts.toml",
        r#"options = ["visa", "other"] }"#,
        r#"options = ["visa", "other"], @ }"#,
        &[
            (r#"papers = ["card"]"#, r#"papers = ["cart"]"#, "field[how].papers unknown paper `cart`"),
            (r#"paper-of = { visa = "card" }"#, r#"paper-of = { visit = "card" }"#, "field[how].paper-of.visit is no option"),
        ],
    ),
    // What the law says of grounds and benefits.
    (
        "cases/grounds.toml",
        r#"{ id = "leave", routes = ["far"] }"#,
        r#"{ id = @ }"#,
        &[
            (r#""leave", routes = ["far"]"#, r#""leave", routes = ["fur"]"#, "class[leave].routes `fur` is no route"),
            (r#""leave", routes = []"#, r#""leave", routes = ["near"]"#, "class[leave].routes names a route of `stay`"),
            (r#""leave", routes = ["far"]"#, r#""stay", routes = ["far"]"#, "class[stay] this id stands twice"),
        ],
    ),
    (
        "cases/grounds.toml",
        r#"["stay", "leave"]"#,
        "[@]",
        &[
            (r#""stay", "leave""#, r#""stay""#, "expect[order, leave] the law is silent here"),
            (r#""stay", "leave""#, r#""stay", "leave", "go""#, "expect[0].classes `go` is no class"),
        ],
    ),
    (
        "cases/grounds.toml",
        r#"effect = "blocks""#,
        "effect = @",
        &[
            (r#""lawyer""#, r#""attorney""#, "expect[0].effect unknown effect `attorney`"),
            ("\"until\"\nyears = 10", "\"blocks\"\nyears = 10", "expect[0].effect has an end, and is not `until`"),
            ("\"until\"\nends = \"the ban\"", "\"lawyer\"\nends = \"the ban\"", "expect[0].effect has an end, and is not `until`"),
            ("\"waivable\"\nwaiver = \"far\"", "\"waivable\"", "expect[0].waiver missing"),
            ("\"until\"\nwaiver = \"far\"", "\"until\"\nwaiver = \"fur\"", "expect[0].waiver `fur` is no route"),
        ],
    ),
    (
        "cases/grounds.toml",
        "# of these two",
        r#"@
[[expect]]
ground = "order"
classes = ["stay", "leave"]
effect = "no"
authority = "The law, section 2"
because = "It ended."
from = 2022-01-01"#,
        &[
            ("to = 2021-12-31", "to = 2021-12-30", "expect[order, stay] two versions overlap, or a day between them has none"),
            ("to = 2021-12-31", "to = 2022-01-01", "expect[order, leave] two versions overlap"),
        ],
    ),
    (
        "cases/grounds.toml",
        "# of these two",
        "@",
        &[
            ("from = 2022-01-01", "to = 2022-01-01", "expect[order, stay] has no cell on some day"),
            (
                "from = 2022-01-01\n[[expect]]\nground = \"ban\"\nclasses = [\"stay\", \"leave\"]\neffect = \"no\"\nauthority = \"x\"\nbecause = \"y\"",
                "[[expect]]\nground = \"ban\"\nclasses = [\"stay\"]\neffect = \"no\"\nauthority = \"x\"\nbecause = \"y\"\n[[expect]]\nground = \"ban\"\nclasses = [\"leave\"]\neffect = \"no\"\nauthority = \"x\"\nbecause = \"y\"\nfrom = 2022-01-01",
                "expect[ban, leave] has no cell on some day",
            ),
        ],
    ),
    // Versions, what names them, and what nothing uses.
    (
        "conditions.toml",
        r#"{ id = "has-paper","#,
        r#"{ id = "has-paper", to = 2022-12-31, cite = ["law"], test = { always = true } }, { id = "has-paper", @"#,
        &[
            ("from = 2023-01-01,", "from = 2023-01-02,", "has-paper two versions overlap, or a day between them has none"),
            ("from = 2023-01-01,", "from = 2022-12-31,", "has-paper two versions overlap"),
        ],
    ),
    (
        "conditions.toml",
        r#"{ id = "has-paper","#,
        r#"{ id = "once", @, cite = ["law"], test = { always = true } },
  { id = "has-paper", to = 2021-12-31, cite = ["law"], test = { always = true } },
  { id = "has-paper", from = 2022-01-01, to = 2022-12-31, cite = ["law"], test = { named = "once" } },
  { id = "has-paper", from = 2023-01-01,"#,
        &[
            (
                "from = 2022-01-01, to = 2022-12-31",
                "from = 2022-01-01, to = 2022-12-30",
                "condition[has-paper] names `once`, which is not in force on all these days",
            ),
            ("from = 2022-01-01", "from = 2022-01-02", "condition[has-paper] names `once`, which is not in force on all these days"),
        ],
    ),
    (
        "conditions.toml",
        r#"{ id = "has-paper","#,
        r#"@ { id = "has-paper","#,
        &[
            ("", r#"{ id = "has-paper", cite = ["law"], test = { always = true } },"#, "has-paper two versions overlap"),
            ("", r#"{ id = "odd", cite = ["law"], test = { always = true } },"#, "odd nothing uses it"),
        ],
    ),
    (
        "conditions.toml",
        r#"cite = ["law"], test = { fact = "paper", is = "any" }"#,
        "@",
        &[
            (
                r#"from = 2020-01-01, cite = ["law"], test = { fact = "paper", is = "any" }"#,
                r#"from = 2020-01-02, cite = ["law"], test = { fact = "paper", is = "any" }"#,
                "contradiction[reads] names `has-paper`, which is not in force",
            ),
            (
                r#"cite = ["law"], test = { fact = "paper", is = "any" }"#,
                r#"cite = ["law"], test = { named = "has-paper" }"#,
                "has-paper rests on itself",
            ),
            (
                r#"cite = ["law"], test = { fact = "paper", is = "any" }"#,
                r#"cite = ["flaw"], test = { fact = "paper", is = "any" }"#,
                "condition[has-paper] no citation",
            ),
        ],
    ),
    (
        "cautions/old.toml",
        "tier =",
        "@\ntier =",
        &[
            ("to = 2020-01-01", "to = 2019-12-31", "when[grown] ends before the rules are known"),
            ("from = 2023-01-01\nto = 2023-01-01", "from = 2023-01-01\nto = 2022-12-31", "when[grown] ends before it begins"),
        ],
    ),
    (
        "measures.toml",
        "[{",
        r#"[{ to = 2022-12-31, id = "days", counts-from = 2000-01-01, cite = { counts-from = ["law"] } }, { @,"#,
        &[("from = 2023-01-01", "from = 2023-01-02", "days two versions overlap")],
    ),
    (
        "measures.toml",
        r#"{ counts-from = ["law"] }"#,
        r#"{ counts-from = ["law"], @ }, removals = []"#,
        &[(r#"removals = ["law"]"#, "", "measure[days].removals no citation")],
    ),
    (
        "contradictions.toml",
        r#""odd""#,
        "@",
        &[
            (r#""odd""#, r#""no-such-day""#, "contradiction[no-such-day] is the engine's own word"),
            (r#""odd""#, r#""in-the-future""#, "contradiction[in-the-future] is the engine's own word"),
        ],
    ),
    (
        "citations.toml",
        "law =",
        "@\nlaw =",
        &[("", r#"more = { title = "More law", kind = "statute", verified = false }"#, "more nothing cites it")],
    ),
    // Facts.
    (
        "facts.toml",
        r#""paper","#,
        r#""paper", @"#,
        &[
            ("", "reserved = true,", "paper is reserved, but a rule reads it"),
            (
                r#"applies-when = { fact = "person.in-us", is = true },"#,
                r#"applies-when = { fact = "crimes", includes = "theft" },"#,
                "fact[paper].applies-when reads `crimes`, which is asked later",
            ),
        ],
    ),
    ("facts.toml", r#"{ id = "how""#, r#"{ id = @"#, &[(r#""how""#, r#""hows""#, "how this field is missing")]),
    ("facts.toml", ", first = true", "@", &[(", first = true", "", "first the questions of the first pass are not a few")]),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", @ }"#,
        &[
            (r#"kind = "date", reserved = true"#, r#"kind = "date""#, "more no rule reads it"),
            (
                r#"kind = "date", reserved = true"#,
                r#"kind = "date", reserved = true, first = true"#,
                "first the questions of the first pass are not a few",
            ),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = @, find-out = "know", reserved = true, kind = "date" }"#,
        &[(r#""more""#, r#""paper""#, "fact[paper] this id stands twice")],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = @ }"#,
        &[
            (r#""yes-no""#, r#""maybe""#, "fact[more].kind unknown kind `maybe`"),
            (r#""date", ahead = true"#, r#""yes-no", ahead = true"#, "fact[more].ahead does not go with a YesNo"),
            (r#""date""#, r#""date", short-when = "person.in-us""#, "fact[more].short-when does not go with a Date"),
            (r#""choice", options = ["a"]"#, r#""choice""#, "fact[more].options a choice or a set has options"),
            (r#""date""#, r#""date", options = ["a"]"#, "fact[more].options a choice or a set has options"),
            (r#""choice", options = ["a-b"]"#, r#""choice", options = ["a--b"]"#, "fact[more].options `a--b` is no plain name"),
            (r#""choice", options = [THIRTY]"#, r#""choice", options = [THIRTY, "one-more"]"#, "fact[more].options more than 30 options"),
            (
                r#""set", options = ["a", "b"], until-asked = ["a"]"#,
                r#""set", options = ["a", "b"], until-asked = ["c"]"#,
                "fact[more].until-asked unknown option `c`",
            ),
            (
                r#""set", options = ["a", "b"], until-asked = ["a"]"#,
                r#""choice", options = ["a", "b"], until-asked = ["a"]"#,
                "fact[more].until-asked goes with a set or a list only",
            ),
            (
                r#""list", until-asked = "no-entry", field = [{ id = "what", kind = "yes-no" }]"#,
                r#""list", until-asked = "none", field = [{ id = "what", kind = "yes-no" }]"#,
                "fact[more].until-asked unknown word `none`",
            ),
            (
                r#""choice", options = ["a"], since = [{ fact = "person.birth-date", when = "a" }]"#,
                r#""choice", options = ["a"], since = [{ fact = "person.birth-date", when = "b" }]"#,
                "fact[more].since[0].when unknown option `b`",
            ),
            (
                r#""choice", options = ["a"], since = [{ fact = "person.birth-date", when = "a" }]"#,
                r#""choice", options = ["a"], since = [{ fact = "person.in-us", when = "a" }]"#,
                "fact[more].since[0].fact `person.in-us` is no date fact",
            ),
            (
                r#""yes-no", since = [{ fact = "person.birth-date" }]"#,
                r#""date", since = [{ fact = "person.birth-date" }]"#,
                "fact[more] only a yes-no fact or a choice is implied or has `since`",
            ),
            (
                r#""yes-no", implied = [{ when = { fact = "paper", is = "none" }, is = true }]"#,
                r#""date", implied = [{ when = { fact = "paper", is = "none" }, is = "unsure" }]"#,
                "fact[more] only a yes-no fact or a choice is implied",
            ),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = "yes-no", implied = [{ @ }] }"#,
        &[
            (
                r#"when = { fact = "paper", is = "none" }, is = false"#,
                r#"when = { fact = "paper", is = "nun" }, is = false"#,
                "unknown option `nun`",
            ),
            (
                r#"when = { fact = "paper", is = "none" }, is = false"#,
                r#"when = { fact = "paper", is = "none" }"#,
                "does not say when, or what the fact is then",
            ),
            (
                r#"when = { fact = "paper", is = "none" }, is = "unsure""#,
                r#"when = { fact = "paper", is = "none" }, is = "yes""#,
                "does not say when, or what the fact is then",
            ),
            (r#"when = { fact = "paper", is = "none" }, is = true"#, "is = true", "does not say when, or what the fact is then"),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = "date", told-by = { list = @ } }"#,
        &[
            (
                r#""orders", field = "date", where = "kind", is = "judge""#,
                r#""more", field = "date", where = "kind", is = "judge""#,
                "fact[more].told-by names no list before this fact",
            ),
            (
                r#""orders", field = "date", where = "kind", is = "judge""#,
                r#""orders", field = "kind", where = "kind", is = "judge""#,
                "fact[more].told-by names no list before this fact",
            ),
            (
                r#""orders", field = "date", where = "kind", is = "judge""#,
                r#""orders", field = "date", where = "date", is = "judge""#,
                "fact[more].told-by names no list before this fact",
            ),
            (
                r#""orders", field = "date", where = "kind", is = "judge""#,
                r#""orders", field = "date", where = "kind", is = "jury""#,
                "fact[more].told-by names no list before this fact",
            ),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = @, told-by = { list = "orders", field = "date", where = "kind", is = "judge" } }"#,
        &[(r#""date""#, r#""yes-no""#, "fact[more].told-by goes with a date only")],
    ),
    // A list and its fields.
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = "list", @ }"#,
        &[(r#"field = [{ id = "on", kind = "date" }]"#, "", "fact[more] is a list without fields")],
    ),
    (
        "facts.toml",
        "# one more",
        r#"{ id = "more", find-out = "know", reserved = true, kind = "list", field = [{ id = "on", kind = "date" }, { id = "how", kind = "yes-no" }], @ }"#,
        &[
            (r#"short-when = "person.in-us""#, r#"short-when = "paper""#, "fact[more].short-when is no yes-no fact"),
            (r#"happened = "on""#, r#"happened = "how""#, "fact[more].happened no field `how`"),
            (r#"happened = "on""#, r#"happened = "in""#, "fact[more].happened no field `in`"),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"
  { id = "more", find-out = "know", reserved = true, kind = "list", field = [
    { id = "how", kind = "choice", options = ["visa", "other"] },
    { id = "on", kind = @ },
  ] },"#,
        &[
            (r#""yes-no""#, r#""country""#, "field[on].kind a field is a date, a choice or yes-no"),
            (r#""date", words = ["never"]"#, r#""yes-no", words = ["never"]"#, "field[on].words goes only with a date"),
            (r#""date", absent = "still""#, r#""date", absent = "gone""#, "field[on].absent is an unknown word"),
            (
                r#""date", show-when = { field = "how", given = true }"#,
                r#""date", show-when = { field = "how" }"#,
                "field[on].show-when does not say of which answer",
            ),
            (
                r#""date", show-when = { field = "how", given = true }"#,
                r#""date", show-when = { field = "on", given = true }"#,
                "field[on].show-when.field no field `on` before this one",
            ),
            (
                r#""date", show-when = { field = "how", one-of = ["visa"] }"#,
                r#""date", show-when = { field = "how", one-of = ["boat"] }"#,
                "field[on].show-when.one-of unknown option `boat`",
            ),
        ],
    ),
    (
        "facts.toml",
        "# one more",
        r#"
  { id = "more", find-out = "know", reserved = true, kind = "list", field = [
    { id = "how", kind = "choice", options = ["visa", "other"] },
  ], reads-as = [{ @ }] },"#,
        &[
            (
                r#"field = "how", option = "other", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                r#"field = "how", option = "other", by = "paper", as = { none = ["visa", "other"] }"#,
                "reads-as[0].as.any does not say what `how` is",
            ),
            (
                r#"field = "how", option = "other", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                r#"field = "how", option = "others", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                "reads-as[0] names no field, no option of it, or no fact",
            ),
            (
                r#"field = "how", option = "other", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                r#"field = "why", option = "other", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                "reads-as[0] names no field, no option of it, or no fact",
            ),
            (
                r#"field = "how", option = "other", by = "paper", as = { any = ["visa"], none = ["visa", "other"] }"#,
                r#"field = "how", option = "other", by = "home", as = { any = ["visa"], none = ["visa", "other"] }"#,
                "reads-as[0] names no field, no option of it, or no fact",
            ),
        ],
    ),
    // A door, and what is asked there.
    ("routes/near.toml", "from = 2020-01-01", "from = @", &[("2019-12-31", "2020-01-02", "door begins later than the rules are known")]),
    (
        "routes/near.toml",
        r#"state = "open""#,
        "state = @",
        &[
            (r#""paused""#, r#""ajar""#, "door[0].state unknown state `ajar`"),
            (r#""paused""#, r#""unknown""#, "door[0].state unknown state `unknown`"),
        ],
    ),
    (
        "routes/near.toml",
        "2024-01-01, kind =",
        "@, kind =",
        &[("2024-01-01", "2024-01-02", "door[0].confirmed-through 2024-01-02 is not between 2020-01-01 and 2024-01-01")],
    ),
    ("routes/near.toml", r#""statute""#, "@", &[(r#""statute""#, r#""rumor""#, "door[0].kind `rumor` has no shelf life")]),
    // Nothing is fresh by a day that somebody types.
    (
        "routes/near.toml",
        r#"{ id = "here","#,
        r#"{ id = "here", confirmed-through = @,"#,
        &[("2024-01-01", "2024-01-02", "criterion[here].confirmed-through is after 2024-01-01, when a source was read")],
    ),
    (
        "measures.toml",
        "cite = {",
        "confirmed-through = @, cite = {",
        &[("2023-12-31", "2024-01-02", "measure[days].confirmed-through is after 2024-01-01, when a source was read")],
    ),
    (
        "citations.toml",
        r#"kind = "statute""#,
        "kind = @",
        &[
            (r#""court", keeps = "statute""#, r#""court""#, "law.keeps `litigation` has no shelf life"),
            (r#""court", keeps = "statute""#, r#""court", keeps = "rumor""#, "law.keeps `rumor` has no shelf life"),
            (r#""statute""#, r#""statute", keeps = "statute""#, "law.keeps is what a source of this kind keeps anyway"),
        ],
    ),
    (
        "routes/near.toml",
        "# one more door",
        r#"{ from = @, state = "paused", cite = ["law"], kind = "statute" }"#,
        &[
            (
                "2020-01-02, confirmed-through = 2024-01-01",
                "2020-01-01, confirmed-through = 2024-01-01",
                "door[1].from does not come after the row before",
            ),
            (
                "2023-06-01, confirmed-through = 2023-06-01",
                "2023-06-01, confirmed-through = 2023-05-31",
                "door[1].confirmed-through 2023-05-31 is not between 2023-06-01 and 2024-01-01",
            ),
            // A state that begins on the day of the rules was not read before it; one that begins later was.
            (
                "2024-01-01, confirmed-through = 2024-01-01",
                "2024-01-01, confirmed-through = 2023-12-31",
                "door[1].confirmed-through 2023-12-31 is not between 2024-01-01 and 2024-01-01",
            ),
            (
                "2024-01-02, confirmed-through = 2020-01-01",
                "2024-01-02, confirmed-through = 2019-12-31",
                "door[1].confirmed-through 2019-12-31 is not between 2020-01-01 and 2024-01-01",
            ),
        ],
    ),
    ("routes/near.toml", r#"group = "ways""#, "group = @", &[(r#""ways""#, r#""odd""#, "group unknown group `odd`")]),
    ("routes/near.toml", r#"id = "near""#, "id = @", &[(r#""near""#, r#""nearer""#, "id `nearer` is not the name of the file")]),
    (
        "routes/near.toml",
        r#"id = "born","#,
        r#"id = "born", @"#,
        &[
            (r#"if-no = "for-good","#, r#"if-no = "never","#, "criterion[born].if-no unknown word `never`"),
            (r#"if-no = "time","#, r#"if-no = "lawyers","#, "criterion[born].if-no unknown word `lawyers`"),
            (
                r#"if-no = "step", missing = "paper","#,
                r#"if-no = "step", missing = "papers","#,
                "criterion[born].missing unknown fact `papers`",
            ),
        ],
    ),
    (
        "routes/near.toml",
        r#"{ fact = "person.birth-date", on-or-before = 2000-01-01 }"#,
        "@",
        &[
            ("{ always = true }", r#"{ always = true }, if-no = "time""#, "criterion[born].if-no says what a failed criterion means"),
            (
                r#"{ named = "has-paper" }, applies-when = { named = "has-paper" }"#,
                r#"{ named = "has-paper" }, applies-when = { named = "has-paper" }, if-no = "time""#,
                "criterion[born].if-no says what a failed criterion means",
            ),
        ],
    ),
    ("routes/near.toml", r#""born""#, "@", &[(r#""born""#, r#""here""#, "here two versions overlap")]),
    (
        "routes/near.toml",
        "gives = []",
        "gives = [@]",
        &[
            (r#""a-card""#, r#""A card""#, "gives `A card` is no plain name"),
            (r#""a-card""#, r#""a-card", "a-card""#, "gives `a-card` stands twice"),
            ("", "1", "gives is array"),
        ],
    ),
    // What there is to do on which card.
    (
        "routes/near.toml",
        "gives = []",
        "gives = []\nstep = [{ id = @ }]",
        &[
            (r#""learn-it", kind = "learn""#, r#""learn", kind = "learn""#, "step[learn].id is the name of a kind of steps"),
            (
                r#""ask-lawyer", kind = "help""#,
                r#""ask-lawyer-before", kind = "help""#,
                "step[ask-lawyer-before].id is the name of a kind of steps, or of a step that the engine adds",
            ),
        ],
    ),
    (
        "routes/near.toml",
        "gives = []",
        "gives = []\nstep = [{ id = \"do\", kind = @ }]",
        &[
            (r#""learn""#, r#""lern""#, "step[do].kind unknown kind `lern`"),
            (r#""file", doors = ["open"]"#, r#""file""#, "step[do].doors a step that files names the doors"),
            (r#""file", doors = ["open"]"#, r#""file", doors = ["open"], fits = ["fits"]"#, "step[do].fits is said of a step that files"),
            (r#""file", doors = ["open"]"#, r#""file", doors = ["open", "closed"]"#, "step[do].doors nothing is filed at a shut door"),
            (
                r#""file", doors = ["open"]"#,
                r#""file", doors = ["open", "paused"]"#,
                "step[do].doors names a state that this door never has",
            ),
            (r#""learn""#, r#""learn", doors = ["open"]"#, "step[do].doors names every state in which the step could be shown"),
            (r#""learn""#, r#""learn", doors = ["paused"]"#, "step[do].doors names a state that this door never has"),
            (
                r#""learn", fits = ["fits", "unclear", "does-not-fit"]"#,
                r#""learn", fits = ["fits", "not-now"]"#,
                "step[do].fits names a fit that no card",
            ),
        ],
    ),
    (
        "routes/far.toml",
        "from = 2021-12-31, to = 2022-01-01, if-no = \"time\"",
        "@",
        &[
            (
                r#"from = 2021-12-31, to = 2022-01-01, if-no = "step", missing = "paper""#,
                r#"from = 2021-12-31, to = 2022-01-01, if-no = "lawyer""#,
                "step[wait-open].fits names a fit that no card",
            ),
            (
                r#"from = 2021-12-31, if-no = "time""#,
                r#"from = 2022-01-01, if-no = "time""#,
                "step[wait-paused].doors names a state that this door never has",
            ),
            (
                r#"to = 2022-01-01, if-no = "time""#,
                r#"to = 2021-12-31, if-no = "time""#,
                "step[wait-open].doors names a state that this door never has",
            ),
        ],
    ),
    // What it costs: on no day two amounts, and nothing behind a shut door.
    (
        "routes/near.toml",
        "amount = 10",
        "@",
        &[
            ("amount = 1", "amount = 0", "fee[near-form].amount is integer"),
            ("not-charged = true", "not-charged = false", "fee[near-form].not-charged is false"),
        ],
    ),
    (
        "routes/near.toml",
        r#"id = "near-form", from = 2023-01-01, amount = 10"#,
        "id = @",
        &[
            (
                r#""far-form", from = 2023-01-01, amount = 10"#,
                r#""far-form", from = 2023-01-01, amount = 11"#,
                "fee[far-form] is 11 on 2023-01-01, and 10 in routes/far.toml",
            ),
            (
                r#""far-form", to = 2022-12-31, amount = 11"#,
                r#""far-form", to = 2023-01-01, amount = 11"#,
                "fee[far-form] is 11 on 2023-01-01, and 10 in routes/far.toml",
            ),
            (r#""near-form", amount = 11"#, r#""far-form", amount = 11"#, "fee[far-form] is 11 on 2023-01-01"),
        ],
    ),
    (
        "routes/near.toml",
        "# one more door\n]\nfee = [{ id = \"near-form\", from = 2023-01-01,",
        r#"
  { from = 2022-01-01, state = "closed", cite = ["law"], confirmed-through = 2024-01-01, kind = "statute" },
]
fee = [{ id = "near-form", @,"#,
        &[("to = 2021-12-31", "to = 2022-01-01", "fee[near-form] goes on behind a door that is shut from 2022-01-01 on")],
    ),
    // Cautions.
    ("cautions/old.toml", r#"id = "old""#, "id = @", &[(r#""old""#, r#""older""#, "id `older` is not the name of the file")]),
    (
        "cautions/old.toml",
        r#"["all"]"#,
        "[@]",
        &[
            (r#""near", "far""#, r#""near", "fear""#, "touches `fear` is no route and no group"),
            (r#""ways""#, r#""way""#, "touches `way` is no route and no group"),
            (r#""all""#, r#""all", "near""#, "touches names others beside \"all\""),
        ],
    ),
    (
        "cautions/old.toml",
        r#"tier = "know""#,
        "@",
        &[
            (r#"tier = "stop""#, r#"tier = "later""#, "when[grown].tier unknown tier `later`"),
            (
                "tier = \"know\"\ntouches = [\"near\"]",
                "tier = \"know\"\ntouches = [\"fear\"]",
                "when[grown].touches `fear` is no route and no group",
            ),
        ],
    ),
    ("cautions/old.toml", "tells = []", "tells = [@]", &[(r#""lawyer-first""#, r#""hurry""#, "when[grown].tells unknown word `hurry`")]),
    // Citations and places of help.
    (
        "citations.toml",
        r#""The law""#,
        "@",
        &[
            (r#""The law""#, r#""""#, "law.title is empty, or has a space at an end"),
            (r#""The law""#, r#""The law ""#, "law.title is empty, or has a space at an end"),
        ],
    ),
    (
        "citations.toml",
        "verified = true, read = 2024-01-01",
        "@",
        &[
            ("verified = true, read = 2024-01-01", "verified = true, read = 2024-01-02", "law.read was read after the version"),
            ("verified = false", "verified = true", "law is verified but does not say what was read and when"),
        ],
    ),
    (
        "citations.toml",
        r#"url = "https://law.gov/", kind = "statute""#,
        "@",
        &[
            (r#"kind = "practice""#, r#"kind = "statute""#, "law is verified but does not say what was read and when"),
            (
                r#"url = "https://law.org/", kind = "secondary""#,
                r#"url = "https://law.org/", kind = "statute""#,
                "law.url law.org is not an official address",
            ),
            (
                r#"url = "https://law.gov/", kind = "court", keeps = "statute""#,
                r#"url = "https://law.gov/", kind = "rumor""#,
                "law.kind unknown kind `rumor`",
            ),
        ],
    ),
    (
        "citations.toml",
        "https://law.gov/\", kind = \"statute\"",
        "@\", kind = \"court\", keeps = \"statute\"",
        &[
            ("https://a-1.law.gov/b?c=d#e", "http://law.gov/", "law.url is not an https address of plain form"),
            ("https://law.gov", "https://law", "law.url is not an https address of plain form"),
            ("https://law.gov/", "https://law..gov/", "law.url is not an https address of plain form"),
            ("https://law.gov/", "https://law.gov:80/", "law.url is not an https address of plain form"),
            ("https://law.gov/", "https://Law.gov/", "law.url is not an https address of plain form"),
            ("https://law.gov/", "https://law.gov/<b>", "law.url is not an https address of plain form"),
            ("https://law.gov/a-b", "https://law.gov/a b", "law.url is not an https address of plain form"),
        ],
    ),
    (
        "help.toml",
        "",
        r#"help = [{ id = "line", url = "https://help.@" }]"#,
        &[
            ("gov/", "org/", "help[line].url is no https address of the government or of a reviewed host"),
            (r#"gov/", phone = "911"#, r#"gov/", phone = "9911"#, "help[line].phone is no telephone number"),
            (r#"gov/", phone = "800-799-7233"#, r#"gov/", phone = "800--7997233"#, "help[line].phone is no telephone number"),
            (r#"gov/", phone = "1-800-799-7233"#, r#"gov/", phone = "1-800-799-723x"#, "help[line].phone is no telephone number"),
        ],
    ),
    (
        "help.toml",
        "",
        "hosts = [\"help.org\"]\nhelp = [{ id = \"line\", url = \"https://@/\" }]",
        &[
            ("help.org", "helps.org", "help[line].url is no https address of the government or of a reviewed host"),
            ("help.org", "help.gov", "hosts nothing leads to help.org"),
        ],
    ),
    // Numbers of people.
    (
        "figures.toml",
        r#"about = "far", amount = 10, counted = 2023"#,
        "@",
        &[
            (
                r#"about = "old", amount = 1, counted = 2023"#,
                r#"about = "odd", amount = 1, counted = 2023"#,
                "figure[many].about no route or caution is called `odd`",
            ),
            (
                r#"about = "near", amount = 1, counted = 2023"#,
                r#"about = "near", amount = 0, counted = 2023"#,
                "figure[many].amount is integer",
            ),
            (
                r#"about = "near", amount = 1, counted = 2023"#,
                r#"about = "near", amount = 1, counted = 2024"#,
                "figure[many].known-from comes before the count, or before the rules begin",
            ),
        ],
    ),
    (
        "figures.toml",
        "counted = 2023, by = \"Somebody\", known-from = 2023-01-01",
        "counted = 2019, by = \"Somebody\", known-from = @",
        &[("2020-01-01", "2019-12-31", "figure[many].known-from comes before the count, or before the rules begin")],
    ),
    ("figures.toml", r#"cite = ["law"]"#, "@", &[(r#"cite = ["law"]"#, r#"cite = ["laws"]"#, "figure[many].cite unknown citation `laws`")]),
    // What the news spoke of.
    (
        "news.toml",
        "",
        "[[system]]\n@",
        &[
            (r#"route = "far""#, r#"route = "fare""#, "system[0].route names neither a route nor a caution with its clauses"),
            (r#"route = "far""#, "route = \"far\"\nbeside = [\"far\"]", "system[0].beside `far` is no caution with its clause"),
        ],
    ),
    // The words of conditions.
    (
        "contradictions.toml",
        "{ always = true }",
        "{ @ }",
        &[
            ("always = true", "always = true, stays-out-of-order = true", "test.stays-out-of-order stands beside `always`"),
            ("always = true", r#"formula = "1 < 2""#, "test is no word of the vocabulary"),
            ("any = [{ always = true }]", "any = []", "test.any is not a list of conditions"),
            ("not = { always = true }", "not = 5", "test.not is not a condition"),
            (r#"named = "has-paper""#, r#"named = "papers""#, "test unknown condition `papers`"),
            (r#"fact = "person.in-us", is = false"#, r#"fact = "person.in-us""#, "test a yes-no fact is true or false"),
            (
                r#"fact = "paper", one-of = ["any", "none"]"#,
                r#"fact = "paper", includes-any = ["any"]"#,
                "test this test does not go with `paper`, a Choice",
            ),
            (
                r#"fact = "crimes", includes-any = ["theft"]"#,
                r#"fact = "crimes", includes-other-than = ["theft"]"#,
                "test this test does not go with `crimes`, a Set",
            ),
            (r#"fact = "crimes", includes = "none""#, r#"fact = "crimes", is = "none""#, "test this test does not go with `crimes`, a Set"),
            (
                r#"fact = "home", includes-any = ["MX", "US"]"#,
                r#"fact = "home", includes-any = ["MX", "FR"]"#,
                "test is not a list of countries",
            ),
            (
                r#"fact = "home", includes-other-than = ["MX"]"#,
                r#"fact = "home", one-of = ["MX"]"#,
                "test this test does not go with `home`, a Countries",
            ),
        ],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        r#"{ fact = @, before = "as-of" }"#,
        &[(r#""person.birth-date""#, r#""paper""#, "test this test does not go with `paper`, a Choice")],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        r#"{ fact = "person.birth-date", @ }"#,
        &[
            (r#"before = { fact = "person.birth-date" }"#, r#"before = { fact = "paper" }"#, "test.before `paper` is not a date"),
            (r#"before = "as-of""#, r#"before = "today""#, "test.before is string"),
            (r#"at-least = { days = 1 }, by = "as-of""#, r#"at-least = { days = 1 }, by = "paper""#, "test.by `paper` is not a date"),
            (
                r#"at-least = { years = 1, months = -11 }, by = "as-of""#,
                r#"at-least = { years = 1, months = -12 }, by = "as-of""#,
                "test.at-least is not a span",
            ),
        ],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        r#"{ some = "stays", where = { @ } }"#,
        &[
            (r#"field = "how", is = "visa""#, r#"field = "why", is = "visa""#, "test.where no field `why` here"),
            (
                r#"field = "how", one-of = ["visa", "other"]"#,
                r#"field = "how", one-of = ["visa", "boat"]"#,
                "test.where.field unknown option `boat`",
            ),
            (
                r#"field = "how", given = true"#,
                r#"field = "how", before = 2020-01-01"#,
                "test.where this test does not go with `how`, a Choice",
            ),
            (
                r#"field = "left", before = { field = "entered" }"#,
                r#"field = "left", before = { field = "how" }"#,
                "test.where no date field `how` here",
            ),
            (
                r#"field = "left", before = { field = "entered", plus = { days = 1 } }"#,
                r#"field = "left", before = { field = "entered", plus = { days = 0 } }"#,
                "test.where.before.plus is not a span",
            ),
        ],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        r#"{ some = "orders", where = { field = "carried-out", @ } }"#,
        &[
            (r#"is = "no""#, r#"is = "yes""#, "test.where.field unknown option `yes`"),
            (r#"is = "no""#, "", "test.where says nothing of `carried-out`"),
        ],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        "{ @ }",
        &[
            (r#"this-stay = { field = "how", is = "visa" }"#, r#"field = "how", is = "visa""#, "test no field `how` here"),
            (r#"some = "orders""#, r#"some = "paper""#, "test `paper` is not a list"),
            (r#"some = "orders""#, r#"count = "orders""#, "test.at-least is no number of entries"),
            (r#"count = "orders", at-least = 1"#, r#"count = "orders", at-least = 0"#, "test.at-least is no number of entries"),
            (r#"count = "orders", at-least = 12"#, r#"count = "orders", at-least = 13"#, "test.at-least is no number of entries"),
            (
                r#"present-for = { years = 10 }, by = "as-of", longest-trip = 90, how = ["own-choice"]"#,
                r#"present-for = { years = 10 }, by = "as-of", longest-trip = 90"#,
                "test.how missing",
            ),
            (
                r#"present-for = { years = 10 }, by = "as-of", all-trips = 180, how = ["own-choice"]"#,
                r#"present-for = { years = 10 }, by = "as-of", all-trips = 180, how = ["boat"]"#,
                "test.how unknown option `boat`",
            ),
            (r#"returned-after = "days", at-least = 1"#, r#"returned-after = "days", at-least = 0"#, "test is always so, or never"),
            (
                r#"days-in-this-stay = "days", more-than = 0"#,
                r#"days-in-this-stay = "days", more-than = -1"#,
                "test is always so, or never",
            ),
            (
                r#"days-in-this-stay = "days", fewer-than = 1"#,
                r#"days-in-this-stay = "days", fewer-than = 0"#,
                "test is always so, or never",
            ),
            (
                r#"days-in-this-stay = "days", at-least = 5, fewer-than = 6"#,
                r#"days-in-this-stay = "days", at-least = 5, fewer-than = 5"#,
                "test is always so, or never",
            ),
            (r#"days-in-this-stay = "days", fewer-than = 6"#, r#"days-in-this-stay = "days""#, "test no number of days"),
            (
                r#"bar-running = "days", at-least = 0, years = 3"#,
                r#"bar-running = "days", at-least = -1, years = 3"#,
                "test is always so, or never",
            ),
            (
                r#"bar-running = "days", more-than = 180, years = 3, how = ["own-choice"]"#,
                r#"bar-running = "days", more-than = 180, years = 3, how = ["boat"]"#,
                "test.how unknown option `boat`",
            ),
            (r#"bar-running = "days", more-than = 180, years = 3"#, r#"bar-running = "days", more-than = 180"#, "test.years missing"),
            (r#"returned-after-order = "days""#, r#"returned-after-order = "day""#, "test unknown measure `day`"),
            (r#"time-to-leave = "days", is = "running""#, r#"time-to-leave = "days", is = "walking""#, "test.is unknown word `walking`"),
            ("present-since = 2020-01-01", "stale = true", "test speaks of a card, and there is none here"),
            ("present-since = 2020-01-01", r#"door = ["open"]"#, "test speaks of a card, and there is none here"),
        ],
    ),
    (
        "contradictions.toml",
        "{ always = true }",
        r#"{ removal-bar-running = @ }"#,
        &[
            (r#"["judge"], measure = "days", years = 5"#, r#"["judge"], measure = "days""#, "test names no kind of order or no years"),
            (r#"["judge"], measure = "days", years = 5"#, r#"[], measure = "days", years = 5"#, "test names no kind of order or no years"),
            (
                r#"["judge"], measure = "days", years = 5"#,
                r#"["jury"], measure = "days", years = 5"#,
                "test.removal-bar-running unknown option `jury`",
            ),
        ],
    ),
    (
        "cautions/old.toml",
        r#"{ fact = "person.birth-date", before = 1990-01-01 }"#,
        "{ @ }",
        &[
            (r#"door = ["open"]"#, r#"door = ["ajar"]"#, "test.door unknown word `ajar`"),
            ("stale = true", r#"some = "orders", where = { stale = true }"#, "test.where speaks of a card, and there is none here"),
        ],
    ),
];

#[test]
fn what_is_just_right_is_read_and_what_is_just_wrong_is_refused() {
    let thirty = (1..=30).map(|place| format!("\"option-{place}\"")).collect::<Vec<_>>().join(", ");
    for (file, from, to, rows) in EDGES {
        let of = |what: &str| to.replace('@', what).replace("THIRTY", &thirty);
        for (right, wrong, words) in *rows {
            read("edges", &[(file, from, &of(right))]);
            let (_, problems) = load("edges", &[(file, from, &of(wrong))]);
            let found = problems.iter().any(|problem| format!("{} {}", problem.key, problem.message).contains(words));
            assert!(found, "{file}: {}: no {words:?} in {problems:#?}", of(wrong));
        }
    }
}

/// Places of facts, fields and options are numbers in a pack, and its lists of words are masks of bits.
#[test]
fn what_is_said_of_a_fact_is_read() {
    let with = |says: &str| {
        let fact = format!("{{ id = \"more\", find-out = \"know\", reserved = true, {says} }}");
        read("fact", &[("facts.toml", "# one more", &fact)]).pack.facts.pop().expect("the fact")
    };
    let fact = with(r#"kind = "choice", options = ["a", "b"], since = [{ fact = "person.birth-date", when = "b" }]"#);
    assert_eq!(fact.since, [Since { date: 1, when: Some(1), before: None }]);
    let fact = with(r#"kind = "set", options = ["a", "b", "c"], until-asked = ["a", "c"]"#);
    assert_eq!(fact.until_asked, Some(0b101));
    assert_eq!(with(r#"kind = "set", options = ["a"]"#).until_asked, None);
    let list = |says: &str| with(&format!("kind = \"list\", {says} field = [{{ id = \"what\", kind = \"yes-no\" }}]")).until_asked;
    assert_eq!((list("until-asked = \"no-entry\","), list("")), (Some(0), None));
    let fact = with(r#"kind = "date", told-by = { list = "protected-periods", field = "to", where = "kind", is = "tps" }"#);
    assert_eq!(fact.told_by, Some(ToldBy { list: 6, field: 2, kind: 0, option: 0 }));
    let list = with(
        r#"kind = "list", happened = "on", field = [
    { id = "how", kind = "choice", options = ["visa", "boat", "other"] },
    { id = "on", kind = "date", show-when = { field = "how", one-of = ["visa", "boat"] } },
    { id = "off", kind = "date", show-when = { field = "on", given = true } },
  ], reads-as = [{ field = "how", option = "other", by = "paper", as = { any = ["boat"], none = ["visa", "other"] } }]"#,
    );
    assert_eq!(list.happened, Some(1));
    let shown: Vec<Option<ShowWhen>> = list.fields.iter().map(|field| field.show_when.clone()).collect();
    assert_eq!(shown, [None, Some(ShowWhen { field: 0, options: 0b011 }), Some(ShowWhen { field: 1, options: 0 })]);
    assert_eq!(list.reads_as, [ReadsAs { field: 0, option: 2, by: 2, options: vec![(0, 0b010), (1, 0b101)] }]);
}

#[test]
fn an_idea_gives_nothing_and_asks_for_nothing() {
    let states = [("never-created", 0), ("not-begun", 0), ("proposed", 0), ("announced", 1), ("open", 1), ("paused", 1), ("closed", 1)];
    for (state, known) in states {
        let (lists, door) = ("gives = [\"a\"]\nexposes = [\"b\"]\ndocuments = [\"c\"]", format!("state = \"{state}\""));
        let edits = [
            ("routes/near.toml", "gives = []\nexposes = []\ndocuments = []", lists),
            ("routes/near.toml", "state = \"open\"", &door),
            ("routes/near.toml", "fee = [{ id = \"near-form\", from = 2023-01-01, amount = 10, cite = [\"law\"] }]", ""),
        ];
        let pack = read("idea", &edits).pack;
        let report = screen_today(&pack, Date::parse("2023-01-01").expect("a day"), &Answers::default());
        let card = report.cards.iter().find(|card| card.route == "near").expect("a card");
        assert_eq!([card.gives.len(), card.exposes.len(), card.documents.len()], [known; 3], "{state}");
    }
}

#[test]
fn the_doors_and_the_fits_of_a_step_are_read() {
    let step = "gives = []\nstep = [{ id = \"do\", kind = \"learn\", fits = [\"fits\", \"unclear\"] }]";
    let loaded = read("steps", &[("routes/near.toml", "gives = []", step)]);
    let routes = loaded.pack.routes;
    let steps: Vec<(&str, u32, u32)> =
        routes.iter().flat_map(|route| &route.steps).map(|step| (step.id.as_str(), step.doors, step.fits)).collect();
    let wait = FitState::NotNow.bit();
    let wanted = [
        ("wait-paused", DoorState::Paused.bit(), wait),
        ("wait-open", DoorState::Open.bit(), wait),
        ("do", 0, FitState::Fits.bit() | FitState::Unclear.bit()),
    ];
    assert_eq!(steps, wanted);
}

/// The test of a clause, and the first date, years and days that it names for the words beside it.
const NAMED: [(&str, Option<&str>, Option<i32>, Option<i32>); 18] = [
    (r#"fact = "person.birth-date", before = 1990-01-01"#, Some("1990-01-01"), None, None),
    (r#"fact = "person.birth-date", before = "1990-01-01""#, Some("1990-01-01"), None, None),
    (r#"any = [{ present-since = 2014-06-17 }, { fact = "person.birth-date", before = 1990-01-01 }]"#, Some("2014-06-17"), None, None),
    (r#"fact = "person.birth-date", at-least = { years = 16 }, by = "as-of""#, None, Some(16), None),
    (r#"fact = "person.birth-date", at-least = { months = 24 }, by = "as-of""#, None, Some(2), None),
    (r#"fact = "person.birth-date", at-least = { months = 6 }, by = "as-of""#, None, None, None),
    (r#"fact = "person.birth-date", at-least = { months = -12 }, by = "as-of""#, None, None, None),
    (r#"fact = "person.birth-date", at-least = { days = 90 }, by = "as-of""#, None, None, Some(90)),
    (r#"fact = "person.birth-date", at-least = { years = 3, days = -90 }, by = "as-of""#, None, Some(3), None),
    (r#"fact = "person.birth-date", before = { fact = "person.birth-date", plus = { years = 1, days = 5 } }"#, None, Some(1), Some(5)),
    (r#"some = "stays", where = { field = "left", before = { field = "entered", plus = { days = 2 } } }"#, None, None, Some(2)),
    (r#"present-for = { years = 10 }, by = "as-of""#, None, Some(10), None),
    // Days as they are written, not as they are counted.
    (r#"days-in-this-stay = "days", more-than = 180"#, None, None, Some(180)),
    (r#"any = [{ always = true }, { returned-after = "days", at-least = 181 }]"#, None, None, Some(181)),
    (r#"bar-running = "days", more-than = 180, years = 3"#, None, Some(3), Some(180)),
    (r#"removal-bar-running = ["judge"], measure = "days", years = 5"#, None, Some(5), None),
    (r#"time-to-leave = "days", is = "overstayed", years = 10"#, None, Some(10), None),
    ("stale = true", None, None, None),
];

#[test]
fn what_a_test_names_is_read() {
    for (test, date, years, days) in NAMED {
        let test = format!("{{ {test} }}");
        let loaded = read("named", &[("cautions/old.toml", r#"{ fact = "person.birth-date", before = 1990-01-01 }"#, &test)]);
        let clause = &loaded.pack.cautions[0].clauses[0];
        let date = date.map(|date| Date::parse(date).expect("a day"));
        assert_eq!(clause.values, Values { date, until: None, years, days }, "{test}");
        // What speaks of a card is asked of each card.
        assert_eq!(clause.card, test.contains("stale"), "{test}");
    }
}

#[test]
fn what_rests_on_no_citation_that_was_read_is_told() {
    assert!(read("cited", &[]).unverified.is_empty());
    let unread = ("citations.toml", "verified = true", "verified = false");
    let more = r#"more = { title = "More", kind = "practice", verified = true }"#;
    let beside =
        [unread, ("citations.toml", "law =", &format!("{more}\nlaw =")), ("cautions/old.toml", "[\"law\"]", "[\"law\", \"more\"]")];
    let all = read("cited", &[unread]).unverified;
    assert!(all.contains(&"cautions/old.toml: when[grown] (law)".to_string()), "{all:?}");
    let other = read("cited", &beside).unverified;
    assert_eq!(other.len(), all.len() - 1, "{other:?}");
    assert!(!other.iter().any(|place| place.starts_with("cautions/")), "{other:?}");
}

/// Two sources, one of them an order of a court, and a day of an author's own: each statement stands under each of its sources, by its
/// day, and what is over stands nowhere.
#[test]
fn what_has_to_be_looked_at_again_is_told_by_its_day() {
    let day = |text: &str| Date::parse(text).expect("a day");
    let order = "order = { title = \"An order\", url = \"https://court.org/\", kind = \"court\", verified = true, read = 2023-12-01 }\n\
                 heard = { title = \"A rumor\", kind = \"secondary\", verified = false }\nlaw =";
    let edits = [
        ("pack.toml", "{ statute = 365 }", "{ statute = 365, litigation = 30 }"),
        ("citations.toml", "law =", order),
        ("routes/near.toml", r#"id = "born", cite = ["law"]"#, r#"id = "born", cite = ["law", "order", "heard"]"#),
        ("routes/near.toml", r#"id = "here", cite = ["law"]"#, r#"id = "here", cite = ["heard"]"#),
        ("routes/far.toml", "from = 2023-01-01, amount", "from = 2023-01-01, confirmed-through = 2023-06-01, amount"),
    ];
    let loaded = read("due", &edits);
    let due = author::due(&loaded.statements, &loaded.sources);
    let told: Vec<(Option<Date>, &str, Vec<String>)> = due
        .iter()
        .map(|((by, place), statements)| {
            let lines = statements.iter().map(|s| format!("{} {} {}", s.file, s.key, s.kind)).collect();
            (*by, loaded.sources[usize::from(*place)].id.as_str(), lines)
        })
        .collect();
    let born = || vec!["routes/near.toml criterion[born] litigation".to_string()];
    assert_eq!(told[0], (None, "heard", vec!["routes/near.toml criterion[here] statute".to_string()]));
    assert_eq!(told[1], (Some(day("2023-12-31")), "order", born()));
    assert_eq!(told[2], (Some(day("2024-01-31")), "law", born()));
    assert_eq!(told[3], (Some(day("2024-05-31")), "law", vec!["routes/far.toml fee[far-form] statute".to_string()]));
    let (by, law, lines) = &told[4];
    assert_eq!((told.len(), *by, *law), (5, Some(day("2024-12-31")), "law"));
    for place in [
        "cautions/old.toml when[grown]",
        "conditions.toml condition[has-paper]",
        "measures.toml measure[days]",
        "routes/far.toml criterion[here]",
        "routes/far.toml door[1]",
        "routes/near.toml door[0]",
        "routes/near.toml fee[near-form]",
    ] {
        assert!(lines.contains(&format!("{place} statute")), "{place}: {lines:?}");
    }
    assert_eq!(lines.len(), 7, "{lines:?}");
    let aged = |by: &str| author::aged(&loaded.statements, day(by)).iter().map(|s| s.key.as_str()).collect::<Vec<_>>();
    assert_eq!(aged("2023-12-31"), ["fee[far-form]"]);
    assert_eq!(aged("2024-01-01"), ["fee[far-form]", "criterion[born]"]);
    assert_eq!(aged("2024-04-30").len(), 2);
    assert_eq!(aged("2024-05-01").len(), 9);
    assert_eq!(author::expires(&loaded.statements, loaded.pack.day), day("2025-01-01"));
    // What ends on the day of the rules still stands.
    let ends = ("routes/far.toml", "from = 2021-12-31, to = 2022-01-01", "from = 2021-12-31, to = 2024-01-01");
    let standing = |edits: &[(&str, &str, &str)]| read("due", edits).statements.iter().any(|s| s.key == "criterion[then]");
    assert!(standing(&[ends]) && !standing(&[]));
    // A door is no newer than what was read of it, keeps no longer than what it rests on, and everything on its route keeps no longer.
    let refused = |name: &str, edits: &[(&str, &str, &str)], words: &str| {
        let (_, problems) = load(name, edits);
        assert!(problems.iter().any(|problem| format!("{} {}", problem.key, problem.message).contains(words)), "{problems:?}");
    };
    let earlier = ("citations.toml", "read = 2024-01-01", "read = 2023-12-31");
    refused("due", &[earlier], "door[0].confirmed-through 2024-01-01 is after 2023-12-31, when its newest source was read");
    let by_order = ("routes/near.toml", r#"state = "open", cite = ["law"]"#, r#"state = "open", cite = ["law", "order"]"#);
    refused("due", &[edits[0], edits[1], by_order], "door[0].kind rests on a source that keeps as `litigation`");
    let kind = ("routes/near.toml", r#"kind = "statute""#, r#"kind = "litigation""#);
    let loaded = read("due", &[edits[0], edits[1], edits[3], by_order, kind]);
    let kinds = |file: &str| loaded.statements.iter().filter(|s| s.file == file).map(|s| s.kind.as_str()).collect::<BTreeSet<_>>();
    assert_eq!(kinds("routes/near.toml"), BTreeSet::from(["litigation"]));
    assert_eq!(kinds("routes/far.toml"), BTreeSet::from(["statute"]));
}

/// Which options a list of a measure counts, by the place of the list, of its field and of each option.
#[test]
fn what_a_measure_counts_is_known_by_its_options() {
    for (options, mask) in [(r#"["visa", "other"]"#, 0b11), (r#"["other"]"#, 0b10), (r#"["visa"]"#, 0b01)] {
        let told = format!("counts-from = 2000-01-01, unlawful-on-entry = {options}, cite = {{ unlawful-on-entry = [\"law\"], ");
        let loaded = read("counts", &[("measures.toml", "counts-from = 2000-01-01, cite = { ", &told)]);
        let counted = &loaded.counted[0][0];
        assert_eq!(counted.iter().map(|of| of.told).collect::<Vec<_>>(), [None, Some((5, 1, mask))], "{options}");
    }
}

#[test]
fn a_word_that_is_unknown_is_answered_with_the_words_that_are_known() {
    let (_, problems) = load("words", &[("cautions/old.toml", "tells = []", "tells = [\"hurry\"]")]);
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.help.starts_with("use one of `") && problem.help.contains("`lawyer-first`"), "{problem}");
}

/// Whoever checks the rules is told too of what nobody read; not of the rest of a table with a slip, and not of a note.
#[test]
fn one_slip_is_told_once() {
    let note = ("citations.toml", "verified", "note = \"read in a library\", verified");
    for (slip, message) in [
        ("{ named = \"papers\" }", "unknown condition `papers`"),
        ("{ formula = \"1 < 2\" }", "is no word of the vocabulary"),
        ("{ fact = \"home\", one-of = [\"MX\"] }", "this test does not go with `home`, a Countries"),
    ] {
        let problems =
            author::check(&written("slip", &[("contradictions.toml", "{ always = true }", slip), note])).err().unwrap_or_default();
        let told = problems.iter().filter(|problem| ["citations.toml", "contradictions.toml"].contains(&problem.file.as_str()));
        assert_eq!(told.map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [message], "{slip}");
    }
}

/// Nobody can read on without the facts; whether they are missing or no TOML is said, and not both.
#[test]
fn a_file_that_cannot_be_read_is_told_once() {
    let folder = written("file", &[]);
    let said = || {
        let mut problems = Problems::default();
        assert!(author::load(&folder, &mut problems).is_none());
        let [problem] = problems.0.as_slice() else { panic!("{problems:#?}") };
        (problem.file.clone(), problem.help.clone())
    };
    std::fs::write(folder.join("facts.toml"), "fact = [").expect("written");
    assert_eq!(said(), ("facts.toml".to_string(), "write valid TOML".to_string()));
    std::fs::remove_file(folder.join("facts.toml")).expect("removed");
    assert_eq!(said(), ("facts.toml".to_string(), "add the file".to_string()));
}

/// A language has more to say than this, but of itself only its code, its direction, its name and who looked at it.
#[test]
fn what_a_language_says_of_itself_is_read() {
    let folder = written("language", &[]);
    std::fs::create_dir_all(folder.join("text/en")).expect("a folder");
    let missing = |says: &str| {
        std::fs::write(folder.join("text/en/general.toml"), says).expect("written");
        let problems = author::check(&folder).err().unwrap_or_default();
        let of_itself = problems.into_iter().filter(|problem| ["lang", "dir", "name", "reviewed"].contains(&problem.key.as_str()));
        of_itself.map(|problem| problem.key).collect::<Vec<String>>()
    };
    assert!(missing("lang = \"en\"\ndir = \"ltr\"\nname = \"English\"\nreviewed = true\n").is_empty());
    assert_eq!(missing("lang = \"en\"\ndir = \"ltr\"\nreviewed = true\n"), ["name"]);
}

/// A glossary in two languages, what two texts say, and what is said of it: each time file, key, message and cure.
#[test]
fn a_glossary_holds_every_text() {
    let folder = written("glossary", &[("pack.toml", r#"["en"]"#, r#"["en", "es"]"#)]);
    let told = |glossary: &str, en: &str, es: &str| {
        let speech = ["en", "es"].map(|language| format!("[speech.{language}]\npromises = []\ncontractions = []\nmaybe = []\n"));
        std::fs::write(folder.join("glossary.toml"), format!("{glossary}{}", speech.concat())).expect("written");
        for (language, text) in [("en", en), ("es", es)] {
            std::fs::create_dir_all(folder.join("text").join(language)).expect("a folder");
            let text = format!("[fact.paper]\nquestion = \"{text}\"\n");
            std::fs::write(folder.join("text").join(language).join("general.toml"), text).expect("written");
        }
        let problems = author::check(&folder).err().unwrap_or_default();
        let of_words = |problem: &&Problem| problem.file == "glossary.toml" || problem.message.starts_with("says ");
        problems.iter().filter(of_words).map(|p| format!("{}: {}: {}: {}", p.file, p.key, p.message, p.help)).collect::<Vec<_>>()
    };
    let term = |en: &str, es: &str| format!("[[term]]\nid = \"order\"\nen = {{ {en} }}\nes = {{ {es} }}\n");
    let es = r#"family = "orden de deportación", never = ["orden de salir"]"#;
    let right = term(r#"law = "Removal order", family = "deportation order", never = ["order to leave", "judge's order"]"#, es);
    let (fine, bien) = ("A Deportation order is a “removal order.”", "¿Orden de deportación?");
    assert_eq!(told(&right, fine, bien), [""; 0]);
    // Each language refuses its own phrases, as whole words and however they are written, and names what stands in their place.
    let refused = |phrase: &str| {
        format!("text/en/general.toml: fact paper question: says \"{phrase}\": write \"deportation order\", as glossary.toml does")
    };
    let says = |more: &str| told(&right, &format!("{fine} {more}"), bien);
    assert_eq!(says("An ORDER TO LEAVE, or two."), [refused("order to leave")]);
    assert_eq!(says("A judge’s order?"), [refused("judge's order")]);
    assert_eq!(says("A border to leave, an order to leaven. An orden de salir."), [""; 0]);
    assert_eq!(says("A border to leave is no order to leave"), [refused("order to leave")]);
    // A star stands for any ending of the last word, and for no other beginning.
    let stem = right.replace("order to leave", "lo detien*");
    let starred = |more: &str| told(&stem, &format!("{fine} {more}"), bien).len();
    assert_eq!(["Si lo detienen.", "Lo detiene ICE.", "Si solo detienen a otros.", "Lo deti."].map(starred), [1, 1, 0, 0]);
    let wrong = "text/es/general.toml: fact paper question: says \"orden de salir\": write \"orden de deportación\", as glossary.toml does";
    assert_eq!(told(&right, fine, &format!("{bien} Orden de salir.")), [wrong]);
    // What nobody says is no word of the texts: not the family's, not the law's, and not in half a word.
    let unused = |language: &str, word: &str| {
        format!("glossary.toml: term[order].{language}: no text says \"{word}\": say it in a text, or correct the term")
    };
    assert_eq!(told(&right, "A removal order.", bien), [unused("en", "deportation order")]);
    assert_eq!(told(&right, "Deportation orders. A removal order.", bien), [unused("en", "deportation order")]);
    assert_eq!(told(&right, "A deportation order.", bien), [unused("en", "Removal order")]);
    assert_eq!(told(&right, fine, "Una orden."), [unused("es", "orden de deportación")]);
    // Each term has its word in each language, and is written as it is looked for.
    let slips = |glossary: &str| told(glossary, fine, bien);
    let alone = "[[term]]\nid = \"order\"\nen = { family = \"deportation order\" }\n";
    assert_eq!(slips(alone), ["glossary.toml: term[order].es: missing: say what this language calls it"]);
    let nameless = term(r#"law = "removal order""#, es);
    assert_eq!(slips(&nameless), ["glossary.toml: term[order].en.family: missing: add `family`, a text"]);
    let found = |phrase: &str| {
        let never = format!(r#"family = "deportation order", never = ["{phrase}"]"#);
        slips(&term(&never, es)).into_iter().find(|told| told.contains("].en.never: ")).unwrap_or_default()
    };
    assert!(found("Order to leave").contains("is never found: write it in small letters"), "{}", found("Order to leave"));
    assert!(found("deportation").contains("`deportation` is refused, and `deportation order` says it"), "{}", found("deportation"));
    assert_eq!(found("orden de deportación"), "");
    let odd = term(r#"family = "deportation order", nevr = ["order"]"#, es);
    assert_eq!(slips(&odd), ["glossary.toml: term[order].en.nevr: unknown key: use one of: family, law, never"]);
    assert_eq!(
        slips(&format!("{right}{right}")).first().map(String::as_str),
        Some("glossary.toml: term[order].id: this id stands twice: join the two, or give one another id")
    );
    std::fs::remove_file(folder.join("glossary.toml")).expect("removed");
    let problems = author::check(&folder).err().unwrap_or_default();
    assert!(problems.iter().any(|problem| problem.file == "glossary.toml" && problem.message == "missing"), "{problems:?}");
}

/// What the one case sees is the card of a person who is not here; what the boundaries see is the birth date.
#[test]
fn what_no_case_sees_is_told() {
    // Two of these cannot fail: one is always met, and one is asked only of those who meet it. One is unsure for everybody.
    let more = r#"criterion = [
  { id = "always", cite = ["law"], test = { always = true } },
  { id = "paper", cite = ["law"], test = { named = "has-paper" }, applies-when = { named = "has-paper" } },
  { id = "unsure", cite = ["law"], test = { named = "has-paper" } },
"#;
    let folder = written("seen", &[("routes/near.toml", "criterion = [\n", more)]);
    let case = "[[case]]\nid = \"one\"\nas-of = 2024-01-01\nanswers = { \"person.in-us\" = false }\nsource = \"-\"\nconfidence = \"high\"\n\
        expect.near.fit = \"does-not-fit\"\n";
    std::fs::write(folder.join("cases/one.toml"), case).expect("written");
    let problems = author::check(&folder).err().unwrap_or_default();
    let told: Vec<(&str, &str, &str)> = problems
        .iter()
        .filter(|problem| problem.file.starts_with("routes/") || problem.file.starts_with("cases/"))
        .map(|problem| (problem.file.as_str(), problem.key.as_str(), problem.message.as_str()))
        .collect();
    let wanted = [
        ("routes/far.toml", "criterion[here]", "no case ever sees it fail"),
        ("routes/far.toml", "criterion[then]", "no case ever sees it fail"),
        ("routes/far.toml", "far", "no case expects anything of this route"),
        ("routes/near.toml", "criterion[unsure]", "no case ever sees it fail"),
    ];
    assert_eq!(told, wanted);
}

/// A change, what one case expects of whom beside the boundaries, and what becomes of the change: "noticed", or who is said to see
/// it, or nobody, where nobody looks at what was changed. The family of the case was born in 1985, and has not said where it is.
const SHOWN: [(&str, &str, &str, &str); 11] = [
    // A row of the boundaries looks at the card of its route, with its fees, and at no other card.
    ("routes/near.toml criterion[born].test.on-or-before: day-later", "", "", "noticed"),
    (
        "routes/near.toml fee[near-form].amount: fee-amount 11",
        "",
        "",
        "boundaries/lines.toml boundary[0] with person.birth-date = 1999-12-31: ",
    ),
    ("routes/far.toml fee[far-form].amount: fee-amount 11", "", "", ""),
    // One about a caution looks at the whole report: to whom every card is open, and not what it costs.
    ("routes/far.toml criterion[here].test: negated", "", "", "boundaries/lines.toml boundary[1] with person.birth-date = 1989-12-30: "),
    // A case looks at the cards that it names.
    ("routes/near.toml criterion[here].test: always", "near", "fit = \"unclear\"", "noticed"),
    ("routes/near.toml fee[near-form].amount: fee-amount 11", "near", "fit = \"unclear\"", "one@2024-01-01: "),
    ("routes/far.toml fee[far-form].amount: fee-amount 11", "near", "fit = \"unclear\"", ""),
    ("routes/far.toml fee[far-form].amount: fee-amount 11", "near", "tier = { old = \"know\" }", ""),
    // At the whole report, where it speaks of that or of an order of cards.
    ("routes/far.toml criterion[here].test: always", "report", "cautions = [\"old\"]", "one@2024-01-01: "),
    ("routes/far.toml fee[far-form].amount: fee-amount 11", "report", "cautions = [\"old\"]", ""),
    ("routes/near.toml criterion[here].test: always", "far", "rank-before = [\"near\"]", "noticed"),
];

#[test]
fn a_change_is_shown_to_whoever_looks_at_what_it_changes() {
    let folder = written("shown", &[]);
    for (change, about, expect, shown) in SHOWN {
        let case = format!(
            "[[case]]\nid = \"one\"\nas-of = 2024-01-01\nanswers = {{ \"person.birth-date\" = 1985-02-03 }}\nsource = \"-\"\n\
            confidence = \"high\"\n[case.expect.{about}]\n{expect}\n"
        );
        std::fs::write(folder.join("cases/one.toml"), if about.is_empty() { "" } else { &case }).expect("written");
        let tried = author::mutants(&folder, &Run::Named(change), &|_| false).expect("rules");
        let [mutant] = tried.as_slice() else { panic!("{change}: {tried:#?}") };
        let found = match &mutant.fate {
            Fate::Noticed => "noticed",
            Fate::Refused => "refused",
            Fate::Survived(who) => who.as_deref().unwrap_or_default(),
        };
        // Of a report only who sees it is looked at, not what.
        let who = found.find(": ").map_or(found, |end| &found[..end + 2]);
        assert_eq!(who, shown, "{change}, where a case expects {expect:?} of {about:?}: {found}");
    }
}

/// The page for an attorney: what holds on the day, the same once, and what nobody read.
#[test]
fn grounds_are_printed_to_be_signed() {
    let later = "to = 2021-12-31\n[[expect]]\nground = \"order\"\nclasses = [\"stay\", \"leave\"]\neffect = \"lawyer\"\n\
                 authority = \"Section 2\"\nbecause = \"It turns on much.\"\nfrom = 2022-01-01\nunverified = true";
    let loaded = read("grounds", &[("cases/grounds.toml", "# of these two", later)]);
    let page = |day: &str| author::table(&loaded, Date::parse(day).expect("a day"));
    let before = page("2021-12-31");
    assert!(before.contains("2 cells: 2 blocks, 0 until, 0 waivable, 0 lawyer, 0 no; 0 rest on no source"), "{before}");
    assert!(before.contains("| blocks | stay, leave | The law, section 1 | It says so. |"), "{before}");
    let after = page("2022-01-01");
    assert!(
        after.contains("## order (not in the rules)\n")
            && after.contains("| lawyer | stay, leave | Section 2 (not read) | It turns on much. |"),
        "{after}"
    );
    assert!(!after.contains("It says so."), "{after}");
}

/// The same to be printed: who screens a ground, whose pack it is, and nothing that a browser would take for more than text.
#[test]
fn grounds_are_a_page_to_be_printed() {
    let day = Date::parse("2024-01-01").expect("a day");
    let edits = [("cases/grounds.toml", "It says so.", "It says <so> & so.")];
    for (test, asked, words) in [
        ("test = { named = \"has-paper\" }", "", "order (screened by its own test)"),
        (r#"by-routes = ["here"]"#, "", "order (screened by each route)"),
        ("by-routes = [\"born\"]\nunsaid = [\"far\"]", "", "order (screened by each route; nothing says it on: far)"),
        ("not-asked = true", "\nasked = false", "order (screened by nobody: the cards say that it was not asked)"),
    ] {
        let asked = format!("effect = \"blocks\"{asked}");
        let edits = [edits[0], ("cases/grounds.toml", "effect = \"blocks\"", asked.as_str())];
        let ground = GROUND.replace("test = { named = \"has-paper\" }", test);
        let ground = if test.starts_with("test") { ground } else { ground.replacen("cite = [\"law\"]\n", "", 1) };
        let (loaded, problems) = with_ground("page", &ground, &edits);
        let loaded = loaded.unwrap_or_else(|| panic!("{problems:?}"));
        assert!(problems.is_empty(), "{problems:?}");
        let page = author::table_html(&loaded, day);
        assert!(page.contains(&format!("<h2>{words}</h2>")) && author::table(&loaded, day).contains(words), "{page}");
        assert!(page.contains("<td>It says &lt;so&gt; &amp; so.</td>") && !page.contains("<so>"), "{page}");
        assert!(page.contains("(name, license) on ____") && page.contains("Grounds and benefits on 2024-01-01"), "{page}");
        let hash = page.split("<p>Pack ").nth(1).and_then(|rest| rest.split(';').next()).expect("a hash");
        assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
    }
}

/// A year after they were read the rules know no door, whatever day is looked at; what is dangerous stays said. A clock that is wrong
/// the other way changes nothing.
#[test]
fn rules_that_are_too_old_know_no_door() {
    let loaded = read("old", &[]);
    let day = |text: &str| Date::parse(text).expect("a day");
    assert_eq!(loaded.pack.expires, day("2025-01-01"));
    let answers =
        json!({ "person.in-us": true, "person.birth-date": "1985-01-01", "paper": "any", "home": ["MX"], "crimes": ["none"], "stays": [] });
    let answers = author::read_answers(&loaded.pack, &answers).expect("answers");
    for as_of in ["2021-12-31", "2024-01-01"] {
        let on = |today: &str| screen_on(&loaded.pack, day(as_of), day(today), &answers);
        let fresh = screen(&loaded.pack, day(as_of), &answers);
        assert!(fresh.cards.iter().all(|card| card.door.state != DoorState::Unknown && card.fit.is_some()), "{fresh:?}");
        assert_eq!(on("2024-12-31"), fresh);
        assert_eq!(on("2001-01-01"), fresh);
        for today in ["2025-01-01", "2029-06-30"] {
            let old = on(today);
            assert_eq!((&old.cautions, &old.rules), (&fresh.cautions, &fresh.rules));
            assert!(!old.cautions.is_empty());
            for card in &old.cards {
                assert_eq!((card.door.state, &card.fit, card.come_back.len()), (DoorState::Unknown, &None, 0), "{card:?}");
                assert!(card.reasons.is_empty() && card.next_steps.iter().all(|step| step.kind != StepKind::File), "{card:?}");
            }
        }
    }
    let sooner = read("old", &[("pack.toml", "known-from", "expires = 2024-07-01\nknown-from")]);
    assert_eq!(sooner.pack.expires, day("2024-07-01"));
}

/// The ground of the table, as the rules write it, and the places where the two routes name their benefits.
const GROUND: &str = r#"
id = "order"
cite = ["law"]
test = { named = "has-paper" }
[[cell]]
classes = ["stay", "leave"]
effect = "blocks"
cite = ["law"]
"#;
const BENEFITS: [(&str, &str, &str); 3] = [
    ("pack.toml", r#"groups = ["ways"]"#, "groups = [\"ways\"]\nclasses = [\"stay\", \"leave\"]"),
    ("routes/near.toml", r#"group = "ways""#, "group = \"ways\"\nclass = \"stay\""),
    ("routes/far.toml", r#"group = "ways""#, "group = \"ways\"\nclass = \"leave\""),
];

/// The rules with a ground, and with other edits.
fn with_ground(name: &str, ground: &str, edits: &[(&str, &str, &str)]) -> (Option<Loaded>, Vec<Problem>) {
    let folder = written(name, &[&BENEFITS[..], edits].concat());
    std::fs::create_dir_all(folder.join("grounds")).expect("a folder");
    std::fs::write(folder.join("grounds/order.toml"), ground).expect("written");
    let mut problems = Problems::default();
    (author::load(&folder, &mut problems), problems.0)
}

/// What goes by routes is said by each of them on its own days, or stands among what is not said.
#[test]
fn what_goes_by_routes_is_said_on_each() {
    let rows: [(&str, &str); 12] = [
        (r#"["here"]"#, ""),
        // A criterion of one route, a step of the other, a caution that touches both.
        (r#"["born"]"#, "by-routes `far` says nothing of it on some day"),
        ("[\"born\"]\nunsaid = [\"far\"]", ""),
        (r#"["born", "then"]"#, ""),
        (r#"["old"]"#, ""),
        // Before its first day nothing is looked for.
        ("[\"here\"]\nsaid-from = 2024-01-01", ""),
        ("[\"later\"]", "by-routes `near` says nothing of it on some day"),
        // What is named has to be there, and what is said is not unsaid.
        ("[\"here\"]\nunsaid = [\"far\"]", "unsaid `far` has nothing unsaid"),
        ("[\"here\"]\nunsaid = [\"fur\"]", "unsaid `fur` is no route"),
        (r#"["here", "hear"]"#, "by-routes `hear` says it on no route"),
        ("[]", "by-routes"),
        ("true", "by-routes"),
    ];
    for (says, words) in rows {
        let ground =
            GROUND.replacen("cite = [\"law\"]\n", "", 1).replace("test = { named = \"has-paper\" }", &format!("by-routes = {says}"));
        let (_, problems) = with_ground("by-routes", &ground, &[]);
        let told: Vec<String> = problems.iter().map(|problem| format!("{} {}", problem.key, problem.message)).collect();
        let found = told.iter().any(|told| told.starts_with(words));
        assert!(if words.is_empty() { told.is_empty() } else { found }, "{says}: {told:?}");
    }
    // A door that is shut on every day of the cell has nothing to say.
    let ground = GROUND.replacen("cite = [\"law\"]\n", "", 1).replace("test = { named = \"has-paper\" }", r#"by-routes = ["born"]"#);
    let shut = |state| ("routes/far.toml", state, "state = \"closed\"");
    let (_, problems) = with_ground("by-routes", &ground, &[shut("state = \"open\""), shut("state = \"paused\"")]);
    assert!(problems.iter().all(|problem| problem.file != "grounds/order.toml"), "{problems:?}");
    // Nor has one that shuts on the day from which it would be said.
    let ground = ground.replace(r#"by-routes = ["born"]"#, "by-routes = [\"born\"]\nsaid-from = 2022-01-01");
    let (_, problems) = with_ground("by-routes", &ground, &[shut("state = \"open\"")]);
    assert!(problems.iter().all(|problem| problem.file != "grounds/order.toml"), "{problems:?}");
}

/// A caution, a ground and a fee say when somebody read what they rest on, and on which day that was too long ago.
#[test]
fn what_was_read_too_long_ago_says_so() {
    let (loaded, problems) = with_ground("stale", GROUND, &[]);
    let mut pack = loaded.unwrap_or_else(|| panic!("{problems:?}")).pack;
    let told = json!({ "person.in-us": true, "person.birth-date": "1980-01-01", "paper": "any" });
    let said = |pack: &Pack, day: &str| {
        let answers = author::read_answers(pack, &told).expect("answers");
        let report = screen(pack, Date::parse(day).expect("a day"), &answers);
        let card = report.cards.iter().find(|card| card.route == "near").expect("a card");
        let caution = report.cautions.iter().find(|caution| caution.id == "old").expect("a caution");
        let (ground, fee) = (&card.grounds[0], &card.fees[0]);
        let stale = [caution.stale, ground.stale, fee.stale];
        (stale, [caution.confirmed_through, ground.confirmed_through, fee.confirmed_through].map(|day| day.map(|day| day.to_string())))
    };
    let read = || [(); 3].map(|()| Some("2024-01-01".to_string()));
    assert_eq!(said(&pack, "2024-12-31"), ([false; 3], read()));
    assert_eq!(said(&pack, "2025-01-01"), ([true; 3], read()));
    // What nobody read cannot have been read too long ago: it says so in another way.
    pack.citations[0].read = None;
    assert_eq!(said(&pack, "2025-01-01"), ([false; 3], [None, None, None]));
    // The first of two readings counts, and the shorter life.
    pack.citations[0].read = Date::parse("2024-01-01").ok();
    let order = Citation { id: "order".into(), read: Date::parse("2024-12-31").ok(), keeps: 30 };
    pack.citations.push(order);
    pack.cautions[0].clauses[0].cite.push(1);
    assert_eq!(said(&pack, "2024-01-31").0, [false; 3]);
    assert_eq!(said(&pack, "2024-02-01").0, [true, false, false]);
}

/// Nobody forgets a ground: each benefit is decided, as the law was found to say, on each day.
#[test]
fn grounds_are_held_against_what_the_law_was_found_to_say() {
    let rows: [(&str, &str, &str); 9] = [
        (r#"["stay", "leave"]"#, r#"["stay"]"#, "cell[leave] says nothing on some day"),
        ("\"blocks\"", "\"lawyer\"", "cell[stay] is not what cases/grounds.toml expects"),
        ("\"blocks\"", "\"until\"\nyears = 10", "cell[leave] is not what cases/grounds.toml expects"),
        ("\"blocks\"", "\"blocks\"\nwaiver = \"near\"", "cell[leave] is not what cases/grounds.toml expects"),
        ("\"blocks\"", "\"blocks\"\nto = 2022-01-01", "cell[stay] is expected by nothing, or stands twice"),
        (r#"["stay", "leave"]"#, r#"["stay", "leave", "go"]"#, "cell[0].classes `go` is no benefit"),
        ("\"blocks\"", "\"blocks\"\nwaiver = \"fur\"", "cell[stay] its waiver is no route"),
        ("id = \"order\"", "id = \"odor\"", "id `odor` is not the name of the file"),
        ("test = { named = \"has-paper\" }", "not-asked = true", "not-asked cases/grounds.toml says otherwise"),
    ];
    let (loaded, problems) = with_ground("held", GROUND, &[]);
    assert!(loaded.is_some() && problems.is_empty(), "{problems:?}");
    for (from, to, words) in rows {
        let (_, problems) = with_ground("held", &GROUND.replace(from, to), &[]);
        let found = problems.iter().any(|problem| format!("{} {}", problem.key, problem.message).contains(words));
        assert!(found, "{to}: no {words:?} in {problems:#?}");
    }
    let departs =
        "# of these two\n[[departs]]\nroutes = [\"fur\"]\ngrounds = [\"order\"]\neffect = \"no\"\nauthority = \"-\"\nbecause = \"-\"";
    let (_, problems) = with_ground("held", GROUND, &[("cases/grounds.toml", "# of these two", departs)]);
    assert!(problems.iter().any(|problem| problem.message.contains("`fur` is no route")), "{problems:?}");
    // What a route says beside the law of its benefit stands in both places, and is the same.
    let row = departs.replace("fur", "near");
    let law = ("cases/grounds.toml", "# of these two", row.as_str());
    let said = "documents = []\ndeparture = [{ ground = \"order\", effect = \"no\", cite = [\"law\"] }]";
    let other = said.replace("\"no\"", "\"lawyer\"");
    let on = |said| ("routes/near.toml", "documents = []", said);
    for (edits, right) in [(vec![law, on(said)], true), (vec![law], false), (vec![on(said)], false), (vec![law, on(&other)], false)] {
        let (_, problems) = with_ground("held", GROUND, &edits);
        let found = problems.iter().any(|problem| problem.key == "departure[order]");
        assert!(if right { problems.is_empty() } else { found }, "{edits:?}: {problems:?}");
    }
    // What is not asked stands once on a benefit, however many spans of days it has.
    let ground = GROUND.replace("test = { named = \"has-paper\" }", "not-asked = true");
    let (first, then) = ("effect = \"blocks\"\nto = 2022-01-01", "effect = \"lawyer\"\nfrom = 2022-01-02");
    let both = |cell: &str| format!("{}{}", cell.replace("effect = \"blocks\"", first), cell.replace("effect = \"blocks\"", then));
    let (head, cell) = ground.split_at(ground.find("[[cell]]").expect("a cell"));
    let (loaded, problems) = with_ground("held", &format!("{head}{}", both(cell)), &[]);
    let loaded = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    assert_eq!(loaded.pack.classes.iter().map(|class| class.not_asked.clone()).collect::<Vec<_>>(), [vec![0], vec![0]], "{problems:?}");
    for (file, from, to, words) in [
        ("routes/near.toml", "class = \"stay\"", "class = \"leave\"", "class is another in cases/grounds.toml"),
        ("routes/near.toml", "class = \"stay\"", "class = \"go\"", "class names no benefit"),
        ("routes/near.toml", "class = \"stay\"", "", "class names no benefit"),
    ] {
        let (_, problems) = with_ground("held", GROUND, &[(file, from, to)]);
        let found = problems.iter().any(|problem| problem.file == file && format!("{} {}", problem.key, problem.message).contains(words));
        assert!(found, "{to}: no {words:?} in {problems:#?}");
    }
}

/// What a ground that holds, that may hold and that does not hold does to a card, by its effect and by a departure of the route.
#[test]
fn a_ground_does_what_its_cell_says() {
    let answers = |paper: serde_json::Value| json!({ "person.in-us": true, "person.birth-date": "1990-01-01", "paper": paper });
    let fit = |loaded: &Loaded, paper: serde_json::Value| {
        let day = Date::parse("2024-01-01").expect("a day");
        let answers = author::read_answers(&loaded.pack, &answers(paper)).expect("answers");
        let report = screen(&loaded.pack, day, &answers);
        let card = report.cards.into_iter().find(|card| card.route == "near").expect("a card");
        let state = card.fit.as_ref().map(|fit| fit.state);
        (state, card.grounds.len(), card.clear.len())
    };
    let table = |effect: &str| [("cases/grounds.toml", "effect = \"blocks\"", effect.to_string())];
    for (effect, holds) in [
        ("effect = \"blocks\"", FitState::DoesNotFit),
        ("effect = \"lawyer\"", FitState::Unclear),
        ("effect = \"waivable\"\nwaiver = \"far\"", FitState::Unclear),
        // No day is known on which it ends.
        ("effect = \"until\"\nyears = 10", FitState::Unclear),
    ] {
        let edits = table(effect);
        let edits: Vec<(&str, &str, &str)> = edits.iter().map(|(file, from, to)| (*file, *from, to.as_str())).collect();
        let (loaded, problems) = with_ground("does", &GROUND.replace("effect = \"blocks\"", effect), &edits);
        let loaded = loaded.unwrap_or_else(|| panic!("{problems:?}"));
        assert_eq!(fit(&loaded, json!("any")), (Some(holds), 1, 0), "{effect}");
        assert_eq!(fit(&loaded, json!({ "unsure": true })), (Some(FitState::Unclear), 1, 0), "{effect}");
        assert_eq!(fit(&loaded, json!("none")), (Some(FitState::Fits), 0, 1), "{effect}");
    }
    // What does not touch the benefit says nothing, and a route may have a law of its own.
    let departs =
        ("routes/near.toml", "documents = []", "documents = []\ndeparture = [{ ground = \"order\", effect = \"no\", cite = [\"law\"] }]");
    let (loaded, problems) = with_ground("does", GROUND, &[departs]);
    let loaded = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    assert_eq!(fit(&loaded, json!("any")), (Some(FitState::Fits), 0, 0));
}
