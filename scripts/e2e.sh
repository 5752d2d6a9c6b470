#!/usr/bin/env bash
# The tests of the page in a browser, over the real backend and the servers that scripts/servers.sh has started.
# e2e.sh [ARGUMENT OF playwright test…]
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$top"

go build -o build/bin/headless ./backend/internal/headless
npm --prefix frontend run --silent build >/dev/null
npm --prefix frontend run --silent e2e -- "$@"
