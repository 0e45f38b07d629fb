import Documents
import References
import SourceText

/// A mapping that names a git repository and, under a key of its own, a ref of it. What the names mean is up to the consumer.
struct GitRepository {
  var repositoryKey: String
  var refKey: String
  /// The kind of comment that records the ref.
  var comment: TagComment.Kind = .bare

  /// The site of a repository and its ref: its text is both with an `@` between, its range the bytes of the ref. nil where the mapping
  /// names no repository.
  func site(at match: Match, of file: ReadFile, meaning: (_ repository: String, _ ref: String) -> Site.Content) -> Site? {
    guard case .mapping = match.node.content, let repository = match.node[repositoryKey] else { return nil }
    guard let name = repository.scalar?.value else { return unread(repository, "", match, file) }
    guard !name.isEmpty else { return nil }
    let ref = match.node[refKey]
    if let ref, ref.scalar == nil { return unread(ref, "\(name)@", match, file) }
    let refText = ref?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    let shown = refText.isEmpty ? repository : ref ?? repository
    let range = file.sourceRange(ofValue: 0..<(shown.scalar?.value.utf8.count ?? 0), in: shown)
    var content = meaning(name, refText)
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
      form: .commit(comment))
  }

  /// An alias, a list or a mapping where a text is expected.
  private func unread(_ node: Node, _ prefix: String, _ match: Match, _ file: ReadFile) -> Site {
    let shown = file.text.string(node.range).firstLine
    return Site(
      kind: .action, range: node.range, text: prefix + shown, place: match.path, content: .skipped(.notUnderstood("'\(shown)'")),
      form: .commit(.bare))
  }
}
