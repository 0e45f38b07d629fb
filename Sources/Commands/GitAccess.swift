import Configuration
import Dialects
import FoundationEssentials
import Git
import HTTP
import Pinning
import References
import SystemPackage

/// Git servers as pinning sees them. The client uses the user's git configuration, credentials and servers; it reads them at the first
/// question.
actor GitAccess: RefListing {
  private let configuration: Configuration
  private let root: String
  private let network: ConnectionOptions
  nonisolated let environment: Environment
  private let transport: any HTTPSending
  private var opened: Result<Client, SiteFailure>?
  /// What was passed over on the way to the first question.
  private(set) var warnings: [String] = []
  private var hostsOfWarnings: Set<String> = []
  private var serversOfUnknownArchives: Set<String> = []

  struct Client: Sendable {
    var remotes: GitRemotes
    var servers: GitServers
    /// The URL of the remote of that name.
    var origin: String?
  }

  /// `root` is the directory whose repository's git configuration counts.
  init(_ configuration: Configuration, root: String, _ network: ConnectionOptions, _ environment: Environment, transport: any HTTPSending) {
    self.configuration = configuration
    self.root = root
    self.network = network
    self.environment = environment
    self.transport = transport
  }

  nonisolated func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
    let client = try await client()
    let places: [GitServers.Place]
    do throws(GitServerError) { places = try client.servers.places(of: repository) } catch {
      throw .unresolved(error.description, isAbsence: false)
    }
    var absences: [GitRemoteError] = []
    for place in places {
      do throws(GitRemoteError) {
        let found = try await client.remotes.references(of: try Self.url(of: place), prefixes: prefixes)
        if !absences.isEmpty { await note(absences, repository, foundAt: place) }
        return RepositoryRefs(found, server: place.server)
      } catch  where error.saysNotThere {
        absences.append(error)
      } catch {
        // Who cannot be asked may have it: the next server would be asked for what is not its to say.
        throw .unresolved(Unresolved(error, why: Self.description(absences + [error], nil)))
      }
    }
    throw .unresolved(Self.description(absences, GitServers.setting(for: repository.service)), isAbsence: false)
  }

  /// What every server said, and which setting names the servers.
  private static func description(_ errors: [GitRemoteError], _ setting: String?) -> String {
    errors.map(\.description).joined(separator: "; then ")
      + (setting.map { "; the servers that are asked are those of '\($0)' in the configuration ('tagpin config' prints it)" } ?? "")
  }

  /// A server that was asked without a credential may only not show a repository, and somebody else may have one of that name elsewhere.
  private func note(_ absences: [GitRemoteError], _ repository: ActionRepository, foundAt place: GitServers.Place) {
    for case .notFoundOrNoAccess(let host, let status, .anonymous) in absences {
      let warning = """
        \(host) was asked for '\(repository.path)' without a credential and answered \(status), so \(place.server) was asked and has it: \
        if it may be a private repository of \(host), set TAGPIN_GIT_TOKEN, or log in with a git credential helper
        """
      if hostsOfWarnings.insert(host).inserted { warnings.append(warning) }
    }
  }

  func noteUnknownArchives(of server: String, _ why: String) {
    guard serversOfUnknownArchives.insert(server).inserted else { return }
    warnings.append(
      "whether repositories of \(server) are archived was not found out: \(why); with a token for it, as TAGPIN_GIT_TOKEN, it answers more")
  }

  /// Who would be asked for a repository, one after the other, and under which addresses; what cannot be found on this machine is left out.
  nonisolated func places(of repository: ActionRepository) async throws(SiteFailure) -> [(server: String, url: String)] {
    let client = try await client()
    let places: [GitServers.Place]
    do throws(GitServerError) { places = try client.servers.places(of: repository) } catch {
      throw .unresolved(error.description, isAbsence: false)
    }
    return places.compactMap { place in (try? Self.url(of: place)).map { (place.server, $0) } }
  }

  /// What shows that a host is a git server: the repository's own remote, and the servers of actions. The server alone where no repository
  /// is known.
  nonisolated func addresses(ofServer host: String) async -> [(url: String, isRepository: Bool)] {
    guard let client = try? await client() else { return [] }
    let origin = client.origin.flatMap { $0.hasPrefix("http") && GitServers.Place.url($0).server.lowercased() == host ? ($0, true) : nil }
    let servers = client.servers.addresses.filter { $0.authority.description.lowercased() == host }.map { ($0.description, false) }
    return [origin].compactMap(\.self) + servers
  }

  /// See `GitRemotes`.
  nonisolated func login(for url: String) async throws(GitRemoteError) -> GitLogin? {
    guard let client = try? await client() else { return nil }
    return try await client.remotes.login(for: url)
  }

  nonisolated func references(of url: String, prefixes: [String]) async throws(GitRemoteError) -> RemoteReferences? {
    guard let client = try? await client() else { return nil }
    return try await client.remotes.references(of: url, prefixes: prefixes)
  }

  func client() throws(SiteFailure) -> Client {
    if let opened { return try opened.get() }
    let result: Result<Client, SiteFailure>
    do throws(GitError) { result = .success(try open()) } catch { result = .failure(.unresolved(error.description, isAbsence: false)) }
    opened = result
    return try result.get()
  }

  private func open() throws(GitError) -> Client {
    let variables = environment.variables
    let repository: GitRepository?
    do throws(GitError) {
      repository = try GitRepository.discover(from: root, environment: GitEnvironment(variables))
    } catch  where error.leavesNamedFiles {
      repository = nil
      warnings.append("the git configuration of the repository is not read: \(error)")
    }
    let settings = try GitConfiguration.read(environment: variables, repository: repository)
    let servers = GitServers(configuration, environment: variables, origin: settings.originURL)
    let timeout = Duration.seconds(network.timeout)
    let credentials = GitCredentials(
      tokens: GitTokens(environment: variables, servers: servers.trusted),
      helper: GitCredentialHelper(environment: variables, directory: root, timeout: timeout))
    let remotes = GitRemotes(
      transport: transport, configuration: settings, credentials: credentials, environment: variables, timeout: timeout)
    return Client(remotes: remotes, servers: servers, origin: settings.originURL)
  }

  private static func url(of place: GitServers.Place) throws(GitRemoteError) -> String {
    switch place {
    case .url(let url): return url
    case .directory(let directory, let path):
      guard let found = repository(path, below: directory) else { throw .noRepository(path: FilePath(directory).appending(path).string) }
      return "file://" + found.percentEncodedPath
    }
  }

  /// `owner/repo` or `owner/repo.git` in a directory; like the forges, whatever its letter case.
  private static func repository(_ path: String, below directory: String) -> String? {
    let manager = FileManager.default
    let named = [path, "\(path).git"].map { FilePath(directory).appending($0).string }
    if let found = named.first(where: { manager.fileExists(atPath: $0) }) { return found }
    var found = [FilePath(directory)]
    let components = path.split(separator: "/").map { $0.lowercased() }
    for (index, component) in components.enumerated() {
      let names = index + 1 < components.count ? [component] : [component, component + ".git"]
      found = found.flatMap { parent in
        let entries = (try? manager.contentsOfDirectory(atPath: parent.string).sorted()) ?? []
        return entries.filter { names.contains($0.lowercased()) }.map { parent.appending($0) }
      }
    }
    return found.first?.string
  }
}

extension GitRemoteError {
  /// Whether the server says that it does not have the repository, so that the next server may have it. A refused credential says nothing.
  var saysNotThere: Bool {
    switch self {
    case .notFoundOrNoAccess(_, 404, _), .notFoundOrNoAccess(_, _, .anonymous), .noRepository: true
    default: false
    }
  }
}

extension GitConfiguration {
  fileprivate var originURL: String? {
    entries.last { $0.section == "remote" && $0.subsection == "origin" && $0.key == "url" }?.value
  }
}

extension GitServers.Place {
  /// Who answers, for messages.
  var server: String {
    switch self {
    case .directory(let directory, let path): return "'\(FilePath(directory).appending(path))'"
    case .url(let url):
      guard let separator = url.firstRange(of: "://") else { return "'\(url)'" }
      let authority = url[separator.upperBound...].prefix { $0 != "/" }
      return String(authority.split(separator: "@").last ?? authority)
    }
  }
}

extension RepositoryRefs {
  fileprivate init(_ found: RemoteReferences, server: String) {
    self.init(renamedTo: found.renamedTo, server: server)
    for name in found.tags { tags[name] = found.tag(name).flatMap { CommitID($0) } }
    for name in found.branches { branches[name] = found.branch(name).flatMap { CommitID($0) } }
  }
}

extension String {
  /// As a path in a URL.
  fileprivate var percentEncodedPath: String {
    var result = ""
    for byte in utf8 {
      if ASCII.isAlphanumeric(byte) || Array("/-._~".utf8).contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
