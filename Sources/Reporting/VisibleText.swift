extension String {
  /// This text with everything escaped that could move a terminal's cursor, change its colours or reorder what is read: C0 and C1 control
  /// characters, line separators, bidirectional controls and what has no width. File contents and answers of servers are shown through this
  /// only. What is longer than any path can be is cut.
  package var visible: String {
    let limit = 4_096
    guard utf8.count > limit else { return escapingControls(except: []) }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(limit))).escapingControls(except: []) + "…"
  }

  /// The same for a text of several lines, none of it cut.
  package var visibleLines: String { escapingControls(except: ["\n"]) }

  func escapingControls(except kept: Set<Unicode.Scalar>) -> String {
    guard unicodeScalars.contains(where: { $0.isUnprintable }) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case _ where !scalar.isUnprintable || kept.contains(scalar): result.unicodeScalars.append(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x100: result += "\\x" + scalar.value.hexadecimal(digits: 2)
      default: result += "\\u" + scalar.value.hexadecimal(digits: 4)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }
}

extension UInt32 {
  func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: digits > text.utf8.count ? digits - text.utf8.count : 0) + text
  }
}
