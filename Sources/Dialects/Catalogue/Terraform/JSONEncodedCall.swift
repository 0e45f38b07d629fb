import Documents
import SourceText

/// A call `jsonencode(…)` with places in its argument, which is the only element of `_`: `_[][].image`. Anything else is computed
/// elsewhere.
struct JSONEncodedCall: PlaceReading {
  let places: [Place]

  var words: String? { " (in `jsonencode`)" }
  var holdsSeveral: Bool { true }
  var certaintyOfParameters: ParameterUse.Certainty? { .certain }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar else { return [] }
    let unread = [file.unread(match, .notLiteral(scalar.value.firstLine), showing: scalar.value)]
    let call = "jsonencode("
    guard scalar.style == .expression, scalar.value.hasPrefix(call), scalar.value.utf8.last == UInt8(ascii: ")"),
      file.text.string(match.node.range) == scalar.value
    else { return unread }
    // As many bytes as before, so that what is found is where it stood.
    var bytes = Array(scalar.value.utf8)
    bytes.replaceSubrange(..<call.utf8.count, with: "_       = [".utf8)
    bytes[bytes.count - 1] = UInt8(ascii: "]")
    guard let findings = try? file.dialect.inner(.hcl, places).findings(in: SourceText(bytes), options: file.options) else { return unread }
    let start = match.node.range.lowerBound
    return findings.sites.map { site in
      var site = site
      site.range = (site.range.lowerBound + start)..<(site.range.upperBound + start)
      site.place = match.path + SitePlace(site.place.steps.dropFirst(2))
      site.commentPlace = .none
      site.tagComment = nil
      return site
    }
  }
}
