extension Dialect {
  /// Objects of Kubernetes: pod specs wherever they stand, and custom resources with an `image`;
  /// <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>. One file may hold objects of several kinds, so that those of Flux, Argo CD,
  /// OpenShift, Knative and Kyverno are read here, too. The configuration of a KRM function says in an annotation, as YAML, which
  /// image runs it; <https://kubectl.docs.kubernetes.io/guides/extending_kustomize/containerized_krm_functions/>.
  static let kubernetes = kubernetes(name: "kubernetes", title: "Kubernetes manifests", files: "**/*.{yml,yaml}", syntax: .yaml)

  static let kubernetesJSON = kubernetes(name: "kubernetes-json", title: "Kubernetes manifests in JSON", files: "**/*.json", syntax: .json)

  private static func kubernetes(name: String, title: String, files: Glob, syntax: Syntax) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content([files], markers: ["mage|oci://", "apiVersion", "kind"]), syntax: syntax,
      places: Place.flux + Place.argoCD + Place.kyverno + Place.openShift + Place.pods, exclusions: kubernetesExclusions)
  }

  static let kubernetesExclusions: [SitePath] = [
    "status", "items[].status", "objects[].status", "**.openAPIV3Schema", "**.rbd", "**.metadata.annotations.image", "**.metadata.labels",
  ]
}

extension Place {
  /// Pod specs wherever they stand, and any other `image` with a tag.
  static let pods = [
    Place("**.containers[].image", if: .kubernetesObject),
    Place("**.initContainers[].image", if: .kubernetesObject),
    Place("**.ephemeralContainers[].image", if: .kubernetesObject),
    Place("**.volumes[].image.reference", if: .kubernetesObject),
    Place(#"metadata.annotations."config.kubernetes.io/function""#, .embeddedYAML([Place("container.image")]), if: .kubernetesObject),
    Place(#"metadata.annotations."config.k8s.io/function""#, .embeddedYAML([Place("container.image")]), if: .kubernetesObject),
    Place("**.image", .likelyImage, if: .kubernetesObject),
  ]
}
