import HTTP
import SystemPackage

/// What git's configuration says of http requests to one URL.
package struct GitHTTPSettings: Hashable, Sendable {
  /// nil where the environment decides.
  package var proxy: ProxyChoice?
  /// Path of a PEM file, and the setting that names it.
  package var certificateAuthority: CertificateAuthority?
  /// In the order of the configuration.
  package var extraHeaders: [HTTPFields.Field] = []

  package init() {}

  /// Whether a header says who asks.
  package var authorizes: Bool { extraHeaders.contains { $0.name.lowercased() == "authorization" } }
}

extension GitConfiguration {
  /// `http.proxy`, `http.sslCAInfo` and `http.extraHeader` for that URL, by git's rules: of the sections `http.<url>` that match, the most
  /// specific wins, and a later one over an earlier one that is as specific.
  ///
  /// - Parameter environment: `GIT_SSL_CAINFO` wins over the configuration.
  package func httpSettings(
    for url: HTTPURL, user: String? = nil, environment: [String: String] = [:]
  ) throws(GitRemoteError) -> GitHTTPSettings {
    var settings = GitHTTPSettings()
    settings.proxy = values("proxy", for: url, user: user).last.map { Self.proxy($0, setting: "http.proxy") }
    if let path = environment["GIT_SSL_CAINFO"], !path.isEmpty {
      settings.certificateAuthority = CertificateAuthority(path: path, setting: "GIT_SSL_CAINFO")
    } else if let path = values("sslcainfo", for: url, user: user).last, !path.isEmpty {
      settings.certificateAuthority = CertificateAuthority(path: expanded(path), setting: "http.sslCAInfo")
    }
    for header in values("extraheader", for: url, user: user) {
      // An empty one takes those before it back.
      if header.isEmpty { settings.extraHeaders = [] } else { settings.extraHeaders.append(try Self.field(header)) }
    }
    return settings
  }

  /// `remote.<name>.proxy`, which wins over `http.proxy`; nil where there is none.
  func proxy(ofRemote name: String) -> ProxyChoice? {
    value("remote", subsection: name, "proxy").map { Self.proxy($0, setting: "remote.\(name).proxy") }
  }

  /// An empty value means no proxy, whatever others say.
  private static func proxy(_ value: String, setting: String) -> ProxyChoice {
    value.isEmpty ? .direct : .address(value, setting: "\(setting) of git's configuration")
  }

  /// The values of `http.<key>` that count for that URL, in order.
  private func values(_ key: String, for url: HTTPURL, user: String?) -> [String] {
    var best = URLPattern.Match.any
    var values: [String] = []
    for entry in entries where entry.section == "http" && entry.key == key {
      var match = URLPattern.Match.any
      if let subsection = entry.subsection {
        guard let found = URLPattern(subsection)?.match(url, user: user) else { continue }
        match = found
      }
      guard match >= best else { continue }
      best = match
      values.append(entry.value)
    }
    return values
  }

  /// A path of the configuration, `~/` taken for the home directory.
  func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let homeDirectory else { return path }
    return FilePath(homeDirectory).appending(String(path.dropFirst(2))).string
  }

  private static func field(_ header: String) throws(GitRemoteError) -> HTTPFields.Field {
    // The value is kept out of the message.
    let problem = GitRemoteError.configuration(key: "http.extraHeader", reason: "a header is 'Name: value', in visible ASCII")
    guard let colon = header.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw problem }
    let name = header[..<colon]
    var value = header.utf8[header.utf8.index(after: colon)...]
    while value.first == UInt8(ascii: " ") { value.removeFirst() }
    while value.last == UInt8(ascii: " ") { value.removeLast() }
    let isToken = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
    guard isToken, value.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else { throw problem }
    return HTTPFields.Field(name: String(name), value: String(Substring(value)))
  }
}
