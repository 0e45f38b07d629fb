import Foundation
import ServersForTests
import Testing

/// The ways that `pin --commit --push` takes to a git server over http: proxies, authorities, credentials, redirects.
@Suite(.timeLimit(.minutes(30))) struct PushWayTests {
  // MARK: Proxies

  enum Scheme: CaseIterable, Sendable { case http, https }

  /// Who names the proxy.
  enum ProxySource: CaseIterable, Sendable {
    case variable, variableInUpperCase, everyScheme, configuration, configurationForURL, remote

    /// Git's configuration, and the variables.
    func settings(_ proxy: String, _ scheme: Scheme, url: String) -> (configuration: [String: String], environment: [String: String]) {
      let isSecure = scheme == .https
      return switch self {
      case .variable: ([:], [isSecure ? "https_proxy" : "http_proxy": proxy])
      case .variableInUpperCase: ([:], [isSecure ? "HTTPS_PROXY" : "HTTP_PROXY": proxy])
      case .everyScheme: ([:], ["ALL_PROXY": proxy])
      case .configuration: (["http.proxy": proxy], [:])
      case .configurationForURL: (["http.proxy": "http://127.0.0.1:9", "http.\(url)/.proxy": proxy], [:])
      case .remote: (["http.proxy": "http://127.0.0.1:9", "remote.origin.proxy": proxy], [:])
      }
    }
  }

  /// A server, plain or over TLS, that is reached through a proxy which wants a password.
  private func withProxy(
    _ scheme: Scheme, _ body: (PushedRepository, GitBackend, Tinyproxy, _ environment: [String: String]) async throws -> Void
  ) async throws {
    try await PushedRepository.with { repository in
      var environment = ["TAGPIN_PROXY_LOOPBACK": "1"]
      var settings = GitBackend.Settings()
      if scheme == .https {
        let made = try await Certificate(in: repository.sandbox)
        settings.tls = (made.certificate, made.key)
        environment["GIT_SSL_CAINFO"] = made.certificate
      }
      try await repository.serving(settings) { backend in
        try await Tinyproxy.serving(in: repository.sandbox.root, login: "bob:h0pp") { try await body(repository, backend, $0, environment) }
      }
    }
  }

  @Test(arguments: Scheme.allCases, ProxySource.allCases)
  func `a push goes through the proxy that is named, with the password it wants`(_ scheme: Scheme, _ source: ProxySource) async throws {
    try await withProxy(scheme) { repository, backend, proxy, environment in
      let settings = source.settings(proxy.url, scheme, url: backend.url)
      for (name, value) in settings.configuration { try await repository.sandbox.git("config", name, value) }
      let outcome = try await repository.push(environment.merging(settings.environment) { $1 })
      try await repository.expectPushed(outcome)
      let log = try proxy.log
      let line = scheme == .http ? "POST \(backend.url)/remote.git/git-receive-pack" : "CONNECT localhost:\(backend.port)"
      #expect(log.contains(line), "\(log)")
      #expect(!(outcome.outputText + outcome.errorText).contains("h0pp"))
      #expect(backend.requests.allSatisfy { $0.values(of: "Proxy-Authorization").isEmpty })
    }
  }

  @Test(arguments: Scheme.allCases)
  func `a proxy that wants a password is named, and nothing arrives`(_ scheme: Scheme) async throws {
    try await withProxy(scheme) { repository, backend, proxy, environment in
      try await repository.sandbox.git("config", "http.proxy", "http://\(proxy.host)")
      let outcome = try await repository.push(environment)
      try await repository.expectRefused(outcome, "the proxy \(proxy.host) failed: it wants a user name and a password (407)")
      #expect(backend.requests.isEmpty)
    }
  }

  @Test func `an empty proxy of the remote or the configuration is none`() async throws {
    for name in ["remote.origin.proxy", "http.proxy"] {
      try await PushedRepository.with { repository in
        try await repository.serving { _ in
          if name.hasPrefix("remote") { try await repository.sandbox.git("config", "http.proxy", "http://127.0.0.1:9") }
          try await repository.sandbox.git("config", name, "")
          // The registry is asked directly.
          let environment = ["TAGPIN_PROXY_LOOPBACK": "1", "ALL_PROXY": ""]
          try await repository.expectPushed(try await repository.push(environment))
        }
      }
    }
  }

  // MARK: Authorities

  enum Authority: CaseIterable, Sendable { case configuration, configurationForURL, gitVariable, variable }

  private func withTLS(_ body: (PushedRepository, GitBackend, Certificate) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      let made = try await Certificate(in: repository.sandbox)
      var settings = GitBackend.Settings()
      settings.tls = (made.certificate, made.key)
      settings.login = (user: "x-access-token", password: "s3cret")
      try await repository.serving(settings) { try await body(repository, $0, made) }
    }
  }

  private static let token = ["TAGPIN_GIT_TOKEN": "s3cret"]

  @Test(arguments: Authority.allCases)
  func `a server's own authority is trusted where it is named by`(_ authority: Authority) async throws {
    try await withTLS { repository, backend, made in
      var environment = Self.token
      switch authority {
      case .configuration: try await repository.sandbox.git("config", "http.sslCAInfo", made.certificate)
      case .configurationForURL:
        try await repository.sandbox.git("config", "http.sslCAInfo", "/nonexistent")
        try await repository.sandbox.git("config", "http.\(backend.url)/.sslCAInfo", made.certificate)
      case .gitVariable: environment["GIT_SSL_CAINFO"] = made.certificate
      case .variable: environment["SSL_CERT_FILE"] = made.certificate
      }
      try await repository.expectPushed(try await repository.push(environment))
    }
  }

  @Test func `a server whose authority is not known gets nothing`() async throws {
    try await withTLS { repository, backend, made in
      // Nothing turns the check off.
      try await repository.sandbox.git("config", "http.sslVerify", "false")
      let outcome = try await repository.push(Self.token.merging(["GIT_SSL_NO_VERIFY": "1"]) { $1 })
      try await repository.expectRefused(outcome, "no trusted TLS connection to localhost:\(backend.port)")
      #expect(outcome.outputText.contains("http.sslCAInfo"), "\(outcome.outputText)")
      #expect(backend.requests.isEmpty)
    }
  }

  @Test func `a server that does not speak TLS is said to do so`() async throws {
    try await PushedRepository.with { repository in
      try await repository.serving { backend in
        try await repository.sandbox.git("remote", "set-url", "origin", "https://127.0.0.1:\(backend.port)/remote.git")
        let outcome = try await repository.push(Self.token)
        try await repository.expectRefused(outcome, "it does not speak TLS on this port: plain http needs 'http://' in the URL")
      }
    }
  }

  @Test func `an authority that cannot be read is named`() async throws {
    try await withTLS { repository, backend, _ in
      let outcome = try await repository.push(Self.token.merging(["GIT_SSL_CAINFO": "/nonexistent/ca.pem"]) { $1 })
      try await repository.expectRefused(outcome, "'/nonexistent/ca.pem'")
      #expect(outcome.outputText.contains("GIT_SSL_CAINFO"), "\(outcome.outputText)")
      #expect(backend.requests.isEmpty)
    }
  }

  // MARK: Credentials

  private func withLogin(_ body: (PushedRepository, GitBackend) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      var settings = GitBackend.Settings()
      settings.login = (user: "bob", password: "h0pp")
      try await repository.serving(settings) { try await body(repository, $0) }
    }
  }

  /// A credential helper of git's, which notes what it was asked.
  private func helper(_ sandbox: Sandbox, _ answer: String) async throws {
    try sandbox.writeScript(
      "[ \"$1\" = get ] || exit 0\ncat >> '\(sandbox.root)/asked'\nprintf '\(answer)'\n", named: "git-credential-test")
    try await sandbox.git("config", "--global", "credential.helper", "test")
  }

  @Test func `git's credential helper is asked once, and what it says is shown nowhere`() async throws {
    try await withLogin { repository, backend in
      try await helper(repository.sandbox, "username=bob\\npassword=h0pp\\n")
      let outcome = try await repository.push()
      try await repository.expectPushed(outcome)
      #expect(!(outcome.outputText + outcome.errorText).contains("h0pp"))
      let asked = try repository.sandbox.text("\(repository.sandbox.root)/asked")
      #expect(asked.components(separatedBy: "protocol=http\n").count == 2, "\(asked)")
      #expect(asked.contains("host=127.0.0.1:\(backend.port)\n"), "\(asked)")
      #expect(backend.methods == ["GET", "GET", "POST"])
      // What cannot be tried again goes over a connection that nobody can have closed meanwhile.
      #expect(backend.requests.allSatisfy { $0.values(of: "Connection") == ["close"] })
    }
  }

  @Test func `a helper that has the wrong password is named, and the password is not`() async throws {
    try await withLogin { repository, _ in
      try await helper(repository.sandbox, "username=bob\\npassword=wr0ng\\n")
      let outcome = try await repository.push()
      try await repository.expectRefused(outcome, "the credential from git's credential helpers was sent")
      #expect(!(outcome.outputText + outcome.errorText).contains("wr0ng"))
    }
  }

  // MARK: Connections

  @Test func `a push whose answer gets lost is looked up`() async throws {
    try await PushedRepository.with { repository in
      var settings = GitBackend.Settings()
      settings.lossOfPost = .afterwards
      try await repository.serving(settings) { backend in
        try await repository.expectPushed(try await repository.push())
        #expect(backend.methods == ["GET", "POST", "GET"])
      }
    }
  }

  @Test func `a push that is broken off is not sent again`() async throws {
    try await PushedRepository.with { repository in
      var settings = GitBackend.Settings()
      settings.lossOfPost = .beforeItIsDone
      try await repository.serving(settings) { backend in
        let outcome = try await repository.push()
        try await repository.expectRefused(outcome, "127.0.0.1:\(backend.port): it closed the connection without an answer")
        #expect(backend.methods == ["GET", "POST", "GET"])
      }
    }
  }

  // MARK: Redirects

  /// What a server that must not be told anything is sent.
  private func withStranger(_ body: (ScriptedServer, _ url: String) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .answer(401, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
    } while: { server in
      try await body(server, "http://127.0.0.1:\(server.port)")
    }
  }

  enum Secret: CaseIterable, Sendable { case token, extraHeader, url, helper }

  @Test(arguments: Secret.allCases)
  func `no credential goes along with a redirect to another host`(_ secret: Secret) async throws {
    try await withStranger { stranger, url in
      try await PushedRepository.with { repository in
        var settings = GitBackend.Settings()
        settings.login = (user: "x-access-token", password: "h0pp")
        settings.moved = ["/remote.git": "\(url)/remote.git"]
        try await repository.serving(settings) { backend in
          let sandbox = repository.sandbox
          var environment: [String: String] = [:]
          switch secret {
          case .token: environment["TAGPIN_GIT_TOKEN"] = "h0pp"
          case .extraHeader:
            let value = Data("x-access-token:h0pp".utf8).base64EncodedString()
            try await sandbox.git("config", "http.\(backend.url)/.extraHeader", "Authorization: Basic \(value)")
          case .url:
            try await sandbox.git("remote", "set-url", "origin", "http://x-access-token:h0pp@127.0.0.1:\(backend.port)/remote.git")
          case .helper: try await helper(sandbox, "username=x-access-token\\npassword=h0pp\\n")
          }
          let outcome = try await repository.push(environment)
          try await repository.expectRefused(outcome, "where 127.0.0.1:\(backend.port) redirected: no credentials are sent along")
          #expect(stranger.requests.map(\.method) == ["GET"])
          #expect(stranger.requests.allSatisfy { $0.values(of: "Authorization").isEmpty })
          #expect(!(outcome.outputText + outcome.errorText).contains("h0pp"))
        }
      }
    }
  }

  @Test func `what is pushed does not follow a redirect`() async throws {
    try await withStranger { stranger, url in
      try await PushedRepository.with { repository in
        var settings = GitBackend.Settings()
        settings.login = (user: "x-access-token", password: "s3cret")
        settings.redirectOfPost = url
        try await repository.serving(settings) { backend in
          let outcome = try await repository.push(Self.token)
          try await repository.expectRefused(outcome, "127.0.0.1:\(backend.port) answered 307")
          #expect(backend.methods == ["GET", "POST"])
          #expect(stranger.requests.isEmpty)
        }
      }
    }
  }
}
