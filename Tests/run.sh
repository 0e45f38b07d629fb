#!/usr/bin/env bash
# Installs what the tests need and runs all of them. Arguments are passed to `swift test`, such as --filter.
# What failed is said once more at the end, where one looks first.
set -euo pipefail
cd "$(dirname "$0")/.."
Tests/install.sh tests
swift build --build-tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# All at once they would hold thousands of descriptors open, over which Foundation.Process stumbles (it reads past the end of what lists them).
status=0
swift test --skip-build --experimental-maximum-parallelization-width 16 "$@" 2>&1 | tee "$log" || status=$?
if [ "$status" != 0 ]; then
  printf '\nWhat failed:\n'
  grep -E -A 3 '^✘|^error:|Fatal error' "$log" | grep -E '^(✘|error:|↳ [^/])|Fatal error' || echo "no test said so: see above"
fi
exit "$status"
