#!/usr/bin/env bash
# Prints `groups=[{"name": "1", "repositories": ["a", "b"]}, …]`: the repositories of this organisation that have the topic $TOPIC, 20 in a group.
# A matrix has at most 256 jobs: that is room for 5,120 repositories.
set -euo pipefail
: "${GITHUB_REPOSITORY_OWNER:?}" "${TOPIC:?}"
gh repo list "$GITHUB_REPOSITORY_OWNER" --topic "$TOPIC" --no-archived --limit 5120 --json name |
  jq -r '[.[].name] | sort
    | [range(0; length; 20) as $start | {name: "\($start / 20 + 1)", repositories: .[$start:$start + 20]}]
    | "groups=\(tojson)"'
