variable "BASE" { default = "alpine:3.20" }
variable "TOOLS" {
  default = "ghcr.io/acme/tools:1" # used in two ways
}
variable "TAG" { default = "dev:1" }
variable "GO" { default = "golang:1.23" }

target "app" {
  contexts = {
    base    = "docker-image://${BASE}"
    tools   = "docker-image://${TOOLS}"
    literal = "docker-image://debian:12-slim"
    "node"  = "docker-image://node:22"
    mixed   = "docker-image://alpine:${TAG}"
    other   = "target:other"
    source  = "../src"
    remote  = "https://github.com/acme/app.git#v1:dir"
    layout  = "oci-layout://./layout:1"
  }
  args = {
    GO_IMAGE   = GO
    BASE_IMAGE = "python:3.13"
    TOOLS      = "${TOOLS}-debug"
  }
  tags = ["ghcr.io/acme/app:${TAG}"]
}
