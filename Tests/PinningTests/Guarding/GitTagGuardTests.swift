import Configuration
import Dialects
import Pinning
import Testing

@Suite struct GitTagGuardTests {
  private static let a = String(repeating: "a", count: 40)
  private static let b = String(repeating: "b", count: 40)
  private static let none = String(repeating: "0", count: 40)
  private static let a256 = String(repeating: "a", count: 64)
  private static let b256 = String(repeating: "b", count: 64)
  private static let none256 = String(repeating: "0", count: 64)

  /// `moved v1`, `deleted v1`, `allowed v1` for each finding.
  private static func findings(_ input: String, allowed: [String] = []) throws -> [String] {
    let allowed = try allowed.map { try Glob(parsing: $0, over: .names) }
    return GitTagGuard(allowed: AllowedTags(lists: [allowed])).findings(in: try GitRefUpdate.all(in: Array(input.utf8))).map { finding in
      "\(finding.allowedBy != nil ? "allowed" : finding.to == nil ? "deleted" : "moved") \(finding.tag)"
    }
  }

  @Test(arguments: [
    ("", []),
    ("refs/tags/v1 \(a) refs/tags/v1 \(none)\n", []),
    ("refs/tags/v1 \(a) refs/tags/v1 \(b)\n", ["moved v1"]),
    ("refs/tags/v1 \(a) refs/tags/v1 \(a)\n", []),
    ("(delete) \(none) refs/tags/v1 \(b)\n", ["deleted v1"]),
    ("(delete) \(none) refs/tags/v1 \(none)\n", []),
    ("refs/heads/main \(a) refs/heads/main \(b)\n", []),
    ("(delete) \(none) refs/heads/old \(b)\n", []),
    // What becomes of a tag counts, whatever it is made of.
    ("refs/heads/main \(a) refs/tags/v1 \(b)\n", ["moved v1"]),
    ("HEAD~2 \(a) refs/tags/v1 \(b)\n", ["moved v1"]),
    ("HEAD^{/a fix} \(a) refs/tags/v1 \(b)\n", ["moved v1"]),
    ("refs/tags/v1 \(a) refs/heads/v1 \(b)\n", []),
    ("refs/tags/v1 \(a) refs/notes/refs/tags/v1 \(b)\n", []),
    ("refs/tags/release/v1 \(a) refs/tags/release/v1 \(b)\n", ["moved release/v1"]),
    ("refs/tags/v1 \(a256) refs/tags/v1 \(b256)\n", ["moved v1"]),
    ("refs/tags/v1 \(a256) refs/tags/v1 \(none256)\n", []),
    ("refs/tags/é \(a) refs/tags/é \(b)\n", ["moved é"]),
    (
      "refs/heads/main \(a) refs/heads/main \(b)\nrefs/tags/v2 \(a) refs/tags/v2 \(none)\nrefs/tags/v1 \(a) refs/tags/v1 \(b)\n\n",
      ["moved v1"]
    ),
  ]) func `a tag that the remote has may neither move nor go`(_ input: String, _ expected: [String]) throws {
    #expect(try Self.findings(input) == expected)
  }

  @Test(arguments: [
    (["v1"], ["allowed v1", "moved v1.2", "deleted release/v1"]),
    (["v*"], ["allowed v1", "allowed v1.2", "deleted release/v1"]),
    (["*"], ["allowed v1", "allowed v1.2", "deleted release/v1"]),
    (["**"], ["allowed v1", "allowed v1.2", "allowed release/v1"]),
    (["release/*", "latest"], ["moved v1", "moved v1.2", "allowed release/v1"]),
  ]) func `tags that are meant to move are known by patterns`(_ allowed: [String], _ expected: [String]) throws {
    let input = """
      refs/tags/v1 \(Self.a) refs/tags/v1 \(Self.b)
      refs/tags/v1.2 \(Self.a) refs/tags/v1.2 \(Self.b)
      (delete) \(Self.none) refs/tags/release/v1 \(Self.b)

      """
    #expect(try Self.findings(input, allowed: allowed) == expected)
  }

  @Test(arguments: [
    ("x\n", 1), ("refs/tags/v1 \(a) refs/tags/v1\n", 1), ("refs/tags/v1 \(a) refs/tags/v1 \(b)", 1), (" \(a) refs/tags/v1 \(b)\n", 1),
    ("refs/tags/v1 \(a) refs/tags/v1 \(b)\r\n", 1), ("refs/tags/v1 \(a) v1 \(b)\n", 1),
    ("refs/tags/v1 \(a.dropLast()) refs/tags/v1 \(b)\n", 1), ("refs/tags/v1 \(a) refs/tags/v1 \(b256)\n", 1),
    ("refs/tags/v1 \(a.uppercased()) refs/tags/v1 \(b)\n", 1), ("\n\nrefs/tags/v1 \(a) refs/tags/v1 g\n", 3),
    ("refs/tags/v1 \(a) refs/tags/v1 \(b)\nrefs/ta", 2),
  ]) func `a line that git does not write is an error`(_ input: String, _ line: Int) {
    let error = #expect(throws: GitRefUpdate.Malformed.self) { try GitRefUpdate.all(in: Array(input.utf8)) }
    #expect(error?.line == line)
  }
}
