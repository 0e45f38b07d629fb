# renovate: datasource=docker depName=nginx
NGINX_VERSION ?= 1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111
# renovate: datasource=docker depName=redis
REDIS_VERSION := 7.2
