import Foundation
import ServersForTests
import Testing

/// `tagpin check` with policies, and with the options that say what fails it.
@Suite(.timeLimit(.minutes(30))) struct PolicyCommandTests {
  private static let pods = ["nginx:latest", "nginx", "nginx:1.25.3"].map {
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - image: \($0)\n"
  }.joined(separator: "---\n")

  struct Row: Sendable, CustomTestStringConvertible {
    var policy: String
    var options: [String] = []
    var severities: [String?]
    var status: Int32

    var testDescription: String { "\(policy) \(options)" }
  }

  static let rows: [Row] = [
    Row(policy: "", severities: ["error", "error", "error"], status: 1),
    Row(policy: "policy: [{require: version}]", severities: ["error", "error", nil], status: 1),
    Row(policy: "policy: [{require: version, severity: warning}]", severities: ["warning", "warning", nil], status: 0),
    Row(
      policy: "policy: [{require: version, severity: warning}]", options: ["--strict"], severities: ["error", "error", nil], status: 1),
    Row(
      policy: "policy: [{require: version, severity: warning}]", options: ["--severity", "warning"],
      severities: ["warning", "warning", nil], status: 1),
    Row(
      policy: "policy: [{require: version, severity: note}]", options: ["--severity", "warning"], severities: ["note", "note", nil],
      status: 0),
    Row(policy: "policy: [{require: version, severity: note}]", options: ["--strict"], severities: ["note", "note", nil], status: 0),
    Row(
      policy: "policy: [{require: version, severity: note}]", options: ["--severity", "note"], severities: ["note", "note", nil],
      status: 1),
  ]

  @Test(arguments: rows) func `three pods are judged by the policy, and the options say what fails`(_ row: Row) async throws {
    try await Sandbox.with(["pods.yaml": Self.pods, ".tagpin.yaml": row.policy]) { sandbox in
      let outcome = try await sandbox.program(Program.tagpinPath).run(["check", "--format", "json"] + row.options)
      #expect(outcome.status == row.status, "\(outcome.errorText)")
      let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let sites = (report["files"] as? [[String: Any]] ?? []).flatMap { $0["sites"] as? [[String: Any]] ?? [] }
      #expect(sites.map { $0["severity"] as? String } == row.severities)
      #expect(sites.map { $0["level"] as? String } == ["latest", "latest", "version"])
      #expect(sites.map { $0["rule"] as? String } == ["latest-tag", "latest-tag", row.severities[2] == nil ? "unpinned" : "version-tag"])
    }
  }

  @Test func `a repository asks for more than its organisation, never for less`() async throws {
    try await Sandbox.with(["pods.yaml": Self.pods, ".tagpin.yaml": "policy: [{require: latest}]"]) { sandbox in
      try sandbox.write(
        "policy: [{require: version, reason: 'who restarts wants the same'}]", to: "\(sandbox.home)/.config/tagpin/config.yaml")
      let outcome = try await sandbox.tagpin("check")
      #expect(outcome.status == 1)
      #expect(outcome.outputText.contains("config.yaml:1 asks for version: who restarts wants the same"), "\(outcome.outputText)")
    }
  }

  @Test func `a policy that has ended is a warning, and is one in standard input, too`() async throws {
    let policy = "policy: [{require: latest, until: 2020-01-31}]"
    try await Sandbox.with(["pods.yaml": Self.pods, ".tagpin.yaml": policy]) { sandbox in
      let said = ".tagpin.yaml:1: warning: the rule of 'policy' ended on 2020-01-31 and counts no longer"
      let onFiles = try await sandbox.tagpin("check")
      #expect(onFiles.status == 1)
      #expect(onFiles.outputText.contains(said), "\(onFiles.outputText)")
      let onInput = try await sandbox.tagpin("check", "-", "--stdin-name", "pods.yaml", input: Array(Self.pods.utf8))
      #expect(onInput.outputText.contains(said), "\(onInput.outputText)\(onInput.errorText)")
    }
  }

  @Test func `a severity that there is not is a usage error`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("check", "--severity", "warn")
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains("warning"), "\(outcome.errorText)")
    }
  }
}
