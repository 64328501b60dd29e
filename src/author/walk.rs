//! How a person walks through the screens: what is shown, ticked, chosen and read, counted screen by screen.
//!
//! The form in the browser is drawn elsewhere; this says what the screens of the rules ask of a person, for thousands of made-up
//! families at once. A person answers what was asked and nothing else: a date as far as it can matter, a line by ticking it. Nothing
//! here decides what comes next: that is the engine's.

use super::Checked;
use super::alike::all_said;
use super::parse::{Entries, Line, Papers, SOME, Says, Shown};
use crate::ask::{finer, next_screen};
use crate::date::{Approx, Date};
use crate::fact::{Answer, Answers, Dated, Entry, Fact, Field, Given, Kind, NO, Value, YES};
use crate::pack::{Tell, Tier};
use crate::report::{Caution, Certainty, Report};
use crate::screen::screen_step;
use serde_json::{Value as Json, json};
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
    pub checked: &'a Checked,
    /// The words of the rules.
    pub texts: &'a Json,
    /// The words of the form, by key.
    pub own: &'a dyn Fn(&str) -> String,
}

fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Dates are told by age from this one.
const BORN: &str = "person.birth-date";

/// No way is longer: something would ask for ever.
const NO_END: usize = 200;

impl Form<'_> {
    /// Walks through the screens with somebody who knows all this. What is not there the person is not sure of.
    pub fn walk(&self, as_of: Date, full: &Answers) -> Walked {
        let pack = &self.checked.pack;
        let mut way = Way::new(self, as_of, full);
        let mut walked = Walked { visits: Vec::new(), answers: Vec::new(), review: self.own(&["reviewTitle", "showResults", "back"]) };
        while walked.visits.len() < NO_END {
            let report = screen_step(pack, as_of, pack.day, &way.answers);
            walked.visits.extend(way.cannot_wait(&report));
            let Some(next) = next_screen(pack, &report.questions, &way.begun) else {
                // What sharpens a date that was told in part: the person has said all there is to say.
                let Some(vague) = report.questions.iter().position(|question| !question.sharper.is_empty()) else { break };
                walked.visits.push(way.sharpen(vague));
                continue;
            };
            let Some(screen) = self.checked.screens.screens.iter().find(|screen| screen.id == next.screen) else { break };
            walked.visits.extend(way.answer(screen, &next.open));
            walked.review += way.row(screen, &next.open);
        }
        walked.answers = way.answers;
        let parts = self.checked.screens.parts.iter().map(|part| count(&self.text(&["part", part]))).sum::<usize>();
        let not_sure = if walked.answers.contains(&Answer::Unsure) { self.own(&["notSureTitle"]) } else { 0 };
        walked.review += parts + not_sure;
        walked
    }

    /// A screen with all its lines, before anything is ticked on it.
    pub fn untouched(&self, screen: &Shown) -> Option<Visit> {
        let pack = &self.checked.pack;
        let nothing = vec![Answer::NotAsked; pack.facts.len()];
        let mut way = Way::new(self, pack.confirmed_through, &nothing);
        let open: Vec<String> = screen.ask.iter().chain(screen.boxes.iter().flat_map(Line::facts)).cloned().collect();
        way.answer(screen, &open).into_iter().next()
    }

    fn text(&self, path: &[&str]) -> String {
        path.iter().try_fold(self.texts, |at, key| at.get(*key)).and_then(Json::as_str).unwrap_or_default().to_string()
    }

    fn own(&self, keys: &[&str]) -> usize {
        keys.iter().map(|key| count(&(self.own)(key))).sum()
    }

    fn fact(&self, id: &str) -> Option<(usize, &Fact)> {
        self.checked.pack.facts.iter().enumerate().find(|(_, fact)| fact.id == id)
    }

    /// The words of a field of a list under this key.
    fn field(&self, fact: &Fact, field: &Field, key: &[&str]) -> usize {
        count(&self.text(&[&["fact", &fact.id, "fields", &field.id], key].concat()))
    }

    fn caution_title(&self, caution: &Caution) -> usize {
        let text = |key| count(&self.text(&["caution", &caution.id, &caution.clause, key]));
        let maybe = if caution.certainty == Certainty::Maybe { text("maybe-title") } else { 0 };
        if maybe > 0 { maybe } else { text("title") }
    }

    /// What to do now where a line is ticked, with the number to press; nothing where it can wait.
    fn now(&self, screen: &Shown, line: &Line) -> usize {
        let now = count(&self.text(&["screen", &screen.id, "now", &line.id]));
        let press = self.phones(line.sets.keys()).len().min(1) * (self.own(&["call"]) + 1);
        if now > 0 { now + press } else { 0 }
    }

    /// The people on a line who help to find out these facts.
    fn phones<'f>(&self, facts: impl Iterator<Item = &'f String>) -> BTreeSet<&str> {
        let how: BTreeSet<&String> = facts.filter_map(|id| self.fact(id)).map(|(_, fact)| &fact.find_out).collect();
        let phones = self.checked.help.iter().filter(|help| help.phone.is_some() && how.contains(&help.id));
        phones.map(|help| help.id.as_str()).collect()
    }

    /// What stands beside questions about harm: who answers, and the number.
    fn hotline<'f>(&self, facts: impl Iterator<Item = &'f String>) -> usize {
        self.phones(facts).iter().map(|how| count(&self.text(&["find-out", how])) + self.own(&["call"]) + 1).sum()
    }

    /// The fold with the papers on which an answer stands.
    fn fold(&self, papers: Option<&Papers>) -> usize {
        papers.filter(|papers| !papers.on.is_empty() || !papers.of.is_empty()).map_or(0, |_| self.own(&["onPaper"]))
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
    /// Words of what to do now, for the lines just ticked that cannot wait.
    urgent: usize,
    /// Words of the lines ticked on this screen.
    said: usize,
    /// The stop was read once.
    stopped: bool,
}

impl<'a> Way<'a> {
    fn new(form: &'a Form<'a>, as_of: Date, full: &'a Answers) -> Way<'a> {
        let answers = vec![Answer::NotAsked; full.len()];
        Way { form, as_of, full, answers, begun: Vec::new(), urgent: 0, said: 0, stopped: false }
    }

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

    /// What comes before the next question: what to do now for each line that cannot wait, and the stop the first time.
    fn cannot_wait(&mut self, report: &Report) -> Option<Visit> {
        let form = self.form;
        let known = if report.first_pass_done { form.own(&["soFarKnown"]) } else { 0 };
        let title = form.own(&[if report.stop { "stopTitle" } else { "soon" }]);
        let now = std::mem::take(&mut self.urgent);
        if now == 0 && (self.stopped || !report.stop) {
            return None;
        }
        self.stopped |= report.stop;
        let mut words = title + now + form.own(&["helpTitle", "help", "helpList", "goOn"]) + known;
        let stops: Vec<&Caution> = report.cautions.iter().filter(|caution| caution.tier == Tier::Stop).collect();
        if report.stop {
            words += form.own(&["stopWhy"]) + stops.iter().map(|stop| form.caution_title(stop)).sum::<usize>();
            // That a lawyer comes first the title says already.
            let tells = stops.iter().flat_map(|stop| &stop.tells).filter(|tell| **tell != Tell::LawyerFirst);
            let tells: BTreeSet<String> = tells.map(|tell| json!(tell).to_string()).collect();
            words += tells.iter().map(|tell| count(&form.text(&["tells", tell.trim_matches('"')]))).sum::<usize>();
        }
        Some(Visit { screen: "urgent".into(), told: Vec::new(), boxes: 0, taps: 1, words })
    }

    /// What stands on every screen with a question, beside the header and the footer. The line that there is a stop is read once, where it
    /// is said first.
    fn around(&self, screen: &Shown) -> usize {
        let form = self.form;
        // "Part 2 of 6", the part, from the second on for whom one answers, on and back.
        let whom = if form.checked.screens.parts.first() == Some(&screen.part) { 0 } else { form.own(&["forSelf"]) };
        form.own(&["part", "go", "back"]) + count(&form.text(&["part", &screen.part])) + whom
    }

    /// One screen, and what it opens.
    fn answer(&mut self, screen: &Shown, open: &[String]) -> Vec<Visit> {
        let form = self.form;
        self.said = 0;
        if let Some(entries) = screen.entries.as_ref().filter(|entries| open.contains(&entries.list)) {
            return self.entries(screen, entries);
        }
        let lines: Vec<&Line> = screen.boxes.iter().filter(|line| line.facts().any(|fact| open.contains(fact))).collect();
        let asks: Vec<&String> = screen.ask.iter().filter(|fact| open.contains(fact)).collect();
        let mut visit = Visit { screen: screen.id.clone(), told: open.to_vec(), boxes: lines.len(), taps: 1, words: self.around(screen) };
        let single = asks.len() + lines.len() == 1;
        for id in &asks {
            self.control(id, screen, single, &mut visit);
        }
        let calm = lines.iter().filter(|line| single || form.now(screen, line) == 0);
        let calm: BTreeSet<&String> = asks.iter().copied().chain(calm.flat_map(|line| line.sets.keys())).collect();
        let beside = form.hotline(calm.into_iter());
        visit.words += beside;
        if let ([line], true) = (lines.as_slice(), single) {
            // One line alone is asked as the question that it is.
            let facts: Vec<&String> = line.facts().filter(|fact| open.contains(fact)).collect();
            facts.into_iter().take(1).for_each(|id| self.control(id, screen, true, &mut visit));
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
        let folds = lines.iter().flat_map(|line| line.facts()).filter_map(|id| form.fact(id));
        visit.words += folds.map(|(place, _)| form.fold(form.checked.paper_of.get(place))).max().unwrap_or(0);
        if screen.one {
            visit.taps += 1;
            visit.words += form.own(&["unsure"]);
        } else {
            visit.words += form.own(&["none", "unsureOne"]) + if screen.rather_not { form.own(&["ratherNot"]) } else { 0 };
        }
        let ticked = self.ticked(&lines, open);
        for line in lines.iter().filter(|line| ticked.contains(&line.id) && !screen.one) {
            visit.taps += 1;
            if let Some((fact, options)) = &line.choose {
                visit.taps += 1;
                visit.words += options.iter().map(|option| count(&form.text(&["fact", fact, "options", option]))).sum::<usize>();
                let one = form.fact(fact).is_some_and(|(_, fact)| fact.kind == Kind::Choice);
                visit.words += if one { form.own(&["unsure"]) } else { 0 };
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
            let title = form.own(&["singlyTitle"]) + count(&form.text(&["screen", &screen.id, "title"]));
            let words = words + self.around(screen) + title + beside;
            visits.push(Visit { screen: screen.id.clone(), told: Vec::new(), boxes: left.len(), taps: left.len() + 1, words });
        } else if ticked.is_empty() && !screen.one {
            visit.taps += 1;
        }
        self.settle(&lines, open, &ticked);
        let said = |line: &&&Line| {
            count(&form.text(&["screen", &screen.id, "boxes", &line.id])) + line.choose.as_ref().map_or(0, |(id, _)| self.value(id))
        };
        self.said = lines.iter().filter(|line| ticked.contains(&line.id)).map(|line| said(&line)).sum();
        self.said += if self.said == 0 { form.own(&["none"]) } else { 0 };
        self.urgent = lines.iter().filter(|line| ticked.contains(&line.id)).map(|line| form.now(screen, line)).sum();
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

    /// A question with a control of its own; alone on a screen it says why it is asked.
    fn control(&mut self, id: &str, screen: &Shown, alone: bool, visit: &mut Visit) {
        let form = self.form;
        let Some((place, fact)) = form.fact(id) else { return };
        let text = |key: &str| count(&form.text(&["fact", id, key]));
        visit.words += text("question") + text("hint") + form.fold(form.checked.paper_of.get(place));
        visit.words += form.own(&[if screen.rather_not { "unsureOrNot" } else { "unsure" }]);
        visit.words += if alone && text("why") > 0 { form.own(&["why"]) } else { 0 };
        let answer = self.known(place);
        match fact.kind {
            Kind::YesNo => {
                let says = |key: &str| Some(count(&form.text(&["fact", id, "options", key]))).filter(|words| *words > 0);
                visit.words += ["yes", "no"].iter().map(|key| says(key).unwrap_or_else(|| form.own(&[key]))).sum::<usize>();
            }
            Kind::Choice | Kind::Set => {
                visit.words += fact.options.iter().map(|option| count(&form.text(&["fact", id, "options", option]))).sum::<usize>();
                visit.words += if fact.kind == Kind::Set { form.own(&["several"]) } else { 0 };
            }
            Kind::Date => {
                visit.words += 2 + if fact.ahead { 0 } else { self.by_age(id) };
                let (taps, told) = self.date(place, &answer, |way, told| way.tell(place, Answer::Value(Value::Date(told))));
                visit.taps += taps;
                return self.tell(place, told);
            }
            Kind::Country | Kind::Countries => {
                visit.words += 2;
                visit.taps += 1;
            }
            Kind::List => visit.words += text("none") + form.own(&["addFirst"]),
        }
        visit.taps += 1;
        if fact.kind != Kind::List {
            self.tell(place, answer);
        }
    }

    /// That a date can be told by age, once the day of birth was told.
    fn by_age(&self, id: &str) -> usize {
        let born = self.form.fact(BORN).and_then(|(place, _)| self.answers.get(place));
        if id != BORN && matches!(born, Some(Answer::Value(_))) { self.form.own(&["byAge"]) } else { 0 }
    }

    /// How many taps a date takes, and as what it is told: the year, and more only where it can matter.
    fn date(&mut self, place: usize, answer: &Answer, try_it: impl Fn(&mut Self, Dated)) -> (usize, Answer) {
        let Answer::Value(Value::Date(known)) = answer else { return (1, Answer::Unsure) };
        let (taps, told) = self.as_fine(place, *known, try_it);
        (taps, Answer::Value(Value::Date(told)))
    }

    fn as_fine(&mut self, place: usize, known: Dated, try_it: impl Fn(&mut Self, Dated)) -> (usize, Dated) {
        let id = self.form.checked.pack.facts.get(place).map(|fact| fact.id.clone()).unwrap_or_default();
        let mut taps = 0;
        let mut told = known;
        for part in [Part::Year, Part::Month, Part::Day] {
            taps += 2;
            told = Dated { range: part.of(known.range), vague: false };
            try_it(self, told);
            if told.range == known.range || !finer(&self.form.checked.pack, self.as_of, &self.answers).contains(&id) {
                break;
            }
        }
        (taps, told)
    }

    fn entries(&mut self, screen: &Shown, told: &Entries) -> Vec<Visit> {
        let form = self.form;
        let Some((place, fact)) = form.fact(&told.list) else { return Vec::new() };
        let visit = |taps: usize, words: usize| Visit { screen: screen.id.clone(), told: vec![told.list.clone()], boxes: 0, taps, words };
        let known = match self.known(place) {
            Answer::Value(Value::List(entries)) => Some(entries),
            _ => None,
        };
        let entries = known.as_ref().map(|entries| told.of.as_ref().map_or(entries.clone(), |of| self.of_each(fact, of, entries)));
        let Some(entries) = entries.filter(|entries| !entries.is_empty()) else {
            // Whoever has nothing to tell, or is not sure of it, reads the first step too.
            let nothing = vec![Given::Absent; fact.fields.len()];
            let fields = told.steps.first().map_or(Vec::new(), |step| asked_in(step, fact, &nothing));
            let words = self.step(screen, told, fact, &nothing, &Step { fields, first: true, begins: true, ends: false });
            self.tell(place, known.map_or(Answer::Unsure, |_| Answer::Value(Value::List(Vec::new()))));
            return vec![visit(2, words)];
        };
        if let ([kind, outcome], true) = (fact.fields.as_slice(), told.of.is_some()) {
            // One screen: how each of them ended.
            let name = |entry: &Entry| entry.first().and_then(|given| option_of(kind, *given));
            let names: usize = entries.iter().filter_map(name).map(|name| form.field(fact, kind, &["options", name])).sum();
            let each = outcome.options.iter().map(|option| form.field(fact, outcome, &["options", option])).sum::<usize>();
            let words = self.around(screen) + form.heading(screen) + names + entries.len() * (each + form.own(&["unsure"]));
            let visits = vec![visit(1 + entries.len(), words)];
            self.tell(place, Answer::Value(Value::List(entries)));
            return visits;
        }
        let mut visits = Vec::new();
        let mut list: Vec<Entry> = Vec::new();
        for (nth, entry) in entries.iter().enumerate() {
            list.push(vec![Given::Absent; fact.fields.len()]);
            let first = nth + 1 == if told.latest_first { entries.len() } else { 1 };
            let goes_on = told.latest_first && first && self.goes_on(fact, entry);
            // Only the first one is told in steps.
            let steps = if first { told.steps.clone() } else { vec![told.steps.concat()] };
            let steps = steps.iter().map(|step| asked_in(step, fact, entry));
            let steps: Vec<_> = steps.filter(|step| !step.is_empty() && (!goes_on || step.iter().any(|field| !field.still))).collect();
            let last = steps.len().saturating_sub(1);
            for (at, fields) in steps.into_iter().enumerate() {
                let step = Step { fields, first, begins: first && at == 0, ends: at == last };
                let mut visit = visit(1, self.step(screen, told, fact, entry, &step));
                visit.taps += usize::from(step.begins && told.once.is_some());
                for field in step.fields {
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
                            visit.taps += 1 + usize::from(way_of(told, field, given).is_some_and(|options| options.len() > 1));
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

    fn is_here(&self) -> bool {
        let here = Some(Answer::Value(Value::Choice(YES)));
        self.form.fact("person.in-us").is_some_and(|(place, _)| self.answers.get(place) == here.as_ref())
    }

    /// Whoever is here has not left after the last time: nobody asks.
    fn goes_on(&self, fact: &Fact, entry: &Entry) -> bool {
        let still = |(field, given): (&Field, &Given)| !field.still || *given == Given::Absent;
        self.is_here() && fact.fields.iter().zip(entry).all(still)
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

    /// The words of one step of an entry.
    fn step(&self, screen: &Shown, told: &Entries, fact: &Fact, entry: &Entry, step: &Step) -> usize {
        let form = self.form;
        let text = |id: &str, key: &str| count(&form.text(&["fact", id, key]));
        let title = count(&form.text(&["screen", &screen.id, "title"]));
        let mut words = self.around(screen) + step.fields.iter().map(|field| self.field(screen, told, fact, field, entry)).sum::<usize>();
        if !step.first {
            words += title + text(&fact.id, "entry");
        } else if step.begins {
            words += title + count(&form.text(&["screen", &screen.id, "hint"]));
            words += told.once.as_ref().map_or(0, |once| text(once, "question") + text(once, "hint") + form.own(&["yes", "no", "unsure"]));
            // Where no other screen asks it, that there is none stands here too.
            let asked = form.checked.screens.screens.iter().flat_map(|screen| &screen.boxes).flat_map(Line::facts).any(|id| *id == fact.id);
            words += if asked || told.latest_first && self.is_here() { 0 } else { text(&fact.id, "none") };
        }
        words + if step.ends && !(step.begins && told.once.is_some()) { text(&fact.id, "add") } else { 0 }
    }

    /// The words of a field; of options in two small steps those that the choice of this entry opens.
    fn field(&self, screen: &Shown, told: &Entries, fact: &Fact, field: &Field, entry: &Entry) -> usize {
        let form = self.form;
        let options = |options: &[String]| options.iter().map(|option| form.field(fact, field, &["options", option])).sum::<usize>();
        let index = fact.fields.iter().position(|other| other.id == field.id);
        let given = index.and_then(|index| entry.get(index)).copied().unwrap_or(Given::Absent);
        let ways: Vec<&String> = told.ways.iter().filter(|(_, of, _)| *of == field.id).map(|(way, ..)| way).collect();
        let still = field.still && !told.latest_first;
        let choices = match field.kind {
            Kind::YesNo => form.own(&["yes", "no"]),
            Kind::Date if still || !field.words.is_empty() => {
                let given = Some(form.field(fact, field, &["given"])).filter(|words| *words > 0);
                let words = field.words.iter().map(|word| form.field(fact, field, &[word])).sum::<usize>();
                let still = if still { form.field(fact, field, &["still"]) } else { 0 };
                words + still + given.unwrap_or_else(|| form.own(&["given"]))
            }
            Kind::Date => form.own(&["year"]) + if field.ahead { 0 } else { self.by_age(&fact.id) },
            _ if ways.is_empty() => options(&field.options),
            _ => {
                let names: usize = ways.iter().map(|way| count(&form.text(&["screen", &screen.id, "ways", way]))).sum();
                names
                    + way_of(told, field, given)
                        .filter(|options| options.len() > 1)
                        .map_or(0, |opened| options(opened) + form.own(&["unsure"]))
            }
        };
        let papers = form.fact(&fact.id).and_then(|(place, _)| form.checked.paper_of.get(place));
        let fold = papers.zip(index).and_then(|(papers, index)| papers.fields.get(index));
        form.field(fact, field, &["label"]) + form.field(fact, field, &["hint"]) + choices + form.own(&["unsure"]) + form.fold(fold)
    }

    /// The yes-no question about a date that was told in part: nobody knows more.
    fn sharpen(&mut self, place: usize) -> Visit {
        let form = self.form;
        if let Some(answer) = self.answers.get_mut(place) {
            *answer = all_said(answer.clone());
        }
        let id = form.checked.pack.facts.get(place).map(|fact| fact.id.clone()).unwrap_or_default();
        let words = count(&form.text(&["fact", &id, "question"]))
            + form.own(&[
                "part",
                "forSelf",
                "sharper.on-or-before",
                "sharperWhy",
                "sharperTold",
                "yes",
                "no",
                "unsure",
                "exact",
                "go",
                "back",
            ]);
        Visit { screen: "sharper".into(), told: vec![id], boxes: 0, taps: 2, words }
    }

    /// What was told on a screen, as it stands in the review.
    fn row(&self, screen: &Shown, open: &[String]) -> usize {
        let form = self.form;
        let text = |id: &str| count(&form.text(&["fact", id, "question"]));
        let title = count(&form.text(&["screen", &screen.id, "title"])) + form.own(&["change"]);
        let asks: Vec<&String> = screen.ask.iter().filter(|id| open.contains(id)).collect();
        let unsure = |id: &&String| form.fact(id).is_some_and(|(place, _)| self.answers.get(place) == Some(&Answer::Unsure));
        let not_sure = open.iter().filter(unsure).map(|id| text(id) + form.own(&["change"])).sum::<usize>();
        let list = screen.entries.as_ref().filter(|told| open.contains(&told.list)).and_then(|told| form.fact(&told.list));
        let row = match list.map(|(place, fact)| (self.answers.get(place), fact)) {
            Some((Some(Answer::Value(Value::List(entries))), fact)) if !entries.is_empty() => {
                let each =
                    |entry: &Entry| fact.fields.iter().zip(entry).map(|(field, given)| self.given(fact, field, *given)).sum::<usize>();
                title + entries.iter().map(each).sum::<usize>()
            }
            Some(_) => 0,
            None if asks.len() == 1 && self.said == 0 => {
                asks.iter().map(|id| text(id) + self.value(id)).sum::<usize>() + form.own(&["change"])
            }
            None => title + self.said + asks.iter().map(|id| text(id) + self.value(id)).sum::<usize>(),
        };
        row + not_sure
    }

    /// The words of an answer.
    fn value(&self, id: &str) -> usize {
        let Some((place, fact)) = self.form.fact(id) else { return 0 };
        let option =
            |option: usize| fact.options.get(option).map_or(1, |option| count(&self.form.text(&["fact", id, "options", option])).max(1));
        match self.answers.get(place) {
            Some(Answer::Unsure) => self.form.own(&["unsure"]),
            Some(Answer::Value(Value::Choice(chosen))) => option(usize::from(*chosen)),
            Some(Answer::Value(Value::Set(mask))) => (0..fact.options.len()).filter(|at| mask >> at & 1 == 1).map(option).sum(),
            Some(Answer::Value(Value::Date(date))) => date_words(*date),
            _ => 1,
        }
    }

    fn given(&self, fact: &Fact, field: &Field, given: Given) -> usize {
        match given {
            Given::Choice(_) => option_of(field, given).map_or(1, |option| self.form.field(fact, field, &["options", option]).max(1)),
            Given::Date(date) => date_words(date),
            Given::Unsure => self.form.own(&["unsure"]),
            _ => 0,
        }
    }
}

/// "2009", "March 2009" and "March 5, 2009".
fn date_words(date: Dated) -> usize {
    [Part::Year, Part::Month].iter().filter(|part| part.of(date.range) != date.range).count() + 1
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

/// A screen of a list: the fields that it asks, and where it stands in the list.
struct Step<'f> {
    fields: Vec<&'f Field>,
    /// It is of the entry that is told first,
    first: bool,
    /// and begins it.
    begins: bool,
    /// The entry ends with it.
    ends: bool,
}

/// The fields of a step that are shown in this entry.
fn asked_in<'f>(step: &[String], fact: &'f Fact, entry: &Entry) -> Vec<&'f Field> {
    fact.fields.iter().filter(|field| step.contains(&field.id) && shown(fact, entry, field)).collect()
}

fn option_of(field: &Field, given: Given) -> Option<&String> {
    let Given::Choice(option) = given else { return None };
    field.options.get(usize::from(option))
}

/// The options of the small step that leads to this one.
fn way_of<'t>(told: &'t Entries, field: &Field, given: Given) -> Option<&'t [String]> {
    let option = option_of(field, given)?;
    let way = told.ways.iter().find(|(_, of, options)| *of == field.id && options.contains(option));
    way.map(|(.., options)| options.as_slice())
}

fn shown(fact: &Fact, entry: &Entry, field: &Field) -> bool {
    field.show_when.as_ref().is_none_or(|show| match entry.get(usize::from(show.field)) {
        Some(Given::Choice(option)) => show.options != 0 && show.options >> option & 1 == 1,
        Some(Given::Absent) | None => false,
        Some(_) => show.options == 0 || fact.fields.is_empty(),
    })
}
