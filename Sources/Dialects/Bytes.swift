import References

extension UInt8 {
  /// A blank, a tab, a line ending, a form feed.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  /// A letter, a digit or `_`, as names of variables have them.
  var isWordByte: Bool { ASCII.isAlphanumeric(self) || self == UInt8(ascii: "_") }
  /// One of those or `-`.
  var isNameByte: Bool { isWordByte || self == UInt8(ascii: "-") }
}

extension String {
  /// From the first to the last UTF-8 byte that is wanted, as offsets; empty if there is none.
  func utf8Range(_ isWanted: (UInt8) -> Bool) -> Range<Int> {
    guard let first = utf8.firstIndex(where: isWanted), let last = utf8.lastIndex(where: isWanted) else { return 0..<0 }
    return utf8.distance(from: utf8.startIndex, to: first)..<(utf8.distance(from: utf8.startIndex, to: last) + 1)
  }

  func utf8Slice(_ range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(decoding: utf8[start..<utf8.index(start, offsetBy: range.count)], as: UTF8.self)
  }

  /// The first line that is not empty.
  var firstLine: String { split(maxSplits: 1, whereSeparator: \.isNewline).first.map(String.init) ?? "" }
}
