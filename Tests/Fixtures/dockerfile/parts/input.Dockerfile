# Names that are made of parts: what they come to is known where all parts have defaults here.
ARG TAG=3.20
ARG REGISTRY=docker.io
ARG NAME=acme/tools
ARG EMPTY=""
ARG VARIANT="-slim"
ARG DIGEST=sha256:1111111111111111111111111111111111111111111111111111111111111111
ARG SHARED=sha256:2222222222222222222222222222222222222222222222222222222222222222
ARG PINNED=1.27@sha256:3333333333333333333333333333333333333333333333333333333333333333
ARG WHOLE=alpine:3@sha256:4444444444444444444444444444444444444444444444444444444444444444
ARG INNER=python:${TAG}
ARG NOTHING

# Known, and not written: what else uses TAG, and whoever gives another registry, would meet the digest.
FROM alpine:${TAG} AS tag
FROM ${REGISTRY}/alpine:3 AS registry
FROM ${REGISTRY:-quay.io}/alpine:3 AS default-of-a-default
FROM ${MIRROR:-docker.io/library}/alpine:3 AS mirror
FROM ${NAME}:${TAG} AS both
FROM python:${TAG}${VARIANT} AS suffix
FROM python:${MAJOR:-3}-slim AS inner
FROM ${MIRROR:-docker.io}/alpine:${VERSION:-3} AS two
FROM ${INNER} AS nested

# Pinned: the default goes with its digest.
FROM alpine:${VERSION:-3.20} AS fallback
FROM "alpine:3.${MINOR:-20}" AS minor
FROM alpine${SUFFIX:-:3.20} AS whole-tag
FROM alpine:${EMPTY:-3.19} AS empty

# Pinned already.
FROM alpine:3.20@${DIGEST} AS by-digest
FROM alpine:3.20@${DIGEST} AS by-the-same
FROM ${REGISTRY}/alpine:3@sha256:5555555555555555555555555555555555555555555555555555555555555555 AS literal-digest
FROM nginx:${PINNED} AS pair
FROM nginx@${DIGEST:-sha256:6666666666666666666666666666666666666666666666666666666666666666} AS other-name
FROM busybox:1@${SHARED} AS shared
FROM redis:7@${SHARED} AS shared-too
FROM ${WHOLE} AS whole
FROM quay.io/${WHOLE} AS whole-elsewhere

# No reference, or nobody knows.
FROM ${NAME}@${EMPTY} AS no-digest
FROM alpine:${NOTHING} AS nothing
FROM alpine:${TAG%.*} AS changed
FROM alpine:${UNKNOWN} AS unknown
FROM ${STAGE:-ta}g AS stage
COPY --from=alpine:${TAG} / /
RUN --mount=from=${NAME}:1 true
