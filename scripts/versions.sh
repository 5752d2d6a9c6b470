# shellcheck shell=bash disable=SC2034
# The pinned Go tools and where they are kept. Sourced by setup.sh and check.sh.
tools_bin=$cache/bin
go_tools=(
  github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
)
