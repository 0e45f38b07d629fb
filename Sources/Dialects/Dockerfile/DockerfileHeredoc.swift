/// The here-documents that an instruction announces: `RUN <<EOF`, `COPY <<-"a" <<b /`.
struct DockerfileHeredoc: Sendable {
  /// Without quotes.
  var name: [UInt8]
  /// Written `<<-`: tabs in front of its lines do not count.
  var stripsTabs: Bool

  func ends(at line: ArraySlice<UInt8>) -> Bool {
    (stripsTabs ? line.drop { $0 == UInt8(ascii: "\t") } : line).elementsEqual(name)
  }

  /// Those of a joined line, in their order. A line with a quote that is not closed has none, as in BuildKit.
  static func all(in line: [UInt8]) -> [DockerfileHeredoc] {
    guard let words = words(of: line) else { return [] }
    return words.compactMap(heredoc)
  }

  /// The words of a line as a shell sees them, with their quotes. The escape character is a backslash here, whatever `# escape` says.
  private static func words(of line: [UInt8]) -> [ArraySlice<UInt8>]? {
    var words: [ArraySlice<UInt8>] = []
    var start: Int?
    var quote: UInt8?
    var index = 0
    while index < line.count {
      let byte = line[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { index += 1 } else if byte == open { quote = nil }
      } else if byte.isWhiteSpace {
        if let begun = start { words.append(line[begun..<index]) }
        start = nil
      } else {
        if start == nil { start = index }
        if byte == UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
      }
      index += 1
    }
    if let begun = start { words.append(line[begun...]) }
    return quote == nil ? words : nil
  }

  /// `[0-9]*<<-?NAME`
  private static func heredoc(in word: ArraySlice<UInt8>) -> DockerfileHeredoc? {
    var rest = word.drop { (0x30...0x39).contains($0) }
    guard rest.starts(with: "<<".utf8) else { return nil }
    rest = rest.dropFirst(2)
    let stripsTabs = rest.first == UInt8(ascii: "-")
    if stripsTabs { rest = rest.dropFirst() }
    guard !rest.isEmpty, !rest.contains(UInt8(ascii: "<")) else { return nil }
    var name: [UInt8] = []
    var quote: UInt8?
    var index = rest.startIndex
    while index < rest.endIndex {
      let byte = rest[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index + 1 < rest.endIndex {
        index += 1
        name.append(rest[index])
      } else if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else {
        name.append(byte)
      }
      index += 1
    }
    return name.isEmpty ? nil : DockerfileHeredoc(name: name, stripsTabs: stripsTabs)
  }

  /// Whether the arguments are a JSON array of strings, in which no heredoc can stand.
  static func isJSONArray(_ arguments: [UInt8]) -> Bool {
    var rest = arguments[...]
    func skipSpaces() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }
    func take(_ byte: UInt8) -> Bool {
      skipSpaces()
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }
    guard take(UInt8(ascii: "[")) else { return false }
    if !take(UInt8(ascii: "]")) {
      repeat {
        guard take(UInt8(ascii: "\"")) else { return false }
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
          guard byte >= 0x20 else { return false }
          if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
        }
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { return false }
    }
    skipSpaces()
    return rest.isEmpty
  }
}
