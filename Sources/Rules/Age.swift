/// A length of time in whole hours, days or weeks, as `12h`, `3d` or `2w`.
package struct Age: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let seconds: Int64
  package let description: String

  /// nil for anything but a number and one of these letters, or `0`; a century is the longest.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.utf8.count <= 6, let number = Int64(digits) else { return nil }
    let unit: Int64
    switch text[digits.endIndex...] {
    case "h": unit = 3_600
    case "d": unit = 86_400
    case "w": unit = 7 * 86_400
    case "" where number == 0: unit = 0
    default: return nil
    }
    seconds = number * unit
    description = text
    if seconds > 100 * 366 * 86_400 { return nil }
  }

  /// For messages.
  package static let form = "a time such as 12h, 3d or 2w"

  package static func == (left: Self, right: Self) -> Bool { left.seconds == right.seconds }
  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
  package func hash(into hasher: inout Hasher) { hasher.combine(seconds) }
}
