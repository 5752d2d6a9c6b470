#!/usr/bin/env bash
# Draws every icon the program ships from build/icon.svg. Run it after changing the drawing and commit what it writes.
# Needs rsvg-convert (librsvg2-bin) and icotool (icoutils).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

draw() { # SIZE FILE
  mkdir -p "$(dirname "$2")"
  rsvg-convert --width "$1" --height "$1" --output "$2" icon.svg
}

# The window and `wails build` take this one.
draw 1024 appicon.png

hicolor=linux/icons/hicolor
for size in 16 24 32 48 64 128 256 512; do
  draw "$size" "$hicolor/${size}x${size}/apps/database-structure-sync.png"
done
mkdir -p "$hicolor/scalable/apps"
cp icon.svg "$hicolor/scalable/apps/database-structure-sync.svg"

mkdir -p windows
small=()
for size in 16 24 32 48 64; do
  draw "$size" "$scratch/$size.png"
  small+=("$scratch/$size.png")
done
draw 256 "$scratch/256.png"
icotool --create --output windows/icon.ico "${small[@]}" --raw="$scratch/256.png"
