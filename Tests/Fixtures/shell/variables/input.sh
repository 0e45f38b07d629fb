#!/bin/sh
# A variable is an image where the script runs it, and may be one where it is called so. Nothing else may use it: a digest could break that.
IMAGE=alpine:3.20
TOOL='quay.io/acme/tool:1.0'
PINNED_IMAGE="nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111"
if true; then GO=golang:1.23; else GO=golang:1.22; fi
NODE="${NODE:-node:22}"
FIRST=${1:-docker.io/library/redis:7}
readonly RUBY=ruby:3.3
docker run --rm "$IMAGE" true
docker pull $TOOL && docker run "${TOOL}" true
docker run "$GO" version
docker run $NODE -v; docker run "$FIRST"
run() { local perl=perl:5.40; docker run "$perl"; }
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
