extension Dialect {
  /// werf: what its images are built on and copied from is "another image defined in werf.yaml or an external image with a tag or digest
  /// (`nginx@sha256:…`)", so that the digest is alone. Its files are templates of Go.
  static let werf = Dialect(
    name: "werf", title: "werf", sources: ["https://werf.io/docs/v2/usage/build/stapel/base.html"],
    claim: .path(["**/werf{,.*,-*}.{yml,yaml}"]), syntax: .yaml, form: .digest,
    places: [
      Place("from", by: WerfImage(), if: .sibling("image")),
      Place("from", by: WerfImage(), if: .sibling("artifact")),
      Place("import[].from", by: WerfImage()),
      Place("dockerfile", files: "dockerfile", reported: .nothing),
    ], holdsShell: true)
}
