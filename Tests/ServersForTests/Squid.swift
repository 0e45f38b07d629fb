import Foundation

/// Debian's `squid` on a port of its own, which lets nobody through without a login.
package struct Squid: Sendable {
  package let port: Int
  private let login: String
  private let logPath: String

  package var host: String { "127.0.0.1:\(port)" }
  /// As variables name it.
  package var url: String { "http://\(login)@\(host)" }

  /// A line for each request, with the user.
  package var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

  /// Runs one while `body` does; its files are in the directory. `login` is `user:password`, and `hash` a line of htpasswd for it.
  package static func serving(in directory: String, login: String, hash: String, body: (Squid) async throws -> Void) async throws {
    let name = "\(directory)/squid-\(UUID().uuidString)"
    try hash.write(toFile: "\(name).users", atomically: false, encoding: .utf8)
    // It leaves root's rights, and its helper reads the file.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(name).users")
    try await Port.serving(Program(name: "/usr/sbin/squid", directory: directory), log: "\(name).out") { port in
      let text = """
        http_port 127.0.0.1:\(port)
        pid_filename none
        cache deny all
        cache_log /dev/stderr
        access_log stdio:\(name).log
        shutdown_lifetime 0 seconds
        auth_param basic program /usr/lib/squid/basic_ncsa_auth \(name).users
        auth_param basic children 2
        auth_param basic realm proxy
        acl known proxy_auth REQUIRED
        http_access allow known
        http_access deny all

        """
      try text.write(toFile: "\(name).conf", atomically: false, encoding: .utf8)
      _ = FileManager.default.createFile(atPath: "\(name).log", contents: nil, attributes: [.posixPermissions: 0o666])
      return ["-N", "-f", "\(name).conf"]
    } body: { port in
      try await body(Squid(port: port, login: login, logPath: "\(name).log"))
    }
  }
}
