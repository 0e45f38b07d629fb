#!/usr/bin/env bash
# Installs what the tests need and runs all of them. Arguments are passed to `swift test`, such as --filter.
set -euo pipefail
cd "$(dirname "$0")/.."
Tests/install.sh tests
swift build --build-tests
# All at once they would hold thousands of descriptors open, over which Foundation.Process stumbles (it reads past the end of what lists them).
exec swift test --skip-build --experimental-maximum-parallelization-width 16 "$@"
