import Foundation
import ServersForTests
import Testing

/// The examples under the checkers of their formats.
@Suite(.timeLimit(.minutes(30))) struct ExampleFormatTests {
  private static let linters = Example.root.appending(path: ".build/linters/bin").path

  /// Runs a checker in the directory of examples; each of them is there, or the test fails.
  private func run(_ name: String, _ arguments: String...) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.program(name, in: Example.directory.path).run(arguments)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
    }
  }

  private func run(_ name: String, options: [String], on files: [String]) async throws {
    try #require(!files.isEmpty)
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.program(name, in: Example.directory.path).run(options + files)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
    }
  }

  private static func files(_ isWanted: (String) -> Bool) -> [String] { Example.files.filter(isWanted) }

  @Test func `each has a README, and the list of them names each`() throws {
    let list = try String(contentsOf: Example.directory.appending(path: "README.md"), encoding: .utf8)
    #expect(Example.all.count >= 14)
    for example in Example.all {
      #expect(list.contains("`\(example.name)`"), "\(example.name)")
      #expect(Example.shown.contains(example.name) || Example.files.contains("\(example.name)/README.md"), "\(example.name)")
    }
  }

  @Test func `yamllint has nothing to say`() async throws {
    try await run(
      "yamllint", options: ["--strict", "--config-file", ".yamllint"], on: Self.files { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") })
  }

  @Test func `shellcheck has nothing to say`() async throws {
    try await run(
      "shellcheck", options: ["--enable=quote-safe-variables"], on: Self.files { $0.hasSuffix(".sh") || $0.contains("/.githooks/") })
  }

  @Test func `zizmor finds no expression in a script, no permission too many and nothing unpinned`() async throws {
    try await run(
      "\(Self.linters)/zizmor", options: ["--offline", "--pedantic", "--quiet", "--config", ".zizmor.yml"],
      on: Self.files { $0.contains("/.github/workflows/") && !$0.hasPrefix("github-actions/") })
  }

  private static let schemas: [(String, [String], String)] = [
    ("vendor.github-workflows", [], "/.github/workflows/"), ("vendor.gitlab-ci", ["--data-transform", "gitlab-ci"], "/.gitlab-ci.yml"),
    ("vendor.circle-ci", [], "/.circleci/config.yml"), ("vendor.compose-spec", [], "/compose.yaml"),
  ]

  @Test(arguments: schemas) func `the schema of the format allows it`(_ schema: String, _ options: [String], _ path: String) async throws {
    try await run(
      "\(Self.linters)/check-jsonschema", options: ["--builtin-schema", schema] + options, on: Self.files { $0.contains(path) })
  }

  @Test func `pre-commit reads its configuration`() async throws {
    try await run("\(Self.linters)/pre-commit", "validate-config", "pre-commit/.pre-commit-config.yaml")
  }

  @Test func `JSON is JSON`() throws {
    for file in Self.files({ $0.hasSuffix(".json") }) {
      let data = try Data(contentsOf: Example.directory.appending(path: file))
      #expect(throws: Never.self, "\(file)") { try JSONSerialization.jsonObject(with: data) }
    }
  }
}
