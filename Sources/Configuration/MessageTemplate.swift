/// The message of a commit as the configuration writes it: text with fields, such as `chore(deps): {subject}`.
package struct MessageTemplate: Hashable, Sendable {
  package enum Field: String, CaseIterable, Sendable {
    /// The line that would be the subject without a template: `Pin 14 images to digests`.
    case subject
    /// The list of references that would follow it.
    case body
    /// `pin`, `update` or `unpin`.
    case command
    /// Numbers of references that changed, and of the files they are in.
    case images, actions, files
  }

  package enum Part: Hashable, Sendable {
    case text(String)
    case field(Field)
  }

  package var parts: [Part]

  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// `{{` and `}}` stand for single braces.
  package init(parsing text: String) throws(ParseError) {
    let known = Field.allCases.map { "'{\($0.rawValue)}'" }.joined(separator: ", ")
    parts = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        if rest.first == byte {
          literal.append(rest.removeFirst())
          continue
        }
        guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
          throw ParseError(description: "a brace has no partner in '\(text)'; fields are \(known), and '{{' is a brace itself")
        }
        let name = String(decoding: rest[..<end], as: UTF8.self)
        guard let field = Field(rawValue: name) else { throw ParseError(description: "there is no field '{\(name)}'; known are \(known)") }
        if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
        literal = []
        parts.append(.field(field))
        rest = rest[(end + 1)...]
      default: literal.append(byte)
      }
    }
    if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
    let isBlank = parts.allSatisfy { if case .text(let text) = $0 { text.allSatisfy(\.isWhitespace) } else { $0 == .field(.body) } }
    if isBlank { throw ParseError(description: "the message begins with no text; write '{subject}' or one of your own") }
  }
}
