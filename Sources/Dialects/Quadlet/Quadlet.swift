import Documents
import References
import SourceText

/// Finds the images in units of Podman's systemd generator: lines `Image=` in `[Container]`, `[Volume]` and `[Image]`; `ImageTag=` in
/// `[Build]` is what the unit builds. Lines are read as systemd reads them: `#` and `;` begin comments, a backslash continues a line, white
/// space around `=` does not count, nor do quotes around a value.
enum Quadlet {
  static func findings(in text: SourceText) throws(DocumentError) -> Findings {
    var findings = Findings()
    var section = ""
    var isContinued = false
    var pullPolicy: String?
    for line in text.lineStarts.indices {
      var range = text.lineRange(line)
      if line == 0 { range = text.byteOrderMarkLength..<max(range.upperBound, text.byteOrderMarkLength) }
      let content = trimmed(range, text)
      let isComment = text.bytes[content].first.map { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ";") } ?? false
      if isComment { continue }
      defer { isContinued = text.bytes[content].last == UInt8(ascii: "\\") }
      if isContinued { continue }
      if text.bytes[content].first == UInt8(ascii: "["), text.bytes[content].last == UInt8(ascii: "]") {
        section = text.string(content)
      } else if let equals = text.bytes[content].firstIndex(of: UInt8(ascii: "=")) {
        let key = text.string(trimmed(content.lowerBound..<equals, text))
        let value = text.bytes.unquoted(trimmed((equals + 1)..<content.upperBound, text), "\"'")
        switch (section, key) {
        case _ where value.isEmpty: break
        case ("[Container]", "Image"), ("[Volume]", "Image"), ("[Image]", "Image"):
          guard findings.sites.count < ReaderLimits.references else {
            throw DocumentError(byteOffset: value.lowerBound, problem: ReaderLimits.tooManyReferences)
          }
          findings.sites.append(site(value, line, section, text))
        case ("[Build]", "ImageTag"):
          if let image = OwnImage(builtAs: text.string(value), byteOffset: value.lowerBound) { findings.ownImages.append(image) }
        case ("[Container]", "Pull"): pullPolicy = text.string(value)
        default: break
        }
      }
    }
    for index in findings.sites.indices where pullPolicy == "never" && findings.sites[index].place == "Container.Image" {
      guard let image = findings.sites[index].image, image.digest == nil else { continue }
      findings.sites[index].content = .skipped(.neverPulled("Pull=never"))
    }
    return findings
  }

  private static func site(_ range: Range<Int>, _ line: Int, _ section: String, _ text: SourceText) -> Site {
    let value = text.string(range)
    var site = Site(range: range, text: value, place: "\(section.dropFirst().dropLast()).Image", content: .skipped(.local))
    let above = line > 0 ? comment(line - 1, text) : nil
    if value.hasSuffix(".image") || value.hasSuffix(".build"), !value.contains("/") {
      site.content = .skipped(.local)
    } else if value.contains("%") || Literal.placeholder(in: value) != nil {
      // A `%` begins a specifier of systemd.
      site.content = .skipped(.notLiteral(Literal.placeholder(in: value) ?? value))
    } else if value.hasSuffix("\\") {
      site.content = .failed(.notSpliceable("the line is continued; write the image on one line"))
    } else {
      do { site.content = .image(try ImageReference(parsing: value)) } catch {
        site.content = .failed(.invalidReference(error.description))
      }
    }
    if site.image != nil {
      let ending = text.lineEnding(line).isEmpty ? text.lineEnding(0) : text.lineEnding(line)
      let start = max(text.lineStarts[line], text.byteOrderMarkLength * (line == 0 ? 1 : 0))
      site.commentPlace = .lineAbove(
        insertion: start, indentation: "", lineEnding: ending.isEmpty ? "\n" : String(decoding: ending, as: UTF8.self))
      site.tagComment = above.flatMap { TagComment.parse(comment: $0, in: text) }
    }
    if let mark = above.flatMap({ IgnoreMark(in: $0.text) }) { site.leave(by: mark) }
    return site
  }

  /// The comment that is alone on that line.
  private static func comment(_ line: Int, _ text: SourceText) -> Comment? {
    let content = trimmed(text.lineRange(line), text)
    guard text.bytes[content].first == UInt8(ascii: "#") else { return nil }
    let body = trimmed((content.lowerBound + 1)..<content.upperBound, text)
    return Comment(range: content, text: text.string(body))
  }

  private static func trimmed(_ range: Range<Int>, _ text: SourceText) -> Range<Int> {
    var range = range
    while let first = text.bytes[range].first, first.isWhiteSpace { range = (range.lowerBound + 1)..<range.upperBound }
    while let last = text.bytes[range].last, last.isWhiteSpace { range = range.lowerBound..<(range.upperBound - 1) }
    return range
  }
}

extension Syntax {
  static let quadlet = Syntax(
    "a Quadlet unit", words: "`Image=` of `[Container]`, `[Volume]` and `[Image]`", tellsOfOthers: true,
    reading: .sites { (text, _, _) throws(DocumentError) in try Quadlet.findings(in: text) })
}
