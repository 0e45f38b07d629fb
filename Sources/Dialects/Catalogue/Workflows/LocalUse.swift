import Documents

/// The workflow or action of the same repository that a job or step uses, by its path from the root;
/// <https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows>.
struct LocalUse: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    guard let path = match.mappings.dropLast().last?["uses"]?.scalar?.value, path.hasPrefix("./") else { return [] }
    let files = [".yml", ".yaml"].contains(where: path.hasSuffix) ? [path] : ["\(path)/action.yml", "\(path)/action.yaml"]
    return files.map { .file(.path($0, from: [.root])) }
  }
}

/// What only the path of its file tells.
struct ByItsFile: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] { [.itself] }
}
