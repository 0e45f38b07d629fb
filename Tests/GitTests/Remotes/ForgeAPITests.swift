import HTTP
import ServersForTests
import Testing

@testable import Git

/// What the API of a service says of a repository.
@Suite struct ForgeAPITests {
  @Test(arguments: [
    ("github.com", [:], "https://api.github.com/repos/acme/tool"),
    ("GitHub.com", [:], "https://api.github.com/repos/acme/tool"),
    ("gitlab.com", [:], "https://gitlab.com/api/v4/projects/acme%2Ftool"),
    ("codeberg.org", [:], "https://codeberg.org/api/v1/repos/acme/tool"),
    (
      "git.acme.test:8443",
      ["GITHUB_SERVER_URL": "https://git.acme.test:8443", "GITHUB_API_URL": "https://git.acme.test:8443/api/v3"],
      "https://git.acme.test:8443/api/v3/repos/acme/tool"
    ),
    (
      "lab.acme.test", ["CI_SERVER_URL": "https://lab.acme.test", "CI_API_V4_URL": "https://lab.acme.test/api/v4"],
      "https://lab.acme.test/api/v4/projects/acme%2Ftool"
    ),
    // Nobody says that it has one.
    ("git.acme.test", [:], nil),
    ("git.acme.test", ["GITHUB_SERVER_URL": "https://other.test", "GITHUB_API_URL": "https://other.test/api/v3"], nil),
    (
      "github.com", ["GITHUB_SERVER_URL": "https://other.test", "GITHUB_API_URL": "https://other.test"],
      "https://api.github.com/repos/acme/tool"
    ),
  ])
  func `only a server whose API is known is asked`(_ server: String, _ environment: [String: String], _ url: String?) throws {
    #expect(try ForgeAPI(of: server, environment: environment)?.url(of: "acme/tool").description == url)
  }

  private func answer(_ reply: ScriptedServer.Reply, environment more: [String: String] = [:]) async throws -> (ArchiveAnswer, [String?]) {
    try await ScriptedServer.serving { _ in
      reply
    } while: { server in
      let environment = ["GITHUB_SERVER_URL": "http://\(server.host)", "GITHUB_API_URL": "http://\(server.host)/api/v3"].merging(more) {
        $1
      }
      let credentials = GitCredentials(tokens: GitTokens(environment: environment, servers: []))
      return try await withRemotes(credentials: credentials) { remotes in
        let api = try #require(ForgeAPI(of: server.host, environment: environment))
        let answer = await remotes.isArchived("acme/tool", on: server.host, by: api)
        #expect(server.requests.map(\.target) == ["/api/v3/repos/acme/tool"])
        return (answer, server.requests.map { $0.values(of: "Authorization").first })
      }
    }
  }

  @Test(arguments: [
    (#"{"archived": true}"#, 200, ArchiveAnswer.archived), (#"{"archived": false, "full_name": "acme/tool"}"#, 200, .alive),
  ])
  func `a repository is archived where its server says so`(_ body: String, _ status: Int, _ expected: ArchiveAnswer) async throws {
    #expect(try await answer(.json(status, body)).0 == expected)
  }

  @Test(arguments: [(200, "[]"), (200, "{}"), (403, #"{"message": "rate limit"}"#), (404, "{}"), (301, ""), (429, "{}"), (500, "")])
  func `any other answer says nothing, and is asked for once`(_ status: Int, _ body: String) async throws {
    guard case .unknown(let why) = try await answer(.json(status, body)).0 else {
      Issue.record("it took \(status) for an answer")
      return
    }
    #expect(why.hasSuffix("answered \(status)"), "\(why)")
  }

  @Test func `a token for the server is one for its API`() async throws {
    let token = "forge-token-of-this-test"
    #expect(try await answer(.json(200, "{}"), environment: ["GITHUB_TOKEN": token]).1 == ["Bearer \(token)"])
    #expect(try await answer(.json(200, "{}")).1 == [nil])
  }
}
