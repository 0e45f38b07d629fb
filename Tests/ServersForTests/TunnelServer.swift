import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A proxy that leads everything to 127.0.0.1, whatever the host's name: tests of TLS use names that nobody looks up.
/// It knows `CONNECT` (also over TLS) and SOCKS 5 without a login.
package struct TunnelServer: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case http, https, socks5 }

  private let kind: Kind
  private let channel: any Channel
  private let record: Record

  package var port: Int { channel.localAddress?.port ?? 0 }
  /// As variables name it; by name over TLS.
  package var url: String { "\(kind.rawValue)://\(kind == .https ? "localhost" : "127.0.0.1"):\(port)" }
  /// `host:port` of each tunnel that was asked for.
  package var targets: [String] { record.seen.withLock { $0.targets } }
  /// What was said before each tunnel, by http.
  package var heads: [String] { record.seen.withLock { $0.heads } }

  /// Runs while `body` does. `tls` names PEM files, for `https`. `greeting` is SOCKS's first answer; `answer` takes the place of the one
  /// that says that the tunnel stands. `ports` has those of `host:port` that are others here: nobody but root listens on 443.
  package static func serving<Result>(
    _ kind: Kind, tls: (certificate: String, key: String)? = nil, greeting: [UInt8] = [5, 0], answer: [UInt8]? = nil,
    ports: [String: Int] = [:], while body: (TunnelServer) async throws -> Result
  ) async throws -> Result {
    let record = Record()
    let tls = try tls.map { try NIOSSLContext(configuration: .serving($0)) }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if kind == .https, let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.addHandler(Client(kind, greeting: greeting, answer: answer, ports: ports, record))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await body(TunnelServer(kind: kind, channel: channel, record: record))
      try? await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private final class Record: Sendable {
    let seen = Mutex((targets: [String](), heads: [String]()))
  }

  /// Reads what a client asks for, connects, and hands bytes to and fro.
  private final class Client: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let kind: Kind
    private let greeting: [UInt8]
    private let answer: [UInt8]?
    private let ports: [String: Int]
    private let record: Record
    private var bytes: [UInt8] = []
    private var hasGreeted = false
    private var isConnecting = false
    private var server: (any Channel)?

    init(_ kind: Kind, greeting: [UInt8], answer: [UInt8]?, ports: [String: Int], _ record: Record) {
      self.kind = kind
      self.greeting = greeting
      self.answer = answer
      self.ports = ports
      self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      if let server { return server.writeAndFlush(buffer, promise: nil) }
      bytes += buffer.readableBytesView
      guard !isConnecting else { return }
      if kind == .socks5 { readSOCKS(context) } else { readHTTP(context) }
    }

    private func readHTTP(_ context: ChannelHandlerContext) {
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return }
      let head = String(decoding: bytes[..<end], as: UTF8.self)
      record.seen.withLock { $0.heads.append(head) }
      bytes.removeSubrange(..<end)
      let words = head.split(separator: " ")
      guard words.count > 1, words[0] == "CONNECT" else { return context.close(promise: nil) }
      connect(String(words[1]), answer: answer ?? Array("HTTP/1.1 200 OK\r\n\r\n".utf8), context)
    }

    /// RFC 1928.
    private func readSOCKS(_ context: ChannelHandlerContext) {
      if !hasGreeted {
        guard bytes.count >= 2, bytes.count >= 2 + Int(bytes[1]) else { return }
        bytes.removeSubrange(..<(2 + Int(bytes[1])))
        hasGreeted = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: greeting)), promise: nil)
      }
      guard bytes.count > 4 else { return }
      let host: String
      let hostEnd: Int
      switch bytes[3] {
      case 1:
        hostEnd = 8
        guard bytes.count >= hostEnd + 2 else { return }
        host = bytes[4..<8].map(String.init).joined(separator: ".")
      case 3:
        hostEnd = 5 + Int(bytes[4])
        guard bytes.count >= hostEnd + 2 else { return }
        host = String(decoding: bytes[5..<hostEnd], as: UTF8.self)
      default: return context.close(promise: nil)
      }
      let port = Int(bytes[hostEnd]) << 8 + Int(bytes[hostEnd + 1])
      bytes.removeSubrange(..<(hostEnd + 2))
      connect("\(host):\(port)", answer: answer ?? [5, 0, 0, 1, 0, 0, 0, 0, 0, 0], context)
    }

    private func connect(_ target: String, answer: [UInt8], _ context: ChannelHandlerContext) {
      isConnecting = true
      record.seen.withLock { $0.targets.append(target) }
      let port = ports[target] ?? target.split(separator: ":").last.flatMap { Int($0) } ?? 0
      let channel = context.channel
      let connected = ClientBootstrap(group: context.eventLoop)
        .channelInitializer { server in
          server.eventLoop.makeCompletedFuture { try server.pipeline.syncOperations.addHandler(Back(channel)) }
        }
        .connect(host: "127.0.0.1", port: port)
      connected.assumeIsolated().whenComplete { result in
        guard case .success(let server) = result else { return context.close(promise: nil) }
        self.server = server
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
        if !self.bytes.isEmpty { server.writeAndFlush(ByteBuffer(bytes: self.bytes), promise: nil) }
      }
    }

    func channelInactive(context: ChannelHandlerContext) { server?.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  /// The server's side of a tunnel.
  private final class Back: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let client: any Channel

    init(_ client: any Channel) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { client.writeAndFlush(unwrapInboundIn(data), promise: nil) }

    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

extension TLSConfiguration {
  /// Of a server with those PEM files.
  static func serving(_ files: (certificate: String, key: String)) throws -> TLSConfiguration {
    .makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
  }
}
