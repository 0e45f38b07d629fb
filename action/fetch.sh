#!/usr/bin/env bash
# fetch.sh VERSION DIRECTORY URL: puts the program of a release into DIRECTORY.
#
# VERSION may be empty: then it is the newest one of releases.sha256. Only what that file has a checksum for is installed: who pins the
# action or the hook pins the program with it. URL is where the release's files are; VERSION in it stands for the version.
set -euo pipefail

version=$1 directory=$2 url=$3
known=$(dirname "${BASH_SOURCE[0]}")/releases.sha256

fail() { printf 'tagpin: error: %s\n' "$*" >&2; exit 2; }

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) system=linux-x86_64 ;;
  Linux-aarch64) system=linux-aarch64 ;;
  *) fail "there are releases for Linux on x86_64 and aarch64 only, and this is $(uname -s) on $(uname -m): build tagpin, and give the action its path ('binary:') or put it into PATH for the hook" ;;
esac

if [ -z "$version" ]; then
  version=$(sed -n "s/^[0-9a-f]\{64\}  tagpin-\(.*\)-$system\.tar\.gz\$/\1/p" "$known" | tail -n 1)
  [ -n "$version" ] || fail "'$known' knows no release for $system: build tagpin, and give the action its path ('binary:') or put it into PATH for the hook"
fi
version=${version#v}
name=tagpin-$version-$system.tar.gz
checksum=$(awk -v name="$name" '$2 == name { print $1 }' "$known")
[ -n "$checksum" ] || fail "'$known' has no checksum for '$name': take a version that it has, or a newer revision of the action"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl --fail --silent --show-error --location --proto '=https,http' --retry 3 --connect-timeout 20 --max-time 300 \
  --output "$work/$name" "${url//VERSION/$version}/$name" || fail "cannot get '${url//VERSION/$version}/$name'"
actual=$(sha256sum "$work/$name" | cut -d ' ' -f 1)
[ "$actual" = "$checksum" ] || fail "'$name' is not the release: its checksum is $actual, and '$known' says $checksum"
tar -xzf "$work/$name" -C "$work"
mkdir -p "$directory"
# Renamed into its place: another job may run the program just now.
install -m 755 "$work/${name%.tar.gz}/tagpin" "$directory/.tagpin.$$"
mv -f "$directory/.tagpin.$$" "$directory/tagpin"
