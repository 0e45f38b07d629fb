import Documents
import References
import SourceText

/// Reads a Dockerfile that is one only after a template language has filled it in, line by line: it knows `FROM`, `COPY --from` and `RUN
/// --mount`, and what keeps a line from being an instruction.
struct DockerfileTemplate {
  private let text: SourceText
  private let regions: TemplateRegions
  private var stages: Set<String> = []
  private var sites: [Site] = []

  /// The images that are written out, and, as skipped, those that are not.
  static func findings(in text: SourceText) throws(DocumentError) -> Findings {
    var reader = DockerfileTemplate(text)
    var isContinued = false
    var heredocs: [DockerfileHeredoc] = []
    for line in text.lineStarts.indices {
      let range = reader.contentRange(line)
      let bytes = text.bytes[range]
      if let heredoc = heredocs.first {
        if heredoc.ends(at: bytes) { heredocs.removeFirst() }
        continue
      }
      let content = bytes.drop(while: \.isWhiteSpace)
      if content.isEmpty || content.first == UInt8(ascii: "#") { continue }
      if !isContinued { reader.read(content, line) }
      isContinued = content.last { !$0.isWhiteSpace } == UInt8(ascii: "\\")
      heredocs = DockerfileHeredoc.all(in: Array(bytes))
      guard reader.sites.count <= ReaderLimits.references else {
        throw DocumentError(byteOffset: range.lowerBound, problem: ReaderLimits.tooManyReferences)
      }
    }
    return Findings(sites: reader.sites)
  }

  private init(_ text: SourceText) {
    self.text = text
    regions = TemplateRegions(in: text.bytes)
  }

  private func contentRange(_ line: Int) -> Range<Int> {
    let range = text.lineRange(line)
    return line == 0 ? min(text.byteOrderMarkLength, range.upperBound)..<range.upperBound : range
  }

  private mutating func read(_ content: ArraySlice<UInt8>, _ line: Int) {
    let words = content.split(whereSeparator: \.isWhiteSpace)
    let end = words.last?.endIndex ?? content.endIndex
    if let region = regions.first(in: content.startIndex..<(content.startIndex + 1)) {
      // `{% if slim %}FROM alpine:3{% endif %}`
      guard region.upperBound < end, let from = words.first(where: { $0.startIndex > region.lowerBound && Self.isFrom($0.suffix(4)) })
      else { return }
      return add((from.endIndex - 4)..<end, .skipped(.notUnderstood("a line of a template that holds more than an instruction")), line)
    }
    guard words.count > 1 else { return }
    guard Self.isFrom(words[0]) else { return readFlags(words, line) }
    if let region = regions.first(in: words[1].startIndex..<end) {
      return add(words[1].startIndex..<end, .skipped(.notLiteral(text.string(region))), line)
    }
    let rest = words.dropFirst().drop { $0.starts(with: "--".utf8) }
    let isStage = rest.count == 3 && String(decoding: rest[rest.startIndex + 1], as: UTF8.self).lowercased() == "as"
    guard let base = rest.first, rest.count == 1 || isStage else { return }
    add(base.startIndex..<base.endIndex, self.content(of: String(decoding: base, as: UTF8.self), isStage: isStage, "FROM"), line)
    if isStage, let name = rest.last { stages.insert(String(decoding: name, as: UTF8.self).lowercased()) }
  }

  /// `COPY --from=NAME`, `RUN --mount=type=bind,from=NAME`: flags are in front of everything else.
  private mutating func readFlags(_ words: [ArraySlice<UInt8>], _ line: Int) {
    let keyword = String(decoding: words[0], as: UTF8.self)
    guard let flag = ["COPY": "--from=", "RUN": "--mount="][keyword] else { return }
    let place: SitePlace = keyword == "COPY" ? "COPY --from" : "RUN --mount"
    for word in words.dropFirst().prefix(while: { $0.starts(with: "--".utf8) }) where word.starts(with: flag.utf8) {
      let value = word.dropFirst(flag.utf8.count)
      let from = Array("from=".utf8)
      let names =
        keyword == "COPY"
        ? [value] : value.split { $0 == UInt8(ascii: ",") }.filter { $0.starts(with: from) }.map { $0.dropFirst(from.count) }
      for name in names where !name.isEmpty {
        if let region = regions.first(in: name.indices) {
          add(name.startIndex..<max(name.endIndex, region.upperBound), .skipped(.notLiteral(text.string(region))), line, place)
        } else {
          add(name.indices, content(of: String(decoding: name, as: UTF8.self), isStage: false, place.description), line, place)
        }
      }
    }
  }

  private static func isFrom(_ word: ArraySlice<UInt8>) -> Bool { String(decoding: word, as: UTF8.self) == "FROM" }

  private func content(of name: String, isStage: Bool, _ place: String) -> Site.Content {
    if let construct = Literal.placeholder(in: name) { return .skipped(.notLiteral(construct)) }
    if name == "scratch" { return .skipped(.scratch) }
    if stages.contains(name.lowercased()) || place != "FROM" && name.utf8.allSatisfy(ASCII.isDigit) { return .skipped(.stage(name)) }
    guard let image = try? ImageReference(parsing: name) else { return .skipped(.notUnderstood("'\(name)'")) }
    if image.tag == nil, image.digest == nil, !isStage, !name.contains("/") {
      return .skipped(.notPinnable("a word behind '\(place)' in a template may be something else; write its tag"))
    }
    return .image(image)
  }

  private mutating func add(_ range: Range<Int>, _ content: Site.Content, _ line: Int, _ place: SitePlace = "FROM") {
    var site = Site(range: range, text: text.string(range), place: place, content: content)
    site.isBaseImage = place == "FROM"
    site.yieldsToContexts = true
    let above = line > 0 ? comment(line - 1) : nil
    if site.image != nil {
      let start = contentRange(line).lowerBound
      let ending = text.lineEnding(line).isEmpty ? text.lineEnding(0) : text.lineEnding(line)
      let indentation = text.bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }
      site.commentPlace = .lineAbove(
        insertion: start, indentation: String(decoding: indentation, as: UTF8.self),
        lineEnding: ending.isEmpty ? "\n" : String(decoding: ending, as: UTF8.self))
      site.tagComment = above.flatMap { TagComment.parse(comment: $0, in: text) }
    }
    if let mark = above.flatMap({ IgnoreMark(in: $0.text) }) { site.leave(by: mark) }
    sites.append(site)
  }

  /// The comment that is alone on that line.
  private func comment(_ line: Int) -> Comment? {
    let bytes = text.bytes[contentRange(line)].drop(while: \.isWhiteSpace)
    guard bytes.first == UInt8(ascii: "#") else { return nil }
    let end = bytes.lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? bytes.endIndex
    let body = bytes[..<end].dropFirst().drop(while: \.isWhiteSpace)
    return Comment(range: bytes.startIndex..<end, text: String(decoding: body, as: UTF8.self))
  }
}
