import NIOCore
import NIOHTTP2
import NIOSSL

/// Stands on a connection of HTTP/2 between the decoder of frames and async-http-client, and keeps what a server says of the connection
/// itself.
///
/// A stream that the server begins ends here: async-http-client would count it among its own and end the process (1.37.0). So it is that a
/// server can begin one until it has confirmed our settings (RFC 9113 section 6.5.3).
final class ConnectionGuard: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias InboundOut = HTTP2Frame

  struct GoAway {
    var lastStreamID: HTTP2StreamID
    var code: HTTP2ErrorCode
  }

  /// The other end; nil through a proxy.
  let peer: IPAddress?
  /// The last one that came.
  private(set) var goAway: GoAway?
  /// Whether the server did what HTTP/2 forbids, so that the connection is closed.
  private(set) var isBroken = false
  private(set) var openStreamCount = 0
  /// Whether the server's last word was that no request may begin.
  private(set) var allowsNothing = false
  /// The one that the server reset last.
  private var resetStreamID: HTTP2StreamID?
  /// Whether a stream was ended here just now because of what the server sent on it. The error that tells of it comes next, and concerns
  /// nothing else.
  private var hasEndedStream = false

  private let allowance: StreamAllowance

  init(peer: IPAddress?, _ allowance: StreamAllowance) {
    self.peer = peer
    self.allowance = allowance
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    if frame.streamID.isServerInitiated { return giveUp(context) }
    switch frame.payload {
    case .pushPromise: return giveUp(context)
    case .rstStream: resetStreamID = frame.streamID
    case .goAway(let lastStreamID, let code, _): goAway = GoAway(lastStreamID: lastStreamID, code: code)
    case .settings(.settings(let settings)):
      if let count = settings.last(where: { $0.parameter == .maxConcurrentStreams })?.value {
        allowsNothing = count == 0
        allowance.isNothing = allowsNothing
      }
      // async-http-client takes such a change on an idle connection for the beginning of its idleness and ends the process (1.37.0). The
      // decoder keeps to the number.
      if openStreamCount == 0 { return }
    default: break
    }
    context.fireChannelRead(data)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case let event as NIOHTTP2StreamCreatedEvent:
      guard !event.streamID.isServerInitiated else { return }
      openStreamCount += 1
    case let event as StreamClosedEvent:
      guard !event.streamID.isServerInitiated else { return }
      openStreamCount -= 1
      if let reason = event.reason, reason != .cancel, event.streamID != resetStreamID { hasEndedStream = true }
    case let event as NIOHTTP2WindowUpdatedEvent: guard !event.streamID.isServerInitiated else { return }
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // async-http-client leaves the connection open, where every further request would wait in vain.
    if error is any NIOHTTP2Error, !hasEndedStream { giveUp(context) }
    hasEndedStream = false
    context.fireErrorCaught(error)
  }

  /// Closes the connection a little later: a stream that is to blame is told so first.
  private func giveUp(_ context: ChannelHandlerContext) {
    guard !isBroken else { return }
    isBroken = true
    let channel = context.channel
    context.eventLoop.execute { channel.closeWithoutGoodbye(nil) }
  }
}

extension HTTP2StreamID {
  fileprivate var isServerInitiated: Bool { self != .rootStream && Int(self) % 2 == 0 }
}

extension Channel {
  /// On its event loop. Without the goodbye of TLS, which would wait for the other side's.
  func closeWithoutGoodbye(_ promise: EventLoopPromise<Void>?) {
    if let context = try? pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self) {
      context.close(promise: promise)
    } else {
      close(promise: promise)
    }
  }
}
