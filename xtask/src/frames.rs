//! The scripts of the frames, and the pages that a frame can be loaded from.
//!
//! A frame's first script draws the start page. The second one, with the engine and every other screen, is built without the modules
//! that the first one has: it takes them from there (`pkg/parts.js`). Both are texts, each let in by its hash.

use crate::build::{Files, Result, add_module, esbuild, node, output, read, sha256, text_of, utf8, write_all};
use serde_json::{Value as Json, json};
use std::path::Path;

/// What is weighed.
pub struct Frames {
    pub loader: Vec<u8>,
    pub first: Vec<u8>,
    pub second: Vec<u8>,
    pub news: Vec<u8>,
    pub pages: Files,
}

/// Writes all of it to the folder, where the rest of `pkg/dist` stands already. `translated` is the engine as JavaScript.
pub fn build(root: &Path, folder: &Path, translated: &str) -> Result<Frames> {
    let bundle = |entry: &str| esbuild(root, &[entry, "--format=iife"], None);
    let (first, page, news) = (bundle("pkg/frame-main.js")?, bundle("pkg/page-main.js")?, bundle("pkg/news-main.js")?);
    let second = second(root)?;
    let translated = format!("relief(()=>{translated});").into_bytes();
    // Where it runs, no part can be loaded: what would load one finds nothing.
    let parts = parts(root)?;
    let of_languages = ["words", "lang", "more", "news"];
    let outside: Vec<String> = parts
        .iter()
        .map(|path| format!("--external:./{path}"))
        .chain(of_languages.map(|folder| format!("--external:./{folder}/*")))
        .collect();
    let mut args = vec!["pkg/classic-main.js", "--format=iife", "--define:import.meta.url=\"\""];
    args.extend(outside.iter().map(String::as_str));
    let classic = esbuild(root, &args, None)?;

    let mut files = Files::new();
    files.insert("relief-screener.js".into(), classic);
    for (name, script) in [("frame", &first), ("form", &second), ("fallback", &translated), ("news-frame", &news)] {
        let text = serde_json::to_string(&String::from_utf8_lossy(script)).map_err(|e| e.to_string())?;
        add_module(&mut files, name, &text, "string");
    }
    let hash = |script: &[u8]| format!("sha256-{}", sha256(script));
    for (name, script) in [("frame", &first), ("form", &second), ("fallback", &translated), ("news", &news)] {
        files.insert(format!("linked/{name}.js"), script.clone());
    }
    // A policy that lets these scripts run, and no other, names them so.
    let engine = read(&folder.join("engine_bg.wasm"))?;
    let hashes = json!({ "form": [hash(&first), hash(&second), hash(&translated)], "news": [hash(&news)], "engine": [hash(&engine)] });
    add_module(&mut files, "hashes", &hashes.to_string(), "Record<\"form\" | \"news\" | \"engine\", string[]>");
    write_all(folder, &files)?;
    let loader = loader(root, folder, &parts, &of_languages)?;

    let script = |text: &[u8]| json!({ "text": String::from_utf8_lossy(text), "hash": hash(text) });
    let scripts = json!({
        "first": script(&first), "second": script(&second), "translated": script(&translated), "news": script(&news), "page": script(&page),
    });
    let module = |name: &str| -> Result<Json> {
        let text = utf8(read(&folder.join(name))?)?;
        let value = text.trim_end().strip_prefix("export default ").and_then(|text| text.strip_suffix(';'));
        serde_json::from_str(value.ok_or_else(|| format!("{name} is no module of one value"))?).map_err(|e| format!("{name}: {e}"))
    };
    let languages = module("rules.js")?.get("languages").and_then(Json::as_array).cloned().unwrap_or_default();
    let of_each = |part: &str| -> Result<Json> {
        let all = languages.iter().filter_map(Json::as_str);
        all.map(|lang| Ok((lang.to_owned(), module(&format!("{part}/{lang}.js"))?))).collect::<Result<_>>().map(Json::Object)
    };
    let parts = json!({
        "scripts": scripts,
        "engine": text_of(&engine),
        "words": of_each("words")?,
        "laws": of_each("lang")?,
        "mores": of_each("more")?,
        "rules": module("rules.js")?,
        "sources": module("sources.js")?,
        "help": help(root)?,
    });
    let written = output(&mut node(root, "xtask/pages.js"), Some(parts.to_string().as_bytes()))?;
    let written: std::collections::BTreeMap<String, String> = serde_json::from_slice(&written).map_err(|e| e.to_string())?;
    let pages: Files = written.into_iter().map(|(name, page)| (name, page.into_bytes())).collect();
    write_all(folder, &pages)?;
    Ok(Frames { loader, first, second, news, pages })
}

/// The element in one file, since a browser that loads modules one after the other waits for each on a slow line. Its parts stay files.
fn loader(root: &Path, folder: &Path, parts: &[String], of_languages: &[&str]) -> Result<Vec<u8>> {
    let file = folder.join("element.js");
    let mut args = vec!["pkg/element.js".to_owned(), "--format=esm".to_owned(), format!("--outfile={}", file.display())];
    args.extend(["cures", "own-rules", "ways"].map(|name| format!("--external:./pkg/{name}.js")));
    args.extend(parts.iter().map(|path| format!("--external:./pkg/{path}")));
    args.extend(of_languages.iter().map(|name| format!("--external:./pkg/dist/{name}/*")));
    esbuild(root, &args.iter().map(String::as_str).collect::<Vec<_>>(), None)?;
    let types = b"export { ReliefScreener } from \"../element.js\";\n".to_vec();
    write_all(folder, &Files::from([("element.d.ts".into(), types)]))?;
    Ok([read(&file)?, read(&root.join("pkg/define.js"))?].concat())
}

/// The files that `pkg/files.js` asks for by name, as it writes them.
fn parts(root: &Path) -> Result<Vec<String>> {
    let text = utf8(read(&root.join("pkg/files.js"))?)?;
    Ok(text.split("import(\"./").skip(1).filter_map(|rest| rest.split_once('"')).map(|(path, _)| path.to_owned()).collect())
}

/// Takes from the first script what `pkg/parts.js` lists.
fn second(root: &Path) -> Result<Vec<u8>> {
    let listed = utf8(read(&root.join("pkg/parts.js"))?)?;
    let shared: Vec<String> =
        listed.split('"').filter(|text| text.starts_with("./pkg/")).map(|path| format!("--external:{path}")).collect();
    let mut args = vec!["pkg/form-main.js", "--format=cjs"];
    args.extend(shared.iter().map(String::as_str));
    let text = utf8(esbuild(root, &args, None)?)?;
    Ok(format!("relief(require=>{{var module={{}};{}return module.exports}});", text.trim_end()).into_bytes())
}

/// How to reach help where nothing runs: what the demo page says, in ASCII.
fn help(root: &Path) -> Result<String> {
    let page = utf8(read(&root.join("www/index.html"))?)?;
    let inside = page.split_once("<div class=\"fallback\">").and_then(|(_, rest)| rest.split_once("</relief-screener>"));
    let (help, _) = inside.ok_or("www/index.html has no fallback")?;
    let help = help.trim_end().strip_suffix("</div>").ok_or("the fallback of www/index.html has no end")?;
    let entity = |letter: char| if letter.is_ascii() { letter.to_string() } else { format!("&#{};", u32::from(letter)) };
    Ok(help.lines().map(str::trim).collect::<Vec<_>>().join("\n").chars().map(entity).collect())
}
