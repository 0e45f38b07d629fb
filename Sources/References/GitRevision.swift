/// What the ref of a reference asks a git repository for.
package enum GitRevision: Hashable, Sendable {
  case commit(CommitID)
  /// `refs/tags/v4`: the tag `v4` and nothing else.
  case tag(String)
  /// `refs/heads/main`: the branch `main` and nothing else.
  case branch(String)
  /// `v4`: a tag, else a branch.
  case name(String)

  /// nil where the text names no commit, tag or branch: `refs/pull/1/merge`, or nothing that git takes as the name of a ref.
  package init?(_ text: some StringProtocol) {
    if let commit = CommitID(text) {
      self = .commit(commit)
      return
    }
    guard Self.isRefName(text) else { return nil }
    let text = String(text)
    if text.hasPrefix("refs/") {
      if text.hasPrefix("refs/tags/") {
        self = .tag(String(text.dropFirst("refs/tags/".count)))
      } else if text.hasPrefix("refs/heads/") {
        self = .branch(String(text.dropFirst("refs/heads/".count)))
      } else {
        return nil
      }
    } else {
      self = .name(text)
    }
  }

  /// Whether git would take the text for the beginning of a commit's name, where no tag and no branch has it. GitHub does not.
  package static func isShortCommit(_ text: some StringProtocol) -> Bool {
    (7...39).contains(text.utf8.count) && text.utf8.allSatisfy(ASCII.isHexDigit)
  }

  /// git-check-ref-format(1), with one level allowed.
  static func isRefName(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard let last = bytes.last, last != UInt8(ascii: "."), !bytes.elementsEqual("@".utf8) else { return false }
    let forbidden = Array("~^:?*[\\ ".utf8)
    guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !forbidden.contains($0) }) else { return false }
    for (first, second) in zip(bytes, bytes.dropFirst()) {
      if first == UInt8(ascii: "."), second == UInt8(ascii: ".") { return false }
      if first == UInt8(ascii: "@"), second == UInt8(ascii: "{") { return false }
    }
    return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { component in
      !component.isEmpty && component.first != UInt8(ascii: ".") && !component.suffix(5).elementsEqual(".lock".utf8)
    }
  }
}
