/// The forms in which a secret is sent, or comes back in what is shown.
enum SecretForms {
  /// As it is, percent-encoded, in base64, and escaped as JSON, GitHub's commands, Markdown's tables and XML have it. Each once.
  static func all(of text: String) -> Set<[UInt8]> {
    let bytes = Array(text.utf8)
    var forms: Set<[UInt8]> = [bytes]
    for keeps in [isUnreserved, isKeptByBrowsers] {
      let encoded = HTTPURL.percentEncoded(bytes, unless: keeps)
      forms.insert(Array(encoded.utf8))
      forms.insert(lowercasingEscapes(Array(encoded.utf8)))
      forms.insert(Array(encoded.replacing("%20", with: "+").utf8))
    }
    forms.formUnion(base64(bytes))
    forms.insert(escaped(text, json))
    // What would be a command to a runner of CI (Reporting/RunnerCommands) is shown as one of these.
    forms.insert(Array(String(decoding: escaped(text, json), as: UTF8.self).replacing("##", with: "#\\u0023").utf8))
    forms.insert(Array(text.replacing("##", with: "\\x23#").utf8))
    for special in [Array("%\r\n"), Array("%\r\n:,")] {
      forms.insert(escaped(text) { special.contains($0) ? HTTPURL.percentEncoded(String($0).utf8) { _ in false } : nil })
    }
    forms.insert(escaped(text) { $0 == "|" ? "\\|" : nil })
    for quote in ["&#39;", "&apos;"] { forms.insert(escaped(text) { entity($0, quote: quote) }) }
    return forms
  }

  /// With padding and without, in both alphabets (RFC 4648 sections 4 and 5).
  static func base64(_ bytes: [UInt8]) -> Set<[UInt8]> {
    let padded = Base64.encode(bytes)
    let unpadded = padded.replacing("=", with: "")
    func safe(_ text: String) -> String { text.replacing("+", with: "-").replacing("/", with: "_") }
    return Set([padded, unpadded, safe(padded), safe(unpadded)].map { Array($0.utf8) })
  }

  /// What `encodeURIComponent` leaves as it is.
  private static func isKeptByBrowsers(_ byte: UInt8) -> Bool { isUnreserved(byte) || "!*'()".utf8.contains(byte) }

  /// `%2b` for `%2B`.
  private static func lowercasingEscapes(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.count {
      for digit in [index + 1, index + 2] where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(bytes[digit]) { result[digit] |= 0x20 }
    }
    return result
  }

  private static func escaped(_ text: String, _ escape: (Character) -> String?) -> [UInt8] {
    var result = ""
    for scalar in text.unicodeScalars { result += escape(Character(scalar)) ?? String(scalar) }
    return Array(result.utf8)
  }

  private static func json(_ character: Character) -> String? {
    switch character {
    case "\"", "\\": "\\\(character)"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: nil
    }
  }

  private static func entity(_ character: Character, quote: String) -> String? {
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": quote
    default: nil
    }
  }
}
