import NIOCore
import NIOHTTP1
import NIOHTTP2

extension ScriptedServer {
  /// One request over HTTP/2. What breaks a connection of HTTP/1.1 breaks the stream alone, except for raw bytes: they end the connection.
  final class Stream: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var requests: RequestReader

    init(_ recorder: Recorder) { requests = RequestReader(recorder) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      requests.read(unwrapInboundIn(data), on: context.eventLoop) { self.send($0, toHead: $1, context: context) }
    }

    private func send(_ reply: Reply, toHead isHead: Bool, context: ChannelHandlerContext) {
      guard let head = reply.head else {
        switch reply.ending {
        // Silence.
        case .complete, .endless: return
        case .truncated: return context.channel.parent?.close(promise: nil) ?? ()
        case .reset: return context.close(promise: nil)
        }
      }
      let headers = HTTPHeaders(head.headers)
      context.write(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http2, status: .init(statusCode: head.status), headers: headers))), promise: nil)
      if !isHead, !reply.body.isEmpty { write(reply.body, context) }
      switch reply.ending {
      case .complete where reply.isUnfinished && !isHead: context.flush()
      case .complete: context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      case .truncated, .reset:
        guard !isHead else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        context.flush()
        context.close(promise: nil)
      case .endless: if isHead { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) } else { pour(context) }
      }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }

    private func pour(_ context: ChannelHandlerContext) {
      let blanks = ByteBuffer(bytes: Array(repeating: UInt8(ascii: " "), count: 1 << 14))
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(blanks)))).assumeIsolated().whenSuccess {
        context.eventLoop.assumeIsolated().execute { self.pour(context) }
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
