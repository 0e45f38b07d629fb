FROM alpine:3.20
# tag=1.36
FROM busybox@sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
