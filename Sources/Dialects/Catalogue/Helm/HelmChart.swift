extension Dialect {
  /// Charts: the images that they list for Artifact Hub in an annotation, which is a YAML list in a text. Bitnami's charts have the same
  /// list under `images`.
  static let helmChart = Dialect(
    name: "helm-chart", title: "Chart.yaml", sources: ["https://artifacthub.io/docs/topics/annotations/helm/"],
    claim: .path(["**/Chart.{yaml,yml}"]), syntax: .yaml,
    places: [Place("annotations.{\"artifacthub.io/images\",images}", yaml: [Place("[].image")])])
}
