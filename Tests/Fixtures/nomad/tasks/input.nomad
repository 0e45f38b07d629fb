variable "sidecar" {
  type    = string
  default = "fluent/fluent-bit:3.1"
}

variable "version" { default = "1.27" }

job "web" {
  datacenters = ["dc1"]

  group "app" {
    task "nginx" {
      driver = "docker"

      config {
        image = "nginx:1.27"
        ports = ["http"]
      }
    }

    task "cache" {
      driver = "podman"
      config {
        image = "docker://docker.io/library/redis:7.4" # small
      }
    }

    task "one-line" {
      driver = "docker"
      config { image = "ghcr.io/acme/worker:v2" }
    }

    task "implied" {
      driver = "docker"
      config {
        image = "busybox"
      }
    }

    task "pinned" {
      driver = "docker"
      config {
        image = "alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" # tag=3.20
      }
    }

    task "computed" {
      driver = "docker"
      config {
        image = "nginx:${var.version}"
      }
    }

    task "variable" {
      driver = "docker"
      config {
        image = var.sidecar
      }
    }

    task "ignored" {
      driver = "docker"
      config {
        # tagpin: ignore
        image = "postgres:17"
      }
      template {
        data = <<EOF
image = "{{ key "image" }}"
image = "nginx:1.27"
EOF
      }
    }

    task "machine" {
      driver = "nspawn"
      config {
        image = "alpine/3.20"
      }
    }

    task "disk" {
      driver = "qemu"
      config {
        image_path = "local/linux.img:1"
      }
    }
  }
}
