#!/bin/sh
# Starts the program as it is shipped, with a web view that WebKitWebDriver may drive (see automation.c).
top=$(cd "$(dirname "$0")/../../.." && pwd)
date +%s%3N >"$DBSTRUCT_CONFIG_DIR.started"
LD_PRELOAD=$top/build/bin/automation.so exec "$top/build/bin/database-structure-sync" "$@"
