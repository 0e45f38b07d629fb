# The data source finds an image that Docker has; the builder's images are pulled.
data "docker_image" "a" {
  name = "nginx:1.27"
}

resource "docker_buildx_builder" "b" {
  docker_container {
    image = "moby/buildkit:v0.22.0"
  }
}

resource "docker_buildx_builder" "c" {
  kubernetes {
    image = "moby/buildkit"
    qemu {
      image = "tonistiigi/binfmt:qemu-v9"
    }
  }
}

resource "lxd_container" "none" {
  docker_container {
    image = "moby/buildkit:v0.22.0"
  }
}
