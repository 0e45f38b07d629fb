extension Dialect {
  /// The places that a user's configuration names in a file, beside those of the dialect that claims it. YAML unless the file's name says JSON or HCL.
  package static func configured(_ paths: [SitePath], path: String, beside claiming: [Dialect]) -> Dialect {
    let syntax: Syntax = path.hasSuffix(".json") ? .json : path.hasSuffix(".hcl") || path.hasSuffix(".tf") ? .hcl : .yaml
    let known = claiming.first { $0.syntax == syntax }
    return Dialect(
      name: known?.name ?? "configured", title: known?.title ?? "Places that the configuration names", claim: .path([]), syntax: syntax,
      form: known?.form ?? .tagAndDigest,
      places: paths.map { Place($0) } + (known?.places ?? []),
      exclusions: known?.exclusions ?? [], holdsShell: known?.holdsShell ?? false, companions: known?.companions)
  }
}
