import HTTP
import Testing

@testable import Git

@Suite struct GitTokensTests {
  private func origin(_ text: String) throws -> HTTPURL.Origin { try HTTPURL(parsing: text).origin }

  private func source(_ environment: [String: String], servers: [String] = [], at url: String) throws -> String? {
    try GitTokens(environment: environment, servers: servers.map { try HTTPURL(parsing: $0) }).token(for: origin(url))?.source
  }

  @Test(arguments: [
    ("https://github.com/a/b", "GITHUB_TOKEN"), ("https://gitlab.com/a", nil), ("http://github.com/a", nil),
    ("https://github.com:8443/a", nil),
    ("https://api.github.com/", nil), ("https://github.com.evil.test/", nil),
  ])
  func `GITHUB_TOKEN is for github.com`(url: String, source expected: String?) throws {
    #expect(try source(["GITHUB_TOKEN": "t", "GH_TOKEN": "u"], at: url) == expected)
  }

  @Test func `on an enterprise server it is for that server and for no other`() throws {
    let environment = ["GH_TOKEN": "u", "GITHUB_SERVER_URL": "https://ghe.test"]
    #expect(try source(environment, at: "https://ghe.test/a/b") == "GH_TOKEN")
    #expect(try source(environment, at: "https://github.com/a/b") == nil)
    #expect(try source(["GITHUB_TOKEN": "t", "GITHUB_SERVER_URL": "nonsense"], at: "https://github.com/a/b") == nil)
    #expect(try source(["GITHUB_TOKEN": "t", "GITHUB_SERVER_URL": ""], at: "https://github.com/a/b") == "GITHUB_TOKEN")
  }

  @Test func `TAGPIN_GIT_TOKEN is for the configured servers, before all others`() throws {
    let environment = ["TAGPIN_GIT_TOKEN": "t", "GITHUB_TOKEN": "u"]
    let servers = ["https://git.acme.test", "https://github.com"]
    #expect(try source(environment, servers: servers, at: "https://git.acme.test/a") == "TAGPIN_GIT_TOKEN")
    #expect(try source(environment, servers: servers, at: "https://github.com/a") == "TAGPIN_GIT_TOKEN")
    #expect(try source(environment, servers: ["https://git.acme.test"], at: "https://github.com/a") == "GITHUB_TOKEN")
    #expect(try source(environment, at: "https://git.acme.test/a") == nil)
  }

  @Test func `a job's token is for its GitLab, after a refusal`() throws {
    let tokens = GitTokens(environment: ["CI_JOB_TOKEN": "t", "CI_SERVER_URL": "https://gitlab.acme.test"], servers: [])
    let gitlab = try origin("https://gitlab.acme.test/a")
    #expect(try tokens.token(for: gitlab) == nil)
    let token = try #require(try tokens.tokenAfterRefusal(for: gitlab))
    #expect(token.user == "gitlab-ci-token")
    #expect(try tokens.tokenAfterRefusal(for: origin("https://gitlab.com/a")) == nil)
    #expect(try GitTokens(environment: ["CI_JOB_TOKEN": "t"], servers: []).tokenAfterRefusal(for: origin("https://gitlab.com/a")) == nil)
  }

  @Test func `a token with a line end in it is an error, not a request without it`() {
    let error = #expect(throws: GitCredentialError.self) { try source(["GITHUB_TOKEN": "hunter22\n"], at: "https://github.com/a") }
    #expect(error == .unusable(source: "GITHUB_TOKEN"))
  }

  @Test func `nothing prints a token`() {
    let credential = GitCredential(user: "x", secret: Secret("hunter22"), source: "GH_TOKEN")
    var dumped = ""
    dump(credential, to: &dumped)
    #expect(!"\(credential) \(String(reflecting: credential)) \(dumped)".contains("hunter22"))
    #expect(credential.basic == "Basic eDpodW50ZXIyMg==")
  }
}
