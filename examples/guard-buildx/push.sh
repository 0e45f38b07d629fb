#!/usr/bin/env bash
# push.sh IMAGE:TAG…: builds this directory and pushes it, unless one of the tags exists already or that cannot be told.
set -euo pipefail

[ $# -gt 0 ] || { printf 'usage: %s IMAGE:TAG...\n' "$0" >&2; exit 64; }
tags=()
for reference; do tags+=(--tag "$reference"); done

cd "$(dirname "$0")"
tagpin guard --digest-file digests.txt "$@" -- docker buildx build --push "${tags[@]}" .
