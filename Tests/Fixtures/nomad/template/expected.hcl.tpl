# A job that a template makes: what is written out is a reference, what is filled in is reported.
job "web" {
  {{ if .Prod }}
  datacenters = ["{{ .Datacenter }}"]
  {{ end }}
  group "web" {
    count = {{ .Count }}
    task "web" {
      driver = "docker"
      config {
        image = "nginx@sha256:b07c1fa29c8dc936d6db6891b04d7647d88ecb270969a682be1b6e033134f8b3" # tag=1.25
      }
    }
    task "filled" {
      driver = "docker"
      config {
        image = "redis:{{ .Version }}"
      }
    }
  }
}
