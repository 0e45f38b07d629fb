import Dialects
import References

/// What a git server says of a repository.
package struct RepositoryRefs: Hashable, Sendable {
  /// The commits that tags name, by their names without `refs/tags/`; annotated tags are peeled.
  package var tags: [String: CommitID]
  /// By their names without `refs/heads/`.
  package var branches: [String: CommitID]
  /// What the repository is called now, where the server led on from the name that was asked for.
  package var renamedTo: String?
  /// As far as the server was asked.
  package var isArchived = false
  /// Of commits that none of them names: a tag or a branch that leads to the commit, where there is one; nil where that was not looked for.
  package var lineage: Result<[CommitID: String], SiteFailure>?
  /// Who answered, for messages: `github.com`.
  package var server: String

  package init(
    tags: [String: CommitID] = [:], branches: [String: CommitID] = [:], renamedTo: String? = nil, server: String = "the repository"
  ) {
    self.tags = tags
    self.branches = branches
    self.renamedTo = renamedTo
    self.server = server
  }
}

/// The commit that a tag or a branch names.
package struct ResolvedCommit: Hashable, Sendable {
  package var commit: CommitID
  /// What the comment beside the commit is to name.
  package var recorded: String
  package var notes: [SiteNote]

  package init(commit: CommitID, recorded: String, notes: [SiteNote] = []) {
    self.commit = commit
    self.recorded = recorded
    self.notes = notes
  }
}

extension ActionReference {
  /// The beginnings of the full names of all refs that have to be known to resolve it.
  package func refPrefixes(_ exactTags: ExactTags) -> [String] {
    let needsAllTags = exactTags == .wanted || scheme == .version
    switch GitRevision(ref) {
    case .commit: return exactTags == .wanted ? ["refs/tags/"] : []
    case .tag(let name): return [needsAllTags ? "refs/tags/" : "refs/tags/\(name)"]
    case .branch(let name): return ["refs/heads/\(name)"]
    case .name(let name): return [needsAllTags ? "refs/tags/" : "refs/tags/\(name)", "refs/heads/\(name)"]
    case nil: return ["refs/tags/"]
    }
  }

  /// Whether the most specific tag of a commit is to be recorded, for which all tags have to be known.
  package enum ExactTags: Sendable { case wanted, unwanted }
}

extension RepositoryRefs {
  /// The commit of a reference in this repository. The failure is `.unresolved`.
  package func resolve(_ action: ActionReference, exactTags: ActionReference.ExactTags) throws(SiteFailure) -> ResolvedCommit {
    var found = try find(action)
    if exactTags == .wanted, found.isTag { found.recorded = mostSpecificTag(of: found.commit) ?? found.recorded }
    var notes: [SiteNote] = []
    if let renamedTo { notes.append(.renamed(from: action.repository.description, to: renamedTo)) }
    if found.isAmbiguous { notes.append(.tagAndBranch(action.ref)) }
    return ResolvedCommit(commit: found.commit, recorded: found.recorded, notes: notes)
  }

  /// Whether the ref of a reference is a tag here. The failure is `.unresolved`.
  package func isTag(_ action: ActionReference) throws(SiteFailure) -> Bool { try find(action).isTag }

  private struct Found {
    var commit: CommitID
    var recorded: String
    var isTag: Bool
    var isAmbiguous = false
  }

  private func find(_ action: ActionReference) throws(SiteFailure) -> Found {
    switch GitRevision(action.ref) {
    case .commit(let commit): return Found(commit: commit, recorded: action.ref, isTag: false)
    case .tag(let name):
      if let commit = tags[name] { return Found(commit: commit, recorded: action.ref, isTag: true) }
    case .branch(let name):
      if let commit = branches[name] { return Found(commit: commit, recorded: action.ref, isTag: false) }
    case .name(let name):
      // The runner takes the tag where both exist; GitHub's API takes the branch.
      if let commit = tags[name] {
        return Found(commit: commit, recorded: name, isTag: true, isAmbiguous: branches[name] != nil)
      }
      if action.scheme == .version, let commit = highestRelease(of: name) { return Found(commit: commit, recorded: name, isTag: false) }
      if let commit = branches[name] { return Found(commit: commit, recorded: name, isTag: false) }
      if GitRevision.isShortCommit(name) {
        throw .unresolved(
          "\(server) has no tag and no branch '\(name)', and a part of a commit's name is not taken; give the full commit", isAbsence: true)
      }
    case nil:
      if action.ref == GitVersion.latest, let commit = highestRelease(of: nil) {
        return Found(commit: commit, recorded: action.ref, isTag: false)
      }
    }
    throw .unresolved("\(server) has no \(Self.wanted(action))", isAbsence: true)
  }

  private static func wanted(_ action: ActionReference) -> String {
    switch GitRevision(action.ref) {
    case .tag(let name): "tag '\(name)' in this repository"
    case .branch(let name): "branch '\(name)' in this repository"
    default:
      action.ref == GitVersion.latest ? "tag in this repository that is a release" : "tag and no branch '\(action.ref)' in this repository"
    }
  }

  /// The commit of the highest tag that is a release and that the version begins; of all of them without one.
  private func highestRelease(of version: String?) -> CommitID? {
    var wanted: GitVersion?
    if let version {
      guard let parsed = GitVersion(version), parsed.isRelease, parsed.numbers.count < 3 else { return nil }
      wanted = parsed
    }
    let releases = tags.keys.compactMap { name in
      GitVersion(name).flatMap { $0.isRelease && wanted?.begins($0) ?? ($0.numbers.count == 3) ? (name: name, version: $0) : nil }
    }
    // Of 'v1.2.3' and '1.2.3' the second one, which is how components are released.
    return releases.max { $0.version == $1.version ? $1.name.utf8.lexicographicallyPrecedes($0.name.utf8) : $0.version < $1.version }
      .flatMap { tags[$0.name] }
  }

  /// The tag with the most numbers among those that are versions and name the commit, releases first.
  package func mostSpecificTag(of commit: CommitID) -> String? {
    tags.filter { $0.value == commit }.keys.compactMap { name in GitVersion(name).map { (name, $0) } }.max { left, right in
      let (first, second) = (left.1, right.1)
      if first.isRelease != second.isRelease { return second.isRelease }
      if first.numbers.count != second.numbers.count { return first.numbers.count < second.numbers.count }
      return first == second ? left.0.utf8.lexicographicallyPrecedes(right.0.utf8) : first < second
    }?.0
  }
}
