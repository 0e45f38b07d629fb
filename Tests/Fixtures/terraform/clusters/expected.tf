variable "exporter" {
  description = "an image"
  default     = "prom/node-exporter:v1.8.2@sha256:dea9538338304804271787e0bc70b88a4e992d2f7f23f7323563ff45c83a1e56"
}

variable "base" { default = "ghcr.io/acme/base:1" }

variable "region" { default = "europe-west1:1" }

resource "kubernetes_deployment_v1" "web" {
  metadata { name = "web" }
  spec {
    template {
      spec {
        init_container {
          name  = "init"
          image = "busybox:1.36@sha256:d55432289a2f69dad7e00346d00e8d4df4d0053a44dffb3f8cf463f6e3fb4b04"
        }
        container {
          name  = "web"
          image = "nginx:1.27@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd"
        }
        container {
          image = var.exporter
        }
        container {
          image = "${var.base}"
        }
        container {
          image = "${var.registry}/web:1"
        }
        container {
          image = "nginx:latest@sha256:86cee2c10898a48ff47a0626f8202a2408b5893aff5df58ae10d83166e6d7b0e"
          env {
            name  = "BASE"
            value = "${var.base}-slim"
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "pod" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    spec = {
      containers = [{ name = "a", image = "redis:7.4@sha256:9e2cde0b3e44a169f8cbeb51935b527d056e809df8c8c8e71dcf46a23d168acb" }]
    }
  }
}

resource "kubernetes_manifest" "text" {
  manifest = yamldecode(<<-EOT
    spec:
      containers: [{image: "redis:7.4"}]
  EOT
  )
}

resource "google_cloud_run_v2_service" "api" {
  location = var.region
  template {
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello:latest@sha256:2e76d92847300629b3ac10486024c5212ff372a7108acd414c745b9040c6c1cd"
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([
    {
      name  = "app"
      image = "public.ecr.aws/nginx/nginx:1.27@sha256:603f129e2310ede3ed486a8aa8f2c3d7bbfd580c1772180905a168d379034521" # the front
    },
    { name = "log", image = "${aws_ecr_repository.log.repository_url}:1" },
    # tagpin: ignore
    { name = "kept", image = "redis:7.4" },
  ])
}

resource "aws_ecs_task_definition" "file" {
  container_definitions = file("task.json")
}

resource "aws_lambda_function" "fn" {
  image_uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn@sha256:1647d8e4071492014be9528d780957d0e76222470f5554038db567d401e3d086" # tag=1.4
}

resource "azurerm_container_group" "group" {
  container {
    image = "mcr.microsoft.com/azuredocs/aci-helloworld@sha256:569e9531a83f2306c7f04b314527715abd3c4e0e403ff35eed1b3c1797e90302" # tag=latest
  }
}
