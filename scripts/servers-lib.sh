# shellcheck shell=bash disable=SC2034,SC2154 # what is set here is used by those who source it, and the other way round
# What servers.sh knows about one server: its process, its port, its client programs, its entry in servers.json. Sourced.

home=$top/build/servers

engine_of() { printf %s "${1%%[0-9]*}"; }
major_of() { local engine; engine=$(engine_of "$1"); printf %s "${1#"$engine"}"; }
root_of() { suite_root "$(server_suite "$1")"; }

# ── processes ──

# start_time PID: empty for a process that is gone, or dead and waiting for its parent to take note.
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" = Z ] || printf %s "${fields[19]}"
}

# living NAME prints the server's process id. Number and start time together name a process for good, so a stale file
# never costs a stranger its life.
living() {
  local pid since
  read -r pid since 2>/dev/null <"$home/$1/pid" || return 1
  [ "$(start_time "$pid")" = "$since" ] && echo "$pid"
}

is_up() { [ -e "$home/$1/server.json" ] && living "$1" >/dev/null; }

# free_port prints a port that nobody listens on, below the range from which outgoing connections take theirs. Somebody
# may still be quicker; start_server tries again then.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qi "^ *[0-9]*: [0-9A-F]*:$(printf %04X "$port") " || { echo "$port"; return; }
  done
}

# ── client programs ──

# relatives NAME lists the servers whose client programs also serve NAME, newest first.
relatives() {
  case $(engine_of "$1") in
    postgres) echo postgres18 postgres17 postgres15 ;; # the packages of the others have no client programs
    mariadb) echo mariadb11.8 mariadb10.11 ;;
    *) echo "$1" ;;
  esac
}

program_path() { # program_path NAME client|dump
  case $(engine_of "$1")-$2 in
    postgres-client) echo "/usr/lib/postgresql/$(major_of "$1")/bin/psql" ;;
    postgres-dump) echo "/usr/lib/postgresql/$(major_of "$1")/bin/pg_dump" ;;
    mariadb-client) echo /usr/bin/mariadb ;;
    mariadb-dump) echo /usr/bin/mariadb-dump ;;
    mysql-client) echo /usr/bin/mysql ;;
    mysql-dump) echo /usr/bin/mysqldump ;;
  esac
}

# program NAME client|dump prints, one a line, the words that run it. Two servers of different versions can only be
# compared through the same program, no older than either, hence the newest of the family that this machine has. One from
# an unpacked release is run by that release's own loader and libraries: no root needed, and paths mean what they say.
program() {
  local relative root path
  for relative in $(relatives "$1"); do
    root=$(root_of "$relative") path=$(program_path "$relative" "$2")
    [ -x "${root%/}$path" ] || continue
    if [ "$root" != / ]; then
      printf '%s\n' "$(echo "$root"/usr/lib/*-linux-gnu/ld-linux-*.so.*)" --library-path "$(echo "$root"/usr/lib/*-linux-gnu)"
    fi
    echo "${root%/}$path"
    return
  done
  return 1
}

# prefix NAME client|dump prints, one a line, the words to which options and a database's name are added.
prefix() {
  local conf=$home/$1/client.conf
  case $(engine_of "$1")-$2 in
    postgres-*) printf '%s\n' env "PGSERVICEFILE=$conf" PGSERVICE=dbstruct PGCLIENTENCODING=UTF8; program "$1" "$2" ;;
    *) program "$1" "$2"; echo "--defaults-file=$conf" ;;
  esac
  case $(engine_of "$1")-$2 in postgres-client) echo --no-psqlrc ;; esac
}

client_conf() { # client_conf NAME PORT PASSWORD
  case $(engine_of "$1") in
    postgres) printf '[dbstruct]\nhost=127.0.0.1\n' ;;
    mariadb) printf '[client]\nhost=127.0.0.1\ndefault-character-set=utf8mb4\nskip-ssl\n' ;;
    mysql) printf '[client]\nhost=127.0.0.1\ndefault-character-set=utf8mb4\n' ;;
  esac
  printf 'port=%s\nuser=dbstruct\npassword=%s\n' "$2" "$3"
}

# ask_version NAME asks over TCP with the password; fails while the server does not answer.
ask_version() {
  local client
  mapfile -t client < <(prefix "$1" client)
  case $(engine_of "$1") in
    postgres) "${client[@]}" -d postgres -At -c 'SHOW server_version' ;;
    *) "${client[@]}" -N -B -e 'SELECT VERSION()' ;;
  esac
}

# ── servers.json ──

json_string() { local s=${1//\\/\\\\}; printf '"%s"' "${s//\"/\\\"}"; }

json_array() {
  local word separator=
  printf '['
  for word; do printf '%s' "$separator"; json_string "$word"; separator=', '; done
  printf ']'
}

describe() { # describe NAME VERSION PORT PASSWORD
  local client dump
  mapfile -t client < <(prefix "$1" client)
  mapfile -t dump < <(prefix "$1" dump)
  printf '  {"name": "%s", "engine": "%s", "version": "%s", "host": "127.0.0.1", "port": %s,\n' "$1" "$(engine_of "$1")" "$2" "$3"
  printf '   "user": "dbstruct", "password": "%s",\n   "client": %s,\n   "dump": %s}' "$4" "$(json_array "${client[@]}")" "$(json_array "${dump[@]}")"
}

# write_list puts together what is up; there is no list when nothing is.
write_list() {
  local name separator='' new=$home/servers.json.new
  (umask 077; : >"$new")
  for name in $all_servers; do
    is_up "$name" || continue
    { printf '%s\n' "${separator:-[}"; cat "$home/$name/server.json"; } >>"$new"
    separator=,
  done
  if [ "$separator" ]; then
    printf '\n]\n' >>"$new"
    chown "$owner" "$new"
    mv "$new" "$home/servers.json"
  else
    rm -f "$new" "$home/servers.json"
  fi
}
