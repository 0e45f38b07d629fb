extension Dialect {
  /// Values of Helm charts: images in parts, as charts made by `helm create` and Bitnami's have them, and whole ones; <https://helm.sh/docs/chart_template_guide/values_files/>.
  static let helmValues = Dialect(
    name: "helm-values", title: "Helm values", claim: .path(["**/values{,[._-]*}.{yaml,yml}", "**/*{.,-,_}values.{yaml,yml}"]),
    syntax: .yaml,
    places: [
      Place(
        "**.image",
        .splitImage(
          Place.SplitKeys(registry: "registry", name: ["repository", "name"], tag: "tag", digest: "digest", insertion: .tagIfConfigured))),
      Place("**.image", .likelyImage),
    ])
}
