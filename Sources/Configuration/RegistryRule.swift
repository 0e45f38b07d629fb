import References

/// How the registries of a prefix are asked.
package struct RegistryRule: Hashable, Sendable {
  package var prefix: RegistryPrefix
  /// Asked in this order, for resolving only. `docker.io/library/nginx` at `http://127.0.0.1:5000/hub` is `hub/library/nginx` there.
  package var mirrors: [BaseURL]
  /// `insecure`: the registry is asked over plain http. Its mirrors have their own scheme.
  package var usesPlainHTTP: Bool
  /// Whether credentials may go over that plain http to a host that is not loopback: only where the user's own configuration asked for it.
  package var plainHTTPCarriesCredentials: Bool
  /// Certificates that are trusted for the registry and its mirrors, besides the system's.
  package var ca: ConfiguredFile?
  /// Further hosts that credentials for the registry may be sent to when it names them as its token service.
  package var tokenServices: [HostAndPort]
  /// What is shown to the registry and its mirrors over TLS where they ask for it.
  package var clientCertificate: ClientCertificateFiles?

  package init(
    prefix: RegistryPrefix, mirrors: [BaseURL] = [], usesPlainHTTP: Bool = false, plainHTTPCarriesCredentials: Bool = false,
    ca: ConfiguredFile? = nil, tokenServices: [HostAndPort] = [], clientCertificate: ClientCertificateFiles? = nil
  ) {
    self.prefix = prefix
    self.mirrors = mirrors
    self.usesPlainHTTP = usesPlainHTTP
    self.plainHTTPCarriesCredentials = plainHTTPCarriesCredentials
    self.ca = ca
    self.tokenServices = tokenServices
    self.clientCertificate = clientCertificate
  }
}

/// A certificate, with those that lead to its authority behind it, and its key: PEM files, which can be one.
package struct ClientCertificateFiles: Hashable, Sendable {
  package var certificate: ConfiguredFile
  package var key: ConfiguredFile

  package init(certificate: ConfiguredFile, key: ConfiguredFile) {
    self.certificate = certificate
    self.key = key
  }
}

/// A registry, or a path in one: `docker.io`, `ghcr.io/acme`, `docker.io/library/nginx`.
package struct RegistryPrefix: Hashable, Sendable, CustomStringConvertible {
  /// Lower case.
  package let registry: String
  /// Whole components of the repository; empty for all of the registry.
  package let path: String

  /// Why a text is not a prefix, with the text.
  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  package init(parsing text: String) throws(ParseError) {
    if let scheme = text.firstRange(of: "://") {
      throw ParseError(description: "'\(text)' is a URL; write the registry alone, without '\(text[..<scheme.upperBound])'")
    }
    // Two components more, so that Docker Hub's `library/` is not added.
    let name: ImageName
    do { name = try ImageName(parsing: text + "/a/b") } catch {
      throw ParseError(description: "'\(text)' is neither a registry nor a path in one")
    }
    guard name.registry != ImageName.dockerHub || text.hasPrefix("docker.io") || text.hasPrefix("index.docker.io") else {
      throw ParseError(description: "'\(text)' does not begin with a registry; on Docker Hub it is '\(ImageName.dockerHub)/\(text)'")
    }
    registry = name.registry.lowercased()
    path = String(name.repository.dropLast(name.repository.utf8.count > 3 ? 4 : 3))
  }

  package var description: String { path.isEmpty ? registry : "\(registry)/\(path)" }

  /// Whether an image lies in the registry and below the path, or is named by it.
  package func covers(_ name: ImageName) -> Bool {
    name.registry.lowercased() == registry && (path.isEmpty || name.repository == path || name.repository.hasPrefix(path + "/"))
  }
}
