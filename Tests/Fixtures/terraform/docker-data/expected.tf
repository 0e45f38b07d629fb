# The data source finds an image that Docker has; the builder's images are pulled.
data "docker_image" "a" {
  name = "nginx:1.27"
}

resource "docker_buildx_builder" "b" {
  docker_container {
    image = "moby/buildkit:v0.22.0@sha256:0921d30a21a1f2fed8c93f5cba5ed1d7025aa7716a40a76d7cb4ee1af9271868"
  }
}

resource "docker_buildx_builder" "c" {
  kubernetes {
    image = "moby/buildkit:latest@sha256:70d1bcdd371beedd0103a50e0d51a41627ea0ca45509fb6543675d8197a5b6bc"
    qemu {
      image = "tonistiigi/binfmt:qemu-v9@sha256:c6d8eb0106fb011b37c324be24bd52703fb34dda3ad161ffe677ec18371b05e5"
    }
  }
}

resource "lxd_container" "none" {
  docker_container {
    image = "moby/buildkit:v0.22.0"
  }
}
