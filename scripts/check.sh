#!/usr/bin/env bash
# check.sh runs every check that needs no database, all of them even when one fails, and says at the end which failed.
# check.sh --format formats instead; check.sh --bindings generates the frontend's bindings. `make` has set up the tools.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools.sh
. "$top/scripts/tools.sh"
cd "$top"

lint=$(tool_path golangci-lint)

# go:embed wants a file in frontend/dist, which a build of the frontend makes and a checkout may lack.
mkdir -p frontend/dist
[ -n "$(ls -A frontend/dist)" ] || : >frontend/dist/.gitkeep

failed=()
check() {
  local what=$1; shift
  printf '%s … ' "$what"
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" = 0 ]; then echo ok; else echo failed; sed 's/^/    /' "$log"; failed+=("$what"); fi
  rm -f "$log"
}

# Prints a diff and fails when there is one.
same_format() {
  local difference
  difference=$("$lint" fmt --diff)
  [ -z "$difference" ] || { printf '%s\n\nmake format writes it so\n' "$difference"; return 1; }
}

# Generating runs the program, which must not touch the developer's own connections.
generate_bindings() {
  local config status=0
  config=$(mktemp -d)
  DBSTRUCT_CONFIG_DIR=$config "$(tool_path wails)" generate module -tags "$desktop_tags" || status=$?
  rm -rf "$config"
  return "$status"
}

# What is generated has to be what is in the work tree: bindings that were edited, or forgotten after a change, fail.
same_bindings() {
  local before
  before=$(mktemp -d)
  cp -a frontend/wailsjs "$before/"
  generate_bindings
  diff -r -u "$before/wailsjs" frontend/wailsjs || { rm -rf "$before"; echo 'frontend/wailsjs was out of date; it is generated anew now'; return 1; }
  rm -rf "$before"
}

case ${1:-} in
  --format)
    "$lint" fmt
    npm --prefix frontend run --silent format
    exit ;;
  --bindings) generate_bindings >/dev/null; exit ;;
esac

check 'Go format' same_format
check 'go vet' go vet -tags "$desktop_tags" ./...
check 'Go linters' "$lint" run ./...
check 'go.mod is tidy' go mod tidy -diff
check 'the command line builds without cgo' env CGO_ENABLED=0 go build -o /dev/null ./backend/cmd/dbstruct
check 'bindings are up to date' same_bindings
check 'frontend types and style' npm --prefix frontend run --silent check
check 'shell scripts' shellcheck -x scripts/*.sh .ci/run

if [ ${#failed[@]} != 0 ]; then
  printf 'failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
