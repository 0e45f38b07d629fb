import Foundation
import ServersForTests
import Testing

/// `tagpin report merge`.
@Suite(.timeLimit(.minutes(30))) struct ReportMergeTests {
  private static let digest = "@sha256:" + String(repeating: "a", count: 64)

  /// Reports of three repositories, and a file that is none.
  private func reports(_ body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let repositories: [(String, [String: String])] = [
        ("good", ["Dockerfile": "FROM alpine:3.20\(Self.digest)\n"]),
        ("bad", ["compose.yaml": "services:\n  a: {image: nginx}\n  b: {image: 'redis:7'}\n  c: {image: 'redis:7'}\n  d: {image: '$X'}\n"]),
        ("mild", ["Dockerfile": "FROM golang:1.22.1\n", ".tagpin.yaml": "policy: [{require: digest, severity: warning}]\n"]),
      ]
      for (name, files) in repositories {
        for (file, text) in files { try sandbox.write(text, to: "\(sandbox.root)/\(name)/\(file)") }
        try await sandbox.git("init", "-q", in: "\(sandbox.root)/\(name)")
        if name == "bad" {
          try await sandbox.git("remote", "add", "origin", "git@git.example:acme/shop.git", in: "\(sandbox.root)/\(name)")
        }
        try await sandbox.git("add", "-A", in: "\(sandbox.root)/\(name)")
        _ = try await sandbox.tagpin("check", "--report", "json=\(sandbox.repository)/\(name).json", in: "\(sandbox.root)/\(name)")
      }
      try sandbox.write("<html>", to: "none.json")
      try await body(sandbox)
    }
  }

  @Test func `the worst comes first, with what it fails by`() async throws {
    try await reports { sandbox in
      let outcome = try await sandbox.tagpin("report", "merge", "good.json", "mild.json", "bad.json")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(
        outcome.outputText == """
          repository  errors  warnings  latest  floating  version  digest  unknown  fails by
          acme/shop        3         0       1         2        0       0        1  floating-tag 2, latest-tag 1
          mild             0         1       0         0        1       0        0
          good             0         0       0         0        0       1        0
          3 in all         3         1       1         2        1       1        1

          unknown: references that can change, and whose level nobody knows; fails by: the rules of the errors, which 'tagpin explain RULE' explains

          """)
    }
  }

  @Test func `a file that is not a report comes first, without numbers, and is exit code 2`() async throws {
    try await reports { sandbox in
      let outcome = try await sandbox.tagpin("report", "merge", "--format", "csv", "bad.json", "none.json", "missing.json")
      #expect(outcome.status == 2)
      let lines = outcome.outputText.split(separator: "\n")
      #expect(lines[0] == "repository,errors,warnings,latest,floating,version,digest,unknown,fails by")
      #expect(lines[1].hasPrefix("missing,,,,,,,,cannot read "))
      #expect(lines[2] == "none,,,,,,,,'none.json' is not a JSON report of tagpin")
      #expect(lines[3] == "acme/shop,3,0,1,2,0,0,1,\"floating-tag 2, latest-tag 1\"")
    }
  }

  @Test func `Markdown and JSON have the same`() async throws {
    try await reports { sandbox in
      let markdown = try await sandbox.tagpin("report", "merge", "--format", "markdown", "bad.json", "good.json")
      #expect(
        markdown.outputText.contains("| `acme/shop` | 3 | 0 | 1 | 2 | 0 | 0 | 1 | `floating-tag 2, latest-tag 1` |\n"),
        "\(markdown.outputText)")
      let json = try await sandbox.tagpin("report", "merge", "--format", "json", "bad.json")
      let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      let first = try #require((report["repositories"] as? [[String: Any]])?.first)
      #expect(first["uri"] as? String == "ssh://git@git.example/acme/shop.git")
      #expect(first["levels"] as? [String: Int] == ["digest": 0, "version": 0, "floating": 2, "latest": 1])
      #expect(first["rules"] as? [String: Int] == ["floating-tag": 2, "latest-tag": 1])
    }
  }

  @Test func `other formats are refused`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("report", "merge", "--format", "sarif", "a.json")
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains("report merge reports as text, json, markdown, csv"), "\(outcome.errorText)")
    }
  }
}
