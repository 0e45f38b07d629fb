import Git
import HTTP
import ServersForTests
import Testing

/// What a real server cannot be made to do.
@Suite struct HTTPFaultTests {
  private static let result = ("Content-Type", "application/x-git-upload-pack-result")
  private static let advertisement = ("Content-Type", "application/x-git-upload-pack-advertisement")
  private static let commit = String(repeating: "a1", count: 20)
  private static let listing = String(decoding: ListingTests.lines("\(commit) refs/tags/v1", ""), as: UTF8.self)

  /// Only where no answer is awaited.
  private func impatient(_ options: inout HTTPTransport.Options) { options.requestTimeout = .milliseconds(700) }

  private func repeatingOnce(_ options: inout HTTPTransport.Options) {
    options.retry = RetryPolicy(maximumTries: 2, firstWait: .milliseconds(1), budget: .seconds(60))
  }

  private func error(
    _ credentials: GitCredentials = GitCredentials(), _ script: @escaping ScriptedServer.Script,
    check: (GitRemoteError?, ScriptedServer) async throws -> Void
  ) async throws {
    try await ScriptedServer.serving(script) { server in
      try await withRemotes(credentials: credentials, options: repeatingOnce) { remotes in
        try await check(await failure(of: remotes, "http://127.0.0.1:\(server.port)/a/b"), server)
      }
    }
  }

  @Test func `a server that is silent`() async throws {
    try await SilentServer.serving { silent in
      let port = silent.port
      try await withRemotes(options: impatient) { remotes in
        #expect(await failure(of: remotes, "http://127.0.0.1:\(port)/a/b") == .network(.timeout(host: "127.0.0.1:\(port)", seconds: 1)))
      }
    }
  }

  @Test func `half an answer, as http and as git`() async throws {
    try await error { _ in
      .raw("HTTP/1.1 200 X\r\n\(Self.result.0): \(Self.result.1)\r\nContent-Length: 500\r\n\r\n003d\(Self.commit)")
    } check: {
      error, server in
      guard case .network(.protocolViolation) = error else { Issue.record("\(String(describing: error))"); return }
      // It changes nothing, so it is asked again.
      #expect(server.requests.count == 2)
    }
    try await error { _ in
      .answer(200, headers: [Self.result], body: String(Self.listing.dropLast(4)))
    } check: { error, server in
      #expect(error == .listing(host: "127.0.0.1:\(server.port)", .truncated))
    }
  }

  @Test func `an answer without an end`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200).ending(.endless)
    } while: { server in
      try await withRemotes(options: impatient) { remotes in
        let error = await failure(of: remotes, "http://127.0.0.1:\(server.port)/a/b")
        switch error {
        case .network(.unfinished), .network(.bodyTooLarge): break
        default: Issue.record("\(String(describing: error))")
        }
      }
    }
  }

  @Test(arguments: ["POST", "GET"])
  func `a login page in the place of git`(method: String) async throws {
    try await error { request in
      request.method == method
        ? .answer(200, headers: [("Content-Type", "text/html; charset=utf-8")], body: "<!DOCTYPE html><title>Sign in</title>")
        : .answer(404)
    } check: { error, server in
      #expect(error == .notGit(host: "127.0.0.1:\(server.port)", contentType: "text/html"))
      #expect(error?.description.contains("'text/html' where git was expected") == true)
    }
  }

  @Test func `plain files without git on the server`() async throws {
    try await error { request in
      request.method == "POST"
        ? .answer(405) : .answer(200, headers: [("Content-Type", "text/plain")], body: "\(Self.commit)\trefs/heads/main\n")
    } check: { error, server in
      #expect(error == .dumbProtocol(host: "127.0.0.1:\(server.port)"))
    }
  }

  @Test func `too many requests`() async throws {
    for status in [429, 403] {
      try await error { _ in
        .answer(status, headers: [("Retry-After", "3600")])
      } check: { error, server in
        #expect(error == .rateLimited(host: "127.0.0.1:\(server.port)", retryAfterSeconds: 3600))
        #expect(server.requests.count == 1)
      }
    }
    // One that lets us in again is asked again, a POST as well.
    try await error { request in
      request.number == 0
        ? .answer(429, headers: [("Retry-After", "0")])
        : .answer(200, headers: [Self.result], body: Self.listing)
    } check: { error, server in
      #expect(error == nil)
      #expect(server.requests.count == 2)
    }
  }

  @Test(arguments: [500, 502, 400, 410])
  func `any other status`(status: Int) async throws {
    try await error { _ in
      .answer(status, headers: [("Content-Type", "text/plain")], body: "words \u{1B}[31mof the server")
    } check: { error, server in
      #expect(error == .unexpectedStatus(host: "127.0.0.1:\(server.port)", status: status, message: "words [31mof the server"))
    }
  }

  @Test func `a server's words never repeat the token`() async throws {
    try await ScriptedServer.serving({ _ in .answer(403, headers: [("Content-Type", "text/plain")], body: "no hunter22 here") }) { server in
      let tokens = GitTokens(
        environment: ["TAGPIN_GIT_TOKEN": "hunter22"], servers: [try HTTPURL(parsing: "http://127.0.0.1:\(server.port)")])
      try await withRemotes(credentials: GitCredentials(tokens: tokens)) { remotes in
        let error = await failure(of: remotes, "http://127.0.0.1:\(server.port)/a/b")
        #expect(error?.description.contains("no *** here") == true)
      }
    }
  }

  // MARK: Redirects

  @Test func `a redirect to another host is followed without the token`() async throws {
    try await ScriptedServer.serving { request in
      request.method == "GET"
        ? .answer(200, headers: [Self.advertisement], body: Self.listing) : .answer(500)
    } while: { other in
      let target = "http://127.0.0.1:\(other.port)/new/name/info/refs?service=git-upload-pack"
      try await ScriptedServer.serving { _ in
        .answer(302, headers: [("Location", target)])
      } while: { server in
        let address = "http://127.0.0.1:\(server.port)"
        let tokens = GitTokens(
          environment: ["TAGPIN_GIT_TOKEN": "hunter22", "CI_JOB_TOKEN": "hunter33", "CI_SERVER_URL": address],
          servers: [try HTTPURL(parsing: address)])
        let configuration = GitConfiguration(entries: [
          try #require(GitConfiguration.Entry("http.extraHeader", "X-Secret: hunter44")),
          try #require(GitConfiguration.Entry("http.http://127.0.0.1:\(other.port)/.extraHeader", "Authorization: Bearer hunter55")),
        ])
        try await withRemotes(configuration, credentials: GitCredentials(tokens: tokens)) { remotes in
          let references = try await remotes.references(of: "\(address)/old/name", prefixes: ["refs/tags/v1"])
          #expect(references.tag("v1") == Self.commit)
          #expect(references.renamedTo == "http://127.0.0.1:\(other.port)/new/name")
        }
        #expect(server.requests.allSatisfy { $0.values(of: "Authorization").count == 1 && $0.values(of: "X-Secret").count == 1 })
        #expect(server.requests.count == 2)
        #expect(other.requests.count == 1)
        #expect(!other.requests.contains { "\($0.headers) \($0.target) \($0.bodyText)".contains("hunter") })
      }
    }
  }

  @Test func `where that host refuses, the message says why nothing was sent`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(401, headers: [("WWW-Authenticate", "Basic realm=x")])
    } while: { other in
      let target = "http://127.0.0.1:\(other.port)/a/b/info/refs?service=git-upload-pack"
      try await error { _ in
        .answer(301, headers: [("Location", target)])
      } check: { error, server in
        #expect(
          error
            == .notFoundOrNoAccess(host: "127.0.0.1:\(other.port)", status: 401, .redirected(from: "127.0.0.1:\(server.port)")))
        #expect(error?.description.contains("127.0.0.1:\(server.port) redirected") == true)
      }
    }
  }

  @Test func `a redirect without an end`() async throws {
    try await error { request in
      .answer(302, headers: [("Location", "/x\(request.number)/info/refs?service=git-upload-pack")])
    } check: {
      error, server in
      #expect(error == .redirectRefused(host: "127.0.0.1:\(server.port)", .tooMany(5)))
    }
  }

  // MARK: Plain http

  @Test func `credentials never go over plain http to another machine`() async throws {
    let sender = RecordingSender()
    let url = try HTTPURL(parsing: "http://git.acme.test")
    let tokens = GitTokens(
      environment: ["TAGPIN_GIT_TOKEN": "hunter22", "CI_JOB_TOKEN": "hunter33", "CI_SERVER_URL": "http://git.acme.test"], servers: [url])
    let configuration = GitConfiguration(
      entries: [try #require(GitConfiguration.Entry("http.extraHeader", "Authorization: Basic hunter44"))])
    let remotes = GitRemotes(transport: sender, configuration: configuration, credentials: GitCredentials(tokens: tokens))
    for address in ["http://git.acme.test/a/b", "http://me:hunter55@git.acme.test/a/b"] {
      let error = await failure(of: remotes, address)
      #expect(error == .notFoundOrNoAccess(host: "git.acme.test", status: 401, .withheldFromPlainHTTP))
      #expect(error?.description.contains("plain http") == true)
    }
    let sent = await sender.requests
    #expect(sent.count == 2)
    #expect(!sent.contains { "\($0.headers) \($0.url)".contains("hunter") })
  }

  @Test func `from https to plain http nothing is followed`() async throws {
    let sender = RecordingSender(redirect: "http://git.acme.test/a/b/info/refs?service=git-upload-pack")
    let error = await failure(of: GitRemotes(transport: sender), "https://git.acme.test/a/b")
    #expect(error == .redirectRefused(host: "git.acme.test", .downgrade(to: "git.acme.test")))
  }

  @Test func `proxy and authority of git's configuration go with the request`() async throws {
    let sender = RecordingSender()
    let configuration = GitConfiguration(entries: [
      try #require(GitConfiguration.Entry("http.https://git.acme.test.proxy", "http://proxy.test:3128")),
      try #require(GitConfiguration.Entry("http.sslCAInfo", "/ca.pem")),
    ])
    _ = await failure(of: GitRemotes(transport: sender, configuration: configuration), "https://git.acme.test/a/b")
    let request = try #require(await sender.requests.first)
    #expect(request.proxy == .address("http://proxy.test:3128", setting: "http.proxy of git's configuration"))
    #expect(request.certificateAuthority == CertificateAuthority(path: "/ca.pem", setting: "http.sslCAInfo"))
    #expect(request.isIdempotent)
  }
}

/// Refuses everything, or points elsewhere, and remembers what it was sent.
private actor RecordingSender: HTTPSending {
  private(set) var requests: [HTTPRequest] = []
  private let redirect: String?

  init(redirect: String? = nil) { self.redirect = redirect }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    requests.append(request)
    return redirect.map { HTTPResponse(status: 302, headers: ["Location": $0]) } ?? HTTPResponse(status: 401)
  }
}
