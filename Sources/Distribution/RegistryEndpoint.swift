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

  /// `GET /v2/<name>/manifests/<reference>` (distribution specification, end-2).
  func manifestURL(_ reference: String) -> HTTPURL { url(below: "manifests/\(reference)") }

  /// `GET /v2/<name>/blobs/<digest>` (distribution specification, end-2).
  func blobURL(_ digest: Digest) -> HTTPURL { url(below: "blobs/\(digest)") }

  private func url(below path: String) -> HTTPURL {
    var url = url
    url.path = "/v2/\(repository)/\(path)"
    return url
  }
}

extension RegistryEndpoint {
  /// The mirrors of that image's registry in order, then the registry itself. The first configuration that covers the image counts.
  static func all(for name: ImageName, _ configurations: [RegistryConfiguration]) throws(RegistryError) -> [RegistryEndpoint] {
    let configuration = configurations.first { $0.covers(name) }
    let mirrors = configuration?.mirrors.map { mirror(of: name, at: $0, isTrusted: configuration?.isTrusted ?? false) } ?? []
    return mirrors + [try primary(name, configuration)]
  }

  private static func primary(_ name: ImageName, _ configuration: RegistryConfiguration?) throws(RegistryError) -> RegistryEndpoint {
    let registry = name.registry.lowercased()
    var url: HTTPURL
    do throws(HTTPURLError) {
      url = try HTTPURL(parsing: "https://\(RegistryConfiguration.host(of: registry))/")
    } catch {
      throw .invalidRegistry(name.registry, reason: "\(error)")
    }
    let isInsecure = configuration?.isInsecure ?? false
    if isInsecure || url.isLoopback { url.scheme = .http }
    return RegistryEndpoint(
      url: url, repository: name.repository, credentialHost: registry,
      withholding: withholding(url, isUntrusted: isInsecure && configuration?.isTrusted == false), mirror: nil)
  }

  private static func mirror(of name: ImageName, at base: HTTPURL, isTrusted: Bool) -> RegistryEndpoint {
    var url = base
    url.path = "/"
    let prefix = base.path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    return RegistryEndpoint(
      url: url, repository: (prefix + [name.repository]).joined(separator: "/"), credentialHost: base.authority,
      withholding: withholding(url, isUntrusted: false), mirror: base)
  }

  private static func withholding(_ url: HTTPURL, isUntrusted: Bool) -> TokenServices.Withholding? {
    if url.scheme == .http, !url.isLoopback { return .plainHTTP(host: url.authority) }
    return isUntrusted ? .untrustedConfiguration(host: url.authority) : nil
  }
}
