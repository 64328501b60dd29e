//! `cargo xtask build`: from Rust and rules to the folder `pkg/dist/`, one step after the other.
//!
//! 1. cargo compiles the crate to WebAssembly; no path of this machine may stay in it.
//! 2. wasm-bindgen writes the glue between Rust and JavaScript, and the TypeScript types.
//! 3. wasm-opt (npm `binaryen`) makes the module smaller.
//! 4. wasm2js (npm `binaryen`) writes the same module as JavaScript, for browsers that run no WebAssembly.
//! 5. esbuild (npm) folds the glue into one factory.
//! 6. The rules and the languages become JSON, apart from the module.
//! 7. The scripts and the pages of the frames: see `frames.rs`.
//! 8. Everything is weighed. A file over its budget fails the build.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::build_signature::{self, SIGNATURE_BUDGET};
use crate::frames::{self, Frames};
use crate::rules::Language;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

/// The optimizer reads from the module itself which features of WebAssembly it may use. The lowest 1024 bytes are the far
/// end of the stack, which nothing reaches before it overflows. Both passes together make it smaller after brotli than either alone.
/// A function with one caller stays a function: alike pieces of code, kept apart, are what brotli saves on (4 KB here).
pub const WASM_OPT: [&str; 7] =
    ["-Oz", "-O3", "--low-memory-unused", "--one-caller-inline-max-function-size", "0", "--strip-producers", "--strip-target-features"];

/// What wasm2js cannot say is said in other instructions first.
const LOWER: [&str; 7] = [
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size",
    "0",
];
const WASM2JS: [&str; 1] = ["-O"];

/// The oldest JavaScript that is promised to run the widget.
const JS_TARGET: &str = "--target=es2020";

/// Budgets in KB after brotli, level 11. One KB is 1000 bytes here, not 1024.
const KB: usize = 1000;
const LOADER_BUDGET: usize = 5 * KB;
const FIRST_BUDGET: usize = 16 * KB;
const SECOND_BUDGET: usize = 22 * KB;
const ENGINE_BUDGET: usize = 84 * KB;
const RULES_BUDGET: usize = 34 * KB;
const SOURCES_BUDGET: usize = 20 * KB;
const TRANSLATED_BUDGET: usize = 130 * KB;
const WORDS_BUDGET: usize = 6 * KB;
const NEWS_BUDGET: usize = 12 * KB;
const ASKING_BUDGET: usize = 20 * KB;
const MORE_BUDGET: usize = 43 * KB;
/// All that has to come before the start page is drawn, and before Start can be pressed.
const PAGE_BUDGET: usize = 30 * KB;
const START_BUDGET: usize = 185 * KB;
/// The pages that have everything inside.
const FRAME_BUDGET: usize = 290 * KB;
const ONE_FILE_BUDGET: usize = 380 * KB;

pub type Result<T> = std::result::Result<T, String>;

/// The files of `pkg/dist/`, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

pub fn run(args: &[String]) -> Result<()> {
    if let Some(extra) = args.first() {
        return Err(format!("`cargo xtask build` takes no argument, found `{extra}`"));
    }
    let root = root()?;
    let work = root.join("target/dist-parts");
    make_dir(&work)?;
    let mut dist = Files::new();

    let compiled = compile(&root, "relief-screener")?;
    let glue = bind(&compiled, &work, &mut dist)?;
    let wasm = optimize(&root, &work)?;
    let translated = translate(&root, &work)?;
    let glue = fold_glue(&root, &work, &glue)?;
    write_rules(&root, &mut dist)?;
    dist.insert("engine_glue.js".into(), glue.into_bytes());
    dist.insert("engine_glue.d.ts".into(), GLUE_TYPES.into());
    add_module(&mut dist, "wasm", &format!("\"{}\"", text_of(&wasm)), "string");
    add_module(&mut dist, "translated", &translated, "(imports: any) => WebAssembly.Exports");
    dist.insert("engine_bg.wasm".into(), wasm);

    let folder = root.join("pkg/dist");
    let _ = fs::remove_dir_all(&folder); // Nothing of an older build stays behind.
    write_all(&folder, &dist)?;

    let mut signature = Files::new();
    build_signature::add(&root, &work, &mut signature)?;
    write_all(&folder, &signature)?;
    dist.append(&mut signature);
    let frames = frames::build(&root, &folder, &translated)?;

    let licenses = ["LICENSE-MIT", "LICENSE-APACHE"];
    let texts = licenses.map(|name| read(&root.join(name)).map(|text| (name.to_owned(), text)));
    write_all(&root.join("pkg"), &texts.into_iter().collect::<Result<Files>>()?)?;

    say("manifest: notices, bill of materials, hashes, the element's description");
    output(&mut node(&root, "scripts/manifest.mjs"), None)?;

    weigh(&dist, &frames)
}

/// The folder of the project. Canonical, because the compiler is told to forget it.
pub fn root() -> Result<PathBuf> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    fs::canonicalize(path).map_err(|e| format!("{path}: {e}"))
}

/// Step 1. The paths of this machine are replaced, so two machines build the same bytes.
pub fn compile(root: &Path, package: &str) -> Result<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]), None)?;
    let cargo_home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .map_err(|_| "neither CARGO_HOME nor HOME is set")?;
    let flags = [
        // What older phones lack, and wasm2js too. The standard library was compiled with them but uses neither, so the linker is told
        // which features are left.
        "-Ctarget-feature=-reference-types,-multivalue".to_owned(),
        "-Clink-arg=--features=bulk-memory,bulk-memory-opt,mutable-globals,nontrapping-fptoint,sign-ext".to_owned(),
        "-Clink-arg=--no-check-features".to_owned(),
        format!("--remap-path-prefix={}=/relief-screener", root.display()),
        format!("--remap-path-prefix={cargo_home}=/cargo"),
        format!("--remap-path-prefix={}=/rust", utf8(sysroot)?.trim()),
    ];
    say(&format!("cargo: compiling {package} to WebAssembly"));
    let status = Command::new(env!("CARGO"))
        .current_dir(root)
        // Of this kind alone: together with a Rust library no code of other crates is thrown out, 58 KB of it (4.5 KB after brotli).
        .args(["rustc", "--package", package, "--lib", "--crate-type", "cdylib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir", "target", "--locked"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .status()
        .map_err(|e| format!("cargo did not start: {e}"))?;
    if !status.success() {
        return Err(format!("{package} did not compile"));
    }
    Ok(root.join(format!("target/wasm32-unknown-unknown/wasm/{}.wasm", package.replace('-', "_"))))
}

/// Step 2. Leaves `bound.wasm` in the work folder, the types in `dist`, and returns the glue.
fn bind(compiled: &Path, work: &Path, dist: &mut Files) -> Result<String> {
    say("wasm-bindgen: writing the glue");
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    let mut bound = bindgen
        .input_path(compiled)
        .out_name("engine")
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate_output())
        .map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    if bound.snippets().values().any(|list| !list.is_empty()) || !bound.local_modules().is_empty() {
        return Err("wasm-bindgen wants extra JavaScript files: the package carries none".into());
    }
    // After the plain data follow the class, which engine.js wraps, and a way of loading that we do not use.
    let types = bound.ts().and_then(|types| types.split_once("export class Engine"));
    let (types, _) = types.ok_or("wasm-bindgen wrote types in an unknown shape")?;
    let (types, _comment_of_the_class) = types.rsplit_once("/**").unwrap_or((types, ""));
    dist.insert("types.d.ts".into(), format!("{}\n", types.trim_end()).into_bytes());
    let glue = bound.js().to_owned();
    write(&work.join("bound.wasm"), &bound.wasm_mut().emit_wasm())?;
    Ok(glue)
}

/// Step 3. The slowest step, so the same input is not done twice.
fn optimize(root: &Path, work: &Path) -> Result<Vec<u8>> {
    let input = work.join("bound.wasm");
    let key = format!("{} {WASM_OPT:?}", sha256(&read(&input)?));
    let (result, stamp) = (work.join("engine_bg.wasm"), work.join("engine_bg.key"));
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return read(&result);
    }
    say("wasm-opt: making the module smaller");
    let mut command = node(root, "node_modules/binaryen/bin/wasm-opt");
    command.arg(&input).args(WASM_OPT).arg("-o").arg(&result);
    output(&mut command, None)?;
    write(&stamp, key.as_bytes())?;
    read(&result)
}

/// Step 4. One function: it takes the imports of the module and gives its exports.
fn translate(root: &Path, work: &Path) -> Result<String> {
    let input = work.join("bound.wasm");
    let key = format!("{} {LOWER:?} {WASM2JS:?}", sha256(&read(&input)?));
    let (result, stamp) = (work.join("translated.js"), work.join("translated.key"));
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return utf8(read(&result)?);
    }
    say("wasm2js: the same module as JavaScript");
    let (lowered, module) = (work.join("lowered.wasm"), work.join("translated-module.js"));
    output(node(root, "node_modules/binaryen/bin/wasm-opt").arg(&input).args(LOWER).arg("-o").arg(&lowered), None)?;
    output(node(root, "node_modules/binaryen/bin/wasm2js").arg(&lowered).args(WASM2JS).arg("-o").arg(&module), None)?;
    let text = utf8(read(&module)?)?;
    // It is written as a module with one instance; what is wanted is a function that makes one at each call, with a state of its own.
    let body = text.split_once('\n').filter(|(first, _)| first.starts_with("import "));
    let body = body.and_then(|(_, rest)| rest.split_once("var retasmFunc = ")).map(|(body, _)| body);
    // Memory grows by a copy. The old one may hold answers, and nobody else could ever overwrite it.
    let copied = "newHEAP8.set(HEAP8);";
    let body = body.filter(|body| body.matches(copied).count() == 1).ok_or("wasm2js wrote in an unknown shape")?;
    let body = body.replace(copied, &format!("{copied} HEAP8.fill(0);"));
    let entry = format!("export default (imports) => {{\n{body}\nreturn asmFunc(imports);\n}};\n");
    let folded = utf8(esbuild(root, &["--format=esm"], Some(&entry))?)?;
    let (name, function) = folded
        .trim_end()
        .strip_prefix("var ")
        .and_then(|rest| rest.split_once('='))
        .ok_or("esbuild wrote the translated module in an unknown shape")?;
    let end = format!(";export{{{name} as default}};");
    let function = function.strip_suffix(&end).ok_or("esbuild wrote the end of the translated module in an unknown shape")?;
    write(&result, function.as_bytes())?;
    write(&stamp, key.as_bytes())?;
    Ok(function.to_owned())
}

/// Step 5. The glue keeps its state in variables of its module. Folded into a function, each call
/// has its own: one engine that stops cannot take another one with it.
fn fold_glue(root: &Path, work: &Path, glue: &str) -> Result<String> {
    // Our own loading code replaces the glue's, so that no `fetch` stays in what we ship.
    let inner = "\nexport { __wbg_get_imports as imports, __wbg_finalize_init as finish };\n";
    // It asks whether its views of the memory were detached, as WebAssembly does when memory grows. The translated module cannot detach
    // the old memory, so the question is whether a view is of the memory that there is.
    let glue = glue.replace(".byteLength === 0", OTHER_MEMORY);
    let data = "cachedDataViewMemory0.buffer";
    let asked = format!("{data}.detached === true || ({data}.detached === undefined && {data} !== wasm.memory.buffer)");
    let glue = glue.replace(&asked, &format!("{data} !== wasm.memory.buffer"));
    if glue.matches("=== null || cached").count() != glue.matches(OTHER_MEMORY).count() || glue.contains("detached") {
        return Err("wasm-bindgen keeps its views in an unknown way".into());
    }
    write(&work.join("glue.js"), format!("{glue}{inner}").as_bytes())?;
    let entry = "export { imports, finish, Engine } from \"./target/dist-parts/glue.js\";";
    // An engine lives as long as its instance, so there is nothing to finalize.
    let args = ["--format=iife", "--global-name=glue", "--define:FinalizationRegistry=undefined"];
    let folded = esbuild(root, &args, Some(entry))?;
    Ok(format!("export default () => {{\n{}return glue;\n}};\n", utf8(folded)?))
}

/// Of a view that the glue keeps: it has to be made anew.
const OTHER_MEMORY: &str = ".buffer !== wasm.memory.buffer";

/// The types of the folded glue, for the one module that calls it.
const GLUE_TYPES: &str = "\
import type { ErrorCode } from \"../index.js\";
import type { Report } from \"./types.js\";
/** What the engine does not take: code, key, message. */
export type Refusal = [code: ErrorCode, key: string, message: string];
export interface RawEngine {
  readonly version: string;
  /** A space stands behind each. */
  readonly citation_ids: string;
  screen(input: unknown): Report | Refusal;
  screen_slots(asOf: string, slots: Int32Array, today?: string): Report | Refusal;
  /** Its list of cards is empty, and so is the plan that is made of them. */
  step_slots(asOf: string, slots: Int32Array, today?: string): Omit<Report, \"cards\" | \"plan\"> | Refusal;
  finer_slots(asOf: string, slots: Int32Array): string | Refusal;
}
export default function glue(): {
  imports(): WebAssembly.Imports;
  finish(instance: { exports: WebAssembly.Exports }): unknown;
  Engine: {
    open(rules: unknown, whole: boolean, builtIn: number, today: number): RawEngine | Refusal;
    whole(sumAndText: string): boolean;
  };
};
";

/// Every language that there is, in the order of the rules, and how its files come.
const LANGUAGES_TYPE: &str = "Record<string, {
  title: string;
  words(): Promise<{ default: any }>;
  law(): Promise<{ default: any }>;
  more(): Promise<{ default: any }>;
  news(): Promise<{ default: any }>;
}>";

/// Step 6.
fn write_rules(root: &Path, dist: &mut Files) -> Result<()> {
    say("rules: compiling and checking");
    let compiled = crate::rules::compile(root).map_err(|problems| problems.to_string())?;
    // Nobody reads a source before the first answer, so they come by themselves. The checksum is of the whole file.
    let mut rules: serde_json::Value = serde_json::from_str(&compiled.rules_json).map_err(|e| e.to_string())?;
    let none = serde_json::json!({ "titles": [], "urls": [], "kinds": [] });
    let sources = rules.get_mut("citations").map(|all| std::mem::replace(all, none)).ok_or("the rules have no citations")?;
    if let Some(fields) = rules.as_object_mut() {
        fields.remove("checksum");
    }
    add_module(dist, "rules", &rules.to_string(), "any");
    add_module(dist, "sources", &sources.to_string(), "any");
    add_module(dist, "news", &compiled.news_json, "any");
    dist.insert("facts.d.ts".into(), crate::facts::types(&compiled.rules_json)?.into_bytes());
    dist.insert("rules.json".into(), compiled.rules_json.into_bytes());
    let mut list = String::new();
    for Language { lang, title, form, law, more, news } in &compiled.languages {
        add_module(dist, &format!("words/{lang}"), form, "any");
        add_module(dist, &format!("lang/{lang}"), law, "any");
        add_module(dist, &format!("more/{lang}"), more, "any");
        add_module(dist, &format!("news/{lang}"), news, "any");
        let title = serde_json::to_string(title).map_err(|e| e.to_string())?;
        // Written out, because bundlers look for the names of files.
        list += &format!(
            "\n  \"{lang}\": {{ title: {title}, words: () => import(\"./words/{lang}.js\"), law: () => import(\"./lang/{lang}.js\"), more: () => import(\"./more/{lang}.js\"), news: () => import(\"./news/{lang}.js\") }},"
        );
    }
    add_module(dist, "languages", &format!("{{{list}\n}}"), LANGUAGES_TYPE);
    Ok(())
}

/// Step 8.
fn weigh(dist: &Files, frames: &Frames) -> Result<()> {
    let file = |name: &str| dist.get(name).map(Vec::as_slice).ok_or_else(|| format!("{name} was not built"));
    let page = |name: &str| frames.pages.get(name).map(Vec::as_slice).ok_or_else(|| format!("{name} was not built"));
    let mut rows = vec![
        ("loader".to_owned(), frames.loader.as_slice(), LOADER_BUDGET),
        ("first script".to_owned(), frames.first.as_slice(), FIRST_BUDGET),
        ("second script".to_owned(), frames.second.as_slice(), SECOND_BUDGET),
        ("engine_bg.wasm".to_owned(), file("engine_bg.wasm")?, ENGINE_BUDGET),
        ("rules.js".to_owned(), file("rules.js")?, RULES_BUDGET),
        ("sources.js".to_owned(), file("sources.js")?, SOURCES_BUDGET),
        ("signature.js".to_owned(), file("signature.js")?, SIGNATURE_BUDGET),
        ("translated.js".to_owned(), file("translated.js")?, TRANSLATED_BUDGET),
        ("news: view, style".to_owned(), frames.news.as_slice(), NEWS_BUDGET),
        ("news.js".to_owned(), file("news.js")?, NEWS_BUDGET),
    ];
    let folders = [("words/", WORDS_BUDGET), ("news/", NEWS_BUDGET), ("lang/", ASKING_BUDGET), ("more/", MORE_BUDGET)];
    for (folder, budget) in folders {
        let files = dist.iter().filter(|(name, _)| name.starts_with(folder) && !name.ends_with(".d.ts"));
        rows.extend(files.map(|(name, bytes)| (name.clone(), bytes.as_slice(), budget)));
    }
    rows.push(("frame.html".to_owned(), page("frame.html")?, FRAME_BUDGET));
    rows.push(("relief-screener.html".to_owned(), page("relief-screener.html")?, ONE_FILE_BUDGET));

    let mut sizes = BTreeMap::new();
    let mut over = Vec::new();
    println!("\n{:<26}{:>10}{:>10}{:>10}   bytes (1 KB = 1000)", "", "raw", "brotli", "budget");
    for (name, bytes, budget) in rows {
        let size = brotli(bytes)?;
        println!("{name:<26}{:>10}{size:>10}{budget:>10}", bytes.len());
        if size > budget {
            over.push(format!("{name} is {} bytes over its budget", size - budget));
        }
        sizes.insert(name, size);
    }
    // What has to arrive, in order, in one language. The heaviest one counts.
    let size = |name: &str| sizes.get(name).copied().unwrap_or(usize::MAX / 16);
    let heaviest = |folder: &str| sizes.iter().filter(|(name, _)| name.starts_with(folder)).map(|(_, size)| *size).max().unwrap_or(0);
    let page = size("loader") + size("first script") + heaviest("words/");
    let start = page + size("second script") + size("engine_bg.wasm") + size("rules.js") + heaviest("lang/");
    for (what, size, budget) in [("until the start page", page, PAGE_BUDGET), ("until Start", start, START_BUDGET)] {
        println!("{what:<36}{size:>10}{budget:>10}");
        if size > budget {
            over.push(format!("{what}: {} bytes over the budget", size - budget));
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
}

/// How many bytes are left after the strongest compression that browsers read.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let measure = "const { brotliCompressSync } = require('node:zlib');\
        console.log(brotliCompressSync(require('node:fs').readFileSync(0)).length)";
    let size = output(Command::new("node").args(["-e", measure]), Some(bytes))?;
    utf8(size)?.trim().parse().map_err(|e| format!("brotli: {e}"))
}

// ---- small tools --------------------------------------------------------------------------

pub fn say(step: &str) {
    println!("build: {step}");
}

pub fn sha256(bytes: &[u8]) -> String {
    BASE64.encode(Sha256::digest(bytes))
}

/// Bytes as a text in ASCII. A byte is the letter 48 places further on, if that is one that may stand in any JavaScript and any page, or
/// else two letters. A compressor sees the bytes in it, which base64 hides: the module is a fifth smaller on the way.
pub fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        match byte.wrapping_add(0x30) {
            letter @ b'0'..=b'~' if *byte < 0x4f && letter != b'\\' && letter != b'<' => text.push(char::from(letter)),
            _ => {
                text.push(match byte / 64 {
                    0 => '!',
                    1 => '#',
                    2 => '$',
                    _ => '%',
                });
                let letter = 0x3f + byte % 64;
                text.push(if letter == b'\\' { ' ' } else { char::from(letter) });
            }
        }
    }
    text
}

/// A JavaScript file whose one export is a value, and its types. In ASCII: some servers call every script Latin-1, and then
/// an accent in it would be read as two other letters.
pub fn add_module(files: &mut Files, name: &str, value: &str, kind: &str) {
    files.insert(format!("{name}.js"), format!("export default {};\n", ascii(value)).into_bytes());
    let types = format!("declare const value: {kind};\nexport default value;\n");
    files.insert(format!("{name}.d.ts"), types.into_bytes());
}

/// JSON, or a text in quotes, with every other letter written as an escape.
fn ascii(json: &str) -> String {
    let escaped = |letter: char| {
        let mut units = [0; 2];
        letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    };
    json.chars().map(|letter| if letter.is_ascii() { String::from(letter) } else { escaped(letter) }).collect()
}

pub fn node(root: &Path, script: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root).arg(script);
    command
}

pub fn esbuild(root: &Path, args: &[&str], entry: Option<&str>) -> Result<Vec<u8>> {
    let mut command = node(root, "node_modules/esbuild/bin/esbuild");
    // A warning is a mistake here, such as a module that was left out.
    command.stderr(Stdio::piped()).args([
        "--bundle",
        "--minify",
        "--legal-comments=none",
        "--log-level=warning",
        "--loader:.css=text",
        JS_TARGET,
    ]);
    output(command.args(args), entry.map(str::as_bytes))
}

/// Runs a program to its end and returns what it printed. What it complains of goes to the screen, or
/// counts as a failure where the caller has it caught.
pub fn output(command: &mut Command, input: Option<&[u8]>) -> Result<Vec<u8>> {
    let name = format!("{:?}", command.get_program());
    let failed = |e: std::io::Error| format!("{name} did not run: {e}");
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), input) {
        pipe.write_all(bytes).map_err(failed)?;
    }
    let done = child.wait_with_output().map_err(failed)?;
    if !done.status.success() || !done.stderr.is_empty() {
        return Err(format!("{name}: {}\n{}", done.status, String::from_utf8_lossy(&done.stderr)));
    }
    Ok(done.stdout)
}

pub fn utf8(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|e| e.to_string())
}

pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

fn make_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| format!("{}: {e}", path.display()))
}

pub fn write_all(folder: &Path, files: &Files) -> Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            make_dir(parent)?;
        }
        write(&path, bytes)?;
    }
    Ok(())
}
