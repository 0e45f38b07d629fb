resource "kubernetes_deployment" "a" {
  spec {
    template {
      spec {
        container {
          image             = "acme/tool:1"
          image_pull_policy = "Never"
        }
        container {
          image             = "acme/tool:2"
          image_pull_policy = "Always"
        }
      }
    }
  }
}
