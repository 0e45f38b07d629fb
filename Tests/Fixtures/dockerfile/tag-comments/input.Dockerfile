# 3.20
FROM alpine:3.20
# latest
FROM nginx
# tag=12
COPY --from=debian:12 /a /b
