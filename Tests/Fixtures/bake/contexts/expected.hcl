variable "BASE" { default = "alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219" }
variable "TOOLS" {
  default = "ghcr.io/acme/tools:1" # used in two ways
}
variable "TAG" { default = "dev:1" }
variable "GO" { default = "golang:1.23" }

target "app" {
  contexts = {
    base    = "docker-image://${BASE}"
    tools   = "docker-image://${TOOLS}"
    literal = "docker-image://debian:12-slim@sha256:c666c5a9d80a0fa58394f804854d704a75070a582b3ca141667a6bff182e525e"
    "node"  = "docker-image://node:22@sha256:281a10c019b1128790759ddb0165cb537a522a02827ee49f6170c50cb814fc1f"
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
