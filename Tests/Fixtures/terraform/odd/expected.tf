locals {
  web = "nginx:1.27"
}

variable "sidecar" {
  type    = string
  default = "busybox:1.36@sha256:d55432289a2f69dad7e00346d00e8d4df4d0053a44dffb3f8cf463f6e3fb4b04" // used whole below
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
        container { image = "nginx:1.26@sha256:2ed81a1580c32e96e8df530574dc66980c66524143a30ce4eef7322b588a2d28" }
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
    { name = "web", image = "nginx:1.23@sha256:8bb643600775f49b25a5816e23bf529f7f00bace204c04df48139bfb6fb7c8b8", essential = true },
    { name = "side", "image" : "nginx:1.22@sha256:d88db198ca0d600d98e4a9227fbad1a27e0d583ce517793982943dc7f3a3cd1c" },
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
