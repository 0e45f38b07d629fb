import Documents

/// A template: a path from the folder of the file, from the root behind a slash or with `@self`, or in another repository with the name
/// that `resources` gives it; <https://learn.microsoft.com/azure/devops/pipelines/process/templates#use-other-repositories>.
struct AzureTemplate: PlaceReading {
  var words: String? { nil }
  var tellsOfOthers: Bool { true }
  var holdsSeveral: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    switch template(at: match) {
    case .path(let paths): return paths.sites(at: match, in: document, of: file)
    // Once for each repository: what it holds is looked at there.
    case .repository(let name):
      return file.once(Repositories.init).isNew(name) ? NotReadFile(.outside).sites(at: match, in: document, of: file) : []
    case nil: return nil
    }
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard case .path(let paths) = template(at: match) else { return Statements() }
    return paths.statements(at: match, in: document, of: file)
  }

  private enum Template {
    case path(FilePaths)
    case repository(String)
  }

  private func template(at match: Match) -> Template? {
    guard let text = match.node.scalar?.value else { return nil }
    let parts = text.split(separator: "@", maxSplits: 1)
    let isOfRoot = parts.count > 1 && parts[1] == "self"
    if parts.count > 1, !isOfRoot { return .repository(String(parts[1])) }
    let ending = isOfRoot ? "@self" : ""
    return .path(FilePaths(dialect: "azure-pipelines", bases: [isOfRoot ? .root : .folder], slash: [.root], ending: ending, kind: .action))
  }

  private final class Repositories {
    private var known: Set<String> = []
    func isNew(_ name: String) -> Bool { known.insert(name).inserted }
  }
}
