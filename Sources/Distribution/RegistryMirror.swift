import HTTP
import References

/// A place that is asked for the images of a registry before the registry itself. Only to resolve.
package struct RegistryMirror: Hashable, Sendable {
  package enum References: Hashable, Sendable { case all, tags, digests }

  package let base: HTTPURL
  /// Whether the base stands for the configuration's prefix: `example.com/foo/image` of the prefix `example.com/foo` is then `image` below
  /// it. If not, the whole path of the repository comes below it.
  package let replacesPrefix: Bool
  /// What it is asked for. A reference with both counts as one by digest.
  package let references: References
  /// The path of the protocol there; some caches of containerd have another one.
  package let interface: String
  /// Whether it is told which registry is meant, as `?ns=docker.io`: caches of several registries need that.
  package let namesRegistry: Bool

  package init(
    base: HTTPURL, replacesPrefix: Bool = false, references: References = .all, interface: String = "/v2", namesRegistry: Bool = false
  ) {
    self.base = base
    self.replacesPrefix = replacesPrefix
    self.references = references
    self.interface = interface
    self.namesRegistry = namesRegistry
  }

  /// From a URL such as `http://127.0.0.1:5000/hub`, or `host/path` for one with https. Throws `invalidMirror`.
  package init(_ written: String) throws(RegistryError) {
    self.init(base: try Self.url(written, isInsecure: false))
  }

  /// Without a scheme, https, but http on loopback and where it is insecure.
  static func url(_ written: String, isInsecure: Bool) throws(RegistryError) -> HTTPURL {
    do throws(HTTPURLError) {
      let hasScheme = written.contains("://")
      var url = try HTTPURL(parsing: hasScheme ? written : "https://\(written)")
      guard url.query == nil else { throw .fragment }
      while url.path.utf8.last == UInt8(ascii: "/") { url.path.removeLast() }
      if !hasScheme, isInsecure || url.isLoopback { url.scheme = .http }
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

  func serves(_ reference: ImageReference) -> Bool {
    switch references {
    case .all: true
    case .tags: reference.digest == nil
    case .digests: reference.digest != nil
    }
  }
}
