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
        image = "nginx:1.25"
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
