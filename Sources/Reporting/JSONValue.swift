/// A JSON document to be written (RFC 8259). Members keep the order they are given in.
indirect enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Indented by two spaces, with LF at the end.
  var document: String {
    var result = ""
    write(to: &result, indentation: "")
    return result + "\n"
  }

  private func write(to result: inout String, indentation: String) {
    switch self {
    case .null: result += "null"
    case .bool(let value): result += value ? "true" : "false"
    case .integer(let value): result += String(value)
    case .string(let value): Self.write(value, to: &result)
    case .array(let elements):
      Self.write(elements, between: ("[", "]"), to: &result, indentation) { element, result, inner in
        element.write(to: &result, indentation: inner)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &result, indentation) { member, result, inner in
        Self.write(member.key, to: &result)
        result += ": "
        member.value.write(to: &result, indentation: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (String, String), to result: inout String, _ indentation: String,
    each: (Item, inout String, String) -> Void
  ) {
    guard !items.isEmpty else { return result += brackets.0 + brackets.1 }
    let inner = indentation + "  "
    result += brackets.0
    for (index, item) in items.enumerated() {
      result += (index == 0 ? "\n" : ",\n") + inner
      each(item, &result, inner)
    }
    result += "\n" + indentation + brackets.1
  }

  static func write(_ text: String, to result: inout String) {
    result += "\""
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      // Two of them could begin what a runner takes for a command.
      case "#" where last == "#": result += "\\u0023"
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // More than JSON asks for: the document may end on a terminal, or in JavaScript.
      case _ where scalar.isUnprintable: result += "\\u" + scalar.value.hexadecimal(digits: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
