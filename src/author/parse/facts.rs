//! The questions with their fields, and the measures over stays. A question rests on earlier ones only.

use super::super::Problems;
use super::super::read::Node;
use super::{Counted, FACT_FILE, FIRST_PASS, Names, distinct, interval, no_gap, word};
use crate::date::Date;
use crate::fact::{Fact, Field, Kind, NO, ReadsAs, ShowWhen, Since, ToldBy, YES};
use crate::pack::{Implied, Interval, ToldEntry};
use crate::stay::{Measure, Places};
use toml::Value;

pub fn facts(nodes: &[Node], countries: &[String], problems: &mut Problems) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    distinct(nodes, problems);
    for node in nodes {
        let id = node.id("id", problems);
        let kind = kind(node, problems);
        let mut options = options(node, kind, problems);
        if matches!(kind, Kind::Country | Kind::Countries) {
            options = countries.to_vec();
        }
        let fields: Vec<Field> = fields(node, problems);
        let find_out = node.str("find-out", problems);
        let place = |id: &str, problems: &mut Problems, key: &str| {
            let found = facts.iter().position(|fact| fact.id == id).and_then(|p| u16::try_from(p).ok());
            if found.is_none() {
                problems.add(node.file, node.at(key), format!("`{id}` is no fact before this one"), "name an earlier fact");
            }
            found
        };
        let short_when = node.opt_str("short-when", problems).and_then(|short| place(&short, problems, "short-when"));
        if short_when.and_then(|fact| facts.get(usize::from(fact))).is_some_and(|fact| fact.kind != Kind::YesNo) {
            problems.add(node.file, node.at("short-when"), "is no yes-no fact", "name the fact whose yes means one entry");
        }
        let happened = node.opt_str("happened", problems).and_then(|field| {
            let found = fields.iter().position(|f| f.id == field && f.kind == Kind::Date).and_then(|p| u16::try_from(p).ok());
            if found.is_none() {
                problems.add(node.file, node.at("happened"), format!("no field `{field}`"), "name a date field of this list");
            }
            found
        });
        let ahead = node.flag("ahead", problems);
        let since = since(node, nodes, &options, problems);
        let first = node.flag("first", problems);
        node.flag("reserved", problems);
        for (key, goes_with) in [("field", Kind::List), ("happened", Kind::List), ("short-when", Kind::List), ("ahead", Kind::Date)] {
            if node.has(key) && kind != goes_with {
                problems.add(node.file, node.at(key), format!("does not go with a {kind:?}"), "remove it, or correct the kind");
            }
        }
        if kind == Kind::List && fields.is_empty() {
            problems.add(node.file, &node.key, "is a list without fields", "add a [[fact.field]]");
        }
        if (node.has("implied") || !since.is_empty()) && !matches!(kind, Kind::Choice | Kind::YesNo) {
            problems.add(node.file, &node.key, "only a yes-no fact or a choice is implied or has `since`", "remove it");
        }
        let until_asked = until_asked(node, kind, &options, problems);
        let reads_as = reads_as(node, nodes, &fields, problems);
        let told_by = told_by(node, kind, &facts, problems);
        facts.push(Fact { id, kind, options, since, find_out, short_when, happened, fields, ahead, first, until_asked, told_by, reads_as });
    }
    let first = facts.iter().take_while(|fact| fact.first).count();
    if first == 0 || first > FIRST_PASS || facts.iter().skip(first).any(|fact| fact.first) {
        problems.add(
            FACT_FILE,
            "first",
            "the questions of the first pass are not a few that stand before all others",
            format!("mark 1 to {FIRST_PASS} facts with first = true and put them first"),
        );
    }
    facts
}

/// What other answers say of a fact: `[[fact.implied]]` with `when`, a condition, and `is`, what the fact is then: true or false,
/// an option, or "unsure" for what nobody can know.
pub fn implied(node: &Node, fact: &Fact, names: &mut Names, problems: &mut Problems) -> Vec<Implied> {
    let mut all = Vec::new();
    for node in node.tables("implied", problems) {
        let option = match (node.value("is"), fact.kind) {
            (Some(Value::Boolean(yes)), Kind::YesNo) => Some(Some(if *yes { YES } else { NO })),
            (Some(Value::String(word)), _) if word == "unsure" => Some(None),
            (Some(Value::String(word)), Kind::Choice) => {
                fact.options.iter().position(|option| option == word).and_then(|place| u8::try_from(place).ok()).map(Some)
            }
            _ => None,
        };
        match (option, node.value("when")) {
            (Some(option), Some(when)) => all.push(Implied { when: names.condition(&node, "when", when, None, problems), option }),
            _ => problems.add(
                node.file,
                &node.key,
                "does not say when, or what the fact is then",
                "add `when`, a condition, and `is`: true, false, an option or \"unsure\"",
            ),
        }
    }
    all
}

/// Entries of a list that other answers tell: `[[fact.told]]` with `when`, a condition, and the fields of the entry: an option
/// for its kind, and for each date a date fact, or "unsure" where the day is not known.
pub fn told(node: &Node, fact: &Fact, list: u16, names: &mut Names, problems: &mut Problems) -> Vec<ToldEntry> {
    let mut all = Vec::new();
    for node in node.tables("told", problems) {
        let (mut kind, mut dates, mut known) = (None, Vec::new(), fact.kind == Kind::List);
        for (field, place) in fact.fields.iter().zip(0..).filter(|(field, _)| node.has(&field.id)) {
            let says = node.str(&field.id, problems);
            let option = field.options.iter().position(|option| *option == says).and_then(|place| u8::try_from(place).ok());
            let date = names.place_of(&says).filter(|_| names.facts.iter().any(|fact| fact.id == says && fact.kind == Kind::Date));
            match (field.kind, option) {
                (Kind::Date, _) if says == "unsure" => dates.push((place, None)),
                (Kind::Date, _) if date.is_some() => {
                    names.used_facts.insert(says);
                    dates.push((place, date));
                }
                (Kind::Choice, Some(option)) => kind = Some((place, option)),
                _ => known = false,
            }
        }
        match (kind.filter(|_| known), node.value("when")) {
            (Some(kind), Some(when)) => {
                all.push(ToldEntry { list, when: names.condition(&node, "when", when, None, problems), kind, dates })
            }
            _ => problems.add(
                node.file,
                &node.key,
                "does not say when, or what the entry is",
                "add `when`, a condition, an option of its kind, and for each date a date fact or \"unsure\"",
            ),
        }
    }
    all
}

/// The events behind a choice: `since = [{ fact = "a date fact", when = "option", before = "option" }]`.
fn since(node: &Node, nodes: &[Node], options: &[String], problems: &mut Problems) -> Vec<Since> {
    let mut all = Vec::new();
    for event in node.tables("since", problems) {
        let id = event.str("fact", problems);
        let is = |node: &Node, key: &str, wanted: &str| node.peek(key).and_then(Value::as_str) == Some(wanted);
        let date = nodes.iter().position(|n| is(n, "id", &id) && is(n, "kind", "date")).and_then(|place| u16::try_from(place).ok());
        let mut option = |key: &str| {
            let text = event.opt_str(key, problems)?;
            let place = options.iter().position(|o| *o == text).and_then(|place| u8::try_from(place).ok());
            if place.is_none() {
                problems.add(event.file, event.at(key), format!("unknown option `{text}`"), format!("use one of: {}", options.join(", ")));
            }
            place
        };
        let (when, before) = (option("when"), option("before"));
        match date {
            Some(date) => all.push(Since { date, when, before }),
            None => problems.add(event.file, event.at("fact"), format!("`{id}` is no date fact"), "name a date fact"),
        }
    }
    all
}

/// What counts until the question has been asked: `until-asked = ["option"]` for a set, `until-asked = "no-entry"` for a list.
fn until_asked(node: &Node, kind: Kind, options: &[String], problems: &mut Problems) -> Option<u32> {
    if kind == Kind::List {
        let word = node.opt_str("until-asked", problems)?;
        if word != "no-entry" {
            problems.add(node.file, node.at("until-asked"), format!("unknown word `{word}`"), "write \"no-entry\", or remove the key");
        }
        return Some(0);
    }
    let chosen = node.strings("until-asked", problems);
    if kind != Kind::Set && !chosen.is_empty() {
        problems.add(node.file, node.at("until-asked"), "goes with a set or a list only", "remove it");
    }
    let mask = mask(node, "until-asked", &chosen, options, problems);
    (mask != 0).then_some(mask)
}

/// Where a date may also have been told: `told-by = { list, field, where, is }`, a list before it, a date field of it, and the
/// choice and option of the entries that speak of it.
fn told_by(node: &Node, kind: Kind, facts: &[Fact], problems: &mut Problems) -> Option<ToldBy> {
    let told = node.opt_table("told-by", problems)?;
    if kind != Kind::Date {
        problems.add(told.file, &told.key, "goes with a date only", "remove it");
    }
    let list = told.str("list", problems);
    let (field, kind, is) = (told.str("field", problems), told.str("where", problems), told.str("is", problems));
    let place = facts.iter().position(|fact| fact.id == list);
    let found = place.and_then(|place| {
        let fields = &facts.get(place)?.fields;
        let field = fields.iter().position(|f| f.id == field && f.kind == Kind::Date)?;
        let kind = fields.iter().position(|f| f.id == kind)?;
        let option = fields.get(kind)?.options.iter().position(|option| *option == is)?;
        Some(ToldBy {
            list: u16::try_from(place).ok()?,
            field: u16::try_from(field).ok()?,
            kind: u16::try_from(kind).ok()?,
            option: u8::try_from(option).ok()?,
        })
    });
    if found.is_none() {
        problems.add(told.file, &told.key, "names no list before this fact, no field of it or no option", "name an earlier list");
    }
    found
}

/// Options of an entry that are what a paper says: `[[fact.reads-as]]` with `field`, `option`, the fact `by`, and for each of
/// its options what the entry is then, under `as`.
fn reads_as(node: &Node, nodes: &[Node], fields: &[Field], problems: &mut Problems) -> Vec<ReadsAs> {
    let mut all = Vec::new();
    for reading in node.tables("reads-as", problems) {
        let (field, option, by) = (reading.str("field", problems), reading.str("option", problems), reading.str("by", problems));
        let place = fields.iter().position(|f| f.id == field);
        let options = place.and_then(|place| fields.get(place)).map(|f| f.options.as_slice()).unwrap_or(&[]);
        let known = |option: &str| options.iter().position(|o| o == option).and_then(|place| u8::try_from(place).ok());
        let is = |node: &Node, key: &str, wanted: &str| node.peek(key).and_then(Value::as_str) == Some(wanted);
        let paper = nodes.iter().position(|n| is(n, "id", &by) && is(n, "kind", "choice"));
        let papers = paper.and_then(|paper| nodes.get(paper)).map(|node| node.strings("options", problems)).unwrap_or_default();
        let read = reading.opt_table("as", problems);
        let mut pairs = Vec::new();
        for (place, paper) in papers.iter().enumerate() {
            let makes = read.as_ref().map(|read| read.strings(paper, problems)).unwrap_or_default();
            let makes = read.as_ref().map_or(0, |read| mask(read, paper, &makes, options, problems));
            match u8::try_from(place).ok() {
                Some(place) if makes != 0 => pairs.push((place, makes)),
                _ => problems.add(
                    reading.file,
                    reading.at(&format!("as.{paper}")),
                    format!("does not say what `{field}` is"),
                    "say what the entry is with this paper: one option, or several where it can be any",
                ),
            }
        }
        let place = place.filter(|_| !pairs.is_empty());
        let places = (place.and_then(|p| u16::try_from(p).ok()), known(&option), paper.and_then(|p| u16::try_from(p).ok()));
        match places {
            (Some(field), Some(option), Some(by)) => all.push(ReadsAs { field, option, by, options: pairs }),
            _ => problems.add(
                reading.file,
                &reading.key,
                "names no field, no option of it, or no fact",
                "name a field of this list, one of its options, and a choice",
            ),
        }
    }
    all
}

fn kind(node: &Node, problems: &mut Problems) -> Kind {
    let text = node.str("kind", problems);
    word(&text).unwrap_or_else(|| {
        problems.add(
            node.file,
            node.at("kind"),
            format!("unknown kind `{text}`"),
            "use yes-no, choice, set, country, countries, date or list",
        );
        Kind::YesNo
    })
}

fn options(node: &Node, kind: Kind, problems: &mut Problems) -> Vec<String> {
    let options = node.ids("options", problems);
    if matches!(kind, Kind::Choice | Kind::Set) == options.is_empty() {
        problems.add(node.file, node.at("options"), "a choice or a set has options, other kinds have none", "add or remove `options`");
    }
    if options.len() > 30 {
        problems.add(node.file, node.at("options"), "more than 30 options", "split the question");
    }
    options
}

fn fields(fact: &Node, problems: &mut Problems) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let nodes = fact.tables("field", problems);
    distinct(&nodes, problems);
    for node in nodes {
        let kind = kind(&node, problems);
        if matches!(kind, Kind::List | Kind::Set | Kind::Country | Kind::Countries) {
            problems.add(node.file, node.at("kind"), "a field is a date, a choice or yes-no", "use one of these");
        }
        let show_when = node.opt_table("show-when", problems).and_then(|show| {
            let id = show.str("field", problems);
            let options = match show.one_of(&["one-of", "given"], problems) {
                Some("one-of") => show.strings("one-of", problems),
                Some(_) => {
                    show.flag("given", problems);
                    Vec::new()
                }
                None => {
                    problems.add(show.file, &show.key, "does not say of which answer", "add one-of = [..] or given = true");
                    Vec::new()
                }
            };
            let Some(place) = fields.iter().position(|f| f.id == id) else {
                problems.add(show.file, show.at("field"), format!("no field `{id}` before this one"), "name an earlier field");
                return None;
            };
            let known = fields.get(place).map(|f| f.options.as_slice()).unwrap_or(&[]);
            Some(ShowWhen { field: u16::try_from(place).ok()?, options: mask(&show, "one-of", &options, known, problems) })
        });
        for key in ["words", "absent", "ahead"].iter().filter(|key| kind != Kind::Date && node.has(key)) {
            problems.add(node.file, node.at(key), "goes only with a date", "remove it");
        }
        let absent = node.opt_str("absent", problems);
        if absent.as_deref().is_some_and(|absent| absent != "still") {
            problems.add(node.file, node.at("absent"), "is an unknown word", "write \"still\", or remove it");
        }
        fields.push(Field {
            id: node.id("id", problems),
            kind,
            options: options(&node, kind, problems),
            words: node.ids("words", problems),
            still: absent.is_some(),
            ahead: node.flag("ahead", problems),
            show_when,
        });
    }
    fields
}

/// Options as a bit mask.
pub fn mask(node: &Node, key: &str, chosen: &[String], options: &[String], problems: &mut Problems) -> u32 {
    let mut mask = 0;
    for option in chosen {
        match options.iter().position(|o| o == option) {
            Some(place) => mask |= 1 << place,
            None => {
                problems.add(node.file, node.at(key), format!("unknown option `{option}`"), format!("use one of: {}", options.join(", ")))
            }
        }
    }
    mask
}

pub fn places(names: &Names, problems: &mut Problems) -> Option<Places> {
    let mut fact = |id: &str| {
        let place = names.place_of(id);
        if place.is_none() {
            problems.add(FACT_FILE, id, "missing, and the stay measures read it", "add the fact");
        }
        place
    };
    let in_us = fact("person.in-us")?;
    let (birth, stays, protected, contacts, orders) =
        (fact("person.birth-date")?, fact("stays")?, fact("protected-periods")?, fact("border-contacts")?, fact("orders")?);
    let leave = fact("voluntary-departure")?;
    let mut field = |fact: u16, id: &str| {
        let place =
            names.facts.get(usize::from(fact)).and_then(|f| f.fields.iter().position(|f| f.id == id)).and_then(|p| u16::try_from(p).ok());
        if place.is_none() {
            problems.add(FACT_FILE, id, "this field is missing, and the stay measures read it", "add the field");
        }
        place
    };
    Some(Places {
        in_us,
        birth,
        stays,
        entered: field(stays, "entered")?,
        how: field(stays, "how")?,
        allowed_until: field(stays, "allowed-until")?,
        left: field(stays, "left")?,
        left_how: field(stays, "left-how")?,
        protected,
        period_kind: field(protected, "kind")?,
        period_from: field(protected, "from")?,
        period_to: field(protected, "to")?,
        contacts,
        contact_date: field(contacts, "date")?,
        contact_what: field(contacts, "what")?,
        orders,
        order_kind: field(orders, "kind")?,
        order_date: field(orders, "date")?,
        order_carried_out: field(orders, "carried-out")?,
        leave,
        leave_granted: field(leave, "granted")?,
        leave_until: field(leave, "until")?,
        leave_left: field(leave, "left")?,
    })
}

pub fn measures(nodes: &[Node], names: &mut Names, places: &Places, problems: &mut Problems) -> Vec<Vec<Measure>> {
    let mut all: Vec<Vec<Measure>> = vec![Vec::new(); names.measures.len()];
    let lists = [
        ("protected", places.protected, places.period_kind),
        ("unlawful-on-entry", places.stays, places.how),
        ("not-a-departure", places.stays, places.left_how),
        ("illegal-entry", places.stays, places.how),
        ("attempts", places.contacts, places.contact_what),
        ("removals", places.stays, places.left_how),
        ("removal-contacts", places.contacts, places.contact_what),
        ("keeps-protection", places.stays, places.left_how),
        ("resumes-protection", places.stays, places.how),
        ("time-to-leave", places.protected, places.period_kind),
        ("leaving-by-it", places.stays, places.left_how),
        ("becomes-order", places.orders, places.order_kind),
    ];
    for node in nodes {
        let cites = node.opt_table("cite", problems);
        let (mut cite, mut counted) = (Vec::new(), Vec::new());
        for key in node.names().into_iter().filter(|key| !["id", "from", "to", "cite", "confirmed-through"].contains(key)) {
            let mine = cites.as_ref().map(|cites| names.cite(cites, key, problems)).unwrap_or_default();
            if mine.is_empty() {
                problems.add(node.file, node.at(key), "no citation", format!("add it under cite.{key}"));
            }
            cite.extend(&mine);
            let told = lists.iter().find(|(list, ..)| *list == key).and_then(|(_, fact, field)| {
                let options = &names.facts.get(usize::from(*fact))?.fields.get(usize::from(*field))?.options;
                let options = options.iter().zip(0..).filter(|(option, _)| node.list(key, &mut Problems::default()).contains(option));
                Some((*fact, *field, options.fold(0, |mask, (_, place)| mask | 1 << place)))
            });
            counted.push(Counted { key: key.into(), cite: mine, told });
        }
        cite.sort_unstable();
        cite.dedup();
        names.keep(node, &cite, problems);
        let mask_of = |key: &str, problems: &mut Problems| {
            let (_, fact, field) = lists.iter().find(|(k, ..)| *k == key)?;
            let options = names.facts.get(usize::from(*fact))?.fields.get(usize::from(*field))?.options.as_slice();
            Some(mask(node, key, &node.list(key, problems), options, problems))
        };
        let id = node.id("id", problems);
        let Interval { from, to } = interval(node, problems);
        let measure = Measure {
            from,
            to,
            counts_from: node.date("counts-from", problems).unwrap_or(Date::MIN),
            minors_until: node.opt_count("minors-until", problems),
            protected: mask_of("protected", problems).unwrap_or(0),
            unlawful_on_entry: mask_of("unlawful-on-entry", problems).unwrap_or(0),
            not_a_departure: mask_of("not-a-departure", problems).unwrap_or(0),
            illegal_entry: mask_of("illegal-entry", problems).unwrap_or(0),
            attempts: mask_of("attempts", problems).unwrap_or(0),
            removals: mask_of("removals", problems).unwrap_or(0),
            removal_contacts: mask_of("removal-contacts", problems).unwrap_or(0),
            keeps_protection: mask_of("keeps-protection", problems).unwrap_or(0),
            resumes_protection: mask_of("resumes-protection", problems).unwrap_or(0),
            time_to_leave: mask_of("time-to-leave", problems).unwrap_or(0),
            leaving_by_it: mask_of("leaving-by-it", problems).unwrap_or(0),
            becomes_order: mask_of("becomes-order", problems).unwrap_or(0),
            cite,
            id: id.clone(),
        };
        let place = names.measures.iter().position(|m| *m == id);
        if let Some((versions, keys)) = place.and_then(|place| Some((all.get_mut(place)?, names.counted.get_mut(place)?))) {
            versions.push(measure);
            keys.push(counted);
        }
    }
    for versions in &all {
        let intervals: Vec<Interval> = versions.iter().map(|m| Interval { from: m.from, to: m.to }).collect();
        let id = versions.first().map_or("", |m| m.id.as_str());
        no_gap("measures.toml", id, &intervals, problems);
    }
    all
}
