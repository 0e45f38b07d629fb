import Foundation
import ServersForTests
import Testing

/// A repository of one commit with an image to pin, and the bare one that its commits are pushed to.
struct PushedRepository: Sendable {
  let sandbox: Sandbox

  /// The directory whose repositories are served.
  var served: String { "\(sandbox.root)/served" }
  var remote: String { "\(served)/remote.git" }

  static func with(_ body: (PushedRepository) async throws -> Void) async throws {
    let image = Image.single("app")
    try await ScriptedServer.serving { _ in
      .manifest(image)
    } while: { server in
      try await Sandbox.with(["compose.yaml": "services: {a: {image: '\(server.host)/app:1'}}\n"]) { sandbox in
        try await sandbox.git("commit", "-qm", "one")
        let repository = PushedRepository(sandbox: sandbox)
        try await sandbox.git("clone", "-q", "--bare", ".", repository.remote)
        try await sandbox.git("config", "http.receivepack", "true", in: repository.remote)
        try await body(repository)
      }
    }
  }

  /// Git's own server for the remote, which is then called `origin`.
  func serving(_ settings: GitBackend.Settings = GitBackend.Settings(), _ body: (GitBackend) async throws -> Void) async throws {
    try await GitBackend.serving(served, settings) { backend in
      try await sandbox.git("remote", "add", "origin", "\(backend.url)/remote.git")
      try await body(backend)
    }
  }

  /// Commits to a new branch and pushes that.
  func push(_ environment: [String: String] = [:]) async throws -> Outcome {
    try await sandbox.tagpin("pin", "--commit", "--branch", "bot", "--push", "--verbose", "--timeout", "20", environment: environment)
  }

  func expectPushed(_ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)", sourceLocation: sourceLocation)
    #expect(outcome.outputText.hasSuffix("\npushed bot to origin\n"), "\(outcome.outputText)", sourceLocation: sourceLocation)
    let head = try await sandbox.git("rev-parse", "HEAD")
    let pushed = try await sandbox.git("for-each-ref", "--format=%(objectname)", "refs/heads/bot", in: remote)
    #expect(pushed == head, sourceLocation: sourceLocation)
    #expect(try await sandbox.git("fsck", "--strict", in: remote) == "", sourceLocation: sourceLocation)
  }

  /// The commit is here and nowhere else, and the report says why in these words.
  func expectRefused(_ outcome: Outcome, _ words: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    #expect(outcome.status == 2, sourceLocation: sourceLocation)
    #expect(outcome.outputText.contains("not pushed: cannot push: "), "\(outcome.outputText)", sourceLocation: sourceLocation)
    #expect(outcome.outputText.contains(words), "\(outcome.outputText)", sourceLocation: sourceLocation)
    #expect(try await sandbox.git("for-each-ref", "refs/heads/bot", in: remote) == "", sourceLocation: sourceLocation)
    #expect(try await sandbox.git("log", "--format=%s", "bot").split(separator: "\n").count == 2, sourceLocation: sourceLocation)
  }
}
