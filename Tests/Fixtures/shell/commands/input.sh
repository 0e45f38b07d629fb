#!/usr/bin/env bash
set -euo pipefail

docker run nginx:1.27
docker run --rm -it -v "$PWD:/src" -w /src -e CI=true --entrypoint sh golang:1.23 -c 'go test ./...'
docker create --name data -p 8080:80 httpd
docker pull ghcr.io/acme/tools/lint:v2.1.0
docker pull --quiet redis:7@sha256:1111111111111111111111111111111111111111111111111111111111111111
docker container run --detach=true postgres:16
docker container create postgres:16
docker image pull busybox:1.37
docker --context remote -H tcp://build.test:2375 --debug run alpine:3.20 true
sudo -E docker run debian:12-slim
/usr/bin/docker run debian:12
DOCKER_HOST=tcp://x docker run debian:11
env -u HOME A=b podman run --replace --name web docker.io/library/caddy:2
podman pull quay.io/acme/a:1 quay.io/acme/b:2
nerdctl -n k8s.io run --rm ghcr.io/acme/ctr:0.3
exec docker run mysql:8.4
time docker pull mariadb:11
timeout 60 docker pull memcached:1.6
if ! docker pull registry.test:5000/cache:9; then
  echo 'no cache' >&2
fi
docker pull a.test/one:1 && docker pull a.test/two:2 || docker pull a.test/three:3; docker pull a.test/four:4 | tee log
id=$(docker run -d --rm eclipse-mosquitto:2 2>/dev/null)
old=`docker create rabbitmq:3`
(cd /tmp && docker run node:22 node -v)
run() { docker run "$@" python:3.13; }
for tag in 1 2; do docker run -e T=$tag ruby:3.3 ; done
docker run \
  --rm \
  --name web \
  perl:5.40 \
  perl -e 'print 1'
docker run --rm -v /var/run/docker.sock:/var/run/docker.sock \
  -e "A=b c" \
  'openjdk:23'
bash -c 'docker run elixir:1.17 && docker pull "erlang:27"'
cmd=(docker run --rm
  haskell:9)
docker run -i swift:6.0 <<'END'
docker run not-a-command:1
END
cat file | docker run -i --rm mikefarah/yq:4 '.a' > out.yaml
diff <(docker run --rm jq:1) expected
