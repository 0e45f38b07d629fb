import FoundationEssentials
import HTTP

/// The API of a service that keeps git repositories, as far as it says what became of one.
package struct ForgeAPI: Hashable, Sendable {
  /// What comes before the path of a repository: `https://api.github.com/repos`.
  private var repositories: String
  /// GitLab wants a path as one segment.
  private var isOneSegment = false

  /// GitHub's, which Gitea and Forgejo have as well (<https://docs.github.com/rest/repos/repos#get-a-repository>,
  /// <https://codeberg.org/api/swagger#/repository/repoGet>).
  private init(github base: String) { repositories = "\(base)/repos" }

  /// <https://docs.gitlab.com/api/projects/#get-a-single-project>
  private init(gitlab base: String) {
    repositories = "\(base)/projects"
    isOneSegment = true
  }

  /// The public servers whose API is known.
  private static let known: [String: ForgeAPI] = [
    "github.com": ForgeAPI(github: "https://api.github.com"), "gitlab.com": ForgeAPI(gitlab: "https://gitlab.com/api/v4"),
    "codeberg.org": ForgeAPI(github: "https://codeberg.org/api/v1"),
    "code.forgejo.org": ForgeAPI(github: "https://code.forgejo.org/api/v1"),
    "data.forgejo.org": ForgeAPI(github: "https://data.forgejo.org/api/v1"), "gitea.com": ForgeAPI(github: "https://gitea.com/api/v1"),
  ]

  /// nil where none is known. A job of a CI says where the API of its own server is.
  ///
  /// - Parameter server: `github.com`, or `git.acme.test:8443`.
  package init?(of server: String, environment: [String: String]) {
    func isNamed(by variable: String) -> Bool {
      environment[variable].flatMap { try? HTTPURL(parsing: $0) }?.authority.lowercased() == server.lowercased()
    }
    func base(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
    if isNamed(by: "GITHUB_SERVER_URL"), let base = base("GITHUB_API_URL") {
      self.init(github: base)
    } else if isNamed(by: "CI_SERVER_URL"), let base = base("CI_API_V4_URL") {
      self.init(gitlab: base)
    } else {
      guard let api = Self.known[server.lowercased()] else { return nil }
      self = api
    }
  }

  /// Where it says what is known of a repository.
  func url(of path: String) throws(HTTPURLError) -> HTTPURL {
    try HTTPURL(parsing: "\(repositories)/\(isOneSegment ? path.replacing("/", with: "%2F") : path)")
  }

  /// What is read of the answer.
  struct Repository: Decodable {
    var archived: Bool?
  }
}

/// What a service says of a repository.
package enum ArchiveAnswer: Hashable, Sendable {
  case archived, alive
  /// It did not say; with who was asked.
  case unknown(String)
}

extension GitRemotes {
  /// One request, sent once. It brings a token where there is one for the server itself; nothing that its owner would have to be asked for.
  ///
  /// - Parameter server: where git has the repository.
  package func isArchived(_ path: String, on server: String, by api: ForgeAPI) async -> ArchiveAnswer {
    guard let url = try? api.url(of: path) else { return .unknown("the address of its API cannot be used") }
    var request = HTTPRequest(.get, url, headers: ["Accept": "application/json"])
    request.asksForRefusal = true
    if let token = await token(for: url, of: server) { request.headers.append("Authorization", "Bearer \(token)") }
    let answer: HTTPResponse
    do throws(HTTPError) { answer = try await transport.send(request) } catch { return .unknown("\(error)") }
    guard answer.status == 200, let found = try? JSONDecoder().decode(ForgeAPI.Repository.self, from: Data(answer.body)),
      let isArchived = found.archived
    else { return .unknown("\(url.authority) answered \(answer.status)") }
    return isArchived ? .archived : .alive
  }

  /// The token for a server is one for its API, too, wherever that is: both are named together.
  private func token(for api: HTTPURL, of server: String) async -> String? {
    guard api.scheme == .https || api.isLoopback, let home = try? HTTPURL(parsing: "\(api.scheme.rawValue)://\(server)") else { return nil }
    return (try? await credentials.first(for: home, user: nil, usesPath: false))?.secret.text
  }
}
