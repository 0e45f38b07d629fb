import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// `git http-backend`, the server's side of git over http, on a port of 127.0.0.1: the real one does the work, this only hands requests to it as a CGI server does.
package final class GitBackend: Sendable {
  /// What was asked, in the order of arrival.
  package struct Request: Sendable {
    package var method: String
    /// With the query.
    package var target: String
    package var headers: HTTPHeaders
    package var body: [UInt8]

    /// Every value of that header field.
    package func values(of name: String) -> [String] { headers[name] }
  }

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

    package init() {}

    package enum Loss: Sendable { case beforeItIsDone, afterwards }
  }

  private let directory: String
  private let settings: Settings
  private let record = Mutex<[Request]>([])
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel = Mutex<(any Channel)?>(nil)

  package var requests: [Request] { record.withLock { $0 } }
  /// Methods of all requests.
  package var methods: [String] { requests.map(\.method) }
  package var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
  /// By name over TLS: behind a proxy, certificates of addresses cannot be checked.
  package var url: String { settings.tls == nil ? "http://127.0.0.1:\(port)" : "https://localhost:\(port)" }

  private init(_ directory: String, _ settings: Settings) {
    self.directory = directory
    self.settings = settings
  }

  /// Serves the repositories below the directory while `body` runs.
  package static func serving<Result>(
    _ directory: String, _ settings: Settings = Settings(), while body: (GitBackend) async throws -> Result
  ) async throws -> Result {
    let backend = GitBackend(directory, settings)
    let tls = try settings.tls.map { files in
      try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) },
          privateKey: .privateKey(NIOSSLPrivateKey(file: files.key, format: .pem))))
    }
    let channel = try await ServerBootstrap(group: backend.group)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(Handler(backend))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    backend.channel.withLock { $0 = channel }
    do {
      let result = try await body(backend)
      try? await backend.group.shutdownGracefully()
      return result
    } catch {
      try? await backend.group.shutdownGracefully()
      throw error
    }
  }

  /// What is sent back.
  fileprivate struct Answer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// It does not arrive.
    var isLost = false
  }

  fileprivate func answer(to request: Request) -> Answer {
    record.withLock { $0.append(request) }
    if let login = settings.login {
      let expected = "Basic " + Data("\(login.user):\(login.password)".utf8).base64EncodedString()
      guard request.headers.first(name: "Authorization") == expected else {
        return Answer(status: 401, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
      }
    }
    for (old, new) in settings.moved where request.target.hasPrefix(old) {
      return Answer(status: 301, headers: [("Location", new + request.target.dropFirst(old.count))])
    }
    if request.method == "POST", let target = settings.redirectOfPost {
      return Answer(status: 307, headers: [("Location", target + request.target)])
    }
    if request.method == "POST", let status = settings.statusOfPost { return Answer(status: status) }
    let loss = request.method == "POST" ? settings.lossOfPost : nil
    if loss == .beforeItIsDone { return Answer(isLost: true) }
    do {
      var answer = try run(request)
      answer.isLost = loss == .afterwards
      return answer
    } catch { return Answer(status: 500, body: Array("\(error)".utf8)) }
  }

  /// By RFC 3875.
  private func run(_ request: Request) throws -> Answer {
    let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_PROJECT_ROOT": directory, "GIT_HTTP_EXPORT_ALL": "1", "REQUEST_METHOD": request.method, "PATH_INFO": parts[0],
      "QUERY_STRING": parts.count > 1 ? parts[1] : "", "CONTENT_TYPE": request.headers.first(name: "Content-Type") ?? "",
      "CONTENT_LENGTH": "\(request.body.count)", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
    ]
    if settings.speaksProtocolV2, let version = request.headers.first(name: "Git-Protocol") { environment["GIT_PROTOCOL"] = version }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "http-backend"]
    process.environment = environment
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try? input.fileHandleForWriting.write(contentsOf: Data(request.body))
    try? input.fileHandleForWriting.close()
    let text = [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
    process.waitUntilExit()
    return Answer(commonGateway: text)
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let backend: GitBackend
    private var request: Request?

    init(_ backend: GitBackend) { self.backend = backend }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head): request = Request(method: head.method.rawValue, target: head.uri, headers: head.headers, body: [])
      case .body(let part): request?.body += Array(part.readableBytesView)
      case .end:
        guard let request else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (backend, loop) = (backend, context.eventLoop)
        DispatchQueue.global().async {
          let answer = backend.answer(to: request)
          loop.execute { bound.value.0.write(answer, context: bound.value.1) }
        }
      }
    }

    private func write(_ answer: Answer, context: ChannelHandlerContext) {
      if answer.isLost { return context.close(promise: nil) }
      var headers = HTTPHeaders(answer.headers)
      headers.replaceOrAdd(name: "Content-Length", value: "\(answer.body.count)")
      context.write(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers))),
        promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}

extension GitBackend.Answer {
  /// From what a CGI program prints: header lines, an empty one, the body.
  init(commonGateway text: [UInt8]) {
    var rest = text[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: rest[..<end], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if line[..<colon] == "Status" { status = Int(value.prefix(3)) ?? 500 } else { headers.append((String(line[..<colon]), value)) }
    }
    body = Array(rest)
  }
}
