/// An authority and what it signs, made by the openssl program.
struct TestCertificates {
  let directory: String

  /// Path of the authority's certificate.
  var authority: String { "\(directory)/ca.pem" }

  init(in directory: String) throws {
    self.directory = directory
    try run(
      "openssl", ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem"] + Self.key,
      in: directory)
  }

  /// Paths of what a server needs whose certificate has those alternative names (`DNS:…,IP:…`).
  func server(_ name: String, alternativeNames: String, days: Int = 2) throws -> (certificate: String, key: String) {
    try run("openssl", ["req", "-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).csr"] + Self.key, in: directory)
    try write("subjectAltName=\(alternativeNames)\n", to: "\(directory)/\(name).ext")
    try run(
      "openssl",
      [
        "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "\(days)", "-extfile",
        "\(name).ext",
        "-out", "\(name).pem",
      ], in: directory)
    return ("\(directory)/\(name).pem", "\(directory)/\(name).key")
  }

  private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
}
