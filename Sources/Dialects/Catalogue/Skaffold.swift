extension Dialect {
  /// Skaffold: its artifacts are built here; builders, base images and the containers of tests and actions are pulled. <https://skaffold.dev/docs/references/yaml/>.
  static let skaffold = Dialect(
    name: "skaffold", title: "Skaffold", claim: .path(["**/skaffold{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("{,profiles[].}build.artifacts[].image", role: .built),
      Place("**.artifacts[].{buildpacks.builder,buildpacks.runImage,jib.fromImage,kaniko.image,kaniko.initImage,ko.fromImage}"),
      Place("**.verify[].container.image"),
      Place("**.customActions[].containers[].image"),
    ])
}
