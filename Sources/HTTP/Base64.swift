import FoundationEssentials

/// Base64 (RFC 4648 section 4), as credentials are written in configuration files and in `Authorization: Basic`.
package enum Base64 {
  package static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

  /// With or without padding; line ends and blanks around it are passed over. nil for anything else.
  package static func decode(_ text: String) -> [UInt8]? {
    let written = text.utf8.filter { ![UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t")].contains($0) }
    let padding = UInt8(ascii: "=")
    var digits = Data(written)
    while digits.last == padding { digits.removeLast() }
    guard written.count - digits.count <= 2 else { return nil }
    while digits.count % 4 != 0 { digits.append(padding) }
    return Data(base64Encoded: digits).map { [UInt8]($0) }
  }
}
