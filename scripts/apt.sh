#!/usr/bin/env bash
# apt-get as these scripts want it: no questions, no recommended extras, and patience with another apt that runs already.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
verb=$1; shift
case $verb in
  install) exec apt-get -qq -o DPkg::Lock::Timeout=900 -o APT::Install-Recommends=false install -y "$@" ;;
  update)
    # DPkg::Lock::Timeout does not cover the lock on the lists.
    for _ in $(seq 60); do
      if out=$(apt-get -qq update 2>&1); then exit 0; fi
      case $out in *'/lists/lock'*) sleep 2 ;; *) break ;; esac
    done
    printf '%s\n' "$out" >&2
    exit 1 ;;
esac
