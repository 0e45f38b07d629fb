import Foundation
import ServersForTests
import Testing

/// `tagpin guard` against answers that a real registry cannot be made to give.
@Suite(.timeLimit(.minutes(30))) struct GuardAnswersTests {
  struct Answer: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: ScriptedServer.Reply
    var code: Int32 = 2
    var words = ""
    /// Of which a host that does nothing but refuse is asked for three times as long.
    var timeout = 20
  }

  static func harbor(_ message: String) -> ScriptedServer.Reply {
    .json(404, "{\"errors\":[{\"code\":\"NOT_FOUND\",\"message\":\"\(message)\"}]}")
  }

  static let page = ScriptedServer.Reply.answer(
    404, headers: [("Content-Type", "text/html")], body: "<html>no such page</html>")

  /// To a request for the manifest; everything else of the registry is fine.
  static let answers: [Answer] = [
    Answer(testDescription: "MANIFEST_UNKNOWN", reply: .noSuchTag, code: 0, words: "free"),
    Answer(testDescription: "Quay's TAG_EXPIRED", reply: .error(404, "TAG_EXPIRED"), code: 0, words: "free"),
    Answer(testDescription: "Harbor's NOT_FOUND", reply: harbor("artifact team/app:1 not found"), code: 0, words: "free"),
    Answer(testDescription: "a 404 without body", reply: .answer(404), code: 0, words: "free"),
    Answer(
      testDescription: "a 404 that warns", reply: .error(404, "MANIFEST_UNKNOWN", headers: [("Warning", #"299 - "going away""#)]), code: 0,
      words: "warns: going away"),
    Answer(testDescription: "NAME_UNKNOWN", reply: .error(404, "NAME_UNKNOWN"), words: "missing"),
    Answer(testDescription: "another NOT_FOUND", reply: harbor("project team not found"), words: "unknown"),
    Answer(testDescription: "a page", reply: page, words: "web page"),
    Answer(
      testDescription: "an Accept problem",
      reply: .json(
        404, #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"OCI index found, but accept header does not support OCI indexes"}]}"#),
      words: "unknown"),
    Answer(testDescription: "half an answer", reply: ScriptedServer.Reply.noSuchTag.ending(.truncated), words: "middle of the answer"),
    Answer(testDescription: "an answer without end", reply: ScriptedServer.Reply.noSuchTag.ending(.endless), words: "unknown"),
    Answer(testDescription: "400", reply: .error(400, "UNSUPPORTED"), words: "answered 400"),
    Answer(testDescription: "401", reply: .error(401, "UNAUTHORIZED"), words: "log in with the right to push"),
    Answer(testDescription: "403", reply: .error(403, "DENIED"), words: "log in with the right to push"),
    Answer(testDescription: "405", reply: .error(405, "UNSUPPORTED"), words: "answered 405"),
    Answer(testDescription: "406", reply: .answer(406), words: "answered 406"),
    Answer(testDescription: "410", reply: .error(410, "MANIFEST_UNKNOWN"), words: "answered 410"),
    Answer(testDescription: "429", reply: .answer(429, headers: [("Retry-After", "3600")]), words: "limits requests"),
    Answer(testDescription: "429 without a time", reply: .error(429, "TOOMANYREQUESTS"), words: "limits requests", timeout: 3),
    Answer(testDescription: "500", reply: .error(500, "MANIFEST_UNKNOWN"), words: "answered 500"),
    Answer(testDescription: "503", reply: .answer(503), words: "answered 503"),
    Answer(testDescription: "000", reply: .raw("HTTP/1.1 000 X\r\n\r\n"), words: "HTTP has no status 0"),
    Answer(
      testDescription: "099", reply: .raw("HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n"), words: "HTTP has no status 99"),
    Answer(testDescription: "101", reply: .raw("HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n"), words: "switches to another protocol"),
    Answer(testDescription: "204", reply: .answer(204), words: "unknown"),
    Answer(
      testDescription: "200 with a page",
      reply: .answer(200, headers: [("Content-Type", "text/html")], body: "<html>log in</html>"), words: "unknown"),
    Answer(testDescription: "200 with nothing", reply: .answer(200), words: "unknown"),
    Answer(testDescription: "a redirect to a login", reply: .answer(302, headers: [("Location", "/login")]), words: "unknown"),
    Answer(testDescription: "a redirect to nowhere", reply: .answer(302), words: "no usable place"),
    Answer(testDescription: "a redirect without end", reply: .answer(307, headers: [("Location", "?")]), words: "more than 10 times"),
  ]

  @Test(arguments: answers) func `only a proof lets the push pass`(_ answer: Answer) async throws {
    try await ScriptedServer.serving { request in
      if request.path.contains("/manifests/") { return answer.reply }
      if request.path.hasSuffix("/tags/list") { return .json(200, #"{"name":"team/app","tags":["0"]}"#) }
      if request.path == "/v2/" { return .json(200, "{}") }
      return Self.page
    } while: { server in
      try await Sandbox.with { sandbox in
        let outcome = try await sandbox.tagpin("guard", "\(server.host)/team/app:1", "--timeout", "\(answer.timeout)")
        #expect(outcome.status == answer.code, "\(outcome.outputText)\(outcome.errorText)")
        #expect((outcome.outputText + outcome.errorText).contains(answer.words), "\(outcome.outputText)\(outcome.errorText)")
        #expect(server.requests.allSatisfy { $0.method == "GET" })
      }
    }
  }

  @Test func `where tags cannot be listed, the report says that the repository was not checked`() async throws {
    try await ScriptedServer.serving { request in
      request.path.hasSuffix("/tags/list") ? .error(405, "UNSUPPORTED") : .noSuchTag
    } while: { server in
      try await Sandbox.with { sandbox in
        let outcome = try await sandbox.tagpin("guard", "\(server.host)/team/app:1")
        #expect(outcome.status == 0)
        #expect(
          outcome.outputText
            == "free  \(server.host)/team/app:1: whether its repository exists could not be checked: "
            + "\(server.host) answered 405: UNSUPPORTED: words of the server\n")
      }
    }
  }

  @Test func `mirrors are never asked`() async throws {
    try await ScriptedServer.serving { _ in
      .noSuchTag
    } while: { mirror in
      try await ScriptedServer.serving { _ in
        .manifest(GuardTests.theirs)
      } while: { server in
        try await Sandbox.with([".tagpin.yaml": "registries: [{ prefix: '\(server.host)', mirrors: ['http://\(mirror.host)'] }]\n"]) {
          sandbox in
          let outcome = try await sandbox.tagpin("guard", "\(server.host)/team/app:1")
          #expect(outcome.status == 1)
          #expect(mirror.requests.isEmpty)
        }
      }
    }
  }

  @Test func `100 tags are 100 requests and one for their repository`() async throws {
    try await ScriptedServer.serving { request in
      request.path.hasSuffix("/tags/list") ? .json(200, #"{"name":"team/app","tags":[]}"#) : .noSuchTag
    } while: { server in
      try await Sandbox.with { sandbox in
        let references = (0..<100).map { "\(server.host)/team/app:\($0)" }
        // Said twice, asked for once.
        let input = Array((references + references.prefix(10)).joined(separator: "\n").utf8)
        let outcome = try await sandbox.tagpin("guard", "-", input: input)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText.split(separator: "\n").count == 100)
        #expect(server.requests.count == 101)
        #expect(server.requests.count { $0.path.contains("/manifests/") } == 100)
      }
    }
  }

  @Test func `with tokens, 100 tags are one challenge and one token more`() async throws {
    try await ScriptedServer.serving { request in
      if request.path == "/token" { return .json(200, #"{"token":"t","expires_in":300}"#) }
      guard request[header: "Authorization"] == "Bearer t" else {
        let challenge = "Bearer realm=\"http://\(request[header: "Host"] ?? "")/token\",service=\"s\",scope=\"repository:team/app:pull\""
        return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", challenge)])
      }
      return request.path.hasSuffix("/tags/list") ? .json(200, #"{"name":"team/app","tags":[]}"#) : .noSuchTag
    } while: { server in
      try await Sandbox.with { sandbox in
        let input = Array((0..<100).map { "\(server.host)/team/app:\($0)" }.joined(separator: "\n").utf8)
        let outcome = try await sandbox.tagpin("guard", "-", input: input)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(server.requests.count == 103)
        #expect(server.requests.filter { $0.path == "/token" }.map(\.query) == ["service=s&scope=repository%3Ateam%2Fapp%3Apull%2Cpush"])
      }
    }
  }
}
