//! The papers that a question turns on: of all of it, or of one of its options. The page draws a sketch of each, so that a person
//! answers from the paper and not from memory. The engine knows nothing of them.

use super::super::Problems;
use super::super::read::Node;
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

/// What a question, or a field of it, says of papers.
#[derive(Clone, Default)]
pub struct Papers {
    /// Where its answer stands.
    pub on: Vec<String>,
    /// By option: who has this paper chooses the option.
    pub of: BTreeMap<String, String>,
    /// The fields of a list, in order.
    pub fields: Vec<Papers>,
}

impl Papers {
    /// Every paper that is named here.
    fn named(&self) -> impl Iterator<Item = &String> {
        let fields = self.fields.iter().flat_map(|field| field.on.iter().chain(field.of.values()));
        self.on.iter().chain(self.of.values()).chain(fields)
    }
}

/// Reads what each fact says of papers: `papers` of the fact or of a field, and `paper-of` by option. Each is in the list of
/// `pack.toml`, and each of that list is named.
pub fn papers(facts: &[Node], pack: &Node, problems: &mut Problems) -> (Vec<String>, Vec<Papers>) {
    let known = pack.ids("papers", problems);
    let all: Vec<Papers> = facts.iter().map(|fact| of(fact, &known, problems)).collect();
    let named: BTreeSet<&String> = all.iter().flat_map(Papers::named).collect();
    for id in known.iter().filter(|id| !named.contains(id)) {
        problems.add(pack.file, "papers", format!("no question names `{id}`"), "name it with a fact, or remove it");
    }
    (known, all)
}

fn of(node: &Node, known: &[String], problems: &mut Problems) -> Papers {
    let check = |node: &Node, key: &str, id: &String, problems: &mut Problems| {
        if !known.contains(id) {
            problems.add(node.file, node.at(key), format!("unknown paper `{id}`"), "use one of `papers` in pack.toml");
        }
    };
    let on = node.strings("papers", problems);
    on.iter().for_each(|id| check(node, "papers", id, problems));
    let mut of_options = BTreeMap::new();
    if let Some(table) = node.opt_table("paper-of", problems) {
        let has = |option: &str| {
            node.peek("options").and_then(Value::as_array).is_some_and(|options| options.iter().any(|o| o.as_str() == Some(option)))
        };
        for option in table.names() {
            if !has(option) {
                problems.add(table.file, table.at(option), "is no option", "name an option of this question, or remove it");
            }
            let id = table.str(option, problems);
            check(&table, option, &id, problems);
            if of_options.values().any(|other| *other == id) {
                problems.add(
                    table.file,
                    table.at(option),
                    format!("`{id}` stands twice"),
                    "a paper that two options can have chooses neither",
                );
            }
            of_options.insert(option.to_string(), id);
        }
    }
    // What is wrong with the list of fields was said where they were read.
    let fields = node.tables("field", &mut Problems::default());
    Papers { on, of: of_options, fields: fields.iter().map(|field| of(field, known, problems)).collect() }
}
