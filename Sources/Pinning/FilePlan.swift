import Dialects
import References
import Rules
import SourceText

/// A scanned file and what is to be done about each of its sites.
struct FilePlan: Sendable {
  var file: ScannedFile
  var decisions: [SiteDecision]

  var hasMovableImage: Bool {
    zip(file.findings.sites, decisions).contains { site, decision in
      switch decision {
      case .resolve(.image, _): true
      case .settled(.unpinned): site.kind == .image
      default: false
      }
    }
  }

  func report(_ resolutions: Resolutions, _ moves: MoveDecisions) -> FileReport {
    var report = FileReport(
      path: file.file.path, shownPath: file.file.shownPath, absolutePath: file.file.absolutePath, dialect: file.dialect?.name,
      state: file.state)
    var changes: [SiteChange] = []
    var states: [SiteState] = []
    var outcomes: [Outcome] = []
    for (index, (site, decision)) in zip(file.findings.sites, decisions).enumerated() {
      let outcome = outcome(site, index, decision, resolutions, moves)
      states.append(outcome.state)
      outcomes.append(outcome)
      if let change = outcome.change { changes.append(change) }
    }
    if let text = file.text {
      do throws(RewriteError) {
        report.change = try rewritten(changes, text)
      } catch {
        // What only may be an image keeps nothing else from being written.
        let certain = changes.filter { !file.findings.sites[$0.siteIndex].isLikely }
        report.change = certain.count < changes.count ? try? rewritten(certain, text) : nil
        let failed = report.change == nil ? changes : changes.filter { file.findings.sites[$0.siteIndex].isLikely }
        if report.change == nil { report.state = .failed(.notRewritten, problem: error.description, at: nil) }
        for change in failed { states[change.siteIndex] = .failed(.notSpliceable(error.description)) }
      }
    }
    let splices = Dictionary(changes.map { ($0.siteIndex, $0.splices) }, uniquingKeysWith: { $0 + $1 })
    report.sites = file.findings.sites.indices.filter { !file.mentions.contains($0) }.map { index in
      var site = SiteReport(
        site: file.findings.sites[index], position: file.positions[index], state: states[index], notes: outcomes[index].notes)
      if let mark = site.site.endedMark { site.notes.append(.ignoreEnded(mark.text)) }
      if case .changed = site.state {
        site.splices = splices[index] ?? []
        site.followed = outcomes[index].followed
      }
      return site
    }
    return report
  }

  /// nil without a change.
  private func rewritten(_ changes: [SiteChange], _ text: SourceText) throws(RewriteError) -> FileReport.Change? {
    guard !changes.isEmpty else { return nil }
    return FileReport.Change(original: text, bytes: try file.rewritten(changes), splices: changes.flatMap(\.splices))
  }

  private struct Outcome {
    var state: SiteState
    var change: SiteChange?
    var notes: [SiteNote] = []
    /// What happened to the tag that the change follows.
    var followed: Verdict?
  }

  private func outcome(
    _ site: Site, _ index: Int, _ decision: SiteDecision, _ resolutions: Resolutions, _ moves: MoveDecisions
  ) -> Outcome {
    let change: SiteChange?
    var notes: [SiteNote] = []
    var followed: Verdict?
    switch decision {
    case .settled(let state): return Outcome(state: state)
    case .unpin(let reference): change = .unpin(site, index: index, to: reference)
    case .unpinIfKnown(let reference):
      if case .failure(let failure)? = resolutions[reference] { return Outcome(state: site.state(failedBy: failure)) }
      change = .unpin(site, index: index, to: reference)
    case .relabel(_, let labelling):
      switch labelling == .exact ? resolutions.label(for: site) : resolutions.repairedLabel(for: site) {
      case .failure(let failure): return Outcome(state: .failed(failure))
      case .success(let label):
        guard let label, let change = SiteChange.relabel(site, index: index, label) else { return Outcome(state: .pinned) }
        return Outcome(state: .changed(to: NewReference(change.reference, label: label.name)), change: change)
      }
    case .retag(let pin):
      switch resolutions.tags[pin] ?? .success(nil) {
      case .failure(let failure): return Outcome(state: .failed(failure))
      case .success(nil): return Outcome(state: .pinned)
      case .success(let tag?):
        guard let change = SiteChange.retag(site, index: index, tag) else {
          return Outcome(state: .failed(.notSpliceable("its tag is a value of its own; write '\(tag)' there by hand")))
        }
        return Outcome(state: .changed(to: NewReference(change.reference, label: tag.text)), change: change)
      }
    case .resolve(let reference, let form):
      switch resolutions[reference] {
      case .failure(let failure): return Outcome(state: site.state(failedBy: failure))
      case nil: return Outcome(state: .failed(.unresolved("it was not asked for", isAbsence: false)))
      case .success(let resolution):
        if site.isPinned(to: resolution) { return Outcome(state: .pinned, notes: resolution.notes) }
        switch moves.step(of: site, in: file.file.path, reference, to: resolution) {
        case .stay(let verdict): return Outcome(state: .verified(verdict), notes: resolution.notes)
        case .follow(let content, let verdict, let newer):
          followed = verdict
          notes = newer.map { [.newerHeld($0)] } ?? []
          change = .pin(site, index: index, reference, to: content, form: form)
        }
      }
    }
    guard let change else { return Outcome(state: .failed(.noPlaceForTag)) }
    return Outcome(state: .changed(to: NewReference(change.reference)), change: change, notes: change.notes + notes, followed: followed)
  }
}

extension Resolution {
  fileprivate var notes: [SiteNote] {
    if case .commit(let resolved) = self { resolved.notes } else { [] }
  }
}

extension Site {
  /// How it ends where what it points at could not be found out. A pin whose tag is in a comment still names its commit: the comment may be
  /// wrong, and that concerns this pin alone.
  fileprivate func state(failedBy failure: SiteFailure) -> SiteState {
    guard case .unresolved(let unresolved) = failure, let tagComment, action?.commit != nil || image?.digest != nil && image?.tag == nil
    else {
      return .failed(failure)
    }
    if unresolved.kind == .absent {
      return tagComment.isSurelyRef ? .failed(.staleComment(tagComment.name, unresolved)) : .skipped(.noTagRecorded)
    }
    return .failed(tagComment.kind == .word ? .staleComment(tagComment.name, unresolved) : failure)
  }

  fileprivate func isPinned(to resolution: Resolution) -> Bool {
    switch resolution {
    case .digest(let digest): image?.digest == digest
    case .commit(let resolved): action?.commit == resolved.commit
    }
  }
}
