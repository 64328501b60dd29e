//! `cargo xtask rules keys` and `rules sign`: who answers for a file of rules.
//!
//! A website that brings rules of its own can name a key in its page; then only rules that this key signed are used there. Refused: a
//! secret key inside the project, which is public, or where one is already; signing a file that is not as the rules build wrote it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use relief_screener::author::{is_whole, sealed_text};
use relief_screener::pack::FORMAT;
use rules_signature::{Verdict, judge};
use serde_json::Value as Json;
use std::fs;
use std::io::Write;
use std::path::Path;

const SECRET: &str = "ed25519-secret:";
const PUBLIC: &str = "ed25519:";

/// Makes a pair of keys in a folder outside the project.
pub fn keys(root: &Path, folder: &str) -> Result<(), String> {
    let at = |error: std::io::Error| format!("{folder}: {error}");
    let root = fs::canonicalize(root).map_err(at)?;
    let inside =
        |path: &Path| path.starts_with(&root).then(|| format!("{folder}: lies in the project, which is public: name another folder"));
    let path = std::path::absolute(folder).map_err(at)?;
    inside(&path).map_or(Ok(()), Err)?;
    fs::create_dir_all(&path).map_err(at)?;
    // A link can lead there too.
    inside(&fs::canonicalize(&path).map_err(at)?).map_or(Ok(()), Err)?;
    let (secret_file, public_file) = (path.join("rules-secret.key"), path.join("rules-public.key"));
    if secret_file.exists() || public_file.exists() {
        return Err(format!(
            "{folder}: there are keys in it already, and one that is written over does not come back: name another folder"
        ));
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| format!("the system gave no random numbers: {error}"))?;
    let public = line(&SigningKey::from_bytes(&seed));
    new_file(&secret_file, 0o600, &format!("{SECRET}{}\n", BASE64.encode(seed)))?;
    new_file(&public_file, 0o644, &format!("{public}\n"))?;
    println!("the secret key: {}", secret_file.display());
    println!("    Keep it out of the repository and off the website: whoever has it can sign rules in your name.");
    println!("    Keep a copy in a safe place: without it no new rules can be signed for the pages that name this key.");
    println!("the public key, for the pages that use your rules:\n{public}");
    Ok(())
}

/// Writes the signature of a key into a compiled file of rules.
pub fn sign(file: &str, secret: &str, out: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let mut rules: Json = serde_json::from_str(&text).map_err(|error| format!("{file}: is no JSON ({error}): {BUILD}"))?;
    if rules.get("format").and_then(Json::as_u64) != Some(u64::from(FORMAT)) {
        return Err(format!("{file}: format: is not {FORMAT}, that of this engine: {BUILD}"));
    }
    if !is_whole(&rules) {
        return Err(format!("{file}: checksum: missing, or not that of the rest: {BUILD}"));
    }
    let key = read(secret)?;
    let message = sealed_text(&rules).unwrap_or_default();
    let signature = key.sign(message.as_bytes()).to_bytes();
    // What a page would say of it, before anything is written.
    if judge(key.verifying_key().as_bytes(), &signature, message.as_bytes()) != Verdict::Signed {
        return Err(format!("{secret}: this key signs nothing: make another one with `cargo xtask rules keys FOLDER`"));
    }
    if let Some(rules) = rules.as_object_mut() {
        rules.insert("signature".into(), BASE64.encode(signature).into());
    }
    fs::write(out, rules.to_string()).map_err(|error| format!("{out}: {error}"))?;
    println!("{out}: signed by {}", line(&key));
    Ok(())
}

const BUILD: &str = "take the rules.json that `cargo xtask build` wrote";

/// The public key of a pair, as pages name it.
fn line(key: &SigningKey) -> String {
    format!("{PUBLIC}{}", BASE64.encode(key.verifying_key().as_bytes()))
}

fn read(file: &str) -> Result<SigningKey, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let bytes = text.trim().strip_prefix(SECRET).and_then(|key| BASE64.decode(key).ok());
    let seed = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    // Of the file nothing is repeated: it may hold half a key.
    let seed =
        seed.ok_or_else(|| format!("{file}: is no secret key: name the file rules-secret.key that `cargo xtask rules keys` made"))?;
    Ok(SigningKey::from_bytes(&seed))
}

/// Never in the place of another file, and from the first moment readable for its owner alone, where that is said.
fn new_file(path: &Path, mode: u32, text: &str) -> Result<(), String> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
