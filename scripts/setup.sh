#!/usr/bin/env bash
# Brings a bare machine with Rust, Node 20 and Debian to the point where the project builds.
#   scripts/setup.sh start    what `npm start` needs
#   scripts/setup.sh test     the same and a browser
# It says what it installs. What is there already is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v cargo >/dev/null || stop "Rust is missing. Install it with rustup (https://rustup.rs), then run this again."
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
  || stop "Node 20 or newer is needed, found $(node --version)."

if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
  command -v rustup >/dev/null || stop "this Rust cannot build WebAssembly and there is no rustup to add the target wasm32-unknown-unknown."
  say "adding the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown
fi

if [ "${1:-start}" = test ]; then
  for tool in clippy fmt; do
    cargo "$tool" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || stop "cargo $tool is missing."
    say "adding the Rust component for cargo $tool"
    rustup component add "${tool/#fmt/rustfmt}"
  done
fi

# npm notes in node_modules what it installed; the note is as new as the lock file or newer.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing the build tools (npm ci)"
  npm ci --ignore-scripts
  touch node_modules/.package-lock.json
fi

if [ "${1:-start}" = test ] && [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  [ -z "${CHROMIUM:-}" ] || stop "CHROMIUM is set to $CHROMIUM, which is no program."
  command -v apt-get >/dev/null || stop "Chromium is missing. Install it and set CHROMIUM to its path."
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "Chromium is missing. Install it as root: apt-get install chromium"
    as_root=(sudo)
  fi
  say "installing Chromium for the browser tests (apt-get install chromium)"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi

[ -d target/debug ] || say "building everything for the first time: this takes a few minutes"
