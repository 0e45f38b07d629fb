extension Dialect {
  /// The places that a user's configuration names in a file, beside those of the dialect that claims it. YAML unless the file's name says
  /// JSON or HCL.
  package static func configured(_ paths: [SitePath], path: String, beside claiming: [Dialect]) -> Dialect {
    let names = PathNames(path).all
    let named =
      [Syntax.yaml, .json, .hcl].first { syntax in syntax.extensions.contains { ending in names.contains { $0.hasSuffix(".\(ending)") } } }
      ?? .yaml
    let known = claiming.first { $0.syntaxes.contains(named) }
    var customs = known?.customs ?? Customs()
    customs.passedOver = []
    return Dialect(
      name: known?.name ?? "configured", title: known?.title ?? "Places that the configuration names", claim: .path([]), syntax: named,
      form: known?.form ?? .tagAndDigest,
      places: paths.map { Place(SitePaths($0)) } + (known?.places ?? []),
      exclusions: known?.exclusions ?? [], holdsShell: known?.holdsShell ?? false, links: known?.links ?? [],
      customs: customs)
  }
}
