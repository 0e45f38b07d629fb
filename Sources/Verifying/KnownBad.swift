import Documents
import References
import SourceText

/// Digests and commits that are known to be bad, with where that is said.
package struct KnownBad: Sendable {
  private var reasons: [String: String] = [:]

  package init() {}

  /// Adds a list: one digest or commit a line with a comment behind it (`#` begins one of its own), or an advisory as JSON in OSV's format
  /// (<https://ossf.github.io/osv-schema/>), of which the digests and commits of `affected` count, without those that mend it. Throws the
  /// number of the first line that is neither.
  package mutating func add(_ bytes: [UInt8], from file: String) throws(LineError) {
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
      guard let advisory = try? JSONReader.read(SourceText(bytes)).documents.first else {
        throw LineError(line: 1, problem: "cannot be read as JSON")
      }
      let id = advisory["id"]?.scalar?.value ?? file
      for package in advisory["affected"]?.elements ?? [] { addAll(in: package, reason: "\(id) in '\(file)'") }
      return
    }
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let words = String(decoding: line, as: UTF8.self).split(maxSplits: 1, omittingEmptySubsequences: true) { $0.isWhitespace }
      guard let name = words.first, !name.hasPrefix("#") else { continue }
      guard let key = Self.key(String(name)) else {
        throw LineError(line: index + 1, problem: "begins with neither a digest (sha256:…) nor a commit of 40 digits")
      }
      let comment = words.count > 1 ? words[1].drop { $0 == "#" || $0 == " " } : ""
      reasons[key] = comment.isEmpty ? "'\(file)'" : "'\(file)': \(comment)"
    }
  }

  package struct LineError: Error, Hashable {
    package var line: Int
    package var problem: String
  }

  package func reason(for digest: Digest) -> String? { reasons[digest.description] }
  package func reason(for commit: CommitID) -> String? { reasons[commit.hex] }
  /// The first of an index and its images that is on a list.
  func reason(for content: [Digest]) -> String? { content.lazy.compactMap { reasons[$0.description] }.first }
  package var isEmpty: Bool { reasons.isEmpty }

  private static func key(_ text: String) -> String? { Digest(text)?.description ?? CommitID(text)?.hex }

  private mutating func addAll(in node: Node, reason: String) {
    if let text = node.scalar?.value {
      if let key = Self.key(text) { reasons[key] = reason }
      return
    }
    for element in node.elements { addAll(in: element, reason: reason) }
    // What mends a fault is not bad.
    for member in node.members where !["fixed", "limit"].contains(member.key.scalar?.value) { addAll(in: member.value, reason: reason) }
  }
}
