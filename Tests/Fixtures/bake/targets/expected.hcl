variable "TAG" { default = "dev" }

group "default" { targets = ["app", "tool"] }

target "app" {
  context = "."
  tags    = ["ghcr.io/acme/app:${TAG}", "acme/app"] # built here
}

target "tool" {
  inherits = ["app"]
  tags     = [
    "registry.acme.test/tool:1.0",
  ]
}
