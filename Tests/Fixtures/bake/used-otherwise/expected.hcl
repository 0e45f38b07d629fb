# What variables are used for beside a named context.
variable "ONLY" { default = "alpine:3.20@sha256:75be9c490b21b793193f47be0daf1e1ba283c3a002c8e84091e2c871cc49f219" }
variable "PART" { default = "alpine:3.19" }
variable "ARGUMENT" { default = "alpine:3.18" }
variable "TAGGED" { default = "acme/tagged:1" }
variable "BRANCH" { default = "main" }
target "app" {
  contexts = {
    only     = "docker-image://${ONLY}"
    part     = "docker-image://${PART}"
    debug    = "docker-image://${PART}-debug"
    argument = "docker-image://${ARGUMENT}"
    tagged   = "docker-image://${TAGGED}"
  }
  args = { IMAGE = ARGUMENT, BRANCH = BRANCH }
  tags = [TAGGED]
}
