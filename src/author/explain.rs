//! The reasoning of one case as an attorney would want to read it: intervals, facts, citations.

use super::Case;
use super::parse::{Counted, Loaded, Source, text};
use super::rests::rests;
use crate::evaluate::{Context, Effective};
use crate::report::{Card, Caution};
use crate::screen::screen;
use crate::short::distinct;
use serde_json::Value as Json;
use std::fmt::Write;

/// Explains a case: what was answered, what follows, and on which authority.
pub fn explain(rules: &Loaded, case: &Case) -> String {
    let pack = &rules.pack;
    let answers = case.answers(pack);
    let report = screen(pack, case.as_of, &answers);
    let effective = Effective::new(pack, &answers, case.as_of);
    let on = On { context: effective.context(pack, case.as_of), counted: &rules.counted, sources: &rules.sources };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    line(format!("{} ({})", case.id, case.file));
    line(format!("as of {}, rules {} {}, review: {}", report.as_of, report.rules.id, report.rules.version, report.rules.review.state));
    line(format!("written from: {}; confidence: {}", case.source, case.confidence));
    line("\nANSWERS".into());
    for (fact, answer) in case.answers.as_object().into_iter().flatten() {
        line(format!("  {fact}: {}", shown(answer)));
    }
    for problem in &report.problems {
        line(format!("  look again ({}): {}", problem.code, problem.facts.join(", ")));
    }
    line(format!("\nCAUTIONS{}", if report.stop { " (stop: nothing is to be filed)" } else { "" }));
    report.cautions.iter().flat_map(|caution| caution_lines(caution, &on)).for_each(&mut line);
    for card in &report.cards {
        card_lines(card, &case.answers, &on).into_iter().for_each(&mut line);
    }
    line(format!("\nnext question: {}; at most {} more", report.next.as_deref().unwrap_or("none"), report.remaining));
    out
}

/// The family on its day, and where the authorities stand.
struct On<'a> {
    context: Context<'a>,
    counted: &'a [Vec<Vec<Counted>>],
    sources: &'a [Source],
}

impl On<'_> {
    /// What a caution rests on: its own sources, and those of what makes it hold.
    fn behind_caution(&self, caution: &Caution) -> Vec<String> {
        let rule = self.context.pack.cautions.iter().find(|rule| rule.id == caution.id);
        let clause = rule.and_then(|rule| rule.clauses.iter().find(|clause| clause.id == caution.clause));
        clause.map(|clause| self.cites(&clause.cite, (!clause.card).then_some(&clause.test))).unwrap_or_default()
    }

    /// What a criterion of a route rests on: its own sources, and those of what makes it come out as it does.
    fn behind_criterion(&self, route: &str, id: &str) -> Vec<String> {
        let mut routes = self.context.pack.routes.iter().filter(|known| known.id == route).flat_map(|route| &route.criteria);
        let criterion = routes.find(|criterion| criterion.id == id && criterion.in_force.contains(self.context.as_of));
        criterion.map(|criterion| self.cites(&criterion.cite, Some(&criterion.test))).unwrap_or_default()
    }

    fn cites(&self, own: &[u16], test: Option<&crate::condition::Condition>) -> Vec<String> {
        let mut cites = own.to_vec();
        if let Some(test) = test {
            rests(&self.context, self.counted, test, &mut cites);
        }
        distinct(self.context.pack.cites(&cites))
    }
}

fn shown(answer: &Json) -> String {
    match answer {
        Json::Object(map) if map.get("unsure") == Some(&Json::Bool(true)) && map.len() == 1 => "not sure".into(),
        other => other.to_string(),
    }
}

fn authorities(cites: &[String], sources: &[Source]) -> Vec<String> {
    let known = cites.iter().filter_map(|id| sources.iter().find(|source| source.id == *id));
    known
        .map(|source| {
            let read = if source.verified { "" } else { " (not read)" };
            format!("      {}{read} {}", source.title, source.url.as_deref().unwrap_or(""))
        })
        .collect()
}

fn caution_lines(caution: &Caution, on: &On) -> Vec<String> {
    let until = caution.values.until.map(|day| format!(", until {day}")).unwrap_or_default();
    let tells: Vec<String> = caution.tells.iter().map(text).collect();
    let (tier, certainty) = (text(&caution.tier), text(&caution.certainty));
    let mut lines = vec![format!("  {} / {}: {tier}, {certainty}{until}; {}", caution.id, caution.clause, tells.join(", "))];
    lines.extend(authorities(&on.behind_caution(caution), on.sources));
    lines
}

fn card_lines(card: &Card, answers: &Json, on: &On) -> Vec<String> {
    let day = |day: Option<crate::date::Date>| day.map_or("unknown".to_string(), |day| day.to_string());
    let mut lines = vec![format!("\n{}", card.route.to_uppercase())];
    let stale = if card.door.stale { ", not checked since" } else { "" };
    lines.push(format!(
        "  door: {} since {}, confirmed through {}{stale}",
        text(&card.door.state),
        day(card.door.since),
        day(card.door.confirmed_through)
    ));
    lines.extend(authorities(&card.door.cites, on.sources));
    lines.push(match &card.fit {
        None => "  fit: none, no criteria on this day".into(),
        Some(fit) => {
            let missing = if fit.missing.is_empty() { String::new() } else { format!(", missing: {}", fit.missing.join(", ")) };
            let from = fit.not_before.map(|day| format!(", not before {day}")).unwrap_or_default();
            format!("  fit: {}{missing}{from}", text(&fit.state))
        }
    });
    for reason in &card.reasons {
        let since = reason.since.map(|day| format!(", in force since {day}")).unwrap_or_default();
        lines.push(format!("    {}: {}{since}", text(&reason.truth), reason.criterion));
        for fact in &reason.facts {
            lines.push(format!("      {fact} = {}", answers.get(fact).map_or("not asked".to_string(), shown)));
        }
        lines.extend(authorities(&on.behind_criterion(&card.route, &reason.criterion), on.sources));
    }
    for ground in &card.grounds {
        let until = ground.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let waiver = ground.waiver.as_ref().map(|route| format!(", waiver: {route}")).unwrap_or_default();
        lines.push(format!("    {}: ground {}, {}{until}{waiver}", text(&ground.certainty), ground.id, text(&ground.effect)));
        lines.extend(authorities(&ground.cites, on.sources));
    }
    lines.push(format!("  grounds that do not hold: {}", card.clear.join(", ")));
    lines.push(format!("  grounds that nobody was asked about: {}", card.not_screened.join(", ")));
    let names: Vec<String> = card.cautions.iter().map(|c| format!("{} / {}", c.id, c.clause)).collect();
    lines.push(format!("  cautions: {}", names.join(", ")));
    lines.extend(card.find_out.iter().map(|f| format!("  find out: {}{}", f.fact, if f.alone { " (decides alone)" } else { "" })));
    lines.extend(card.come_back.iter().map(|promise| {
        let what: Vec<String> = promise.what.iter().map(text).collect();
        format!("  come back: {} ({})", promise.date, what.join(", "))
    }));
    lines
}
