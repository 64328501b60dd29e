//! `cargo xtask serve [--port N]`: the demo pages on this machine only, for work and for tests.
//!
//! `/` is the folder `www/`, `/pkg/` is the npm package. Nothing is kept by the browser, so a reload
//! always shows the files as they are.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

const PORT: u16 = 8080;
/// Longer request heads than this do not come from a browser that asks for our files.
const HEAD_LIMIT: u64 = 16 * 1024;

pub fn run(args: &[String]) -> Result<(), String> {
    let port = match args {
        [] => PORT,
        [flag, port] if flag == "--port" => port.parse().map_err(|_| format!("`{port}` is not a port number"))?,
        _ => return Err("usage: cargo xtask serve [--port N] (0 takes any free port)".into()),
    };
    let root = crate::build::root()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|e| format!("port {port} cannot be used: {e}\nanother one: npm start -- --port 8081"))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    println!("http://{address}/");
    println!("Press Ctrl+C to stop.");
    for stream in listener.incoming().flatten() {
        let root = root.clone();
        // A visitor who goes away in the middle is no reason to stop.
        thread::spawn(move || answer(&root, stream).unwrap_or_default());
    }
    Ok(())
}

fn answer(root: &Path, mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut head = BufReader::new((&stream).take(HEAD_LIMIT));
    let mut request = String::new();
    head.read_line(&mut request)?;
    // The rest of the head says nothing we need, but a browser wants it read.
    let mut line = String::new();
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }

    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (status, kind, body) = match (method, file_of(root, target)) {
        ("GET" | "HEAD", Some(path)) => match fs::read(&path) {
            Ok(bytes) => ("200 OK", kind_of(&path), bytes),
            Err(_) => ("404 Not Found", TEXT, b"not found\n".to_vec()),
        },
        ("GET" | "HEAD", None) => ("404 Not Found", TEXT, b"not found\n".to_vec()),
        _ => ("405 Method Not Allowed", TEXT, b"only GET and HEAD\n".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-store\r\n\
         x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n",
        body.len(),
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file behind an address. Only plain names are followed, so no address leads out of the two folders.
fn file_of(root: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let plain = |name: &str| {
        let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        !name.is_empty() && !name.starts_with('.') && name.chars().all(safe)
    };
    let folder = path.strip_suffix('/').unwrap_or(path);
    if !folder.is_empty() && !folder.split('/').all(plain) {
        return None;
    }
    let file = if path.starts_with("pkg/") { root.join(path) } else { root.join("www").join(path) };
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

const TEXT: &str = "text/plain; charset=utf-8";

fn kind_of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_two_folders_are_served() {
        let root = Path::new("/project");
        let file = |target| file_of(root, target).map(|path| path.display().to_string());
        assert_eq!(file("/embed.html?x=1").as_deref(), Some("/project/www/embed.html"));
        assert_eq!(file("/pkg/define.js").as_deref(), Some("/project/pkg/define.js"));
        assert_eq!(file("/pkg/dist/lang/es.js").as_deref(), Some("/project/pkg/dist/lang/es.js"));
        for outside in ["/../Cargo.toml", "/pkg/../x", "/%2e%2e/x", "/.git/config", "//etc/passwd", "http://x/", ""] {
            assert_eq!(file(outside), None, "{outside}");
        }
    }
}
