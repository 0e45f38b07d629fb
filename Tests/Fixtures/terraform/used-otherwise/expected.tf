# What variables are used for beside the image of a container.
variable "only" { default = "quay.io/acme/only:1@sha256:8bd95ffa1b542878611706a2f1118d0a3235454609048d779e1e43e94c830439" }
variable "part" { default = "quay.io/acme/part:1" }
variable "label" { default = "quay.io/acme/label:1" }
variable "checked" {
  default = "quay.io/acme/checked:1"
  validation {
    condition     = startswith(var.checked, "quay.io/")
    error_message = "not ours"
  }
}
variable "word" { default = "main" }
variable "encoded" { default = "quay.io/acme/encoded:1@sha256:ff6c0bdc9569678158b9f4a2027ee151aaa4bd0f741439b82972e519ce4b3f27" }
variable "image" { default = "quay.io/acme/named-image:1@sha256:17ffd1ff4d9ad89eeb4dcee485587030fc01c43850e80b86937fa6d3ba10bfc2" }

resource "kubernetes_pod" "a" {
  metadata {
    labels = { image = var.label, branch = var.word }
  }
  spec {
    container { image = var.only }
    container { image = var.part }
    container { image = "${var.part}-debug" }
    container { image = var.label }
    container { image = var.checked }
    container { image = var.image }
  }
}

resource "aws_ecs_task_definition" "encoded" {
  container_definitions = jsonencode([{ name = "web", image = var.encoded }])
}
