# syntax=docker/dockerfile:1.10
# check=skip=none

ARG NODE=node:22.11
ARG GO="golang:1.23" TAG=1.27
ARG REGISTRY=docker.io

FROM --platform=$BUILDPLATFORM ${NODE} AS Build
RUN <<EOF
FROM nginx:1.25
EOF
COPY --from=build /a /b
COPY --from=busybox:1.37 /bin/busybox /bin/
COPY --from=0 /c /d
COPY --from=tools /e /f

from $GO as go
run --mount=type=cache,target=/root/.cache \
    # a comment in between
    --mount=type=bind,from=alpine:3.20,target=/alpine \
    go build ./...

FROM nginx:${TAG}
FROM ${REGISTRY}/nginx:1.27
FROM build
FROM scratch
FROM redis
# tagpin: ignore
FROM mysql:8
FROM debian:12@sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
ONBUILD COPY --from=acme/assets:3 / /
FROM \
  postgres:16 \
  AS db
