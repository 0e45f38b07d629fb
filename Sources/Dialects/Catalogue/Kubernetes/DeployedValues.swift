import Documents

/// A file of Helm values with which Argo CD or Flux deploys a chart. Its path is one of the repository that has the chart; for Argo CD it
/// is below the `path` of its source, or behind the name of another source, `$values/…`;
/// <https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/>. That may be another repository: it is said where this one has
/// no such file.
struct DeployedValues: PlaceReading {
  var words: String? { nil }
  var holdsSeveral: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let written = match.node.scalar?.value, !written.isEmpty else { return nil }
    let reason: SkipReason =
      if let placeholder = Literal.placeholder(in: Self.withoutSource(written)) {
        .notLiteral(placeholder)
      } else {
        .notRead(written.isOfAnotherRepository ? .outside : .missing)
      }
    return [file.site(match, 0..<written.utf8.count, .skipped(reason))]
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard let written = match.node.scalar?.value, !written.isEmpty, !written.isOfAnotherRepository,
      let source = match.mappings.dropLast().last
    else { return Statements() }
    var path = Self.withoutSource(written)
    if path == written, !path.hasPrefix("/"), let folder = source["path"]?.scalar?.value { path = "\(folder)/\(path)" }
    path = String(path.drop { $0 == "/" })
    let mention = file.site(match, 0..<written.utf8.count, .skipped(.notRead(.missing))).range
    return Statements(links: [FileLink(.path(path, from: [.root]), .dialect("helm-values"), mention: mention, isGuess: true)])
  }

  /// `env/prod.yaml` of `$values/env/prod.yaml`.
  private static func withoutSource(_ path: String) -> String {
    guard path.hasPrefix("$"), !path.hasPrefix("${"), let slash = path.firstIndex(of: "/") else { return path }
    return String(path[slash...].dropFirst())
  }
}
