# What variables are used for beside a named context.
variable "ONLY" { default = "alpine:3.20" }
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
