#!/usr/bin/env bash
# Every test, in the order in which a mistake is cheapest to find. Stops at the first group that fails.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; shift; "$@"; }

step "set-up" bash scripts/setup.sh test
step "rules" cargo xtask rules check
step "Rust tests" cargo test --workspace --all-features --quiet --locked
step "build" cargo xtask build
step "package, types, licenses" node --test tests/node/*.test.js
step "browser journeys" node --test tests/browser/*.test.js
printf '\nAll tests passed in %s seconds.\n' "$SECONDS"
