# renovate: datasource=docker depName=alpine
ARG ALPINE_VERSION=3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111
# renovate: datasource=docker depName=nginx versioning=docker
ARG NGINX_VERSION="1.27@sha256:2222222222222222222222222222222222222222222222222222222222222222"
# renovate: datasource=docker depName=redis
ARG REDIS_VERSION=7.2
FROM alpine:${ALPINE_VERSION} AS base
# renovate: datasource=docker depName=busybox
FROM busybox:1.36
# renovate: datasource=docker depName=ghcr.io/acme/tools
ENV TOOLS_VERSION 1.2.3@sha256:3333333333333333333333333333333333333333333333333333333333333333
# renovate: datasource=docker depName=ghcr.io/acme/tools
ENV OTHER_VERSION=1.2.3
RUN curl -O https://example.test/${OTHER_VERSION}
