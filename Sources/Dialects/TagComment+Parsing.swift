import Documents
import References
import SourceText

extension TagComment {
  /// Reads a comment as the name of a pin's tag: a tag alone (`# 1.25`, `# v4`), or one that begins with `tag=`, `pin@` or `ratchet:` and a
  /// reference. Any other text is prose, and nil. What is behind another `#` is read, too (`# hadolint ignore=DL3006 # tag=1.25`).
  ///
  /// Every word is a tag by its grammar, so a word alone counts only if it looks like one: it begins with a digit or `v` and a digit, holds
  /// `digit.digit` (`alpine3.20`), or its first part is a name that moving tags have (`latest`, `lts-alpine`, `bookworm-slim`). `# web`, `#
  /// k8s` and `# amd64` are prose.
  ///
  /// Of actions, these count besides: names that such a part has between slashes (`release/v1`), `frozen: v1`, and what Renovate,
  /// Dependabot and zizmor read: a version with a date or a remark behind it, one behind another comment
  /// (<https://github.com/zizmorcore/zizmor/issues/2165>), `# @v4`, `# renovate: tag=v4`, `# version: v4`; and a word that is all of the
  /// comment, for branches have any name
  /// (<https://github.com/renovatebot/renovate/blob/main/lib/modules/manager/github-actions/parse.ts>).
  package static func parse(comment: Comment, in text: SourceText, naming kind: Site.Kind = .image) -> TagComment? {
    for part in CommentPart.all(of: comment, in: text) {
      guard let (found, named) = tagNamed(by: part, kind) else { continue }
      let name = String(decoding: named, as: UTF8.self)
      guard kind == .image ? Tag(name) != nil : name == GitVersion.latest || GitRevision(name) != nil else { continue }
      return TagComment(
        name: name, kind: found, isAlone: part.isFirst && named.endIndex == comment.range.upperBound,
        removal: removal(of: part, in: comment, tagEnd: named.endIndex, in: text), tagRange: named.startIndex..<named.endIndex)
    }
    return nil
  }

  private static func tagNamed(by part: CommentPart, _ kind: Site.Kind) -> (Kind, ArraySlice<UInt8>)? {
    let body = part.body
    let word = body.prefix { !isBlank($0) }
    for found in [Kind.tag, .pin] where word.starts(with: found.prefix.utf8) {
      return (found, word.dropFirst(found.prefix.utf8.count))
    }
    if word.starts(with: Kind.ratchet.prefix.utf8) {
      let reference = word.dropFirst(Kind.ratchet.prefix.utf8.count)
      let separator = reference.lastIndex(of: UInt8(ascii: "@")) ?? reference.lastIndex(of: UInt8(ascii: ":"))
      return separator.map { (.ratchet, reference[($0 + 1)...]) }
    }
    let rest = body[word.endIndex...].drop(while: isBlank)
    let isWordAlone = rest.isEmpty || rest.first == UInt8(ascii: "#")
    guard kind == .action else {
      return part.isFirst && isWordAlone && looksLikeTag(String(decoding: word, as: UTF8.self)) ? (.bare, word) : nil
    }
    if word.elementsEqual("frozen:".utf8) {
      return (.frozen, body[word.endIndex...].drop(while: isBlank).prefix { !isBlank($0) })
    }
    if let version = announcedVersion(in: body) { return (.among, version) }
    let name = String(decoding: word, as: UTF8.self)
    if !isWordAlone || word.last.map(",;:".utf8.contains) ?? true { return versionWithRemark(word, rest).map { (.among, $0) } }
    guard part.isFirst else { return looksLikeVersion(name) ? (.among, word) : nil }
    if looksLikeRef(name) { return (.bare, word) }
    return rest.isEmpty ? (.word, word) : nil
  }

  /// `v4` of `renovate: tag=v4`, `tag = v4`, `version: v4`, `pin v4`, `@v4`.
  private static func announcedVersion(in body: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = body
    var isAnnounced = false
    for word in ["renovate:", "version", "tag", "ver", "pin", ":", "=", "@"] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(word.utf8.count).drop(while: isBlank)
      isAnnounced = true
    }
    let version = rest.prefix { !isBlank($0) }
    return isAnnounced && looksLikeVersion(String(decoding: version, as: UTF8.self)) ? version : nil
  }

  /// `v4` of `v4, see issue 12`, `v4 (2024-01-01)` and `v4.0.0 2024-01-01`. Of `v4 is broken here` nothing: words that follow a version
  /// without a mark may say anything of it, unless it names one release, which an update does not leave.
  private static func versionWithRemark(_ word: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let version = word.last.map(",;:".utf8.contains) ?? false ? word.dropLast() : word
    let name = String(decoding: version, as: UTF8.self)
    guard looksLikeVersion(name) else { return nil }
    let isSetOff = version.count < word.count || rest.first.map { "([|-–—".utf8.contains($0) || ASCII.isDigit($0) } ?? true
    return isSetOff || looksLikeFullVersion(name) ? version : nil
  }

  private static func removal(of part: CommentPart, in comment: Comment, tagEnd: Int, in text: SourceText) -> Range<Int> {
    // A comma behind the tag goes with it.
    let rest = text.bytes[tagEnd..<comment.range.upperBound].drop { isBlank($0) || ",;:".utf8.contains($0) }
    if let next = rest.first {
      // Another comment follows, which brings its own marker, or prose, which needs this one.
      let isComment = next == UInt8(ascii: "#") || rest.starts(with: "//".utf8)
      return isComment ? part.marker..<rest.startIndex : part.body.startIndex..<rest.startIndex
    }
    let lineIndex = text.lineIndex(at: comment.range.lowerBound)
    let lineStart = lineIndex == 0 ? text.byteOrderMarkLength : text.lineStarts[lineIndex]
    let start = text.bytes[lineStart..<part.marker].lastIndex { !isBlank($0) }
    if let start { return (start + 1)..<comment.range.upperBound }
    return lineStart..<text.lineEnding(lineIndex).endIndex
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

/// What is behind one marker of a comment: of `# web # v4`, `web # v4`, and `v4`.
private struct CommentPart {
  /// Where its marker begins.
  var marker: Int
  /// From the first byte that is not white space to the end of the comment.
  var body: ArraySlice<UInt8>
  var isFirst: Bool

  static func all(of comment: Comment, in text: SourceText) -> [CommentPart] {
    let bytes = text.bytes[comment.range]
    func part(_ marker: Int, _ length: Int) -> CommentPart {
      CommentPart(marker: marker, body: bytes[(marker + length)...].drop { $0 == 0x20 || $0 == 0x09 }, isFirst: marker == bytes.startIndex)
    }
    let later = bytes.indices.dropFirst().filter {
      bytes[$0] == UInt8(ascii: "#") && (bytes[$0 - 1] == 0x20 || bytes[$0 - 1] == 0x09)
    }
    return [part(bytes.startIndex, bytes.starts(with: "//".utf8) ? 2 : 1)] + later.map { part($0, 1) }
  }
}
