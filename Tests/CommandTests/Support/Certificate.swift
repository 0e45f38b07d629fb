import ServersForTests

/// A certificate of this machine that no system trusts, and its key; paths of PEM files. It vouches for itself.
struct Certificate: Sendable {
  let certificate: String
  let key: String

  /// For `localhost` and 127.0.0.1.
  init(in sandbox: Sandbox) async throws {
    try await self.init(in: sandbox, certificate: "ca.pem", key: "key.pem", subject: "/CN=localhost")
  }

  /// For somebody who asks.
  static func client(in sandbox: Sandbox) async throws -> Certificate {
    try await Certificate(in: sandbox, certificate: "client.pem", key: "client-key.pem", subject: "/CN=client")
  }

  private init(in sandbox: Sandbox, certificate: String, key: String, subject: String) async throws {
    self.certificate = "\(sandbox.root)/\(certificate)"
    self.key = "\(sandbox.root)/\(key)"
    try await sandbox.program("openssl", in: sandbox.root).checked([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", subject, "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", self.key, "-out", self.certificate,
    ])
  }
}
