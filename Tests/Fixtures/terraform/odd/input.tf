locals {
  web = "nginx:1.27"
}

variable "sidecar" {
  type    = string
  default = "busybox:1.36" // used whole below
}

variable "version" {
  default = "1.2"
}

resource "kubernetes_deployment" "web" {
  spec {
    template {
      spec {
        container {
          image = local.web
          name  = "image"
        }
        container { image = "nginx:1.26" }
        container {
          image = var.sidecar
        }
        container {
          image = "acme/app:${var.version}"
        }
        dynamic "container" {
          for_each = var.more
          content {
            image = "nginx:1.25"
          }
        }
      }
    }
  }
}

resource "aws_ecs_task_definition" "heredoc" {
  container_definitions = <<-JSON
    [{"name": "web", "image": "nginx:1.24"}]
  JSON
}

resource "aws_ecs_task_definition" "encoded" {
  container_definitions = jsonencode([
    { name = "web", image = "nginx:1.23", essential = true },
    { name = "side", "image" : "nginx:1.22" },
  ])
}

resource "google_compute_instance" "machine" {
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
}

resource "lxd_instance" "system" {
  image = "ubuntu:24.04"
}

resource "openstack_images_image_v2" "disk" {
  name = "image:1"
}

resource "docker_image" "commented" {
  name = /* which */ "alpine:3.20" # tagpin: ignore
}

resource "docker_container" "from_image" {
  image = docker_image.commented.image_id
}
