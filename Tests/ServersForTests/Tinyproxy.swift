import Foundation

/// Debian's `tinyproxy` on a port of its own. The program under test sends requests to loopback through it only where TAGPIN_PROXY_LOOPBACK
/// says so.
package struct Tinyproxy: Sendable {
  package let port: Int
  private let login: String?
  private let logPath: String

  package var host: String { "127.0.0.1:\(port)" }
  /// As variables and git's configuration name it, with the user and the password that it wants.
  package var url: String { "http://\(login.map { "\($0)@" } ?? "")\(host)" }

  /// A line for each request: `CONNECT host:port HTTP/1.1`, or a method and the whole URL.
  package var log: String { get throws { try String(contentsOfFile: logPath, encoding: .utf8) } }

  /// Runs one while `body` does; its files are in the directory. `login` is `user:password`; `settings` are lines of its configuration.
  package static func serving(
    in directory: String, login: String? = nil, settings: String = "", body: (Tinyproxy) async throws -> Void
  ) async throws {
    let name = "\(directory)/tinyproxy-\(UUID().uuidString)"
    let wanted = login.map { "BasicAuth \($0.replacing(":", with: " "))\n" } ?? ""
    try await Port.serving(Program(name: "tinyproxy", directory: directory), log: "\(name).out") { port in
      let text = """
        Port \(port)
        Listen 127.0.0.1
        Allow 127.0.0.1
        MaxClients 50
        Timeout 20
        LogLevel Connect
        LogFile "\(name).log"
        \(wanted)\(settings)

        """
      try text.write(toFile: "\(name).conf", atomically: false, encoding: .utf8)
      return ["-d", "-c", "\(name).conf"]
    } body: { port in
      try await body(Tinyproxy(port: port, login: login, logPath: "\(name).log"))
    }
  }
}
