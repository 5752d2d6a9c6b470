#!/usr/bin/env bash
# fuzz.sh TIME runs every Go fuzz test of the project for TIME (such as 30s), one after the other, and goes on after a
# failure, whose input `go test` keeps under testdata/fuzz; exit 1 then.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$top"

# Only packages that mention one are asked for the names: asking compiles the package's tests.
packages=$(grep -rl --include='*_test.go' '^func Fuzz' backend | xargs -r -n1 dirname | sort -u)
failed=()
for package in $packages; do
  for name in $(go test -list '^Fuzz' "./$package" | grep '^Fuzz'); do
    printf '%s %s\n' "$package" "$name"
    go test -run='^$' -fuzz="^$name\$" -fuzztime="$1" "./$package" || failed+=("$package $name")
  done
done
[ ${#failed[@]} = 0 ] || die "failed: $(printf '%s; ' "${failed[@]}")"
