/// The flags in front of an instruction's arguments: `--from=nginx:1.25`, `--mount="type=bind,from=x"`.
struct DockerfileFlags: Sendable {
  struct Flag: Sendable {
    /// In lower case, without the dashes.
    var name: String
    /// Quotes and escapes are taken away; nil without a `=`.
    var value: TracedBytes?
    /// The whole flag as far as it is in one piece.
    var range: Range<Int>
  }

  private(set) var flags: [Flag] = []
  /// What follows the flags.
  private(set) var rest = TracedBytes()

  init(of arguments: TracedBytes) {
    var index = 0
    let bytes = arguments.bytes
    while true {
      while index < bytes.count, bytes[index].isWhiteSpace { index += 1 }
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] == UInt8(ascii: "-") else { break }
      let word = Self.word(of: arguments, from: &index)
      if word.count == 2 { break }
      flags.append(Self.flag(word))
    }
    rest = arguments[min(index, bytes.count)..<bytes.count].trimmed()
  }

  /// The value of the flag of that name. BuildKit refuses two.
  subscript(name: String) -> Flag? { flags.first { $0.name == name } }

  /// One word without its quotes and escapes. A backslash escapes here even inside single quotes and whatever `# escape` says.
  private static func word(of arguments: TracedBytes, from index: inout Int) -> TracedBytes {
    let bytes = arguments.bytes
    var word = TracedBytes()
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        index += 1
        if index < bytes.count { word.append(arguments, at: index) }
      } else if let open = quote {
        if byte == open { quote = nil } else { word.append(arguments, at: index) }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte.isWhiteSpace {
        break
      } else {
        word.append(arguments, at: index)
      }
      index += 1
    }
    return word
  }

  private static func flag(_ word: TracedBytes) -> Flag {
    let equals = word.bytes.firstIndex(of: UInt8(ascii: "="))
    return Flag(
      name: word[2..<(equals ?? word.count)].text.lowercased(), value: equals.map { word[($0 + 1)..<word.count] },
      range: word.firstRun ?? 0..<0)
  }
}
