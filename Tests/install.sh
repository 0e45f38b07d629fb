#!/usr/bin/env bash
# Installs what building (`build`), running the example registry (`registry`), testing (`tests`), making a release (`release`) or trying
# it in stock systems (`systems`) needs, where it is missing.
# apt on Debian and Ubuntu, as root or with sudo; brew on macOS, for building and unit tests. Nothing is asked when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

need_swift() {
  if ! command -v swift >/dev/null; then
    say "install.sh: error: there is no Swift toolchain; install 6.2 or later from https://www.swift.org/install and run this again"
    exit 1
  fi
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  if [ "${version%%.*}" -lt 6 ] || { [ "${version%%.*}" -eq 6 ] && [ "${version#*.}" -lt 2 ]; }; then
    say "install.sh: error: Swift $version is too old; install 6.2 or later from https://www.swift.org/install and run this again"
    exit 1
  fi
}

apt_install() {
  local missing=() package as_root=()
  for package; do
    [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "install.sh: error: install these as root, then run this again: ${missing[*]}"; exit 1; }
    as_root=(sudo)
  fi
  say "installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2
  # A package's service must not start: the tests and the example start their own, on ports of their own.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# The checkers that Debian does not have, in an environment of their own, where the tests look for them.
install_linters() {
  local directory=.build/linters wanted=Tests/linters.txt
  if cmp -s "$wanted" "$directory/linters.txt"; then return 0; fi
  say "installing: $(grep -v '^#' "$wanted" | tr '\n' ' ')"
  rm -rf "$directory"
  python3 -m venv "$directory"
  "$directory/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" >&2
  cp "$wanted" "$directory/linters.txt"
}

brew_install() {
  local missing=() formula
  for formula; do brew list --formula "$formula" >/dev/null 2>&1 || missing+=("$formula"); done
  [ ${#missing[@]} -eq 0 ] || { say "installing: ${missing[*]}"; brew install --quiet "${missing[@]}" >&2; }
}

build_packages=(libgit2-dev libyaml-dev pkg-config git ca-certificates)
registry_packages=(docker-registry curl)
test_packages=(gnupg openssh-client time skopeo tinyproxy squid-openssl nginx apache2-utils libnss-wrapper openssl openssh-server libyaml-dev gcc
  libc6-dev jq python3-venv shellcheck yamllint mandoc chromium)
release_packages=(libkrb5-dev libssl-dev zlib1g-dev binutils dpkg-dev python3)

need_swift
if command -v apt-get >/dev/null; then
  case "${1:-}" in
    build) apt_install "${build_packages[@]}" ;;
    registry) apt_install "${build_packages[@]}" "${registry_packages[@]}" ;;
    tests)
      apt_install "${build_packages[@]}" "${registry_packages[@]}" "${test_packages[@]}"
      install_linters
      ;;
    release) apt_install "${build_packages[@]}" "${release_packages[@]}" ;;
    systems) apt_install "${registry_packages[@]}" git debootstrap python3-venv pipx ;;
    *) say "usage: $0 build|registry|tests|release|systems"; exit 64 ;;
  esac
elif command -v brew >/dev/null; then
  brew_install libgit2 libyaml pkgconf
  [ "${1:-}" = build ] || say "note: on macOS only building and the unit tests are provided for; the registry comes from Debian's packages"
else
  say "install.sh: error: neither apt-get nor brew is here; install libgit2 and libyaml with their headers, and pkg-config, by hand"
  exit 1
fi
