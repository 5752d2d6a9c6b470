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

# ── the servers: which there are, and from which Debian release each comes ──

all_servers='postgres15 postgres17 postgres18 mariadb10.11 mariadb11.8 mysql9.7'

server_suite() {
  case $1 in
    postgres15 | mariadb10.11) echo bookworm ;;
    postgres17 | mariadb11.8) echo trixie ;;
    postgres18 | mysql9.7) echo sid ;;
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

# suite_root SUITE: the folder that holds that release: this machine itself when it runs it, else an unpacked copy. The
# name carries the package list, so that a changed list is unpacked anew.
suite_root() {
  if [ "$1" = "$(host_suite)" ]; then echo /; return; fi
  echo "$cache/roots/$1-$(suite_packages "$1" | cksum | cut -d' ' -f1)"
}
