/// Where sites are in a document: `jobs.*.steps[].uses`, `**.containers[].image`.
///
/// Segments are separated by dots. A name is that key of a mapping, `*` any key, `**` any number of keys and elements (none, too), `[]` any
/// element of a sequence. A key that has a dot, a bracket or a star in it is in double quotes:
/// `metadata.annotations."config.kubernetes.io/function"`.
package struct SitePath: Hashable, Sendable, CustomStringConvertible {
  package enum Step: Hashable, Sendable {
    case key(String)
    case anyKey
    case element
    case anyDepth
  }

  package let steps: [Step]
  package let description: String

  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  package init(parsing text: String) throws(ParseError) {
    var steps: [Step] = []
    var rest = text.utf8[...]
    var expectsStep = true
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "."):
        guard !expectsStep else { throw ParseError(description: "'\(text)': a name is missing before '.'") }
        expectsStep = true
        rest.removeFirst()
      case UInt8(ascii: "["):
        guard rest.starts(with: "[]".utf8) else { throw ParseError(description: "'\(text)': only '[]' is known, any element") }
        steps.append(.element)
        expectsStep = false
        rest.removeFirst(2)
      case UInt8(ascii: "\""):
        guard expectsStep else { throw ParseError(description: "'\(text)': a '.' is missing before '\"'") }
        rest.removeFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { throw ParseError(description: "'\(text)': the quote is not closed") }
        steps.append(.key(String(decoding: rest[..<end], as: UTF8.self)))
        expectsStep = false
        rest = rest[rest.index(after: end)...]
      default:
        guard expectsStep else { throw ParseError(description: "'\(text)': a '.' is missing before a name") }
        let name = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
        rest = rest[name.endIndex...]
        expectsStep = false
        switch String(decoding: name, as: UTF8.self) {
        case "**": steps.append(.anyDepth)
        case "*": steps.append(.anyKey)
        case let key:
          guard !key.contains("*") else { throw ParseError(description: "'\(text)': '*' stands for a whole key; '\(key)' is neither") }
          steps.append(.key(key))
        }
      }
    }
    guard !expectsStep else {
      throw ParseError(description: steps.isEmpty ? "the path is empty" : "'\(text)': a name is missing at the end")
    }
    guard steps.last != .anyDepth else { throw ParseError(description: "'\(text)': a name is missing behind '**'") }
    self.steps = steps
    self.description = text
  }
}
