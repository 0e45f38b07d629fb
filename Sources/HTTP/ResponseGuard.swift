import NIOCore
import NIOHTTP1

/// An answer that no server gives.
enum UnusableAnswer: Error {
  /// Less than 100, or 101, which nobody asked for.
  case status(Int)
  /// Answers that announce the answer follow each other without end.
  case endlessInformation
  /// None that is three digits, or several. HTTP/2 only, as is what follows.
  case noStatus
  /// Frames or fields that are not allowed where they stand.
  case malformed
  /// A success before the request was there.
  case tooEarly
}

/// Stands between what decodes HTTP/1.1 (or translates a stream of HTTP/2 into it) and async-http-client, whose state machine ends the
/// process at a head with a status below 100 (1.37.0). Informational answers end here (RFC 9110 section 15.2): nobody waits for one.
final class ResponseGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  /// Under this name the answer tells the address of who gave it. No server can send it: `:` is in no name of a field.
  static let peerField = ":peer"
  private static let maximumInformation = 100

  /// Nil through a proxy.
  private let peer: IPAddress?
  private var informationCount = 0
  private var isBroken = false

  init(peer: IPAddress?) { self.peer = peer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isBroken else { return }
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    switch head.status.code {
    case 100, 102..<200:
      informationCount += 1
      if informationCount > Self.maximumInformation { fail(.endlessInformation, context) }
    case 200...:
      informationCount = 0
      if let peer { head.headers.add(name: Self.peerField, value: peer.description) }
      context.fireChannelRead(wrapInboundOut(.head(head)))
    default: fail(.status(Int(head.status.code)), context)
    }
  }

  private func fail(_ error: UnusableAnswer, _ context: ChannelHandlerContext) {
    isBroken = true
    context.fireErrorCaught(error)
    context.close(promise: nil)
  }
}
