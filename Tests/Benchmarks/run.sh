#!/usr/bin/env bash
# Measures tagpin against its yardsticks and prints the figures: run.sh [PATH-TO-TAGPIN [start-up|scan|check|resolve|refs|commit|guard|verify|history]...]
# Without a path the release binary is built first. Nothing is asserted: the machine decides, the ratios tell.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

if [ "${1:-}" = --help ]; then
  sed -n '2,3s/^# //p' "$0"
  exit 0
fi
if [ $# -ge 1 ]; then
  tagpin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
  shift
else
  options=(--package-path "$root" -c release --static-swift-stdlib)
  swift build "${options[@]}" --product tagpin >&2
  tagpin=$(swift build "${options[@]}" --show-bin-path)/tagpin
fi
[ -x "$tagpin" ] || { echo "run.sh: '$tagpin' is not a program" >&2; exit 64; }

scratch=(--package-path "$here" -c release)
if [ -n "${TAGPIN_BENCHMARKS_BUILD:-}" ]; then scratch+=(--scratch-path "$TAGPIN_BENCHMARKS_BUILD"); fi
# Only what the subjects need: the yardstick of refs is tagpin's own code, whose dependencies take minutes.
products=(benchmarks measure)
case " $* " in *"  "* | *" scan "*) products+=(libyaml-parse) ;; esac
case " $* " in *"  "* | *" refs "*) products+=(list-references libgit2-list) ;; esac
for product in "${products[@]}"; do swift build "${scratch[@]}" --product "$product" >&2; done
tools=$(swift build "${scratch[@]}" --show-bin-path)

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir "$directory/home"
env -i PATH="$PATH" HOME="$directory/home" LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 \
  "$tools/benchmarks" "$tagpin" "$tools" "$directory" "$@"
