import Foundation
import ServersForTests
import Testing

/// What others wrote never becomes a command to the runner of a pipeline.
@Suite(.timeLimit(.minutes(30))) struct RunnerOutputTests {
  private static let image = Image.single("runner")

  /// The commands that GitHub's runner would find in a step's output (actions/runner, `ActionCommand.cs`), those that are stopped left out.
  static func commands(in output: String) -> [String] {
    var stopped: String?
    var result: [String] = []
    for line in output.split(whereSeparator: \.isNewline).map(String.init) {
      let trimmed = line.trimmingCharacters(in: .whitespacesAndNewlines)
      let name: String? =
        if trimmed.hasPrefix("::"), let end = trimmed.dropFirst(2).range(of: "::") {
          trimmed[trimmed.index(trimmed.startIndex, offsetBy: 2)..<end.lowerBound].split(separator: " ").first.map(String.init)
        } else if let match = line.firstMatch(of: #/##(?:vso|teamcity)?\[[^\]]*\]/#) {
          String(match.0)
        } else { nil }
      guard let name else { continue }
      if stopped != nil {
        if name == stopped { stopped = nil }
      } else if name == "stop-commands" {
        stopped = trimmed.components(separatedBy: "::").last
      } else {
        result.append(name)
      }
    }
    return result
  }

  private static let hostile = "::stop-commands::x/##[error]a"

  private func withHostileFiles(_ body: (Sandbox, [String: String]) async throws -> Void) async throws {
    let words = "::error::a\n##[group]b\n##vso[task.setvariable variable=x]c"
    try await ScriptedServer.serving { request in
      request.path.contains("/bad")
        ? .answer(404, body: #"{"errors":[{"code":"X","message":\#(words.debugDescription)}]}"#)
        : .manifest(Self.image)
    } while: { server in
      let compose = """
        services:
          # before
          a: {image: '\(server.host)/app:1'}  # ##[error]comment
        ::warning::not-a-service:
        x-##vso[task.complete result=Failed]: 1

        """
      let files = [
        "\(Self.hostile)/compose.yaml": compose,
        "::notice::b/compose.yaml": "services: {a: {image: '##[error]x/y:1'}, b: {image: '$##[debug]'}}\n",
        "##vso[a]/compose.yaml": "services: {a: {image: '\(server.host)/bad:1'}}\n", "c/compose.yaml": "services: [##[error]\n ::error::x",
        "a\n::set-env name=X::y/compose.yaml": "services: {a: {image: '\(server.host)/app:1'}}\n",
      ]
      try await Sandbox.with(files) { sandbox in try await body(sandbox, files) }
    }
  }

  static let runs: [[String]] = [
    ["list", "--verbose"], ["check"], ["check", "--verbose"], ["pin", "--dry-run"], ["pin", "--keep-going", "--dry-run"],
    ["pin", "--diff"],
    ["pin", "--diff", "--color", "always"], ["resolve", "##[error]x", "::error::x:1"], ["dialects"], ["guard", "##[error]x", "::error::x"],
    ["list", "--dialect", "##[error]x"], ["::error::x"], ["pin", "a\n::error::x"], ["pin", "--config", "##vso[x]"],
    ["pin", "--report", "##[x]=y"], ["pin", "\(hostile)/compose.yaml", "--dry-run"],
  ]

  @Test(arguments: runs) func `nothing that others wrote is a command to a runner`(arguments: [String]) async throws {
    try await withHostileFiles { sandbox, _ in
      var formats: [[String]] = [[]]
      if ["list", "check", "pin"].contains(arguments[0]), !arguments.contains("--diff") {
        formats += ["json", "markdown", "github"].map { ["--format", $0] }
      }
      for format in formats {
        for environment in [[:], ["GITHUB_ACTIONS": "true"]] {
          let outcome = try await sandbox.program(Program.tagpinPath, environment: environment).run(arguments + format)
          for text in [outcome.outputText, outcome.errorText] {
            // Without GitHub's runner a patch has the bytes of the files.
            if arguments.contains("--diff"), environment.isEmpty { continue }
            let found = Self.commands(in: text).filter { !["error", "warning", "notice"].contains($0) }
            #expect(found == [], "\(arguments) \(format): \(text)")
            // Our own annotations have a title.
            for line in text.split(separator: "\n")
            where line.hasPrefix("::") && !line.hasPrefix("::stop-commands::tagpin-") && !line.hasPrefix("::tagpin-") {
              #expect(line.contains("title=tagpin%3A"), "\(line)")
            }
          }
        }
      }
    }
  }

  @Test func `a patch is taken by git where the runner is told to look away, and shows nothing to one that cannot be told`() async throws {
    try await withHostileFiles { sandbox, files in
      let path = "\(Self.hostile)/compose.yaml"
      let plain = try await sandbox.tagpin("pin", "--diff", "--quiet", path)
      let inGitHub = try await sandbox.program(Program.tagpinPath, environment: ["GITHUB_ACTIONS": "true"]).run([
        "pin", "--diff", "--quiet", path,
      ])
      #expect(inGitHub.outputText.hasPrefix("::stop-commands::tagpin-"))
      #expect(Self.commands(in: inGitHub.outputText) == [])
      #expect(Self.commands(in: plain.outputText) != [])
      for patch in [plain, inGitHub] {
        #expect(patch.status == 0, "\(patch.errorText)")
        try await sandbox.program("git").checked(["apply"], input: patch.output)
        #expect(try sandbox.text(path).contains("/app:1@\(Self.image.digest)'}  # ##[error]comment"))
        try sandbox.write(files[path] ?? "", to: path)
      }
      for variable in ["TF_BUILD", "TEAMCITY_VERSION"] {
        let outcome = try await sandbox.program(Program.tagpinPath, environment: [variable: "1"]).run(["pin", "--diff", "--quiet", path])
        #expect(Self.commands(in: outcome.outputText) == [], "\(outcome.outputText)")
        #expect(try await sandbox.program("git").run(["apply"], input: outcome.output).status != 0)
      }
    }
  }

  @Test func `the outputs of a step that cannot be written are called so`() async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n"]) { sandbox in
      let outcome = try await sandbox.program(
        Program.tagpinPath, environment: ["GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(sandbox.root)/no/output"]
      ).run(["check"])
      #expect(outcome.errorText.contains("cannot write the outputs of the step to '\(sandbox.root)/no/output'"), "\(outcome.errorText)")
    }
  }
}
