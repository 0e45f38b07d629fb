job "web" {
  datacenters = ["dc1"]
  group "web" {
    network { port "http" { to = 80 } }
    task "web" {
      driver = "docker"
      config {
        image = "nginx:1.27" # which
        args  = ["--image", "x:1"]
      }
      template {
        data = <<EOF
image = "heredoc:1"
EOF
        destination = "image"
      }
      artifact { source = "https://example.test/image:1.tar" }
    }
    task "docker-scheme" {
      driver = "docker"
      config { image = "docker://nginx:1.26" }
    }
    task "archive" {
      driver = "docker"
      config {
        load  = "image.tar"
        image = "nginx:${NOMAD_META_version}"
      }
    }
    task "vm" {
      driver = "qemu"
      config { image_path = "local/linux.img" }
    }
    task "raw" {
      driver = "raw_exec"
      config { image = "not:read" }
    }
    task "comment" {
      driver = "podman"
      config { image = "quay.io/acme/tool:2" /* kept */ }
    }
  }
}
