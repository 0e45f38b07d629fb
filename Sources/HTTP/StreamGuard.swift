import NIOCore
import NIOHPACK
import NIOHTTP2

/// Why a request over HTTP/2 got no whole answer, where nothing was wrong with the answer itself.
enum BrokenStream: Error {
  /// The server did nothing with it (RFC 9113 section 8.7).
  case refused
  /// It wants to be asked less (`ENHANCE_YOUR_CALM`).
  case limited
  /// It answers this request over HTTP/1.1 only.
  case wantsHTTP1
  case reset(HTTP2ErrorCode)
  /// The connection ended.
  ///
  /// - Parameters:
  ///   - isBroken: it was closed here, as the server does not speak HTTP/2.
  ///   - isShared: other requests were on it, and any of them may be the cause.
  case lost(isBroken: Bool, isShared: Bool)
}

/// Stands on a stream of HTTP/2, one for each request, before what makes frames parts of an HTTP/1 message: that ends the process at a
/// status that is not a number (swift-nio-http2 1.46.0), as async-http-client does at parts out of order (1.37.0). What passes is one
/// answer, after any number of informational ones: `ResponseGuard` behind it counts these.
final class StreamGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias InboundOut = HTTP2Frame.FramePayload
  typealias OutboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  /// What comes next.
  private enum Awaited { case head, body, nothing }

  private let connection: ConnectionGuard
  private var awaited = Awaited.head
  private var isSuccess = false
  /// Whether the whole request was handed over, and whether it is on its way.
  private var isAsked = false
  private var isSent = false
  private var isBroken = false
  /// What the server said as it ended the stream. Where the stream ends otherwise, it was ended here.
  private var resetCode: HTTP2ErrorCode?

  init(_ connection: ConnectionGuard) { self.connection = connection }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard unwrapOutboundIn(data).endsStream else { return context.write(data, promise: promise) }
    isAsked = true
    let sent = promise ?? context.eventLoop.makePromise()
    sent.futureResult.assumeIsolated().whenSuccess { self.isSent = true }
    context.write(data, promise: sent)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isBroken else { return }
    let payload = unwrapInboundIn(data)
    do throws(UnusableAnswer) {
      switch payload {
      case .headers(let block): try read(block)
      case .data: guard awaited == .body else { throw .malformed }
      case .rstStream(let code): return resetCode = code
      default: return
      }
      if payload.endsStream { try end() }
    } catch {
      isBroken = true
      context.fireErrorCaught(error)
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
    // What was refused unread would keep the stream open, and async-http-client from its end.
    if awaited == .nothing, !isSent { context.close(promise: nil) }
  }

  private func read(_ block: HTTP2Frame.FramePayload.Headers) throws(UnusableAnswer) {
    switch awaited {
    case .head:
      let status = try Self.status(in: block.headers)
      if (100..<200).contains(status) {
        guard !block.endStream else { throw .malformed }
      } else {
        awaited = .body
        isSuccess = status < 300
      }
    case .body: guard block.endStream, !block.headers.contains(where: { $0.name.hasPrefix(":") }) else { throw .malformed }
    case .nothing: throw .malformed
    }
  }

  private func end() throws(UnusableAnswer) {
    awaited = .nothing
    if isSuccess, !isAsked { throw .tooEarly }
  }

  /// RFC 9113 section 8.3.2: three digits, and no other field that begins with a colon.
  private static func status(in headers: HPACKHeaders) throws(UnusableAnswer) -> Int {
    var statuses: [String] = []
    for (name, value, _) in headers where name.hasPrefix(":") {
      guard name == ":status" else { throw .malformed }
      statuses.append(value)
    }
    guard statuses.count == 1, statuses[0].utf8.count == 3, statuses[0].utf8.allSatisfy(isDigit), let status = Int(statuses[0]) else {
      throw .noStatus
    }
    return status
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let closed = error as? NIOHTTP2Errors.StreamClosed else { return context.fireErrorCaught(error) }
    context.fireErrorCaught(reason(closed.streamID))
  }

  private func reason(_ streamID: HTTP2StreamID) -> any Error {
    if let goAway = connection.goAway, streamID > goAway.lastStreamID {
      return goAway.code == .enhanceYourCalm ? BrokenStream.limited : .refused
    }
    switch resetCode {
    case nil: return UnusableAnswer.malformed
    case .refusedStream: return BrokenStream.refused
    case .enhanceYourCalm: return BrokenStream.limited
    case .http11Required: return BrokenStream.wantsHTTP1
    case let code?: return BrokenStream.reset(code)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if awaited != .nothing, !isBroken {
      let isLimited = connection.goAway?.code == .enhanceYourCalm
      let lost = BrokenStream.lost(isBroken: connection.isBroken, isShared: connection.openStreamCount > 1)
      context.fireErrorCaught(isLimited ? .limited : lost)
    }
    context.fireChannelInactive()
  }
}

extension HTTP2Frame.FramePayload {
  fileprivate var endsStream: Bool {
    switch self {
    case .headers(let block): block.endStream
    case .data(let data): data.endStream
    default: false
    }
  }
}
