import HTTP
import References

/// A place where the manifests of a repository are asked for: the registry itself, or a mirror of it.
struct RegistryEndpoint: Hashable, Sendable {
  /// Scheme, host and port; the path is `/`.
  let url: HTTPURL
  /// The repository's path there: a mirror may keep it below one of its own.
  let repository: String
  /// What credentials for it are kept under.
  let credentialHost: String
  /// Why no credentials are sent there; nil if they may be.
  let withholding: TokenServices.Withholding?
  /// The mirror's base; nil for the registry itself.
  let mirror: HTTPURL?
  /// The path of the protocol.
  var interface = "/v2"
  /// The registry that a cache of several ones is asked for: `docker.io`.
  var namespace: String?
  /// Whether its answers are those to whoever pushes: they count only with the login that there is.
  var isForPush = false
  /// The place in a configuration that says that it does without TLS.
  var plainHTTPOrigin: String?

  /// `GET /v2/<name>/manifests/<reference>` (distribution specification, end-3).
  func manifestURL(_ reference: String) -> HTTPURL { url(below: "manifests/\(reference)") }

  /// `GET /v2/<name>/blobs/<digest>` (distribution specification, end-2).
  func blobURL(_ digest: Digest) -> HTTPURL { url(below: "blobs/\(digest)") }

  /// `GET /v2/<name>/tags/list?n=<count>` (distribution specification, end-8).
  func tagsURL(count: Int) -> HTTPURL {
    var url = url(below: "tags/list")
    url.query = ["n=\(count)", url.query].compactMap(\.self).joined(separator: "&")
    return url
  }

  func url(below path: String) -> HTTPURL {
    var url = url
    url.path = "\(interface)/\(repository)/\(path)"
    if let namespace { url.query = "ns=\(HTTPURL.percentEncoded(namespace, as: .queryValue))" }
    return url
  }
}

extension RegistryEndpoint {
  /// The mirrors for that reference in order, then the registry itself. The first configuration that covers the image counts; but what the
  /// user's own forbids, no repository's configuration allows.
  static func all(
    for reference: ImageReference, _ configurations: [RegistryConfiguration], tlsHosts: Set<String> = []
  ) throws(RegistryError) -> [RegistryEndpoint] {
    let name = reference.name
    guard let configuration = try configuration(for: name, configurations) else { return [try primary(name, nil, tlsHosts: tlsHosts)] }
    var endpoints = configuration.mirrors.filter { $0.serves(reference) }.map { mirror in
      let path = mirror.replacesPrefix ? configuration.remainder(of: name) : name.repository
      return RegistryEndpoint(path, of: name, at: mirror, isMirror: true)
    }
    if let server = configuration.server {
      endpoints.append(RegistryEndpoint(name.repository, of: name, at: server, isMirror: false))
    } else if let location = configuration.location {
      endpoints.append(RegistryEndpoint(configuration.remainder(of: name), below: location))
    } else {
      endpoints.append(try primary(name, configuration, tlsHosts: tlsHosts))
    }
    return endpoints
  }

  /// Where images of that name are pushed to: the registry that it names. Mirrors, and another location that a configuration names, are for
  /// pulling.
  static func destination(
    of name: ImageName, _ configurations: [RegistryConfiguration], tlsHosts: Set<String> = []
  ) throws(RegistryError) -> RegistryEndpoint {
    let configuration = try configuration(for: name, configurations)
    var endpoint = try primary(name, configuration, tlsHosts: tlsHosts)
    endpoint.isForPush = true
    return endpoint
  }

  private static func configuration(for name: ImageName, _ configurations: [RegistryConfiguration]) throws(RegistryError)
    -> RegistryConfiguration?
  {
    let covering = configurations.filter { $0.covers(name) }
    if let blocker = (covering.first(where: \.isTrusted) ?? covering.first)?.blocker { throw .blocked("\(name)", by: blocker) }
    return covering.first
  }

  /// Registries on loopback are asked over plain http, unless this machine has certificates for them.
  private static func primary(
    _ name: ImageName, _ configuration: RegistryConfiguration?, tlsHosts: Set<String>
  ) throws(RegistryError) -> RegistryEndpoint {
    let isInsecure = configuration?.isInsecure ?? false
    let registry = name.registry.lowercased()
    var url: HTTPURL
    do throws(HTTPURLError) {
      url = try HTTPURL(parsing: "https://\(registry)/")
    } catch {
      throw .invalidRegistry(name.registry, reason: "\(error)")
    }
    if isInsecure || url.isLoopback && !tlsHosts.contains(registry) { url.scheme = .http }
    var endpoint = RegistryEndpoint(name.repository, below: url, isUntrusted: isInsecure && configuration?.isTrusted == false)
    if isInsecure { endpoint.plainHTTPOrigin = configuration?.insecureOrigin }
    return endpoint
  }

  /// The repository at a path below a mirror's base.
  private init(_ path: String, of name: ImageName, at mirror: RegistryMirror, isMirror: Bool) {
    self.init(path, below: mirror.base, mirror: isMirror ? mirror.base : nil)
    interface = mirror.interface
    namespace = mirror.namesRegistry ? name.registry.lowercased() : nil
  }

  /// The repository at a path below a base.
  private init(_ path: String, below base: HTTPURL, mirror: HTTPURL? = nil, isUntrusted: Bool = false) {
    var url = base
    url.path = "/"
    credentialHost = url.authority
    if url.port == nil { url.host = RegistryConfiguration.host(of: url.host) }
    self.url = url
    repository = (base.path.split(separator: "/") + path.split(separator: "/")).joined(separator: "/")
    withholding = Self.withholding(url, isUntrusted: isUntrusted)
    self.mirror = mirror
  }

  private static func withholding(_ url: HTTPURL, isUntrusted: Bool) -> TokenServices.Withholding? {
    if url.scheme == .http, !url.isLoopback { return .plainHTTP(host: url.authority) }
    return isUntrusted ? .untrustedConfiguration(host: url.authority) : nil
  }
}
