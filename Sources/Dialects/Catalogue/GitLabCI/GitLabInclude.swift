import Documents

/// The file of the same project that is included with inputs; <https://docs.gitlab.com/ci/inputs/>.
struct GitLabInclude: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    guard let path = match.mappings.dropLast().last?["local"]?.scalar?.value, !path.contains("*") else { return [] }
    return [.file(.path(String(path.drop { $0 == "/" }), from: [.root, .folder]))]
  }
}
