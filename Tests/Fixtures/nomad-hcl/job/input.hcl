job "web" {
  group "app" {
    task "nginx" {
      driver = "docker"
      config {
        image = "nginx:1.27"
      }
    }
  }
}
