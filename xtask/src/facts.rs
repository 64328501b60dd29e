//! Types for answers: each fact of the rules by its id, and what an answer to it can be, so that a compiler finds a slip.

use serde_json::Value as Json;

const HEAD: &str = "\
// What the rules of this package ask, as types. Written by the build.

import type { ApproximateDate, Unsure } from \"./types.js\";

";

/// The declarations for the rules that stand in this JSON text.
pub fn types(rules_json: &str) -> Result<String, String> {
    let rules: Json = serde_json::from_str(rules_json).map_err(|error| format!("the rules: {error}"))?;
    let questions = list(&rules, "questions");
    let is_country = |question: &&Json| text(question, "kind").starts_with("countr");
    let countries = questions.iter().find(is_country).map(|question| list(question, "options")).unwrap_or_default();
    let mut facts = String::new();
    for question in questions {
        if is_country(&question) && list(question, "options") != countries {
            return Err(format!("{}: another list of countries than that of the first such question", text(question, "fact")));
        }
        facts += &format!("  {}?: {};\n", quoted(text(question, "fact")), answer(question, "  ")?);
    }
    let country = format!("/** A country, by the two capital letters of ISO 3166-1. */\nexport type Country = {};\n\n", options(countries));
    let answers = "/** Answers by fact id. A fact left out has not been asked yet. */\nexport type Answers = {\n";
    Ok(format!("{HEAD}{country}{answers}{facts}}};\n"))
}

/// What a question takes, or a field of a list.
fn answer(question: &Json, indent: &str) -> Result<String, String> {
    let value = match text(question, "kind") {
        "yes-no" => "boolean".into(),
        "choice" => options(list(question, "options")),
        "set" => format!("({})[]", options(list(question, "options"))),
        "country" => "Country".into(),
        "countries" => "Country[]".into(),
        "date" => {
            // "No" in the place of a date is said as in any other language of programs.
            let words = list(question, "words").iter().filter_map(Json::as_str);
            let words = words.map(|word| if word == "no" { " | false".into() } else { format!(" | {}", quoted(word)) });
            format!("ApproximateDate{}", words.collect::<String>())
        }
        "list" => {
            let deeper = format!("{indent}  ");
            let field = |field: &Json| Ok(format!("{deeper}{}?: {};\n", quoted(text(field, "id")), answer(field, &deeper)?));
            let fields = list(question, "fields").iter().map(field).collect::<Result<String, String>>()?;
            format!("{{\n{fields}{indent}}}[]")
        }
        kind => return Err(format!("{}: no type is known for the kind `{kind}`", text(question, "fact"))),
    };
    Ok(format!("{value} | Unsure"))
}

fn options(all: &[Json]) -> String {
    all.iter().filter_map(Json::as_str).map(quoted).collect::<Vec<_>>().join(" | ")
}

/// Ids are lower-case words with dots and hyphens: nothing in them has to be escaped.
fn quoted(id: &str) -> String {
    format!("\"{id}\"")
}

fn text<'a>(object: &'a Json, key: &str) -> &'a str {
    object.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn list<'a>(object: &'a Json, key: &str) -> &'a [Json] {
    object.get(key).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_type() {
        let rules = r#"{"questions":[
            {"fact":"a","kind":"yes-no"},
            {"fact":"b.c","kind":"choice","options":["x","y"]},
            {"fact":"d","kind":"set","options":["x","y"]},
            {"fact":"e","kind":"country","options":["MX","GT"]},
            {"fact":"f","kind":"countries","options":["MX","GT"]},
            {"fact":"g","kind":"date"},
            {"fact":"h","kind":"list","fields":[
                {"id":"i","kind":"choice","options":["x"]},
                {"id":"j","kind":"date","words":["no","always"]}]}
        ]}"#;
        let (_, said) = types(rules).unwrap().split_once("export type Country").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let expected = r#" = "MX" | "GT";

/** Answers by fact id. A fact left out has not been asked yet. */
export type Answers = {
  "a"?: boolean | Unsure;
  "b.c"?: "x" | "y" | Unsure;
  "d"?: ("x" | "y")[] | Unsure;
  "e"?: Country | Unsure;
  "f"?: Country[] | Unsure;
  "g"?: ApproximateDate | Unsure;
  "h"?: {
    "i"?: "x" | Unsure;
    "j"?: ApproximateDate | false | "always" | Unsure;
  }[] | Unsure;
};
"#;
        assert_eq!(said, expected);
    }

    #[test]
    fn what_has_no_type_stops_the_build() {
        assert!(types(r#"{"questions":[{"fact":"a","kind":"essay"}]}"#).is_err());
        let two = r#"{"questions":[{"fact":"a","kind":"country","options":["MX"]},{"fact":"b","kind":"country","options":["GT"]}]}"#;
        assert!(types(two).is_err());
    }
}
