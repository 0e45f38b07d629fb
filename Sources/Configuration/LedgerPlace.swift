import Documents

/// Where observations of tags are kept.
package enum LedgerPlace: Hashable, Sendable {
  case off
  /// A ref of the repository: `refs/tagpin/seen`.
  case ref(String)
  case file(ConfiguredFile)
}

extension SettingReader {
  /// The repository cannot name a file: what it names would be written.
  func ledgerPlace(_ setting: Setting) throws(ConfigurationError) -> LedgerPlace {
    let words = "'off', a ref such as 'refs/tagpin/seen', or the path of a file"
    // YAML 1.1 reads 'off' as false, and so may who writes it.
    if setting.node.scalar?.value == "off" || setting.node.scalar?.value == "false" { return .off }
    let text = try text(setting, words)
    guard text.hasPrefix("refs/") else {
      guard trust == .user else { throw error(at: setting, "'\(text)' is a file that would be written; \(Configuration.onlyFromUser)") }
      return .file(try configuredFile(setting))
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 2, !["heads", "tags", "remotes"].contains(parts[1]) else {
      throw error(at: setting, "'\(text)' is not a ref for a ledger: branches and tags are others' to move; write 'refs/tagpin/seen'")
    }
    guard parts.allSatisfy(Self.isRefPart) else {
      throw error(at: setting, "'\(text)' is not the name of a ref of letters, digits, '.', '_' and '-'")
    }
    return .ref(text)
  }

  /// Fewer than git-check-ref-format(1) allows, and nothing that it forbids.
  private static func isRefPart(_ part: Substring) -> Bool {
    !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".") && !part.hasSuffix(".lock") && !part.contains("..")
      && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || [0x2D, 0x2E, 0x5F].contains($0) }
  }
}
