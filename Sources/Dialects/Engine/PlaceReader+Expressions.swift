import Documents
import References
import SourceText

// Values that are no plain text: calls, expressions of HCL, texts with a scheme.
extension PlaceReader {
  /// The value under dotted keys in the mapping that many levels around the one that holds a match; empty where it is no scalar.
  func value(of keys: String, around match: DocumentWalk.Match, _ levels: Int) -> String? {
    var node = match.mappings.dropLast(levels).last
    for key in keys.split(separator: ".") { node = node?[String(key)] }
    return node.map { $0.scalar?.value ?? "" }
  }

  /// What follows the mark, which begins the value or follows a `=`; nil where there is no mark.
  func range(behind mark: String, in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    let bytes = Array(scalar.value.utf8)
    let quote = UInt8(ascii: "\"")
    var value = value
    if scalar.style == .expression, bytes[value.lowerBound] == quote, bytes[value.upperBound - 1] == quote, value.count > 1 {
      value = (value.lowerBound + 1)..<(value.upperBound - 1)
    }
    let starts = [value.lowerBound] + bytes[value].indices.filter { bytes[$0] == UInt8(ascii: "=") }.prefix(1).map { $0 + 1 }
    let start = starts.first { bytes[$0..<value.upperBound].starts(with: mark.utf8) }
    return start.map { ($0 + mark.utf8.count)..<value.upperBound }
  }

  /// The value of an argument among words that are written `name=value`, without its quotes.
  func argument(_ name: String, in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    let bytes = Array(scalar.value.utf8)
    var index = value.lowerBound
    while index < value.upperBound {
      let start = index
      var quote: UInt8?
      while index < value.upperBound, quote != nil || !bytes[index].isWhiteSpace {
        if bytes[index] == quote {
          quote = nil
        } else if quote == nil, "'\"".utf8.contains(bytes[index]) {
          quote = bytes[index]
        } else if bytes[index...].starts(with: "{{".utf8) {
          // An expression, blanks and all.
          while index + 1 < value.upperBound, !bytes[index...].starts(with: "}}".utf8) { index += 1 }
        }
        index += 1
      }
      if bytes[start..<index].starts(with: (name + "=").utf8) {
        var range = (start + name.utf8.count + 1)..<index
        if range.count > 1, let first = bytes[range].first, "'\"".utf8.contains(first), bytes[range].last == first {
          range = (range.lowerBound + 1)..<(range.upperBound - 1)
        }
        return range.isEmpty ? nil : range
      }
      while index < value.upperBound, bytes[index].isWhiteSpace { index += 1 }
    }
    return nil
  }

  /// A list or mapping that its consumer computes a text from: `!Join […]`, `{"Fn::Sub": …}`, `{"Ref": "Name"}`.
  func call(_ node: Node) -> String? {
    if let tag = node.collectionTag, tag.hasPrefix("!"), tag != "!", tag != DocumentWalk.reference { return tag }
    guard node.members.count == 1, let member = node.members.first, let key = member.key.scalar?.value else { return nil }
    if key == "Ref", let name = member.value.scalar?.value { return "Ref \(name)" }
    return key.hasPrefix("Fn::") ? key : nil
  }

  /// The sites in the argument of `jsonencode(…)`; anything else is computed elsewhere.
  func jsonEncoded(_ match: DocumentWalk.Match, _ places: [Place]) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    let start = match.node.range.lowerBound
    var bytes = Array(scalar.value.utf8)
    let name = "jsonencode("
    if scalar.style == .expression, scalar.value.hasPrefix(name), bytes.last == UInt8(ascii: ")"),
      text.string(match.node.range) == scalar.value
    {
      // As many bytes as before, so that what is found stands where it stood.
      bytes.replaceSubrange(..<name.utf8.count, with: Array("_       = [".utf8))
      bytes[bytes.count - 1] = UInt8(ascii: "]")
      let reader = Dialect(name: dialect.name, title: dialect.title, claim: .path([]), syntax: .hcl, form: dialect.form, places: places)
      if let findings = try? reader.findings(in: SourceText(bytes), options: options) {
        return findings.sites.map { site in
          var site = site
          site.range = (site.range.lowerBound + start)..<(site.range.upperBound + start)
          site.place = match.path + site.place.dropFirst("_[0]".utf8.count)
          site.commentPlace = .none
          site.tagComment = nil
          return site
        }
      }
    }
    let shown = scalar.value.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return [Site(range: match.node.range, text: shown, place: match.path, content: .skipped(.notLiteral(shown)), form: dialect.form)]
  }
}
