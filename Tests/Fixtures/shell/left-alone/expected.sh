# docker run comment:1
docker run $IMAGE
docker run --rm "${IMAGE:-nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd}" true
docker run nginx:${VERSION}
docker run "$(cat image.txt)"
docker run $(docker pull -q nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd) true
docker run $OPTIONS nginx:1.27
docker run --made-up value nginx:1.27
docker --made-up value run nginx:1.27
docker pull --all-tags nginx
docker build -t acme/app .
docker run acme/app:1.0
docker-compose run web
docker compose run --rm web
docker service create --name web nginx:1.27
docker volume create data
docker network create --driver bridge net
docker exec -it web sh
docker exec web docker run nginx:1.27
podman run --rootfs /srv/root sh
podman pull docker://docker.io/library/nginx:1.27
podman pull oci-archive:/tmp/image.tar
podman run localhost/tools:1
docker run sha256:1111111111111111111111111111111111111111111111111111111111111111
echo docker run nginx:1.27
echo "docker run nginx:1.27"
ssh host docker run nginx:1.27
docker run nginx:1.27 # tagpin: ignore
# tagpin: ignore
docker run \
  --rm nginx:1.27
docker run Not-A-Reference
cat <<EOF > Dockerfile
docker run nginx:1.27
EOF2
