#!/usr/bin/env bash
# action/package.sh ROOT OUTPUT: makes the other forms of a release from its unpacked archive ROOT: a Debian package, a wheel for Python,
# the list of what is linked in (SPDX), and SHA256SUMS over all that OUTPUT holds. release.sh calls it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(realpath "$1")
output=$(realpath "$2")
: "${SOURCE_DATE_EPOCH:?}" "${HOMEPAGE=}"
VERSION=$("$root/tagpin" --version | head -n 1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+[^ ]*' | head -n 1)
MACHINE=$(uname -m)
GLIBC=${GLIBC:-2.36}
export SOURCE_DATE_EPOCH HOMEPAGE VERSION MACHINE GLIBC
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$work/tagpin

# put FILE PLACE: below /usr, readable for all.
put() { install -D -m 644 "$1" "$package/usr/$2"; }

install -D -m 755 "$root/tagpin" "$package/usr/bin/tagpin"
put "$root/completions/tagpin.bash" share/bash-completion/completions/tagpin
put "$root/completions/tagpin.zsh" share/zsh/vendor-completions/_tagpin
put "$root/completions/tagpin.fish" share/fish/vendor_completions.d/tagpin.fish
put "$root/README.md" share/doc/tagpin/README.md
put "$root/DEPENDENCIES" share/doc/tagpin/DEPENDENCIES
for page in "$root"/man/*; do
  put "$page" "share/man/man${page##*.}/${page##*/}"
  gzip --no-name --best "$package/usr/share/man/man${page##*.}/${page##*/}"
done
for licence in "$root"/licenses/*; do printf -- '---- %s\n' "${licence##*/}"; cat "$licence"; done > "$work/copyright"
put "$work/copyright" share/doc/tagpin/copyright

# What the program asks of the system, as the program itself says.
mkdir "$work/debian" "$package/DEBIAN"
printf 'Source: tagpin\n\nPackage: tagpin\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "$package/usr/bin/tagpin" 2> "$work/log" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { cat "$work/log" >&2; echo "tagpin: error: dpkg-shlibdeps does not say what the program needs" >&2; exit 1; }
cat > "$package/DEBIAN/control" <<CONTROL
Package: tagpin
Version: $VERSION
Architecture: $architecture
Maintainer: ${MAINTAINER:-tagpin <tagpin@localhost>}
Installed-Size: $(du --summarize --apparent-size --block-size=1024 "$package/usr" | cut -f 1)
Depends: $depends
Recommends: ca-certificates, git
Section: devel
Priority: optional
${HOMEPAGE:+Homepage: $HOMEPAGE
}Description: pin container images and actions to digests and commits
 It writes the digest of every image tag and the commit of every action into
 the files of a repository, and leaves every other byte alone. It checks that
 all are pinned, and stops a push that would move a tag.
CONTROL
find "$package" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$package" "$output/tagpin_${VERSION}_$architecture.deb" > /dev/null

"$here/package.py" wheel "$root" "$output" > /dev/null
"$here/package.py" sbom "$root" > "$output/$(basename "$root").spdx.json"
(cd "$output" && find . -maxdepth 1 -type f -name 'tagpin*' ! -name '*.sha256' -printf '%f\n' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
