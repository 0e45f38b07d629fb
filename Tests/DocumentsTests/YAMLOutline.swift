import Documents
import SourceText

/// A tree as one line of text: what a node is, its properties, and with `ranges` where it stands.
func yamlOutline(_ node: Node, ranges: Bool = false, shift: (Int) -> Int = { $0 }) -> String {
  func place(_ range: Range<Int>) -> String { ranges ? "@\(shift(range.lowerBound))-\(shift(range.upperBound)) " : "" }
  let anchor = node.anchor.map { "&\($0) " } ?? ""
  let tag = (node.scalar?.tag ?? node.collectionTag).map { "<\($0)> " } ?? ""
  let head = place(node.range) + anchor + tag
  switch node.content {
  case .scalar(let scalar):
    let mark =
      switch scalar.style {
      case .plain: ""
      case .singleQuoted: "'"
      case .doubleQuoted: "\""
      case .literal: "|"
      case .folded: ">"
      case .expression: "="
      }
    return head + mark + scalar.value.unicodeScalars.map { $0 == "\n" ? "\\n" : $0 == "\t" ? "\\t" : String($0) }.joined()
  case .mapping(let members):
    let texts = members.map {
      yamlOutline($0.key, ranges: ranges, shift: shift) + ": " + yamlOutline($0.value, ranges: ranges, shift: shift)
    }
    return head + "{" + texts.joined(separator: ", ") + "}"
  case .sequence(let elements):
    return head + "[" + elements.map { yamlOutline($0, ranges: ranges, shift: shift) }.joined(separator: ", ") + "]"
  case .alias(let name, let target):
    return head + "*\(name)" + (ranges ? target.map { " -> \(place($0))" } ?? " -> nothing" : "")
  }
}

/// The whole stream with its comments.
func yamlOutline(_ stream: DocumentStream, ranges: Bool = false, shift: (Int) -> Int = { $0 }) -> String {
  let documents = stream.documents.map { yamlOutline($0, ranges: ranges, shift: shift) }
  let comments = stream.comments.map { "#\(ranges ? "@\(shift($0.range.lowerBound))-\(shift($0.range.upperBound)) " : "")\($0.text)" }
  return (documents + comments).joined(separator: "\n")
}

/// Every node of the stream, parents before children, keys before values.
func yamlNodes(_ stream: DocumentStream) -> [Node] {
  var nodes: [Node] = []
  func collect(_ node: Node) {
    nodes.append(node)
    for member in node.members {
      collect(member.key)
      collect(member.value)
    }
    node.elements.forEach(collect)
  }
  stream.documents.forEach(collect)
  return nodes
}
