#!/usr/bin/env bash
# Starts the built desktop program on a screen of its own and proves that a person would see something: the window is
# there under its name, the page in it is painted, and it ends when asked. Then starts it without a screen and proves
# that it says so. Leaves a picture in build/screenshots/window.png.
#
#   scripts/smoke-window.sh [PROGRAM]      default: build/bin/database-structure-sync
#
# Needs Xvfb, xdotool and ImageMagick's import and identify. Touches no setting of the person who runs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=${1:-build/bin/database-structure-sync}
title='Database Structure Sync'
picture=build/screenshots/window.png
seconds_to_paint=60
# One flat colour is a window that never painted; text smoothed on a page has hundreds of shades.
least_colours=100

fail() {
  echo "smoke-window: $*" >&2
  if [[ -s ${scratch:-}/program.log ]]; then
    sed 's/^/  program: /' "$scratch/program.log" >&2
  fi
  exit 1
}

for tool in Xvfb xdotool import identify; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[[ -x $program ]] || fail "$program is not built"

scratch=$(mktemp -d)
screen_pid='' window_pid=''
finish() {
  local pid
  for pid in $window_pid $screen_pid; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

unset DISPLAY WAYLAND_DISPLAY
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_CACHE_HOME=$scratch/cache
export XDG_RUNTIME_DIR=$scratch/run
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
# Without these GTK would start a message bus that outlives the test.
export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent NO_AT_BRIDGE=1 GTK_USE_PORTAL=0
export LANG=C.UTF-8 LC_ALL=C.UTF-8

# 1. Without a screen: a sentence that names the command line program, and exit 1.
code=0
"$program" >"$scratch/program.log" 2>&1 || code=$?
[[ $code == 1 ]] || fail "without a display it should exit 1, not $code"
if [[ $(wc -l <"$scratch/program.log") != 1 ]] || ! grep -q 'dbstruct' "$scratch/program.log"; then
  fail 'without a display it should say in one line that dbstruct works there'
fi

# 2. On a screen. Xvfb picks a free display number and tells it.
mkfifo "$scratch/display"
Xvfb -displayfd 3 -screen 0 1280x860x24 -nolisten tcp 3>"$scratch/display" 2>"$scratch/screen.log" &
screen_pid=$!
read -r -t 30 number <"$scratch/display" || fail 'Xvfb did not start'
export DISPLAY=:$number

started=$(date +%s%N)
"$program" >"$scratch/program.log" 2>&1 &
window_pid=$!

elapsed() { echo $((($(date +%s%N) - started) / 1000000)); }

mkdir -p "$(dirname "$picture")"
colours=0
while true; do
  kill -0 "$window_pid" 2>/dev/null || fail 'it ended by itself'
  window=$(xdotool search --onlyvisible --name "^$title\$" 2>/dev/null | head -n 1 || true)
  if [[ -n $window ]] && import -window "$window" "$picture" 2>/dev/null; then
    colours=$(identify -format '%k' "$picture")
    ((colours < least_colours)) || break
  fi
  (($(elapsed) < seconds_to_paint * 1000)) ||
    fail "after $seconds_to_paint s: window ${window:-none}, $colours colours (at least $least_colours wanted)"
  sleep 0.1
done
painted=$(elapsed)

# The first paint may come before the answer from Go; the picture is taken when nothing moves any more.
last=''
for _ in {1..20}; do
  sleep 0.25
  import -window "$window" "$picture"
  now=$(identify -format '%#' "$picture")
  [[ $now != "$last" ]] || break
  last=$now
done

# 3. It ends when asked.
kill -TERM "$window_pid"
for _ in {1..50}; do
  kill -0 "$window_pid" 2>/dev/null || break
  sleep 0.1
done
kill -0 "$window_pid" 2>/dev/null && fail 'it did not end within 5 s of being asked'

echo "smoke-window: \"$title\" painted $colours colours after $painted ms, picture in $picture"
