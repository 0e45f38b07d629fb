import FoundationEssentials
import NIOSSL
import SystemPackage

/// The certificates that `SSL_CERT_FILE` and `SSL_CERT_DIR` add to the system's, for all hosts.
struct TrustRoots {
  var certificates: [NIOSSLCertificate] = []

  /// Reads the files; blocks. A directory that cannot be read is left out, as OpenSSL does it, and `note` is told.
  init(environment: [String: String], note: (String) -> Void) throws(TLSSettingsError) {
    if let path = environment["SSL_CERT_FILE"], !path.isEmpty {
      certificates += try TLSSettings.certificates(path, setting: "SSL_CERT_FILE")
    }
    for path in (environment["SSL_CERT_DIR"] ?? "").split(separator: ":") {
      guard let found = Self.directory(String(path)) else {
        note("'\(path)' (SSL_CERT_DIR) is not a directory that can be read, and is left out")
        continue
      }
      certificates += found
    }
  }

  /// Every file of the directory that holds certificates, whatever its name.
  private static func directory(_ path: String) -> [NIOSSLCertificate]? {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
    return names?.flatMap { (try? NIOSSLCertificate.fromPEMFile(FilePath(path).appending($0).string)) ?? [] }
  }

  /// The system's certificates, read once for all connections: otherwise each of the first connections, which are opened together, reads
  /// them for itself.
  static let system: NIOSSLTrustRoots = {
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
