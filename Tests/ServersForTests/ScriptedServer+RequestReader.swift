import NIOCore
import NIOHTTP1

extension ScriptedServer {
  /// Puts the parts of requests together, over whichever version they come, and asks the script for the answer to each.
  struct RequestReader {
    private let recorder: Recorder
    private var request: Request?

    init(_ recorder: Recorder) { self.recorder = recorder }

    /// `send` is called on the event loop when it is time to.
    mutating func read(_ part: HTTPServerRequestPart, on eventLoop: any EventLoop, send: @escaping (Reply, _ toHead: Bool) -> Void) {
      switch part {
      case .head(let head): request = Request(head)
      case .body(let part): request?.body += part.readableBytesView
      case .end:
        guard let request = request.map(recorder.arrived) else { return }
        self.request = nil
        let reply = eventLoop.makeFutureWithTask { [recorder] in await recorder.reply(to: request) }
        reply.assumeIsolated().whenSuccess { send($0, request.method == "HEAD") }
      }
    }
  }
}
