/// Text that came from a server or a program, made fit to be shown.
package enum ServerText {
  package static let maximumLength = 200

  /// One line of at most 200 characters; whatever steers a terminal or hides (control and format characters, line separators) becomes a
  /// space, and the secrets of this process are blanked (`Secrets`). nil if nothing is left.
  package static func shown(_ text: String) -> String? {
    let text = Secrets.hidden(inServerText: text)
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      if length >= maximumLength {
        words.append(String(word) + "…")
        return words.joined(separator: " ")
      }
      if scalar == " " || !isShown(scalar) {
        if !word.isEmpty { words.append(String(word)) }
        word.removeAll()
      } else {
        if word.isEmpty, !words.isEmpty { length += 1 }
        word.append(scalar)
        length += 1
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
    default: true
    }
  }
}
