extension Dialect {
  /// Pipelines of kpt packages. kpt hands the image to Docker or Podman, which take tag and digest together; to a name without a slash it
  /// first adds a registry that its own version and settings choose.
  static let kptfile = Dialect(
    name: "kptfile", title: "kpt packages", sources: ["https://kpt.dev/reference/schema/kptfile/"], claim: .path(["**/Kptfile"]),
    syntax: .yaml,
    places: [
      Place(
        "pipeline.{mutators,validators}[].image",
        role: .leftAlone("kpt puts its own registry in front of a name without one; write the registry, too"), if: .value(.lacks("/"))),
      Place("pipeline.{mutators,validators}[].image"),
    ])
}
