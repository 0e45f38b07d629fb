#!/usr/bin/env bash
# What the hooks of .pre-commit-hooks.yaml run: tagpin of PATH where there is one, else the release that this revision of the hooks knows, kept
# in the user's cache.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(command -v tagpin) || {
  # pre-commit clones the repository of the hooks from the URL that the configuration names: its releases are there, too. In a linked work tree
  # git tells its hooks with GIT_DIR which repository is being committed to, and that is another one.
  url=${TAGPIN_RELEASES:-}
  if [ -z "$url" ]; then
    url=$(env -u GIT_DIR -u GIT_WORK_TREE -u GIT_COMMON_DIR git -C "$here" remote get-url origin)
    url=${url%.git}/releases/download/vVERSION
  fi
  key=$(sha256sum "$here/releases.sha256" | cut -c 1-16)
  directory=${XDG_CACHE_HOME:-$HOME/.cache}/tagpin/$key
  [ -x "$directory/tagpin" ] || "$here/fetch.sh" "${TAGPIN_VERSION:-}" "$directory" "$url"
  program=$directory/tagpin
}
exec "$program" "$@"
