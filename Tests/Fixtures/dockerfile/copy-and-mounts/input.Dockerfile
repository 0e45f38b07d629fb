# Everything that can name a stage or an image.
FROM --platform=$BUILDPLATFORM golang:1.22-alpine AS Build
RUN --mount=type=cache,target=/root/.cache \
    --mount=type=bind,from=busybox:1.36,source=/bin,target=/tools \
    # a comment in between

    go build ./...
RUN <<-EOF cat <<"two"
	FROM not:an-image
	EOF
FROM not:an-image
two

from build as test
RUN go test ./...

FROM alpine
# tagpin: ignore until the next release
FROM debian:bookworm-slim AS base
COPY --from=build --chown=1:1 ["/out/café", "/usr/bin/"]
COPY --from=0 /a /b
COPY --from="ghcr.io/acme/tool:2" /tool /tool
COPY --from=assets /a /b
COPY --from=nginx:1.25@sha256:0000000000000000000000000000000000000000000000000000000000000000 /etc/nginx /etc/nginx
ONBUILD COPY --from=node:20 /usr/bin/node /usr/bin/
FROM scratch
FROM nginx:${TAG}
FROM   redis:7	AS   cache  
FROM registry.test:5000/a/b