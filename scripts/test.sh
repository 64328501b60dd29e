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
  cargo clippy --package relief-screener --lib --target wasm32-unknown-unknown --quiet --locked -- -D warnings
}

step "set-up" bash scripts/setup.sh test
step "rules" cargo xtask rules check
step "lints" lints
step "Rust tests" cargo test --workspace --all-features --quiet --locked
step "build" cargo xtask build
step "package, types, licenses" node --test --test-concurrency=2 tests/node/*.test.js
step "browser journeys" node --test --test-concurrency=2 tests/browser/*.test.js
printf '\nAll tests passed in %s seconds.\n' "$SECONDS"
