import HTTP
import References

/// What a configuration says about the registries, or namespaces of them, whose names begin with a prefix.
package struct RegistryConfiguration: Hashable, Sendable {
  /// `docker.io`, `quay.io/acme`, `registry.acme.test:5000`, `*.acme.test` for all hosts below that domain, or `*` for all registries. It
  /// ends where a component of the name ends.
  package let prefix: String
  /// Where the images are in truth: the base takes the prefix's place. nil where the name says it.
  package let location: HTTPURL?
  /// Asked before the registry itself, in order.
  package let mirrors: [RegistryMirror]
  /// Asked in the place of the registry itself, for the name as it is; nil where the registry or `location` is.
  package let server: RegistryMirror?
  /// Plain http; `location` has its own scheme.
  package let isInsecure: Bool
  /// Where that is said: `.tagpin.yaml:3`.
  package let insecureOrigin: String?
  /// Whether it comes from the user, not from the repository that is worked on.
  package let isTrusted: Bool
  /// The place in a configuration that forbids these images, as messages name it; nil if they are not forbidden.
  package let blocker: String?

  package init(
    prefix: String, location: HTTPURL? = nil, mirrors: [RegistryMirror], server: RegistryMirror? = nil, isInsecure: Bool = false,
    insecureOrigin: String? = nil, isTrusted: Bool, blocker: String? = nil
  ) {
    var host = String(prefix.prefix { $0 != "/" }).lowercased()
    if host == "index.docker.io" { host = ImageName.dockerHub }
    let path = prefix.drop { $0 != "/" }
    self.prefix = path == "/" ? host : host + path
    self.location = location
    self.mirrors = mirrors
    self.server = server
    self.isInsecure = isInsecure
    self.insecureOrigin = insecureOrigin
    self.isTrusted = isTrusted
    self.blocker = blocker
  }

  /// With mirrors as `RegistryMirror.init(_:)` reads them. Throws `invalidMirror`.
  package init(prefix: String, mirrors: [String] = [], isInsecure: Bool = false, insecureOrigin: String? = nil, isTrusted: Bool)
    throws(RegistryError)
  {
    var parsed: [RegistryMirror] = []
    for mirror in mirrors { parsed.append(try RegistryMirror(mirror)) }
    self.init(prefix: prefix, mirrors: parsed, isInsecure: isInsecure, insecureOrigin: insecureOrigin, isTrusted: isTrusted)
  }

  /// Host, and port if it has one, that are asked for the images of the registry itself.
  package var host: String { Self.host(of: String(prefix.prefix { $0 != "/" })) }

  /// The host, and port if it has one, that is asked for a registry of that name, in lower case.
  package static func hostAsked(for registry: String) -> String {
    let registry = registry.lowercased()
    return host(of: registry == "index.docker.io" ? ImageName.dockerHub : registry)
  }

  /// Nobody can be asked at the name that Docker Hub is known by.
  static func host(of registry: String) -> String { registry == ImageName.dockerHub ? "registry-1.docker.io" : registry }

  private var isWildcard: Bool { prefix.hasPrefix("*.") }

  /// Whether it is about that image. Registries are compared without regard to letter case; a wildcard covers every port.
  package func covers(_ name: ImageName) -> Bool {
    if prefix == "*" { return true }
    let registry = name.registry.lowercased()
    if isWildcard { return registry.prefix { $0 != ":" }.hasSuffix(prefix.dropFirst()) }
    let full = "\(registry)/\(name.repository)"
    return full == prefix || full.hasPrefix(prefix.hasSuffix("/") ? prefix : prefix + "/")
  }

  /// What follows the prefix in the path of a repository that is covered; empty if nothing does.
  func remainder(of name: ImageName) -> String {
    guard !isWildcard, let slash = prefix.firstIndex(of: "/") else { return name.repository }
    let path = prefix[slash...].split(separator: "/").joined(separator: "/")
    return name.repository.dropFirst(path.count).split(separator: "/").joined(separator: "/")
  }
}
