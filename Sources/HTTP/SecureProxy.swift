import AsyncHTTPClient
import NIOCore
import NIOSSL
import NIOTLS

/// A failure of TLS with the proxy, not with the host behind it.
struct UntrustedProxy: Error {
  var underlying: any Error
}

/// An http proxy that is spoken to over TLS (`https://` in its address), which async-http-client does not know: TLS with the proxy, and
/// within it a tunnel with the host's own TLS. Both certificates are checked.
struct SecureProxy: Sendable {
  /// TLS with one host.
  struct Layer: Sendable {
    var context: NIOSSLContext
    var host: String
  }

  struct Tunnel: Sendable {
    /// Host and port.
    var target: String
    /// The value of `Proxy-Authorization`.
    var authorization: String?
    var host: Layer
  }

  var proxy: Layer
  /// nil for plain http, whose requests the proxy itself takes.
  var tunnel: Tunnel?
  var timeout: TimeAmount

  private static let proxyName = "TLS with the proxy"
  private static let openingName = "opening of a tunnel"
  private static let hostName = "TLS with the host"

  /// Works on a connection that was just made, on its event loop.
  func open(_ channel: any Channel) -> EventLoopFuture<Void> {
    let timer = channel.eventLoop.scheduleTask(in: timeout) { channel.pipeline.fireErrorCaught(HTTPClientError.httpProxyHandshakeTimeout) }
    let opened = handshake(proxy, named: Self.proxyName, after: nil, on: channel)
      .flatMapErrorThrowing { throw $0 is HTTPClientError ? $0 : UntrustedProxy(underlying: $0) }
      .flatMap {
        guard let tunnel else { return channel.eventLoop.makeSucceededVoidFuture() }
        return Self.connect(tunnel, on: channel).flatMap {
          handshake(tunnel.host, named: Self.hostName, after: Self.proxyName, on: channel)
        }
      }
    opened.whenComplete { _ in timer.cancel() }
    return opened
  }

  /// Through the handshake and the check of the name.
  private func handshake(_ layer: Layer, named name: String, after previous: String?, on channel: any Channel) -> EventLoopFuture<Void> {
    let done = channel.eventLoop.makePromise(of: Void.self)
    do {
      let pipeline = channel.pipeline.syncOperations
      let sni = IPAddress(layer.host) == nil ? layer.host : nil
      let tls = try NIOSSLClientHandler(context: layer.context, serverHostname: sni)
      let place: ChannelPipeline.SynchronousOperations.Position =
        if let previous { .after(try pipeline.context(name: previous).handler) } else { .first }
      let waiter = HandshakeWaiter(done)
      // First who waits for it: the handshake begins as soon as its handler is there.
      try pipeline.addHandler(waiter, position: place)
      try pipeline.addHandler(tls, name: name, position: .before(waiter))
    } catch { done.fail(error) }
    return done.futureResult.flatMapThrowing {
      guard let tls = try channel.pipeline.syncOperations.context(name: name).handler as? NIOSSLClientHandler else {
        throw ChannelError.eof
      }
      try CertificateNames.check(tls, isFor: layer.host)
    }
  }

  private static func connect(_ tunnel: Tunnel, on channel: any Channel) -> EventLoopFuture<Void> {
    let done = channel.eventLoop.makePromise(of: Void.self)
    do {
      let pipeline = channel.pipeline.syncOperations
      let opening = TunnelOpening(tunnel.target, authorization: tunnel.authorization, done)
      try pipeline.addHandler(opening, name: openingName, position: .after(try pipeline.context(name: proxyName).handler))
    } catch { done.fail(error) }
    return done.futureResult.flatMap { channel.pipeline.removeHandler(name: openingName) }
  }
}

/// Stands behind a handler of TLS and tells when its handshake is done, or why not.
private final class HandshakeWaiter: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let done: EventLoopPromise<Void>

  init(_ done: EventLoopPromise<Void>) { self.done = done }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event { done.succeed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    done.fail(error)
    context.fireErrorCaught(error)
  }

  func handlerRemoved(context: ChannelHandlerContext) { done.fail(ChannelError.eof) }
}

/// Asks a proxy for a tunnel (RFC 9110 section 9.3.6) and takes its answer, whatever that is.
private final class TunnelOpening: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let request: String
  private let done: EventLoopPromise<Void>
  private var answer: [UInt8] = []
  private static let maximumByteCount = 1 << 16

  init(_ target: String, authorization: String?, _ done: EventLoopPromise<Void>) {
    let login = authorization.map { "Proxy-Authorization: \($0)\r\n" } ?? ""
    request = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\(login)\r\n"
    self.done = done
  }

  func handlerAdded(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    answer += unwrapInboundIn(data).readableBytesView
    guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
      if answer.count > Self.maximumByteCount { done.fail(HTTPClientError.invalidProxyResponse) }
      return
    }
    // Behind the answer nobody may have spoken yet: a client begins with TLS.
    switch Self.status(answer) {
    case let code? where (200..<300).contains(code) && end == answer.count: done.succeed()
    case 407: done.fail(HTTPClientError.proxyAuthenticationRequired)
    default: done.fail(HTTPClientError.invalidProxyResponse)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    done.fail(error)
    context.fireErrorCaught(error)
  }

  func handlerRemoved(context: ChannelHandlerContext) { done.fail(HTTPClientError.invalidProxyResponse) }

  /// Of `HTTP/1.1 200 …`.
  private static func status(_ answer: [UInt8]) -> Int? {
    guard answer.starts(with: "HTTP/1.".utf8), answer.count > 12, answer[8] == UInt8(ascii: " "), answer[9..<12].allSatisfy(isDigit) else {
      return nil
    }
    return Int(String(decoding: answer[9..<12], as: UTF8.self))
  }
}
