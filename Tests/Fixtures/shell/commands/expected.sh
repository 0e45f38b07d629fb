#!/usr/bin/env bash
set -euo pipefail

docker run nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd
docker run --rm -it -v "$PWD:/src" -w /src -e CI=true --entrypoint sh golang:1.23@sha256:802b42e06964d3d8b003dcd86e3f2c2a7272b1a219a89b6272406775963417d7 -c 'go test ./...'
docker create --name data -p 8080:80 httpd:latest@sha256:f8961d108eb27d7ea61638d18429562742838039624d223ec6fe8eaa62346e58
docker pull ghcr.io/acme/tools/lint:v2.1.0@sha256:80b769599c1a90cff65dcd10393489588e89e7efd3e91ee840a83f957dc5dcf7
docker pull --quiet redis:7@sha256:1111111111111111111111111111111111111111111111111111111111111111
docker container run --detach=true postgres:16@sha256:87fb687776069f58fae791d3204c99d7d93fc59c5e9217241dc420719264a667
docker container create postgres:16@sha256:87fb687776069f58fae791d3204c99d7d93fc59c5e9217241dc420719264a667
docker image pull busybox:1.37@sha256:b606ab8238fb2ffb1f1bfea94c26a87238623870cb315cf440156192c92ccd19
docker --context remote -H tcp://build.test:2375 --debug run alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219 true
sudo -E docker run debian:12-slim@sha256:c666c5a9d80a0fa58394f804854d704a75070a582b3ca141667a6bff182e525e
/usr/bin/docker run debian:12@sha256:2c6047a3e5437e109e09dadb2c4d0b8f0756e1a1a2caa78e31a6dd10ee7fda01
DOCKER_HOST=tcp://x docker run debian:11@sha256:1bafd62d8b9b746c8a04220f29d6b4fd2bf563d71344843cc8d336a18f2f2f41
env -u HOME A=b podman run --replace --name web docker.io/library/caddy:2@sha256:6ff92a0094464e1b8acd03df64c7a5cab2565205cf091cd7976a633e272c04c6
podman pull quay.io/acme/a:1@sha256:133dc1b1c85058cda7113251d1cdc9f939fe27f50dbd72c74fc54f1e846453e4 quay.io/acme/b:2@sha256:c5783d43e155e9814be5516ccb72845dfc2c40d291fce2f42778c738d18f5c8c
nerdctl -n k8s.io run --rm ghcr.io/acme/ctr:0.3@sha256:80c287dd1ec5eb6c68e0fba0d9d2bf0537cc38a6d5c18c24912be5d20be29eaa
exec docker run mysql:8.4@sha256:dddd2881b116918d09e9caff002cfa7ea24852a4da887acc12a1bf1f9a8993f9
time docker pull mariadb:11@sha256:1d1bc3675fe85025f56f0fc9e703c53fbe16e5f87a069eafe22bfcf9478d7e88
timeout 60 docker pull memcached:1.6@sha256:4fc905d49bc3f6d1a7b93708bc6ae121ddbd3813beb7a5caf5792a714e1905ce
if ! docker pull registry.test:5000/cache:9@sha256:b0fc98451d294e51b250e48e09a8eb340748210e17b0a3dd88c5f847d063464a; then
  echo 'no cache' >&2
fi
docker pull a.test/one:1@sha256:33e5d951635fb1400e983bfe294a8787c85519a1cb69471206f818a146030caa && docker pull a.test/two:2@sha256:d106074c7945ec333aa936b1e1669663fff2e9f9798f861af2ee7574dd4a6028 || docker pull a.test/three:3@sha256:2cca16adcebba8ae87f884280a695439e349266b4d05425fe6020ee94a30c89d; docker pull a.test/four:4@sha256:c83915aa8bd7bd41ff62b72a44a63a8416fc09ae599da8f48be2ba03cb99ed05 | tee log
id=$(docker run -d --rm eclipse-mosquitto:2@sha256:8302beaa8f40d9fdc1611e2080bb13a18fab5e6f6cf788e7c8d369c46b4a6599 2>/dev/null)
old=`docker create rabbitmq:3@sha256:9b5e60cfffd8b9986385b8fa111e4c477601142037239488da81ca7fe5dbeff7`
(cd /tmp && docker run node:22@sha256:281a10c019b1128790759ddb0165cb537a522a02827ee49f6170c50cb814fc1f node -v)
run() { docker run "$@" python:3.13; }
for tag in 1 2; do docker run -e T=$tag ruby:3.3@sha256:970378c1197e26cfdccb3b9b9710e16d14688138a729a3b3adcb2cd77b00be0e ; done
docker run \
  --rm \
  --name web \
  perl:5.40@sha256:090644ac1b9f9fb6ffcf738665c6425a9eba2503192dc5663db3eacd13dc694d \
  perl -e 'print 1'
docker run --rm -v /var/run/docker.sock:/var/run/docker.sock \
  -e "A=b c" \
  'openjdk:23@sha256:9939c24af76fc065c62c0cd127932ce8996a2fef8f4b7e9685aa0bd9d1218963'
bash -c 'docker run elixir:1.17@sha256:200ccca34f075af0414fa3df4dfe5915362d4d40858375d52e6ca51c03014453 && docker pull "erlang:27@sha256:65bab2020c97c69a27c4915f3d0f865d20f80d2f25f442368da04b875697cacf"'
cmd=(docker run --rm
  haskell:9@sha256:cef9475d887c87007e120b1baee3f503f36aae61d8ed0855fa919e0ce3f80852)
docker run -i swift:6.0@sha256:5c6d750c4a1175a22fa22c438aed4ddf720e68a940bda1b8394bbf3341888b3c <<'END'
docker run not-a-command:1
END
cat file | docker run -i --rm mikefarah/yq:4@sha256:0550978aefb3b13ccd034eeb3a6c1bd8a1799eab46649e5bbe98495f58f00836 '.a' > out.yaml
diff <(docker run --rm jq:1@sha256:d27f25d049e07539f7eee5a6c0052d9c422c066c819240a392198438bab99d24) expected
