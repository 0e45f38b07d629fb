# What somebody has to fill in first is no image.
FROM BASEIMAGE
FROM YOUR_REGISTRY/base:1
FROM [YOUR ALIAS]/base:1
FROM <your registry>/base:1
FROM registry.acme.test/NAME:TAG
# A stage may be called like this.
FROM alpine:3.20 AS BUILD
FROM BUILD
COPY --from=TOOLS_IMAGE /a /b
