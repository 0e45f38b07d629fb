/// The name of a git commit, in full: 40 hexadecimal digits (SHA-1) or 64 (SHA-256). git reads both letter cases.
package struct CommitID: Hashable, Sendable, CustomStringConvertible {
  /// In lower case.
  package let hex: String

  /// nil unless it has all its digits.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 40 || text.utf8.count == 64, text.utf8.allSatisfy(ASCII.isHexDigit) else { return nil }
    hex = text.lowercased()
  }

  package var description: String { hex }

  /// `11bd719`, as git abbreviates it, for people; never for machines.
  package var abbreviated: String { String(hex.prefix(7)) }
}
