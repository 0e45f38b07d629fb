import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// An HTTP server on 127.0.0.1 that answers as a closure says, with raw bytes where a test wants to be rude.
package struct ScriptedServer: Sendable {
  package typealias Script = @Sendable (Request) async -> Reply

  private let recorder: Recorder
  private let channel: any Channel

  package var port: Int { channel.localAddress?.port ?? 0 }
  /// As it stands in a reference.
  package var host: String { "127.0.0.1:\(port)" }

  /// In the order of arrival.
  package var requests: [Request] { recorder.seen.requests }
  package var connectionCount: Int { recorder.seen.connectionCount }
  package var http2ConnectionCount: Int { recorder.seen.http2ConnectionCount }
  /// Of each request that was answered, from its arrival until the answer is sent.
  package var times: [ClosedRange<ContinuousClock.Instant>] { recorder.seen.times }

  /// What it speaks over TLS with clients that offer both.
  package enum Version: String, Sendable, CaseIterable { case http1, http2 }

  /// Runs while `body` does. `tls` names PEM files; of `clientAuthority` must be the certificates of clients, who are then asked for one.
  package static func serving<Result>(
    tls: (certificate: String, key: String)? = nil, speaking version: Version = .http1, clientAuthority: String? = nil,
    _ script: @escaping Script,
    while body: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    try await TestSecrets.collecting { secrets in
      try await serving(
        Recorder(script, secrets), tls: tls, speaking: version, clientAuthority: clientAuthority, while: body)
    }
  }

  private static func serving<Result>(
    _ recorder: Recorder, tls: (certificate: String, key: String)?, speaking version: Version, clientAuthority: String?,
    while body: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    let tls = try tls.map { files in
      var configuration = try TLSConfiguration.serving(files)
      configuration.applicationProtocols = version == .http2 ? ["h2", "http/1.1"] : ["http/1.1"]
      if let clientAuthority {
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .file(clientAuthority)
      }
      return try NIOSSLContext(configuration: configuration)
    }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          recorder.connected()
          guard let tls else { return try addHandlers(pipeline, recorder) }
          try pipeline.addHandler(NIOSSLServerHandler(context: tls))
          try pipeline.addHandler(
            ApplicationProtocolNegotiationHandler { result, channel in
              channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                guard case .negotiated("h2") = result else { return try addHandlers(pipeline, recorder) }
                recorder.negotiatedHTTP2()
                try pipeline.addHandler(NIOHTTP2Handler(mode: .server))
                try pipeline.addHandler(
                  HTTP2StreamMultiplexer(mode: .server, channel: channel) { stream in
                    stream.eventLoop.makeCompletedFuture {
                      try stream.pipeline.syncOperations.addHandlers([HTTP2FramePayloadToHTTP1ServerCodec(), Stream(recorder)])
                    }
                  })
              }
            })
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

  /// Of HTTP/1.1.
  private static func addHandlers(_ pipeline: ChannelPipeline.SynchronousOperations, _ recorder: Recorder) throws {
    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
    try pipeline.addHandler(Connection(recorder))
  }

  /// What the connections share.
  final class Recorder: Sendable {
    struct Seen: Sendable {
      var requests: [Request] = []
      var connectionCount = 0
      var http2ConnectionCount = 0
      var times: [ClosedRange<ContinuousClock.Instant>] = []
      var open: Set<Int> = []
    }

    private let script: Script
    private let secrets: TestSecrets
    private let record = Mutex(Seen())

    var seen: Seen { record.withLock { $0 } }

    init(_ script: @escaping Script, _ secrets: TestSecrets) {
      self.script = script
      self.secrets = secrets
    }

    func connected() { record.withLock { $0.connectionCount += 1 } }

    func negotiatedHTTP2() { record.withLock { $0.http2ConnectionCount += 1 } }

    /// The request with its number.
    func arrived(_ request: Request) -> Request {
      for name in ["Authorization", "Proxy-Authorization"] { request.values(of: name).forEach(secrets.add(authorization:)) }
      return record.withLock { seen in
        var request = request
        request.number = seen.requests.count
        seen.open.insert(request.number)
        request.open = seen.open
        seen.requests.append(request)
        return request
      }
    }

    /// What the script says, when it is time to send that.
    func reply(to request: Request) async -> Reply {
      let arrival = ContinuousClock.now
      let reply = await script(request)
      if reply.delay > .zero { try? await Task.sleep(for: reply.delay) }
      record.withLock { seen in
        seen.open.remove(request.number)
        seen.times.append(arrival...ContinuousClock.now)
      }
      return reply
    }
  }
}
