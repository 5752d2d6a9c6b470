#!/usr/bin/env bash
# own-server.sh NAME DIR PORT [OPTION…]: runs a server of a kind that servers.sh knows for one test alone, with new data in DIR
# and with more options, until its standard input ends, however the test ends. DIR has the file "password" for the user
# dbstruct, and may have a folder "tls" with files that the server finds in /mnt/tls. The caller removes DIR.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=servers-lib.sh
. "$top/scripts/servers-lib.sh"

if [ "${1:-}" != _root ]; then
  server_suite "$1" >/dev/null
  as_root "$top/scripts/own-server.sh" _root "$@"
  exit
fi
shift
name=$1 dir=$2 port=$3
shift 3
root=$(root_of "$name")
[ -d "$root" ] || die "$name is not installed: run scripts/setup.sh servers:$name"

# What Debian ships apart from the server appears in /mnt/programs.
programs=$(programs_of "$name")
case $name in mariadb11.8) programs=$("$top/scripts/mariadb-plugins.sh" "$name") ;; esac

setsid env DBSTRUCT_SERVER_OPTIONS="$*" "$top/scripts/server.sh" "$(engine_of "$name")" "$(major_of "$name")" "$root" "$dir" "$port" \
  "$programs" >"$dir/log" 2>&1 </dev/null &
server=$!
# SIGQUIT makes PostgreSQL take its children with it; whatever is left of the group goes right after.
end() {
  case $(engine_of "$name") in postgres) kill -QUIT -- "-$server" 2>/dev/null || true ;; esac
  for _ in 1 2 3 4 5; do kill -0 -- "-$server" 2>/dev/null || break; sleep 0.05; done
  kill -KILL -- "-$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  # What the server's user made may not be the caller's to remove.
  rm -rf --one-file-system "${dir:?}"/{data,run,tmp} 2>/dev/null || true
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cat >/dev/null
