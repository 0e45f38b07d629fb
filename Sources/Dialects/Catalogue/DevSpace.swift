extension Dialect {
  /// DevSpace: its images are built here, and what replaces a container while one develops is pulled; <https://www.devspace.sh/docs/configuration/reference>.
  static let devSpace = Dialect(
    name: "devspace", title: "DevSpace", claim: .path(["**/devspace{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("{images,profiles[].merge.images,profiles[].replace.images}.*.image", role: .built),
      Place("dev.*{,.containers.*}.devImage"),
    ], holdsShell: true)
}
