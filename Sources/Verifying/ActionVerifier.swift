import Dialects
import Pinning
import References
import Rules

/// What became of one pinned action or component, by the refs of its repository.
struct ActionVerifier: Sendable {
  let refs: RepositoryRefs
  let knownBad: KnownBad
  var ledger = Ledger()

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
      if let seen = ObservedName(pin.with(ref: tag)).flatMap({ ledger.firstSeen(.commit(commit), as: $0) }) {
        let words =
          "'\(tag)' names \(resolved.commit.abbreviated) now, and named the pinned commit on \(UTCTime.text(seen)), as the ledger says"
        return Verdict(.mutant, .error, [words] + tip(commit), current: current)
      }
      return Verdict(
        .mismatch, .error, ["'\(tag)' names \(resolved.commit.abbreviated), not the commit beside it"] + tip(commit),
        current: current)
    }
    let now = "'\(tag)' names \(resolved.commit.abbreviated) now"
    return unreachable(commit, [now], current) ?? Verdict(.drift, .note, [now] + tip(commit), current: current)
  }

  private func unnamed(_ commit: CommitID) -> Verdict {
    unreachable(commit, [], nil) ?? Verdict(.untagged, .note, ["no tag is recorded beside it"] + tip(commit))
  }

  private var renamed: Verdict? {
    refs.renamedTo.map { Verdict(.renamed, .warning, "the repository is called '\($0)' now; somebody else may take the old name over") }
  }

  /// nil where a tag or a branch names the commit, or is known to lead to it. Of a commit that none leads to, GitHub shows it under the
  /// name of the repository all the same.
  private func unreachable(_ commit: CommitID, _ evidence: [String], _ current: String?) -> Verdict? {
    guard !refs.names(commit) else { return nil }
    switch refs.lineage {
    case .success(let lineage) where lineage[commit] != nil: return nil
    case .success:
      let words = "no tag and no branch of the repository leads to the pinned commit: possibly a commit of a fork"
      return Verdict(.unreachable, .error, evidence + [words], current: current)
    case .failure(let failure): return Verdict(.unverified, .error, evidence + ["\(failure)"], current: current)
    case nil:
      let words = "no tag and no branch of the repository has the pinned commit at its tip: not verified; --deep looks further back"
      return Verdict(.unreachable, .warning, evidence + [words], current: current)
    }
  }

  /// What has the commit, most specific first.
  private func tip(_ commit: CommitID) -> [String] {
    if let tag = refs.mostSpecificTag(of: commit) { return ["the pinned commit is that of '\(tag)'"] }
    if let tag = refs.tags.filter({ $0.value == commit }).keys.min() { return ["the pinned commit is that of '\(tag)'"] }
    if let branch = refs.branches.filter({ $0.value == commit }).keys.min() {
      return ["the pinned commit is the tip of the branch '\(branch)'"]
    }
    guard case .success(let lineage)? = refs.lineage else { return [] }
    return [lineage[commit].map { "'\($0)' leads to the pinned commit" } ?? "no tag and no branch leads to the pinned commit"]
  }
}

extension RepositoryRefs {
  /// Whether a tag or a branch has the commit at its tip.
  func names(_ commit: CommitID) -> Bool { tags.values.contains(commit) || branches.values.contains(commit) }
}
