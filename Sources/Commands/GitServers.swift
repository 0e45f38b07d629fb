import Configuration
import Git
import HTTP
import References

/// Which server has which repository.
struct GitServers: Sendable {
  let github: Server
  let forgejo: Server
  let gitea: Server
  let gitlab: Server

  /// A server, and who chose it.
  struct Server: Sendable {
    var location: ActionServer
    /// The user, the machine or this program; not the configuration that lies in the repository, which can come from a pull request.
    var isTrusted: Bool
  }

  /// `origin` is the URL of the repository's remote of that name.
  init(_ configuration: Configuration, environment: [String: String], origin: String?) {
    let isTrusted = configuration.trust == .user
    func server(_ configured: ActionServer?, _ others: [String?]) -> Server {
      if let configured { return Server(location: configured, isTrusted: isTrusted) }
      let first = others.lazy.compactMap { $0.flatMap { try? BaseURL(parsing: $0) } }.first
      return Server(location: first.map(ActionServer.web) ?? .directory("/"), isTrusted: true)
    }
    github = server(configuration.actions.github, [environment["GITHUB_SERVER_URL"], "https://github.com"])
    // What an instance of either takes unless its administrator says otherwise.
    forgejo = server(configuration.actions.github, ["https://data.forgejo.org"])
    gitea = server(configuration.actions.github, ["https://github.com"])
    gitlab = server(configuration.actions.gitlab, [environment["CI_SERVER_URL"], origin.flatMap(Self.gitlab), "https://gitlab.com"])
  }

  /// Where `TAGPIN_GIT_TOKEN` may be sent.
  var trusted: [HTTPURL] {
    [github, gitlab].compactMap { server in
      guard server.isTrusted, case .web(let base) = server.location else { return nil }
      return try? HTTPURL(parsing: base.description)
    }
  }

  /// Where a repository is: on a server, or below a directory.
  enum Place: Hashable, Sendable {
    case url(String)
    case directory(String, path: String)
  }

  func place(of repository: ActionRepository) -> Place {
    switch repository.service {
    case .url: return .url(repository.path)
    case .github: return place(of: repository.path, on: github.location)
    case .forgejo: return place(of: repository.path, on: forgejo.location)
    case .gitea: return place(of: repository.path, on: gitea.location)
    case .gitlab(let host):
      // GitLab redirects what has no '.git' behind it, and answers a POST there with 404.
      guard case .web(let base) = gitlab.location else { return place(of: repository.path, on: gitlab.location) }
      guard let host, host != base.authority.description.lowercased() else { return .url("\(base)/\(repository.path).git") }
      return .url("https://\(host)/\(repository.path).git")
    }
  }

  private func place(of path: String, on server: ActionServer) -> Place {
    switch server {
    case .web(let base): .url("\(base)/\(path)")
    case .directory(let directory): .directory(directory, path: path)
    }
  }

  /// The server of a remote, where it can be a GitLab.
  static func gitlab(ofRemote url: String) -> String? {
    let host: Substring
    var scheme = "https"
    if let separator = url.firstRange(of: "://") {
      let authority = url[separator.upperBound...].prefix { $0 != "/" }
      let address = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
      switch url[..<separator.lowerBound].lowercased() {
      case "https": host = address
      case "http":
        host = address
        scheme = "http"
      case "ssh", "git+ssh", "ssh+git": host = address.prefix { $0 != ":" }
      default: return nil
      }
    } else {
      guard let colon = url.firstIndex(of: ":"), !url[..<colon].contains("/") else { return nil }
      let address = url[..<colon]
      host = address.lastIndex(of: "@").map { address[address.index(after: $0)...] } ?? address
    }
    return host.isEmpty || host.lowercased() == "github.com" ? nil : "\(scheme)://\(host)"
  }
}
