# What variables are used for beside the image of a task.
variable "only" {
  # The one image.
  default = "quay.io/acme/only@sha256:8bd95ffa1b542878611706a2f1118d0a3235454609048d779e1e43e94c830439" # tag=1
}
variable "part" { default = "quay.io/acme/part:1" }
variable "environment" { default = "quay.io/acme/environment:1" }
variable "count" { default = "1" }
job "web" {
  group "web" {
    count = var.count
    task "a" {
      driver = "docker"
      config {
        image = var.only
      }
    }
    task "b" {
      driver = "docker"
      config {
        image = var.part
      }
      env { NAME = "${var.part}-x" }
    }
    task "c" {
      driver = "docker"
      config {
        image = var.environment
      }
      env { IMAGE = var.environment }
    }
  }
}
