import Configuration
import Distribution

/// Which hosts may have a registry's credentials when it names them as its token service, by the word of whoever runs the command: of the trusted files of the
/// configuration, of TAGPIN_TOKEN_SERVICES, and of a GitLab pipeline.
struct TokenServiceSettings {
  /// Hosts of token services by the registry's host, both without port.
  private(set) var hosts: [String: [String]] = [:]

  init(_ configuration: Configuration, _ environment: Environment) throws(Workspace.Failure) {
    for rule in configuration.registries where rule.isTrusted {
      guard let registry = HostAndPort(RegistryConfiguration.hostAsked(for: rule.prefix.registry)) else { continue }
      hosts[registry.host, default: []] += rule.tokenServices.map(\.host)
    }
    if let text = environment["TAGPIN_TOKEN_SERVICES"] { try add(text) }
    addPipeline(environment)
  }

  /// `registry=host,host;…`: white space and empty parts count for nothing.
  private mutating func add(_ text: String) throws(Workspace.Failure) {
    for entry in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) where !entry.allSatisfy(\.isWhitespace) {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.trimmed)
      let services = parts.dropFirst().flatMap { $0.split(separator: ",").map(Self.trimmed) }
      guard let registry = parts.first.flatMap({ HostAndPort(RegistryConfiguration.hostAsked(for: String($0))) }), !services.isEmpty else {
        throw Self.unusable(entry, "write 'registry=host', or 'registry=host,host', and ';' between several")
      }
      for service in services {
        guard let service = HostAndPort(service) else {
          throw Self.unusable(entry, "a token service is a host alone, with a port if it has one: no scheme, no path")
        }
        hosts[registry.host, default: []].append(service.host)
      }
    }
  }

  /// GitLab's registry has a host or a port of its own, and its token service is GitLab itself.
  private mutating func addPipeline(_ environment: Environment) {
    guard let registry = environment["CI_REGISTRY"].flatMap({ HostAndPort($0) }) else { return }
    let server = environment["CI_SERVER_URL"].flatMap { try? BaseURL(parsing: $0) }?.authority
    for host in [environment["CI_SERVER_HOST"].flatMap { HostAndPort($0) }, server].compactMap(\.self) {
      hosts[registry.host, default: []].append(host.host)
    }
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
