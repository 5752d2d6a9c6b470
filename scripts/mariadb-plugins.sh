#!/usr/bin/env bash
# mariadb-plugins.sh NAME: prints the folder with the plugins for MariaDB that Debian ships apart from the server's core, ways
# to log in among them; fetches them once per machine. They have to be of the very release that the server is of.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
name=$1
suite=$(server_suite "$name") root=$(suite_root "$(server_suite "$name")")
version=$(dpkg-query --admindir="${root%/}/var/lib/dpkg" -W -f '${Version}' mariadb-server-core)
folder=$cache/plugins/$name-${version//[!A-Za-z0-9.+-]/_}
if [ -d "$folder" ]; then echo "$folder"; exit; fi

mkdir -p "$cache/plugins"
new=$(mktemp -d "$cache/plugins/.new.XXXXXX")
trap 'rm -rf "$new"' EXIT
mkdir -p "$new"/{lists/partial,cache/archives/partial,unpacked}
# An apt of its own, which knows that release alone and nothing of what is installed here.
apt=(apt-get -qq -o Dir::Etc::sourcelist="$new/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$new/lists"
  -o Dir::Cache="$new/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User="$(id -un)")
if [ "$root" = / ]; then
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null >"$new/sources.list" || true
else
  cp "$root/etc/apt/sources.list" "$new/sources.list"
fi
quietly "fetching the plugins of $name from Debian $suite" "${apt[@]}" update
(cd "$new" && quietly 'fetching mariadb-server' "${apt[@]}" download "mariadb-server=$version")
dpkg-deb -x "$new"/mariadb-server_*.deb "$new/unpacked"
chmod -R a+rX "$new/unpacked/usr/lib/mysql/plugin"
mv -T "$new/unpacked/usr/lib/mysql/plugin" "$folder" 2>/dev/null || [ -d "$folder" ]
echo "$folder"
