variable "exporter" {
  description = "an image"
  default     = "prom/node-exporter:v1.8.2"
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
          image = "busybox:1.36"
        }
        container {
          name  = "web"
          image = "nginx:1.27"
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
          image = "nginx"
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
      containers = [{ name = "a", image = "redis:7.4" }]
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
      image = "us-docker.pkg.dev/cloudrun/container/hello:latest"
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([
    {
      name  = "app"
      image = "public.ecr.aws/nginx/nginx:1.27" # the front
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
  image_uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:1.4"
}

resource "azurerm_container_group" "group" {
  container {
    image = "mcr.microsoft.com/azuredocs/aci-helloworld:latest"
  }
}
