#!/usr/bin/env bash
# action/test-release.sh ARCHIVE: unpacks a release in stock systems and pins there, and installs the package and the wheel beside it. As root, on Debian or Ubuntu.
#
# The systems are made by debootstrap, from the mirror that this machine's apt is configured with: nothing is in them that a default
# installation lacks. The registry is docker-registry on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

PATH=$PATH:/usr/sbin:/sbin
say() { printf '%s\n' "$*" >&2; }
fail() { say "tagpin: error: $*"; exit 1; }

archive=$(realpath "${1:?usage: $0 ARCHIVE}")
name=$(basename "$archive" .tar.gz)
(cd "$(dirname "$archive")" && sha256sum --quiet --check "$name.tar.gz.sha256") || fail "'$archive' is not what its checksum says"
Tests/install.sh systems
(cd "$(dirname "$archive")" && sha256sum --quiet --check SHA256SUMS) || fail "SHA256SUMS does not fit the files beside it"
package=$(find "$(dirname "$archive")" -maxdepth 1 -name 'tagpin_*.deb')
wheel=$(find "$(dirname "$archive")" -maxdepth 1 -name 'tagpin-*.whl')
if [ ! -f "$package" ] || [ ! -f "$wheel" ]; then fail "there is no package, or no wheel, beside '$archive'"; fi

work=$(mktemp -d)
registry=
index=
finish() {
  [ -z "$registry" ] || kill "$registry" 2> /dev/null || true
  [ -z "$index" ] || kill "$index" 2> /dev/null || true
  rm -rf --one-file-system "$work"
}
trap finish EXIT

# ORIGIN MIRROR of the first source that is no security archive.
# shellcheck disable=SC2016 # what stands in single quotes is apt's to fill in
read -r origin mirror < <(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' |
  awk '$1 == $2 { print $1, $3; exit }')
case $origin in
  Debian) suites=(bookworm trixie) ;;
  Ubuntu) suites=(noble) ;;
  *) fail "apt is configured with neither Debian's nor Ubuntu's archive, so there is nothing to make a system from" ;;
esac
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"

for _ in 1 2 3 4 5 6 7 8 9 10; do
  port=$((20000 + RANDOM % 12000))
  cat > "$work/registry.yml" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {inmemory: {}}
http: {addr: "127.0.0.1:$port"}
YAML
  docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
  registry=$!
  for _ in $(seq 50); do
    kill -0 "$registry" 2> /dev/null || break
    if curl --fail --silent "http://127.0.0.1:$port/v2/" > /dev/null; then break 2; fi
    sleep 0.1
  done
  registry=
done
[ -n "$registry" ] || fail "docker-registry does not start: $(cat "$work/registry.log")"

# One image: a configuration and a manifest that names it.
printf '{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[]}}' > "$work/config"
config=sha256:$(sha256sum "$work/config" | cut -d ' ' -f 1)
url=http://127.0.0.1:$port
location=$(curl -fsS -X POST -D - -o /dev/null "$url/v2/team/app/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
case $location in *\?*) location=$location\& ;; *) location=$location\? ;; esac
curl -fsS -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$work/config" "${location}digest=$config"
type=application/vnd.oci.image.manifest.v1+json
printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}' \
  "$type" "$config" "$(wc -c < "$work/config")" > "$work/manifest"
digest=sha256:$(sha256sum "$work/manifest" | cut -d ' ' -f 1)
curl -fsS -X PUT -H "Content-Type: $type" --data-binary "@$work/manifest" "$url/v2/team/app/manifests/1.0"

for suite in "${suites[@]}"; do
  say "$suite: making a system"
  root=$work/$suite
  SECONDS=0
  http_proxy=$proxy debootstrap "$suite" "$root" "$mirror" > "$work/$suite.log" 2>&1 || fail "debootstrap: $(tail -n 5 "$work/$suite.log")"
  say "$suite: made in $SECONDS s"
  for library in git2 yaml; do
    [ -z "$(find "$root/usr/lib" -name "lib$library*.so*" -o -name "lib$library-[0-9]*")" ] || fail "this $suite has lib$library: it proves nothing"
  done

  tar -xzf "$archive" -C "$root/opt"
  mkdir "$root/repository"
  printf 'services:\r\n  app: {image: "127.0.0.1:%d/team/app:1.0"} # kept\n' "$port" > "$root/repository/compose.yaml"
  printf 'services:\r\n  app: {image: "127.0.0.1:%d/team/app:1.0@%s"} # kept\n' "$port" "$digest" > "$work/expected"
  printf 'untracked: {image: busybox}\n' > "$root/repository/docker-compose.other.yaml"
  git init --quiet "$root/repository"
  git -C "$root/repository" add compose.yaml
  cp "$root/repository/compose.yaml" "$work/original"

  tagpin=/opt/$name/tagpin
  # In a mount namespace of its own, so that nothing stays mounted.
  # shellcheck disable=SC2016 # what stands in single quotes is the other shell's to fill in
  inside() {
    unshare --mount sh -c 'mount --bind /proc "$1/proc" && exec chroot "$1" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root sh -c "cd /repository && $2"' \
      - "$root" "$1"
  }
  inside "$tagpin --version" | grep -qF "$(cut -d - -f 2 <<< "$name")" || fail "$suite: the program does not run"
  if git rev-parse HEAD > /dev/null 2>&1; then
    inside "$tagpin --version" | grep -qE "\($(git rev-parse --short=12 HEAD)(-modified)?, linux $(uname -m)\)" || fail "$suite: --version does not say the commit"
  fi
  if inside "ldd $tagpin" | grep 'not found'; then fail "$suite: a library is missing"; fi
  inside "$tagpin pin" >&2 || fail "$suite: 'tagpin pin' failed"
  cmp "$work/expected" "$root/repository/compose.yaml" || fail "$suite: the wrong bytes were written"
  inside "$tagpin check --quiet" || fail "$suite: 'tagpin check' finds something unpinned"
  inside "$tagpin unpin --quiet" || fail "$suite: 'tagpin unpin' failed"
  cmp "$work/original" "$root/repository/compose.yaml" || fail "$suite: 'unpin' does not give the original back"
  status=0
  chroot "$root" "$tagpin" check > /dev/null 2>&1 || status=$?
  # 2, or at times the end that Swift's runtime itself puts to it; what counts is that 'check' never looks like a success.
  [ "$status" -ne 0 ] || fail "$suite: without /proc, where the program cannot see its arguments, it ends as if nothing were wrong"
  inside "bash -n /opt/$name/completions/tagpin.bash" || fail "$suite: bash does not read the completions"

  # The package: what it says it needs is there, or dpkg refuses it.
  rm -rf "${root:?}/opt/$name"
  cp "$package" "$root/tagpin.deb"
  inside "PATH=/usr/sbin:/usr/bin:/sbin:/bin dpkg --install /tagpin.deb" > "$work/$suite.log" 2>&1 || fail "$suite: dpkg: $(tail -n 5 "$work/$suite.log")"
  inside "tagpin check --quiet" && fail "$suite: the installed 'tagpin check' finds nothing"
  for file in man/man1/tagpin.1.gz man/man1/tagpin-pin.1.gz man/man7/tagpin-configuration.7.gz bash-completion/completions/tagpin doc/tagpin/copyright; do
    [ -s "$root/usr/share/$file" ] || fail "$suite: the package has no /usr/share/$file"
  done
  inside "PATH=/usr/sbin:/usr/bin:/sbin:/bin dpkg --remove tagpin" > /dev/null 2>&1 || fail "$suite: the package cannot be removed"
  rm -rf --one-file-system "$root"
  say "$suite: passed"
done

# The wheel, from an index on this machine, as pip finds it in one.
mkdir -p "$work/index/simple/tagpin"
cp "$wheel" "$work/index/simple/tagpin/"
(cd "$work/index" && exec python3 -u -m http.server --bind 127.0.0.1 0 > "$work/index.log" 2>&1) &
index=$!
for _ in $(seq 50); do
  port=$(sed -n 's/^Serving HTTP on .* port \([0-9]*\).*/\1/p' "$work/index.log")
  [ -z "$port" ] || break
  sleep 0.1
done
[ -n "$port" ] || fail "the index does not start: $(cat "$work/index.log")"
simple=http://127.0.0.1:$port/simple
python3 -m venv "$work/venv"
no_proxy=127.0.0.1 "$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --index-url "$simple" tagpin >&2 ||
  fail "pip does not install the wheel"
"$work/venv/bin/tagpin" --version > /dev/null || fail "what pip installed does not run"
no_proxy=127.0.0.1 PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/pipx/bin pipx run --index-url "$simple" tagpin --version > /dev/null ||
  fail "'pipx run' does not run the wheel"
say "wheel: passed"
