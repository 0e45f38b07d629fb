# 3.20
FROM alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219
# latest
FROM nginx:latest@sha256:86cee2c10898a48ff47a0626f8202a2408b5893aff5df58ae10d83166e6d7b0e
# tag=12
COPY --from=debian:12@sha256:2c6047a3e5437e109e09dadb2c4d0b8f0756e1a1a2caa78e31a6dd10ee7fda01 /a /b
