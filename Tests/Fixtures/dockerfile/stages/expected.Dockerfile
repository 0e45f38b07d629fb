# syntax=docker/dockerfile:1.10@sha256:7771e13f06cb2ff46abf0df6c6cb1c8780e316c7338569bec3c8d0bc52e62d8b
# check=skip=none

ARG NODE=node:22.11@sha256:7d8620708acff71da22252dd87ab702f03b7008f42ea19800b8fa64d8c06b3a2
ARG GO="golang:1.23@sha256:802b42e06964d3d8b003dcd86e3f2c2a7272b1a219a89b6272406775963417d7" TAG=1.27
ARG REGISTRY=docker.io

FROM --platform=$BUILDPLATFORM ${NODE} AS Build
RUN <<EOF
FROM nginx:1.25
EOF
COPY --from=build /a /b
COPY --from=busybox:1.37@sha256:b606ab8238fb2ffb1f1bfea94c26a87238623870cb315cf440156192c92ccd19 /bin/busybox /bin/
COPY --from=0 /c /d
COPY --from=tools /e /f

from $GO as go
run --mount=type=cache,target=/root/.cache \
    # a comment in between
    --mount=type=bind,from=alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219,target=/alpine \
    go build ./...

FROM nginx:${TAG}
FROM ${REGISTRY}/nginx:1.27
FROM build
FROM scratch
FROM redis:latest@sha256:043fcd8be71d902d4ddf8560fc91a1ffa781d035adf79f1b3820ffbf75bf65fc
# tagpin: ignore
FROM mysql:8
FROM debian:12@sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
ONBUILD COPY --from=acme/assets:3@sha256:9c5fe1de13c994c7d3854f2e8295e8503e00e0ce80282750654301b18499ff6a / /
FROM \
  postgres:16@sha256:87fb687776069f58fae791d3204c99d7d93fc59c5e9217241dc420719264a667 \
  AS db
