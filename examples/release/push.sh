#!/usr/bin/env bash
# Builds this directory, and pushes it as $IMAGE:$VERSION unless that tag exists. digest.txt then has IMAGE:VERSION@sha256:….
set -euo pipefail
cd "$(dirname "$0")"
: "${IMAGE:?the image without its tag}" "${VERSION:?the tag}"
tagpin guard --digest-file digest.txt "$IMAGE:$VERSION" -- \
  docker buildx build --push --tag "$IMAGE:$VERSION" .
