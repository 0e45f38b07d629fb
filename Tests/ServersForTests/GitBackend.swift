import Foundation

/// `git http-backend`, the server's side of git over http, on a port of 127.0.0.1: the real one does the work, this only hands requests to
/// it as a CGI server does.
package struct GitBackend: Sendable {
  package struct Settings: Sendable {
    /// A server that does not pass `Git-Protocol` on speaks protocol v0.
    package var speaksProtocolV2 = true
    /// Only who says so in `Authorization: Basic` is let in.
    package var login: (user: String, password: String)?
    /// Paths that moved: what stands before the part of git's own, and its new place.
    package var moved: [String: String] = [:]
    /// Answers to POST without asking git.
    package var statusOfPost: Int?
    /// Where POST is sent on to, with 307: the path is added.
    package var redirectOfPost: String?
    /// The connection is closed in place of an answer to POST.
    package var lossOfPost: Loss?
    /// PEM files of what a server over TLS needs.
    package var tls: (certificate: String, key: String)?
    package var version = ScriptedServer.Version.http1

    package init() {}

    package enum Loss: Sendable { case beforeItIsDone, afterwards }
  }

  private let server: ScriptedServer
  private let isSecure: Bool

  package var requests: [ScriptedServer.Request] { server.requests }
  /// Methods of all requests.
  package var methods: [String] { requests.map(\.method) }
  package var port: Int { server.port }
  package var connectionCount: Int { server.connectionCount }
  /// By name over TLS.
  package var url: String { isSecure ? "https://localhost:\(port)" : "http://127.0.0.1:\(port)" }

  /// Serves the repositories below the directory while `body` runs.
  package static func serving<Result>(
    _ directory: String, _ settings: Settings = Settings(), while body: (GitBackend) async throws -> Result
  ) async throws -> Result {
    try await ScriptedServer.serving(tls: settings.tls, speaking: settings.version) { request in
      await reply(to: request, directory, settings)
    } while: { server in
      try await body(GitBackend(server: server, isSecure: settings.tls != nil))
    }
  }

  /// What it answers: for servers that are more than git's.
  package static func reply(
    to request: ScriptedServer.Request, _ directory: String, _ settings: Settings = Settings()
  ) async -> ScriptedServer.Reply {
    if let reply = settings.reply(to: request) { return reply }
    let reply = await gitReply(to: request, directory, settings)
    return request.method == "POST" && settings.lossOfPost == .afterwards ? .raw("") : reply
  }

  /// By RFC 3875.
  private static func gitReply(
    to request: ScriptedServer.Request, _ directory: String, _ settings: Settings
  ) async -> ScriptedServer.Reply {
    var git = Program(name: "git", directory: directory)
    git.environment.merge([
      "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
      "GIT_CONFIG_VALUE_0": "*", "GIT_PROJECT_ROOT": directory, "GIT_HTTP_EXPORT_ALL": "1", "REQUEST_METHOD": request.method,
      "PATH_INFO": request.path, "QUERY_STRING": request.query, "CONTENT_TYPE": request.values(of: "Content-Type").first ?? "",
      "CONTENT_LENGTH": "\(request.body.count)",
    ]) { $1 }
    if settings.speaksProtocolV2, let version = request[header: "Git-Protocol"] { git.environment["GIT_PROTOCOL"] = version }
    do {
      return .init(commonGateway: try await git.run(["http-backend"], input: request.body, timeout: .seconds(300)).output)
    } catch { return .answer(500, body: "\(error)") }
  }
}

extension GitBackend.Settings {
  /// What is answered without asking git.
  fileprivate func reply(to request: ScriptedServer.Request) -> ScriptedServer.Reply? {
    if let login {
      let expected = "Basic " + Data("\(login.user):\(login.password)".utf8).base64EncodedString()
      guard request.values(of: "Authorization").first == expected else {
        return .answer(401, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
      }
    }
    for (old, new) in moved where request.target.hasPrefix(old) {
      return .answer(301, headers: [("Location", new + request.target.dropFirst(old.count))])
    }
    guard request.method == "POST" else { return nil }
    if let redirectOfPost { return .answer(307, headers: [("Location", redirectOfPost + request.target)]) }
    if let statusOfPost { return .answer(statusOfPost) }
    return lossOfPost == .beforeItIsDone ? .raw("") : nil
  }
}

extension ScriptedServer.Reply {
  /// From what a CGI program prints: header lines, an empty one, the body.
  fileprivate init(commonGateway text: [UInt8]) {
    var status = 200
    var headers: [(String, String)] = []
    var rest = text[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: rest[..<end], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if line[..<colon] == "Status" { status = Int(value.prefix(3)) ?? 500 } else { headers.append((String(line[..<colon]), value)) }
    }
    self.init(status, headers: headers, body: Array(rest))
  }
}
