import NIOCore
import NIOHTTP1
import NIOSSL

/// Why a connection that stands is not used.
enum RefusedConnection: Error {
  /// The certificate is for others.
  case wrongName(CertificateNames)
  /// The other end is on this machine or in its own network.
  case localAddress
}

/// What a new connection goes through before the first request gets it. Every client of async-http-client has one: see `HTTPTransport.configuration`.
struct NewConnection: Sendable {
  /// TLS with the proxy, and what is done within it; nil for every other way. async-http-client then knows the proxy as a server over plain http.
  var secureProxy: SecureProxy?
  /// The host of the URL, which the certificate must be for; nil for plain http.
  var certifiedHost: String?
  /// Whether the other end is the host itself, and no proxy.
  var isDirect: Bool
  /// Another end that is nearer is refused.
  var nearest: Reach
  /// Requests are for absolute URLs, as proxies want them.
  var isForwarded: Bool

  /// Runs on the connection's event loop, at once where there is no proxy to talk to. Where it fails, the connection is closed first.
  @Sendable func check(_ channel: any Channel) -> EventLoopFuture<Void> {
    let ready: EventLoopFuture<Void>
    if let secureProxy {
      ready = secureProxy.open(channel).flatMapThrowing { try prepare(channel) }
    } else {
      ready = channel.eventLoop.makeCompletedFuture { try prepare(channel) }
    }
    return ready.flatMapError { Self.close(channel, because: $0) }
  }

  private func prepare(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let peer = isDirect ? channel.remoteAddress.flatMap(IPAddress.init) : nil
    if isDirect, peer?.reach ?? .machine < nearest { throw RefusedConnection.localAddress }
    if let certifiedHost, secureProxy == nil {
      try CertificateNames.check(try pipeline.handler(type: NIOSSLClientHandler.self), isFor: certifiedHost)
    }
    let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPResponseDecoder>.self).handler
    try pipeline.addHandler(ResponseGuard(peer: peer), position: .after(decoder))
    if isForwarded {
      let encoder = try pipeline.context(handlerType: HTTPRequestEncoder.self).handler
      try pipeline.addHandler(AbsoluteFormHandler(), position: .after(encoder))
    }
  }

  /// Without the goodbye of TLS, which would wait for the other side's.
  private static func close(_ channel: any Channel, because error: any Error) -> EventLoopFuture<Void> {
    let closed = channel.eventLoop.makePromise(of: Void.self)
    if let context = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self) {
      context.close(promise: closed)
    } else {
      channel.close(promise: closed)
    }
    return closed.futureResult.flatMapErrorThrowing { _ in }.flatMapThrowing { throw error }
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
