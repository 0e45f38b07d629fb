import NIOCore
import NIOHPACK
import NIOPosix
import NIOSSL
import Synchronization

/// A server on 127.0.0.1 that speaks HTTP/2 over TLS frame by frame: whatever bytes a script says are the answer to a request.
package struct FrameServer: Sendable {
  package typealias Script = @Sendable (Request) -> Reply

  package struct Request: Sendable {
    /// `:path`.
    package let path: String
    package let stream: Int
    /// Count from 0, over all connections.
    package let number: Int
    package let connection: Int
  }

  package struct Reply: Sendable {
    fileprivate var bytes: [UInt8]
    fileprivate var ends: Bool

    /// - Parameter ends: whether the connection is closed then.
    package init(_ frames: [Frame], ends: Bool = false) {
      self.init(bytes: frames.flatMap(\.bytes), ends: ends)
    }

    package init(bytes: [UInt8], ends: Bool) {
      self.bytes = bytes
      self.ends = ends
    }
  }

  private let record: Record
  private let channel: any Channel

  package var port: Int { channel.localAddress?.port ?? 0 }
  package var requests: [Request] { record.seen.withLock { $0.requests } }
  package var connectionCount: Int { record.seen.withLock { $0.connectionCount } }

  /// Runs while `body` does. `tls` names PEM files. The opening frames take the place of settings that say nothing.
  package static func serving<Result>(
    tls: (certificate: String, key: String), opening: [Frame] = [.settings([])], _ script: @escaping Script,
    while body: (FrameServer) async throws -> Result
  ) async throws -> Result {
    let record = Record()
    var configuration = try TLSConfiguration.serving(tls)
    configuration.applicationProtocols = ["h2"]
    let context = try NIOSSLContext(configuration: configuration)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = record.seen.withLock { seen in
            seen.connectionCount += 1
            return seen.connectionCount - 1
          }
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLServerHandler(context: context))
          try pipeline.addHandler(Connection(number, opening: opening, script, record))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await body(FrameServer(record: record, channel: channel))
      try? await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private final class Record: Sendable {
    let seen = Mutex((requests: [Request](), connectionCount: 0))
  }

  /// Reads frames and answers those of the protocol itself; a request is answered when its fields are there, whatever its body.
  private final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let number: Int
    private let opening: [Frame]
    private let script: Script
    private let record: Record
    private var bytes: [UInt8] = []
    private var isOpened = false
    private var fields: [UInt8] = []
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())

    init(_ number: Int, opening: [Frame], _ script: @escaping Script, _ record: Record) {
      self.number = number
      self.opening = opening
      self.script = script
      self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += unwrapInboundIn(data).readableBytesView
      if !isOpened {
        guard bytes.count >= 24 else { return }
        bytes.removeFirst(24)
        isOpened = true
        send(opening.flatMap(\.bytes), context)
      }
      while let frame = next() { answer(frame, context) }
    }

    private func next() -> Frame? {
      guard bytes.count >= 9 else { return nil }
      let count = bytes[..<3].reduce(0) { $0 << 8 + Int($1) }
      guard bytes.count >= 9 + count else { return nil }
      let stream = bytes[5..<9].reduce(0) { $0 << 8 + Int($1) }
      let frame = Frame(type: bytes[3], flags: bytes[4], stream: stream, payload: Array(bytes[9..<(9 + count)]))
      bytes.removeFirst(9 + count)
      return frame
    }

    private func answer(_ frame: Frame, _ context: ChannelHandlerContext) {
      switch frame.type {
      case 4 where frame.flags & 1 == 0: send(Frame(type: 4, flags: 1, stream: 0, payload: []).bytes, context)
      case 6 where frame.flags & 1 == 0: send(Frame(type: 6, flags: 1, stream: 0, payload: frame.payload).bytes, context)
      case 1, 9:
        // Without what padding and priority would add: no client here sends either.
        fields += frame.payload
        guard frame.flags & 4 != 0 else { return }
        var block = ByteBuffer(bytes: fields)
        fields = []
        let path = (try? decoder.decodeHeaders(from: &block))?.first(name: ":path") ?? ""
        let request = record.seen.withLock { seen in
          let request = Request(path: path, stream: frame.stream, number: seen.requests.count, connection: number)
          seen.requests.append(request)
          return request
        }
        let reply = script(request)
        send(reply.bytes, context)
        if reply.ends { context.close(promise: nil) }
      default: break
      }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      if !bytes.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

/// A frame of HTTP/2 (RFC 9113 section 4.1), well formed or not.
package struct Frame: Sendable {
  package var type: UInt8
  package var flags: UInt8
  package var stream: Int
  package var payload: [UInt8]

  package init(type: UInt8, flags: UInt8, stream: Int, payload: [UInt8]) {
    self.type = type
    self.flags = flags
    self.stream = stream
    self.payload = payload
  }

  package var bytes: [UInt8] { Self.integer(payload.count, 3) + [type, flags] + Self.integer(stream, 4) + payload }

  package static func settings(_ settings: [(parameter: Int, value: Int)]) -> Frame {
    Frame(type: 4, flags: 0, stream: 0, payload: settings.flatMap { integer($0.parameter, 2) + integer($0.value, 4) })
  }

  /// Fields as they stand, pseudo fields and others in any order.
  package static func headers(_ stream: Int, _ fields: [(String, String)], ends: Bool = false) -> Frame {
    Frame(type: 1, flags: ends ? 5 : 4, stream: stream, payload: block(fields))
  }

  package static func data(_ stream: Int, _ text: String, ends: Bool = false) -> Frame {
    Frame(type: 0, flags: ends ? 1 : 0, stream: stream, payload: Array(text.utf8))
  }

  package static func reset(_ stream: Int, _ code: Int) -> Frame { Frame(type: 3, flags: 0, stream: stream, payload: integer(code, 4)) }

  package static func goAway(lastStream: Int, _ code: Int) -> Frame {
    Frame(type: 7, flags: 0, stream: 0, payload: integer(lastStream, 4) + integer(code, 4))
  }

  package static func pushPromise(_ stream: Int, promised: Int, _ fields: [(String, String)]) -> Frame {
    Frame(type: 5, flags: 4, stream: stream, payload: integer(promised, 4) + block(fields))
  }

  /// Literal fields that nobody remembers (RFC 7541 section 6.2.2), without Huffman's code.
  package static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { [0] + string($0.0) + string($0.1) }
  }

  private static func string(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
    var length: [UInt8] = [127]
    var rest = bytes.count - 127
    while rest >= 128 {
      length.append(UInt8(rest % 128) | 128)
      rest /= 128
    }
    return length + [UInt8(rest)] + bytes
  }

  private static func integer(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
