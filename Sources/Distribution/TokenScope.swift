/// What a token is asked for: `repository:library/nginx:pull` (distribution, docs/content/spec/auth/scope.md).
package struct TokenScope: Hashable, Sendable, CustomStringConvertible {
  package let resourceType: String
  /// A repository's path. It may hold a `:`, where registries put their own host and port into it.
  package let resourceName: String
  /// Sorted, each once.
  package let actions: [String]

  package init(repository: String, actions: Set<String> = ["pull"]) {
    resourceType = "repository"
    resourceName = repository
    self.actions = actions.sorted()
  }

  /// nil unless the text has a type, a name and actions.
  package init?(_ written: some StringProtocol) {
    let text = String(written)
    guard let first = text.firstIndex(of: ":"), let last = text.lastIndex(of: ":"), first < last, first > text.startIndex else {
      return nil
    }
    let name = text[text.index(after: first)..<last]
    let actions = text[text.index(after: last)...].split(separator: ",").map(String.init)
    guard !name.isEmpty, !actions.isEmpty else { return nil }
    resourceType = String(text[..<first])
    resourceName = String(name)
    self.actions = Set(actions).sorted()
  }

  /// The scopes in a challenge's `scope` parameter, which separates them by spaces. Anything else is left out.
  package static func list(_ parameter: String) -> [TokenScope] {
    parameter.split(separator: " ").compactMap { TokenScope($0) }
  }

  /// Whether it allows all that the other one does.
  func covers(_ other: TokenScope) -> Bool {
    resourceType == other.resourceType && resourceName == other.resourceName && Set(actions).isSuperset(of: other.actions)
  }

  package var description: String { "\(resourceType):\(resourceName):\(actions.joined(separator: ","))" }
}
