#!/bin/sh
# The default of a variable is the image that stands there.
docker run --rm "${IMAGE:-nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd}" true
docker run --rm ${IMAGE:-nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111} true
docker pull "alpine:${TAG:-3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219}"
docker pull "alpine:${TAG:-3.20@sha256:2222222222222222222222222222222222222222222222222222222222222222}"
podman pull "${REGISTRY:-docker.io}/library/busybox:1"
# May be anything, or is filled in elsewhere.
docker run ${OPTIONS:---rm} alpine:3.20
docker run "${NAME:-web}" true
docker run "${IMAGE}" true
docker run "${IMAGE:=nginx:1.27}" true
docker run "${IMAGE:-"nginx:1.27"}" true
docker run "$(cat image):${TAG:-1}" true
# Built here.
docker build -t "${APP:-acme/app:dev}" .
docker run "${APP:-acme/app:dev}"
