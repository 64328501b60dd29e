//! How a person walks through the screens: what is shown, ticked, chosen and read, counted screen by screen.
//!
//! The form in the browser is drawn elsewhere; this says what the screens of the rules ask of a person, for thousands of made-up
//! families at once. A person answers what was asked and nothing else: a date as far as it can matter, a line by ticking it. Nothing
//! here decides what comes next: that is the engine's.

use super::alike::all_said;
use super::parse::{Entries, Line, SOME, Says, Screens, Shown};
use crate::ask::{all_questions, finer, next_screen};
use crate::date::{Approx, Date};
use crate::fact::{Answer, Answers, Dated, Entry, Fact, Field, Given, Kind, NO, Value, YES};
use crate::pack::Pack;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// What a person met on one screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// The screen.
    pub screen: String,
    /// The facts that were told on it.
    pub told: Vec<String>,
    /// Lines that were shown to tick.
    pub boxes: usize,
    /// Taps, the one on "Continue" too. A closed list takes two: it is opened, and something is chosen.
    pub taps: usize,
    /// Words that stand on it unfolded, without what stands on every screen.
    pub words: usize,
}

/// A way through the screens to its end.
pub struct Walked {
    /// The screens, in order; the start and the review are none of them.
    pub visits: Vec<Visit>,
    /// What was told.
    pub answers: Answers,
    /// Words of the review: what was told, as it stands there.
    pub review: usize,
}

/// The rules, the words of one language, and how many words the form itself puts on a screen.
pub struct Form<'a> {
    /// The rules.
    pub pack: &'a Pack,
    /// The screens.
    pub screens: &'a Screens,
    /// The words of the rules.
    pub texts: &'a Json,
    /// The words of the form, by key.
    pub own: &'a dyn Fn(&str) -> String,
}

fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// No way is longer: something would ask for ever.
const NO_END: usize = 200;

impl Form<'_> {
    /// Walks through the screens with somebody who knows all this. What is not there the person is not sure of.
    pub fn walk(&self, as_of: Date, full: &Answers) -> Walked {
        let mut way = Way { form: self, as_of, full, answers: vec![Answer::NotAsked; self.pack.facts.len()], begun: Vec::new() };
        let mut walked =
            Walked { visits: Vec::new(), answers: Vec::new(), review: self.own(&["reviewTitle", "reviewLead", "showResults", "back"]) };
        while walked.visits.len() < NO_END {
            let questions = all_questions(self.pack, as_of, &way.answers);
            let Some(next) = next_screen(self.pack, &questions, &way.begun) else {
                // What sharpens a date that was told in part: the person has said all there is to say.
                let Some(vague) = questions.iter().position(|question| !question.sharper.is_empty()) else { break };
                walked.visits.push(way.sharpen(vague));
                continue;
            };
            let Some(screen) = self.screens.screens.iter().find(|screen| screen.id == next.screen) else { break };
            let visits = way.answer(screen, &next.open);
            walked.review +=
                count(&self.text(&["screen", &screen.id, "title"])) + way.told_words(&next.open) + count(&(self.own)("change"));
            walked.visits.extend(visits);
        }
        walked.answers = way.answers;
        walked
    }

    fn text(&self, path: &[&str]) -> String {
        path.iter().try_fold(self.texts, |at, key| at.get(*key)).and_then(Json::as_str).unwrap_or_default().to_string()
    }

    fn own(&self, keys: &[&str]) -> usize {
        keys.iter().map(|key| count(&(self.own)(key))).sum()
    }

    fn fact(&self, id: &str) -> Option<(usize, &Fact)> {
        self.pack.facts.iter().enumerate().find(|(_, fact)| fact.id == id)
    }

    /// What stands on every screen with a question, beside the header and the footer.
    fn around(&self, screen: &Shown) -> usize {
        // "Part 2 of 6", the part, for whom one answers where that is known, on and back.
        let whom = if screen.one { 0 } else { self.own(&["forSelf"]) };
        4 + count(&self.text(&["part", &screen.part])) + whom + self.own(&["go", "back"])
    }

    fn heading(&self, screen: &Shown) -> usize {
        count(&self.text(&["screen", &screen.id, "title"])) + count(&self.text(&["screen", &screen.id, "hint"]))
    }
}

/// Somebody on the way.
struct Way<'a> {
    form: &'a Form<'a>,
    as_of: Date,
    full: &'a Answers,
    answers: Answers,
    begun: Vec<u16>,
}

impl Way<'_> {
    fn known(&self, place: usize) -> Answer {
        match self.full.get(place) {
            Some(Answer::NotAsked) | None => Answer::Unsure,
            Some(answer) => answer.clone(),
        }
    }

    /// Is the person not sure? What is not there at all is nothing to be unsure of where there is a plain answer.
    fn is_unsure(&self, place: usize) -> bool {
        self.full.get(place) == Some(&Answer::Unsure)
    }

    fn tell(&mut self, place: usize, answer: Answer) {
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = answer;
        }
    }

    /// One screen, and what it opens.
    fn answer(&mut self, screen: &Shown, open: &[String]) -> Vec<Visit> {
        let form = self.form;
        if let Some(entries) = screen.entries.as_ref().filter(|entries| open.contains(&entries.list)) {
            return self.entries(screen, entries);
        }
        let lines: Vec<&Line> = screen.boxes.iter().filter(|line| line.facts().any(|fact| open.contains(fact))).collect();
        let asks: Vec<&String> = screen.ask.iter().filter(|fact| open.contains(fact)).collect();
        let mut visit = Visit { screen: screen.id.clone(), told: open.to_vec(), boxes: lines.len(), taps: 1, words: form.around(screen) };
        for id in &asks {
            self.control(id, &mut visit);
        }
        let single = asks.len() + lines.len() == 1;
        if let ([line], true) = (lines.as_slice(), single) {
            // One line alone is asked as the question that it is.
            let facts: Vec<&String> = line.facts().filter(|fact| open.contains(fact)).collect();
            facts.into_iter().take(1).for_each(|id| self.control(id, &mut visit));
            let more = self.ticked(&lines, open);
            self.settle(&lines, open, &more);
            return vec![visit];
        }
        if !single {
            visit.words += form.heading(screen);
        }
        if lines.is_empty() {
            return vec![visit];
        }
        visit.words += lines.iter().map(|line| count(&form.text(&["screen", &screen.id, "boxes", &line.id]))).sum::<usize>();
        if screen.one {
            visit.taps += 1;
        } else {
            visit.words += form.own(&["none", "unsureOne"]) + if screen.rather_not { form.own(&["ratherNot"]) } else { 0 };
        }
        let ticked = self.ticked(&lines, open);
        for line in lines.iter().filter(|line| ticked.contains(&line.id) && !screen.one) {
            visit.taps += 1;
            if let Some((fact, options)) = &line.choose {
                visit.taps += 1;
                visit.words += options.iter().map(|option| count(&form.text(&["fact", fact, "options", option]))).sum::<usize>();
            }
        }
        let unsure = open.iter().filter(|id| !asks.contains(id)).filter_map(|id| form.fact(id)).any(|(place, _)| self.is_unsure(place));
        let mut visits = Vec::new();
        if unsure && !screen.one {
            // Then what was not ticked is asked line by line.
            visit.taps += 1;
            let left: Vec<&&Line> = lines.iter().filter(|line| !ticked.contains(&line.id)).collect();
            let each = form.own(&["yes", "no", "unsure"]);
            let words = left.iter().map(|line| each + count(&form.text(&["screen", &screen.id, "boxes", &line.id]))).sum::<usize>();
            let words = words + form.around(screen) + form.own(&["singlyTitle"]);
            visits.push(Visit { screen: screen.id.clone(), told: Vec::new(), boxes: left.len(), taps: left.len() + 1, words });
        } else if ticked.is_empty() && !screen.one {
            visit.taps += 1;
        }
        self.settle(&lines, open, &ticked);
        visits.insert(0, visit);
        visits
    }

    /// Which lines are true for the person.
    fn ticked(&self, lines: &[&Line], open: &[String]) -> BTreeSet<String> {
        let is = |id: &String, says: &Says| self.form.fact(id).is_some_and(|(place, fact)| said(fact, &self.known(place), says));
        // Under a line that is true by itself, "not sure" can be chosen too.
        let not_sure =
            |line: &Line, id: &String| !line.sets.is_empty() && self.form.fact(id).is_some_and(|(place, _)| self.is_unsure(place));
        let chosen = |line: &Line| {
            let one_of = |(id, options): &(String, Vec<String>)| {
                options.iter().any(|option| is(id, &Says::Word(option.clone()))) || not_sure(line, id)
            };
            line.choose.as_ref().is_none_or(one_of)
        };
        let open_of = |line: &Line| {
            line.sets.iter().filter(|(id, _)| open.contains(id)).map(|(id, says)| (id.clone(), says.clone())).collect::<Vec<_>>()
        };
        let mut ticked = BTreeSet::new();
        let mut set: Vec<(String, Says)> = Vec::new();
        for line in lines {
            let mine = open_of(line);
            let all = mine.iter().all(|(id, says)| is(id, says)) && chosen(line);
            let new = line.choose.is_some() || mine.iter().any(|one| !set.contains(one));
            if all && new {
                set.extend(mine);
                ticked.insert(line.id.clone());
            }
        }
        // What is so and no line says by itself: the first that says it among others.
        for line in lines.iter().filter(|line| line.choose.is_none()) {
            let lost =
                |(id, says): &(String, Says)| *says != Says::Flag(false) && is(id, says) && !set.contains(&(id.clone(), says.clone()));
            if open_of(line).iter().any(lost) {
                set.extend(open_of(line));
                ticked.insert(line.id.clone());
            }
        }
        ticked
    }

    /// Writes down what the ticks say, and what it says that a line was shown and left alone.
    fn settle(&mut self, lines: &[&Line], open: &[String], ticked: &BTreeSet<String>) {
        let form = self.form;
        let mut told: BTreeSet<String> = BTreeSet::new();
        for line in lines.iter().filter(|line| ticked.contains(&line.id)) {
            for (id, says) in &line.sets {
                let Some((place, fact)) = form.fact(id) else { continue };
                let first = told.insert(id.clone());
                match (says, fact.kind) {
                    (Says::Flag(flag), _) => self.tell(place, Answer::Value(Value::Choice(u8::from(*flag)))),
                    (Says::Word(word), Kind::List) if word == SOME => self.begun.extend(u16::try_from(place)),
                    (Says::Word(word), kind) => {
                        let Some(option) = fact.options.iter().position(|option| option == word) else { continue };
                        let before = match self.answers.get(place) {
                            Some(Answer::Value(Value::Set(mask))) if !first => *mask,
                            _ => 0,
                        };
                        let value = if kind == Kind::Set { Value::Set(before | 1 << option) } else { Value::Choice(option as u8) };
                        self.tell(place, Answer::Value(value));
                    }
                }
            }
            if let Some((id, options)) = &line.choose
                && let Some((place, fact)) = form.fact(id)
            {
                let first = told.insert(id.clone());
                let answer = match (self.known(place), self.answers.get(place)) {
                    (Answer::Value(Value::Set(mask)), before) => {
                        let before = match before {
                            Some(Answer::Value(Value::Set(mask))) if !first => *mask,
                            _ => 0,
                        };
                        let offered = fact
                            .options
                            .iter()
                            .enumerate()
                            .filter(|(_, option)| options.contains(option))
                            .fold(0, |all, (at, _)| all | 1 << at);
                        Answer::Value(Value::Set(before | mask & offered))
                    }
                    (answer, _) => answer,
                };
                self.tell(place, answer);
            }
        }
        for id in lines.iter().flat_map(|line| line.facts()).filter(|id| open.contains(id) && !told.contains(*id)) {
            let Some((place, fact)) = form.fact(id) else { continue };
            let stays_open = lines.iter().filter(|line| line.facts().any(|of| of == id)).all(|line| line.stays_open);
            if self.is_unsure(place) {
                if !stays_open || fact.kind != Kind::List {
                    self.tell(place, Answer::Unsure);
                }
            } else if !stays_open {
                let flag = lines.iter().find_map(|line| line.sets.get(id));
                if let Some(answer) = harmless(fact, flag) {
                    self.tell(place, answer);
                }
            }
        }
    }

    /// A question with a control of its own.
    fn control(&mut self, id: &str, visit: &mut Visit) {
        let form = self.form;
        let Some((place, fact)) = form.fact(id) else { return };
        visit.words +=
            count(&form.text(&["fact", id, "question"])) + count(&form.text(&["fact", id, "hint"])) + form.own(&["unsure", "why"]);
        let answer = self.known(place);
        match fact.kind {
            Kind::YesNo => visit.words += form.own(&["yes", "no"]),
            Kind::Choice | Kind::Set => {
                visit.words += fact.options.iter().map(|option| count(&form.text(&["fact", id, "options", option]))).sum::<usize>();
            }
            Kind::Date => {
                let (taps, told) = self.date(place, &answer, |way, told| way.tell(place, Answer::Value(Value::Date(told))));
                visit.taps += taps;
                visit.words += 2;
                return self.tell(place, told);
            }
            Kind::Country | Kind::Countries => {
                visit.words += 2;
                visit.taps += 1;
            }
            Kind::List => {
                visit.words += count(&form.text(&["fact", id, "none"])) + form.own(&["yes"]);
            }
        }
        visit.taps += 1;
        if fact.kind != Kind::List {
            self.tell(place, answer);
        }
    }

    /// How many taps a date takes, and as what it is told: the year, and more only where it can matter.
    fn date(&mut self, place: usize, answer: &Answer, try_it: impl Fn(&mut Self, Dated)) -> (usize, Answer) {
        let Answer::Value(Value::Date(known)) = answer else { return (1, Answer::Unsure) };
        let (taps, told) = self.as_fine(place, *known, try_it);
        (taps, Answer::Value(Value::Date(told)))
    }

    fn as_fine(&mut self, place: usize, known: Dated, try_it: impl Fn(&mut Self, Dated)) -> (usize, Dated) {
        let id = self.form.pack.facts.get(place).map(|fact| fact.id.clone()).unwrap_or_default();
        let mut taps = 0;
        let mut told = known;
        for part in [Part::Year, Part::Month, Part::Day] {
            taps += 2;
            told = Dated { range: part.of(known.range), vague: false };
            try_it(self, told);
            if told.range == known.range || !finer(self.form.pack, self.as_of, &self.answers).contains(&id) {
                break;
            }
        }
        (taps, told)
    }

    fn entries(&mut self, screen: &Shown, told: &Entries) -> Vec<Visit> {
        let form = self.form;
        let Some((place, fact)) = form.fact(&told.list) else { return Vec::new() };
        let empty = |visit: Visit| vec![Visit { taps: 2, ..visit }];
        let new = || Visit {
            screen: screen.id.clone(),
            told: vec![told.list.clone()],
            boxes: 0,
            taps: 1,
            words: form.around(screen) + form.heading(screen),
        };
        let entries = match self.known(place) {
            Answer::Value(Value::List(entries)) => entries,
            _ => {
                self.tell(place, Answer::Unsure);
                return empty(new());
            }
        };
        let entries = told.of.as_ref().map_or(entries.clone(), |of| self.of_each(fact, of, &entries));
        if entries.is_empty() {
            self.tell(place, Answer::Value(Value::List(entries)));
            return empty(new());
        }
        if told.of.is_some() {
            // One screen: how each of them ended.
            let mut visit = new();
            for entry in &entries {
                visit.taps += 1;
                visit.words += self.fields(fact, told, entry, &fact.fields.iter().collect::<Vec<_>>()) / 2;
            }
            self.tell(place, Answer::Value(Value::List(entries)));
            return vec![visit];
        }
        let mut visits = Vec::new();
        let mut list: Vec<Entry> = Vec::new();
        let here = form
            .fact("person.in-us")
            .map(|(place, _)| self.answers.get(place) == Some(&Answer::Value(Value::Choice(YES))))
            .unwrap_or(false);
        for (nth, entry) in entries.iter().enumerate() {
            // Whoever is here has not left after the last time: nobody asks.
            let still = |(field, given): (&Field, &Given)| !field.still || *given == Given::Absent;
            let last = told.latest_first && here && nth + 1 == entries.len() && fact.fields.iter().zip(entry).all(still);
            list.push(vec![Given::Absent; fact.fields.len()]);
            for (at, step) in told.steps.iter().enumerate() {
                let fields: Vec<&Field> =
                    fact.fields.iter().filter(|field| step.contains(&field.id) && shown(fact, entry, field)).collect();
                if fields.is_empty() || last && fields.iter().all(|field| field.still) {
                    continue;
                }
                let mut visit = new();
                if at == 0 && visits.is_empty() && told.once.is_some() {
                    visit.taps += 1;
                    let once = told.once.as_deref().unwrap_or_default();
                    visit.words += ["question", "hint"].map(|key| count(&form.text(&["fact", once, key]))).iter().sum::<usize>();
                    visit.words += form.own(&["yes", "no", "unsure"]);
                }
                visit.words += self.fields(fact, told, entry, &fields);
                for field in fields {
                    let Some(index) = fact.fields.iter().position(|other| other.id == field.id) else { continue };
                    let given = entry.get(index).copied().unwrap_or(Given::Absent);
                    let given = match given {
                        Given::Date(date) => {
                            let last = list.len() - 1;
                            let (taps, date) = self.as_fine(place, date, |way, date| {
                                let mut list = list.clone();
                                if let Some(slot) = list.get_mut(last).and_then(|entry| entry.get_mut(index)) {
                                    *slot = Given::Date(date);
                                }
                                way.tell(place, Answer::Value(Value::List(list)));
                            });
                            visit.taps += taps + usize::from(field.still || !field.words.is_empty());
                            Given::Date(date)
                        }
                        given => {
                            visit.taps += 1 + usize::from(self.way_of(told, field, given).is_some_and(|options| options > 1));
                            given
                        }
                    };
                    if let Some(slot) = list.last_mut().and_then(|entry| entry.get_mut(index)) {
                        *slot = given;
                    }
                }
                visits.push(visit);
            }
            if let Some(last) = list.last_mut() {
                // What is not asked stays as the list has it: nobody was asked for more.
                for (slot, given) in last.iter_mut().zip(entry).filter(|(slot, _)| **slot == Given::Absent) {
                    *slot = *given;
                }
            }
        }
        self.tell(place, Answer::Value(Value::List(list)));
        visits
    }

    /// An entry for each option that was chosen of a set: as it was told, else as one that was found guilty.
    fn of_each(&self, fact: &Fact, of: &str, entries: &[Entry]) -> Vec<Entry> {
        let Some((place, set)) = self.form.fact(of) else { return Vec::new() };
        let Some(Answer::Value(Value::Set(chosen))) = self.answers.get(place) else { return Vec::new() };
        let Some(kind) = fact.fields.first() else { return Vec::new() };
        let asked = set.options.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let kinds = asked.filter_map(|(_, option)| kind.options.iter().position(|other| other == option));
        let entry = |kind: usize| {
            let is = Given::Choice(kind as u8);
            entries.iter().find(|entry| entry.first() == Some(&is)).cloned().unwrap_or_else(|| vec![is, Given::Choice(0)])
        };
        kinds.map(entry).collect()
    }

    fn way_of(&self, told: &Entries, field: &Field, given: Given) -> Option<usize> {
        let Given::Choice(option) = given else { return None };
        let option = field.options.get(usize::from(option))?;
        told.ways.iter().find(|(_, of, options)| *of == field.id && options.contains(option)).map(|(_, _, options)| options.len())
    }

    /// The words of some fields.
    fn fields(&self, fact: &Fact, told: &Entries, entry: &Entry, fields: &[&Field]) -> usize {
        let form = self.form;
        let text = |field: &Field, key: &str| count(&form.text(&["fact", &fact.id, "fields", &field.id, key]));
        let options = |field: &Field| -> usize {
            let all = |options: &[String]| {
                options.iter().map(|option| count(&form.text(&["fact", &fact.id, "fields", &field.id, "options", option]))).sum::<usize>()
            };
            let ways: Vec<_> = told.ways.iter().filter(|(_, of, _)| *of == field.id).collect();
            if ways.is_empty() {
                return all(&field.options) + field.words.iter().map(|word| text(field, word)).sum::<usize>();
            }
            let screen = form.screens.screens.iter().find(|screen| screen.entries.as_ref().is_some_and(|other| other.list == told.list));
            let id = screen.map(|screen| screen.id.as_str()).unwrap_or_default();
            let names: usize = ways.iter().map(|(way, ..)| count(&form.text(&["screen", id, "ways", way]))).sum();
            let index = fact.fields.iter().position(|other| other.id == field.id);
            let chosen = match index.and_then(|index| entry.get(index)) {
                Some(Given::Choice(option)) => field.options.get(usize::from(*option)),
                _ => None,
            };
            let opened = ways
                .iter()
                .find(|(.., options)| chosen.is_some_and(|chosen| options.contains(chosen)))
                .filter(|(.., options)| options.len() > 1);
            names + opened.map_or(0, |(.., options)| all(options))
        };
        fields.iter().map(|field| text(field, "label") + text(field, "hint") + options(field) + form.own(&["unsure"])).sum()
    }

    /// The yes-no question about a date that was told in part: nobody knows more.
    fn sharpen(&mut self, place: usize) -> Visit {
        let form = self.form;
        if let Some(answer) = self.answers.get_mut(place) {
            *answer = all_said(answer.clone());
        }
        let id = form.pack.facts.get(place).map(|fact| fact.id.clone()).unwrap_or_default();
        let words = count(&form.text(&["fact", &id, "question"]))
            + form.own(&["yes", "no", "unsure", "sharper.on-or-before", "sharperWhy", "go", "back"]);
        Visit { screen: "sharper".into(), told: vec![id], boxes: 0, taps: 2, words }
    }

    /// What was told, in the words of the review.
    fn told_words(&self, open: &[String]) -> usize {
        let told = |id: &String| {
            let Some((place, fact)) = self.form.fact(id) else { return 0 };
            match self.answers.get(place) {
                Some(Answer::Value(Value::List(entries))) => entries.len() * 8,
                Some(Answer::Value(Value::Choice(option)))
                    if *option == NO || fact.options.get(usize::from(*option)).is_some_and(|o| o == "none") =>
                {
                    0
                }
                Some(Answer::Value(_)) => 4,
                Some(Answer::Unsure) => self.form.own(&["unsure"]),
                _ => 0,
            }
        };
        open.iter().map(told).sum::<usize>().max(3)
    }
}

/// How much of a date is told.
#[derive(Clone, Copy)]
enum Part {
    Year,
    Month,
    Day,
}

impl Part {
    /// The year or the month in which a date lies; one that is less exact stays as it is.
    fn of(self, date: Approx) -> Approx {
        let text = date.from.to_string();
        let length = match self {
            Part::Year => 4,
            Part::Month => 7,
            Part::Day => return date,
        };
        let whole = text.get(..length).and_then(|text| Approx::parse(text).ok());
        whole.filter(|whole| whole.from <= date.from && date.to <= whole.to).unwrap_or(date)
    }
}

fn said(fact: &Fact, known: &Answer, says: &Says) -> bool {
    let place = |word: &String| fact.options.iter().position(|option| option == word);
    match (known, says) {
        (Answer::Value(Value::Choice(option)), Says::Flag(flag)) => *option == u8::from(*flag),
        (Answer::Value(Value::Choice(option)), Says::Word(word)) => place(word) == Some(usize::from(*option)),
        (Answer::Value(Value::Set(mask)), Says::Word(word)) => place(word).is_some_and(|place| mask >> place & 1 == 1),
        (Answer::Value(Value::List(entries)), Says::Word(_)) => !entries.is_empty(),
        _ => false,
    }
}

/// What it says that the lines of a fact were shown and left alone; nothing where the fact has no such answer.
fn harmless(fact: &Fact, tick: Option<&Says>) -> Option<Answer> {
    let none = fact.options.iter().position(|option| option == "none" || option == "no");
    let value = match fact.kind {
        Kind::YesNo => Value::Choice(if tick == Some(&Says::Flag(false)) { YES } else { NO }),
        Kind::Choice => Value::Choice(none? as u8),
        Kind::Set => Value::Set(1 << none?),
        Kind::List => Value::List(Vec::new()),
        _ => return None,
    };
    Some(Answer::Value(value))
}

fn shown(fact: &Fact, entry: &Entry, field: &Field) -> bool {
    field.show_when.as_ref().is_none_or(|show| match entry.get(usize::from(show.field)) {
        Some(Given::Choice(option)) => show.options != 0 && show.options >> option & 1 == 1,
        Some(Given::Absent) | None => false,
        Some(_) => show.options == 0 || fact.fields.is_empty(),
    })
}
