# A variable is an image where a recipe runs it, and may be one where it is called so; what else uses it keeps a digest away.
IMAGE ?= alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219
TOOL := quay.io/acme/tool:1.0@sha256:afb41f3ff060f50907790f4503fca8242ecdccb1378b394dcbba9dd4dc51acc3# comment
override PINNED_IMAGE = nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111
export GIVEN = postgres:16
BUILT_IMAGE ?= acme/app:dev
NODE ::= node:22   # tagpin: ignore
BASE_IMAGE = debian:12
SHARED = redis:7
COPY = $(SHARED)
NAME_IMAGE = $(REGISTRY)/web:1
QUOTED_IMAGE = "debian:12"
ADDED_IMAGE += debian:12
COMPUTED_IMAGE != cat image.txt
LOGO_IMAGE = logo.png
test: LOCAL_IMAGE = debian:12

test:
	docker run --rm $(IMAGE) true
	@docker pull ${TOOL}
	docker run $(GIVEN)
	docker run $(NODE)
	docker run $(SHARED)
	docker build -t $(BUILT_IMAGE) .
	docker run $(BUILT_IMAGE)
