#!/usr/bin/env bash
# Installs the two commands that the bench uses beside the JDK, on Debian and Ubuntu: wrk makes the load for the servers, strace counts system calls.
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends wrk strace
