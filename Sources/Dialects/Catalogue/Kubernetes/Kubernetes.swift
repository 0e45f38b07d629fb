extension Dialect {
  /// Objects of Kubernetes: pod specs wherever they stand, and custom resources with an `image`. One file may hold objects of several
  /// kinds, so that those of Flux, Argo CD, OpenShift, Knative and Kyverno are read here, too. The configuration of a KRM function says in
  /// an annotation, as YAML, which image runs it. Argo's workflows, sensors and event sources have containers under keys of their own, and
  /// manifests in texts.
  static let kubernetes = Dialect(
    name: "kubernetes", title: "Kubernetes manifests",
    sources: [
      "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",
      "https://kubectl.docs.kubernetes.io/guides/extending_kustomize/containerized_krm_functions/",
      "https://argo-workflows.readthedocs.io/en/latest/fields/#template",
      "https://argoproj.github.io/argo-events/APIs/#argoproj.io/v1alpha1.Template",
    ],
    claim: .content(
      ["**/*.{yml,yaml,json}"],
      markers: [
        "image|Image|oci://|pkg.crossplane.io|cdi.kubevirt.io|valueFiles|valuesFiles|templateRef|workflowTemplateRef", "apiVersion", "kind",
      ]),
    syntax: .yaml, .json,
    places: Place.nestedManifests + Place.cloudNativePG + Place.crossplane + Place.kubeVirt + Place.flux + Place.argoCD + Place.kyverno
      + Place.openShift
      + Place.imageTagTransformer + Place.argoWorkflows + Place.argoItems + Place.pods + Place.operators,
    exclusions: kubernetesExclusions, customs: .kubernetes)

  static let kubernetesExclusions: [SitePath] = [
    "status", "items[].status", "stringData", "items[].stringData", "objects[].status", "**.openAPIV3Schema",
    "**.rbd", "**.metadata.annotations.image", "**.metadata.labels",
  ]
}

extension Place {
  /// CloudNativePG names PostgreSQL's image under a key of its own, and takes tag and digest together;
  /// <https://cloudnative-pg.io/documentation/current/container_images/>.
  static let cloudNativePG = [Place("**.imageName", if: .object(group: "postgresql.cnpg.io"))]

  /// Pod specs wherever they stand, and any other `image` with a tag.
  static let pods = [
    Place("**.{containers,initContainers,ephemeralContainers}[].image", if: .kubernetesObject),
    Place("**.volumes[].image.reference", if: .kubernetesObject),
    Place(
      #"metadata.annotations.{"config.kubernetes.io/function","config.k8s.io/function"}"#, yaml: [Place("container.image")],
      if: .kubernetesObject),
    Place("**.image", certainty: .ifTagged, if: .kubernetesObject),
  ]
}
