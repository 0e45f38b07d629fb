/// Files as people write them, for the readers' tests.
enum ReaderSamples {
  static let json = [
    taskDefinition, devcontainer, devcontainer.replacing("\n", with: "\r\n"), "\u{FEFF}[1.5e-3, \"\\ud83d\\udc33 é\", true, {}]",
  ]
  static let hcl = [bake, bake.replacing("\n", with: "\r\n"), nomad, terraform, "\u{FEFF}a = 1"]

  static let taskDefinition = #"""
    {
      "family": "shop",
      "networkMode": "awsvpc",
      "requiresCompatibilities": ["FARGATE"],
      "cpu": "512",
      "containerDefinitions": [
        {
          "name": "web",
          "image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:2.4.1",
          "essential": true,
          "portMappings": [{ "containerPort": 8080, "protocol": "tcp" }],
          "healthCheck": { "command": ["CMD-SHELL", "curl -f \"http://localhost/\""], "interval": 30 },
          "logConfiguration": { "logDriver": "awsfirelens" }
        },
        { "name": "proxy", "image": "public.ecr.aws/nginx/nginx:1.25", "dependsOn": [{ "containerName": "web", "condition": "HEALTHY" }] },
        {
          "image": "fluent/fluent-bit:3.0",
          "name": "log_router",
          "memoryReservation": 50,
          "firelensConfiguration": { "type": "fluentbit", "options": { "enable-ecs-log-metadata": "true" } }
        }
      ],
      "volumes": []
    }

    """#

  static let devcontainer = #"""
    // For format details, see https://aka.ms/devcontainer.json.
    {
    	"name": "Größer als \"klein\"",
    	/* one image for
    	   everybody */
    	"image": "mcr.microsoft.com/devcontainers/base:bookworm", // tag=bookworm
    	"features": {
    		"ghcr.io/devcontainers/features/node:1": {},
    		"ghcr.io/devcontainers/features/docker-in-docker:2.12": { "moby": false, },
    	},
    	// "postCreateCommand": "yarn install",
    	"customizations": { "vscode": { "extensions": ["golang.go",], "settings": { "terminal": "\u2713 ${localEnv:HOME}" } } },
    	"forwardPorts": [3000, 5432],
    }
    """#

  static let bake = #"""
    # Built in CI, see ../README.md
    variable "TAG" {
      default = "latest"
    }
    variable "PLATFORMS" { default = ["linux/amd64", "linux/arm64"] }

    function "tag" {
      params = [name]
      result = ["ghcr.io/acme/${name}:${TAG}", notequal("", GIT_SHA) ? "ghcr.io/acme/${name}:${GIT_SHA}" : ""]
    }

    group "default" {
      targets = ["app", "docs"] // both
    }

    target "_common" {
      args = {
        GO_VERSION = "1.22"
        BUILDKIT_CONTEXT_KEEP_GIT_DIR = 1
        "quoted.key" : null, # colon and comma
      }
      contexts = {
        base   = "docker-image://alpine:3.20"
        /* xx */ xx = "docker-image://tonistiigi/xx:1.4.0"
      }
    }

    target "app" {
      inherits   = ["_common"]
      dockerfile = "Dockerfile"
      tags       = concat(tag("app"), [
        "docker.io/acme/app:latest",
      ])
      platforms  = PLATFORMS
      matrix = {
        item = [{ name = "a", tgt = "x}" }, { name = "b", tgt = "]" }]
      }
      name = "app-${item.name}"
      cache-from = [for p in PLATFORMS : "type=registry,ref=acme/app:${replace(p, "/", "-")}" if p != ""]
      output = [DEBUG ? "type=docker" : "type=image"]
      dockerfile-inline = <<EOT
    FROM busybox:1.36 # no comment
    RUN echo "${TAG}" '}' "
    EOT
    }

    target "docs" {}
    """#

  static let nomad = #"""
    job "web" {
      datacenters = ["dc1"]
      type        = "service"

      group "frontend" {
        count = 3

        network {
          port "http" { to = 8080 }
        }

        task "nginx" {
          driver = "docker"

          config {
            image = "nginx:1.25" # tag=1.25
            ports = ["http"]
            args  = ["-c", "echo $${NOMAD_TASK_DIR} %%{x}", "${NOMAD_PORT_http}"]

            mount {
              type     = "bind"
              readonly = true
            }
          }

          template {
            destination = "local/default.conf"
            data        = <<-EOF
              upstream {{ range service "api" }}
              server {{ .Address }}:{{ .Port }}; # 100% "quoted
              {{ end }}
                EOF
          }

          resources {
            cpu    = 500
            memory = 256.5
          }
        }

        task "sidecar" {
          driver = "podman"
          config { image = "docker.io/library/envoy:${var.envoy}" }
        }
      }
    }

    """#

  static let terraform = #"""
    terraform {
      required_providers {
        docker = {
          source  = "kreuzwerker/docker"
          version = "~> 3.0"
        }
      }
    }

    variable "ports" {
      type    = map(object({ internal = number, external = optional(number, 80) }))
      default = {}
    }

    locals {
      größe   = -1
      enabled = !var.disabled && (length(var.ports) > 0 || var.force)
      images  = { for name, image in var.images : name => "${image.repo}:${image.tag}"... if image.tag != "" }
      first   = [for s in var.list : upper(s)][0]
      splat   = aws_instance.web[*].private_ip
      legacy  = aws_instance.web.*.id.0
      json    = jsonencode({ "a" = ["}", "\"]"], "b" = <<EOT
    heredoc in a call ${jsonencode({ x = "y" })}
    EOT
      })
      ternary = (
        var.a == "b"
        ? "nginx:1.25"
        : "nginx:1.26"
      )
      fn      = provider::acme::image("nginx", "1.25")
    }

    resource "docker_image" "web" {
      name         = "nginx:1.25"
      keep_locally = true
    }

    resource "docker_container" "web" {
      name  = "web"
      image = docker_image.web.image_id
      env   = ["A=${var.a}", "%{ if var.b }B=1%{ else }B=0%{ endif }", "C=\t\u00e9"]

      dynamic "ports" {
        for_each = var.ports
        iterator = port
        content {
          internal = port.value.internal
          external = port.value.external
        }
      }

      provisioner "local-exec" {
        command = <<-EOT
          docker run --rm alpine:3.20 sh -c "echo $${HOME} ${var.name}"
          %{~ for p in var.ports ~}
          echo ${p}
          %{~ endfor ~}
        EOT
      }
    }
    """#
}
