import Foundation

/// Debian's `squid` on a port of its own: one that lets nobody through without a login, or one that reads what goes through it.
package struct Squid: Sendable {
  package let port: Int
  private let login: String?
  private let logPath: String

  package var host: String { "127.0.0.1:\(port)" }
  /// As variables name it.
  package var url: String { "http://\(login.map { "\($0)@" } ?? "")\(host)" }

  /// A line for each request, with the user: once one has the text, for it may be written after its answer came; without it where none
  /// comes within 20 s.
  package func log(with text: String) async throws -> String {
    var log = ""
    for _ in 0..<400 {
      log = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
      if log.contains(text) { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    return log
  }

  /// Runs one while `body` does; its files are in the directory. `login` is `user:password`, and `hash` a line of htpasswd for it.
  package static func serving(in directory: String, login: String, hash: String, body: (Squid) async throws -> Void) async throws {
    let name = "\(directory)/squid-\(UUID().uuidString)"
    try hash.write(toFile: "\(name).users", atomically: false, encoding: .utf8)
    // It leaves root's rights, and its helper reads the file.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(name).users")
    let settings = """
      auth_param basic program /usr/lib/squid/basic_ncsa_auth \(name).users
      auth_param basic children 2
      auth_param basic realm proxy
      acl known proxy_auth REQUIRED
      http_access allow known
      http_access deny all
      """
    try await serving(name, in: directory, settings: settings) { try await body(Squid(port: $0, login: login, logPath: "\(name).log")) }
  }

  /// One that reads what goes through it over TLS: its `inspector` signs a certificate for each host that it leads to. `names` lead to
  /// 127.0.0.1, where the certificates of `authority` are believed.
  package static func inspecting(
    in directory: String, inspector: TestCertificates, names: [String], authority: String, body: (Squid) async throws -> Void
  ) async throws {
    let name = "\(directory)/squid-\(UUID().uuidString)"
    let generator = "/usr/lib/squid/security_file_certgen"
    try await Program(name: generator, directory: directory).checked(["-c", "-s", "\(name).db", "-M", "4MB"])
    // Its helper leaves root's rights, and keeps the certificates there.
    try await Program(name: "chmod", directory: directory).checked(["-R", "a+rwX", "\(name).db"])
    let both = try ["ca.key", "ca.pem"].map { try String(contentsOfFile: "\(inspector.directory)/\($0)", encoding: .utf8) }
    try both.joined().write(toFile: "\(name).pem", atomically: false, encoding: .utf8)
    try names.map { "127.0.0.1 \($0)\n" }.joined().write(toFile: "\(name).hosts", atomically: false, encoding: .utf8)
    let settings = """
      sslcrtd_program \(generator) -s \(name).db -M 4MB
      sslcrtd_children 1
      ssl_bump bump all
      tls_outgoing_options cafile=\(authority)
      hosts_file \(name).hosts
      http_access allow all
      """
    let listening = "ssl-bump generate-host-certificates=on dynamic_cert_mem_cache_size=4MB tls-cert=\(name).pem"
    try await serving(name, in: directory, listening: listening, settings: settings) {
      try await body(Squid(port: $0, login: nil, logPath: "\(name).log"))
    }
  }

  private static func serving(
    _ name: String, in directory: String, listening: String = "", settings: String, body: (Int) async throws -> Void
  ) async throws {
    try await Port.serving(Program(name: "/usr/sbin/squid", directory: directory), log: "\(name).out") { port in
      let text = """
        http_port 127.0.0.1:\(port) \(listening)
        pid_filename none
        cache deny all
        cache_log /dev/stderr
        access_log stdio:\(name).log
        shutdown_lifetime 0 seconds
        \(settings)

        """
      try text.write(toFile: "\(name).conf", atomically: false, encoding: .utf8)
      _ = FileManager.default.createFile(atPath: "\(name).log", contents: nil, attributes: [.posixPermissions: 0o666])
      return ["-N", "-f", "\(name).conf"]
    } body: { port in
      try await body(port)
    }
  }
}
