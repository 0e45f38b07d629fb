import Dialects
import Pinning
import References
import Rules

/// What became of one pinned action or component, by the refs of its repository.
struct ActionVerifier: Sendable {
  let refs: RepositoryRefs
  let knownBad: KnownBad

  /// `tag` is the tag or branch that the comment beside the commit names.
  func verdict(on commit: CommitID, of pin: ActionReference, tag: String?) -> Verdict {
    let verdict = verdictByRefs(on: commit, of: pin, tag: tag)
    // What is worse says more.
    guard refs.isArchived, verdict.severity == .note else { return verdict }
    return Verdict(
      .archived, .warning, ["\(refs.server) says that the repository is archived"] + verdict.evidence, current: verdict.current)
  }

  private func verdictByRefs(on commit: CommitID, of pin: ActionReference, tag: String?) -> Verdict {
    if let reason = knownBad.reason(for: commit) { return Verdict(.knownBad, .error, "the commit is on the list \(reason)") }
    guard let tag else { return unnamed(commit) }
    let resolved: ResolvedCommit
    do throws(SiteFailure) { resolved = try refs.resolve(pin.with(ref: tag), exactTags: .unwanted) } catch {
      guard error.isAbsence else { return Verdict(.unverified, .error, "\(error)") }
      return Verdict(.tagGone, .warning, ["\(refs.server) has no tag and no branch '\(tag)' any more"] + tip(commit))
    }
    if resolved.commit == commit { return renamed ?? Verdict(.current, .note) }
    let current = resolved.commit.hex
    if let reason = knownBad.reason(for: resolved.commit) {
      return Verdict(
        .knownBad, .error, "'\(tag)' names \(resolved.commit.abbreviated) now, which is on the list \(reason)", current: current)
    }
    if pin.with(ref: tag).level == .version {
      return Verdict(
        .mismatch, .error, ["'\(tag)' names \(resolved.commit.abbreviated), not the commit that stands beside it"] + tip(commit),
        current: current)
    }
    guard isTip(commit) else {
      return Verdict(
        .unreachable, .warning,
        [
          "'\(tag)' names \(resolved.commit.abbreviated) now",
          "no tag and no branch of the repository has the pinned commit at its tip: not verified",
        ],
        current: current)
    }
    return Verdict(.drift, .note, ["'\(tag)' names \(resolved.commit.abbreviated) now"] + tip(commit), current: current)
  }

  private func unnamed(_ commit: CommitID) -> Verdict {
    guard isTip(commit) else {
      return Verdict(
        .unreachable, .warning, "no tag and no branch of the repository has this commit at its tip: not verified; it may be one of a fork")
    }
    return Verdict(.untagged, .note, ["no tag is recorded beside it"] + tip(commit))
  }

  private var renamed: Verdict? {
    refs.renamedTo.map { Verdict(.renamed, .warning, "the repository is called '\($0)' now; somebody else may take the old name over") }
  }

  private func isTip(_ commit: CommitID) -> Bool { refs.tags.values.contains(commit) || refs.branches.values.contains(commit) }

  /// What has the commit, most specific first.
  private func tip(_ commit: CommitID) -> [String] {
    if let tag = refs.mostSpecificTag(of: commit) { return ["the pinned commit is that of '\(tag)'"] }
    if let tag = refs.tags.filter({ $0.value == commit }).keys.min() { return ["the pinned commit is that of '\(tag)'"] }
    return refs.branches.filter { $0.value == commit }.keys.min().map { ["the pinned commit is the tip of the branch '\($0)'"] } ?? []
  }
}
