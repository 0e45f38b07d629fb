variable "nginx" {
  // renovate: datasource=docker depName=nginx
  default = "1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111"
}
variable "redis" {
  # renovate: datasource=docker depName=redis
  default = "7.2"
}
