resource "docker_image" "nginx" {
  name = "nginx:1.27"
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
  image = "caddy:2" # the proxy
  name  = "caddy:2"
}

resource "docker_service" "web" {
  task_spec {
    container_spec {
      image = "grafana/grafana:11.2.0"
    }
  }
}

resource "docker_container" "app" {
  image = "ghcr.io/acme/app:dev"
  name  = "app"
}
