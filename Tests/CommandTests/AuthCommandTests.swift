import Foundation
import ServersForTests
import Testing

/// `tagpin auth` before real registries.
@Suite(.timeLimit(.minutes(30))) struct AuthCommandTests {
  private static let password = "Passw0rd-of-alice"

  private func logIn(_ host: String, _ sandbox: Sandbox, password: String = password) throws {
    let auth = Data("alice:\(password)".utf8).base64EncodedString()
    try sandbox.write("{\"auths\": {\"\(host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
  }

  private func withRegistry(_ body: (Sandbox, DockerRegistry) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Image.single("auth"), to: "team/app", tag: "1") }
      try sandbox.write(
        await sandbox.program("htpasswd").checked(["-nbB", "-C", "4", "alice", Self.password]), to: "\(sandbox.root)/htpasswd")
      let settings = "auth: {htpasswd: {realm: test, path: \(sandbox.root)/htpasswd}}"
      try await DockerRegistry.serving(in: sandbox, storage: storage, settings: settings) { try await body(sandbox, $0) }
    }
  }

  private func expectNoSecret(_ outcome: Outcome) {
    for secret in [Self.password, "wr0ng", Data("alice:\(Self.password)".utf8).base64EncodedString()] {
      #expect(!outcome.outputText.contains(secret) && !outcome.errorText.contains(secret))
    }
  }

  @Test func `the registries of the repository are asked for an image of theirs, once each`() async throws {
    try await withRegistry { sandbox, registry in
      try await sandbox.track([
        "compose.yaml": "services: {a: {image: '\(registry.host)/team/app:1'}, b: {image: '\(registry.host)/team/other:2'}}\n"
      ])
      let file = "\(sandbox.home)/.docker/config.json"
      try logIn(registry.host, sandbox)
      let good = try await sandbox.tagpin("auth")
      #expect(
        good.outputText == """
          \(registry.host): works
            login          alice, from 'auths.\(registry.host)' in \(file)
            asked          pull of team/app

          """, "\(good.errorText)")
      #expect(good.status == 0)
      expectNoSecret(good)

      try logIn(registry.host, sandbox, password: "wr0ng")
      let bad = try await sandbox.tagpin("auth")
      #expect(bad.status == 1)
      #expect(bad.outputText.hasPrefix("\(registry.host): does not work\n  login          alice, from 'auths."), "\(bad.outputText)")
      #expect(bad.outputText.contains("problem        \(registry.host) answered 401"), "\(bad.outputText)")
      #expect(bad.outputText.contains("next           log in again with 'docker login \(registry.host)'"), "\(bad.outputText)")
      expectNoSecret(bad)
    }
  }

  @Test func `a registry that is named is asked at its front door, and tells a wrong login from a right one`() async throws {
    try await withRegistry { sandbox, registry in
      try logIn(registry.host, sandbox)
      let good = try await sandbox.tagpin("auth", "--format", "json", registry.host)
      #expect(good.status == 0, "\(good.outputText)\(good.errorText)")
      let object = try JSONSerialization.jsonObject(with: Data(good.output)) as? [String: Any]
      let server = (object?["servers"] as? [[String: Any]])?.first
      #expect(server?["state"] as? String == "works")
      #expect((server?["login"] as? [String: Any])?["user"] as? String == "alice")
      #expect(server?["asked"] as? String == "/v2/, as no image of it is known")
      expectNoSecret(good)
      try FileManager.default.removeItem(atPath: "\(sandbox.home)/.docker/config.json")
      let none = try await sandbox.tagpin("auth", registry.host)
      #expect(none.status == 1)
      #expect(none.outputText.contains("login          none in "), "\(none.outputText)")
      #expect(none.outputText.contains("next           'docker login \(registry.host)'"), "\(none.outputText)")
    }
  }

  @Test func `a server that is down cannot be told, and a helper that fails does not work`() async throws {
    try await withRegistry { sandbox, registry in
      let down = "127.0.0.1:\(try Port.free())"
      let outcome = try await sandbox.tagpin("auth", down, "--timeout", "2")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.hasPrefix("\(down): cannot tell\n"), "\(outcome.outputText)")
      try sandbox.write("{\"credHelpers\": {\"\(registry.host)\": \"broken\"}}", to: "\(sandbox.home)/.docker/config.json")
      try sandbox.writeScript("echo 'the vault is locked'; exit 1\n", named: "docker-credential-broken")
      let broken = try await sandbox.tagpin("auth", registry.host)
      #expect(broken.status == 1)
      #expect(
        broken.outputText.contains("'docker-credential-broken' failed for \(registry.host): the vault is locked"), "\(broken.outputText)")
    }
  }

  @Test func `a token service is named, and a push is more than a pull`() async throws {
    try await Sandbox.with { sandbox in
      let service = try await TokenService(in: sandbox)
      // It grants `pull` whatever is asked for.
      try await ScriptedServer.serving {
        (try? service.reply(to: $0, anonymous: false)) ?? .answer(500)
      } while: { tokens in
        let settings = service.settings(realm: "http://\(tokens.host)/token")
        try await DockerRegistry.serving(in: sandbox, settings: settings) { registry in
          try logIn(registry.host, sandbox, password: TokenService.password)
          let pull = try await sandbox.tagpin("auth", "\(registry.host)/team/app:1")
          #expect(pull.status == 0, "\(pull.outputText)\(pull.errorText)")
          #expect(pull.outputText.contains("token service  \(tokens.host)\n  asked          pull of team/app\n"), "\(pull.outputText)")
          let push = try await sandbox.tagpin("auth", "--push", "\(registry.host)/team/app:1")
          #expect(push.status == 1)
          #expect(push.outputText.contains("the token is for 'pull' only"), "\(push.outputText)")
          #expect(!push.outputText.contains(TokenService.password))
        }
      }
    }
  }

  @Test func `git servers are asked, too`() async throws {
    try await Sandbox.with { sandbox in
      try await ScriptedServer.serving { request in
        request[header: "Authorization"] == nil
          ? .answer(401, headers: [("WWW-Authenticate", "Basic realm=git")]) : .answer(403, body: "no such token")
      } while: { server in
        try await sandbox.track([".github/workflows/ci.yml": "jobs: {a: {runs-on: x, steps: [{uses: actions/checkout@v4}]}}\n"])
        let variables = ["GITHUB_SERVER_URL": "http://\(server.host)", "GITHUB_TOKEN": "gh-s3cret"]
        let outcome = try await sandbox.tagpin("auth", environment: variables)
        #expect(outcome.status == 1)
        #expect(
          outcome.outputText.hasPrefix("\(server.host): does not work\n  login          x-access-token, from GITHUB_TOKEN\n"),
          "\(outcome.outputText)\(outcome.errorText)")
        #expect(!outcome.outputText.contains("gh-s3cret"))
      }
    }
  }

  /// A git server that lets in who has the token.
  private func withGitServer(_ body: (Sandbox, GitBackend) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let git = GitHost(sandbox: sandbox)
      _ = try await git.make("acme/action", tags: ["v1"])
      var settings = GitBackend.Settings()
      settings.login = ("x-access-token", "gh-s3cret")
      try await GitBackend.serving(git.directory, settings) { try await body(sandbox, $0) }
    }
  }

  @Test func `a git server is asked by its name, with what the repository has of it`() async throws {
    try await withGitServer { sandbox, server in
      try await sandbox.track([".github/workflows/ci.yml": "jobs: {a: {steps: [{uses: acme/action@v1}]}}\n"])
      let host = "127.0.0.1:\(server.port)"
      var variables = ["GITHUB_SERVER_URL": server.url, "GITHUB_TOKEN": "gh-s3cret"]
      let good = try await sandbox.tagpin("auth", host, environment: variables)
      #expect(good.status == 0, "\(good.errorText)")
      #expect(
        good.outputText == """
          \(host): works
            login          x-access-token, from GITHUB_TOKEN
            asked          the refs of acme/action

          """)
      variables["GITHUB_TOKEN"] = "wr0ng-t0ken"
      let bad = try await sandbox.tagpin("auth", host, environment: variables)
      #expect(bad.status == 1)
      #expect(bad.outputText.hasPrefix("\(host): does not work\n"), "\(bad.outputText)")
      // What a run says leads there.
      let run = try await sandbox.tagpin("pin", environment: variables)
      #expect(run.outputText.contains("; next: tagpin auth \(host)\n"), "\(run.outputText)")
    }
  }

  @Test func `a git server of which nothing is known is asked for the remote, or for nothing`() async throws {
    try await withGitServer { sandbox, server in
      let host = "127.0.0.1:\(server.port)"
      let variables = ["GITHUB_SERVER_URL": server.url, "GITHUB_TOKEN": "gh-s3cret"]
      let nothing = try await sandbox.tagpin("auth", host, environment: variables)
      #expect(nothing.status == 2)
      #expect(
        nothing.outputText == """
          \(host): cannot tell
            login          x-access-token, from GITHUB_TOKEN
            asked          nothing, as no repository of it is known
            next           name a repository of it: tagpin auth \(server.url)/OWNER/NAME

          """, "\(nothing.errorText)")
      let named = try await sandbox.tagpin("auth", "\(server.url)/acme/action", environment: variables)
      #expect(named.status == 0, "\(named.outputText)")
      #expect(named.outputText.contains("  asked          the refs of \(server.url)/acme/action\n"), "\(named.outputText)")
      try await sandbox.git("remote", "add", "origin", "\(server.url)/acme/action")
      let remote = try await sandbox.tagpin("auth", host, environment: variables)
      #expect(remote.status == 0, "\(remote.outputText)")
      #expect(remote.outputText.contains("  asked          the refs of the remote 'origin'\n"), "\(remote.outputText)")
    }
  }

  @Test(arguments: [true, false]) func `a host that is a registry and a git server is asked as both`(_ hasImage: Bool) async throws {
    try await withRegistry { sandbox, registry in
      // Either tells: a login, or an image.
      if !hasImage { try logIn(registry.host, sandbox) }
      let image = hasImage ? "\(registry.host)/team/app:1" : "a.test/app:1"
      try await sandbox.track([
        "compose.yaml": "services: {a: {image: '\(image)'}}\n",
        ".github/workflows/ci.yml": "jobs: {a: {steps: [{uses: acme/action@v1}]}}\n",
      ])
      let outcome = try await sandbox.tagpin("auth", registry.host, environment: ["GITHUB_SERVER_URL": "http://\(registry.host)"])
      let words = hasImage ? "does not work\n  login          none in " : "works\n  login          alice, from "
      #expect(outcome.outputText.hasPrefix("\(registry.host): \(words)"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("\n\n\(registry.host): does not work\n"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("asked          the refs of acme/action"), "\(outcome.outputText)")
    }
  }

  @Test func `what is no registry is wrong usage`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("auth", "https://ghcr.io")
      #expect(outcome.status == 64)
      #expect(
        outcome.errorText.contains(
          "'https://ghcr.io' is neither a registry or git server, such as ghcr.io, nor an image, nor the URL of a git repository"),
        "\(outcome.errorText)")
      let nothing = try await sandbox.tagpin("auth")
      #expect(nothing.status == 0)
      #expect(nothing.errorText.contains("nothing here names a registry"), "\(nothing.errorText)")
    }
  }
}
