/// The values that a script, a Makefile or a YAML file gives to variables, as far as they are written out in it.
///
/// A name made of such a variable is still a name that the repository builds: `IMG ?= controller:latest` and `docker build -t ${IMG} .`.
struct ShellVariables {
  private var values: [String: [UInt8]] = [:]

  /// How many bytes and variables are still looked at, for all names of the file together; values that refer to values could otherwise grow
  /// without end.
  private var budget = 1_000_000
  private static let maximumDepth = 4
  private static let maximumCount = 1_024

  /// Reads `NAME=value`, Make's `NAME ?= value` and `NAME := value`, and YAML's `NAME: value`, each at the start of a line. The first one
  /// of a name counts.
  init(_ bytes: [UInt8]) {
    var lineStart = 0
    while lineStart < bytes.count {
      let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let (name, valueStart) = Self.assignment(in: bytes[lineStart..<lineEnd]), values[name] == nil {
        var words = BuildWords(bytes, from: valueStart)
        if let value = words.next(), words.index <= lineEnd { values[name] = value.text }
      }
      lineStart = lineEnd + 1
    }
  }

  /// The text with every variable replaced whose value is known; the others stay as they are written.
  mutating func expanding(_ text: [UInt8]) -> [UInt8] { expanding(text, depth: 0) }

  private mutating func expanding(_ text: [UInt8], depth: Int) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count, result.count <= Self.maximumCount, budget > 0 {
      budget -= 1
      guard let end = Literal.endOfPlaceholder(at: index, in: text[...], constructs: [.dollar, .actionsExpression]) else {
        result.append(text[index])
        index += 1
        continue
      }
      let construct = text[index..<end]
      if depth < Self.maximumDepth, let value = value(of: construct) {
        result += expanding(value, depth: depth + 1)
      } else {
        result += construct
      }
      index = end
    }
    return result
  }

  /// `$NAME`, `${NAME}`, `$(NAME)`, `${{ env.NAME }}`; of `${NAME:-value}` the value where the name has none.
  private func value(of construct: ArraySlice<UInt8>) -> [UInt8]? {
    var inner = construct.drop { $0 == UInt8(ascii: "$") }
    let isBraced = inner.first == UInt8(ascii: "{") || inner.first == UInt8(ascii: "(")
    if isBraced { inner = inner.dropFirst().dropLast() }
    if inner.first == UInt8(ascii: "{") {
      inner = inner.dropFirst().dropLast()
      while inner.first == UInt8(ascii: " ") { inner.removeFirst() }
      while inner.last == UInt8(ascii: " ") { inner.removeLast() }
      guard inner.starts(with: "env.".utf8) else { return nil }
      inner = inner.dropFirst(4)
    }
    let name = inner.prefix(while: \.isWordByte)
    let rest = inner[name.endIndex...]
    if rest.isEmpty { return values[String(decoding: name, as: UTF8.self)] }
    guard isBraced, rest.starts(with: ":-".utf8) || rest.first == UInt8(ascii: "-") else { return nil }
    return values[String(decoding: name, as: UTF8.self)] ?? Array(rest.drop { $0 == UInt8(ascii: ":") }.dropFirst())
  }

  private static let keywords = ["- ", "export ", "override ", "readonly ", "local ", "declare "].map { Array($0.utf8) }

  /// The name, and where the value begins.
  private static func assignment(in line: ArraySlice<UInt8>) -> (name: String, valueStart: Int)? {
    var rest = line.drop(while: isBlank)
    while let keyword = keywords.first(where: { rest.starts(with: $0) }) { rest = rest.dropFirst(keyword.count).drop(while: isBlank) }
    let name = rest.prefix(while: \.isWordByte)
    guard let first = name.first, !(0x30...0x39).contains(first) else { return nil }
    rest = rest[name.endIndex...].drop(while: isBlank)
    let sign = rest.prefix { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "?") }
    rest = rest[sign.endIndex...]
    if rest.first == UInt8(ascii: "=") {
      rest = rest.dropFirst()
    } else {
      guard sign.elementsEqual(":".utf8), let blank = rest.first, isBlank(blank) else { return nil }
    }
    rest = rest.drop(while: isBlank)
    return rest.isEmpty ? nil : (String(decoding: name, as: UTF8.self), rest.startIndex)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
