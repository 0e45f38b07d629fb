import Foundation

/// Debian's `tinyproxy` on a port of its own. The program under test sends requests to loopback through it only where TAGPIN_PROXY_LOOPBACK says so.
struct Tinyproxy: Sendable {
  let host: String
  private let login: String?
  private let logPath: String
  private let sandbox: Sandbox

  /// As variables and git's configuration name it, with the user and the password that it wants.
  var url: String { "http://\(login.map { "\($0)@" } ?? "")\(host)" }

  /// A line for each request: `CONNECT host:port HTTP/1.1`, or a method and the whole URL.
  var log: String { get throws { try sandbox.text(logPath) } }

  /// Runs one while `body` does. `login` is `user:password`.
  static func serving(in sandbox: Sandbox, login: String? = nil, body: (Tinyproxy) async throws -> Void) async throws {
    let name = "\(sandbox.root)/tinyproxy-\(UUID().uuidString)"
    let wanted = login.map { "BasicAuth \($0.replacing(":", with: " "))\n" } ?? ""
    try await Port.serving(sandbox.program("tinyproxy", in: sandbox.root), log: "\(name).out") { port in
      try sandbox.write(
        "Port \(port)\nListen 127.0.0.1\nAllow 127.0.0.1\nMaxClients 50\nTimeout 20\nLogLevel Connect\nLogFile \"\(name).log\"\n\(wanted)",
        to: "\(name).conf")
      return ["-d", "-c", "\(name).conf"]
    } body: { port in
      try await body(Tinyproxy(host: "127.0.0.1:\(port)", login: login, logPath: "\(name).log", sandbox: sandbox))
    }
  }
}
