import Dialects
import References
import Rules

/// References that are left alone: those that are the subject and are in these files.
package struct IgnoreRule: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case image(ReferencePattern)
    case action(ReferencePattern)
    case everything
  }

  package var subject: Subject
  /// Empty for all.
  package var files: [Glob]
  package var reason: String?
  /// The last day on which it counts.
  package var until: CalendarDay?

  package init(_ subject: Subject, files: [Glob] = [], reason: String? = nil) {
    self.subject = subject
    self.files = files
    self.reason = reason
  }

  /// With its end.
  package var shownReason: String? {
    guard let until else { return reason }
    return reason.map { "\($0) (until \(until))" } ?? "until \(until)"
  }

  fileprivate func applies(to path: String) -> Bool {
    files.isEmpty || files.contains { $0.matches(path) }
  }
}

extension Configuration {
  /// The first rule that covers an image in that file. Pass the reference with the tag that a comment names (`Site.imageWithCommentTag`),
  /// so that a rule with a tag finds its pins, too.
  package func ignoreRule(for image: ImageReference, path: String) -> IgnoreRule? {
    guard !ignore.isEmpty else { return nil }
    let names = image.allNames
    return ignore.first { rule in
      switch rule.subject {
      case .image(let pattern): pattern.matches(names, version: image.effectiveTag?.text) && rule.value.applies(to: path)
      case .everything: rule.value.applies(to: path)
      case .action: false
      }
    }?.value
  }

  /// The first rule that covers an action in that file, written as `owner/repo[/path]@ref`. Letter case does not count in the name. A
  /// pattern of a repository's name covers the actions in it, too.
  package func ignoreRule(forAction written: String, path: String) -> IgnoreRule? {
    let parts = written.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let repository = parts[0].split(separator: "/").prefix(2).joined(separator: "/")
    return ignoreRule(forActionNames: [parts[0], repository], ref: parts.dropFirst().first, path: path)
  }

  /// The same for one that was read. Pass the reference with the tag that a comment names (`Site.actionTag`). A rule covers its repository
  /// by the path on the server or, where it is a URL, by the URL without the scheme.
  package func ignoreRule(for action: ActionReference, path: String) -> IgnoreRule? {
    guard !ignore.isEmpty else { return nil }
    let repository = action.repository.path
    let address = repository.firstRange(of: "://").map { [String(repository[$0.upperBound...])] } ?? []
    return ignoreRule(forActionNames: [action.name, repository] + address, ref: action.ref, path: path)
  }

  private func ignoreRule(forActionNames names: [String], ref: String?, path: String) -> IgnoreRule? {
    let names = names.map { $0.lowercased() }
    return ignore.first { rule in
      switch rule.subject {
      case .action(let pattern): pattern.matches(names, version: ref) && rule.value.applies(to: path)
      case .everything: rule.value.applies(to: path)
      case .image: false
      }
    }?.value
  }

  /// The first rule that covers all of a file, for what is found in it and is not a reference.
  package func ignoreRule(forFile path: String) -> IgnoreRule? {
    ignore.first { $0.subject == .everything && $0.value.applies(to: path) }?.value
  }
}
