extension Dialect {
  /// Values of Helm charts: images in parts under the names that charts give them, and whole ones under keys that say so. The digest goes
  /// where the chart has a key for it.
  static let helmValues = Dialect(
    name: "helm-values", title: "Helm values", sources: ["https://helm.sh/docs/chart_best_practices/values/"],
    claim: .path(
      ["**/values{,[._-]*}.{yaml,yml}", "**/*{.,-,_}values.{yaml,yml}"],
      needing: [#"image|Image|IMAGE|repository|Repository|REPO|repo:|repo"|repo'|repo |Repo:|Repo"|Repo'|Repo |reference|renovate:"#]),
    syntax: .yaml, places: Place.helmValues, customs: .kubernetes)
}

extension Place {
  /// Where images are in the values of a chart.
  static let helmValues = [
    Place("**.*", by: PodText()),
    Place("**.{extraObjects,extraManifests,extraDeploy}[]", by: PodText()),
    Place("**.{env,extraEnv,extraEnvs,extraEnvVars}[].value", by: NamedImage(name: .sibling("name"))),
    Place("**.*", by: HelmValue()),
    Place("**.images{[],.tags.*}", certainty: .ifTagged),
  ]
}
