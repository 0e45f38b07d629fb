/// An absolute `http` or `https` URL, as far as registries need one (RFC 3986): scheme, host, port, path and query; user information and
/// fragments are refused.
package struct HTTPURL: Hashable, Sendable {
  package enum Scheme: String, Sendable { case http, https }

  package var scheme: Scheme
  /// Lower case; an IPv6 address keeps its brackets.
  package var host: String
  /// nil stands for the scheme's own: 80 or 443.
  package var port: Int?
  /// Begins with `/`, percent-encoded.
  package var path: String
  /// Without the `?`, percent-encoded; nil without a query.
  package var query: String?

  package init(scheme: Scheme, host: String, port: Int? = nil, path: String = "/", query: String? = nil) {
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port
    self.path = path
    self.query = query
  }

  /// `host` or `host:port`, as registries are named.
  package var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// The port that is connected to.
  package var effectivePort: Int { port ?? (scheme == .https ? 443 : 80) }

  /// Scheme, host and the port that is connected to: credentials stay within one.
  package struct Origin: Hashable, Sendable {
    package var scheme: Scheme
    package var host: String
    package var port: Int
  }

  package var origin: Origin { Origin(scheme: scheme, host: host, port: effectivePort) }

  /// Whether the host is `localhost`, an IPv4 address of 127.0.0.0/8 or `[::1]`. No name is looked up, and `*.localhost` does not count.
  package var isLoopback: Bool { host == "localhost" || ipAddress?.isLoopback == true }

  /// The host where it is written as an IP address.
  package var ipAddress: IPAddress? { IPAddress(host) }
}

extension HTTPURL: CustomStringConvertible {
  package var description: String { "\(descriptionWithoutQuery)\(query.map { "?\($0)" } ?? "")" }

  /// For messages and logs: queries can carry signatures and tokens.
  package var descriptionWithoutQuery: String { "\(scheme.rawValue)://\(authority)\(path)" }
}

extension HTTPURL.Origin: CustomStringConvertible {
  package var description: String { "\(scheme.rawValue)://\(host):\(port)" }
}
