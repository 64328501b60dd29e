//! `cargo xtask rules packet --lang es`: every text of a language, screen by screen and card by card, for a native reader or a lawyer to
//! read, correct and sign. It changes nothing: texts stay marked as unread until a signed packet comes back.

use relief_screener::author::Checked;
use serde_json::Value as Json;

pub fn run(checked: &Checked, language: &str) -> Result<(), String> {
    let known: Vec<&str> = checked.languages.iter().map(|(language, _)| language.as_str()).collect();
    let found = checked.languages.iter().find(|(known, _)| known == language);
    let (_, json) = found.ok_or_else(|| format!("there are no texts in `{language}`; use one of: {}", known.join(", ")))?;
    let texts: Json = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let read = texts.get("reviewed") == Some(&Json::Bool(true));
    println!("# Texts to read: {language}, rules {}", checked.pack.version);
    println!(
        "\nState: {}. Write corrections beside a text; its name in brackets says where it stands.",
        if read { "read" } else { "not read by anybody yet" }
    );
    println!("\n## The screens, in the order in which a person meets them");
    for screen in &checked.screens.screens {
        println!("\n### {}", text(&texts, &["screen", &screen.id, "title"]));
        print(texts.get("screen").and_then(|all| all.get(&screen.id)), &format!("screen {}", screen.id), &["title"]);
        let facts = screen.boxes.iter().flat_map(|line| line.facts());
        let lists = screen.entries.iter().map(|told| &told.list);
        let mut seen: Vec<&String> = Vec::new();
        for fact in screen.ask.iter().chain(facts).chain(lists) {
            if !seen.contains(&fact) {
                seen.push(fact);
                print(texts.get("fact").and_then(|all| all.get(fact)), &format!("fact {fact}"), &[]);
            }
        }
    }
    let groups =
        texts.as_object().into_iter().flatten().filter(|(group, all)| all.is_object() && !["screen", "fact"].contains(&group.as_str()));
    for (group, all) in groups {
        println!("\n## {group}");
        print(Some(all), group, &[]);
    }
    println!("\n## Signature\n");
    println!("I read these texts as a native reader of the language / as a lawyer (cross out one).\n");
    println!(
        "Name: ______________________   Organization: ______________________\n\nDate: ______________   Signature: ______________________"
    );
    Ok(())
}

fn text<'a>(texts: &'a Json, path: &[&str]) -> &'a str {
    path.iter().try_fold(texts, |at, key| at.get(*key)).and_then(Json::as_str).unwrap_or_default()
}

/// Every text under a key, each with the key that it has.
fn print(texts: Option<&Json>, key: &str, without: &[&str]) {
    match texts {
        Some(Json::String(text)) => println!("- {text}  [{key}]"),
        Some(Json::Object(all)) => {
            // What a person reads first stands first.
            let first = ["title", "question", "label", "name", "hint"];
            let place = |name: &str| first.iter().position(|other| *other == name).unwrap_or(first.len());
            let mut names: Vec<&String> = all.keys().filter(|name| !without.contains(&name.as_str())).collect();
            names.sort_by_key(|name| place(name));
            names.into_iter().for_each(|name| print(all.get(name), &format!("{key} {name}"), &[]));
        }
        _ => {}
    }
}
