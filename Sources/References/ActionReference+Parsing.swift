/// Why a text is not the reference of an action.
package enum ActionReferenceError: Error, Hashable, Sendable {
  case empty
  case noRef
  /// The key that is missing or empty.
  case noRefUnder(key: String)
  case severalRefs
  /// The name, which has no repository in it.
  case noRepository(String)
  case invalidRef(String)
  /// `refs/pull/1/merge`: neither a tag nor a branch.
  case otherRef(String)
  /// A component without a host, a project and a name.
  case noComponent(String)
}

extension ActionReferenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the reference is empty"
    case .noRef: "no ref is written; '@' and a tag have to follow the name"
    case .noRefUnder(let key): "no ref is written; '\(key)' and a tag have to stand beside it"
    case .severalRefs: "there is more than one '@'"
    case .noRepository(let name): "'\(name)' names no repository (owner/repo)"
    case .invalidRef(let ref): "'\(ref)' is not the name of a tag, a branch or a commit"
    case .otherRef(let ref): "'\(ref)' is neither a tag nor a branch"
    case .noComponent(let name): "'\(name)' names no component (host/group/project/name)"
    }
  }
}

extension ActionReference {
  /// Parses `owner/repo[/path]@ref` as GitHub's runner does, with `/` or `\` between the parts, or, as Forgejo's and Gitea's take it,
  /// `https://host/owner/repo[/path]@ref`.
  package init(parsing text: some StringProtocol, on service: ActionRepository.Service) throws(ActionReferenceError) {
    let (name, ref) = try Self.split(text)
    let isURL = name.hasPrefix("https://") || name.hasPrefix("http://")
    let separators: [UInt8] = isURL ? [UInt8(ascii: "/")] : [UInt8(ascii: "/"), UInt8(ascii: "\\")]
    let start =
      isURL ? name.utf8.firstIndex(of: UInt8(ascii: ":")).map { name.utf8.index($0, offsetBy: 3) } ?? name.startIndex : name.startIndex
    let parts = name[start...].utf8.split(omittingEmptySubsequences: false) { separators.contains($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let count = isURL ? 3 : 2
    guard parts.count >= count, parts[(count - 2)..<count].allSatisfy(Self.isRepositoryPart), isURL ? Self.isHost(parts[0]) : true else {
      throw .noRepository(name)
    }
    let path = parts.prefix(count).joined(separator: "/")
    self.init(repository: ActionRepository(isURL ? .url : service, path: name[..<start] + path), writtenName: name, ref: ref)
  }

  /// Parses the component of a GitLab pipeline, `host/group/project/name@version`;
  /// <https://docs.gitlab.com/ci/components/#use-a-component>. A host that begins with `$` is a variable: the server that runs the
  /// pipeline.
  package init(parsingComponent text: some StringProtocol) throws(ActionReferenceError) {
    let (name, ref) = try Self.split(text, allowsLatest: true)
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, parts[0].hasPrefix("$") || Self.isHost(parts[0]), parts.dropFirst().allSatisfy(Self.isRepositoryPart) else {
      throw .noComponent(name)
    }
    let host = parts[0].hasPrefix("$") ? nil : parts[0].lowercased()
    let project = parts.dropFirst().dropLast().joined(separator: "/")
    self.init(repository: ActionRepository(.gitlab(host: host), path: project), writtenName: name, ref: ref, scheme: .version)
  }

  /// A project of GitLab and a ref of it, which are under keys of their own.
  package init(project: String, ref: String) throws(ActionReferenceError) {
    let path = project.hasPrefix("/") ? String(project.dropFirst()) : project
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, parts.allSatisfy(Self.isRepositoryPart) else { throw .noRepository(project) }
    try Self.check(ref)
    self.init(repository: ActionRepository(.gitlab(host: nil), path: path), writtenName: project, ref: ref)
  }

  /// A repository by its URL and a ref of it, which are under keys of their own.
  package init(url: String, ref: String) throws(ActionReferenceError) {
    guard !url.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .noRepository(url) }
    try Self.check(ref)
    self.init(repository: ActionRepository(.url, path: url), writtenName: url, ref: ref)
  }

  private static func split(
    _ text: some StringProtocol, allowsLatest: Bool = false
  ) throws(ActionReferenceError) -> (name: String, ref: String) {
    guard !text.isEmpty else { throw .empty }
    let parts = String(text).split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, !parts[1].isEmpty else { throw .noRef }
    guard parts.count == 2 else { throw .severalRefs }
    if !(allowsLatest && parts[1] == GitVersion.latest) { try check(parts[1]) }
    return (parts[0], parts[1])
  }

  private static func check(_ ref: String) throws(ActionReferenceError) {
    guard GitRevision(ref) == nil else { return }
    throw ref.hasPrefix("refs/") && GitRevision.isRefName(ref) ? .otherRef(ref) : .invalidRef(ref)
  }

  private static func isRepositoryPart(_ part: String) -> Bool {
    !part.isEmpty && part != "." && part != ".."
      && part.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
  }

  private static func isHost(_ text: String) -> Bool {
    guard let first = text.utf8.first, ASCII.isAlphanumeric(first) || first == UInt8(ascii: "[") else { return false }
    return text.utf8.allSatisfy { ASCII.isAlphanumeric($0) || Array("-.:[]".utf8).contains($0) }
  }
}
