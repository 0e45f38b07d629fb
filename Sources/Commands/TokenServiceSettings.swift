import Configuration
import Distribution

/// Which hosts may get a registry's credentials when it names them as its token service. Whoever runs the command says so: in the trusted
/// files of the configuration, in TAGPIN_TOKEN_SERVICES, or by a GitLab pipeline.
struct TokenServiceSettings {
  /// Hosts of token services by the registry's host, both without port.
  private(set) var hosts: [String: [String]] = [:]
  /// What variables say beside the files.
  private(set) var fromVariables: [Pair] = []

  /// What variables say of one registry.
  struct Pair: Hashable, Sendable {
    /// As it is written.
    var registry: String
    var services: [HostAndPort]
    /// Their names, for people.
    var variables: String
  }

  init(_ configuration: Configuration, _ environment: Environment) throws(Workspace.Failure) {
    for rule in configuration.registries where rule.isTrusted { add(rule.prefix.registry, rule.tokenServices) }
    if let text = environment["TAGPIN_TOKEN_SERVICES"] { fromVariables = try Self.pairs(text) }
    if let pair = Self.pair(GitLabJob(environment)) { fromVariables.append(pair) }
    for pair in fromVariables { add(pair.registry, pair.services) }
  }

  private mutating func add(_ registry: String, _ services: [HostAndPort]) {
    guard let registry = HostAndPort(RegistryConfiguration.hostAsked(for: registry)) else { return }
    hosts[registry.host, default: []] += services.map(\.host)
  }

  /// `registry=host,host;…`: white space and empty parts count for nothing.
  private static func pairs(_ text: String) throws(Workspace.Failure) -> [Pair] {
    var pairs: [Pair] = []
    for entry in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) where !entry.allSatisfy(\.isWhitespace) {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      let services = parts.dropFirst().flatMap { $0.split(separator: ",").map(trimmed) }
      guard let registry = parts.first, HostAndPort(registry) != nil, !services.isEmpty else {
        throw unusable(entry, "write 'registry=host', or 'registry=host,host', and ';' between several")
      }
      var pair = Pair(registry: String(registry), services: [], variables: "TAGPIN_TOKEN_SERVICES")
      for service in services {
        guard let service = HostAndPort(service) else {
          throw unusable(entry, "a token service is a host alone, with a port if it has one: no scheme, no path")
        }
        pair.services.append(service)
      }
      pairs.append(pair)
    }
    return pairs
  }

  /// GitLab's registry has a host or a port of its own, and its token service is GitLab itself.
  private static func pair(_ job: GitLabJob) -> Pair? {
    guard let registry = job.registry, !job.servers.isEmpty else { return nil }
    var services: [HostAndPort] = []
    for (_, address) in job.servers where !services.contains(address) { services.append(address) }
    let variables = ["CI_REGISTRY"] + job.servers.map(\.variable)
    return Pair(registry: registry.description, services: services, variables: variables.joined(separator: ", "))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex
    return text[..<end].drop(while: \.isWhitespace)
  }

  private static func unusable(_ entry: Substring, _ advice: String) -> Workspace.Failure {
    // Whoever writes a user or a password there does not want to see it again.
    let shown = entry.contains("@") ? "an entry with an '@'" : "'\(trimmed(entry))'"
    return .usage("TAGPIN_TOKEN_SERVICES has \(shown), which cannot be read: \(advice)")
  }
}
