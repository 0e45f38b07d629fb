import Documents
import References
import SourceText

// References of git repositories: what a workflow uses, and the components of a pipeline.
extension PlaceReader {
  func actionSite(_ match: DocumentWalk.Match, _ valueRange: Range<Int>, _ content: Site.Content) -> Site {
    var site = site(match, valueRange, content, kind: .action)
    site.form = .commit(.bare)
    return site
  }

  /// What `uses: value` means where it is no image.
  func used(_ value: String, _ scalar: Scalar, on service: ActionRepository.Service) -> Site.Content {
    if let placeholder = placeholder(in: value, scalar) { return .skipped(.notLiteral(placeholder)) }
    // `$/` is the repository at the commit that runs.
    if ["./", ".\\", "$/"].contains(where: value.hasPrefix) { return .skipped(.local) }
    let action: ActionReference
    do throws(ActionReferenceError) { action = try ActionReference(parsing: value, on: service) } catch {
      return .failed(.invalidReference(error.description))
    }
    if let reason = action.commit == nil ? TagOnlyActions.reason(for: action.name) : nil { return .skipped(.mustStayTag(reason)) }
    if let reason = lock(of: action) { return .skipped(reason) }
    return .action(action)
  }

  func component(_ value: String, _ scalar: Scalar) -> Site.Content {
    let host = value.prefix { $0 != "/" }
    // These are the server that runs the pipeline, and the only one that it takes components from.
    let isServer = ["$CI_SERVER_FQDN", "${CI_SERVER_FQDN}", "$CI_SERVER_HOST", "${CI_SERVER_HOST}"].contains(host)
    if let placeholder = placeholder(in: isServer ? String(value[host.endIndex...]) : value, scalar) {
      return .skipped(.notLiteral(placeholder))
    }
    do throws(ActionReferenceError) { return .action(try ActionReference(parsingComponent: value)) } catch {
      return .failed(.invalidReference(error.description))
    }
  }

  private func placeholder(in value: String, _ scalar: Scalar) -> String? {
    if let tag = scalar.localTag { return "\(tag) \(value)" }
    // What CMake would fill in, `@NAME@`, is none here: it is a ref too many.
    return Literal.placeholder(in: value, constructs: .all.subtracting(.at))
  }

  /// Why an action is left to the lock file beside its workflow; nil where that does not list it. The entries were `owner/repo@ref:sha1-…` at first, and are
  /// `owner/repo@ref` since version 0.0.2.
  private func lock(of action: ActionReference) -> SkipReason? {
    guard !options.ignoresActionsLock, action.repository.service == .github, let bytes = options.companions.first?.bytes else { return nil }
    let file = ActionsLock.path
    guard let workflows = ActionsLock(bytes) else { return .locked(file: file, problem: "it has no list of workflows") }
    return workflows.lists(action, in: options.path) ? .locked(file: file, problem: nil) : nil
  }
}

/// The lock file of `gh actions-lock`: which workflow is locked, and which actions in it; <https://github.com/github/gh-actions-lock>.
struct ActionsLock {
  static let path = ".github/workflows/actions.lock"
  private let workflows: Node

  /// nil where it cannot be read.
  init?(_ bytes: [UInt8]) {
    guard let workflows = (try? YAMLReader.read(SourceText(bytes)))?.documents.first?["workflows"], case .mapping = workflows.content else {
      return nil
    }
    self.workflows = workflows
  }

  func lists(_ action: ActionReference, in workflow: String) -> Bool {
    let locked = "\(action.repository.path)@\(action.ref)".lowercased()
    return workflows[workflow]?.elements.contains { entry in
      guard let entry = entry.scalar?.value.lowercased() else { return false }
      return entry == locked || entry.hasPrefix(locked + ":")
    } ?? false
  }
}
