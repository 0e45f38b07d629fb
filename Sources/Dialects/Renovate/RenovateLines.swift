import References
import SourceText

extension Syntax {
  /// Whatever the file is written in, these lines are read alike, as they are in files of every dialect.
  static let renovateComments = Syntax(
    "a text", words: "a tag with its digest below a comment `# renovate: datasource=docker depName=…`",
    reading: .sites { (_, _, _) in Findings() })
}

/// Finds the tags below comments of Renovate, in a file of any kind.
enum RenovateLines {
  private static let marks = ["datasource=docker", "renovate:"].map { Array($0.utf8) }

  /// The sites that none of `others` has. A tag with its digest is one that can be moved. A tag alone is reported: what it is used for,
  /// nobody knows here.
  static func sites(in text: SourceText, besides others: [Site]) -> [Site] {
    guard marks.allSatisfy(text.bytes.holds) else { return [] }
    let taken = others.flatMap { [$0.range] + ($0.digestKey.map { [$0.range] } ?? []) }
    return (1..<max(1, text.lineStarts.count)).compactMap { line -> Site? in
      guard let comment = comment(in: text, line - 1), Self.comment(in: text, line) == nil, let named = RenovateComment(comment),
        let site = site(in: text, line, named.image)
      else { return nil }
      let isTaken = taken.contains { other in other.overlaps(site.range) || site.digestKey.map { other.overlaps($0.range) } ?? false }
      return isTaken ? nil : site
    }
  }

  /// What a line says behind `#` or `//`, if that is all of it.
  private static func comment(in text: SourceText, _ line: Int) -> String? {
    let content = text.lineRange(line)
    let bytes = text.bytes[max(content.lowerBound, text.byteOrderMarkLength)..<content.upperBound].drop(while: \.isWhiteSpace)
    let marker = bytes.first == UInt8(ascii: "#") ? 1 : bytes.starts(with: "//".utf8) ? 2 : 0
    guard marker > 0 else { return nil }
    return String(decoding: bytes.dropFirst(marker).drop(while: \.isWhiteSpace), as: UTF8.self)
  }

  private static func site(in text: SourceText, _ line: Int, _ image: ImageName) -> Site? {
    guard let value = value(in: text, text.lineRange(line), isTag) else { return nil }
    let below = digestBelow(line, in: text)
    let written = text.string(value) + (below.map { "@" + text.string($0) } ?? "")
    var site = Site(range: value, text: "", place: "renovate", content: .skipped(.tagElsewhere))
    let name = image.familiar
    site.text = "\(name):\(written)"
    guard let reference = try? ImageReference(parsing: site.text) else { return nil }
    if let digest = reference.digest {
      let start = value.upperBound - digest.description.utf8.count
      site.content = .image(reference)
      // A line of its own holds the digest alone, and what uses it would be none without it.
      site.digestKey =
        below.map { DigestKey(name: "digest", range: $0, removal: nil) }
        ?? DigestKey(name: "digest", range: start..<value.upperBound, removal: (start - 1)..<value.upperBound)
    } else {
      site.content = .skipped(
        .notPinnable(
          "a tag of '\(name)' by the comment above; what uses it may not be an image, so no digest is added; one that is behind it already, or in the next line under a name with 'digest' in it, is kept up to date"
        ))
    }
    if let mark = ignoreMark(in: text, value.upperBound..<text.lineRange(line).upperBound) { site.leave(by: mark) }
    return site
  }

  /// The digest that the line below that one has, under a name that says so: `ALPINE_DIGEST=sha256:…`. None where the tag has one itself.
  private static func digestBelow(_ line: Int, in text: SourceText) -> Range<Int>? {
    guard line + 1 < text.lineStarts.count, comment(in: text, line + 1) == nil,
      !text.bytes[text.lineRange(line)].contains(UInt8(ascii: "@"))
    else { return nil }
    let below = text.lineRange(line + 1)
    guard let value = value(in: text, below, { Digest($0)?.algorithm == .sha256 }) else { return nil }
    let name = String(decoding: text.bytes[below.lowerBound..<value.lowerBound], as: UTF8.self)
    return name.lowercased().contains("digest") ? value : nil
  }

  /// A tag, or a tag and a digest.
  private static func isTag(_ text: String) -> Bool {
    let tag = text.utf8.prefix { $0 != UInt8(ascii: "@") }
    return Tag(String(decoding: tag, as: UTF8.self)) != nil && (tag.contains(where: ASCII.isDigit) || tag.elementsEqual("latest".utf8))
  }

  /// The value of the last assignment of a line: what is behind `=`, `:` or a blank, in quotes or not, if it is what is looked for.
  private static func value(in text: SourceText, _ line: Range<Int>, _ isMeant: (String) -> Bool) -> Range<Int>? {
    let bytes = text.bytes[line]
    let assigned = bytes.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
    guard let mark = environmentValue(in: bytes) ?? assigned else { return nil }
    var start = mark + 1
    // `:=`, `?=`, `::=`
    while start < line.upperBound, bytes[start] == UInt8(ascii: "=") || bytes[start] == UInt8(ascii: ":") { start += 1 }
    while start < line.upperBound, bytes[start].isWhiteSpace { start += 1 }
    guard start < line.upperBound else { return nil }
    let quote = bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") ? bytes[start] : nil
    if quote != nil { start += 1 }
    let end =
      bytes[start...].firstIndex { !$0.isNameByte && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: ":") }
      ?? line.upperBound
    guard end > start else { return nil }
    if let quote { guard end < line.upperBound, bytes[end] == quote else { return nil } }
    // Nothing but a comment, a comma or a bracket may follow.
    let rest = bytes[(quote == nil ? end : end + 1)...].drop(while: \.isWhiteSpace)
    if let next = rest.first, !"#,;})/\\".utf8.contains(next) || quote == nil && rest.startIndex == end && next != UInt8(ascii: ",") {
      return nil
    }
    guard isMeant(text.string(start..<end)) else { return nil }
    return start..<end
  }

  /// The blank of `ENV NAME value`.
  private static func environmentValue(in bytes: ArraySlice<UInt8>) -> Int? {
    let words = bytes.split(whereSeparator: \.isWhiteSpace)
    guard words.count == 3, String(decoding: words[0], as: UTF8.self).uppercased() == "ENV" else { return nil }
    return words[2].startIndex - 1
  }

  private static func ignoreMark(in text: SourceText, _ rest: Range<Int>) -> IgnoreMark? {
    guard let marker = text.bytes[rest].firstIndex(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/") }) else { return nil }
    let body = text.bytes[marker..<rest.upperBound].drop { "#/ \t".utf8.contains($0) }
    return IgnoreMark(in: String(decoding: body, as: UTF8.self))
  }
}
