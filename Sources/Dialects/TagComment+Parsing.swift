import Documents
import References
import SourceText

extension TagComment {
  /// Reads a comment as the name of a pin's tag: a tag alone (`# 1.25`, `# v4`), or one that begins with `tag=`, `pin@` or `ratchet:` and a reference.
  /// Any other text is prose, and nil.
  ///
  /// Every word is a tag by its grammar, so a word alone counts only if it looks like one: it begins with a digit or `v` and a digit, holds `digit.digit`
  /// (`alpine3.20`), or its first part is a name that moving tags have (`latest`, `lts-alpine`, `bookworm-slim`). `# web`, `# k8s` and `# amd64` are prose. Of the refs of git
  /// those count, too, in which such a name stands between slashes (`release/v1`), and `frozen: v1` is read.
  package static func parse(comment: Comment, in text: SourceText, naming kind: Site.Kind = .image) -> TagComment? {
    let bytes = text.bytes[comment.range]
    let markerLength = bytes.starts(with: "//".utf8) ? 2 : 1
    let body = bytes.dropFirst(markerLength).drop(while: isBlank)
    guard let (form, named) = tagNamed(by: body, kind) else { return nil }
    let name = String(decoding: named, as: UTF8.self)
    guard kind == .image ? Tag(name) != nil : name == GitVersion.latest || GitRevision(name) != nil else { return nil }
    if form == .bare, kind == .image ? !looksLikeTag(name) : !looksLikeRef(name) { return nil }
    return TagComment(
      name: name, form: form, removal: removal(of: comment, body: body, tagEnd: named.endIndex, in: text),
      tagRange: named.startIndex..<named.endIndex)
  }

  /// The changes that write the tag beside its pin; nil where no comment can stand. Removing `removal` of the comment that is then read undoes them.
  package static func splices(recording tag: Tag, at place: CommentPlace) -> [Splice]? { splices(recording: tag.text, as: .tag, at: place) }

  package static func splices(recording name: String, as form: Form, at place: CommentPlace) -> [Splice]? {
    let text = form.written(name)
    switch place {
    case .lineEnd(let insertion, existing: nil, let marker):
      return [Splice(insertion..<insertion, with: (form == .frozen ? "  " : " ") + "\(marker.rawValue) \(text)")]
    case .lineEnd(_, existing: let comment?, let marker):
      return [Splice(comment.range.lowerBound..<comment.range.lowerBound, with: "\(marker.rawValue) \(text) ")]
    case .lineAbove(let insertion, let indentation, let lineEnding):
      return [Splice(insertion..<insertion, with: "\(indentation)# \(text)\(lineEnding)")]
    case .none:
      return nil
    }
  }

  /// The change that makes it name another tag, in its own form; nil where it names that one already.
  package func splice(naming other: String) -> Splice? {
    other == name ? nil : Splice(tagRange, with: form == .bare ? Form.bare.written(other) : other)
  }

  private static func tagNamed(by body: ArraySlice<UInt8>, _ kind: Site.Kind) -> (Form, ArraySlice<UInt8>)? {
    let word = body.prefix { !isBlank($0) }
    for form in [Form.tag, .pin] where word.starts(with: form.prefix.utf8) {
      return (form, word.dropFirst(form.prefix.utf8.count))
    }
    if word.starts(with: Form.ratchet.prefix.utf8) {
      let reference = word.dropFirst(Form.ratchet.prefix.utf8.count)
      let separator = reference.lastIndex(of: UInt8(ascii: "@")) ?? reference.lastIndex(of: UInt8(ascii: ":"))
      return separator.map { (.ratchet, reference[($0 + 1)...]) }
    }
    if kind == .action, word.elementsEqual("frozen:".utf8) {
      return (.frozen, body[word.endIndex...].drop(while: isBlank).prefix { !isBlank($0) })
    }
    let rest = body[word.endIndex...].drop(while: isBlank)
    return rest.isEmpty || rest.first == UInt8(ascii: "#") ? (.bare, word) : nil
  }

  private static func removal(of comment: Comment, body: ArraySlice<UInt8>, tagEnd: Int, in text: SourceText) -> Range<Int> {
    let rest = text.bytes[tagEnd..<comment.range.upperBound].drop(while: isBlank)
    if let next = rest.first {
      // Another comment follows, which brings its own marker, or prose, which needs this one.
      let isComment = next == UInt8(ascii: "#") || rest.starts(with: "//".utf8)
      return isComment ? comment.range.lowerBound..<(tagEnd + 1) : body.startIndex..<rest.startIndex
    }
    let lineIndex = text.lineIndex(at: comment.range.lowerBound)
    let lineStart = lineIndex == 0 ? text.byteOrderMarkLength : text.lineStarts[lineIndex]
    let start = text.bytes[lineStart..<comment.range.lowerBound].lastIndex { !isBlank($0) }
    if let start { return (start + 1)..<comment.range.upperBound }
    return lineStart..<text.lineEnding(lineIndex).endIndex
  }

  static func looksLikeTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return false }
    if ASCII.isDigit(first) { return true }
    if first == UInt8(ascii: "v") || first == UInt8(ascii: "V"), bytes.count > 1, ASCII.isDigit(bytes[1]) { return true }
    for index in bytes.indices.dropFirst().dropLast() where bytes[index] == UInt8(ascii: ".") {
      if ASCII.isDigit(bytes[index - 1]), ASCII.isDigit(bytes[index + 1]) { return true }
    }
    let word = bytes.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "_") }
    return movingTags.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  /// Whether a word alone is read as the ref of an action.
  static func looksLikeRef(_ text: String) -> Bool {
    text == GitVersion.latest || text.hasPrefix("refs/") || text.split(separator: "/").contains { looksLikeTag(String($0)) }
  }

  private static let movingTags: Set<String> = [
    "latest", "stable", "edge", "lts", "current", "mainline", "nightly", "canary", "next", "beta", "alpha", "rc", "dev", "devel", "develop",
    "main", "master", "rolling", "release", "testing", "unstable", "snapshot",
    "alpine", "slim", "bookworm", "bullseye", "buster", "trixie", "forky", "sid", "focal", "jammy", "noble", "distroless", "nonroot",
  ]

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

extension TagComment.Form {
  /// What stands in front of the tag; in that of ratchet, the name of what is pinned follows.
  fileprivate var prefix: String {
    switch self {
    case .bare: ""
    case .tag: "tag="
    case .pin: "pin@"
    case .ratchet: "ratchet:"
    case .frozen: "frozen: "
    }
  }

  /// A name that would not be read as one by itself is written as pin-github-action does.
  fileprivate func written(_ name: String) -> String {
    self == .bare && !TagComment.looksLikeRef(name) ? "pin@" + name : prefix + name
  }
}
