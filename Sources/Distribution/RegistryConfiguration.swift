import HTTP
import References

/// What a configuration says about the registries, or namespaces of them, whose names begin with a prefix.
package struct RegistryConfiguration: Hashable, Sendable {
  /// `docker.io`, `quay.io/acme`, `registry.acme.test:5000`. It ends where a component of the name ends.
  package let prefix: String
  /// Bases that are asked before the registry itself, in order. Only to resolve.
  package let mirrors: [HTTPURL]
  /// Plain http.
  package let isInsecure: Bool
  /// Whether it comes from the user, not from the repository that is worked on.
  package let isTrusted: Bool

  /// A mirror is a URL such as `http://127.0.0.1:5000/hub`, or `host/path` for one with https. Throws `invalidMirror`.
  package init(prefix: String, mirrors: [String] = [], isInsecure: Bool = false, isTrusted: Bool) throws(RegistryError) {
    var host = String(prefix.prefix { $0 != "/" }).lowercased()
    if host == "index.docker.io" { host = ImageName.dockerHub }
    let path = prefix.drop { $0 != "/" }
    self.prefix = path == "/" ? host : host + path
    self.isInsecure = isInsecure
    self.isTrusted = isTrusted
    var urls: [HTTPURL] = []
    for mirror in mirrors { urls.append(try Self.url(ofMirror: mirror)) }
    self.mirrors = urls
  }

  /// Host, and port if it has one, that are asked for the images of the registry itself.
  package var host: String { Self.host(of: String(prefix.prefix { $0 != "/" })) }

  static func host(of registry: String) -> String { registry == ImageName.dockerHub ? "registry-1.docker.io" : registry }

  private static func url(ofMirror written: String) throws(RegistryError) -> HTTPURL {
    do throws(HTTPURLError) {
      var url = try HTTPURL(parsing: written.contains("://") ? written : "https://\(written)")
      guard url.query == nil else { throw .fragment }
      while url.path.utf8.last == UInt8(ascii: "/") { url.path.removeLast() }
      if !written.contains("://"), url.isLoopback { url.scheme = .http }
      return url
    } catch {
      throw .invalidMirror(withoutUser(written), reason: error == .fragment ? "a mirror has no '?' or '#' part" : "\(error)")
    }
  }

  /// A password that somebody wrote into a URL stays out of messages.
  private static func withoutUser(_ written: String) -> String {
    guard let at = written.lastIndex(of: "@") else { return written }
    return "…" + written[at...]
  }

  /// Whether it is about that image. Registries are compared without regard to letter case.
  package func covers(_ name: ImageName) -> Bool {
    let full = "\(name.registry.lowercased())/\(name.repository)"
    return full == prefix || full.hasPrefix(prefix.hasSuffix("/") ? prefix : prefix + "/")
  }
}
