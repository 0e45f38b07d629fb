import Documents
import SourceText

extension PlaceReader {
  /// The sites in the argument of `jsonencode(…)`; anything else is computed elsewhere.
  func jsonEncoded(_ match: DocumentWalk.Match, _ places: [Place]) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    let unread = [unread(match, .notLiteral(scalar.value.firstLine), showing: scalar.value)]
    let call = "jsonencode("
    guard scalar.style == .expression, scalar.value.hasPrefix(call), scalar.value.utf8.last == UInt8(ascii: ")"),
      text.string(match.node.range) == scalar.value
    else { return unread }
    // As many bytes as before, so that what is found stands where it stood.
    var bytes = Array(scalar.value.utf8)
    bytes.replaceSubrange(..<call.utf8.count, with: "_       = [".utf8)
    bytes[bytes.count - 1] = UInt8(ascii: "]")
    guard let findings = try? dialect.inner(.hcl, places).findings(in: SourceText(bytes), options: options) else { return unread }
    let start = match.node.range.lowerBound
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
