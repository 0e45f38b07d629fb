# Everything that can name a stage or an image.
FROM --platform=$BUILDPLATFORM golang:1.22-alpine@sha256:c7a9d8023e8008e18dd6bd9c1940b3a7dccb02b660f2e8060f38e3e7d9ce81ff AS Build
RUN --mount=type=cache,target=/root/.cache \
    --mount=type=bind,from=busybox:1.36@sha256:d55432289a2f69dad7e00346d00e8d4df4d0053a44dffb3f8cf463f6e3fb4b04,source=/bin,target=/tools \
    # a comment in between

    go build ./...
RUN <<-EOF cat <<"two"
	FROM not:an-image
	EOF
FROM not:an-image
two

from build as test
RUN go test ./...

FROM alpine:latest@sha256:c9ef5b1f0b442255774ae31a839ff48ce1206a606a97052db8b4a13ae153fb7c
# tagpin: ignore until the next release
FROM debian:bookworm-slim AS base
COPY --from=build --chown=1:1 ["/out/café", "/usr/bin/"]
COPY --from=0 /a /b
COPY --from="ghcr.io/acme/tool:2@sha256:adc8bbb6996da09f0fc80ecbe3a8a6bd616b1f7ef16c171738084b9419d95abe" /tool /tool
COPY --from=assets /a /b
COPY --from=nginx:1.25@sha256:0000000000000000000000000000000000000000000000000000000000000000 /etc/nginx /etc/nginx
ONBUILD COPY --from=node:20@sha256:786b84c56c90c6e4aa645dff8141bff288c86b2eada3106f6f3877e184bd3d57 /usr/bin/node /usr/bin/
FROM scratch
FROM nginx:${TAG}
FROM   redis:7@sha256:a0ed741ac6ba1c5759e6d93b088e5e315e089f8a2a6a17a0c16f6456ff434700	AS   cache  
FROM registry.test:5000/a/b:latest@sha256:9c9054ef77febbbab17cb120c368010e116500721697ca29412e7e782a4a705d