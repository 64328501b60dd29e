//! From the TOML that people write to the pack that the engine reads. Host only; never part of the wasm.
//!
//! Nothing is forgiven here: every problem of every file is listed with file, key, reason and cure, and a pack is
//! made only where there is none. A key or a file that nobody reads is a problem too. A rule's own cases are part of
//! it: a pack whose cases fail is refused.

mod alike;
mod answers;
mod boundary;
mod case;
mod diff;
mod due;
mod explain;
mod file;
mod form_words;
mod glossary;
mod mutants;
mod news;
mod parse;
mod population;
mod questions;
mod reach;
mod read;
mod rests;
mod seen;
mod table;
mod walk;
mod words;

pub use alike::{singly, unlike};
pub use answers::read_answers;
pub use case::{Base, Case};
pub use diff::{Difference, Flip, Line, diff};
pub use due::{Due, aged, due};
pub use explain::explain;
pub use file::{is_whole, seal, sealed_text};
pub use form_words::form_words;
pub use mutants::{Fate, KINDS, Kind, Mutant, Run, changes, run as mutants, told_apart};
pub use parse::{
    Cell, Ends, Entries, Expected, Figure, Help, Line as ScreenLine, Loaded, Papers, SOME, Says, Screened, Screens, Shown, Source,
    Statement, expires, vocabulary,
};
pub use population::{Family, families, path};
pub use table::{table, table_html};
pub use walk::{Form, Visit, Walked};

use crate::pack::Pack;
use crate::screen::rules_info;
use news::System;
use read::Folder;
use seen::Seen;
use std::fmt;

// Reports are thousands of small lists. Under the system's own allocator, checking the rules and every test of them takes near
// twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One thing wrong with the rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the folder of the rules.
    pub file: String,
    /// The table or key in it.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}\n    cure: {}", self.file, self.key, self.message, self.help)
    }
}

/// All problems found so far.
#[derive(Default, Debug)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a problem: where it is, what is wrong, and what to do about it.
    pub fn add(&mut self, file: &str, key: impl Into<String>, message: impl Into<String>, help: impl Into<String>) {
        self.0.push(Problem { file: file.into(), key: key.into(), message: message.into(), help: help.into() });
    }
}

/// A checked set of rules: the pack, its language files as JSON, and what was counted on the way.
pub struct Checked {
    /// The rules as the engine reads them.
    pub pack: Pack,
    /// The citations as readers see them.
    pub sources: Vec<Source>,
    /// Everything that can go stale.
    pub statements: Vec<Statement>,
    /// The places of help.
    pub help: Vec<Help>,
    /// How many people, who counted them, and when.
    pub figures: Vec<Figure>,
    /// What the news spoke of.
    pub news: Vec<System>,
    /// The countries that most people name.
    pub common: Vec<String>,
    /// What a person meets, as the page draws it.
    pub screens: Screens,
    /// What each fact says of papers, in the order of the facts.
    pub paper_of: Vec<Papers>,
    /// The answers of the plain person.
    pub base: Base,
    /// Each language with its words, as JSON text.
    pub languages: Vec<(String, String)>,
    /// Every case, one for each of its days.
    pub cases: Vec<Case>,
    /// What was counted.
    pub counts: Counts,
}

/// What was counted while the rules were checked.
#[derive(Default, Debug)]
pub struct Counts {
    /// Cases that ran, one for each of their days.
    pub cases: usize,
    /// Cases made from the table of boundaries.
    pub boundary_cases: usize,
    /// Statements that rest on no citation that was read.
    pub unverified: Vec<String>,
    /// Texts, in all languages together.
    pub texts: usize,
}

/// Reads the rules in a folder, and runs no case.
pub fn load(folder: &std::path::Path, problems: &mut Problems) -> Option<Loaded> {
    parse::load(&Folder::read(folder, problems), problems)
}

/// What the file of compared texts says once somebody has compared the languages of a folder as they stand.
pub fn compared(folder: &std::path::Path, languages: &[String]) -> String {
    words::compared(&Folder::read(folder, &mut Problems::default()), languages)
}

/// A folder as it is read, with its cases: none of them has been run.
struct Written {
    folder: Folder,
    loaded: Loaded,
    base: Base,
    cases: Vec<Case>,
}

impl Written {
    fn read(folder: &std::path::Path, problems: &mut Problems) -> Option<Written> {
        let folder = Folder::read(folder, problems);
        let loaded = parse::load(&folder, problems)?;
        let base = Base::read(&folder, &loaded.pack, problems);
        let cases = case::read_all(&folder, &loaded.pack, &base, problems);
        Some(Written { folder, loaded, base, cases })
    }
}

/// The rules and the cases of a folder, and runs none: to explain a case that fails.
pub fn cases(folder: &std::path::Path) -> Result<(Loaded, Vec<Case>), Vec<Problem>> {
    let mut problems = Problems::default();
    match Written::read(folder, &mut problems) {
        Some(Written { loaded, cases, .. }) if problems.0.is_empty() => Ok((loaded, cases)),
        _ => Err(sorted(problems)),
    }
}

/// Reads and checks the rules in a folder, and runs every case. The problems are in the order of the files.
pub fn check(folder: &std::path::Path) -> Result<Checked, Vec<Problem>> {
    let mut problems = Problems::default();
    let Some(Written { folder, loaded, base, cases }) = Written::read(folder, &mut problems) else { return Err(sorted(problems)) };
    let mut counts = Counts { unverified: loaded.unverified.clone(), ..Counts::default() };
    let languages = words::check(&folder, &loaded, &mut problems, &mut counts);
    let mut seen = Seen::default();
    for case in &cases {
        counts.cases += 1;
        case.run(&loaded.pack, &mut seen, &mut problems);
    }
    for line in boundary::read_all(&folder, &loaded.pack, &base, &mut problems) {
        counts.boundary_cases += 1;
        line.run(&loaded.pack, &mut seen, &mut problems);
    }
    seen.unseen(&loaded.pack, &mut problems);
    folder.unread(&mut problems);
    if problems.0.is_empty() {
        let Loaded { pack, sources, statements, help, figures, news, common, screens, paper_of, .. } = loaded;
        Ok(Checked { pack, sources, statements, help, figures, news, common, screens, paper_of, base, languages, cases, counts })
    } else {
        Err(sorted(problems))
    }
}

impl Checked {
    /// The one file that an engine is built from: what a reader may want to see as plain JSON, and the pack itself.
    pub fn rules_json(&self) -> String {
        let pack = &self.pack;
        let bytes = pack.to_bytes().unwrap_or_default();
        let rules = serde_json::json!({
            "format": pack.format,
            "id": pack.id,
            "version": pack.version,
            "languages": pack.languages,
            "rules": rules_info(pack),
            "questions": questions::all(pack, &self.common, &self.paper_of),
            "slots": pack.slots().1,
            "parts": self.screens.parts,
            "screens": self.screens.screens,
            "same": self.screens.same,
            "citations": self.citations(),
            "help": self.help,
            "figures": self.figures,
            "pack": as_text(&bytes),
        });
        seal(rules).to_string()
    }

    /// What the news spoke of, day by day, as JSON text.
    pub fn news_json(&self) -> String {
        news::json(&self.pack, &self.news, &self.figures, &self.sources).to_string()
    }

    /// The citations, one list a column: likes beside likes are what a compressor saves on.
    fn citations(&self) -> serde_json::Value {
        let column = |of: fn(&Source) -> serde_json::Value| self.sources.iter().map(of).collect::<serde_json::Value>();
        serde_json::json!({
            "titles": column(|source| source.title.as_str().into()),
            "urls": column(|source| source.url.as_deref().into()),
            "kinds": column(|source| source.kind.as_str().into()),
        })
    }
}

/// Two digits a byte, as digests are written.
pub fn hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A character a byte: itself where it can stand in JSON as it is, else the one 256 places further on. A compressor sees the bytes in
/// it, which base64 hides: the rules are a sixth smaller on the way.
fn as_text(bytes: &[u8]) -> String {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
    let character = |byte: u8| if plain(byte) { char::from(byte) } else { char::from_u32(0x100 + u32::from(byte)).unwrap_or_default() };
    bytes.iter().map(|byte| character(*byte)).collect()
}

fn sorted(problems: Problems) -> Vec<Problem> {
    let mut all = problems.0;
    all.sort();
    all.dedup();
    all
}
