ARG BASE="nginx:1.25"
ARG REGISTRY=docker.io/library TAG=1.25 \
  TOOLS=ghcr.io/acme/tools:3
ARG PART=python
ARG EMPTY
ARG SAME=$BASE

FROM ${BASE} AS web
FROM "$TOOLS" AS tools
FROM $SAME
FROM ${REGISTRY}/nginx:${TAG}
FROM $PART
FROM ${PART}-slim
FROM ${EMPTY:-alpine:3.20}
FROM $EMPTY
FROM ng\inx:1.25
FROM Nginx
ARG LATE=redis:7
RUN echo ${BASE}-x
