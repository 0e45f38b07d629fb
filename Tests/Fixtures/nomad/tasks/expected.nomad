variable "sidecar" {
  type    = string
  default = "fluent/fluent-bit@sha256:ffc77af9f44e68e6dd5846e9fabe188fb8abe2afe7cb1c5afeb81e8bff28ecb7" # tag=3.1
}

variable "version" { default = "1.27" }

job "web" {
  datacenters = ["dc1"]

  group "app" {
    task "nginx" {
      driver = "docker"

      config {
        image = "nginx@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd" # tag=1.27
        ports = ["http"]
      }
    }

    task "cache" {
      driver = "podman"
      config {
        image = "docker://docker.io/library/redis@sha256:9e2cde0b3e44a169f8cbeb51935b527d056e809df8c8c8e71dcf46a23d168acb" # tag=7.4 # small
      }
    }

    task "one-line" {
      driver = "docker"
      config { image = "ghcr.io/acme/worker@sha256:41d2c2f82bfa15a154caf7ce7af5f5437932816488283918d642ce0c64fb0fc8" } # tag=v2
    }

    task "implied" {
      driver = "docker"
      config {
        image = "busybox@sha256:de68ccc327e508f44a3a150fc877a442581bb03dd53e24b418fbc425ece79d52" # tag=latest
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
