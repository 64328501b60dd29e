//! The questions as the page needs them: how to ask each, and where its answer stands in the packed answers.

use super::parse::Papers;
use crate::fact::{COUNTRY_CAPACITY, Fact, Kind, LIST_CAPACITY};
use crate::pack::Pack;
use serde_json::{Value as Json, json};

/// Every question of a pack, in asking order. The TypeScript type `Question` describes each.
pub fn all(pack: &Pack, common: &[String], papers: &[Papers]) -> Vec<Json> {
    let (begins, _) = pack.slots();
    let all = pack.facts.iter().zip(begins).zip(papers);
    all.map(|((fact, slot), papers)| question(pack, fact, slot, common, papers)).collect()
}

fn question(pack: &Pack, fact: &Fact, slot: usize, common: &[String], papers: &Papers) -> Json {
    let id_of = |place: u16| pack.facts.get(usize::from(place)).map(|fact| fact.id.clone());
    let capacity = match fact.kind {
        Kind::List => LIST_CAPACITY,
        Kind::Countries => COUNTRY_CAPACITY,
        _ => 1,
    };
    let fields = fact.field_offsets().zip(&papers.fields).map(|((offset, field), papers)| {
        let show_when = field.show_when.as_ref().and_then(|show| {
            let other = fact.fields.get(usize::from(show.field))?;
            let chosen = |(place, option): (usize, &String)| (show.options >> place & 1 == 1).then(|| option.clone());
            let one_of: Vec<String> = other.options.iter().enumerate().filter_map(chosen).collect();
            let given = one_of.is_empty();
            Some(json!({ "field": other.id, "oneOf": (!given).then_some(one_of), "given": given }))
        });
        json!({
            "id": field.id,
            "kind": field.kind,
            "options": field.options,
            "words": field.words,
            "offset": offset,
            "size": field.kind.size(),
            "ahead": field.ahead,
            "absent": field.still.then_some("still"),
            "showWhen": show_when,
            "papers": papers.on,
            "paperOf": papers.of,
        })
    });
    json!({
        "fact": fact.id,
        "kind": fact.kind,
        "options": fact.options,
        "common": if matches!(fact.kind, Kind::Country | Kind::Countries) { common } else { &[] },
        "exclusive": (fact.kind == Kind::Set && fact.options.iter().any(|o| o == "none")).then_some("none"),
        "ahead": fact.ahead,
        "first": fact.first,
        "findOut": fact.find_out,
        "shortWhen": fact.short_when.and_then(id_of),
        "papers": papers.on,
        "paperOf": papers.of,
        "slot": slot,
        "size": fact.size(),
        "capacity": capacity,
        "entrySize": fact.entry_size(),
        "fields": fields.collect::<Vec<_>>(),
    })
}
