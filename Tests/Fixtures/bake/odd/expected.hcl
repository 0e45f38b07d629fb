variable "IMAGE" { default = "alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219" }
variable "TAG" {
  default = "latest"
}
group "default" { targets = ["app", "db"] }
function "tag" {
  params = [name]
  result = ["acme/${name}:${TAG}"]
}
target "app" {
  name     = "app-${item}"
  matrix   = { item = ["a", "b"] }
  contexts = {
    base   = "docker-image://alpine:3.19@sha256:2e41168061e75f7ce2beb4ffcf31ae178a49a67f875a4989e0914c34fe84b3b4",
    "dash" = "docker-image://alpine:3.18@sha256:fc50fc92ffdd06e56c4e44b03d2d24fefb941d5e2285fb8e50faada64ab49230"
    whole  = "docker-image://${IMAGE}"
    part   = "docker-image://acme/base:${TAG}"
    dir    = "./dir"
    built  = "target:db"
    layout = "oci-layout:///tmp/x:1"
  }
  args = { IMAGE = "alpine:3.17" }
  tags = ["docker.io/acme/app:1", "docker.io/acme/app:${TAG}"]
  cache-from = ["type=registry,ref=acme/cache:1"]
  dockerfile-inline = <<EOT
FROM alpine:3.16
EOT
}
target "db" { tags = tag("db") }
