/// `os/architecture[/variant]`, as in an index's descriptors (OCI image specification, image-index.md).
package struct Platform: Hashable, Sendable, CustomStringConvertible {
  package var os: String
  package var architecture: String
  package var variant: String?

  package init(os: String, architecture: String, variant: String? = nil) {
    self.os = os
    self.architecture = architecture
    self.variant = variant
  }

  /// nil unless the text has two or three non-empty parts.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(os: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : nil)
  }

  package var description: String { [os, architecture, variant].compactMap(\.self).joined(separator: "/") }
}
