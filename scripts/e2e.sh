#!/usr/bin/env bash
# The tests of the page in a browser and of the shipped window, over the real backend and the servers that
# scripts/servers.sh has started. e2e.sh [ARGUMENT OF playwright test…]
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$top"

npm --prefix frontend run --silent build >/dev/null
go build -tags="$sqlite_tags" -o build/bin/headless ./backend/internal/headless
go build -tags="desktop,production,$desktop_tags" -trimpath -ldflags='-s -w' -o build/bin/database-structure-sync .
# shellcheck disable=SC2046 # a list of words is meant
gcc -shared -fPIC -O1 -Wall -o build/bin/automation.so frontend/e2e/window/automation.c $(pkg-config --cflags --libs webkit2gtk-4.1)
npm --prefix frontend run --silent e2e -- "$@"
