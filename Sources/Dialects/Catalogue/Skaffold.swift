extension Dialect {
  /// Skaffold: its artifacts are built here; builders, base images and the containers of tests and actions are pulled. <https://skaffold.dev/docs/references/yaml/>.
  static let skaffold = Dialect(
    name: "skaffold", title: "Skaffold", claim: .path(["**/skaffold{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("build.artifacts[].image", .builtImage),
      Place("profiles[].build.artifacts[].image", .builtImage),
      Place("**.artifacts[].buildpacks.builder"),
      Place("**.artifacts[].buildpacks.runImage"),
      Place("**.artifacts[].jib.fromImage"),
      Place("**.artifacts[].kaniko.image"),
      Place("**.artifacts[].kaniko.initImage"),
      Place("**.artifacts[].ko.fromImage"),
      Place("**.verify[].container.image"),
      Place("**.customActions[].containers[].image"),
    ])
}
