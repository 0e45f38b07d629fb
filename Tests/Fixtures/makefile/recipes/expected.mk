DOCKER ?= docker
RUN := docker run --rm -v $(CURDIR):/src golang:1.23@sha256:802b42e06964d3d8b003dcd86e3f2c2a7272b1a219a89b6272406775963417d7 # tools
VERSION := $(shell docker run --rm alpine/git:2.45@sha256:392899c292b22e0eb0a973c4dc807fb0b7184e56198ba549099eba21c91569b1 describe)
IMAGE = nginx:1.27

# tagpin: ignore
OLD = docker run old:1

.PHONY: test
test: lint
	@docker run --rm -u $$(id -u):$$(id -g) $(FLAGS) node:22 npm test
	-docker pull redis:7@sha256:a0ed741ac6ba1c5759e6d93b088e5e315e089f8a2a6a17a0c16f6456ff434700
	@-docker run --rm -e A=$$A -w /src \
		python:3.13@sha256:8888db2aa1c138fb68889e0e8194bb6e71a541af39dfff794e5b315131e68442 \
		pytest
	docker run $(IMAGE)
	docker run $$IMAGE
	docker run --rm ghcr.io/acme/app:$(VERSION)
	@echo "docker run nginx:1.27"
	# docker run nginx:1.27
	if true; then docker pull busybox:1.37@sha256:b606ab8238fb2ffb1f1bfea94c26a87238623870cb315cf440156192c92ccd19; fi
	docker run -e X=$@ -e Y=$< postgres:16@sha256:1111111111111111111111111111111111111111111111111111111111111111

docker run nginx:1.27
  docker run nginx:1.27

define lint
@docker run --rm hadolint/hadolint:v2.12.0@sha256:78c746be72289ae999fe48a148f066c5869bf517b52717ebee8715c036b0ef3b < Dockerfile
endef
