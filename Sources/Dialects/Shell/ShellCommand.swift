/// A simple command: its words without redirections and comments.
struct ShellCommand: Sendable {
  var words: [CommandWord] = []
  /// From the first word to what ends the command.
  var range = 0..<0
}

/// One word of a command.
struct CommandWord: Sendable {
  /// Without quotes and escapes. What the shell fills in is kept as it is written.
  private(set) var text = TracedBytes()
  /// All of its bytes, quotes included.
  var range = 0..<0
  /// A part of it is in quotes.
  var isQuoted = false
  /// What the shell, or something before it, fills in first, as written.
  private(set) var construct: String?
  /// The word begins with that.
  private(set) var beginsWithConstruct = false

  var string: String { text.text }

  mutating func append(_ source: TracedBytes, at index: Int) { text.append(source, at: index) }

  mutating func appendConstruct(_ source: TracedBytes, _ range: Range<Int>) {
    if construct == nil {
      construct = source[range].text
      beginsWithConstruct = text.isEmpty
    }
    for index in range { text.append(source, at: index) }
  }

  /// It is nothing but what is filled in, and that may be several words: `$OPTIONS`, `"${options[@]}"`, `"$@"`.
  var mayBeSeveralWords: Bool {
    guard let construct, construct == string else { return false }
    return !isQuoted || construct.hasSuffix("[@]}") || construct == "$@" || construct == "${@}"
  }

  /// The name of a program without its folder, a variable in front of it, and `.exe`.
  var programName: String {
    let bytes = text.bytes
    let start = bytes.lastIndex { [UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ")"), UInt8(ascii: "}")].contains($0) }
    let name = String(decoding: bytes[(start.map { $0 + 1 } ?? 0)...], as: UTF8.self)
    return name.hasSuffix(".exe") ? String(name.dropLast(4)) : name
  }

  /// `NAME=value` in front of a command.
  var isAssignment: Bool {
    let name = text.bytes.prefix { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    let rest = text.bytes[name.endIndex...]
    return rest.first == UInt8(ascii: "=") || rest.starts(with: "+=".utf8)
  }
}
