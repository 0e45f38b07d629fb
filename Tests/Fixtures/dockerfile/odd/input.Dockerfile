#   escape = \
# A comment ends the directives.
# syntax=docker/dockerfile:1
ARG A=alpine B="3.20" IMAGE='debian:13-slim'
	from	--platform=$BUILDPLATFORM	golang:1.25-alpine	AS	Build
RUN <<one <<"two" cat
FROM heredoc:1
one
FROM heredoc:2
two
FROM $IMAGE
FROM ${A}:${B}
FROM "debian:12"
FROM debi\
an:11
FROM \
  # between
  debian:10 \

  AS last
COPY --link --from=BUILD --chown=1:1 /a /a
COPY --from=0 /b /b
COPY --from="nginx:1.27" /c /c
COPY --from=LAST /d /d
COPY ["--from=nginx:1.26", "/e", "/e"]
RUN --mount=type=cache,target=/x --mount=from=nginx:1.25,target=/y,type=bind true
RUN --mount=type=bind,from=build,target=/z echo "FROM x:1"
ONBUILD COPY --from=nginx:1.24 /f /f
LABEL image="nginx:1.23" FROM=nginx:1.22
from scratch
FROM SCRATCH
FROM debian:9   
