import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An HTTP/1.1 server on 127.0.0.1 that answers as a closure says, with raw bytes where a test wants to be rude.
package final class ScriptedServer: Sendable {
  package struct Request: Sendable {
    package var method: String
    package var target: String
    package var headers: HTTPHeaders
    package var body: String
    /// Counts from 0, over all connections.
    package var number: Int

    /// Every value of that header field.
    package func values(of name: String) -> [String] { headers[name] }
  }

  package enum Reply: Sendable {
    case answer(Int, headers: [(String, String)] = [], body: String = "", delay: TimeAmount = .zero)
    /// These bytes, then the connection is closed, or reset.
    case raw(String, reset: Bool = false)
    /// A body without an end.
    case endless
    case silence
  }

  package struct Record: Sendable {
    package var requests: [Request] = []
    package var connectionCount = 0
    package var underWay = 0
    package var mostUnderWay = 0
    /// The same, of the requests from the ninth on.
    package var mostUnderWayLater = 0
    /// From the arrival of a request to its answer, where one was at a time.
    package var times: [ClosedRange<ContinuousClock.Instant>] = []
  }

  private let record = Mutex(Record())
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel

  package var port: Int { channel.localAddress?.port ?? 0 }
  package var seen: Record { record.withLock { $0 } }

  private init(channel: (ScriptedRecorder, MultiThreadedEventLoopGroup) async throws -> any Channel, recorder: ScriptedRecorder)
    async throws
  {
    self.channel = try await channel(recorder, group)
    recorder.server.withLock { $0 = self }
  }

  /// Runs while `body` runs.
  package static func serving(
    tls: NIOSSLContext? = nil, _ script: @escaping @Sendable (Request) -> Reply, while body: (ScriptedServer) async throws -> Void
  ) async throws {
    let recorder = ScriptedRecorder(script)
    let server = try await ScriptedServer(
      channel: { recorder, group in
        try await ServerBootstrap(group: group)
          .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
          .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              let pipeline = channel.pipeline.syncOperations
              if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
              try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
              try pipeline.addHandler(ScriptedHandler(recorder))
            }
          }
          .bind(host: "127.0.0.1", port: 0).get()
      }, recorder: recorder)
    do {
      try await body(server)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private func stop() async {
    try? await channel.close()
    try? await group.shutdownGracefully()
  }

  fileprivate func change<Result: Sendable>(_ body: (inout sending Record) -> sending Result) -> Result { record.withLock(body) }
}

/// What the connections share.
private final class ScriptedRecorder: Sendable {
  let script: @Sendable (ScriptedServer.Request) -> ScriptedServer.Reply
  /// The server owns its connections, which own this.
  fileprivate let server = Mutex<ScriptedServer?>(nil)

  init(_ script: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Reply) { self.script = script }

  func connected() { change { $0.connectionCount += 1 } }

  func reply(to request: ScriptedServer.Request) -> ScriptedServer.Reply {
    var request = request
    change { record in
      request.number = record.requests.count
      record.requests.append(request)
      record.underWay += 1
      record.mostUnderWay = max(record.mostUnderWay, record.underWay)
      if request.number >= 8 { record.mostUnderWayLater = max(record.mostUnderWayLater, record.underWay) }
    }
    return script(request)
  }

  func done(since arrival: ContinuousClock.Instant = .now) {
    change { record in
      record.underWay -= 1
      record.times.append(arrival...ContinuousClock.now)
    }
  }

  private func change(_ body: (inout ScriptedServer.Record) -> Void) {
    guard let server = server.withLock({ $0 }) else { return }
    server.change { body(&$0) }
  }
}

private final class ScriptedHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let recorder: ScriptedRecorder
  private var request: ScriptedServer.Request?

  init(_ recorder: ScriptedRecorder) { self.recorder = recorder }

  func channelActive(context: ChannelHandlerContext) { recorder.connected() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      request = ScriptedServer.Request(method: head.method.rawValue, target: head.uri, headers: head.headers, body: "", number: 0)
    case .body(let part): request?.body += String(buffer: part)
    case .end:
      guard let request else { return }
      self.request = nil
      let reply = recorder.reply(to: request)
      if case .answer = reply {} else { recorder.done() }
      perform(reply, isHead: request.method == "HEAD", context: context)
    }
  }

  private func perform(_ reply: ScriptedServer.Reply, isHead: Bool, context: ChannelHandlerContext) {
    switch reply {
    case .answer(let status, let headers, let body, let delay):
      var text = "HTTP/1.1 \(status) X\r\n"
      for (name, value) in headers { text += "\(name): \(value)\r\n" }
      if !headers.contains(where: { ["content-length", "transfer-encoding"].contains($0.0.lowercased()) }) {
        text += "Content-Length: \(body.utf8.count)\r\n"
      }
      text += "\r\n" + (isHead ? "" : body)
      let bytes = text
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let arrival = ContinuousClock.now
      context.eventLoop.scheduleTask(in: delay) {
        let (handler, context) = bound.value
        handler.recorder.done(since: arrival)
        context.writeAndFlush(handler.wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
      }
    case .raw(let bytes, let reset):
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes))).whenComplete { _ in
        if reset { _ = (bound.value.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)) }
        bound.value.close(promise: nil)
      }
    case .endless:
      context.write(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")), promise: nil)
      pour(context)
    case .silence: break
    }
  }

  private func pour(_ context: ChannelHandlerContext) {
    let loop = context.eventLoop
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "400\r\n" + String(repeating: "x", count: 1024) + "\r\n"))).whenSuccess {
      // Not at once: a write that is done at once would go on within itself until the stack is full.
      loop.execute { bound.value.0.pour(bound.value.1) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return context.close(promise: nil) }
    perform(.raw("HTTP/1.1 400 Bad Request\r\n\r\n"), isHead: false, context: context)
  }
}
