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

/// The modules of the crate that a module may use, beside those that come before them.
const ORDER: [(&str, &[&str]); 10] = [
    ("truth", &[]),
    ("date", &["truth"]),
    ("fact", &["date", "truth"]),
    ("stay", &["date", "truth", "fact"]),
    ("condition", &["date", "truth", "fact", "stay", "pack"]),
    ("pack", &["date", "truth", "fact", "stay", "condition"]),
    ("report", &["date", "truth", "pack", "condition"]),
    ("input", &["date", "fact", "pack"]),
    ("screen", &["date", "truth", "fact", "stay", "condition", "pack", "report", "timing"]),
    ("timing", &["date", "fact", "condition", "pack", "report", "screen"]),
];

#[test]
fn dependencies_point_one_way() {
    for (module, allowed) in ORDER {
        let text = std::fs::read_to_string(format!("src/{module}.rs")).expect("a module");
        for line in text.lines().filter(|line| line.contains("crate::")) {
            let used = line.split("crate::").nth(1).unwrap_or("").split("::").next().unwrap_or("");
            assert!(allowed.contains(&used.trim_end_matches(';')), "src/{module}.rs uses {used}: {line}");
        }
    }
}

#[test]
fn no_route_country_or_language_is_named_in_the_engine() {
    let routes: Vec<String> = sources("rules/us/routes", ".toml").into_iter().map(|(name, _)| name).collect();
    let ids: Vec<&str> = routes.iter().filter_map(|name| Path::new(name).file_stem()?.to_str()).collect();
    let mut code = sources("src", ".rs");
    code.extend(sources("pkg", ".js").into_iter().filter(|(name, _)| !name.ends_with("words.js")));
    for (name, text) in code {
        for id in &ids {
            // As a text of the code; some ids are words of their own, or parts of others.
            assert!(!text.contains(&format!("\"{id}\"")) && !text.contains(&format!("'{id}'")), "{name} names the route {id}");
        }
        for country in ["Mexico", "Haiti", "Cuba", "\"HT\""] {
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
