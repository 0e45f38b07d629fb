# An unquoted variable may be options, or the image: behind it a digest alone tells. A list in quotes may be several words, too.
docker run $opts alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111 ls
docker run --rm ${opts} -v /a:/b $more alpine:3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111 ls
docker run "${options[@]}" alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111
podman run $(options) --name x alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111
docker run $opts alpine:3.20 ls
docker run $IMAGE python x
docker run "$IMAGE" alpine:3.20
docker run $opts "$IMAGE"
docker run $IMAGE --unknown-flag alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111
