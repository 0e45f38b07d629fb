/// The tag of an image: `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}` (OCI distribution specification, "Pulling manifests").
package struct Tag: Hashable, Sendable, CustomStringConvertible, Comparable {
  package let text: String

  package init?(_ text: some StringProtocol) {
    let bytes = text.utf8
    guard let first = bytes.first, ASCII.isAlphanumeric(first) || first == UInt8(ascii: "_"), bytes.count <= 128,
      bytes.allSatisfy({
        ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      })
    else { return nil }
    self.text = String(text)
  }

  /// What a client takes where a reference has neither tag nor digest.
  package static let latest = Tag("latest")!

  package var description: String { text }

  package static func < (left: Tag, right: Tag) -> Bool { left.text < right.text }
}
