#   escape = \
# A comment ends the directives.
# syntax=docker/dockerfile:1
ARG A=alpine B="3.20" IMAGE='debian:13-slim@sha256:622be416c8b0176d2e34a21e3787e956195182ffd19d9d2acddf84e3cc13cac2'
	from	--platform=$BUILDPLATFORM	golang:1.25-alpine@sha256:f552475e0425e807ec02836dd095a5395e2ec7dade7d3b41e4a98bf00e9e6575	AS	Build
RUN <<one <<"two" cat
FROM heredoc:1
one
FROM heredoc:2
two
FROM $IMAGE
FROM ${A}:${B}
FROM "debian:12@sha256:2c6047a3e5437e109e09dadb2c4d0b8f0756e1a1a2caa78e31a6dd10ee7fda01"
FROM debi\
an:11
FROM \
  # between
  debian:10@sha256:5f218dfc70e9e9033a76643e5edb66498ca4f6eea99c69c2a10102ccf1092aad \

  AS last
COPY --link --from=BUILD --chown=1:1 /a /a
COPY --from=0 /b /b
COPY --from="nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd" /c /c
COPY --from=LAST /d /d
COPY ["--from=nginx:1.26", "/e", "/e"]
RUN --mount=type=cache,target=/x --mount=from=nginx:1.25@sha256:b07c1fa29c8dc936d6db6891b04d7647d88ecb270969a682be1b6e033134f8b3,target=/y,type=bind true
RUN --mount=type=bind,from=build,target=/z echo "FROM x:1"
ONBUILD COPY --from=nginx:1.24@sha256:d941dbc49c29e533eeb576f9af82a6e1b1b4da082d8464f294c1a1beadb24ccf /f /f
LABEL image="nginx:1.23" FROM=nginx:1.22
from scratch
FROM SCRATCH
FROM debian:9@sha256:93f0a1df3bfe0d75b0a16b688a6f44521a7588c10bd97f34251e081d155afe58   
