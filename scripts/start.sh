#!/usr/bin/env bash
# `npm start [-- --port N]`: everything that is needed, a build, and the demo on this machine.
# The port is looked at first: a build of some minutes that ends with "taken" helps nobody.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- --port 8080
node scripts/port.js "$@"
bash scripts/setup.sh start
cargo xtask build
exec cargo xtask serve "$@"
