import Pinning
import Rules
import SourceText

/// The last line of `check` and `list`: what to do about what can still change.
struct NextSteps {
  /// nil where there is nothing to do, and of other commands.
  let line: String?

  init(_ report: Report, configurationPath: String) {
    guard report.command == .check || report.command == .list else {
      line = nil
      return
    }
    var steps: [String] = []
    if report.files.contains(where: { file in file.sites.contains { report.isToBePinned($0) } }) { steps.append("'tagpin pin'") }
    let places = report.files.flatMap { file in
      file.sites.filter(\.isMutableThoughSkipped).map { (rule: $0.state.rule, place: "\(file.shownPath.visible):\($0.position.line)") }
    }
    let rules = Set(places.map(\.rule))
    if rules.contains(.tagInScript) { steps.append("'scripts: true' in \(configurationPath) takes what is in scripts") }
    if rules.contains(.likely) { steps.append("'--likely' takes what only may be an image") }
    let wanted: Set<Rule> = [.tagInScript, .likely, .ignoredByComment, .ignoredByConfiguration, .notSelected]
    if let other = places.first(where: { !wanted.contains($0.rule) }) {
      steps.append("'tagpin explain \(other.place)' says what to do there")
    }
    line = steps.isEmpty ? nil : "next: \(steps.joined(separator: "; "))"
  }
}

extension Report {
  /// `pin` would pin it, and the command complains of it, if it is one that does.
  fileprivate func isToBePinned(_ site: SiteReport) -> Bool {
    guard site.state == .unpinned, site.shownReasonNotToPin.isEmpty else { return false }
    return !command.isGate || finding(of: site) != nil
  }
}
