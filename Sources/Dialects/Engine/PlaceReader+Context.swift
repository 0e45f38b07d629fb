import Documents

extension PlaceReader {
  /// The `apiVersion` of the innermost mapping around the value that has one and a `kind`.
  func apiVersion(around match: DocumentWalk.Match) -> String? {
    match.mappings.last { $0["apiVersion"] != nil && $0["kind"] != nil }?["apiVersion"]?.scalar?.value
  }

  /// Why the value of a parameter is left alone that stands in that line, too.
  static func mayBeCompared(line: Int) -> String {
    "the same text in line \(line) may be compared with this one; change both by hand"
  }
}
