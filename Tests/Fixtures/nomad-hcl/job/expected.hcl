job "web" {
  group "app" {
    task "nginx" {
      driver = "docker"
      config {
        image = "nginx@sha256:6965a10c15290ad0b29ca7fd1866de1850408b3cb15fb11a3bbbbc2fddb158bd" # tag=1.27
      }
    }
  }
}
