#!/bin/sh
# A variable is an image where the script runs it, and may be one where it is called so. Nothing else may use it: a digest could break that.
IMAGE=alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219
TOOL='quay.io/acme/tool:1.0@sha256:afb41f3ff060f50907790f4503fca8242ecdccb1378b394dcbba9dd4dc51acc3'
PINNED_IMAGE="nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111"
if true; then GO=golang:1.23@sha256:802b42e06964d3d8b003dcd86e3f2c2a7272b1a219a89b6272406775963417d7; else GO=golang:1.22@sha256:0a1573672dbcb1439594d9f51838e33025c07a7aa5cc5a95c5717948bfc7b806; fi
NODE="${NODE:-node:22@sha256:281a10c019b1128790759ddb0165cb537a522a02827ee49f6170c50cb814fc1f}"
FIRST=${1:-docker.io/library/redis:7@sha256:a0ed741ac6ba1c5759e6d93b088e5e315e089f8a2a6a17a0c16f6456ff434700}
readonly RUBY=ruby:3.3@sha256:970378c1197e26cfdccb3b9b9710e16d14688138a729a3b3adcb2cd77b00be0e
docker run --rm "$IMAGE" true
docker pull $TOOL && docker run "${TOOL}" true
docker run "$GO" version
docker run $NODE -v; docker run "$FIRST"
run() { local perl=perl:5.40@sha256:090644ac1b9f9fb6ffcf738665c6425a9eba2503192dc5663db3eacd13dc694d; docker run "$perl"; }
docker run "$RUBY" -v
# The value of IGNORED is kept.
IGNORED=busybox:1 # tagpin: ignore
docker run "$IGNORED"
# Each of these is used in another way, too.
PART=debian:12
docker run "$PART-slim"
docker run "$PART"
SHOWN=debian:13
docker run "$SHOWN" && echo "ran $SHOWN"
BUILT=acme/app:dev
docker build -t "$BUILT" . && docker run "$BUILT"
export GIVEN=postgres:16
docker run "$GIVEN"
ENVIRONMENT=mysql:8 make test
docker run "$ENVIRONMENT"
COMPARED=httpd:2
[ "$COMPARED" = httpd:2 ] && docker run "$COMPARED"
# Nothing here runs these.
BASE_IMAGE=debian:11
OTHER_IMAGE=quay.io/acme/other:2@sha256:2222222222222222222222222222222222222222222222222222222222222222
DIGEST_ALONE_IMAGE=quay.io/acme/other@sha256:2222222222222222222222222222222222222222222222222222222222222222
# None of these is a reference, or says enough of one.
LOGO_IMAGE=logo.png
PLAIN_IMAGE=busybox
SOME_IMAGE=$REGISTRY/web:1
PORT_IMAGE=thumbnails:8080
PLACE_IMAGE=YOUR_REGISTRY/web:1
URL_IMAGE=https://acme.test/web:1
VERSION=acme/tool:1
LIST_IMAGE="a:1 b:2"
