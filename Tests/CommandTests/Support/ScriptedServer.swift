import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that answers as a closure says.
final class ScriptedServer: Sendable {
  struct Request: Sendable {
    var method: String
    /// Without the query.
    var path: String
    var query: String
    fileprivate var headers: HTTPHeaders

    /// The value of a header field; several ones joined with a comma.
    subscript(header name: String) -> String? { headers.contains(name: name) ? headers[name].joined(separator: ", ") : nil }
  }

  struct Reply: Sendable {
    var status: Int
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    var ending = Ending.complete

    enum Ending: Sendable {
      case complete
      /// The connection is closed where there should be one more byte.
      case truncated
      /// Blanks follow the body for as long as the client listens.
      case endless
    }

    func ending(_ ending: Ending) -> Reply {
      var reply = self
      reply.ending = ending
      return reply
    }

    /// A manifest as registries send it.
    static func manifest(_ image: Image) -> Reply {
      Reply(status: 200, headers: [("Content-Type", image.mediaType), ("Docker-Content-Digest", image.digest)], body: image.manifest)
    }

    static func json(_ status: Int, _ text: String, headers: [(String, String)] = []) -> Reply {
      Reply(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    /// An error as registries send it (distribution specification, "Error Codes").
    static func error(_ status: Int, _ code: String, headers: [(String, String)] = []) -> Reply {
      json(status, "{\"errors\":[{\"code\":\"\(code)\",\"message\":\"words of the server\"}]}", headers: headers)
    }

    static let noSuchTag = error(404, "MANIFEST_UNKNOWN")
  }

  typealias Script = @Sendable (Request) async -> Reply

  private let recorder: Recorder
  private let channel: any Channel

  private init(recorder: Recorder, channel: any Channel) {
    self.recorder = recorder
    self.channel = channel
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  /// As it stands in a reference.
  var host: String { "127.0.0.1:\(port)" }
  var requests: [Request] { recorder.requests }

  /// Runs while `body` does.
  static func serving<Result>(_ script: @escaping Script, while body: (ScriptedServer) async throws -> Result) async throws -> Result {
    let recorder = Recorder(script)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
          try channel.pipeline.syncOperations.addHandler(HTTPResponseEncoder())
          try channel.pipeline.syncOperations.addHandler(Handler(recorder))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await body(ScriptedServer(recorder: recorder, channel: channel))
      try? await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private final class Recorder: Sendable {
    private let script: Script
    private let seen = Mutex<[Request]>([])

    init(_ script: @escaping Script) { self.script = script }

    var requests: [Request] { seen.withLock { $0 } }

    func reply(to request: Request) async -> Reply {
      seen.withLock { $0.append(request) }
      return await script(request)
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let recorder: Recorder
    private var request: Request?

    init(_ recorder: Recorder) { self.recorder = recorder }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        request = Request(method: head.method.rawValue, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: head.headers)
      case .body: break
      case .end:
        guard let request else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        let recorder = recorder
        Task {
          let reply = await recorder.reply(to: request)
          loop.execute { bound.value.0.write(reply, isHead: request.method == "HEAD", context: bound.value.1) }
        }
      }
    }

    private func write(_ reply: Reply, isHead: Bool, context: ChannelHandlerContext) {
      var headers = HTTPHeaders(reply.headers)
      switch reply.ending {
      case .complete: headers.replaceOrAdd(name: "Content-Length", value: "\(reply.body.count)")
      case .truncated: headers.replaceOrAdd(name: "Content-Length", value: "\(reply.body.count + 1)")
      case .endless: headers.replaceOrAdd(name: "Transfer-Encoding", value: "chunked")
      }
      let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil) }
      switch reply.ending {
      case .complete: context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      case .truncated:
        context.flush()
        context.close(promise: nil)
      case .endless: repeatBody(ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 18), context: context)
      }
    }

    private func repeatBody(_ body: ByteBuffer, context: ChannelHandlerContext) {
      guard context.channel.isActive else { return }
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body)))).whenSuccess {
        bound.value.0.repeatBody(body, context: bound.value.1)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
