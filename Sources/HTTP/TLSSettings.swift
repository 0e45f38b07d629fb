import NIOSSL

/// Why TLS cannot be set up as somebody asked for.
enum TLSSettingsError: Error {
  case noCertificates(path: String, setting: String)
  case noKey(path: String, setting: String)
  /// The key is of another certificate, or the certificate is of a kind that TLS does not know.
  case keyMismatch(ClientCertificate)
  /// What somebody said about the host cannot be used.
  case host(problem: String)
  case unusable

  var description: String {
    switch self {
    case .noCertificates(let path, let setting): "'\(path)' (\(setting)) holds no certificates in PEM form that can be read"
    case .noKey(let path, let setting): "'\(path)' (\(setting)) holds no private key in PEM form that can be read without a passphrase"
    case .keyMismatch(let client):
      "the key '\(client.keyPath)' does not belong to the certificate '\(client.certificatePath)' (\(client.setting))"
    case .host(let problem): problem
    case .unusable: "the TLS library does not start"
    }
  }
}

/// How TLS is spoken with one host: whom it must be signed by, and what it is shown.
struct TLSSettings {
  var host: HostTLS
  var trust: TrustRoots

  /// Reads the host's files; blocks. Chains and validity are checked by it, and no names: that is `NewConnection`'s, which every client
  /// has.
  func configuration() throws(TLSSettingsError) -> TLSConfiguration {
    if let problem = host.problem { throw .host(problem: problem) }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = TrustRoots.system
    var certificates = trust.certificates
    for authority in host.authorities { certificates += try Self.certificates(authority.path, setting: authority.setting) }
    if !certificates.isEmpty { configuration.additionalTrustRoots = [.certificates(certificates)] }
    if let client = host.clientCertificate { try Self.show(client, in: &configuration) }
    return configuration
  }

  /// Likewise, for a handler of our own.
  func context() throws(TLSSettingsError) -> NIOSSLContext {
    var configuration = try configuration()
    configuration.applicationProtocols = ["http/1.1"]
    do { return try NIOSSLContext(configuration: configuration) } catch { throw .unusable }
  }

  static func certificates(_ path: String, setting: String) throws(TLSSettingsError) -> [NIOSSLCertificate] {
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
      throw .noCertificates(path: path, setting: setting)
    }
    return certificates
  }

  private static func show(_ client: ClientCertificate, in configuration: inout TLSConfiguration) throws(TLSSettingsError) {
    configuration.certificateChain = try certificates(client.certificatePath, setting: client.setting).map { .certificate($0) }
    // Without a passphrase to give, OpenSSL's reader would ask at the terminal.
    guard let key = try? NIOSSLPrivateKey(file: client.keyPath, format: .pem, passphraseCallback: { $0([]) }) else {
      throw .noKey(path: client.keyPath, setting: client.setting)
    }
    configuration.privateKey = .privateKey(key)
    guard (try? NIOSSLContext(configuration: configuration)) != nil else { throw .keyMismatch(client) }
  }
}
