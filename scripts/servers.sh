#!/usr/bin/env bash
# Real database servers for tests and demonstrations: on loopback, on free ports, with throw-away data under build/servers.
#   servers.sh up [NAME…]             installs and starts what is not there, and leaves it up; without names, all of them
#   servers.sh down [NAME…]           stops them and removes their data
#   servers.sh status                 says which are up
#   servers.sh run [NAME…] -- CMD…    starts them, runs CMD (without standard input), and stops them again whatever
#                                     happens, except those that "up" left up; exits as CMD does
# What is up is told in build/servers/servers.json: name, engine, version, host, port, user, password, and two command
# prefixes, "client" and "dump", that want only a database's name.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=servers-lib.sh
. "$top/scripts/servers-lib.sh"
self=$top/scripts/servers.sh

# ── starting and stopping one; as root, holding the lock ──

# await_server NAME prints the version as soon as the server answers; fails when its process ends, or after three minutes.
await_server() {
  local version
  for _ in $(seq 1800); do
    if version=$(ask_version "$1" 2>/dev/null </dev/null) && [ "$version" ]; then echo "${version%% *}"; return; fi
    [ ! -s "$home/$1/pid" ] || living "$1" >/dev/null || return 1
    sleep 0.1
  done
  return 1
}

launch() { # launch NAME PORT PASSWORD
  local dir=$home/$1
  rm -rf --one-file-system "$dir"
  mkdir "$dir"
  chmod 755 "$dir"
  (umask 077; printf '%s\n' "$3" >"$dir/password"; client_conf "$@" >"$dir/client.conf")
  chown "$owner" "$dir/client.conf"
  setsid "$top/scripts/server.sh" "$(engine_of "$1")" "$(major_of "$1")" "$(root_of "$1")" "$dir" "$2" \
    "$(programs_of "$1")" >"$dir/log" 2>&1 </dev/null 8>&- 9>&- &
}

start_server() {
  local name=$1 dir=$home/$1 port password version
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  for _ in 1 2 3; do
    port=$(free_port)
    launch "$name" "$port" "$password"
    if version=$(await_server "$name"); then
      case $version. in
        "$(major_of "$name")".*)
          (umask 077; describe "$name" "$version" "$port" "$password" >"$dir/server.json.new")
          chown "$owner" "$dir/server.json.new"
          mv "$dir/server.json.new" "$dir/server.json"
          return ;;
      esac
      stop_server "$name"
      say "$name: $(server_suite "$name") now carries version $version: scripts/lib.sh has to name it anew"
      return 1
    fi
    grep -qi 'address already in use' "$dir/log" || break
    stop_server "$name"
  done
  say "$name did not start; the end of its log:"
  tail -n 25 "$dir/log" >&2
  stop_server "$name"
  return 1
}

# stop_server ends it at once, since nobody reads its data again. SIGQUIT makes PostgreSQL take its children and shared
# memory with it; the signal goes to the whole group because what is still being set up is a shell with children.
stop_server() {
  local dir=$home/$1 pid signal=KILL
  if pid=$(living "$1"); then
    [ "$(engine_of "$1")" != postgres ] || signal=QUIT
    kill -"$signal" -- "-$pid" 2>/dev/null || true
    for _ in $(seq 100); do living "$1" >/dev/null || break; sleep 0.05; done
    if living "$1" >/dev/null; then kill -KILL -- "-$pid" 2>/dev/null || true; fi
  fi
  # The last of its children may still be writing for a moment.
  for _ in 1 2 3 4; do
    if rm -rf --one-file-system "$dir" 2>/dev/null; then return; fi
    sleep 0.2
  done
  rm -rf --one-file-system "$dir"
}

# ── all of them ──

start_all() {
  local name job failed=0 began=$SECONDS
  starting=() jobs=()
  for name; do is_up "$name" || starting+=("$name"); done
  [ ${#starting[@]} = 0 ] && return
  trap abandon EXIT
  for name in "${starting[@]}"; do start_server "$name" & jobs+=($!); done
  for job in "${jobs[@]}"; do wait "$job" || failed=1; done
  [ "$failed" = 0 ] || exit 1
  trap - EXIT
  write_list
  say "up after $((SECONDS - began)) s: ${starting[*]}"
}

# abandon undoes a start that was interrupted or of which a part failed.
abandon() {
  kill "${jobs[@]}" 2>/dev/null || true
  wait "${jobs[@]}" 2>/dev/null || true
  stop_all "${starting[@]}"
}

stop_all() {
  local name
  for name; do
    [ ! -e "$home/$name" ] || stop_server "$name" &
  done
  wait
  write_list
}

stop_unkept() {
  local name unkept=()
  exec 8>>"$home/.in-use"
  flock -n 8 || return 0 # another run still needs them; the last one stops them
  for name in $all_servers; do [ -e "$home/$name/kept" ] || unkept+=("$name"); done
  stop_all "${unkept[@]}"
}

keep() { local name; for name; do : >"$home/$name/kept"; done; }

# as_manager VERB… does a verb's part that needs root, one at a time for this clone.
as_manager() {
  mkdir -p "$home"
  chown "$owner" "$home"
  exec 9>"$home/.lock"
  flock 9
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  "$@"
}

# ── verbs ──

status() {
  local name
  for name in $all_servers; do
    if is_up "$name"; then
      sed -nE 's/.*"name": "([^"]*)".*"version": "([^"]*)", "host": "([^"]*)", "port": ([0-9]*).*/\1 \2 \3:\4/p' "$home/$name/server.json" |
        awk '{ printf "%-13s up    %-22s %s\n", $1, $2, $3 }'
    else
      printf '%-13s down\n' "$name"
    fi
  done
}

run() {
  local names=() status=0
  while [ $# != 0 ] && [ "$1" != -- ]; do names+=("$1"); shift; done
  [ $# -gt 1 ] || die 'run wants: run [NAME…] -- CMD…'
  shift
  [ ${#names[@]} != 0 ] || read -ra names <<<"$all_servers"
  check_names "${names[@]}"
  child=
  mkdir -p "$home"
  exec 8>>"$home/.in-use"
  flock -s 8
  trap 'finish' EXIT
  trap 'forward INT 130' INT
  trap 'forward TERM 143' TERM
  trap 'forward HUP 129' HUP
  set_up "${names[@]}"
  as_root "$self" _start "${names[@]}"
  set -m # CMD gets a process group of its own, so that a signal reaches all of it
  DBSTRUCT_SERVERS=$home/servers.json "$@" </dev/null 8>&- &
  child=$!
  set +m
  while :; do # a signal ends the waiting, not the child
    wait "$child" && status=0 || status=$?
    kill -0 "$child" 2>/dev/null || break
  done
  exit "$status"
}

# forward passes a signal on; the second one is no longer a request.
forward() {
  [ "$child" ] || exit "$2"
  kill -"${signalled:-$1}" -- "-$child" 2>/dev/null || true
  signalled=KILL
}

finish() {
  local status=$?
  trap '' INT TERM HUP
  [ ! "$child" ] || kill -KILL -- "-$child" 2>/dev/null || true # what CMD left behind
  exec 8>&-
  as_root "$self" _stop_unkept || status=1
  exit "$status"
}

check_names() { local name; for name; do server_suite "$name" >/dev/null; done; }
set_up() { local IFS=,; "$top/scripts/setup.sh" "servers:$*"; }

verb=${1:-}
[ $# = 0 ] || shift
names=("$@")
[ $# != 0 ] || read -ra names <<<"$all_servers"
case $verb in
  up) check_names "${names[@]}"; set_up "${names[@]}"; as_root "$self" _up "${names[@]}"; status ;;
  down) check_names "${names[@]}"; as_root "$self" _down "${names[@]}" ;;
  status) status ;;
  run) run "$@" ;;
  _start) as_manager start_all "${names[@]}" ;;
  _up) as_manager start_all "${names[@]}"; keep "${names[@]}" ;;
  _down) as_manager stop_all "${names[@]}" ;;
  _stop_unkept) as_manager stop_unkept ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 1 ;;
esac
