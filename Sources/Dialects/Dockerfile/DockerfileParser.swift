import Documents
import References
import SourceText

/// Splits a Dockerfile into directives and instructions by the rules of BuildKit's parser.
struct DockerfileParser {
  private let bytes: [UInt8]
  /// Only LF ends a line here; a CR in front of it belongs to the ending.
  private let lines: [Range<Int>]
  private var escape = UInt8(ascii: "\\")
  private(set) var directives: [DockerfileDirective] = []
  private(set) var instructions: [DockerfileInstruction] = []

  init(_ text: SourceText) throws(DocumentError) {
    bytes = text.bytes
    lines = Self.split(text.bytes, from: text.byteOrderMarkLength)
    try readDirectives()
    try readInstructions()
  }

  /// What escapes a character, and a line's end: a backslash, or the backtick of `# escape`.
  var escapeByte: UInt8 { escape }

  private static func split(_ bytes: [UInt8], from start: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = start
    while start < bytes.count {
      let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var end = feed
      while end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      lines.append(start..<end)
      start = feed + 1
    }
    return lines
  }

  // MARK: Directives

  /// They are at the very top, one to a line and each once; whatever else a line holds ends them. A `#!` line may come first, behind
  /// which BuildKit looks for `syntax` and `check` only.
  private mutating func readDirectives() throws(DocumentError) {
    var index = 0
    let hasShebang = lines.first.map { bytes[$0].starts(with: "#!".utf8) } ?? false
    if hasShebang { index = 1 }
    while index < lines.count, let directive = directive(in: lines[index]) {
      guard !directives.contains(where: { $0.name == directive.name }) else {
        throw DocumentError(byteOffset: lines[index].lowerBound, problem: "the directive '\(directive.name)' may stand here only once")
      }
      directives.append(directive)
      if directive.name == "escape", !hasShebang {
        guard directive.value.count == 1, let byte = bytes[directive.value].first, byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "`")
        else {
          throw DocumentError(byteOffset: directive.value.lowerBound, problem: "the escape character must be '\\' or '`'")
        }
        escape = byte
      }
      index += 1
    }
  }

  private func directive(in line: Range<Int>) -> DockerfileDirective? {
    guard bytes[line].first == UInt8(ascii: "#") else { return nil }
    var rest = bytes[line].dropFirst().drop(while: \.isWhiteSpace)
    let name = rest.prefix(while: ASCII.isAlphanumeric)
    rest = rest[name.endIndex...].drop(while: \.isWhiteSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst().drop(while: \.isWhiteSpace)
    while let last = rest.last, last.isWhiteSpace { rest.removeLast() }
    let known = String(decoding: name, as: UTF8.self).lowercased()
    guard ["syntax", "escape", "check"].contains(known), !rest.isEmpty else { return nil }
    return DockerfileDirective(name: known, value: rest.startIndex..<rest.endIndex)
  }

  // MARK: Instructions

  private mutating func readInstructions() throws(DocumentError) {
    var index = 0
    var comments: [Range<Int>] = []
    while index < lines.count {
      let first = index
      if isComment(lines[index]) {
        comments.append(trimmed(lines[index]))
        index += 1
        continue
      }
      let joined = joinLines(from: &index)
      guard !joined.isEmpty else {
        comments = []
        continue
      }
      let instruction = instruction(joined, lineStart: lines[first].lowerBound, comments: comments.suffix(2).reversed())
      comments = []
      guard DockerfileSyntax.instructions.contains(instruction.keyword) else {
        // Another frontend may have instructions of its own.
        if usesOtherFrontend { continue }
        let word = String(decoding: bytes[instruction.keywordRange], as: UTF8.self)
        throw DocumentError(byteOffset: instruction.keywordRange.lowerBound, problem: "unknown instruction '\(word)'")
      }
      if DockerfileSyntax.heredocInstructions.contains(instruction.keyword) {
        try skipHeredocs(of: instruction, joined, from: &index)
      }
      guard instructions.count < ReaderLimits.references else {
        throw DocumentError(byteOffset: instruction.keywordRange.lowerBound, problem: ReaderLimits.tooManyReferences)
      }
      instructions.append(instruction)
    }
  }

  /// The line at `index` with its continuation lines; comments and empty lines between them are left out.
  private func joinLines(from index: inout Int) -> TracedBytes {
    var joined = TracedBytes()
    var isFirst = true
    while index < lines.count {
      let line = isFirst ? trimmed(lines[index]) : lines[index]
      index += 1
      if !isFirst, isComment(line) || trimmed(line).isEmpty { continue }
      isFirst = false
      guard let escapeIndex = continuation(line) else {
        joined.append(bytes, line)
        break
      }
      joined.append(bytes, line.lowerBound..<escapeIndex)
    }
    return joined.trimmed()
  }

  /// The escape character that ends the line, blanks behind it or not; a doubled one does not continue it.
  private func continuation(_ line: Range<Int>) -> Int? {
    guard let last = bytes[line].lastIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }), bytes[last] == escape else {
      return nil
    }
    return last > line.lowerBound && bytes[last - 1] == escape ? nil : last
  }

  private func instruction(_ joined: TracedBytes, lineStart: Int, comments: [Range<Int>]) -> DockerfileInstruction {
    var isOnBuild = false
    var words = joined.words(maximum: 2)
    if words.count == 2, words[0].text.uppercased() == "ONBUILD" {
      isOnBuild = true
      words = words[1].words(maximum: 2)
    }
    return DockerfileInstruction(
      keyword: words[0].text.uppercased(), isOnBuild: isOnBuild, keywordRange: words[0].firstRun ?? lineStart..<lineStart,
      arguments: words.count == 2 ? words[1] : TracedBytes(), lineStart: lineStart, commentsAbove: comments)
  }

  private func skipHeredocs(of instruction: DockerfileInstruction, _ joined: TracedBytes, from index: inout Int) throws(DocumentError) {
    guard !DockerfileHeredoc.isJSONArray(DockerfileFlags(of: instruction.arguments).rest.bytes) else { return }
    for heredoc in DockerfileHeredoc.all(in: joined.bytes) {
      while true {
        guard index < lines.count else {
          let name = String(decoding: heredoc.name, as: UTF8.self)
          throw DocumentError(
            byteOffset: instruction.keywordRange.lowerBound, problem: "the heredoc '\(name)' is not closed: no line holds '\(name)' alone")
        }
        let line = lines[index]
        index += 1
        if heredoc.ends(at: bytes[line]) { break }
      }
    }
  }

  /// Whether `# syntax` names something else than Docker's own frontend, wherever that is mirrored.
  var usesOtherFrontend: Bool {
    guard let syntax = directives.first(where: { $0.name == "syntax" }) else { return false }
    let name = bytes[syntax.value].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: " ") }
    let last = name.suffix(from: name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex)
    return !["dockerfile", "dockerfile-upstream"].contains(String(decoding: last, as: UTF8.self))
  }

  // MARK: Lines

  private func isComment(_ line: Range<Int>) -> Bool {
    bytes[line].first { !$0.isWhiteSpace } == UInt8(ascii: "#")
  }

  private func trimmed(_ line: Range<Int>) -> Range<Int> {
    let start = bytes[line].firstIndex { !$0.isWhiteSpace } ?? line.upperBound
    return start..<line.upperBound
  }
}
