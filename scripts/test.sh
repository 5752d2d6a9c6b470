#!/usr/bin/env bash
# The tests that need servers, which scripts/servers.sh has started: Go's, then the page's in a browser.
# test.sh [ARGUMENT OF go test…] [PACKAGE…]; with arguments only Go's.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$top"

go_test=(go test -race -count=1 -timeout=60m "-tags=$desktop_tags")
if [ $# != 0 ]; then
  exec "${go_test[@]}" "$@"
fi
status=0
"${go_test[@]}" ./... || status=$?
scripts/e2e.sh || status=$?
exit "$status"
