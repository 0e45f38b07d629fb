import Foundation
import Git
import Testing

extension CommittingTests {
  /// Who commits, and when.
  @Suite(.timeLimit(.minutes(30))) struct IdentityTests {
    private func identities(
      _ settings: [String: String] = [:], author: String? = nil, variables: [String: String] = [:]
    ) async throws -> (author: CommitIdentity, committer: CommitIdentity) {
      var scene = try await CommitScene.make()
      for (name, value) in settings { try await scene.git("config", name, value) }
      scene.request = CommitRequest(variables: variables.merging(["GIT_CONFIG_NOSYSTEM": "1"]) { $1 })
      scene.request.author = author
      let plan = try scene.plan()
      return (plan.author, plan.committer)
    }

    @Test func `The command line, then the environment, then the configuration`() async throws {
      let settings = ["user.name": "U", "user.email": "u@x", "author.name": "A", "committer.email": "c@x"]
      let configured = try await identities(settings)
      #expect(configured.author.description == "A <u@x>")
      #expect(configured.committer.description == "U <c@x>")
      let variables = ["GIT_AUTHOR_NAME": "E", "GIT_COMMITTER_NAME": "F", "GIT_COMMITTER_EMAIL": "f@x"]
      let environment = try await identities(settings, variables: variables)
      #expect(environment.author.description == "E <u@x>")
      #expect(environment.committer.description == "F <f@x>")
      let given = try await identities(settings, author: "Bot <bot@x>", variables: variables)
      #expect(given.author.description == "Bot <bot@x>")
      #expect(given.committer.description == "F <f@x>")
    }

    @Test func `An author alone is the committer, too`() async throws {
      #expect(try await identities(author: "Bot <bot@x>").committer.description == "Bot <bot@x>")
    }

    @Test func `Nobody is an error that says what to set`() async throws {
      for (settings, lacksName) in [([:], true), (["user.name": "U"], false), (["user.email": "u@x"], true), (["user.name": " . "], true)] {
        let error = await #expect(throws: CommitError.self) { try await identities(settings) }
        #expect(error == .noIdentity(role: "author", lacksName: lacksName))
        #expect(error?.description.contains("git config user.name") == true)
      }
    }

    @Test(arguments: ["Bot", "<bot@x>", "Bot <>", "Bot bot@x", "Bot <bot@x> more"])
    func `An author without an address is refused`(text: String) async throws {
      await #expect(throws: CommitError.invalidAuthor(text)) { try await identities(author: text) }
    }

    @Test func `Names lose what the format of a commit cannot hold`() async throws {
      let made = try await identities(variables: [
        "GIT_AUTHOR_NAME": " ,A <b>\n c. ", "GIT_AUTHOR_EMAIL": "<a@x>", "GIT_COMMITTER_NAME": "C", "GIT_COMMITTER_EMAIL": "c@x",
      ])
      #expect(made.author.description == "A b c <a@x>")
    }

    @Test(arguments: [
      "@1700000000 +0100", "1700000000 -0230", "@0 +0000", "1700000000", "2026-04-07T22:13:13+02:00", "2026-04-07 22:13:13 +0200",
      "2026-04-07T22:13:13Z", "2026-01-07T22:13:13", "2026-07-07 22:13", "2026-04-07T22:13:13.25+02", "Tue, 07 Apr 2026 22:13:13 +0200",
      "7 Apr 2026 22:13:13 -0500", "Tue Apr 7 22:13:13 2026 +0200", "Tue Apr  7 22:13:13 2026",
    ])
    func `Dates are read as git reads them`(text: String) async throws {
      let scene = try await CommitScene.make()
      let name = "GIT_AUTHOR_DATE=\(text)"
      try await scene.run(["env", name, "git", "commit", "-q", "--allow-empty", "-m", "dated"], in: "repository")
      let raw = try await scene.git("log", "-1", "--format=%ad", "--date=raw").trimmed
      let time = try #require(CommitTime(text))
      let (hours, minutes) = (abs(time.offsetMinutes) / 60, abs(time.offsetMinutes) % 60)
      #expect(
        "\(time.seconds) \(time.offsetMinutes < 0 ? "-" : "+")\(hours < 10 ? "0" : "")\(hours)\(minutes < 10 ? "0" : "")\(minutes)" == raw)
    }

    @Test(arguments: [
      "yesterday", "2026-13-07T22:13:13Z", "@", "12 +0000", "2026-04-07", "@1700000000 0100", "noon", "@4294967296 +0000",
      "1970-01-01T00:00:00+0200",
    ])
    func `What is no date is refused`(text: String) async throws {
      #expect(CommitTime(text) == nil)
      let error = await #expect(throws: CommitError.self) { try await identities(author: "A <a@x>", variables: ["GIT_AUTHOR_DATE": text]) }
      #expect(error == .invalidDate(variable: "GIT_AUTHOR_DATE", value: text))
    }
  }
}
