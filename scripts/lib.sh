# shellcheck shell=bash disable=SC2034,SC2154 # what is set here is used by those who source it, and the other way round
# What every script here shares: where things are, how to speak, how to become root. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# One folder per user and machine, shared by every clone: downloads that take minutes are made once.
cache=${DBSTRUCT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/database-structure-sync}
# Who gets the files that a human reads when a script runs part of itself through sudo.
owner=${DBSTRUCT_OWNER:-$(id -u):$(id -g)}

# Build tags: what SQLite can do in this program, and the WebKit of current distributions for the window.
sqlite_tags=sqlite_fts5,sqlite_math_functions,sqlite_omit_load_extension
desktop_tags=webkit2_41,$sqlite_tags

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }

# as_root CMD… runs CMD as root and keeps the caller's cache folder and ownership.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null || die "this needs root: install sudo, or run as root: $*"
    sudo env DBSTRUCT_CACHE="$cache" DBSTRUCT_OWNER="$owner" DBSTRUCT_DATA="${DBSTRUCT_DATA:-}" "$@"
  fi
}

# quietly WHAT CMD… says WHAT it does and keeps CMD's output to itself unless CMD fails.
quietly() {
  local what=$1 log status=0; shift
  log=$(mktemp)
  say "$what"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" != 0 ]; then
    tail -n 40 "$log" >&2
    say "failed: $what (exit $status; the last lines of its output are above)"
  fi
  rm -f "$log"
  return "$status"
}

# The Debian or Ubuntu release that this machine runs, as its archive calls it; empty elsewhere.
host_suite() { (. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && printf %s "${VERSION_CODENAME:-}") || true; }

# ── the servers: which there are, and where each comes from: a Debian release, or a package of the npm registry ──

all_servers='postgres12 postgres13 postgres14 postgres15 postgres16 postgres17 postgres18 mariadb10.11 mariadb11.8 mysql9.7'

server_suite() {
  case $1 in
    postgres15 | mariadb10.11) echo bookworm ;;
    postgres17 | mariadb11.8) echo trixie ;;
    postgres18 | mysql9.7) echo sid ;;
    postgres12 | postgres13 | postgres14 | postgres16) echo npm ;;
    *) die "there is no server called $1; there are: $all_servers" ;;
  esac
}

suite_packages() {
  case $1 in
    bookworm) echo postgresql-15 mariadb-server-core mariadb-client ;;
    trixie) echo postgresql-17 mariadb-server-core mariadb-client ;;
    sid) echo postgresql-18 mysql-server-core mysql-client-core ;;
  esac
}

# suite_root SUITE: the folder that holds that release: this machine itself when it runs it, else an unpacked copy. What npm
# carries runs on this machine whatever it is. The
# name carries the package list, so that a changed list is unpacked anew.
suite_root() {
  if [ "$1" = npm ] || [ "$1" = "$(host_suite)" ]; then echo /; return; fi
  echo "$cache/roots/$1-$(suite_packages "$1" | cksum | cut -d' ' -f1)"
}

# npm_package NAME: what carries the programs of a server that no Debian release has any more.
npm_package() {
  local machine
  case $(uname -m) in x86_64) machine=x64 ;; aarch64) machine=arm64 ;; *) die "there are no programs of $1 for $(uname -m)" ;; esac
  case $1 in
    postgres12) echo "@embedded-postgres/linux-$machine@12.22.0-beta.15" ;;
    postgres13) echo "@embedded-postgres/linux-$machine@13.23.0-beta.16" ;;
    postgres14) echo "@embedded-postgres/linux-$machine@14.22.0-beta.17" ;;
    postgres16) echo "@embedded-postgres/linux-$machine@16.14.0-beta.17" ;;
  esac
}

# programs_of NAME: the folder with bin, lib and share of such a server; empty for those that a Debian release carries.
programs_of() {
  local package
  package=$(npm_package "$1")
  [ -z "$package" ] || echo "$cache/programs/${package##*/}"
}
