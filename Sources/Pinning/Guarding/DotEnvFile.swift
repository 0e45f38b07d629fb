import Documents
import SourceText

/// What a `.env` file says of variables.
package struct DotEnvFile: Sendable {
  enum Value: Hashable, Sendable {
    case literal(String)
    /// Variables in it are filled in when the value is used.
    case template(String)
  }

  /// The last value of each name. A name without a value is the environment's own, and is not here.
  private(set) var values: [String: Value] = [:]

  package init(parsing text: SourceText, source name: String) throws(PushedReferenceError) {
    let (assignments, problem) = DotEnvReader.read(text)
    if let problem {
      let source = PushedReferenceSource(name: name, text: text)
      throw PushedReferenceError(source.origin(atByte: problem.byteOffset), .unreadable(format: ".env file", problem.problem))
    }
    for assignment in assignments {
      values[assignment.name] =
        switch assignment.quote {
        case .none: .template(text.string(assignment.range))
        case .single: .literal(Self.unescaped(text.bytes[assignment.range]) { $0 == UInt8(ascii: "'") ? [$0] : nil })
        case .double: .template(Self.unescaped(text.bytes[assignment.range], Self.inDoubleQuotes))
        }
    }
  }

  /// `escaped`: what a backslash and that byte stand for; nil where they stand for themselves.
  private static func unescaped(_ bytes: ArraySlice<UInt8>, _ escaped: (UInt8) -> [UInt8]?) -> String {
    var value: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        value.append(byte)
        continue
      }
      value += escaped(next) ?? [byte, next]
    }
    return String(decoding: value, as: UTF8.self)
  }

  private static func inDoubleQuotes(_ byte: UInt8) -> [UInt8]? {
    switch byte {
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "t"): [0x09]
    // Doubled, it survives the filling in.
    case UInt8(ascii: "$"): [byte, byte]
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): [byte]
    default: nil
    }
  }
}
