//! What must hold for every input, tried on many.
#![cfg(feature = "author")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use relief_screener::author::{self, Case, Loaded};
use relief_screener::date::{Approx, Date};
use relief_screener::fact::{Answer, Answers, Dated, Fact, Given, Kind, Value, unpack};
use relief_screener::outcome::{Outcome, outcomes};
use relief_screener::pack::{FitState, Pack, StepKind, Tell};
use relief_screener::report::{QuestionProgress, Report};
use relief_screener::screen::{screen, screen_cards, screen_step, screen_today};
use relief_screener::truth::Truth;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// The rules with their cases, read once for all tests.
fn read() -> &'static (Loaded, Vec<Case>) {
    static READ: OnceLock<(Loaded, Vec<Case>)> = OnceLock::new();
    READ.get_or_init(|| author::cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us")).expect("rules"))
}

fn pack() -> &'static Pack {
    &read().0.pack
}

fn cases() -> &'static [Case] {
    &read().1
}

fn day() -> impl Strategy<Value = Date> {
    prop_oneof![
        (0..10_000_i32).prop_map(|n| Date::from_ymd(2000, 1, 1).expect("a day").plus_days(n)),
        // Days beside the lines of the law are where mistakes are.
        (proptest::sample::select(vec!["1997-04-01", "2014-06-17", "2024-06-17", "2024-08-19", "2024-11-07", "2026-08-13"]), -1..=1_i32)
            .prop_map(|(day, n)| Date::parse(day).expect("a day").plus_days(n)),
    ]
}

fn dated() -> impl Strategy<Value = Dated> {
    (day(), prop_oneof![3 => Just(0), 1 => 0..800_i32]).prop_map(|(from, days)| Dated::new(Approx { from, to: from.plus_days(days) }))
}

/// Numbers as packed answers could be, and others.
fn slots(most: usize) -> impl Strategy<Value = Vec<i32>> {
    proptest::collection::vec(prop_oneof![any::<i32>(), -3..40_i32, 19_000_000..21_000_000_i32], 0..most)
}

fn value(fact: &'static Fact) -> BoxedStrategy<Value> {
    let options = fact.options.len() as u8;
    match fact.kind {
        Kind::YesNo => (0..2_u8).prop_map(Value::Choice).boxed(),
        Kind::Choice => (0..options).prop_map(Value::Choice).boxed(),
        Kind::Set => (0..options).prop_map(|o| Value::Set(1 << o)).boxed(),
        Kind::Date => dated().prop_map(Value::Date).boxed(),
        Kind::List => {
            let fields: Vec<_> = fact
                .fields
                .iter()
                .map(|field| match field.kind {
                    Kind::Date => {
                        prop_oneof![4 => dated().prop_map(Given::Date), 1 => Just(Given::Unsure), 1 => Just(Given::Absent)].boxed()
                    }
                    _ => {
                        let options = field.options.len().max(2) as u8;
                        prop_oneof![6 => (0..options).prop_map(Given::Choice), 1 => Just(Given::Unsure), 1 => Just(Given::Absent)].boxed()
                    }
                })
                .collect();
            proptest::collection::vec(fields, 0..4).prop_map(Value::List).boxed()
        }
        Kind::Country | Kind::Countries => {
            let codes = ["MX", "HT", "CU", "VE"].map(|code| relief_screener::fact::Country::parse(code).expect("a country"));
            proptest::sample::select(codes.to_vec()).prop_map(|c| Value::Countries(vec![c])).boxed()
        }
    }
}

fn answer(fact: &'static Fact) -> BoxedStrategy<Answer> {
    prop_oneof![8 => value(fact).prop_map(Answer::Value), 1 => Just(Answer::Unsure), 1 => Just(Answer::NotAsked)].boxed()
}

fn family() -> impl Strategy<Value = Answers> {
    pack().facts.iter().map(answer).collect::<Vec<_>>()
}

/// Does `sharper` say something that contradicts what `vaguer` said for sure?
fn contradicts(vaguer: &Report, sharper: &Report) -> Option<String> {
    for card in &vaguer.cards {
        let other = sharper.cards.iter().find(|c| c.route == card.route)?;
        if card.door != other.door {
            return Some(format!("{}: the door moved", card.route));
        }
        for reason in &card.reasons {
            let now = other.reasons.iter().find(|r| r.criterion == reason.criterion);
            // Answers that contradict each other make more unknown, so only the opposite is a contradiction.
            let turned = matches!((reason.truth, now.map(|r| r.truth)), (Truth::Yes, Some(Truth::No)) | (Truth::No, Some(Truth::Yes)));
            if turned {
                return Some(format!("{} {}: {:?} became {:?}", card.route, reason.criterion, reason.truth, now.map(|r| r.truth)));
            }
        }
        let (before, now) = (card.fit.as_ref().map(|f| f.state), other.fit.as_ref().map(|f| f.state));
        let denied = match (before, now) {
            (Some(FitState::DoesNotFit), Some(now)) => now == FitState::Fits || now == FitState::NotNow,
            (Some(FitState::Fits), Some(now)) => now == FitState::DoesNotFit || now == FitState::NotNow,
            _ => false,
        };
        if denied {
            return Some(format!("{}: {before:?} became {now:?}", card.route));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, rng_seed: RngSeed::Fixed(20261122), max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Taking an answer back to "not sure" or "not asked" never turns a yes into a no, and never makes a card fit or not
    /// fit that the true answer denies.
    #[test]
    fn unknown_never_contradicts_the_truth(family in family(), as_of in day(), place in 0..1000_usize, asked in any::<bool>()) {
        let sharper = screen_today(pack(), as_of, &family);
        let mut vague = family;
        let place = place % vague.len();
        // A choice whose event has no date is taken as true on the as-of date: whoever answers, answers about now.
        prop_assume!(!pack().facts.iter().any(|f| f.since.iter().any(|s| usize::from(s.date) == place)));
        vague[place] = if asked { Answer::Unsure } else { Answer::NotAsked };
        let vaguer = screen_today(pack(), as_of, &vague);
        let found = contradicts(&vaguer, &sharper);
        prop_assert!(found.is_none(), "{} as unknown: {}", pack().facts[place].id, found.unwrap_or_default());
    }

    /// The history of a door ends where the door stands: each state in it is what the rules say of its first day, and none of a day
    /// that is not known.
    #[test]
    fn a_door_stands_where_its_history_ends(as_of in day()) {
        let report = screen_today(pack(), as_of, &Answers::from(vec![Answer::NotAsked; pack().facts.len()]));
        for (card, route) in report.cards.iter().flat_map(|card| pack().routes.iter().find(|r| r.id == card.route).map(|route| (card, route))) {
            let past: Vec<_> = card.door.history.iter().filter(|change| change.from <= as_of).collect();
            let ahead = card.door.history.get(past.len()).map(|change| change.from);
            prop_assert_eq!(card.door.since, past.last().map(|change| change.from), "{} on {}", &card.route, as_of);
            prop_assert_eq!(ahead, card.door.next_change.filter(|_| card.door.since.is_some()));
            prop_assert!(card.door.history.is_sorted_by_key(|change| change.from));
            prop_assert!(card.door.history.len() <= past.len() + 1);
            let rows = route.door.iter().filter(|row| row.from <= as_of).count();
            prop_assert_eq!(past.len(), if card.door.since.is_some() { rows } else { 0 });
            prop_assert_eq!(past.last().map_or(relief_screener::pack::DoorState::Unknown, |change| change.state), card.door.state);
            prop_assert_eq!(past.last().map(|change| &change.cites), card.door.since.map(|_| &card.door.cites));
        }
    }

    /// A date given as a range says nothing that any exact day in it denies.
    #[test]
    fn a_range_never_contradicts_a_day_in_it(family in family(), as_of in day(), place in 0..1000_usize, before in 0..400_i32, after in 0..400_i32) {
        let dates: Vec<usize> = pack().facts.iter().enumerate().filter(|(_, f)| f.kind == Kind::Date).map(|(i, _)| i).collect();
        let place = dates[place % dates.len()];
        let Answer::Value(Value::Date(exact)) = family[place] else { return Ok(()) };
        let range = Approx { from: exact.range.from.plus_days(-before), to: exact.range.to.plus_days(after) };
        let mut vague = family.clone();
        vague[place] = Answer::Value(Value::Date(Dated::new(range)));
        let found = contradicts(&screen_today(pack(), as_of, &vague), &screen_today(pack(), as_of, &family));
        prop_assert!(found.is_none(), "{} as a range: {}", pack().facts[place].id, found.unwrap_or_default());
    }

    /// Any numbers at all give a report.
    #[test]
    fn no_packed_answers_panic(slots in slots(1_200), as_of in day()) {
        let report = screen_today(pack(), as_of, &unpack(&pack().facts, &slots, as_of));
        prop_assert_eq!(report.cards.len(), pack().routes.len());
    }

    /// A sharper question is worth asking: both its answers leave a date that is more exact than before.
    #[test]
    fn a_sharper_question_cuts_the_range(family in family(), as_of in day()) {
        let report = screen_today(pack(), as_of, &family);
        for question in report.questions.iter().flat_map(|q| &q.sharper) {
            prop_assert!(question.yes.from <= question.yes.to, "{question:?}");
            prop_assert!(question.no.from <= question.no.to, "{question:?}");
            prop_assert!(question.yes.to < question.no.from || question.no.to < question.yes.from, "{question:?}");
        }
    }
}

proptest! {
    // Each date that is read as one is a line more on every day ahead, so these are few and short.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(20261122), max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// Any numbers at all give a report with dates to come back.
    #[test]
    fn no_packed_answers_panic_on_days_ahead(slots in slots(150), as_of in day()) {
        let report = screen(pack(), as_of, &unpack(&pack().facts, &slots, as_of));
        prop_assert_eq!(report.cards.len(), pack().routes.len());
    }
}

/// Walks through the questions as the form asks them, with what a family would say and "not sure" for what it would not; gives
/// the stated bound before each question. One date that is not exact can bring several questions of its own.
fn walk(as_of: Date, full: &Answers) -> Vec<usize> {
    let mut answers: Answers = vec![Answer::NotAsked; pack().facts.len()];
    let mut bounds = Vec::new();
    loop {
        let report = screen_step(pack(), as_of, pack().day, &answers);
        let Some(next) = report.next else { return bounds };
        bounds.push(report.remaining);
        assert!(bounds.len() < 1_000, "no end after {next}");
        let place = pack().facts.iter().position(|fact| fact.id == next).expect("the fact");
        let question = &report.questions[place];
        if question.state == QuestionProgress::Open || question.state == QuestionProgress::Invalid {
            answers[place] = match &full[place] {
                Answer::NotAsked => Answer::Unsure,
                told => told.clone(),
            };
            continue;
        }
        // The first line lies before the date, on the second nobody can say more: both answers that a person can give.
        let sharper = &question.sharper[0];
        let vague = bounds.len() % 2 == 0;
        let range = if vague {
            Approx { from: sharper.yes.from.min(sharper.no.from), to: sharper.yes.to.max(sharper.no.to) }
        } else {
            Approx { from: sharper.no.from, to: sharper.no.to }
        };
        let dated = Dated { range, vague };
        match (&mut answers[place], sharper.entry, sharper.field.as_ref()) {
            (Answer::Value(Value::List(entries)), Some(entry), Some(field)) => {
                let field = pack().facts[place].fields.iter().position(|f| f.id == *field).expect("the field");
                entries[entry][field] = Given::Date(dated);
            }
            (answer, ..) => *answer = Answer::Value(Value::Date(dated)),
        }
    }
}

/// From wherever one counts, no more questions come than were said to come at the most.
#[test]
fn the_path_ends_within_its_bound() {
    let nothing: Answers = vec![Answer::NotAsked; pack().facts.len()];
    let mut families: Vec<(String, Date, Answers)> = ["2012-07-01", "2024-06-17", "2024-08-20", "2026-11-26"]
        .map(|day| (format!("not sure of anything on {day}"), Date::parse(day).expect("a day"), nothing.clone()))
        .to_vec();
    families.extend(cases().iter().step_by(29).map(|case| (case.id.clone(), case.as_of, case.answers(pack()))));
    let mut longest = 0;
    for (who, as_of, full) in families {
        let bounds = walk(as_of, &full);
        for (asked, bound) in bounds.iter().enumerate() {
            assert!(bounds.len() - asked <= *bound, "{who}: {} questions came after {bound} were said", bounds.len() - asked);
        }
        longest = longest.max(bounds.len());
    }
    assert!(longest > 40, "{longest}: nobody was asked much, so nothing was shown");
}

#[test]
fn the_order_of_the_answers_does_not_matter() {
    for case in cases().iter().step_by(5) {
        let reversed: serde_json::Map<_, _> = case.answers.as_object().expect("answers").clone().into_iter().rev().collect();
        let answers = author::read_answers(pack(), &serde_json::Value::Object(reversed)).expect("answers");
        assert_eq!(screen_today(pack(), case.as_of, &case.answers(pack())), screen_today(pack(), case.as_of, &answers));
    }
}

/// Of the cases one in `each`, and so many made-up families.
fn everybody(each: usize, made_up: usize) -> Vec<(String, Date, Answers)> {
    let pack = pack();
    let told = cases().iter().step_by(each).map(|case| (case.id.clone(), case.as_of, case.answers(pack)));
    let families = author::families(pack, cases(), pack.day, made_up)
        .into_iter()
        .enumerate()
        .filter_map(|(at, family)| Some((format!("family {at}"), family.as_of, author::read_answers(pack, &family.answers).ok()?)));
    told.chain(families).collect()
}

/// Where a report stops, nothing on any card tells anybody to file; a last day of the law stays as a step of its own.
#[test]
fn a_stop_takes_every_step_that_files_and_no_last_day() {
    let (mut stopped, mut filed, mut days) = (0, 0, 0);
    for (who, as_of, answers) in everybody(1, 1_000) {
        let report = screen_today(pack(), as_of, &answers);
        let files = report.cards.iter().filter(|card| card.next_steps.iter().any(|step| step.kind == StepKind::File));
        stopped += usize::from(report.stop);
        filed += usize::from(!report.stop && files.clone().next().is_some());
        let files: Vec<&str> = files.map(|card| card.route.as_str()).collect();
        assert!(!report.stop || files.is_empty(), "{who}: a stop, and steps that file on {files:?}");
        for card in report.cards.iter().filter(|card| card.fit.as_ref().is_some_and(|fit| fit.state != FitState::DoesNotFit)) {
            let last = card.cautions.iter().filter(|c| c.tells.contains(&Tell::Deadline)).filter_map(|c| c.values.until).min();
            let said = card.next_steps.iter().find_map(|step| step.by);
            // A step may name an earlier day than the caution, of a clause that only may be met: never a later one.
            let kept = last.is_none_or(|last| said.is_some_and(|said| said <= last));
            assert!(kept, "{who} {}: the last day {last:?} and the step with its day {said:?}", card.route);
            days += usize::from(report.stop && said.is_some());
        }
    }
    assert!(stopped > 200 && filed > 100 && days > 20, "{stopped} stops, {filed} with something to file, {days} last days under a stop");
}

/// Every promised date is true when it comes: the card is not what it was on the day before.
#[test]
fn promised_dates_come_true() {
    let pack = pack();
    let (mut promised, mut waits) = (0, 0);
    for (who, as_of, answers) in everybody(4, 500) {
        let mut said: BTreeMap<Date, Vec<Outcome>> = BTreeMap::new();
        let mut on = |day: Date, route: usize| -> String {
            let outcome = &said.entry(day).or_insert_with(|| outcomes(pack, day, &answers))[route];
            format!("{:?} {:?} {:?}", outcome.door, outcome.fit, outcome.cautions)
        };
        for card in screen(pack, as_of, &answers).cards {
            let route = pack.routes.iter().position(|route| route.id == card.route).expect("the route");
            if let Some(day) = card.fit.as_ref().and_then(|fit| fit.not_before) {
                waits += 1;
                assert!(day > as_of, "{who}: not before {day}");
                let on = |day: Date| screen_cards(pack, day, &answers, &|route| route.id == card.route).cards.remove(0).fit;
                let (eve, then) = (on(day.plus_days(-1)), on(day));
                // Other dates of the family may have come by then; what was only a matter of time no longer is, and was until then.
                assert!(then.as_ref().is_some_and(|fit| fit.not_before.is_none()), "{who} {} on {day}: {then:?}", card.route);
                let waited = eve.as_ref().is_some_and(|fit| fit.state != FitState::Fits);
                assert!(waited, "{who} {} on the eve of {day}: {eve:?}", card.route);
            }
            for promise in &card.come_back {
                promised += 1;
                assert!(promise.date > as_of, "{who}: {promise:?}");
                let same = on(promise.date.plus_days(-1), route) == on(promise.date, route);
                assert!(!same, "{who} {}: {promise:?}", card.route);
            }
        }
    }
    assert!(promised > 50 && waits > 5, "{promised} dates, {waits} of them the end of a wait");
}
