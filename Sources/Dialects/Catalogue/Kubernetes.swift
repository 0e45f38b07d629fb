extension Dialect {
  /// Objects of Kubernetes: pod specs wherever they stand, and custom resources with an `image`;
  /// <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>. One file may hold objects of several kinds, so that those of Flux, Argo CD,
  /// OpenShift, Knative and Kyverno are read here, too. The configuration of a KRM function says in an annotation, as YAML, which
  /// image runs it; <https://kubectl.docs.kubernetes.io/guides/extending_kustomize/containerized_krm_functions/>.
  /// Argo's workflows (<https://argo-workflows.readthedocs.io/en/latest/fields/#template>), sensors and event sources
  /// (<https://argoproj.github.io/argo-events/APIs/#argoproj.io/v1alpha1.Template>) have containers under keys of their own, and manifests in texts.
  static let kubernetes = kubernetes(name: "kubernetes", title: "Kubernetes manifests", files: "**/*.{yml,yaml}", syntax: .yaml)

  static let kubernetesJSON = kubernetes(name: "kubernetes-json", title: "Kubernetes manifests in JSON", files: "**/*.json", syntax: .json)

  private static func kubernetes(name: String, title: String, files: Glob, syntax: Syntax) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content([files], markers: ["image|Image|oci://", "apiVersion", "kind"]), syntax: syntax,
      places: Place.cloudNativePG + Place.flux + Place.argoCD + Place.kyverno + Place.openShift + Place.argoWorkflows + Place.pods,
      exclusions: kubernetesExclusions)
  }

  static let kubernetesExclusions: [SitePath] = [
    "status", "items[].status", "data", "stringData", "items[].data", "items[].stringData", "objects[].status", "**.openAPIV3Schema",
    "**.rbd", "**.metadata.annotations.image", "**.metadata.labels",
  ]
}

extension Place {
  /// CloudNativePG names PostgreSQL's image under a key of its own, and takes tag and digest together;
  /// <https://cloudnative-pg.io/documentation/current/container_images/>.
  static let cloudNativePG = [Place("**.imageName", if: .object(group: "postgresql.cnpg.io"))]

  /// Containers of Argo's workflows, sensors and event sources.
  static let argoWorkflows = [
    Place("**.templates[].container.image", if: .kubernetesObject),
    Place("**.templates[].script.image", if: .kubernetesObject),
    Place("**.templates[].sidecars[].image", if: .kubernetesObject),
    Place("**.templateDefaults.container.image", if: .kubernetesObject),
    Place("**.templateDefaults.script.image", if: .kubernetesObject),
    Place("spec.template.container.image", if: .kubernetesObject),
    Place(
      "**.templates[].resource.manifest",
      holds: .yaml([
        Place("**.containers[].image", if: .kubernetesObject), Place("**.initContainers[].image", if: .kubernetesObject),
      ]), if: .kubernetesObject),
  ]

  /// Pod specs wherever they stand, and any other `image` with a tag.
  static let pods = [
    Place("**.containers[].image", if: .kubernetesObject),
    Place("**.initContainers[].image", if: .kubernetesObject),
    Place("**.ephemeralContainers[].image", if: .kubernetesObject),
    Place("**.volumes[].image.reference", if: .kubernetesObject),
    Place(#"metadata.annotations."config.kubernetes.io/function""#, holds: .yaml([Place("container.image")]), if: .kubernetesObject),
    Place(#"metadata.annotations."config.k8s.io/function""#, holds: .yaml([Place("container.image")]), if: .kubernetesObject),
    Place("**.image", .likelyImage, if: .kubernetesObject),
  ]
}
