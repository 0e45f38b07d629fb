/// The refs of a remote repository, at least the ones that were asked for: each with the commit that it leads to through all tag objects.
package struct RemoteReferences: Hashable, Sendable {
  /// Commits by full name, `refs/tags/v4`, in lower-case hexadecimal: 40 digits, or 64 where objects are named by SHA-256. A tag can name
  /// something else than a commit, a tree say, which no listing shows.
  package private(set) var commits: [String: String] = [:]
  /// The branch that `HEAD` is, without `refs/heads/`; nil where it is not a branch, or has no commit yet.
  package private(set) var headBranch: String?
  /// What the repository is called now, where the server redirected to another name: its path (`new-owner/name`), or its URL if the host is
  /// another, too.
  package internal(set) var renamedTo: String?

  package init() {}

  private static let tagPrefix = "refs/tags/"
  private static let branchPrefix = "refs/heads/"

  /// Takes over one ref.
  mutating func add(_ name: String, _ commit: String) throws(ListingError) {
    guard commits.updateValue(commit, forKey: name) == nil else { throw .repeatedReference(name) }
  }

  /// Takes over a whole listing, by full names.
  mutating func replaceAll(_ commits: [String: String]) { self.commits = commits }

  /// `HEAD` is the branch of that full name.
  mutating func setHead(_ name: String) {
    guard name.utf8.starts(with: Self.branchPrefix.utf8) else { return }
    headBranch = String(name.dropFirst(Self.branchPrefix.count))
  }

  /// Keeps the refs that begin with one of these.
  mutating func keep(_ prefixes: [String]) {
    commits = commits.filter { name, _ in prefixes.contains { name.utf8.starts(with: $0.utf8) } }
  }
}

// MARK: Looking up

extension RemoteReferences {
  /// What a name that may be a tag's or a branch's stands for.
  package enum Target: Hashable, Sendable {
    /// A tag wins over a branch, as it does where GitHub runs an action.
    case tag(commit: String, isBranchToo: Bool)
    case branch(commit: String)
    case absent
  }

  /// - Parameter name: `v4`, or in full `refs/tags/v4` or `refs/heads/v4`, which then stands for that alone.
  package func target(of name: String) -> Target {
    if name.utf8.starts(with: Self.tagPrefix.utf8) {
      return commits[name].map { .tag(commit: $0, isBranchToo: false) } ?? .absent
    }
    if name.utf8.starts(with: Self.branchPrefix.utf8) { return commits[name].map { .branch(commit: $0) } ?? .absent }
    if let commit = tag(name) { return .tag(commit: commit, isBranchToo: branch(name) != nil) }
    return branch(name).map { .branch(commit: $0) } ?? .absent
  }

  /// What to ask for before `target(of:)` can be answered.
  package static func prefixes(for name: String) -> [String] {
    let isFull = name.utf8.starts(with: tagPrefix.utf8) || name.utf8.starts(with: branchPrefix.utf8)
    return isFull ? [name] : [tagPrefix + name, branchPrefix + name]
  }

  /// The commit of the tag of exactly that name.
  package func tag(_ name: String) -> String? { commits[Self.tagPrefix + name] }

  /// The commit of the branch of exactly that name.
  package func branch(_ name: String) -> String? { commits[Self.branchPrefix + name] }

  /// Names of all tags, sorted by their bytes.
  package var tags: [String] { names(below: Self.tagPrefix) }

  /// Names of all branches, sorted by their bytes.
  package var branches: [String] { names(below: Self.branchPrefix) }

  /// Names of the tags on that commit, sorted by their bytes.
  package func tags(on commit: String) -> [String] { tags.filter { tag($0) == commit } }

  private func names(below prefix: String) -> [String] {
    commits.keys.filter { $0.utf8.starts(with: prefix.utf8) }.map { String($0.dropFirst(prefix.count)) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
