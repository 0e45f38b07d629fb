import SourceText

/// The variables that a Compose file is filled in with: the process environment's, else those of its `.env` file.
///
/// Compose takes an unset variable as empty, with a warning. Here it is an error: the tag would not be the one that is meant.
package struct ComposeVariables: Sendable {
  private let environment: [String: String]
  private let files: [DotEnvFile]

  /// - Parameter files: a later one wins.
  package init(environment: [String: String], files: [DotEnvFile] = []) {
    self.environment = environment
    self.files = files
  }

  /// Why a text cannot be filled in.
  package enum Problem: Error, Hashable, Sendable {
    case notSet(String)
    /// `${NAME:?message}`
    case required(String, message: String)
    /// What follows a `$` is not a variable; that text.
    case malformed(String)
    case refersToItself(String)
  }

  /// The text with its variables replaced, nested ones too, and `$$` by `$`: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
  /// `${NAME:?message}`, `${NAME?message}`, `${NAME:+text}`, `${NAME+text}` (Compose file reference, "Interpolation").
  package func filling(_ text: String) throws(Problem) -> String {
    String(decoding: try filling(Array(text.utf8)[...], depth: 0), as: UTF8.self)
  }

  private static let maximumDepth = 32

  private func filling(_ text: ArraySlice<UInt8>, depth: Int) throws(Problem) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        result.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "$") {
        result.append(byte)
        rest.removeFirst()
      } else if rest.first == UInt8(ascii: "{") {
        guard let close = Self.closingBrace(rest) else { throw .malformed("$" + String(decoding: rest, as: UTF8.self)) }
        result += try value(of: rest[(rest.startIndex + 1)..<close], depth: depth)
        rest = rest[(close + 1)...]
      } else {
        let name = Self.name(rest)
        guard !name.isEmpty else { throw .malformed("$" + String(decoding: rest.prefix(16), as: UTF8.self)) }
        result += try required(name, depth: depth)
        rest = rest[name.endIndex...]
      }
    }
    return result
  }

  /// What stands for `NAME`, `NAME:-default` and so on, the text between the braces.
  private func value(of expression: ArraySlice<UInt8>, depth: Int) throws(Problem) -> [UInt8] {
    let name = Self.name(expression)
    var rest = expression[name.endIndex...]
    if !name.isEmpty, rest.isEmpty { return try required(name, depth: depth) }
    let takesEmptyAsUnset = rest.first == UInt8(ascii: ":")
    if takesEmptyAsUnset { rest.removeFirst() }
    guard !name.isEmpty, let sign = rest.popFirst() else { throw .malformed("${\(String(decoding: expression, as: UTF8.self))}") }
    let found = try lookUp(name, depth: depth)
    let value = takesEmptyAsUnset && found?.isEmpty == true ? nil : found
    switch sign {
    case UInt8(ascii: "-"):
      if let value { return value }
      return try filling(rest, depth: depth + 1)
    case UInt8(ascii: "+"):
      if value == nil { return [] }
      return try filling(rest, depth: depth + 1)
    case UInt8(ascii: "?"):
      guard let value else {
        throw .required(String(decoding: name, as: UTF8.self), message: String(decoding: rest, as: UTF8.self))
      }
      return value
    default: throw .malformed("${\(String(decoding: expression, as: UTF8.self))}")
    }
  }

  private func required(_ name: ArraySlice<UInt8>, depth: Int) throws(Problem) -> [UInt8] {
    guard let value = try lookUp(name, depth: depth) else { throw .notSet(String(decoding: name, as: UTF8.self)) }
    return value
  }

  private func lookUp(_ bytes: ArraySlice<UInt8>, depth: Int) throws(Problem) -> [UInt8]? {
    let name = String(decoding: bytes, as: UTF8.self)
    guard depth < Self.maximumDepth else { throw .refersToItself(name) }
    if let value = environment[name] { return Array(value.utf8) }
    for file in files.reversed() {
      switch file.values[name] {
      case .literal(let value): return Array(value.utf8)
      case .template(let value): return try filling(Array(value.utf8)[...], depth: depth + 1)
      case nil: continue
      }
    }
    return nil
  }

  /// Where the brace that opens `text` is closed; braces of nested variables are passed over.
  private static func closingBrace(_ text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    for index in text.indices {
      if text[index] == UInt8(ascii: "{"), index == text.startIndex || text[index - 1] == UInt8(ascii: "$") { depth += 1 }
      if text[index] == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  private static func name(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = text.first, !(0x30...0x39).contains(first) else { return text.prefix(0) }
    return text.prefix { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") }
  }
}

extension ComposeVariables.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notSet(let name): "'\(name)' is not set; set it as for the build, or write a default: ${\(name):-…}"
    case .required(let name, let message): "'\(name)' is not set\(message.isEmpty ? "" : ": \(message)")"
    case .malformed(let text): "'\(text)' is not a variable; a literal '$' is written '$$'"
    case .refersToItself(let name): "'\(name)' refers to itself, or through too many others"
    }
  }
}
