DOCKER ?= docker
RUN := docker run --rm -v $(CURDIR):/src golang:1.23 # tools
VERSION := $(shell docker run --rm alpine/git:2.45 describe)
IMAGE = nginx:1.27

# tagpin: ignore
OLD = docker run old:1

.PHONY: test
test: lint
	@docker run --rm -u $$(id -u):$$(id -g) $(FLAGS) node:22 npm test
	-docker pull redis:7
	@-docker run --rm -e A=$$A -w /src \
		python:3.13 \
		pytest
	docker run $(IMAGE)
	docker run $$IMAGE
	docker run --rm ghcr.io/acme/app:$(VERSION)
	@echo "docker run nginx:1.27"
	# docker run nginx:1.27
	if true; then docker pull busybox:1.37; fi
	docker run -e X=$@ -e Y=$< postgres:16@sha256:1111111111111111111111111111111111111111111111111111111111111111

docker run nginx:1.27
  docker run nginx:1.27

define lint
@docker run --rm hadolint/hadolint:v2.12.0 < Dockerfile
endef
