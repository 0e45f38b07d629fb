import NIOSSL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why the certificates to trust could not be read.
enum TrustRootsError: Error {
  case unreadable(setting: String, path: String)

  var description: String {
    switch self {
    case .unreadable(let setting, let path): "'\(path)' (\(setting)) holds no certificates in PEM form that can be read"
    }
  }
}

/// A file of certificates in PEM form that somebody named.
package struct CertificateAuthority: Hashable, Sendable {
  package var path: String
  /// What named it, for messages: `ca`, `http.sslCAInfo`.
  package var setting: String

  package init(path: String, setting: String) {
    self.path = path
    self.setting = setting
  }
}

/// The certificates that servers must be signed by: the system's, those of `SSL_CERT_FILE` and `SSL_CERT_DIR`, and a host's own.
struct TrustRoots {
  var environment: [String: String]
  var certificateAuthority: CertificateAuthority?

  /// Reads the files; blocks. The certificate, its name and its validity are always checked.
  func configuration() throws(TrustRootsError) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = Self.system
    var certificates: [NIOSSLCertificate] = []
    if let named = certificateAuthority { certificates += try Self.file(named.path, setting: named.setting) }
    if let path = environment["SSL_CERT_FILE"], !path.isEmpty { certificates += try Self.file(path, setting: "SSL_CERT_FILE") }
    if let paths = environment["SSL_CERT_DIR"] {
      for path in paths.split(separator: ":") { certificates += try Self.directory(String(path)) }
    }
    if !certificates.isEmpty { configuration.additionalTrustRoots = [.certificates(certificates)] }
    return configuration
  }

  private static func file(_ path: String, setting: String) throws(TrustRootsError) -> [NIOSSLCertificate] {
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
      throw .unreadable(setting: setting, path: path)
    }
    return certificates
  }

  /// Every file of the directory that holds certificates, whatever its name.
  private static func directory(_ path: String) throws(TrustRootsError) -> [NIOSSLCertificate] {
    guard let stream = opendir(path) else { throw .unreadable(setting: "SSL_CERT_DIR", path: path) }
    defer { closedir(stream) }
    var certificates: [NIOSSLCertificate] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) { String(cString: $0) }
      }
      guard !name.hasPrefix("."), let found = try? NIOSSLCertificate.fromPEMFile("\(path)/\(name)") else { continue }
      certificates += found
    }
    return certificates
  }

  /// The system's certificates, read once for all connections: otherwise each of the first connections, which are opened together, reads
  /// them for itself.
  private static let system: NIOSSLTrustRoots = {
    #if os(Linux)
      for path in systemFiles {
        if let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty { return .certificates(certificates) }
      }
    #endif
    return .default
  }()

  /// Debian and Alpine; Fedora; openSUSE; older Red Hat; Alpine without its package.
  private static let systemFiles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
  ]
}
