#!/usr/bin/env bash
# Installs the commands that the bench uses beside the JDK, on Debian and Ubuntu: wrk makes the load for the servers, strace counts system calls, perf samples
# which part of a server's time they take, and counts calls at the kernel's tracepoints, which are seen only where tracefs is mounted.
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends wrk strace
# named otherwise on Ubuntu; the bench leaves out what needs it if it is not there
"${as_root[@]}" apt-get install -y -q --no-install-recommends linux-perf || "${as_root[@]}" apt-get install -y -q --no-install-recommends linux-tools-generic \
    || echo "no package with perf was found: what needs it is left out" >&2
# only root may look there
"${as_root[@]}" test -d /sys/kernel/tracing/events || "${as_root[@]}" mount -t tracefs tracefs /sys/kernel/tracing \
    || echo "tracefs cannot be mounted: calls at full speed are not counted" >&2
