# Arguments that a stage declares again are seen there, and a digest may break what is made of them.
ARG LABELLED=alpine:3.20
ARG ECHOED=debian:12
ARG RUN_WITH=node:22
ARG HIDDEN=python:3.13@sha256:8888db2aa1c138fb68889e0e8194bb6e71a541af39dfff794e5b315131e68442
ARG UNSEEN=golang:1.23@sha256:802b42e06964d3d8b003dcd86e3f2c2a7272b1a219a89b6272406775963417d7
ARG LAST=ruby:3.3@sha256:970378c1197e26cfdccb3b9b9710e16d14688138a729a3b3adcb2cd77b00be0e
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
