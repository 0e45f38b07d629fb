#!/usr/bin/env bash
# The step 'install' of action.yml: makes tagpin available to the steps that follow.
set -euo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source-path=SCRIPTDIR source=workflow-commands.sh
. "$here/workflow-commands.sh"

directory=$RUNNER_TEMP/tagpin/bin
mkdir -p "$directory"

if [ -n "$TAGPIN_BINARY" ]; then
  if [ ! -f "$TAGPIN_BINARY" ] || [ ! -x "$TAGPIN_BINARY" ]; then fail "'binary' names '$TAGPIN_BINARY', and no program is there"; fi
  program=$(realpath -- "$TAGPIN_BINARY")
  ln -sfn "$program" "$directory/tagpin"
else
  url=$TAGPIN_RELEASES
  if [ -z "$url" ]; then
    repository=$TAGPIN_ACTION_REPOSITORY
    # Some runners leave it empty in composite actions; the directory that they unpack actions into has it, too.
    if [ -z "$repository" ]; then
      repository=$(sed -n 's|.*/_actions/\([^/]*/[^/]*\)/.*|\1|p' <<< "$GITHUB_ACTION_PATH/")
    fi
    [ -n "$repository" ] || fail "cannot tell whose releases to take: give 'releases' (their URL) or 'binary'"
    url=$TAGPIN_SERVER/$repository/releases/download/vVERSION
  fi
  message=$("$here/fetch.sh" "$TAGPIN_VERSION" "$directory" "$url" 2>&1) || fail "${message##*error: }"
fi

version=$("$directory/tagpin" --version | head -n 1) || fail "'$(readlink -f "$directory/tagpin")' does not run on this machine"
printf 'tagpin %s\n' "$version"
printf '%s\n' "$directory" >> "$GITHUB_PATH"
