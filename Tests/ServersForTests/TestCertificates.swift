import Foundation

/// An authority and what it signs, made by the openssl program.
package struct TestCertificates: Sendable {
  package let directory: String

  /// Path of the authority's certificate.
  package var authority: String { "\(directory)/ca.pem" }
  private var openssl: Program { Program(name: "openssl", directory: directory) }

  package init(in directory: String) async throws {
    self.directory = directory
    try await openssl.checked(
      ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem"] + Self.key)
  }

  /// Paths of what a server (or a client) needs whose certificate has those alternative names (`DNS:…,IP:…`), or none.
  package func server(
    _ name: String, alternativeNames: String? = nil, commonName: String? = nil, days: Int = 2
  ) async throws -> (certificate: String, key: String) {
    try await openssl.checked(
      ["req", "-subj", "/CN=\(commonName ?? name)", "-keyout", "\(name).key", "-out", "\(name).csr"] + Self.key)
    try "\(alternativeNames.map { "subjectAltName=\($0)\n" } ?? "")".write(
      toFile: "\(directory)/\(name).ext", atomically: false, encoding: .utf8)
    try await openssl.checked([
      "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "\(days)", "-extfile",
      "\(name).ext", "-out", "\(name).pem",
    ])
    return ("\(directory)/\(name).pem", "\(directory)/\(name).key")
  }

  private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
}
