//! The hand-made table of boundaries: last good day, first bad day, first day of a door, who is on a list and who is not, taken from the
//! law and not from the rules, so that the cases made from it can fail. A rule with a number and no row here is refused.

use super::Problems;
use super::answers::read_answers;
use super::case::{Base, WHOLE, answers_of};
use super::parse::{text, through_names};
use super::read::{self, Folder, Node};
use super::seen::Seen;
use crate::condition::{Condition, Moment, Parts};
use crate::date::{Date, Span};
use crate::evaluate::Effective;
use crate::fact::{Answers, Kind};
use crate::pack::{Clause, NamedCondition, Pack, Route};
use crate::report::{Certainty, Report};
use crate::screen::screen_cards;
use crate::truth::Truth;
use serde_json::Value as Json;
use toml::Value;

const FOLDER: &str = "boundaries";

/// One day on one side of a line, one answer of a list, or about a change of a door.
pub enum Line {
    /// What was put into the answers of a family, and what the criterion or the clause comes out as.
    Put { row: Row, about: About, as_of: Date, answers: Answers, wanted: Truth },
    /// An as-of date, and the state of a door on it.
    Door { row: Row, route: String, first: Date, as_of: Date, wanted: String },
}

/// Where a line stands, and what was put into it.
#[derive(Clone)]
pub struct Row {
    file: String,
    key: String,
    with: String,
}

/// The days of the whole table.
pub fn read_all(folder: &Folder, pack: &Pack, base: &Base, problems: &mut Problems) -> Vec<Line> {
    let (mut rows, mut doors, mut lists, mut options) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for root in folder.files(FOLDER) {
        rows.extend(root.tables("boundary", problems));
        doors.extend(root.tables("door-boundary", problems));
        lists.extend(root.tables("countries", problems));
        options.extend(root.tables("options", problems));
    }
    let mut lines: Vec<Line> = rows.iter().flat_map(|row| boundary(pack, base, row, problems)).collect();
    lines.extend(doors.iter().flat_map(|row| door(pack, row, problems)));
    lines.extend(lists.iter().flat_map(|row| countries(pack, base, row, problems)));
    lines.extend(options.iter().flat_map(|row| each_option(pack, base, row, problems)));
    complete(pack, &rows, &doors, problems);
    lines
}

fn cited(row: &Node, pack: &Pack, problems: &mut Problems) {
    let cites = row.strings("cite", problems);
    if cites.is_empty() || !cites.iter().all(|id| pack.citations.iter().any(|c| c.id == *id)) {
        problems.add(row.file, row.at("cite"), "missing, or not in citations.toml", "cite the law that draws the line");
    }
    row.note(problems);
}

/// What a row is about.
#[derive(Clone)]
pub enum About {
    Criterion {
        route: String,
        id: String,
    },
    /// Whether it is said; and where its certainty counts, whether surely.
    Clause {
        caution: String,
        id: String,
        certainty: bool,
    },
    /// Whether it is asked.
    Question {
        fact: String,
    },
}

fn about(row: &Node, problems: &mut Problems) -> About {
    match row.one_of(&["route", "caution", "question"], problems) {
        Some("question") => About::Question { fact: row.str("question", problems) },
        Some("caution") => {
            let certainty = !row.has("last-good") && !row.has("first-good");
            About::Clause { caution: row.str("caution", problems), id: row.str("when", problems), certainty }
        }
        _ => About::Criterion { route: row.str("route", problems), id: row.str("criterion", problems) },
    }
}

/// A date of the family on both sides of a line.
fn boundary(pack: &Pack, base: &Base, row: &Node, problems: &mut Problems) -> Vec<Line> {
    cited(row, pack, problems);
    let (about, path) = (about(row, problems), row.str("fact", problems));
    let answers = base.with(&answers_of(row, "answers", problems));
    let as_of = row.date("as-of", problems);
    let (good, bad) = match row.one_of(&["last-good", "first-good"], problems) {
        Some("first-good") => (row.date("first-good", problems), row.date("last-bad", problems)),
        _ => (row.date("last-good", problems), row.date("first-bad", problems)),
    };
    let (Some(as_of), Some(good), Some(bad)) = (as_of, good, bad) else { return Vec::new() };
    let outward = if good < bad { -1 } else { 1 };
    if good.plus_days(-outward) != bad {
        problems.add(
            row.file,
            &row.key,
            "the two days do not follow each other",
            "give the last day on one side and the first on the other",
        );
    }
    let days = [(good.plus_days(outward), Truth::Yes), (good, Truth::Yes), (bad, Truth::No), (bad.plus_days(-outward), Truth::No)];
    let mut lines = Vec::new();
    for (day, wanted) in days {
        let mut mine = answers.clone();
        if !put(&mut mine, &path, Json::String(day.to_string())) {
            problems.add(row.file, row.at("fact"), format!("`{path}` is not in the answers"), "write a fact, or list.place.field");
            break;
        }
        match read_answers(pack, &mine) {
            Ok(answers) => {
                let row = Row { file: row.file.to_string(), key: row.key.clone(), with: format!("{path} = {day}") };
                lines.push(Line::Put { row, about: about.clone(), as_of, answers, wanted });
            }
            Err(error) => {
                problems.add(row.file, row.at(&error.key), error.message, "correct the answer");
                break;
            }
        }
    }
    lines
}

/// A list of countries in the law: on each day on which it changes, and on the eve, people of each country that it ever names, and
/// of others that it never does.
fn countries(pack: &Pack, base: &Base, row: &Node, problems: &mut Problems) -> Vec<Line> {
    cited(row, pack, problems);
    let about = About::Criterion { route: row.str("route", problems), id: row.str("criterion", problems) };
    let (first, last) = (row.date("first-day", problems), row.date("last-day", problems));
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let listed = match row.str("listed", problems).as_str() {
        "yes" => Truth::Yes,
        "no" => Truth::No,
        other => {
            problems.add(row.file, row.at("listed"), format!("unknown word `{other}`"), "say what the criterion comes out as: yes or no");
            return Vec::new();
        }
    };
    // First and last days by turns; a country without a last day stays on the list.
    let mut lists: Vec<(String, Vec<Date>)> = row.strings("others", problems).into_iter().map(|code| (code, Vec::new())).collect();
    match row.one_of(&["days", "countries"], problems) {
        Some("days") => {
            for node in row.opt_table("days", problems).iter() {
                lists.extend(node.names().into_iter().map(|code| (code.to_string(), node.dates(code, problems))));
            }
        }
        _ => lists.extend(row.strings("countries", problems).into_iter().map(|code| (code, vec![first, last]))),
    }
    let turns = |days: &[Date]| -> Vec<Date> {
        days.chunks(2).flat_map(|pair| pair.first().copied().into_iter().chain(pair.get(1).map(|to| to.plus_days(1)))).collect()
    };
    let mut days: Vec<Date> = lists.iter().flat_map(|(_, days)| turns(days)).flat_map(|day| [day.plus_days(-1), day]).collect();
    days.extend([first, last]);
    days.retain(|day| first <= *day && *day <= last);
    days.sort();
    days.dedup();
    let answers = answers_of(row, "answers", problems);
    let mut lines = Vec::new();
    for (code, mine) in &lists {
        let mut answers = answers.clone();
        answers.insert("person.countries".into(), Json::Array(vec![Json::String(code.clone())]));
        let answers = match read_answers(pack, &base.with(&answers)) {
            Ok(answers) => answers,
            Err(error) => {
                problems.add(row.file, row.at(&error.key), error.message, "correct the answer, or the country");
                return Vec::new();
            }
        };
        for as_of in &days {
            let on_it = mine.chunks(2).any(|pair| pair.first() <= Some(as_of) && pair.get(1).is_none_or(|to| as_of <= to));
            let wanted = if on_it { listed } else { listed.negate() };
            let row = Row { file: row.file.to_string(), key: row.key.clone(), with: format!("a citizen of {code} on {as_of}") };
            lines.push(Line::Put { row, about: about.clone(), as_of: *as_of, answers: answers.clone(), wanted });
        }
    }
    lines
}

/// Every answer that can be chosen at one place of a family, and what the criterion or the clause comes out as with each. None may be
/// left out, so that an option that is new is thought of here.
fn each_option(pack: &Pack, base: &Base, row: &Node, problems: &mut Problems) -> Vec<Line> {
    cited(row, pack, problems);
    let (about, path) = (about(row, problems), row.str("fact", problems));
    let given = base.with(&answers_of(row, "answers", problems));
    let Some(as_of) = row.date("as-of", problems) else { return Vec::new() };
    let Some((options, kind)) = options_at(pack, &path) else {
        problems.add(row.file, row.at("fact"), format!("`{path}` has no options"), "write a choice or a set, or list.place.field");
        return Vec::new();
    };
    let words = [("yes", Truth::Yes), ("maybe", Truth::Unknown), ("no", Truth::No)];
    let named: Vec<(String, Truth)> =
        words.into_iter().flat_map(|(word, truth)| row.strings(word, problems).into_iter().map(move |option| (option, truth))).collect();
    for option in options.iter().filter(|option| named.iter().filter(|(name, _)| name == *option).count() != 1) {
        problems.add(row.file, &row.key, format!("`{option}` stands not once under yes, maybe and no"), "say what the law says of it");
    }
    let mut lines = Vec::new();
    for (option, wanted) in named {
        let mut mine = given.clone();
        let value = match kind {
            Kind::YesNo => Json::Bool(option == "true"),
            Kind::Set => Json::Array(vec![Json::String(option.clone())]),
            _ => Json::String(option.clone()),
        };
        put(&mut mine, &path, value);
        match read_answers(pack, &mine) {
            Ok(answers) => {
                let row = Row { file: row.file.to_string(), key: row.key.clone(), with: format!("{path} = {option}") };
                lines.push(Line::Put { row, about: about.clone(), as_of, answers, wanted });
            }
            Err(error) => problems.add(row.file, row.at(&error.key), error.message, "correct the option, or the answers"),
        }
    }
    lines
}

/// What can be chosen at `fact` or `list.place.field`, and how it is asked.
fn options_at(pack: &Pack, path: &str) -> Option<(Vec<String>, Kind)> {
    let fact = |id: &str| pack.facts.iter().find(|fact| fact.id == id);
    let (options, kind) = match (fact(path), in_a_list(path)) {
        (Some(fact), _) => (&fact.options, fact.kind),
        (None, Some((list, _, field))) => {
            let field = fact(list)?.fields.iter().find(|known| known.id == field)?;
            (&field.options, field.kind)
        }
        (None, None) => return None,
    };
    match kind {
        Kind::YesNo => Some((["true", "false"].map(String::from).to_vec(), kind)),
        Kind::Choice | Kind::Set => Some((options.clone(), kind)),
        Kind::Country | Kind::Countries | Kind::Date | Kind::List => None,
    }
}

impl Line {
    pub fn as_of(&self) -> Date {
        match self {
            Line::Put { as_of, .. } | Line::Door { as_of, .. } => *as_of,
        }
    }

    pub fn answers(&self) -> &Answers {
        const NONE: &Answers = &Vec::new();
        match self {
            Line::Put { answers, .. } => answers,
            Line::Door { .. } => NONE,
        }
    }

    /// Is this what it is about? A route or a caution by its id.
    pub fn expects(&self, id: &str) -> bool {
        match self {
            Line::Put { about: About::Criterion { route, .. }, .. } | Line::Door { route, .. } => route == id,
            Line::Put { about: About::Clause { caution, .. }, .. } => caution == id || id == WHOLE,
            Line::Put { about: About::Question { .. }, .. } => false,
        }
    }

    /// The route whose card it looks at.
    pub fn route(&self) -> Option<&str> {
        match self {
            Line::Put { about: About::Criterion { route, .. }, .. } | Line::Door { route, .. } => Some(route),
            Line::Put { .. } => None,
        }
    }

    pub fn name(&self) -> String {
        match self {
            Line::Put { row, .. } | Line::Door { row, .. } => format!("{} {} with {}", row.file, row.key, row.with),
        }
    }

    /// Screens the day and reports where it does not come out as the law says.
    pub fn run(&self, pack: &Pack, seen: &mut Seen, problems: &mut Problems) {
        // Whether a question is asked stands on no card; a caution may stand on any.
        let wanted = |route: &Route| match self {
            Line::Put { about: About::Question { .. }, .. } => false,
            _ => self.route().is_none_or(|mine| mine == route.id),
        };
        self.judge(pack, screen_cards(pack, self.as_of(), self.answers(), &wanted), seen, problems);
    }

    /// The same with the report of that day.
    pub fn judge(&self, pack: &Pack, report: Report, seen: &mut Seen, problems: &mut Problems) {
        match self {
            Line::Put { row, about: About::Question { fact }, as_of, answers, wanted } => {
                let Some(place) = pack.facts.iter().position(|known| known.id == *fact) else {
                    problems.add(&row.file, &row.key, format!("`{fact}` is the id of no fact"), "name a question");
                    return;
                };
                let found =
                    u16::try_from(place).ok().map(|place| Effective::new(pack, answers, *as_of).context(pack, *as_of).applies(place));
                if found != Some(*wanted) {
                    let message = format!("with {}: expected {wanted:?}, found {found:?}", row.with);
                    problems.add(&row.file, &row.key, message, "correct the guard of the question, or the row");
                }
            }
            Line::Put { row, about, wanted, .. } => {
                if let About::Criterion { route, .. } = about {
                    seen.report(&report, route);
                }
                let found = outcome(row, about, &report, problems);
                if found.is_some_and(|found| found != *wanted) {
                    problems.add(
                        &row.file,
                        &row.key,
                        format!("with {}: expected {wanted:?}, found {found:?}", row.with),
                        "correct the rule, or the row if the law says so",
                    );
                }
            }
            Line::Door { row, route, first, as_of, wanted } => {
                // A state of one day has another one on the next.
                if root_has(pack, route, first.plus_days(1)) && as_of > first {
                    return;
                }
                let door = report.cards.into_iter().find(|card| card.route == *route).map(|card| card.door);
                let found = door.as_ref().map(|door| text(&door.state));
                let mut wrong = |message: String| problems.add(&row.file, &row.key, message, "correct the timeline, or the row");
                if found.as_ref() != Some(wanted) {
                    wrong(format!("{}: expected {wanted}, found {found:?}", row.with));
                }
                let since = door.and_then(|door| door.since);
                if as_of >= first && since != Some(*first) {
                    wrong(format!("{}: is so since {since:?}, not since {first}", row.with));
                }
            }
        }
    }
}

/// What the report says of the criterion or the caution that a row is about.
fn outcome(row: &Row, about: &About, report: &Report, problems: &mut Problems) -> Option<Truth> {
    let (route, id) = match about {
        About::Clause { caution, id, certainty } => {
            let said = report.cautions.iter().find(|c| c.id == *caution && c.clause == *id);
            return Some(match said.map(|said| said.certainty) {
                Some(Certainty::Maybe) if *certainty => Truth::Unknown,
                Some(_) => Truth::Yes,
                None => Truth::No,
            });
        }
        About::Criterion { route, id } => (route, id),
        About::Question { .. } => return None,
    };
    let card = report.cards.iter().find(|card| card.route == *route);
    let reason = card.and_then(|card| card.reasons.iter().find(|reason| reason.criterion == *id)).map(|reason| reason.truth);
    // A ground is met where it does not hold.
    let ground = card.and_then(|card| card.ground(id)).map(Truth::negate);
    let truth = reason.or(ground);
    if truth.is_none() {
        problems.add(
            &row.file,
            &row.key,
            format!("`{id}` of `{route}` is not in force on the as-of date"),
            "name a criterion of the route, or a ground that touches its benefit, in force on that day",
        );
    }
    truth
}

/// The list, the place in it and the field of `list.place.field`.
fn in_a_list(path: &str) -> Option<(&str, usize, &str)> {
    let (rest, field) = path.rsplit_once('.')?;
    let (list, place) = rest.rsplit_once('.')?;
    Some((list, place.parse().ok()?, field))
}

/// Puts an answer at `fact` or `list.place.field`.
fn put(answers: &mut Json, path: &str, value: Json) -> bool {
    if let Some((list, place, field)) = in_a_list(path)
        && let Some(Json::Array(entries)) = answers.get_mut(list)
    {
        return entries.get_mut(place).and_then(Json::as_object_mut).map(|entry| entry.insert(field.to_string(), value)).is_some();
    }
    answers.as_object_mut().map(|answers| answers.insert(path.to_string(), value)).is_some()
}

fn door(pack: &Pack, row: &Node, problems: &mut Problems) -> Vec<Line> {
    cited(row, pack, problems);
    let (route, state, before) = (row.str("route", problems), row.str("state", problems), row.str("before", problems));
    let Some(first) = row.date("first-day", problems) else { return Vec::new() };
    if state == before && !root_has(pack, &route, first) {
        problems.add(row.file, &row.key, "nothing changes on this day", "give the state before and the state from this day on");
    }
    let line = |(as_of, wanted): (Date, &String)| Line::Door {
        row: Row { file: row.file.to_string(), key: row.key.clone(), with: format!("door of `{route}` on {as_of}") },
        route: route.clone(),
        first,
        as_of,
        wanted: wanted.clone(),
    };
    [(first.plus_days(-1), &before), (first, &state), (first.plus_days(1), &state)].into_iter().map(line).collect()
}

fn root_has(pack: &Pack, route: &str, day: Date) -> bool {
    pack.routes.iter().any(|r| r.id == route && r.door.iter().any(|row| row.from == day))
}

/// Every number of the rules has its row: doors, criteria, and the clauses of cautions.
fn complete(pack: &Pack, rows: &[Node], doors: &[Node], problems: &mut Problems) {
    let is = |row: &Node, key: &str, wanted: &str| row.peek(key).and_then(Value::as_str) == Some(wanted);
    for route in &pack.routes {
        for change in &route.door {
            let there =
                doors.iter().any(|row| is(row, "route", &route.id) && row.peek("first-day").and_then(read::date) == Some(change.from));
            if !there {
                problems.add(
                    FOLDER,
                    format!("{} {}", route.id, change.from),
                    "this change of a door has no row",
                    "add a [[door-boundary]] from the law",
                );
            }
        }
        for criterion in route.criteria.iter().filter(|c| c.test.walk().any(has_number)) {
            if !rows.iter().any(|row| is(row, "route", &route.id) && is(row, "criterion", &criterion.id)) {
                problems.add(
                    FOLDER,
                    format!("{} {}", route.id, criterion.id),
                    "this criterion has no row",
                    "add a [[boundary]] from the law",
                );
            }
        }
    }
    for ground in &pack.grounds {
        if draws_a_line(&ground.test, &pack.conditions) && !rows.iter().any(|row| is(row, "criterion", &ground.id)) {
            problems.add(
                FOLDER,
                format!("ground {}", ground.id),
                "this ground has no row",
                "add a [[boundary]] from the law, on the card of any route that it touches",
            );
        }
    }
    for rule in &pack.cautions {
        let has_number = |clause: &&Clause| through_names(&clause.test, &pack.conditions).into_iter().any(has_number);
        for clause in rule.clauses.iter().filter(has_number) {
            if !rows.iter().any(|row| is(row, "caution", &rule.id) && is(row, "when", &clause.id)) {
                problems.add(FOLDER, format!("{} {}", rule.id, clause.id), "this caution has no row", "add a [[boundary]] from the law");
            }
        }
    }
}

/// Does a condition draw a line in time that turns it from yes to no? What only a lawyer can say is unknown on both sides.
fn draws_a_line(condition: &Condition, conditions: &[NamedCondition]) -> bool {
    match condition.parts() {
        _ if matches!(condition, Condition::Doubtful(_)) => false,
        Parts::Joined(parts) => parts.iter().any(|part| draws_a_line(part, conditions)),
        Parts::Named(place) => {
            let versions = conditions.get(usize::from(place)).map(|named| named.versions.as_slice()).unwrap_or_default();
            versions.iter().any(|version| draws_a_line(&version.test, conditions))
        }
        Parts::OfEntries(entry) => draws_a_line(entry, conditions),
        Parts::None => has_number(condition),
    }
}

/// Does a test draw a line in time?
fn has_number(test: &Condition) -> bool {
    match test {
        Condition::When { date, point, .. } => [date, point].into_iter().any(|moment| match moment {
            Moment::Date(_) => true,
            Moment::AsOf => false,
            Moment::Fact(_, plus) | Moment::Field(_, plus) => *plus != Span::ZERO,
        }),
        Condition::PresentSince { .. }
        | Condition::DaysInThisStay { .. }
        | Condition::BarRunning { .. }
        | Condition::RemovalBarRunning { .. }
        | Condition::ReturnedAfter { .. } => true,
        // The last day itself is tried where a caution speaks of it; through the names of orders it would be asked for everywhere.
        Condition::TimeToLeave { years, .. } => years.is_some(),
        Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Doubtful(_)
        | Condition::Named(_)
        | Condition::Always
        | Condition::Has { .. }
        | Condition::In { .. }
        | Condition::Answered { .. }
        | Condition::Count { .. }
        | Condition::ThisStay(_)
        | Condition::Field { .. }
        | Condition::ReturnedAfterOrder { .. }
        | Condition::AwayAgainstStays
        | Condition::LeftAnyway
        | Condition::ToldBeforeStays
        | Condition::StaysOutOfOrder
        | Condition::Door { .. }
        | Condition::OnBoundary
        | Condition::Stale
        | Condition::Unverified => false,
    }
}
