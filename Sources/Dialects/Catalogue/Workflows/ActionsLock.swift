import Documents
import References
import SourceText

/// The lock file of `gh actions-lock`: which workflow is locked, and which actions in it; <https://github.com/github/gh-actions-lock>.
struct ActionsLock {
  static let name = "actions.lock"
  static let path = ".github/workflows/\(name)"
  /// nil where it cannot be read.
  private let workflows: Node?

  init(_ bytes: [UInt8]) {
    let workflows = (try? YAMLReader.read(SourceText(bytes)))?.documents.first?["workflows"]
    self.workflows = if case .mapping? = workflows?.content { workflows } else { nil }
  }

  /// Why an action in that workflow is left to it; nil where it is not listed. The entries were `owner/repo@ref:sha1-…` at first, and are
  /// `owner/repo@ref` since version 0.0.2.
  func reason(for action: ActionReference, in workflow: String) -> SkipReason? {
    guard let workflows else { return .locked(file: Self.path, problem: "it has no list of workflows") }
    return lists(action, workflows[workflow]) ? .locked(file: Self.path, problem: nil) : nil
  }

  private func lists(_ action: ActionReference, _ entries: Node?) -> Bool {
    let locked = "\(action.repository.path)@\(action.ref)".lowercased()
    return entries?.elements.contains { entry in
      guard let entry = entry.scalar?.value.lowercased() else { return false }
      return entry == locked || entry.hasPrefix(locked + ":")
    } ?? false
  }
}
