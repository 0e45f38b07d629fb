import LibC
import NIOCore
import NIOHTTP1

extension ScriptedServer {
  /// Reads requests, and sends what the script says.
  final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private var requests: RequestReader

    init(_ recorder: Recorder) { requests = RequestReader(recorder) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      requests.read(unwrapInboundIn(data), on: context.eventLoop) { self.send($0, toHead: $1, context: context) }
    }

    private func send(_ reply: Reply, toHead isHead: Bool, context: ChannelHandlerContext) {
      let sent = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes(toHead: isHead)))).assumeIsolated()
      switch reply.ending {
      case .complete: break
      case .truncated: sent.whenComplete { _ in context.close(promise: nil) }
      case .reset:
        sent.whenComplete { _ in
          _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
          context.close(promise: nil)
        }
      case .endless: if !isHead { sent.whenSuccess { self.pour(Self.blanks, context: context) } }
      }
    }

    private static let blanks = ByteBuffer(bytes: Reply.chunk(Array(repeating: UInt8(ascii: " "), count: 1 << 16)))

    private func pour(_ chunk: ByteBuffer, context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(chunk)).assumeIsolated().whenSuccess {
        // Not at once: a write that is done at once would go on within itself until the stack is full.
        context.eventLoop.assumeIsolated().execute { self.pour(chunk, context: context) }
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      guard error is HTTPParserError else { return context.close(promise: nil) }
      send(.raw("HTTP/1.1 400 Bad Request\r\n\r\n"), toHead: false, context: context)
    }
  }
}
