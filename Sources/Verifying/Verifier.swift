import Dialects
import Pinning
import References
import Rules

/// Judges the pins of a repository. Each distinct image is asked for once, and each git repository once, however often they are in the
/// tree.
package struct Verifier: Sendable {
  private let images: ImageVerifier
  private let listing: any RefListing
  private let repositories: any RepositoryAsking
  private let options: VerifyOptions

  package init(_ options: VerifyOptions, asking: any ContentAsking, listing: any RefListing, repositories: any RepositoryAsking) {
    images = ImageVerifier(asking: asking, options: options)
    self.listing = listing
    self.repositories = repositories
    self.options = options
  }

  /// A pin, and what it is recorded with.
  private enum Pin: Hashable, Sendable {
    case image(ImageName, Tag?, Digest)
    case action(ActionReference, CommitID, tag: String?)

    init?(_ site: Site) {
      if let image = site.imageWithCommentTag, let digest = image.digest {
        self = .image(image.name, image.tag, digest)
      } else if let action = site.action, let commit = action.commit {
        self = .action(action, commit, tag: site.tagComment?.name)
      } else {
        return nil
      }
    }

    /// What its tag names by that verdict; nil where that was not found out.
    func observed(_ verdict: Verdict) -> (Reference, ReferenceContent)? {
      switch self {
      case .image(let name, let tag?, let digest):
        guard let named = verdict.current.flatMap({ Digest($0) }) ?? (verdict.rule == .current ? digest : nil) else { return nil }
        return (.image(ImageReference(name: name, tag: tag, digest: nil)), .digest(named))
      case .action(let action, let commit, let tag?):
        guard let named = verdict.current.flatMap({ CommitID($0) }) ?? (verdict.rule == .current ? commit : nil) else { return nil }
        return (.action(action.with(ref: tag)), .commit(named))
      case .image, .action: return nil
      }
    }
  }

  private enum Question: Sendable {
    case image(Pin, ImageReference, Digest)
    /// With the commits that are pinned.
    case repository(ActionRepository, Set<CommitID>)

    var server: String {
      switch self {
      case .image(_, let image, _): image.name.registry
      case .repository(let repository, _): repository.serverName
      }
    }
  }

  private enum Answer: Sendable {
    case verdict(Verdict)
    case refs(Result<RepositoryRefs, SiteFailure>)
  }

  /// The report of a run that only looked, with a verdict on each pin in it.
  package func verified(_ report: Report, progress: @escaping @Sendable (Progress) -> Void = { _ in }) async -> Report {
    var questions: [Question] = []
    var seen: Set<Pin> = []
    var commits: [ActionRepository: Set<CommitID>] = [:]
    for site in report.files.flatMap(\.sites) where site.state == .pinned {
      guard let pin = Pin(site.site), seen.insert(pin).inserted else { continue }
      switch pin {
      case .image(_, _, let digest):
        if let image = site.site.imageWithCommentTag { questions.append(.image(pin, image, digest)) }
      case .action(let action, let commit, _): commits[action.repository, default: []].insert(commit)
      }
    }
    questions += commits.map { .repository($0.key, $0.value) }.sorted { $0.server < $1.server }
    let counter = ProgressCounter(total: questions.count, report: progress)
    let answers = await boundedMap(questions, limit: options.jobs) { question -> Answer in
      await counter.counting(question.server) { await self.answer(question) }
    }
    var verdicts: [Pin: Verdict] = [:]
    var refs: [ActionRepository: Result<RepositoryRefs, SiteFailure>] = [:]
    for (question, answer) in zip(questions, answers) {
      switch (question, answer) {
      case (.image(let pin, _, _), .verdict(let verdict)): verdicts[pin] = verdict
      case (.repository(let repository, _), .refs(let found)): refs[repository] = found
      default: break
      }
    }
    for pin in seen {
      guard case .action(let action, let commit, let tag) = pin else { continue }
      verdicts[pin] = verdict(on: commit, of: action, tag, refs[action.repository])
    }
    var judged = report.judged { site in Pin(site).flatMap { verdicts[$0] } }
    for (pin, verdict) in verdicts {
      if let (reference, content) = pin.observed(verdict) { judged.resolved[reference] = content }
    }
    return judged
  }

  private func answer(_ question: Question) async -> Answer {
    switch question {
    case .image(_, let image, let digest): return .verdict(await images.verdict(on: image, digest))
    case .repository(let repository, let commits):
      do throws(SiteFailure) {
        var refs = try await listing.refs(of: repository, prefixes: ["refs/heads/", "refs/tags/"])
        refs.isArchived = await repositories.isArchived(repository, on: refs.server)
        let others = commits.filter { !refs.names($0) }
        if options.isDeep, !others.isEmpty {
          do throws(SiteFailure) {
            refs.lineage = .success(try await repositories.lineage(of: others, in: repository, refs))
          } catch {
            refs.lineage = .failure(error)
          }
        }
        return .refs(.success(refs))
      } catch {
        return .refs(.failure(error))
      }
    }
  }

  private func verdict(on commit: CommitID, of action: ActionReference, _ tag: String?, _ refs: Result<RepositoryRefs, SiteFailure>?)
    -> Verdict
  {
    switch refs {
    case .success(let refs):
      ActionVerifier(refs: refs, knownBad: options.knownBad, ledger: options.ledger).verdict(on: commit, of: action, tag: tag)
    case .failure(let failure): Verdict(.unverified, .error, "\(failure)")
    case nil: Verdict(.unverified, .error, "its repository was not asked")
    }
  }
}

extension Report {
  fileprivate func judged(_ verdict: (Site) -> Verdict?) -> Report {
    var report = self
    for file in report.files.indices {
      for site in report.files[file].sites.indices where report.files[file].sites[site].state == .pinned {
        if let verdict = verdict(report.files[file].sites[site].site) { report.files[file].sites[site].state = .verified(verdict) }
      }
    }
    return report
  }
}
