resource "kubernetes_deployment" "a" {
  spec {
    template {
      spec {
        container {
          image             = "acme/tool:1"
          image_pull_policy = "Never"
        }
        container {
          image             = "acme/tool:2@sha256:67808b7d2482ecf6df12a94fb2f2fb1d5b8e5f207e65e7161b630e30476c80db"
          image_pull_policy = "Always"
        }
      }
    }
  }
}
