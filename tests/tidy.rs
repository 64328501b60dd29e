//! The promises of the architecture that a program can hold.

use std::path::{Path, PathBuf};

fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !["dist", "node_modules"].iter().any(|skip| path.ends_with(skip)) {
                    folders.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    assert!(!found.is_empty(), "nothing under {folder}");
    found
}

/// The places of the crate's modules in one order, as `src/lib.rs` states it: a module may use those of earlier places, and none
/// that stands beside it.
fn layers() -> (String, Vec<Vec<String>>) {
    let lib = std::fs::read_to_string("src/lib.rs").expect("lib.rs");
    let line = lib.lines().find(|line| line.contains(" <- ")).expect("the order of modules");
    let order = line.split('`').nth(1).expect("in backticks").to_string();
    let layers = order.split(" <- ").map(|layer| layer.split([',', '|']).map(|module| module.trim().to_string()).collect());
    (order.clone(), layers.collect())
}

/// Every module that a text of the crate names after `crate::`, braces and several lines included.
fn modules_used(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let heads: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or("").split(',').collect(),
            None => vec![rest],
        };
        for head in heads {
            let name: String = head.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            used.push(name);
        }
    }
    used
}

#[test]
fn dependencies_point_one_way() {
    let (_, layers) = layers();
    let place = |module: &str| layers.iter().position(|layer| layer.iter().any(|known| known == module));
    let mut with_code: Vec<String> = Vec::new();
    for (name, text) in sources("src", ".rs").into_iter().filter(|(name, _)| name != "src/lib.rs") {
        let module = name.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("").to_string();
        let mine = place(&module).unwrap_or_else(|| panic!("{name} stands in no place of the order in src/lib.rs"));
        for used in modules_used(&text).into_iter().filter(|used| *used != module) {
            assert!(place(&used).is_some_and(|theirs| theirs < mine), "{name} uses {used}, which does not come before it");
        }
        with_code.push(module);
    }
    for module in layers.iter().flatten() {
        assert!(with_code.contains(module), "there is no module {module}");
    }
}

#[test]
fn one_order_of_modules_is_written_down() {
    let (order, _) = layers();
    let map = std::fs::read_to_string("ARCHITECTURE.md").expect("the map");
    assert!(map.contains(&format!("`{order}`")), "ARCHITECTURE.md does not carry the order of src/lib.rs: {order}");
}

#[test]
fn no_route_country_or_language_is_named_in_the_engine() {
    let routes: Vec<String> = sources("rules/us/routes", ".toml").into_iter().map(|(name, _)| name).collect();
    let ids: Vec<&str> = routes.iter().filter_map(|name| Path::new(name).file_stem()?.to_str()).collect();
    let pack = std::fs::read_to_string("rules/us/pack.toml").expect("pack.toml");
    let list = |key: &str| -> Vec<String> {
        let list = pack.split(&format!("\n{key} = [")).nth(1).and_then(|rest| rest.split(']').next()).expect("a list in pack.toml");
        list.split('"').skip(1).step_by(2).map(str::to_string).collect()
    };
    let (countries, languages) = (list("countries"), list("languages"));
    assert!(countries.len() > 200 && languages.contains(&"en".to_string()), "what pack.toml lists");
    let mut code = sources("src", ".rs");
    code.extend(sources("pkg", ".js"));
    for (name, text) in code {
        for id in &ids {
            // As a text of the code; some ids are words of their own, or parts of others.
            assert!(!text.contains(&format!("\"{id}\"")) && !text.contains(&format!("'{id}'")), "{name} names the route {id}");
        }
        // English is the one language that code may name: it is what is shown when no other is asked for.
        for id in countries.iter().chain(languages.iter().filter(|lang| *lang != "en")) {
            assert!(!text.contains(&format!("\"{id}\"")) && !text.contains(&format!("'{id}'")), "{name} names {id}");
        }
        for country in ["Mexico", "Haiti", "Cuba", "Venezuela", "Ukraine"] {
            assert!(!text.contains(country), "{name} names the country {country}");
        }
    }
}

#[test]
fn only_the_wasm_module_names_javascript() {
    for (name, text) in sources("src", ".rs").into_iter().filter(|(name, _)| name != "src/wasm.rs") {
        for word in ["JsValue", "js_sys", "wasm_bindgen::"] {
            assert!(!text.contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn the_engine_reads_no_clock_and_no_file() {
    let code = sources("src", ".rs").into_iter().filter(|(name, _)| !name.starts_with("src/author/"));
    for (name, text) in code {
        for word in ["std::time", "SystemTime", "std::fs", "std::env", "std::net", "Date::now", "println!", "eprintln!"] {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (name, text) in sources("src", ".rs").into_iter().chain(sources("xtask/src", ".rs")) {
        assert!(text.starts_with("//! "), "{name} does not open with what it is");
    }
}

/// Words without which a source names no law, and no event that the law turned on.
const CITED: &[&str] = &[
    "U.S.C.",
    "CFR",
    " FR ",
    "INA ",
    "Pub. L.",
    "Public Law",
    "H.R. ",
    " v. ",
    "Matter of",
    "F.4th",
    "D. Mass.",
    "Proclamation",
    "Executive Order",
    "PM-602",
    "Policy Manual",
    "memorand",
    "Form I-",
    "USCIS",
    "DHS",
    "ICE ",
    "Department of State",
    "Congressional Research Service",
    "Reuters, ",
];

/// Does a source of a case name the law, or say that the screener or the answers themselves are tried?
fn names_the_law(source: &str) -> bool {
    let private = ["sheet", "README", ".md"].iter().any(|word| source.contains(word));
    let law = CITED.iter().any(|word| source.contains(word));
    !private && (law || source.starts_with("how this screener works: ") || source == "the answers themselves")
}

#[test]
fn every_case_rests_on_a_source_that_a_stranger_can_open() {
    for refused in ["fact sheet a6", "8 CFR 236.22 (fact sheet b4)", "law/README.md rule 1", "how this screener works", "b3 section 5"] {
        assert!(!names_the_law(refused), "{refused} would pass");
    }
    let mut found = 0;
    for (name, text) in sources("rules/us/cases", ".toml") {
        for source in text.lines().filter_map(|line| line.strip_prefix("source = \"")?.strip_suffix('"')) {
            assert!(names_the_law(source), "{name}: the source `{source}` names no law");
            found += 1;
        }
        let cases = text.lines().filter(|line| line.starts_with("[[case]]")).count();
        assert_eq!(text.lines().filter(|line| line.starts_with("source = \"")).count(), cases, "{name}: a source on a line of its own");
    }
    assert!(found > 800, "only {found} sources were looked at");
    for (name, text) in sources("rules/us", ".toml") {
        // "DHS fact sheet" is the title of a public page.
        assert!(!text.contains("(fact sheet") && !text.contains("the fact sheet"), "{name} speaks of a fact sheet that is not here");
    }
}
