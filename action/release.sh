#!/usr/bin/env bash
# Builds the program of a release and packs it: action/release.sh [DIRECTORY [SWIFT BUILD OPTION…]]
#
# DIRECTORY (.build/release-archive) then holds
#   tagpin-VERSION-SYSTEM.tar.gz            the program, man pages, completions, licences; the same name with .sha256 is the line for action/releases.sha256
#   tagpin_VERSION_ARCHITECTURE.deb         the same as a Debian package
#   tagpin-VERSION-py3-none-….whl           the program as a wheel, for pip and pipx
#   tagpin-VERSION-SYSTEM.spdx.json         what is linked in
#   SHA256SUMS                              of all of these
# Build on Debian 12: the program then runs there and on what is newer, where libgit2 and libyaml are missing. It is built for the machine that
# builds it: a release for arm64 is made on one.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "tagpin: error: $*"; exit 1; }

output=${1:-.build/release-archive}
[ $# -eq 0 ] || shift
# What --version says of where it came from.
if [ -z "${TAGPIN_COMMIT:-}" ] && commit=$(git rev-parse --short=12 HEAD 2> /dev/null); then
  [ -z "$(git status --porcelain --untracked-files=no)" ] || commit+=-modified
  export TAGPIN_COMMIT=$commit
fi
build=(swift build -c release --static-swift-stdlib --product tagpin -Xlinker --as-needed "$@")

# What every stock Debian and Ubuntu has; the rest is linked in. The versions are Debian 12's.
shared_libraries='ld-linux-.*|lib(c|m|stdc\+\+)\.so\.6|libgcc_s\.so\.1|libz\.so\.1|lib(ssl|crypto)\.so\.3|libgssapi_krb5\.so\.2'
newest_versions=(GLIBC_2.36 GLIBCXX_3.4.30 OPENSSL_3.0.0)
archives=(git2 yaml mbedtls mbedx509 mbedcrypto ssh2 http_parser pcre2-8)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

Tests/install.sh release

# link_archives PACKAGE FLAG…: a pkg-config file that says what the system's does and FLAG, with archives in place of shared libraries.
# SwiftPM finds it first, for the package's module maps leave linking to pkg-config.
link_archives() {
  local package=$1 flag flags=()
  shift
  for flag in $(pkg-config --static --libs "$package") "$@"; do
    case " ${archives[*]} " in
      *" ${flag#-l} "*) flags+=("-l:lib${flag#-l}.a") ;;
      *) flags+=("$flag") ;;
    esac
  done
  cat > "$work/$package.pc" <<PC
Name: $package
Description: $package from its archive
Version: $(pkg-config --modversion "$package")
Cflags: $(pkg-config --cflags "$package")
Libs: ${flags[*]}
PC
}

# Debian's file for libgit2 is silent about Kerberos, and about what libssh2 wants.
link_archives libgit2 -lssl -lcrypto -lgssapi_krb5
link_archives yaml-0.1
export PKG_CONFIG_PATH=$work

"${build[@]}" >&2
products=$("${build[@]}" --show-bin-path)
checkouts=${products%/*/*}/checkouts

version=$("$products/tagpin" --version | head -n 1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+[^ ]*' | head -n 1)
name=tagpin-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
root=$work/$name
mkdir -p "$root/completions" "$root/licenses"
install -m 755 "$products/tagpin" "$root/tagpin"
strip --strip-all "$root/tagpin"

# What the program asks of the machine it runs on.
while read -r library; do
  [[ $library =~ ^($shared_libraries)$ ]] || fail "the program needs '$library', which a stock machine need not have: link its archive"
done < <(readelf --dynamic --wide "$root/tagpin" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
readelf --version-info --wide "$root/tagpin" | grep -oE '\b[A-Z]+_[0-9][0-9.]*\b' | sort -u > "$work/versions"
for newest in "${newest_versions[@]}"; do
  found=$(grep "^${newest%_*}_" "$work/versions" | sort --version-sort | tail -n 1)
  [ "$(printf '%s\n' "$found" "$newest" | sort --version-sort | tail -n 1)" = "$newest" ] ||
    fail "the program needs $found, and Debian 12 has no more than $newest: build it on Debian 12"
done

for shell in bash zsh fish; do "$root/tagpin" --generate-completion-script "$shell" > "$root/completions/tagpin.$shell"; done
# The same files make the same archive.
date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || date +%s)}
export SOURCE_DATE_EPOCH=$date
mkdir "$root/man"
for page in tagpin $(basename --suffix .md -a Sources/Manual/Pages/*.md); do
  "$root/tagpin" help --man "$page" > "$work/page"
  [ "$page" = tagpin ] || page=tagpin-$page
  mv "$work/page" "$root/man/$page.$(awk '{ print $3; exit }' "$work/page")"
done

# Whose release this is, git knows: where users copy a line, it names the repository.
# A login in its URL is nobody's business.
HOMEPAGE=$({ git remote get-url origin 2> /dev/null || true; } |
  sed -nE 's#^(https://|ssh://|)([^@/]*@)?([^/:@]+\.[^/:@]+)(:[0-9]+)?[/:]([^@]+)$#https://\3/\5#p' | sed 's/\.git$//')
export HOMEPAGE
if [ -n "$HOMEPAGE" ]; then
  repository=$(cut -d / -f 4- <<< "$HOMEPAGE")
  sed -e "s#OWNER/tagpin#$repository#g" -e "s#https://github.com/$repository#$HOMEPAGE#g" README.md > "$root/README.md"
else
  say "note: git has no remote 'origin' on a server: 'OWNER' stays in the README of the archive"
  cp README.md "$root/"
fi
cp Package.resolved "$root/"

# What is linked in: the packages that SwiftPM resolved, and the system's archives. The licences of each ask to come along.
{
  printf 'swift %s\n' "$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([^ ]*\).*/\1/p')"
  awk -F '"' '
    $2 == "identity" { identity = $4 } $2 == "location" { location = $4 } $2 == "revision" { revision = $4 }
    $2 == "version" && identity { print identity, $4, location, revision; identity = "" }' Package.resolved
  for archive in "${archives[@]}"; do
    package=$(dpkg-query --search "*/lib$archive.a" | sed 's/[:,].*//')
    printf '%s %s lib%s.a\n' "$package" "$(dpkg-query --show --showformat '${Version}' "$package")" "$archive"
    cp "/usr/share/doc/$package/copyright" "$root/licenses/$package"
  done
} > "$root/DEPENDENCIES"
for directory in "$checkouts"/*/; do
  grep -q "^$(basename "$directory") " "$root/DEPENDENCIES" || continue
  cat "$directory"{LICENSE,NOTICE}* > "$root/licenses/$(basename "$directory")" 2> /dev/null || true
done

mkdir -p "$output"
tar --directory "$work" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mode=u+w,go=rX --mtime="@$date" --create "$name" |
  gzip --no-name --best > "$output/$name.tar.gz"
(cd "$output" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
action/package.sh "$root" "$output"
[ "$(uname -m)" = x86_64 ] || exit 0
say "note: this is for x86_64; for arm64 run it on an arm64 machine"
