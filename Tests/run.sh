#!/usr/bin/env bash
# Installs what the tests need and runs all of them. Arguments are passed to `swift test`, such as --filter.
set -euo pipefail
cd "$(dirname "$0")/.."
Tests/install.sh tests
swift build --build-tests
exec swift test --skip-build "$@"
