import HTTP

/// Keeps the files of a reference in step with those of a remote. Whatever either has is in both afterwards, whoever else does the same at
/// that time.
package struct ReferenceExchange: Sendable {
  /// Its name here.
  package let reference: String
  private let remote: String?
  private let message: String
  private let merge: ReferenceFiles.Merge
  private let push: GitPush

  /// How often a push is tried under one name, with everything that came in meanwhile.
  private static let attemptLimit = 12
  /// How often it is refused, and nothing has come in that explains it, before another name is tried. The first time another push may be
  /// under way.
  private static let unexplainedLimit = 2

  /// - Parameters:
  ///   - reference: its full name.
  ///   - remote: a name or an address; nil is what 'git push' would take.
  ///   - message: of the commits that are made.
  package init(
    of reference: String, with remote: String? = nil, over push: GitPush, message: String, merge: @escaping ReferenceFiles.Merge
  ) {
    self.reference = reference
    self.remote = remote
    self.push = push
    self.message = message
    self.merge = merge
  }

  /// What it can be called at the remote: its own name first, then, as some servers take nothing else, that of a branch.
  package static func names(of reference: String) -> [String] {
    let branches = "refs/heads/"
    return reference.hasPrefix(branches) ? [reference] : [reference, branches + reference.dropFirst("refs/".count)]
  }

  /// Where it is fetched from and pushed to, by its own name.
  package static func target(
    of reference: String, in repository: GitRepository, with remote: String?, environment: [String: String]
  ) throws(PushError) -> PushTarget {
    try target(of: reference, as: reference, in: repository, with: remote, environment)
  }

  private static func target(
    of reference: String, as name: String, in repository: GitRepository, with remote: String?, _ environment: [String: String]
  ) throws(PushError) -> PushTarget {
    try PushTarget(
      of: repository, to: remote, reference: name, from: reference, branch: repository.headBranch, environment: environment)
  }

  /// Joins what the remote has with what is here, and gives that.
  package func fetch(into repository: GitRepository) async throws(ReferenceFilesError) -> ReferenceFiles {
    _ = try await fetch(into: repository, for: nil)
    return try repository.files(of: reference)
  }

  /// What became of a push.
  package enum Outcome: Hashable, Sendable {
    /// There is nothing here to push.
    case empty
    /// The remote had it all.
    case upToDate
    /// Under that full name.
    case pushed(String)
  }

  /// Brings what is here to the remote, joined with what it has.
  package func push(from repository: GitRepository) async throws(ReferenceFilesError) -> Outcome {
    var there = try await fetch(into: repository, for: nil)
    let names = Self.names(of: reference)
    var refusals: [PushError] = []
    for name in names.filter({ there[$0] != nil }) + names.filter({ there[$0] == nil }) {
      var unexplained = 0
      if !refusals.isEmpty { there = try await fetch(into: repository, for: name) }
      for attempt in 0..<Self.attemptLimit {
        guard let commit = try repository.files(of: reference).commit else { return .empty }
        if there[name] == commit { return .upToDate }
        let refusal: PushError
        do throws(PushError) {
          _ = try await push.push(commit, of: repository, to: try target(name, repository))
          return .pushed(name)
        } catch {
          guard error.isRefusal else { throw .push(error) }
          refusal = error
        }
        await Self.pause(attempt)
        let before = there
        there = try await fetch(into: repository, for: name)
        unexplained = there == before ? unexplained + 1 : 0
        if unexplained == Self.unexplainedLimit || attempt + 1 == Self.attemptLimit {
          refusals.append(refusal)
          break
        }
      }
    }
    throw .refused(refusals)
  }

  /// Joins what the remote has, and gives the objects that have it. What is here follows the one of that name afterwards, or else the first
  /// that is there.
  private func fetch(into repository: GitRepository, for name: String?) async throws(ReferenceFilesError) -> [String: String] {
    let names = Self.names(of: reference)
    let target = try wrapped(names[0], repository)
    let there = try await push.fetch(names, besides: reference, into: repository, from: target)
    let base = name ?? names.first { there[$0] != nil }
    for name in names.filter({ $0 != base }) + [base].compactMap(\.self) {
      guard let object = there[name] else { continue }
      var incoming = try repository.files(of: object, name, at: target.remote)
      if name != base { incoming.commit = nil }
      _ = try repository.join(
        incoming, into: reference, from: (name, target.remote), message: message, environment: push.environment, merge: merge)
    }
    return there
  }

  private func target(_ name: String, _ repository: GitRepository) throws(PushError) -> PushTarget {
    try Self.target(of: reference, as: name, in: repository, with: remote, push.environment)
  }

  private func wrapped(_ name: String, _ repository: GitRepository) throws(ReferenceFilesError) -> PushTarget {
    do throws(PushError) { return try target(name, repository) } catch { throw .push(error) }
  }

  /// So that several that push at once do not stay in step.
  private static func pause(_ attempt: Int) async {
    try? await Task.sleep(for: .milliseconds(Int.random(in: 0...min(2000, 50 << attempt))))
  }
}

extension PushError {
  /// Whether it was understood and not done: because of what somebody else did meanwhile, or on principle.
  fileprivate var isRefusal: Bool {
    switch self {
    case .notFastForward, .rejected, .moved: true
    default: false
    }
  }
}
