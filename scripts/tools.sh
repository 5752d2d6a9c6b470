# shellcheck shell=bash disable=SC2034,SC2154 # what is set here is used by those who source it, and the other way round
# The Go programs that developing this one takes, pinned, and where they are kept. Sourced after lib.sh.

go_tools=(
  github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
  # Generates the bindings; the same release as the library.
  "github.com/wailsapp/wails/v2/cmd/wails@$(sed -n 's,^.*github.com/wailsapp/wails/v2 \(v[^ ]*\).*,\1,p' "$top/go.mod")"
)

# tool_path TOOL prints where the program of an entry above is kept; TOOL may also be the program's name alone. A linter
# reads no code newer than the Go that built it, so the name carries that too.
tool_path() {
  local tool
  for tool in "${go_tools[@]}"; do
    case $tool in
      "$1" | */"$1"@*) echo "$cache/bin/$(basename "${tool%@*}")-${tool#*@}-$(go env GOVERSION)"; return ;;
    esac
  done
  die "scripts/tools.sh has no $1"
}
