#!/usr/bin/env bash
# Builds tagpin, starts a registry on this machine with a few small images, pins a copy of three of the repositories beside this script
# against it, shows what changed, and stops the registry. With --online the real registries are asked in its place.
set -euo pipefail
cd "$(dirname "$0")/.."

online=false
case "${1:-}" in
  "") ;;
  --online) online=true ;;
  *) printf 'usage: %s [--online]\n' "$0" >&2; exit 64 ;;
esac

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

if $online; then Tests/install.sh build; else Tests/install.sh registry; fi

say "Building the release binary (the first time takes a few minutes)"
swift build -c release --static-swift-stdlib --product tagpin
tagpin=$(swift build -c release --static-swift-stdlib --show-bin-path)/tagpin

work=$(mktemp -d)
registry_process=
finish() {
  [ -z "$registry_process" ] || kill "$registry_process" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

if ! $online; then
  say "Starting docker-registry on a free port of 127.0.0.1"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 20000))
    cat > "$work/registry.yml" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: "$work/storage"}}
http: {addr: "127.0.0.1:$port"}
YAML
    docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
    registry_process=$!
    for _ in $(seq 50); do
      kill -0 "$registry_process" 2>/dev/null || break
      if curl -fs "http://127.0.0.1:$port/v2/" > /dev/null; then break 2; fi
      sleep 0.1
    done
    registry_process=
  done
  [ -n "$registry_process" ] || { printf 'quickstart.sh: error: docker-registry does not start:\n%s\n' "$(cat "$work/registry.log")" >&2; exit 1; }
  registry=http://127.0.0.1:$port

  # put_blob REPOSITORY FILE: uploads a blob and prints its digest.
  put_blob() {
    local digest location
    digest=sha256:$(sha256sum "$2" | cut -d ' ' -f 1)
    location=$(curl -fsS -X POST -D - -o /dev/null "$registry/v2/$1/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    case $location in *\?*) location="$location&digest=$digest" ;; *) location="$location?digest=$digest" ;; esac
    curl -fsS -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$2" "$location"
    printf '%s' "$digest"
  }

  # put_image REPOSITORY TAG: a config, a manifest for one platform, and an index that names it: what most tags are.
  put_image() {
    local config manifest index=application/vnd.oci.image.index.v1+json image=application/vnd.oci.image.manifest.v1+json
    printf '{"os":"linux","architecture":"amd64","config":{"Labels":{"name":"%s:%s"}},"rootfs":{"type":"layers","diff_ids":[]}}' "$1" "$2" > "$work/config"
    config=$(put_blob "$1" "$work/config")
    printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}' \
      "$image" "$config" "$(wc -c < "$work/config")" > "$work/manifest"
    manifest=sha256:$(sha256sum "$work/manifest" | cut -d ' ' -f 1)
    curl -fsS -X PUT -H "Content-Type: $image" --data-binary "@$work/manifest" "$registry/v2/$1/manifests/$manifest"
    printf '{"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d,"platform":{"os":"linux","architecture":"amd64"}}]}' \
      "$index" "$image" "$manifest" "$(wc -c < "$work/manifest")" > "$work/index"
    curl -fsS -X PUT -H "Content-Type: $index" --data-binary "@$work/index" "$registry/v2/$1/manifests/$2"
  }

  for image in node:22.11 nginx:1.27 busybox:1.37 postgres:16.4 golang:1.23 redis:7.4 docker:27 docker:27-dind python:3.13-slim; do
    put_image "hub/library/${image%:*}" "${image#*:}"
  done
  for image in docker/dockerfile:1.10 hadolint/hadolint:2.12.0 golangci/golangci-lint:v1.62 axllent/mailpit:v1.21; do
    put_image "hub/${image%:*}" "${image#*:}"
  done

  # A directory of repositories takes the place of the server that has the actions.
  git init -q "$work/git/actions/checkout"
  git -C "$work/git/actions/checkout" -c user.name=quickstart -c user.email=quickstart@localhost commit -q --allow-empty -m 'An action'
  git -C "$work/git/actions/checkout" tag v4

  cat > "$work/tagpin.yaml" <<YAML
registries:
  - { prefix: docker.io, mirrors: ["$registry/hub"] }
actions: { server: "file://$work/git" }
YAML
  export TAGPIN_CONFIG=$work/tagpin.yaml
fi

mkdir "$work/copy"
for example in github-actions gitlab-ci kubernetes; do cp -R "examples/$example" "$work/copy/"; done

for directory in "$work"/copy/*/; do
  cd "$directory"
  git init -q .
  git add -A
  say "$(basename "$directory"): tagpin pin --diff"
  "$tagpin" pin --diff
  say "$(basename "$directory"): tagpin pin"
  "$tagpin" pin
  say "$(basename "$directory"): tagpin list"
  "$tagpin" list
done
