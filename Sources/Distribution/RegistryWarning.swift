import HTTP

/// `Warning: 299 - "text"` fields (distribution specification, "Warnings"): shown, never acted upon.
enum RegistryWarning {
  private static let maximumByteCount = 4096

  /// The texts in that answer, each once, with who says it, fit to be shown.
  static func texts(_ response: HTTPResponse, host: String) -> [String] {
    var texts: [String] = []
    for value in response.headers.values("Warning") where value.utf8.count <= maximumByteCount {
      guard let said = text(value) else { continue }
      let text = "\(host) warns: \(said)"
      if texts.contains(text) { continue }
      texts.append(text)
    }
    return texts
  }

  /// The quoted text of one field with the code 299; nil for any other.
  private static func text(_ value: String) -> String? {
    let prefix = "299 - \""
    guard value.hasPrefix(prefix) else { return nil }
    var text: [UInt8] = []
    var bytes = value.utf8.dropFirst(prefix.utf8.count)
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return ServerText.shown(String(decoding: text, as: UTF8.self))
      case UInt8(ascii: "\\"): if let escaped = bytes.popFirst() { text.append(escaped) }
      default: text.append(byte)
      }
    }
    return nil
  }
}
