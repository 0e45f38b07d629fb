/// A password or a token. Nothing prints it but who asks for its text, and `Secrets` knows it from now on.
package struct Secret: Hashable, Sendable {
  package let text: String

  /// A user's.
  package init(_ text: String) {
    self.text = text
    Secrets.add(text)
  }

  /// A server's.
  package init(given text: String) {
    self.text = text
    Secrets.addGiven(text)
  }

  /// The value of an `Authorization` field (RFC 7617).
  package func basic(user: String) -> String {
    let login = Array("\(user):\(text)".utf8)
    Secrets.addLogin(login)
    return "Basic \(Base64.encode(login))"
  }

  /// Whether it can be in a header field: visible ASCII only.
  package var isHeaderSafe: Bool { !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
