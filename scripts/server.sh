#!/usr/bin/env bash
# server.sh ENGINE MAJOR ROOT DIR PORT [PROGRAMS]: becomes one throw-away database server, in the foreground, with new data in
# DIR. PROGRAMS is the folder of the server's programs where they are not where Debian has them.
# ROOT is / or an unpacked Debian release; DIR appears inside as /mnt, in a mount namespace of the server's own, so nothing
# stays mounted and a server that runs as another user needs no way through the folders above DIR. Run as root, by servers.sh
# and own-server.sh. DBSTRUCT_SERVER_OPTIONS has more options of the server; files in DIR/tls are given to it.
set -euo pipefail
engine=$1 major=$2 root=$3 dir=$4 port=$5 programs=${6:-}

if [ "${DBSTRUCT_NAMESPACE:-}" != "$$" ]; then
  # Process and start time stay the same through every exec to come.
  echo "$$ $(sed 's/.*) //' /proc/$$/stat | cut -d' ' -f20)" >"$dir/pid"
  DBSTRUCT_NAMESPACE=$$ exec unshare --mount --propagation private "$0" "$@"
fi

mkdir "$dir"/{run,tmp,data}
chmod 700 "$dir/tmp"
mount --bind "$dir" "${root%/}/mnt"
inside=${root%/}/mnt
# Making a database is making a thousand files: ten times quicker in memory than on most disks. The mount goes when the
# server does.
if [ "${DBSTRUCT_DATA:-}" != disk ] && [ "$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)" -ge $((8 << 20)) ]; then
  mount -t tmpfs -o mode=700,size=70% tmpfs "$inside/data"
fi
if [ "$root" != / ]; then
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
fi
if [ "$programs" ]; then
  mkdir "$inside/programs"
  mount --bind "$programs" "$inside/programs"
fi
cd /

case $engine$programs in postgres) user=postgres ;; *) user=nobody ;; esac
enter=(chroot --userspec="$user" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/mnt TMPDIR=/mnt/tmp)
read -ra more <<<"${DBSTRUCT_SERVER_OPTIONS:-}"
give() { chown "$(awk -F: -v u="$user" '$1 == u { print $3 ":" $4 }' "${root%/}/etc/passwd")" "$@"; }
[ ! -d "$inside/tls" ] || give "$inside"/tls/*

# Data that nobody will miss: nothing waits for the disk. Everything that a reader of structure could notice stays at its default.
case $engine in
  postgres)
    install -m 600 "$dir/password" "$inside/run/password"
    give "$inside"/{run,tmp,data} "$inside/run/password"
    bin=/usr/lib/postgresql/$major/bin
    [ -z "$programs" ] || bin=/mnt/programs/bin
    "${enter[@]}" "$bin/initdb" --no-sync --username=dbstruct --pwfile=/mnt/run/password --auth=scram-sha-256 \
      --encoding=UTF8 --locale=C.UTF-8 --pgdata=/mnt/data
    exec "${enter[@]}" "$bin/postgres" -D /mnt/data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories=/mnt/run \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
      -c max_wal_size=4GB -c checkpoint_timeout=1h -c max_locks_per_transaction=2048 -c max_connections=200 "${more[@]}"
    ;;
  mysql | mariadb)
    password=$(cat "$dir/password")
    # Without name resolution a connection over TCP is never "localhost", so the accounts that the installation made, some
    # without a password, do not get in its way; they get a password or go all the same.
    {
      if [ "$engine" = mariadb ]; then
        echo "DELETE FROM mysql.global_priv WHERE User = '';"
        echo 'FLUSH PRIVILEGES;'
      fi
      echo "ALTER USER root@localhost IDENTIFIED BY '$password';"
      echo "CREATE USER dbstruct@'%' IDENTIFIED BY '$password';"
      echo "GRANT ALL PRIVILEGES ON *.* TO dbstruct@'%' WITH GRANT OPTION;"
    } >"$inside/run/init.sql"
    chmod 600 "$inside/run/init.sql"
    give "$inside"/{run,tmp,data} "$inside/run/init.sql"
    common=(--no-defaults --datadir=/mnt/data --tmpdir=/mnt/tmp)
    # As Debian's own configuration has it, which --no-defaults leaves unread: the program's default is still latin1.
    [ "$major" != 10.11 ] || common+=(--character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci)
    fast=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=nosync)
    if [ "$engine" = mysql ]; then
      "${enter[@]}" mysqld "${common[@]}" "${fast[@]}" --initialize-insecure
      fast+=(--mysqlx=OFF --disable-log-bin --secure-file-priv=NULL)
    else
      "${enter[@]}" mariadb-install-db "${common[@]}" "${fast[@]}" --auth-root-authentication-method=normal --skip-test-db
      fast+=(--sync-frm=0)
    fi
    exec "${enter[@]}" "${engine}d" "${common[@]}" "${fast[@]}" --port="$port" --bind-address=127.0.0.1 \
      --skip-name-resolve --socket=/mnt/run/socket --pid-file=/mnt/run/server.pid --init-file=/mnt/run/init.sql "${more[@]}"
    ;;
esac
