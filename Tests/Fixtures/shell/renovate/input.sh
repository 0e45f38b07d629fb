# renovate: datasource=docker depName=nginx
export NGINX_VERSION=1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111
# renovate: datasource=docker depName=redis
REDIS_VERSION="7.2"
curl "https://example.test/redis-$REDIS_VERSION.tar.gz"
