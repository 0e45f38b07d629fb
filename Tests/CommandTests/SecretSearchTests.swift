import Foundation
import ServersForTests
import Testing

/// Each run of tagpin in these tests is searched for the test's secrets: `Sandbox.inspect`. Here it finds some.
@Suite struct SecretSearchTests {
  private static let secret = "s3cret-that-is-shown"

  /// Fails where the search finds nothing.
  private func expectFound(_ sandbox: Sandbox, _ script: String = "echo \(secret)", _ environment: [String: String] = [:]) async throws {
    try await withKnownIssue {
      _ = try await sandbox.program("sh", environment: environment).run(["-c", script])
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("shows the secret '\(Self.secret)'") }
    }
  }

  @Test func `a secret that the test names is found on both streams, in a runner's files and in what is verbose`() async throws {
    try await Sandbox.with { sandbox in
      _ = try await sandbox.program("sh").run(["-c", "echo \(Self.secret)"])
      sandbox.secrets.add(Self.secret)
      try await expectFound(sandbox)
      try await expectFound(sandbox, "echo a-\(Self.secret)-b >&2")
      let summary = ["GITHUB_STEP_SUMMARY": "\(sandbox.root)/summary"]
      try await expectFound(sandbox, "echo \(Self.secret) > \"$GITHUB_STEP_SUMMARY\"", summary)
      try await expectFound(sandbox, "echo \(Self.secret) > \"$TAGPIN_VERBOSE_COPY\"")
    }
  }

  @Test func `so are those of variables, proxies and credential files`() async throws {
    try await Sandbox.with { sandbox in
      try await expectFound(sandbox, "echo \"$GITHUB_TOKEN\"", ["GITHUB_TOKEN": Self.secret])
      try await expectFound(sandbox, "echo \"$HTTPS_PROXY\"", ["HTTPS_PROXY": "http://user:\(Self.secret)@127.0.0.1:9"])
      let auth = Data("alice:\(Self.secret)".utf8).base64EncodedString()
      try sandbox.write("{\"auths\": {\"a.test\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
      try await expectFound(sandbox)
    }
  }

  @Test(arguments: [true, false]) func `and what a server was sent, whichever of the two began first`(serverFirst: Bool) async throws {
    let script: ScriptedServer.Script = { request in
      request[header: "Authorization"] == nil
        ? .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Bearer realm=\"http://\(request[header: "Host"] ?? "")/token\"")])
        : .error(404, "MANIFEST_UNKNOWN")
    }
    let replies: ScriptedServer.Script = { request in
      request.path == "/token" ? .json(200, "{\"token\": \"\(Self.secret)\"}") : await script(request)
    }
    func run(_ sandbox: Sandbox, _ server: ScriptedServer) async throws {
      _ = try await sandbox.program("sh").run(["-c", "echo \(Self.secret)"])
      _ = try await sandbox.tagpin("resolve", "\(server.host)/team/app:1")
      try await expectFound(sandbox)
    }
    if serverFirst {
      try await ScriptedServer.serving(replies) { server in try await Sandbox.with { try await run($0, server) } }
    } else {
      try await Sandbox.with { sandbox in try await ScriptedServer.serving(replies) { try await run(sandbox, $0) } }
    }
  }

  @Test func `what is verbose is written for the search without being shown`() async throws {
    try await ScriptedServer.serving { _ in
      .error(404, "MANIFEST_UNKNOWN")
    } while: { server in
      try await Sandbox.with { sandbox in
        let copy = "\(sandbox.root)/copy"
        let outcome = try await sandbox.tagpin("resolve", "\(server.host)/team/app:1", environment: ["TAGPIN_VERBOSE_COPY": copy])
        #expect(try sandbox.text(copy).contains("tagpin: HEAD http://\(server.host)/v2/team/app/manifests/1: 404"))
        #expect(!outcome.errorText.contains("HEAD http"))
      }
    }
  }
}
