import Documents
import References
import SourceText

// Git repositories whose ref stands under a key of its own.
extension PlaceReader {
  /// The site of a repository and its ref: its text is both with an `@` between, its range the bytes of the ref. nil where the mapping names no repository.
  func gitSite(_ match: DocumentWalk.Match, _ keys: Place.GitKeys) -> Site? {
    guard case .mapping = match.node.content, let repository = match.node[keys.repository] else { return nil }
    guard let name = repository.scalar?.value else { return unread(repository, "", match) }
    guard !name.isEmpty else { return nil }
    let ref = match.node[keys.ref]
    if let ref, ref.scalar == nil { return unread(ref, "\(name)@", match) }
    let refText = ref?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    let shown = refText.isEmpty ? repository : ref ?? repository
    let range = text.sourceRange(ofValue: 0..<(shown.scalar?.value.utf8.count ?? 0), in: shown)
    var content = gitContent(keys.names, name: name, ref: refText)
    if case .action = content, let scalar = ref?.scalar, scalar.style == .plain, PlainScalar.isNumber(scalar.value) {
      content = .failed(.numericTag(scalar.value))
    } else if case .action = content, ref?.anchor != nil {
      // What uses it there need not be a ref, or not one of this repository.
      content = .failed(.notSpliceable("other places may use its anchor; write the ref out in each of them"))
    } else if case .action = content, range == nil {
      content = .failed(.writtenWithEscape(in: refText))
    }
    return Site(
      kind: .action, range: range ?? shown.range, text: refText.isEmpty ? name : "\(name)@\(refText)", place: match.path, content: content,
      form: .commit(keys.names == .hooks ? .frozen : .bare))
  }

  /// An alias, a list or a mapping where a text is expected.
  private func unread(_ node: Node, _ prefix: String, _ match: DocumentWalk.Match) -> Site {
    let shown = text.string(node.range).firstLine
    return Site(
      kind: .action, range: node.range, text: prefix + shown, place: match.path, content: .skipped(.notUnderstood("'\(shown)'")),
      form: .commit(.bare))
  }

  private func gitContent(_ names: Place.GitKeys.Names, name: String, ref: String) -> Site.Content {
    if names == .hooks, name == "meta" { return .skipped(.notPinnable("hooks of pre-commit itself")) }
    if names == .hooks, name == "local" || name.hasPrefix(".") || name.hasPrefix("/") || name.hasPrefix("file:") {
      return .skipped(.local)
    }
    if let placeholder = Literal.placeholder(in: "\(name) \(ref)") { return .skipped(.notLiteral(placeholder)) }
    if names == .hooks, !options.pinsPreCommit { return .skipped(.turnedOff(setting: "actions: {pre-commit: true}")) }
    do throws(ActionReferenceError) {
      switch names {
      case .project:
        if ref.isEmpty { return .skipped(.defaultBranch) }
        return .action(try ActionReference(project: name, ref: ref))
      case .hooks:
        if ref.isEmpty { throw .noRefUnder(key: "rev") }
        return .action(try ActionReference(url: name, ref: ref))
      }
    } catch { return .failed(.invalidReference(error.description)) }
  }
}
