import SourceText

/// Finds the shell lines of a Makefile or justfile.
enum Makefile {
  /// The lines of recipes, those of `define`, and the values of variables, each with the lines that continue it and without the `@`, `-`
  /// and `+` in front; <https://www.gnu.org/software/make/manual/html_node/Recipe-Syntax.html>. A recipe's line begins with a tab.
  static func sites(in text: SourceText) -> [Site] {
    guard ShellImages.mayStand(in: text.bytes) || ImageVariables.mayStand(in: text.bytes) else { return [] }
    if text.bytes.count > ShellImages.maximumByteCount { return ShellImages.mayStand(in: text.bytes) ? [ShellImages.tooLarge(text)] : [] }
    var isDefinition = false
    var variables = ImageVariables()
    let parts = logicalLines(of: text).compactMap { line -> TracedBytes? in
      let content = text.bytes[line].drop(while: isBlank)
      let word = String(decoding: content.prefix { !isBlank($0) }, as: UTF8.self)
      if word == "define" || word == "endef" { isDefinition = word == "define" }
      if isDefinition || text.bytes[line].first == UInt8(ascii: "\t") { return part(line, text) }
      if let variable = MakeVariable(line, text) {
        variables.add(variable.name, variable.value, line, line, isExported: variable.isExported)
        // Its comment is read, too.
        if let value = variable.value?.range { return TracedBytes(text.bytes, value.lowerBound..<line.upperBound) }
      }
      return value(line, text)
    }
    return ShellImages.sites(in: text, parts: parts, .make, variables: variables)
  }

  /// The indented lines of a justfile; <https://just.systems/man/en/>. Its `{{…}}` is filled in before a shell sees it.
  static func sites(inJustfile text: SourceText) -> [Site] {
    guard ShellImages.mayStand(in: text.bytes) else { return [] }
    if text.bytes.count > ShellImages.maximumByteCount { return [ShellImages.tooLarge(text)] }
    let parts = logicalLines(of: text).compactMap { line in text.bytes[line].first.map(isBlank) ?? false ? part(line, text) : nil }
    return ShellImages.sites(in: text, parts: parts, .posix)
  }

  /// The bytes of each line with the lines that continue it.
  private static func logicalLines(of text: SourceText) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var isContinued = false
    for index in text.lineStarts.indices {
      var range = text.lineRange(index)
      if index == 0 { range = min(text.byteOrderMarkLength, range.upperBound)..<range.upperBound }
      if isContinued { lines[lines.count - 1] = lines[lines.count - 1].lowerBound..<range.upperBound } else { lines.append(range) }
      isContinued = text.bytes[range].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
    return lines
  }

  private static func part(_ line: Range<Int>, _ text: SourceText) -> TracedBytes? {
    let content = text.bytes[line].drop { isBlank($0) || "@-+".utf8.contains($0) }
    // A comment alone on its line may be about the next one.
    guard content.first == UInt8(ascii: "#") || ShellImages.mayStand(in: Array(content)) else { return nil }
    return TracedBytes(text.bytes, content.startIndex..<line.upperBound)
  }

  /// The value of `NAME = value`, which may be a command that recipes use; comments outside of recipes are parts, too.
  private static func value(_ line: Range<Int>, _ text: SourceText) -> TracedBytes? {
    let content = text.bytes[line].drop(while: isBlank)
    if content.first == UInt8(ascii: "#") { return TracedBytes(text.bytes, content.startIndex..<line.upperBound) }
    guard let equals = content.firstIndex(of: UInt8(ascii: "=")), !content[..<equals].contains(UInt8(ascii: "#")) else { return nil }
    return part((equals + 1)..<line.upperBound, text)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

extension Syntax {
  package static let makefile = Syntax(
    "a Makefile", words: "\(ShellImages.wordsOfFile) in recipes, `define` and values of variables",
    reading: .sites { (text, _, _) in Findings(sites: Makefile.sites(in: text)) })

  static let justfile = Syntax(
    "a justfile", words: "\(ShellImages.words) in recipes",
    reading: .sites { (text, _, _) in Findings(sites: Makefile.sites(inJustfile: text)) })
}
