variable "IMAGE" { default = "alpine:3.20" }
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
    base   = "docker-image://alpine:3.19",
    "dash" = "docker-image://alpine:3.18"
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
