import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL

/// Why a connection that is up is not used.
enum RefusedConnection: Error {
  /// The certificate is for others.
  case wrongName(CertificateNames)
  /// The other end is on this machine or in its own network.
  case localAddress
}

/// What a new connection goes through before the first request gets it. Every client of async-http-client has one: see
/// `HTTPTransport.configuration`.
struct NewConnection: Sendable {
  /// TLS with the proxy, and what is done within it; nil for every other way. async-http-client then knows the proxy as a server over plain
  /// http.
  var secureProxy: SecureProxy?
  /// The host of the URL, which the certificate must be for; nil for plain http.
  var certifiedHost: String?
  /// Whether the other end is the host itself, and no proxy.
  var isDirect: Bool
  /// Another end that is nearer is refused.
  var nearest: Reach
  /// Requests are for absolute URLs, as proxies want them.
  var isForwarded: Bool
  /// Of the client's connections of HTTP/2.
  var allowance: StreamAllowance
  /// Is told when the first request has a connection.
  var opening: FirstConnection?

  /// Of HTTP/1.1. Runs on the connection's event loop, at once where there is no proxy to talk to. Where it fails, the connection is closed
  /// first.
  @Sendable func check(_ channel: any Channel) -> EventLoopFuture<Void> {
    let ready: EventLoopFuture<Void>
    if let secureProxy {
      ready = secureProxy.open(channel).flatMapThrowing { try prepare(channel) }
    } else {
      ready = channel.eventLoop.makeCompletedFuture { try prepare(channel) }
    }
    ready.whenSuccess { opening?.settle() }
    return ready.flatMapError { Self.close(channel, because: $0) }
  }

  /// Of HTTP/2, which no connection through a `SecureProxy` speaks. Likewise, when the server's settings are there.
  @Sendable func checkHTTP2(_ channel: any Channel) -> EventLoopFuture<Void> {
    let ready = channel.eventLoop.makeCompletedFuture {
      let peer = try checkOtherEnd(of: channel)
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.context(handlerType: NIOHTTP2Handler.self).handler
      // Unless the server says otherwise, the first request shows it.
      allowance.isNothing = true
      try pipeline.addHandler(ConnectionGuard(peer: peer, allowance), position: .after(decoder))
    }
    return ready.flatMapError { Self.close(channel, because: $0) }
  }

  /// Of a request over HTTP/2: runs on the event loop before the request is written. async-http-client ends the process where it fails, so
  /// that it does not.
  @Sendable func prepareStream(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      // Without the guard the connection has just ended, and the stream with it.
      let known = try? channel.parent?.pipeline.syncOperations.handler(type: ConnectionGuard.self)
      let connection = known ?? ConnectionGuard(peer: nil, allowance)
      allowance.isNothing = connection.allowsNothing
      // Not before: async-http-client opens connections until a request has one of HTTP/2.
      opening?.settle()
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.context(handlerType: HTTP2FramePayloadToHTTP1ClientCodec.self).handler
      try pipeline.addHandler(StreamGuard(connection), position: .first)
      try pipeline.addHandler(ResponseGuard(peer: connection.peer), position: .after(codec))
    }
  }

  /// The result is the other end, where that is the host itself.
  private func checkOtherEnd(of channel: any Channel) throws -> IPAddress? {
    let peer = isDirect ? channel.remoteAddress.flatMap(IPAddress.init) : nil
    if isDirect, peer?.reach ?? .machine < nearest { throw RefusedConnection.localAddress }
    if let certifiedHost, secureProxy == nil {
      try CertificateNames.check(try channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self), isFor: certifiedHost)
    }
    return peer
  }

  private func prepare(_ channel: any Channel) throws {
    let peer = try checkOtherEnd(of: channel)
    let pipeline = channel.pipeline.syncOperations
    let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPResponseDecoder>.self).handler
    try pipeline.addHandler(ResponseGuard(peer: peer), position: .after(decoder))
    if isForwarded {
      let encoder = try pipeline.context(handlerType: HTTPRequestEncoder.self).handler
      try pipeline.addHandler(AbsoluteFormHandler(), position: .after(encoder))
    }
  }

  /// async-http-client hears of the end first, and of the reason then: it does not expect an end of what it has given up.
  private static func close(_ channel: any Channel, because error: any Error) -> EventLoopFuture<Void> {
    channel.closeWithoutGoodbye(nil)
    return channel.closeFuture.flatMapThrowing { throw error }
  }
}

extension CertificateNames {
  /// Looks at the certificate of a handshake that is done. The library has checked its chain and its time.
  static func check(_ handler: NIOSSLClientHandler, isFor host: String) throws(RefusedConnection) {
    let names = handler.peerCertificate.map(Self.init) ?? Self()
    guard names.include(host) else { throw .wrongName(names) }
  }

  private init(_ certificate: NIOSSLCertificate) {
    for name in certificate._subjectAlternativeNames() {
      switch name.nameType {
      case .dnsName: names.append(Array(name.contents))
      case .ipAddress: if let address = IPAddress(bytes: Array(name.contents)) { addresses.append(address) }
      default: break
      }
    }
  }
}

extension IPAddress {
  fileprivate init?(_ address: SocketAddress) {
    guard let text = address.ipAddress else { return nil }
    // Without the zone of a link-local one.
    self.init(String(text.prefix { $0 != "%" }))
  }
}

/// Makes `GET /path` on a connection to a proxy `GET http://host/path`, with the host of the `Host` header (RFC 9112 section 3.2.2).
/// async-http-client itself only knows tunnels, which many proxies refuse for other ports than 443.
private final class AbsoluteFormHandler: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data), let host = head.headers.first(name: "Host") else {
      return context.write(data, promise: promise)
    }
    head.uri = "http://\(host)\(head.uri)"
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}
