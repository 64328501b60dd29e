//! Citations and places of help: what a reader can open, and nothing that leads elsewhere.

use super::super::Problems;
use super::super::read::{Folder, Node, is_name};
use super::{About, Figure, Help, Names, Source, Statement, distinct};
use crate::date::Date;
use crate::pack::{CautionRule, Route};

pub fn sources(citations: &Node, about: &About, problems: &mut Problems) -> Vec<Source> {
    let kinds = ["statute", "regulation", "notice", "guidance", "court", "agency", "secondary", "practice"];
    let mut sources = Vec::new();
    for id in citations.names() {
        let Some(node) = citations.opt_table(id, problems) else { continue };
        if !is_name(id) {
            problems.add(node.file, id, "is no plain name", "use small letters, digits and hyphens");
        }
        let (kind, url) = (node.str("kind", problems), node.opt_str("url", problems));
        let verified = node.bool("verified", problems).unwrap_or(false);
        let read = node.opt_date("read", problems);
        node.note(problems);
        if !kinds.contains(&kind.as_str()) {
            problems.add(node.file, node.at("kind"), format!("unknown kind `{kind}`"), format!("use one of: {}", kinds.join(", ")));
        }
        let official = ["statute", "regulation", "notice", "guidance", "agency"].contains(&kind.as_str());
        match url.as_deref().map(host) {
            Some(None) => problems.add(node.file, node.at("url"), "is not an https address of plain form", "write https://host/..."),
            Some(Some(host)) if official && !host.ends_with(".gov") => problems.add(
                node.file,
                node.at("url"),
                format!("{host} is not an official address"),
                "give the official text, or call the source `secondary`",
            ),
            _ => {}
        }
        if verified && kind != "practice" && (url.is_none() || read.is_none()) {
            problems.add(
                node.file,
                id,
                "is verified but does not say what was read and when",
                "add `url` and `read`, or write verified = false",
            );
        }
        if read.is_some_and(|read| read > about.day) {
            problems.add(
                node.file,
                node.at("read"),
                "was read after the version of the rules",
                "correct the day, or the version in pack.toml",
            );
        }
        // An order of a court can be another one next week, wherever it is told; what a court settled for good keeps like the law.
        let given = node.opt_str("keeps", problems);
        let usual = if kind == "court" { "litigation" } else { "statute" };
        let keeps = about.keeps(given.as_deref().unwrap_or(usual), problems).unwrap_or_else(|| {
            let message = format!("`{}` has no shelf life", given.as_deref().unwrap_or(usual));
            problems.add(node.file, node.at("keeps"), message, "use a kind from pack.toml, [shelf-life]");
            (String::new(), i32::MAX)
        });
        if given.as_deref() == Some(usual) {
            problems.add(node.file, node.at("keeps"), "is what a source of this kind keeps anyway", "remove it");
        }
        let read = read.filter(|_| verified);
        sources.push(Source { id: id.to_string(), title: node.str("title", problems), url, kind, verified, read, keeps });
    }
    sources
}

/// Places of help. A link leads to the government or to a host of the reviewed list, never anywhere else.
pub fn help(folder: &Folder, cautions: &[CautionRule], problems: &mut Problems) -> Vec<Help> {
    let Some(root) = folder.file("help.toml", problems) else { return Vec::new() };
    let hosts = root.strings("hosts", problems);
    let nodes = root.tables("help", problems);
    distinct(&nodes, problems);
    let mut all: Vec<Help> = Vec::new();
    for node in nodes {
        let (url, phone) = (node.str("url", problems), node.opt_str("phone", problems));
        let host = host(&url);
        if !host.is_some_and(|host| host.ends_with(".gov") || hosts.iter().any(|known| known == host)) {
            problems.add(
                node.file,
                node.at("url"),
                "is no https address of the government or of a reviewed host",
                "correct it, or add the host to `hosts` after a look at it",
            );
        }
        if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            problems.add(node.file, node.at("phone"), "is no telephone number", "write digits and hyphens, such as 1-800-799-7233");
        }
        let answers = node.strings("answers", problems);
        let known = |name: &str| match name.split_once('/') {
            Some((id, clause)) => cautions.iter().any(|rule| rule.id == id && rule.clauses.iter().any(|one| one.id == clause)),
            None => cautions.iter().any(|rule| rule.id == name),
        };
        for name in answers.iter().filter(|name| !known(name)) {
            problems.add(node.file, node.at("answers"), format!("`{name}` is no caution"), "name a caution, or caution/clause");
        }
        all.push(Help { id: node.id("id", problems), url, phone, answers });
    }
    for unused in hosts.iter().filter(|known| !all.iter().any(|help| host(&help.url) == Some(known.as_str()))) {
        problems.add("help.toml", "hosts", format!("nothing leads to {unused}"), "remove it");
    }
    all
}

/// How many people a route or a caution is about: nothing is decided by it, and it is cited like everything else.
pub fn figures(
    folder: &Folder,
    names: &mut Names,
    routes: &[Route],
    cautions: &[CautionRule],
    first: Date,
    problems: &mut Problems,
) -> Vec<Figure> {
    let Some(root) = folder.file("figures.toml", problems) else { return Vec::new() };
    let nodes = root.tables("figure", problems);
    distinct(&nodes, problems);
    let mut all = Vec::new();
    for node in nodes {
        let about = node.str("about", problems);
        if !routes.iter().map(|route| &route.id).chain(cautions.iter().map(|rule| &rule.id)).any(|known| *known == about) {
            problems.add(node.file, node.at("about"), format!("no route or caution is called `{about}`"), "name what the number is about");
        }
        let (amount, counted) = (node.count("amount", problems), node.count("counted", problems));
        let (by, known_from) = (node.str("by", problems), node.date("known-from", problems));
        names.cited(&node, problems);
        node.note(problems);
        let (Some(amount), Some(counted), Some(known_from)) = (amount, counted, known_from) else { continue };
        if known_from < first || counted > known_from.ymd().0 {
            let cure = "write the year of the count, and the day of the source";
            problems.add(node.file, node.at("known-from"), "comes before the count, or before the rules begin", cure);
        }
        all.push(Figure { id: node.id("id", problems), about, amount, counted, by, known_from, cites: node.strings("cite", problems) });
    }
    all
}

/// The host of an https address of plain form: no port, no user, no dots at the ends, nothing that ends it for a reader.
fn host(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split('/').next()?;
    let plain = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let written = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    (written && host.contains('.') && host.split('.').all(plain)).then_some(host)
}

/// A number as it is dialed in the US: three digits, or ten or eleven, in groups.
fn is_phone(text: &str) -> bool {
    let digits = text.split('-').map(str::len).sum::<usize>();
    let groups = text.split('-').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    groups && [3, 10, 11].contains(&digits)
}

/// The first day on which no statement is fresh any more, and the day after the version at the earliest.
pub fn expires(statements: &[Statement], version: Date) -> Date {
    let fresh = statements.iter().filter_map(|statement| Some(statement.through?.plus_days(statement.shelf_life)));
    fresh.fold(version, Date::max).plus_days(1)
}
