import ServersForTests

/// A certificate of this machine that no system trusts, and its key; paths of PEM files. It vouches for itself.
struct Certificate: Sendable {
  let certificate: String
  let key: String

  /// For `localhost` and 127.0.0.1.
  init(in sandbox: Sandbox) async throws {
    certificate = "\(sandbox.root)/ca.pem"
    key = "\(sandbox.root)/key.pem"
    try await sandbox.program("openssl", in: sandbox.root).checked([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
  }
}
