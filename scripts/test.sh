#!/usr/bin/env bash
# Every test, in the order in which a mistake is cheapest to find. Stops at the first group that fails.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; shift; "$@"; }

# Nothing in the engine may panic, on any machine: the lints of Cargo.toml hold that. What biome.json asks of the JavaScript comes
# first, because it takes a second.
lints() {
  node_modules/.bin/biome check --error-on-warnings
  cargo fmt --all --check
  cargo clippy --workspace --all-features --quiet --locked -- -D warnings
  cargo clippy --package relief-screener --package rules-signature --lib --target wasm32-unknown-unknown --quiet --locked -- -D warnings
}

step "set-up" bash scripts/setup.sh test
step "rules" cargo xtask rules check
step "lints" lints
step "build" cargo xtask build

# The browser waits more than it works: its tests run beside the Rust tests, and say what they found when their turn comes.
browser_log=$(mktemp)
node --test --test-concurrency=1 tests/browser/*.test.js >"$browser_log" 2>&1 &
browser=$!
trap 'kill "$browser" 2>/dev/null || true; rm -f "$browser_log"' EXIT
browser_tests() {
  local status=0
  wait "$browser" || status=$?
  cat "$browser_log"
  return "$status"
}

step "Rust tests" cargo test --workspace --all-features --quiet --locked
step "package, types, licenses" node --test --test-concurrency=1 tests/node/*.test.js
step "browser journeys" browser_tests
printf '\nAll tests passed in %s seconds.\n' "$SECONDS"
