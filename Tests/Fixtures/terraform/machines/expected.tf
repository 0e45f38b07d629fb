resource "aws_instance" "a" {
  ami   = "ami-0abcdef1234567890"
  image = "nginx:1.27"
}
resource "google_compute_instance" "b" {
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
}
resource "digitalocean_droplet" "c" { image = "ubuntu-24-04-x64" }
resource "hcloud_server" "d" { image = "ubuntu-24.04" }
resource "lxd_instance" "e" { image = "ubuntu:24.04" }
resource "aws_codebuild_project" "f" {
  environment {
    image = "aws/codebuild/standard:7.0"
  }
}
data "hcloud_image" "g" { name = "ubuntu:24.04" }
variable "image" { default = "ubuntu:24.04" }
resource "linode_instance" "h" { image = var.image }
locals {
  container = { image = "nginx:1.27" }
  user_data = <<EOF
docker run nginx:1.27
image = "nginx:1.27"
EOF
}
