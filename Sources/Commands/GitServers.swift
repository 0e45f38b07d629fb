import Configuration
import Git
import HTTP
import References

/// Which server has which repository.
struct GitServers: Sendable {
  let github: Choice
  let forgejo: Choice
  let gitea: Choice
  let gitlab: Choice

  /// The servers to ask, one after the other; at least one. Or why it is not known which are meant: then no server is asked, and no public
  /// one least of all.
  typealias Choice = Result<[Server], GitServerError>

  /// A server, and who chose it.
  struct Server: Sendable {
    var location: ActionServer
    /// The user, the machine or this program; not the configuration that lies in the repository, which can come from a pull request.
    var isTrusted: Bool

    init(_ location: ActionServer, isTrusted: Bool = true) {
      self.location = location
      self.isTrusted = isTrusted
    }
  }

  /// `origin` is the URL of the repository's remote of that name.
  init(_ configuration: Configuration, environment: [String: String], origin: String?) {
    func configured(_ servers: Configured<[ActionServer]>) -> Choice {
      .success(servers.value.map { Server($0, isTrusted: servers.isTrusted) })
    }
    func named(_ variable: String, _ setting: String) -> Choice? {
      guard let value = environment[variable], !value.isEmpty else { return nil }
      return Self.choice(value, source: variable, setting: setting)
    }
    let server = configuration.actions.github.map(configured)
    github = server ?? named("GITHUB_SERVER_URL", "server") ?? .success([Server(.web(.github))])
    forgejo = server ?? .success([Server(.web(.forgejoActions))])
    // As Forgejo's: what an instance takes unless its administrator says otherwise.
    gitea = server ?? .success([Server(.web(.github))])
    gitlab =
      configuration.actions.gitlab.map { configured(Configured([$0.value], at: $0.origin)) } ?? named("CI_SERVER_URL", "gitlab")
      ?? origin.flatMap(Self.gitlab).map { Self.choice($0, source: "the server of the remote 'origin'", setting: "gitlab") }
      ?? .success([Server(.web(.gitlab))])
  }

  private static func choice(_ value: String, source: String, setting: String) -> Choice {
    do throws(BaseURL.ParseError) {
      return .success([Server(.web(try BaseURL(parsing: value)))])
    } catch {
      return .failure(GitServerError(source: source, value: value, setting: setting, reason: error.description))
    }
  }

  /// The addresses of the servers of all services.
  var addresses: [BaseURL] {
    [github, forgejo, gitea, gitlab].flatMap { (try? $0.get()) ?? [] }.compactMap { server in
      guard case .web(let base) = server.location else { return nil }
      return base
    }
  }

  /// Where `TAGPIN_GIT_TOKEN` may be sent. Of several servers only the first gets it: the others have tokens of their own.
  var trusted: [HTTPURL] {
    [github, gitlab].compactMap { choice in
      guard case .success(let servers) = choice, let server = servers.first, server.isTrusted, case .web(let base) = server.location else {
        return nil
      }
      return try? HTTPURL(parsing: base.description)
    }
  }

  /// Where a repository is: on a server, or below a directory.
  enum Place: Hashable, Sendable {
    case url(String)
    case directory(String, path: String)
  }

  /// Where to ask for a repository, one place after the other; at least one.
  func places(of repository: ActionRepository) throws(GitServerError) -> [Place] {
    switch repository.service {
    case .url: return [.url(repository.path)]
    case .github: return places(of: repository.path, on: try github.get())
    case .forgejo: return places(of: repository.path, on: try forgejo.get())
    case .gitea: return places(of: repository.path, on: try gitea.get())
    case .gitlab(let host):
      return try gitlab.get().map { server in
        // GitLab redirects an address without '.git' at its end, and answers a POST to it with 404.
        guard case .web(let base) = server.location else { return place(of: repository.path, on: server) }
        guard let host, host != base.authority.description.lowercased() else { return .url("\(base)/\(repository.path).git") }
        return .url("https://\(host)/\(repository.path).git")
      }
    }
  }

  private func places(of path: String, on servers: [Server]) -> [Place] { servers.map { place(of: path, on: $0) } }

  private func place(of path: String, on server: Server) -> Place {
    switch server.location {
    case .web(let base): .url("\(base)/\(path)")
    case .directory(let directory): .directory(directory, path: path)
    }
  }

  /// The key of the configuration that names the servers of this service; nil where no key does.
  static func setting(for service: ActionRepository.Service) -> String? {
    switch service {
    case .url, .gitlab(.some): nil
    case .github, .forgejo, .gitea: "actions.server"
    case .gitlab(nil): "actions.gitlab"
    }
  }

  /// The server of a remote; nil where it cannot be a GitLab.
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
      case "ssh", "git+ssh", "ssh+git":
        // The port is that of ssh.
        host = address.hasPrefix("[") ? address.prefix { $0 != "]" } + "]" : address.prefix { $0 != ":" }
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

/// A variable or a remote should name a server, and does not.
struct GitServerError: Error, Hashable {
  /// Who names it: a variable.
  var source: String
  var value: String
  /// The setting of the configuration that overrides it.
  var setting: String
  /// Does not repeat what can be secret in the value.
  var reason: String

  /// The value without what can be secret: user and password, and what follows the path.
  private var shownValue: String {
    var text = value[...]
    if let at = text.lastIndex(of: "@") {
      let scheme = text.firstRange(of: "://").map { text[..<$0.upperBound] } ?? ""
      text = scheme.endIndex <= at ? scheme + "…" + text[at...] : "…" + text[at...]
    }
    return ServerText.shown(String(text.prefix { $0 != "?" && $0 != "#" })) ?? ""
  }
}

extension GitServerError: CustomStringConvertible {
  var description: String {
    """
    \(source) is '\(shownValue)', which is not a server that can be asked: \(reason): correct it, or name the server with \
    'actions: { \(setting): "https://…" }' in the configuration
    """
  }
}
