#!/usr/bin/env bash
# Brings a bare machine with Rust, Node 20 and Debian to the point where the project builds.
#   scripts/setup.sh start      what `npm start` needs
#   scripts/setup.sh test       the same and a browser
#   scripts/setup.sh engines    the same and two more browsers
#   scripts/setup.sh consumers  as for test, and the tools that many build with
#   scripts/setup.sh hosts      the same, more such tools, and what serves pages: WordPress, nginx, Apache, Caddy
# It says what it installs. What is there already is left alone. Without a network it says so in seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }
offline() { stop "no network: $1 cannot be fetched. Connect this machine and run it again; what is here already stays."; }
# Left to themselves the tools wait for minutes where nothing answers. Each is asked something small first.
answers() { timeout 7 "$@" >/dev/null 2>&1; }
# What rustup adds goes beside the compiler, which may belong to somebody else.
add_to_rust() {
  [ -w "$(rustc --print sysroot)/lib/rustlib" ] || stop "this Rust belongs to another user, who can add what is missing: rustup $*"
  answers rustup check || [ $? = 100 ] || offline "what rustup adds ($*)" # 100 says that something newer exists.
  rustup "$@"
}

command -v cargo >/dev/null || stop "Rust is missing. Install it with rustup (https://rustup.rs), then run this again."
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
  || stop "Node 20 or newer is needed, found $(node --version)."

if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
  command -v rustup >/dev/null || stop "this Rust cannot build WebAssembly and there is no rustup to add the target wasm32-unknown-unknown."
  say "adding the Rust target wasm32-unknown-unknown"
  add_to_rust target add wasm32-unknown-unknown
fi

if [ "${1:-start}" != start ]; then
  for tool in clippy fmt; do
    cargo "$tool" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || stop "cargo $tool is missing."
    say "adding the Rust component for cargo $tool"
    add_to_rust component add "${tool/#fmt/rustfmt}"
  done
fi

# npm notes in node_modules what it installed; the note is as new as the lock file or newer.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing the build tools (npm ci)"
  if answers npm view syllable version --fetch-retries=0; then
    npm ci --ignore-scripts
  else # npm may have kept them all from another time.
    npm ci --ignore-scripts --offline >/dev/null 2>&1 || offline "what package-lock.json names"
  fi
  touch node_modules/.package-lock.json
fi

packages=(fetch --locked --target wasm32-unknown-unknown --target "$(rustc --print host-tuple)")
if ! cargo "${packages[@]}" --offline >/dev/null 2>&1; then
  say "fetching the Rust packages (cargo fetch)"
  if ! problem=$(CARGO_NET_RETRY=0 CARGO_HTTP_TIMEOUT=7 cargo "${packages[@]}" 2>&1); then
    [[ $problem =~ [Rr]esolve|[Cc]onnect|[Tt]imeout|timed\ out ]] && offline "what Cargo.lock names"
    cargo "${packages[@]}" # With its own patience, and its own words.
  fi
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

# What it is called, then the packages that bring it.
install() {
  local name=$1
  shift
  command -v apt-get >/dev/null || stop "$name is missing, and there is no apt-get that could install it."
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "$name is missing. Install it as root: apt-get install $*"
  fi
  say "installing $name for the tests (apt-get install $*)"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if [ "${1:-start}" != start ] && [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  [ -z "${CHROMIUM:-}" ] || stop "CHROMIUM is set to $CHROMIUM, which is no program."
  install Chromium chromium
fi
if [ "${1:-start}" = engines ]; then
  [ -x /usr/bin/firefox-esr ] || install Firefox firefox-esr
  [ -x /usr/bin/WebKitWebDriver ] && command -v xvfb-run >/dev/null && command -v xauth >/dev/null ||
    install WebKit webkit2gtk-driver xvfb xauth
fi

# What serves pages. The tests run each with its own files and ports, so none of these has to run on this machine.
if [ "${1:-start}" = hosts ]; then
  missing=()
  for one in wordpress wordpress-theme-twentytwentythree wordpress-theme-twentytwentyone mariadb-server-core mariadb-client-core \
    php-cli php-mysql unzip nginx libnginx-mod-http-brotli-filter apache2-bin caddy; do
    [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$one" 2>/dev/null)" = installed ] || missing+=("$one")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    install "WordPress and web servers" "${missing[@]}"
    for one in nginx caddy apache2; do
      [[ " ${missing[*]} " == *" $one"* ]] && [ -d /run/systemd/system ] && "${as_root[@]}" systemctl disable --quiet --now "$one" || true
    done
  fi
fi

# With a lock of their own, beside the tests that use them. Their install scripts are not run.
others=tests/consumers
install_others() {
  say "installing the tools of others in $others: $1"
  npm ci --prefix "$others" --ignore-scripts "${@:2}" || offline "what $others/package-lock.json names"
  touch "$others/node_modules/.package-lock.json"
}
case "${1:-start}" in
  consumers) [ "$others/node_modules/.package-lock.json" -nt "$others/package-lock.json" ] ||
    install_others "Vite, webpack, esbuild, Parcel, React, publint, attw (260 MB)" --omit=dev ;;
  hosts) [ "$others/node_modules/.package-lock.json" -nt "$others/package-lock.json" ] && [ -d "$others/node_modules/next" ] ||
    install_others "Vite, webpack, esbuild, Parcel, React, publint, attw, Rollup, Vue, Svelte, Next.js (600 MB)" ;;
esac

[ -d target/debug ] || say "building everything for the first time: this takes a few minutes"
