import Foundation
import ServersForTests
import Testing

/// References that cannot be resolved: nothing is written, the exit code is 2, and each says why.
@Suite(.timeLimit(.minutes(30))) struct UnresolvedTests {
  private func compose(_ images: String...) -> String {
    "services:\n" + images.enumerated().map { "  s\($0):\n    image: \($1)\n" }.joined()
  }

  @Test func `with a missing tag nothing is written`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let image = Image.single("app")
        try await registry.push(image, to: "app", tag: "1")
        let there = "\(registry.host)/app:1"
        let missing = "\(registry.host)/app:1.99"
        let files = ["a/compose.yaml": compose(there), "b/compose.yaml": compose(there, missing)]
        try await sandbox.track(files)

        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 2)
        #expect(
          outcome.outputText.contains(
            """
            b/compose.yaml:5:12: error: cannot resolve '\(missing)': \(registry.host) answered 404 (no such tag): it has '1'
              to leave it out, in .tagpin.yaml: ignore: [{ image: "\(missing)" }]
            """), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("nothing written"))
        #expect(outcome.outputText.contains("--keep-going"))
        #expect(try sandbox.snapshot() == files.bytes)

        let rest = try await sandbox.tagpin("pin", "--keep-going")
        #expect(rest.status == 2)
        #expect(rest.outputText.contains("no such tag"))
        let pinned = "\(there)@\(image.digest)"
        #expect(try sandbox.text("a/compose.yaml") == compose(pinned))
        #expect(try sandbox.text("b/compose.yaml") == compose(pinned, missing))
      }
    }
  }

  @Test func `the line that the message proposes silences it`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let image = Image.single("app")
        try await registry.push(image, to: "app", tag: "1")
        let missing = "\(registry.host)/app:1.99"
        try await sandbox.track(["compose.yaml": compose("\(registry.host)/app:1", missing)])
        let outcome = try await sandbox.tagpin("pin")
        let line = try #require(outcome.outputText.split(separator: "\n").first { $0.contains("to leave it out") })
        let proposal = try #require(line.firstRange(of: ".tagpin.yaml: ").map { line[$0.upperBound...] })
        try await sandbox.track([".tagpin.yaml": proposal + "\n"])

        let silenced = try await sandbox.tagpin("pin", "--verbose")
        #expect(silenced.status == 0, "\(silenced.outputText)")
        #expect(silenced.outputText.contains("ignored by the configuration"))
        #expect(try sandbox.text("compose.yaml") == compose("\(registry.host)/app:1@\(image.digest)", missing))
      }
    }
  }

  @Test func `a registry that is down is not a missing tag`() async throws {
    let port = try Port.free()
    let files = ["compose.yaml": compose("127.0.0.1:\(port)/app:1")]
    try await Sandbox.with(files) { sandbox in
      let outcome = try await sandbox.tagpin("pin", "--timeout", "5")
      #expect(outcome.status == 2)
      #expect(
        outcome.outputText.contains(
          "compose.yaml:3:12: error: cannot resolve '127.0.0.1:\(port)/app:1': cannot connect to 127.0.0.1:\(port)"))
      #expect(outcome.outputText.contains("refused"))
      #expect(!outcome.outputText.contains("no such tag"))
      #expect(try sandbox.snapshot() == files.bytes)
      let resolve = try await sandbox.tagpin("resolve", "--format", "json", "127.0.0.1:\(port)/app:1")
      #expect(resolve.status == 2)
      #expect(resolve.outputText.contains("\"unresolved\""))
    }
  }

  struct Answer: Sendable, CustomTestStringConvertible {
    var name: String
    var reply: ScriptedServer.Reply
    /// What the message says.
    var words: [String]
    var isAbsence = false

    var testDescription: String { name }
  }

  static let answers: [Answer] = [
    Answer(name: "the registry knows no such tag", reply: .noSuchTag, words: ["answered 404 (no such tag)"], isAbsence: true),
    Answer(name: "no such repository", reply: .error(404, "NAME_UNKNOWN"), words: ["answered 404 (no such repository)"]),
    Answer(
      name: "401 without a challenge", reply: .error(401, "UNAUTHORIZED"), words: ["answered 401 (not authorised)", "log in to 127.0.0.1"]),
    Answer(
      name: "401 with a challenge that is not known", reply: .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Negotiate")]),
      words: ["answered 401 (not authorised)", "log in to 127.0.0.1"]),
    Answer(name: "403", reply: .error(403, "DENIED"), words: ["answered 403 (access denied)", "log in to 127.0.0.1"]),
    Answer(
      name: "429 with a long wait", reply: .error(429, "TOOMANYREQUESTS", headers: [("Retry-After", "3600")]),
      words: ["limits requests", "after 3600 s"]),
    Answer(name: "500", reply: .error(500, "UNKNOWN"), words: ["answered 500"]),
    Answer(
      name: "a page of a proxy or a portal with status 404",
      reply: .answer(404, headers: [("Content-Type", "text/html")], body: "<html>Not here</html>"),
      words: ["answered 404 without saying what is missing"]),
    Answer(
      name: "a page with status 200",
      reply: .answer(200, headers: [("Content-Type", "text/html")], body: "<html>Welcome</html>"), words: []),
    Answer(
      name: "a redirect to a login page", reply: .answer(302, headers: [("Location", "/login")]), words: []),
    Answer(name: "an empty answer", reply: .answer(204), words: ["answered 204"]),
  ]

  @Test(arguments: [401, 403]) func `a registry that refuses many references is one message`(status: Int) async throws {
    try await ScriptedServer.serving { _ in
      .error(status, "DENIED")
    } while: { server in
      let images = (1...5).map { "\(server.host)/app\($0):1" }
      try await Sandbox.with(["compose.yaml": "services:\n" + images.map { "  \($0.suffix(6).prefix(4)): {image: '\($0)'}\n" }.joined()]) {
        sandbox in
        let text = try await sandbox.tagpin("pin", "--keep-going").outputText
        #expect(text.components(separatedBy: "answered \(status)").count == 2, "\(text)")
        #expect(text.contains(": 5 references (compose.yaml:2, compose.yaml:3, compose.yaml:4, and 2 more)\n"), "\(text)")
        #expect(!text.contains("'app"), "\(text)")
        #expect(text.contains("to leave them out, in .tagpin.yaml: ignore: [{ image: \"\(server.host)/**\" }]"), "\(text)")
        let json = try await sandbox.tagpin("pin", "--keep-going", "--format", "json").outputText
        #expect(json.components(separatedBy: "answered \(status)").count > 5)
        #expect(json.contains("'app5'"), "\(json)")

        let list = "5 references (\(images[0]), \(images[1]), \(images[2]), and 2 more)"
        let resolve = try await sandbox.program(Program.tagpinPath).run(["resolve"] + images)
        #expect(resolve.status == 2)
        #expect(resolve.errorText.hasPrefix("tagpin: error: \(server.host) answered \(status)"), "\(resolve.errorText)")
        #expect(resolve.errorText.hasSuffix(": \(list)\n"), "\(resolve.errorText)")
        #expect(resolve.errorText.split(separator: "\n").count == 1, "\(resolve.errorText)")
        let guarded = try await sandbox.program(Program.tagpinPath).run(["guard"] + images)
        #expect(guarded.status == 2)
        #expect(guarded.outputText.hasPrefix("unknown  \(server.host) answered \(status)"), "\(guarded.outputText)")
        #expect(guarded.outputText.hasSuffix(": \(list)\n"), "\(guarded.outputText)")
        #expect(guarded.outputText.split(separator: "\n").count == 1, "\(guarded.outputText)")
      }
    }
  }

  @Test(arguments: answers) func `an answer without a digest`(_ answer: Answer) async throws {
    try await ScriptedServer.serving { request in
      request.path == "/v2/app/manifests/1" ? answer.reply : .answer(200, body: "<html>log in</html>")
    } while: { server in
      let files = ["compose.yaml": compose("\(server.host)/app:1")]
      try await Sandbox.with(files) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--timeout", "6", "--format", "json")
        #expect(outcome.status == 2)
        #expect(outcome.outputText.contains(answer.isAbsence ? "\"not-found\"" : "\"unresolved\""), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("no such tag") == answer.isAbsence, "\(outcome.outputText)")
        for words in answer.words { #expect(outcome.outputText.contains(words), "\(outcome.outputText)") }
        #expect(try sandbox.snapshot() == files.bytes)
      }
    }
  }

  @Test func `an answer of 500 or 429 is asked again, and the run goes on when it is gone`() async throws {
    let image = Image.single("app")
    let counter = Counter()
    try await ScriptedServer.serving { _ in
      switch await counter.next() {
      case 1: .error(500, "UNKNOWN")
      case 2: .error(429, "TOOMANYREQUESTS", headers: [("Retry-After", "0")])
      default: .manifest(image)
      }
    } while: { server in
      try await Sandbox.with(["compose.yaml": compose("\(server.host)/app:1")]) { sandbox in
        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 0)
        #expect(try sandbox.text("compose.yaml") == compose("\(server.host)/app:1@\(image.digest)"))
        #expect(server.requests.count == 3)
      }
    }
  }

  @Test func `what a server says cannot act on a terminal`() async throws {
    let body = #"{"errors":[{"code":"DENIED","message":"\u001b[2Jgone\r\n::error::x"}]}"#
    try await ScriptedServer.serving { _ in
      .json(403, body)
    } while: { server in
      try await Sandbox.with(["compose.yaml": compose("\(server.host)/app:1")]) { sandbox in
        for format in ["text", "github"] {
          let outcome = try await sandbox.tagpin("pin", "--format", format)
          #expect(outcome.status == 2)
          #expect(!outcome.output.contains(0x1B))
          #expect(!outcome.outputText.contains("\n::error::x"))
        }
      }
    }
  }
}

actor Counter {
  private(set) var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}
