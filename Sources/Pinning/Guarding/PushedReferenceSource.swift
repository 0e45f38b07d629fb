import Documents
import SourceText

/// One file, or standard input, that says what is pushed: its text, and how the user named it.
struct PushedReferenceSource {
  let name: String
  let text: SourceText

  func origin(atByte offset: Int? = nil, _ subject: String? = nil) -> PushedReference.Origin {
    PushedReference.Origin(source: name, position: offset.map(text.position), subject: subject)
  }

  func origin(_ node: Node, _ subject: String? = nil) -> PushedReference.Origin { origin(atByte: node.range.lowerBound, subject) }

  func error(_ node: Node, expected: String) -> PushedReferenceError {
    PushedReferenceError(origin(node), .unexpected(expected: expected, found: Self.describe(node)))
  }

  /// The one value of a JSON file.
  func json() throws(PushedReferenceError) -> Node {
    do throws(DocumentError) {
      guard let root = try JSONReader.read(text).documents.first else { throw DocumentError(byteOffset: 0, problem: "it is empty") }
      return root
    } catch {
      throw PushedReferenceError(origin(atByte: error.byteOffset), .unreadable(format: "JSON", error.problem))
    }
  }

  private static func describe(_ node: Node) -> String {
    switch node.content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias(let name, _): "the alias '*\(name)'"
    case .scalar(let scalar): scalar.value.isEmpty ? "nothing" : PushedReferenceError.quoted(scalar.value)
    }
  }
}

extension Node {
  /// The value of a JSON string; nil for anything else.
  var jsonText: String? {
    guard let scalar, scalar.style == .doubleQuoted else { return nil }
    return scalar.value
  }

  /// `null`, or nothing at all.
  var isAbsent: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.value) && scalar.tag == nil
  }
}
