#!/usr/bin/env bash
# roots.sh SUITE… unpacks Debian releases into the cache, each with its database servers and clients (see lib.sh). Run as root.
# A root is made under a temporary name and renamed when it is whole: a half-finished one is never taken for a root.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The Debian mirror and proxy that apt uses here; without one, debootstrap has its own default.
mirror() {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 ~ /^(https?|file):/ { print $3; exit }'
}

use_apt_proxy() {
  local proxy=
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  case $proxy in '' | DIRECT) ;; *) export http_proxy=$proxy ;; esac
}

unpack() {
  local suite=$1 root packages temporary
  root=$(suite_root "$suite")
  [ -d "$root" ] && return
  packages=$(suite_packages "$suite")
  temporary=$(mktemp -d "$cache/roots/.$suite.XXXXXX")
  chmod 755 "$temporary"
  # shellcheck disable=SC2046 # no mirror is no argument
  if ! debootstrap --variant=minbase --include="${packages// /,}" "$suite" "$temporary" $(mirror); then
    tail -n 20 "$temporary/debootstrap/debootstrap.log" 2>/dev/null || true
    rm -rf --one-file-system "$temporary"
    return 1
  fi
  rm -rf "$temporary"/var/cache/apt/archives/*.deb "$temporary"/var/cache/apt/*.bin "$temporary"/var/lib/apt/lists/* \
    "$temporary"/usr/share/doc/* "$temporary"/usr/share/man/* "$temporary"/var/lib/postgresql/*/main
  mv "$temporary" "$root"
}

mkdir -p "$cache/roots"
exec 9>"$cache/roots/.lock"
flock 9 # another clone may be unpacking the same
# What an unpacking that was killed has left; nobody else can be at it while the lock is held.
find "$cache/roots" -mindepth 1 -maxdepth 1 -name '.*.??????' -exec rm -rf --one-file-system {} +
use_apt_proxy
jobs=()
for suite; do unpack "$suite" & jobs+=($!); done
failed=0
for job in "${jobs[@]}"; do wait "$job" || failed=1; done
exit "$failed"
