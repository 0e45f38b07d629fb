import Documents

/// A file of Helm values with which Argo CD or Flux deploys a chart. Its path is one of the repository that has the chart; for Argo CD it is below the `path` of its
/// source, or behind the name of another source, `$values/…`; <https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/>.
/// That may be another repository: nothing is said where this one has no such file.
struct DeployedValues: PlaceReading {
  var words: String? { nil }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard var path = match.node.scalar?.value, let source = match.mappings.dropLast().last else { return Statements() }
    if path.hasPrefix("$"), let slash = path.firstIndex(of: "/") {
      path = String(path[slash...].dropFirst())
    } else if path.hasPrefix("/") {
      path = String(path.drop { $0 == "/" })
    } else if let folder = source["path"]?.scalar?.value {
      path = "\(folder)/\(path)"
    }
    return Statements(links: [FileLink(.path(path, from: [.root]), .dialect("helm-values"), isGuess: true)])
  }
}
