import Documents
import References
import SourceText

/// `uses:` of a workflow or action: `owner/repo@ref` on that service, `./local`, or `docker://image`.
struct UsedAction: PlaceReading {
  let service: ActionRepository.Service

  init(on service: ActionRepository.Service) { self.service = service }

  var pinnedPart: PinnedPart { .ref }
  var certaintyOfParameters: ParameterUse.Certainty? { .certain }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      if let image = scalar.imageBehindDocker(value) { return ImageText().site(at: match, image, in: scalar, of: file) }
      return file.site(match, value, content(of: scalar.value.utf8Slice(value), scalar, file), kind: .action)
    }.map { [$0] }
  }

  private func content(of value: String, _ scalar: Scalar, _ file: ReadFile) -> Site.Content {
    if let placeholder = scalar.placeholder(inRef: value) { return .skipped(.notLiteral(placeholder)) }
    // `$/` is the repository at the commit that runs.
    if ["./", ".\\", "$/"].contains(where: value.hasPrefix) { return .skipped(.local) }
    let action: ActionReference
    do throws(ActionReferenceError) { action = try ActionReference(parsing: value, on: service) } catch {
      return .failed(.invalidReference(error.description))
    }
    if let reason = action.commit == nil ? TagOnlyAction.reason(for: action) : nil { return .skipped(.mustStayTag(reason)) }
    if let reason = lock(in: file)?.reason(for: action, in: file.options.path) { return .skipped(reason) }
    return .action(action)
  }

  private func lock(in file: ReadFile) -> ActionsLock? {
    service == .github && !file.options.ignoresActionsLock ? file.once { file.companion(ActionsLock.name).map(ActionsLock.init) } : nil
  }
}

extension Scalar {
  /// What is filled in elsewhere in a text that ends with a ref. CMake's `@NAME@` does not count here: it is a ref too many.
  func placeholder(inRef text: String) -> String? {
    localTag.map { "\($0) \(text)" } ?? Literal.placeholder(in: text, constructs: .all.subtracting(.at))
  }
}
