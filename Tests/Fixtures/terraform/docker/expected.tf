resource "docker_image" "nginx" {
  name = "nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd"
}

resource "docker_image" "app" {
  name = "ghcr.io/acme/app:dev"
  build {
    context = "."
  }
}

resource "docker_registry_image" "pushed" {
  name = "registry.acme.test/pushed:1.0"
}

data "docker_registry_image" "redis" {
  name = "redis:7.4"
}

resource "docker_image" "redis" {
  name          = data.docker_registry_image.redis.name
  pull_triggers = [data.docker_registry_image.redis.sha256_digest]
}

resource "docker_container" "nginx" {
  image = docker_image.nginx.image_id
  name  = "nginx"
}

resource "docker_container" "literal" {
  image = "caddy:2@sha256:6ff92a0094464e1b8acd03df64c7a5cab2565205cf091cd7976a633e272c04c6" # the proxy
  name  = "caddy:2"
}

resource "docker_service" "web" {
  task_spec {
    container_spec {
      image = "grafana/grafana:11.2.0@sha256:043ae716b9d14ea826ea67cc7c7a9964d64d1e031394b170c102de0d7bf3ba8b"
    }
  }
}

resource "docker_container" "app" {
  image = "ghcr.io/acme/app:dev"
  name  = "app"
}
