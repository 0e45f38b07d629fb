# Arguments that a stage declares again are seen there, and a digest may break what is made of them.
ARG LABELLED=alpine:3.20
ARG ECHOED=debian:12
ARG RUN_WITH=node:22
ARG HIDDEN=python:3.13
ARG UNSEEN=golang:1.23
ARG LAST=ruby:3.3
ARG PINNED=redis:7@sha256:1111111111111111111111111111111111111111111111111111111111111111
ARG ORIGIN=perl:5
ARG COPY=$ORIGIN
ARG SAID=php:8
ARG TEXT="made from ${SAID}"

FROM $LABELLED AS labelled
ARG LABELLED
LABEL base="$LABELLED"

FROM $ECHOED AS echoed
ARG ECHOED
ENTRYPOINT echo ${ECHOED}

# The commands have it in their environment.
FROM $RUN_WITH AS run-with
ARG RUN_WITH
RUN ./install.sh

# Another argument of that name, and one that no stage declares.
FROM $HIDDEN AS hidden
ARG HIDDEN=none
RUN echo $HIDDEN $UNSEEN
FROM $UNSEEN AS unseen

# Declared again, but behind it the stage has nothing that sees it.
FROM $LAST AS last
COPY --from=$UNSEEN / /
ARG LAST

# A digest that is there already has broken nothing.
FROM $PINNED
ARG PINNED
RUN env

FROM $COPY
ARG COPY
LABEL base=$COPY

FROM $SAID
