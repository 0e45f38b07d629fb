import Foundation
import ServersForTests
import Testing

/// `tagpin guard REF… -- COMMAND`: what is run, what is asked afterwards, and what the exit code says.
@Suite(.timeLimit(.minutes(30))) struct GuardedCommandTests {
  static let ours = Image.single("ours")
  static let theirs = Image.single("theirs")

  /// A registry in which the images stand under tags of their names, to be given others.
  private func withRegistry(_ body: (Sandbox, DockerRegistry, String) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.ours, to: "team/app", tag: "ours")
        try await registry.push(Self.theirs, to: "team/app", tag: "theirs")
        try await body(sandbox, registry, "\(registry.host)/team/app")
      }
    }
  }

  /// A program that gives what stands under one tag another one, as pushes do.
  private func push(_ app: String, _ tag: String, as other: String) -> [String] {
    [
      "skopeo", "--insecure-policy", "copy", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false", "docker://\(app):\(tag)",
      "docker://\(app):\(other)",
    ]
  }

  private func run(
    _ sandbox: Sandbox, _ arguments: [String], _ command: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await sandbox.program(Program.tagpinPath, environment: environment).run(["guard"] + arguments + ["--"] + command)
  }

  @Test func `what is free is pushed and confirmed`() async throws {
    try await withRegistry { sandbox, registry, app in
      let github = ["GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(sandbox.root)/output"]
      let outcome = try await run(
        sandbox, ["\(app):1", "--digest", Self.ours.digest, "--digest-file", "digests"], push(app, "ours", as: "1"), environment: github)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.outputText == "")
      #expect(outcome.errorText == "free  \(app):1\n\(app):1@\(Self.ours.digest)\n")
      #expect(try sandbox.text("digests") == "\(app):1@\(Self.ours.digest)\n")
      #expect(try sandbox.text("\(sandbox.root)/output") == "result=pushed\ndigest=\(Self.ours.digest)\n")
      #expect(try await registry.digest(of: "1", in: "team/app") == Self.ours.digest)
    }
  }

  @Test func `without a digest, what is there afterwards is told`() async throws {
    try await withRegistry { sandbox, _, app in
      let outcome = try await run(sandbox, ["\(app):1"], push(app, "theirs", as: "1"))
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.errorText.hasSuffix("\n\(app):1@\(Self.theirs.digest)\n"))
    }
  }

  @Test func `what is taken or unknown is not pushed`() async throws {
    try await withRegistry { sandbox, _, app in
      let taken = try await run(sandbox, ["\(app):new", "\(app):theirs"], ["touch", "ran"])
      #expect(taken.status == 121)
      #expect(taken.errorText.contains("taken  \(app):theirs: it is \(Self.theirs.digest)"), "\(taken.errorText)")
      #expect(taken.outputText == "")
      let unknown = try await run(sandbox, ["127.0.0.1:\(try Port.free())/team/app:1", "\(app):theirs"], ["touch", "ran"])
      #expect(unknown.status == 122)
      let broken = try await run(sandbox, ["--bake", "nowhere.json"], ["touch", "ran"])
      #expect(broken.status == 122)
      #expect(try !sandbox.names().contains("ran"))
    }
  }

  @Test func `where the registry has it all, nothing is run`() async throws {
    try await withRegistry { sandbox, _, app in
      let outcome = try await run(
        sandbox, ["\(app):ours", "--digest", Self.ours.digest, "--digest-file", "digests"], ["touch", "ran"])
      #expect(outcome.status == 0)
      #expect(try !sandbox.names().contains("ran"))
      #expect(try sandbox.text("digests") == "\(app):ours@\(Self.ours.digest)\n")
    }
  }

  @Test func `a command that fails ends with its own code, and nothing is asked again`() async throws {
    try await withRegistry { sandbox, _, app in
      let outcome = try await run(sandbox, ["\(app):1", "--digest-file", "digests"], ["sh", "-c", "echo out; echo err >&2; exit 7"])
      #expect(outcome.status == 7)
      #expect(outcome.outputText == "out\n")
      #expect(outcome.errorText == "free  \(app):1\nerr\n")
      #expect(try sandbox.text("digests") == "")
    }
  }

  // MARK: Races

  @Test func `a push that did not arrive is missing`() async throws {
    try await withRegistry { sandbox, _, app in
      let outcome = try await run(sandbox, ["\(app):1", "\(app):2"], push(app, "ours", as: "2"))
      #expect(outcome.status == 123)
      #expect(outcome.errorText.contains("missing  \(app):1: there is no such tag after the push\n"), "\(outcome.errorText)")
    }
  }

  @Test func `a tag that appears between the check and the push, with other content, is noticed`() async throws {
    try await withRegistry { sandbox, _, app in
      // Somebody else is faster, and this push leaves what it finds.
      let outcome = try await run(
        sandbox, ["\(app):1", "--digest", Self.ours.digest, "--digest-file", "digests"], push(app, "theirs", as: "1"))
      #expect(outcome.status == 123)
      #expect(
        outcome.errorText.contains("moved  \(app):1: it is \(Self.theirs.digest), not the \(Self.ours.digest) that was pushed\n"),
        "\(outcome.errorText)")
      #expect(try sandbox.text("digests") == "")
    }
  }

  @Test func `a tag that another push moves right after ours is noticed`() async throws {
    try await withRegistry { sandbox, _, app in
      let both = "\(push(app, "ours", as: "1").joined(separator: " ")) && \(push(app, "theirs", as: "1").joined(separator: " "))"
      let outcome = try await run(sandbox, ["\(app):1", "--digest", Self.ours.digest], ["sh", "-c", both])
      #expect(outcome.status == 123, "\(outcome.errorText)")
    }
  }

  @Test func `a tag that was the same before is still the same`() async throws {
    try await withRegistry { sandbox, _, app in
      let arguments = ["\(app):ours", "\(app):1", "--metadata-file", "metadata.json"]
      try sandbox.write(
        "{\"containerimage.digest\": \"\(Self.ours.digest)\", \"image.name\": \"\(app):ours,\(app):1\"}", to: "metadata.json")
      let moving = "\(push(app, "ours", as: "1").joined(separator: " ")) && \(push(app, "theirs", as: "ours").joined(separator: " "))"
      let outcome = try await run(sandbox, arguments, ["sh", "-c", moving])
      #expect(outcome.status == 123)
      #expect(outcome.errorText.contains("moved  \(app):ours: "), "\(outcome.errorText)")
    }
  }

  @Test func `a registry that is gone after the push leaves it unknown`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
        try await DockerRegistry.serving(in: sandbox) { registry in
          try await registry.push(Self.ours, to: "team/app", tag: "ours")
          let app = "\(registry.host)/team/app"
          let push = push(app, "ours", as: "1").joined(separator: " ")
          let untilGone = "\(push) && touch pushed && while curl -s http://\(registry.host)/v2/ >/dev/null; do sleep 0.05; done"
          group.addTask { try await run(sandbox, ["\(app):1", "--timeout", "2"], ["sh", "-c", untilGone]) }
          while try !sandbox.names().contains("pushed") { try await Task.sleep(for: .milliseconds(20)) }
        }
        return try await group.next()
      }
      #expect(outcome?.status == 124)
      #expect(outcome?.errorText.contains("unknown  ") == true, "\(outcome?.errorText ?? "")")
      #expect(outcome?.errorText.contains("check before anything uses it") == true)
    }
  }

  // MARK: What the command writes

  @Test func `a file of results may be written by the command`() async throws {
    try await withRegistry { sandbox, _, app in
      let metadata = "{\"containerimage.digest\": \"\(Self.ours.digest)\", \"image.name\": \"\(app):NAME\"}"
      func script(_ tag: String, pushing image: String) -> [String] {
        [
          "sh", "-c",
          "\(push(app, image, as: tag).joined(separator: " ")) && echo '\(metadata.replacing("NAME", with: tag))' >metadata.json",
        ]
      }
      let arguments = ["--metadata-file", "metadata.json"]
      #expect(try await run(sandbox, ["\(app):1"] + arguments, script("1", pushing: "ours")).status == 0)
      #expect(try await run(sandbox, ["\(app):2"] + arguments, script("2", pushing: "theirs")).status == 123)
      try FileManager.default.removeItem(atPath: sandbox.path("metadata.json"))
      let lost = try await run(sandbox, ["\(app):3"] + arguments, push(app, "ours", as: "3"))
      #expect(lost.status == 124)
      #expect(lost.errorText.contains("metadata.json"), "\(lost.errorText)")
    }
  }
}
