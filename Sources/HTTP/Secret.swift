/// A password or a token. Nothing prints it but who asks for its text.
package struct Secret: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Whether it can stand in a header field: visible ASCII only.
  package var isHeaderSafe: Bool { !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
