import Documents

extension PlaceReader {
  /// Why the value of a parameter is left alone that stands in that line, too.
  static func mayBeCompared(line: Int) -> String {
    "the same text in line \(line) may be compared with this one; change both by hand"
  }
}
